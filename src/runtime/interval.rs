//! Points, days, row and status of one interval (E4, E5, E7, E8).

use chrono::NaiveDate;

use super::{
    IntervalAnswer, IntervalTrace, Point, State, Status,
    assembly::Coded,
    calendar::{days_between, due},
    facts::Knowledge,
    limits::{Number, Row, Rows},
    prepare::{Measure, Prepared},
    shape::{Shape, Span},
    variants::{self, Held},
    view::{Imagined, View},
};
use crate::tables::{Form, Role};

/// What all intervals of a course are judged against.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a, 'e> {
    pub pathway: &'a Prepared<'a>,
    pub knowledge: &'e Knowledge<'e, 'a>,
    pub events: &'e [Coded<'a>],
    pub shape: &'e Shape,
    /// Those of the course's start, or of its first event's date.
    pub rows: Rows<'a, 'a>,
    pub as_of: NaiveDate,
    /// What is imagined where nothing is known.
    pub imagined: &'e [(usize, Imagined)],
}

impl<'a, 'e> Setting<'a, 'e> {
    /// The answers in the order of the pathway's measures.
    pub fn answers(&self) -> Vec<IntervalAnswer<'a>> {
        let mut answers = Vec::with_capacity(self.shape.spans.len());
        answers.extend(self.numbered_answers(None).map(|(_, answer)| answer));
        answers
    }

    /// The answers, each with the number of its measure. What starts with an opening code starts at the first that is
    /// this institution's own, if one is asked for and has one before the end.
    #[inline]
    pub fn numbered_answers(&self, own: Option<&str>) -> impl Iterator<Item = (usize, IntervalAnswer<'a>)> {
        let mut latest: Option<(NaiveDate, Held)> = None;
        self.shape.spans.iter().filter_map(move |span| {
            let measure = self.pathway.measures.get(span.measure)?;
            let (from, to) = (self.event(span.from), self.event(span.to));
            let from = own.and_then(|own| self.own_start(own, measure, [from?, to.unwrap_or(from?)])).or(from);
            let day = self.decided_on(to);
            let held = match latest {
                Some((known, held)) if known == day => held,
                _ => latest.insert((day, self.held_on(day))).1,
            };
            Some((span.measure, self.answer(span, measure, [from, to], held)))
        })
    }

    /// The answer for a span of the measure between these events.
    #[inline]
    fn answer(
        &self,
        span: &Span,
        measure: &'a Measure<'a>,
        points: [Option<&Coded>; 2],
        held: Held,
    ) -> IntervalAnswer<'a> {
        let state = self.shape.state;
        let limit = self.row(span.measure, held).and_then(|row| row.number);
        let [from, to] = points.map(|point| point.filter(|_| span.applies).map(|coded| coded.date));
        let due = from.zip(limit).and_then(|(from, limit)| due(from, limit.amount, limit.unit));
        let status = match (from, to) {
            _ if !span.applies => Status::NotApplicable,
            (Some(from), Some(to)) => ended(from, to, limit, due),
            (None, Some(_)) => Status::Undetermined,
            (_, None) if state == State::Completed => Status::Undetermined,
            (None, None) => Status::NotStarted,
            (Some(_), None) if limit.is_none() => Status::NoLimit,
            (Some(_), None) if due.is_none_or(|due| self.as_of <= due) => Status::Running,
            (Some(_), None) => Status::Overdue,
        };
        let under_way = matches!(status, Status::Running | Status::Overdue);
        IntervalAnswer {
            interval: &measure.interval.name,
            treatment: measure.treatment.map(|treatment| treatment.name.as_str()),
            occurrence: span.occurrence,
            from,
            to,
            days: from.zip(to).map(|(from, to)| days_between(from, to)),
            variant: held.name(self.pathway),
            variant_basis: held.basis,
            limit: limit.map(|limit| limit.amount),
            unit: limit.map(|limit| limit.unit),
            status,
            due,
            days_left: due.filter(|_| under_way).map(|due| days_between(self.as_of, due)),
        }
    }

    /// The institution's first opening code that can start the measure, if the measure starts with one and it is not after
    /// the end.
    fn own_start(&self, own: &str, measure: &Measure, [from, to]: [&Coded; 2]) -> Option<&'e Coded<'a>> {
        let opens = |coded: &Coded| self.pathway.role(coded.code) == Some(Role::Opens);
        if !opens(from) || measure.interval.repeats {
            return None;
        }
        let starts = |coded: &&Coded| opens(coded) && measure.from.contains(coded.code as usize);
        let own = self.events.iter().filter(starts).find(|coded| coded.institution == Some(own))?;
        (own.date <= to.date).then_some(own)
    }

    /// Why the answers are as they are, in their order.
    pub fn traces(&self) -> Vec<IntervalTrace<'a>> {
        self.shape.spans.iter().map(|span| self.trace(span)).collect()
    }

    fn trace(&self, span: &Span) -> IntervalTrace<'a> {
        let (from, to) = (self.event(span.from), self.event(span.to));
        let held = self.held_on(self.decided_on(to));
        let row = self.row(span.measure, held).map(|row| row.limit);
        IntervalTrace {
            from: from.and_then(|from| self.point(from)),
            to: to.and_then(|to| self.point(to)),
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
        to.map_or(self.as_of, |to| to.date)
    }

    /// The variant that holds by what is known on a day.
    pub fn held_on(&self, day: NaiveDate) -> Held {
        if self.knowledge.known.is_empty() && self.imagined.is_empty() {
            return self.pathway.unknown;
        }
        Held::in_view(self.pathway, &View { imagined: self.imagined, ..View::on(self.knowledge, day) })
    }

    /// The row of the measure of this number.
    pub fn row(&self, number: usize, held: Held) -> Option<&'a Row<'a>> {
        self.rows.of(number, held.variant)
    }

    /// The event of this number.
    pub fn event(&self, number: Option<usize>) -> Option<&'e Coded<'a>> {
        self.events.get(number?)
    }

    fn point(&self, coded: &Coded) -> Option<Point<'a>> {
        let code = &self.pathway.pathway.codes.get(coded.code as usize)?.code;
        Some(Point { code, date: coded.date })
    }
}

/// The status when both points exist.
fn ended(from: NaiveDate, to: NaiveDate, limit: Option<Number>, latest: Option<NaiveDate>) -> Status {
    let Some(limit) = limit.filter(|_| from <= to) else {
        return if to < from { Status::InvalidOrder } else { Status::NoLimit };
    };
    let earliest =
        Some(limit.minimum).filter(|minimum| *minimum > 0).and_then(|minimum| due(from, minimum, limit.unit));
    if earliest.is_some_and(|earliest| to < earliest) {
        Status::TooEarly
    } else if limit.form != Form::AtLeast && latest.is_some_and(|latest| latest < to) {
        Status::Exceeded
    } else {
        Status::Within
    }
}
