//! The ways in which courses are written.

mod counts;
mod grid;
mod intervals;
mod machine;
mod table;
mod variants;

pub(super) use machine::{Csv, Json, Ndjson};
pub(super) use table::{AnswerTable, Layout};

use std::io;

use crate::runtime::Course;

/// Takes courses one at a time, in order.
pub(super) trait Answers {
    /// Writes one course.
    fn course(&mut self, course: &Course) -> io::Result<()>;

    /// Writes what comes after the last course.
    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}
