//! The conformance suite, made and kept: what other implementations are compared with.
//!
//! `UPDATE=1` writes it. Without that, the test fails where a file is not what would be written.

mod hand;
mod suite;
mod suites;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::coverage::Coverage;
use suite::{Answers, Suite};

const FOLDER: &str = "conformance";

/// Writes the suite or compares it with what is there.
fn keep(suite: &Suite, files: &BTreeMap<String, String>) {
    let folder = Path::new(FOLDER).join(suite.name);
    if std::env::var_os("UPDATE").is_some() {
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    for (path, text) in files {
        let path = folder.join(path);
        let there = fs::read_to_string(&path).unwrap_or_default();
        let differs = there.lines().zip(text.lines()).zip(1..).find(|((there, now), _)| there != now);
        let line = differs.map_or(1 + there.lines().count().min(text.lines().count()), |(_, line)| line);
        assert!(there == *text, "{}:{line} is not what would be written now: UPDATE=1 writes it", path.display());
    }
}

/// The answers that stand in the folder, of any suite.
fn answers_there() -> BTreeSet<PathBuf> {
    let entries = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries(FOLDER.into()).flat_map(|suite| entries(suite.join("expected"))).collect()
}

/// Whether the suites meet everything that answers can say, so that giving the same ones means something.
fn assert_covers(suite: &Suite, answers: &[Answers]) {
    let mut coverage = Coverage::default();
    for Answers { as_of, courses, assessments } in answers {
        for course in courses {
            coverage.note(course, *as_of);
        }
        coverage.note_assessed(assessments);
    }
    match suite.name {
        // Together their pathways have every unit, form, rule kind and finding.
        "net" | "made-up" => coverage.assert_complete(&suite.tables),
        "made-up-assessed" => coverage.assert_assessed(),
        _ => {}
    }
}

#[test]
fn the_suites_are_as_both_evaluators_answer() {
    let mut written = BTreeSet::new();
    for suite in suites::suites() {
        let answers = suite.answers();
        if suite.name == "hand" {
            hand::check(&answers);
        }
        assert_covers(&suite, &answers);
        let files = suite.files(&answers);
        keep(&suite, &files);
        let paths = files.keys().filter(|path| path.starts_with("expected/"));
        written.extend(paths.map(|path| Path::new(FOLDER).join(suite.name).join(path)));
    }
    assert_eq!(answers_there(), written, "answers that nothing writes any more");
}
