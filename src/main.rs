//! The `forlop` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    forlop::cli::main()
}
