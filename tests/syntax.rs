//! Broken files: what the author reads, that one mistake is one finding, and that all else is still in the tree.

#[path = "syntax/cases.rs"]
mod cases;
#[path = "syntax/outline.rs"]
mod outline;

use std::sync::LazyLock;

use proptest::prelude::*;

use forlop::{
    diagnostic::Finding,
    source::{File, Files},
    syntax::{parse, tree::Tree},
};

const SAMPLE: &str = include_str!("syntax/sample.forlop");

fn read(text: &str) -> (Files, Tree, Vec<Finding>) {
    let mut files = Files::default();
    let id = files.add(File::new("prøve.forlop".to_owned(), text.to_owned()));
    let (tree, findings) = parse(files.get(id), id);
    (files, tree, findings)
}

/// Each finding with its line, the underlined text and the message in both languages; then what is not in the tree.
fn show(text: &str) -> (usize, String) {
    let (files, tree, findings) = read(text);
    let mut shown = String::new();
    for finding in &findings {
        let file = files.get(finding.place.file);
        let (start, end) = (file.position(finding.place.span.start), file.position(finding.place.span.end));
        let line = file.text.split('\n').nth(start.line as usize - 1).unwrap_or_default();
        let line = line.trim_start_matches('\u{feff}').trim_end_matches('\r');
        let width = if end.line == start.line { end.column - start.column } else { 1 };
        let cut: String = line.chars().take(160).map(|c| if c == '\t' { ' ' } else { c }).collect();
        let (code, name) = (finding.code.number(), finding.code.name());
        shown += &format!("{}:{} {code} {name}\n  | {cut}\n", start.line, start.column);
        shown += &format!("  | {}{}\n", " ".repeat(start.column as usize - 1), "^".repeat(width.max(1) as usize));
        let help = finding.help.clone();
        let (nb, en) =
            help.map_or_else(Default::default, |help| (format!(" – {}", help.nb), format!(" – {}", help.en)));
        shown += &format!("  nb: {}{nb}\n  en: {}{en}\n", finding.message.nb, finding.message.en);
    }
    let outline = outline::outline(&tree);
    static WHOLE: LazyLock<Vec<String>> = LazyLock::new(|| outline::outline(&read(SAMPLE).1));
    for (sign, lines, others) in [("-", &*WHOLE, &outline), ("+", &outline, &*WHOLE)] {
        for line in lines.iter().filter(|line| !others.contains(line)) {
            shown += &format!("{sign} {line}\n");
        }
    }
    (findings.len(), shown)
}

#[test]
fn the_sample_is_whole() {
    let (findings, shown) = show(SAMPLE);
    assert_eq!((findings, shown.as_str()), (0, ""));
    insta::with_settings!({snapshot_path => "syntax/snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("the_sample", outline::outline(&read(SAMPLE).1).join("\n"));
    });
}

#[test]
fn one_finding_for_each_mistake() {
    let mut wrong = String::new();
    for (name, mistakes, edits) in cases::CASES {
        let mut text = SAMPLE.to_owned();
        for (old, new) in *edits {
            assert_eq!(text.matches(old).count(), 1, "{name}: {old}");
            text = text.replacen(old, new, 1);
        }
        let (found, shown) = show(&text);
        if found != *mistakes {
            wrong += &format!("{name}: {found} findings for {mistakes}\n{shown}\n");
        }
        let changes: Vec<_> = edits.iter().map(|(old, new)| format!("{old:?} -> {new:?}\n")).collect();
        insta::with_settings!({snapshot_path => "syntax/snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(*name, format!("{}\n{shown}", changes.concat()));
        });
    }
    assert_eq!(wrong, "");
}

