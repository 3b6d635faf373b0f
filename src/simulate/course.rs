//! The events of one course, and what section 3 says of them as they stand (E2, E3, E10).

use chrono::{Days, NaiveDate};

use super::shape::Shape;
use crate::{runtime::State, tables::Role};

/// One event. The institution is a number; none is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub date: NaiveDate,
    /// The code's number in the pathway, which is also the order on one day.
    pub code: usize,
    pub institution: Option<u32>,
}

/// The events of one course, in order, and the number that its id has, if they carry one.
pub(super) struct Course {
    pub events: Vec<Event>,
    pub id: Option<u32>,
}

/// What is doubtful in the coding: the dates of each kind, ascending, each once.
#[derive(Default)]
pub(super) struct Doubts {
    pub missing_start: Vec<NaiveDate>,
    pub duplicate_start: Vec<NaiveDate>,
    pub event_after_end: Vec<NaiveDate>,
}

impl Doubts {
    pub fn none(&self) -> bool {
        self.missing_start.is_empty() && self.duplicate_start.is_empty() && self.event_after_end.is_empty()
    }
}

/// So many days later; the same day where the calendar ends.
pub(super) fn later(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(days.into())).unwrap_or(date)
}

pub(super) fn put_in_order(events: &mut Vec<Event>) {
    events.sort_unstable();
    events.dedup();
}

/// How far the course has come: closed beats completed, completed beats open.
pub(super) fn state(shape: &Shape, events: &[Event]) -> State {
    let has = |role| events.iter().any(|event| shape.role(event.code) == Some(role));
    match (has(Role::Closes), has(Role::Completes)) {
        (true, _) => State::Closed,
        (false, true) => State::Completed,
        (false, false) => State::Open,
    }
}

pub(super) fn doubts(shape: &Shape, events: &[Event]) -> Doubts {
    let role = |event: &Event| shape.role(event.code);
    let opens = |event: &&Event| role(event) == Some(Role::Opens);
    let mut doubts = Doubts::default();
    for (at, event) in events.iter().enumerate() {
        let before = events.get(..at).unwrap_or_default();
        if !opens(&event) {
            if at == 0 {
                doubts.missing_start.push(event.date);
            }
            if before.iter().any(|event| role(event) == Some(Role::Closes)) {
                doubts.event_after_end.push(event.date);
            }
        } else if let Some(latest) = before.iter().rposition(|event| opens(&event)) {
            let elsewhere = |earlier: &Event| earlier.institution.is_some_and(|name| Some(name) != event.institution);
            let moved = event.institution.is_some() && before.iter().filter(opens).all(elsewhere);
            let since = before.get(latest..).unwrap_or_default();
            if !moved && !since.iter().any(|event| role(event) == Some(Role::Transfers)) {
                doubts.duplicate_start.push(event.date);
            }
        }
    }
    for dates in [&mut doubts.missing_start, &mut doubts.duplicate_start, &mut doubts.event_after_end] {
        dates.dedup();
    }
    doubts
}

/// Whether the events are one course and no other, whichever rows come first in the file: codes that are valid by the as-of
/// date, none of them opening after the end, no two alike on one day. Any course but the patient's first must be opened.
pub(super) fn sound(shape: &Shape, events: &[Event], is_first: bool, as_of: NaiveDate) -> bool {
    let opens = |event: &Event| shape.role(event.code) == Some(Role::Opens);
    let Some(first) = events.first() else { return false };
    let last_opening = events.iter().rposition(opens).unwrap_or(0);
    state(shape, events.get(..last_opening).unwrap_or_default()) == State::Open
        && (is_first || opens(first))
        && events.iter().all(|event| event.date <= as_of && shape.valid(event.code, event.date))
        && !events.array_windows().any(|[one, other]| (one.date, one.code) == (other.date, other.code))
}
