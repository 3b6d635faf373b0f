//! Ordinary courses: from the opening code along the intervals, each ended on a day chosen by its limit.

use chrono::{Days, NaiveDate};

use super::{
    course::{Event, doubts, later, put_in_order, sound, state},
    random::Dice,
    shape::{Shape, Step},
};
use crate::{
    runtime::{State, due},
    tables::{Form, Limit},
};

/// How many courses are tried before one that breaks a rule of order is let through.
const TRIES: u32 = 8;
/// The longest course, in events.
const LONGEST: usize = 20;
/// The most days between two codes where no limit says anything.
const GAP: u32 = 30;
/// The most days past the earliest where no limit says which is the latest.
const OPEN: u32 = 60;

/// What the courses of one patient have in common.
pub(super) struct Walk<'w, 't> {
    pub shape: &'w Shape<'t>,
    pub as_of: NaiveDate,
    /// The share of intervals that end outside their limit.
    pub late: f64,
    pub institutions: u32,
    /// The variant whose limits the days are chosen by.
    pub variant: Option<usize>,
}

/// A course as far as the as-of date, and what comes after it.
#[derive(Default)]
pub(super) struct Walked {
    pub events: Vec<Event>,
    pub later: Vec<Event>,
}

struct Pending {
    date: NaiveDate,
    code: usize,
    /// A new start at another institution, that only an open course has.
    arrives: bool,
}

impl Walk<'_, '_> {
    /// A course that starts on the day and, if it can be found, breaks no rule; none if no code is valid there.
    pub fn course(&self, start: NaiveDate, is_first: bool, dice: &mut Dice) -> Option<Walked> {
        let mut found = None;
        for _ in 0..TRIES {
            let mut events = self.once(start, dice);
            put_in_order(&mut events);
            let until = events.partition_point(|event| event.date <= self.as_of);
            let later = events.split_off(until);
            if !sound(self.shape, &events, is_first, self.as_of) {
                continue;
            }
            let state = state(self.shape, &events);
            let ordinary = doubts(self.shape, &events).none()
                && self.shape.rules.iter().all(|rule| rule.broken(&events, state).is_none());
            found = Some(Walked { events, later });
            if ordinary {
                break;
            }
        }
        found
    }

