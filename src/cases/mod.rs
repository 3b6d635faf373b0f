//! Made-up courses (`eksempel`): written as text, with what the evaluator answers, as small as they can be, and one at
//! every boundary of a pathway.

mod boundaries;
mod expect;
mod formula;
mod smallest;
mod solve;
mod write;

pub use boundaries::{Boundary, Subject, boundaries};
pub use expect::{expected, telling};
pub use smallest::smallest;
pub(crate) use solve::world;
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
