//! Reading events and facts: which rows can be used, and what is said of the others.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::path::Path;

use forlop::{
    compile::compile,
    input::{File, Register, date},
    lang::Lang,
    runtime::Evaluator,
    source::Input,
    tables::Tables,
};
use proptest::prelude::*;

/// One pathway with two codes and three facts.
fn tables() -> Tables {
    let text = r#"
        mal prøvemal "Prøvemal" {
          kode A "Start" { åpner }
          kode Ø "Slutt" { avslutter }
        }
        pakkeforløp A39 "Prøveforløp" etter prøvemal {
          opplysning karsinom "Karsinom" { påvist, utelukket }
          opplysning alder "Alder" hele år
          opplysning røyker "Røyker" ja eller nei
        }"#;
    compile(&[Input::Text(text.into())], Path::new(".")).unwrap().tables.unwrap()
}

/// What was read, as text that can be compared.
#[derive(Debug, PartialEq)]
struct Seen {
    rows: Vec<String>,
    problems: Vec<String>,
    foreign: usize,
}

fn read(files: &[(&str, &[u8])]) -> Result<Seen, String> {
    read_in(Lang::Nb, files)
}

/// Reads files: those whose name begins with `fakta` hold facts.
fn read_in(lang: Lang, files: &[(&str, &[u8])]) -> Result<Seen, String> {
    let tables = tables();
    let evaluator = Evaluator::new(&tables).unwrap();
    let mut register = Register::default();
    for (name, bytes) in files {
        let file = File { name, bytes };
        let added = match name.starts_with("fakta") {
            true => register.add_facts(&evaluator, file),
            false => register.add_events(&evaluator, file),
        };
        added.map_err(|error| error.text().get(lang).to_owned())?;
    }
    let mut rows = Vec::new();
    for (patient, own) in register.patients() {
        for event in own.events() {
            let (institution, course) = (event.institution.unwrap_or("-"), event.course.unwrap_or("-"));
            rows.push(format!("{patient} {} {} {institution} {course}", event.date, event.code));
        }
        for fact in own.facts() {
            let date = fact.date.map_or("-".to_owned(), |date| date.to_string());
            rows.push(format!("{patient} {date} {}={}", fact.fact, fact.value));
        }
    }
    let mut problems: Vec<_> = register.problems.kinds().iter().flat_map(|kind| &kind.first).collect();
    problems.sort_by_key(|problem| problem.line);
    let problem = |problem: &forlop::input::Problem| format!("{}: {}", problem.line, problem.reason.text().get(lang));
    Ok(Seen { rows, problems: problems.into_iter().map(problem).collect(), foreign: register.foreign })
}

fn events(text: &str) -> Seen {
    read(&[("hendelser.csv", text.as_bytes())]).unwrap()
}

const ROWS: [&str; 2] = ["p1 2024-01-08 A39A HF A f1", "p2 2024-01-09 A39Ø - -"];

#[test]
fn columns_in_any_order_and_language() {
    for text in [
        "pasient,dato,kode,institusjon,forlop\np2,2024-01-09,A39Ø,,\np1,2024-01-08,A39A,HF A,f1\n",
        "kode;merknad;forløp;dato;Pasient;institusjon\nA39Ø;a, b;;2024-01-09;p2;\nA39A;;f1;2024-01-08;p1;HF A",
        "\u{feff}patient,date,code,institution,course\r\np1,2024-01-08,A39A,HF A,f1\r\np2,2024-01-09,A39Ø,,\r\n",
        "\n\nCOURSE,patient,\"date\",code,institution\n\nf1,\" p1\",2024-01-08 , A39A,\"HF A\"\n,p2,2024-01-09,A39Ø,",
    ] {
        assert_eq!(events(text).rows, ROWS, "{text}");
        assert_eq!(events(text).problems, [""; 0], "{text}");
    }
}

