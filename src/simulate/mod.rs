//! Made-up cohorts: deterministic registers of any size, with the answers that they must give.
//!
//! Each patient is made from a stream of chance of its own, so that a larger cohort begins with the smaller one, and nothing
//! is kept between patients. What is expected follows from what was planted and from the rows of the tables; the runtime's
//! assembly, conditions and automata have no part in it.

mod cohort;
mod course;
mod defect;
mod expected;
mod facts;
mod knowledge;
mod order;
mod patient;
mod plant;
mod random;
mod rows;
mod shape;
mod summary;
mod walk;

pub use cohort::{Cohort, Settings};
pub use defect::{Defect, Shares, share};
pub use expected::{Expected, ExpectedFinding};
pub use rows::{Fate, RowProblem};
pub use summary::{LeftOut, Summary};
