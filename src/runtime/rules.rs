//! Order rules (rule 6, E9).

use super::{
    CourseFinding, RuleResult, State,
    assembly::Coded,
    error::TableError,
    prepare::{CodeSet, Codes},
};
use crate::tables::{Rule, RuleKind};

/// What a rule demands, with its codes interned.
#[derive(Debug)]
pub(super) enum Demand {
    Before(CodeSet, CodeSet),
    Triggers(CodeSet, CodeSet),
    AtMost(usize, CodeSet),
    Exactly(usize, CodeSet),
    NothingAfter(CodeSet),
    NeverTogether(CodeSet, CodeSet),
}

impl Demand {
    pub fn new(rule: &Rule, codes: &Codes) -> Result<Self, TableError> {
        let set = |names: &[String]| codes.set(&rule.name, names);
        let count = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        Ok(match &rule.kind {
            RuleKind::Before { first, then } => Demand::Before(set(first)?, set(then)?),
            RuleKind::Triggers { first, then } => Demand::Triggers(set(first)?, set(then)?),
            RuleKind::AtMost { count: most, of } => Demand::AtMost(count(*most), set(of)?),
            RuleKind::Exactly { count: wanted, of } => Demand::Exactly(count(*wanted), set(of)?),
            RuleKind::NothingAfter { after } => Demand::NothingAfter(set(after)?),
            RuleKind::NeverTogether { first, second } => Demand::NeverTogether(set(first)?, set(second)?),
        })
    }

    /// What came of the rule; the events that break it go to `broken`.
    pub fn judge<'e, 'a>(&self, events: &'e [Coded<'a>], state: State, broken: &mut Vec<&'e Coded<'a>>) -> RuleResult {
        let first_of = |set: &CodeSet| events.iter().position(|coded| set.contains(coded.code));
        let last_of = |set: &CodeSet| events.iter().rposition(|coded| set.contains(coded.code));
        let among = |set: &'_ CodeSet| events.iter().filter(|coded| set.contains(coded.code)).count();
        let (applies, waits) = match self {
            Demand::Before(first, then) => {
                let unprepared = first_of(first).map_or(events.len(), |at| at + 1);
                broken.extend(events.iter().take(unprepared).filter(|coded| then.contains(coded.code)));
                (first_of(first).or(first_of(then)).is_some(), false)
            }
            Demand::Triggers(first, then) => {
                let answered = last_of(then).unwrap_or(0);
                broken.extend(events.iter().skip(answered).filter(|coded| first.contains(coded.code)));
                let waits = !broken.is_empty();
                if state == State::Open {
                    broken.clear();
                }
                (first_of(first).or(last_of(then)).is_some(), waits)
            }
            Demand::AtMost(count, of) | Demand::Exactly(count, of) => {
                broken.extend(events.iter().filter(|coded| of.contains(coded.code)).skip(*count));
                let too_few = matches!(self, Demand::Exactly(..)) && among(of) < *count;
                (first_of(of).is_some(), too_few)
            }
            Demand::NothingAfter(after) => {
                let end = first_of(after);
                broken.extend(end.map_or(&[][..], |at| events.get(at + 1..).unwrap_or_default()));
                (end.is_some(), false)
            }
            Demand::NeverTogether(first, second) => {
                let both = [first, second];
                if both.iter().all(|set| first_of(set).is_some()) {
                    broken.extend(events.iter().filter(|coded| both.iter().any(|set| set.contains(coded.code))));
                }
                (both.iter().any(|set| first_of(set).is_some()), false)
            }
        };
        match (broken.is_empty(), waits, applies) {
            (false, ..) => RuleResult::Broken,
            (_, true, _) if state == State::Open => RuleResult::Pending,
            (_, true, _) => RuleResult::Broken,
            (_, _, false) => RuleResult::NotApplied,
            _ => RuleResult::Kept,
        }
    }
}

/// The finding of a broken rule.
pub(super) fn finding<'a>(rule: &'a Rule, broken: &[&Coded]) -> CourseFinding<'a> {
    let mut dates: Vec<_> = broken.iter().map(|coded| coded.event.date).collect();
    dates.dedup();
    CourseFinding { code: &rule.name, severity: rule.severity, message: rule.label.clone(), dates }
}
