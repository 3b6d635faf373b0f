//! The conformance suite, made and kept: what other implementations are compared with.
//!
//! `UPDATE=1` writes it. Without that, the test fails where a file is not what would be written.

mod suite;
mod suites;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use suite::Suite;

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

#[test]
fn the_suites_are_as_both_evaluators_answer() {
    for suite in suites::suites() {
        let answers = suite.answers();
        keep(&suite, &suite.files(&answers));
    }
}