#[test]
fn ndjson_holds_the_same() {
    let events = "{\"pasient\":\"p1\",\"dato\":\"2024-01-08\",\"kode\":\"A39A\",\"institusjon\":\"HF A\",\"forlop\":\"f1\"}\r\n\n\
        {\"code\":\"A39Ø\",\"patient\":\"p2\",\"date\":\"2024-01-09\",\"course\":null,\"more\":[1]}";
    for name in ["a.ndjson", "a.jsonl", "a.txt", "-"] {
        assert_eq!(read(&[(name, events.as_bytes())]).unwrap().rows, ROWS, "{name}");
    }
    let facts = "{\"pasient\":7,\"opplysning\":\"alder\",\"verdi\":64}\n\
        {\"patient\":\"7\",\"fact\":\"røyker\",\"value\":true,\"date\":\"2024-01-01\"}";
    assert_eq!(read(&[("fakta", facts.as_bytes())]).unwrap().rows, ["7 - alder=64", "7 2024-01-01 røyker=ja"]);
}

#[test]
fn names_are_normalised() {
    let facts = "pasient,opplysning,verdi\np1,karsinom,pa\u{30a}vist\n";
    assert_eq!(read(&[("fakta.csv", facts.as_bytes())]).unwrap().rows, ["p1 - karsinom=påvist"]);
}

#[test]
fn rows_that_cannot_be_used() {
    let events = b"pasient,dato,kode,merknad\n\
        ,2024-01-08,A39A,\n\
        p1,2024-02-30,A39A,\n\
        p1,08.01.2024,A39A,\n\
        p1,2024-1-8,A39A,\n\
        p1,1899-12-31,A39A,\n\
        p1,2201-01-01,A39A,\n\
        p1,,A39A,\n\
        p1,2024-01-08,,\n\
        p1,2024-01-08,A39ZZ,\n\
        p1,2024-01-08,B02A,\n\
        p1,2024-01-08,A39A\n\
        p1,2024-01-08,A39A,,\n\
        p1,2024-01-08,A39A,\xff\n\
        \n\
        p1,2024-01-08,A39A,\"over\nto linjer\"\n\
        p1,2024-01-08,\"A39A\n\
        p1,2024-01-09,A39A,\n";
    let facts = b"pasient,dato,opplysning,verdi\n\
        p1,,karsinom,kanskje\n\
        p1,,karsinom,P\xc3\xa5vist\n\
        p1,,alder,151\n\
        p1,,hest,ja\n\
        p1,2024,alder,50\n\
        p1,,alder,\n";
    let json =
        b"{\"pasient\":\"p1\",\"dato\":\"2024-01-08\"}\n\n[1]\n{\"pasient\":{\"id\":\"p1\"}}\n{\"pasient\n\xff\n";
    for lang in [Lang::Nb, Lang::En] {
        let file = |name, bytes: &[u8]| read_in(lang, &[(name, bytes)]).unwrap();
        let (events, facts, json) =
            (file("hendelser.csv", events), file("fakta.csv", facts), file("hendelser.ndjson", json));
        assert_eq!((events.rows.len(), events.foreign, facts.rows.len(), json.rows.len()), (1, 1, 0, 0));
        let text = [events.problems.join("\n"), facts.problems.join("\n"), json.problems.join("\n")].join("\n\n");
        assert!(!text.contains("p1"), "{text}");
        insta::assert_snapshot!(format!("unusable_rows_{lang:?}"), text);
    }
}

#[test]
fn lines_are_those_of_the_file() {
    let rows =
        ["pasient,x,dato,kode", "p1,\"a\nb\",2024-01-08,A39A", "", "p1,,0,A39A", "p1,\"\n\",1,A39A", "p1,,2,A39A"];
    for end in ["\n", "\r\n"] {
        let text = rows.join("\n").replace('\n', end);
        let seen = events(&text);
        let lines: Vec<_> = seen.problems.iter().map(|problem| problem.split(':').next().unwrap()).collect();
        assert_eq!(lines, ["5", "6", "8"], "{text:?}");
        assert_eq!(seen.rows.len(), 1);
    }
}

