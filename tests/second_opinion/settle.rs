//! Which unknown facts could settle a question: LANG2, section 8, by trying them all.

use chrono::{NaiveDate, TimeDelta};
use forlop::tables::{Condition, Fact, FactType, Formula, Value};

use crate::content::conditions;
use crate::facts::{Known, Patient, value_on};

/// The smallest sets of unknown facts of which some values, learnt on the day, settle it: no set that holds a smaller one;
/// of at most three facts, in the order that these are declared, the smaller sets first, and at most five.
pub fn settled_by<'a>(
    patient: &Patient<'a>,
    day: NaiveDate,
    asked: &[impl AsRef<str>],
    is_settled: impl Fn(&Patient) -> bool,
) -> Vec<Vec<&'a str>> {
    let unknown = unknown_facts(patient, day, asked);
    let mut settling: Vec<Vec<usize>> = vec![];
    for set in sets_of_at_most_three(unknown.len()) {
        let holds_a_smaller = settling.iter().any(|smaller| smaller.iter().all(|fact| set.contains(fact)));
        let facts: Vec<&Fact> = set.iter().map(|&at| unknown[at]).collect();
        if !holds_a_smaller && some_values_settle(&facts, patient, day, &is_settled) {
            settling.push(set);
        }
    }
    settling.truncate(5);
    settling.into_iter().map(|set| set.into_iter().map(|at| unknown[at].name.as_str()).collect()).collect()
}

/// The facts that the question rests on and that have no value on the day, in the order declared. Not those that are
/// computed, but those that they are computed from.
fn unknown_facts<'a>(patient: &Patient<'a>, day: NaiveDate, asked: &[impl AsRef<str>]) -> Vec<&'a Fact> {
    let facts = &patient.pathway.facts;
    let mut rests_on: Vec<String> = asked.iter().map(|name| name.as_ref().to_owned()).collect();
    let mut at = 0;
    while at < rests_on.len() {
        let formula = facts.iter().find(|fact| fact.name == rests_on[at]).and_then(|fact| fact.formula.as_ref());
        rests_on.extend(formula.map_or(vec![], facts_of));
        at += 1;
    }
    let is_unknown = |fact: &&Fact| fact.formula.is_none() && value_on(patient, &fact.name, day).is_none();
    facts.iter().filter(|fact| rests_on.contains(&fact.name)).filter(is_unknown).collect()
}

fn facts_of(formula: &Formula) -> Vec<String> {
    match formula {
        Formula::Number { .. } => vec![],
        Formula::Fact { fact, .. } | Formula::Rise { fact, .. } => vec![fact.clone()],
        Formula::Compute { left, right, .. } => [facts_of(left), facts_of(right)].concat(),
    }
}

/// The sets of one, two and three of so many, the earlier ones first.
fn sets_of_at_most_three(of: usize) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = vec![];
    sets.extend((0..of).map(|one| vec![one]));
    sets.extend((0..of).flat_map(|one| (one + 1..of).map(move |two| vec![one, two])));
    for one in 0..of {
        for two in one + 1..of {
            sets.extend((two + 1..of).map(|three| vec![one, two, three]));
        }
    }
    sets
}

fn some_values_settle(
    facts: &[&Fact],
    patient: &Patient,
    day: NaiveDate,
    is_settled: &impl Fn(&Patient) -> bool,
) -> bool {
    let Some((fact, others)) = facts.split_first() else {
        return is_settled(patient);
    };
    values(fact, patient).into_iter().any(|value| {
        let mut patient = patient.clone();
        patient.known.push(Known { fact: &fact.name, date: Some(day), value });
        some_values_settle(others, &patient, day, is_settled)
    })
}

/// Values enough to try: each one of a list; of a number or a date those at the thresholds, between and beyond, and some
/// that bring what is computed from them far up and far down.
fn values(fact: &Fact, patient: &Patient) -> Vec<Value> {
    let mut thresholds = vec![];
    for condition in conditions(patient.pathway) {
        add_thresholds(condition, &fact.name, &mut thresholds);
    }
    match &fact.fact_type {
        FactType::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        FactType::Choice { values } | FactType::Scale { values } => {
            values.iter().map(|value| Value::Choice(value.name.clone())).collect()
        }
        FactType::Date => {
            let mut days = vec![NaiveDate::from_ymd_opt(2024, 1, 1).unwrap()];
            for threshold in thresholds {
                if let Value::Date(date) = threshold {
                    days.extend([-1, 0, 1].map(|days| date + TimeDelta::days(days)));
                }
            }
            days.into_iter().map(Value::Date).collect()
        }
        FactType::Years => {
            let mut years = vec![0.0, 1.0, 150.0];
            for threshold in thresholds {
                if let Value::Number(number) = threshold {
                    years.extend([-1.0, 0.0, 1.0].map(|years| number.floor() + years));
                }
            }
            years.retain(|years| (0.0..=150.0).contains(years));
            years.into_iter().map(Value::Number).collect()
        }
        FactType::Number { .. } => {
            let mut numbers = vec![-1000.0, -1.0, 0.0, 0.001, 1.0, 1000.0];
            for threshold in thresholds {
                if let Value::Number(number) = threshold {
                    numbers.extend([number - 0.01, number, number + 0.01]);
                }
            }
            numbers.into_iter().map(Value::Number).collect()
        }
    }
}

fn add_thresholds(condition: &Condition, about: &str, thresholds: &mut Vec<Value>) {
    match condition {
        Condition::All { of } | Condition::Any { of } => {
            for part in of {
                add_thresholds(part, about, thresholds);
            }
        }
        Condition::Not { of } | Condition::Repeated { of, .. } | Condition::Recent { of, .. } => {
            add_thresholds(of, about, thresholds);
        }
        Condition::Is { fact, value } | Condition::Compare { fact, value, .. } if fact == about => {
            if !thresholds.contains(value) {
                thresholds.push(value.clone());
            }
        }
        Condition::Is { .. } | Condition::Compare { .. } | Condition::Known { .. } | Condition::InCourse { .. } => {}
    }
}
