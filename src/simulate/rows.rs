//! Rows of the files.

use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::{
    cohort::{Cohort, name},
    course::Event,
    patient::Patient,
    random::Dice,
};
use crate::tables::{FactType, Pathway, Tables};

/// How many rows lie mixed at a time.
const MIXED: usize = 1 << 14;
/// Columns of events.
const COLUMNS: [&str; 5] = ["patient", "date", "code", "institution", "course"];
/// What is no date.
const NO_DATES: [&str; 4] = ["2024-02-30", "31.12.2024", "2024-1-2", "ukjent"];

/// One row of events.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    pub pathway: &'t Pathway,
    pub day: Day,
    pub code: Code,
    pub institution: Option<u32>,
    /// The number of the course's id.
    pub id: Option<u32>,
}

#[derive(Clone, Copy)]
pub(super) enum Day {
    Is(NaiveDate),
    /// After the as-of date.
    Later(NaiveDate),
    /// When the code is not valid.
    NotValid(NaiveDate),
    /// One of the texts that are no date.
    None(u32),
}

#[derive(Clone, Copy)]
pub(super) enum Code {
    Known(usize),
    UnknownSuffix,
    Foreign,
}

/// A row of facts that cannot be used.
#[derive(Clone, Copy)]
pub(super) enum Stray<'t> {
    UnknownFact,
    UnknownValue(&'t str),
}

/// What becomes of a row when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is used.
    Used,
    /// It is left out, because it is after the as-of date.
    Later,
    /// It is left out, because its code is of no loaded pathway.
    Foreign,
    /// It cannot be used, because its date is none.
    BadDate,
    /// It cannot be used, because its suffix is not declared.
    UnknownCode,
    /// It cannot be used, because its code is not valid on the day.
    NotValid,
    /// It cannot be used, because no pathway declares the fact.
    UnknownFact,
    /// It cannot be used, because the fact cannot have the value.
    UnknownValue,
}

impl Fate {
    /// The kind of problem, if the row cannot be used.
    pub fn problem(self) -> Option<&'static str> {
        match self {
            Fate::Used | Fate::Later | Fate::Foreign => None,
            Fate::BadDate => Some("bad_date"),
            Fate::UnknownCode => Some("unknown_code"),
            Fate::NotValid => Some("not_valid"),
            Fate::UnknownFact => Some("unknown_fact"),
            Fate::UnknownValue => Some("unknown_value"),
        }
    }
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// `events` or `facts`.
    pub file: &'static str,
    /// Its line, the header's being 1.
    pub line: u64,
    /// The defect.
    pub kind: &'static str,
}

impl<'t> Row<'t> {
    pub fn used(pathway: &'t Pathway, Event { date, code, institution }: Event, id: Option<u32>) -> Self {
        Row { pathway, day: Day::Is(date), code: Code::Known(code), institution, id }
    }

    pub fn later(pathway: &'t Pathway, event: Event, id: Option<u32>) -> Self {
        Row { day: Day::Later(event.date), ..Row::used(pathway, event, id) }
    }

    pub fn fate(&self) -> Fate {
        match (self.code, self.day) {
            (Code::Foreign, _) => Fate::Foreign,
            (Code::UnknownSuffix, _) => Fate::UnknownCode,
            (Code::Known(_), Day::None(_)) => Fate::BadDate,
            (Code::Known(_), Day::NotValid(_)) => Fate::NotValid,
            (Code::Known(_), Day::Later(_)) => Fate::Later,
            (Code::Known(_), Day::Is(_)) => Fate::Used,
        }
    }
}

/// Names that no pathway of the tables has.
pub(super) struct Strangers {
    suffix: String,
    code: String,
    fact: String,
    value: String,
}

