//! Broken files: what the author reads, that one mistake is one finding, and that all else is still in the tree.

#[path = "syntax/cases.rs"]
mod cases;
#[path = "syntax/outline.rs"]
mod outline;

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
        let (nb, en) = help.map_or_else(Default::default, |help| (format!(" – {}", help.nb), format!(" – {}", help.en)));
        shown += &format!("  nb: {}{nb}\n  en: {}{en}\n", finding.message.nb, finding.message.en);
    }
    let outline = outline::outline(&tree);
    let whole = outline::outline(&read(SAMPLE).1);
    for (sign, lines, others) in [("-", &whole, &outline), ("+", &outline, &whole)] {
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
