//! What is known of a patient, and since when (E6).

use chrono::NaiveDate;

use super::{
    FactEvent,
    formula::{Formula, Input},
    logic::Datum,
    prepare::Prepared,
};
use crate::tables::{FactType, quantity::convert};

/// The usable facts of one patient.
pub(super) struct Knowledge<'k, 'a> {
    /// In the order of fact, date (none first) and input.
    known: &'k [Known],
    /// When the first and the last of them became known; none is from the beginning.
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    /// All that is given, also what cannot be used.
    given: &'k [FactEvent<'a>],
    pub pathway: &'a Prepared<'a>,
}

/// One value of one fact.
pub(super) struct Known {
    pub fact: usize,
    pub date: Option<NaiveDate>,
    pub value: Datum,
    /// Its number among what is given.
    given: usize,
}

impl<'k, 'a> Knowledge<'k, 'a> {
    /// Facts dated after as-of, and those that the pathway cannot use, are left out. `known` is room to work in.
    pub fn new(
        known: &'k mut Vec<Known>,
        pathway: &'a Prepared<'a>,
        given: &'k [FactEvent<'a>],
        as_of: NaiveDate,
    ) -> Self {
        known.clear();
        known.extend(given.iter().enumerate().filter(|(_, given)| given.date <= Some(as_of)).filter_map(
            |(at, given)| {
                let fact = *pathway.facts.get(given.fact)?;
                let declared = pathway.pathway.facts.get(fact).filter(|fact| fact.formula.is_none())?;
                let value = parse(&declared.fact_type, given.value)?;
                Some(Known { fact, date: given.date, value, given: at })
            },
        ));
        known.sort_by_key(|known| (known.fact, known.date));
        let first = known.iter().map(|known| known.date).min().unwrap_or(Some(NaiveDate::MAX));
        let last = known.iter().map(|known| known.date).max().unwrap_or_default();
        Knowledge { known, first, last, given, pathway }
    }

    /// Whether nothing is ever known.
    pub fn knows_nothing(&self) -> bool {
        self.known.is_empty()
    }

    /// Whether nothing is known on a day.
    pub fn is_empty(&self, day: NaiveDate) -> bool {
        Some(day) < self.first
    }

    /// The earliest day after which nothing changes that conditions ask about on the day, except how old it is.
    pub fn settled(&self, day: NaiveDate) -> NaiveDate {
        self.last.map_or(NaiveDate::MIN, |last| last.min(day))
    }

    /// The value as given.
    pub fn text(&self, known: &Known) -> &'a str {
        self.given.get(known.given).map_or("", |given| given.value)
    }

    /// What is known of a fact on a day: the latest value, and of two with the same date the later in the input.
    pub fn on(&self, fact: usize, day: NaiveDate) -> Option<&'k Known> {
        let after = self.known.partition_point(|known| (known.fact, known.date) <= (fact, Some(day)));
        self.known.get(after.checked_sub(1)?).filter(|known| known.fact == fact)
    }

    /// All values of a fact that are known on a day, in order.
    pub fn values(&self, fact: usize, day: NaiveDate) -> &'k [Known] {
        let first = self.known.partition_point(|known| known.fact < fact);
        let after = self.known.partition_point(|known| (known.fact, known.date) <= (fact, Some(day)));
        self.known.get(first..after).unwrap_or_default()
    }

    /// How the fact is computed; none if it is given.
    pub fn formula(&self, fact: usize) -> Option<&'a Formula> {
        self.pathway.formulas.get(fact)?.as_ref()
    }

    /// Calls `see` with what is given to compute a fact; with the fact itself if it is given.
    pub fn inputs(&self, fact: usize, see: &mut dyn FnMut(Input)) {
        let Some(formula) = self.formula(fact) else {
            return see(Input::Value(fact));
        };
        formula.inputs(&mut |input| match input {
            Input::Value(fact) => self.inputs(fact, see),
            Input::Rise(_) => see(input),
        });
    }

    /// The latest number less the one before it, per year of 365 days; of two on one day the later in the input counts.
    pub fn rise(&self, fact: usize, day: NaiveDate) -> Option<f64> {
        let values = self.values(fact, day);
        let latest = values.last()?;
        let before = values.iter().rev().find(|known| known.date < latest.date)?;
        let (Datum::Number(to), Datum::Number(from)) = (latest.value, before.value) else {
            return None;
        };
        let days = i32::try_from((latest.date? - before.date?).num_days()).ok()?;
        Some((to - from) / f64::from(days) * 365.0)
    }

    /// Pairs of values of one fact with the same date that differ, the one that holds last.
    pub fn conflicts(&self) -> impl Iterator<Item = (&'k Known, &'k Known)> + use<'k> {
        let same_day = |a: &Known, b: &Known| (a.fact, a.date) == (b.fact, b.date);
        self.known.chunk_by(same_day).filter_map(|values| {
            let last = values.last()?;
            let other = values.iter().rev().find(|other| other.value != last.value)?;
            Some((other, last))
        })
    }
}

