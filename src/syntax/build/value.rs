//! Dates, numbers and values.

use chrono::{Datelike, NaiveDate};

use super::{
    Builder,
    parts::{Node, Parts},
};
use crate::{
    diagnostic::Code,
    lang::Text,
    syntax::{
        grammar::Rule,
        tree::{Amount, At, Date, Number, Value},
    },
    text,
};

/// The years that a date can be in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

impl Builder<'_> {
    /// A date that exists; else a finding.
    pub(super) fn date(&mut self, parts: &mut Parts) -> Option<Date> {
        let node = parts.get(Rule::date)?;
        self.date_of(&node)
    }

    fn date_of(&mut self, node: &Node) -> Option<Date> {
        let written = node.text();
        let date = year_month_day(written).and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        let date = date.filter(|date| YEARS.contains(&date.year()));
        if date.is_none() {
            let message = text!("Datoen «{written}» finnes ikke", "There is no date «{written}»");
            self.find(Code::NoSuchDate, node.span(), message, days_of(written));
        }
        Some(At { value: date?, span: node.span() })
    }

    /// A number as it is written.
    pub(super) fn number(&mut self, node: &Node) -> Option<Number> {
        let value = node.text().replace(',', ".").parse().ok().filter(|value: &f64| value.abs() <= f64::from(u32::MAX));
        if value.is_none() {
            let message = text!("Tallet er for stort", "The number is too large");
            self.find(Code::BadNumber, node.span(), message, None);
        }
        Some(At { value: value?, span: node.span() })
    }

    /// A number without decimals.
    pub(super) fn whole(&mut self, parts: &mut Parts) -> Option<Number> {
        let node = parts.get(Rule::number)?;
        let number = self.number(&node)?;
        if number.value.fract() != 0.0 {
            let written = node.text();
            let message = text!("«{written}» er ikke et helt tall", "«{written}» is not a whole number");
            self.find(Code::BadNumber, number.span, message, None);
            return None;
        }
        Some(number)
    }

    /// A whole number, or `én`.
    pub(super) fn count(&mut self, parts: &mut Parts) -> Option<Number> {
        let node = parts.get(Rule::count)?;
        if node.has(Rule::kw_een) {
            return Some(At { value: 1.0, span: node.span() });
        }
        self.whole(&mut node.parts())
    }

    /// A whole number and what it counts: `4 uker`.
    pub(super) fn amount(&mut self, parts: &mut Parts) -> Option<Amount> {
        let mut parts = parts.enter(Rule::span)?;
        Some(Amount { number: self.whole(&mut parts)?, unit: parts.get(Rule::unit_name)?.name() })
    }

    /// What a fact is compared with or set to.
    pub(super) fn value(&mut self, parts: &mut Parts) -> Option<At<Value>> {
        let node = parts.get(Rule::value)?;
        let at = node.span();
        let value = match node.clone().parts().next() {
            None => Value::YesNo(node.has(Rule::kw_ja)),
            Some(inner) => match inner.rule() {
                Rule::date => Value::Date(self.date_of(&inner)?.value),
                Rule::name => Value::Name(inner.text().to_owned()),
                _ => {
                    let mut parts = inner.parts();
                    let number = self.number(&parts.get(Rule::number)?)?;
                    Value::Number(number.value, parts.get(Rule::unit_name).map(|unit| unit.name()))
                }
            },
        };
        Some(At { value, span: at })
    }
}

fn year_month_day(written: &str) -> Option<(i32, u32, u32)> {
    let (year, rest) = written.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// How many days the month has, if that is what is wrong.
fn days_of(written: &str) -> Option<Text> {
    let (year, month, _) = year_month_day(written)?;
    let (from, to) = (YEARS.start(), YEARS.end());
    if !YEARS.contains(&year) {
        return Some(text!("Året må være fra {from} til {to}.", "The year must be from {from} to {to}."));
    }
    let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else {
        return Some(text!("Måneden må være fra 01 til 12.", "The month must be from 01 to 12."));
    };
    let days = first.num_days_in_month();
    Some(text!("Denne måneden har {days} dager.", "That month has {days} days."))
}
