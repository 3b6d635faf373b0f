//! What a register costs on one thread, each step with those before it: `cargo bench --bench register`.

#![allow(clippy::expect_used, missing_docs)]

use std::{fs, io, path::Path};

use clap::Parser;
use divan::{AllocProfiler, Bencher, counter::ItemsCount};
use forlop::{
    chrono::NaiveDate,
    cli::{Cli, Context, Exit},
    compile::compile,
    input::{self, Origin, Patient, Reading, Source, Visitor},
    lang::Lang,
    report::{Collector, Counting, Plan},
    runtime::{Evaluator, Workspace},
    simulate::{Cohort, Settings, Shares},
    source,
    tables::Tables,
};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const PATIENTS: [u32; 3] = [100, 1000, 10_000];

fn main() {
    divan::main();
}

fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 12, 31).expect("a day")
}

fn net() -> Tables {
    let file = Path::new("pathways/nevroendokrine-svulster.forlop").to_owned();
    let compilation = compile(&[source::Input::Path(file)], Path::new(".")).expect("the file can be read");
    compilation.tables.expect("sound tables")
}

fn cohort(tables: &Tables, patients: u32) -> Vec<u8> {
    let settings = Settings {
        patients,
        seed: 1,
        as_of: as_of(),
        shares: Shares::all(0.0),
        facts: false,
        institutions: 20,
        unsorted: false,
    };
    let mut events = Vec::new();
    Cohort::new(tables, settings).expect("sound tables").write_events(&mut events).expect("memory");
    events
}

/// For as long as the process lives: visitors borrow from it.
fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn rows(events: &[u8]) -> ItemsCount {
    ItemsCount::new(events.iter().filter(|byte| **byte == b'\n').count() - 1)
}

/// Visits the patients of a cohort, with a new visitor each time.
fn visit<V: Visitor>(bencher: Bencher, patients: u32, new: impl Fn(&'static Evaluator<'static>) -> V + Sync) {
    let tables = kept(net());
    let evaluator = kept(Evaluator::new(tables).expect("sound tables"));
    let events = cohort(tables, patients);
    bencher.counter(rows(&events)).bench_local(|| {
        let source = Source { name: "events.csv", from: Origin::Bytes(&events) };
        let reading = Reading { threads: 1, ..Reading::new(as_of()) };
        let visited = input::visit(evaluator, Some(source), None, reading, &|| new(evaluator), &mut |_| Ok(()));
        divan::black_box_drop(visited.expect("a register that can be read"));
    });
}

/// Rows to patients.
#[divan::bench(args = PATIENTS)]
fn reading(bencher: Bencher, patients: u32) {
    struct Seen;
    impl Visitor for Seen {
        fn patient<'a>(&mut self, patient: Patient<'_, 'a>)
        where
            Self: 'a,
        {
            divan::black_box(patient.name);
        }
    }
    visit(bencher, patients, |_| Seen);
}

/// To the answers of each course, which nobody keeps.
#[divan::bench(args = PATIENTS)]
fn judging(bencher: Bencher, patients: u32) {
    struct Judging(Workspace<'static>);
    impl Visitor for Judging {
        fn patient<'a>(&mut self, Patient { name, events, facts }: Patient<'_, 'a>)
        where
            Self: 'a,
        {
            self.0.judge(name, events, facts, as_of(), &mut |judged| divan::black_box_drop(judged.answers().last()));
        }
    }
    visit(bencher, patients, |evaluator| Judging(evaluator.workspace()));
}

/// To what a report counts.
#[divan::bench(args = PATIENTS)]
fn collecting(bencher: Bencher, patients: u32) {
    struct Collecting(Workspace<'static>, Collector<'static>);
    impl Visitor for Collecting {
        fn patient<'a>(&mut self, Patient { name, events, facts }: Patient<'_, 'a>)
        where
            Self: 'a,
        {
            self.0.judge(name, events, facts, as_of(), &mut |judged| self.1.add(judged));
        }
    }
    let plan = kept(Plan::new(kept(net()), Counting::default()).expect("a plan"));
    visit(bencher, patients, |evaluator| Collecting(evaluator.workspace(), Collector::new(plan)));
}

/// To a row for each course, by the whole of the program, which first reads the tables.
#[divan::bench(args = PATIENTS)]
fn writing(bencher: Bencher, patients: u32) {
    let tables = net();
    let events = cohort(&tables, patients);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).to_owned();
    fs::write(folder.join("net.json"), serde_json::to_vec(&tables).expect("JSON")).expect("a file");
    let arguments = ["forlop", "eval", "net.json", "--events", "-", "--as-of", "2024-12-31", "--format", "wide"];
    bencher.counter(rows(&events)).bench_local(|| {
        let mut context = Context {
            lang: Lang::Nb,
            width: 80,
            folder: folder.clone(),
            input: Box::new(&events[..]),
            out: Box::new(io::sink()),
            err: Box::new(io::sink()),
        };
        assert_eq!(Cli::parse_from(arguments).run(&mut context), Exit::Fine);
    });
}
