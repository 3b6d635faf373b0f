//! The rule tables: what a specification means, ready to be evaluated, emitted, compared and shown.
//!
//! Everything after the compiler reads these types and nothing else. Each row carries its [`Origin`], the place in
//! the specification that says so. The JSON form is versioned (design, section 6).

mod condition;
mod content;
mod example;
mod indicator;
mod limit;
mod pathway;
pub mod quantity;

pub use condition::{Comparison, Condition, Fact, FactType, FactValue, Formula, Operator, Value};
pub use content::{
    Content, Criteria, CriteriaItem, Item, List, ListKind, MaxAge, Need, Outcome, Quantified, Referral, Route, Routes,
    Strength, Target,
};
pub use example::{Example, ExampleEvent, ExampleFact, Expectation, Expected};
pub use indicator::{Indicator, IndicatorTarget, Population};
pub use limit::{Form, Limit, MAX_AMOUNT, Unit};
pub use pathway::{
    Code, Former, Group, Interval, Occasion, Pathway, Phase, Role, Rule, RuleKind, RuleSeverity, Source, Status,
    Treatment, Variant,
};

use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// The value of `format` in every table document.
pub const FORMAT: &str = "forlop-tables";
/// The newest format version this library reads, and the one it writes.
pub const FORMAT_VERSION: u32 = 1;

/// One compiled set of pathways (design, section 6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tables {
    /// Always `forlop-tables`.
    #[serde(deserialize_with = "known_format")]
    pub format: String,
    /// Version of this document's shape.
    #[serde(deserialize_with = "known_version")]
    pub format_version: u32,
    /// Version of the compiler that wrote the document.
    pub compiler: String,
    /// SHA-256 of the content, without the compiler's version and the rows' origins.
    pub fingerprint: String,
    /// The pathways, sorted by id.
    pub pathways: Vec<Pathway>,
}

/// A place in the specification. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// File, relative to the project root, with `/` between folders.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

fn known_format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let format = String::deserialize(deserializer)?;
    if format != FORMAT {
        return Err(D::Error::custom(format!("this is not a {FORMAT} document: its format is «{format}»")));
    }
    Ok(format)
}

/// Fails on the version itself, before a newer shape can fail in a way that explains nothing.
fn known_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let version = u32::deserialize(deserializer)?;
    if version > FORMAT_VERSION {
        return Err(D::Error::custom(format!(
            "the tables have format version {version}, but this program reads up to {FORMAT_VERSION}: use a newer forlop"
        )));
    }
    Ok(version)
}