impl Strangers {
    pub fn new(tables: &Tables) -> Self {
        let pathways = || tables.pathways.iter();
        let unlike = |start: &str, is_known: &dyn Fn(&str) -> bool| {
            let mut name = start.to_owned();
            while is_known(&name) {
                name.push('Z');
            }
            name
        };
        let codes = || pathways().flat_map(|own| &own.codes);
        let values = |fact_type: &FactType| match fact_type {
            FactType::Choice { values } | FactType::Scale { values } => {
                values.iter().map(|own| own.name.clone()).collect()
            }
            _ => Vec::new(),
        };
        let all_values: Vec<String> =
            pathways().flat_map(|own| &own.facts).flat_map(|own| values(&own.fact_type)).collect();
        Strangers {
            suffix: unlike("ZZ", &|name| codes().any(|code| code.code.ends_with(name))),
            // What begins with no pathway's id is of no pathway.
            code: unlike("Å99A", &|name| pathways().any(|own| name.starts_with(own.id.as_str()))),
            fact: unlike("finnes_ikke", &|name| pathways().flat_map(|own| &own.facts).any(|fact| fact.name == name)),
            value: unlike("finnes_ikke", &|name| all_values.iter().any(|value| value == name)),
        }
    }
}

/// What takes rows: their bytes with the line end, and their fate.
pub(super) type Each<'e> = &'e mut dyn FnMut(&[u8], Fate) -> io::Result<()>;

impl Cohort<'_> {
    /// Writes the file of events.
    ///
    /// # Errors
    /// What `out` fails with.
    pub fn write_events(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut header = Vec::new();
        put(&mut header, COLUMNS.into_iter().take(self.columns()).map(str::as_bytes));
        out.write_all(&header)?;
        self.event_rows(&mut |row, _| out.write_all(row))
    }

    /// Writes the file of facts: a header alone if patients have none.
    ///
    /// # Errors
    /// What `out` fails with.
    pub fn write_facts(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"patient,date,fact,value\n")?;
        self.fact_rows(&mut |row, _| out.write_all(row))
    }

    /// The rows that cannot be used, of the events and then of the facts.
    ///
    /// # Errors
    /// What `each` fails with.
    pub fn problems(&self, each: &mut dyn FnMut(RowProblem) -> io::Result<()>) -> io::Result<()> {
        let mut tell = |file, line: &mut u64, fate: Fate| {
            *line += 1;
            fate.problem().map_or(Ok(()), |kind| each(RowProblem { file, line: *line, kind }))
        };
        let (mut line, mut fact_line) = (1, 1);
        self.event_rows(&mut |_, fate| tell("events", &mut line, fate))?;
        self.fact_rows(&mut |_, fate| tell("facts", &mut fact_line, fate))
    }

    fn event_rows(&self, each: Each) -> io::Result<()> {
        let institutions: Vec<String> = (0..self.settings.institutions).map(institution).collect();
        let mut bytes = Vec::new();
        if !self.settings.unsorted {
            for patient in self.numbers().filter_map(|number| self.patient(number)) {
                let name = name(patient.number);
                for row in &patient.rows {
                    self.event_row(&mut bytes, &name, row, &institutions);
                    each(&bytes, row.fate())?;
                }
            }
            return Ok(());
        }
        let mut dice = Dice::of(self.settings.seed, 0);
        let mut mixed: Vec<(Vec<u8>, Fate)> = Vec::new();
        for patient in self.any_order().filter_map(|number| self.patient(number)) {
            let name = name(patient.number);
            for row in &patient.rows {
                self.event_row(&mut bytes, &name, row, &institutions);
                if mixed.len() < MIXED {
                    mixed.push((bytes.clone(), row.fate()));
                } else if let Some((other, fate)) = mixed.get_mut(dice.below(MIXED as u32) as usize) {
                    each(other, *fate)?;
                    other.clone_from(&bytes);
                    *fate = row.fate();
                }
            }
        }
        while !mixed.is_empty() {
            let (row, fate) = mixed.swap_remove(dice.below(u32::try_from(mixed.len()).unwrap_or(1)) as usize);
            each(&row, fate)?;
        }
        Ok(())
    }

    /// A patient's facts stay together and in order: of two values with one date the later row holds.
    fn fact_rows(&self, each: Each) -> io::Result<()> {
        let numbers: Box<dyn Iterator<Item = u32>> =
            if self.settings.unsorted { Box::new(self.any_order()) } else { Box::new(self.numbers()) };
        let mut bytes = Vec::new();
        for patient in numbers.filter_map(|number| self.patient(number)) {
            self.facts_of(&patient, &mut bytes, each)?;
        }
        Ok(())
    }

    pub(super) fn facts_of(&self, patient: &Patient, bytes: &mut Vec<u8>, each: Each) -> io::Result<()> {
        let patient_name = name(patient.number);
        let mut row = |date: Option<NaiveDate>, fact: &str, value: &str, fate| {
            bytes.clear();
            let date = date.map(|date| date.to_string()).unwrap_or_default();
            put(bytes, [patient_name.as_bytes(), date.as_bytes(), fact.as_bytes(), value.as_bytes()]);
            each(bytes, fate)
        };
        for given in patient.parts.iter().flat_map(|part| &part.given) {
            let is_later = given.date > Some(self.settings.as_of);
            let fate = if is_later { Fate::Later } else { Fate::Used };
            row(given.date, &given.fact.name, &given.value.text(), fate)?;
        }
        for stray in patient.parts.iter().flat_map(|part| &part.stray) {
            match stray {
                Stray::UnknownFact => row(None, &self.strangers.fact, "ja", Fate::UnknownFact)?,
                Stray::UnknownValue(fact) => row(None, fact, &self.strangers.value, Fate::UnknownValue)?,
            }
        }
        Ok(())
    }

    /// How many columns events have: course ids only if someone has one.
    fn columns(&self) -> usize {
        if self.settings.shares.course_ids > 0.0 { COLUMNS.len() } else { COLUMNS.len() - 1 }
    }

    fn event_row(&self, bytes: &mut Vec<u8>, name: &str, row: &Row, institutions: &[String]) {
        let unknown;
        let code = match row.code {
            Code::Known(number) => row.pathway.codes.get(number).map_or("", |code| code.code.as_str()),
            Code::UnknownSuffix => {
                unknown = format!("{}{}", row.pathway.id, self.strangers.suffix);
                &unknown
            }
            Code::Foreign => &self.strangers.code,
        };
        let digits;
        let date = match row.day {
            Day::Is(date) | Day::Later(date) | Day::NotValid(date) => {
                digits = self::digits(date);
                digits.as_slice()
            }
            Day::None(which) => NO_DATES.get(which as usize).copied().unwrap_or_default().as_bytes(),
        };
        let institution = row.institution.and_then(|number| institutions.get(number as usize));
        let institution = institution.map_or("", String::as_str);
        let id = row.id.map(course_id).unwrap_or_default();
        bytes.clear();
        let fields = [name.as_bytes(), date, code.as_bytes(), institution.as_bytes(), id.as_bytes()];
        put(bytes, fields.into_iter().take(self.columns()));
    }

    /// The patients' numbers in an order that looks like none.
    fn any_order(&self) -> impl Iterator<Item = u32> + use<> {
        let patients = u64::from(self.settings.patients);
        // A stride without a divisor in common with the number of patients visits each once.
        let common = |a: u64, b: u64| {
            let (mut a, mut b) = (a, b);
            while b > 0 {
                (a, b) = (b, a % b);
            }
            a
        };
        let stride = (patients * 618 / 1000..).find(|stride| common(*stride, patients) == 1).unwrap_or(1);
        (0..patients).map(move |place| u32::try_from(place * stride % patients).unwrap_or_default() + 1)
    }
}

