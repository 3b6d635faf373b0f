//! Mistakes that people make, planted in copies of the pathway files: each is found on its line, and nothing else is wrong.
//! The first line of a fixture says what is expected: `# venter F1043 linje 41`.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use forlop::{
    compile::compile,
    diagnostic::{Code, Finding, Severity},
    source::Input,
};

#[test]
fn every_planted_mistake_is_found_on_its_line_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> =
        fs::read_dir(root.join("tests/prove/defects")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "forlop"));
    assert!(!paths.is_empty());
    let mut wrong = String::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let expected = text.lines().next().and_then(|line| line.strip_prefix("# venter ")).map(str::trim);
        // Read as if it lay among the pathways, for what they share.
        let mut compilation = compile(&[Input::Text(text.clone())], &root.join("pathways")).unwrap();
        compilation.prove();
        let told = |finding: &Finding| {
            let line = compilation.files.get(finding.place.file).position(finding.place.span.start).line;
            format!("{} linje {line}", finding.code.number())
        };
        let is_expected = |finding: &&Finding| expected == Some(told(finding).as_str());
        let found = compilation.findings.iter().filter(is_expected).count();
        let others = compilation.findings.iter().filter(|finding| !is_expected(finding));
        // The pathways that it refers to are not read with it.
        let others =
            others.filter(|finding| finding.severity() != Severity::Note && finding.code != Code::UnknownPathway);
        let others: Vec<String> = others.map(|finding| format!("{} {}", told(finding), finding.message.nb)).collect();
        if found != 1 || !others.is_empty() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            wrong += &format!("{name}: {expected:?} found {found} times; also {others:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_pathways_themselves_are_proven_without_warnings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut compilation = compile(&[Input::Path(root.join("pathways"))], root).unwrap();
    let before = compilation.findings.clone();
    compilation.prove();
    let new = compilation.findings.iter().filter(|finding| !before.contains(finding));
    let wrong: Vec<_> = new.filter(|finding| finding.severity() != Severity::Note).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
