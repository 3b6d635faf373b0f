//! Whether the examples of a specification come out as they say.

use super::{Basis, Course, Evaluator, Event, FactEvent, Options, State, Status};
use crate::tables::{Example, Expectation, Expected, Origin, Pathway, Value};

/// An expectation that does not hold, and what came out instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch<'t> {
    /// What was expected, with its place.
    pub expectation: &'t Expectation,
    /// What came out.
    pub found: Found,
}

/// What came out where an example expected something else.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// The course does not exist; or another number of courses than expected.
    Courses(u32),
    /// The pathway has no such interval and treatment.
    NoInterval,
    /// The interval was judged otherwise.
    Interval {
        /// The judgement.
        status: Status,
        /// Days between the points, or days left if it runs, or days past due if it is overdue.
        days: Option<i64>,
        /// The row that decided.
        row: Option<Origin>,
    },
    /// Another variant holds, or on another basis.
    Variant {
        /// The variant, or `hovedforløp`.
        variant: String,
        /// Whether it is known.
        basis: Basis,
    },
    /// The course is in another state.
    State(State),
    /// The codes of the course's findings, which may be none.
    Findings(Vec<String>),
}

/// Judges an example of a pathway; one mismatch for each expectation that does not hold, in their order.
pub fn check_example<'t>(
    evaluator: &'t Evaluator<'t>,
    pathway: &'t Pathway,
    example: &'t Example,
) -> Vec<Mismatch<'t>> {
    let events: Vec<Event> = example
        .events
        .iter()
        .map(|event| Event {
            date: event.date,
            code: &event.code,
            institution: event.institution.as_deref(),
            course: None,
        })
        .collect();
    let values: Vec<String> = example.facts.iter().map(|fact| as_text(&fact.value)).collect();
    let facts: Vec<FactEvent> = example
        .facts
        .iter()
        .zip(&values)
        .map(|(given, value)| FactEvent { date: given.date, fact: &given.fact, value })
        .collect();
    let options = Options { trace: true, ..Options::default() };
    let mut courses = evaluator.patient("", &events, &facts, example.as_of, options);
    courses.retain(|course| course.pathway == pathway.id);
    example
        .expectations
        .iter()
        .filter_map(|expectation| Some(Mismatch { expectation, found: differs(expectation, &courses)? }))
        .collect()
}

/// A value as the facts file would write it.
fn as_text(value: &Value) -> String {
    match value {
        Value::YesNo(true) => "ja".to_owned(),
        Value::YesNo(false) => "nei".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Choice(name) => name.clone(),
    }
}

/// What was found, if it is not what was expected.
fn differs(expectation: &Expectation, courses: &[Course]) -> Option<Found> {
    let number = u32::try_from(courses.len()).unwrap_or(u32::MAX);
    if let Expected::Courses { count } = expectation.expected {
        return (count != number).then_some(Found::Courses(number));
    }
    let Some(course) = courses.iter().find(|course| course.course == expectation.course) else {
        return Some(Found::Courses(number));
    };
    let findings = || Found::Findings(course.findings.iter().map(|finding| finding.code.to_owned()).collect());
    match &expectation.expected {
        Expected::Interval { interval, treatment, status, days } => {
            let mut judged = course.intervals.iter().zip(course.trace.iter().flat_map(|trace| &trace.intervals));
            let Some((answer, why)) =
                judged.find(|(answer, _)| answer.interval == interval && answer.treatment == treatment.as_deref())
            else {
                return Some(Found::NoInterval);
            };
            let found_days = match answer.status {
                Status::Running => answer.days_left,
                Status::Overdue => answer.days_left.map(|left| -left),
                _ => answer.days,
            };
            let holds = answer.status.word() == status && (days.is_none() || *days == found_days);
            (!holds).then(|| Found::Interval { status: answer.status, days: found_days, row: why.row.cloned() })
        }
        Expected::Variant { variant, assumed } => {
            let is_assumed = course.variant_basis == Basis::Assumed;
            let holds = course.variant == variant && assumed.is_none_or(|assumed| assumed == is_assumed);
            (!holds).then(|| Found::Variant { variant: course.variant.to_owned(), basis: course.variant_basis })
        }
        Expected::State { state } => (course.state.word() != state).then_some(Found::State(course.state)),
        Expected::Finding { code } => (!course.findings.iter().any(|finding| finding.code == code)).then(findings),
        Expected::NoFindings => (!course.findings.is_empty()).then(findings),
        Expected::Courses { .. } => None,
    }
}
