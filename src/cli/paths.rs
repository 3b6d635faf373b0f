//! The specifications that a command works on.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Context, Failure};
use crate::{
    compile::{Compilation, compile},
    diagnostic::{Severity, human},
    source::Input,
    tables::Tables,
};

/// Files, folders and standard input.
#[derive(Args, Debug)]
pub struct Paths {
    /// Specifications: files, folders or -
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

impl Paths {
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

    /// Reads and compiles them as one set.
    pub fn compile(&self, context: &mut Context) -> Result<Compilation, Failure> {
        Ok(compile(&self.inputs(context)?, &context.folder)?)
    }

    /// The rule tables; none if the specifications have errors. Errors and warnings go to the error stream.
    pub fn tables(&self, context: &mut Context) -> Result<Option<Tables>, Failure> {
        let compilation = self.compile(context)?;
        for finding in compilation.findings.iter().filter(|finding| finding.severity() != Severity::Note) {
            human::write(&mut context.err, finding, &compilation.files, context.lang, context.width)?;
        }
        Ok(compilation.tables)
    }
}

/// Whether standard input is meant.
pub(super) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}
