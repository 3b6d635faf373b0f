//! The rows that were left out: all are counted, few are kept.

use std::mem::discriminant;

use super::{Problem, Reason};

/// How many rows of each kind are kept.
const KEPT: usize = 20;

/// Rows that could not be used, in the order of the files and of their first lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    kinds: Vec<Kind>,
}

/// Rows of one file that cannot be used for the same kind of reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// How many.
    pub count: usize,
    /// The first of them, in the order of their lines.
    pub first: Vec<Problem>,
}

impl Problems {
    /// Whether all rows can be used.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// How many rows cannot be used.
    pub fn count(&self) -> usize {
        self.kinds.iter().map(|kind| kind.count).sum()
    }

    /// By file and kind.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Adds a row that comes after those that are there.
    pub(super) fn add(&mut self, problem: Problem) {
        self.join(Kind { count: 1, first: vec![problem] });
    }

    /// Adds those of rows that come after.
    pub(super) fn append(&mut self, later: Problems) {
        later.kinds.into_iter().for_each(|kind| self.join(kind));
    }

    /// The same when so many lines come before.
    pub(super) fn after(mut self, lines: usize) -> Self {
        for problem in self.kinds.iter_mut().flat_map(|kind| &mut kind.first) {
            problem.line += lines;
            if let Reason::Quote { until } = &mut problem.reason {
                *until += lines;
            }
        }
        self
    }

    fn join(&mut self, later: Kind) {
        match self.kinds.iter_mut().find(|kind| kind.is_like(&later)) {
            Some(kind) => {
                kind.count += later.count;
                let room = KEPT.saturating_sub(kind.first.len());
                kind.first.extend(later.first.into_iter().take(room));
            }
            None => self.kinds.push(later),
        }
    }
}

impl Kind {
    fn is_like(&self, other: &Kind) -> bool {
        self.first.first().zip(other.first.first()).is_some_and(|(own, other)| {
            discriminant(&own.reason) == discriminant(&other.reason) && own.file == other.file
        })
    }
}
