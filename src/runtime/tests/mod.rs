//! Answers for made-up patients, against section 3 of the design.

mod assess;
mod conditions;
mod courses;
mod examples;
mod facts;
mod judged;
mod latest;
mod laws;
mod made;
mod missing;
mod rules;
mod sentences;
mod settling;
mod statuses;
mod unfit;

use super::{Course, Evaluator, IntervalAnswer, Options, fixture::*};
use crate::tables::Pathway;

/// Judges one patient, with the trace, and shows the courses to `look`.
fn judged<R>(pathway: Pathway, given: [&str; 3], look: impl FnOnce(&[Course]) -> R) -> R {
    let [of_events, of_facts, as_of] = given;
    let tables = tables([pathway]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let (events, facts) = (events(of_events), facts(of_facts));
    let options = Options { trace: true, ..Options::default() };
    look(&evaluator.patient("p1", &events, &facts, day(as_of), options))
}

/// An answer in short: `OF3 kirurgi within 10 of 21, due 2024-01-29, left 3`.
fn in_short(answer: &IntervalAnswer) -> String {
    let mut text = answer.interval.to_owned();
    let mut add = |part: Option<String>| text.push_str(&part.unwrap_or_default());
    add(answer.treatment.map(|treatment| format!(" {treatment}")));
    add(Some(format!(" {}", answer.status.word())));
    add(answer.days.map(|days| format!(" {days}")));
    add(answer.limit.map(|limit| format!(" of {limit}")));
    add(answer.due.map(|due| format!(", due {due}")));
    add(answer.days_left.map(|left| format!(", left {left}")));
    text
}

/// The findings of a course in short: `duplicate_start 2024-01-09 2024-01-10`.
fn findings_in_short(course: &Course) -> Vec<String> {
    let one = |code: &str, dates: String| format!("{code}{dates}");
    course
        .findings
        .iter()
        .map(|finding| one(finding.code, finding.dates.iter().map(|date| format!(" {date}")).collect()))
        .collect()
}

#[test]
fn evaluators_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Evaluator<'static>>();
}

#[test]
fn a_course_is_written_as_the_design_says() {
    let mut pathway = net("A39");
    pathway.intervals.truncate(1);
    pathway.limits.truncate(1);
    let tables = tables([pathway]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let events = events("2024-01-08 A39A, 2024-01-09 A39A, 2024-01-18 A39S, 2024-02-20 A39FK");
    let facts = facts("karsinom=utelukket");
    let courses = evaluator.patient("p1", &events, &facts, day("2024-06-30"), Options::default());
    assert_eq!(
        serde_json::to_string(&courses).unwrap(),
        concat!(
            r#"[{"pathway":"A39","patient":"p1","course":1,"course_id":null,"start":"2024-01-08","state":"completed","#,
            r#""phase":"behandling","variant":"hovedforløp","variant_basis":"known","#,
            r#""intervals":[{"interval":"OF1","treatment":null,"occurrence":1,"from":"2024-01-08","to":"2024-01-18","#,
            r#""days":10,"variant":"hovedforløp","variant_basis":"known","limit":14,"unit":"kalenderdager","#,
            r#""status":"within","due":"2024-01-22","days_left":null}],"#,
            r#""findings":[{"code":"duplicate_start","severity":"advarsel","message":"«A39A» er registrert på nytt "#,
            r#"uten institusjon, og forløpet er ikke overført i mellomtiden","dates":["2024-01-09"]}]}]"#,
        )
    );
}

#[test]
fn words_are_those_of_the_json() {
    for status in super::Status::ALL {
        assert_eq!(serde_json::to_value(status).unwrap(), status.word());
    }
    for state in [super::State::Open, super::State::Completed, super::State::Closed] {
        assert_eq!(serde_json::to_value(state).unwrap(), state.word());
    }
}

#[test]
fn codes_and_facts_are_known_or_not() {
    use super::{CodeUse, FactProblem};
    let tables = tables([net("A39"), net("A3")]);
    let evaluator = Evaluator::new(&tables).unwrap();
    for (code, expected) in [
        ("A39CK", CodeUse::Known),
        ("A3CK", CodeUse::Known),
        ("A39Z", CodeUse::UnknownSuffix),
        ("A39", CodeUse::UnknownSuffix),
        ("a39ck", CodeUse::Foreign),
        ("B01A", CodeUse::Foreign),
        ("", CodeUse::Foreign),
    ] {
        assert_eq!(evaluator.code(code, day("2024-01-01")), expected, "{code}");
    }
    assert_eq!(evaluator.fact("karsinom", "påvist"), Ok(()));
    assert_eq!(evaluator.fact("karsinom", "ja"), Err(FactProblem::UnknownValue));
    assert_eq!(evaluator.fact("røyker", "ja"), Err(FactProblem::UnknownFact));
}

#[test]
fn patients_have_courses_in_several_pathways() {
    let tables = tables([net("B01"), net("A39")]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let events = events("2024-01-01 B01A, 2024-01-02 A39A, 2024-01-03 C01A, 2024-02-01 A39X, 2024-03-01 A39A");
    let courses = evaluator.patient("p1", &events, &[], day("2024-06-30"), Options::default());
    let found: Vec<_> = courses.iter().map(|course| (course.pathway, course.course)).collect();
    assert_eq!(found, [("A39", 1), ("A39", 2), ("B01", 1)]);
}