/// A value as the facts file writes it: a choice by its name, `ja` or `nei`, a number with `,` or `.` and perhaps the
/// fact's unit or another of the same quantity, whole years from 0 to 150 and perhaps `år`, a date as `YYYY-MM-DD`.
pub(super) fn parse(fact_type: &FactType, text: &str) -> Option<Datum> {
    match fact_type {
        FactType::Choice { values } | FactType::Scale { values } => {
            values.iter().position(|value| value.name == text).map(Datum::Choice)
        }
        FactType::YesNo => match text {
            "ja" => Some(Datum::YesNo(true)),
            "nei" => Some(Datum::YesNo(false)),
            _ => None,
        },
        FactType::Number { unit } => {
            decimal(without_unit(text, unit)).or_else(|| converted(text, unit)).map(Datum::Number)
        }
        FactType::Years => {
            let years = without_unit(text, "år");
            let whole = !years.is_empty() && years.bytes().all(|byte| byte.is_ascii_digit());
            let years: u8 = if whole { years.parse().ok()? } else { return None };
            (years <= 150).then_some(Datum::Number(years.into()))
        }
        FactType::Date => {
            let shape = text.len() == 10
                && text.bytes().enumerate().all(|(at, byte)| match at {
                    4 | 7 => byte == b'-',
                    _ => byte.is_ascii_digit(),
                });
            if shape { text.parse().ok().map(Datum::Date) } else { None }
        }
    }
}

fn without_unit<'a>(text: &'a str, unit: &str) -> &'a str {
    match text.strip_suffix(unit) {
        Some(number) if !unit.is_empty() => number.trim_end(),
        _ => text,
    }
}

/// A number in another unit than the fact's.
fn converted(text: &str, unit: &str) -> Option<f64> {
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | ',' | '.'));
    let (number, from) = text.split_at_checked(text.len() - number.len())?;
    convert(decimal(number)?, from.trim_start(), unit).filter(|number| number.is_finite())
}

/// Digits, perhaps with a sign before them and `,` or `.` among them.
fn decimal(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(part) {
        return None;
    }
    let number: f64 = if text.contains(',') { text.replace(',', ".").parse() } else { text.parse() }.ok()?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{runtime::fixture::day, tables::FactValue};

    #[test]
    fn values_are_read_as_the_facts_file_writes_them() {
        let choice = FactType::Choice {
            values: ["påvist", "utelukket"].map(|name| FactValue { name: name.into(), label: None }).into(),
        };
        let number = FactType::Number { unit: "cm".into() };
        let bare = FactType::Number { unit: String::new() };
        let number_of = |number| Some(Datum::Number(number));
        for (fact_type, text, value) in [
            (&choice, "utelukket", Some(Datum::Choice(1))),
            (&choice, "Utelukket", None),
            (&FactType::YesNo, "ja", Some(Datum::YesNo(true))),
            (&FactType::YesNo, "yes", None),
            (&number, "2", number_of(2.0)),
            (&number, "2,5", number_of(2.5)),
            (&number, "2.5 cm", number_of(2.5)),
            (&number, "-2cm", number_of(-2.0)),
            (&number, "cm", None),
            (&number, "25 mm", number_of(2.5)),
            (&number, "0,02m", number_of(2.0)),
            (&number, "2 kg", None),
            (&number, "2 alen", None),
            (&number, "1e3", None),
            (&number, "1.2.3", None),
            (&number, ".5", None),
            (&number, "inf", None),
            (&bare, "20,0", number_of(20.0)),
            (&bare, "20 cm", None),
            (&FactType::Years, "64", number_of(64.0)),
            (&FactType::Years, "64 år", number_of(64.0)),
            (&FactType::Years, "150år", number_of(150.0)),
            (&FactType::Years, "151", None),
            (&FactType::Years, "64,5", None),
            (&FactType::Years, "+64", None),
            (&FactType::Date, "2024-02-29", Some(Datum::Date(day("2024-02-29")))),
            (&FactType::Date, "2023-02-29", None),
            (&FactType::Date, "2024-2-9", None),
            (&FactType::Date, "+024-02-09", None),
        ] {
            assert_eq!(parse(fact_type, text), value, "{text:?} as {fact_type:?}");
        }
        assert_eq!(parse(&bare, &"9".repeat(400)), None);
    }
}
