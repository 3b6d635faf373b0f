//! `forlop emit`: rule tables written for other systems.

use std::{fs, io::Write, path::PathBuf};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{Context, Exit, Failure, Paths, files::replace, words};
use crate::{
    emit::{self, Settings, Target, emit},
    text,
};

/// Arguments of `emit`.
#[derive(Args, Debug)]
pub struct Emit {
    /// What to write
    #[arg(value_parser = target_parser())]
    target: Target,
    #[command(flatten)]
    paths: Paths,
    /// Write the files into this folder; without it a single file goes to standard output
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address under which FHIR and DMN name what they hold
    #[arg(long, value_name = "URL", default_value_t = Settings::default().canonical)]
    canonical: String,
}

impl Emit {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        let Some(tables) = self.paths.tables(context)? else {
            return Ok(Exit::Errors);
        };
        let settings = Settings { canonical: self.canonical.trim_end_matches('/').to_owned() };
        let files = match emit(self.target, &tables, &settings) {
            Ok(files) => files,
            Err(refusals) => {
                for emit::Refusal { message, origin } in &refusals {
                    let place = words::place(origin);
                    let (nb, en) = (&message.nb, &message.en);
                    context.complain(&text!("{place}: {nb}", "{place}: {en}"))?;
                }
                return Ok(Exit::Errors);
            }
        };
        match (self.output, files.as_slice()) {
            (None, [file]) => context.out.write_all(file.text.as_bytes())?,
            (None, files) => {
                let (count, name) = (files.len(), self.target.name());
                context.complain(&text!(
                    "{name} er {count} filer: si hvilken mappe de skal skrives i, med -o",
                    "{name} is {count} files: say which folder to write them in, with -o"
                ))?;
                return Ok(Exit::WrongUse);
            }
            (Some(folder), files) => {
                let folder = context.folder.join(folder);
                for file in files {
                    let path = folder.join(&file.path);
                    if let Some(parent) = path.parent() {
                        fs::create_dir_all(parent).map_err(|error| Failure::file(parent, error))?;
                    }
                    replace(&path, |out| out.write_all(file.text.as_bytes()))?;
                }
            }
        }
        Ok(Exit::Fine)
    }
}

fn target_parser() -> impl TypedValueParser<Value = Target> {
    PossibleValuesParser::new(Target::ALL.map(Target::name))
        .map(|name| Target::ALL.into_iter().find(|target| target.name() == name).unwrap_or(Target::Rust))
}