#[test]
fn shown_text_is_short_and_cannot_steer_a_terminal() {
    let long = "x".repeat(1000);
    let seen = events(&format!("pasient,dato,kode\np1,\u{1b}[31m{long},A39A\n"));
    assert!(seen.problems[0].starts_with("2: «\u{fffd}[31mxxx"), "{:?}", seen.problems);
    assert!(seen.problems[0].chars().count() < 120);
}

#[test]
fn files_that_cannot_be_used() {
    let files: [(&str, &[u8]); 9] = [
        ("a.csv", b""),
        ("a.csv", b"\xef\xbb\xbf \r\n\n"),
        ("a.ndjson", b"\n"),
        ("a.csv", b"p1,2024-01-08,A39A\n"),
        ("a.csv", b"pasient,tid,kode\n"),
        ("a.csv", b"pasient\tdato\tkode\n"),
        ("a.csv", b"pasient,dato,kode,patient\n"),
        ("a.csv", b"pasient,dato,kode,\xe5r\n"),
        ("fakta.csv", b"pasient,dato,kode,verdi\n"),
    ];
    for lang in [Lang::Nb, Lang::En] {
        let errors: Vec<_> = files.iter().map(|file| read_in(lang, &[*file]).unwrap_err()).collect();
        insta::assert_snapshot!(format!("unusable_files_{lang:?}"), errors.join("\n"));
    }
    assert_eq!(events("pasient,dato,kode").rows, [""; 0]);
}

#[test]
fn dates_have_one_form() {
    assert_eq!(date("2024-02-29").unwrap().to_string(), "2024-02-29");
    for text in
        ["2023-02-29", "2024-2-29", " 2024-02-29", "+2024-02-2", "2024/02/29", "20240229", "２０２４-02", "1899-12-31"]
    {
        assert_eq!(date(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn no_message_tells_who_the_patient_is(
        fields in prop::collection::vec(
            prop::sample::select(vec!["", "A39A", "A39", "2024-01-08", "2024-02-30", "\0", "{", "karsinom", "1"]),
            0..5,
        ),
    ) {
        let csv = format!("pasient,dato,kode,opplysning,verdi\nPASIENT,{}\n\"PASIENT\n", fields.join(","));
        let json = format!("{{\"pasient\":\"PASIENT\",\"dato\":{fields:?}}}\n{{\"pasient\":\"PASIENT\",{}\n", fields.join(","));
        for (name, text) in [("a.csv", &csv), ("fakta.csv", &csv), ("a.ndjson", &json), ("fakta.ndjson", &json)] {
            let seen = read(&[(name, text.as_bytes())]).unwrap();
            prop_assert!(!seen.problems.is_empty());
            prop_assert!(!seen.problems.concat().contains("PASIENT"), "{:?}", seen.problems);
        }
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for name in ["a.csv", "fakta.csv", "a.ndjson", "a"] {
            _ = read(&[(name, &bytes)]);
            _ = read(&[(name, &[b"pasient,dato,kode,opplysning,verdi\n", &bytes[..]].concat())]);
        }
    }

    #[test]
    fn the_order_of_different_patients_never_matters(
        rows in prop::collection::vec((0..3_u8, 1..29_u8, any::<bool>()), 0..20).prop_shuffle(),
    ) {
        let line = |(patient, day, opens): &(u8, u8, bool)| {
            format!("p{patient},2024-01-{day:02},{}\n", if *opens { "A39A" } else { "A39Ø" })
        };
        let mut sorted = rows.clone();
        sorted.sort_by_key(|(patient, ..)| *patient);
        let file = |rows: &[_]| events(&format!("pasient,dato,kode\n{}", rows.iter().map(line).collect::<String>()));
        prop_assert_eq!(file(&rows), file(&sorted));
    }
}
