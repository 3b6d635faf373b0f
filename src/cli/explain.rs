//! `forlop explain`: the page of a finding.

use anstyle::Style;
use clap::Args;

use super::{Context, Exit, Failure};
use crate::{diagnostic::Code, lang::Lang, text};

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub struct Explain {
    /// Number or name of a finding (F0203, ukjent-kode); without it, all are listed
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        let Some(word) = self.code else {
            return list(context);
        };
        if let Some(code) = Code::find(&word) {
            return show(code.page(context.lang), context);
        }
        let nearest = nearest(&word);
        let (number, name) = (nearest.number(), nearest.name());
        context.complain(&text!(
            "ingen funn heter «{word}» – mente du «{number} {name}»?",
            "no finding is called «{word}» – did you mean «{number} {name}»?"
        ))?;
        Ok(Exit::WrongUse)
    }
}

/// The page as it is, its headings bold.
fn show(page: &str, context: &mut Context) -> Result<Exit, Failure> {
    let bold = Style::new().bold();
    let mut in_example = false;
    for line in page.lines() {
        in_example ^= line.starts_with("```");
        if line.starts_with('#') && !in_example {
            writeln!(context.out, "{bold}{line}{bold:#}")?;
        } else {
            writeln!(context.out, "{line}")?;
        }
    }
    Ok(Exit::Fine)
}

fn list(context: &mut Context) -> Result<Exit, Failure> {
    for code in Code::ALL {
        writeln!(context.out, "{}  {:<24} {}", code.number(), code.name(), title(*code, context.lang))?;
    }
    Ok(Exit::Fine)
}

/// The sentence under the heading of a code's page.
fn title(code: Code, lang: Lang) -> &'static str {
    code.page(lang).lines().nth(2).unwrap_or_default()
}

fn nearest(word: &str) -> Code {
    let likeness = |code: &Code| {
        let by_number = strsim::jaro_winkler(&word.to_uppercase(), code.number());
        by_number.max(strsim::jaro_winkler(&word.to_lowercase(), code.name()))
    };
    // The registry is not empty; its first code stands in all the same.
    Code::ALL.iter().copied().rev().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).unwrap_or(Code::Syntax)
}
