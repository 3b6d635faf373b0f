//! What goes wrong around a register, as its user meets it: the message, the exit status, and that all else is kept.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::{
    fs,
    io::{Read, Write},
    path::PathBuf,
    process::{Command, Output, Stdio},
};

/// A folder for one test, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("faults-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn eval(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_forlop"));
    command.args(["eval", "tests/eval/enkel.forlop", "--as-of", "2024-06-30", "--lang", "en"]).args(arguments);
    command.stdin(Stdio::null());
    command
}

/// Exit status, answers and messages.
fn run(arguments: &[&str]) -> (i32, String, String) {
    done(eval(arguments).output().unwrap())
}

fn done(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// What is said and answered of these events, as CSV.
fn of_events(name: &str, bytes: impl AsRef<[u8]>) -> (i32, usize, String) {
    let folder = Folder::new(name);
    let path = folder.file("events.csv", bytes);
    let (exit, out, err) = run(&["--events", &path, "--format", "wide"]);
    (exit, out.lines().count(), err.replace(&path, "events.csv"))
}

#[test]
fn a_row_that_is_cut_off() {
    let (exit, lines, err) = of_events("cut", "patient,date,code\np1,2024-01-08,Q1A\np2,2024-01-08,Q1A\np3,2024-0");
    assert_eq!((exit, lines), (0, 3));
    assert_eq!(err, "events.csv:4: the row has 2 fields, but the header line has 3\n1 row could not be used.\n");
}

#[test]
fn files_that_are_not_utf_8() {
    let latin = b"patient,date,code,institution\np1,2024-01-08,Q1A,Troms\xf8\np2,2024-01-08,Q1A,Oslo\n";
    let (exit, lines, err) = of_events("latin", latin);
    assert_eq!((exit, lines), (0, 2));
    assert!(err.starts_with("events.csv:2: the row is not UTF-8 text: save the file as UTF-8\n"), "{err}");
    let utf16: Vec<u8> =
        "\u{feff}patient,date,code\np1,2024-01-08,Q1A\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [&utf16[..], &utf16[2..]] {
        let (exit, lines, err) = of_events("utf16", bytes);
        assert_eq!((exit, lines), (1, 0));
        assert_eq!(err, "error: events.csv: the file is UTF-16 and not UTF-8: save it as UTF-8\n");
    }
}

#[test]
fn line_ends_of_all_kinds() {
    let bytes =
        "patient,date,code\r\np1,2024-01-08,Q1A\np2,2024-01-08,Q1A\rp3,2024-01-08,Q1A\r\np4,x,Q1A\rp5,2024-01-08,Q1A";
    let (exit, lines, err) = of_events("ends", bytes);
    assert_eq!((exit, lines), (0, 5));
    assert!(err.starts_with("events.csv:5: the date is not of the form YYYY-MM-DD\n"), "{err}");
}

#[test]
fn bytes_that_no_text_has() {
    let (exit, lines, err) = of_events("nul", "patient,date,code\np1,2024-01-08\0,Q1A\np\0,2024-01-08,Q1A\n");
    assert_eq!((exit, lines), (0, 2));
    assert!(err.starts_with("events.csv:2: the date"), "{err}");
}

#[test]
fn files_with_nothing_in_them() {
    assert_eq!(of_events("empty", ""), (1, 0, "error: events.csv: the file is empty\n".to_owned()));
    assert_eq!(of_events("header", "patient,date,code\n"), (0, 1, String::new()));
    let (exit, lines, err) = of_events("line", "x".repeat(3_000_000));
    assert_eq!((exit, lines), (1, 0));
    assert!(err.contains("the first line is not a header line"), "{err}");
}

#[test]
fn a_line_that_never_ends() {
    let long = format!("patient,date,code\np1,2024-01-08,Q1A\np2,{}\np3,2024-01-08,Q1A\n", "x".repeat(5_000_000));
    let (exit, lines, err) = of_events("long", long);
    assert_eq!((exit, lines), (0, 3));
    assert!(err.starts_with("events.csv:3: the row has 2 fields"), "{err}");
}

#[test]
fn files_that_cannot_be_read() {
    let folder = Folder::new("read");
    let (exit, out, err) = run(&["--events", folder.0.to_str().unwrap()]);
    assert_eq!((exit, out.as_str()), (3, ""));
    assert!(err.contains("is a folder, not a file"), "{err}");
    let (exit, _, err) = run(&["--events", "no-such-file.csv"]);
    assert_eq!((exit, err.as_str()), (3, "error: «no-such-file.csv» does not exist\n"));
}

