//! The calendar by day-walk: rule 2 of the design, units.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use forlop::tables::Unit;

/// The day on which `amount` units have passed. The start day is day 0, whatever kind of day it is.
pub fn due(start: NaiveDate, amount: u32, unit: Unit) -> NaiveDate {
    match unit {
        Unit::Kalenderdager => walk(start, amount, |_| true),
        Unit::Arbeidsdager => walk(start, amount, |day| is_weekday(day) && !is_holiday(day)),
        Unit::Virkedager => walk(start, amount, |day| day.weekday() != Weekday::Sun && !is_holiday(day)),
        Unit::Uker => walk(start, 7 * amount, |_| true),
        Unit::Måneder => months_later(start, amount),
    }
}

/// Walks day by day until `amount` days that count have passed.
fn walk(start: NaiveDate, amount: u32, counts: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let mut day = start;
    let mut passed = 0;
    while passed < amount {
        day = day.succ_opt().unwrap();
        if counts(day) {
            passed += 1;
        }
    }
    day
}

/// The same day of a later month, or the last day that the month has.
fn months_later(start: NaiveDate, amount: u32) -> NaiveDate {
    let (mut year, mut month) = (start.year(), start.month());
    for _ in 0..amount {
        month += 1;
        if month == 13 {
            year += 1;
            month = 1;
        }
    }
    let mut day = start.day();
    loop {
        if let Some(found) = NaiveDate::from_ymd_opt(year, month, day) {
            return found;
        }
        day -= 1;
    }
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The public holidays of Norway: five fixed, seven that follow Easter.
pub fn is_holiday(day: NaiveDate) -> bool {
    let easter = easter(day.year());
    let fixed = [(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)];
    let moving = [
        easter - Days::new(3),  // skjærtorsdag
        easter - Days::new(2),  // langfredag
        easter,                 // første påskedag
        easter + Days::new(1),  // andre påskedag
        easter + Days::new(39), // Kristi himmelfartsdag
        easter + Days::new(49), // første pinsedag
        easter + Days::new(50), // andre pinsedag
    ];
    fixed.contains(&(day.month(), day.day())) || moving.contains(&day)
}

/// Easter Sunday by Gauss's rule of 1816, with its two exceptions.
pub fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year % 4, year % 7);
    let k = year / 100;
    let (p, q) = ((13 + 8 * k) / 25, k / 4);
    let m = (15 - p + k - q) % 30;
    let n = (4 + k - q) % 7;
    let d = (19 * a + m) % 30;
    let e = (2 * b + 4 * c + 6 * d + n) % 7;
    let mut after_22_march = d + e;
    if (d == 29 && e == 6) || (d == 28 && e == 6 && (11 * m + 11) % 30 < 19) {
        after_22_march -= 7;
    }
    NaiveDate::from_ymd_opt(year, 3, 22).unwrap() + Days::new(u64::try_from(after_22_march).unwrap())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_on_known_days() {
        for known in [
            "1913-03-23",
            "1943-04-25",
            "1954-04-18",
            "1961-04-02",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2016-03-27",
            "2018-04-01",
            "2019-04-21",
            "2020-04-12",
            "2021-04-04",
            "2022-04-17",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2100-03-28",
        ] {
            let known = date(known);
            assert_eq!(easter(known.year()), known);
        }
    }

    /// The church's own table: the paschal full moon by golden number, which holds for 1900–2199; Easter is the Sunday after.
    #[test]
    fn easter_is_the_sunday_after_the_paschal_full_moon() {
        let full_moons = [
            (4, 14),
            (4, 3),
            (3, 23),
            (4, 11),
            (3, 31),
            (4, 18),
            (4, 8),
            (3, 28),
            (4, 16),
            (4, 5),
            (3, 25),
            (4, 13),
            (4, 2),
            (3, 22),
            (4, 10),
            (3, 30),
            (4, 17),
            (4, 7),
            (3, 27),
        ];
        for year in 1900..2200 {
            let (month, day) = full_moons[usize::try_from(year % 19).unwrap()];
            let mut sunday = NaiveDate::from_ymd_opt(year, month, day).unwrap().succ_opt().unwrap();
            while sunday.weekday() != Weekday::Sun {
                sunday = sunday.succ_opt().unwrap();
            }
            assert_eq!(easter(year), sunday);
        }
    }

    #[test]
    fn each_unit_counts_its_own_days() {
        let wednesday_before_easter = date("2024-03-27");
        for (amount, unit, expected) in [
            (0, Unit::Arbeidsdager, "2024-03-27"),
            (1, Unit::Kalenderdager, "2024-03-28"),
            (1, Unit::Arbeidsdager, "2024-04-02"),
            (1, Unit::Virkedager, "2024-03-30"),
            (2, Unit::Virkedager, "2024-04-02"),
            (4, Unit::Arbeidsdager, "2024-04-05"),
            (6, Unit::Virkedager, "2024-04-06"),
            (2, Unit::Uker, "2024-04-10"),
            (1, Unit::Måneder, "2024-04-27"),
            (12, Unit::Måneder, "2025-03-27"),
        ] {
            assert_eq!(due(wednesday_before_easter, amount, unit), date(expected), "{amount} {unit:?}");
        }
        assert_eq!(due(date("2024-01-31"), 1, Unit::Måneder), date("2024-02-29"));
        assert_eq!(due(date("2023-10-31"), 4, Unit::Måneder), date("2024-02-29"));
        assert_eq!(due(date("2024-01-31"), 3, Unit::Måneder), date("2024-04-30"));
    }
}
