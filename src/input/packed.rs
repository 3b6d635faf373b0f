//! Usable rows as bytes, for a time in memory or on disk.

use std::{cmp::Ordering, vec};

use chrono::{Datelike, NaiveDate};

use crate::runtime::{Coded, FactEvent};

/// The day of what has none: before all days.
const NO_DAY: i32 = i32::MIN;

/// Adds a patient's event.
pub(super) fn put_event(bytes: &mut Vec<u8>, patient: &str, event: &Coded) {
    let (pathway, code) = event.numbers();
    put(bytes, patient, |bytes| {
        put_day(bytes, Some(event.date()));
        bytes.extend_from_slice(&pathway.to_le_bytes());
        bytes.extend_from_slice(&code.to_le_bytes());
        put_text(bytes, event.institution().unwrap_or_default());
        put_text(bytes, event.course().unwrap_or_default());
    });
}

/// Adds a patient's fact.
pub(super) fn put_fact(bytes: &mut Vec<u8>, patient: &str, fact: FactEvent) {
    put(bytes, patient, |bytes| {
        put_day(bytes, fact.date);
        put_text(bytes, fact.fact);
        put_text(bytes, fact.value);
    });
}

/// An event after its patient, by those that gave it its numbers.
pub(super) fn event<'a>(mut bytes: &'a [u8]) -> Option<Coded<'a>> {
    let filled = |text: &'a str| (!text.is_empty()).then_some(text);
    let date = day(&mut bytes)?;
    let numbers = (number(&mut bytes)?, number(&mut bytes)?);
    let [institution, course] = [text(&mut bytes)?, text(&mut bytes)?].map(filled);
    Some(Coded::numbered(date, numbers, institution, course))
}

/// A fact after its patient.
pub(super) fn fact(mut bytes: &[u8]) -> Option<FactEvent<'_>> {
    Some(FactEvent { date: day(&mut bytes), fact: text(&mut bytes)?, value: text(&mut bytes)? })
}

/// A patient, how many bytes come after, and these.
fn put(bytes: &mut Vec<u8>, patient: &str, rest: impl FnOnce(&mut Vec<u8>)) {
    put_text(bytes, patient);
    let start = bytes.len();
    bytes.extend_from_slice(&[0; 8]);
    rest(bytes);
    let length = (bytes.len() - start - 8) as u64;
    if let Some(place) = bytes.get_mut(start..start + 8) {
        place.copy_from_slice(&length.to_le_bytes());
    }
}

fn put_day(bytes: &mut Vec<u8>, day: Option<NaiveDate>) {
    bytes.extend_from_slice(&day.map_or(NO_DAY, |day| day.num_days_from_ce()).to_le_bytes());
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
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

fn day(bytes: &mut &[u8]) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(*bytes.split_off(..4)?.first_chunk()?))
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.split_off(..4)?.first_chunk()?))
}

fn length(bytes: &mut &[u8]) -> Option<usize> {
    usize::try_from(u64::from_le_bytes(*bytes.split_off(..8)?.first_chunk()?)).ok()
}

fn text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let length = match *bytes.split_off_first()? {
        u8::MAX => length(bytes)?,
        short => short.into(),
    };
    std::str::from_utf8(bytes.split_off(..length)?).ok()
}

/// A patient's place among others, quick to compare: the first bytes, and last how many there are. Where there are more than
/// fit, only the whole name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(u128);

impl Place {
    pub fn of(name: &str) -> Self {
        let mut first = [0; 16];
        let (bytes, length) = first.split_at_mut(15);
        bytes.iter_mut().zip(name.as_bytes()).for_each(|(to, from)| *to = *from);
        length.fill(u8::try_from(name.len()).unwrap_or(u8::MAX).min(16));
        Place(u128::from_be_bytes(first))
    }

    /// Whether there are more bytes than fit.
    pub fn is_cut(self) -> bool {
        self.0 & 0xff == 16
    }
}

/// Packed rows, sorted by patient; those of one patient stay as they are.
pub(super) struct Sorted<'a> {
    bytes: &'a [u8],
    rows: vec::IntoIter<(Place, usize)>,
}

impl<'a> Sorted<'a> {
    /// Sorts packed rows.
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut rows = Vec::new();
        let mut left = bytes;
        loop {
            let at = bytes.len() - left.len();
            let Some((patient, _)) = next(&mut left) else { break };
            rows.push((Place::of(patient), at));
        }
        let name = |at: usize| bytes.get(at..).and_then(|mut bytes| text(&mut bytes));
        rows.sort_unstable_by(|(place, at), (other, other_at)| {
            let names = || if place.is_cut() { name(*at).cmp(&name(*other_at)) } else { Ordering::Equal };
            place.cmp(other).then_with(names).then(at.cmp(other_at))
        });
        Sorted { bytes, rows: rows.into_iter() }
    }
}

impl<'a> Iterator for Sorted<'a> {
    type Item = (&'a str, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (_, at) = self.rows.next()?;
        next(&mut self.bytes.get(at..)?)
    }
}

/// A patient, and the bytes after.
fn next<'a>(bytes: &mut &'a [u8]) -> Option<(&'a str, &'a [u8])> {
    let patient = text(bytes)?;
    let length = length(bytes)?;
    Some((patient, bytes.split_off(..length)?))
}
