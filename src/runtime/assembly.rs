//! From a patient's events to courses (E1–E3).

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Event, State};
use crate::tables::{Pathway, Role};

/// An event whose code a pathway declares on its date: what [`Evaluator::judge`](super::Evaluator::judge) takes.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'a> {
    pub(super) pathway: usize,
    pub(super) code: usize,
    /// Number of its course among those of the pathway, from 0.
    pub(super) course: usize,
    pub(super) input: usize,
    pub(super) event: Event<'a>,
}

impl<'a> Coded<'a> {
    /// The event as it was given.
    #[inline]
    pub fn event(&self) -> Event<'a> {
        self.event
    }

    fn content(&self) -> (Option<&'a str>, Option<&'a str>) {
        (self.event.institution, self.event.course)
    }

    fn place(&self) -> (usize, NaiveDate, usize) {
        (self.pathway, self.event.date, self.code)
    }
}

/// Sorts by pathway and then as E2 says, and keeps one of equal events (E1).
pub(super) fn put_in_order(events: &mut Vec<Coded>) {
    events.sort_unstable_by(|a, b| {
        a.place().cmp(&b.place()).then_with(|| a.content().cmp(&b.content())).then(a.input.cmp(&b.input))
    });
    events.dedup_by(|a, b| a.place() == b.place() && a.content() == b.content());
    events.sort_unstable_by_key(|coded| (coded.place(), coded.input));
}

/// A course whose events have been found.
pub(super) struct Assembled<'a> {
    pub id: Option<&'a str>,
    pub doubts: Vec<(Doubt, Event<'a>)>,
}

/// What is doubtful about an event's place in its course (E3), in the order of the findings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    MissingStart,
    DuplicateStart,
    EventAfterEnd,
}

/// Gives each event of one pathway, in order, its course.
pub(super) fn assemble<'a>(pathway: &Pathway, events: &mut [Coded<'a>]) -> Vec<Assembled<'a>> {
    let mut courses = Vec::new();
    let mut by_id = HashMap::new();
    let mut latest: Option<Latest> = None;
    for coded in events {
        let new = courses.len();
        if let Some(id) = coded.event.course {
            coded.course = *by_id.entry(id).or_insert(new);
            if coded.course == new {
                courses.push(Assembled { id: Some(id), doubts: Vec::new() });
            }
            continue;
        }
        let role = pathway.codes.get(coded.code).and_then(|code| code.role);
        let opens = role == Some(Role::Opens);
        let mut doubt = None;
        let course = match &mut latest {
            Some(course) if !opens || course.state == State::Open => course,
            _ => {
                doubt = (!opens).then_some(Doubt::MissingStart);
                courses.push(Assembled { id: None, doubts: Vec::new() });
                latest.insert(Latest::new(new))
            }
        };
        coded.course = course.number;
        if let Some(doubt) = course.take(role, coded.event).or(doubt)
            && let Some(assembled) = courses.get_mut(course.number)
        {
            assembled.doubts.push((doubt, coded.event));
        }
    }
    courses
}

/// The latest course without an id, as far as it has come.
struct Latest<'a> {
    number: usize,
    state: State,
    opened: bool,
    /// A transferring code came after the latest opening code.
    transferred: bool,
    /// Of the opening codes.
    institutions: Vec<&'a str>,
    /// An opening code had no institution.
    nameless: bool,
}

impl<'a> Latest<'a> {
    fn new(number: usize) -> Self {
        let institutions = Vec::new();
        Latest { number, state: State::Open, opened: false, transferred: false, institutions, nameless: false }
    }

    /// Adds an event, and says what is doubtful about it here.
    fn take(&mut self, role: Option<Role>, event: Event<'a>) -> Option<Doubt> {
        let doubt = match role {
            Some(Role::Opens) => self.open(event.institution).then_some(Doubt::DuplicateStart),
            _ => (self.state == State::Closed).then_some(Doubt::EventAfterEnd),
        };
        self.transferred |= role == Some(Role::Transfers);
        self.state = self.state.after(role);
        doubt
    }

    /// Adds an opening code, and says whether it is one too many.
    fn open(&mut self, institution: Option<&'a str>) -> bool {
        let first = !std::mem::replace(&mut self.opened, true);
        let transferred = std::mem::replace(&mut self.transferred, false);
        let known_before = self.nameless || institution.is_none_or(|name| self.institutions.contains(&name));
        match institution {
            Some(name) if !self.institutions.contains(&name) => self.institutions.push(name),
            Some(_) => {}
            None => self.nameless = true,
        }
        !first && !transferred && known_before
    }
}

impl State {
    /// Where a course stands after one more event: closed beats completed, and completed beats open (E10).
    pub(crate) fn after(self, role: Option<Role>) -> State {
        match (self, role) {
            (_, Some(Role::Closes)) => State::Closed,
            (State::Open, Some(Role::Completes)) => State::Completed,
            _ => self,
        }
    }
}
