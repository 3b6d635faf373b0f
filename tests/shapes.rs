//! One file for each shape that the language must say: it compiles without a doubt, its examples hold, and docs/former.md names it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // A test that cannot go on shall fail.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use forlop::{
    compile::{Compilation, compile},
    diagnostic::Severity,
    runtime::{Evaluator, check_example},
    source::Input,
    tables::Example,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/shapes")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Compiles, and lets no error or warning through.
fn sound(path: PathBuf) -> Compilation {
    let compilation = compile(&[Input::Path(path.clone())], root()).unwrap();
    let doubts = compilation.findings.iter().filter(|finding| finding.severity() != Severity::Note);
    let doubts: Vec<String> = doubts.map(|finding| format!("{} {}", finding.code.name(), finding.message.nb)).collect();
    assert!(doubts.is_empty(), "{}: {doubts:#?}", path.display());
    compilation
}

/// The examples of a compiled set that do not hold, and how many there are.
fn failing(compilation: &Compilation, change: impl Fn(&mut Example)) -> (Vec<String>, usize) {
    let mut tables = compilation.tables.clone().unwrap();
    tables.pathways.iter_mut().flat_map(|pathway| &mut pathway.examples).for_each(change);
    let evaluator = Evaluator::new(&tables).unwrap();
    let examples =
        || tables.pathways.iter().flat_map(|pathway| pathway.examples.iter().map(move |example| (pathway, example)));
    let failing = examples().filter_map(|(pathway, example)| {
        let mismatches = check_example(&evaluator, pathway, example);
        (!mismatches.is_empty()).then(|| format!("{}: {:?}", example.name, mismatches[0].found))
    });
    (failing.collect(), examples().count())
}

#[test]
fn every_shape_compiles_and_its_examples_hold() {
    for path in files() {
        let (failing, examples) = failing(&sound(path.clone()), |_| {});
        assert!(failing.is_empty(), "{}: {failing:#?}", path.display());
        assert!(examples > 0, "{} has an example", path.display());
    }
}

/// No example passes whatever comes out: without its facts and events it fails, unless it is about knowing nothing.
#[test]
fn the_examples_of_every_shape_depend_on_what_is_given() {
    for path in files() {
        let (failing, _) = failing(&sound(path.clone()), |example| {
            example.facts.clear();
            example.events.clear();
        });
        assert!(!failing.is_empty(), "{} says the same of anyone", path.display());
    }
}

#[test]
fn all_shapes_stand_beside_each_other() {
    sound(root().join("tests/shapes"));
}

#[test]
fn the_table_names_every_shape() {
    let table = fs::read_to_string(root().join("docs/former.md")).unwrap();
    let named: BTreeSet<&str> = table.split('`').filter(|word| word.ends_with(".forlop")).collect();
    let files = files();
    let there: BTreeSet<&str> = files.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(named, there);
}
