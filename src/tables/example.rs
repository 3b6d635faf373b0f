//! Examples (`eksempel`) that a specification must keep.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Origin, Value};

/// One made-up patient and what is expected of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Example {
    /// Name.
    pub name: String,
    /// The as-of date: as written (`per`), else the last date in the example.
    pub as_of: NaiveDate,
    /// Events in the order written.
    pub events: Vec<ExampleEvent>,
    /// Facts in the order written.
    pub facts: Vec<ExampleFact>,
    /// What must come out.
    pub expectations: Vec<Expectation>,
    /// Where it is written.
    pub origin: Origin,
}

/// One event of an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExampleEvent {
    /// Date.
    pub date: NaiveDate,
    /// The whole code: `A39CK`.
    pub code: String,
    /// Institution (`ved`).
    pub institution: Option<String>,
}

/// One fact of an example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExampleFact {
    /// The date it became known; null is from the beginning (`gitt`).
    pub date: Option<NaiveDate>,
    /// The fact.
    pub fact: String,
    /// Its value.
    pub value: Value,
}

/// One expectation (`forvent`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Expectation {
    /// The course it is about, from 1 (`i forløp N`).
    pub course: u32,
    /// What is expected.
    #[serde(flatten)]
    pub expected: Expected,
    /// Where it is written.
    pub origin: Origin,
}

/// What is expected of an answer. Words are those of the answer's JSON (E8, E10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "expect", rename_all = "snake_case")]
pub enum Expected {
    /// The status of an interval, and its days or days left if stated.
    Interval {
        /// The interval.
        interval: String,
        /// The treatment.
        treatment: Option<String>,
        /// The status (E8).
        status: String,
        /// Days between the points.
        days: Option<i64>,
    },
    /// The course's variant.
    Variant {
        /// The variant, or `hovedforløp`.
        variant: String,
        /// Whether it must be assumed (true), known (false) or either (null).
        assumed: Option<bool>,
    },
    /// The course's state (E10).
    State {
        /// `open`, `completed` or `closed`.
        state: String,
    },
    /// A finding of the course.
    Finding {
        /// Its code: a rule's name, or one of section 3's.
        code: String,
    },
    /// The course has no findings.
    NoFindings,
    /// What comes of criteria for the example's patient.
    Criteria {
        /// The criteria.
        criteria: String,
        /// `met`, `not_met`, `unknown` or `not_applicable`.
        result: String,
    },
    /// What a decision table leads to.
    Route {
        /// The decision table.
        route: String,
        /// `refer`, `included`, `outside`, `at_once`, `onward`, `none`, `unknown` or `not_applicable`.
        result: String,
    },
    /// How it stands with an investigation.
    Investigation {
        /// The list.
        list: String,
        /// The item.
        item: String,
        /// `done`, `outdated`, `lacking`, `unknown`, `not_applicable`, `breach` or `wrong_order`.
        status: String,
    },
    /// The number of courses.
    Courses {
        /// How many.
        count: u32,
    },
}
