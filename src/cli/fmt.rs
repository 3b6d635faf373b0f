//! `forlop fmt`: canonical layout.

use std::path::Path;

use clap::Args;

use super::{Context, Exit, Failure, Paths, files::replace};
use crate::{
    compile::explain,
    diagnostic::human,
    source::{File, Files, Input, LoadProblem, Loader},
    syntax::{self, NotFormatted},
    text,
};

/// Arguments of `fmt`.
#[derive(Args, Debug)]
pub struct Fmt {
    #[command(flatten)]
    paths: Paths,
    /// Change no file; list those that are not in canonical layout, and give exit status 1 if there are any
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        let inputs = self.paths.inputs(context)?;
        let loader = Loader::new(&context.folder, &inputs)?;
        let mut fine = true;
        for input in inputs {
            match input {
                Input::Path(path) => {
                    for path in loader.find(&path)? {
                        fine &= self.one(context, loader.read(&path)?, Some(&path))?;
                    }
                }
                Input::Text(text) => fine &= self.one(context, loader.text(&loader.standard_input(), text), None)?,
            }
        }
        Ok(if fine { Exit::Fine } else { Exit::Errors })
    }

    /// Formats a file in its place, or standard input to standard output. False if that cannot be done, or should have been.
    fn one(
        &self,
        context: &mut Context,
        (file, problem): (File, Option<LoadProblem>),
        path: Option<&Path>,
    ) -> Result<bool, Failure> {
        let normalised = problem == Some(LoadProblem::NotNormalised);
        let name = file.name.clone();
        let unformatted = file.text.clone();
        let Some(formatted) = format(context, file, problem.filter(|_| !normalised))? else { return Ok(false) };
        let changed = normalised || formatted != unformatted;
        match path {
            None if !self.check => context.out.write_all(formatted.as_bytes())?,
            Some(path) if changed && !self.check => {
                replace(path, |out| out.write_all(formatted.as_bytes()))?;
                writeln!(context.out, "{name}")?;
            }
            _ if changed => {
                writeln!(context.out, "{name}")?;
                return Ok(false);
            }
            _ => {}
        }
        Ok(true)
    }
}

/// The canonical layout; none if there is none, and the reason is told.
fn format(context: &mut Context, file: File, problem: Option<LoadProblem>) -> Result<Option<String>, Failure> {
    let mut files = Files::default();
    let id = files.add(file);
    let formatted = match problem {
        None => syntax::format(files.get(id), id),
        Some(problem) => Err(NotFormatted::Errors(vec![explain(problem, id)])),
    };
    match formatted {
        Ok(text) => return Ok(Some(text)),
        Err(NotFormatted::Errors(findings)) => {
            for finding in &findings {
                human::write(&mut context.err, finding, &files, context.lang, context.width)?;
            }
        }
        Err(NotFormatted::Changed) => {
            let name = &files.get(id).name;
            context.complain(&text!(
                "«{name}» er ikke rørt, for oppsettet ville ha endret innholdet: det er en feil i forlop, som gjerne må meldes",
                "«{name}» is left alone, because its layout would have changed what it says: a fault of forlop, please report it"
            ))?;
        }
    }
    Ok(None)
}
