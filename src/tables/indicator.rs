//! Indicators: the shares that are published of many courses.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Origin;

/// An indicator (`indikator`): of the courses in the denominator, the share that is in the numerator too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Indicator {
    /// Name.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// What it is a share of.
    pub denominator: Population,
    /// What is counted of the denominator.
    pub numerator: Population,
    /// Courses with one of these codes are left out, and counted apart.
    pub excluded: Vec<String>,
    /// What the share should be at least.
    pub target: Option<IndicatorTarget>,
    /// The source that defines it.
    pub source: Option<String>,
    /// First day on which a course may start to count.
    pub valid_from: Option<NaiveDate>,
    /// Last such day.
    pub valid_to: Option<NaiveDate>,
    /// Where it is declared.
    pub origin: Origin,
}

/// Which courses, or measured intervals of them, count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Population {
    /// `OF4 målt`: both points have come, in order, and there is a limit.
    Measured {
        /// The interval.
        interval: String,
        /// The treatments that count; all if empty.
        treatments: Vec<String>,
    },
    /// `OF4 innenfor`: measured, and the limit was kept.
    Within {
        /// The interval.
        interval: String,
        /// The treatments that count; all if empty.
        treatments: Vec<String>,
    },
    /// `forløp`, `forløp med CK`: courses that have one of the codes.
    Courses {
        /// The codes; every course counts if empty.
        with: Vec<String>,
    },
}

/// What the share of an indicator should be at least (`minst 70 prosent`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndicatorTarget {
    /// In percent.
    pub percent: f64,
    /// The source that says so.
    pub source: Option<String>,
}
