//! Patients' events and facts from CSV, NDJSON and Parquet (design, section 3).
//!
//! Works on bytes that someone else has read. A row that cannot be used never stops the others: it becomes a [`Problem`] with
//! its line. Messages about rows hold codes, dates, facts and values, but never who the patient is.

mod csv;
mod fast;
mod in_order;
mod kept;
mod layout;
mod ndjson;
mod packed;
#[cfg(feature = "parquet")]
mod parquet;
mod pieces;
mod problem;
mod problems;
mod reader;
mod register;
mod rows;
mod sorted;
mod source;
mod store;
mod stream;
mod unsorted;
mod usable;
mod visit;

#[cfg(test)]
mod tests;

#[cfg(feature = "parquet")]
pub(crate) use parquet::hush as hush_caught_panics;
pub use problem::{FileError, Problem, Reason};
pub use problems::{Kind, Problems};
pub use register::{PatientRows, Register};
pub use rows::{Column, File, date};
pub use source::{Origin, Source};
pub use visit::{Patient, Progress, Reading, Summary, VisitError, Visitor, Written, visit};

use reader::Notes;
