//! Judging patients' events by the rule tables (design, section 3). Pure: no clock, no files, no panic.
//!
//! Tables are made ready once; then patients are judged one by one, from as many threads as one likes. A thread that has
//! many keeps a [`Workspace`].
//!
//! ```
//! use chrono::NaiveDate;
//! use forlop::{
//!     runtime::{Evaluator, Event, Options},
//!     tables::Tables,
//! };
//!
//! fn courses(tables: &str, as_of: NaiveDate) -> Result<String, Box<dyn std::error::Error>> {
//!     let tables: Tables = serde_json::from_str(tables)?;
//!     let evaluator = Evaluator::new(&tables)?;
//!     let event = |date: &str, code| Ok(Event { date: date.parse()?, code, institution: None, course: None });
//!     let events = [event("2024-01-08", "A39A"), event("2024-01-18", "A39S")];
//!     let events = events.into_iter().collect::<Result<Vec<_>, chrono::ParseError>>()?;
//!     let courses = evaluator.patient("p1", &events, &[], as_of, Options::default());
//!     Ok(serde_json::to_string(&courses)?)
//! }
//! ```

mod answer;
mod assembly;
mod assess;
mod automaton;
mod calendar;
mod condition;
mod error;
mod evaluator;
mod example;
mod facts;
mod findings;
mod formula;
mod interval;
mod judged;
mod latest;
mod limits;
mod logic;
mod missing;
mod names;
#[cfg(feature = "report")]
mod pattern;
mod prepare;
mod rules;
mod sentence;
mod shape;
mod variants;
mod view;
mod workspace;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

#[cfg(feature = "compiler")]
pub(crate) use answer::Key;
pub use answer::{
    Basis, Change, Consequence, Course, CourseFinding, FactUsed, IntervalAnswer, IntervalTrace, Latest, LimitNamed,
    MAIN_COURSE, Missing, Point, RuleResult, RuleTrace, State, Status, Trace, VariantTrace, VariantTried,
};
pub use assembly::Coded;
pub use assess::{
    Assessment, CriteriaAnswer, CriteriaResult, InvestigationAnswer, InvestigationStatus, RouteAnswer, RouteResult,
};
#[cfg(feature = "compiler")]
pub(crate) use automaton::{Automaton, Place};
#[cfg(feature = "compiler")]
pub(crate) use calendar::latest_start;
pub use calendar::{due, is_public_holiday};
pub use error::TableError;
pub use evaluator::{CodeUse, Evaluator, FactProblem, Options};
pub use example::{Found, Mismatch, check_example};
#[cfg(feature = "compiler")]
pub(crate) use example::{example_holds, with_patient};
#[cfg(feature = "report")]
pub(crate) use interval::{Measured, Outcome, Standing};
pub use judged::{Judged, Registered};
#[cfg(feature = "report")]
pub(crate) use pattern::Pattern;
pub use sentence::{amount, long_date, sentences};
pub use workspace::Workspace;

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
