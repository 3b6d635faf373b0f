//! `forlop emit` as its users meet it, and what the documentation says that each target can say.
#![allow(clippy::unwrap_used)]

use std::{env, fs, path::Path};

use clap::Parser;
use forlop::{
    cli::{Cli, Context, Exit},
    emit::{Construct, Target},
    lang::Lang,
};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const TMP: &str = env!("CARGO_TARGET_TMPDIR");
const NET: &str = "pathways/nevroendokrine-svulster.forlop";

struct Ran {
    exit: Exit,
    out: String,
    err: String,
}

/// Runs the program in the package's folder.
fn forlop(arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut context = Context {
        lang: Lang::Nb,
        width: 80,
        folder: ROOT.into(),
        input: Box::new(&b""[..]),
        out: Box::new(&mut out),
        err: Box::new(anstream::StripStream::new(&mut err as &mut dyn std::io::Write)),
    };
    let exit = Cli::parse_from([&["forlop"], arguments].concat()).run(&mut context);
    drop(context);
    Ran { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// A file of its own for a test.
fn temporary(name: &str, text: &str) -> String {
    let path = Path::new(TMP).join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn an_unknown_target_is_wrong_use_and_the_known_ones_are_named() {
    let error = Cli::try_parse_from(["forlop", "emit", "cobol", NET]).unwrap_err();
    assert_eq!(error.exit_code(), 2);
    for target in Target::ALL {
        assert!(error.to_string().contains(target.name()), "{error}");
    }
}

#[test]
fn a_single_file_goes_to_standard_output_or_into_a_folder() {
    let printed = forlop(&["emit", "rust", NET]);
    assert_eq!((printed.exit, printed.err.as_str()), (Exit::Fine, ""));
    let folder = Path::new(TMP).join("emit/one");
    _ = fs::remove_dir_all(&folder);
    let written = forlop(&["emit", "rust", NET, "-o", folder.to_str().unwrap()]);
    assert_eq!((written.exit, written.out.as_str(), written.err.as_str()), (Exit::Fine, "", ""));
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["pathways.rs"]);
    assert!(fs::read_to_string(folder.join("pathways.rs")).unwrap() == printed.out);
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let file = temporary("emit-file", "");
    let ran = forlop(&["emit", "rust", NET, "-o", &file]);
    assert_eq!(ran.exit, Exit::Files);
    assert!(ran.err.contains("emit-file"), "{}", ran.err);
}

#[test]
fn compiled_tables_stand_for_their_specification() {
    let tables = temporary("emit-tables.json", &forlop(&["compile", NET]).out);
    let (compiled, written) = (forlop(&["emit", "rust", NET]), forlop(&["emit", "rust", &tables]));
    assert_eq!((written.exit, written.err.as_str()), (Exit::Fine, ""));
    assert!(compiled.out == written.out);
}

#[test]
fn what_is_no_tables_is_refused_in_the_reader_s_language() {
    for (text, why) in [("{", "EOF"), ("{\"format\": \"x\"}", "forlop-tables"), ("[]", "expected")] {
        let path = temporary("emit-bad.json", text);
        let (nb, en) = (forlop(&["emit", "rust", &path]), forlop(&["--lang", "en", "emit", "rust", &path]));
        assert_eq!((nb.exit, nb.out.as_str(), en.exit), (Exit::Errors, "", Exit::Errors));
        assert!(nb.err.contains("er ikke regeltabeller") && nb.err.contains(why), "{}", nb.err);
        assert!(en.err.contains("is not rule tables"), "{}", en.err);
    }
    assert_eq!(forlop(&["emit", "rust", "no-such.json"]).exit, Exit::Files);
}

#[test]
fn no_target_takes_tables_that_contradict_themselves() {
    let mut tables: serde_json::Value = serde_json::from_str(&forlop(&["compile", NET]).out).unwrap();
    tables["pathways"][0]["limits"][0]["interval"] = "OF9".into();
    let path = temporary("emit-contradiction.json", &tables.to_string());
    for target in Target::ALL {
        let nb = forlop(&["emit", target.name(), &path]);
        let en = forlop(&["--lang", "en", "emit", target.name(), &path]);
        assert_eq!((nb.exit, nb.out.as_str()), (Exit::Errors, ""), "{}", target.name());
        assert!(nb.err.starts_with("feil: ") && nb.err.contains("«OF9», som ikke finnes"), "{}", nb.err);
        assert!(en.err.starts_with("error: ") && en.err.contains("«OF9», which does not exist"), "{}", en.err);
        assert!(nb.err.contains(&format!("{NET}:")), "the place: {}", nb.err);
    }
}

#[test]
fn the_same_tables_give_the_same_files() {
    let folders = ["emit/first", "emit/second"].map(|name| Path::new(TMP).join(name));
    for target in Target::ALL {
        let [first, second] = &folders;
        for folder in &folders {
            _ = fs::remove_dir_all(folder);
            fs::create_dir_all(folder).unwrap();
            let ran = forlop(&["emit", target.name(), NET, "-o", folder.to_str().unwrap()]);
            assert_eq!((ran.exit, ran.err.as_str()), (Exit::Fine, ""), "{}", target.name());
        }
        assert!(files(first) == files(second), "{}", target.name());
    }
}

/// Every file below a folder with its text, sorted.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(inner, text)| (format!("{name}/{inner}"), text)));
        } else {
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// `FORLOP_UPDATE=1 cargo test --test emit` writes it anew.
#[test]
fn the_documentation_says_what_each_target_supports() {
    let path = Path::new(ROOT).join("docs/utvikler.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- support -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of support -->\n").unwrap();
    let current = format!("{before}<!-- support -->\n{}<!-- end of support -->\n{after}", support());
    if env::var_os("FORLOP_UPDATE").is_some() {
        fs::write(&path, &current).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap() == current, "FORLOP_UPDATE=1 cargo test --test emit");
}

/// One row for each construct; targets that say the same of all share a column.
fn support() -> String {
    let mut columns: Vec<(String, Vec<&str>)> = Vec::new();
    for target in Target::ALL {
        let cells: Vec<_> = Construct::ALL.iter().map(|construct| target.supports(*construct)).collect();
        match columns.last_mut() {
            Some((names, same)) if *same == cells => *names += &format!(", `{}`", target.name()),
            _ => columns.push((format!("`{}`", target.name()), cells)),
        }
    }
    let names: String = columns.iter().map(|(names, _)| format!(" {names} |")).collect();
    let rows = Construct::ALL.iter().enumerate().map(|(row, construct)| {
        let cells: String = columns.iter().map(|(_, cells)| format!(" {} |", cells[row])).collect();
        format!("| {} |{cells}\n", construct.label())
    });
    format!("| |{names}\n|---|{}\n{}", "---|".repeat(columns.len()), rows.collect::<String>())
}
