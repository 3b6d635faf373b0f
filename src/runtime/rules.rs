//! Judging a course by its order rules (rule 6, E9).

use super::{CourseFinding, RuleResult, State, assembly::Coded, automaton::Automaton};
use crate::tables::Rule;

/// What came of the rule; the numbers of the events that break it go to `broken`, which is empty.
pub(super) fn judge(automaton: &Automaton, events: &[Coded], state: State, broken: &mut Vec<usize>) -> RuleResult {
    let mut place = Automaton::START;
    for (number, coded) in events.iter().enumerate() {
        let step = automaton.step(place, coded.code as usize);
        if step.answers {
            broken.clear();
        }
        broken.extend(step.breaches.then_some(number));
        place = step.to;
    }
    let result = automaton.verdict(place, state);
    if result != RuleResult::Broken {
        broken.clear();
    }
    result
}

/// The finding of a broken rule.
pub(super) fn finding<'a>(rule: &'a Rule, broken: &[usize], events: &[Coded]) -> CourseFinding<'a> {
    let mut dates: Vec<_> = broken.iter().filter_map(|number| Some(events.get(*number)?.date)).collect();
    dates.dedup();
    CourseFinding { code: &rule.name, severity: rule.severity, message: rule.label.clone(), dates }
}
