//! `forlop eval --criteria`: what it writes, and how it ends.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

mod eval_support;

use std::path::PathBuf;

use clap::Parser;
use eval_support::run_with as run;
use forlop::cli::{Cli, Exit};
use insta::assert_snapshot;

const ASSESS: &str = "forlop eval kriterier.forlop --criteria --facts kriterier.csv --as-of 2024-06-30";

#[test]
fn the_table_in_both_languages() {
    let nb = run(&format!("{ASSESS} --events kriterier-hendelser.csv"), 100, "");
    assert_eq!(nb.exit, Exit::Fine);
    assert_snapshot!("criteria_nb", format!("{}\n{}", nb.out, nb.err));
    let en = run(&format!("{ASSESS} --lang en"), 84, "");
    assert_snapshot!("criteria_en", format!("{}\n{}", en.out, en.err));
    for (done, width) in [(nb, 100), (en, 84)] {
        assert!(done.out.lines().all(|line| line.chars().count() <= width), "{}", done.out);
    }
    // No width at all gives long lines and no panic.
    assert!(run(ASSESS, 0, "").out.contains("oppfylt"));
}

#[test]
fn every_item_with_its_place_explains() {
    let done = run(&format!("{ASSESS} --explain"), 100, "");
    let block = done.out.split("\n\n").find(|block| block.starts_with("k3 · Q3")).unwrap().to_owned();
    assert_snapshot!("criteria_explained", block);
}

#[test]
fn json_is_that_of_the_schema() {
    let schema = run("forlop schema assessment", 100, "").out;
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let json = run(&format!("{ASSESS} --format json"), 100, "").out;
    let mut assessments: serde_json::Value = serde_json::from_str(&json).unwrap();
    for assessment in assessments.as_array().unwrap() {
        let errors: Vec<_> = validator.iter_errors(assessment).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assessments[0]["criteria"][0]["result"] = "oppfylt".into();
    assert!(!validator.is_valid(&assessments[0]), "results are English words");
    let ndjson = run(&format!("{ASSESS} --format ndjson"), 100, "").out;
    assert_eq!(json, format!("[\n{}\n]\n", ndjson.trim_end().replace('\n', ",\n")));
    assert_eq!(ndjson.lines().count(), 8, "four patients, two pathways, sorted");
    let order: Vec<String> = assessments
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["patient"].as_str().unwrap(), one["pathway"].as_str().unwrap()))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn facts_alone_are_enough_and_events_alone_are_not() {
    let header = "pasient,opplysning,verdi\n";
    let none = run("forlop eval kriterier.forlop --criteria --facts - --as-of 2024-06-30", 100, header);
    assert_eq!((none.exit, none.out.as_str(), none.err.as_str()), (Exit::Fine, "Ingenting å vurdere.\n", ""));
    for line in ["eval a --criteria", "eval a --criteria --events b", "eval a --facts b"] {
        assert!(Cli::try_parse_from(format!("forlop {line}").split_whitespace()).is_err(), "{line}");
    }
    let csv = run(&format!("{ASSESS} --format csv"), 100, "");
    assert_eq!((csv.exit, csv.out.as_str()), (Exit::WrongUse, ""));
    assert_eq!(csv.err, "feil: kriteriene kan ikke skrives som csv: velg table, json eller ndjson\n");
}

#[test]
fn pathways_without_a_code_prefix_are_told_where_events_are_given() {
    let events = run("forlop eval kriterier.forlop --events kriterier-hendelser.csv --as-of 2024-06-30", 100, "");
    assert_eq!(events.err, "«uten_kode» har ikke noe kjent kodeprefiks, så ingen hendelse kan høre til det.\n");
    assert_eq!(run(ASSESS, 100, "").err, "");
}

#[test]
fn a_pathway_alone_is_shown_even_when_nothing_is_known() {
    let pathway = "mal m \"M\" {\n  kode A \"A\" { åpner }\n}\n\npakkeforløp p \"P\" etter m uten kodeprefiks {\n  \
                   kriterier k \"K\" = alle av {\n    a \"A\"\n    b \"B\"\n  }\n}\n";
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("criteria-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("p.forlop");
    std::fs::write(&path, pathway).unwrap();
    let line = format!("forlop eval {} --criteria --facts - --as-of 2024-06-30", path.display());
    // A row that cannot be used makes no patient; a fact of a later day does.
    let done = run(&line, 100, "pasient,dato,opplysning,verdi\np1,2024-07-01,a,ja\n");
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(
        done.out.contains("? ubestemt         K\n                     kan avgjøres av: a, eller b\n"),
        "{}",
        done.out
    );
}

#[test]
fn examples_that_do_not_hold_are_told_in_the_authors_words() {
    let nb = run("forlop test kriterier-eksempler.forlop", 100, "");
    assert_eq!((nb.exit, nb.err.as_str()), (Exit::Errors, ""));
    let en = run("forlop test kriterier-eksempler.forlop --lang en", 100, "");
    assert_snapshot!("criteria_examples", format!("{}\n{}", nb.out, en.out));
}
