//! CSV with a header line, separated by commas or semicolons.

use std::str;

use csv::{ByteRecord, ReaderBuilder};

use super::{
    Column, FileError, Reason,
    rows::{Each, Wanted},
};

/// Reads all rows. `bytes` have no byte order mark and hold more than white space.
pub(super) fn read<const N: usize>(bytes: &[u8], wanted: [Wanted; N], each: &mut Each<N>) -> Result<(), FileError> {
    let mut reader =
        ReaderBuilder::new().delimiter(separator(bytes)).flexible(true).has_headers(false).from_reader(bytes);
    let mut record = ByteRecord::new();
    let mut lines = Lines { bytes, offset: 0, line: 1 };
    let mut header = None;
    // Reading from memory cannot fail, and rows of any length are taken.
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let Some((width, places)) = header else {
            header = Some((record.len(), columns(&record, wanted)?));
            continue;
        };
        let start = record.position().map_or(0, |position| position.byte());
        let line = lines.number(start as usize);
        let fields = whole(&record, width, &places, || {
            let end = reader.position().byte() as usize;
            lines.last(end)
        });
        each(line, fields);
    }
    Ok(())
}

/// The separator that the header line has most of.
fn separator(bytes: &[u8]) -> u8 {
    let header = bytes.trim_ascii_start().split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |separator: u8| header.iter().filter(|byte| **byte == separator).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

/// Where the wanted columns stand.
fn columns<const N: usize>(record: &ByteRecord, wanted: [Wanted; N]) -> Result<[Option<usize>; N], FileError> {
    let names: Vec<&str> =
        record.iter().map(str::from_utf8).collect::<Result<_, _>>().map_err(|_| FileError::Encoding)?;
    let mut places = [None; N];
    for ((column, _), place) in wanted.iter().zip(&mut places) {
        let mut named = names.iter().enumerate().filter(|(_, name)| column.is_named(name)).map(|(at, _)| at);
        *place = named.next();
        if named.next().is_some() {
            return Err(FileError::Twice(*column));
        }
    }
    let required = wanted.iter().zip(places).filter(|((_, required), _)| *required);
    let missing: Vec<Column> =
        required.clone().filter(|(_, place)| place.is_none()).map(|((column, _), _)| *column).collect();
    if places.iter().all(Option::is_none) {
        return Err(FileError::NoHeader { required: missing });
    }
    if !missing.is_empty() {
        return Err(FileError::Columns { missing, found: names.iter().map(|name| name.trim().to_owned()).collect() });
    }
    Ok(places)
}

/// The wanted fields of a row that is whole. `until` is its last line.
fn whole<'r, const N: usize>(
    record: &'r ByteRecord,
    width: usize,
    places: &[Option<usize>; N],
    until: impl FnOnce() -> usize,
) -> Result<[&'r str; N], Reason> {
    let text = str::from_utf8(record.as_slice()).map_err(|_| Reason::Encoding)?;
    let field = |place: usize| record.range(place).and_then(|range| text.get(range));
    let fields = places.map(|place| place.and_then(field).unwrap_or_default().trim());
    // Text that is not asked for may run over several lines, as quoted text does.
    let runs_on = record.len() != width || fields.iter().any(|field| field.contains('\n'));
    if runs_on && text.contains('\n') {
        return Err(Reason::Quote { until: until() });
    }
    if record.len() != width {
        return Err(Reason::Fields { found: record.len(), expected: width });
    }
    Ok(fields)
}

/// Line numbers of rising offsets.
struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the row that the reader says begins at `offset`: it may point at the line break before.
    fn number(&mut self, offset: usize) -> usize {
        let rest = self.bytes.get(offset..).unwrap_or_default();
        let breaks = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let passed = self.bytes.get(self.offset..offset + breaks).unwrap_or_default();
        self.line += newlines(passed);
        self.offset = offset + breaks;
        self.line
    }

    /// The last line of the row that ends before `end`.
    fn last(&self, end: usize) -> usize {
        self.line + newlines(self.bytes.get(self.offset..end).unwrap_or_default().trim_ascii_end())
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}
