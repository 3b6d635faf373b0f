//! What makes tables unfit to judge by.

use std::{collections::HashSet, error::Error, fmt};

use crate::{lang::Text, text};

/// Tables that contradict themselves. The compiler writes no such tables; hand-made or damaged ones can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError(pub(super) Text);

impl TableError {
    /// The sentence in both languages. `Display` gives the English one.
    pub fn text(&self) -> &Text {
        &self.0
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl Error for TableError {}

/// Refuses a name that the tables do not hold. `place` says what names it.
pub(super) fn unknown(place: &str, name: &str) -> TableError {
    TableError(text!(
        "«{place}» viser til «{name}», som ikke finnes i tabellene",
        "«{place}» refers to «{name}», which does not exist in the tables"
    ))
}

/// Refuses names that occur twice in one list.
pub(super) fn unique<'t>(place: &str, names: impl IntoIterator<Item = &'t String>) -> Result<(), TableError> {
    let mut seen = HashSet::new();
    match names.into_iter().find(|name| !seen.insert(name.as_str())) {
        None => Ok(()),
        Some(name) => Err(TableError(text!("«{name}» står to ganger i «{place}»", "«{place}» has «{name}» twice"))),
    }
}
