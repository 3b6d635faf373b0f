//! `forlop worklist`: open courses for coordinators, on a made-up register and on random ones.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

mod eval_support;

use std::{collections::BTreeSet, fmt::Write, sync::LazyLock};

use eval_support::{Done, run_with};
use forlop::cli::Exit;
use icalendar::{
    Calendar, Component,
    parser::{read_calendar, unfold},
};
use insta::assert_snapshot;
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::Value;

const PATHS: &str = "../../pathways/nevroendokrine-svulster.forlop minst.forlop enkel.forlop";
const KEY: &str = "--key ../../examples/net/kalendernokkel.txt";

fn run(rest: &str) -> Done {
    let files = "--events arbeidsliste-hendelser.csv --facts arbeidsliste-opplysninger.csv --as-of 2024-03-01";
    run_with(&format!("forlop worklist {PATHS} {files} {rest}"), 100, "")
}

fn json(done: &Done) -> Vec<Value> {
    serde_json::from_str(&done.out).unwrap()
}

fn patients(done: &Done) -> Vec<String> {
    json(done).iter().map(|row| row["patient"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_table_has_the_most_overdue_first_and_what_has_no_due_date_last() {
    let done = run("");
    assert_eq!(done.exit, Exit::Fine);
    assert_snapshot!("table_nb", done.out);
    assert_snapshot!("table_err_nb", done.err);
    assert_snapshot!("table_en", run("--lang en").out);
}

#[test]
fn csv_has_a_row_for_each_course() {
    assert_snapshot!("csv", run("--format csv").out);
}

#[test]
fn json_holds_everything_under_way() {
    let rows = json(&run("--format json"));
    let of = |patient: &str| rows.iter().find(|row| row["patient"] == patient).unwrap();
    assert_snapshot!("json_course", serde_json::to_string_pretty(of("kort-frist")).unwrap());
    assert_eq!(of("minst-gått")["under_way"][0]["earliest"], "2024-02-13");
    assert_eq!(of("minst-gått")["days_left"], Value::Null, "nobody is late for a least time");
    assert_eq!(of("minst-gått")["under_way"][0]["days_left"], -17);
    assert_eq!(of("vindu")["under_way"][0]["next"][0]["lost"][0], "svar");
    assert_eq!(of("overført")["institution"], "Øst; avd. 2, \\ nord", "the receiver has the responsibility");
    assert_eq!(of("uten-åpning")["institution"], "HF B", "the opening event says nothing of it");
    assert_eq!(of("ingenting-løper")["errors"][0], "missing_start");
    assert_eq!(of("i-dag")["unknown"][0][0], "karsinom");
}

#[test]
fn what_is_left_out_is_counted() {
    let all = json(&run("--format json"));
    let near = run("--within 3 --format json");
    let kept = |row: &&Value| row["days_left"].as_i64().is_none_or(|left| left <= 3);
    let shown: Vec<&Value> = all.iter().filter(kept).collect();
    assert_eq!(json(&near).iter().collect::<Vec<_>>(), shown, "what has no due date stays");
    let later = all.len() - shown.len();
    assert!(
        later > 0 && near.err.contains(&format!("ikke er vist: {later} med frist om mer enn 3 dager.")),
        "{}",
        near.err
    );
}

#[test]
fn one_institution_sees_its_own() {
    let events = "pasient,dato,kode,institusjon\na,2024-02-01,A39A,Nord\nb,2024-02-01,A39A,Sør\nc,2024-02-01,A39A,\n";
    let line = format!("forlop worklist {PATHS} --events - --as-of 2024-02-05 --format json --institution Nord");
    let done = run_with(&line, 100, events);
    assert_eq!(patients(&done), ["a"]);
    assert_eq!(done.err, "Åpne forløp som ikke er vist: 1 ved andre institusjoner og 1 uten kjent institusjon.\n");
}

#[test]
fn wrong_use_is_refused() {
    let done = run("--with-patients --format csv --lang en");
    assert_eq!(done.exit, Exit::WrongUse);
    assert_eq!(
        done.err,
        "error: --with-patients is for --format ics alone: the other formats name the patients anyway\n"
    );
    let done = run("--format ics --key minst.forlop");
    assert_eq!(done.exit, Exit::Fine, "any file will do: {}", done.err);
    let done = run_with(&format!("forlop worklist {PATHS} --events - --facts -"), 100, "");
    assert_eq!(done.exit, Exit::WrongUse);
    let done = run("--format csv --key finnes-ikke.txt");
    assert_eq!((done.exit, done.err.as_str()), (Exit::Files, "feil: «tests/eval/finnes-ikke.txt» finnes ikke\n"));
    let short = run("--format csv --key kort-nokkel.txt");
    assert_eq!(short.exit, Exit::Errors);
    assert!(short.err.starts_with("feil: nøkkelen i «kort-nokkel.txt» er for kort"), "{}", short.err);
}

#[test]
fn the_calendar_is_the_same_to_the_byte() {
    // The snapshot shows line ends that are not those of the calendar.
    assert_snapshot!("ics_nb", run(&format!("--format ics {KEY}")).out.replace("\r\n", "⏎\n"));
    assert_snapshot!(
        "ics_en",
        run(&format!("--format ics --lang en --with-patients {KEY}")).out.replace("\r\n", "⏎\n")
    );
}

#[test]
fn the_calendar_rings_in_the_morning_before_what_is_not_overdue() {
    assert_snapshot!(
        "ics_alarm_nb",
        run(&format!("--format ics --alarm 3 --within 4 {KEY}")).out.replace("\r\n", "⏎\n")
    );
    let rings = |rest: &str| {
        let calendar = unfold(&run(&format!("--format ics --lang en {KEY} {rest}")).out);
        calendar.split("BEGIN:VEVENT").skip(1).map(ring).collect::<Vec<_>>()
    };
    assert!(rings("").iter().all(|(_, alarm)| alarm.is_none()));
    for days in [0, 1, 30] {
        for (left, alarm) in rings(&format!("--alarm {days}")) {
            let before = days.min(left);
            let hours = 8 - 24 * before;
            let trigger = format!("{}PT{}S", if hours < 0 { "-" } else { "" }, hours.abs() * 3600);
            let words = format!("{before} day{} left", if before == 1 { "" } else { "s" });
            assert_eq!(alarm, (left >= 0).then_some((trigger, words)), "{left} days left");
        }
    }
    let done = run("--format csv --alarm 3 --lang en");
    assert_eq!(done.exit, Exit::WrongUse);
    assert_eq!(done.err, "error: --alarm is for --format ics alone: only a calendar can ring\n");
}

/// Days from 1 March 2024 to an entry, and when it rings with which words.
fn ring(entry: &str) -> (i64, Option<(String, String)>) {
    let day =
        forlop::chrono::NaiveDate::parse_from_str(after(entry, "DTSTART;VALUE=DATE:").unwrap(), "%Y%m%d").unwrap();
    let left = (day - forlop::chrono::NaiveDate::from_ymd_opt(2024, 3, 1).unwrap()).num_days();
    let alarm = entry.split_once("BEGIN:VALARM").map(|(_, alarm)| {
        assert!(alarm.contains("\r\nACTION:DISPLAY\r\n") && alarm.matches("BEGIN:").count() == 0);
        let words = after(alarm, "DESCRIPTION:").and_then(|text| text.split([':', '·']).nth(1)).unwrap();
        (after(alarm, "TRIGGER;RELATED=START:").unwrap().to_owned(), words.trim().to_owned())
    });
    (left, alarm)
}

/// The rest of the line that begins so.
fn after<'t>(text: &'t str, begins: &str) -> Option<&'t str> {
    text.split("\r\n").find_map(|line| line.strip_prefix(begins))
}

#[test]
fn the_calendar_ends_with_the_days_that_are_asked_for() {
    let calendar = run(&format!("--format ics --within 3 {KEY}")).out;
    let last = parsed(&calendar).iter().filter_map(|event| event.property_value("DTSTART").map(str::to_owned)).max();
    assert_eq!(last.as_deref(), Some("20240304"));
}

#[test]
fn the_calendar_names_no_patient_unless_asked() {
    let rows = run("--format json");
    let without = unfold(&run(&format!("--format ics {KEY}")).out);
    let with = unfold(&run(&format!("--format ics --with-patients {KEY}")).out);
    for row in json(&rows).iter().filter(|row| !row["due"].is_null()) {
        let patient = row["patient"].as_str().unwrap();
        assert!(!without.contains(patient), "{patient}");
        assert!(with.contains(patient), "{patient}");
    }
    assert!(!without.contains("F-2"));
}

#[test]
fn references_lead_from_the_calendar_to_the_list_and_follow_the_key() {
    let references = |key: &str| {
        let rows = json(&run(&format!("--format json {key}")));
        rows.iter().map(|row| row["reference"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert!(references("").iter().all(Option::is_none));
    let ours = references(KEY);
    assert_eq!(ours.iter().collect::<BTreeSet<_>>().len(), ours.len());
    assert!(ours.iter().zip(references("--key minst.forlop")).all(|(a, b)| *a != b));
    let calendar = run(&format!("--format ics {KEY}")).out;
    let ours: Vec<String> = ours.into_iter().flatten().collect();
    for summary in parsed(&calendar).iter().filter_map(|event| event.get_summary()) {
        assert!(ours.iter().any(|reference| summary.ends_with(reference)), "{summary}");
    }
}

#[test]
fn a_deadline_keeps_its_uid_when_its_date_moves_and_others_come() {
    let calendar = |events: &str, rest: &str| {
        let line = format!("forlop worklist {PATHS} --events - --format ics {KEY} {rest}");
        uids(&run_with(&line, 100, &format!("pasient,dato,kode,institusjon,forlop\n{events}")).out)
    };
    let first = calendar("b,2024-02-01,A39A,,\n", "--as-of 2024-02-02");
    assert_eq!(first.len(), 2);
    assert_eq!(first, calendar("b,2024-01-28,A39A,,\n", "--as-of 2024-02-09"));
    assert!(first.is_subset(&calendar("b,2024-02-01,A39A,,\na,2024-02-01,A39A,,\n", "--as-of 2024-02-02")));
    // A course whose id looks like the number of another is another.
    assert_eq!(calendar("b,2024-02-01,A39A,,\nb,2024-02-01,A39A,,1\n", "--as-of 2024-02-02").len(), 4);
    assert!(first.is_disjoint(&calendar("c,2024-02-01,A39A,,\n", "--as-of 2024-02-02")));
}

/// The events of a calendar, read again by the library's parser.
fn parsed(text: &str) -> Vec<icalendar::Event> {
    let unfolded = unfold(text);
    Calendar::from(read_calendar(&unfolded).unwrap()).events().cloned().collect()
}

fn uids(text: &str) -> BTreeSet<String> {
    parsed(text).iter().map(|event| event.get_uid().unwrap().to_owned()).collect()
}

/// What RFC 5545 asks of lines, and what each entry must have.
fn well_formed(text: &str) {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    for event in parsed(text) {
        assert_eq!(event.property_value("DTSTAMP"), Some("20240301T000000Z"));
        assert_eq!(event.property_value("DTSTART").map(str::len), Some(8));
        assert!(event.get_uid().is_some_and(|uid| uid.len() == 32));
    }
}

/// The three pathways as one file of tables.
static TABLES: LazyLock<String> = LazyLock::new(|| {
    let path = format!("{}/arbeidsliste.json", env!("CARGO_TARGET_TMPDIR"));
    let done = run_with(&format!("forlop compile {PATHS} -o {path}"), 100, "");
    assert_eq!(done.exit, Exit::Fine, "{}", done.err);
    path
});

#[test]
fn threads_and_memory_change_no_byte() {
    let files = ["arbeidsliste-stor.csv", "arbeidsliste-blandet.csv"]
        .map(|name| format!("{}/{name}", env!("CARGO_TARGET_TMPDIR")));
    for (file, order) in files.iter().zip(["", "--unsorted"]) {
        let line = format!("forlop simulate {} --patients 3000 --as-of 2024-03-01 --events {file} {order}", *TABLES);
        assert_eq!(run_with(&line, 100, "").exit, Exit::Fine);
    }
    let [sorted, mixed] = &files;
    let asked = |file: &str, rest: &str| {
        let line = format!("forlop worklist {} --events {file} --as-of 2024-03-01 --format csv {rest}", *TABLES);
        run_with(&line, 100, "").out
    };
    let expected = asked(sorted, "--threads 1");
    assert!(expected.lines().count() > 100);
    for (file, rest) in
        [(sorted, "--threads 2"), (sorted, "--threads 5"), (mixed, "--threads 3"), (mixed, "--memory 50kB")]
    {
        assert!(asked(file, rest) == expected, "{file} {rest}");
    }
}

#[test]
fn what_cannot_be_used_is_shown_if_asked() {
    let asked = |rest: &str| {
        let line = format!("forlop worklist {PATHS} --events - --as-of 2024-03-01 --lang en {rest}");
        run_with(&line, 100, "patient,date,code\np1,2024-02-30,A39A\n").err
    };
    assert!(!asked("").contains("2024-02-30"));
    assert!(asked("--show-values").contains("-:2: there is no date «2024-02-30»"));
}

const CODES: [&str; 14] =
    ["A39A", "A39A", "A39S", "A39O", "A39CK", "A39CI", "A39FK", "A39X", "Z01A", "Z01F", "Q1A", "Q1S", "Q1B", "Q1K"];

/// Events of some patients in the two months before and the days after 1 March 2024.
fn registers() -> impl Strategy<Value = String> {
    let institution = select(vec!["", "Nord", "Sør, øst"]);
    let id = select(vec!["", "", "F1", "F2"]);
    let event = (0..30_u32, 0..70_u64, select(CODES.to_vec()), institution, id);
    vec(event, 1..150).prop_map(|events| {
        let start = forlop::chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        events.iter().fold("pasient,dato,kode,institusjon,forlop\n".to_owned(), |mut text, event| {
            let (patient, day, code, institution, id) = event;
            let day = start + forlop::chrono::Days::new(*day);
            writeln!(text, "pasient-{patient:04},{day},{code},\"{institution}\",{id}").unwrap();
            text
        })
    })
}

fn name(course: &Value) -> (String, String, u64) {
    let text = |key: &str| course[key].as_str().unwrap().to_owned();
    (text("patient"), text("pathway"), course["course"].as_u64().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn every_open_course_is_there_once_in_order(events in registers()) {
        let asked = |command: &str, rest: &str| {
            let line = format!("forlop {command} {} --events - --as-of 2024-03-01 {rest}", *TABLES);
            run_with(&line, 100, &events)
        };
        let courses = json(&asked("eval", "--format json --explain"));
        let open: Vec<&Value> = courses.iter().filter(|course| course["state"] == "open").collect();
        let rows = json(&asked("worklist", "--format json"));
        prop_assert_eq!(
            rows.iter().map(name).collect::<BTreeSet<_>>(),
            open.iter().map(|course| name(course)).collect::<BTreeSet<_>>()
        );
        prop_assert_eq!(rows.len(), open.len());

        // The due date is the nearest one that `eval` gives, of what can be late.
        let mut dates = 0;
        for row in &rows {
            let course = open.iter().find(|course| name(course) == name(row)).unwrap();
            let traces = course["trace"]["intervals"].as_array().unwrap();
            let answers = course["intervals"].as_array().unwrap().iter().zip(traces);
            let due: Vec<_> = answers
                .filter(|(answer, trace)| ["running", "overdue"].contains(&answer["status"].as_str().unwrap()) && trace["form"] != "at_least")
                .map(|(answer, _)| (answer["due"].as_str(), answer["days_left"].as_i64(), answer["interval"].as_str()))
                .collect();
            let nearest = due.iter().min();
            prop_assert_eq!(nearest.and_then(|(due, ..)| *due), row["due"].as_str());
            prop_assert_eq!(nearest.and_then(|(_, left, _)| *left), row["days_left"].as_i64());
            dates += due.iter().collect::<BTreeSet<_>>().len();
            for error in course["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "feil") {
                prop_assert!(row["errors"].as_array().unwrap().contains(&error["code"]));
            }
        }
        // Overdue and due courses by date, then those without one.
        let order: Vec<_> = rows.iter().map(|row| (row["due"].is_null(), row["due"].as_str(), name(row))).collect();
        prop_assert!(order.is_sorted());

        // No course is lost on the way through the filters.
        let shown = json(&asked("worklist", "--format json --institution Nord --within 7"));
        let told = asked("worklist", "--format json --institution Nord --within 7 --lang en").err;
        let told = told.lines().find(|line| line.starts_with("Open courses not shown")).unwrap_or_default();
        let hidden: usize = told.replace("than 7 days", "").split(' ').filter_map(|word| word.parse::<usize>().ok()).sum();
        prop_assert_eq!(shown.len() + hidden, rows.len());
        prop_assert!(shown.iter().all(|row| row["institution"] == "Nord"));

        // The calendar has each date once, and no patient.
        let calendar = asked("worklist", &format!("--format ics --alarm 2 {KEY}")).out;
        well_formed(&calendar);
        prop_assert!(!unfold(&calendar).contains("pasient-"));
        prop_assert_eq!(uids(&calendar).len(), dates);
        prop_assert_eq!(parsed(&calendar).len(), dates);
    }
}
