//! What a phase holds besides codes: prose, criteria, lists, responsibilities, referrals, links (rules 5, 8 and 10).

use serde::{Deserialize, Serialize};

use super::{Condition, Origin, Unit};

/// One piece of a phase or of a whole pathway, in the order written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "content", rename_all = "snake_case")]
pub enum Content {
    /// Prose (`tekst`), carried to documents and never evaluated.
    Text {
        /// Heading.
        title: Option<String>,
        /// Markdown.
        markdown: String,
        /// Where it is written.
        origin: Origin,
    },
    /// Criteria (`kriterier`).
    Criteria(Criteria),
    /// A list, a checklist or investigations (`liste`, `sjekkliste`, `undersøkelser`).
    List(List),
    /// Who answers for what (`ansvarlig`).
    Responsibility {
        /// Who.
        who: String,
        /// For what.
        what: String,
        /// Where it is written.
        origin: Origin,
    },
    /// A way on to another pathway (`henvis`).
    Referral(Referral),
    /// A decision table of ways on (`veivalg`).
    Routes(Routes),
    /// A link (`lenke`).
    Link {
        /// What a person reads.
        label: String,
        /// Where it leads.
        url: String,
        /// Where it is written.
        origin: Origin,
    },
    /// What the source leaves open (`uavklart`).
    Open {
        /// What is open.
        text: String,
        /// Where it is written.
        origin: Origin,
    },
    /// What could not be sourced (`mangler`).
    Missing {
        /// What is missing.
        text: String,
        /// Where it is written.
        origin: Origin,
    },
}

/// Named criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Criteria {
    /// Name.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// Whom they apply to; null is everyone.
    pub when: Option<Condition>,
    /// What must be met.
    #[serde(flatten)]
    pub quantified: Quantified,
    /// Where they are written.
    pub origin: Origin,
}

/// How many of which items must be met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quantified {
    /// How many.
    pub need: Need,
    /// Of which.
    pub items: Vec<CriteriaItem>,
}

/// How many items must be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// `alle av`
    All,
    /// `ingen av`
    None,
    /// `minst N av`
    AtLeast(u32),
}

/// One item of criteria: a condition or nested items. What only a clinician can judge is an implicit fact of its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CriteriaItem {
    /// Name.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// The condition that meets it.
    pub condition: Option<Condition>,
    /// The nested items that meet it.
    pub nested: Option<Quantified>,
    /// True for `ikke alene`: counts only beside an item that is met and lacks the mark.
    pub not_alone: bool,
    /// True for `utelukker ikke`: when it is not met, that says nothing.
    pub does_not_exclude: bool,
    /// Who may judge it (`vurderes av`); null is anyone.
    pub judged_by: Option<String>,
    /// Where it is written.
    pub origin: Origin,
}

/// A list of things to know, to hold or to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct List {
    /// What the list is for.
    pub list: ListKind,
    /// Name.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// Whom it applies to; null is everyone.
    pub when: Option<Condition>,
    /// The items in order.
    pub items: Vec<Item>,
    /// Where it is written.
    pub origin: Origin,
}

/// What a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// `liste`: to know.
    List,
    /// `sjekkliste`: to tick off.
    Checklist,
    /// `undersøkelser`: to carry out.
    Investigations,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Item {
    /// How binding it is, where the source says so.
    pub strength: Option<Strength>,
    /// Name.
    pub name: Option<String>,
    /// What a person reads.
    pub text: String,
    /// When it applies; null is always.
    pub when: Option<Condition>,
    /// The items that are done after it (`før`).
    pub before: Vec<String>,
    /// How old it may be (`ikke eldre enn`); null is any age.
    pub max_age: Option<MaxAge>,
    /// Who does it (`utføres av`).
    pub by: Option<String>,
    /// How many of `items` are enough, for alternatives; null is that `items` are what it consists of.
    pub need: Option<Need>,
    /// What it consists of, or its alternatives.
    pub items: Vec<Item>,
    /// Where it is written.
    pub origin: Origin,
}

/// The greatest age of an investigation on the day it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MaxAge {
    /// Amount, in `unit`.
    pub amount: u32,
    /// Its unit.
    pub unit: Unit,
}

/// How binding an item is; never hardened, never dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// `påkrevd`: shall.
    Skal,
    /// `anbefalt`: should.
    Bør,
    /// `aktuell`: may, the source's «eventuelt».
    Kan,
    /// `unngå`: shall not.
    #[serde(rename = "skal ikke")]
    Unngå,
}

/// A way on to another pathway, or the word that there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Referral {
    /// False for `henvis ikke til`.
    pub refer: bool,
    /// `henvis til` is skal, `henvis eventuelt til` is kan.
    pub strength: Strength,
    /// Where to.
    pub target: Target,
    /// Whom it applies to; null is everyone.
    pub when: Option<Condition>,
    /// Why, in words.
    pub note: Option<String>,
    /// Where it is written.
    pub origin: Origin,
}

/// Where a referral leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Target {
    /// A pathway by its id.
    Pathway {
        /// The id.
        id: String,
    },
    /// A pathway by its name, because its id is not known or not in the set.
    Named {
        /// The name.
        title: String,
    },
    /// `nytt forløp`: a new course of whichever pathway fits.
    NewCourse,
}

/// A decision table (`veivalg`): the first row whose condition is true holds; an unknown one before it stops the search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Routes {
    /// Name.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// Whom it applies to; null is everyone.
    pub when: Option<Condition>,
    /// The rows in order.
    pub rows: Vec<Route>,
    /// Where it is written.
    pub origin: Origin,
}

/// One row of a decision table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Route {
    /// When it holds; null is `ellers`.
    pub when: Option<Condition>,
    /// What then.
    pub outcome: Outcome,
    /// Why, in words.
    pub note: Option<String>,
    /// Where it is written.
    pub origin: Origin,
}

/// What a row of a decision table leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// `henvis til`, `henvis eventuelt til`: to another pathway.
    Refer {
        /// Where to.
        target: Target,
        /// `henvis til` is skal, `henvis eventuelt til` is kan.
        strength: Strength,
    },
    /// `inngår`: stays in this pathway.
    Included,
    /// `utenfor`: does not belong in the pathway, or leaves it.
    Outside {
        /// Why.
        text: String,
    },
    /// `straks`: something is done at once, beside or before the pathway.
    AtOnce {
        /// What.
        text: String,
    },
    /// `videre`: a step is passed by.
    Onward {
        /// To what.
        text: String,
    },
}
