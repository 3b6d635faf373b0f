//! Whether the examples of a specification come out as they say.

use super::{
    Assessment, Basis, Course, CriteriaResult, Evaluator, Event, FactEvent, IntervalAnswer, InvestigationAnswer,
    InvestigationStatus, Options, State, Status,
};
use crate::tables::{Example, Expectation, Expected, Origin, Pathway};

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
    /// The interval was judged otherwise; each time, and this is the last, if it repeats.
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
    /// The pathway has no such criteria, decision table or investigation.
    NoQuestion,
    /// Criteria came out otherwise.
    Criteria {
        /// What came of them.
        result: CriteriaResult,
        /// The smallest sets of unknown facts that could decide them.
        settled_by: Vec<Vec<String>>,
    },
    /// A decision table leads elsewhere.
    Route {
        /// Where, in the words that examples use.
        result: &'static str,
        /// The row that holds, from 1.
        row: Option<usize>,
        /// The smallest sets of unknown facts that could decide it.
        settled_by: Vec<Vec<String>>,
    },
    /// It stands otherwise with an investigation.
    Investigation {
        /// How it stands.
        status: InvestigationStatus,
        /// The smallest sets of unknown facts that could decide it.
        settled_by: Vec<Vec<String>>,
    },
}

/// Judges an example of a pathway; one mismatch for each expectation that does not hold, in their order.
pub fn check_example<'t>(
    evaluator: &'t Evaluator<'t>,
    pathway: &'t Pathway,
    example: &'t Example,
) -> Vec<Mismatch<'t>> {
    check(evaluator, pathway, example, true)
}

/// Whether an example comes out as it says; quicker than to find out why not.
#[cfg(feature = "compiler")]
pub(crate) fn example_holds(evaluator: &Evaluator, pathway: &Pathway, example: &Example) -> bool {
    check(evaluator, pathway, example, false).is_empty()
}

fn check<'t>(evaluator: &Evaluator, pathway: &Pathway, example: &'t Example, why: bool) -> Vec<Mismatch<'t>> {
    with_patient(example, |events, facts| {
        let options = Options { trace: why, ..Options::default() };
        let mut courses = evaluator.patient("", events, facts, example.as_of, options);
        courses.retain(|course| course.pathway == pathway.id);
        let assessed = example.expectations.iter().any(|expectation| is_assessed(&expectation.expected));
        let assess = || evaluator.assess_in(&pathway.id, events, facts, example.as_of, why);
        let assessment = assessed.then(assess).flatten();
        let found = |expectation: &Expectation| {
            differs_assessed(&expectation.expected, assessment.as_ref())
                .unwrap_or_else(|| differs(expectation, &courses))
        };
        let expectations = example.expectations.iter();
        expectations.filter_map(|expectation| Some(Mismatch { expectation, found: found(expectation)? })).collect()
    })
}

/// The events and facts of an example, as the evaluator takes them.
pub(crate) fn with_patient<R>(example: &Example, then: impl FnOnce(&[Event], &[FactEvent]) -> R) -> R {
    let events = example.events.iter().map(|event| Event {
        date: event.date,
        code: &event.code,
        institution: event.institution.as_deref(),
        course: None,
    });
    let values: Vec<String> = example.facts.iter().map(|fact| fact.value.text()).collect();
    let facts = example.facts.iter().zip(&values);
    let facts = facts.map(|(given, value)| FactEvent { date: given.date, fact: &given.fact, value });
    then(&events.collect::<Vec<_>>(), &facts.collect::<Vec<_>>())
}

impl IntervalAnswer<'_> {
    /// The days as `forvent` has them: those left while it runs, those past due when it is overdue, else those it took.
    pub(crate) fn expected_days(&self) -> Option<i64> {
        match self.status {
            Status::Running => self.days_left,
            Status::Overdue => self.days_left.map(|left| -left),
            _ => self.days,
        }
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
            let mut found = None;
            for (number, answer) in course.intervals.iter().enumerate() {
                if answer.interval != interval || answer.treatment != treatment.as_deref() {
                    continue;
                }
                let found_days = answer.expected_days();
                if answer.status.word() == status && (days.is_none() || *days == found_days) {
                    return None;
                }
                let row = course.trace.as_ref().and_then(|trace| trace.intervals.get(number)?.row.cloned());
                found = Some(Found::Interval { status: answer.status, days: found_days, row });
            }
            Some(found.unwrap_or(Found::NoInterval))
        }
        Expected::Variant { variant, assumed } => {
            let is_assumed = course.variant_basis == Basis::Assumed;
            let holds = course.variant == variant && assumed.is_none_or(|assumed| assumed == is_assumed);
            (!holds).then(|| Found::Variant { variant: course.variant.to_owned(), basis: course.variant_basis })
        }
        Expected::State { state } => (course.state.word() != state).then_some(Found::State(course.state)),
        Expected::Finding { code } => (!course.findings.iter().any(|finding| finding.code == code)).then(findings),
        Expected::NoFindings => (!course.findings.is_empty()).then(findings),
        Expected::Courses { .. }
        | Expected::Criteria { .. }
        | Expected::Route { .. }
        | Expected::Investigation { .. } => None,
    }
}

fn is_assessed(expected: &Expected) -> bool {
    matches!(expected, Expected::Criteria { .. } | Expected::Route { .. } | Expected::Investigation { .. })
}

/// What was found of criteria, a decision table or an investigation, if it is not what was expected. None if something
/// else was expected than one of those.
fn differs_assessed(expected: &Expected, assessment: Option<&Assessment>) -> Option<Option<Found>> {
    let owned =
        |sets: &[Vec<&str>]| sets.iter().map(|set| set.iter().map(|fact| (*fact).to_owned()).collect()).collect();
    let (word, expected, found) = match expected {
        Expected::Criteria { criteria, result } => {
            let answer = assessment.and_then(|all| all.criteria.iter().find(|answer| answer.criteria == criteria));
            let Some(answer) = answer else { return Some(Some(Found::NoQuestion)) };
            let settled_by = owned(&answer.settled_by);
            (answer.result.word(), result, Found::Criteria { result: answer.result, settled_by })
        }
        Expected::Route { route, result } => {
            let answer = assessment.and_then(|all| all.routes.iter().find(|answer| answer.route == route));
            let Some(answer) = answer else { return Some(Some(Found::NoQuestion)) };
            let settled_by = owned(&answer.settled_by);
            (answer.word(), result, Found::Route { result: answer.word(), row: answer.row, settled_by })
        }
        Expected::Investigation { list, item, status } => {
            let is_asked = |answer: &&InvestigationAnswer| answer.list == list && answer.is_called(item);
            let answer = assessment.and_then(|all| all.investigations.iter().find(is_asked));
            let Some(answer) = answer else { return Some(Some(Found::NoQuestion)) };
            let settled_by = owned(&answer.settled_by);
            (answer.status.word(), status, Found::Investigation { status: answer.status, settled_by })
        }
        _ => return None,
    };
    Some((word != expected).then_some(found))
}
