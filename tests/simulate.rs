//! Made-up cohorts: what the generator expects is what the runtime answers, and a seed's bytes never change.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use chrono::NaiveDate;
use forlop::{
    compile::compile,
    input::{File, Problem, Reason, Register},
    runtime::{Evaluator, Options},
    simulate::{Cohort, Defect, Expected, RowProblem, Settings, Shares, Summary},
    source::Input,
    tables::Tables,
};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn tables(path: &str) -> Tables {
    let path = root().join(path);
    if path.extension().is_some_and(|extension| extension == "json") {
        return serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    }
    compile(&[Input::Path(path)], root()).unwrap().tables.unwrap()
}

fn settings(patients: u32, seed: u64, as_of: &str) -> Settings {
    Settings {
        patients,
        seed,
        as_of: as_of.parse().unwrap(),
        shares: Shares::default(),
        facts: true,
        institutions: 20,
        unsorted: false,
    }
}

/// All that a cohort is, written.
struct Written {
    events: Vec<u8>,
    facts: Vec<u8>,
    expected: Vec<String>,
    problems: Vec<RowProblem>,
    summary: Summary,
}

fn written(cohort: &Cohort) -> Written {
    let (mut events, mut facts, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    cohort.write_events(&mut events).unwrap();
    cohort.write_facts(&mut facts).unwrap();
    cohort
        .problems(&mut |problem| {
            problems.push(problem);
            Ok(())
        })
        .unwrap();
    let expected = cohort.expected().map(|course: Expected| serde_json::to_string(&course).unwrap()).collect();
    Written { events, facts, expected, problems, summary: cohort.summary() }
}

/// Judges the cohort by the runtime, and compares every course and every row.
fn check(tables: &Tables, settings: Settings) -> Summary {
    let evaluator = Evaluator::new(tables).unwrap();
    let as_of = settings.as_of;
    let seed = settings.seed;
    let Written { events, facts, expected, problems, summary } = written(&Cohort::new(tables, settings).unwrap());
    let mut register = Register::default();
    register.add_events(&evaluator, File { name: "events.csv", bytes: &events }).unwrap();
    register.add_facts(&evaluator, File { name: "facts.csv", bytes: &facts }).unwrap();

    let mut expected = expected.into_iter();
    for (patient, rows) in register.patients() {
        let (events, facts) = (rows.events(), rows.facts());
        for course in evaluator.patient(patient, &events, &facts, as_of, Options::default()) {
            let mut answer = serde_json::to_value(&course).unwrap();
            for finding in answer["findings"].as_array_mut().unwrap() {
                finding.as_object_mut().unwrap().remove("message");
            }
            let line = expected.next().unwrap_or_default();
            let wanted: Value = serde_json::from_str(&line).unwrap_or_default();
            assert_eq!(
                answer, wanted,
                "seed {seed}: the runtime (left) and the generator (right) differ for\n{events:#?}\n{facts:#?}"
            );
        }
    }
    assert_eq!(expected.next(), None, "seed {seed}: the runtime has fewer courses");

    let found: Vec<RowProblem> = register.problems.iter().map(row_problem).collect();
    assert_eq!(found, problems, "seed {seed}");
    let (later_events, later_facts) = register.after(as_of);
    let left_out = &summary.left_out;
    let found = [register.problems.len(), register.foreign, later_events, later_facts].map(|count| count as u64);
    assert_eq!(found, [left_out.problems, left_out.foreign, left_out.later_events, left_out.later_facts]);
    let rows = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count() as u64 - 1;
    assert_eq!((rows(&events), rows(&facts)), (summary.event_rows, summary.fact_rows));
    summary
}

fn row_problem(problem: &Problem) -> RowProblem {
    let kind = match problem.reason {
        Reason::Date(_) => "bad_date",
        Reason::Code(_) => "unknown_code",
        Reason::NotValid { .. } => "not_valid",
        Reason::Fact(_) => "unknown_fact",
        Reason::Value { .. } => "unknown_value",
        ref other => panic!("no such problem is planted: {other:?}"),
    };
    let file = if problem.file.starts_with("events") { "events" } else { "facts" };
    RowProblem { file, line: problem.line as u64, kind }
}

fn add(total: &mut BTreeMap<String, u64>, counts: &BTreeMap<&'static str, u64>) {
    for (name, count) in counts {
        *total.entry((*name).to_owned()).or_default() += count;
    }
}

#[test]
fn the_runtime_answers_what_was_planted() {
    let (mut planted, mut statuses) = (BTreeMap::new(), BTreeMap::new());
    for path in ["pathways", "conformance/made-up/tables.json", "conformance/shapes/tables.json", "conformance/random/tables.json"] {
        let tables = tables(path);
        for seed in 0..6 {
            let as_of = ["2024-12-31", "2021-06-15", "2024-02-29"][seed as usize % 3];
            let mut settings = settings(600, seed, as_of);
            settings.shares = Shares::all([0.0, 0.05, 0.4][seed as usize % 3]);
            settings.unsorted = seed % 2 == 1;
            settings.institutions = [20, 1, 3][seed as usize % 3];
            let summary = check(&tables, settings);
            assert!(summary.courses > 500, "{path}: {}", summary.courses);
            add(&mut planted, &summary.planted);
            add(&mut statuses, &summary.statuses);
        }
    }
    for (name, count) in planted.iter().chain(&statuses) {
        assert!(*count >= 20, "{name} is planted only {count} times");
    }
}
