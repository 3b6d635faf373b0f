//! Points, days, row and status of one interval (E4, E5, E7, E8).

use chrono::NaiveDate;

use super::{
    IntervalAnswer, IntervalTrace, Point, State, Status,
    assembly::Coded,
    calendar::{days_between, due},
    facts::Knowledge,
    limits::{Number, Row, Rows},
    prepare::Prepared,
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
        answers.extend(self.measured(None).map(|measured| self.answer(&measured)));
        answers
    }

    /// What is measured, in the order of the pathway's measures. What starts with an opening code starts at the first that is
    /// this institution's own, if one is asked for and has one before the end.
    #[inline]
    pub fn measured<'s>(&'s self, own: Option<&'s str>) -> AllMeasured<'s, 'a, 'e> {
        let held = self.pathway.unknown;
        // Without facts nothing else holds on any day.
        let always = self.knowledge.knows_nothing() && self.imagined.is_empty();
        AllMeasured { setting: self, spans: self.shape.spans.iter(), own, always, decided: None, held }
    }

    /// The answer about what is measured.
    pub fn answer(&self, measured: &Measured) -> IntervalAnswer<'a> {
        let Measured { measure, occurrence, held, .. } = *measured;
        let limit = self.limit(measured);
        let (interval, treatment) = self.pathway.measures.get(measure).map_or(("", None), |measure| {
            (measure.interval.name.as_str(), measure.treatment.map(|treatment| treatment.name.as_str()))
        });
        let Outcome { status, days, .. } = self.outcome(measured);
        let date = |event| self.event(event).filter(|_| status != Status::NotApplicable).map(|coded| coded.date);
        let (from, to) = (date(measured.from), date(measured.to));
        let due = from.zip(limit).and_then(|(from, limit)| due(from, limit.amount, limit.unit));
        let is_open = matches!(status, Status::Running | Status::Overdue);
        IntervalAnswer {
            interval,
            treatment,
            occurrence,
            from,
            to,
            days,
            variant: held.name(self.pathway),
            variant_basis: held.basis,
            limit: limit.map(|limit| limit.amount),
            unit: limit.map(|limit| limit.unit),
            status,
            due,
            days_left: due.filter(|_| is_open).map(|due| days_between(self.as_of, due)),
        }
    }

    /// The number of the row that holds for what is measured.
    pub fn limit(&self, measured: &Measured) -> Option<Number> {
        self.row(measured.measure, measured.held)?.number
    }

    /// What the dates make of what is measured.
    #[inline(always)]
    pub fn outcome(&self, measured: &Measured) -> Outcome {
        let date = |event: usize| self.events.get(event).map_or(self.as_of, |coded| coded.date);
        match measured.standing {
            Standing::Settled(status) => Outcome { status, days: None, past: None },
            Standing::Ended { from, to, limit } => Outcome::ended(date(from), date(to), limit),
            Standing::Open { from, limit } => Outcome::open(date(from), self.as_of, limit),
        }
    }

    /// How the span stands from its start on, by the row that holds for it.
    #[inline]
    fn standing(&self, span: &Span, from: Option<usize>, held: Held) -> Standing {
        if !span.applies {
            return Standing::Settled(Status::NotApplicable);
        }
        let limit = || self.row(span.measure, held).and_then(|row| row.number);
        match (from, span.to) {
            (Some(from), Some(to)) => Standing::Ended { from, to, limit: limit() },
            (None, Some(_)) => Standing::Settled(Status::Undetermined),
            (_, None) if self.shape.state == State::Completed => Standing::Settled(Status::Undetermined),
            (None, None) => Standing::Settled(Status::NotStarted),
            (Some(from), None) => match limit() {
                None => Standing::Settled(Status::NoLimit),
                Some(limit) => Standing::Open { from, limit },
            },
        }
    }

    /// The institution's first opening code that can start the span, if what starts it now is one too and it is not after
    /// the end.
    fn own_start(&self, own: &str, span: &Span) -> Option<usize> {
        let measure = self.pathway.measures.get(span.measure).filter(|measure| !measure.interval.repeats)?;
        let opens = |coded: &Coded| self.pathway.role(coded.code) == Some(Role::Opens);
        self.event(span.from).filter(|first| opens(first))?;
        let starts = |coded: &Coded| {
            opens(coded) && measure.from.contains(coded.code as usize) && coded.institution == Some(own)
        };
        let number = self.events.iter().position(starts)?;
        let ends = self.event(span.to);
        ends.is_none_or(|to| self.events.get(number).is_some_and(|own| own.date <= to.date)).then_some(number)
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

/// One measure of a course, or one occurrence of it. Courses of one shape whose rows and variants are the same have the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    /// The number of its interval and treatment among all those of the pathway, in its order.
    pub measure: usize,
    pub occurrence: u32,
    /// The events at its ends, by their number in the course.
    pub from: Option<usize>,
    pub to: Option<usize>,
    pub(super) held: Held,
    pub standing: Standing,
}

