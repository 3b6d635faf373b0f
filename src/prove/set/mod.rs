//! The set as a whole: what pathways say of one another, and what they should have in common.

mod codes;
mod divergence;
mod entry;
mod referrals;

use super::place::Places;
use crate::{diagnostic::Finding, tables::Tables};

/// Adds what is found in the pathways together.
pub(super) fn find(tables: &Tables, places: &Places, findings: &mut Vec<Finding>) {
    findings.extend(codes::find(tables, places));
    findings.extend(referrals::find(tables, places));
    findings.extend(entry::find(tables, places));
    for finding in divergence::find(tables, places) {
        // A row that has its finding already is not remarked on again.
        if !findings.iter().any(|known| known.place == finding.place) {
            findings.push(finding);
        }
    }
}
