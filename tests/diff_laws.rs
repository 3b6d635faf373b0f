//! What always holds of `forlop diff`, on the pathways of the repository and on random ones with one random change.
//!
//! The changes are the same in every run. `PROPTEST_RNG_SEED=1 PROPTEST_CASES=2000` tries others, and more.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, missing_docs)]

#[path = "second_opinion/calendar.rs"]
mod calendar;
#[path = "second_opinion/case.rs"]
mod case;
#[path = "second_opinion/content.rs"]
mod content;
#[path = "second_opinion/generate.rs"]
mod generate;
#[path = "diff/mutate.rs"]
mod mutate;
#[path = "second_opinion/notation.rs"]
mod notation;
#[path = "second_opinion/random_condition.rs"]
mod random_condition;
#[path = "second_opinion/random_content.rs"]
mod random_content;
#[path = "second_opinion/random_pathway.rs"]
mod random_pathway;
#[path = "second_opinion/values.rs"]
mod values;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    env,
    path::Path,
};

use case::Case;
use forlop::{
    diff::{Change, Impact, Settings, Shown, diff},
    runtime::{Evaluator, Event, FactEvent, Options},
    source::Input,
    tables::{Example, Origin, Tables, Value},
};
use generate::cases;
use mutate::{Mutation, mutation};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngSeed, TestRunner},
};
use random_pathway::{Random, random_tables};
use serde_json::json;

fn changes(old: &Tables, new: &Tables) -> Vec<Change> {
    diff(old, new, Settings::default()).unwrap()
}

/// Tables before and after one random change that leaves them fit to judge by, and some patients.
fn changed_tables() -> impl Strategy<Value = (Random, Mutation, Vec<Case>)> {
    let tables = random_tables().prop_filter("unfit", |tables| Evaluator::new(&tables.0).is_ok());
    (tables, mutation()).prop_flat_map(|(tables, mutation)| {
        let patients = vec(cases(&tables.0), 8);
        (Just(tables), Just(mutation), patients)
    })
}

fn runner(cases: u32) -> TestRunner {
    let given = Config::default();
    let cases = cases.max(if env::var_os("PROPTEST_CASES").is_some() { given.cases } else { 0 });
    let config =
        Config { cases, failure_persistence: None, max_global_rejects: 100_000, max_shrink_iters: 30, ..given };
    let seed = if config.rng_seed == RngSeed::Random { RngSeed::Fixed(1) } else { config.rng_seed };
    TestRunner::new(Config { rng_seed: seed, ..config })
}

/// Everything that is answered of a patient, but what is for people only.
fn answers(
    evaluator: &Evaluator,
    events: &[Event],
    facts: &[FactEvent],
    as_of: chrono::NaiveDate,
) -> serde_json::Value {
    let courses = evaluator.patient("p1", events, facts, as_of, Options::default());
    json!([courses, evaluator.assess("p1", events, facts, as_of)])
}

#[test]
fn a_pathway_does_not_differ_from_itself() {
    let inputs = [Input::Path("pathways".into()), Input::Path("tests/shapes".into())];
    for input in inputs {
        let tables = forlop::compile::compile(&[input], Path::new(".")).unwrap().tables.unwrap();
        assert_eq!(changes(&tables, &tables), []);
    }
    runner(200)
        .run(&random_tables().prop_filter("unfit", |tables| Evaluator::new(&tables.0).is_ok()), |tables| {
            prop_assert_eq!(changes(&tables.0, &tables.0), []);
            prop_assert_eq!(changes(&tables.0, &elsewhere(&tables.0)), []);
            Ok(())
        })
        .unwrap();
}

/// The same tables, written in other places and with the order of rows and groups that has no meaning turned round.
fn elsewhere(tables: &Tables) -> Tables {
    let mut moved = serde_json::to_value(tables).unwrap();
    fn walk(value: &mut serde_json::Value, line: &mut u32) {
        match value {
            serde_json::Value::Array(values) => values.iter_mut().for_each(|value| walk(value, line)),
            serde_json::Value::Object(fields) => {
                if fields.contains_key("origin") {
                    *line += 7;
                    fields.insert(
                        "origin".into(),
                        json!(Origin { file: "et/annet/sted.forlop".into(), line: *line, column: 9 }),
                    );
                }
                fields.values_mut().for_each(|value| walk(value, line));
            }
            _ => {}
        }
    }
    walk(&mut moved, &mut 0);
    let mut moved: Tables = serde_json::from_value(moved).unwrap();
    for pathway in &mut moved.pathways {
        pathway.limits.reverse();
        pathway.groups.reverse();
        pathway.sources.reverse();
        for interval in &mut pathway.intervals {
            interval.from.reverse();
            interval.to.reverse();
        }
    }
    moved
}

