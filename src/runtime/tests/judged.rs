//! What is asked of a course one thing at a time, and of many patients in one workspace.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{
    laws::{any_day, any_value, one_of},
    *,
};
use crate::{
    lang::Lang,
    runtime::{Event, FactEvent, Judged, Status},
    tables::{Condition, Form, Unit},
};

/// Judges one patient and shows the first course to `look`.
fn first<R>(of_events: &str, as_of: &str, look: impl Fn(&Judged) -> R) -> R {
    let tables = tables([net("A39")]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let mut coded = events(of_events).into_iter().map(|event| evaluator.coded(event).unwrap()).collect();
    let mut seen = Vec::new();
    evaluator.judge("p1", &mut coded, &[], day(as_of), &mut |judged| seen.push(look(judged)));
    seen.remove(0)
}

/// The days of each interval that has been measured, as the institution sees them.
fn days_from(of_events: &str, institution: &str) -> Vec<String> {
    first(of_events, "2024-12-31", |judged| {
        let answers = judged.measured(Some(institution)).map(|measured| judged.answer(&measured));
        let measured = answers.filter(|answer| answer.status == Status::Within || answer.status == Status::Exceeded);
        measured.map(|answer| format!("{} {}", answer.interval, answer.days.unwrap())).collect()
    })
}

#[test]
fn an_institution_counts_from_its_own_start() {
    let transferred = "2024-01-01 A39A @HUS, 2024-01-05 A39S @HUS, 2024-01-21 A39O @HUS, 2024-01-22 A39A @OUS, \
                       2024-01-31 A39CK @OUS, 2024-02-14 A39FK @OUS";
    let whole = ["OF1 4", "OF2 26", "OF3 14", "OF4 44"];
    assert_eq!(days_from(transferred, "HUS"), whole);
    assert_eq!(days_from(transferred, "UNN"), whole);
    // What had ended before OUS had the patient is as it was.
    assert_eq!(days_from(transferred, "OUS"), ["OF1 4", "OF2 26", "OF3 14", "OF4 23"]);
    let again = "2024-01-01 A39A @HUS, 2024-01-03 A39A @OUS, 2024-01-04 A39A @OUS, 2024-01-05 A39S";
    assert_eq!(days_from(again, "OUS"), ["OF1 2"]);
}

#[test]
fn an_interval_under_way_counts_from_the_own_start_too() {
    let given = "2024-01-01 A39A @HUS, 2024-01-10 A39A @OUS";
    let left = |institution: &str| {
        first(given, "2024-01-12", |judged| {
            let measured = judged.measured(Some(institution)).next().unwrap();
            let answer = judged.answer(&measured);
            (answer.from, answer.days_left)
        })
    };
    assert_eq!(left("HUS"), (Some(day("2024-01-01")), Some(3)));
    assert_eq!(left("OUS"), (Some(day("2024-01-10")), Some(12)));
}

#[test]
fn an_institution_is_that_of_the_first_event_with_the_code() {
    let given = "2024-01-01 A39A @HUS, 2024-01-05 A39S, 2024-01-06 A39S @OUS, 2024-01-07 A39A @OUS";
    let institution = |suffix: &str| {
        first(given, "2024-12-31", |judged| {
            let code = judged.pathway().codes.iter().position(|code| code.code == format!("A39{suffix}"));
            judged.institution_of(|number| Some(number) == code).map(str::to_owned)
        })
    };
    assert_eq!(institution("A"), Some("HUS".to_owned()));
    assert_eq!(institution("S"), None);
    assert_eq!(institution("FK"), None);
}

#[test]
fn events_can_be_judged_again_with_others() {
    let tables = tables([net("A39")]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let [opening, later] =
        ["2024-01-01 A39A", "2024-01-05 A39S"].map(|event| evaluator.coded(events(event)[0]).unwrap());
    let mut coded = vec![later];
    let mut findings = || {
        let mut found = Vec::new();
        let mut look = |judged: &Judged| found.extend(judged.finding_codes().map(str::to_owned));
        evaluator.judge("p1", &mut coded, &[], day("2024-12-31"), &mut look);
        coded.push(opening);
        found
    };
    assert!(findings().contains(&"missing_start".to_owned()));
    assert!(!findings().contains(&"missing_start".to_owned()));
}

/// Three pathways: one as it is, one whose first interval repeats, one whose variant asks how old a value is.
fn pathways() -> Vec<Pathway> {
    let [plain, mut repeats, mut ages] = ["A39", "B01", "C01"].map(net);
    repeats.intervals[0].repeats = true;
    repeats.limits[1].form = Form::AtLeast;
    ages.variants[0].when =
        Condition::Recent { of: Box::new(ages.variants[0].when.clone()), amount: 10, unit: Unit::Kalenderdager };
    vec![plain, repeats, ages]
}

type Row = (NaiveDate, (&'static str, &'static str), (Option<&'static str>, Option<&'static str>));

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let code = (one_of(&["A39", "B01", "C01"]), one_of(&["A", "A", "S", "O", "CK", "CM", "FK", "FM", "X"]));
    let names = (
        prop::option::weighted(0.5, one_of(&["HUS", "OUS", "UNN"])),
        prop::option::weighted(0.1, one_of(&["k1", "k2"])),
    );
    prop::collection::vec((any_day(), code, names), 0..20)
}

proptest! {
    /// One workspace for all patients, whatever it remembers, answers as a new one for each; and a course says the same
    /// of itself part by part.
    #[test]
    fn what_is_remembered_changes_nothing(
        patients in prop::collection::vec((rows(), prop::collection::vec((prop::option::of(any_day()), any_value()), 0..4)), 0..16),
        as_of in any_day(),
    ) {
        let tables = tables(pathways());
        let evaluator = Evaluator::new(&tables).unwrap();
        let mut workspace = evaluator.workspace();
        for (rows, values) in patients {
            let codes: Vec<String> = rows.iter().map(|(_, (pathway, suffix), _)| format!("{pathway}{suffix}")).collect();
            let given: Vec<Event> = std::iter::zip(&rows, &codes)
                .map(|((date, _, (institution, course)), code)| {
                    Event { date: *date, code, institution: *institution, course: *course }
                })
                .collect();
            let facts: Vec<FactEvent> =
                values.into_iter().map(|(date, value)| FactEvent { date, fact: "karsinom", value }).collect();
            let options = Options { trace: true, latest: true, ..Options::default() };
            let expected = evaluator.patient("p1", &given, &facts, as_of, options);
            let mut coded = given.iter().filter_map(|event| evaluator.coded(*event).ok()).collect();
            let mut found = Vec::new();
            workspace.judge("p1", &mut coded, &facts, as_of, &mut |judged| {
                let course = judged.course(options);
                let answers: Vec<IntervalAnswer> = judged.answers().collect();
                let codes: Vec<&str> = judged.finding_codes().collect();
                assert_eq!(answers, course.intervals);
                assert_eq!(codes, course.findings.iter().map(|finding| finding.code).collect::<Vec<_>>());
                assert_eq!(judged.findings(Lang::Nb), course.findings);
                assert!(judged.measured(Some("ukjent")).map(|measured| judged.answer(&measured)).eq(answers));
                found.push(course);
            });
            prop_assert_eq!(found, expected);
        }
    }
}
