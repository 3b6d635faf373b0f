//! Facts by which conditions come out as one wants.

use std::{cmp::Ordering, collections::BTreeSet};

use chrono::{Days, NaiveDate};

use super::formula::Computed;
use crate::tables::{Condition, ExampleFact, Fact, FactType, Pathway, Unit, Value};

/// How many ways to meet the conditions are followed at once.
const MANY: usize = 64;
/// How many values of one fact a made-up patient has at most.
const OFTEN: u32 = 50;

/// What is known of a made-up patient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// The facts, in the order that the pathway declares them.
    pub facts: Vec<ExampleFact>,
    /// Whether there is an open course, where that matters.
    pub in_course: Option<bool>,
    /// The facts that must stay unknown.
    pub unknown: BTreeSet<String>,
}

/// The fewest facts found on a day by which the conditions have these truths. None if there are none, or if the
/// conditions hang together in too many ways.
pub fn world(pathway: &Pathway, wanted: &[(&Condition, bool)], on: NaiveDate) -> Option<World> {
    let solver = Solver { pathway, on };
    let worlds = wanted
        .iter()
        .fold(vec![World::default()], |worlds, (condition, truth)| solver.extend(worlds, condition, *truth));
    let mut world = worlds.into_iter().min_by_key(|world| world.facts.len())?;
    world.sort(pathway);
    Some(world)
}

impl World {
    /// The latest value of a fact.
    pub fn value(&self, fact: &str) -> Option<&Value> {
        self.facts.iter().filter(|given| given.fact == fact).max_by_key(|given| given.date).map(|given| &given.value)
    }

    /// The same with other values of one fact; with none it is unknown.
    pub fn with(&self, fact: &str, values: Vec<(Option<NaiveDate>, Value)>, pathway: &Pathway) -> World {
        let mut world = self.clone();
        world.facts.retain(|given| given.fact != fact);
        world.facts.extend(values.into_iter().map(|(date, value)| ExampleFact { date, fact: fact.to_owned(), value }));
        world.sort(pathway);
        world
    }

    fn sort(&mut self, pathway: &Pathway) {
        let place = |name: &str| pathway.facts.iter().position(|fact| fact.name == name);
        self.facts.sort_by_key(|given| (given.date, place(&given.fact)));
    }

    fn adding(mut self, fact: &str, values: impl IntoIterator<Item = (Option<NaiveDate>, Value)>) -> Option<World> {
        let facts = values.into_iter().map(|(date, value)| ExampleFact { date, fact: fact.to_owned(), value });
        self.facts.extend(facts);
        (!self.unknown.contains(fact)).then_some(self)
    }
}

struct Solver<'p> {
    pathway: &'p Pathway,
    on: NaiveDate,
}

