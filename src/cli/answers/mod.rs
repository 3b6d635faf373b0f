//! The ways in which answers are written.

mod assessment;
mod counts;
mod criteria;
mod fields;
mod grid;
mod intervals;
mod investigations;
mod machine;
mod missing;
#[cfg(feature = "parquet")]
mod parquet;
mod remaining;
mod routes;
mod rows;
mod table;
mod tally;
mod variants;

pub(super) use assessment::AssessmentTable;
pub(super) use grid::{Grid, coloured, dim, right};
pub(super) use intervals::Names;
pub(super) use machine::{Json, Ndjson};
#[cfg(feature = "parquet")]
pub(super) use parquet::Table;
pub(super) use rows::{CourseRows, IntervalRows, Rows};
pub(super) use table::{AnswerTable, Layout, printable};

use std::io;

/// Takes answers one at a time, in order.
pub(super) trait Answers<A> {
    /// Writes one answer.
    fn answer(&mut self, answer: &A) -> io::Result<()>;

    /// Writes what comes after the last answer.
    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// What has been written.
    fn out(&mut self) -> &mut Vec<u8>;
}
