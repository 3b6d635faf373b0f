//! Which unknown facts could settle a question: by trying them all.

use chrono::{NaiveDate, TimeDelta};
use forlop::tables::{Condition, Fact, FactType, Value};

use crate::conditions::{Asked, holds};
use crate::content::conditions;
use crate::facts::{Known, Patient, latest_on};

/// The smallest sets of unknown facts of which some values settle it when they are learnt: no set that holds a smaller one; of
/// at most three facts, in the order that these are declared, the smaller sets first, and at most five. None if the question
/// rests on a fact that is computed: how far that can reach is more than trial can tell.
pub fn settled_by<'a>(
    patient: &Patient<'a>,
    day: NaiveDate,
    asked: &[Asked],
    is_settled: impl Fn(&Patient) -> bool,
) -> Option<Vec<Vec<&'a str>>> {
    let computed =
        |asked: &Asked| patient.pathway.facts.iter().any(|fact| fact.name == asked.fact && fact.formula.is_some());
    if asked.iter().any(computed) {
        return None;
    }
    let unknown = unknown_facts(patient, day, asked);
    let mut settling: Vec<Vec<usize>> = vec![];
    for set in sets_of_at_most_three(unknown.len()) {
        let holds_a_smaller = settling.iter().any(|smaller| smaller.iter().all(|fact| set.contains(fact)));
        let facts: Vec<&Fact> = set.iter().map(|&at| unknown[at]).collect();
        if !holds_a_smaller && some_values_settle(&facts, asked, patient, day, &is_settled) {
            settling.push(set);
        }
        if settling.len() == 5 {
            break;
        }
    }
    let names = |set: Vec<usize>| set.into_iter().map(|at| unknown[at].name.as_str()).collect();
    Some(settling.into_iter().map(names).collect())
}

/// The facts that the question rests on and that have no value on the day, or one without the date that matters, in the
/// order declared.
fn unknown_facts<'a>(patient: &Patient<'a>, day: NaiveDate, asked: &[Asked]) -> Vec<&'a Fact> {
    let is_unknown = |asked: &&Asked| match latest_on(patient, asked.fact, day) {
        Some(known) => {
            known.date.is_none() && asked.date_matters.is_some_and(|test| holds(test, patient, day) == Some(true))
        }
        None => true,
    };
    let unknown: Vec<&str> = asked.iter().filter(is_unknown).map(|asked| asked.fact).collect();
    patient.pathway.facts.iter().filter(|fact| unknown.contains(&fact.name.as_str())).collect()
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
    asked: &[Asked],
    patient: &Patient,
    day: NaiveDate,
    is_settled: &impl Fn(&Patient) -> bool,
) -> bool {
    let Some((fact, others)) = facts.split_first() else {
        return is_settled(patient);
    };
    histories(fact, asked, patient, day).into_iter().any(|history| {
        let mut patient = patient.clone();
        for (years, value) in history {
            patient.known.push(Known { fact: &fact.name, date: Some(day - TimeDelta::days(366 * years)), value });
        }
        some_values_settle(others, asked, &patient, day, is_settled)
    })
}

/// What may be learnt of a fact, each value with how many years ago: one value of today; where a date matters one of long
/// ago; where earlier ones do also another before it, time and again. No condition
/// here asks for four years or more.
fn histories(fact: &Fact, asked: &[Asked], patient: &Patient, day: NaiveDate) -> Vec<Vec<(i64, Value)>> {
    let asked: Vec<&Asked> = asked.iter().filter(|asked| asked.fact == fact.name).collect();
    let date_matters = asked.iter().any(|asked| asked.date_matters.is_some());
    let repeated = asked.iter().any(|asked| asked.repeated);
    // Of a value that is known without a date only that is learnt.
    let values = match latest_on(patient, &fact.name, day) {
        Some(known) => vec![known.value.clone()],
        None => values(fact, patient),
    };
    let mut histories = vec![];
    for years in if date_matters { vec![0, 4] } else { vec![0] } {
        for latest in &values {
            histories.push(vec![(years, latest.clone())]);
            for earlier in values.iter().filter(|_| repeated) {
                let mut history = vec![(years, latest.clone())];
                history.extend([6, 8, 10].map(|years| (years, earlier.clone())));
                histories.push(history);
            }
        }
    }
    histories
}

/// Values enough to try: each one of a list; of a number or a date those at the thresholds and just beside.
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
            let mut years = vec![0.0];
            for threshold in thresholds {
                if let Value::Number(number) = threshold {
                    years.extend([-1.0, 0.0, 1.0].map(|years| number.floor() + years));
                }
            }
            years.retain(|years| (0.0..=150.0).contains(years));
            years.into_iter().map(Value::Number).collect()
        }
        FactType::Number { .. } => {
            let mut numbers = vec![0.0];
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
