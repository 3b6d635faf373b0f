//! Changes that have been accepted: one TOML table for each, named by the change's id.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

use super::super::{Context, Failure};
use crate::{diff::Change, text};

/// Why a change is accepted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Acceptance {
    /// Why.
    pub reason: String,
    /// The day it was accepted.
    pub date: toml::value::Datetime,
    /// What it was accepted to be changed to: the same change to something else is not accepted.
    pub to: Option<String>,
}

/// The accepted changes by id.
#[derive(Debug, Default)]
pub(super) struct Accepted(BTreeMap<String, Acceptance>);

impl Accepted {
    /// Reads a file; none after a complaint.
    pub fn read(path: &Path, context: &mut Context) -> Result<Option<Self>, Failure> {
        let file = context.folder.join(path);
        let written = fs::read_to_string(&file).map_err(|error| Failure::file(&file, error))?;
        match toml::from_str(&written) {
            Ok(accepted) => Ok(Some(Accepted(accepted))),
            Err(error) => {
                let (path, error) = (path.display(), error.to_string().trim().to_owned());
                context.complain(&text!(
                    "«{path}» er ikke en liste over godtatte endringer: {error}",
                    "«{path}» is no list of accepted changes: {error}"
                ))?;
                Ok(None)
            }
        }
    }

    /// Why the change is accepted, if it is.
    pub fn of(&self, change: &Change) -> Option<&Acceptance> {
        self.0.get(&change.id).filter(|accepted| accepted.to.is_none() || accepted.to == change.to)
    }

    /// The ids that accept nothing.
    pub fn stale(&self, changes: &[Change]) -> Vec<&str> {
        let used = |id: &String| changes.iter().any(|change| change.id == *id && self.of(change).is_some());
        self.0.keys().filter(|id| !used(id)).map(String::as_str).collect()
    }
}
