//! CSV as the csv crate reads it: quotation marks and all.

use std::str;

use csv::{ByteRecord, Reader, ReaderBuilder};

#[cfg(feature = "parquet")]
use super::parquet;
use super::{Reason, layout::Csv, rows::Row};

/// The csv crate's reader of a piece that begins at a row.
pub(super) fn reader<'p, const N: usize>(layout: &Csv<N>, piece: &'p [u8]) -> Reader<&'p [u8]> {
    ReaderBuilder::new().delimiter(layout.separator).flexible(true).has_headers(false).from_reader(piece)
}

/// Calls `each` with all rows of a piece.
pub(super) fn read<const N: usize>(layout: &Csv<N>, piece: &[u8], each: &mut dyn FnMut(Row<'_, N>)) {
    let mut reader = reader(layout, piece);
    let mut record = ByteRecord::new();
    let mut lines = Lines { bytes: piece, offset: 0, line: 1 };
    // Reading from memory cannot fail, and rows of any length are taken.
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let start = record.position().map_or(0, |position| position.byte());
        let line = lines.number(start as usize);
        let fields = whole(&record, layout, || {
            let end = reader.position().byte() as usize;
            lines.last(end)
        });
        each((line, fields));
    }
}

/// The wanted fields of a row that is whole. `until` is its last line.
fn whole<'r, const N: usize>(
    record: &'r ByteRecord,
    layout: &Csv<N>,
    until: impl FnOnce() -> usize,
) -> Result<[&'r str; N], Reason> {
    let text = str::from_utf8(record.as_slice()).map_err(|_| Reason::Encoding)?;
    let field = |place: usize| record.range(place).and_then(|range| text.get(range));
    let fields = layout.places.map(|place| place.and_then(field).unwrap_or_default().trim());
    // Text that is not asked for may run over several lines, as quoted text does.
    let runs_on = record.len() != layout.width || fields.iter().any(|field| field.contains('\n'));
    if runs_on && text.contains('\n') {
        return Err(Reason::Quote { until: until() });
    }
    #[cfg(feature = "parquet")]
    if layout.separator == parquet::SEPARATOR && fields.iter().any(|field| field.contains(parquet::BREAK)) {
        return Err(Reason::Break);
    }
    if record.len() != layout.width {
        return Err(Reason::Fields { found: record.len(), expected: layout.width });
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
    /// The line of the row that the reader says begins at `offset`.
    fn number(&mut self, offset: usize) -> usize {
        let start = row_start(self.bytes, offset);
        self.line += breaks(self.bytes.get(self.offset..start).unwrap_or_default());
        self.offset = start;
        self.line
    }

    /// The last line of the row that ends before `end`.
    fn last(&self, end: usize) -> usize {
        self.line + breaks(self.bytes.get(self.offset..end).unwrap_or_default().trim_ascii_end())
    }
}

/// Where the row begins that the reader says begins at `offset`: it may point at the line break before.
pub(super) fn row_start(bytes: &[u8], offset: usize) -> usize {
    let rest = bytes.get(offset..).unwrap_or_default();
    offset + rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// How many line breaks there are: LF, CRLF or CR.
pub(super) fn breaks(bytes: &[u8]) -> usize {
    let alone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    memchr::memchr_iter(b'\n', bytes).count() + memchr::memchr_iter(b'\r', bytes).filter(alone).count()
}
