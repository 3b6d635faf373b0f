//! The values that a fact might have: all of them, or for numbers and dates those at and between the thresholds.

use chrono::NaiveDate;

use super::super::logic::Datum;
use crate::tables::FactType;

/// Every value that conditions with these thresholds can tell apart. A number that a formula reads may also be 0 or 1.
pub(super) fn values(fact_type: &FactType, thresholds: &[Datum], read: bool) -> Vec<Datum> {
    match fact_type {
        FactType::Choice { values } | FactType::Scale { values } => (0..values.len()).map(Datum::Choice).collect(),
        FactType::YesNo => vec![Datum::YesNo(false), Datum::YesNo(true)],
        FactType::Number { .. } => {
            let mut values = numbers(thresholds);
            if read {
                values.extend([0.0, 1.0]);
            }
            values.into_iter().map(Datum::Number).collect()
        }
        FactType::Years => {
            let mut years: Vec<f64> = numbers(thresholds).iter().flat_map(|year| [year.floor(), year.ceil()]).collect();
            years.extend([0.0, 1.0, 150.0]);
            years.retain(|year| (0.0..=150.0).contains(year));
            years.sort_by(f64::total_cmp);
            years.dedup();
            years.into_iter().map(Datum::Number).collect()
        }
        FactType::Date => dates(thresholds).into_iter().map(Datum::Date).collect(),
    }
}

/// Below, at, between and above the thresholds.
pub(super) fn numbers(thresholds: &[Datum]) -> Vec<f64> {
    let number = |datum: &Datum| match datum {
        Datum::Number(number) => Some(*number),
        _ => None,
    };
    let mut at: Vec<f64> = thresholds.iter().filter_map(number).collect();
    at.sort_by(f64::total_cmp);
    at.dedup();
    let (Some(first), Some(last)) = (at.first(), at.last()) else {
        return vec![1.0];
    };
    let mut numbers = vec![first - step(*first), last + step(*last)];
    numbers.extend(at.windows(2).filter_map(|pair| Some(pair.first()? / 2.0 + pair.last()? / 2.0)));
    numbers.extend(at);
    numbers
}

/// So much that adding it makes another number.
fn step(number: f64) -> f64 {
    number.abs().max(1.0)
}

fn dates(thresholds: &[Datum]) -> Vec<NaiveDate> {
    let date = |datum: &Datum| match datum {
        Datum::Date(date) => Some(*date),
        _ => None,
    };
    let near = |date: NaiveDate| [date.pred_opt(), Some(date), date.succ_opt()].into_iter().flatten();
    let mut dates: Vec<NaiveDate> = thresholds.iter().filter_map(date).flat_map(near).collect();
    dates.sort_unstable();
    dates.dedup();
    if dates.is_empty() {
        dates.push(NaiveDate::default());
    }
    dates
}
