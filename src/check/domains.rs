//! What conditions ask for, with one value from every range that they tell apart.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::tables::{Condition, Fact, FactType, Value};

/// With more tests over time than this there are more states than are looked at.
const MANY: usize = 20;

/// One thing that conditions ask for and the values that matter; not known is the last where it can be.
pub struct Domain<'a> {
    pub asked: Asked<'a>,
    pub values: Vec<Option<Value>>,
    /// The value of the state that is looked at.
    pub at: usize,
}

/// What conditions ask for.
pub enum Asked<'a> {
    Fact(&'a Fact),
    /// A test over time or of courses: true or false, whatever the value of its fact is.
    Test(&'a Condition),
}

impl Domain<'_> {
    pub fn value(&self) -> Option<&Value> {
        self.values.get(self.at).and_then(Option::as_ref)
    }
}

/// The domains of all that occurs in the conditions, the facts in the order declared; none if there are too many.
pub fn domains<'a>(facts: &'a [Fact], conditions: &[&'a Condition]) -> Option<Vec<Domain<'a>>> {
    let mut mentioned = Mentioned::default();
    conditions.iter().for_each(|condition| mentioned.collect(condition));
    let facts = facts.iter().filter_map(|fact| {
        let thresholds = mentioned.facts.get(fact.name.as_str())?;
        Some(Domain { asked: Asked::Fact(fact), values: representatives(&fact.fact_type, thresholds), at: 0 })
    });
    let tests = mentioned.tests.iter().map(|test| {
        let mut values = vec![Some(Value::YesNo(true)), Some(Value::YesNo(false))];
        // Whether a patient has a course is always known.
        values.extend(if matches!(test, Condition::InCourse { .. }) { None } else { Some(None) });
        Domain { asked: Asked::Test(test), values, at: 0 }
    });
    (mentioned.tests.len() <= MANY).then(|| facts.chain(tests).collect())
}

/// What the conditions mention: facts with the values that they are compared with, and tests over time or of courses.
#[derive(Default)]
struct Mentioned<'c> {
    facts: BTreeMap<&'c str, Vec<&'c Value>>,
    tests: Vec<&'c Condition>,
}

impl<'c> Mentioned<'c> {
    fn collect(&mut self, condition: &'c Condition) {
        match condition {
            Condition::All { of } | Condition::Any { of } => of.iter().for_each(|part| self.collect(part)),
            Condition::Not { of } => self.collect(of),
            Condition::Known { fact } => {
                self.facts.entry(fact).or_default();
            }
            Condition::Is { fact, value } | Condition::Compare { fact, value, .. } => {
                self.facts.entry(fact).or_default().push(value);
            }
            Condition::Repeated { .. } | Condition::Recent { .. } | Condition::InCourse { .. } => {
                if self.tests.len() <= MANY && !self.tests.contains(&condition) {
                    self.tests.push(condition);
                }
            }
        }
    }
}

pub fn representatives(fact_type: &FactType, thresholds: &[&Value]) -> Vec<Option<Value>> {
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
