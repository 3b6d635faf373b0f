//! Rows whose text must be kept apart from the piece that they were read from.

use std::{ops::Range, slice};

use unicode_normalization::UnicodeNormalization;

use super::{Reason, csv, layout::Layout, ndjson, rows::Row};

/// Rows and their text.
#[derive(Debug)]
pub(super) struct Kept<const N: usize> {
    text: String,
    rows: Vec<(usize, Result<[Range<usize>; N], Reason>)>,
}

impl<const N: usize> Kept<N> {
    /// No rows.
    pub fn new() -> Self {
        Kept { text: String::new(), rows: Vec::new() }
    }

    /// Reads the rows of a piece as the libraries understand them. Names are put in NFC.
    pub fn read(&mut self, layout: &Layout<N>, piece: &[u8]) {
        let Kept { text, rows } = self;
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
        match layout.csv() {
            Some(layout) => csv::read(layout, piece, &mut keep),
            None => ndjson::read(layout.wanted, piece, &mut keep),
        }
    }

    /// The rows that were read.
    pub fn rows(&self) -> KeptRows<'_, N> {
        KeptRows { text: &self.text, rows: self.rows.iter() }
    }
}

/// Rows that were kept.
pub(super) struct KeptRows<'a, const N: usize> {
    text: &'a str,
    rows: slice::Iter<'a, (usize, Result<[Range<usize>; N], Reason>)>,
}

impl<'a, const N: usize> Iterator for KeptRows<'a, N> {
    type Item = Row<'a, N>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, fields) = self.rows.next()?;
        let field = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
        Some((*line, fields.as_ref().map(|fields| fields.each_ref().map(field)).map_err(Reason::clone)))
    }
}
