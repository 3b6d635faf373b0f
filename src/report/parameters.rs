//! What the guides leave open, and is therefore chosen and printed with the result.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Level, Period};

/// What a report rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Parameters {
    /// The day on which the courses are judged: that of the extraction.
    pub as_of: NaiveDate,
    /// How long the periods are.
    pub period: PeriodKind,
    /// What places an answer in a period.
    pub by: By,
    /// Which start counts after a transfer.
    pub start: Start,
    /// The event whose institution a course belongs to.
    pub attribution: Attribution,
    /// The levels that have rows.
    pub levels: Vec<Level>,
    /// Whether a file said how institutions belong together.
    pub hierarchy: bool,
    /// Counts from 1 up to this are hidden; 0 hides nothing.
    pub suppress_below: u64,
    /// How few measured courses have no median and quartiles.
    pub days_from: u64,
    /// The decimals that shares are rounded to, half away from zero.
    pub decimals: u32,
    /// Whether facts were given. Without them every course is judged by the main course's limits.
    pub facts: bool,
    /// The fingerprint of the rule tables.
    pub fingerprint: String,
}

/// How long periods are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// Months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Thirds of a year, as the official statistics.
    #[default]
    Tertial,
    /// Years.
    Year,
    /// All time.
    None,
}

/// What places an answer in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The start of the course.
    #[default]
    Start,
    /// The end of the interval; of a course its first completing event.
    End,
}

/// Which start counts after a transfer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// The course's first.
    #[default]
    First,
    /// The first in the institution that the course belongs to.
    Own,
}

/// The event whose institution a course belongs to: its first with one of some codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Attribution {
    /// Opening codes.
    #[default]
    Start,
    /// Completing codes: the start of treatment.
    Treatment,
    /// A code or a group, as the template names it.
    Named(String),
}