impl Solver<'_> {
    /// The worlds, each with what it takes for the condition to have this truth.
    fn extend(&self, worlds: Vec<World>, condition: &Condition, truth: bool) -> Vec<World> {
        let mut extended = match (condition, truth) {
            (Condition::All { of }, true) | (Condition::Any { of }, false) => {
                of.iter().fold(worlds, |worlds, part| self.extend(worlds, part, truth))
            }
            (Condition::All { of }, false) | (Condition::Any { of }, true) => {
                of.iter().flat_map(|part| self.extend(worlds.clone(), part, truth)).collect()
            }
            (Condition::Not { of }, _) => self.extend(worlds, of, !truth),
            _ => worlds.into_iter().flat_map(|world| self.leaf(world, condition, truth)).collect(),
        };
        // Of as many as are followed, those with the fewest facts.
        extended.sort_by_key(|world| world.facts.len());
        extended.dedup();
        extended.truncate(MANY);
        extended
    }

    fn leaf(&self, world: World, condition: &Condition, truth: bool) -> Vec<World> {
        let Some(name) = fact_of(condition) else { return self.in_course(world, condition, truth) };
        let Some(fact) = self.pathway.facts.iter().find(|fact| fact.name == name) else { return Vec::new() };
        if let Some(formula) = &fact.formula {
            let computed = Computed { pathway: self.pathway, fact, formula, on: self.on };
            return computed.worlds(&world, condition, truth);
        }
        match condition {
            Condition::Known { .. } => self.known(world, fact, truth),
            Condition::Repeated { .. } | Condition::Recent { .. } if world.value(name).is_some() => Vec::new(),
            Condition::Repeated { of, count, spacing, unit } => {
                let count = if truth { *count } else { 1 };
                let with_dates = |value: Value| {
                    let dates = self.spaced(count, spacing.zip(*unit));
                    world.clone().adding(name, dates.into_iter().map(|date| (Some(date), value.clone())))
                };
                fitting(fact, of, truth).into_iter().filter_map(with_dates).collect()
            }
            Condition::Recent { of, .. } => {
                let today = |value: Value| world.clone().adding(name, [(Some(self.on), value)]);
                fitting(fact, of, truth).into_iter().filter_map(today).collect()
            }
            _ => match world.value(name) {
                Some(value) if decides(condition, value, fact) == Some(truth) => vec![world],
                Some(_) => Vec::new(),
                None => {
                    let given = |value: Value| world.clone().adding(name, [(None, value)]);
                    fitting(fact, condition, truth).into_iter().filter_map(given).collect()
                }
            },
        }
    }

    fn known(&self, mut world: World, fact: &Fact, truth: bool) -> Vec<World> {
        match (truth, world.value(&fact.name).is_some()) {
            (true, true) => vec![world],
            (false, true) => Vec::new(),
            (true, false) => points(&fact.fact_type, &[])
                .into_iter()
                .filter_map(|value| world.clone().adding(&fact.name, [(None, value)]))
                .collect(),
            (false, false) => {
                world.unknown.insert(fact.name.clone());
                vec![world]
            }
        }
    }

    /// A made-up patient has courses in the one pathway only.
    fn in_course(&self, mut world: World, condition: &Condition, truth: bool) -> Vec<World> {
        let Condition::InCourse { pathway } = condition else { return Vec::new() };
        let own = pathway.as_ref().is_none_or(|id| *id == self.pathway.id);
        if !own {
            return if truth { Vec::new() } else { vec![world] };
        }
        let fits = world.in_course.is_none_or(|known| known == truth);
        world.in_course = Some(truth);
        if fits { vec![world] } else { Vec::new() }
    }

    /// So many days, the last today, each far enough from the one before it.
    fn spaced(&self, count: u32, spacing: Option<(u32, Unit)>) -> Vec<NaiveDate> {
        let days = spacing.map_or(1, |(amount, unit)| match unit {
            Unit::Kalenderdager => u64::from(amount),
            Unit::Arbeidsdager | Unit::Virkedager => u64::from(amount) * 2 + 7,
            Unit::Uker => u64::from(amount) * 7,
            Unit::Måneder => u64::from(amount) * 31,
        });
        let date = |back: u32| self.on.checked_sub_days(Days::new(u64::from(back).checked_mul(days.max(1))?));
        (0..count.min(OFTEN)).rev().filter_map(date).collect()
    }
}

/// The fact that a condition without parts asks for.
pub fn fact_of(condition: &Condition) -> Option<&str> {
    match condition {
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } | Condition::Known { fact } => Some(fact),
        Condition::Repeated { of, .. } | Condition::Recent { of, .. } | Condition::Not { of } => fact_of(of),
        Condition::All { .. } | Condition::Any { .. } | Condition::InCourse { .. } => None,
    }
}

/// The values of a fact by which a condition on it alone has this truth.
fn fitting(fact: &Fact, condition: &Condition, truth: bool) -> Vec<Value> {
    let mut thresholds = Vec::new();
    condition.leaves(&mut |leaf| thresholds.extend(threshold(leaf)));
    let mut values = points(&fact.fact_type, &thresholds);
    values.retain(|value| decides(condition, value, fact) == Some(truth));
    values
}

