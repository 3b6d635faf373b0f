//! Every finding has a page in both languages. The first example on a page gives exactly that finding, at exactly the
//! text that its caret lines mark, and the cure gives no finding at all. Codes that a block on a page cannot show are built here.
#![allow(clippy::expect_used)]

use std::path::Path;

use forlop::{
    compile::{Compilation, compile},
    diagnostic::{Code, Finding, Severity},
    lang::Lang,
    source::Input,
};

const LANGS: [Lang; 2] = [Lang::Nb, Lang::En];

/// The folder that examples lie in: what they import is there.
fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/findings"))
}

fn compiled(input: Input) -> Compilation {
    compile(&[input], folder()).expect("the input can be read")
}

/// With what is proven too, for the codes of that.
fn found_with(code: Code, input: Input) -> Compilation {
    let mut compilation = compiled(input);
    if code.number() > "F1000" {
        compilation.prove();
    }
    compilation
}

/// What a finding is and where: number, line, first column, column after the last (0 if that is on another line).
type Mark = (String, u32, u32, u32);

fn mark(compilation: &Compilation, finding: &Finding) -> Mark {
    let file = compilation.files.get(finding.place.file);
    let (start, end) = (file.position(finding.place.span.start), file.position(finding.place.span.end));
    let end_column = if end.line == start.line { end.column } else { 0 };
    (finding.code.number().into(), start.line, start.column, end_column)
}

/// The marks of a block's caret lines (`#   ^^^ F0203`), each about the line above it.
fn expected(block: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (above, line) in block.lines().enumerate() {
        let Some(carets) = line.strip_prefix('#').filter(|line| line.contains('^')) else { continue };
        let (carets, number) = carets.rsplit_once(' ').expect("a code after the carets");
        let first = carets.find('^').expect("a caret") as u32;
        marks.push((number.into(), above as u32, first + 2, carets.len() as u32 + 2));
    }
    marks
}

