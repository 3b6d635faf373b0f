//! From a row's fields to an event or a fact that can be used (design, section 3).

use chrono::NaiveDate;

use super::{
    Column, Reason,
    rows::{Wanted, date},
};
use crate::runtime::{CodeUse, Coded, Evaluator, Event, FactEvent, FactProblem};

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
#[inline]
pub(super) fn event<'a>(evaluator: &Evaluator, fields: [&'a str; 5]) -> Result<Option<(&'a str, Coded<'a>)>, Reason> {
    let [patient, day, code, institution, course] = fields;
    let Some(date) = date(day) else {
        return match evaluator.code(code, NaiveDate::default()) {
            CodeUse::Foreign => Ok(None),
            CodeUse::UnknownSuffix => Err(Reason::Code(code.to_owned())),
            CodeUse::Known | CodeUse::NotValid => Err(Reason::Date(day.to_owned())),
        };
    };
    let event = Event { date, code, institution: optional(institution), course: optional(course) };
    match evaluator.coded(event) {
        Ok(coded) => Ok(Some((patient, coded))),
        Err(CodeUse::Foreign) => Ok(None),
        Err(CodeUse::UnknownSuffix) => Err(Reason::Code(code.to_owned())),
        Err(CodeUse::Known | CodeUse::NotValid) => Err(Reason::NotValid { code: code.to_owned(), date }),
    }
}

/// A patient's fact.
pub(super) fn fact<'a>(evaluator: &Evaluator, fields: [&'a str; 4]) -> Result<(&'a str, FactEvent<'a>), Reason> {
    let [patient, day, fact, value] = fields;
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

fn optional(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
