//! One patient: courses, facts, and rows that stand beside them.

use chrono::NaiveDate;

use super::{
    cohort::{Cohort, FIRST_DAY, InPathway, LAST_DAY},
    course::{Course, Event, later, state},
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
    /// One for each pathway, sorted by id.
    pub parts: Vec<Part<'c, 't>>,
    /// The rows of events.
    pub rows: Vec<Row<'t>>,
    pub planted: Planted,
}

/// What a patient has in one pathway.
pub(super) struct Part<'c, 't> {
    pub own: &'c InPathway<'t>,
    /// Each by itself, as it is on the as-of date.
    pub courses: Vec<Course>,
    pub given: Vec<Given<'t>>,
    /// Rows of facts that cannot be used, after those that can.
    pub stray: Vec<Stray<'t>>,
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
        let (part, mut rows) = self.part();
        let mut parts = vec![part];
        if self.happens(self.cohort.settings.shares.two_pathways)
            && let Some(other) = self.dice.one_of(&self.own.beside)
            && let Some(other) = self.cohort.pathways.get(*other)
        {
            self.own = other;
            let (part, more) = self.part();
            parts.push(part);
            parts.sort_by(|one, other| one.own.shape.pathway.id.cmp(&other.own.shape.pathway.id));
            rows = self.mixed(vec![rows, more]);
        }
        Patient { number: self.number, parts, rows, planted: self.planted }
    }

    /// The patient in one pathway, and its rows of events.
    fn part(&mut self) -> (Part<'c, 't>, Vec<Row<'t>>) {
        let settings = &self.cohort.settings;
        let start = self.start();
        let (mut variant, mut given) = (None, Vec::new());
        if settings.facts {
            (variant, given) = self.own.aims.patient(start, &settings.shares, &mut self.planted, &mut self.dice);
        }
        let has_ids = self.happens(settings.shares.course_ids);
        let (courses, after) = self.courses(start, variant, has_ids);
        if let Some(last) = courses.iter().filter_map(|course| course.events.last()).max()
            && !given.is_empty()
            && self.hits(Defect::LateFacts)
        {
            self.count(Defect::LateFacts);
            let since = later(last.date, 1 + self.dice.below(30)).min(LAST_DAY);
            given.iter_mut().for_each(|given| given.date = Some(since));
        }
        let rows = self.rows(&courses, &after);
        let stray = if settings.facts { self.stray() } else { Vec::new() };
        (Part { own: self.own, courses, given, stray }, rows)
    }

    /// The rows of all, each of them in its order.
    fn mixed(&mut self, all: Vec<Vec<Row<'t>>>) -> Vec<Row<'t>> {
        let mut left: Vec<_> = all.into_iter().map(Vec::into_iter).collect();
        let mut mixed = Vec::new();
        while !left.is_empty() {
            let which = self.dice.below(u32::try_from(left.len()).unwrap_or(1)) as usize;
            match left.get_mut(which).and_then(Iterator::next) {
                Some(row) => mixed.push(row),
                None => drop(left.remove(which)),
            }
        }
        mixed
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

    /// The courses, sorted by their first event, and what comes after the as-of date. Those with ids may go on side by side.
    fn courses(&mut self, start: NaiveDate, variant: Option<usize>, has_ids: bool) -> (Vec<Course>, Vec<Event>) {
        let (settings, shape) = (&self.cohort.settings, &self.own.shape);
        let (as_of, institutions) = (settings.as_of, settings.institutions);
        let late = settings.shares.of(Defect::Late);
        let walk = Walk { shape, as_of, late, institutions, variant };
        let (mut courses, mut after): (Vec<Course>, _) = (Vec::new(), Vec::new());
        let mut start = start;
        while start <= as_of {
            let is_first = courses.is_empty();
            let Some(mut walked) = walk.course(start, is_first, &mut self.dice) else { break };
            let plot = Plot { shape, as_of, is_first };
            let mut planted = self.planted.clone();
            plot.plant(&mut walked.events, &settings.shares, &mut planted, &mut self.dice);
            // The order of rows must not decide which course is the first.
            let first = |events: &[Event]| events.first().map(|event| (event.date, event.code));
            if courses.iter().any(|course| first(&course.events) == first(&walked.events)) {
                break;
            }
            self.planted = planted;
            let has_ended = state(shape, &walked.events) != State::Open;
            let last = walked.events.last().map_or(start, |event| event.date);
            courses.push(Course { events: walked.events, id: None });
            after = walked.later;
            if has_ids && self.dice.once_in(3) {
                start = later(start, 1 + self.dice.below(200));
            } else if !has_ids && has_ended && self.dice.once_in(16) {
                start = later(last, 30 + self.dice.below(370));
            } else {
                break;
            }
        }
        courses.sort_by(|one, other| one.events.cmp(&other.events));
        if has_ids {
            // Backwards: it is their first events that number courses.
            courses.iter_mut().rev().zip(1..).for_each(|(course, id)| course.id = Some(id));
        }
        (courses, after)
    }

    /// A row for each event, and those that stand beside them.
    fn rows(&mut self, courses: &[Course], after: &[Event]) -> Vec<Row<'t>> {
        let (as_of, pathway) = (self.cohort.settings.as_of, self.own.shape.pathway);
        let of = |course: &Course| {
            let id = course.id;
            course.events.iter().map(move |event| Row::used(pathway, *event, id)).collect::<Vec<_>>()
        };
        let all: Vec<_> = courses.iter().map(of).collect();
        let Some((any, id)) = courses.first().and_then(|course| Some((*course.events.first()?, course.id))) else {
            return Vec::new();
        };
        let mut rows = if id.is_some() { self.mixed(all) } else { all.concat() };
        if self.hits(Defect::AfterAsOf) {
            let shape = &self.own.shape;
            let next = Event { date: later(as_of, 1 + self.dice.below(30)), ..any };
            let events = if after.is_empty() { &[next] } else { after };
            let usable = |event: &&Event| shape.valid(event.code, event.date) && event.date <= LAST_DAY;
            let before = rows.len();
            rows.extend(events.iter().filter(usable).map(|event| Row::later(pathway, *event, id)));
            if rows.len() > before {
                self.count(Defect::AfterAsOf);
            }
        }
        let day = Day::Is(any.date);
        let row = |code, day| Row { pathway, day, code, institution: any.institution, id };
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
            self.beside(&mut rows, Row { institution: any.institution, id, ..not_valid });
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
    fn beside(&mut self, rows: &mut Vec<Row<'t>>, row: Row<'t>) {
        let at = self.dice.below(u32::try_from(rows.len() + 1).unwrap_or(1)) as usize;
        rows.insert(at.min(rows.len()), row);
    }

    /// A code on the day before its first or after its last; none if it has neither.
    fn not_valid(&mut self) -> Option<Row<'t>> {
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
        Some(Row { pathway, day: Day::NotValid(date), code: Code::Known(code), institution: None, id: None })
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
        self.happens(self.cohort.settings.shares.of(defect))
    }

    fn happens(&mut self, share: f64) -> bool {
        share > 0.0 && self.dice.chance(share)
    }

    fn count(&mut self, defect: Defect) {
        *self.planted.entry(defect).or_default() += 1;
    }
}
