//! The program as its users meet it: what it writes where, and how it ends.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Stdio},
};

use clap::Parser;
use forlop::{
    cli::{Cli, Context, Exit},
    lang::Lang,
    schema::Document,
};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

const FINE: &str = "mal kreft \"Pakkeforløp for kreft\" {
  kode A \"Henvisning mottatt\" { åpner }
}

pakkeforløp A99 \"Pakkeforløp for eksempelsykdom\" etter kreft {
  henvis til \"Pakkeforløp for lungekreft\"
}
";

const BROKEN: &str = "mal kreft \"Pakkeforløp for kreft\" {
  kode A \"Henvisning mottatt\" { åpner }
  kode A \"Første fremmøte\"
}

pakkeforløp A99 \"Pakkeforløp for eksempelsykdom\" etter kreft {
  kilde veileder \"🙂 Veileder\" { dato 2024-02-30 }
}
";

struct Ran {
    exit: Exit,
    out: String,
    err: String,
}

/// Runs the program in the package's folder with this standard input.
fn forlop(arguments: &[&str], input: &str) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut context = Context {
        lang: Lang::Nb,
        width: 80,
        folder: ROOT.into(),
        input: Box::new(input.as_bytes()),
        out: Box::new(&mut out),
        err: Box::new(&mut err),
    };
    let exit = Cli::parse_from([&["forlop"], arguments].concat()).run(&mut context);
    drop(context);
    let plain = |bytes| anstream::adapter::strip_str(&String::from_utf8(bytes).unwrap()).to_string();
    Ran { exit, out: plain(out), err: plain(err) }
}

#[test]
fn check_shows_every_finding_with_its_text_underlined() {
    let nb = forlop(&["check", "-"], BROKEN);
    let en = forlop(&["--lang", "en", "check", "-"], BROKEN);
    assert_eq!((nb.exit, en.exit), (Exit::Errors, Exit::Errors));
    assert_eq!((nb.err.as_str(), en.err.as_str()), ("", ""));
    insta::assert_snapshot!("check_nb", nb.out);
    insta::assert_snapshot!("check_en", en.out);
}

#[test]
fn check_as_json_has_the_documented_shape() {
    let ran = forlop(&["check", "--format", "json", "-"], BROKEN);
    assert_eq!(ran.exit, Exit::Errors);
    insta::assert_snapshot!(ran.out);
    assert!(ran.out.ends_with("]\n"));
    assert_eq!(forlop(&["check", "--format", "json", "-"], "").out, "[]\n");
}

#[test]
fn only_errors_fail_unless_warnings_are_denied() {
    let warning = BROKEN.replace("kode A \"Første", "kode S \"Første").replace("02-30", "02-29");
    assert_eq!(forlop(&["check", "-"], &warning).exit, Exit::Fine);
    assert_eq!(forlop(&["check", "--deny", "warning", "-"], &warning).exit, Exit::Errors);
    // A note is never denied.
    assert_eq!(forlop(&["check", "--deny", "warning", "-"], FINE).exit, Exit::Fine);
}

#[test]
fn a_folder_without_specifications_is_no_sound_one() {
    let ran = forlop(&["check", "schema"], "");
    assert_eq!(ran.exit, Exit::Files);
    assert!(ran.err.contains("har ingen .forlop-filer"), "{}", ran.err);
}

#[test]
fn nothing_to_say_is_said() {
    let clean = FINE.replace("  henvis til \"Pakkeforløp for lungekreft\"\n", "");
    assert_eq!(forlop(&["check", "-"], &clean).out, "Ingen funn i 1 fil\n");
    assert_eq!(forlop(&["check", "--lang", "en", "-"], &clean).out, "No findings in 1 file\n");
}

#[test]
fn compile_writes_tables_and_keeps_findings_apart() {
    let ran = forlop(&["compile", "-"], FINE);
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Fine, ""), "notes are left to check");
    let tables: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(tables["format"], "forlop-tables");
    assert!(ran.out.ends_with("}\n"));

    let broken = forlop(&["compile", "-"], BROKEN);
    assert_eq!((broken.exit, broken.out.as_str()), (Exit::Errors, ""));
    assert!(broken.err.contains("F0201 navn-finnes"), "{}", broken.err);
}

