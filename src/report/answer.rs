//! The finished report: the JSON keys are these names.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Parameters;

/// The value of `format` in every report.
pub const FORMAT: &str = "forlop-report";
/// The version of the report's shape that is written.
pub const FORMAT_VERSION: u32 = 1;
/// The period of rows over all periods.
pub const ALL: &str = "all";
/// The period of what has no date to place it by.
pub const UNDATED: &str = "undated";

/// A count. Null is hidden, because it is small or because a small one could be computed from it.
pub type Count = Option<u64>;

/// What is published of a register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Always `forlop-report`.
    pub format: String,
    /// Version of this document's shape.
    pub format_version: u32,
    /// Version of the program that wrote it.
    pub program: String,
    /// What was chosen, and what the numbers rest on.
    pub parameters: Parameters,
    /// The periods that rows refer to by name, in order; never `all` and `undated`.
    pub periods: Vec<Period>,
    /// The units that rows refer to by their place here, the nation first and parents before their children.
    pub units: Vec<Unit>,
    /// The pathways that have courses, by id.
    pub pathways: Vec<PathwayReport>,
}

/// A period of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Period {
    /// `2024`, `2024-T1`, `2024-Q1` or `2024-03`.
    pub name: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, also when that is after the as-of date.
    pub to: NaiveDate,
}

/// Something that courses are counted for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unit {
    /// How large it is.
    pub level: Level,
    /// Its name; empty for the nation and for the unknown.
    pub name: String,
    /// The place among the units of the smallest one here that it is a part of; null for the nation.
    pub parent: Option<usize>,
}

/// How large a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Everything.
    Nation,
    /// A regional health authority (RHF).
    Region,
    /// A health trust (HF).
    Trust,
    /// A hospital.
    Hospital,
    /// An institution as the events name it, where there is no hierarchy.
    Institution,
    /// No institution, or one that is not in the hierarchy.
    Unknown,
}

/// What is published of one pathway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PathwayReport {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// How many courses there are.
    pub courses: Vec<CourseRow>,
    /// Its intervals; one that is split by treatment first for all treatments together, then for each.
    pub intervals: Vec<IntervalReport>,
    /// Its indicators.
    pub indicators: Vec<IndicatorReport>,
}

/// How many courses a unit has in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CourseRow {
    /// The name of a period, or `all` or `undated`.
    pub period: String,
    /// The place of the unit among the report's.
    pub unit: usize,
    /// How many.
    pub courses: Count,
}

/// What is published of one interval, for one treatment or for all together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IntervalReport {
    /// The interval's name.
    pub interval: String,
    /// What a person reads.
    pub label: String,
    /// The treatment; null for an interval that is not split, or for all treatments together.
    pub treatment: Option<String>,
    /// Whether these are all treatments together, each course against the limit of its own.
    pub together: bool,
    /// The main course's limit on the as-of date, where there is one; null for all treatments together.
    pub limit: Option<ReportedLimit>,
    /// For each period and unit that has courses, by period (`all` first) and unit.
    pub rows: Vec<IntervalRow>,
    /// The days against the limit, for the nation and all periods; null where it would give small counts away, and for a
    /// single treatment.
    pub distribution: Option<Distribution>,
}

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportedLimit {
    /// How much.
    pub amount: u32,
    /// What it counts.
    pub unit: crate::tables::Unit,
}

/// The answers for one interval, period and unit. A repeating interval has an answer for each occurrence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IntervalRow {
    /// The name of a period, or `all` or `undated`.
    pub period: String,
    /// The place of the unit among the report's.
    pub unit: usize,
    /// All answers: the sum of the counts.
    pub answers: Count,
    /// Both points, in order, and a limit: `within`, `exceeded` and `too_early`.
    pub measured: Count,
    /// The answers by status.
    #[serde(flatten)]
    pub counts: IntervalCounts,
    /// `within` of `measured`, in percent; null where either is hidden or nothing is measured.
    pub share: Option<f64>,
    /// The days of the measured; null where they are few or a count of the measured is hidden.
    pub days: Option<Days>,
}

/// Answers by status (E8). A single treatment counts the courses that ended with it: those that have not ended, or that closed
/// before, are counted for all treatments together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IntervalCounts {
    /// In time.
    pub within: Count,
    /// Too late.
    pub exceeded: Count,
    /// Before the least time had passed.
    pub too_early: Count,
    /// Under way and not past the due date.
    pub running: Count,
    /// Under way and past the due date.
    pub overdue: Count,
    /// Neither point has come.
    pub not_started: Count,
    /// A point is missing that should be there.
    pub undetermined: Count,
    /// The end is dated before the start.
    pub invalid_order: Count,
    /// There is no limit with a number.
    pub no_limit: Count,
    /// Another treatment was given, or the course closed before the end.
    pub not_applicable: Count,
}

/// Quartiles of calendar days. Each is the smallest number of days that at least this part of the measured do not exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Days {
    /// A quarter.
    pub first_quartile: u32,
    /// Half.
    pub median: u32,
    /// Three quarters.
    pub third_quartile: u32,
}

/// How many were how far from the limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Distribution {
    /// From the earliest to the latest, without gaps; all measured courses.
    pub bins: Vec<Bin>,
}

/// How many ended on a day from `from` to `to`, counted from the last day of the limit: 0 is that day, 1 the day after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bin {
    /// The first day; null is as early as can be.
    pub from: Option<i32>,
    /// The last day; null is as late as can be.
    pub to: Option<i32>,
    /// How many.
    pub count: u64,
}

/// What is published of one indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndicatorReport {
    /// Its name.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// What the share should be at least, in percent.
    pub target: Option<f64>,
    /// The sources that define it and its target.
    pub sources: Vec<String>,
    /// First day on which a course may start to count.
    pub valid_from: Option<NaiveDate>,
    /// Last such day.
    pub valid_to: Option<NaiveDate>,
    /// For each period and unit that has courses, by period (`all` first) and unit.
    pub rows: Vec<IndicatorRow>,
}

/// One indicator in one period and unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndicatorRow {
    /// The name of a period, or `all` or `undated`.
    pub period: String,
    /// The place of the unit among the report's.
    pub unit: usize,
    /// What it is a share of.
    pub denominator: Count,
    /// What is counted of it.
    pub numerator: Count,
    /// What would be in the denominator, but is excluded by a code.
    pub excluded: Count,
    /// All else: what is not in the denominator, or starts outside the indicator's days.
    pub outside: Count,
    /// `numerator` of `denominator`, in percent; null where either is hidden or there is nothing in the denominator.
    pub share: Option<f64>,
    /// Whether the share, before it is rounded, is at least the target.
    pub met: Option<bool>,
}
