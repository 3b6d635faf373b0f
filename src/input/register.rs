//! All usable rows, by patient.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::runtime::{CodeUse, Evaluator, Event, FactEvent, FactProblem};

use super::{
    Column, File, FileError, Problem, Reason,
    rows::{self, Wanted, date},
};

const EVENTS: [Wanted; 5] = [
    (Column::Patient, true),
    (Column::Date, true),
    (Column::Code, true),
    (Column::Institution, false),
    (Column::Course, false),
];
const FACTS: [Wanted; 4] =
    [(Column::Patient, true), (Column::Date, false), (Column::Fact, true), (Column::Value, true)];

/// The usable rows of events and facts files by patient, and what became of the others.
#[derive(Debug, Default)]
pub struct Register {
    patients: BTreeMap<String, PatientRows>,
    strings: HashSet<Arc<str>>,
    /// Rows that could not be used, in the order of the files and their lines.
    pub problems: Vec<Problem>,
    /// Events whose code belongs to no loaded pathway.
    pub foreign: usize,
}

/// One patient's rows in the order of the files.
#[derive(Debug, Default)]
pub struct PatientRows {
    events: Vec<EventRow>,
    facts: Vec<FactRow>,
}

#[derive(Debug)]
struct EventRow {
    date: NaiveDate,
    code: Arc<str>,
    institution: Option<Arc<str>>,
    course: Option<Arc<str>>,
}

#[derive(Debug)]
struct FactRow {
    date: Option<NaiveDate>,
    fact: Arc<str>,
    value: Arc<str>,
}

impl Register {
    /// Adds the events of a file.
    ///
    /// # Errors
    /// If nothing in the file can be understood: then nothing is added.
    pub fn add_events(&mut self, evaluator: &Evaluator, file: File) -> Result<(), FileError> {
        rows::read(file, EVENTS, &mut |line, fields| {
            let added = fields.and_then(|fields| self.event(evaluator, fields));
            self.note(file, line, added);
        })
    }

    /// Adds the facts of a file.
    ///
    /// # Errors
    /// If nothing in the file can be understood: then nothing is added.
    pub fn add_facts(&mut self, evaluator: &Evaluator, file: File) -> Result<(), FileError> {
        rows::read(file, FACTS, &mut |line, fields| {
            let added = fields.and_then(|fields| self.fact(evaluator, fields));
            self.note(file, line, added);
        })
    }

    /// The patients, sorted by their ids as UTF-8 text.
    pub fn patients(&self) -> impl Iterator<Item = (&str, &PatientRows)> {
        self.patients.iter().map(|(patient, rows)| (patient.as_str(), rows))
    }

    /// How many events and how many facts are dated after a day.
    pub fn after(&self, day: NaiveDate) -> (usize, usize) {
        let events = self.patients.values().flat_map(|rows| &rows.events).filter(|event| event.date > day);
        let facts = self.patients.values().flat_map(|rows| &rows.facts).filter(|fact| fact.date > Some(day));
        (events.count(), facts.count())
    }

    fn note(&mut self, file: File, line: usize, added: Result<(), Reason>) {
        if let Err(reason) = added {
            self.problems.push(Problem { file: file.name.to_owned(), line, reason });
        }
    }

    fn event(&mut self, evaluator: &Evaluator, fields: [&str; 5]) -> Result<(), Reason> {
        let [patient, day, code, institution, course] = fields;
        let code = nfc(code);
        let date = date(day);
        let date = match (evaluator.code(&code, date.unwrap_or_default()), date) {
            (CodeUse::Foreign, _) => {
                self.foreign += 1;
                return Ok(());
            }
            (CodeUse::UnknownSuffix, _) => return Err(Reason::Code(code.into_owned())),
            (_, None) => return Err(Reason::Date(day.to_owned())),
            (CodeUse::NotValid, Some(date)) => return Err(Reason::NotValid { code: code.into_owned(), date }),
            (CodeUse::Known, Some(date)) => date,
        };
        let event = EventRow {
            date,
            code: self.string(&code),
            institution: self.optional(institution),
            course: self.optional(course),
        };
        self.patient(patient).events.push(event);
        Ok(())
    }

    fn fact(&mut self, evaluator: &Evaluator, fields: [&str; 4]) -> Result<(), Reason> {
        let [patient, day, fact, value] = fields;
        let (fact, value) = (nfc(fact), nfc(value));
        match evaluator.fact(&fact, &value) {
            Ok(()) => {}
            Err(FactProblem::UnknownFact) => return Err(Reason::Fact(fact.into_owned())),
            Err(FactProblem::Computed) => return Err(Reason::Computed(fact.into_owned())),
            Err(FactProblem::UnknownValue) => {
                return Err(Reason::Value { fact: fact.into_owned(), value: value.into_owned() });
            }
        }
        let date = match day {
            "" => None,
            day => Some(date(day).ok_or_else(|| Reason::Date(day.to_owned()))?),
        };
        let fact = FactRow { date, fact: self.string(&fact), value: self.string(&value) };
        self.patient(patient).facts.push(fact);
        Ok(())
    }

    fn patient(&mut self, patient: &str) -> &mut PatientRows {
        self.patients.entry(patient.to_owned()).or_default()
    }

    /// The same text once: a register has few codes and institutions, and many rows.
    fn string(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.strings.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.strings.insert(Arc::clone(&new));
        new
    }

    fn optional(&mut self, text: &str) -> Option<Arc<str>> {
        (!text.is_empty()).then(|| self.string(text))
    }
}

impl PatientRows {
    /// The patient's events in input order.
    pub fn events(&self) -> Vec<Event<'_>> {
        let events = self.events.iter().map(|EventRow { date, code, institution, course }| Event {
            date: *date,
            code,
            institution: institution.as_deref(),
            course: course.as_deref(),
        });
        events.collect()
    }

    /// The patient's facts in input order.
    pub fn facts(&self) -> Vec<FactEvent<'_>> {
        self.facts.iter().map(|row| FactEvent { date: row.date, fact: &row.fact, value: &row.value }).collect()
    }
}

/// Names in tables are in NFC.
fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { text.into() } else { text.nfc().collect::<String>().into() }
}
