//! `forlop schema`: the JSON Schema of what the program writes.

use clap::{Args, ValueEnum};
use schemars::schema_for;

use super::{Context, Exit, Failure, diff};
use crate::{
    diff::Affected,
    runtime::{Assessment, Course},
    tables::Tables,
};

/// Arguments of `schema`.
#[derive(Args, Debug)]
pub struct Schema {
    /// What is described
    #[arg(value_enum)]
    document: Document,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Document {
    /// What `compile` writes
    Tables,
    /// What `eval` writes for one course
    Answer,
    /// What `eval --criteria` writes for one patient and pathway
    Assessment,
    /// What `diff --format json` writes
    Diff,
    /// What `diff --affected` writes for one course
    Affected,
}

impl Schema {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        let schema = match self.document {
            Document::Tables => schema_for!(Tables),
            Document::Answer => schema_for!(Course),
            Document::Assessment => schema_for!(Assessment),
            Document::Diff => schema_for!(diff::Document),
            Document::Affected => schema_for!(Affected),
        };
        serde_json::to_writer_pretty(&mut context.out, &schema)?;
        writeln!(context.out)?;
        Ok(Exit::Fine)
    }
}
