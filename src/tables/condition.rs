//! Facts about a patient and the conditions over them (design, rule 3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Origin;

/// A declared fact (`opplysning`): what may be known about a patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fact {
    /// Name used in conditions and in the facts file.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// The values it can take.
    #[serde(flatten)]
    pub fact_type: FactType,
    /// Where it is declared.
    pub origin: Origin,
}

/// The values that a fact can take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FactType {
    /// One of a list.
    Choice {
        /// The list, in the order written.
        values: Vec<FactValue>,
    },
    /// `ja` or `nei`.
    YesNo,
    /// A number with a unit; the unit is text such as `cm` or `10^9/l`.
    Number {
        /// The unit of every value of this fact; empty when it has none.
        unit: String,
    },
    /// A date.
    Date,
    /// Whole years (`hele år`).
    Years,
}

/// One value of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactValue {
    /// Name used in conditions and in the facts file.
    pub name: String,
    /// What a person reads, when it is more than the name.
    pub label: Option<String>,
}

/// One value of a fact, of the type that the fact declares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Value {
    /// `ja` is true.
    YesNo(bool),
    /// A number in the fact's unit, or whole years.
    Number(f64),
    /// A date.
    Date(NaiveDate),
    /// The name of a choice's value.
    Choice(String),
}

/// A three-valued condition (Kleene): true, false or unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Condition {
    /// `og`
    All {
        /// The parts.
        of: Vec<Condition>,
    },
    /// `eller`
    Any {
        /// The parts.
        of: Vec<Condition>,
    },
    /// `ikke`
    Not {
        /// What is negated.
        of: Box<Condition>,
    },
    /// `er`: the fact has this value.
    Is {
        /// The fact.
        fact: String,
        /// The value.
        value: Value,
    },
    /// `er over`, `er under`, `er minst`, `er høyst`: numbers, years and dates.
    Compare {
        /// The fact.
        fact: String,
        /// How the fact's value stands to `value`.
        comparison: Comparison,
        /// The threshold, in the fact's unit.
        value: Value,
    },
    /// `er kjent`: never unknown itself.
    Known {
        /// The fact.
        fact: String,
    },
}

/// How a fact's value is compared with a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// `er over`: >
    Above,
    /// `er under`: <
    Below,
    /// `er minst`: >=
    AtLeast,
    /// `er høyst`: <=
    AtMost,
}
