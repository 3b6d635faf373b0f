//! Order rules as automata (rule 6): what courses are judged by, and what is reasoned about.
//!
//! The letters are a pathway's codes; to a rule they are of four classes, by which of its two sets hold them.

use super::{
    RuleResult, State,
    error::TableError,
    prepare::{CodeSet, Codes},
};
use crate::tables::{Rule, RuleKind};

/// Where an automaton stands. What the number means is the rule's own.
pub(crate) type Place = u32;

/// A rule as an automaton.
#[derive(Debug)]
pub(crate) struct Automaton {
    kind: Kind,
    first: CodeSet,
    second: CodeSet,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Before,
    Triggers,
    AtMost(u32),
    Exactly(u32),
    NothingAfter,
    NeverTogether,
}

/// One event taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// Where the automaton stands now.
    pub to: Place,
    /// The event answers those that were in breach until now.
    pub answers: bool,
    /// The event is in breach if the rule ends broken.
    pub breaches: bool,
}

impl Automaton {
    /// Where it stands before the first event.
    pub const START: Place = 0;

    pub(super) fn new(rule: &Rule, codes: &Codes) -> Result<Self, TableError> {
        let set = |names: &[String]| codes.set(&rule.name, names);
        let automaton = |kind, first: &[String], second: &[String]| {
            Ok(Automaton { kind, first: set(first)?, second: set(second)? })
        };
        match &rule.kind {
            RuleKind::Before { first, then } => automaton(Kind::Before, first, then),
            RuleKind::Triggers { first, then } => automaton(Kind::Triggers, first, then),
            RuleKind::AtMost { count, of } => automaton(Kind::AtMost(*count), of, &[]),
            RuleKind::Exactly { count, of } => automaton(Kind::Exactly(*count), of, &[]),
            RuleKind::NothingAfter { after } => automaton(Kind::NothingAfter, after, &[]),
            RuleKind::NeverTogether { first, second } => automaton(Kind::NeverTogether, first, second),
        }
    }

    /// Whether each of the rule's two sets holds the code; codes alike in this are alike to the rule.
    pub fn class(&self, code: usize) -> (bool, bool) {
        (self.first.contains(code), self.second.contains(code))
    }

    /// Takes an event with this code.
    pub fn step(&self, place: Place, code: usize) -> Step {
        let (first, second) = self.class(code);
        let (to, answers, breaches) = match self.kind {
            // 0 nothing, 1 prepared, 2 broken and not prepared, 3 broken and prepared since
            Kind::Before => match (place, first, second) {
                (0, true, false) => (1, false, false),
                (0 | 2, false, true) => (2, false, true),
                (0 | 2, true, true) => (3, false, true),
                (2, true, false) => (3, false, false),
                _ => (place, false, false),
            },
            // 0 nothing, 1 answered, 2 waiting
            Kind::Triggers => match (first, second) {
                (true, answers) => (2, answers, true),
                (false, true) => (1, true, false),
                (false, false) => (place, false, false),
            },
            // How many; one too many is as bad as more
            Kind::AtMost(count) | Kind::Exactly(count) => match first {
                true => (place.saturating_add(1).min(count.saturating_add(1)), false, place >= count),
                false => (place, false, false),
            },
            // 0 nothing, 1 ended, 2 broken
            Kind::NothingAfter => match place {
                0 => (u32::from(first), false, false),
                _ => (2, false, true),
            },
            // A bit for each side
            Kind::NeverTogether => (place | u32::from(first) | u32::from(second) << 1, false, first || second),
        };
        Step { to, answers, breaches }
    }

    /// What comes of the rule if the course is in this state and nothing more comes.
    pub fn verdict(&self, place: Place, state: State) -> RuleResult {
        if self.is_lost(place) {
            return RuleResult::Broken;
        }
        let waits = match self.kind {
            Kind::Triggers => place == 2,
            Kind::Exactly(count) => place < count,
            _ => false,
        };
        match (waits, state) {
            (true, State::Open) => RuleResult::Pending,
            (true, _) => RuleResult::Broken,
            (false, _) if place == Automaton::START => RuleResult::NotApplied,
            (false, _) => RuleResult::Kept,
        }
    }

    /// Whether the rule is broken whatever comes.
    pub fn is_lost(&self, place: Place) -> bool {
        match self.kind {
            Kind::Before | Kind::NothingAfter => place >= 2,
            Kind::Triggers => false,
            Kind::AtMost(count) | Kind::Exactly(count) => place > count,
            Kind::NeverTogether => place == 3,
        }
    }
}

/// What only the analysis asks.
#[cfg(feature = "compiler")]
impl Automaton {
    /// The automata of a pathway's rules, in its order.
    ///
    /// # Errors
    /// A rule that names a code which the pathway lacks.
    pub fn of(pathway: &crate::tables::Pathway) -> Result<Vec<Self>, TableError> {
        let codes = Codes::of(pathway);
        pathway.rules.iter().map(|rule| Automaton::new(rule, &codes)).collect()
    }

    /// Whether the code is one that the rule demands something of: one after `før`, before `utløser`, that is counted …
    pub fn binds(&self, code: usize) -> bool {
        let (first, second) = self.class(code);
        match self.kind {
            Kind::Before => second,
            Kind::NeverTogether => first || second,
            Kind::Triggers | Kind::AtMost(_) | Kind::Exactly(_) | Kind::NothingAfter => first,
        }
    }
}
