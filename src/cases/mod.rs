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
pub(crate) use solve::world;
pub use why::why;
pub use write::{event_text, expectation_text, fact_text, text};

use crate::tables::{FORMAT, FORMAT_VERSION, Limit, Pathway, Tables};

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

/// The interval, treatment and variant that a row limits: `OF3 kirurgi karsinom`.
fn limit_key(row: &Limit) -> String {
    let parts = [Some(&row.interval), row.treatment.as_ref(), row.variant.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// The same with its period, which no other row of the pathway has.
fn limit_name(row: &Limit) -> String {
    let from = row.valid_from.map_or(String::new(), |day| format!(" fra {day}"));
    let to = row.valid_to.map_or(String::new(), |day| format!(" til {day}"));
    format!("{}{from}{to}", limit_key(row))
}