#[test]
fn what_a_row_says_is_shown_only_if_asked_for() {
    let folder = Folder::new("values");
    let path = folder.file("events.csv", "patient,date,code\np1,31.12.1950,Q1A\np1,2024-01-08,Q1ZZZ\n");
    let (_, _, quiet) = run(&["--events", &path]);
    assert!(!quiet.contains("1950") && !quiet.contains("ZZZ"), "{quiet}");
    let (_, _, open) = run(&["--events", &path, "--show-values"]);
    assert!(open.contains("«31.12.1950»") && open.contains("«Q1ZZZ»"), "{open}");
}

/// Many patients, the last of them first.
fn unsorted(patients: usize) -> String {
    let rows = (0..patients).rev().map(|patient| format!("p{patient:06},2024-01-08,Q1A\n"));
    format!("patient,date,code\n{}", rows.collect::<String>())
}

#[test]
fn order_threads_and_memory_change_no_answer() {
    let folder = Folder::new("same");
    let path = folder.file("events.csv", unsorted(20_000));
    let mut lines: Vec<String> = unsorted(20_000).lines().map(str::to_owned).collect();
    lines[1..].reverse();
    let sorted = folder.file("sorted.csv", lines.join("\n"));
    for format in ["csv", "wide", "ndjson", "json"] {
        let expected = run(&["--events", &sorted, "--format", format, "--threads", "1"]);
        for arguments in [
            ["--events", &sorted, "--format", format, "--threads", "3"],
            ["--events", &path, "--format", format, "--threads=3", "--memory=100kB"],
            ["--events", &path, "--format", format, "--threads=1", "--memory=1GB"],
        ] {
            assert!(run(&arguments) == expected, "{arguments:?}");
        }
    }
}

#[test]
fn an_array_has_its_brackets_whatever_is_in_it() {
    let folder = Folder::new("array");
    for patients in [0, 1, 20_000] {
        let path = folder.file("events.csv", unsorted(patients));
        let json = run(&["--events", &path, "--format", "json"]).1;
        let ndjson = run(&["--events", &path, "--format", "ndjson"]).1;
        let array: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        let lines: Vec<serde_json::Value> = ndjson.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((array.len(), &array), (patients, &lines));
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let folder = Folder::new("pipe");
    let path = folder.file("events.csv", unsorted(50_000));
    let mut child =
        eval(&["--events", &path, "--format", "csv"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut some = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    let (exit, _, err) = done(child.wait_with_output().unwrap());
    assert_eq!((exit, err.as_str()), (0, ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full() {
    let folder = Folder::new("full");
    let path = folder.file("events.csv", unsorted(20_000));
    let (exit, _, err) = run(&["--events", &path, "--format", "csv", "-o", "/dev/full"]);
    assert_eq!((exit, err.as_str()), (3, "error: «/dev/full» cannot be written: the disk is full\n"));
    let no_folder = folder.0.join("none");
    let out = folder.0.join("answers.csv");
    let arguments = ["--events", &path, "--memory", "1kB", "--temp-dir", no_folder.to_str().unwrap()];
    let (exit, _, err) = run(&[&arguments[..], &["--format", "csv", "-o", out.to_str().unwrap()]].concat());
    assert_eq!(exit, 3);
    assert!(err.ends_with("choose another folder with --temp-dir\n"), "{err}");
    assert_eq!(folder.files(), ["events.csv"], "nothing half is left");
}

/// Events on standard input that have not ended when the program is interrupted.
#[cfg(unix)]
fn interrupted(signal: &str) -> (Option<i32>, Vec<String>) {
    let folder = Folder::new(signal);
    let out = folder.0.join("answers.csv");
    let mut child =
        eval(&["--events", "-", "--format", "csv", "-o", out.to_str().unwrap()]).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(unsorted(100).as_bytes()).unwrap();
    while folder.files().is_empty() {
        std::thread::yield_now();
    }
    Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status().unwrap();
    let exit = child.wait().unwrap().code();
    (exit, folder.files())
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_no_half_file() {
    assert_eq!(interrupted("INT"), (Some(130), Vec::new()));
    let (exit, files) = interrupted("KILL");
    assert!(exit.is_none() && !files.contains(&"answers.csv".to_owned()), "{files:?}");
}

#[test]
fn rows_of_one_patient_without_end() {
    let rows: String =
        (0..40_000).map(|row| format!("p1,2024-01-{:02},Q1{}\n", row % 28 + 1, ["A", "S"][row % 2])).collect();
    let (exit, lines, err) = of_events("one", format!("patient,date,code\n{rows}"));
    assert_eq!((exit, lines, err.as_str()), (0, 2, ""));
}
