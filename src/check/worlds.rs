//! Every state of the facts that conditions can tell apart: values, and not knowing. Exact, within a budget.

use std::cmp::Ordering;

use super::{
    domains::{Asked, Domain, domains},
    written::state,
};
use crate::tables::{Comparison, Condition, Fact, FactType, Value};

/// The most states of the facts that one question looks at.
pub const LIMIT: usize = 200_000;
/// The most states that all questions about one pathway look at.
const BUDGET: usize = 10 * LIMIT;

/// The answer to «can it be?».
pub enum Answer {
    /// Yes: for these values of the facts.
    Yes(String),
    No,
    /// There are too many states to look at.
    Undecided,
}

/// Looks for states of the facts, until the budget is used.
pub struct Search<'a> {
    facts: &'a [Fact],
    left: usize,
}

impl<'a> Search<'a> {
    pub fn new(facts: &'a [Fact]) -> Self {
        Search { facts, left: BUDGET }
    }

    /// Whether there is a state of the facts in which the conditions have the wanted truth values.
    pub fn find(&mut self, conditions: &[&Condition], wanted: impl Fn(&[Option<bool>]) -> bool) -> Answer {
        // Asking costs too, so that a thousand variants do not take for ever.
        self.left = self.left.saturating_sub(self.facts.len() + conditions.len());
        if self.left == 0 {
            return Answer::Undecided;
        }
        let Some(mut domains) = domains(self.facts, conditions) else { return Answer::Undecided };
        let states = domains.iter().try_fold(1_usize, |product, domain| product.checked_mul(domain.values.len()));
        if states.is_none_or(|states| states > LIMIT.min(self.left)) {
            return Answer::Undecided;
        }
        let holds = |domains: &[Domain]| {
            wanted(&conditions.iter().map(|condition| eval(condition, domains)).collect::<Vec<_>>())
        };
        loop {
            self.left = self.left.saturating_sub(1);
            if holds(&domains) {
                return Answer::Yes(witness(&mut domains, self.facts, holds));
            }
            if !advance(&mut domains) {
                return Answer::No;
            }
        }
    }
}

/// The next state; false after the last.
fn advance(domains: &mut [Domain]) -> bool {
    for domain in domains.iter_mut().rev() {
        domain.at += 1;
        if domain.at < domain.values.len() {
            return true;
        }
        domain.at = 0;
    }
    false
}

/// The state as the author would write it, with no more than it takes: all other facts are not known in it.
fn witness(domains: &mut [Domain], facts: &[Fact], holds: impl Fn(&[Domain]) -> bool) -> String {
    for at in 0..domains.len() {
        let (found, last) = domains.get(at).map_or((0, 0), |domain| (domain.at, domain.values.len().saturating_sub(1)));
        set(domains, at, last);
        if !holds(domains) {
            set(domains, at, found);
        }
    }
    let mut said = Vec::new();
    for at in 0..domains.len() {
        let Some(domain) = domains.get(at) else { continue };
        // The last value, such as not to know a fact, is written when another would change the answer.
        let (found, count) = (domain.at, domain.values.len());
        let matters = found + 1 != count
            || (0..count).any(|other| {
                set(domains, at, other);
                !holds(domains)
            });
        set(domains, at, found);
        said.extend(domains.get(at).filter(|_| matters).map(|domain| state(domain, facts)));
    }
    said.join(", ")
}

fn set(domains: &mut [Domain], at: usize, value: usize) {
    if let Some(domain) = domains.get_mut(at) {
        domain.at = value;
    }
}

/// Three-valued truth of a condition in the state that is looked at.
pub fn eval(condition: &Condition, state: &[Domain]) -> Option<bool> {
    match condition {
        Condition::All { of } => {
            let mut all = of.iter().map(|part| eval(part, state));
            all.try_fold(Some(true), |sofar, part| match part {
                Some(false) => Err(()),
                None => Ok(None),
                Some(true) => Ok(sofar),
            })
            .unwrap_or(Some(false))
        }
        Condition::Any { of } => {
            let mut any = of.iter().map(|part| eval(part, state));
            any.try_fold(Some(false), |sofar, part| match part {
                Some(true) => Err(()),
                None => Ok(None),
                Some(false) => Ok(sofar),
            })
            .unwrap_or(Some(true))
        }
        Condition::Not { of } => eval(of, state).map(|truth| !truth),
        Condition::Known { fact } => Some(lookup(state, fact).is_some()),
        Condition::Is { fact, value } => lookup(state, fact).map(|found| found == value),
        Condition::Compare { fact, comparison, value } => {
            let domain = find(state, fact)?;
            let order = compare(domain.value()?, value, &domain.asked)?;
            Some(match comparison {
                Comparison::Above => order.is_gt(),
                Comparison::Below => order.is_lt(),
                Comparison::AtLeast => order.is_ge(),
                Comparison::AtMost => order.is_le(),
            })
        }
        Condition::Repeated { .. } | Condition::Recent { .. } | Condition::InCourse { .. } => {
            let asks = |domain: &&Domain| matches!(domain.asked, Asked::Test(test) if test == condition);
            state.iter().find(asks).and_then(Domain::value).map(|value| *value == Value::YesNo(true))
        }
    }
}

fn find<'s, 'a>(state: &'s [Domain<'a>], name: &str) -> Option<&'s Domain<'a>> {
    state.iter().find(|domain| matches!(domain.asked, Asked::Fact(fact) if fact.name == name))
}

fn lookup<'s>(state: &'s [Domain], fact: &str) -> Option<&'s Value> {
    find(state, fact).and_then(Domain::value)
}

fn compare(found: &Value, threshold: &Value, asked: &Asked) -> Option<Ordering> {
    match (found, threshold) {
        (Value::Number(found), Value::Number(threshold)) => found.partial_cmp(threshold),
        (Value::Date(found), Value::Date(threshold)) => Some(found.cmp(threshold)),
        (Value::Choice(found), Value::Choice(threshold)) => {
            let Asked::Fact(Fact { fact_type: FactType::Scale { values }, .. }) = asked else { return None };
            let step = |name: &str| values.iter().position(|value| value.name == name);
            Some(step(found)?.cmp(&step(threshold)?))
        }
        _ => None,
    }
}
