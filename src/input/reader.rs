//! The usable rows of a piece, patient by patient.

use std::iter::Peekable;

use chrono::NaiveDate;

use super::{
    Patient, Problem, Problems, Reason, Visitor,
    kept::Kept,
    layout::Layout,
    rows::{lines, rows},
    usable,
};
use crate::runtime::{Coded, Evaluator, Event, FactEvent};

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
    ) -> impl Iterator<Item = (&'a str, Event<'a>, Coded<'a>)> {
        let file = self.events.as_ref();
        usable(file, piece, kept, notes, |notes, fields| {
            let Some(row) = usable::event(self.evaluator, fields)? else {
                notes.foreign += 1;
                return Ok(None);
            };
            notes.later += usize::from(row.1.date > self.as_of);
            Ok(Some(row))
        })
    }

    /// The usable facts of a piece.
    pub fn facts<'a>(
        &'a self,
        piece: &'a [u8],
        kept: &'a mut Kept<4>,
        notes: &'a mut Notes,
    ) -> impl Iterator<Item = (&'a str, FactEvent<'a>)> {
        let file = self.facts.as_ref();
        usable(file, piece, kept, notes, |notes, fields| {
            let row = usable::fact(self.evaluator, fields)?;
            notes.later += usize::from(row.1.date > Some(self.as_of));
            Ok(Some(row))
        })
    }
}

fn usable<'a, T, const N: usize>(
    file: Option<&'a FileInfo<N>>,
    piece: &'a [u8],
    kept: &'a mut Kept<N>,
    notes: &'a mut Notes,
    mut row: impl FnMut(&mut Notes, [&'a str; N]) -> Result<Option<T>, Reason> + 'a,
) -> impl Iterator<Item = T> {
    notes.lines = file.map_or(0, |file| lines(&file.layout, piece));
    let file = file.map(|file| (file, rows(&file.layout, piece, kept)));
    file.into_iter().flat_map(|(file, rows)| rows.map(move |row| (file, row))).filter_map(
        move |(file, (line, fields))| {
            notes.rows += 1;
            match fields.and_then(|fields| row(notes, fields)) {
                Ok(usable) => usable,
                Err(reason) => {
                    notes.problems.add(Problem { file: file.name.clone(), line, reason });
                    None
                }
            }
        },
    )
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
