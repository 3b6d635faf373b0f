//! Parquet gives the answers of the CSV that it was made from, and answers become Parquet.

#![cfg(feature = "parquet")]
#![allow(clippy::panic, clippy::unwrap_used)] // A test that cannot go on shall fail.

mod eval_support;

use std::{
    cell::Cell,
    fs, panic,
    path::Path,
    process::Command,
    sync::{Arc, OnceLock},
};

use chrono::NaiveDate;
use eval_support::run_with;
use forlop::{
    cli::Exit,
    compile::compile,
    input::{Column, File, FileError, Patient, Problem, Reading, Reason, Summary, VisitError, Visitor, Written, visit},
    runtime::{Evaluator, Event},
    source::Input,
    tables::Tables,
};
use parquet::{
    data_type::{ByteArray, ByteArrayType, Int32Type},
    file::{
        properties::WriterProperties,
        reader::{FileReader, SerializedFileReader},
        writer::SerializedFileWriter,
    },
    record::Field,
    schema::parser::parse_message_type,
};
use proptest::prelude::*;

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    let text = r#"
        mal prøvemal "Prøvemal" {
          kode A "Start" { åpner }
          kode Å "Slutt" { avslutter }
        }
        pakkeforløp A39 "Prøveforløp" etter prøvemal {
          opplysning karsinom "Karsinom" { påvist, utelukket }
        }"#;
    TABLES.get_or_init(|| compile(&[Input::Text(text.into())], Path::new(".")).unwrap().tables.unwrap())
}

/// Writes down whom it sees.
struct Writer<'e>(&'e Evaluator<'e>, String);

impl Visitor for Writer<'_> {
    const WRITES: bool = true;

    fn patient<'a>(&mut self, Patient { name, events, facts }: Patient<'_, 'a>)
    where
        Self: 'a,
    {
        let events: Vec<Event> = events.iter().map(|coded| self.0.event(coded)).collect();
        self.1.push_str(&format!("{name:?}\n{events:?}\n{facts:?}\n"));
    }

    fn written(&mut self, _: Vec<u8>) -> Vec<u8> {
        std::mem::take(&mut self.1).into_bytes()
    }
}

fn reading<'r>() -> Reading<'r> {
    Reading::new(NaiveDate::from_ymd_opt(2024, 6, 30).unwrap())
}

fn visited(events: Option<File>, facts: Option<File>, reading: Reading) -> Result<(String, Summary), VisitError> {
    let evaluator = Evaluator::new(tables()).unwrap();
    let mut out = Vec::new();
    let mut write = |written: Written| {
        match written {
            Written::More(bytes) => out.extend_from_slice(bytes),
            Written::StartOver => out.clear(),
        }
        Ok(())
    };
    let (_, summary) = visit(
        &evaluator,
        events.map(Into::into),
        facts.map(Into::into),
        reading,
        &|| Writer(&evaluator, String::new()),
        &mut write,
    )?;
    Ok((String::from_utf8(out).unwrap(), summary))
}

fn problems(summary: &Summary) -> Vec<(usize, Reason)> {
    let problems = summary.problems.kinds().iter().flat_map(|kind| kind.first.iter());
    problems.map(|Problem { line, reason, .. }| (*line, reason.clone())).collect()
}

fn committed(name: &str) -> Vec<u8> {
    fs::read(Path::new("tests/parquet").join(name)).unwrap()
}

const NET: &str = "forlop eval ../../pathways/nevroendokrine-svulster.forlop --as-of 2024-06-30";

#[test]
fn files_of_others_give_the_answers_of_their_csv() {
    let csv = run_with(
        &format!(
            "{NET} --format csv --events ../../examples/net/hendelser.csv --facts ../../examples/net/opplysninger.csv"
        ),
        100,
        "",
    );
    assert_eq!(csv.exit, Exit::Fine, "{}", csv.err);
    assert!(csv.out.lines().count() > 100);
    for (events, facts) in [("duckdb", "duckdb"), ("polars", "polars"), ("pyarrow", "pyarrow"), ("int96", "duckdb")] {
        let files =
            format!("--events ../parquet/{events}-hendelser.parquet --facts ../parquet/{facts}-opplysninger.parquet");
        let done = run_with(&format!("{NET} --format csv {files}"), 100, "");
        assert_eq!(done.out, csv.out, "{events}");
        assert_eq!(done.err, csv.err, "{events}");
    }
}