    fn once(&self, start: NaiveDate, dice: &mut Dice) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        let mut pending: Vec<Pending> = Vec::new();
        let mut taken = vec![false; self.shape.steps.len()];
        // Few registers lack the institution.
        let mut institution = if dice.once_in(32) { None } else { Some(dice.below(self.institutions)) };
        let Some(opener) = dice.one_of(&self.shape.openers) else { return events };
        pending.push(Pending { date: start, code: *opener, arrives: false });
        self.aside(start, *opener, &mut pending, dice);
        let mut state = State::Open;
        while let Some(next) = (0..pending.len()).min_by_key(|at| pending.get(*at).map(|next| next.date)) {
            let Pending { date, code, arrives } = pending.swap_remove(next);
            let transfers = self.shape.transfers.contains(&code);
            if ((arrives || transfers) && state != State::Open) || !self.shape.valid(code, date) {
                continue;
            }
            if arrives && self.institutions > 1 {
                let further = 1 + dice.below(self.institutions - 1);
                institution = institution.map(|here| (here + further) % self.institutions);
            }
            events.push(Event { date, code, institution });
            state = state.after(self.shape.role(code));
            if state == State::Closed || events.len() >= LONGEST {
                break;
            }
            if transfers && !self.shape.openers.is_empty() {
                let date = later(date, 1 + dice.below(7));
                pending.push(Pending { date, code: *opener, arrives: true });
            }
            for (step, taken) in self.shape.steps.iter().zip(&mut taken) {
                if step.from.has(code) && (step.repeats || !*taken) {
                    *taken = true;
                    self.go(step, (date, code), &events, &mut pending, dice);
                }
            }
        }
        events
    }

    /// What comes beside the intervals: codes that nothing leads to, a transfer, an early end.
    fn aside(&self, start: NaiveDate, opener: usize, pending: &mut Vec<Pending>, dice: &mut Dice) {
        let mut some_day = |code: usize, most: u32, dice: &mut Dice| {
            let date = later(start, 1 + dice.below(most));
            pending.push(Pending { date, code, arrives: false });
        };
        for (code, leads_on) in &self.shape.loose {
            if dice.once_in(if *leads_on { 2 } else { 10 }) {
                some_day(*code, 60, dice);
            }
        }
        if dice.once_in(10)
            && let Some(code) = dice.one_of(&self.shape.transfers)
        {
            some_day(*code, 30, dice);
        }
        if dice.once_in(12)
            && let Some(code) = dice.one_of(&self.shape.stops)
        {
            some_day(*code, 90, dice);
        }
        if dice.once_in(25) {
            let date = later(start, 1 + dice.below(20));
            pending.push(Pending { date, code: opener, arrives: true });
        }
    }

    fn go(
        &self,
        step: &Step,
        (date, code): (NaiveDate, usize),
        events: &[Event],
        pending: &mut Vec<Pending>,
        dice: &mut Dice,
    ) {
        let is_there = |to: usize| events.iter().any(|e| e.code == to) || pending.iter().any(|e| e.code == to);
        if !step.repeats && step.to.iter().any(|to| is_there(*to)) {
            return;
        }
        let codes = if dice.once_in(6) { &step.to } else { &step.onward };
        let Some(to) = dice.one_of(codes).copied() else { return };
        if step.repeats && dice.once_in(3) {
            return;
        }
        let date_of_end = self.end(date, to, events, dice);
        pending.push(Pending { date: date_of_end, code: to, arrives: false });
        if step.repeats && !step.to.contains(&code) && !self.shape.openers.contains(&code) && dice.once_in(2) {
            let again = later(date_of_end, 1 + dice.below(GAP));
            pending.push(Pending { date: again, code, arrives: false });
        }
    }

    /// A day for a code that ends intervals: inside all their limits, often the last day, or outside one, often the next.
    fn end(&self, date: NaiveDate, to: usize, events: &[Event], dice: &mut Dice) -> NaiveDate {
        let starts = events.first().map_or(date, |event| event.date);
        let measures = self.shape.measures.iter().enumerate().filter(|(_, measure)| measure.ends_with(to));
        let windows = measures.filter_map(|(number, measure)| {
            let mut begun = events.iter().filter(|event| measure.from.has(event.code));
            let from = if measure.interval.repeats { begun.next_back() } else { begun.next() }?;
            Window::of(from.date, self.shape.row(number, self.variant, starts)?)
        });
        let windows: Vec<Window> = windows.collect();
        let at_the_edge = dice.once_in(3);
        let day = match dice.one_of(&windows) {
            None => later(date, dice.below(GAP + 1)),
            Some(window) if dice.chance(self.late) => window.outside(at_the_edge, dice),
            Some(_) => {
                let earliest = windows.iter().map(|window| window.earliest).max().unwrap_or(date).max(date);
                let latest = windows.iter().filter_map(|window| window.latest).min();
                match latest {
                    Some(latest) if at_the_edge && (earliest == date || dice.once_in(2)) => latest,
                    _ if at_the_edge => earliest,
                    _ => later(earliest, dice.below(days(earliest, latest.unwrap_or(later(earliest, OPEN))) + 1)),
                }
            }
        };
        day.max(date)
    }
}

/// The days on which an interval keeps its limit.
struct Window {
    from: NaiveDate,
    earliest: NaiveDate,
    latest: Option<NaiveDate>,
}

impl Window {
    /// None if the row has no number.
    fn of(from: NaiveDate, row: &Limit) -> Option<Self> {
        let (amount, unit) = row.amount.zip(row.unit)?;
        let (least, most) = match row.form {
            Form::AtLeast => (amount, None),
            _ => (row.minimum.unwrap_or(0), Some(amount)),
        };
        let by = |amount: u32| due(from, amount, unit);
        Some(Window { from, earliest: by(least)?, latest: most.and_then(by) })
    }

    fn outside(&self, at_the_edge: bool, dice: &mut Dice) -> NaiveDate {
        let before = |day: NaiveDate, days: u32| day.checked_sub_days(Days::new(days.into())).unwrap_or(day);
        match self.latest {
            Some(latest) if self.earliest == self.from || dice.once_in(2) => {
                later(latest, 1 + if at_the_edge { 0 } else { dice.below(days(self.from, latest) + 14) })
            }
            _ => before(self.earliest, 1 + if at_the_edge { 0 } else { dice.below(days(self.from, self.earliest)) }),
        }
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or_default()
}