/// A course's id. Other patients have the same ones, and so has the patient in another pathway.
pub(super) fn course_id(number: u32) -> String {
    format!("F{number}")
}

/// «Sykehus A» to «Sykehus Z», then «Sykehus AA».
fn institution(number: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = number + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    format!("Sykehus {}", letters.into_iter().rev().collect::<String>())
}

/// `YYYY-MM-DD`; a register has years of four digits only.
fn digits(date: NaiveDate) -> [u8; 10] {
    let year = u32::try_from(date.year()).unwrap_or_default();
    let (month, day) = (date.month(), date.day());
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or_default();
    let two = |number: u32| [digit(number / 10), digit(number)];
    let ([y1, y2], [y3, y4], [m1, m2], [d1, d2]) = (two(year / 100), two(year), two(month), two(day));
    [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
}

/// One row of CSV.
fn put<'f>(bytes: &mut Vec<u8>, fields: impl IntoIterator<Item = &'f [u8]>) {
    for (at, field) in fields.into_iter().enumerate() {
        if at > 0 {
            bytes.push(b',');
        }
        if !field.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            bytes.extend_from_slice(field);
            continue;
        }
        bytes.push(b'"');
        for byte in field {
            bytes.extend(std::iter::repeat_n(*byte, if *byte == b'"' { 2 } else { 1 }));
        }
        bytes.push(b'"');
    }
    bytes.push(b'\n');
}
