//! Dates, numbers and values.

use chrono::{Datelike, NaiveDate};

use super::{
    Builder, Node,
    parts::{Parts, has, name, span},
};
use crate::{
    diagnostic::Code,
    syntax::{
        grammar::Rule,
        tree::{At, Date, Number, Value},
    },
    text,
};

/// The years that a date can be in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

impl Builder {
    /// A date that exists; else a finding.
    pub(super) fn date(&mut self, parts: &mut Parts) -> Option<Date> {
        let node = parts.get(Rule::date)?;
        self.date_of(&node)
    }

    fn date_of(&mut self, node: &Node) -> Option<Date> {
        let written = node.as_str();
        let date = NaiveDate::parse_from_str(written, "%Y-%m-%d").ok().filter(|date| YEARS.contains(&date.year()));
        if date.is_none() {
            let message = text!("Datoen «{written}» finnes ikke", "There is no date «{written}»");
            self.find(Code::NoSuchDate, span(node), message);
        }
        Some(At { value: date?, span: span(node) })
    }

    /// A number as it is written.
    fn number(&mut self, node: &Node) -> Option<Number> {
        let value =
            node.as_str().replace(',', ".").parse().ok().filter(|value: &f64| value.abs() <= f64::from(u32::MAX));
        if value.is_none() {
            let message = text!("Tallet er for stort", "The number is too large");
            self.find(Code::BadNumber, span(node), message);
        }
        Some(At { value: value?, span: span(node) })
    }

    /// A number without decimals.
    pub(super) fn whole(&mut self, parts: &mut Parts) -> Option<Number> {
        let node = parts.get(Rule::number)?;
        let number = self.number(&node)?;
        if number.value.fract() != 0.0 {
            let written = node.as_str();
            let message = text!("«{written}» er ikke et helt tall", "«{written}» is not a whole number");
            self.find(Code::BadNumber, number.span, message);
            return None;
        }
        Some(number)
    }

    /// A whole number, or `én`.
    pub(super) fn count(&mut self, parts: &mut Parts) -> Option<Number> {
        let node = parts.get(Rule::count)?;
        if has(&node, Rule::kw_een) {
            return Some(At { value: 1.0, span: span(&node) });
        }
        self.whole(&mut Parts::of(node))
    }

    /// What a fact is compared with or set to.
    pub(super) fn value(&mut self, parts: &mut Parts) -> Option<At<Value>> {
        let node = parts.get(Rule::value)?;
        let at = span(&node);
        let value = match Parts::of(node.clone()).next() {
            None => Value::YesNo(has(&node, Rule::kw_ja)),
            Some(inner) => match inner.as_rule() {
                Rule::date => Value::Date(self.date_of(&inner)?.value),
                Rule::name => Value::Name(inner.as_str().to_owned()),
                _ => {
                    let mut parts = Parts::of(inner);
                    let number = self.number(&parts.get(Rule::number)?)?;
                    Value::Number(number.value, parts.get(Rule::unit_name).map(|unit| name(&unit)))
                }
            },
        };
        Some(At { value, span: at })
    }
}
