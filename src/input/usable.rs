//! From a row's fields to an event or a fact that can be used (design, section 3).

use super::{
    Column, Reason,
    rows::{Rows, Wanted, date},
};
use crate::runtime::{CodeUse, Coded, Evaluator, FactEvent, FactProblem};

/// The columns of events.
pub(super) const EVENTS: [Wanted; 5] = [
    (Column::Patient, true),
    (Column::Date, true),
    (Column::Code, true),
    (Column::Institution, false),
    (Column::Course, false),
];

/// The columns of facts.
pub(super) const FACTS: [Wanted; 4] =
    [(Column::Patient, true), (Column::Date, false), (Column::Fact, true), (Column::Value, true)];

/// A patient's event; none if its code belongs to no loaded pathway.
#[inline(always)]
pub(super) fn event<'a>(evaluator: &Evaluator, rows: &Rows<'a, 5>) -> Result<Option<(&'a str, Coded<'a>)>, Reason> {
    let patient = if rows.is_whole() { rows.field(0) } else { "" };
    if !patient.is_empty()
        && let Some(date) = date(rows.bytes(1))
        && let [institution, course] = [rows.field(3), rows.field(4)].map(optional)
        && let Some(coded) = evaluator.find(rows.bytes(2), date, institution, course)
    {
        return Ok(Some((patient, coded)));
    }
    unusable(evaluator, rows.fields()?).map_or(Ok(None), Err)
}

/// Why an event cannot be used; nothing if its code belongs to no loaded pathway.
#[cold]
fn unusable(evaluator: &Evaluator, fields: [&str; 5]) -> Option<Reason> {
    let [patient, day, code, ..] = fields;
    if [patient, day, code].contains(&"") {
        return Some(missing(EVENTS, fields));
    }
    let date = date(day);
    match evaluator.code(code, date.unwrap_or_default()) {
        CodeUse::Foreign => None,
        CodeUse::UnknownSuffix => Some(Reason::Code(code.to_owned())),
        CodeUse::Known | CodeUse::NotValid => Some(match date {
            Some(date) => Reason::NotValid { code: code.to_owned(), date },
            None => Reason::Date(day.to_owned()),
        }),
    }
}

/// A patient's fact.
pub(super) fn fact<'a>(evaluator: &Evaluator, rows: &Rows<'a, 4>) -> Result<(&'a str, FactEvent<'a>), Reason> {
    let [patient, day, fact, value] = rows.fields()?;
    if [patient, fact, value].contains(&"") {
        return Err(missing(FACTS, [patient, day, fact, value]));
    }
    evaluator.fact(fact, value).map_err(|problem| match problem {
        FactProblem::UnknownFact => Reason::Fact(fact.to_owned()),
        FactProblem::Computed => Reason::Computed(fact.to_owned()),
        FactProblem::UnknownValue => Reason::Value { fact: fact.to_owned(), value: value.to_owned() },
    })?;
    let date = match day {
        "" => None,
        day => Some(date(day).ok_or_else(|| Reason::Date(day.to_owned()))?),
    };
    Ok((patient, FactEvent { date, fact, value }))
}

/// The first field that must be there and is not.
fn missing<const N: usize>(wanted: [Wanted; N], fields: [&str; N]) -> Reason {
    let mut lacking = wanted.iter().zip(fields).filter(|((_, required), field)| *required && field.is_empty());
    Reason::Missing(lacking.next().map_or(Column::Patient, |((column, _), _)| *column))
}

#[inline(always)]
fn optional(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
