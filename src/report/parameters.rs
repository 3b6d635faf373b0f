//! What the guides leave open, and is therefore chosen and printed with the result.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Level, Period};
use crate::tables::{Code, Pathway, Role};

/// What a report rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Parameters {
    /// The day on which the courses are judged: that of the extraction.
    pub as_of: NaiveDate,
    /// How long the periods are.
    pub period: PeriodKind,
    /// What places a course and its answers in a period.
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

/// What places a course and its answers in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The start of the course.
    #[default]
    Start,
    /// Its first completing event: the start of treatment.
    Treatment,
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

/// A period, by its number among all periods of its kind; later ones have larger numbers.
pub(super) type Slot = u32;

impl PeriodKind {
    /// The period of a day. All days share one if there are no periods.
    pub(super) fn slot(self, day: NaiveDate) -> Slot {
        self.months().map_or(0, |months| day.year().unsigned_abs() * (12 / months) + day.month0() / months)
    }

    /// The period of what may have no date. Without periods nothing needs one.
    pub(super) fn slot_of(self, day: Option<NaiveDate>) -> Option<Slot> {
        if self == PeriodKind::None { Some(0) } else { day.map(|day| self.slot(day)) }
    }

    /// A period as it is published.
    pub(super) fn period(self, slot: Slot) -> Option<Period> {
        let months = self.months()?;
        let (year, part) = (slot / (12 / months), slot % (12 / months));
        let name = match self {
            PeriodKind::Month => format!("{year}-{:02}", part + 1),
            PeriodKind::Quarter => format!("{year}-Q{}", part + 1),
            PeriodKind::Tertial => format!("{year}-T{}", part + 1),
            PeriodKind::Year | PeriodKind::None => year.to_string(),
        };
        let from = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, part * months + 1, 1)?;
        let to = from.checked_add_months(Months::new(months))?.pred_opt()?;
        Some(Period { name, from, to })
    }

    fn months(self) -> Option<u32> {
        match self {
            PeriodKind::Month => Some(1),
            PeriodKind::Quarter => Some(3),
            PeriodKind::Tertial => Some(4),
            PeriodKind::Year => Some(12),
            PeriodKind::None => None,
        }
    }
}

impl Attribution {
    /// The attribution of a name: `start`, or a code or a group as the template names it. The treatment, the decision and the first
    /// attendance have English names too.
    pub fn named(name: &str) -> Self {
        match name {
            "start" => Attribution::Start,
            "behandling" | "treatment" => Attribution::Treatment,
            "beslutning" | "decision" => Attribution::Named("beslutning".to_owned()),
            "fremmøte" | "attendance" => Attribution::Named("S".to_owned()),
            other => Attribution::Named(other.to_owned()),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Attribution::Start => "start",
            Attribution::Treatment => "treatment",
            Attribution::Named(name) => name,
        }
    }

    /// For each code of the pathway, whether it attributes a course; none if the pathway has no such code.
    pub(super) fn codes(&self, pathway: &Pathway) -> Option<Vec<bool>> {
        let role = |role| pathway.codes.iter().map(|code| code.role == Some(role)).collect();
        let codes: Vec<bool> = match self {
            Attribution::Start => role(Role::Opens),
            Attribution::Treatment => role(Role::Completes),
            Attribution::Named(name) => {
                let group = pathway.groups.iter().find(|group| group.name == *name);
                let is = |code: &Code| match group {
                    Some(group) => group.codes.contains(&code.code),
                    None => {
                        let suffix = code.code.strip_prefix(pathway.id.as_str());
                        suffix.is_some_and(|suffix| suffix.trim_start_matches(':') == name) || code.code == *name
                    }
                };
                pathway.codes.iter().map(is).collect()
            }
        };
        codes.contains(&true).then_some(codes)
    }
}
