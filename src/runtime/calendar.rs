//! Due dates (design, rule 2).
//!
//! Public holidays are those of today's Norwegian law, for every year: a limit looks at recent dates, and 1900–2200 is
//! all that the input lets through.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::tables::Unit;

/// Movable holidays in days from Easter Sunday: Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension,
/// Whit Sunday and Monday.
const FROM_EASTER: [i64; 7] = [-3, -2, 0, 1, 39, 49, 50];
/// Fixed holidays as month and day: New Year, 1 May, 17 May, Christmas Day and Boxing Day.
const FIXED: [(u32, u32); 5] = [(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)];

/// The last day on which an amount of a unit that starts on `start` is kept. The start day is day 0 in every unit, and
/// months end on the last day of a month that is too short. None if the calendar does not reach so far.
pub fn due(start: NaiveDate, amount: u32, unit: Unit) -> Option<NaiveDate> {
    match unit {
        Unit::Kalenderdager => start.checked_add_days(Days::new(amount.into())),
        Unit::Uker => start.checked_add_days(Days::new(u64::from(amount) * 7)),
        Unit::Måneder => start.checked_add_months(Months::new(amount)),
        Unit::Arbeidsdager => add_working_days(start, amount, 5),
        Unit::Virkedager => add_working_days(start, amount, 6),
    }
}

/// Calendar days from one date to another.
pub(super) fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    match from.year() == to.year() {
        true => i64::from(to.ordinal()) - i64::from(from.ordinal()),
        false => (to - from).num_days(),
    }
}

/// The last day from which an amount of a unit is over by `end`. None if the calendar does not reach so far.
pub(crate) fn latest_start(end: NaiveDate, amount: u32, unit: Unit) -> Option<NaiveDate> {
    let back = |days: u64| end.checked_sub_days(Days::new(days));
    let is_over = |start: &NaiveDate| due(*start, amount, unit).is_some_and(|due| due <= end);
    // No unit is longer than 31 days, and the holidays of a year are fewer than its days.
    let (mut near, mut far) = (0, u64::from(amount) * 31 + 31);
    if is_over(&end) {
        return Some(end);
    }
    back(far).filter(is_over)?;
    while far - near > 1 {
        let middle = near + (far - near) / 2;
        match back(middle).filter(is_over) {
            Some(_) => far = middle,
            None => near = middle,
        }
    }
    back(far)
}

/// Whether the day is a Norwegian public holiday. Ordinary Sundays are not.
pub fn is_public_holiday(day: NaiveDate) -> bool {
    is_fixed(day) || easter(day.year()).is_some_and(|easter| FROM_EASTER.contains(&(day - easter).num_days()))
}

/// Jumps by weekdays alone, then once more by as many as the holidays that the jump passed, until none was passed.
fn add_working_days(start: NaiveDate, amount: u32, week: u64) -> Option<NaiveDate> {
    let mut day = start;
    let mut left = u64::from(amount);
    while left > 0 {
        let next = add_weekdays(day, left, week)?;
        left = holidays_between(day, next, week);
        day = next;
    }
    Some(day)
}

/// The `amount`th day after `day` among the first `week` days of each week.
fn add_weekdays(day: NaiveDate, amount: u64, week: u64) -> Option<NaiveDate> {
    let weekday = u64::from(day.weekday().num_days_from_monday());
    let index = weekday.min(week - 1) + amount;
    let from_monday = index / week * 7 + index % week;
    day.checked_add_days(Days::new(from_monday - weekday))
}

/// How many public holidays after `day`, up to and with `end`, fall on the first `week` days of a week.
fn holidays_between(day: NaiveDate, end: NaiveDate, week: u64) -> u64 {
    (day.year()..=end.year())
        .flat_map(holidays)
        .filter(|holiday| day < *holiday && *holiday <= end)
        .filter(|holiday| u64::from(holiday.weekday().num_days_from_monday()) < week)
        .fold(0, |count, _| count + 1)
}

/// The public holidays of a year, each once: Ascension can fall on 1 or 17 May, and Whitsun on 17 May.
fn holidays(year: i32) -> impl Iterator<Item = NaiveDate> {
    let fixed = FIXED.into_iter().filter_map(move |(month, day)| NaiveDate::from_ymd_opt(year, month, day));
    let movable = easter(year).into_iter().flat_map(|easter| {
        FROM_EASTER.into_iter().filter_map(move |days| easter.checked_add_signed(chrono::TimeDelta::days(days)))
    });
    fixed.chain(movable.filter(|day| !is_fixed(*day)))
}

fn is_fixed(day: NaiveDate) -> bool {
    FIXED.contains(&(day.month(), day.day()))
}

