//! What an answer is (design, section 3): the JSON keys are these names.

use chrono::NaiveDate;
use serde::Serialize;

use crate::tables::{Form, Origin, RuleSeverity, Unit};

/// The name of the main course where a variant's name can stand.
pub const MAIN_COURSE: &str = "hovedforløp";

/// One course of one patient in one pathway, judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Course<'a> {
    /// The pathway's id.
    pub pathway: &'a str,
    /// The patient.
    pub patient: &'a str,
    /// Number among the patient's courses in the pathway, from 1.
    pub course: u32,
    /// The course id that the events carry.
    pub course_id: Option<&'a str>,
    /// Date of the first opening code.
    pub start: Option<NaiveDate>,
    /// How far it has come (E10).
    pub state: State,
    /// The phase of the last event whose code has one.
    pub phase: Option<&'a str>,
    /// The variant on the as-of date, or `hovedforløp`.
    pub variant: &'a str,
    /// Whether the variant is known.
    pub variant_basis: Basis,
    /// One answer for each interval, or for each treatment of it, in the template's order.
    pub intervals: Vec<IntervalAnswer<'a>>,
    /// What is wrong or doubtful in the coding: section 3's findings, then those of the rules in their order.
    pub findings: Vec<CourseFinding<'a>>,
    /// The points that remain, when asked for; empty unless the course is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Vec<Latest<'a>>>,
    /// What is not known or not registered and would change the answer, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<Missing<'a>>>,
    /// Why, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace<'a>>,
}

/// The answer for one interval and treatment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IntervalAnswer<'a> {
    /// The interval.
    pub interval: &'a str,
    /// The treatment, for intervals that are split by it.
    pub treatment: Option<&'a str>,
    /// 1, except for repeating intervals.
    pub occurrence: u32,
    /// Date of the start.
    pub from: Option<NaiveDate>,
    /// Date of the end.
    pub to: Option<NaiveDate>,
    /// Calendar days between them, whatever the unit of the limit (E5).
    pub days: Option<i64>,
    /// The variant that decides the row (E6).
    pub variant: &'a str,
    /// Whether the variant is known.
    pub variant_basis: Basis,
    /// The row's amount.
    pub limit: Option<u32>,
    /// The amount's unit.
    pub unit: Option<Unit>,
    /// The judgement (E8).
    pub status: Status,
    /// The start plus the amount.
    pub due: Option<NaiveDate>,
    /// Due less as-of, in calendar days, for `running` and `overdue`.
    pub days_left: Option<i64>,
}

/// What one answer of a course is about: interval, treatment and occurrence.
pub(crate) type Key<'a> = (&'a str, Option<&'a str>, u32);

impl<'a> IntervalAnswer<'a> {
    /// What it is about.
    pub(crate) fn key(&self) -> Key<'a> {
        (self.interval, self.treatment, self.occurrence)
    }
}

/// How late a point that remains can come, so that no limit is broken that still can be kept: neither a part nor a
/// total. The variant is that of the as-of date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Latest<'a> {
    /// The codes of the point, each of which serves all intervals that meet there.
    pub codes: Vec<&'a str>,
    /// The last day; null when no limit binds it. A point before the treatment must do for every treatment that may be
    /// chosen.
    pub latest: Option<NaiveDate>,
    /// The limit that binds.
    pub because: Option<LimitNamed<'a>>,
    /// The limits of intervals that end here which can no longer be kept, whatever comes.
    pub lost: Vec<LimitNamed<'a>>,
}

/// Unknown facts, or unregistered codes, that would change the answer: no smaller set of them would.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Missing<'a> {
    /// The facts, as if they had been known from the beginning.
    pub facts: Vec<&'a str>,
    /// The whole codes, as if they had been registered.
    pub codes: Vec<&'a str>,
    /// What could come of it: different answers, each once.
    pub outcomes: Vec<Consequence<'a>>,
}

/// What would come of knowing what is missing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Consequence<'a> {
    /// The values of the facts, as the facts file writes them.
    pub values: Vec<String>,
    /// The dates of the codes: the first that were found to give this.
    pub dates: Vec<NaiveDate>,
    /// The intervals that would be judged otherwise, as they would be.
    pub changes: Vec<Change<'a>>,
    /// The findings that would be gone.
    pub findings: Vec<&'a str>,
}

/// How an interval would be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change<'a> {
    /// The interval.
    pub interval: &'a str,
    /// The treatment, for intervals that are split by it.
    pub treatment: Option<&'a str>,
    /// 1, except for repeating intervals.
    pub occurrence: u32,
    /// The judgement (E8).
    pub status: Status,
    /// The row's amount.
    pub limit: Option<u32>,
    /// The amount's unit.
    pub unit: Option<Unit>,
}

impl<'a> Change<'a> {
    /// What it is about.
    pub(crate) fn key(&self) -> Key<'a> {
        (self.interval, self.treatment, self.occurrence)
    }
}

/// A limit of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LimitNamed<'a> {
    /// The interval.
    pub interval: &'a str,
    /// The treatment, for intervals that are split by it.
    pub treatment: Option<&'a str>,
    /// Its due date; where its start remains too, counted from the latest day of that.
    pub due: Option<NaiveDate>,
}

