//! Made-up cohorts: what the generator expects is what the runtime answers, and a seed's bytes never change.

#![allow(clippy::unwrap_used, clippy::panic)] // A test that cannot go on shall fail.

use std::{collections::BTreeMap, fs, io::Cursor, path::Path};

use clap::Parser;
use forlop::{
    cli::{Cli, Context, Exit},
    compile::compile,
    input::{File, Problem, Reason, Register},
    lang::Lang,
    runtime::{Evaluator, Options},
    simulate::{Cohort, Defect, Expected, RowProblem, Settings, Shares, Summary},
    source::Input,
    tables::Tables,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

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

    let left = register.summary(as_of);
    // Of each kind in each file, the first rows are kept.
    for kind in left.problems.kinds() {
        let found: Vec<RowProblem> = kind.first.iter().map(row_problem).collect();
        let alike =
            |row: &&RowProblem| found.first().is_some_and(|first| (row.file, row.kind) == (first.file, first.kind));
        let planted: Vec<RowProblem> = problems.iter().filter(alike).cloned().collect();
        assert_eq!(kind.count, planted.len(), "seed {seed}");
        assert_eq!(Some(&found[..]), planted.get(..found.len()), "seed {seed}");
    }
    let left_out = &summary.left_out;
    let found = [left.problems.count(), left.foreign, left.later_events, left.later_facts].map(|count| count as u64);
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

/// Pathways that cohorts are made in.
const SETS: [&str; 4] =
    ["pathways", "conformance/made-up/tables.json", "conformance/shapes/tables.json", "conformance/random/tables.json"];

#[test]
fn the_runtime_answers_what_was_planted() {
    let (mut planted, mut statuses) = (BTreeMap::new(), BTreeMap::new());
    for path in SETS {
        let tables = tables(path);
        for seed in 0..6 {
            let as_of = ["2024-12-31", "2021-06-15", "2024-02-29"][seed as usize % 3];
            let mut settings = settings(300, seed, as_of);
            settings.shares = Shares::all([0.0, 0.05, 0.4][seed as usize % 3]);
            settings.unsorted = seed % 2 == 1;
            settings.institutions = [20, 1, 3][seed as usize % 3];
            let summary = check(&tables, settings);
            assert!(summary.courses > 250, "{path}: {}", summary.courses);
            add(&mut planted, &summary.planted);
            add(&mut statuses, &summary.statuses);
        }
    }
    for (name, count) in planted.iter().chain(&statuses) {
        assert!(*count >= 20, "{name} is planted only {count} times");
    }
}

#[test]
fn two_pathways_and_course_ids_are_answered_too() {
    for path in SETS {
        let tables = tables(path);
        for seed in 0..6 {
            let mut settings = settings(200, seed, "2024-12-31");
            settings.shares = Shares::all([0.0, 0.05, 0.4][seed as usize % 3]);
            (settings.shares.two_pathways, settings.shares.course_ids) =
                [(0.5, 0.0), (0.5, 0.5), (0.0, 1.0)][seed as usize % 3];
            settings.unsorted = seed % 2 == 1;
            check(&tables, settings);
        }
    }
}

#[test]
fn rows_of_two_pathways_stand_among_each_other() {
    let mut settings = settings(300, 3, "2024-12-31");
    settings.shares.two_pathways = 0.3;
    let tables = tables("pathways");
    let cohort = Cohort::new(&tables, settings).unwrap();
    let (mut pathways, mut of) = (BTreeMap::new(), BTreeMap::<_, Vec<_>>::new());
    for course in cohort.expected() {
        pathways.entry(course.patient).or_insert_with(Vec::new).push(course.pathway);
    }
    pathways.values_mut().for_each(Vec::dedup);
    let two = pathways.values().filter(|pathways| pathways.len() == 2).count();
    assert!((60..120).contains(&two) && pathways.values().all(|pathways| pathways.len() <= 2), "{two}");
    let events = String::from_utf8(written(&cohort).events).unwrap();
    for row in events.lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        of.entry(fields[0].to_owned()).or_default().push(fields[2][..3].to_owned());
    }
    let changes = |codes: &Vec<String>| codes.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(of.values().filter(|codes| changes(codes) > 2).count() > two / 3);
}

