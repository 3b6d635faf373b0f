//! Specifications made of `tests/diff/base.forlop`.
#![allow(clippy::unwrap_used, clippy::panic, dead_code)]

use std::path::Path;

use forlop::{compile, diagnostic::Severity, source::Input, tables::Tables};

/// A pathway with some of everything.
pub const BASE: &str = include_str!("../diff/base.forlop");

/// The base with one text replaced by another.
pub fn edited(from: &str, to: &str) -> String {
    assert_eq!(BASE.matches(from).count(), 1, "«{from}» is to be there once");
    BASE.replacen(from, to, 1)
}

/// A specification with one more example in its first pathway.
pub fn with_example(text: &str, example: &str) -> String {
    let end = text.rfind('}').unwrap();
    format!("{}\n{example}}}\n", &text[..end])
}

/// The tables of a specification without errors.
pub fn compile(text: &str) -> Tables {
    try_compile(text).unwrap_or_else(|| panic!("errors in:\n{text}\n{:#?}", errors(text)))
}

/// The tables, if there are no errors.
pub fn try_compile(text: &str) -> Option<Tables> {
    compile::compile(&[Input::Text(text.to_owned())], Path::new(".")).unwrap().tables
}

fn errors(text: &str) -> Vec<String> {
    let findings = compile::compile(&[Input::Text(text.to_owned())], Path::new(".")).unwrap().findings;
    let errors = findings.into_iter().filter(|finding| finding.severity() == Severity::Error);
    errors.map(|finding| finding.message.nb).collect()
}
