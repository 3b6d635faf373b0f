//! All usable rows, by patient.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
    io::{Cursor, Read},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    File, FileError, Notes, Problems, Summary,
    kept::Kept,
    layout::{Found, Layout},
    reader::{FileInfo, Rules},
    rows::Wanted,
    source::{is_parquet, rendered},
    usable::{EVENTS, FACTS},
};
use crate::runtime::{Evaluator, Event, FactEvent};

/// The usable rows of events and facts files by patient, and what became of the others.
#[derive(Debug, Default)]
pub struct Register {
    patients: BTreeMap<String, PatientRows>,
    strings: HashSet<Arc<str>>,
    /// Rows that could not be used.
    pub problems: Problems,
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
        let (info, text, line) = opened(file, EVENTS)?;
        let rules = Rules { evaluator, as_of: NaiveDate::MAX, events: Some(info), facts: None };
        let (mut kept, mut notes) = (Kept::new(), Notes::default());
        rules.events(&text, &mut kept, &mut notes, |patient, coded| {
            let event = evaluator.event(&coded);
            let event = EventRow {
                date: event.date,
                code: self.string(event.code),
                institution: event.institution.map(|text| self.string(text)),
                course: event.course.map(|text| self.string(text)),
            };
            self.patient(patient).events.push(event);
        });
        self.foreign += notes.foreign;
        self.problems.append(notes.problems.after(line - 1));
        Ok(())
    }

    /// Adds the facts of a file.
    ///
    /// # Errors
    /// If nothing in the file can be understood: then nothing is added.
    pub fn add_facts(&mut self, evaluator: &Evaluator, file: File) -> Result<(), FileError> {
        let (info, text, line) = opened(file, FACTS)?;
        let rules = Rules { evaluator, as_of: NaiveDate::MAX, events: None, facts: Some(info) };
        let (mut kept, mut notes) = (Kept::new(), Notes::default());
        rules.facts(&text, &mut kept, &mut notes, |patient, fact| {
            let fact = FactRow { date: fact.date, fact: self.string(fact.fact), value: self.string(fact.value) };
            self.patient(patient).facts.push(fact);
        });
        self.problems.append(notes.problems.after(line - 1));
        Ok(())
    }

    /// The patients, sorted by their ids as UTF-8 text.
    pub fn patients(&self) -> impl Iterator<Item = (&str, &PatientRows)> {
        self.patients.iter().map(|(patient, rows)| (patient.as_str(), rows))
    }

    /// What became of the rows, for courses that are judged on a day.
    pub fn summary(&self, as_of: NaiveDate) -> Summary {
        let events = || self.patients.values().flat_map(|rows| &rows.events);
        let facts = || self.patients.values().flat_map(|rows| &rows.facts);
        Summary {
            problems: self.problems.clone(),
            rows: events().count() + facts().count() + self.foreign + self.problems.count(),
            foreign: self.foreign,
            later_events: events().filter(|event| event.date > as_of).count(),
            later_facts: facts().filter(|fact| fact.date > Some(as_of)).count(),
        }
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

/// A file's layout, its rows as text and the line of the first.
fn opened<'f, const N: usize>(
    file: File<'f>,
    wanted: [Wanted; N],
) -> Result<(FileInfo<N>, Cow<'f, [u8]>, usize), FileError> {
    let name = file.name.to_owned();
    if is_parquet(file.name, file.bytes) {
        let (mut table, _, layout) =
            rendered(file.bytes, Box::new(Cursor::new(file.bytes.to_vec())), file.bytes.len() as u64, wanted)?;
        let mut text = Vec::new();
        table.read_to_end(&mut text).map_err(|error| FileError::Parquet(error.to_string()))?;
        return Ok((FileInfo { name, layout }, text.into(), 1));
    }
    let Found { layout, rows, line } = Layout::find(file.name, file.bytes, true, wanted)?.ok_or(FileError::Empty)?;
    Ok((FileInfo { name, layout }, file.bytes.get(rows..).unwrap_or_default().into(), line))
}
