//! Rows whose text must be kept apart from the piece that they were read from.

use std::{ops::Range, slice};

use unicode_normalization::UnicodeNormalization;

use super::{Reason, csv, layout::Layout, ndjson, rows::Row};

/// A row's line, and where its fields are in the text.
type KeptRow<const N: usize> = (usize, Result<[Range<usize>; N], Reason>);

/// Rows and their text.
#[derive(Debug)]
pub(super) struct Kept<const N: usize> {
    text: String,
    rows: Vec<KeptRow<N>>,
    /// How many lines there are.
    lines: usize,
}

impl<const N: usize> Kept<N> {
    /// No rows.
    pub fn new() -> Self {
        Kept { text: String::new(), rows: Vec::new(), lines: 0 }
    }

    /// Reads the rows of a piece as the libraries understand them. Names are put in NFC.
    pub fn read(&mut self, layout: &Layout<N>, piece: &[u8]) {
        let Kept { text, rows, lines } = self;
        let mut keep = |(line, fields): Row<'_, N>| {
            let mut columns = layout.wanted.iter();
            let keep = |field: &str| {
                let start = text.len();
                match columns.next() {
                    Some((column, _)) if column.is_of_tables() && !field.is_ascii() => text.extend(field.nfc()),
                    _ => text.push_str(field),
                }
                start..text.len()
            };
            rows.push((line, fields.map(|fields| fields.map(keep))));
        };
        *lines = match layout.csv() {
            Some(layout) => {
                csv::read(layout, piece, &mut keep);
                csv::breaks(piece)
            }
            None => {
                ndjson::read(layout.wanted, piece, &mut keep);
                memchr::memchr_iter(b'\n', piece).count()
            }
        }
    }

    /// The rows that were read.
    pub fn rows(&self) -> KeptRows<'_, N> {
        KeptRows { kept: self, rows: self.rows.iter(), row: None }
    }
}

/// Rows that were kept, one after the other.
pub(super) struct KeptRows<'a, const N: usize> {
    kept: &'a Kept<N>,
    rows: slice::Iter<'a, KeptRow<N>>,
    row: Option<&'a KeptRow<N>>,
}

impl<'a, const N: usize> KeptRows<'a, N> {
    /// Goes to the next row; false if there is none.
    pub fn advance(&mut self) -> bool {
        self.row = self.rows.next();
        self.row.is_some()
    }

    /// The line of the row, from 1.
    pub fn line(&self) -> usize {
        self.row.map_or(0, |(line, _)| *line)
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.kept.lines
    }

    /// Why the row cannot be read.
    pub fn fault(&self) -> Option<Reason> {
        self.row?.1.as_ref().err().cloned()
    }

    /// The wanted field of this number, if the row has no fault.
    pub fn field(&self, number: usize) -> &'a str {
        let range = self.row.and_then(|(_, fields)| fields.as_ref().ok()?.get(number));
        range.and_then(|range| self.kept.text.get(range.clone())).unwrap_or_default()
    }
}
