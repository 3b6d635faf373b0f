//! What can be proven of rule tables before anyone is judged by them, and what is refuted, with a case that shows it.

pub(crate) mod conditions;
pub mod order;
mod place;
mod set;
mod time;

use place::Places;

use crate::{diagnostic::Finding, source::Files, tables::Tables};

/// Everything that is found in the tables, in no order. The files are those that they were compiled from.
pub fn prove(tables: &Tables, files: &Files) -> Vec<Finding> {
    let mut findings = Vec::new();
    let places = Places(files);
    conditions::find(tables, &places, &mut findings);
    order::find(tables, &places, &mut findings);
    time::find(tables, &places, &mut findings);
    set::find(tables, &places, &mut findings);
    findings
}
