//! Findings about a specification: what they are, their codes, and how they are shown.

#[cfg(feature = "cli")]
mod excerpt;
#[cfg(feature = "cli")]
pub mod human;
pub mod json;
mod registry;

pub use registry::Code;

use crate::{lang::Text, source::Place};
use serde::Serialize;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The specification cannot be used.
    Error,
    /// The specification is probably not what was meant.
    Warning,
    /// Something to know.
    Note,
}

/// One finding: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its code in the registry, which also gives the severity.
    pub code: Code,
    /// One sentence in the author's words, names in «».
    pub message: Text,
    /// The cure.
    pub help: Option<Text>,
    /// The text to underline.
    pub place: Place,
    /// A course that shows it, as an `eksempel` that can be run.
    pub example: Option<String>,
    /// Other places that explain it.
    pub related: Vec<Related>,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What is there.
    pub message: Text,
    /// Where.
    pub place: Place,
}

impl Finding {
    /// A finding without help.
    pub fn new(code: Code, place: Place, message: Text) -> Self {
        Finding { code, message, help: None, place, example: None, related: Vec::new() }
    }

    /// With the cure.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// With another place that explains it.
    #[must_use]
    pub fn related(mut self, place: Place, message: Text) -> Self {
        self.related.push(Related { message, place });
        self
    }

    /// How serious it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
