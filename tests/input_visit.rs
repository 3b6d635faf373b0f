//! Visiting a register in pieces, on threads, and through temporary files gives what reading all of it into memory gives.

#![allow(clippy::unwrap_used, clippy::panic)] // A test that cannot go on shall fail.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use chrono::NaiveDate;
use forlop::{
    compile::compile,
    input::{
        File, FileError, Origin, Patient, Reading, Register, Source, Summary, VisitError, Visitor, Written, visit,
    },
    runtime::{Evaluator, Event, FactEvent},
    source::Input,
    tables::Tables,
};
use proptest::prelude::*;

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let text = r#"
            mal prøvemal "Prøvemal" {
              kode A "Start" { åpner }
              kode Å "Slutt" { avslutter }
            }
            pakkeforløp A39 "Prøveforløp" etter prøvemal {
              opplysning karsinom "Karsinom" { påvist, utelukket }
              opplysning alder "Alder" hele år
            }"#;
        compile(&[Input::Text(text.into())], Path::new(".")).unwrap().tables.unwrap()
    })
}

fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 6, 30).unwrap()
}

fn reading<'r>() -> Reading<'r> {
    Reading::new(as_of())
}

fn put(text: &mut String, name: &str, events: &[Event], facts: &[FactEvent]) {
    writeln!(text, "{name:?}\n{events:?}\n{facts:?}").unwrap();
}

fn evaluator() -> &'static Evaluator<'static> {
    static EVALUATOR: OnceLock<Evaluator> = OnceLock::new();
    EVALUATOR.get_or_init(|| Evaluator::new(tables()).unwrap())
}

/// Writes down whom it sees.
#[derive(Default)]
struct Writer(String);

impl Visitor for Writer {
    const WRITES: bool = true;

    fn patient<'a>(&mut self, patient: Patient<'_, 'a>)
    where
        Self: 'a,
    {
        let events: Vec<Event> = patient.events.iter().map(|coded| evaluator().event(coded)).collect();
        put(&mut self.0, patient.name, &events, patient.facts);
    }

    fn written(&mut self, _: Vec<u8>) -> Vec<u8> {
        std::mem::take(&mut self.0).into_bytes()
    }
}

/// Counts whom it sees.
#[derive(Default)]
struct Counter(usize);

impl Visitor for Counter {
    fn patient<'a>(&mut self, _: Patient<'_, 'a>)
    where
        Self: 'a,
    {
        self.0 += 1;
    }
}

type Seen = Result<(String, Summary), FileError>;

fn in_memory(events: File, facts: Option<File>) -> Seen {
    let evaluator = evaluator();
    let mut register = Register::default();
    register.add_events(evaluator, events)?;
    facts.map_or(Ok(()), |facts| register.add_facts(evaluator, facts))?;
    let mut text = String::new();
    for (name, rows) in register.patients() {
        put(&mut text, name, &rows.events(), &rows.facts());
    }
    Ok((text, register.summary(as_of())))
}

fn try_visit<'s, V: Visitor + Default>(
    events: Source<'s>,
    facts: Option<Source<'s>>,
    reading: Reading,
) -> Result<(Vec<V>, String, Summary), VisitError> {
    let evaluator = evaluator();
    let mut out = Vec::new();
    let mut write = |written: Written| {
        match written {
            Written::More(bytes) => out.extend_from_slice(bytes),
            Written::StartOver => out.clear(),
        }
        Ok(())
    };
    let (visitors, summary) = visit(evaluator, Some(events), facts, reading, &V::default, &mut write)?;
    Ok((visitors, String::from_utf8(out).unwrap(), summary))
}

fn visited<'s>(events: Source<'s>, facts: Option<Source<'s>>, reading: Reading) -> Seen {
    match try_visit::<Writer>(events, facts, reading) {
        Ok((_, text, summary)) => Ok((text, summary)),
        Err(VisitError::File { error, .. }) => Err(error),
        Err(error) => panic!("{error:?}"),
    }
}

/// A folder for one test, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

const HEADERS: [&str; 2] =
    ["pasient,dato,kode,institusjon,forlop,opplysning,verdi", "verdi;opplysning;x;kode;dato;Patient"];

