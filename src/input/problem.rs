//! What can be wrong with a row or a whole file, in words.

use chrono::NaiveDate;

use crate::{
    lang::{Lang, Text},
    text,
};

use super::{Column, rows::is_date_shaped};

/// The most of a row's text that a message shows, in characters.
const SHOWN: usize = 40;

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The physical line on which the row begins, from 1.
    pub line: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a row cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A field that must have text is empty.
    Missing(Column),
    /// Not a date, or not written `YYYY-MM-DD`, or outside the years 1900–2200.
    Date(String),
    /// A pathway's prefix with a suffix that it does not declare.
    Code(String),
    /// A code that the pathway does not have on the event's date.
    NotValid {
        /// The code.
        code: String,
        /// The event's date.
        date: NaiveDate,
    },
    /// A fact that no pathway declares.
    Fact(String),
    /// A fact that is computed from others.
    Computed(String),
    /// A value that the fact cannot have.
    Value {
        /// The fact.
        fact: String,
        /// The value.
        value: String,
    },
    /// Another number of fields than the header line.
    Fields {
        /// How many the row has.
        found: usize,
        /// How many the header line has.
        expected: usize,
    },
    /// A field runs over several lines where it cannot, as after a quotation mark that is never closed.
    Quote {
        /// The last line that it swallows.
        until: usize,
    },
    /// A text of a table has a line break in it.
    Break,
    /// Not UTF-8.
    Encoding,
    /// Not a JSON object.
    Json,
    /// A list or an object where text or a number should be.
    Nested(Column),
}

/// Why a whole file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// There is nothing in it.
    Empty,
    /// The header line is not UTF-8.
    Encoding,
    /// It looks like UTF-16.
    Utf16,
    /// The first line names none of the columns. It is not shown, because it may be a patient's.
    NoHeader {
        /// The columns that must be there.
        required: Vec<Column>,
    },
    /// The header line lacks columns.
    Columns {
        /// Those that it lacks.
        missing: Vec<Column>,
        /// Those that it has, as written.
        found: Vec<String>,
    },
    /// The header line names one column twice, perhaps in two languages.
    Twice(Column),
    /// It is Parquet, which this program was built without.
    NoParquet,
    /// It is no whole Parquet file, and why.
    Parquet(String),
    /// It is encrypted Parquet.
    Encrypted,
    /// A column of Parquet has values that are no texts, numbers or dates.
    Type(Column),
}

impl Reason {
    /// The reason in words: a sentence without a full stop.
    pub fn text(&self) -> Text {
        match self {
            Reason::Missing(column) => {
                let (nb, en) = column.names();
                text!("kolonnen «{nb}» er tom", "the column «{en}» is empty")
            }
            Reason::Date(date) if is_date_shaped(date) => text!(
                "datoen «{date}» finnes ikke i årene 1900–2200",
                "there is no date «{date}» in the years 1900–2200"
            ),
            Reason::Date(date) => {
                let date = shown(date);
                text!("«{date}» er ikke en dato på formen ÅÅÅÅ-MM-DD", "«{date}» is not a date of the form YYYY-MM-DD")
            }
            Reason::Code(code) => {
                let code = shown(code);
                text!("forløpet har ingen kode «{code}»", "the pathway has no code «{code}»")
            }
            Reason::NotValid { code, date } => {
                let code = shown(code);
                text!("koden «{code}» gjaldt ikke {date}", "the code «{code}» was not valid on {date}")
            }
            Reason::Computed(fact) => {
                let fact = shown(fact);
                text!(
                    "opplysningen «{fact}» regnes ut av andre og kan ikke oppgis",
                    "the fact «{fact}» is computed from others and cannot be given"
                )
            }
            Reason::Fact(fact) => {
                let fact = shown(fact);
                text!("ingen av forløpene har opplysningen «{fact}»", "none of the pathways has the fact «{fact}»")
            }
            Reason::Value { fact, value } => {
                let (fact, value) = (shown(fact), shown(value));
                text!(
                    "opplysningen «{fact}» kan ikke ha verdien «{value}»",
                    "the fact «{fact}» cannot have the value «{value}»"
                )
            }
            Reason::Fields { found, expected } => text!(
                "raden har {found} felt, men overskriften har {expected}",
                "the row has {found} fields, but the header line has {expected}"
            ),
            Reason::Quote { until } => text!(
                "raden fortsetter til linje {until}: mangler det et anførselstegn?",
                "the row goes on until line {until}: is a quotation mark missing?"
            ),
            Reason::Encoding => text!(
                "raden er ikke UTF-8-tekst: lagre filen som UTF-8",
                "the row is not UTF-8 text: save the file as UTF-8"
            ),
            Reason::Break => text!("en tekst i raden har linjeskift i seg", "a text of the row has a line break in it"),
            Reason::Json => text!("linjen er ikke et JSON-objekt", "the line is not a JSON object"),
            Reason::Nested(column) => {
                let (nb, en) = column.names();
                text!("«{nb}» skal være tekst eller tall", "«{en}» must be text or a number")
            }
        }
    }
}

