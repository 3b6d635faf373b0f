//! Every command and its output in the README and in docs is run here.
//!
//! A ```` ```console ```` block holds `$ command` lines, each followed by what it prints. A line `…` stands for any number of
//! lines. `cargo run --release -- ARGS` and `forlop ARGS` run this build of the program.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::{fs, path::Path, process::Command};

/// What cannot be run inside the tests, because it runs them.
const NOT_RUN: &[&str] = &["cargo test"];

#[test]
fn commands_in_documents_print_what_they_show() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = vec![root.join("README.md")];
    documents.extend(fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    documents.push(root.join("examples/net/README.md"));
    let mut ran = 0;
    for document in documents.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(document).unwrap();
        for block in text.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            for command in block.split("$ ").skip(1) {
                let (line, expected) = command.split_once('\n').unwrap_or((command, ""));
                if NOT_RUN.contains(&line.trim()) {
                    continue;
                }
                let printed = run(root, line);
                assert!(
                    matches(expected.trim_end(), printed.trim_end()),
                    "{}: `{line}` prints\n{printed}\nbut the document shows\n{expected}",
                    document.display()
                );
                ran += 1;
            }
        }
    }
    assert!(ran > 0, "no command found in the documents");
}

fn run(root: &Path, line: &str) -> String {
    let arguments = ["cargo run --release -- ", "forlop "].iter().find_map(|start| line.strip_prefix(start));
    let arguments = arguments.unwrap_or_else(|| panic!("`{line}` is no command that the tests know"));
    let output = Command::new(env!("CARGO_BIN_EXE_forlop"))
        .args(arguments.split_whitespace())
        .current_dir(root)
        .env("LC_ALL", "nb_NO.UTF-8")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

/// Whether the text is the pattern, in which a line `…` stands for any lines.
fn matches(pattern: &str, text: &str) -> bool {
    let chunks: Vec<String> = format!("\n{pattern}\n").split("\n…").map(str::to_owned).collect();
    let text = format!("\n{text}\n");
    let [first, middle @ .., last] = chunks.as_slice() else { return text == chunks.concat() };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for chunk in middle {
        let Some(at) = rest.find(chunk.as_str()) else { return false };
        rest = &rest[at + chunk.len()..];
    }
    rest.ends_with(last.as_str())
}

#[test]
fn an_ellipsis_stands_for_any_lines() {
    assert!(matches("a\nb", "a\nb"));
    assert!(!matches("a\nb", "a\nx\nb"));
    assert!(matches("a\n…\nb", "a\nx\ny\nb"));
    assert!(!matches("a\n…\nb", "a\nx\ny"));
    assert!(matches("…\nb", "x\nb"));
    assert!(matches("a\n…", "a\nx"));
    assert!(!matches("a\n…\nb\n…", "a\nx"));
}
