//! `forlop check`: every finding, sorted by place.

use clap::{ArgAction, Args, ValueEnum};

use super::{Context, Exit, Failure, Paths};
use crate::diagnostic::{Severity, human, json};

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    #[command(flatten)]
    paths: Paths,
    /// How the findings are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Let warnings too give exit status 1
    #[arg(long, value_enum, value_name = "SEVERITY")]
    deny: Option<Deny>,
    /// Whether to prove what courses the rules allow
    #[arg(long, default_value_t = true, default_missing_value = "true", num_args = 0..=1, require_equals = true, action = ArgAction::Set)]
    deep: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// One JSON array
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    /// Warnings and errors
    Warning,
}

impl Check {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        let mut compilation = self.paths.compile(context)?;
        if self.deep {
            compilation.prove();
        }
        let findings = &compilation.findings;
        match self.format {
            Format::Json => json::write(&mut context.out, findings, &compilation.files, context.lang)?,
            Format::Human => {
                for finding in findings {
                    human::write(&mut context.out, finding, &compilation.files, context.lang, context.width)?;
                }
                let summary = human::summary(findings, compilation.files.iter().count());
                writeln!(context.out, "{}", summary.get(context.lang))?;
            }
        }
        // Severities are ordered from the worst.
        let worst_allowed = if self.deny.is_some() { Severity::Warning } else { Severity::Error };
        let denied = findings.iter().any(|finding| finding.severity() <= worst_allowed);
        Ok(if denied { Exit::Errors } else { Exit::Fine })
    }
}
