//! Examples of a specification: what holds is silent, what does not says what was found.

use super::{made::*, *};
use crate::{
    runtime::{Basis, CriteriaResult, Found, InvestigationStatus, State, Status, check_example},
    tables::{Example, ExampleEvent, ExampleFact, Expectation, Expected, Item, Need, Value},
};

/// What was found where the expectation does not hold, for a course of 10 days that is 2 days past due in OF2.
fn found(expected: Expected, course: u32) -> Option<Found> {
    let event = |date, code: &str| ExampleEvent { date: day(date), code: code.into(), institution: None };
    let fact = ExampleFact { date: None, fact: "karsinom".into(), value: Value::Choice("utelukket".into()) };
    let example = Example {
        name: "prøve".into(),
        as_of: day("2024-02-10"),
        events: vec![event("2024-01-08", "A39A"), event("2024-01-18", "A39S")],
        facts: vec![fact],
        expectations: vec![Expectation { course, expected, origin: origin(99) }],
        origin: origin(98),
    };
    let tables = tables([net("A39")]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let mut mismatches = check_example(&evaluator, &tables.pathways[0], &example);
    mismatches.pop().map(|mismatch| mismatch.found)
}

fn interval(name: &str, treatment: Option<&str>, status: &str, days: Option<i64>) -> Expected {
    Expected::Interval { interval: name.into(), treatment: treatment.map(str::to_owned), status: status.into(), days }
}

#[test]
fn expectations_hold_or_say_what_was_found() {
    let of1 = |row| Some(Found::Interval { status: Status::Within, days: Some(10), row: Some(row) });
    let of2 = || Some(Found::Interval { status: Status::Overdue, days: Some(2), row: Some(origin(42)) });
    let variant = |variant: &str, assumed| Expected::Variant { variant: variant.into(), assumed };
    let main = || Some(Found::Variant { variant: "hovedforløp".into(), basis: Basis::Known });
    let state = |state: &str| Expected::State { state: state.into() };
    for (expected, course, found_instead) in [
        (interval("OF1", None, "within", None), 1, None),
        (interval("OF1", None, "within", Some(10)), 1, None),
        (interval("OF1", None, "within", Some(9)), 1, of1(origin(41))),
        (interval("OF1", None, "exceeded", None), 1, of1(origin(41))),
        (interval("OF2", None, "overdue", Some(2)), 1, None),
        (interval("OF2", None, "overdue", Some(-2)), 1, of2()),
        (interval("OF3", Some("stråle"), "not_started", None), 1, None),
        (interval("OF3", None, "not_started", None), 1, Some(Found::NoInterval)),
        (interval("OF1", None, "within", None), 2, Some(Found::Courses(1))),
        (Expected::Courses { count: 1 }, 1, None),
        (Expected::Courses { count: 2 }, 1, Some(Found::Courses(1))),
        (variant("hovedforløp", None), 1, None),
        (variant("hovedforløp", Some(false)), 1, None),
        (variant("hovedforløp", Some(true)), 1, main()),
        (variant("karsinom", None), 1, main()),
        (state("open"), 1, None),
        (state("closed"), 1, Some(Found::State(State::Open))),
        (Expected::NoFindings, 1, None),
        (Expected::Finding { code: "én_beslutning".into() }, 1, Some(Found::Findings(vec![]))),
    ] {
        assert_eq!(found(expected.clone(), course), found_instead, "{expected:?}");
    }
}

#[test]
fn expectations_of_assessments_hold_or_say_what_was_found() {
    let content = [
        criteria(None, Need::All, items("a b")),
        routes(None, vec![Some(yes("b")), None]),
        investigations(None, vec![Item { need: Some(Need::All), items: vec![item("a"), item("b")], ..item("bilder") }]),
    ];
    let tables = tables([pathway(declared("a ja, b ja, bilder ja"), content)]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let found = |expected: Expected| {
        let fact = ExampleFact { date: None, fact: "a".into(), value: Value::YesNo(true) };
        let example = Example {
            name: "prøve".into(),
            as_of: day("2024-02-10"),
            events: Vec::new(),
            facts: vec![fact],
            expectations: vec![Expectation { course: 1, expected, origin: origin(99) }],
            origin: origin(98),
        };
        let mut mismatches = check_example(&evaluator, &tables.pathways[0], &example);
        mismatches.pop().map(|mismatch| mismatch.found)
    };
    let criteria = |name: &str, result: &str| Expected::Criteria { criteria: name.into(), result: result.into() };
    let route = |name: &str, result: &str| Expected::Route { route: name.into(), result: result.into() };
    let item = |list: &str, item: &str, status: &str| Expected::Investigation {
        list: list.into(),
        item: item.into(),
        status: status.into(),
    };
    let by = |facts: &[&str]| facts.iter().map(|fact| vec![(*fact).to_owned()]).collect::<Vec<_>>();
    let unknown = InvestigationStatus::Unknown;
    for (expected, found_instead) in [
        (criteria("mistanke", "unknown"), None),
        (
            criteria("mistanke", "met"),
            Some(Found::Criteria { result: CriteriaResult::Unknown, settled_by: by(&["b"]) }),
        ),
        (criteria("tvil", "met"), Some(Found::NoQuestion)),
        (route("vei", "unknown"), None),
        (route("vei", "onward"), Some(Found::Route { result: "unknown", row: None, settled_by: by(&["b"]) })),
        (item("utredning", "a", "done"), None),
        (item("utredning", "bilder/a", "done"), None),
        (
            item("utredning", "bilder", "lacking"),
            Some(Found::Investigation { status: unknown, settled_by: by(&["b", "bilder"]) }),
        ),
        (item("utredning", "c", "done"), Some(Found::NoQuestion)),
    ] {
        assert_eq!(found(expected.clone()), found_instead, "{expected:?}");
    }
}