#[test]
fn courses_with_ids_go_on_side_by_side_and_leave_no_doubt() {
    let mut settings = settings(300, 3, "2024-12-31");
    settings.shares = Shares::all(0.2);
    settings.shares.course_ids = 0.5;
    let cohort = |settings: Settings| {
        let tables = tables(NET);
        let cohort = Cohort::new(&tables, settings).unwrap();
        let courses: Vec<Value> = cohort.expected().map(|course| serde_json::to_value(course).unwrap()).collect();
        (courses, String::from_utf8(written(&cohort).events).unwrap())
    };
    let (courses, events) = cohort(settings.clone());
    assert!(events.starts_with("patient,date,code,institution,course\n"));
    let (with, without): (Vec<&Value>, Vec<&Value>) =
        courses.iter().partition(|course| course["course_id"].is_string());
    assert!(with.len() > 150 && without.len() > 100);
    let doubts = |courses: &[&Value]| {
        let findings = courses.iter().flat_map(|course| course["findings"].as_array().unwrap());
        let codes = ["missing_start", "duplicate_start", "event_after_end"];
        findings.filter(|finding| codes.contains(&finding["code"].as_str().unwrap())).count()
    };
    assert!(doubts(&with) == 0 && doubts(&without) > 20);
    // Their first events number courses, and not their ids.
    assert!(with.iter().any(|course| course["course"] == 1 && course["course_id"] == "F2"));
    // By date, the rows of some patients come from one course, another, and the first again.
    let mut by_date: Vec<Vec<&str>> = events.lines().skip(1).map(|row| row.split(',').collect()).collect();
    by_date.sort();
    let of_patients = by_date.chunk_by(|one, other| one[0] == other[0]);
    let changes = |rows: &[Vec<&str>]| rows.windows(2).filter(|pair| pair[0][4] != pair[1][4]).count();
    assert!(of_patients.filter(|rows| changes(rows) > 1).count() > 10);

    settings.shares.course_ids = 0.0;
    let (courses, events) = cohort(settings);
    assert!(courses.iter().all(|course| course["course_id"].is_null()));
    assert!(events.starts_with("patient,date,code,institution\n"));
}

const NET: &str = "pathways/nevroendokrine-svulster.forlop";