#[test]
fn line_ends_byte_order_mark_and_indentation_do_not_matter() {
    let crlf = SAMPLE.replace('\n', "\r\n");
    let flat: Vec<_> = SAMPLE.lines().map(str::trim).collect();
    for text in [format!("\u{feff}{SAMPLE}"), crlf.clone(), SAMPLE.replace("  ", "\t"), SAMPLE.replace(' ', "\u{a0}")] {
        let (_, tree, findings) = read(&text);
        assert_eq!(findings, []);
        assert_eq!(outline::outline(&tree).len(), outline::outline(&read(SAMPLE).1).len());
    }
    assert_eq!(read(&flat.join("\n")).2, []);

    let mistake = format!("\u{feff}{}", crlf.replace("gruppe behandling", "grupe behandling"));
    let (files, _, findings) = read(&mistake);
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    let position = files.get(finding.place.file).position(finding.place.span.start);
    assert_eq!((position.line, position.column), (18, 3));
}

#[test]
fn nothing_is_no_mistake() {
    for text in ["", "\n\n", "\u{feff}", "# bare en merknad", "# a\n# \"b {\n"] {
        let (_, tree, findings) = read(text);
        assert_eq!((tree, findings.len()), (Tree::default(), 0), "{text:?}");
    }
}

#[test]
fn too_deep_is_one_finding() {
    let deep = "{".repeat(10_000);
    let closed = format!("{deep}{}", "}".repeat(10_000));
    let brackets = "(".repeat(10_000);
    for piece in [&deep, &closed, &brackets] {
        let text = SAMPLE.replace("{ fullfører }", piece);
        let (files, _, findings) = read(&text);
        let codes: Vec<_> = findings.iter().map(|finding| finding.code.number()).collect();
        assert_eq!(codes, ["F0108"], "{:.20}", piece);
        assert_eq!(files.get(findings[0].place.file).position(findings[0].place.span.start).line, 17);
    }
    let nested =
        SAMPLE.replace("ki67 er over 20 %", &format!("{}ki67 er over 20 %{}", "(".repeat(10_000), ")".repeat(10_000)));
    assert_eq!(read(&nested).2.len(), 1);
}

#[test]
fn findings_have_an_end() {
    let (_, tree, findings) = read(&SAMPLE.replace("gruppe behandling = FK, FM", &"  xyz abc\n".repeat(5_000)));
    assert_eq!(findings.len(), 101);
    assert!(outline::outline(&tree).iter().any(|line| line.contains("regel én_beslutning")));
}

/// A place in the sample, in a text of any length.
fn cut(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at % (text.len() + 1))
}

/// Nothing but that it comes to an end, and that every finding lies in the file.
fn holds_together(text: &str) {
    let (files, _, findings) = read(text);
    for finding in findings {
        let (file, span) = (files.get(finding.place.file), finding.place.span);
        assert!(span.start <= span.end && file.text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
        assert!(!finding.message.nb.is_empty() && !finding.message.en.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        holds_together(&text);
    }

    #[test]
    fn any_row_of_words_is_read(words in prop::collection::vec(prop::sample::select(vec![
        "mal", "pakkeforløp", "fase", "kode", "kriterier", "når", "er", "ikke", "a", "ø", "\"b\"", "\"", "\"\"\"", "{", "}", "(", ")",
        "=", ",", ":", "\n", "\n  ", "14", "2024-02-30", "tekst", "forløpstider", "eksempel", "#", "“", "\u{200b}", "\u{feff}", ";", "🙂",
    ]), 0..60)) {
        holds_together(&words.join(" "));
        holds_together(&words.concat());
    }

    #[test]
    fn any_change_of_the_sample_is_read(changes in prop::collection::vec((0..4, any::<usize>(), any::<usize>(), 1..40_usize), 1..4)) {
        let mut text = SAMPLE.to_owned();
        for (kind, from, to, length) in changes {
            let start = cut(&text, from);
            let end = text.floor_char_boundary((start + length).min(text.len()));
            let piece = text[start..end].to_owned();
            if kind != 0 {
                text.replace_range(start..end, "");
            }
            let at = cut(&text, to);
            match kind {
                // Doubled or moved; else left out.
                0 | 1 => text.insert_str(at, &piece),
                2 => text.insert_str(start.min(text.len()), &piece.chars().rev().collect::<String>()),
                _ => {}
            }
        }
        holds_together(&text);
    }
}
