//! Patients' events and facts from CSV and NDJSON (design, section 3).
//!
//! Works on bytes that someone else has read. A row that cannot be used never stops the others: it becomes a [`Problem`] with
//! its line. Messages about rows hold codes, dates, facts and values, but never who the patient is.

mod csv;
mod ndjson;
mod problem;
mod register;
mod rows;
mod visit;

pub use problem::{FileError, Problem, Reason};
pub use register::{PatientRows, Register};
pub use rows::{Column, File, date};
pub use visit::{Patient, Reading, Summary, VisitError, Visitor, visit};
