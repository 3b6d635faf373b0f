//! SQL: one query for the answers of each pathway and one for its indicators, over a table of events and one of facts.
//! A query is built as a tree and written in a dialect; each file here is one concern of it.

mod answers;
mod calendar;
mod conditions;
mod courses;
mod dialect;
mod doubts;
mod events;
mod facts;
mod formula;
mod heading;
mod indicators;
mod limits;
mod points;
mod tree;
mod variants;
mod write;

pub(super) use dialect::Dialect;

use std::collections::HashSet;

use super::{File, Refusal};
use crate::tables::Tables;

pub(super) fn emit(tables: &Tables, dialect: Dialect) -> Result<Vec<File>, Vec<Refusal>> {
    let mut files = Vec::new();
    let mut refusals = Vec::new();
    let mut names = HashSet::new();
    for pathway in &tables.pathways {
        let name = file_name(&pathway.id, &mut names);
        let courses = answers::query(pathway, heading::of_courses(pathway, tables, dialect));
        let indicators = indicators::query(pathway, heading::of_indicators(pathway, tables, dialect));
        match (courses, indicators) {
            (Ok(courses), Ok(indicators)) => {
                for (query, kind) in [(courses, "courses"), (indicators, "indicators")] {
                    files.push(File { path: format!("{name}.{kind}.sql"), text: write::write(&query, dialect) });
                }
            }
            // Both are refused for the same reasons.
            (Err(refused), _) | (_, Err(refused)) => refusals.extend(refused),
        }
    }
    if refusals.is_empty() { Ok(files) } else { Err(refusals) }
}

/// The id with nothing in it that a file name cannot have, and unlike the names before it in letters, not only in their case.
fn file_name(id: &str, taken: &mut HashSet<String>) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
    let name: String = id.chars().map(safe).collect();
    let mut free = name.clone();
    let mut number = 2;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{name}-{number}");
        number += 1;
    }
    free
}