fn sha(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// If this fails, cohorts that others have made are other cohorts from now on: do it on purpose, and say so.
#[test]
fn the_bytes_of_a_seed_never_change() {
    let tables = tables("tests/released/net-0.1.0.json");
    let Written { events, facts, expected, .. } =
        written(&Cohort::new(&tables, settings(2000, 7, "2024-12-31")).unwrap());
    let first =
        "patient,date,code,institution\nsim-0000001,2023-10-29,A39A,Sykehus N\nsim-0000001,2023-11-02,A39S,Sykehus N\n";
    assert!(events.starts_with(first.as_bytes()));
    let pinned = [
        "da6a287ca6806c245c3a2de6f22e1b703297c41108f561666326d86cfe409f7f",
        "5e076d107da97adf13329bb279abbfa08e83128484e723c54b6b9e6f313db73e",
        "645cdf1aa7399faec6216fc64ae10e07751ff8e34e70e45afc260466058c30b2",
    ];
    assert_eq!([sha(&events), sha(&facts), sha(expected.join("\n").as_bytes())], pinned);
}

#[test]
fn a_larger_cohort_begins_with_the_smaller() {
    let tables = tables("pathways");
    let of = |patients, seed| written(&Cohort::new(&tables, settings(patients, seed, "2024-12-31")).unwrap());
    let (small, large, other) = (of(100, 3), of(300, 3), of(100, 4));
    assert!(large.events.starts_with(&small.events) && large.facts.starts_with(&small.facts));
    assert!(large.expected.starts_with(&small.expected));
    let events =
        |written: &Written| written.problems.iter().filter(|row| row.file == "events").cloned().collect::<Vec<_>>();
    assert!(events(&large).starts_with(&events(&small)) && !events(&small).is_empty());
    assert_eq!(small.events, of(100, 3).events);
    assert_ne!(small.events, other.events);
}

#[test]
fn unsorted_is_the_same_rows_in_another_order() {
    let tables = tables("pathways");
    // More rows than lie mixed at a time.
    let sorted = settings(4_200, 5, "2024-12-31");
    let mixed = Settings { unsorted: true, ..sorted.clone() };
    let (sorted, mixed) = (Cohort::new(&tables, sorted).unwrap(), Cohort::new(&tables, mixed).unwrap());
    let (mut one, mut other) = (Vec::new(), Vec::new());
    sorted.write_events(&mut one).unwrap();
    mixed.write_events(&mut other).unwrap();
    assert_ne!(one, other);
    assert!(sorted.summary().event_rows > 17_000);
    let rows = |bytes: &[u8]| {
        let mut rows: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        rows.sort();
        rows
    };
    assert_eq!(rows(&one), rows(&other));
    assert!(sorted.expected().eq(mixed.expected()));
}

/// Only one kind of defect, wherever it can be.
fn only(defect: Option<Defect>, tables: &Tables) -> Summary {
    let mut settings = settings(300, 11, "2024-12-31");
    settings.shares = Shares::all(0.0);
    settings.shares.set(Defect::Late, 0.0);
    if let Some(defect) = defect {
        settings.shares.set(defect, 1.0);
    }
    check(tables, settings)
}

#[test]
fn a_cohort_without_defects_has_nothing_to_say() {
    let summary = only(None, &tables(NET));
    assert!(summary.findings.is_empty(), "{:?}", summary.findings);
    assert_eq!(summary.left_out, Default::default());
    assert!(summary.planted.values().all(|count| *count == 0), "{:?}", summary.planted);
    for status in ["exceeded", "too_early", "invalid_order", "undetermined", "overdue"] {
        let least = if status == "overdue" { 0 } else { summary.statuses[status] };
        assert_eq!(least, 0, "{status}");
    }
    assert!(summary.statuses["within"] > 300 && summary.statuses["running"] > 0);
}

#[test]
fn each_defect_does_what_it_says() {
    let net = tables(NET);
    let made_up = tables("conformance/made-up/tables.json");
    let random = tables("conformance/random/tables.json");
    for defect in Defect::ALL {
        let tables = match defect {
            Defect::RuleTriggers | Defect::RuleExactly => &random,
            Defect::NotValid => &made_up,
            _ => &net,
        };
        let summary = only(Some(defect), tables);
        let planted = summary.planted[defect.name()];
        assert!(planted > 10, "{}: {planted}", defect.name());
        let found = |code: &str| summary.findings.get(code).copied().unwrap_or_default();
        let left_out = &summary.left_out;
        match defect {
            Defect::MissingStart => assert_eq!(found("missing_start"), planted),
            Defect::DuplicateStart => assert_eq!(found("duplicate_start"), planted),
            Defect::EventAfterEnd => assert_eq!(found("event_after_end"), planted),
            Defect::InvalidOrder => assert!(summary.statuses["invalid_order"] >= planted),
            Defect::MissingPoint => assert!(summary.statuses["undetermined"] >= planted),
            Defect::RuleBefore => {
                assert!(found("beslutning_før_behandling") + found("henvisning_før_utredning") >= planted);
            }
            Defect::RuleAtMost => assert_eq!(found("én_beslutning"), planted),
            Defect::RuleNothingAfter => assert_eq!(found("ingenting_etter_slutt"), planted),
            Defect::RuleNeverTogether => assert_eq!(found("ikke_behandling_ved_annen_konklusjon"), planted),
            Defect::ForeignCode => assert_eq!(left_out.foreign, planted),
            Defect::AfterAsOf => assert!(left_out.later_events >= planted),
            Defect::UnknownCode | Defect::BadDate | Defect::NotValid | Defect::UnknownFact | Defect::UnknownValue => {
                assert_eq!(left_out.problems, planted);
            }
            Defect::ConflictingFact => assert!(found("conflicting_fact") >= planted),
            Defect::NoFacts => assert_eq!((summary.fact_rows, planted), (0, 300)),
            // Checked by the answers, and by the rules of other pathways.
            Defect::Late | Defect::DuplicateRow | Defect::LateFacts | Defect::RuleTriggers | Defect::RuleExactly => {}
        }
    }
}

#[test]
fn no_patient_looks_like_a_person() {
    let tables = tables(NET);
    let settings = Settings { patients: 9_999_999, ..settings(1, 1, "2024-12-31") };
    let cohort = Cohort::new(&tables, settings).unwrap();
    let patient = cohort.expected().next().unwrap().patient;
    assert_eq!(patient, "sim-0000001");
}

struct Done {
    exit: Exit,
    err: String,
}

fn run(line: &str, folder: &Path) -> Done {
    let mut err = Vec::new();
    let exit = Cli::try_parse_from(line.split_whitespace()).unwrap().run(&mut Context {
        lang: Lang::En,
        width: 100,
        folder: folder.to_path_buf(),
        input: Box::new(Cursor::new("")),
        out: Box::new(std::io::sink()),
        err: Box::new(&mut err),
    });
    Done { exit, err: String::from_utf8(err).unwrap() }
}

#[test]
fn the_command_writes_a_folder_or_single_files() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("simulate");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(root().join("conformance/net/tables.json"), folder.join("net.json")).unwrap();
    let line = "forlop simulate net.json --patients 50 --seed 7 --as-of 2024-06-30 --facts --defects 0.1";
    let done = run(&format!("{line} -o cohort"), &folder);
    assert_eq!(done.exit, Exit::Fine, "{}", done.err);
    assert!(done.err.starts_with("«cohort» has "), "{}", done.err);
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let summary: Value = serde_json::from_str(&read("cohort/summary.json")).unwrap();
    assert_eq!((&summary["format"], &summary["seed"]), (&"forlop-cohort".into(), &7.into()));
    assert_eq!(summary["shares"]["missing_start"], 0.1);
    let lines = |name: &str| read(name).lines().count() as u64;
    assert_eq!(summary["courses"], lines("cohort/expected.ndjson"));
    assert_eq!(summary["event_rows"], lines("cohort/events.csv") - 1);
    assert_eq!(summary["fact_rows"], lines("cohort/facts.csv") - 1);
    assert_eq!(summary["left_out"]["problems"], lines("cohort/problems.ndjson"));
    let course = "{\"pathway\":\"A39\",\"patient\":\"sim-0000001\",\"course\":1,\"course_id\":null,\"start\":\"";
    assert!(read("cohort/expected.ndjson").starts_with(course));

    let done = run(&format!("{line} --events e.csv --facts-file f.csv --expected x.ndjson"), &folder);
    assert_eq!((done.exit, done.err.as_str()), (Exit::Fine, ""));
    for (single, whole) in [("e.csv", "events.csv"), ("f.csv", "facts.csv"), ("x.ndjson", "expected.ndjson")] {
        assert_eq!(read(single), read(&format!("cohort/{whole}")));
    }
}

