//! `forlop completions`: for the shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Context, Exit, Failure};

/// Arguments of `completions`.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        // Into memory first: the generator panics where the stream is closed.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "forlop", &mut script);
        context.out.write_all(&script)?;
        Ok(Exit::Fine)
    }
}
