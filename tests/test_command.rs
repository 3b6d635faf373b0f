//! `forlop test`: formats, updating, coverage, mutants and boundaries.
#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::{
    env, fs,
    io::Cursor,
    path::{Path, PathBuf},
};

use anstream::StripStream;
use clap::Parser;
use forlop::{
    cases::{boundaries, notice, text},
    cli::{Cli, Context, Exit},
    compile::compile,
    lang::Lang,
    source::Input,
    tables::Pathway,
};
use insta::assert_snapshot;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const GAPS: &str = "forlop test tests/eval/hull.forlop";
const FAILING: &str = "forlop test tests/eval/eksempler.forlop";

struct Done {
    exit: Exit,
    out: String,
    err: String,
}

fn run_in(folder: &Path, line: &str, input: &str) -> Done {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = Cli::try_parse_from(line.split_whitespace()).unwrap().run(&mut Context {
        lang: Lang::Nb,
        width: 100,
        folder: folder.to_path_buf(),
        input: Box::new(Cursor::new(input.to_owned())),
        out: Box::new(StripStream::new(&mut out as &mut dyn std::io::Write)),
        err: Box::new(StripStream::new(&mut err as &mut dyn std::io::Write)),
    });
    Done { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn run(line: &str) -> Done {
    run_in(Path::new(ROOT), line, "")
}

/// An empty folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("test_command").join(name);
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn copied(name: &str, files: &[&str]) -> PathBuf {
    let folder = folder(name);
    for file in files {
        let from = Path::new(ROOT).join(file);
        fs::copy(&from, folder.join(from.file_name().unwrap())).unwrap();
    }
    folder
}

fn pathways(path: &Path) -> Vec<Pathway> {
    compile(&[Input::Path(path.to_path_buf())], Path::new(ROOT)).unwrap().tables.unwrap().pathways
}

#[test]
fn the_formats_tell_what_was_expected_and_found_and_why() {
    for format in ["human", "json", "junit"] {
        let done = run(&format!("{FAILING} --format {format}"));
        assert_eq!((done.exit, done.err.as_str()), (Exit::Errors, ""));
        assert_snapshot!(format!("failing_{format}"), done.out);
    }
    let english = run(&format!("{FAILING} --lang en")).out;
    assert!(english.contains("expected variant rask (known), found variant hovedforløp (assumed)"), "{english}");
}

#[test]
fn tables_are_tested_without_their_text() {
    let folder = folder("tables");
    let compiled = run(&format!("forlop compile tests/eval/eksempler.forlop -o {}/t.json", folder.display()));
    assert_eq!(compiled.exit, Exit::Fine);
    let done = run_in(&folder, "forlop test t.json", "");
    assert_eq!(done.exit, Exit::Errors);
    assert!(done.out.contains("fant innenfor 10 dager") && !done.out.contains(" | "), "{}", done.out);
}

#[test]
fn update_writes_what_came_out_and_nothing_else() {
    let folder = copied("update", &["tests/eval/eksempler.forlop", "tests/eval/enkel.forlop"]);
    let file = folder.join("eksempler.forlop");
    let before = fs::read_to_string(&file).unwrap().replace("20 dager\n", "20 dager # hvorfor\n");
    fs::write(&file, &before).unwrap();
    let done = run_in(&folder, "forlop test eksempler.forlop --update", "");
    let after = fs::read_to_string(&file).unwrap();
    let changed: Vec<String> = before
        .lines()
        .zip(after.lines())
        .filter(|(before, after)| before != after)
        .map(|(before, after)| format!("-{before}\n+{after}"))
        .collect();
    // The second course does not exist: what was expected of it is left to the author.
    assert_eq!(done.exit, Exit::Errors);
    assert_snapshot!(format!("{}\n{}\n{}", done.out, done.err, changed.join("\n")));
    assert_eq!(before.lines().count(), after.lines().count());
    let again = run_in(&folder, "forlop test eksempler.forlop --update", "");
    assert_eq!(fs::read_to_string(&file).unwrap(), after);
    assert_eq!(again.exit, Exit::Errors);

    fs::write(&file, after.replace("    forvent ingen funn i forløp 2\n", "")).unwrap();
    let fine = run_in(&folder, "forlop test eksempler.forlop --update", "");
    assert_eq!((fine.exit, fine.out.as_str()), (Exit::Fine, "2 eksempler, alle holder.\n"));
}

#[test]
fn update_writes_every_finding_and_keeps_line_ends() {
    let folder = copied("findings", &["tests/eval/enkel.forlop"]);
    let file = folder.join("a.forlop");
    let text = "bruk \"enkel.forlop\"\n
pakkeforløp Q2 \"Prøve\" etter enkel {
  status utkast
  kilde utkast \"Utkast\"
  forløpstider kilde utkast { fremmøte 14 kalenderdager }
  eksempel \"To funn\" {
    2024-01-08 K
    2024-01-09 X
    2024-01-10 S
    forvent ingen funn # her
    forvent funn missing_start
  }
}
";
    fs::write(&file, text.replace('\n', "\r\n")).unwrap();
    let done = run_in(&folder, "forlop test a.forlop --update", "");
    let after = fs::read_to_string(&file).unwrap();
    assert_eq!(done.exit, Exit::Fine, "{}{}", done.out, done.err);
    let expected = "forvent funn event_after_end # her\r\n    forvent funn beslutning_først\r\n    forvent funn \
                    ingenting_etter_slutt\r\n    forvent funn missing_start\r\n";
    assert!(after.contains(expected), "{after}");
}

