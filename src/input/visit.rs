//! Every patient of a register, on several threads.

use std::io;

use chrono::NaiveDate;

use super::{File, FileError, Problem, Register};
use crate::runtime::{Coded, Evaluator, FactEvent};

/// Takes patients; each thread has one of its own.
pub trait Visitor: Send {
    /// Takes one patient.
    fn patient(&mut self, patient: Patient<'_, '_>);

    /// What the patients since the last call have to say. It goes out in the order of patients, whichever thread is first.
    fn written(&mut self) -> Vec<u8> {
        Vec::new()
    }
}

/// One patient's usable rows.
pub struct Patient<'p, 'a> {
    /// The id.
    pub name: &'a str,
    /// In input order.
    pub events: &'p mut Vec<Coded<'a>>,
    /// In input order.
    pub facts: &'p [FactEvent<'a>],
}

/// How to read.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// Events and facts after this day are counted.
    pub as_of: NaiveDate,
    /// How many threads judge.
    pub threads: usize,
    /// How many bytes of rows are kept in memory before they go to disk.
    pub memory: usize,
}

/// What became of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows that could not be used, in the order of the files and their lines.
    pub problems: Vec<Problem>,
    /// Events whose code belongs to no loaded pathway.
    pub foreign: usize,
    /// Usable events after the as-of date.
    pub later_events: usize,
    /// Usable facts after it.
    pub later_facts: usize,
}

/// Why a register could not be read or its answers not be written.
#[derive(Debug)]
pub enum VisitError {
    /// A file cannot be used.
    File {
        /// Its name.
        name: String,
        /// Why.
        error: FileError,
    },
    /// A file could not be read.
    Read {
        /// Its name.
        name: String,
        /// Why.
        error: io::Error,
    },
    /// The answers could not be written.
    Write(io::Error),
}

/// Visits the patients of a register, sorted by their ids as UTF-8 text; gives the visitors, and what became of the rows.
///
/// # Errors
/// A file that cannot be used or read, and what `out` fails with.
pub fn visit<V: Visitor>(
    evaluator: &Evaluator,
    events: Option<File>,
    facts: Option<File>,
    reading: Reading,
    new: &(dyn Fn() -> V + Sync),
    out: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> Result<(Vec<V>, Summary), VisitError> {
    let mut register = Register::default();
    let cannot = |file: File, error| VisitError::File { name: file.name.to_owned(), error };
    if let Some(file) = events {
        register.add_events(evaluator, file).map_err(|error| cannot(file, error))?;
    }
    if let Some(file) = facts {
        register.add_facts(evaluator, file).map_err(|error| cannot(file, error))?;
    }
    let mut visitor = new();
    for (name, rows) in register.patients() {
        let mut events = rows.events().into_iter().filter_map(|event| evaluator.coded(event).ok()).collect();
        visitor.patient(Patient { name, events: &mut events, facts: &rows.facts() });
    }
    out(&visitor.written()).map_err(VisitError::Write)?;
    let (later_events, later_facts) = register.after(reading.as_of);
    let Register { problems, foreign, .. } = register;
    Ok((vec![visitor], Summary { problems, foreign, later_events, later_facts }))
}
