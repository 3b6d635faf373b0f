//! How a file is laid out: its format, and where the wanted columns stand.

use std::str;

use ::csv::{ByteRecord, ReaderBuilder};

use super::{
    Column, FileError,
    csv::{breaks, row_start},
    rows::Wanted,
};

/// The most bytes in which a header line must end.
pub(super) const HEADER: usize = 1 << 20;

/// The layout of one file.
#[derive(Clone, Debug)]
pub(super) struct Layout<const N: usize> {
    pub wanted: [Wanted; N],
    csv: Option<Csv<N>>,
}

/// A file with a header line.
#[derive(Clone, Debug)]
pub(super) struct Csv<const N: usize> {
    pub separator: u8,
    /// How many fields the header line has.
    pub width: usize,
    /// The column of each wanted field.
    pub places: [Option<usize>; N],
}

/// A layout, and where the rows begin.
pub(super) struct Found<const N: usize> {
    pub layout: Layout<N>,
    /// The first byte that is no heading.
    pub rows: usize,
    /// The line of the first row.
    pub line: usize,
}

impl<const N: usize> Layout<N> {
    /// Finds the layout of a file by its name and beginning; nothing if more of it must be seen. `whole` is all of it.
    pub fn find(name: &str, beginning: &[u8], whole: bool, wanted: [Wanted; N]) -> Result<Option<Found<N>>, FileError> {
        if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
            return Err(FileError::Utf16);
        }
        let whole = whole || beginning.len() >= HEADER;
        let bytes = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
        let mark = beginning.len() - bytes.len();
        let Some(first) = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) else {
            return if whole { Err(FileError::Empty) } else { Ok(None) };
        };
        let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase());
        let is_json = match extension.as_str() {
            "csv" => false,
            "ndjson" | "jsonl" => true,
            _ => *first == b'{',
        };
        if is_json {
            return Ok(Some(Found { layout: Layout { wanted, csv: None }, rows: mark, line: 1 }));
        }
        let separator = separator(bytes);
        let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(bytes);
        let (mut header, mut next) = (ByteRecord::new(), ByteRecord::new());
        // Reading from memory cannot fail.
        _ = reader.read_byte_record(&mut header);
        let more = matches!(reader.read_byte_record(&mut next), Ok(true));
        if !more && !whole {
            return Ok(None);
        }
        let start = next.position().map_or(bytes.len(), |position| position.byte() as usize);
        let start = if more { row_start(bytes, start) } else { bytes.len() };
        let names: Vec<&str> =
            header.iter().map(str::from_utf8).collect::<Result<_, _>>().map_err(|_| FileError::Encoding)?;
        let layout =
            Layout { wanted, csv: Some(Csv { separator, width: names.len(), places: places(&names, wanted)? }) };
        let line = 1 + breaks(bytes.get(..start).unwrap_or_default());
        Ok(Some(Found { layout, rows: mark + start, line }))
    }

    /// The layout of text that has only the wanted ones of a file's columns, and where those stand in the file.
    #[cfg(feature = "parquet")]
    pub fn of_columns(
        names: &[&str],
        wanted: [Wanted; N],
        separator: u8,
    ) -> Result<(Self, [Option<usize>; N]), FileError> {
        let found = places(names, wanted).map_err(|error| match error {
            // Names of columns are never a patient's.
            FileError::NoHeader { required: missing } => FileError::Columns { missing, found: shown(names) },
            error => error,
        })?;
        let mut width = 0;
        let places = found.map(|place| {
            width += usize::from(place.is_some());
            place.map(|_| width - 1)
        });
        Ok((Layout { wanted, csv: Some(Csv { separator, width, places }) }, found))
    }

    /// The same file when only the patients are wanted.
    pub fn patients(&self) -> Layout<1> {
        let csv = self.csv.as_ref().map(|Csv { separator, width, places }| Csv {
            separator: *separator,
            width: *width,
            places: [places.first().copied().flatten()],
        });
        Layout { wanted: [(Column::Patient, false)], csv }
    }

    /// What only CSV has; none is NDJSON.
    pub fn csv(&self) -> Option<&Csv<N>> {
        self.csv.as_ref()
    }
}

/// The separator that the header line has most of.
fn separator(bytes: &[u8]) -> u8 {
    let header = bytes.trim_ascii_start().split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |separator: u8| header.iter().filter(|byte| **byte == separator).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

/// Where the wanted columns stand.
fn places<const N: usize>(names: &[&str], wanted: [Wanted; N]) -> Result<[Option<usize>; N], FileError> {
    if names.iter().any(|name| name.contains('\0')) {
        return Err(FileError::Utf16);
    }
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
        return Err(FileError::Columns { missing, found: shown(names) });
    }
    Ok(places)
}

fn shown(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.trim().to_owned()).collect()
}