fn blocks(page: &str) -> Vec<&str> {
    page.split("```forlop\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

fn found(code: Code, block: &str) -> (Vec<Mark>, String) {
    let compilation = found_with(code, Input::Text(block.into()));
    let marks = compilation.findings.iter().map(|finding| mark(&compilation, finding)).collect();
    let shown =
        compilation.findings.iter().map(|finding| format!("{}: {}\n", finding.code.number(), finding.message.nb));
    (marks, shown.collect())
}

#[test]
fn every_code_has_its_page_in_both_languages() {
    for code in Code::ALL {
        let severities = match code.severity() {
            Severity::Error => ["feil", "error"],
            Severity::Warning => ["advarsel", "warning"],
            Severity::Note => ["merknad", "note"],
        };
        for (lang, word, headings) in [
            (Lang::Nb, format!("Alvorlighet: {}.", severities[0]), ["Hvorfor", "Eksempel"]),
            (Lang::En, format!("Severity: {}.", severities[1]), ["Why", "Example"]),
        ] {
            let page = code.page(lang);
            let lines: Vec<_> = page.lines().collect();
            assert_eq!(lines[0], format!("# {} {}", code.number(), code.name()));
            assert!(lines[2].ends_with('.'), "{}: one sentence says what it is", code.number());
            assert_eq!(lines[4], word, "{}", code.number());
            let found: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!((found.len(), &found[..2]), (3, &headings[..]), "{}", code.number());
        }
    }
}

#[test]
fn examples_give_their_finding_and_cures_give_none() {
    let mut wrong = String::new();
    for code in Code::ALL {
        for lang in LANGS {
            let [example, cure] = blocks(code.page(lang))[..] else { continue };
            let marked = expected(example);
            assert!(!marked.is_empty() && marked.iter().all(|mark| mark.0 == code.number()), "{code:?} marks itself");
            for (block, marked) in [(example, marked), (cure, Vec::new())] {
                let (marks, shown) = found(*code, block);
                if marks != marked {
                    wrong += &format!("{code:?} {lang:?}\n expected {marked:?}\n found    {marks:?}\n{shown}\n");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn both_languages_show_the_same_example() {
    for code in Code::ALL {
        assert_eq!(blocks(code.page(Lang::Nb)), blocks(code.page(Lang::En)), "{code:?}");
    }
}

/// What a page cannot show: the input, and the underlined text.
fn built() -> Vec<(Code, Input, &'static str)> {
    const PATHWAY: &str = "pakkeforløp A99 \"Eksempel\" etter kreft {\n";
    let text = |text: String| Input::Text(text);
    let with_template = |body: String| text(format!("bruk \"felles/kreft.forlop\"\n{PATHWAY}{body}}}\n"));
    vec![
        (
            Code::TooDeep,
            with_template(format!(
                "opplysning å \"Påvist\" ja eller nei\nvariant v \"Dyp\" når {}å{} {{\n}}\n",
                "(".repeat(40),
                ")".repeat(40)
            )),
            "(",
        ),
        (Code::TooLarge, text("# \n".repeat(2_000_000)), ""),
        (Code::NotText, text("mal\0".into()), ""),
        (Code::HiddenCharacter, text("mal m\u{200b} \"Å\" {\n  kode A \"Start\" { åpner }\n}\n".into()), "\u{200b}"),
        (Code::NotNormalised, text("mal m \"A\u{30a}\" {\n  kode A \"Start\" { åpner }\n}\n".into()), ""),
        (Code::ImportCycle, Input::Path(folder().join("ring/a.forlop")), "\"a.forlop\""),
        (
            Code::UndecidedOrder,
            text({
                let codes = || (1..=20).map(|number| format!("K{number}"));
                let declared: String = codes().map(|code| format!("kode {code} \"Kode\"\n")).collect();
                let rules: String =
                    codes().map(|code| format!("regel r{code} feil \"Regel\": {code} før X\n")).collect();
                let template = "mal m \"Mal\" {\nkode A \"Start\" { åpner }\nkode X \"Slutt\" { avslutter }\n";
                format!("{template}{declared}{rules}}}\npakkeforløp A99 \"Eksempel\" etter m {{\n}}\n")
            }),
            "A99 \"Eksempel\" etter m",
        ),
    ]
}

#[test]
fn what_a_page_cannot_show_is_found_too() {
    for (code, input, underlined) in built() {
        let compilation = found_with(code, input);
        let found: Vec<_> = compilation
            .findings
            .iter()
            .map(|finding| (finding.code, compilation.files.get(finding.place.file).slice(finding.place.span)))
            .collect();
        assert_eq!(found, [(code, underlined)], "{:?}", compilation.findings);
    }
}

#[test]
fn every_code_is_shown_on_its_page_or_built_here() {
    let built: Vec<_> = built().into_iter().map(|(code, ..)| code).collect();
    for code in Code::ALL {
        let blocks = if built.contains(code) { 0 } else { 2 };
        for lang in LANGS {
            assert_eq!(self::blocks(code.page(lang)).len(), blocks, "{code:?} {lang:?}");
        }
    }
}

/// Writes the index anew with `UPDATE=1`.
#[test]
fn the_index_lists_every_code() {
    let mut index = String::from(
        "# Funn\n\nAlt `forlop check` kan si, med én side for hvert funn. \
         `forlop explain F0203` (eller `forlop explain ukjent-kode`) viser siden i terminalen.\n\n\
         Everything `forlop check` can say, one page each, in Norwegian and English.\n\n\
         | Kode | Navn | Alvorlighet | Hva det er | English |\n| --- | --- | --- | --- | --- |\n",
    );
    for code in Code::ALL {
        let (number, name) = (code.number(), code.name());
        let severity = match code.severity() {
            Severity::Error => "feil",
            Severity::Warning => "advarsel",
            Severity::Note => "merknad",
        };
        let what = |lang| code.page(lang).lines().nth(2).unwrap_or_default();
        index += &format!(
            "| [{number}](nb/{number}.md) | `{name}` | {severity} | {} | [{}](en/{number}.md) |\n",
            what(Lang::Nb),
            what(Lang::En)
        );
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/funn/README.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &index).expect("the index can be written");
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), index);
}