/// If any patient is answered otherwise, a change is told; and what is told to be shown by a course is.
#[test]
fn no_change_of_answers_goes_untold() {
    let (applied, differ, shown) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let untold = RefCell::new(Vec::new());
    let lost = RefCell::new(BTreeMap::<&str, u32>::new());
    runner(400)
        .run(&changed_tables(), |(old, mutation, patients)| {
            let Some(new) = mutation.apply(&old.0) else { return Ok(()) };
            applied.update(|count| count + 1);
            let changes = changes(&old.0, &new);
            let (before, after) = (Evaluator::new(&old.0).unwrap(), Evaluator::new(&new).unwrap());
            for case in &patients {
                let (events, facts) = (case.events(), case.facts());
                let [one, other] = [&before, &after].map(|evaluator| answers(evaluator, &events, &facts, case.as_of));
                if one != other {
                    differ.update(|count| count + 1);
                    if changes.is_empty() {
                        untold.borrow_mut().push(format!(
                            "{}: {}",
                            mutation.told(&old.0),
                            first_difference("", &one, &other)
                        ));
                    }
                }
            }
            for change in &changes {
                match &change.shown {
                    Shown::By(witness) => {
                        let [one, other] = [&before, &after].map(|evaluator| of_example(evaluator, &witness.example));
                        if one == other || witness.before == witness.after {
                            untold.borrow_mut().push(format!(
                                "{} is not shown by {}",
                                mutation.told(&old.0),
                                witness.text
                            ));
                        }
                        shown.update(|count| count + 1);
                    }
                    Shown::NotFound => *lost.borrow_mut().entry(change.kind.name()).or_default() += 1,
                    Shown::Words | Shown::Hidden => {}
                }
            }
            Ok(())
        })
        .unwrap();
    let untold = untold.into_inner();
    assert!(
        untold.is_empty(),
        "{} of {applied:?} told nothing or showed nothing: {:#?}",
        untold.len(),
        &untold[..untold.len().min(12)]
    );
    let (applied, differ, shown) = (applied.get(), differ.get(), shown.get());
    assert!(applied > 100 && differ > 100 && shown > 40, "{applied} applied, {differ} differ, {shown} shown");
    println!("{applied} applied, {differ} differ, {shown} shown, not found: {lost:?}");
}

/// Where two answers part first.
fn first_difference(at: &str, one: &serde_json::Value, other: &serde_json::Value) -> String {
    use serde_json::Value::{Array, Object};
    let inner = match (one, other) {
        (Array(one), Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .enumerate()
            .find(|(_, (one, other))| one != other)
            .map(|(number, (one, other))| first_difference(&format!("{at}/{number}"), one, other)),
        (Object(one), Object(other)) => one
            .iter()
            .find(|(key, value)| other.get(*key) != Some(value))
            .map(|(key, value)| first_difference(&format!("{at}/{key}"), value, &other[key])),
        _ => None,
    };
    inner.unwrap_or_else(|| format!("{at}: {one} became {other}"))
}

fn of_example(evaluator: &Evaluator, example: &Example) -> serde_json::Value {
    let values: Vec<String> = example
        .facts
        .iter()
        .map(|given| match &given.value {
            Value::YesNo(yes) => if *yes { "ja" } else { "nei" }.to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Choice(name) => name.clone(),
        })
        .collect();
    let facts = example.facts.iter().zip(&values).map(|(given, value)| FactEvent {
        date: given.date,
        fact: &given.fact,
        value,
    });
    let events = example.events.iter().map(|event| Event {
        date: event.date,
        code: &event.code,
        institution: event.institution.as_deref(),
        course: None,
    });
    answers(evaluator, &events.collect::<Vec<_>>(), &facts.collect::<Vec<_>>(), example.as_of)
}

/// What is counted is what two evaluations apart give.
#[test]
fn impact_is_the_difference_of_two_evaluations() {
    let counted = Cell::new(0);
    runner(150)
        .run(&changed_tables(), |(old, mutation, patients)| {
            let Some(new) = mutation.apply(&old.0) else { return Ok(()) };
            let (before, after) = (Evaluator::new(&old.0).unwrap(), Evaluator::new(&new).unwrap());
            let mut impact = Impact::default();
            let mut expected: BTreeMap<(String, bool), u64> = BTreeMap::new();
            let mut affected = 0;
            for case in &patients {
                let (events, facts) = (case.events(), case.facts());
                let [one, other] = [&before, &after]
                    .map(|evaluator| evaluator.patient("p1", &events, &facts, case.as_of, Options::default()));
                affected += impact.add(&one, &other, |_, _| None).len() as u64;
                for (courses, is_new) in [(&one, false), (&other, true)] {
                    for course in courses {
                        for answer in &course.intervals {
                            let key = format!(
                                "{} {} {:?} {}",
                                course.pathway,
                                answer.interval,
                                answer.treatment,
                                answer.status.word()
                            );
                            *expected.entry((key, is_new)).or_default() += 1;
                        }
                    }
                }
            }
            let mut found: BTreeMap<(String, bool), u64> = BTreeMap::new();
            for measure in impact.counts.keys() {
                for ((from, to), count) in impact.total(measure) {
                    for (status, is_new) in [(from, false), (to, true)] {
                        let Some(status) = status else { continue };
                        let key = format!(
                            "{} {} {:?} {status}",
                            measure.pathway,
                            measure.interval,
                            measure.treatment.as_deref()
                        );
                        *found.entry((key, is_new)).or_default() += count;
                    }
                }
            }
            prop_assert_eq!(found, expected);
            prop_assert_eq!(impact.affected, affected);
            counted.update(|count| count + affected);
            Ok(())
        })
        .unwrap();
    assert!(counted.get() > 5, "{counted:?} courses were touched");
}
