//! What conditions ask for, with one value from every range that they tell apart.

use chrono::{Days, NaiveDate};

use crate::{
    runtime::{due, latest_start},
    tables::{Condition, Fact, FactType, Unit, Value},
};

/// One thing that conditions ask for, and all that can be told apart of it. The last is what is taken for granted: not to
/// know, not to have been so.
pub struct Domain<'a> {
    /// What.
    pub asked: Asked<'a>,
    /// How it can be.
    pub levels: Vec<Level>,
}

/// What conditions ask for.
pub enum Asked<'a> {
    /// The latest value of a fact.
    Value(&'a Fact),
    /// How old the latest value is, if there is one; with the ages that it is compared with.
    Age(&'a Fact, Vec<(u32, Unit)>),
    /// Whether the fact's values, if there are any, met this test over time.
    Often(&'a Fact, Condition),
    /// Whether the patient has an open course, in this pathway or in any.
    Course(Option<String>),
}

/// One way in which it can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    /// The value.
    Value(Value),
    /// For each age whether it is no older.
    Age(Vec<bool>),
    /// It is so, or not.
    Yes(bool),
    /// Nobody knows.
    Unknown,
}

impl<'a> Asked<'a> {
    /// The fact that it is about.
    pub fn fact(&self) -> Option<&'a Fact> {
        match self {
            Asked::Value(fact) | Asked::Age(fact, _) | Asked::Often(fact, _) => Some(fact),
            Asked::Course(_) => None,
        }
    }
}

/// The domains of all that occurs in the conditions, in the order of first occurrence, what is about one fact together.
pub fn domains<'a, 'c>(facts: &'a [Fact], conditions: impl IntoIterator<Item = &'c Condition>) -> Vec<Domain<'a>> {
    let mut mentioned = Mentioned { facts, asked: Vec::new(), courses: Vec::new() };
    conditions.into_iter().for_each(|condition| mentioned.see(condition));
    let courses = mentioned.courses.into_iter().map(|pathway| Domain { asked: Asked::Course(pathway), levels: yes() });
    mentioned.asked.into_iter().flat_map(AboutFact::domains).chain(courses).collect()
}

fn yes() -> Vec<Level> {
    vec![Level::Yes(true), Level::Yes(false)]
}

/// What is asked about one fact.
struct AboutFact<'a> {
    fact: &'a Fact,
    thresholds: Vec<Value>,
    ages: Vec<(u32, Unit)>,
    often: Vec<Condition>,
}

struct Mentioned<'a> {
    facts: &'a [Fact],
    asked: Vec<AboutFact<'a>>,
    courses: Vec<Option<String>>,
}

impl<'a> Mentioned<'a> {
    fn see(&mut self, condition: &Condition) {
        match condition {
            Condition::All { of } | Condition::Any { of } => of.iter().for_each(|part| self.see(part)),
            Condition::Not { of } => self.see(of),
            Condition::Known { fact } => _ = self.about(fact),
            Condition::Is { fact, value } | Condition::Compare { fact, value, .. } => {
                if let Some(about) = self.about(fact) {
                    about.thresholds.push(value.clone());
                }
            }
            Condition::Repeated { of, .. } => {
                self.see(of);
                let about = fact_of(of).and_then(|fact| self.about(fact));
                if let Some(about) = about.filter(|about| !about.often.contains(condition)) {
                    about.often.push(condition.clone());
                }
            }
            Condition::Recent { of, amount, unit } => {
                self.see(of);
                let about = fact_of(of).and_then(|fact| self.about(fact));
                if let Some(about) = about.filter(|about| !about.ages.contains(&(*amount, *unit))) {
                    about.ages.push((*amount, *unit));
                }
            }
            Condition::InCourse { pathway } => {
                if !self.courses.contains(pathway) {
                    self.courses.push(pathway.clone());
                }
            }
        }
    }

