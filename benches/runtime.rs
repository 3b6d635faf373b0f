//! What one event costs: `cargo bench --bench runtime --no-default-features --features runtime`.

#![allow(clippy::expect_used, clippy::panic, missing_docs)]

use divan::{AllocProfiler, Bencher, counter::ItemsCount};
use fixture::{day, net};
use forlop::{
    runtime::{self, Coded, Evaluator, Event, FactEvent, Options, Status},
    tables,
};

#[allow(dead_code, reason = "some of it is for the tests alone")]
#[path = "../src/runtime/fixture.rs"]
mod fixture;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const PATIENTS: usize = 1000;

fn main() {
    divan::main();
}

/// A patient's events and facts.
type Patient = (Vec<Event<'static>>, Vec<FactEvent<'static>>);

/// The same patients every time: ordinary courses, some with a transfer, a second course, an abort or a late fact.
fn patients() -> Vec<Patient> {
    let mut state = 1u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) % limit
    };
    let mut patient = || {
        let mut date = day("2024-01-01") + chrono::Days::new(below(365));
        let mut events = Vec::new();
        let second_course = below(10) == 0;
        for _ in 0..=u32::from(second_course) {
            let mut add = |code, days| {
                date = date + chrono::Days::new(days);
                events.push(Event { date, code, institution: Some("OUS"), course: None });
            };
            add("A39A", below(100));
            if below(5) == 0 {
                add("A39O", below(5));
                add("A39A", below(5));
            }
            add("A39S", below(20));
            add(["A39CK", "A39CK", "A39CK", "A39CM", "A39X"][below(5) as usize], below(30));
            add(["A39FK", "A39FM", "A39FS", "A39FL"][below(4) as usize], below(30));
        }
        let value = if below(3) == 0 { "påvist" } else { "utelukket" };
        let fact = FactEvent { date: Some(date), fact: "karsinom", value };
        (events, vec![fact])
    };
    (0..PATIENTS).map(|_| patient()).collect()
}

/// As many pathways as there are.
fn pathways() -> tables::Tables {
    fixture::tables((1..40).map(|number| net(&format!("A{number:02}"))).collect::<Vec<_>>())
}

fn judge(bencher: Bencher, options: Options) {
    let tables = pathways();
    let evaluator = Evaluator::new(&tables).expect("sound tables");
    let patients = patients();
    let as_of = day("2024-12-31");
    bencher.counter(ItemsCount::new(patients.iter().map(|(events, _)| events.len()).sum::<usize>())).bench_local(
        || {
            for (events, facts) in &patients {
                divan::black_box_drop(evaluator.patient("p", events, facts, as_of, options));
            }
        },
    );
}

/// Patients with courses in three pathways, rows in any order, some course ids and many facts.
fn mixed() -> Vec<Patient> {
    let mut patients = patients();
    for (number, (events, facts)) in patients.iter_mut().enumerate() {
        for (at, other) in ["A12", "A21"].into_iter().enumerate() {
            let more = events.iter().filter(|event| event.code.starts_with("A39")).map(|event| {
                let code: &'static str = String::leak(event.code.replace("A39", other));
                Event { code, date: event.date + chrono::Days::new(20 + at as u64), ..*event }
            });
            let more: Vec<Event> = more.collect();
            events.extend(more);
        }
        if number % 4 == 0 {
            events.reverse();
        }
        if number % 10 == 0 {
            events.iter_mut().for_each(|event| event.course = Some("k1"));
        }
        let first = facts[0];
        let known = |days| FactEvent { date: day("2024-02-01").checked_add_days(chrono::Days::new(days)), ..first };
        facts.extend((0..5).map(|fact| known(20 * fact)));
    }
    patients
}

/// What a report asks of each course: start, state, answers, and whether anything is found.
fn ask(bencher: Bencher, patients: Vec<Patient>) {
    let tables = pathways();
    let evaluator = Evaluator::new(&tables).expect("sound tables");
    let as_of = day("2024-12-31");
    let coded = |events: &[Event<'static>]| events.iter().filter_map(|event| evaluator.coded(*event).ok()).collect();
    let all: Vec<Vec<Coded>> = patients.iter().map(|(events, _)| coded(events)).collect();
    let mut workspace = evaluator.workspace();
    let mut events = Vec::new();
    let mut sum = 0;
    bencher.counter(ItemsCount::new(all.iter().map(Vec::len).sum::<usize>())).bench_local(|| {
        for (own, (_, facts)) in all.iter().zip(&patients) {
            events.clone_from(own);
            workspace.judge("p", &mut events, facts, as_of, &mut |judged| {
                let days = judged.answers().map(|answer| match answer.status {
                    Status::Within | Status::Exceeded => answer.days.unwrap_or_default(),
                    _ => 0,
                });
                sum += days.sum::<i64>() + i64::from(judged.finding_codes().next().is_some());
                divan::black_box((judged.start(), judged.state()));
            });
        }
    });
    divan::black_box(sum);
}

#[divan::bench]
fn judged(bencher: Bencher) {
    ask(bencher, patients());
}

#[divan::bench]
fn judged_mixed(bencher: Bencher) {
    ask(bencher, mixed());
}

/// From rows to what can be judged.
#[divan::bench]
fn coded(bencher: Bencher) {
    let tables = pathways();
    let evaluator = Evaluator::new(&tables).expect("sound tables");
    let events: Vec<Event> = patients().into_iter().flat_map(|(events, _)| events).collect();
    bencher
        .counter(ItemsCount::new(events.len()))
        .bench_local(|| events.iter().filter(|event| evaluator.coded(**event).is_ok()).count());
}

#[divan::bench]
fn events(bencher: Bencher) {
    judge(bencher, Options::default());
}

#[divan::bench]
fn events_with_trace(bencher: Bencher) {
    judge(bencher, Options { trace: true, ..Options::default() });
}

/// Criteria of which all is unknown and no three facts settle: the most that there is to try.
#[divan::bench]
fn assessment(bencher: Bencher) {
    let name = |number: u32| format!("tegn{number}");
    let mut pathway = net("A39");
    let karsinom = pathway.facts.pop().expect("a fact");
    let item = |number| tables::CriteriaItem {
        name: name(number),
        label: name(number),
        condition: None,
        nested: None,
        not_alone: false,
        does_not_exclude: false,
        judged_by: None,
        origin: fixture::origin(1),
    };
    let quantified = tables::Quantified { need: tables::Need::AtLeast(6), items: (0..12).map(item).collect() };
    pathway.facts.extend((0..12).map(|number| tables::Fact {
        name: name(number),
        fact_type: tables::FactType::YesNo,
        ..karsinom.clone()
    }));
    pathway.facts.push(karsinom);
    pathway.content.push(tables::Content::Criteria(tables::Criteria {
        name: "mistanke".to_owned(),
        label: "Mistanke".to_owned(),
        when: None,
        quantified,
        origin: fixture::origin(1),
    }));
    let tables = fixture::tables([pathway]);
    let evaluator = Evaluator::new(&tables).expect("sound tables");
    bencher.bench_local(|| {
        divan::black_box_drop(evaluator.assess("p", &[], &[], day("2024-12-31")));
    });
}

#[divan::bench]
fn make_ready(bencher: Bencher) {
    let tables = fixture::tables([net("A39")]);
    bencher.bench_local(|| Evaluator::new(&tables).map(drop));
}

#[divan::bench(args = [10, 1000, 3660])]
fn working_days(amount: u32) -> Option<chrono::NaiveDate> {
    runtime::due(day("2024-01-08"), amount, tables::Unit::Arbeidsdager)
}
