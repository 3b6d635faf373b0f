//! The author's guide and the reference hold what they show: every block of the language in the guide compiles.
//!
//! The first word after `forlop` says what a block is: `hel` is a whole file; `pakkeforløp` and `fase NAVN` are pieces of the
//! one pathway that the guide builds up, and are read together; `feil F0101` is added to that pathway and gives that finding.
#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

const OPEN: &str = "bruk \"felles/organspesifikk.forlop\"\n
pakkeforløp albuekreft \"Pakkeforløp for albuekreft\" etter organspesifikk uten kodeprefiks {\n";

/// The phases that the guide writes in.
const PHASES: [&str; 3] = ["inngang", "utredning", "oppfølging"];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The blocks of the language in a document: the words after `forlop`, and the text.
fn blocks(document: &str) -> Vec<(String, String)> {
    let parts = document.split("```forlop ").skip(1).filter_map(|rest| rest.split("```").next());
    parts.filter_map(|block| block.split_once('\n')).map(|(info, text)| (info.to_owned(), text.to_owned())).collect()
}

fn guide() -> Vec<(String, String)> {
    blocks(&read("docs/forfatterveiledning.md"))
}

/// The pathway that the guide builds up, and what is added to it.
fn pathway(guide: &[(String, String)], added: &str) -> String {
    let pieces = |kind: &str| -> String {
        guide.iter().filter(|(info, _)| info == kind).map(|(_, text)| text.as_str()).collect()
    };
    let phases = PHASES.map(|name| format!("fase {name} {{\n{}}}\n", pieces(&format!("fase {name}"))));
    format!("{OPEN}{}{}{added}}}\n", pieces("pakkeforløp"), phases.concat())
}

/// Runs the program on the text as a file in `pathways`, with a pathway beside it that the guide refers to.
fn run(command: &[&str], text: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_forlop"))
        .args(command)
        .args(["-", "nevroendokrine-svulster.forlop", "--lang", "nb"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("pathways"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// The codes and messages of findings that are no mere notes.
fn findings(text: &str) -> Vec<(String, String)> {
    let output = run(&["check", "--format", "json"], text);
    let all: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let serious = all.iter().filter(|finding| finding["severity"] != "note");
    serious.map(|finding| (finding["code"].as_str().unwrap().to_owned(), finding.to_string())).collect()
}

fn assert_sound(text: &str) {
    assert_eq!(findings(text), [], "in\n{text}");
    let tested = run(&["test"], text);
    assert!(tested.status.success(), "{}\nin\n{text}", String::from_utf8_lossy(&tested.stdout));
}

#[test]
fn whole_files_compile_and_their_examples_hold() {
    let guide = guide();
    let whole: Vec<_> = guide.iter().filter(|(info, _)| info == "hel").collect();
    assert!(whole.len() >= 2, "{}", whole.len());
    whole.iter().for_each(|(_, text)| assert_sound(text));
}

#[test]
fn the_pieces_together_are_a_pathway_whose_examples_hold() {
    assert_sound(&pathway(&guide(), ""));
}

#[test]
fn mistakes_give_the_finding_that_the_guide_names() {
    let guide = guide();
    let mistakes: Vec<_> =
        guide.iter().filter_map(|(info, text)| info.strip_prefix("feil ").map(|code| (code, text))).collect();
    assert!(!mistakes.is_empty());
    for (code, text) in mistakes {
        let found = findings(&pathway(&guide, text));
        assert_eq!(found.iter().map(|(code, _)| code).collect::<Vec<_>>(), [code], "{found:?} in\n{text}");
    }
}

#[test]
fn every_block_of_the_guide_says_what_it_is() {
    for (info, _) in guide() {
        let known = match info.split_once(' ') {
            None => info == "hel" || info == "pakkeforløp",
            Some((kind, name)) => kind == "feil" || kind == "fase" && PHASES.contains(&name),
        };
        assert!(known, "{info}");
    }
    assert!(!read("docs/forfatterveiledning.md").contains("```forlop\n"));
}

/// The keywords of the grammar: each is a rule of its own.
fn keywords() -> Vec<String> {
    let grammar = read("grammar/forlop.pest");
    let rules = grammar.lines().filter(|line| line.starts_with("kw_"));
    rules.filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect()
}

#[test]
fn the_reference_has_a_line_for_every_keyword_and_for_no_other() {
    let reference = read("docs/referanse.md");
    let table = reference.split("## Nøkkelord").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let mut listed: Vec<&str> =
        table.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|line| line.split('`').next()).collect();
    let mut expected = keywords();
    assert!(expected.len() > 80, "{}", expected.len());
    listed.sort_unstable();
    expected.sort_unstable();
    assert_eq!(listed, expected);
}

#[test]
fn the_guide_shows_every_keyword() {
    let shown: String = guide().into_iter().map(|(_, text)| text).collect();
    let words: Vec<&str> = shown.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let missing: Vec<String> = keywords().into_iter().filter(|keyword| !words.contains(&keyword.as_str())).collect();
    assert_eq!(missing, Vec::<String>::new());
}
