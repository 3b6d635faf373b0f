//! Made-up courses (`eksempel`): written as text, with what the evaluator answers, as small as they can be, and one at
//! every boundary of a pathway.

mod boundaries;
mod coverage;
mod expect;
mod formula;
mod mutants;
mod notice;
mod random;
mod smallest;
mod solve;
mod why;
mod write;

pub use boundaries::{Boundary, Subject, boundaries};
pub use coverage::{Covered, Kind, coverage};
pub use expect::{answers_to, expected, telling};
pub use notice::{Changed, Noticed, Unnoticed, notice};
pub use smallest::smallest;
pub use why::why;
pub use write::{expectation_text, text};

use crate::tables::{FORMAT, FORMAT_VERSION, Pathway, Tables};

/// Tables that hold one pathway, to judge its examples by: they have codes of no other.
pub fn alone(pathway: Pathway) -> Tables {
    Tables {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        compiler: String::new(),
        fingerprint: String::new(),
        pathways: vec![pathway],
    }
}
