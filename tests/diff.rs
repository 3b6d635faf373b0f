//! `forlop diff`: one change of each kind is told as that, and the course that shows it does.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "diff/cases.rs"]
mod cases;
#[path = "diff_support/mod.rs"]
mod support;

use std::fmt::Write;

use cases::{CASES, SAME};
use forlop::{
    diff::{Change, Kind, Settings, Shown, diff},
    runtime::{Evaluator, check_example},
    tables::Tables,
};
use support::{BASE, compile, edited, with_example};

fn changes(old: &Tables, new: &Tables) -> Vec<Change> {
    diff(old, new, Settings::default()).unwrap()
}

#[test]
fn a_change_is_told_as_what_it_is_and_as_nothing_else() {
    let old = compile(BASE);
    let mut told = String::new();
    for (name, from, to) in CASES {
        let new = compile(&edited(from, to));
        let changes = changes(&old, &new);
        writeln!(told, "--- {name}\n-{from}\n+{to}").unwrap();
        assert!(!changes.is_empty(), "{name}: nothing is told");
        for change in &changes {
            assert_eq!(change.kind.name(), *name, "{} {:?}", change.message.nb, change.shown);
            writeln!(told, "{} [{}]\n{}\n{}", change.id, change.class.word(), change.message.nb, change.message.en)
                .unwrap();
            match &change.shown {
                Shown::By(witness) => {
                    writeln!(told, "{}før: {:?}\nnå: {:?}", witness.text, witness.before, witness.after).unwrap()
                }
                other => writeln!(told, "{other:?}").unwrap(),
            }
        }
    }
    insta::assert_snapshot!("every_kind", told);
}

#[test]
fn every_kind_of_change_has_its_case() {
    // These come about the other way round, or together with others.
    let elsewhere = [
        "pathway-prefix",
        "pathway-removed",
        "phase-removed",
        "fact-removed",
        "interval-removed",
        "criteria-removed",
        "route-removed",
    ];
    for kind in Kind::ALL {
        let known = CASES.iter().any(|(name, ..)| *name == kind.name()) || elsewhere.contains(&kind.name());
        assert!(known, "{} has no case", kind.name());
    }
}

#[test]
fn the_other_way_round_everything_is_told_too() {
    let new = compile(BASE);
    let mut kinds = Vec::new();
    for (name, from, to) in CASES {
        let changes = changes(&compile(&edited(from, to)), &new);
        assert!(!changes.is_empty(), "{name}: nothing is told");
        kinds.extend(changes.iter().map(|change| change.kind.name()));
    }
    for kind in
        ["pathway-removed", "phase-removed", "fact-removed", "interval-removed", "criteria-removed", "route-removed"]
    {
        assert!(kinds.contains(&kind), "{kind}");
    }
}

#[test]
fn what_changes_no_meaning_is_no_change() {
    let old = compile(BASE);
    for (name, from, to) in SAME {
        assert_eq!(changes(&old, &compile(&edited(from, to))), [], "{name}");
    }
}

/// The example that comes with a change holds in the new specification, and not in the old one.
#[test]
fn the_course_that_shows_a_change_runs() {
    let mut ran = 0;
    for (name, from, to) in CASES {
        let (old, new) = (BASE.to_owned(), edited(from, to));
        for change in changes(&compile(&old), &compile(&new)) {
            let Shown::By(witness) = &change.shown else { continue };
            if witness.example.expectations.is_empty() || change.pathway != "P10" {
                continue;
            }
            let (holds_in, fails_in) = if witness.runs_in_new { (&new, &old) } else { (&old, &new) };
            assert!(holds(&compile(&with_example(holds_in, &witness.text))), "{name}:\n{}", witness.text);
            // What only one side can read is no example of the other.
            if let Some(tables) = support::try_compile(&with_example(fails_in, &witness.text)) {
                assert!(!holds(&tables), "{name} shows nothing:\n{}", witness.text);
                ran += 1;
            }
        }
    }
    assert!(ran > 20, "{ran}");
}

fn holds(tables: &Tables) -> bool {
    let evaluator = Evaluator::new(tables).unwrap();
    let all = tables.pathways.iter().flat_map(|pathway| pathway.examples.iter().map(move |example| (pathway, example)));
    let shown = all.filter(|(_, example)| example.name.contains('/'));
    let mut held = shown.map(|(pathway, example)| check_example(&evaluator, pathway, example).is_empty());
    held.next().unwrap()
}

/// For limits, variants, rules, criteria and what else decides answers there is always a course that shows it.
#[test]
fn what_decides_answers_is_shown_by_a_course() {
    for (name, from, to) in CASES {
        for change in changes(&compile(BASE), &compile(&edited(from, to))) {
            assert_ne!(change.shown, Shown::NotFound, "{name}");
            let decides = ["limit-", "variant-", "rule-", "criteria-", "route-", "code-", "interval-"];
            let words = ["-text", "-order", "-shape", "-registration"];
            if decides.iter().any(|start| name.starts_with(start)) && !words.iter().any(|end| name.ends_with(end)) {
                assert!(matches!(change.shown, Shown::By(_)), "{name}: {:?}", change.shown);
            }
        }
    }
}