impl Reason {
    /// The reason without what the row says: only names of the specification are shown.
    pub fn discreet(&self) -> Text {
        match self {
            Reason::Date(date) if is_date_shaped(date) => {
                text!("datoen finnes ikke i årene 1900–2200", "there is no such date in the years 1900–2200")
            }
            Reason::Date(_) => {
                text!("datoen har ikke formen ÅÅÅÅ-MM-DD", "the date is not of the form YYYY-MM-DD")
            }
            Reason::Code(_) => text!("forløpet har ikke koden", "the pathway does not have the code"),
            Reason::NotValid { code, .. } => {
                let code = shown(code);
                text!("koden «{code}» gjaldt ikke på datoen", "the code «{code}» was not valid on the date")
            }
            Reason::Fact(_) => {
                text!("ingen av forløpene har opplysningen", "none of the pathways has the fact")
            }
            Reason::Value { fact, .. } => {
                let fact = shown(fact);
                text!("opplysningen «{fact}» kan ikke ha verdien", "the fact «{fact}» cannot have the value")
            }
            Reason::Missing(_)
            | Reason::Computed(_)
            | Reason::Fields { .. }
            | Reason::Quote { .. }
            | Reason::Break
            | Reason::Encoding
            | Reason::Json
            | Reason::Nested(_) => self.text(),
        }
    }
}

impl FileError {
    /// The error in words: a sentence without a full stop.
    pub fn text(&self) -> Text {
        match self {
            FileError::Empty => text!("filen er tom", "the file is empty"),
            FileError::Encoding => {
                text!("filen er ikke UTF-8-tekst: lagre den som UTF-8", "the file is not UTF-8 text: save it as UTF-8")
            }
            FileError::Utf16 => text!(
                "filen er UTF-16 og ikke UTF-8: lagre den som UTF-8",
                "the file is UTF-16 and not UTF-8: save it as UTF-8"
            ),
            FileError::NoHeader { required } => {
                let (nb, en) = (names(required, Lang::Nb), names(required, Lang::En));
                text!(
                    "første linje er ikke en overskrift med kolonnene {nb}",
                    "the first line is not a header line with the columns {en}"
                )
            }
            FileError::Columns { missing, found } => {
                let (nb, en) = (names(missing, Lang::Nb), names(missing, Lang::En));
                let found = found.iter().map(|name| format!("«{}»", shown(name))).collect::<Vec<_>>().join(", ");
                text!("overskriften mangler {nb}: den har {found}", "the header line lacks {en}: it has {found}")
            }
            FileError::Twice(column) => {
                let (nb, en) = column.names();
                text!("overskriften har kolonnen «{nb}» to ganger", "the header line has the column «{en}» twice")
            }
            FileError::NoParquet => text!(
                "filen er Parquet, som dette programmet er bygd uten: bygg det med --features parquet, eller lagre filen som CSV",
                "the file is Parquet, which this program was built without: build it with --features parquet, or save the file \
                 as CSV"
            ),
            FileError::Parquet(why) => {
                let why = shown(why);
                text!("filen er ikke en hel Parquet-fil ({why})", "the file is not a whole Parquet file ({why})")
            }
            FileError::Encrypted => text!(
                "filen er kryptert Parquet: lagre den uten kryptering",
                "the file is encrypted Parquet: save it without encryption"
            ),
            FileError::Type(column) => {
                let (nb, en) = column.names();
                text!(
                    "kolonnen «{nb}» har verken tekst, tall eller datoer: gjør den om til tekst",
                    "the column «{en}» has neither texts, numbers nor dates: turn it into text"
                )
            }
        }
    }
}

fn names(columns: &[Column], lang: Lang) -> String {
    let name = |column: &Column| match lang {
        Lang::Nb => format!("«{}»", column.names().0),
        Lang::En => format!("«{}»", column.names().1),
    };
    columns.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A row's text, safe to show: short, and without characters that could steer a terminal.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
