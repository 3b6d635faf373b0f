//! From named files to findings and rule tables: the whole compiler in one call.

mod fingerprint;
mod load;

use std::path::{Path, PathBuf};

#[cfg(feature = "cli")]
pub(crate) use load::explain;

use crate::{
    check::check,
    diagnostic::{Finding, Severity},
    prove::prove,
    source::{Files, Input, LoadError},
    tables::{FORMAT, FORMAT_VERSION, Tables},
};

/// What came of compiling a set of files.
#[derive(Debug)]
pub struct Compilation {
    /// The folder that names of files are relative to.
    pub root: PathBuf,
    /// Every file that was read.
    pub files: Files,
    /// Every finding, sorted by file name, place and code.
    pub findings: Vec<Finding>,
    /// The rule tables; none if any finding is an error.
    pub tables: Option<Tables>,
}

/// Reads, parses and checks the inputs and all that they import. Paths in findings and tables are relative to `current`
/// when every input lies in it.
///
/// # Errors
/// A named file or folder that cannot be read. Everything else is a finding.
pub fn compile(inputs: &[Input], current: &Path) -> Result<Compilation, LoadError> {
    let mut compilation = compile_to_judge(inputs, current)?;
    if let Some(tables) = &mut compilation.tables {
        tables.fingerprint = fingerprint::of(&tables.pathways);
    }
    Ok(compilation)
}

/// The same without the tables' fingerprint: no judgement tells it, and it takes longer than all checks.
pub(crate) fn compile_to_judge(inputs: &[Input], current: &Path) -> Result<Compilation, LoadError> {
    let load::Loaded { root, files, units, mut findings } = load::load(inputs, current)?;
    let (pathways, found) = check(&files, units);
    findings.extend(found);
    sort(&mut findings, &files);
    let fit = findings.iter().all(|finding| finding.severity() != Severity::Error);
    let tables = fit.then(|| Tables {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        compiler: env!("CARGO_PKG_VERSION").to_owned(),
        fingerprint: String::new(),
        pathways,
    });
    Ok(Compilation { root, files, findings, tables })
}

impl Compilation {
    /// Adds what can be proven of the tables; nothing if there are none.
    pub fn prove(&mut self) {
        if let Some(tables) = &self.tables {
            self.findings.extend(prove(tables, &self.files));
            sort(&mut self.findings, &self.files);
        }
    }
}

fn sort(findings: &mut [Finding], files: &Files) {
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| (finding.place.span, finding.code);
        let name = |finding: &Finding| &files.get(finding.place.file).name;
        name(one).cmp(name(other)).then_with(|| key(one).cmp(&key(other)))
    });
}
