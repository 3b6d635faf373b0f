//! Every state of the facts that conditions can tell apart: values, and not knowing. Exact, within a budget.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::words::number;
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

/// One fact and the values that matter; not known is the last.
struct Domain<'a> {
    fact: &'a Fact,
    values: Vec<Option<Value>>,
    /// The value of the state that is looked at.
    at: usize,
}

impl Domain<'_> {
    fn value(&self) -> Option<&Value> {
        self.values.get(self.at).and_then(Option::as_ref)
    }
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
        let mut domains = domains(self.facts, conditions);
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
                return Answer::Yes(witness(&mut domains, holds));
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

/// The state as the author would write it, with no more facts than it takes: all others are not known in it.
fn witness(domains: &mut [Domain], holds: impl Fn(&[Domain]) -> bool) -> String {
    for at in 0..domains.len() {
        let found = domains.get(at).map_or(0, |domain| domain.at);
        set(domains, at, usize::MAX);
        if !holds(domains) {
            set(domains, at, found);
        }
    }
    let mut said = Vec::new();
    for at in 0..domains.len() {
        let Some(domain) = domains.get(at) else { continue };
        // Not to know a fact is written when knowing it would change the answer.
        let (found, count) = (domain.at, domain.values.len());
        let matters = domain.value().is_some()
            || (0..count).any(|other| {
                set(domains, at, other);
                !holds(domains)
            });
        set(domains, at, found);
        said.extend(domains.get(at).filter(|_| matters).map(written));
    }
    said.join(", ")
}

fn set(domains: &mut [Domain], at: usize, value: usize) {
    if let Some(domain) = domains.get_mut(at) {
        domain.at = value;
    }
}

fn written(domain: &Domain) -> String {
    let name = &domain.fact.name;
    match (domain.value(), &domain.fact.fact_type) {
        (None, _) => format!("{name} er ukjent"),
        (Some(Value::YesNo(true)), _) => format!("{name} er ja"),
        (Some(Value::YesNo(false)), _) => format!("{name} er nei"),
        (Some(Value::Choice(value)), _) => format!("{name} er {value}"),
        (Some(Value::Date(date)), _) => format!("{name} er {date}"),
        (Some(Value::Number(value)), FactType::Number { unit }) if !unit.is_empty() => {
            format!("{name} er {} {unit}", number(*value))
        }
        (Some(Value::Number(value)), _) => format!("{name} er {}", number(*value)),
    }
}

/// Three-valued truth of a condition in the state that is looked at.
fn eval(condition: &Condition, state: &[Domain]) -> Option<bool> {
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
            lookup(state, fact).and_then(|found| compare(found, *comparison, value))
        }
        Condition::Repeated { .. } | Condition::Recent { .. } | Condition::InCourse { .. } => None,
    }
}

fn lookup<'s>(state: &'s [Domain], fact: &str) -> Option<&'s Value> {
    state.iter().find(|domain| domain.fact.name == fact).and_then(Domain::value)
}

fn compare(found: &Value, comparison: Comparison, threshold: &Value) -> Option<bool> {
    let order = match (found, threshold) {
        (Value::Number(found), Value::Number(threshold)) => found.partial_cmp(threshold)?,
        (Value::Date(found), Value::Date(threshold)) => found.cmp(threshold),
        _ => return None,
    };
    Some(match comparison {
        Comparison::Above => order.is_gt(),
        Comparison::Below => order.is_lt(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::AtMost => order.is_le(),
    })
}

/// The facts that occur in the conditions, each with one value from every range that the conditions tell apart.
fn domains<'a>(facts: &'a [Fact], conditions: &[&Condition]) -> Vec<Domain<'a>> {
    let mut thresholds = BTreeMap::new();
    conditions.iter().for_each(|condition| collect(condition, &mut thresholds));
    let domain = |fact: &'a Fact| {
        let values = thresholds.get(fact.name.as_str())?;
        Some(Domain { fact, values: representatives(&fact.fact_type, values), at: 0 })
    };
    facts.iter().filter_map(domain).collect()
}

/// The facts in the condition and the values that it compares them with.
fn collect<'c>(condition: &'c Condition, thresholds: &mut BTreeMap<&'c str, Vec<&'c Value>>) {
    match condition {
        Condition::All { of } | Condition::Any { of } => of.iter().for_each(|part| collect(part, thresholds)),
        Condition::Not { of } => collect(of, thresholds),
        Condition::Known { fact } => _ = thresholds.entry(fact).or_default(),
        Condition::Repeated { of, .. } | Condition::Recent { of, .. } => collect(of, thresholds),
        Condition::InCourse { .. } => {}
        Condition::Is { fact, value } | Condition::Compare { fact, value, .. } => {
            thresholds.entry(fact).or_default().push(value);
        }
    }
}

fn representatives(fact_type: &FactType, thresholds: &[&Value]) -> Vec<Option<Value>> {
    let numbers =
        || thresholds.iter().filter_map(|value| if let Value::Number(value) = value { Some(*value) } else { None });
    let dates = || thresholds.iter().filter_map(|value| if let Value::Date(date) = value { Some(*date) } else { None });
    let mut values: Vec<Option<Value>> = match fact_type {
        FactType::Choice { values } | FactType::Scale { values } => {
            values.iter().map(|value| Some(Value::Choice(value.name.clone()))).collect()
        }
        FactType::YesNo => vec![Some(Value::YesNo(true)), Some(Value::YesNo(false))],
        FactType::Number { .. } => real_points(numbers()).into_iter().map(|value| Some(Value::Number(value))).collect(),
        FactType::Years => whole_points(numbers()).into_iter().map(|value| Some(Value::Number(value))).collect(),
        FactType::Date => date_points(dates()).into_iter().map(|date| Some(Value::Date(date))).collect(),
    };
    values.push(None);
    values
}

/// Each threshold, and a number between, below and above them: round where there is room.
fn real_points(thresholds: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = thresholds.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    let (Some(first), Some(last)) = (sorted.first().copied(), sorted.last().copied()) else { return vec![1.0] };
    let below = if first > 0.0 && first < 1.0 { first / 2.0 } else { first - 1.0 };
    let between = |low: f64, high: f64| {
        let round = low.floor() + 1.0;
        if round < high { round } else { low + (high - low) / 2.0 }
    };
    let mut points = vec![below];
    for pair in sorted.windows(2) {
        if let [low, high] = pair {
            points.extend([*low, between(*low, *high)]);
        }
    }
    points.extend([last, last + 1.0]);
    points
}

/// Whole numbers from 0: each threshold and its neighbours.
fn whole_points(thresholds: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut points: Vec<f64> =
        thresholds.flat_map(|value| [value - 1.0, value, value + 1.0]).filter(|value| *value >= 0.0).collect();
    points.sort_by(f64::total_cmp);
    points.dedup();
    if points.is_empty() { vec![50.0] } else { points }
}

/// Each threshold and the days beside it.
fn date_points(thresholds: impl Iterator<Item = NaiveDate>) -> Vec<NaiveDate> {
    let mut points: Vec<NaiveDate> =
        thresholds.flat_map(|date| [date.pred_opt(), Some(date), date.succ_opt()]).flatten().collect();
    points.sort_unstable();
    points.dedup();
    if points.is_empty() { NaiveDate::from_ymd_opt(2024, 1, 1).into_iter().collect() } else { points }
}
