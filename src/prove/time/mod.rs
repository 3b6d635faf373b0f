//! Arithmetic of time: limits that contradict each other, that no course can use, or that prose says otherwise of.

mod amounts;
mod lengths;
mod order;
mod prose;
mod rows;
mod totals;
mod unused;
mod windows;

use rows::situations;

use super::place::Places;
use crate::{diagnostic::Finding, tables::Tables};

/// Adds what is found in the limits of all pathways.
pub(super) fn find(tables: &Tables, places: &Places, findings: &mut Vec<Finding>) {
    for pathway in &tables.pathways {
        let situations = situations(pathway);
        let mut found = totals::find(pathway, &situations, places);
        found.extend(windows::find(&situations, places));
        found.extend(unused::find(pathway, places));
        found.extend(prose::find(pathway, places));
        for finding in found {
            // Pathways of one template share its words.
            if !findings.iter().any(|known| (known.code, known.place) == (finding.code, finding.place)) {
                findings.push(finding);
            }
        }
    }
}
