//! The command line (design, section 4): one file per subcommand.
//!
//! A subcommand is a struct of arguments with `run(self, &mut Context) -> Result<Exit, Failure>` and a line in `Command`.
//! It reads and writes through [`Context`] only, so that tests can run it without a process.

mod answering;
mod answers;
mod check;
mod compile;
mod completions;
mod context;
mod diff;
mod emit;
mod eval;
mod explain;
mod files;
mod fmt;
mod new;
mod paths;
mod problems;
mod progress;
mod registers;
mod report;
mod schema;
mod simulate;
mod test;
mod words;
mod worklist;

pub use context::{Context, Exit, Failure};
pub(crate) use diff::Document as DiffDocument;
pub use paths::Paths;

use clap::{
    Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use std::process::ExitCode;

use crate::lang::Lang;

/// A compiler and runtime for Norwegian patient pathways (pakkeforløp).
#[derive(Debug, Parser)]
#[command(
    name = "forlop",
    version,
    after_help = "A PATH is a file, a folder (every .forlop in it) or - (standard input).
Exit status: 0 fine, 1 the input has errors, 2 wrong use, 3 a file could not be read or written."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Language of everything a person reads [default: that of the locale]
    #[arg(long, global = true, value_name = "LANG", value_parser = lang_parser())]
    lang: Option<Lang>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find what is wrong or doubtful in specifications
    Check(check::Check),
    /// Write the rule tables as JSON
    Compile(compile::Compile),
    /// Tell what a change means, and whom it touches
    Diff(diff::Diff),
    /// Write the rules for other systems: Rust, TypeScript, SQL, FHIR or DMN
    Emit(emit::Emit),
    /// Judge patients' courses
    Eval(eval::Eval),
    /// Count courses by period and institution, with small counts hidden
    Report(report::ReportCommand),
    /// Run the examples of specifications
    Test(test::Test),
    /// Write specifications in canonical layout
    Fmt(fmt::Fmt),
    /// Write a started specification, with what must be filled in marked
    New(new::New),
    /// Explain a finding, with an example and its cure
    Explain(explain::Explain),
    /// Write shell completions
    Completions(completions::Completions),
    /// Write the JSON Schema of the rule tables or of the answers, or OpenAPI of all
    Schema(schema::Schema),
    /// Make up a cohort with the answers that it must give
    Simulate(simulate::Simulate),
    /// List open courses for coordinators, the nearest due date first
    Worklist(worklist::Worklist),
}

/// Runs the program on this process's arguments and streams.
pub fn main() -> ExitCode {
    #[cfg(feature = "parquet")]
    crate::input::hush_caught_panics();
    let cli = Cli::parse();
    let exit = cli.run(&mut Context::of_process());
    ExitCode::from(exit as u8)
}

impl Cli {
    /// Runs one command. What fails is told on the error stream.
    pub fn run(self, context: &mut Context) -> Exit {
        if let Some(lang) = self.lang {
            context.lang = lang;
        }
        let result = match self.command {
            Command::Check(command) => command.run(context),
            Command::Compile(command) => command.run(context),
            Command::Diff(command) => command.run(context),
            Command::Emit(command) => command.run(context),
            Command::Eval(command) => command.run(context),
            Command::Report(command) => command.run(context),
            Command::Test(command) => command.run(context),
            Command::Fmt(command) => command.run(context),
            Command::New(command) => command.run(context),
            Command::Explain(command) => command.run(context),
            Command::Completions(command) => command.run(context),
            Command::Schema(command) => command.run(context),
            Command::Simulate(command) => command.run(context),
            Command::Worklist(command) => command.run(context),
        };
        context.finish(result)
    }
}

fn lang_parser() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(["nb", "en"]).map(|word| if word == "en" { Lang::En } else { Lang::Nb })
}
