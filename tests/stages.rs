//! One small file through every stage: tree, layout, findings, tables, answers, and the reasons for them.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use chrono::NaiveDate;
use forlop::{
    compile::compile,
    lang::Lang,
    runtime::{Evaluator, Event, FactEvent, Options, check_example, sentences},
    source::{File, Files, Input},
    syntax::{format, parse},
    tables::Tables,
};

const FILE: &str = "tests/stages/liten.forlop";

fn formatted(text: String) -> String {
    let mut files = Files::default();
    let id = files.add(File::new("liten.forlop".into(), text));
    format(files.get(id), id).unwrap()
}

fn text() -> String {
    fs::read_to_string(FILE).unwrap()
}

fn tables() -> Tables {
    compile(&[Input::Path(FILE.into())], Path::new(".")).unwrap().tables.unwrap()
}

#[test]
fn the_tree() {
    let mut files = Files::default();
    let id = files.add(File::new("liten.forlop".into(), text()));
    let (tree, findings) = parse(files.get(id), id);
    assert_eq!(findings, []);
    insta::assert_debug_snapshot!(tree);
}

#[test]
fn the_layout_once_and_twice() {
    let once = formatted(text());
    insta::assert_snapshot!(once);
    assert_eq!(formatted(once.clone()), once);
}

#[test]
fn the_tables_and_back() {
    let tables = tables();
    let json = serde_json::to_string_pretty(&tables).unwrap();
    insta::assert_snapshot!(json);
    assert_eq!(serde_json::from_str::<Tables>(&json).unwrap(), tables);
}

#[test]
fn the_answers_and_their_reasons() {
    let tables = tables();
    let evaluator = Evaluator::new(&tables).unwrap();
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    let event = |date, code| Event { date: day(date), code, institution: None, course: None };
    let events = [event("2024-03-22", "Z01A"), event("2024-03-22", "Z01S"), event("2024-04-10", "Z01F")];
    let facts = [FactEvent { date: Some(day("2024-03-25")), fact: "rask", value: "ja" }];
    let options = Options { trace: true, ..Options::default() };
    let courses = evaluator.patient("p", &events, &facts, day("2024-05-01"), options);
    insta::assert_snapshot!(serde_json::to_string_pretty(&courses).unwrap());
    let reasons: Vec<_> = courses.iter().flat_map(|course| sentences(course, Lang::Nb)).collect();
    insta::assert_snapshot!(reasons.join("\n"));
}

#[test]
fn the_examples() {
    let tables = tables();
    let evaluator = Evaluator::new(&tables).unwrap();
    for pathway in &tables.pathways {
        assert!(!pathway.examples.is_empty());
        for example in &pathway.examples {
            assert_eq!(check_example(&evaluator, pathway, example), []);
        }
    }
}

#[test]
fn newer_tables_are_refused_before_anything_else_in_them_is_read() {
    let mut tables = serde_json::to_value(tables()).unwrap();
    tables["format_version"] = 2.into();
    tables["pathways"] = "a shape that this version does not know".into();
    let error = serde_json::from_value::<Tables>(tables.clone()).unwrap_err().to_string();
    assert_eq!(error, "the tables have format version 2, but this program reads up to 1: use a newer forlop");
    tables["format"] = "something-else".into();
    let error = serde_json::from_value::<Tables>(tables).unwrap_err().to_string();
    assert_eq!(error, "this is not a forlop-tables document: its format is «something-else»");
}

/// What was released once is read for ever.
#[test]
fn released_tables_still_load_and_answer() {
    let mut loaded = 0;
    for entry in fs::read_dir("tests/released").unwrap() {
        let path = entry.unwrap().path();
        let tables: Tables = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let evaluator = Evaluator::new(&tables).unwrap();
        for pathway in &tables.pathways {
            for example in &pathway.examples {
                assert_eq!(check_example(&evaluator, pathway, example), [], "{}: {}", path.display(), example.name);
            }
        }
        loaded += tables.pathways.len();
    }
    assert!(loaded > 0);
}
