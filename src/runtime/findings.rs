//! The findings of section 3 itself; those of the rules are in `rules`.

use super::{
    CourseFinding, Event,
    assembly::Doubt,
    facts::{Knowledge, Known},
};
use crate::{
    lang::{Lang, Text},
    tables::{Pathway, RuleSeverity},
    text,
};

/// One finding for each kind of doubt, about the first event that raises it (E3).
pub(super) fn of_events<'a>(doubts: &[(Doubt, Event)], lang: Lang) -> impl Iterator<Item = CourseFinding<'a>> {
    [Doubt::MissingStart, Doubt::DuplicateStart, Doubt::EventAfterEnd].into_iter().filter_map(move |kind| {
        let events = || doubts.iter().filter(move |(doubt, _)| *doubt == kind).map(|(_, event)| event);
        let (code, severity, message) = say(kind, events().next()?);
        let mut dates: Vec<_> = events().map(|event| event.date).collect();
        dates.dedup();
        Some(CourseFinding { code, severity, message: message.get(lang).to_owned(), dates })
    })
}

fn say(doubt: Doubt, event: &Event) -> (&'static str, RuleSeverity, Text) {
    let code = event.code;
    match (doubt, event.institution) {
        (Doubt::MissingStart, _) => (
            "missing_start",
            RuleSeverity::Feil,
            text!(
                "Forløpet begynner med «{code}» og ikke med en startkode",
                "The course begins with «{code}» and not with a start code"
            ),
        ),
        (Doubt::DuplicateStart, None) => (
            "duplicate_start",
            RuleSeverity::Advarsel,
            text!(
                "«{code}» er registrert på nytt uten institusjon, og forløpet er ikke overført i mellomtiden",
                "«{code}» is registered again without an institution, and the course was not transferred in between"
            ),
        ),
        (Doubt::DuplicateStart, Some(institution)) => (
            "duplicate_start",
            RuleSeverity::Advarsel,
            text!(
                "«{code}» er registrert på nytt ved «{institution}» uten at forløpet er overført eller en annen institusjon er kjent fra før",
                "«{code}» is registered again at «{institution}», but the course was not transferred and no other institution is known to have had it"
            ),
        ),
        (Doubt::EventAfterEnd, _) => (
            "event_after_end",
            RuleSeverity::Advarsel,
            text!(
                "«{code}» er registrert etter at forløpet er avsluttet",
                "«{code}» is registered after the course was closed"
            ),
        ),
    }
}

/// One finding for each fact that has two values with the same date (E6).
pub(super) fn of_facts<'a>(knowledge: &Knowledge, pathway: &Pathway, lang: Lang) -> Vec<CourseFinding<'a>> {
    let mut conflicts: Vec<(usize, CourseFinding)> = Vec::new();
    for (other, last) in knowledge.conflicts() {
        if let Some((_, finding)) = conflicts.last_mut().filter(|(fact, _)| *fact == last.fact) {
            finding.dates.extend(last.date);
        } else if let Some(fact) = pathway.facts.get(last.fact) {
            let message = say_conflict(&fact.name, other, last).get(lang).to_owned();
            let dates = last.date.into_iter().collect();
            let (code, severity) = ("conflicting_fact", RuleSeverity::Advarsel);
            conflicts.push((last.fact, CourseFinding { code, severity, message, dates }));
        }
    }
    conflicts.into_iter().map(|(_, finding)| finding).collect()
}

fn say_conflict(fact: &str, other: &Known, last: &Known) -> Text {
    let (other, holds) = (other.text, last.text);
    match last.date {
        Some(_) => text!(
            "«{fact}» er både «{other}» og «{holds}» samme dag; «{holds}» står sist og gjelder",
            "«{fact}» is both «{other}» and «{holds}» on the same day; «{holds}» comes last and holds"
        ),
        None => text!(
            "«{fact}» er både «{other}» og «{holds}» uten dato; «{holds}» står sist og gjelder",
            "«{fact}» is both «{other}» and «{holds}» without a date; «{holds}» comes last and holds"
        ),
    }
}