/// The texts of a column `value` that no fact can have; none where the text is empty.
fn values(name: &str) -> Result<Vec<Option<String>>, FileError> {
    let bytes = committed(&format!("verdi-{name}.parquet"));
    match visited(None, Some(File { name: "facts", bytes: &bytes }), reading()) {
        Ok((_, summary)) => {
            let mut problems = problems(&summary);
            problems.sort_by_key(|(line, _)| *line);
            assert_eq!(problems.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3], "{name}");
            let text = |reason| match reason {
                Reason::Value { value, .. } => Some(value),
                reason => {
                    assert_eq!(reason, Reason::Missing(Column::Value), "{name}");
                    None
                }
            };
            Ok(problems.into_iter().map(|(_, reason)| text(reason)).collect())
        }
        Err(VisitError::File { error, .. }) => Err(error),
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn values_of_all_types_are_the_text_of_the_facts_file() {
    for (name, first, last) in [
        ("heltall", "63", "-7"),
        ("uten-fortegn", "63", "4294967295"),
        ("flyttall", "63", "0.25"),
        ("desimaltall", "63", "-0.25"),
        ("sannhet", "ja", "nei"),
        ("dag", "2024-01-02", "1969-12-31"),
        ("tidspunkt", "2024-01-02", "1969-12-31T23:00:01"),
    ] {
        assert_eq!(values(name), Ok(vec![Some(first.to_owned()), None, Some(last.to_owned())]), "{name}");
    }
    assert_eq!(values("liste"), Err(FileError::Type(Column::Value)));
    assert_eq!(values("klokkeslett"), Err(FileError::Type(Column::Value)));
}

#[test]
fn whole_files_that_cannot_be_used_are_told() {
    let error = |name, bytes: &[u8]| match visited(Some(File { name, bytes }), None, reading()) {
        Err(VisitError::File { error, .. }) => error,
        other => panic!("{other:?}"),
    };
    let facts = committed("duckdb-opplysninger.parquet");
    let (missing, found) = (vec![Column::Code], ["pasient", "dato", "opplysning", "verdi"].map(str::to_owned).to_vec());
    assert_eq!(error("-", &facts), FileError::Columns { missing, found });
    assert_eq!(error("x.parquet", b""), FileError::Empty);
    assert_eq!(error("x", b"PARE and more"), FileError::Encrypted);
    assert!(matches!(error("x.parquet", b"pasient,dato,kode\n"), FileError::Parquet(_)));
    assert!(matches!(error("x", b"PAR1"), FileError::Parquet(_)));

    let done = run_with(&format!("{NET} --events ../parquet/make.py.parquet"), 100, "");
    assert_eq!(done.exit, Exit::Files);
    let done = run_with(&format!("{NET} --format parquet --events hendelser.csv"), 100, "");
    assert_eq!(done.exit, Exit::WrongUse);
}

#[test]
fn broken_files_never_stop_the_program() {
    for name in ["pyarrow-hendelser", "polars-hendelser", "int96-hendelser"] {
        let whole = committed(&format!("{name}.parquet"));
        let reading = Reading { threads: 1, ..reading() };
        for length in (0..whole.len()).step_by(7) {
            let file = File { name: "x.parquet", bytes: &whole[..length] };
            assert!(matches!(visited(Some(file), None, reading), Err(VisitError::File { .. })), "{name} {length}");
        }
        for at in (0..whole.len()).step_by(3) {
            let mut bytes = whole.clone();
            bytes[at] ^= [0x01, 0x80, 0xff][at % 7 % 3];
            // It may still be read: nobody can know a wrong letter.
            match visited(Some(File { name: "x.parquet", bytes: &bytes }), None, reading) {
                Ok(_) | Err(VisitError::File { .. }) => {}
                Err(error) => panic!("{name} {at}: {error:?}"),
            }
        }
    }
}

thread_local! {
    static PANICKED: Cell<bool> = const { Cell::new(false) };
}

/// Runs the program itself: what a panic prints is decided for a whole process.
#[test]
fn a_panic_of_the_library_is_our_message_and_no_other() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        PANICKED.set(true);
        usual(info);
    }));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("broken-{}.parquet", std::process::id()));
    let whole = committed("duckdb-hendelser.parquet");
    let reading = Reading { threads: 1, ..reading() };
    let (mut panics, mut refused) = (0, 0);
    for (at, flip) in (0..whole.len()).flat_map(|at| [(at, 0x80), (at, 0xff)]) {
        let mut bytes = whole.clone();
        bytes[at] ^= flip;
        PANICKED.set(false);
        _ = visited(Some(File { name: "x.parquet", bytes: &bytes }), None, reading);
        let panicked = PANICKED.get();
        if !panicked && at % 25 != 0 {
            continue;
        }
        fs::write(&path, bytes).unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_forlop"))
            .args(["eval", "tests/eval/enkel.forlop", "--as-of", "2024-06-30", "--lang", "en", "--format", "wide"])
            .arg("--events")
            .arg(&path)
            .output()
            .unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        assert!(!err.contains("panicked"), "{at} {flip}: {err}");
        match done.status.code() {
            // Nobody can know a wrong letter.
            Some(0) => assert!(!panicked, "{at} {flip}"),
            Some(1) => {
                let ours = format!("error: {}: the ", path.display());
                assert!(
                    err.starts_with(&ours) && err.ends_with('\n') && err.lines().count() == 1,
                    "{at} {flip}: {err}"
                );
                assert!(!panicked || err[ours.len()..].starts_with("file is not a whole Parquet file ("), "{err}");
                assert!(done.stdout.is_empty(), "{at} {flip}");
                refused += 1;
            }
            other => panic!("{at} {flip}: {other:?} {err}"),
        }
        panics += u32::from(panicked);
    }
    fs::remove_file(path).unwrap();
    assert!(panics > 0, "no panic was to be kept quiet");
    assert!(refused > panics);
}

