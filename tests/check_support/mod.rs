//! Compiling text and showing findings plainly.
#![allow(dead_code, reason = "each test target uses a part")]

use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

use forlop::{
    compile::{Compilation, compile},
    source::{Input, Place},
};

/// Compiles one text.
pub fn compile_text(text: &str) -> Compilation {
    compile(&[Input::Text(text.to_owned())], Path::new(".")).unwrap()
}

/// Compiles files of a folder.
pub fn compile_paths(current: PathBuf, names: &[&str]) -> Compilation {
    let inputs: Vec<_> = names.iter().map(|name| Input::Path(current.join(name))).collect();
    compile(&inputs, &current).unwrap()
}

/// Every finding with the line it is on, the underlined text, and the words in both languages.
pub fn show(compilation: &Compilation) -> String {
    let mut shown = String::new();
    let place = |place: Place| {
        let file = compilation.files.get(place.file);
        let position = file.position(place.span.start);
        let text = file.slice(place.span).replace('\n', "⏎");
        format!("{}:{}:{} [{text}]", file.name, position.line, position.column)
    };
    for finding in &compilation.findings {
        let severity = format!("{:?}", finding.severity()).to_lowercase();
        let (number, name) = (finding.code.number(), finding.code.name());
        writeln!(shown, "{number} {name} ({severity}) {}", place(finding.place)).unwrap();
        writeln!(shown, "  {}\n  {}", finding.message.nb, finding.message.en).unwrap();
        if let Some(help) = &finding.help {
            writeln!(shown, "  = {}\n  = {}", help.nb, help.en).unwrap();
        }
        for related in &finding.related {
            writeln!(shown, "  @ {}: {} / {}", place(related.place), related.message.nb, related.message.en).unwrap();
        }
    }
    shown
}