#[test]
fn compile_replaces_the_file_or_leaves_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("tabeller.json");
    fs::write(&file, "gammel").unwrap();
    let output = file.to_str().unwrap();

    assert_eq!(forlop(&["compile", "-", "-o", output], BROKEN).exit, Exit::Errors);
    assert_eq!(fs::read_to_string(&file).unwrap(), "gammel");

    assert_eq!(forlop(&["compile", "-", "-o", output], FINE).exit, Exit::Fine);
    assert_eq!(fs::read_to_string(&file).unwrap(), forlop(&["compile", "-"], FINE).out);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no other file is left");

    let nowhere = folder.join("finnes/ikke.json");
    assert_eq!(forlop(&["compile", "-", "-o", nowhere.to_str().unwrap()], FINE).exit, Exit::Files);
}

#[test]
fn explain_shows_a_page_or_the_nearest_code() {
    let page = forlop(&["explain", "f0203"], "");
    assert_eq!(page.out, include_str!("../docs/funn/nb/F0203.md"));
    assert_eq!(forlop(&["explain", "Ukjent-Kode"], "").out, page.out);
    assert_eq!(forlop(&["--lang", "en", "explain", "F0203"], "").out, include_str!("../docs/funn/en/F0203.md"));

    let wrong = forlop(&["explain", "ukjentkode"], "");
    assert_eq!((wrong.exit, wrong.out.as_str()), (Exit::WrongUse, ""));
    assert_eq!(wrong.err, "feil: ingen funn heter «ukjentkode» – mente du «F0203 ukjent-kode»?\n");
}

#[test]
fn explain_alone_lists_every_code() {
    let list = forlop(&["explain"], "").out;
    assert_eq!(list.lines().count(), forlop::diagnostic::Code::ALL.len());
    assert!(list.contains("F0203  ukjent-kode              Koden finnes ikke i malen.\n"), "{list}");
}

#[test]
fn a_missing_file_is_told_in_the_language_asked_for() {
    let ran = forlop(&["check", "finnes-ikke.forlop", "--lang", "en"], "");
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Files, ""));
    assert!(
        ran.err.starts_with("error: «") && ran.err.ends_with("finnes-ikke.forlop» does not exist\n"),
        "{}",
        ran.err
    );
}

/// A new file is for filling in: nothing in it is wrong or doubtful, and what lacks is marked.
#[test]
fn a_new_file_compiles_and_marks_what_must_be_filled_in() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new");
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("felles")).unwrap();
    fs::copy(format!("{ROOT}/pathways/felles/organspesifikk.forlop"), folder.join("felles/organspesifikk.forlop"))
        .unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    for (id, title, file, import) in [
        ("A99", "Pakkeforløp for eksempelsykdom", path("a.forlop"), true),
        ("lungekreft", "Lungekreft", path("b.forlop"), true),
        ("A99", "Pakkeforløp for eksempelsykdom", path("felles/c.forlop"), false),
    ] {
        let ran = forlop(&["new", id, title, "-o", &file], "");
        assert_eq!((ran.exit, ran.out.as_str(), ran.err.as_str()), (Exit::Fine, "", ""), "{file}");
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.contains("bruk \"felles/organspesifikk.forlop\""), import, "{text}");
        assert_eq!(text.contains("uten kodeprefiks"), id == "lungekreft", "{text}");
        let findings: serde_json::Value =
            serde_json::from_str(&forlop(&["check", "--format", "json", &file], "").out).unwrap();
        let findings = findings.as_array().unwrap();
        assert!(findings.iter().all(|finding| finding["severity"] == "note"), "{findings:#?}");
        let marked = ["mangler", "uavklart"];
        assert_eq!(findings.iter().filter(|finding| marked.contains(&finding["name"].as_str().unwrap())).count(), 6);
        assert_eq!(forlop(&["test", &file], "").out, "1 eksempel, og det holder.\n");
        assert_eq!(forlop(&["fmt", "--check", &file], "").exit, Exit::Fine, "it is in canonical layout");
    }
    let again = forlop(&["--lang", "en", "new", "A99", "Igjen", "-o", &path("a.forlop")], "");
    assert_eq!(again.exit, Exit::Files);
    assert!(again.err.ends_with("a.forlop» exists already\n"), "{}", again.err);
    assert!(fs::read_to_string(path("a.forlop")).unwrap().contains("eksempelsykdom"));
}

