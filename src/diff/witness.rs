//! The smallest course whose answer a change makes another.

use super::{
    Change, Draft, Lead, Look,
    candidates::Maker,
    seen::{Judge, lines},
};
use crate::{
    cases::{smallest, text},
    tables::{Example, Origin, Pathway},
};

/// The smallest course that shows a change, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// This course.
    By(Box<Witness>),
    /// The change is in words or order only: no answer rests on it.
    Words,
    /// Something else always comes before what was changed: every state of the facts was tried.
    Hidden,
    /// No made-up course was found.
    NotFound,
}

/// A course that the two specifications answer otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The course; it expects what the new specification answers, and the old one does not.
    pub example: Example,
    /// The same as an `eksempel` of the language.
    pub text: String,
    /// Whether the new specification can read it. If not, it names something that only the old one has, and expects what
    /// that answers.
    pub runs_in_new: bool,
    /// What the old specification answers, where it is another answer.
    pub before: Vec<String>,
    /// What the new specification answers.
    pub after: Vec<String>,
}

/// Finds the witnesses for the changes of one pathway.
pub(super) struct Shower<'s> {
    pub old: Option<Judge<'s>>,
    pub new: Option<Judge<'s>>,
    pub maker: Maker<'s>,
}

impl Shower<'_> {
    /// The change with its witness.
    pub fn complete(&self, pathway: &str, draft: Draft) -> Change {
        let shown = self.show(&draft);
        let id = draft.id(pathway);
        let shown = match shown {
            Shown::By(witness) => Shown::By(Box::new(self.named(*witness, &id))),
            other => other,
        };
        Change {
            id,
            kind: draft.kind,
            class: draft.class,
            pathway: pathway.to_owned(),
            old: draft.places.0.cloned(),
            new: draft.places.1.cloned(),
            from: draft.from,
            to: draft.to,
            message: draft.message,
            also: draft.also,
            shown,
        }
    }

    fn show(&self, draft: &Draft) -> Shown {
        let look = match &draft.lead {
            Lead::Words => return Shown::Words,
            Lead::Shadowed => return Shown::Hidden,
            Lead::Limit { interval, treatment, variant, .. } => {
                Look::Limit { interval, treatment: *treatment, variant: *variant, strict: true }
            }
            Lead::Course { look, .. }
            | Lead::Facts { look, .. }
            | Lead::Aged { look, .. }
            | Lead::Dated { look, .. } => *look,
            Lead::Given(_) => Look::Finding("conflicting_fact"),
            Lead::Computed(_) => Look::Anything,
        };
        let candidates = self.maker.candidates(&draft.lead);
        let looser = match look {
            Look::Limit { interval, treatment, variant, .. } => {
                Some(Look::Limit { interval, treatment, variant, strict: false })
            }
            _ => None,
        };
        for look in std::iter::once(look).chain(looser) {
            let shows = |example: &Example| self.is_about(example, &draft.lead) && self.differs(example, look);
            let likely = candidates.iter().find(|example| shows(example));
            if let Some(found) = likely.or_else(|| self.maker.pool().iter().find(|example| shows(example))) {
                let example = smallest(found.clone(), shows);
                return Shown::By(Box::new(self.witness(example, look)));
            }
        }
        Shown::NotFound
    }

    /// Whether the course has what the change is about.
    fn is_about(&self, example: &Example, lead: &Lead) -> bool {
        match lead {
            Lead::Course { codes, look: Look::Course } => {
                example.events.iter().any(|event| codes.contains(&event.code.as_str()))
            }
            // A whole course, that starts while the limit is another.
            Lead::Limit { from, to, .. } => example.events.first().is_some_and(|first| {
                let start = first.date;
                from.is_none_or(|from| from <= start)
                    && to.is_none_or(|to| start <= to)
                    && self.maker.starts(&first.code)
            }),
            _ => true,
        }
    }

    fn differs(&self, example: &Example, look: Look) -> bool {
        let [old, new] = [&self.old, &self.new].map(|judge| judge.as_ref().map(|judge| judge.seen(example, look)));
        let bare = |seen: Option<std::collections::BTreeSet<String>>| seen.unwrap_or_default();
        if let Look::Limit { .. } = look {
            // The course has the variant on both sides: otherwise the variant is what shows.
            return old
                .as_ref()
                .zip(new.as_ref())
                .is_some_and(|(old, new)| old != new && !old.is_empty() && !new.is_empty());
        }
        bare(old) != bare(new)
    }

    fn witness(&self, mut example: Example, look: Look) -> Witness {
        example.origin = Origin { file: String::new(), line: 1, column: 1 };
        let [old, new] = [&self.old, &self.new].map(|judge| {
            judge.as_ref().map_or((Vec::new(), Vec::new()), |judge| {
                (judge.expectations(&example, look), judge.seen(&example, look).into_iter().collect::<Vec<_>>())
            })
        });
        let (gone, come) = (only(&old.0, &new.0), only(&new.0, &old.0));
        // What no expectation can say, such as how serious a finding is, is told as it is seen.
        let (before, after) = if gone.is_empty() && come.is_empty() {
            (only(&old.1, &new.1), only(&new.1, &old.1))
        } else {
            (lines(&gone), lines(&come))
        };
        let runs_in_new = self.new.as_ref().is_some_and(|judge| can_read(judge.pathway, &example));
        example.expectations = if runs_in_new { come } else { gone };
        Witness { example, text: String::new(), runs_in_new, before, after }
    }

    /// Named after its change, and written out.
    fn named(&self, mut witness: Witness, id: &str) -> Witness {
        id.clone_into(&mut witness.example.name);
        let side = if witness.runs_in_new { &self.new } else { &self.old };
        let written = side.as_ref().map(|judge| text(&witness.example, judge.pathway));
        witness.text = written.unwrap_or_default();
        witness
    }
}

/// Those of one list that are not in the other.
fn only<T: Clone + PartialEq>(one: &[T], other: &[T]) -> Vec<T> {
    one.iter().filter(|thing| !other.contains(thing)).cloned().collect()
}

/// Whether the specification knows all that the course names.
fn can_read(pathway: &Pathway, example: &Example) -> bool {
    let has_code = |code: &String| pathway.codes.iter().any(|known| known.code == *code);
    let has_fact = |fact: &String| pathway.facts.iter().any(|known| known.name == *fact);
    example.events.iter().all(|event| has_code(&event.code)) && example.facts.iter().all(|given| has_fact(&given.fact))
}
