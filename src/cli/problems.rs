//! Rows that could not be used, on the error stream.

use std::io::{self, Write};

use super::words::counted;
use crate::{input::Problems, lang::Lang, text};

/// Writes the problems by file and kind, then how many rows were left out. No problems, no text. No field of a row is shown.
pub(super) fn write(out: &mut dyn Write, problems: &Problems, lang: Lang) -> io::Result<()> {
    write_with(out, problems, lang, false)
}

/// The same, perhaps with the fields of rows that are wrong.
pub(super) fn write_with(out: &mut dyn Write, problems: &Problems, lang: Lang, values: bool) -> io::Result<()> {
    for kind in problems.kinds() {
        for problem in &kind.first {
            let text = if values { problem.reason.text() } else { problem.reason.discreet() };
            writeln!(out, "{}:{}: {}", problem.file, problem.line, text.get(lang))?;
        }
        if let Some(more) = kind.count.checked_sub(kind.first.len()).filter(|more| *more > 0) {
            writeln!(out, "{}", text!("… og {more} til", "… and {more} more").get(lang))?;
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    let rows = counted(problems.count() as u64, &text!("rad", "row"), &text!("rader", "rows"), lang);
    writeln!(out, "{}", text!("{rows} kunne ikke brukes.", "{rows} could not be used.").get(lang))
}
