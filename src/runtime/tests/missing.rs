//! What is missing and would change the answer, held against adding it.

use chrono::{Days, NaiveDate};
use proptest::{prelude::*, sample::select};

use super::*;
use crate::runtime::{Event, FactEvent, Missing, Status};

fn ask<'a>(
    evaluator: &'a Evaluator<'a>,
    events: &'a [Event<'a>],
    facts: &'a [FactEvent<'a>],
    as_of: NaiveDate,
) -> Vec<Course<'a>> {
    evaluator.patient("p1", events, facts, as_of, Options { missing: true, ..Options::default() })
}

/// `S 2024-02-01: OF1 within, OF2 exceeded; -missing_start`, one for each outcome.
fn in_short(missing: &Missing) -> Vec<String> {
    let names = [missing.facts.join(" "), missing.codes.join(" ").replace("A39", "")].concat();
    let one = |outcome: &crate::runtime::Consequence| {
        let mut given = outcome.values.clone();
        given.extend(outcome.dates.iter().map(|date| date.to_string()));
        let changes = outcome.changes.iter().map(|change| format!("{} {}", change.interval, change.status.word()));
        let mut parts: Vec<String> = changes.collect();
        parts.dedup();
        parts.extend(outcome.findings.iter().map(|code| format!("-{code}")));
        format!("{names} {}: {}", given.join(" "), parts.join(", "))
    };
    missing.outcomes.iter().map(one).collect()
}

fn missing(of_events: &str, of_facts: &str, as_of: &str) -> Vec<String> {
    let tables = tables([net("A39")]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let (events, facts) = (events(of_events), facts(of_facts));
    let courses = ask(&evaluator, &events, &facts, day(as_of));
    courses.iter().flat_map(|course| course.missing.iter().flatten().flat_map(in_short)).collect()
}

#[test]
fn an_unknown_fact_that_would_change_the_variant() {
    let course = "2024-01-01 A39A, 2024-01-08 A39S, 2024-01-10 A39CM";
    assert_eq!(missing(course, "", "2024-02-01"), ["karsinom påvist: OF1 exceeded, OF2 within"]);
    assert!(missing(course, "karsinom=utelukket", "2024-02-01").is_empty());
}

#[test]
fn a_code_that_was_not_registered() {
    let found = missing("2024-01-08 A39S, 2024-01-10 A39CM", "karsinom=utelukket", "2024-02-01");
    assert_eq!(found, ["A 2024-01-07: OF1 within, -missing_start, -henvisning_før_utredning"]);
}

#[test]
fn a_sound_course_lacks_nothing() {
    let course = "2024-01-01 A39A, 2024-01-08 A39S, 2024-01-10 A39CK, 2024-01-20 A39FK";
    assert!(missing(course, "karsinom=utelukket", "2024-02-01").is_empty());
}

fn any_events() -> impl Strategy<Value = Vec<Event<'static>>> {
    let code = select(vec!["A39A", "A39S", "A39O", "A39CK", "A39CM", "A39FK", "A39FM", "A39X"]);
    let event = (0u64..30, code).prop_map(|(days, code)| Event {
        date: day("2024-01-01") + Days::new(days),
        code,
        institution: None,
        course: None,
    });
    prop::collection::vec(event, 1..5)
}

/// The answers of the course with this number, and what is found in it.
fn judged<'a>(courses: &'a [Course<'a>], number: u32) -> Option<&'a Course<'a>> {
    courses.iter().find(|course| course.course == number)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is claimed comes true when it is added.
    #[test]
    fn claims_come_true(events in any_events(), known in prop::option::of(select(vec!["påvist", "utelukket"]))) {
        let tables = tables([net("A39")]);
        let evaluator = Evaluator::new(&tables).unwrap();
        let as_of = day("2024-02-10");
        let facts: Vec<_> = known.map(|value| FactEvent { date: None, fact: "karsinom", value }).into_iter().collect();
        for course in ask(&evaluator, &events, &facts, as_of) {
            for missing in course.missing.iter().flatten() {
                prop_assert!(!missing.outcomes.is_empty());
                for outcome in &missing.outcomes {
                    let mut events = events.clone();
                    let given = missing.codes.iter().zip(&outcome.dates);
                    events.extend(given.map(|(code, date)| Event { date: *date, code, institution: None, course: None }));
                    let mut facts = facts.clone();
                    let given = missing.facts.iter().zip(&outcome.values);
                    facts.extend(given.map(|(fact, value)| FactEvent { date: None, fact, value }));
                    let again = evaluator.patient("p1", &events, &facts, as_of, Options::default());
                    let after = judged(&again, course.course).unwrap();
                    for change in &outcome.changes {
                        let same = |answer: &&IntervalAnswer| (answer.interval, answer.treatment) == (change.interval, change.treatment);
                        let (before, after) = (course.intervals.iter().find(same).unwrap(), after.intervals.iter().find(same).unwrap());
                        prop_assert_eq!((after.status, after.limit), (change.status, change.limit));
                        prop_assert_ne!(before, after);
                    }
                    for code in &outcome.findings {
                        prop_assert!(course.findings.iter().any(|finding| finding.code == *code));
                        prop_assert!(!after.findings.iter().any(|finding| finding.code == *code));
                    }
                }
            }
        }
    }

    /// A single code that, on any day, makes a finding go or settles an interval and does no harm is found.
    #[test]
    fn no_single_code_is_missed(events in any_events()) {
        let tables = tables([net("A39")]);
        let evaluator = Evaluator::new(&tables).unwrap();
        let as_of = day("2024-02-10");
        let facts = [FactEvent { date: None, fact: "karsinom", value: "utelukket" }];
        let courses = ask(&evaluator, &events, &facts, as_of);
        let in_doubt = |status| matches!(status, Status::Undetermined | Status::Overdue);
        for course in &courses {
            for code in &tables.pathways[0].codes {
                for days in 0..=40 {
                    let mut more = events.clone();
                    let date = day("2024-01-01") + Days::new(days);
                    more.push(Event { date, code: &code.code, institution: None, course: None });
                    let again = evaluator.patient("p1", &more, &facts, as_of, Options::default());
                    if again.len() != courses.len() {
                        continue;
                    }
                    let after = judged(&again, course.course).unwrap();
                    let pairs = || course.intervals.iter().zip(&after.intervals).map(|(before, after)| (before.status, after.status));
                    let new = after.findings.iter().any(|new| course.findings.iter().all(|old| old.code != new.code));
                    let worse = pairs().any(|(before, after)| before != after && (after == Status::InvalidOrder || in_doubt(after) && !in_doubt(before)));
                    let gone = course.findings.iter().any(|old| after.findings.iter().all(|new| new.code != old.code));
                    let settled = pairs().any(|(before, after)| in_doubt(before) && !in_doubt(after) && after != Status::NotApplicable);
                    if !new && !worse && (gone || settled) {
                        let found = course.missing.iter().flatten().any(|missing| missing.codes == [code.code.as_str()]);
                        prop_assert!(found, "{} on {date}: {:?}", code.code, course.missing);
                    }
                }
            }
        }
    }
}
