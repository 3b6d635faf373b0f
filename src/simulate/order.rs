//! Order rules as their definitions say them, each event by itself (rule 6, E9). Not the runtime's automata.

use chrono::NaiveDate;

use super::{course::Event, shape::Codes};
use crate::{
    runtime::State,
    tables::{Pathway, Rule, RuleKind},
};

/// A rule with its codes as numbers.
pub(super) struct Order<'t> {
    pub rule: &'t Rule,
    pub first: Codes,
    pub second: Codes,
}

impl<'t> Order<'t> {
    pub fn new(pathway: &Pathway, rule: &'t Rule) -> Self {
        let none: &[String] = &[];
        let (first, second) = match &rule.kind {
            RuleKind::Before { first, then } | RuleKind::Triggers { first, then } => (first, then.as_slice()),
            RuleKind::AtMost { of, .. } | RuleKind::Exactly { of, .. } => (of, none),
            RuleKind::NothingAfter { after } => (after, none),
            RuleKind::NeverTogether { first, second } => (first, second.as_slice()),
        };
        Order { rule, first: Codes::of(pathway, first), second: Codes::of(pathway, second) }
    }

    /// The dates of the events that break the rule; none if it is not broken.
    pub fn broken(&self, events: &[Event], state: State) -> Option<Vec<NaiveDate>> {
        let all = || events.iter().enumerate();
        let first = |event: &Event| self.first.has(event.code);
        let second = |event: &Event| self.second.has(event.code);
        let before = |at: usize| events.get(..at).unwrap_or_default();
        let after = |at: usize| events.get(at + 1..).unwrap_or_default();
        let nth = |count: u32| all().filter(|(_, event)| first(event)).skip(count as usize);
        let (of, too_few): (Vec<(usize, &Event)>, bool) = match self.rule.kind {
            RuleKind::Before { .. } => {
                (all().filter(|(at, event)| second(event) && !before(*at).iter().any(first)).collect(), false)
            }
            RuleKind::Triggers { .. } if state == State::Open => (Vec::new(), false),
            RuleKind::Triggers { .. } => {
                (all().filter(|(at, event)| first(event) && !after(*at).iter().any(second)).collect(), false)
            }
            RuleKind::AtMost { count, .. } => (nth(count).collect(), false),
            RuleKind::Exactly { count, .. } => {
                let found = events.iter().filter(|event| first(event)).count();
                (nth(count).collect(), found < count as usize && state != State::Open)
            }
            RuleKind::NothingAfter { .. } => (all().filter(|(at, _)| before(*at).iter().any(first)).collect(), false),
            RuleKind::NeverTogether { .. } => {
                let both = events.iter().any(first) && events.iter().any(second);
                (all().filter(|(_, event)| both && (first(event) || second(event))).collect(), false)
            }
        };
        let mut dates: Vec<_> = of.into_iter().map(|(_, event)| event.date).collect();
        dates.dedup();
        (too_few || !dates.is_empty()).then_some(dates)
    }
}
