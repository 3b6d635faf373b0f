//! `forlop compile`: rule tables as JSON.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use super::{Context, Exit, Failure, Paths, files::replace};
use crate::tables::Tables;

/// Arguments of `compile`.
#[derive(Args, Debug)]
pub struct Compile {
    #[command(flatten)]
    paths: Paths,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Compile {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        let Some(tables) = self.paths.tables(context)? else {
            return Ok(Exit::Errors);
        };
        match self.output {
            None => write(&mut context.out, &tables)?,
            Some(path) => {
                replace(&context.folder.join(path), |out| write(out, &tables))?;
            }
        }
        Ok(Exit::Fine)
    }
}

fn write(out: &mut dyn Write, tables: &Tables) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, tables)?;
    writeln!(out)
}
