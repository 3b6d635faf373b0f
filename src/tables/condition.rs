//! Facts about a patient and the conditions over them (design, rule 3).

use std::cmp::Ordering;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Origin, Unit};

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
    /// Who may judge it (`vurderes av`); null is anyone.
    pub judged_by: Option<String>,
    /// How it is computed (`beregnet`); null is that it is given.
    pub formula: Option<Formula>,
    /// True if it is not declared, but is the name of an investigation or of an item that only a person can judge.
    pub implicit: bool,
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
    /// One of a list that is ordered from the lowest (`skala`).
    Scale {
        /// The list, from the lowest.
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

impl Value {
    /// The value as the facts file writes it.
    pub fn text(&self) -> String {
        match self {
            Value::YesNo(true) => "ja".to_owned(),
            Value::YesNo(false) => "nei".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Choice(name) => name.clone(),
        }
    }
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
    /// `er over`, `er under`, `er minst`, `er høyst`: numbers, years, dates and scales.
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
    /// `minst 3 ganger med minst 1 måned mellom`: enough dated values of one fact meet `of`.
    Repeated {
        /// A condition on one fact.
        of: Box<Condition>,
        /// How many values.
        count: u32,
        /// The least time from one counted value to the next, in `unit`.
        spacing: Option<u32>,
        /// The unit of `spacing`.
        unit: Option<Unit>,
    },
    /// `siste 4 uker`: the latest value meets `of` and is not older.
    Recent {
        /// A condition on one fact.
        of: Box<Condition>,
        /// The greatest age, in `unit`.
        amount: u32,
        /// The unit of `amount`.
        unit: Unit,
    },
    /// `i forløp`: the patient has an open course; never unknown.
    InCourse {
        /// The pathway; null is any of the set.
        pathway: Option<String>,
    },
}

impl Condition {
    /// Calls `see` with each part that is no `og`, `eller` or `ikke`.
    pub fn leaves<'c>(&'c self, see: &mut dyn FnMut(&'c Condition)) {
        match self {
            Condition::All { of } | Condition::Any { of } => of.iter().for_each(|part| part.leaves(see)),
            Condition::Not { of } => of.leaves(see),
            leaf => see(leaf),
        }
    }
}

/// How a fact is computed from others (`beregnet`). Unknown if a part is unknown, and on division by zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Formula {
    /// A number.
    Number {
        /// Its value.
        value: f64,
    },
    /// The value of a number or years fact, times `factor`, which brings it to the formula's unit.
    Fact {
        /// The fact.
        fact: String,
        /// What a value is multiplied by.
        factor: f64,
    },
    /// `stigning av x per år`: the latest value less the one before it, per 365 days between their dates.
    Rise {
        /// The fact.
        fact: String,
        /// What the rise is multiplied by.
        factor: f64,
    },
    /// `+`, `-`, `*`, `/`
    Compute {
        /// Which.
        with: Operator,
        /// Left of it.
        left: Box<Formula>,
        /// Right of it.
        right: Box<Formula>,
    },
}

/// An arithmetic operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Operator {
    /// The result.
    pub fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Operator::Add => left + right,
            Operator::Subtract => left - right,
            Operator::Multiply => left * right,
            Operator::Divide => left / right,
        }
    }
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

impl Comparison {
    /// Whether it holds of a value that stands so to the threshold.
    pub fn holds(self, ordering: Ordering) -> bool {
        match self {
            Comparison::Above => ordering.is_gt(),
            Comparison::Below => ordering.is_lt(),
            Comparison::AtLeast => ordering.is_ge(),
            Comparison::AtMost => ordering.is_le(),
        }
    }
}