    fn about(&mut self, name: &str) -> Option<&mut AboutFact<'a>> {
        let at = match self.asked.iter().position(|about| about.fact.name == name) {
            Some(at) => at,
            None => {
                let fact = self.facts.iter().find(|fact| fact.name == name)?;
                self.asked.push(AboutFact { fact, thresholds: Vec::new(), ages: Vec::new(), often: Vec::new() });
                self.asked.len() - 1
            }
        };
        self.asked.get_mut(at)
    }
}

impl<'a> AboutFact<'a> {
    fn domains(self) -> impl Iterator<Item = Domain<'a>> {
        let fact = self.fact;
        let values = representatives(&fact.fact_type, &self.thresholds).into_iter().map(Level::Value);
        let values = values.chain([Level::Unknown]).collect();
        let age = (!self.ages.is_empty()).then(|| {
            let mut levels: Vec<_> = spans(&self.ages).into_iter().map(Level::Age).collect();
            levels.push(Level::Unknown);
            Domain { asked: Asked::Age(fact, self.ages), levels }
        });
        let often = self.often.into_iter().map(move |test| Domain { asked: Asked::Often(fact, test), levels: yes() });
        std::iter::once(Domain { asked: Asked::Value(fact), levels: values }).chain(age).chain(often)
    }
}

/// The one fact that a test over time is about.
pub fn fact_of(condition: &Condition) -> Option<&str> {
    match condition {
        Condition::All { of } | Condition::Any { of } => of.first().and_then(fact_of),
        Condition::Not { of } | Condition::Repeated { of, .. } | Condition::Recent { of, .. } => fact_of(of),
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } | Condition::Known { fact } => Some(fact),
        Condition::InCourse { .. } => None,
    }
}

/// Every way in which a day can lie within some of the ages and not within others.
fn spans(ages: &[(u32, Unit)]) -> Vec<Vec<bool>> {
    let one_unit = ages.windows(2).all(|pair| matches!(pair, [(_, one), (_, other)] if one == other));
    // Four years hold every length of a month, and holidays in many places.
    let days = if one_unit { 1 } else { 4 * 366 };
    let mut spans = Vec::new();
    for today in NaiveDate::from_ymd_opt(2024, 1, 8).into_iter().flat_map(|first| first.iter_days().take(days)) {
        let past = ages.iter().filter_map(|(amount, unit)| latest_start(today.pred_opt()?, *amount, *unit));
        for day in past.flat_map(|past| [Some(past), past.checked_add_days(Days::new(1))]).flatten().chain([today]) {
            let within = |(amount, unit): &(u32, Unit)| due(day, *amount, *unit).is_none_or(|due| today <= due);
            let span: Vec<bool> = ages.iter().map(within).collect();
            if !spans.contains(&span) {
                spans.push(span);
            }
        }
    }
    spans.sort_unstable_by(|one, other| other.cmp(one));
    spans
}

/// Every value that the thresholds tell apart.
pub fn representatives(fact_type: &FactType, thresholds: &[Value]) -> Vec<Value> {
    let numbers =
        || thresholds.iter().filter_map(|value| if let Value::Number(value) = value { Some(*value) } else { None });
    let dates = || thresholds.iter().filter_map(|value| if let Value::Date(date) = value { Some(*date) } else { None });
    match fact_type {
        FactType::Choice { values } | FactType::Scale { values } => {
            values.iter().map(|value| Value::Choice(value.name.clone())).collect()
        }
        FactType::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        FactType::Number { .. } => real_points(numbers()).into_iter().map(Value::Number).collect(),
        FactType::Years => whole_points(numbers()).into_iter().map(Value::Number).collect(),
        FactType::Date => date_points(dates()).into_iter().map(Value::Date).collect(),
    }
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

/// Whole numbers from 0 to 150, as years are: those at each threshold and beside it.
fn whole_points(thresholds: impl Iterator<Item = f64>) -> Vec<f64> {
    let beside = |value: f64| [value.floor() - 1.0, value.floor(), value.ceil(), value.ceil() + 1.0];
    let mut points: Vec<f64> = thresholds.flat_map(beside).filter(|value| (0.0..=150.0).contains(value)).collect();
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