/// What the commented lines show is itself right: without their marks the file compiles.
#[test]
fn what_a_new_file_shows_can_be_taken_as_it_stands() {
    let text = forlop(&["new", "A99", "Pakkeforløp for eksempelsykdom"], "").out;
    let shown: String = text.lines().map(|line| format!("{}\n", line.replacen("  # ", "  ", 1))).collect();
    let ran = forlop(&["check", "-"], &without_prose(&shown));
    assert_eq!(ran.exit, Exit::Fine, "{}", ran.out);
}

/// The text without the comments that are sentences: they end with a full stop.
fn without_prose(text: &str) -> String {
    text.lines().filter(|line| !line.ends_with('.')).map(|line| format!("{line}\n")).collect()
}

#[test]
fn names_that_the_language_cannot_take_are_refused() {
    for (id, title) in
        [("lunge-kreft", "Lungekreft"), ("A99", "Lunge\"kreft"), ("gitt", "X"), ("", "X"), ("A99", "a\nb")]
    {
        let ran = forlop(&["new", id, title], "");
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::WrongUse, ""), "{id} {title}");
        assert!(ran.err.starts_with("feil: «"), "{}", ran.err);
    }
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = forlop(&["completions", shell], "").out;
        for command in ["check", "compile", "eval", "test", "fmt", "new", "explain"] {
            assert!(script.contains(command), "{shell} {command}");
        }
    }
}

#[test]
fn published_schemas_are_those_of_the_program() {
    for document in Document::ALL.iter().map(|document| document.name()) {
        let file = if document == "openapi" { "openapi.json".to_owned() } else { format!("{document}.schema.json") };
        let published = fs::read_to_string(format!("{ROOT}/schema/{file}")).unwrap_or_default();
        let current = forlop(&["schema", document], "").out;
        assert!(published == current, "forlop schema {document} > schema/{file}");
    }
}

#[test]
fn compiled_tables_match_their_schema() {
    let schema = serde_json::from_str(&forlop(&["schema", "tables"], "").out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (path, input) in [("pathways", ""), ("-", FINE)] {
        let ran = forlop(&["compile", path], input);
        assert_eq!(ran.exit, Exit::Fine, "{}", ran.err);
        let mut tables: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let errors: Vec<_> = validator.iter_errors(&tables).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        tables["pathways"][0]["codes"][0]["code"] = 1.into();
        assert!(!validator.is_valid(&tables), "a code is text");
    }
}

#[test]
fn answers_match_their_schema() {
    let schema = serde_json::from_str(&forlop(&["schema", "answer"], "").out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let events = "pasient;dato;kode\np1;2024-01-08;A39A\np1;2024-01-09;A39A\np1;2024-01-30;A39S\np2;2024-02-01;A39X\n";
    let pathway = "pathways/nevroendokrine-svulster.forlop";
    for explain in [&[][..], &["--explain"]] {
        let arguments = [&["eval", pathway, "--events", "-", "--format", "json", "--as-of", "2024-06-30"], explain];
        let ran = forlop(&arguments.concat(), events);
        let answers: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let answers = answers.as_array().unwrap();
        assert_eq!(answers.len(), 2);
        for answer in answers {
            let errors: Vec<_> = validator.iter_errors(answer).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:#?}");
            assert_eq!(answer.get("trace").is_some(), !explain.is_empty());
        }
    }
}

/// The program as a process, with a locale and nothing else that decides language or colour.
fn process(locale: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_forlop"));
    for name in ["LANGUAGE", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", locale).stdin(Stdio::null());
    command
}

#[test]
fn statuses_and_language_are_those_of_the_process() {
    for (arguments, status) in
        [(&["explain"][..], 0), (&["check", "finnes-ikke"], 3), (&["check"], 2), (&["tull"], 2), (&["explain", "x"], 2)]
    {
        let output = process("C").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    }
    for (locale, start) in [("nb_NO.UTF-8", "feil"), ("C", "feil"), ("en_US.UTF-8", "error")] {
        let output = process(locale).args(["explain", "x"]).output().unwrap();
        assert!(output.stderr.starts_with(start.as_bytes()), "{locale}");
    }
}

#[test]
fn colour_is_for_terminals_and_those_who_force_it() {
    let coloured = |command: &mut Command| command.arg("explain").arg("F0203").output().unwrap().stdout.contains(&0x1b);
    assert!(!coloured(&mut process("C")));
    assert!(coloured(process("C").env("CLICOLOR_FORCE", "1")));
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let mut child =
        process("C").arg("schema").arg("tables").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}
