//! From a patient's events to courses (E1–E3).

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{State, prepare::Prepared};
use crate::tables::Role;

/// An event whose code a pathway declares on its date: what [`Evaluator::judge`](super::Evaluator::judge) takes.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'a> {
    pub(super) date: NaiveDate,
    pub(super) pathway: u32,
    pub(super) code: u32,
    /// Its number in the input; once in order, that of its course among those of the pathway. Both from 0.
    pub(super) number: u32,
    pub(super) doubt: Option<Doubt>,
    pub(super) institution: Option<&'a str>,
    /// The course id that it carries.
    pub(super) id: Option<&'a str>,
}

impl<'a> Coded<'a> {
    /// Its date.
    #[inline]
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// An event by the numbers of its pathway and code in its evaluator.
    pub(crate) fn numbered(
        date: NaiveDate,
        (pathway, code): (u32, u32),
        institution: Option<&'a str>,
        id: Option<&'a str>,
    ) -> Self {
        Coded { date, pathway, code, number: 0, doubt: None, institution, id }
    }

    /// The numbers of its pathway and code in its evaluator.
    #[cfg(feature = "input")]
    pub(crate) fn numbers(&self) -> (u32, u32) {
        (self.pathway, self.code)
    }

    /// Where it happened.
    #[cfg(feature = "input")]
    pub(crate) fn institution(&self) -> Option<&'a str> {
        self.institution
    }

    /// The course id that it carries.
    #[cfg(feature = "input")]
    pub(crate) fn course(&self) -> Option<&'a str> {
        self.id
    }

    /// Forgets what an earlier judgement made of it.
    pub(super) fn set_out(&mut self) {
        (self.number, self.doubt) = (0, None);
    }

    fn content(&self) -> (Option<&'a str>, Option<&'a str>) {
        (self.institution, self.id)
    }

    fn place(&self) -> (u32, NaiveDate, u32) {
        (self.pathway, self.date, self.code)
    }
}

/// Sorts by pathway and then as E2 says, and keeps one of equal events (E1). They come in the order of the input.
pub(super) fn put_in_order(events: &mut Vec<Coded>) {
    let in_order = |events: &[Coded]| events.is_sorted_by(|a, b| a.place() < b.place());
    if in_order(events) {
        return;
    }
    events.sort_by_key(Coded::place);
    if in_order(events) {
        return;
    }
    for (number, coded) in (0..).zip(events.iter_mut()) {
        coded.number = number;
    }
    events.sort_by(|a, b| a.place().cmp(&b.place()).then_with(|| a.content().cmp(&b.content())));
    events.dedup_by(|a, b| a.place() == b.place() && a.content() == b.content());
    events.sort_unstable_by_key(|coded| coded.number);
}

/// What is doubtful about an event's place in its course (E3), in the order of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    MissingStart,
    DuplicateStart,
    EventAfterEnd,
}

impl Doubt {
    pub const ALL: [Doubt; 3] = [Doubt::MissingStart, Doubt::DuplicateStart, Doubt::EventAfterEnd];

    /// The finding's code.
    pub fn code(self) -> &'static str {
        match self {
            Doubt::MissingStart => "missing_start",
            Doubt::DuplicateStart => "duplicate_start",
            Doubt::EventAfterEnd => "event_after_end",
        }
    }
}

/// Gives each event of one pathway, in order, its course and what is doubtful about it there, and puts the courses one
/// after the other. `openers` is room to work in.
pub(super) fn assemble(pathway: &Prepared, events: &mut [Coded], openers: &mut Vec<usize>) {
    let mut courses = 0;
    let mut by_id = None;
    let mut latest: Option<Latest> = None;
    for at in 0..events.len() {
        let Some((coded, before)) = events.get_mut(..=at).and_then(<[_]>::split_last_mut) else { continue };
        if let Some(id) = coded.id {
            coded.number = *by_id.get_or_insert_with(HashMap::new).entry(id).or_insert(courses);
            courses = courses.max(coded.number + 1);
            continue;
        }
        let role = pathway.role(coded.code);
        let opens = role == Some(Role::Opens);
        let course = match &mut latest {
            Some(course) if !opens || course.state == State::Open => course,
            _ => {
                coded.doubt = (!opens).then_some(Doubt::MissingStart);
                openers.clear();
                courses += 1;
                latest.insert(Latest::new(courses - 1))
            }
        };
        coded.number = course.number;
        if opens {
            let before = |opener: usize| before.get(opener).and_then(|coded| coded.institution);
            let known = openers.iter().any(|opener| before(*opener) == coded.institution);
            coded.doubt = course.open(coded.institution.is_none(), known).then_some(Doubt::DuplicateStart);
            if !known {
                openers.push(at);
            }
        } else if course.state == State::Closed {
            coded.doubt = Some(Doubt::EventAfterEnd);
        }
        course.transferred |= role == Some(Role::Transfers);
        course.state = course.state.after(role);
    }
    if by_id.is_some() {
        events.sort_by_key(|coded| coded.number);
    }
}

/// The latest course without an id, as far as it has come.
struct Latest {
    number: u32,
    state: State,
    opened: bool,
    /// A transferring code came after the latest opening code.
    transferred: bool,
    /// An opening code had no institution.
    nameless: bool,
}

impl Latest {
    fn new(number: u32) -> Self {
        Latest { number, state: State::Open, opened: false, transferred: false, nameless: false }
    }

    /// Adds an opening code, and says whether it is one too many. `known`: one with the same institution came before it.
    fn open(&mut self, nameless: bool, known: bool) -> bool {
        let first = !std::mem::replace(&mut self.opened, true);
        let transferred = std::mem::replace(&mut self.transferred, false);
        self.nameless |= nameless;
        !first && !transferred && (known || self.nameless)
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
