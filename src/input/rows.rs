//! Rows of a piece of a file, whichever its format: the wanted columns as text.

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::{
    Reason,
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

/// The rows of a piece of a file, one after the other.
pub(super) enum Rows<'a, const N: usize> {
    Fast(FastRows<'a, N>),
    Kept(KeptRows<'a, N>),
}

impl<'a, const N: usize> Rows<'a, N> {
    /// `kept` holds what cannot be borrowed from the piece itself.
    pub fn new(layout: &'a Layout<N>, piece: &'a [u8], kept: &'a mut Kept<N>) -> Self {
        match FastRows::new(layout, piece) {
            Some(fast) => Rows::Fast(fast),
            None => {
                kept.read(layout, piece);
                Rows::Kept(kept.rows())
            }
        }
    }

    /// Goes to the next row; false if there is none.
    #[inline(always)]
    pub fn advance(&mut self) -> bool {
        match self {
            Rows::Fast(rows) => rows.advance(),
            Rows::Kept(rows) => rows.advance(),
        }
    }

    /// The line of the row within its piece, from 1.
    #[inline(always)]
    pub fn line(&self) -> usize {
        match self {
            Rows::Fast(rows) => rows.line(),
            Rows::Kept(rows) => rows.line(),
        }
    }

    /// Why the row cannot be read.
    #[inline(always)]
    pub fn fault(&self) -> Option<Reason> {
        match self {
            Rows::Fast(rows) => rows.fault(),
            Rows::Kept(rows) => rows.fault(),
        }
    }

    /// The wanted field of this number, trimmed. Empty if it is not there.
    #[inline(always)]
    pub fn field(&self, number: usize) -> &'a str {
        match self {
            Rows::Fast(rows) => rows.field(number),
            Rows::Kept(rows) => rows.field(number),
        }
    }

    /// The bytes of the wanted field of this number.
    #[inline(always)]
    pub fn bytes(&self, number: usize) -> &'a [u8] {
        match self {
            Rows::Fast(rows) => rows.bytes(number),
            Rows::Kept(rows) => rows.field(number).as_bytes(),
        }
    }

    /// Whether the row can be read.
    #[inline(always)]
    pub fn is_whole(&self) -> bool {
        match self {
            Rows::Fast(rows) => rows.is_whole(),
            Rows::Kept(rows) => rows.fault().is_none(),
        }
    }

    /// How many lines the piece has, if it ends between rows and all of them have been gone through.
    pub fn lines(&self) -> usize {
        match self {
            Rows::Fast(rows) => rows.line(),
            Rows::Kept(rows) => rows.lines(),
        }
    }

    /// All wanted fields.
    ///
    /// # Errors
    /// Why the row cannot be read.
    #[inline(always)]
    pub fn fields(&self) -> Result<[&'a str; N], Reason> {
        if let Some(reason) = self.fault() {
            return Err(reason);
        }
        let mut fields = [""; N];
        // Not by `from_fn`, which is not taken apart here.
        fields.iter_mut().enumerate().for_each(|(number, field)| *field = self.field(number));
        Ok(fields)
    }
}

/// A date written exactly `YYYY-MM-DD`, in the years 1900–2200.
#[inline]
pub fn date(text: impl AsRef<[u8]>) -> Option<NaiveDate> {
    let [a, b, c, d, _, e, f, _, g, h] = digits(text.as_ref())?;
    let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + usize::from(*digit));
    let year = number(&[a, b, c, d]);
    let days = DAYS.get(year.checked_sub(1900)?)?.get_or_init(|| days_of(year));
    *days.get(number(&[e, f, g, h]))?
}

/// By year from 1900 on, once it has been asked for: the dates by month and day, 100 places a month.
static DAYS: [OnceLock<Vec<Option<NaiveDate>>>; 301] = [const { OnceLock::new() }; 301];

fn days_of(year: usize) -> Vec<Option<NaiveDate>> {
    let date = |place| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, place / 100, place % 100);
    (0_u32..1300).map(date).collect()
}

/// Whether a text has the shape `YYYY-MM-DD`.
pub(super) fn is_date_shaped(text: &str) -> bool {
    digits(text.as_bytes()).is_some()
}

/// The digits of a date, with 0 for its hyphens. All are looked at together, as one number.
#[inline(always)]
fn digits(text: &[u8]) -> Option<[u8; 10]> {
    let text: &[u8; 10] = text.try_into().ok()?;
    let mut digits = [0; 16];
    digits[..10].copy_from_slice(text);
    let digits = u128::from_le_bytes(digits) ^ u128::from_le_bytes(*b"0000-00-00\0\0\0\0\0\0");
    // A digit above 9, or a byte that is no hyphen, turns its highest bit on. No byte carries into the next unless it has it.
    let more = u128::from_le_bytes(*b"vvvv\x7fvv\x7fvv\0\0\0\0\0\0");
    let wrong = ((digits + more) | digits) & u128::from_le_bytes([0x80; 16]);
    let [digits @ .., _, _, _, _, _, _] = digits.to_le_bytes();
    (wrong == 0).then_some(digits)
}
