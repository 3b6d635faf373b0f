//! Points, days, row and status of one interval (E4, E5, E7, E8).

use chrono::NaiveDate;

use super::{
    IntervalAnswer, IntervalTrace, Point, State, Status,
    assembly::Coded,
    calendar::due,
    facts::Knowledge,
    prepare::{CodeSet, Measure, Prepared},
    variants::{self, Held},
    view::{Imagined, View},
};
use crate::tables::{Form, Limit, Unit};

/// What all intervals of a course are judged against.
pub(super) struct Setting<'a, 'e> {
    pub pathway: &'a Prepared<'a>,
    pub knowledge: &'e Knowledge<'a>,
    pub events: &'e [Coded<'a>],
    pub state: State,
    /// The day that picks the rows: the course's start, or its first event's date.
    pub starts: NaiveDate,
    pub as_of: NaiveDate,
    /// What is imagined where nothing is known.
    pub imagined: &'e [(usize, Imagined)],
}

/// The events that an interval goes between (E4).
#[derive(Clone, Copy)]
pub(super) struct Points<'e, 'a> {
    pub occurrence: u32,
    pub from: Option<&'e Coded<'a>>,
    pub to: Option<&'e Coded<'a>>,
}

impl<'a, 'e> Setting<'a, 'e> {
    /// The points of an interval: one pair, or one for each start if it repeats and has begun.
    pub fn occurrences(&self, measure: &'e Measure<'a>) -> impl Iterator<Item = Points<'e, 'a>> + use<'a, 'e> {
        let events = self.events;
        let (from, to) = (first(events, &measure.from), first(events, &measure.to));
        let repeats = measure.interval.repeats && from.is_some();
        let once = (!repeats).then_some(Points { occurrence: 1, from, to });
        let starts = events.iter().enumerate().filter(move |(_, coded)| repeats && measure.from.contains(coded.code));
        let each = starts.zip(1..).map(|((at, from), occurrence)| {
            let later = events.get(at + 1..).unwrap_or_default();
            Points { occurrence, from: Some(from), to: first(later, &measure.to) }
        });
        once.into_iter().chain(each)
    }

    /// The answer for the pathway's measure of this number.
    fn answer(&self, number: usize, measure: &'a Measure<'a>, points: Points) -> IntervalAnswer<'a> {
        let Points { occurrence, from, to } = points;
        let held = self.held(to);
        let limit = self.row(number, held).and_then(Number::of);
        let ends_otherwise = |to: &&Coded| measure.picks.as_ref().is_some_and(|picks| !picks.contains(to.code));
        let applies = !to.as_ref().is_some_and(ends_otherwise) && (to.is_some() || self.state != State::Closed);

