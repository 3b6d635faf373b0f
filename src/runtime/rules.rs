//! Judging a course by its order rules (rule 6, E9).

use super::{CourseFinding, RuleResult, State, assembly::Coded, automaton::Automaton};
use crate::tables::Rule;

/// What came of the rule; the events that break it go to `broken`, which is empty.
pub(super) fn judge<'e, 'a>(
    automaton: &Automaton,
    events: &'e [Coded<'a>],
    state: State,
    broken: &mut Vec<&'e Coded<'a>>,
) -> RuleResult {
    let mut place = Automaton::START;
    for coded in events {
        let step = automaton.step(place, coded.code);
        if step.answers {
            broken.clear();
        }
        broken.extend(step.breaches.then_some(coded));
        place = step.to;
    }
    let result = automaton.verdict(place, state);
    if result != RuleResult::Broken {
        broken.clear();
    }
    result
}

/// The finding of a broken rule.
pub(super) fn finding<'a>(rule: &'a Rule, broken: &[&Coded]) -> CourseFinding<'a> {
    let mut dates: Vec<_> = broken.iter().map(|coded| coded.event.date).collect();
    dates.dedup();
    CourseFinding { code: &rule.name, severity: rule.severity, message: rule.label.clone(), dates }
}