/// What a leaf compares with, also within a test over time.
pub fn threshold(leaf: &Condition) -> Option<&Value> {
    match leaf {
        Condition::Is { value, .. } | Condition::Compare { value, .. } => Some(value),
        Condition::Repeated { of, .. } | Condition::Recent { of, .. } | Condition::Not { of } => threshold(of),
        _ => None,
    }
}

/// The values of a type that are told apart: every one of a list; each threshold and what is a step to either side.
pub fn points(fact_type: &FactType, thresholds: &[&Value]) -> Vec<Value> {
    let mut values: Vec<Value> = match fact_type {
        FactType::Choice { values } | FactType::Scale { values } => {
            values.iter().map(|value| Value::Choice(value.name.clone())).collect()
        }
        FactType::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        FactType::Number { .. } | FactType::Years => {
            thresholds.iter().flat_map(|value| around(value, fact_type)).collect()
        }
        FactType::Date => thresholds
            .iter()
            .filter_map(|value| if let Value::Date(date) = value { Some(*date) } else { None })
            .flat_map(|date| [Some(date), date.succ_opt(), date.pred_opt()])
            .flatten()
            .map(Value::Date)
            .collect(),
    };
    if values.is_empty() {
        values.push(match fact_type {
            FactType::Date => Value::Date(NaiveDate::default()),
            FactType::Years => Value::Number(50.0),
            _ => Value::Number(1.0),
        });
    }
    values.sort_by(|one, other| order(one, other).unwrap_or(Ordering::Equal));
    values.dedup();
    values
}

fn around(threshold: &Value, fact_type: &FactType) -> Vec<Value> {
    let Value::Number(number) = threshold else { return Vec::new() };
    let step = step(*number);
    let near = [*number, rounded(number + step), rounded(number - step)];
    let possible = |value: &f64| *fact_type != FactType::Years || (0.0..=150.0).contains(value);
    near.into_iter().filter(possible).map(Value::Number).collect()
}

/// One of the last decimal that a number is written with.
pub fn step(number: f64) -> f64 {
    let written = number.to_string();
    let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    10_f64.powi(-i32::try_from(decimals).unwrap_or(0))
}

/// Without what binary fractions add far behind the point.
pub fn rounded(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

/// Numbers and dates by size; a choice has no order but that of its list.
fn order(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.partial_cmp(other),
        (Value::Date(one), Value::Date(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

/// How a value stands to another of its fact.
fn compared(found: &Value, threshold: &Value, fact: &Fact) -> Option<Ordering> {
    match (found, threshold, &fact.fact_type) {
        (Value::Choice(found), Value::Choice(threshold), FactType::Scale { values }) => {
            let place = |name: &str| values.iter().position(|value| value.name == name);
            Some(place(found)?.cmp(&place(threshold)?))
        }
        _ => order(found, threshold),
    }
}

/// Whether a condition on one fact holds of a value of it; none if it asks for more than the value.
pub fn decides(condition: &Condition, value: &Value, fact: &Fact) -> Option<bool> {
    match condition {
        Condition::Is { value: wanted, .. } => Some(value == wanted),
        Condition::Compare { comparison, value: threshold, .. } => {
            Some(comparison.holds(compared(value, threshold, fact)?))
        }
        Condition::Known { .. } => Some(true),
        Condition::Not { of } => decides(of, value, fact).map(|truth| !truth),
        Condition::All { of } => of.iter().try_fold(true, |all, part| Some(decides(part, value, fact)? && all)),
        Condition::Any { of } => of.iter().try_fold(false, |any, part| Some(decides(part, value, fact)? || any)),
        Condition::Repeated { .. } | Condition::Recent { .. } | Condition::InCourse { .. } => None,
    }
}
