//! What may be known of a patient: every combination of values that conditions can tell apart.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use forlop::{
    runtime::FactEvent,
    tables::{Condition, Fact, FactType, Pathway, Value},
};
use serde_json::{self as json, json};

/// What is known: as the engine is told it, and as the runtime is.
#[derive(Clone, Default)]
pub struct World {
    pub inputs: Vec<(String, json::Value)>,
    known: Vec<(Option<NaiveDate>, String, String)>,
}

impl World {
    pub fn facts(&self) -> Vec<FactEvent<'_>> {
        self.known.iter().map(|(date, fact, value)| FactEvent { date: *date, fact, value }).collect()
    }
}

/// Every combination for these conditions.
pub fn worlds(pathway: &Pathway, conditions: &[&Condition]) -> Vec<World> {
    let mut asked = BTreeMap::new();
    conditions.iter().for_each(|condition| see(condition, false, &mut asked));
    let mut worlds = vec![World::default()];
    for fact in pathway.facts.iter().filter(|fact| asked.contains_key(fact.name.as_str())) {
        let Asked { thresholds, repeated } = &asked[fact.name.as_str()];
        let values = values(fact, thresholds);
        let known = if *repeated { histories(&values) } else { once(&values) };
        worlds =
            worlds.iter().flat_map(|world| known.iter().map(|known| with(world, fact, known, *repeated))).collect();
    }
    worlds
}

#[derive(Default)]
struct Asked<'c> {
    thresholds: Vec<&'c Value>,
    repeated: bool,
}

fn see<'c>(condition: &'c Condition, inside: bool, asked: &mut BTreeMap<&'c str, Asked<'c>>) {
    let (fact, value) = match condition {
        Condition::All { of } | Condition::Any { of } => return of.iter().for_each(|part| see(part, inside, asked)),
        Condition::Not { of } => return see(of, inside, asked),
        Condition::Repeated { of, .. } => return see(of, true, asked),
        Condition::Is { fact, value } | Condition::Compare { fact, value, .. } => (fact, Some(value)),
        Condition::Known { fact } => (fact, None),
        Condition::Recent { .. } | Condition::InCourse { .. } => return,
    };
    let asked = asked.entry(fact).or_default();
    asked.thresholds.extend(value);
    asked.repeated |= inside;
}

/// Each value as JSON for the engine and as text for the runtime.
fn values(fact: &Fact, thresholds: &[&Value]) -> Vec<(json::Value, String)> {
    let numbers =
        thresholds.iter().filter_map(|value| if let Value::Number(number) = value { Some(*number) } else { None });
    match &fact.fact_type {
        FactType::Choice { values } | FactType::Scale { values } => {
            values.iter().map(|value| (json!(value.name), value.name.clone())).collect()
        }
        FactType::YesNo => vec![(json!(true), "ja".into()), (json!(false), "nei".into())],
        FactType::Years => {
            around(numbers, 1.0).into_iter().map(|number| (json!(number as u8), number.to_string())).collect()
        }
        FactType::Number { .. } => {
            around(numbers, 0.1).into_iter().map(|number| (json!(number), number.to_string())).collect()
        }
        FactType::Date => {
            let dates =
                thresholds.iter().filter_map(|value| if let Value::Date(date) = value { Some(*date) } else { None });
            let around = dates.flat_map(|date| [date.pred_opt(), Some(date), date.succ_opt()]).flatten();
            around.map(|date| (json!({ "date": date }), date.to_string())).collect()
        }
    }
}

fn around(numbers: impl Iterator<Item = f64>, step: f64) -> Vec<f64> {
    let mut around: Vec<f64> = numbers.flat_map(|number| [number - step, number, number + step]).collect();
    around.sort_by(f64::total_cmp);
    around.dedup();
    around
}

/// What may be known of one fact: values in the order of the input, some of them dated.
type Known = Vec<(Option<NaiveDate>, (json::Value, String))>;

fn once(values: &[(json::Value, String)]) -> Vec<Known> {
    values.iter().map(|value| vec![(None, value.clone())]).chain([vec![]]).collect()
}

/// Up to three values, without a date and on days that are near each other, at three weeks' distance and beyond.
fn histories(values: &[(json::Value, String)]) -> Vec<Known> {
    let first = NaiveDate::default() + Days::new(18_000);
    let days = [None].into_iter().chain([0, 0, 20, 21, 22, 41, 42].map(|days| Some(first + Days::new(days))));
    let mut histories: Vec<Known> = vec![vec![]];
    for day in days {
        let shorter = histories.clone();
        for value in values {
            let longer = shorter.iter().filter(|history| history.len() < 3);
            histories.extend(longer.map(|history| history.iter().cloned().chain([(day, value.clone())]).collect()));
        }
    }
    histories
}

fn with(world: &World, fact: &Fact, known: &Known, repeated: bool) -> World {
    let mut world = world.clone();
    let latest = known.iter().enumerate().max_by_key(|(at, (date, _))| (*date, *at));
    let latest = latest.map_or(json::Value::Null, |(_, (_, (value, _)))| value.clone());
    world.inputs.push((fact.name.clone(), latest));
    if repeated {
        let date = |date: &Option<NaiveDate>| date.map_or(json::Value::Null, |date| json!({ "date": date }));
        let values = known.iter().map(|(on, (value, _))| json!({ "date": date(on), "value": value }));
        world.inputs.push((format!("{}_history", fact.name), values.collect()));
    }
    world.known.extend(known.iter().map(|(date, (_, text))| (*date, fact.name.clone(), text.clone())));
    world
}
