//! Judging patients' events by the rule tables (design, section 3). Pure: no clock, no files, no panic.

mod answer;
mod assembly;
mod calendar;
mod error;
mod evaluator;
mod example;
mod facts;
mod findings;
mod interval;
mod limits;
mod logic;
mod prepare;
mod rules;
mod sentence;
mod variants;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use answer::{
    Basis, Course, CourseFinding, FactUsed, IntervalAnswer, IntervalTrace, MAIN_COURSE, Point, RuleResult, RuleTrace,
    State, Status, Trace, VariantTrace, VariantTried,
};
pub use calendar::{due, is_public_holiday};
pub use error::TableError;
pub use evaluator::{CodeUse, Evaluator, FactProblem, Options};
pub use example::{Found, Mismatch, check_example};
pub use sentence::{amount, long_date, sentences};

use chrono::NaiveDate;

/// One coded event of a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// Its date.
    pub date: NaiveDate,
    /// The whole code: `A39CK`.
    pub code: &'a str,
    /// Where it happened.
    pub institution: Option<&'a str>,
    /// The course that it belongs to, if the register says so.
    pub course: Option<&'a str>,
}

/// One fact about a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactEvent<'a> {
    /// The day it became known; none is from the beginning.
    pub date: Option<NaiveDate>,
    /// The fact's name.
    pub fact: &'a str,
    /// Its value as text.
    pub value: &'a str,
}
