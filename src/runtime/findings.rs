//! The findings of section 3 itself; those of the rules are in `rules`.

use super::{
    CourseFinding,
    assembly::{Coded, Doubt},
    facts::Knowledge,
};
use crate::{
    lang::{Lang, Text},
    tables::{Pathway, RuleSeverity},
    text,
};

/// The kinds of doubt that the events of a course raise (E3).
pub(super) fn doubts(events: &[Coded]) -> impl Iterator<Item = Doubt> {
    let raised = |kind: &Doubt| events.iter().any(|coded| coded.doubt == Some(*kind));
    let any = events.iter().any(|coded| coded.doubt.is_some());
    Doubt::ALL.into_iter().filter(move |kind| any && raised(kind))
}

/// One finding for each kind of doubt, about the first event that raises it.
pub(super) fn of_events<'a>(
    pathway: &Pathway,
    events: &[Coded],
    lang: Lang,
) -> impl Iterator<Item = CourseFinding<'a>> {
    doubts(events).filter_map(move |kind| {
        let events = || events.iter().filter(move |coded| coded.doubt == Some(kind));
        let first = events().next()?;
        let (severity, message) = say(kind, &pathway.codes.get(first.code as usize)?.code, first.institution);
        let mut dates: Vec<_> = events().map(|coded| coded.date).collect();
        dates.dedup();
        Some(CourseFinding { code: kind.code(), severity, message: message.get(lang).to_owned(), dates })
    })
}

fn say(doubt: Doubt, code: &str, institution: Option<&str>) -> (RuleSeverity, Text) {
    match (doubt, institution) {
        (Doubt::MissingStart, _) => (
            RuleSeverity::Feil,
            text!(
                "Forløpet begynner med «{code}» og ikke med en startkode",
                "The course begins with «{code}» and not with a start code"
            ),
        ),
        (Doubt::DuplicateStart, None) => (
            RuleSeverity::Advarsel,
            text!(
                "«{code}» er registrert på nytt uten institusjon, og forløpet er ikke overført i mellomtiden",
                "«{code}» is registered again without an institution, and the course was not transferred in between"
            ),
        ),
        (Doubt::DuplicateStart, Some(institution)) => (
            RuleSeverity::Advarsel,
            text!(
                "«{code}» er registrert på nytt ved «{institution}» uten at forløpet er overført eller en annen institusjon er kjent fra før",
                "«{code}» is registered again at «{institution}», but the course was not transferred and no other institution is known to have had it"
            ),
        ),
        (Doubt::EventAfterEnd, _) => (
            RuleSeverity::Advarsel,
            text!(
                "«{code}» er registrert etter at forløpet er avsluttet",
                "«{code}» is registered after the course was closed"
            ),
        ),
    }
}

/// The code of the findings about facts.
pub(super) const CONFLICTING_FACT: &str = "conflicting_fact";

/// The facts that have two values with the same date (E6), each once.
pub(super) fn conflicting(knowledge: &Knowledge) -> impl Iterator<Item = usize> {
    let mut latest = None;
    let facts = knowledge.conflicts().map(|(_, last)| last.fact);
    facts.filter(move |fact| latest.replace(*fact) != Some(*fact))
}

/// One finding for each of them.
pub(super) fn of_facts<'a>(knowledge: &Knowledge, pathway: &Pathway, lang: Lang) -> Vec<CourseFinding<'a>> {
    let mut conflicts: Vec<(usize, CourseFinding)> = Vec::new();
    for (other, last) in knowledge.conflicts() {
        if let Some((_, finding)) = conflicts.last_mut().filter(|(fact, _)| *fact == last.fact) {
            finding.dates.extend(last.date);
        } else if let Some(fact) = pathway.facts.get(last.fact) {
            let texts = [other, last].map(|known| knowledge.text(known));
            let message = say_conflict(&fact.name, texts, last.date.is_some()).get(lang).to_owned();
            let dates = last.date.into_iter().collect();
            let (code, severity) = (CONFLICTING_FACT, RuleSeverity::Advarsel);
            conflicts.push((last.fact, CourseFinding { code, severity, message, dates }));
        }
    }
    conflicts.into_iter().map(|(_, finding)| finding).collect()
}

fn say_conflict(fact: &str, [other, holds]: [&str; 2], dated: bool) -> Text {
    match dated {
        true => text!(
            "«{fact}» er både «{other}» og «{holds}» samme dag; «{holds}» står sist og gjelder",
            "«{fact}» is both «{other}» and «{holds}» on the same day; «{holds}» comes last and holds"
        ),
        false => text!(
            "«{fact}» er både «{other}» og «{holds}» uten dato; «{holds}» står sist og gjelder",
            "«{fact}» is both «{other}» and «{holds}» without a date; «{holds}» comes last and holds"
        ),
    }
}
