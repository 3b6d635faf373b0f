//! Which of two amounts of time is over last, for the start days that matter.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::{runtime::due, tables::Unit};

/// An amount and its unit.
pub(super) type Amount = (u32, Unit);

/// The years that dates of patients may have.
const YEARS: (i32, i32) = (1900, 2200);
/// Examples are from this year on, if the rows allow.
const NEAR: i32 = 2024;

/// When one amount is over after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    /// From every start day.
    Always,
    /// From this start day, for instance.
    From(NaiveDate),
}

/// Whether amounts of which each begins where the one before it is over can end after `total`, from a start day of the
/// period.
pub(super) fn later(parts: &[Amount], total: Amount, (first, last): (NaiveDate, NaiveDate)) -> Option<Later> {
    if let Some(parts_and_total) = alike(parts, total) {
        let (parts, total) = parts_and_total;
        return (parts > total).then_some(Later::Always);
    }
    let is_later = |start: &NaiveDate| {
        let end = parts.iter().try_fold(*start, |day, (amount, unit)| due(day, *amount, *unit));
        end > due(*start, total.0, total.1)
    };
    let near = NaiveDate::from_ymd_opt(NEAR, 1, 1)?;
    let oldest = NaiveDate::from_ymd_opt(YEARS.0, 1, 1)?.max(first);
    let newest = NaiveDate::from_ymd_opt(YEARS.1, 12, 31)?.min(last);
    let after = near.max(oldest).iter_days().take_while(|day| *day <= newest);
    let before = oldest.iter_days().take_while(|day| *day < near && *day <= newest);
    after.chain(before).find(is_later).map(Later::From)
}

/// Whether the parts come to exactly the total, as far as that can be said without a calendar.
pub(super) fn agree(parts: &[Amount], total: Amount) -> bool {
    alike(parts, total).is_some_and(|(parts, total)| parts == total)
}

/// Both in one unit, if they can be compared without a calendar: an amount after another of the same unit is their sum. A
/// sum of months can be over a day or three before as many months at once, but never in a later month.
fn alike(parts: &[Amount], total: Amount) -> Option<(u64, u64)> {
    let amounts = || parts.iter().copied().chain([total]).filter(|(amount, _)| *amount > 0);
    let is_fixed = |(_, unit): Amount| matches!(unit, Unit::Kalenderdager | Unit::Uker);
    let unit = amounts().next().map_or(Unit::Kalenderdager, |(_, unit)| unit);
    let in_days = amounts().all(is_fixed);
    if !in_days && amounts().any(|(_, other)| other != unit) {
        return None;
    }
    let number = |(amount, unit): Amount| u64::from(amount) * if in_days && unit == Unit::Uker { 7 } else { 1 };
    Some((parts.iter().copied().map(number).sum(), number(total)))
}

/// The least and the greatest number of calendar days that the amount is, from any start day.
pub(super) fn days((amount, unit): Amount) -> Option<(i64, i64)> {
    let length = |start: NaiveDate| Some((due(start, amount, unit)? - start).num_days());
    match unit {
        Unit::Kalenderdager | Unit::Uker => {
            let days = i64::from(amount) * if unit == Unit::Uker { 7 } else { 1 };
            Some((days, days))
        }
        _ => {
            let first = NaiveDate::from_ymd_opt(YEARS.0, 1, 1)?;
            let starts = first.iter_days().take_while(|day| day.year() <= YEARS.1);
            starts.filter_map(length).fold(None, |range, days| {
                let (least, greatest) = range.unwrap_or((days, days));
                Some((days.min(least), days.max(greatest)))
            })
        }
    }
}

/// The day before.
pub(super) fn before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_signed(TimeDelta::days(1)).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Later, days, later};
    use crate::tables::Unit::{Arbeidsdager, Kalenderdager, Måneder, Uker, Virkedager};

    const EVER: (NaiveDate, NaiveDate) = (NaiveDate::MIN, NaiveDate::MAX);

    #[test]
    fn one_unit_is_arithmetic() {
        assert_eq!(later(&[(1, Uker), (7, Kalenderdager)], (2, Uker), EVER), None);
        assert_eq!(later(&[(1, Uker), (8, Kalenderdager)], (2, Uker), EVER), Some(Later::Always));
        assert_eq!(later(&[(0, Arbeidsdager), (3, Kalenderdager)], (3, Kalenderdager), EVER), None);
        assert_eq!(later(&[(1, Måneder), (1, Måneder)], (2, Måneder), EVER), None);
    }

    #[test]
    fn working_days_are_compared_day_by_day() {
        let found = later(&[(5, Arbeidsdager)], (7, Kalenderdager), EVER);
        let Some(Later::From(day)) = found else { panic!("{found:?}") };
        assert!(crate::runtime::due(day, 5, Arbeidsdager) > crate::runtime::due(day, 7, Kalenderdager));
        let may = |day| NaiveDate::from_ymd_opt(2024, 6, day).unwrap();
        assert_eq!(later(&[(5, Arbeidsdager)], (7, Kalenderdager), (may(3), may(14))), None);
        assert_eq!(later(&[(1, Måneder)], (31, Kalenderdager), EVER), None);
        assert!(matches!(later(&[(1, Måneder)], (30, Kalenderdager), EVER), Some(Later::From(_))));
    }

    #[test]
    fn the_shortest_and_the_longest_are_those_of_the_calendar() {
        assert_eq!(days((2, Uker)), Some((14, 14)));
        assert_eq!(days((1, Måneder)), Some((28, 31)));
        assert_eq!(days((1, Virkedager)).map(|(least, _)| least), Some(1));
        assert_eq!(days((1, Arbeidsdager)).map(|(least, _)| least), Some(1));
    }
}