#[test]
fn pathways_without_a_prefix_have_no_patients() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = |name: &str| root().join("pathways").join(name);
    let (lung, crc) = (file("lungekreft.forlop"), file("tykk-og-endetarmskreft.forlop"));
    let done = run(&format!("forlop simulate {} --events none.csv", lung.display()), root());
    assert_eq!(done.exit, Exit::Errors);
    let skipped = "Without patients, because their codes are in no register: «lungekreft».\n";
    assert!(done.err.contains(skipped), "{}", done.err);
    let to = folder.join("without.csv");
    let line = format!("forlop simulate {} {} --patients 2 --events {}", lung.display(), crc.display(), to.display());
    let done = run(&line, root());
    assert_eq!(done.exit, Exit::Fine, "{}", done.err);
    assert!(done.err.contains(skipped) && fs::read_to_string(to).unwrap().contains(",A12A,"));
}

#[test]
fn shares_are_read() {
    let shares: Shares = "late=0.5, missing_start=1".parse().unwrap();
    assert_eq!([Defect::Late, Defect::MissingStart, Defect::BadDate].map(|defect| shares.of(defect)), [0.5, 1.0, 0.0]);
    assert_eq!("0".parse(), Ok(Shares::all(0.0)));
    assert_eq!(Shares::all(0.1).of(Defect::Late), Shares::default().of(Defect::Late));
    for wrong in ["", "2", "-0.1", "NaN", "late", "late=", "late=2", "sent=0.1", "late=0.1,,"] {
        assert!(wrong.parse::<Shares>().is_err(), "{wrong}");
    }
}
