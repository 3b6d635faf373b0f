//! Usable rows as bytes, for a time in memory or on disk.

use chrono::{Datelike, NaiveDate};

use crate::runtime::{Event, FactEvent};

/// The day of what has none: before all days.
const NO_DAY: i32 = i32::MIN;

/// Adds a patient's event.
pub(super) fn put_event(bytes: &mut Vec<u8>, patient: &str, event: Event) {
    put(
        bytes,
        event.date.num_days_from_ce(),
        [patient, event.code, event.institution.unwrap_or_default(), event.course.unwrap_or_default()],
    );
}

/// Adds a patient's fact.
pub(super) fn put_fact(bytes: &mut Vec<u8>, patient: &str, fact: FactEvent) {
    put(bytes, fact.date.map_or(NO_DAY, |day| day.num_days_from_ce()), [patient, fact.fact, fact.value]);
}

/// An event after its patient.
pub(super) fn event<'a>((day, [code, institution, course]): (i32, [&'a str; 3])) -> Option<Event<'a>> {
    let filled = |text: &'a str| (!text.is_empty()).then_some(text);
    let date = NaiveDate::from_num_days_from_ce_opt(day)?;
    Some(Event { date, code, institution: filled(institution), course: filled(course) })
}

/// A fact after its patient.
pub(super) fn fact<'a>((day, [fact, value]): (i32, [&'a str; 2])) -> FactEvent<'a> {
    FactEvent { date: NaiveDate::from_num_days_from_ce_opt(day), fact, value }
}

fn put<const N: usize>(bytes: &mut Vec<u8>, day: i32, texts: [&str; N]) {
    bytes.extend_from_slice(&day.to_le_bytes());
    for text in texts {
        // Few texts are long: one byte says how long the others are.
        match u8::try_from(text.len()) {
            Ok(short) if short < u8::MAX => bytes.push(short),
            _ => {
                bytes.push(u8::MAX);
                bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
            }
        }
        bytes.extend_from_slice(text.as_bytes());
    }
}

/// Rows of a patient and `N` more texts, sorted by patient; those of one patient stay as they are.
pub(super) struct Sorted<'a, const N: usize> {
    rows: std::vec::IntoIter<Packed<'a, N>>,
}

struct Packed<'a, const N: usize> {
    /// The first bytes of the patient, in an order that is quick to compare.
    first: u64,
    patient: &'a str,
    rest: (i32, [&'a str; N]),
}

impl<'a, const N: usize> Sorted<'a, N> {
    /// Sorts packed rows.
    pub fn new(mut bytes: &'a [u8]) -> Self {
        let mut rows = Vec::new();
        while let Some(row) = next(&mut bytes) {
            rows.push(row);
        }
        rows.sort_by(|a: &Packed<'a, N>, b| (a.first, a.patient).cmp(&(b.first, b.patient)));
        Sorted { rows: rows.into_iter() }
    }
}

impl<'a, const N: usize> Iterator for Sorted<'a, N> {
    type Item = (&'a str, (i32, [&'a str; N]));

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next().map(|row| (row.patient, row.rest))
    }
}

fn next<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<Packed<'a, N>> {
    let day = i32::from_le_bytes(*bytes.split_off(..4)?.first_chunk()?);
    let patient = text(bytes)?;
    let mut texts = [""; N];
    for own in &mut texts {
        *own = text(bytes)?;
    }
    let mut first = [0; 8];
    first.iter_mut().zip(patient.bytes()).for_each(|(to, from)| *to = from);
    Some(Packed { first: u64::from_be_bytes(first), patient, rest: (day, texts) })
}

fn text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let length = match *bytes.split_off_first()? {
        u8::MAX => u64::from_le_bytes(*bytes.split_off(..8)?.first_chunk()?) as usize,
        short => short.into(),
    };
    std::str::from_utf8(bytes.split_off(..length)?).ok()
}