/// A field as it stands in a file, its text being anything.
fn field() -> impl Strategy<Value = Vec<u8>> {
    let text = prop::sample::select(vec![
        "",
        "p1",
        " p1 ",
        "p2",
        "p10",
        "på",
        "pa\u{30a}",
        "\0",
        "2024-01-08",
        "2024-01-09",
        "2024-12-01",
        "2024-02-30",
        "8.1.24",
        "A39A",
        "A39Å",
        "A39A\u{30a}",
        "A39Z",
        "B1A",
        "karsinom",
        "alder",
        "påvist",
        "pa\u{30a}vist",
        "64",
        "–",
        "a\"b",
        "a,b",
        "a;b",
        "a\nb",
        "a\r\nb",
    ]);
    prop_oneof![
        12 => text.clone().prop_map(|text| text.as_bytes().to_vec()),
        2 => text.prop_map(|text| format!("\"{}\"", text.replace('"', "\"\"")).into_bytes()),
        1 => prop::collection::vec(prop::sample::select(b"\"\xff\xc3,;\n\rp1".to_vec()), 0..4),
    ]
}

/// A row that can be used, or a row of anything.
fn row() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let long = ["en-pasient-nr-", "en-pasient-nr-1", "en-pasient-nr-10", "en-pasient-nr-1\0", "en-pasient-nr-11æ"];
    let names = prop::sample::select([&["p1", "p2", "p3", "p4", "på"], &long[..]].concat());
    let good =
        (names, 1..29_u8, prop::sample::select(vec!["A39A", "A39Å"]), prop::sample::select(vec!["", "HF"]), 0..100_u8);
    let good = good.prop_map(|(name, day, code, place, age)| {
        let (day, age) = (format!("2024-01-{day:02}"), age.to_string());
        [name, &day, code, place, "", "alder", &age].map(|text| text.as_bytes().to_vec()).to_vec()
    });
    prop_oneof![4 => good, 1 => prop::collection::vec(field(), 0..9), 1 => prop::collection::vec(field(), 7)]
}

