//! The specifications that a command works on.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Context, Failure};
use crate::{
    compile::{Compilation, compile, compile_to_judge},
    diagnostic::{Severity, human},
    source::{Files, Input, LoadError},
    tables::Tables,
    text,
};

/// Files, folders and standard input.
#[derive(Args, Debug)]
pub struct Paths {
    /// Specifications: files, folders or -; or one file of rule tables (.json), where tables are enough
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

impl Paths {
    /// One of them.
    pub(super) fn one(path: &str) -> Self {
        Paths { paths: vec![PathBuf::from(path)] }
    }

    /// How many times they name standard input.
    pub fn dashes(&self) -> usize {
        self.paths.iter().filter(|path| is_dash(path)).count()
    }

    /// Them as inputs; standard input is read.
    pub fn inputs(&self, context: &mut Context) -> Result<Vec<Input>, Failure> {
        let mut inputs = Vec::new();
        if self.dashes() > 0 {
            inputs.push(Input::Text(io::read_to_string(&mut context.input)?));
        }
        let files = self.paths.iter().filter(|path| !is_dash(path));
        inputs.extend(files.map(|path| Input::Path(context.folder.join(path))));
        Ok(inputs)
    }

    /// Reads and compiles them as one set, without the tables' fingerprint.
    pub fn compile(&self, context: &mut Context) -> Result<Compilation, Failure> {
        Ok(compile_to_judge(&self.inputs(context)?, &context.folder)?)
    }

    /// The one file of rule tables, if that is what they name.
    pub fn written(&self) -> Option<&Path> {
        match self.paths.as_slice() {
            [path] if is_tables(path) => Some(path),
            _ => None,
        }
    }

    /// The rule tables, compiled or (a `.json` file alone) as they were once written; none if the input has errors.
    /// Errors and warnings go to the error stream.
    pub fn tables(&self, context: &mut Context) -> Result<Option<Tables>, Failure> {
        Ok(self.read(compile, context)?.map(|(tables, _)| tables))
    }

    /// The same for what does not tell the tables' fingerprint, which need not be there.
    pub fn tables_to_judge(&self, context: &mut Context) -> Result<Option<Tables>, Failure> {
        Ok(self.tables_and_files(context)?.map(|(tables, _)| tables))
    }

    /// The same tables, and the files that they were compiled from.
    pub fn tables_and_files(&self, context: &mut Context) -> Result<Option<(Tables, Files)>, Failure> {
        self.read(compile_to_judge, context)
    }

    fn read(
        &self,
        compile: fn(&[Input], &Path) -> Result<Compilation, LoadError>,
        context: &mut Context,
    ) -> Result<Option<(Tables, Files)>, Failure> {
        if let Some(path) = self.written() {
            return Ok(written_tables(path, context)?.map(|tables| (tables, Files::default())));
        }
        let compilation = compile(&self.inputs(context)?, &context.folder)?;
        compiled_tables(compilation, context)
    }
}

/// The tables of a compilation and its files, after its errors and warnings.
pub(super) fn compiled_tables(
    compilation: Compilation,
    context: &mut Context,
) -> Result<Option<(Tables, Files)>, Failure> {
    for finding in compilation.findings.iter().filter(|finding| finding.severity() != Severity::Note) {
        human::write(&mut context.err, finding, &compilation.files, context.lang, context.width)?;
    }
    Ok(compilation.tables.map(|tables| (tables, compilation.files)))
}

/// Whether a file of rule tables is meant.
pub(super) fn is_tables(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "json")
}

/// The rule tables of a file that `compile` wrote; none, after a complaint, if it is not one.
pub(super) fn written_tables(path: &Path, context: &mut Context) -> Result<Option<Tables>, Failure> {
    let file = context.folder.join(path);
    let text = fs::read_to_string(&file).map_err(|error| Failure::file(&file, error))?;
    match serde_json::from_str(&text) {
        Ok(tables) => Ok(Some(tables)),
        Err(error) => {
            let path = path.display();
            context.complain(&text!(
                "«{path}» er ikke regeltabeller som dette programmet kan lese: {error}",
                "«{path}» is not rule tables that this program can read: {error}"
            ))?;
            Ok(None)
        }
    }
}

/// Whether standard input is meant.
pub(super) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}
