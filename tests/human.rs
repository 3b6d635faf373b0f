//! How a finding looks to people.
#![allow(clippy::unwrap_used)]

use forlop::{
    diagnostic::{Code, Finding, human},
    lang::Lang,
    source::{File, Files, Place, Span},
    text,
};
use proptest::{prop_assert, proptest};

const TEMPLATE: &str = "mal kreft \"Pakkeforløp for kreft\" {\n  kode CK \"Klinisk beslutning\"\n}\n";
const PATHWAY: &str = "pakkeforløp A99 \"🙂 Eksempel\" etter kreft {\r\n\tkode CX \"Påvist\"\r\n}";

/// One finding about this part of the pathway's text.
fn drawn(pathway: &str, underlined: &str, width: usize, lang: Lang) -> String {
    let start = pathway.find(underlined).unwrap();
    drawn_at(pathway, Span::new(start, start + underlined.len()), width, lang)
}

/// The same about a span, without colour.
fn drawn_at(pathway: &str, span: Span, width: usize, lang: Lang) -> String {
    let mut files = Files::default();
    let template = files.add(File::new("felles/mal.forlop".into(), TEMPLATE.into()));
    let file = files.add(File::new("a99.forlop".into(), pathway.into()));
    let first = TEMPLATE.find("CK").unwrap();
    let finding = Finding::new(
        Code::UnknownCode,
        Place { file, span },
        text!("Koden «CX» finnes ikke i malen «kreft»", "The code «CX» is not in the template «kreft»"),
    )
    .help(text!("Mente du «CK»?", "Did you mean «CK»?"))
    .related(Place { file: template, span: Span::new(first, first + 2) }, text!("«CK» står her", "«CK» is here"));
    let mut out = Vec::new();
    human::write(&mut out, &finding, &files, lang, width).unwrap();
    anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
}

#[test]
fn a_finding_with_help_and_a_place_in_another_file() {
    insta::assert_snapshot!("nb", drawn(PATHWAY, "CX", 80, Lang::Nb));
    insta::assert_snapshot!("en", drawn(PATHWAY, "CX", 80, Lang::En));
}

#[test]
fn a_narrow_terminal_and_a_long_line() {
    let long = PATHWAY.replace("Påvist", &"Påvist eller ikke påvist, det er spørsmålet. ".repeat(6));
    let drawn = drawn(&long, "ikke påvist, det er spørsmålet. \"", 60, Lang::Nb);
    assert!(drawn.lines().all(|line| line.chars().count() <= 60), "{drawn}");
    insta::assert_snapshot!(drawn);
}

#[test]
fn the_end_of_a_file_has_a_place() {
    let end = PATHWAY.len();
    for span in [Span::new(end, end), Span::new(end, end + 9), Span::new(end + 9, end + 9)] {
        let drawn = drawn_at(PATHWAY, span, 80, Lang::Nb);
        assert!(drawn.contains("a99.forlop:3:2") && drawn.contains(" 3 │ }\n   ·  ▲\n"), "{drawn}");
    }
    assert!(drawn_at("", Span::new(0, 0), 80, Lang::Nb).contains("a99.forlop:1:1"));
}

proptest! {
    /// Any span in any text is drawn: miette panics on marks that do not fit its text.
    #[test]
    fn any_place_can_be_drawn(text in "[a{}\"\n\r\tø🙂e\u{301}\u{feff}\u{200b}\u{1b}\u{2028} -]{0,300}", start in 0..400usize, length in 0..50usize, width in 0..120usize) {
        let drawn = drawn_at(&text, Span::new(start, start + length), width, Lang::Nb);
        prop_assert!(drawn.contains("a99.forlop:") && drawn.contains("felles/mal.forlop:2:8"));
        let hidden = drawn.contains(['\u{1b}', '\u{200b}', '\r']);
        prop_assert!(!hidden, "{}", drawn);
    }
}