/// A file of rows.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let end = prop_oneof![8 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\n\n"), 1 => Just("")];
    let rows = prop::collection::vec((row(), end), 0..40);
    (rows, any::<bool>(), 0..2_usize, any::<bool>()).prop_map(|(mut rows, sorted, header, mark)| {
        if sorted {
            rows.sort_by(|(a, _), (b, _)| a.first().cmp(&b.first()));
        }
        let mut bytes = if mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        bytes.extend_from_slice(HEADERS[header].as_bytes());
        bytes.push(b'\n');
        for (mut row, end) in rows {
            if header == 1 && row.len() == 7 {
                row = [6, 5, 3, 2, 1, 0].map(|column| row[column].clone()).to_vec();
            }
            bytes.extend_from_slice(&row.join(if header == 1 { &b";"[..] } else { b"," }));
            bytes.extend_from_slice(end.as_bytes());
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn pieces_threads_and_disk_change_nothing(
        events in file(),
        facts in prop::option::of(file()),
        chunk in prop_oneof![1..200_usize, Just(1 << 20)],
        threads in 1..4_usize,
        memory in prop_oneof![0..500_usize, Just(1 << 20)],
        can_start_over in any::<bool>(),
    ) {
        let events = File { name: "a.csv", bytes: &events };
        let facts = facts.as_ref().map(|bytes| File { name: "b.csv", bytes });
        let reading = Reading { chunk, threads, memory, can_start_over, ..reading() };
        prop_assert_eq!(visited(events.into(), facts.map(Source::from), reading), in_memory(events, facts));
    }

    #[test]
    fn objects_are_read_as_rows_are(
        rows in prop::collection::vec((0..5_u8, 1..29_u8, prop::sample::select(vec!["A39A", "A39Å", "x\"y"])), 0..40),
        chunk in 1..200_usize,
        memory in 0..500_usize,
    ) {
        let line = |(patient, day, code): &(u8, u8, &str)| {
            format!("{}\n", serde_json::json!({"patient": patient, "date": format!("2024-01-{day:02}"), "code": code}))
        };
        let text: String = rows.iter().map(line).collect();
        let file = File { name: "a.ndjson", bytes: text.as_bytes() };
        let reading = Reading { chunk, threads: 2, memory, ..reading() };
        prop_assert_eq!(visited(file.into(), None, reading), in_memory(file, None));
    }
}

/// Patients in order, each with a few rows.
fn sorted(patients: usize) -> String {
    let rows = (0..patients).flat_map(|patient| {
        (1..4).map(move |day| format!("p{patient:06},2024-01-{day:02},{}\n", if day == 3 { "A39Å" } else { "A39A" }))
    });
    format!("patient,date,code\n{}", rows.collect::<String>())
}

#[test]
fn a_stream_can_be_unsorted_too() {
    let text = sorted(3000);
    let (header, rows) = text.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rows.lines().collect();
    lines.sort_by_key(|line| line.bytes().rev().collect::<Vec<u8>>());
    let unsorted = format!("{header}\n{}\n", lines.join("\n"));
    let folder = Folder::new("stream");
    for (text, memory) in [(&text, 1 << 30), (&text, 1000), (&unsorted, 1 << 30), (&unsorted, 1000)] {
        let reading = Reading { chunk: 1000, memory, threads: 3, temp: Some(&folder.0), ..reading() };
        let mut stream: &[u8] = text.as_bytes();
        let seen = visited(Source { name: "-", from: Origin::Reader(&mut stream) }, None, reading);
        assert_eq!(seen, in_memory(File { name: "-", bytes: text.as_bytes() }, None));
        let visitors =
            try_visit::<Counter>(File { name: "-", bytes: text.as_bytes() }.into(), None, reading).unwrap().0;
        assert_eq!(visitors.iter().map(|counter| counter.0).sum::<usize>(), 3000);
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0, "temporary files have no names");
    }
}

#[test]
fn nothing_stays_written_when_the_last_row_is_out_of_order() {
    let text = sorted(2000) + "p000000,2024-02-01,A39A\n";
    let file = File { name: "a.csv", bytes: text.as_bytes() };
    for can_start_over in [false, true] {
        let reading = Reading { chunk: 500, threads: 2, can_start_over, ..reading() };
        assert_eq!(visited(file.into(), None, reading), in_memory(file, None));
    }
}

#[test]
fn one_patient_may_be_larger_than_a_piece() {
    let rows: String = (0..5000).map(|row| format!("p1,2024-01-{:02},A39A\n", row % 28 + 1)).collect();
    for text in [format!("patient,date,code\n{rows}"), format!("patient,date,code\n\"p0\",2024-01-01,A39A\n{rows}")] {
        let file = File { name: "a.csv", bytes: text.as_bytes() };
        let seen = visited(file.into(), Some(file.into()).filter(|_| false), Reading { chunk: 100, ..reading() });
        assert_eq!(seen, in_memory(file, None));
    }
}

#[test]
fn what_fails_is_told() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("broken"))
        }
    }
    let broken = Source { name: "-", from: Origin::Reader(&mut Broken) };
    assert!(matches!(try_visit::<Writer>(broken, None, reading()), Err(VisitError::Read { name, .. }) if name == "-"));
    let folder = Source { name: "x", from: Origin::Path(Path::new(".")) };
    assert!(matches!(try_visit::<Writer>(folder, None, reading()), Err(VisitError::Read { .. })));

    let text = sorted(2000);
    let mut rows: Vec<&str> = text.lines().collect();
    rows[1..].reverse();
    let text = rows.join("\n");
    let file = File { name: "a.csv", bytes: text.as_bytes() };
    let no_folder = Reading { memory: 0, temp: Some(Path::new("does/not/exist")), ..reading() };
    assert!(matches!(try_visit::<Writer>(file.into(), None, no_folder), Err(VisitError::Temporary(_))));

    let evaluator = evaluator();
    let full = &mut |_: Written| Err(io::ErrorKind::StorageFull.into());
    let reading = Reading { chunk: 1000, ..reading() };
    let failed = visit(evaluator, Some(file.into()), None, reading, &Writer::default, full);
    assert!(matches!(failed.map(drop), Err(VisitError::Write(error)) if error.kind() == io::ErrorKind::StorageFull));
}

#[test]
fn progress_ends_where_the_files_end() {
    let text = sorted(2000);
    let seen = std::cell::RefCell::new(Vec::new());
    let note = |progress| seen.borrow_mut().push(progress);
    let reading = Reading { chunk: 1000, progress: Some(&note), ..reading() };
    visited(File { name: "a.csv", bytes: text.as_bytes() }.into(), None, reading).unwrap();
    let seen = seen.into_inner();
    assert!(seen.is_sorted_by_key(|progress| progress.bytes));
    let last = seen.last().unwrap();
    assert_eq!((last.rows, last.of), (6000, 2 * text.len() as u64));
    assert!(last.of - last.bytes < 100, "{last:?}");
}