/// How an interval stands, as far as codes and variants decide it; the rest is up to the dates (E8).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Standing {
    /// Whatever the dates.
    Settled(Status),
    /// Both points exist: the events of these numbers.
    Ended { from: usize, to: usize, limit: Option<Number> },
    /// It has a limit and has begun, and the course is open.
    Open { from: usize, limit: Number },
}

/// What the dates make of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub status: Status,
    /// If both points exist.
    pub days: Option<i64>,
    /// How many days after the last day of the limit the end came, or the as-of date is; before it, less than 0.
    #[cfg_attr(not(feature = "report"), expect(dead_code, reason = "asked for by what is counted alone"))]
    pub past: Option<i64>,
}

impl Outcome {
    #[inline(always)]
    fn ended(from: NaiveDate, to: NaiveDate, limit: Option<Number>) -> Self {
        let days = days_between(from, to);
        let past = limit.and_then(|limit| limit.past(from, to, days));
        let status = match limit {
            _ if days < 0 => Status::InvalidOrder,
            None => Status::NoLimit,
            Some(limit) if limit.too_early(from, to, days) => Status::TooEarly,
            Some(limit) if limit.form != Form::AtLeast && past > Some(0) => Status::Exceeded,
            Some(_) => Status::Within,
        };
        Outcome { status, days: Some(days), past }
    }

    #[inline(always)]
    fn open(from: NaiveDate, as_of: NaiveDate, limit: Number) -> Self {
        let past = limit.past(from, as_of, days_between(from, as_of));
        let status = if past > Some(0) { Status::Overdue } else { Status::Running };
        Outcome { status, days: None, past }
    }
}

impl Number {
    /// How many days after the last day of a limit a day is. `days`: how many after its start. None if the calendar does not
    /// reach that last day.
    #[inline]
    fn past(&self, from: NaiveDate, day: NaiveDate, days: i64) -> Option<i64> {
        match self.unit.days() {
            Some(each) => Some(days - i64::from(self.amount) * each),
            None => due(from, self.amount, self.unit).map(|due| days_between(due, day)),
        }
    }

    /// Whether the least time has not passed.
    #[inline]
    fn too_early(&self, from: NaiveDate, to: NaiveDate, days: i64) -> bool {
        let least = Number { amount: self.minimum, ..*self };
        self.minimum > 0 && least.past(from, to, days).is_some_and(|past| past < 0)
    }
}

/// Goes through what is measured.
pub(super) struct AllMeasured<'s, 'a, 'e> {
    setting: &'s Setting<'a, 'e>,
    spans: std::slice::Iter<'e, Span>,
    own: Option<&'s str>,
    /// Whether the same variant holds on all days.
    always: bool,
    /// The latest day that decided a variant, and that variant.
    decided: Option<NaiveDate>,
    held: Held,
}

impl Iterator for AllMeasured<'_, '_, '_> {
    type Item = Measured;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (setting, span) = (self.setting, self.spans.next()?);
        if !self.always {
            let mut day = setting.decided_on(setting.event(span.to));
            if !setting.pathway.ages {
                day = setting.knowledge.settled(day);
            }
            if self.decided != Some(day) {
                self.decided = Some(day);
                self.held = setting.held_on(day);
            }
        }
        let from = self.own.and_then(|own| setting.own_start(own, span)).or(span.from);
        Some(Measured {
            measure: span.measure,
            occurrence: span.occurrence,
            from,
            to: span.to,
            held: self.held,
            standing: setting.standing(span, from, self.held),
        })
    }
}
