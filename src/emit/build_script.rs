//! Compiling specifications in the `build.rs` of a program.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::rust;
use crate::{
    compile::{Compilation, compile},
    diagnostic::{Finding, Severity},
    lang::Lang,
    source::Input,
};

/// The whole of a `build.rs`: in its `main`, compiles the files or folders, named relative to the package, and writes the Rust module
/// of [`Target::Rust`](super::Target::Rust) as `pathways.rs` in Cargo's `OUT_DIR`. Findings become warnings and errors
/// of the build, which fails on an error; it is run again when a file that was read changes.
///
/// ```no_run
/// forlop::emit::build_script(&["pathways"], forlop::lang::Lang::En);
/// ```
///
/// In the program: `mod pathways { include!(concat!(env!("OUT_DIR"), "/pathways.rs")); }`
pub fn build_script(paths: &[&str], lang: Lang) {
    let folder = |name| env::var_os(name).map(PathBuf::from).unwrap_or_default();
    for line in lines(paths, &folder("CARGO_MANIFEST_DIR"), &folder("OUT_DIR"), lang) {
        println!("{line}");
    }
}

/// What Cargo is told.
fn lines(paths: &[&str], package: &Path, out: &Path, lang: Lang) -> Vec<String> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| package.join(path)).collect();
    // A folder is watched too, for files that are added to it.
    let mut lines: Vec<String> = paths.iter().map(|path| watch(path)).collect();
    let inputs: Vec<Input> = paths.into_iter().map(Input::Path).collect();
    let compilation = match compile(&inputs, package) {
        Ok(compilation) => compilation,
        Err(error) => {
            lines.push(format!("cargo::error={}: {}", error.path.display(), error.error));
            return lines;
        }
    };
    let Compilation { root, files, findings, tables } = &compilation;
    lines.extend(files.iter().map(|(_, file)| watch(&root.join(&file.name))));
    lines.extend(findings.iter().filter_map(|finding| told(finding, &compilation, lang)));
    for file in tables.iter().flat_map(rust::emit) {
        let path = out.join(&file.path);
        if let Err(error) = fs::write(&path, file.text) {
            lines.push(format!("cargo::error={}: {error}", path.display()));
        }
    }
    lines
}

fn watch(path: &Path) -> String {
    format!("cargo::rerun-if-changed={}", path.display())
}

/// An error or a warning, as compilers write them; notes are for authors.
fn told(finding: &Finding, compilation: &Compilation, lang: Lang) -> Option<String> {
    let kind = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => return None,
    };
    let file = compilation.files.get(finding.place.file);
    let at = file.position(finding.place.span.start);
    let (code, message) = (finding.code.number(), finding.message.get(lang));
    let help = finding.help.as_ref().map_or(String::new(), |help| format!(". {}", help.get(lang)));
    // Cargo takes one line.
    let words = format!("{code} {message}{help}").split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("cargo::{kind}={}:{}:{}: {words}", file.name, at.line, at.column))
}

#[cfg(test)]
mod tests {
    use super::{Lang, Path, lines};

    const ROOT: &str = env!("CARGO_MANIFEST_DIR");

    fn told(path: &str, lang: Lang) -> String {
        lines(&[path], &Path::new(ROOT).join("tests/check"), Path::new("no/such/folder"), lang)
            .join("\n")
            .replace(ROOT, "ROOT")
    }

    #[test]
    fn cargo_is_told_of_files_and_findings() {
        let expected = "cargo::rerun-if-changed=ROOT/tests/check/imports/unneeded.forlop
cargo::rerun-if-changed=ROOT/tests/check/imports/unneeded.forlop
cargo::rerun-if-changed=ROOT/tests/check/imports/felles.forlop
cargo::rerun-if-changed=ROOT/tests/check/imports/annen.forlop
cargo::warning=imports/unneeded.forlop:2:6: F0213 Nothing of «imports/annen.forlop» is used. Delete the import.
cargo::error=imports/unneeded.forlop:3:6: F0201 The file is already imported. Delete one of the imports.";
        assert_eq!(told("imports/unneeded.forlop", Lang::En), expected);
        assert!(told("imports/unneeded.forlop", Lang::Nb).contains("F0201 Filen er importert før"));
    }

    #[test]
    fn what_cannot_be_read_or_written_fails_the_build() {
        assert!(told("missing.forlop", Lang::En).contains("\ncargo::error=ROOT/tests/check/missing.forlop: "));
        let unwritten = told("../../pathways/nevroendokrine-svulster.forlop", Lang::En);
        assert!(unwritten.contains("\ncargo::rerun-if-changed=ROOT/pathways/felles/"), "{unwritten}");
        assert!(unwritten.contains("\ncargo::error=no/such/folder/pathways.rs: "), "{unwritten}");
    }
}
