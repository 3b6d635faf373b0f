//! `forlop diff`: what a change means, and whom it touches.

mod accepted;
mod human;
mod impact;
mod json;
mod judge;
mod markdown;
mod revision;
mod sarif;

pub(crate) use json::Document;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use super::{Context, Exit, Failure, Paths, files::replace};
use crate::{
    diff::{self, Assignment, Change, Class, Settings},
    lang::Lang,
    tables::Tables,
    text,
};
use accepted::Accepted;
use judge::{Counted, Registers};
use revision::{Revision, mark};

/// Arguments of `diff`.
#[derive(Args, Debug)]
#[command(
    after_help = "OLD and NEW are each a file, a folder, rule tables (.json), or REV:PATH as it was at a git revision."
)]
pub struct Diff {
    /// The specification before
    #[arg(value_name = "OLD")]
    old: String,
    /// The specification after
    #[arg(value_name = "NEW", required_unless_present = "set", conflicts_with = "set")]
    new: Option<String>,
    /// Instead of NEW: OLD with this limit (A39.OF2=14, A39.OF3.kirurgi=14, A39.karsinom.OF1=4 arbeidsdager)
    #[arg(long, value_name = "LIMIT=AMOUNT")]
    set: Vec<String>,
    #[command(flatten)]
    registers: Registers,
    /// Changes that are accepted, as TOML: one table for each id, with reason and date
    #[arg(long, value_name = "FILE")]
    accepted: Option<PathBuf>,
    /// Give exit status 1 if there is a change this strict that is not accepted
    #[arg(long, value_enum, value_name = "CLASS")]
    fail_on: Option<FailOn>,
    /// How the changes are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For a pull request
    Markdown,
    /// One JSON object
    Json,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum FailOn {
    /// Running or registration
    Breaking,
    /// Courses under way are judged otherwise
    Running,
    /// And something else is to be registered
    Registration,
    /// And reports change
    Report,
    /// Any change of meaning
    Reading,
}

impl FailOn {
    /// The least strict class that fails.
    fn class(self) -> Class {
        match self {
            FailOn::Running => Class::Running,
            FailOn::Breaking | FailOn::Registration => Class::Registration,
            FailOn::Report => Class::Report,
            FailOn::Reading => Class::Reading,
        }
    }
}

/// All that is written.
struct Report<'r> {
    old: &'r Tables,
    new: &'r Tables,
    changes: Vec<Change>,
    accepted: Accepted,
    counted: Option<Counted>,
    lang: Lang,
}

impl Report<'_> {
    /// The changes of a class that are not accepted.
    fn of(&self, class: Class) -> Vec<&Change> {
        self.changes.iter().filter(|change| change.class == class && self.accepted.of(change).is_none()).collect()
    }
}

impl Diff {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        if self.registers.dashes() > 1 {
            context.complain(&text!(
                "standard input (-) kan bare leses én gang",
                "standard input (-) can be read only once"
            ))?;
            return Ok(Exit::WrongUse);
        }
        let mut assignments: Vec<Assignment> = Vec::new();
        for written in &self.set {
            match written.parse() {
                Ok(assignment) => assignments.push(assignment),
                Err(error) => {
                    context.complain(diff::SetError::text(&error))?;
                    return Ok(Exit::WrongUse);
                }
            }
        }
        let accepted = match &self.accepted {
            Some(path) => Accepted::read(path, context)?,
            None => Some(Accepted::default()),
        };
        let (Some(accepted), Some(old)) = (accepted, tables(&self.old, context)?) else { return Ok(Exit::Errors) };
        let new = match &self.new {
            Some(new) => tables(new, context)?,
            None => match diff::set(&old, &assignments) {
                Ok(new) => Some(new),
                Err(error) => {
                    context.complain(error.text())?;
                    return Ok(Exit::WrongUse);
                }
            },
        };
        let Some(new) = new else { return Ok(Exit::Errors) };
        let mut changes = match diff::diff(&old, &new, Settings { as_of: self.registers.as_of }) {
            Ok(changes) => changes,
            Err(error) => {
                context.complain(error.text())?;
                return Ok(Exit::Errors);
            }
        };
        let counted = match self.registers.judge(&old, &new, context) {
            Ok(counted) => counted,
            Err(Some(failure)) => return Err(failure),
            Err(None) => return Ok(Exit::Errors),
        };
        let named =
            |written: &'_ str| Revision::parse(written, &context.folder).map(|revision| revision.revision.to_owned());
        let revisions = (named(&self.old), self.new.as_deref().and_then(named));
        for change in &mut changes {
            revisions.0.iter().for_each(|revision| mark(&mut change.old, revision));
            revisions.1.iter().for_each(|revision| mark(&mut change.new, revision));
        }
        for id in accepted.stale(&changes) {
            let path = self.accepted.as_deref().unwrap_or(Path::new("")).display();
            let line =
                text!("«{path}»: «{id}» godtar ingen endring lenger", "«{path}»: «{id}» accepts no change any longer");
            writeln!(context.err, "{}", line.get(context.lang))?;
        }
        let report = Report { old: &old, new: &new, changes, accepted, counted, lang: context.lang };
        self.write(&report, context)?;
        let fails =
            |fail_on: FailOn| Class::ALL.iter().any(|class| *class <= fail_on.class() && !report.of(*class).is_empty());
        Ok(if self.fail_on.is_some_and(fails) { Exit::Errors } else { Exit::Fine })
    }

    fn write(&self, report: &Report, context: &mut Context) -> Result<(), Failure> {
        let write = |out: &mut dyn Write| -> io::Result<()> {
            match self.format {
                Format::Human => human::write(out, report),
                Format::Markdown => markdown::write(out, report),
                Format::Json => json::write(out, report),
                Format::Sarif => sarif::write(out, report),
            }
        };
        match &self.output {
            Some(path) => {
                // A file has no colours.
                let mut plain = anstream::StripStream::new(Vec::new());
                write(&mut plain)?;
                replace(&context.folder.join(path), |out| out.write_all(&plain.into_inner()))
            }
            None => Ok(write(&mut context.out)?),
        }
    }
}

/// The tables of a side; none after a complaint.
fn tables(written: &str, context: &mut Context) -> Result<Option<Tables>, Failure> {
    match Revision::parse(written, &context.folder) {
        Some(revision) => revision.tables(context),
        None => Paths::one(written).tables(context),
    }
}
