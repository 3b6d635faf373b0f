//! Stands in for `crate::compile` until that is here; then this file goes.

use std::path::Path;

use crate::{
    diagnostic::Finding,
    source::{Files, Input, LoadError, Loader},
    tables::Tables,
};

/// What a set of specifications compiled to.
#[derive(Debug)]
pub struct Compilation {
    /// The files read.
    pub files: Files,
    /// The findings.
    pub findings: Vec<Finding>,
    /// The tables, if there is no error.
    pub tables: Option<Tables>,
}

/// Reads the files only.
pub fn compile(inputs: &[Input], current: &Path) -> Result<Compilation, LoadError> {
    let loader = Loader::new(current, inputs)?;
    let mut files = Files::default();
    for input in inputs {
        match input {
            Input::Path(path) => {
                for path in loader.find(path)? {
                    files.add(loader.read(&path)?.0);
                }
            }
            Input::Text(text) => _ = files.add(loader.text(&loader.standard_input(), text.clone()).0),
        }
    }
    let findings = files.iter().flat_map(|(id, file)| crate::syntax::parse(file, id).1).collect();
    Ok(Compilation { files, findings, tables: None })
}
