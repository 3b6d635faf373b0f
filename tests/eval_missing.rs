//! `forlop eval --missing`: what is not known or not registered and would change an answer.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

mod eval_support;

use eval_support::{Done, run_with};
use forlop::cli::Exit;
use insta::assert_snapshot;
use serde_json::{Value, json};

/// One whose carcinoma is not known, one without a registered first attendance, and one who lacks nothing.
const EVENTS: &str = "pasient,dato,kode
p1,2024-01-08,A39A
p1,2024-01-15,A39S
p1,2024-01-22,A39CM
p2,2024-01-08,A39A
p2,2024-02-01,A39CK
p2,2024-02-10,A39FK
p3,2024-01-08,A39A
p3,2024-01-12,A39X
";

fn run(rest: &str) -> Done {
    let line = "forlop eval ../../pathways/nevroendokrine-svulster.forlop --events - --as-of 2024-02-21";
    run_with(&format!("{line} {rest}"), 100, EVENTS)
}

#[test]
fn the_table_says_what_is_missing() {
    assert_snapshot!("missing_nb", run("--missing").out);
    assert_snapshot!("missing_en", run("--missing --lang en").out);
}

#[test]
fn the_json_holds_it_only_when_asked_for() {
    let courses: Value = serde_json::from_str(&run("--missing --format json").out).unwrap();
    let missing = &courses[0]["missing"][0];
    assert_eq!((&missing["facts"], &missing["codes"]), (&json!(["karsinom"]), &json!([])));
    assert_eq!(
        missing["outcomes"][0]["changes"][0],
        json!({"interval": "OF1", "treatment": null, "occurrence": 1, "status": "exceeded", "limit": 4,
               "unit": "kalenderdager"})
    );
    assert_eq!(courses[2]["missing"], json!([]));
    let courses: Value = serde_json::from_str(&run("--format json").out).unwrap();
    assert_eq!(courses[0].get("missing"), None);
}

#[test]
fn csv_has_no_place_for_it() {
    let done = run("--missing --format csv --lang en");
    assert_eq!(done.exit, Exit::WrongUse);
    assert_eq!(done.err, "error: what remains or is missing cannot be written as csv: choose table, json or ndjson\n");
}
