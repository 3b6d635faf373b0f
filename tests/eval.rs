//! `forlop eval` and `forlop test`: what they write, and how they end.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

mod eval_support;

use std::path::PathBuf;

use clap::Parser;
use eval_support::{Done, run_with};
use forlop::cli::{Cli, Exit};
use insta::assert_snapshot;

/// Runs a command line in `tests/eval`.
fn run(line: &str) -> Done {
    run_with(line, 100, "")
}

const EVAL: &str = "forlop eval enkel.forlop --events hendelser.csv --facts opplysninger.csv --as-of 2024-06-30";

#[test]
fn the_table_in_both_languages() {
    let nb = run(EVAL);
    assert_eq!(nb.exit, Exit::Fine);
    assert_snapshot!("table_nb", format!("{}\n{}", nb.out, nb.err));
    let en = run(&format!("{EVAL} --lang en"));
    assert_snapshot!("table_en", format!("{}\n{}", en.out, en.err));
    for done in [nb, en] {
        assert!(done.out.lines().all(|line| line.chars().count() <= 100), "{}", done.out);
    }
}

#[test]
fn a_narrow_table_leaves_out_what_is_measured() {
    let narrow = run_with(EVAL, 84, "").out;
    assert!(narrow.lines().all(|line| line.chars().count() <= 84), "{narrow}");
    assert_snapshot!("table_narrow", narrow);
    // No width at all gives long lines and no panic.
    assert!(run_with(EVAL, 0, "").out.contains("innenfor"));
}

#[test]
fn the_trace_as_sentences() {
    assert_snapshot!("explained_nb", run(&format!("{EVAL} --explain")).out);
    assert_snapshot!("explained_en", run(&format!("{EVAL} --explain --lang en")).out);
}

/// The status is that of section 3, but a person is not told that someone is late.
#[test]
fn a_least_time_that_has_passed_is_not_late() {
    let line = "forlop eval minst.forlop --events - --explain --as-of";
    let shown = |day: &str| run_with(&format!("{line} {day}"), 100, "pasient,dato,kode\np,2024-01-01,Z01A\n").out;
    assert!(shown("2024-01-20").contains("løper, minst 23 dager igjen"));
    let passed = shown("2024-06-01");
    assert!(passed.contains("! minstetiden er gått") && passed.contains("og minstetiden er gått:"), "{passed}");
    assert!(!passed.contains("over tiden"), "{passed}");
}

