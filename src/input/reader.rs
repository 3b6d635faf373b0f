//! The usable rows of a piece, patient by patient.

use std::iter::Peekable;

use chrono::NaiveDate;

use super::{
    Patient, Problem, Problems, Reason, Visitor,
    kept::Kept,
    layout::Layout,
    rows::{Rows, lines},
    usable,
};
use crate::runtime::{Coded, Evaluator, FactEvent};

/// What is known of one file while it is read.
#[derive(Clone, Debug)]
pub(super) struct FileInfo<const N: usize> {
    pub name: String,
    pub layout: Layout<N>,
}

/// How rows are read.
pub(super) struct Rules<'e, 't> {
    pub evaluator: &'e Evaluator<'t>,
    pub as_of: NaiveDate,
    pub events: Option<FileInfo<5>>,
    pub facts: Option<FileInfo<4>>,
}

/// What became of a piece's rows of one file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub problems: Problems,
    pub rows: usize,
    pub lines: usize,
    pub foreign: usize,
    pub later: usize,
}

impl Rules<'_, '_> {
    /// The usable events of a piece.
    pub fn events<'a>(
        &'a self,
        piece: &'a [u8],
        kept: &'a mut Kept<5>,
        notes: &'a mut Notes,
    ) -> impl Iterator<Item = (&'a str, Coded<'a>)> {
        let row = |notes: &mut Notes, fields| {
            let row = usable::event(self.evaluator, fields)?;
            match &row {
                Some((_, coded)) => notes.later += usize::from(coded.date() > self.as_of),
                None => notes.foreign += 1,
            }
            Ok(row)
        };
        Usable::new(self.events.as_ref(), piece, kept, notes, row)
    }

    /// The usable facts of a piece.
    pub fn facts<'a>(
        &'a self,
        piece: &'a [u8],
        kept: &'a mut Kept<4>,
        notes: &'a mut Notes,
    ) -> impl Iterator<Item = (&'a str, FactEvent<'a>)> {
        let row = |notes: &mut Notes, fields| {
            let row = usable::fact(self.evaluator, fields)?;
            notes.later += usize::from(row.1.date > Some(self.as_of));
            Ok(Some(row))
        };
        Usable::new(self.facts.as_ref(), piece, kept, notes, row)
    }
}

/// Rows of which something can be made; the others are noted.
struct Usable<'a, F, const N: usize> {
    /// None if there is no such file.
    file: Option<(&'a FileInfo<N>, Rows<'a, N>)>,
    notes: &'a mut Notes,
    row: F,
}

impl<'a, F, const N: usize> Usable<'a, F, N> {
    fn new(
        file: Option<&'a FileInfo<N>>,
        piece: &'a [u8],
        kept: &'a mut Kept<N>,
        notes: &'a mut Notes,
        row: F,
    ) -> Self {
        notes.lines = file.map_or(0, |file| lines(&file.layout, piece));
        Usable { file: file.map(|file| (file, Rows::new(&file.layout, piece, kept))), notes, row }
    }
}

impl<'a, T, F, const N: usize> Iterator for Usable<'a, F, N>
where
    F: FnMut(&mut Notes, [&'a str; N]) -> Result<Option<T>, Reason>,
{
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let (file, rows) = self.file.as_mut()?;
        loop {
            let (line, fields) = rows.next()?;
            self.notes.rows += 1;
            match fields.and_then(|fields| (self.row)(self.notes, fields)) {
                Ok(Some(usable)) => return Some(usable),
                Ok(None) => {}
                Err(reason) => {
                    let problem = Problem { file: file.name.clone(), line, reason };
                    self.notes.problems.add(problem);
                }
            }
        }
    }
}

/// The first and the last patient of a piece.
pub(super) type Ends = Option<(String, String)>;

/// Shows a visitor the patients of rows that rise by patient. None if they do not.
pub(super) fn visit_rising<'a, V: Visitor + 'a>(
    visitor: &mut V,
    events: impl Iterator<Item = (&'a str, Coded<'a>)>,
    facts: impl Iterator<Item = (&'a str, FactEvent<'a>)>,
) -> Option<Ends> {
    let (mut events, mut facts) = (events.peekable(), facts.peekable());
    let (mut own_events, mut own_facts) = (Vec::new(), Vec::new());
    let mut ends: Option<(&str, &str)> = None;
    loop {
        let name = match (events.peek(), facts.peek()) {
            (None, None) => break,
            (Some((name, _)), None) | (None, Some((name, _))) => *name,
            (Some((a, _)), Some((b, _))) => *a.min(b),
        };
        match &mut ends {
            Some((_, last)) if *last >= name => return None,
            Some((_, last)) => *last = name,
            None => ends = Some((name, name)),
        }
        own(&mut events, name, &mut own_events);
        own(&mut facts, name, &mut own_facts);
        visitor.patient(Patient { name, events: &mut own_events, facts: &own_facts });
    }
    Some(ends.map(|(first, last)| (first.to_owned(), last.to_owned())))
}

/// The next rows, as long as they are one patient's.
fn own<'a, T>(rows: &mut Peekable<impl Iterator<Item = (&'a str, T)>>, name: &str, own: &mut Vec<T>) {
    own.clear();
    while let Some((_, row)) = rows.next_if(|(patient, _)| *patient == name) {
        own.push(row);
    }
}
