//! Rows of a piece of a file, whichever its format: the wanted columns as text.

use chrono::NaiveDate;

use super::{
    Reason, csv,
    fast::FastRows,
    kept::{Kept, KeptRows},
    layout::Layout,
};

/// One file of events or facts in memory.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name: `.csv`, `.ndjson` and `.jsonl` tell the format, otherwise the first byte does.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// A column of an events or facts file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Who.
    Patient,
    /// When.
    Date,
    /// The whole code of an event.
    Code,
    /// Where it happened.
    Institution,
    /// The course id.
    Course,
    /// The name of a fact.
    Fact,
    /// The value of a fact.
    Value,
}

impl Column {
    /// Its name in Norwegian and in English.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Column::Patient => ("pasient", "patient"),
            Column::Date => ("dato", "date"),
            Column::Code => ("kode", "code"),
            Column::Institution => ("institusjon", "institution"),
            Column::Course => ("forlop", "course"),
            Column::Fact => ("opplysning", "fact"),
            Column::Value => ("verdi", "value"),
        }
    }

    /// Whether a file's own name of a column means this one. Letter case does not count, and «forløp» is the same as «forlop».
    pub(super) fn is_named(self, name: &str) -> bool {
        let name = name.trim().to_lowercase().replace('ø', "o");
        let (nb, en) = self.names();
        name == nb || name == en
    }

    /// Whether its texts are names in the tables, which are in NFC.
    pub(super) fn is_of_tables(self) -> bool {
        matches!(self, Column::Code | Column::Fact | Column::Value)
    }
}

/// A column, and whether every row must have text in it.
pub(super) type Wanted = (Column, bool);

/// A row: its line within its piece, from 1, and its wanted fields, trimmed. An optional field that is not there is empty.
pub(super) type Row<'a, const N: usize> = (usize, Result<[&'a str; N], Reason>);

/// The rows of a piece of a file.
pub(super) struct Rows<'a, const N: usize> {
    layout: &'a Layout<N>,
    read: Read<'a, N>,
}

enum Read<'a, const N: usize> {
    Fast(FastRows<'a, N>),
    Kept(KeptRows<'a, N>),
}

impl<'a, const N: usize> Rows<'a, N> {
    /// `kept` holds what cannot be borrowed from the piece itself.
    pub fn new(layout: &'a Layout<N>, piece: &'a [u8], kept: &'a mut Kept<N>) -> Self {
        let read = match FastRows::new(layout, piece) {
            Some(fast) => Read::Fast(fast),
            None => {
                kept.read(layout, piece);
                Read::Kept(kept.rows())
            }
        };
        Rows { layout, read }
    }
}

impl<'a, const N: usize> Iterator for Rows<'a, N> {
    type Item = Row<'a, N>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (line, fields) = match &mut self.read {
            Read::Fast(rows) => rows.next()?,
            Read::Kept(rows) => rows.next()?,
        };
        let fields = fields.and_then(|fields| {
            let mut wanted = self.layout.wanted.iter().zip(&fields);
            match wanted.find(|((_, required), field)| *required && field.is_empty()) {
                None => Ok(fields),
                Some(((column, _), _)) => Err(Reason::Missing(*column)),
            }
        });
        Some((line, fields))
    }
}

/// How many lines a piece that ends between rows has.
pub(super) fn lines<const N: usize>(layout: &Layout<N>, piece: &[u8]) -> usize {
    match layout.csv() {
        Some(_) => csv::breaks(piece),
        None => memchr::memchr_iter(b'\n', piece).count(),
    }
}

/// A date written exactly `YYYY-MM-DD`, in the years 1900–2200.
pub fn date(text: &str) -> Option<NaiveDate> {
    let digits = text.as_bytes();
    if !is_date_shaped(text) {
        return None;
    }
    let number = |from: usize, to: usize| {
        digits.get(from..to).into_iter().flatten().fold(0, |number, digit| number * 10 + u32::from(digit & 15))
    };
    let year = number(0, 4);
    if !(1900..=2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(5, 7), number(8, 10))
}

/// Whether a text has the shape `YYYY-MM-DD`.
pub(super) fn is_date_shaped(text: &str) -> bool {
    let is_right = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(is_right)
}
