//! `forlop test`: whether the examples of specifications come out as they say, and whether they say enough.

mod boundaries;
mod coverage;
mod human;
mod junit;
mod machine;
mod mutate;
mod table;
mod update;
mod words;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Context, Exit, Failure, Paths, eval::evaluator};
use crate::{
    runtime::{Evaluator, Mismatch, check_example},
    tables::{Example, Pathway, Tables},
    text,
};

/// Arguments of `test`.
#[derive(Args, Debug)]
pub struct Test {
    #[command(flatten)]
    paths: Paths,
    /// How the results are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Write what came out into the expectations that do not hold, and tell which; read them before you keep them
    #[arg(long, conflicts_with_all = ["format", "coverage", "lcov", "mutate", "boundaries"])]
    update: bool,
    /// Tell which limits, variants, rules, criteria, ways on and investigations no example decides
    #[arg(long, conflicts_with_all = ["format", "mutate", "boundaries"])]
    coverage: bool,
    /// Write to this file, as lcov, how many examples decide each line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["mutate", "boundaries"])]
    lcov: Option<PathBuf>,
    /// Change the specifications one step at a time, and tell which changes no example notices
    #[arg(long, conflicts_with = "boundaries")]
    mutate: bool,
    /// Give exit status 1 if fewer of the changes of a pathway are noticed, in per cent
    #[arg(long, value_name = "PERCENT", requires = "mutate", value_parser = percent)]
    fail_under: Option<f64>,
    /// Write what comes of a made-up course at every boundary, one table for each pathway
    #[arg(long, conflicts_with = "format")]
    boundaries: bool,
    /// Write the tables into this folder; without it a single table goes to standard output
    #[arg(short, long, value_name = "DIR", requires = "boundaries", conflicts_with = "check")]
    output: Option<PathBuf>,
    /// Compare the tables with those in this folder, show what is changed, and give exit status 1 if anything is
    #[arg(long, value_name = "DIR", requires = "boundaries")]
    check: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// JUnit XML
    Junit,
}

/// What came of one example.
struct Tested<'t> {
    pathway: &'t Pathway,
    example: &'t Example,
    mismatches: Vec<Mismatch<'t>>,
}

impl Test {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        if self.update {
            return update::run(&self.paths, context);
        }
        if self.mutate && self.format == Format::Junit {
            context.complain(&text!(
                "--mutate skriver ikke JUnit: velg --format human eller json",
                "--mutate does not write JUnit: choose --format human or json"
            ))?;
            return Ok(Exit::WrongUse);
        }
        let Some((tables, files)) = self.paths.tables_and_files(context)? else {
            return Ok(Exit::Errors);
        };
        if self.boundaries {
            return boundaries::run(&tables, self.output.as_deref(), self.check.as_deref(), context);
        }
        let Some(evaluator) = evaluator(&tables, context)? else {
            return Ok(Exit::Errors);
        };
        let tested = test(&tables, &evaluator);
        let failing = tested.iter().filter(|tested| !tested.mismatches.is_empty()).count();
        if self.mutate {
            if failing > 0 {
                context.complain(&text!(
                    "{failing} av eksemplene holder ikke: kjør «forlop test» og rett dem først",
                    "{failing} of the examples do not hold: run «forlop test» and mend them first"
                ))?;
                return Ok(Exit::Errors);
            }
            return mutate::run(&tables, self.format == Format::Json, self.fail_under, context);
        }
        match self.format {
            Format::Human => human::write(&tested, &evaluator, &files, context)?,
            Format::Json => machine::write(&tested, &evaluator, context)?,
            Format::Junit => junit::write(&tested, &mut context.out, context.lang)?,
        }
        if self.coverage || self.lcov.is_some() {
            coverage::run(&tables, &evaluator, &files, self.coverage, self.lcov.as_deref(), context)?;
        }
        Ok(if failing == 0 { Exit::Fine } else { Exit::Errors })
    }
}

fn test<'t>(tables: &'t Tables, evaluator: &'t Evaluator<'t>) -> Vec<Tested<'t>> {
    let examples =
        tables.pathways.iter().flat_map(|pathway| pathway.examples.iter().map(move |example| (pathway, example)));
    let tested = examples.map(|(pathway, example)| Tested {
        pathway,
        example,
        mismatches: check_example(evaluator, pathway, example),
    });
    tested.collect()
}

/// The text of a line of a specification, without the space around it.
fn source_line<'f>(files: &'f crate::source::Files, origin: &crate::tables::Origin) -> Option<&'f str> {
    let (_, file) = files.iter().find(|(_, file)| file.name == origin.file)?;
    file.line(origin.line).map(str::trim)
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim_end_matches('%').replace(',', ".").parse::<f64>();
    number.ok().filter(|number| (0.0..=100.0).contains(number)).ok_or_else(|| "0-100".to_owned())
}