#[test]
fn json_is_that_of_the_design() {
    let all = run(&format!("{EVAL} --format ndjson")).out;
    let first = all.lines().next().unwrap();
    assert_eq!(
        first,
        concat!(
            r#"{"pathway":"Q1","patient":"p1","course":1,"course_id":null,"start":"2024-01-08","state":"completed","#,
            r#""phase":"behandling","variant":"hovedforløp","variant_basis":"known","intervals":["#,
            r#"{"interval":"fremmøte","treatment":null,"occurrence":1,"from":"2024-01-08","to":"2024-01-18","days":10,"#,
            r#""variant":"hovedforløp","variant_basis":"known","limit":10,"unit":"arbeidsdager","status":"within","#,
            r#""due":"2024-01-22","days_left":null},"#,
            r#"{"interval":"svar","treatment":null,"occurrence":1,"from":"2024-01-18","to":"2024-02-05","days":18,"#,
            r#""variant":"hovedforløp","variant_basis":"known","limit":3,"unit":"uker","status":"within","#,
            r#""due":"2024-02-08","days_left":null},"#,
            r#"{"interval":"start","treatment":"kirurgi","occurrence":1,"from":"2024-02-05","to":"2024-02-20","days":15,"#,
            r#""variant":"hovedforløp","variant_basis":"known","limit":21,"unit":"kalenderdager","status":"within","#,
            r#""due":"2024-02-26","days_left":null},"#,
            r#"{"interval":"start","treatment":"legemidler","occurrence":1,"from":null,"to":null,"days":null,"#,
            r#""variant":"hovedforløp","variant_basis":"known","limit":14,"unit":"kalenderdager","#,
            r#""status":"not_applicable","due":null,"days_left":null},"#,
            r#"{"interval":"samtale","treatment":null,"occurrence":1,"from":"2024-01-08","to":"2024-02-05","days":28,"#,
            r#""variant":"hovedforløp","variant_basis":"known","limit":1,"unit":"måneder","status":"too_early","#,
            r#""due":"2024-02-08","days_left":null}],"findings":[]}"#,
        )
    );
    let json = run(&format!("{EVAL} --format json")).out;
    assert_eq!(json, format!("[\n{}\n]\n", all.trim_end().replace('\n', ",\n")));
    assert!(!first.contains("trace"));
    assert!(run(&format!("{EVAL} --format ndjson --explain")).out.lines().all(|line| line.contains(r#""trace":{"#)));
}

#[test]
fn csv_has_a_row_for_each_interval() {
    let csv = run(&format!("{EVAL} --format csv")).out;
    let mut lines = csv.lines();
    assert_eq!(
        lines.next().unwrap(),
        "pathway,patient,course,course_id,start,state,phase,interval,treatment,occurrence,from,to,days,variant,\
         variant_basis,limit,unit,status,due,days_left,findings"
    );
    assert_eq!(
        lines.next().unwrap(),
        "Q1,p1,1,,2024-01-08,completed,behandling,fremmøte,,1,2024-01-08,2024-01-18,10,hovedforløp,known,10,\
         arbeidsdager,within,2024-01-22,,"
    );
    let marked = lines.find(|line| line.starts_with("Q1,p3")).unwrap();
    assert!(marked.ends_with(",duplicate_start"), "{marked}");
    assert_eq!(csv.lines().count(), 1 + 6 * 5);
}

#[test]
fn no_courses_is_an_answer_too() {
    let none = "forlop eval enkel.forlop --events - --as-of 2024-06-30 --format";
    let header = "pasient,dato,kode\n";
    assert_eq!(run_with(&format!("{none} json"), 100, header).out, "[]\n");
    assert_eq!(run_with(&format!("{none} ndjson"), 100, header).out, "");
    assert_eq!(run_with(&format!("{none} csv"), 100, header).out.lines().count(), 1);
    assert_eq!(run_with(&format!("{none} table"), 100, header).out, "Ingen forløp.\n");
}

#[test]
fn rows_that_cannot_be_used_are_told_and_left_out() {
    let bad = run("forlop eval enkel.forlop --events feil.csv --as-of 2024-06-30 --format csv");
    assert_eq!((bad.exit, bad.out.lines().count()), (Exit::Fine, 1 + 5));
    assert_snapshot!("unusable", bad.err);
    let strict = run("forlop eval enkel.forlop --events feil.csv --as-of 2024-06-30 --format csv --strict");
    assert_eq!((strict.exit, strict.out), (Exit::Errors, bad.out));
    let rows: String = (0..57).map(|_| "p1,x,Q1A\n,2024-01-08,Q1A\n").collect();
    let many = run_with("forlop eval enkel.forlop --events - --lang en", 100, &format!("patient,date,code\n{rows}"));
    let lines: Vec<&str> = many.err.lines().collect();
    assert_eq!((lines.len(), lines[20], lines[41]), (43, "… and 37 more", "… and 37 more"));
    assert_eq!(lines[42], "114 rows could not be used.");
}

#[test]
fn what_cannot_be_read_or_used_gives_an_exit_status() {
    for (line, exit) in [
        ("forlop eval enkel.forlop --events finnes-ikke.csv", Exit::Files),
        ("forlop eval finnes-ikke.forlop --events hendelser.csv", Exit::Files),
        ("forlop eval enkel.forlop --events opplysninger.csv", Exit::Errors),
        ("forlop eval enkel.forlop --events -", Exit::Errors),
        ("forlop eval - --events -", Exit::WrongUse),
        ("forlop eval enkel.forlop --events - --facts -", Exit::WrongUse),
    ] {
        let done = run(line);
        assert_eq!(done.exit, exit, "{line}");
        assert_eq!(done.out, "", "{line}");
        assert_eq!(done.err.lines().count(), 1, "{line}: {}", done.err);
    }
    for line in
        ["eval a --events b --as-of 2024-02-30", "eval a --events b --as-of 1.2.2024", "eval a", "eval a --format x"]
    {
        assert!(Cli::try_parse_from(format!("forlop {line}").split_whitespace()).is_err(), "{line}");
    }
}

#[test]
fn ndjson_gives_the_same_answers_as_csv() {
    let csv = std::fs::read_to_string("tests/eval/hendelser.csv").unwrap();
    let rows = csv.lines().skip(1).map(|line| {
        let [patient, date, code, institution, course] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let row = serde_json::json!({
            "patient": patient, "date": date, "code": code, "institution": institution, "course": course,
        });
        format!("{row}\n")
    });
    let ndjson = run_with(&EVAL.replace("hendelser.csv", "-"), 100, &rows.collect::<String>());
    assert_eq!(ndjson.out, run(EVAL).out);
}

#[test]
fn answers_can_go_to_a_file() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("eval-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("svar.txt");
    let done = run(&format!("{EVAL} -o {}", path.display()));
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!((done.exit, done.out.as_str(), written), (Exit::Fine, "", run(EVAL).out));
}

#[test]
fn examples_that_do_not_hold_are_told() {
    let nb = run("forlop test eksempler.forlop");
    assert_eq!((nb.exit, nb.err.as_str()), (Exit::Errors, ""));
    let en = run("forlop test eksempler.forlop --lang en");
    assert_snapshot!("examples", format!("{}\n{}", nb.out, en.out));
    let none = run("forlop test enkel.forlop");
    assert_eq!((none.exit, none.out.as_str()), (Exit::Fine, "Det er ingen eksempler å prøve.\n"));
}
