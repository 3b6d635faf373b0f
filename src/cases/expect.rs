//! What the evaluator answers for an example, as expectations.

use crate::{
    runtime::{Assessment, Basis, Course, Evaluator, IntervalAnswer, Options, Status, with_patient},
    tables::{Example, Expectation, Expected, Pathway},
};

/// Everything that an example can expect of its patient: of the courses if it has events, and of criteria, decision
/// tables and investigations. The expectations that the example has already say nothing here.
pub fn expected(evaluator: &Evaluator, pathway: &Pathway, example: &Example) -> Vec<Expectation> {
    let mut all = Vec::new();
    with_patient(example, |events, facts| {
        let mut courses = evaluator.patient("", events, facts, example.as_of, Options::default());
        courses.retain(|course| course.pathway == pathway.id);
        if !events.is_empty() {
            all.push((1, Expected::Courses { count: u32::try_from(courses.len()).unwrap_or(u32::MAX) }));
        }
        for course in &courses {
            all.extend(of_course(course).map(|expected| (course.course, expected)));
        }
        let assessment = evaluator.assess_in(&pathway.id, events, facts, example.as_of, false);
        all.extend(assessment.iter().flat_map(of_assessment).map(|expected| (1, expected)));
    });
    let with_origin = |(course, expected)| Expectation { course, expected, origin: example.origin.clone() };
    all.into_iter().map(with_origin).collect()
}

/// Those of the expectations that tell something of a course: not that there is one, nor of an interval that does not
/// apply or has not begun, nor of what is assessed.
pub fn telling(expectations: &[Expectation]) -> Vec<Expectation> {
    let tells = |expectation: &&Expectation| match &expectation.expected {
        Expected::Courses { count } => *count != 1,
        Expected::Interval { status, .. } => {
            ![Status::NotApplicable, Status::NotStarted].iter().any(|silent| silent.word() == status)
        }
        Expected::Variant { .. } | Expected::State { .. } | Expected::Finding { .. } | Expected::NoFindings => true,
        Expected::Criteria { .. } | Expected::Route { .. } | Expected::Investigation { .. } => false,
    };
    expectations.iter().filter(tells).cloned().collect()
}

fn of_course(course: &Course) -> impl Iterator<Item = Expected> {
    let mut all: Vec<Expected> = Vec::new();
    for answer in &course.intervals {
        let expected = of_interval(answer);
        // Occurrences of a repeating interval that came out alike are one expectation.
        if !all.contains(&expected) {
            all.push(expected);
        }
    }
    let assumed = Some(course.variant_basis == Basis::Assumed);
    all.push(Expected::Variant { variant: course.variant.to_owned(), assumed });
    all.push(Expected::State { state: course.state.word().to_owned() });
    let findings = course.findings.iter().map(|finding| Expected::Finding { code: finding.code.to_owned() });
    for expected in findings {
        if !all.contains(&expected) {
            all.push(expected);
        }
    }
    if course.findings.is_empty() {
        all.push(Expected::NoFindings);
    }
    all.into_iter()
}

fn of_interval(answer: &IntervalAnswer) -> Expected {
    Expected::Interval {
        interval: answer.interval.to_owned(),
        treatment: answer.treatment.map(str::to_owned),
        status: answer.status.word().to_owned(),
        days: answer.expected_days(),
    }
}

/// An investigation without a name cannot be asked for.
fn of_assessment(assessment: &Assessment) -> Vec<Expected> {
    let criteria = assessment.criteria.iter().map(|answer| Expected::Criteria {
        criteria: answer.criteria.to_owned(),
        result: answer.result.word().to_owned(),
    });
    let routes = assessment
        .routes
        .iter()
        .map(|answer| Expected::Route { route: answer.route.to_owned(), result: answer.word().to_owned() });
    let investigations = assessment.investigations.iter().filter_map(|answer| {
        // The language names an item by its last name.
        let item = answer.item?.rsplit('/').next()?.to_owned();
        Some(Expected::Investigation { list: answer.list.to_owned(), item, status: answer.status.word().to_owned() })
    });
    criteria.chain(routes).chain(investigations).collect()
}

/// The answers to what one expectation asks, in the manner it is asked: without days or certainty if it names none. None
/// if there is no such course, interval or question.
pub fn answers_to(expectation: &Expectation, answers: &[Expectation]) -> Vec<Expectation> {
    let about = |answer: &&Expectation| match (&expectation.expected, &answer.expected) {
        (Expected::Courses { .. }, Expected::Courses { .. }) => true,
        (Expected::Criteria { criteria, .. }, Expected::Criteria { criteria: other, .. }) => criteria == other,
        (Expected::Route { route, .. }, Expected::Route { route: other, .. }) => route == other,
        (Expected::Investigation { list, item, .. }, Expected::Investigation { list: other, item: named, .. }) => {
            // An item within others may be named by the whole way to it.
            list == other && item.rsplit('/').next() == Some(named)
        }
        _ if expectation.course != answer.course => false,
        (
            Expected::Interval { interval, treatment, .. },
            Expected::Interval { interval: other, treatment: of_other, .. },
        ) => interval == other && treatment == of_other,
        (Expected::Variant { .. }, Expected::Variant { .. }) | (Expected::State { .. }, Expected::State { .. }) => true,
        (Expected::Finding { .. } | Expected::NoFindings, Expected::Finding { .. } | Expected::NoFindings) => true,
        _ => false,
    };
    let mut answers: Vec<Expectation> = answers.iter().filter(about).cloned().collect();
    for answer in &mut answers {
        match (&expectation.expected, &mut answer.expected) {
            (Expected::Interval { days: None, .. }, Expected::Interval { days, .. }) => *days = None,
            (Expected::Variant { assumed: None, .. }, Expected::Variant { assumed, .. }) => *assumed = None,
            (Expected::Investigation { item, .. }, Expected::Investigation { item: named, .. }) => {
                named.clone_from(item)
            }
            _ => {}
        }
    }
    answers.dedup();
    // Of an interval that repeats the last is shown.
    if matches!(expectation.expected, Expected::Interval { .. }) {
        answers.drain(..answers.len().saturating_sub(1));
    }
    answers
}
