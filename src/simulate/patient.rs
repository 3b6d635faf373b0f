//! One patient: courses, facts, and rows that stand beside them.

use chrono::NaiveDate;

use super::{
    cohort::{Cohort, FIRST_DAY, InPathway, LAST_DAY},
    course::{Event, later, state},
    defect::Defect,
    knowledge::Given,
    plant::{Planted, Plot},
    random::Dice,
    rows::{Code, Day, Row, Stray},
    walk::Walk,
};
use crate::runtime::State;

/// One patient, as far as it is decided.
pub(super) struct Patient<'c, 't> {
    pub number: u32,
    pub own: &'c InPathway<'t>,
    /// Each by itself, as it is on the as-of date.
    pub courses: Vec<Vec<Event>>,
    pub given: Vec<Given<'t>>,
    /// The rows of events.
    pub rows: Vec<Row>,
    /// Rows of facts that cannot be used, after those that can.
    pub stray: Vec<Stray<'t>>,
    pub planted: Planted,
}

/// A patient that is being made.
pub(super) struct Making<'c, 't> {
    pub cohort: &'c Cohort<'t>,
    pub own: &'c InPathway<'t>,
    pub dice: Dice,
    pub number: u32,
    pub planted: Planted,
}

impl<'c, 't> Making<'c, 't> {
    pub fn patient(mut self) -> Patient<'c, 't> {
        let settings = &self.cohort.settings;
        let start = self.start();
        let (mut variant, mut given) = (None, Vec::new());
        if settings.facts {
            (variant, given) = self.own.aims.patient(start, &settings.shares, &mut self.planted, &mut self.dice);
        }
        let (courses, after) = self.courses(start, variant);
        if let Some(last) = courses.last().and_then(|events| events.last())
            && !given.is_empty()
            && self.hits(Defect::LateFacts)
        {
            self.count(Defect::LateFacts);
            let since = later(last.date, 1 + self.dice.below(30)).min(LAST_DAY);
            given.iter_mut().for_each(|given| given.date = Some(since));
        }
        let rows = self.rows(&courses, &after);
        let stray = if settings.facts { self.stray() } else { Vec::new() };
        Patient { number: self.number, own: self.own, courses, given, rows, stray, planted: self.planted }
    }

    /// Some day in the years before the as-of date, sometimes where the limits change.
    fn start(&mut self) -> NaiveDate {
        let InPathway { first, last, ref changes, .. } = *self.own;
        if self.dice.once_in(10)
            && let Some(change) = self.dice.one_of(changes)
        {
            return change.pred_opt().map_or(*change, |before| later(before, self.dice.below(3)));
        }
        later(first, self.dice.below(u32::try_from((last - first).num_days() + 1).unwrap_or(1)))
    }

    /// The courses, and what comes after the as-of date.
    fn courses(&mut self, start: NaiveDate, variant: Option<usize>) -> (Vec<Vec<Event>>, Vec<Event>) {
        let (settings, shape) = (&self.cohort.settings, &self.own.shape);
        let (as_of, institutions) = (settings.as_of, settings.institutions);
        let late = settings.shares.of(Defect::Late);
        let walk = Walk { shape, as_of, late, institutions, variant };
        let (mut courses, mut after) = (Vec::new(), Vec::new());
        let mut start = start;
        while start <= as_of {
            let is_first = courses.is_empty();
            let Some(mut walked) = walk.course(start, is_first, &mut self.dice) else { break };
            let plot = Plot { shape, as_of, is_first };
            plot.plant(&mut walked.events, &settings.shares, &mut self.planted, &mut self.dice);
            let has_ended = state(shape, &walked.events) != State::Open;
            let last = walked.events.last().map_or(start, |event| event.date);
            courses.push(walked.events);
            after = walked.later;
            if !has_ended || !self.dice.once_in(16) {
                break;
            }
            start = later(last, 30 + self.dice.below(370));
        }
        (courses, after)
    }