#[test]
fn update_leaves_what_it_cannot_write() {
    for path in ["-", "schema/tables.json"] {
        let done = run(&format!("forlop test {path} --update"));
        assert_eq!(done.exit, Exit::WrongUse);
        assert!(done.err.contains("--update skriver i filene"), "{}", done.err);
    }
    let folder = copied("two", &["tests/eval/eksempler.forlop", "tests/eval/enkel.forlop"]);
    let file = folder.join("eksempler.forlop");
    // Two expectations on one line are not in canonical layout.
    let text = fs::read_to_string(&file).unwrap().replace("15 dager\n   ", "15 dager");
    fs::write(&file, &text).unwrap();
    let done = run_in(&folder, "forlop test eksempler.forlop --update", "");
    assert!(done.err.contains("forlop fmt"), "{}", done.err);
    assert!(fs::read_to_string(&file).unwrap().contains("overskredet 15 dager"));
}

#[test]
fn coverage_counts_what_an_expectation_decides() {
    let done = run(&format!("{GAPS} --coverage"));
    assert_eq!((done.exit, done.err.as_str()), (Exit::Fine, ""));
    assert_snapshot!("coverage", done.out);
    let folder = folder("lcov");
    let file = folder.join("c.info");
    assert_eq!(run(&format!("{GAPS} --lcov {}", file.display())).exit, Exit::Fine);
    let lcov = fs::read_to_string(file).unwrap();
    assert_snapshot!("lcov", lcov);
    // A row is covered by the example that expects its answer, and not by the one that only passes by.
    let text = fs::read_to_string(Path::new(ROOT).join("tests/eval/hull.forlop")).unwrap();
    let line = text.lines().position(|line| line.trim_start().starts_with("fremmøte 14")).unwrap() + 1;
    assert!(lcov.contains(&format!("DA:{line},1\n")), "{lcov}");
}

#[test]
fn mutants_that_nobody_notices_are_told_with_an_example_that_would() {
    let done = run(&format!("{GAPS} --mutate"));
    assert_eq!((done.exit, done.err.as_str()), (Exit::Fine, ""));
    assert_snapshot!("mutants", done.out);
    assert_eq!(run(&format!("{GAPS} --mutate --fail-under 50")).exit, Exit::Errors);
    assert_eq!(run(&format!("{GAPS} --mutate --fail-under 10%")).exit, Exit::Fine);
    let english = run(&format!("{GAPS} --mutate --lang en")).out;
    assert!(english.contains("This example would notice:"), "{english}");
    let json = run(&format!("{GAPS} --mutate --format json")).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json[0]["share"].as_f64().unwrap() < 50.0);
    let number = json[0]["unnoticed"][0]["proposal"].as_u64().unwrap();
    assert!(json[0]["proposals"][number as usize].as_str().unwrap().starts_with("eksempel \""));
}

#[test]
fn examples_that_do_not_hold_come_first() {
    let done = run(&format!("{FAILING} --mutate"));
    assert_eq!((done.exit, done.out.as_str()), (Exit::Errors, ""));
    assert!(done.err.contains("holder ikke"), "{}", done.err);
}

/// With what is proposed, everything is noticed.
#[test]
fn the_proposed_examples_notice_what_they_are_proposed_for() {
    for path in ["tests/eval/hull.forlop", "pathways/testikkelkreft.forlop", "pathways/rusbehandling-tsb.forlop"] {
        let path = Path::new(ROOT).join(path);
        let pathway = pathways(&path).remove(0);
        let before = notice(&pathway).unwrap();
        assert!(!before.unnoticed.is_empty());
        let proposals: String = before.proposals.iter().map(|example| text(example, &pathway)).collect();
        let old = fs::read_to_string(&path).unwrap();
        let new = format!("{}\n{proposals}}}\n", old.trim_end().strip_suffix('}').unwrap());
        let folder = path.parent().unwrap();
        let compiled = compile(&[Input::Text(new)], folder).unwrap();
        let after = compiled.tables.unwrap().pathways.remove(0);
        assert_eq!(after.examples.len(), pathway.examples.len() + before.proposals.len());
        let after = notice(&after).unwrap();
        let left: Vec<&str> = after.unnoticed.iter().map(|unnoticed| unnoticed.changed.what.nb.as_str()).collect();
        assert_eq!(left, Vec::<&str>::new(), "{}", path.display());
    }
}

