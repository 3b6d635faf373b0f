//! What is not known or not registered, and what it would change.

use super::{
    grid::{Grid, dim},
    intervals::limit_name,
};
use crate::{
    cli::words,
    lang::{Lang, Text},
    runtime::{Change, Consequence, Course, Missing},
    tables::Pathway,
    text,
};

/// How many changes of one outcome are told; the JSON has all.
const TOLD: usize = 4;

/// One row for each outcome, under what is missing.
pub(super) fn missing(pathway: &Pathway, course: &Course, lang: Lang) -> Grid {
    let rows = course.missing.iter().flatten().flat_map(|missing| {
        missing.outcomes.iter().enumerate().map(move |(at, outcome)| {
            let name = if at == 0 { names(pathway, missing, lang) } else { String::new() };
            [name, given(outcome, lang), becomes(course, outcome, lang)]
        })
    });
    let title = |title: Text| dim(title.get(lang));
    Grid::new(2, rows).titles([
        title(text!("Mangler", "Missing")),
        title(text!("Hvis", "If")),
        title(text!("Da", "Then")),
    ])
}

fn names(pathway: &Pathway, missing: &Missing, lang: Lang) -> String {
    let short = |code: &&str| code.strip_prefix(pathway.id.as_str()).unwrap_or(code).to_owned();
    let names: Vec<String> =
        missing.facts.iter().map(|fact| (*fact).to_owned()).chain(missing.codes.iter().map(short)).collect();
    words::list(&names, lang)
}

fn given(outcome: &Consequence, lang: Lang) -> String {
    let dates = outcome.dates.iter().map(|date| words::date(*date, lang));
    let values: Vec<String> = outcome.values.iter().cloned().chain(dates).collect();
    words::list(&values, lang)
}

fn becomes(course: &Course, outcome: &Consequence, lang: Lang) -> String {
    let mut parts: Vec<String> =
        outcome.changes.iter().take(TOLD).map(|change| in_words(course, change, lang)).collect();
    if let Some(more @ 1..) = outcome.changes.len().checked_sub(TOLD) {
        parts.push(text!("{more} til", "{more} more").get(lang).to_owned());
    }
    parts.extend(outcome.findings.iter().map(|code| text!("uten {code}", "no {code}").get(lang).to_owned()));
    parts.join("; ")
}

/// «OF1 innenfor → overskredet (4 dager)»: the amount where it is another one.
fn in_words(course: &Course, change: &Change, lang: Lang) -> String {
    let name = limit_name(change.interval, change.treatment);
    let before = course.intervals.iter().find(|answer| answer.key() == change.key());
    let after = words::status(change.status).get(lang).to_owned();
    let status = match before.map(|before| before.status).filter(|before| *before != change.status) {
        Some(before) => format!("{} → {after}", words::status(before).get(lang)),
        None => after,
    };
    let same = before.is_some_and(|before| (before.limit, before.unit) == (change.limit, change.unit));
    let limit = match change.limit.zip(change.unit).filter(|_| !same) {
        Some((amount, unit)) => format!(" ({})", crate::runtime::amount(amount, unit, lang)),
        None => String::new(),
    };
    format!("{name} {status}{limit}")
}
