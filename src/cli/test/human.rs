//! Examples that do not hold, for people: what was expected, what came out, why, and the lines that say so.

use std::io;

use super::{Tested, source_line, words};
use crate::{
    cases::why,
    cli::{
        Context,
        words::{counted, place},
    },
    lang::{Lang, Text},
    runtime::{Evaluator, Found, Mismatch},
    source::Files,
    tables::Origin,
    text,
};

pub(super) fn write(tested: &[Tested], evaluator: &Evaluator, files: &Files, context: &mut Context) -> io::Result<()> {
    let lang = context.lang;
    for Tested { pathway, example, mismatches } in tested {
        for mismatch in mismatches {
            writeln!(context.out, "{}", sentence(&example.name, mismatch, lang))?;
            let why = why(evaluator, pathway, example, mismatch.expectation, lang);
            for line in excerpts(mismatch, files).chain(why) {
                writeln!(context.out, "    {line}")?;
            }
        }
    }
    let failing = tested.iter().filter(|tested| !tested.mismatches.is_empty()).count();
    writeln!(context.out, "{}", summary(tested.len(), failing, lang).get(lang))
}

fn summary(examples: usize, failing: usize, lang: Lang) -> Text {
    let count = u64::try_from(examples).unwrap_or(u64::MAX);
    let all = counted(count, &text!("eksempel", "example"), &text!("eksempler", "examples"), lang);
    match (examples, failing) {
        (0, _) => text!("Det er ingen eksempler å prøve.", "There are no examples to run."),
        (1, 0) => text!("{all}, og det holder.", "{all}, and it holds."),
        (_, 0) => text!("{all}, alle holder.", "{all}, all hold."),
        _ => text!("{all}, {failing} holder ikke.", "{all}, {failing} not holding."),
    }
}

/// `a.forlop:12: «navn»: ventet OF1 innenfor 10 dager, fant overskredet 15 dager (fristen står i a.forlop:4)`
fn sentence(name: &str, mismatch: &Mismatch, lang: Lang) -> String {
    let at = place(&mismatch.expectation.origin);
    let row = row(mismatch).map(|row| {
        let row = place(row);
        text!(" (fristen står i {row})", " (the limit is in {row})").get(lang).to_owned()
    });
    format!("{at}: «{name}»: {}{}", difference(mismatch, lang), row.unwrap_or_default())
}

/// «ventet OF1 innenfor 10 dager i forløp 2, fant overskredet 15 dager»
pub(super) fn difference(mismatch: &Mismatch, lang: Lang) -> String {
    let expected = words::expected(&mismatch.expectation.expected, lang);
    let found = words::found(&mismatch.found, lang);
    let course = match mismatch.expectation.course {
        1 => text!("", ""),
        number => text!(" i forløp {number}", " in course {number}"),
    };
    let course = course.get(lang);
    text!("ventet {expected}{course}, fant {found}", "expected {expected}{course}, found {found}").get(lang).to_owned()
}

/// The row that decided.
pub(super) fn row<'m>(mismatch: &'m Mismatch) -> Option<&'m Origin> {
    match &mismatch.found {
        Found::Interval { row, .. } => row.as_ref(),
        _ => None,
    }
}

/// The lines of the expectation and of the row that decided, with their numbers.
fn excerpts(mismatch: &Mismatch, files: &Files) -> impl Iterator<Item = String> {
    let places = std::iter::once(&mismatch.expectation.origin).chain(row(mismatch));
    places.filter_map(|origin| source_line(files, origin).map(|line| format!("{:>4} | {line}", origin.line)))
}
