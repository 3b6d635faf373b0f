//! Decision tables as rows: where the patient should go.

use comfy_table::Cell;

use super::{
    Layout,
    criteria::reason,
    grid::{Grid, coloured},
};
use crate::{
    cli::words::{self, Sign},
    lang::Lang,
    runtime::{RouteAnswer, RouteResult},
    tables::{Content, Outcome, Pathway, Routes, Strength, Tables, Target},
    text,
};

/// The decision tables that apply, or may apply; to explain them, with the row that holds.
pub(super) fn routes(tables: &Tables, pathway: &Pathway, answers: &[RouteAnswer], layout: Layout) -> Grid {
    let lang = layout.lang;
    let shown = answers.iter().filter(|answer| answer.result != RouteResult::NotApplicable);
    let rows = shown.flat_map(|answer| {
        let own = pathway.contents().find_map(|content| match content {
            Content::Routes(own) if own.name == answer.route => Some(own),
            _ => None,
        });
        let label = own.map_or(answer.route, |own| own.label.as_str());
        let outcome = answer.outcome.and_then(|outcome| words(tables, outcome, lang));
        let row = own.zip(answer.row).and_then(|(own, row)| own.rows.get(row.checked_sub(1)?));
        let note = row.and_then(|row| row.note.clone());
        let place = row.filter(|_| layout.explain).zip(answer.row).map(|(row, number)| {
            let place = words::place(&row.origin);
            text!("rad {number} ({place})", "row {number} ({place})").get(lang).to_owned()
        });
        let reasons = [note, place, possible(tables, own, answer, lang), words::settled_by(&answer.settled_by, lang)];
        let sign = Sign::of_route(answer.word());
        let status = sign.before(words::route(answer.word()).get(lang));
        let first = [coloured(status, sign.colour()), Cell::new(label)];
        let outcome = outcome.map(|outcome| [Cell::new(""), Cell::new(outcome)]);
        std::iter::once(first).chain(outcome).chain(reasons.into_iter().flatten().map(reason))
    });
    Grid::new(1, rows).section(text!("Veivalg", "Ways on").get(lang))
}

/// Where the rows that could still hold lead.
fn possible(tables: &Tables, own: Option<&Routes>, answer: &RouteAnswer, lang: Lang) -> Option<String> {
    let rows = answer.possible.iter().filter_map(|row| own?.rows.get(row.checked_sub(1)?));
    let mut outcomes: Vec<String> = Vec::new();
    for row in rows {
        let kind = words::route(word(&row.outcome));
        let rest = words(tables, &row.outcome, lang).map_or(String::new(), |rest| match row.outcome {
            Outcome::Refer { .. } => format!(" {rest}"),
            _ => format!(" ({rest})"),
        });
        let outcome = format!("{}{rest}", kind.get(lang));
        if !outcomes.contains(&outcome) {
            outcomes.push(outcome);
        }
    }
    let outcomes = outcomes.join("; ");
    (!outcomes.is_empty()).then(|| text!("mulig: {outcomes}", "possible: {outcomes}").get(lang).to_owned())
}

/// What comes after the kind of outcome.
fn words(tables: &Tables, outcome: &Outcome, lang: Lang) -> Option<String> {
    match outcome {
        Outcome::Refer { target, strength } => {
            let target = match target {
                Target::Pathway { id } => {
                    let known = tables.pathways.iter().find(|pathway| pathway.id == *id);
                    known.map_or(id.clone(), |pathway| pathway.title.clone())
                }
                Target::Named { title } => title.clone(),
                Target::NewCourse => text!("nytt forløp", "a new course").get(lang).to_owned(),
            };
            let words = match strength {
                Strength::Kan => text!("eventuelt til {target}", "possibly to {target}"),
                _ => text!("til {target}", "to {target}"),
            };
            Some(words.get(lang).to_owned())
        }
        Outcome::Included => None,
        Outcome::Outside { text } | Outcome::AtOnce { text } | Outcome::Onward { text } => Some(text.clone()),
    }
}

/// The kind of outcome as the answers write it.
fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Refer { .. } => "refer",
        Outcome::Included => "included",
        Outcome::Outside { .. } => "outside",
        Outcome::AtOnce { .. } => "at_once",
        Outcome::Onward { .. } => "onward",
    }
}