/// Easter Sunday by the Gregorian calendar (the algorithm of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let year_of_cycle = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let skipped_leap_years = century.div_euclid(4);
    let correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let moon = (19 * year_of_cycle + century - skipped_leap_years - correction + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * century.rem_euclid(4) + 2 * (rest / 4) - moon - rest % 4).rem_euclid(7);
    let late = (year_of_cycle + 11 * moon + 22 * to_sunday) / 451;
    let day = moon + to_sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(day / 31).ok()?, u32::try_from(day % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use proptest::prelude::*;

    use super::*;
    use crate::runtime::fixture::day;

    #[test]
    fn easter_is_on_the_known_dates() {
        for known in ["1954-04-18", "2008-03-23", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"] {
            assert_eq!(easter(day(known).year()), Some(day(known)));
        }
    }

    #[test]
    fn holidays_of_a_year_are_known() {
        let mut of_2024: Vec<_> = holidays(2024).map(|day| day.to_string()).collect();
        of_2024.sort();
        assert_eq!(
            of_2024,
            [
                "2024-01-01",
                "2024-03-28",
                "2024-03-29",
                "2024-03-31",
                "2024-04-01",
                "2024-05-01",
                "2024-05-09",
                "2024-05-17",
                "2024-05-19",
                "2024-05-20",
                "2024-12-25",
                "2024-12-26",
            ]
        );
        // Ascension fell on 1 May in 2008, Whit Sunday falls on 17 May in 2043.
        assert_eq!(holidays(2008).count(), 11);
        assert_eq!(holidays(2043).count(), 11);
        assert!(is_public_holiday(day("2026-04-06")));
        assert!(!is_public_holiday(day("2026-04-07")));
    }

    #[test]
    fn units_turn_a_start_into_a_due_date() {
        for (start, amount, unit, expected) in [
            ("2024-01-08", 14, Unit::Kalenderdager, "2024-01-22"),
            ("2024-02-28", 1, Unit::Kalenderdager, "2024-02-29"),
            ("2023-02-28", 1, Unit::Kalenderdager, "2023-03-01"),
            ("2024-01-08", 2, Unit::Uker, "2024-01-22"),
            ("2024-01-31", 1, Unit::Måneder, "2024-02-29"),
            ("2023-01-31", 1, Unit::Måneder, "2023-02-28"),
            ("2024-01-31", 2, Unit::Måneder, "2024-03-31"),
            ("2024-02-29", 12, Unit::Måneder, "2025-02-28"),
            ("2024-03-27", 1, Unit::Arbeidsdager, "2024-04-02"),
            ("2024-03-27", 1, Unit::Virkedager, "2024-03-30"),
            ("2024-03-27", 2, Unit::Virkedager, "2024-04-02"),
            ("2026-04-01", 1, Unit::Arbeidsdager, "2026-04-07"),
            ("2026-04-01", 1, Unit::Virkedager, "2026-04-04"),
            ("2024-01-05", 1, Unit::Arbeidsdager, "2024-01-08"),
            ("2024-01-06", 1, Unit::Arbeidsdager, "2024-01-08"),
            ("2024-01-06", 0, Unit::Arbeidsdager, "2024-01-06"),
            ("2024-01-05", 1, Unit::Virkedager, "2024-01-06"),
        ] {
            assert_eq!(due(day(start), amount, unit), Some(day(expected)), "{start} + {amount} {unit:?}");
        }
        assert_eq!(due(NaiveDate::MAX, 1, Unit::Kalenderdager), None);
        assert_eq!(due(NaiveDate::MAX, 1, Unit::Arbeidsdager), None);
        assert_eq!(due(NaiveDate::MIN, u32::MAX, Unit::Arbeidsdager), None);
    }

    /// Counts one day at a time.
    fn slow(start: NaiveDate, amount: u32, week: u32) -> NaiveDate {
        let is_working_day = |day: &NaiveDate| day.weekday().num_days_from_monday() < week && !is_public_holiday(*day);
        match amount {
            0 => start,
            _ => start.iter_days().skip(1).filter(is_working_day).nth(amount as usize - 1).unwrap(),
        }
    }

    fn unit() -> impl Strategy<Value = Unit> {
        prop_oneof![
            Just(Unit::Kalenderdager),
            Just(Unit::Arbeidsdager),
            Just(Unit::Virkedager),
            Just(Unit::Uker),
            Just(Unit::Måneder)
        ]
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0u64..110_000).prop_map(|days| day("1900-01-01") + Days::new(days))
    }

    proptest! {
        #[test]
        fn working_days_are_those_counted_one_by_one(start in any_day(), amount in 0u32..400) {
            prop_assert_eq!(due(start, amount, Unit::Arbeidsdager), Some(slow(start, amount, 5)));
            prop_assert_eq!(due(start, amount, Unit::Virkedager), Some(slow(start, amount, 6)));
        }

        #[test]
        fn due_is_monotone(start in any_day(), later in 0u64..40, amount in 0u32..3000, more in 0u32..40, unit in unit()) {
            let first = due(start, amount, unit).unwrap();
            prop_assert!(start <= first);
            prop_assert!(first <= due(start, amount + more, unit).unwrap());
            prop_assert!(first <= due(start + Days::new(later), amount, unit).unwrap());
        }

        #[test]
        fn easter_is_a_sunday_in_its_season(year in 1900i32..2200) {
            let easter = easter(year).unwrap();
            prop_assert_eq!(easter.weekday(), Weekday::Sun);
            prop_assert!((3, 22) <= (easter.month(), easter.day()) && (easter.month(), easter.day()) <= (4, 25));
        }
    }
}