#[test]
fn every_change_of_the_reference_pathway_is_noticed() {
    let net = "pathways/nevroendokrine-svulster.forlop";
    let done = run(&format!("forlop test {net} --mutate --fail-under 100"));
    assert_eq!(done.exit, Exit::Fine, "{}", done.out);
    let last = done.out.lines().last().unwrap();
    assert!(last.contains("(100 %)") && !last.contains(" 0 av "), "{last}");
}

/// The tables of every pathway with limits. `FORLOP_UPDATE=1 cargo test --test test_command` writes them anew.
#[test]
fn boundaries_come_out_as_they_did() {
    let stored = Path::new(ROOT).join("tests/boundaries");
    let written = folder("boundaries");
    let done = run(&format!("forlop test pathways --boundaries -o {}", written.display()));
    assert_eq!((done.exit, done.out.as_str(), done.err.as_str()), (Exit::Fine, "", ""));
    let with_limits = pathways(&Path::new(ROOT).join("pathways"));
    let with_limits = with_limits.iter().filter(|pathway| !pathway.limits.is_empty());
    let names: Vec<String> = with_limits.map(|pathway| format!("{}.md", pathway.id)).collect();
    assert!(names.len() > 15, "{names:?}");
    if env::var_os("FORLOP_UPDATE").is_some() {
        _ = fs::remove_dir_all(&stored);
        fs::create_dir_all(&stored).unwrap();
        names.iter().for_each(|name| _ = fs::copy(written.join(name), stored.join(name)).unwrap());
    }
    let mut kept: Vec<String> =
        fs::read_dir(&stored).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    kept.sort();
    let mut expected = names.clone();
    expected.sort();
    assert_eq!(kept, expected);
    for name in &names {
        let (one, other) =
            (fs::read_to_string(stored.join(name)).unwrap(), fs::read_to_string(written.join(name)).unwrap());
        let changed = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert_eq!(changed, None, "{name}: FORLOP_UPDATE=1 cargo test --test test_command");
        assert_eq!(one.len(), other.len(), "{name}: FORLOP_UPDATE=1 cargo test --test test_command");
    }
}

#[test]
fn a_changed_limit_shows_as_changed_cells() {
    let folder = copied("changed", &["tests/eval/enkel.forlop", "tests/eval/hull.forlop"]);
    let file = folder.join("hull.forlop");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, &text).unwrap();
    let write = "forlop test hull.forlop --boundaries -o tabeller";
    let check = "forlop test hull.forlop --boundaries --check tabeller";
    assert_eq!(run_in(&folder, write, "").exit, Exit::Fine);
    let same = run_in(&folder, check, "");
    assert_eq!(same.exit, Exit::Fine, "{}", same.out);
    assert!(same.out.contains("ingen er endret"), "{}", same.out);
    assert_eq!(
        run_in(&folder, "forlop test hull.forlop --boundaries", "").out,
        fs::read_to_string(folder.join("tabeller/Q5.md")).unwrap()
    );

    fs::write(&file, text.replace("fremmøte 14 kalenderdager", "fremmøte 12 kalenderdager")).unwrap();
    let changed = run_in(&folder, check, "");
    assert_eq!(changed.exit, Exit::Errors);
    assert_snapshot!("changed_cells", changed.out);
    fs::remove_file(folder.join("tabeller/Q5.md")).unwrap();
    assert!(run_in(&folder, check, "").out.contains("ny rad"));
}

#[test]
fn boundaries_have_names_of_their_own_that_do_not_change_with_amounts() {
    for pathway in pathways(&Path::new(ROOT).join("pathways/brystkreft.forlop")) {
        let names = |pathway: &Pathway| -> Vec<String> {
            boundaries(pathway).into_iter().map(|boundary| boundary.example.name).collect()
        };
        let mut changed = pathway.clone();
        changed.limits.iter_mut().for_each(|row| row.amount = row.amount.map(|amount| amount + 2));
        assert_eq!(names(&pathway), names(&changed));
    }
}

#[test]
fn flags_that_do_not_go_together_are_wrong_use() {
    for flags in [
        "--update --format json",
        "--update --mutate",
        "--update --coverage",
        "--coverage --mutate",
        "--coverage --format json",
        "--lcov x --boundaries",
        "--mutate --boundaries",
        "--fail-under 50",
        "--mutate --fail-under 101",
        "--mutate --fail-under mye",
        "-o x",
        "--check x",
        "--boundaries -o x --check y",
        "--boundaries --format json",
    ] {
        let line = format!("{GAPS} {flags}");
        let error = Cli::try_parse_from(line.split_whitespace()).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{flags}");
    }
    let several = run("forlop test pathways --boundaries");
    assert_eq!((several.exit, several.out.as_str()), (Exit::WrongUse, ""));
    assert!(several.err.contains("med -o"), "{}", several.err);
    let junit = run(&format!("{GAPS} --mutate --format junit"));
    assert_eq!((junit.exit, junit.out.as_str()), (Exit::WrongUse, ""));
}

#[test]
fn the_same_specification_gives_the_same_answers() {
    for flags in ["--mutate", "--boundaries", "--mutate --format json"] {
        let line = format!("{GAPS} {flags}");
        assert_eq!(run(&line).out, run(&line).out, "{flags}");
    }
}
