//! Computed facts, as the rest of the language has it.

use chrono::NaiveDate;
use forlop::tables::{Formula, Operator, Value};

use crate::facts::{Patient, dated_values, value_on};

/// What a formula gives on a day; none if a part is unknown, on division by zero, or beyond all numbers.
pub fn compute(formula: &Formula, patient: &Patient, day: NaiveDate) -> Option<f64> {
    let number = match formula {
        Formula::Number { value } => *value,
        Formula::Fact { fact, factor } => number(&value_on(patient, fact, day)?)? * factor,
        Formula::Rise { fact, factor } => {
            // One value a date, as E6 has it: of several on one date the last in the input.
            let values = dated_values(patient, fact, day);
            let [.., (earlier, before), (later, latest)] = values.as_slice() else {
                return None;
            };
            let days = (*later - *earlier).num_days() as f64;
            (number(latest)? - number(before)?) / days * 365.0 * factor
        }
        Formula::Compute { with, left, right } => {
            let (left, right) = (compute(left, patient, day)?, compute(right, patient, day)?);
            match with {
                Operator::Add => left + right,
                Operator::Subtract => left - right,
                Operator::Multiply => left * right,
                Operator::Divide if right == 0.0 => return None,
                Operator::Divide => left / right,
            }
        }
    };
    number.is_finite().then_some(number)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}
