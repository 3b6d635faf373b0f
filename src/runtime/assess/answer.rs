//! What an assessment is: the JSON keys are these names.

use chrono::NaiveDate;
use serde::Serialize;

use crate::tables::{Outcome, Strength};

/// What a pathway's criteria, decision tables and investigations say of one patient on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessment<'a> {
    /// The pathway's id.
    pub pathway: &'a str,
    /// The patient.
    pub patient: &'a str,
    /// The day whose knowledge decides.
    pub as_of: NaiveDate,
    /// One for each criteria (`kriterier`): the pathway's own first, then by phase.
    pub criteria: Vec<CriteriaAnswer<'a>>,
    /// One for each decision table (`veivalg`), in the same order.
    pub routes: Vec<RouteAnswer<'a>>,
    /// One for each investigation (`undersøkelser`), in the same order; one before those that it consists of.
    pub investigations: Vec<InvestigationAnswer<'a>>,
}

/// What came of criteria. Items within items are named by the way to them: `alarm/heshet`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CriteriaAnswer<'a> {
    /// The criteria.
    pub criteria: &'a str,
    /// Whether they apply to the patient; null is unknown.
    pub applies: Option<bool>,
    /// What came of them.
    pub result: CriteriaResult,
    /// The items that are met.
    pub met: Vec<&'a str>,
    /// The items that are not met.
    pub not_met: Vec<&'a str>,
    /// The items of which it is not known; also those that are not met but do not exclude (`utelukker ikke`).
    pub unknown: Vec<&'a str>,
    /// The items without items of their own that decide, when the result is `met` or `not_met`.
    pub decided_by: Vec<&'a str>,
    /// The smallest sets of unknown facts that could decide whether they are met; at most five, of at most three facts.
    pub settled_by: Vec<Vec<&'a str>>,
}

/// What came of criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CriteriaResult {
    /// They are met.
    Met,
    /// They are not met.
    NotMet,
    /// A fact is lacking.
    Unknown,
    /// They do not apply to the patient.
    NotApplicable,
}

impl CriteriaResult {
    /// All results.
    pub const ALL: [Self; 4] = [Self::Met, Self::NotMet, Self::Unknown, Self::NotApplicable];

    /// The word as the answers write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// Where a decision table leads.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RouteAnswer<'a> {
    /// The decision table.
    pub route: &'a str,
    /// Whether it leads anywhere.
    pub result: RouteResult,
    /// The row that holds, from 1.
    pub row: Option<usize>,
    /// What the row leads to.
    pub outcome: Option<&'a Outcome>,
    /// The rows that could still hold, when that is unknown.
    pub possible: Vec<usize>,
    /// The smallest sets of unknown facts that could decide it; at most five, of at most three facts.
    pub settled_by: Vec<Vec<&'a str>>,
}

/// Whether a decision table leads anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RouteResult {
    /// A row holds.
    Decided,
    /// No row holds.
    None,
    /// A fact is lacking.
    Unknown,
    /// It does not apply to the patient.
    NotApplicable,
}

impl RouteAnswer<'_> {
    /// The result in one word, with the kind of outcome in place of `decided`.
    pub fn word(&self) -> &'static str {
        match (self.result, self.outcome) {
            (RouteResult::Decided, Some(Outcome::Refer { .. })) => "refer",
            (RouteResult::Decided, Some(Outcome::Included)) => "included",
            (RouteResult::Decided, Some(Outcome::Outside { .. })) => "outside",
            (RouteResult::Decided, Some(Outcome::AtOnce { .. })) => "at_once",
            (RouteResult::Decided, Some(Outcome::Onward { .. })) => "onward",
            (RouteResult::None, _) | (RouteResult::Decided, None) => "none",
            (RouteResult::Unknown, _) => "unknown",
            (RouteResult::NotApplicable, _) => "not_applicable",
        }
    }
}

/// How it stands with one investigation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InvestigationAnswer<'a> {
    /// The list.
    pub list: &'a str,
    /// The way to it by the names of the items around it; null for alternatives without a name.
    pub item: Option<&'a str>,
    /// What a person reads.
    pub text: &'a str,
    /// How binding it is.
    pub strength: Option<Strength>,
    /// How it stands.
    pub status: InvestigationStatus,
    /// When it was done.
    pub date: Option<NaiveDate>,
    /// The smallest sets of unknown facts that could decide it; at most five, of at most three facts.
    pub settled_by: Vec<Vec<&'a str>>,
}

impl InvestigationAnswer<'_> {
    /// Whether this is its name, or the whole way to it.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.item.is_some_and(|path| path == name || path.rsplit('/').next() == Some(name))
    }
}

/// How it stands with an investigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvestigationStatus {
    /// It is done.
    Done,
    /// It is done, but too long ago.
    Outdated,
    /// It is not done; as it should be, if it is to be avoided.
    Lacking,
    /// A fact is lacking.
    Unknown,
    /// It does not apply to the patient.
    NotApplicable,
    /// It is done and was to be avoided (`unngå`).
    Breach,
    /// It is done, but after one that it goes before (`før`).
    WrongOrder,
}

impl InvestigationStatus {
    /// All statuses.
    pub const ALL: [Self; 7] =
        [Self::Done, Self::Outdated, Self::Lacking, Self::Unknown, Self::NotApplicable, Self::Breach, Self::WrongOrder];

    /// The word as the answers write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Outdated => "outdated",
            Self::Lacking => "lacking",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
            Self::Breach => "breach",
            Self::WrongOrder => "wrong_order",
        }
    }
}
