//! The usable rows of a piece, patient by patient.

use chrono::NaiveDate;

use super::{Patient, Problem, Problems, Reason, Visitor, kept::Kept, layout::Layout, rows::Rows, usable};
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
    /// Calls `each` with the usable events of a piece and their patients.
    #[inline(always)]
    pub fn events<'a>(
        &'a self,
        piece: &'a [u8],
        kept: &'a mut Kept<5>,
        notes: &mut Notes,
        mut each: impl FnMut(&'a str, Coded<'a>),
    ) {
        each_row(self.events.as_ref(), piece, kept, notes, |notes, rows| {
            match usable::event(self.evaluator, rows)? {
                Some((patient, coded)) => {
                    notes.later += usize::from(coded.date() > self.as_of);
                    each(patient, coded);
                }
                None => notes.foreign += 1,
            }
            Ok(())
        });
    }

    /// Calls `each` with the usable facts of a piece and their patients.
    pub fn facts<'a>(
        &'a self,
        piece: &'a [u8],
        kept: &'a mut Kept<4>,
        notes: &mut Notes,
        mut each: impl FnMut(&'a str, FactEvent<'a>),
    ) {
        each_row(self.facts.as_ref(), piece, kept, notes, |notes, rows| {
            let (patient, fact) = usable::fact(self.evaluator, rows)?;
            notes.later += usize::from(fact.date > Some(self.as_of));
            each(patient, fact);
            Ok(())
        });
    }
}

/// Calls `take` with each row of a piece, and notes those that cannot be used. There may be no such file.
#[inline(always)]
fn each_row<'a, const N: usize>(
    file: Option<&'a FileInfo<N>>,
    piece: &'a [u8],
    kept: &'a mut Kept<N>,
    notes: &mut Notes,
    mut take: impl FnMut(&mut Notes, &Rows<'a, N>) -> Result<(), Reason>,
) {
    let Some(FileInfo { name, layout }) = file else { return };
    let mut rows = Rows::new(layout, piece, kept);
    while rows.advance() {
        notes.rows += 1;
        if let Err(reason) = take(notes, &rows) {
            notes.problems.add(Problem { file: name.clone(), line: rows.line(), reason });
        }
    }
    notes.lines = rows.lines();
}

/// The first and the last patient of a piece.
pub(super) type Ends = Option<(String, String)>;

/// Shows a visitor the patients of rows that come by patient.
pub(super) struct Rising<'v, 'a, V> {
    visitor: &'v mut V,
    /// All facts, each with its patient's name, and how many of them belong to patients that have come.
    names: Vec<&'a str>,
    facts: Vec<FactEvent<'a>>,
    taken: usize,
    rises: bool,
    first: Option<&'a str>,
    /// The patient whose rows come, with the number of the first fact.
    name: Option<&'a str>,
    own_facts: usize,
    own_events: Vec<Coded<'a>>,
}

impl<'v, 'a, V: Visitor + 'a> Rising<'v, 'a, V> {
    /// With no rows yet.
    pub fn new(visitor: &'v mut V) -> Self {
        let (names, facts) = (Vec::new(), Vec::new());
        Rising {
            visitor,
            names,
            facts,
            taken: 0,
            rises: true,
            first: None,
            name: None,
            own_facts: 0,
            own_events: Vec::new(),
        }
    }

    /// Takes the next fact. All of them come before the first event.
    pub fn fact(&mut self, name: &'a str, fact: FactEvent<'a>) {
        self.rises &= self.names.last().is_none_or(|before| *before <= name);
        self.names.push(name);
        self.facts.push(fact);
    }

    /// Takes the next event.
    #[inline(always)]
    pub fn event(&mut self, name: &'a str, coded: Coded<'a>) {
        if self.name != Some(name) {
            self.turn_to(name);
        }
        self.own_events.push(coded);
    }

    /// Shows the patients that are left. None if patients have not risen: then not all were shown.
    pub fn finish(mut self) -> Option<Ends> {
        self.show();
        while let Some(name) = self.names.get(self.taken).copied() {
            self.begin(name);
            self.show();
        }
        self.rises.then(|| Some((self.first?.to_owned(), self.name?.to_owned())))
    }

    /// The next event is another patient's: those before have no more of them.
    fn turn_to(&mut self, name: &'a str) {
        self.show();
        while let Some(before) = self.names.get(self.taken).copied().filter(|before| *before < name) {
            self.begin(before);
            self.show();
        }
        self.begin(name);
    }

    fn begin(&mut self, name: &'a str) {
        self.rises &= self.name.is_none_or(|before| before < name);
        self.first.get_or_insert(name);
        self.name = Some(name);
        self.own_events.clear();
        self.own_facts = self.taken;
        let facts = self.names.get(self.taken..).unwrap_or_default();
        self.taken += facts.iter().take_while(|patient| **patient == name).count();
    }

    fn show(&mut self) {
        if let Some(name) = self.name.filter(|_| self.rises) {
            let facts = self.facts.get(self.own_facts..self.taken).unwrap_or_default();
            self.visitor.patient(Patient { name, events: &mut self.own_events, facts });
        }
    }
}
