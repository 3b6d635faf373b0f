//! Cases written by hand with what must come out, from `conformance/hand/cases.txt`, which says how it is read.

use std::fs;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::suite::{Answers, Asks, Suite};
use super::suites::compiled;
use crate::case::{Case, CaseEvent, CaseFact};
use crate::notation::date;

const CASES: &str = "conformance/hand/cases.txt";

/// What a case says of its patient on one day.
struct Expected {
    patient: String,
    as_of: NaiveDate,
    lines: Vec<String>,
}

/// The cases, as patients.
pub fn suite() -> Suite {
    let (patients, expected) = read();
    let mut days: Vec<String> = expected.iter().map(|expected| expected.as_of.to_string()).collect();
    days.sort();
    days.dedup();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let about =
        "Cases written by hand: the coding rules' examples, every row of E8, courses, facts in time, the calendar";
    let shapes = ["enheter", "vindu-og-minst", "gjentas", "behandlingsgrupper"]
        .map(|name| format!("tests/shapes/tider-{name}.forlop"));
    let validity = ["frister", "koder", "forløp"].map(|name| format!("tests/shapes/gyldighet-{name}.forlop"));
    let mut paths = vec!["pathways/nevroendokrine-svulster.forlop".to_owned()];
    paths.extend(shapes.into_iter().chain(validity));
    Suite::new("hand", about, Asks::Courses, &days, compiled(&paths), patients)
}

/// Fails with every answer that is not the one written.
pub fn check(answers: &[Answers]) {
    let mut wrong = vec![];
    for Expected { patient, as_of, lines } in read().1 {
        let on = answers.iter().find(|answers| answers.as_of == as_of).unwrap();
        let courses: Vec<&Value> = on.courses.iter().filter(|course| course["patient"] == patient).collect();
        let found = said(&courses, &lines);
        if found != lines {
            wrong.push(format!("{patient} as of {as_of}\n  written: {lines:#?}\n  answered: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The answers in the notation of the file: of variants and intervals only those that are asked for.
fn said(courses: &[&Value], asked: &[String]) -> Vec<String> {
    let mut asked = asked.chunk_by(|_, next| !is_course(next));
    let mut said = vec![];
    for course in courses {
        let head = ["pathway", "course", "state", "start"].map(|key| word(&course[key]));
        let id = course["course_id"].as_str().map(|id| format!(" {id}")).unwrap_or_default();
        said.push(head.join(" ") + &id);
        said.extend(course["findings"].as_array().unwrap().iter().map(|finding| {
            let dates = finding["dates"].as_array().unwrap().iter().map(|date| format!(" {}", word(date)));
            format!("finding {}{}", word(&finding["code"]), dates.collect::<String>())
        }));
        let asked = asked.next().unwrap_or_default().iter().skip(1).filter(|line| !line.starts_with("finding "));
        said.extend(asked.map(|line| answer(course, line)));
    }
    said
}

/// Whether the line begins a course: its second word is a number.
fn is_course(line: &str) -> bool {
    line.split(' ').nth(1).is_some_and(|word| word.parse::<u32>().is_ok())
}

/// What the course says about what the line asks for.
fn answer(course: &Value, line: &str) -> String {
    let asked = line.split(' ').next().unwrap();
    if asked == "variant" {
        return format!("variant {} {}", word(&course["variant"]), word(&course["variant_basis"]));
    }
    let (path, occurrence) = asked.split_once('#').unwrap_or((asked, "1"));
    let occurrence: u64 = occurrence.parse().unwrap();
    let (interval, treatment) = path.split_once('/').map_or((path, Value::Null), |(one, other)| (one, json!(other)));
    let is_asked =
        |row: &&Value| row["interval"] == interval && row["treatment"] == treatment && row["occurrence"] == occurrence;
    let Some(row) = course["intervals"].as_array().unwrap().iter().find(is_asked) else {
        return format!("{asked} is not there");
    };
    format!("{asked} {}", ["status", "days", "due", "days_left"].map(|key| word(&row[key])).join(" "))
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn read() -> (Vec<(String, Case)>, Vec<Expected>) {
    let mut patients: Vec<(String, Case)> = vec![];
    let mut expected: Vec<Expected> = vec![];
    for line in fs::read_to_string(CASES).unwrap().lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.split_whitespace().collect();
        match (indent, words.as_slice()) {
            (0, [name, ..]) => {
                patients.push(((*name).to_owned(), Case { events: vec![], facts: vec![], as_of: NaiveDate::MAX }));
            }
            (2, ["as", "of", day]) => {
                let patient = patients.last().unwrap().0.clone();
                expected.push(Expected { patient, as_of: date(day), lines: vec![] });
            }
            (2, [day, fact, "=", value]) => patients.last_mut().unwrap().1.facts.push(CaseFact {
                date: given(day).map(|day| date(&day)),
                fact: (*fact).to_owned(),
                value: (*value).to_owned(),
            }),
            (2, [day, code, rest @ ..]) => patients.last_mut().unwrap().1.events.push(CaseEvent {
                date: date(day),
                code: (*code).to_owned(),
                institution: rest.first().and_then(|word| given(word)),
                course: rest.get(1).and_then(|word| given(word)),
            }),
            (4, _) => expected.last_mut().unwrap().lines.push(words.join(" ")),
            _ => panic!("{CASES}: {line}"),
        }
    }
    (patients, expected)
}

fn given(word: &str) -> Option<String> {
    (word != "-").then(|| word.to_owned())
}