    /// A row for each event, and those that stand beside them.
    fn rows(&mut self, courses: &[Vec<Event>], after: &[Event]) -> Vec<Row> {
        let as_of = self.cohort.settings.as_of;
        let mut rows: Vec<Row> = courses.iter().flatten().map(|event| Row::used(*event)).collect();
        let Some(any) = courses.iter().flatten().next().copied() else { return rows };
        if self.hits(Defect::AfterAsOf) {
            let shape = &self.own.shape;
            let next = Event { date: later(as_of, 1 + self.dice.below(30)), ..any };
            let events = if after.is_empty() { &[next] } else { after };
            let usable = |event: &&Event| shape.valid(event.code, event.date) && event.date <= LAST_DAY;
            let before = rows.len();
            rows.extend(events.iter().filter(usable).map(|event| Row::later(*event)));
            if rows.len() > before {
                self.count(Defect::AfterAsOf);
            }
        }
        let day = Day::Is(any.date);
        let row = |code, day| Row { day, code, institution: any.institution };
        for (defect, code, day) in [
            (Defect::UnknownCode, Code::UnknownSuffix, day),
            (Defect::ForeignCode, Code::Foreign, day),
            (Defect::BadDate, Code::Known(any.code), Day::None(self.dice.below(4))),
        ] {
            if self.hits(defect) {
                self.count(defect);
                self.beside(&mut rows, row(code, day));
            }
        }
        if self.hits(Defect::NotValid)
            && let Some(not_valid) = self.not_valid()
        {
            self.count(Defect::NotValid);
            self.beside(&mut rows, Row { institution: any.institution, ..not_valid });
        }
        if self.hits(Defect::DuplicateRow)
            && let Some(again) = self.dice.one_of(&rows).copied()
        {
            self.count(Defect::DuplicateRow);
            self.beside(&mut rows, again);
        }
        rows
    }

    /// A row anywhere among the others.
    fn beside(&mut self, rows: &mut Vec<Row>, row: Row) {
        let at = self.dice.below(u32::try_from(rows.len() + 1).unwrap_or(1)) as usize;
        rows.insert(at.min(rows.len()), row);
    }

    /// A code on the day before its first or after its last; none if it has neither.
    fn not_valid(&mut self) -> Option<Row> {
        let pathway = self.own.shape.pathway;
        let mut outside = Vec::new();
        for (number, code) in pathway.codes.iter().enumerate() {
            let before =
                [code.valid_from, pathway.valid_from].into_iter().flatten().filter_map(|first| first.pred_opt());
            let after = [code.valid_to, pathway.valid_to].into_iter().flatten().filter_map(|last| last.succ_opt());
            let dates = before.chain(after).filter(|date| (FIRST_DAY..=LAST_DAY).contains(date));
            outside.extend(dates.map(|date| (number, date)));
        }
        let (code, date) = *self.dice.one_of(&outside)?;
        Some(Row { day: Day::NotValid(date), code: Code::Known(code), institution: None })
    }

    /// Rows of facts that cannot be used.
    fn stray(&mut self) -> Vec<Stray<'t>> {
        let mut stray = Vec::new();
        if self.hits(Defect::UnknownFact) {
            self.count(Defect::UnknownFact);
            stray.push(Stray::UnknownFact);
        }
        let facts = &self.own.shape.pathway.facts;
        if self.hits(Defect::UnknownValue)
            && let Some(fact) = self.dice.one_of(facts).filter(|fact| fact.formula.is_none())
        {
            let unknown = Stray::UnknownValue(&fact.name);
            self.count(Defect::UnknownValue);
            stray.push(unknown);
        }
        stray
    }

    /// Whether the defect shall come here.
    fn hits(&mut self, defect: Defect) -> bool {
        let share = self.cohort.settings.shares.of(defect);
        share > 0.0 && self.dice.chance(share)
    }

    fn count(&mut self, defect: Defect) {
        *self.planted.entry(defect).or_default() += 1;
    }
}
