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
    pub fn numbered_answers<'s>(&'s self, own: Option<&'s str>) -> Answers<'s, 'a, 'e> {
        Answers { setting: self, spans: self.shape.spans.iter(), own, decided: None, held: self.pathway.unknown }
    }

    /// The answer for a span of the measure between these events.
    #[inline]
    fn answer(
        &self,
        span: &Span,
        measure: &'a Measure<'a>,
        held: Held,
        from: Option<&Coded>,
        to: Option<&Coded>,
    ) -> IntervalAnswer<'a> {
        let limit = self.row(span.measure, held).and_then(|row| row.number.as_ref());
        let mut answer = IntervalAnswer {
            interval: &measure.interval.name,
            treatment: measure.treatment.map(|treatment| treatment.name.as_str()),
            occurrence: span.occurrence,
            from: None,
            to: None,
            days: None,
            variant: held.name(self.pathway),
            variant_basis: held.basis,
            limit: limit.map(|limit| limit.amount),
            unit: limit.map(|limit| limit.unit),
            status: Status::NotApplicable,
            due: None,
            days_left: None,
        };
        if !span.applies {
            return answer;
        }
        answer.from = from.map(|from| from.date);
        answer.to = to.map(|to| to.date);
        if let (Some(from), Some(limit)) = (from, limit) {
            answer.due = due(from.date, limit.amount, limit.unit);
        }
        answer.status = match (from, to) {
            (Some(from), Some(to)) => {
                answer.days = Some(days_between(from.date, to.date));
                ended(from.date, to.date, limit, answer.due)
            }
            (None, Some(_)) => Status::Undetermined,
            (_, None) if self.shape.state == State::Completed => Status::Undetermined,
            (None, None) => Status::NotStarted,
            (Some(_), None) if limit.is_none() => Status::NoLimit,
            (Some(_), None) => {
                answer.days_left = answer.due.map(|due| days_between(self.as_of, due));
                if answer.days_left.is_some_and(|left| left < 0) { Status::Overdue } else { Status::Running }
            }
        };
        answer
    }

    /// The institution's first opening code that can start the measure, if `first`, which does now, is one too and it is
    /// not after the end.
    fn own_start(&self, own: &str, measure: &Measure, first: &Coded, to: Option<&Coded>) -> Option<&'e Coded<'a>> {
        let opens = |coded: &Coded| self.pathway.role(coded.code) == Some(Role::Opens);
        if !opens(first) || measure.interval.repeats {
            return None;
        }
        let starts = |coded: &&Coded| opens(coded) && measure.from.contains(coded.code as usize);
        let own = self.events.iter().filter(starts).find(|coded| coded.institution == Some(own))?;
        to.is_none_or(|to| own.date <= to.date).then_some(own)
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
        if self.knowledge.is_empty(day) && self.imagined.is_empty() {
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

/// Works out one answer after the other.
pub(super) struct Answers<'s, 'a, 'e> {
    setting: &'s Setting<'a, 'e>,
    spans: std::slice::Iter<'e, Span>,
    own: Option<&'s str>,
    /// The latest day that decided a variant, and that variant.
    decided: Option<NaiveDate>,
    held: Held,
}

impl<'a> Iterator for Answers<'_, 'a, '_> {
    type Item = (usize, IntervalAnswer<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (setting, span) = (self.setting, self.spans.next()?);
        let measure = setting.pathway.measures.get(span.measure)?;
        let (mut from, to) = (setting.event(span.from), setting.event(span.to));
        if let (Some(own), Some(first)) = (self.own, from) {
            from = setting.own_start(own, measure, first, to).or(from);
        }
        let mut day = setting.decided_on(to);
        if !setting.pathway.ages {
            day = setting.knowledge.settled(day);
        }
        if self.decided != Some(day) {
            self.decided = Some(day);
            self.held = setting.held_on(day);
        }
        Some((span.measure, setting.answer(span, measure, self.held, from, to)))
    }
}

/// The status when both points exist.
fn ended(from: NaiveDate, to: NaiveDate, limit: Option<&Number>, latest: Option<NaiveDate>) -> Status {
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
