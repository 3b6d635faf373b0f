//! What section 3 answers for the courses that were made: from where their events and facts were put, and the tables' rows.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    course::{Doubts, Event, doubts, state},
    knowledge::Knowledge,
    rows::course_id,
    shape::{Measure, Shape},
};
use crate::{
    runtime::{Basis, IntervalAnswer, MAIN_COURSE, State, Status, due},
    tables::{Form, Limit, Role, RuleSeverity, Unit},
};

/// The answer for one course, as section 3 writes it, but for the findings' messages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expected<'a> {
    /// The pathway's id.
    pub pathway: &'a str,
    /// The patient.
    pub patient: String,
    /// Number among the patient's courses in the pathway, from 1.
    pub course: u32,
    /// The id that its events carry.
    pub course_id: Option<String>,
    /// Date of the first opening code.
    pub start: Option<NaiveDate>,
    /// How far it has come (E10).
    pub state: State,
    /// The phase of the last event whose code has one.
    pub phase: Option<&'a str>,
    /// The variant on the as-of date, or `hovedforløp`.
    pub variant: &'a str,
    /// Whether the variant is known.
    pub variant_basis: Basis,
    /// One answer for each interval, or for each treatment of it, in the template's order.
    pub intervals: Vec<IntervalAnswer<'a>>,
    /// What is wrong or doubtful in the coding.
    pub findings: Vec<ExpectedFinding<'a>>,
}

/// A finding without its message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExpectedFinding<'a> {
    /// One of section 3's own, or a rule's name.
    pub code: &'a str,
    /// `feil` or `advarsel`.
    pub severity: RuleSeverity,
    /// The dates of the events or facts that cause it, ascending, each once.
    pub dates: Vec<NaiveDate>,
}

/// One course with what decides its answer.
pub(super) struct Made<'m, 't> {
    pub shape: &'m Shape<'t>,
    pub knowledge: &'m Knowledge<'m, 't>,
    pub events: &'m [Event],
    /// The number of its id.
    pub id: Option<u32>,
    pub as_of: NaiveDate,
}