        let date = |point: Option<&Coded>| point.filter(|_| applies).map(|coded| coded.event.date);
        let (from, to) = (date(from), date(to));
        let due = from.zip(limit).and_then(|(from, limit)| due(from, limit.amount, limit.unit));
        let status = match (from, to) {
            _ if !applies => Status::NotApplicable,
            (Some(from), Some(to)) => ended(from, to, limit, due),
            (None, Some(_)) => Status::Undetermined,
            (_, None) if self.state == State::Completed => Status::Undetermined,
            (None, None) => Status::NotStarted,
            (Some(_), None) if limit.is_none() => Status::NoLimit,
            (Some(_), None) if due.is_none_or(|due| self.as_of <= due) => Status::Running,
            (Some(_), None) => Status::Overdue,
        };
        let under_way = matches!(status, Status::Running | Status::Overdue);
        IntervalAnswer {
            interval: &measure.interval.name,
            treatment: measure.treatment.map(|treatment| treatment.name.as_str()),
            occurrence,
            from,
            to,
            days: from.zip(to).map(|(from, to)| (to - from).num_days()),
            variant: held.name(self.pathway),
            variant_basis: held.basis,
            limit: limit.map(|limit| limit.amount),
            unit: limit.map(|limit| limit.unit),
            status,
            due,
            days_left: due.filter(|_| under_way).map(|due| (due - self.as_of).num_days()),
        }
    }

    /// Why the answers are as they are, in their order.
    pub fn traces(&self) -> Vec<IntervalTrace<'a>> {
        let mut traces = Vec::with_capacity(self.pathway.measures.len());
        for (number, measure) in self.pathway.measures.iter().enumerate() {
            traces.extend(self.occurrences(measure).map(|points| self.trace(number, points)));
        }
        traces
    }

    fn trace(&self, number: usize, points: Points<'_, 'a>) -> IntervalTrace<'a> {
        let Points { from, to, .. } = points;
        let held = self.held(to);
        let row = self.row(number, held);
        IntervalTrace {
            from: from.map(point),
            to: to.map(point),
            row: row.map(|row| &row.origin),
            form: row.map(|row| row.form),
            minimum: row.and_then(|row| row.minimum),
            source: row.and_then(|row| row.source.as_deref()),
            inherited: held.variant.is_some() && row.is_some_and(|row| row.variant.is_none()),
            variant: variants::trace(self.pathway, self.knowledge, self.decided_on(to)),
        }
    }

    /// The day whose knowledge decides the variant.
    fn decided_on(&self, to: Option<&Coded>) -> NaiveDate {
        to.map_or(self.as_of, |to| to.event.date)
    }

    pub fn held(&self, to: Option<&Coded>) -> Held {
        self.held_on(self.decided_on(to))
    }

    /// The variant that holds by what is known on a day.
    pub fn held_on(&self, day: NaiveDate) -> Held {
        Held::in_view(self.pathway, &View { imagined: self.imagined, ..View::on(self.knowledge, day) })
    }

    /// The answers in the order of the pathway's measures.
    pub fn answers(&self) -> Vec<IntervalAnswer<'a>> {
        let mut answers = Vec::with_capacity(self.pathway.measures.len());
        answers.extend(self.numbered_answers().map(|(_, answer)| answer));
        answers
    }

    /// The answers, each with the number of its measure.
    pub fn numbered_answers(&self) -> impl Iterator<Item = (usize, IntervalAnswer<'a>)> {
        self.pathway.measures.iter().enumerate().flat_map(move |(number, measure)| {
            self.occurrences(measure).map(move |points| (number, self.answer(number, measure, points)))
        })
    }

    pub fn row(&self, number: usize, held: Held) -> Option<&'a Limit> {
        self.pathway.limits.row(number, held.variant, self.starts)
    }
}

fn first<'e, 'a>(events: &'e [Coded<'a>], codes: &CodeSet) -> Option<&'e Coded<'a>> {
    events.iter().find(|coded| codes.contains(coded.code))
}

fn point<'a>(coded: &Coded<'a>) -> Point<'a> {
    Point { code: coded.event.code, date: coded.event.date }
}

/// A row with a number.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub form: Form,
    /// The least amount: 0 where the form has none.
    pub minimum: u32,
    pub amount: u32,
    pub unit: Unit,
}

impl Number {
    pub fn of(row: &Limit) -> Option<Self> {
        let (amount, unit) = row.amount.zip(row.unit)?;
        let minimum = match row.form {
            Form::AtLeast => amount,
            _ => row.minimum.unwrap_or(0),
        };
        Some(Number { form: row.form, minimum, amount, unit })
    }
}

/// The status when both points exist.
fn ended(from: NaiveDate, to: NaiveDate, limit: Option<Number>, latest: Option<NaiveDate>) -> Status {
    let Some(limit) = limit.filter(|_| from <= to) else {
        return if to < from { Status::InvalidOrder } else { Status::NoLimit };
    };
    let earliest = due(from, limit.minimum, limit.unit);
    if earliest.is_some_and(|earliest| to < earliest) {
        Status::TooEarly
    } else if limit.form != Form::AtLeast && latest.is_some_and(|latest| latest < to) {
        Status::Exceeded
    } else {
        Status::Within
    }
}
