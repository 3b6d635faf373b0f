//! `forlop eval --latest`: how late what remains can come.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

mod eval_support;

use eval_support::{Done, run_with};
use forlop::cli::Exit;
use insta::assert_snapshot;
use serde_json::{Value, json};

/// One patient with a late first attendance, one past a limit, and one who is done.
const EVENTS: &str = "pasient,dato,kode
p1,2024-01-08,A39A
p1,2024-02-20,A39S
p2,2024-01-08,A39A
p3,2024-01-08,A39A
p3,2024-01-12,A39X
";

fn run(rest: &str) -> Done {
    let line = "forlop eval ../../pathways/nevroendokrine-svulster.forlop --events - --as-of 2024-02-21 --latest";
    run_with(&format!("{line} {rest}"), 100, EVENTS)
}

#[test]
fn the_table_says_what_remains() {
    assert_snapshot!("latest_nb", run("").out);
    assert_snapshot!("latest_en", run("--lang en").out);
}

#[test]
fn the_json_holds_it_only_when_asked_for() {
    let courses: Value = serde_json::from_str(&run("--format json").out).unwrap();
    assert_eq!(
        courses[0]["latest"][0],
        json!({"codes": ["A39CK"], "latest": "2024-03-04",
               "because": {"interval": "OF4", "treatment": "kirurgi", "due": "2024-03-04"}, "lost": []})
    );
    assert_eq!(courses[2]["latest"], json!([]));
    let line = "forlop eval ../../pathways/nevroendokrine-svulster.forlop --events - --as-of 2024-02-21 --format json";
    let courses: Value = serde_json::from_str(&run_with(line, 100, EVENTS).out).unwrap();
    assert_eq!(courses[0].get("latest"), None);
}

#[test]
fn csv_has_no_place_for_it() {
    let done = run("--format csv --lang en");
    assert_eq!(done.exit, Exit::WrongUse);
    assert_eq!(done.err, "error: what remains or is missing cannot be written as csv: choose table, json or ndjson\n");
}
