//! Ordinary courses: from the opening code along the intervals, each ended on a day chosen by its limit.

use chrono::{Days, NaiveDate};

use super::{
    course::{Event, doubts, later, put_in_order, sound, state},
    random::Dice,
    shape::{Measure, Shape, Step},
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
            && let Some(code) = dice.one_of(&self.shape.closers)
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
        let date_of_end = self.end(step, date, to, events, dice);
        pending.push(Pending { date: date_of_end, code: to, arrives: false });
        if step.repeats && !step.to.contains(&code) && !self.shape.openers.contains(&code) && dice.once_in(2) {
            let again = later(date_of_end, 1 + dice.below(GAP));
            pending.push(Pending { date: again, code, arrives: false });
        }
    }

    /// A day for the code that ends a step, by the limit of the step's interval or of another that ends there too.
    fn end(&self, step: &Step, date: NaiveDate, to: usize, events: &[Event], dice: &mut Dice) -> NaiveDate {
        let from = |measure: &Measure| events.iter().find(|event| measure.from.has(event.code)).map(|event| event.date);
        let ending = |(_, measure): &(usize, &Measure)| measure.ends_with(to) && from(measure).is_some();
        let starts = events.first().map_or(date, |event| event.date);
        let aim = if dice.once_in(8) {
            let mut all = Vec::new();
            all.extend(self.shape.measures.iter().enumerate().filter(ending));
            dice.one_of(&all).and_then(|(number, measure)| Some((*number, from(measure)?)))
        } else {
            let own = |measure: &Measure| measure.ends_with(to) && step.from.same(&measure.from);
            let number = self.shape.measures.iter().position(own);
            number.map(|number| (number, date))
        };
        let row = aim.and_then(|(number, from)| Some((from, self.shape.row(number, self.variant, starts)?)));
        let chosen = row.and_then(|(from, row)| self.by_limit(from, row, dice));
        let gap = dice.below(GAP + 1);
        chosen.unwrap_or(later(date, gap)).max(date)
    }

    /// A day inside a row's limit, often its last, or outside it, often the next; none if it has no number.
    fn by_limit(&self, from: NaiveDate, row: &Limit, dice: &mut Dice) -> Option<NaiveDate> {
        let (amount, unit) = row.amount.zip(row.unit)?;
        let (least, most) = match row.form {
            Form::AtLeast => (amount, None),
            _ => (row.minimum.unwrap_or(0), Some(amount)),
        };
        let earliest = due(from, least, unit)?;
        let latest = match most {
            Some(most) => due(from, most, unit)?,
            None => later(earliest, 60),
        };
        let days = |from: NaiveDate, to: NaiveDate| u32::try_from((to - from).num_days()).unwrap_or_default();
        let at_the_edge = dice.once_in(3);
        if dice.chance(self.late) {
            let too_early = earliest > from && (most.is_none() || dice.once_in(2));
            if too_early {
                let back = if at_the_edge { 0 } else { dice.below(days(from, earliest)) };
                return earliest.checked_sub_days(Days::new(1 + u64::from(back)));
            }
            if most.is_some() {
                let on = if at_the_edge { 0 } else { dice.below(days(from, latest) + 14) };
                return Some(later(latest, 1 + on));
            }
        }
        if at_the_edge {
            let at_the_end = most.is_some() && (least == 0 || dice.once_in(2));
            return Some(if at_the_end { latest } else { earliest });
        }
        Some(later(earliest, dice.below(days(earliest, latest) + 1)))
    }
}