/// How far a course has come (E10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// No completing or closing code has come.
    Open,
    /// A completing code has come.
    Completed,
    /// A closing code has come.
    Closed,
}

impl State {
    /// The word as the answers write it.
    pub fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Completed => "completed",
            State::Closed => "closed",
        }
    }
}

/// Whether a variant is known, or the main course was assumed because a fact is unknown (rule 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The facts decide it.
    Known,
    /// A fact is unknown, so the main course is assumed.
    Assumed,
}

/// The judgement of an interval (E8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "IntervalStatus"))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Another treatment was given, or the course closed before the end.
    NotApplicable,
    /// The end is dated before the start.
    InvalidOrder,
    /// There is no limit with a number.
    NoLimit,
    /// In time.
    Within,
    /// Too late.
    Exceeded,
    /// Before the least time had passed.
    TooEarly,
    /// A point is missing that should be there.
    Undetermined,
    /// Neither point has come.
    NotStarted,
    /// Under way and not past the due date.
    Running,
    /// Under way and past the due date.
    Overdue,
}

impl Status {
    /// All statuses, in the order of the table of E8.
    pub const ALL: [Status; 10] = [
        Status::NotApplicable,
        Status::InvalidOrder,
        Status::NoLimit,
        Status::Within,
        Status::Exceeded,
        Status::TooEarly,
        Status::Undetermined,
        Status::NotStarted,
        Status::Running,
        Status::Overdue,
    ];

    /// Whether something that should have come has not.
    pub(crate) fn is_in_doubt(self) -> bool {
        matches!(self, Status::Undetermined | Status::Overdue)
    }

    /// The word as the answers write it.
    pub fn word(self) -> &'static str {
        match self {
            Status::NotApplicable => "not_applicable",
            Status::InvalidOrder => "invalid_order",
            Status::NoLimit => "no_limit",
            Status::Within => "within",
            Status::Exceeded => "exceeded",
            Status::TooEarly => "too_early",
            Status::Undetermined => "undetermined",
            Status::NotStarted => "not_started",
            Status::Running => "running",
            Status::Overdue => "overdue",
        }
    }
}

/// Something wrong or doubtful in the coding of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CourseFinding<'a> {
    /// `duplicate_start`, `event_after_end`, `missing_start`, `conflicting_fact`, or a rule's name.
    pub code: &'a str,
    /// `feil` or `advarsel`.
    pub severity: RuleSeverity,
    /// One sentence for people.
    pub message: String,
    /// The dates of the events or facts that cause it, ascending, each once.
    pub dates: Vec<NaiveDate>,
}

/// Why a course was judged as it was (E11).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trace<'a> {
    /// Why the course has its variant.
    pub variant: VariantTrace<'a>,
    /// For each of the course's intervals, in the same order.
    pub intervals: Vec<IntervalTrace<'a>>,
    /// For each order rule, in the pathway's order.
    pub rules: Vec<RuleTrace<'a>>,
}

/// Why an interval was judged as it was.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IntervalTrace<'a> {
    /// The event that starts it.
    pub from: Option<Point<'a>>,
    /// The event that ends it; also when it picks another treatment.
    pub to: Option<Point<'a>>,
    /// The row that was used, also one that is `ikke tallfestet`.
    pub row: Option<&'a Origin>,
    /// How the row's amount binds.
    pub form: Option<Form>,
    /// The lower end of the row's window, in the unit of the answer's limit.
    pub minimum: Option<u32>,
    /// The source that the row names.
    pub source: Option<&'a str>,
    /// True if the row is the main course's and the variant inherits it.
    pub inherited: bool,
    /// Why the variant holds.
    pub variant: VariantTrace<'a>,
}

/// An event that an interval starts or ends with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Point<'a> {
    /// The code.
    pub code: &'a str,
    /// Its date.
    pub date: NaiveDate,
}

/// Why a variant holds (rule 4, E6).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VariantTrace<'a> {
    /// The day whose knowledge decides.
    pub on: NaiveDate,
    /// The variants that were tried, in order, and what came of each; null is unknown.
    pub tried: Vec<VariantTried<'a>>,
}

/// One variant that was tried.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VariantTried<'a> {
    /// The variant.
    pub variant: &'a str,
    /// Whether its condition is true, false or (null) unknown.
    pub result: Option<bool>,
    /// The facts that the condition asks for.
    pub facts: Vec<FactUsed<'a>>,
    /// Where the variant is written.
    pub origin: &'a Origin,
}

/// A fact that a condition asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactUsed<'a> {
    /// The fact.
    pub fact: &'a str,
    /// Its value as given; null is unknown.
    pub value: Option<&'a str>,
    /// The date of the value; null is from the beginning.
    pub date: Option<NaiveDate>,
}

/// What came of one order rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleTrace<'a> {
    /// The rule.
    pub rule: &'a str,
    /// What came of it.
    pub result: RuleResult,
    /// Where the rule is written.
    pub origin: &'a Origin,
}

/// What came of an order rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RuleResult {
    /// None of the events it speaks of came.
    NotApplied,
    /// It was kept.
    Kept,
    /// It waits for an event; the course is open.
    Pending,
    /// It was broken.
    Broken,
}