impl<'t> Made<'_, 't> {
    pub fn expected(&self, patient: String, course: u32) -> Expected<'t> {
        let Made { shape, events, .. } = *self;
        let pathway = shape.pathway;
        let code = |event: &Event| pathway.codes.get(event.code);
        let phases = events.iter().rev().filter_map(|event| code(event)?.phase.as_deref());
        let (variant, variant_basis) = self.knowledge.variant(self.as_of);
        Expected {
            pathway: &pathway.id,
            patient,
            course,
            course_id: self.id.map(course_id),
            start: self.start(),
            state: state(shape, events),
            phase: phases.into_iter().next(),
            variant: self.name(variant),
            variant_basis,
            intervals: shape.measures.iter().enumerate().flat_map(|(at, measure)| self.answers(at, measure)).collect(),
            findings: self.findings(),
        }
    }

    fn start(&self) -> Option<NaiveDate> {
        let opening = self.events.iter().find(|event| self.shape.role(event.code) == Some(Role::Opens));
        opening.map(|event| event.date)
    }

    fn name(&self, variant: Option<usize>) -> &'t str {
        let variant = variant.and_then(|number| self.shape.pathway.variants.get(number));
        variant.map_or(MAIN_COURSE, |variant| variant.name.as_str())
    }

    fn findings(&self) -> Vec<ExpectedFinding<'t>> {
        // An id leaves no doubt of where an event belongs.
        let doubts = if self.id.is_some() { Doubts::default() } else { doubts(self.shape, self.events) };
        let finding = |code, severity, dates| ExpectedFinding { code, severity, dates };
        let of_events = [
            finding("missing_start", RuleSeverity::Feil, doubts.missing_start),
            finding("duplicate_start", RuleSeverity::Advarsel, doubts.duplicate_start),
            finding("event_after_end", RuleSeverity::Advarsel, doubts.event_after_end),
        ];
        let mut findings: Vec<_> = of_events.into_iter().filter(|finding| !finding.dates.is_empty()).collect();
        let conflicts = self.knowledge.conflicts();
        findings.extend(conflicts.into_iter().map(|dates| finding("conflicting_fact", RuleSeverity::Advarsel, dates)));
        let state = state(self.shape, self.events);
        findings.extend(self.shape.rules.iter().filter_map(|order| {
            let rule = order.rule;
            Some(finding(&rule.name, rule.severity, order.broken(self.events, state)?))
        }));
        findings
    }

    /// One answer, or one for each start if the interval repeats and has begun (E4).
    fn answers(&self, number: usize, measure: &Measure<'t>) -> Vec<IntervalAnswer<'t>> {
        let all = self.events;
        let starts: Vec<usize> =
            (0..all.len()).filter(|at| all.get(*at).is_some_and(|e| measure.from.has(e.code))).collect();
        let end = |events: &[Event]| events.iter().find(|event| measure.to.has(event.code)).copied();
        if !measure.interval.repeats || starts.is_empty() {
            let from = starts.first().and_then(|at| all.get(*at));
            return vec![self.answer(number, measure, 1, from.map(|event| event.date), end(all))];
        }
        let each = starts.into_iter().zip(1..).map(|(at, occurrence)| {
            let from = all.get(at).map(|event| event.date);
            self.answer(number, measure, occurrence, from, end(all.get(at + 1..).unwrap_or_default()))
        });
        each.collect()
    }

    fn answer(
        &self,
        number: usize,
        measure: &Measure<'t>,
        occurrence: u32,
        from: Option<NaiveDate>,
        end: Option<Event>,
    ) -> IntervalAnswer<'t> {
        let as_of = self.as_of;
        let (variant, variant_basis) = self.knowledge.variant(end.map_or(as_of, |end| end.date));
        let starts = self.start().or(self.events.first().map(|event| event.date)).unwrap_or(as_of);
        let row = self.shape.row(number, variant, starts);
        let limit = row.and_then(|row| Some((row, row.amount?, row.unit?)));
        let mut answer = IntervalAnswer {
            interval: &measure.interval.name,
            treatment: measure.treatment.map(|treatment| treatment.name.as_str()),
            occurrence,
            from,
            to: end.map(|end| end.date),
            days: None,
            variant: self.name(variant),
            variant_basis,
            limit: limit.map(|(_, amount, _)| amount),
            unit: limit.map(|(_, _, unit)| unit),
            status: Status::NotApplicable,
            due: None,
            days_left: None,
        };
        let closed_before = end.is_none() && state(self.shape, self.events) == State::Closed;
        if closed_before || end.is_some_and(|end| !measure.ends_with(end.code)) {
            (answer.from, answer.to) = (None, None);
            return answer;
        }
        answer.due = from.zip(limit).and_then(|(from, (_, amount, unit))| due(from, amount, unit));
        answer.days = from.zip(answer.to).map(|(from, to)| (to - from).num_days());
        answer.status = match (from, answer.to) {
            (Some(from), Some(to)) if to < from => Status::InvalidOrder,
            (Some(from), Some(to)) => {
                limit.map_or(Status::NoLimit, |(row, amount, unit)| judged(from, to, row, amount, unit))
            }
            (None, Some(_)) => Status::Undetermined,
            (_, None) if state(self.shape, self.events) == State::Completed => Status::Undetermined,
            (None, None) => Status::NotStarted,
            (Some(_), None) => match answer.due {
                None => Status::NoLimit,
                Some(due) => {
                    answer.days_left = Some((due - as_of).num_days());
                    if as_of <= due { Status::Running } else { Status::Overdue }
                }
            },
        };
        answer
    }
}

/// Whether an interval that has ended kept its row.
fn judged(from: NaiveDate, to: NaiveDate, row: &Limit, amount: u32, unit: Unit) -> Status {
    let (least, most) = match row.form {
        Form::AtLeast => (amount, None),
        _ => (row.minimum.unwrap_or(0), Some(amount)),
    };
    let by = |amount: u32| due(from, amount, unit);
    if by(least).is_some_and(|earliest| to < earliest) {
        Status::TooEarly
    } else if most.and_then(by).is_some_and(|latest| latest < to) {
        Status::Exceeded
    } else {
        Status::Within
    }
}
