//! Three-valued conditions, and the variant that they make: rules 3 and 4, and the rest of the language.

use std::cmp::Ordering;

use chrono::NaiveDate;
use forlop::tables::{Comparison, Condition, FactType, Pathway, Value};

use crate::calendar::due;
use crate::facts::{Known, Patient, latest_on, value_on};

/// Rule 4: the variant on a day, none for the main course, and whether that is `known` or `assumed`.
pub fn variant_on<'a>(patient: &Patient<'a>, day: NaiveDate) -> (Option<&'a str>, &'static str) {
    for variant in &patient.pathway.variants {
        match holds(&variant.when, patient, day) {
            Some(true) => return (Some(&variant.name), "known"),
            Some(false) => {}
            None => return (None, "assumed"),
        }
    }
    (None, "known")
}

/// Whether something applies that may say to whom.
pub fn applies(when: &Option<Condition>, patient: &Patient, day: NaiveDate) -> Option<bool> {
    when.as_ref().map_or(Some(true), |when| holds(when, patient, day))
}

/// Kleene's «and».
pub fn all_of(parts: &[Option<bool>]) -> Option<bool> {
    if parts.contains(&Some(false)) {
        Some(false)
    } else if parts.contains(&None) {
        None
    } else {
        Some(true)
    }
}

/// Kleene's «or».
pub fn any_of(parts: &[Option<bool>]) -> Option<bool> {
    if parts.contains(&Some(true)) {
        Some(true)
    } else if parts.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// True, false or (none) unknown.
pub fn holds(condition: &Condition, patient: &Patient, day: NaiveDate) -> Option<bool> {
    let each = |of: &[Condition]| -> Vec<_> { of.iter().map(|part| holds(part, patient, day)).collect() };
    match condition {
        Condition::All { of } => all_of(&each(of)),
        Condition::Any { of } => any_of(&each(of)),
        Condition::Not { of } => holds(of, patient, day).map(|part| !part),
        Condition::Is { fact, value } => value_on(patient, fact, day).map(|known| known == *value),
        Condition::Compare { fact, comparison, value } => {
            let order = order(&value_on(patient, fact, day)?, value, patient.pathway, fact)?;
            Some(match comparison {
                Comparison::Above => order == Ordering::Greater,
                Comparison::Below => order == Ordering::Less,
                Comparison::AtLeast => order != Ordering::Less,
                Comparison::AtMost => order != Ordering::Greater,
            })
        }
        Condition::Known { fact } => Some(value_on(patient, fact, day).is_some()),
        Condition::Repeated { of, count, spacing, unit } => {
            let fact = fact_of(of);
            let mut values: Vec<&Known> = patient.known.iter().filter(|known| known.is_of(fact, day)).collect();
            if values.is_empty() {
                return None;
            }
            // None, the undated, is less than any date; the sort is stable.
            values.sort_by_key(|known| known.date);
            let mut counted: Vec<&Known> = vec![];
            for value in values {
                let far_enough = match counted.last() {
                    None => true,
                    Some(last) => match (last.date, value.date) {
                        (_, None) => false,
                        (None, Some(_)) => true,
                        (Some(last), Some(date)) => {
                            spacing.is_none_or(|spacing| date >= due(last, spacing, unit.unwrap()))
                        }
                    },
                };
                if far_enough && holds_for(of, value, patient, day) {
                    counted.push(value);
                }
            }
            Some(counted.len() >= *count as usize)
        }
        Condition::Recent { of, amount, unit } => {
            let latest = latest_on(patient, fact_of(of), day)?;
            let is_fresh = latest.date.map(|date| due(date, *amount, *unit) >= day);
            all_of(&[holds(of, patient, day), is_fresh])
        }
        Condition::InCourse { pathway: None } => Some(!patient.open_in.is_empty()),
        Condition::InCourse { pathway: Some(id) } => Some(patient.open_in.contains(&id.as_str())),
    }
}

/// How a value stands to a threshold.
fn order(known: &Value, threshold: &Value, pathway: &Pathway, fact: &str) -> Option<Ordering> {
    match (known, threshold) {
        (Value::Number(known), Value::Number(threshold)) => known.partial_cmp(threshold),
        (Value::Date(known), Value::Date(threshold)) => Some(known.cmp(threshold)),
        (Value::Choice(known), Value::Choice(threshold)) => {
            let fact = pathway.facts.iter().find(|declared| declared.name == fact)?;
            let FactType::Scale { values } = &fact.fact_type else {
                return None;
            };
            let step = |name: &str| values.iter().position(|value| value.name == name);
            Some(step(known)?.cmp(&step(threshold)?))
        }
        _ => None,
    }
}

/// Whether a condition is true of a patient of whom only this value is known.
fn holds_for(condition: &Condition, value: &Known, patient: &Patient, day: NaiveDate) -> bool {
    let only = Patient { pathway: patient.pathway, known: vec![value.clone()], open_in: vec![] };
    holds(condition, &only, day) == Some(true)
}

/// The one fact of a condition on one fact.
fn fact_of(condition: &Condition) -> &str {
    asked(condition)[0].fact
}

/// A fact that something rests on.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub fact: &'a str,
    /// What must hold of its latest value for that value's date to matter; none if it never does.
    pub date_matters: Option<&'a Condition>,
    /// Whether earlier values matter too.
    pub repeated: bool,
}

/// The facts that a condition rests on.
pub fn asked(condition: &Condition) -> Vec<Asked<'_>> {
    match condition {
        Condition::All { of } | Condition::Any { of } => of.iter().flat_map(asked).collect(),
        Condition::Not { of } => asked(of),
        Condition::Repeated { of, .. } => {
            asked(of).into_iter().map(|asked| Asked { repeated: true, ..asked }).collect()
        }
        Condition::Recent { of, .. } => {
            asked(of).into_iter().map(|asked| Asked { date_matters: Some(of), ..asked }).collect()
        }
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } | Condition::Known { fact } => {
            vec![Asked { fact, date_matters: None, repeated: false }]
        }
        Condition::InCourse { .. } => vec![],
    }
}
