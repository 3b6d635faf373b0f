//! `forlop compile`: rule tables as JSON.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Context, Exit, Failure, Paths};
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
                let path = context.folder.join(path);
                replace(&path, |out| write(out, &tables)).map_err(|error| Failure::file(&path, error))?;
            }
        }
        Ok(Exit::Fine)
    }
}

fn write(out: &mut dyn Write, tables: &Tables) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, tables)?;
    writeln!(out)
}

/// Writes a file beside and renames it, so that nobody reads half a file.
pub(super) fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?.to_os_string();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::File::create(&beside).and_then(|file| {
        let mut file = BufWriter::new(file);
        write(&mut file)?;
        file.flush()?;
        // Who may read the file stays as it was.
        fs::metadata(path).map_or(Ok(()), |old| fs::set_permissions(&beside, old.permissions()))
    });
    let replaced = written.and_then(|()| fs::rename(&beside, path));
    if replaced.is_err() {
        _ = fs::remove_file(&beside);
    }
    replaced
}
