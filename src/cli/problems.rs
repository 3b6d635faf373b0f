//! Rows that could not be used, on the error stream.

use std::{
    io::{self, Write},
    mem::discriminant,
};

use super::words::counted;
use crate::{input::Problem, lang::Lang, text};

/// How many rows of each kind are shown.
const SHOWN: usize = 20;

/// Writes the problems by file and kind, then how many rows were left out. No problems, no text.
pub(super) fn write(out: &mut dyn Write, problems: &[Problem], lang: Lang) -> io::Result<()> {
    let mut rest: Vec<&Problem> = problems.iter().collect();
    while let Some(first) = rest.first().copied() {
        let same = |problem: &&Problem| {
            problem.file == first.file && discriminant(&problem.reason) == discriminant(&first.reason)
        };
        let (kind, others): (Vec<&Problem>, _) = rest.into_iter().partition(same);
        for problem in kind.iter().take(SHOWN) {
            writeln!(out, "{}:{}: {}", problem.file, problem.line, problem.reason.text().get(lang))?;
        }
        if let Some(more) = kind.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            writeln!(out, "{}", text!("… og {more} til", "… and {more} more").get(lang))?;
        }
        rest = others;
    }
    if problems.is_empty() {
        return Ok(());
    }
    let rows = counted(problems.len() as u64, &text!("rad", "row"), &text!("rader", "rows"), lang);
    writeln!(out, "{}", text!("{rows} kunne ikke brukes.", "{rows} could not be used.").get(lang))
}
