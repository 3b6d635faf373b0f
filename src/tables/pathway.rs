//! One pathway with its codes, intervals, variants and rules. Codes are always whole: `A39CK`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Condition, Content, Example, Fact, Indicator, Limit, Origin};

/// A pathway with everything its template gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pathway {
    /// The id: the code prefix, or a name when the prefix is not known.
    pub id: String,
    /// The code prefix: `A39`; null when it is not known. Codes are then written `id:CK`, which no register has.
    pub prefix: Option<String>,
    /// The name.
    pub title: String,
    /// Earlier names.
    pub former: Vec<Former>,
    /// How far the text has come.
    pub status: Status,
    /// The authority's version of the text.
    pub version: Option<String>,
    /// The disease, as it stands in code labels.
    pub disease: Option<String>,
    /// The template (`mal`) it follows.
    pub template: String,
    /// First day on which its codes may be dated.
    pub valid_from: Option<NaiveDate>,
    /// Last such day.
    pub valid_to: Option<NaiveDate>,
    /// The documents that it rests on, the template's first.
    pub sources: Vec<Source>,
    /// Phases in order.
    pub phases: Vec<Phase>,
    /// Codes in the template's order, which is also the order of events on one day (E2).
    pub codes: Vec<Code>,
    /// Named sets of codes.
    pub groups: Vec<Group>,
    /// Declared facts.
    pub facts: Vec<Fact>,
    /// Measured intervals in the template's order.
    pub intervals: Vec<Interval>,
    /// Variants in the order they are tried (rule 4).
    pub variants: Vec<Variant>,
    /// Limits, by interval, treatment, variant and validity.
    pub limits: Vec<Limit>,
    /// Order rules, the template's first.
    pub rules: Vec<Rule>,
    /// Published shares, the template's first.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// What belongs to the whole pathway and not to one phase.
    pub content: Vec<Content>,
    /// Examples that the specification must keep (`forlop test`).
    pub examples: Vec<Example>,
    /// Where it is declared.
    pub origin: Origin,
}

impl Pathway {
    /// Its content, then that of its phases.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        self.content.iter().chain(self.phases.iter().flat_map(|phase| &phase.content))
    }
}

/// How far a pathway's text has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written.
    Utkast,
    /// Sent for hearing.
    Høring,
    /// In force.
    Gjeldende,
    /// Known to lack something.
    Ufullstendig,
    /// No longer in use.
    Tilbaketrukket,
}

/// A document that rows and texts rest on (`kilde`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// Name used in rows.
    pub name: String,
    /// Title of the document.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it is found.
    pub url: Option<String>,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// What a reader should know of it.
    pub note: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A phase (`fase`) and its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Phase {
    /// Name.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// Prose, criteria, lists, in the order written.
    pub content: Vec<Content>,
    /// Where the template declares it.
    pub origin: Origin,
}

/// A code that a patient's event can carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Code {
    /// The whole code: `A39CK`.
    pub code: String,
    /// What a person reads.
    pub label: String,
    /// Earlier labels.
    pub former: Vec<Former>,
    /// First day on which an event may carry it.
    pub valid_from: Option<NaiveDate>,
    /// Last such day.
    pub valid_to: Option<NaiveDate>,
    /// The phase that an event with this code belongs to.
    pub phase: Option<String>,
    /// What it does to the course.
    pub role: Option<Role>,
    /// Which date the event shall carry, in words.
    pub date: Option<String>,
    /// What occasions the registration, when there is more than one.
    pub occasions: Vec<Occasion>,
    /// Where it is declared.
    pub origin: Origin,
}

/// An earlier name (`tidligere`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Former {
    /// The name.
    pub name: String,
    /// Its last day, where that is known.
    pub until: Option<NaiveDate>,
}

/// One occasion (`ved`) on which a code is registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Occasion {
    /// Name.
    pub name: String,
    /// What happens.
    pub text: String,
    /// Which date the event then carries, when it differs from the code's.
    pub date: Option<String>,
}

/// What a code does to its course (E3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Opens a course (`åpner`).
    #[serde(rename = "åpner")]
    Opens,
    /// Moves the responsibility (`overfører`).
    #[serde(rename = "overfører")]
    Transfers,
    /// Completes what is measured (`fullfører`).
    #[serde(rename = "fullfører")]
    Completes,
    /// Closes the course (`avslutter`).
    #[serde(rename = "avslutter")]
    Closes,
}

/// A named set of codes (`gruppe`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// Name.
    pub name: String,
    /// Its codes, in the order written.
    pub codes: Vec<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A measured interval (`intervall`), from the first event of one set of codes to the first of another (E4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// Name.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// Codes of the start.
    pub from: Vec<String>,
    /// Codes of the end.
    pub to: Vec<String>,
    /// The treatments that it is split by; empty when it is not.
    pub treatments: Vec<Treatment>,
    /// The intervals whose limits add up to this one's; empty when it is no sum.
    pub sum: Vec<String>,
    /// True if each start opens an occurrence of its own (`gjentas`).
    pub repeats: bool,
    /// Where it is declared.
    pub origin: Origin,
}

/// A treatment and the end codes that mean it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Treatment {
    /// Name.
    pub name: String,
    /// End codes.
    pub codes: Vec<String>,
}

/// A variant of the pathway with limits of its own (rule 4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Variant {
    /// Name.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// When it holds.
    pub when: Condition,
    /// Where it is declared.
    pub origin: Origin,
}

/// An order rule (`regel`; rule 6, E9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rule {
    /// Name, which is also the code of its finding.
    pub name: String,
    /// How serious a breach is.
    pub severity: RuleSeverity,
    /// What a person reads.
    pub label: String,
    /// What it demands.
    #[serde(flatten)]
    pub kind: RuleKind,
    /// Where it is declared.
    pub origin: Origin,
}

/// How serious a finding about a course is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RuleSeverity {
    /// The coding is wrong.
    Feil,
    /// The coding is doubtful.
    Advarsel,
}

/// What an order rule demands of the events of a course, in the order of E2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RuleKind {
    /// `A før B`: every B has an A before it. Broken by each B that has none.
    Before {
        /// A
        first: Vec<String>,
        /// B
        then: Vec<String>,
    },
    /// `A utløser B`: every A is followed by a B. Broken by each A that is not, once the course is no longer open.
    Triggers {
        /// A
        first: Vec<String>,
        /// B
        then: Vec<String>,
    },
    /// `høyst N av G`. Broken by each event after the Nth.
    AtMost {
        /// N
        count: u32,
        /// G
        of: Vec<String>,
    },
    /// `nøyaktig N av G`. Broken by each event after the Nth, and by too few (without dates) once the course is no longer open.
    Exactly {
        /// N
        count: u32,
        /// G
        of: Vec<String>,
    },
    /// `ingenting etter A`. Broken by each event after the first A.
    NothingAfter {
        /// A
        after: Vec<String>,
    },
    /// `aldri A sammen med B`. Broken by all events of A and B, when there is one of each.
    NeverTogether {
        /// A
        first: Vec<String>,
        /// B
        second: Vec<String>,
    },
}