/// Writes texts, some of them missing, with a column that nobody asks for first; days as dates where `dates` says so.
fn parquet(names: &[&str], rows: &[Vec<Option<String>>], group: usize, dates: bool) -> Vec<u8> {
    let is_date = |name: &str| dates && name == "date";
    let fields = names.iter().map(|name| match is_date(name) {
        true => format!("optional int32 {name} (DATE);"),
        false => format!("optional binary {name} (STRING);"),
    });
    let schema = format!("message rows {{ optional int96 other; {} }}", fields.collect::<String>());
    let properties = WriterProperties::builder().set_data_page_row_count_limit(5).set_write_batch_size(3).build();
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for rows in rows.chunks(group) {
        let mut group = writer.next_row_group().unwrap();
        let mut other = group.next_column().unwrap().unwrap();
        other.typed::<parquet::data_type::Int96Type>().write_batch(&[], Some(&vec![0; rows.len()]), None).unwrap();
        other.close().unwrap();
        for (at, name) in names.iter().enumerate() {
            let texts: Vec<&str> = rows.iter().filter_map(|row| row[at].as_deref()).collect();
            let levels: Vec<i16> = rows.iter().map(|row| row[at].is_some().into()).collect();
            let mut column = group.next_column().unwrap().unwrap();
            if is_date(name) {
                let days: Vec<i32> =
                    texts.iter().map(|text| text.parse::<NaiveDate>().unwrap().to_epoch_days()).collect();
                column.typed::<Int32Type>().write_batch(&days, Some(&levels), None).unwrap();
            } else {
                let texts: Vec<ByteArray> = texts.into_iter().map(ByteArray::from).collect();
                column.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None).unwrap();
            }
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn csv(names: &[&str], rows: &[Vec<Option<String>>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(names).unwrap();
    rows.iter().for_each(|row| {
        writer.write_record(row.iter().map(|text| text.as_deref().unwrap_or_default())).unwrap();
    });
    writer.into_inner().unwrap()
}

const NAMES: [&str; 7] = ["Patient", "date", "kode", "institusjon", "forløp", "fact", "verdi"];

fn rows(dates: bool) -> impl Strategy<Value = Vec<Vec<Option<String>>>> {
    let of = |texts: &[&'static str]| {
        let texts = prop::sample::select(texts.to_vec());
        prop_oneof![1 => Just(None), 9 => texts.prop_map(|text| Some(text.to_owned()))]
    };
    let days = ["2024-01-08", "2024-01-09", "2024-12-01", "2024-02-30", " ", "8.1.24"];
    let row = (
        of(&["p1", " p1 ", "p10", "p2", "på", "pa\u{30a}", "p\"1", "p;1", "\u{1f}p"]),
        of(if dates { &days[..3] } else { &days }),
        of(&["A39A", "A39Å", "A39A\u{30a}", "A39Z", "B1A"]),
        of(&["", "HF", "HF, A", "\"HF\" \u{1f} A"]),
        of(&["", "1", " 2 "]),
        of(&["karsinom", "alder"]),
        of(&["påvist", "pa\u{30a}vist", "64"]),
    );
    let row = row.prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g]);
    (prop::collection::vec(row, 0..60), any::<bool>()).prop_map(|(mut rows, sorted)| {
        if sorted {
            rows.sort_by(|a, b| a[0].as_deref().map(str::trim).cmp(&b[0].as_deref().map(str::trim)));
        }
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn parquet_is_read_as_its_csv(
        (dates, rows) in any::<bool>().prop_flat_map(|dates| (Just(dates), rows(dates))),
        group in 1..40_usize,
        chunk in prop_oneof![1..200_usize, Just(1 << 20)],
        threads in 1..4_usize,
        memory in prop_oneof![0..500_usize, Just(1 << 20)],
    ) {
        let (table, text) = (parquet(&NAMES, &rows, group, dates), csv(&NAMES, &rows));
        let reading = Reading { threads, memory, chunk, ..reading() };
        let both = |bytes, name| visited(Some(File { name, bytes }), Some(File { name, bytes }), reading).unwrap();
        let (seen, summary) = both(&table, "x.parquet");
        let (expected, of_csv) = both(&text, "x.csv");
        prop_assert_eq!(seen, expected);
        // The first row is on the line after the header.
        let lines = problems(&of_csv).into_iter().map(|(line, reason)| (line - 1, reason)).collect::<Vec<_>>();
        prop_assert_eq!(problems(&summary), lines);
        prop_assert_eq!(summary.rows, of_csv.rows);
        prop_assert_eq!((summary.foreign, summary.later_events, summary.later_facts),
            (of_csv.foreign, of_csv.later_events, of_csv.later_facts));
    }
}

#[test]
fn a_line_break_in_a_text_refuses_that_row_alone() {
    let row = |name: &str| {
        ["2024-01-08", "A39A"].into_iter().fold(vec![Some(name.to_owned())], |mut row, text| {
            row.push(Some(text.to_owned()));
            row
        })
    };
    let rows = ["p1\n", "p\n1", "p\r1", "p2"].map(row);
    let table = parquet(&NAMES[..3], &rows, 2, true);
    let (seen, summary) = visited(Some(File { name: "x", bytes: &table }), None, reading()).unwrap();
    assert_eq!(problems(&summary), [(2, Reason::Break), (3, Reason::Break)]);
    assert_eq!(seen.lines().step_by(3).collect::<Vec<_>>(), ["\"p1\"", "\"p2\""]);
}

/// What `--format csv` writes for a value.
fn field(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Int(number) => number.to_string(),
        Field::Date(days) => NaiveDate::from_epoch_days(*days).unwrap().to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn answers_as_parquet_are_those_of_csv() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("answers-{}.parquet", std::process::id()));
    for files in ["--events ../../examples/net/hendelser.csv", "--events ../parquet/empty.csv"] {
        let csv = run_with(&format!("{NET} {files} --format csv"), 100, "");
        let done = run_with(&format!("{NET} {files} --format parquet -o {}", path.display()), 100, "");
        assert_eq!((done.exit, done.out.as_str()), (Exit::Fine, ""), "{}", done.err);
        let file = SerializedFileReader::new(fs::File::open(&path).unwrap()).unwrap();
        let columns = file.metadata().file_metadata().schema_descr().columns().iter();
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(columns.map(|column| column.name())).unwrap();
        for row in file.get_row_iter(None).unwrap() {
            table.write_record(row.unwrap().get_column_iter().map(|(_, value)| field(value))).unwrap();
        }
        assert_eq!(String::from_utf8(table.into_inner().unwrap()).unwrap(), csv.out);
    }
    fs::remove_file(path).unwrap();
}
