//! Rows of a file, whichever its format: the wanted columns as text.

use chrono::{Datelike, NaiveDate};

use super::{FileError, Reason, csv, ndjson};

/// One file of events or facts.
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
}

/// A column, and whether every row must have text in it.
pub(super) type Wanted = (Column, bool);

/// What is done with each row: its line, and its wanted fields, trimmed.
pub(super) type Each<'f, const N: usize> = dyn FnMut(usize, Result<[&str; N], Reason>) + 'f;

/// Reads all rows of a file. An optional field that is not there is empty text.
pub(super) fn read<const N: usize>(file: File, wanted: [Wanted; N], each: &mut Each<N>) -> Result<(), FileError> {
    let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file.bytes);
    let Some(first) = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) else {
        return Err(FileError::Empty);
    };
    let mut full = |line, fields: Result<[&str; N], Reason>| {
        let fields = fields.and_then(|fields| {
            let empty = wanted.iter().zip(&fields).find(|((_, required), field)| *required && field.is_empty());
            empty.map_or(Ok(fields), |((column, _), _)| Err(Reason::Missing(*column)))
        });
        each(line, fields);
    };
    let extension = file.name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase());
    match extension.as_str() {
        "csv" => csv::read(bytes, wanted, &mut full),
        "ndjson" | "jsonl" => ndjson::read(bytes, wanted, &mut full),
        _ if *first == b'{' => ndjson::read(bytes, wanted, &mut full),
        _ => csv::read(bytes, wanted, &mut full),
    }
}

/// A date written exactly `YYYY-MM-DD`, in the years 1900–2200.
pub fn date(text: &str) -> Option<NaiveDate> {
    // chrono alone also takes `2024-1-2`, ` 2024 - 01 - 02` and `+2024-01-02`.
    let date: NaiveDate = is_date_shaped(text).then(|| text.parse().ok())??;
    (1900..=2200).contains(&date.year()).then_some(date)
}

/// Whether a text has the shape `YYYY-MM-DD`.
pub(super) fn is_date_shaped(text: &str) -> bool {
    let is_right = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(is_right)
}
