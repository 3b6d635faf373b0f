//! Whether anyone would notice a wrong specification.

use std::io;

use serde::Serialize;

use crate::{
    cases::{Changed, Noticed, notice, text},
    cli::{Context, Exit, Failure, words::place},
    lang::Lang,
    tables::{Origin, Pathway, Tables},
    text,
};

/// What came of one pathway.
#[derive(Serialize)]
struct Row<'a> {
    pathway: &'a str,
    /// In per cent.
    share: f64,
    noticed: usize,
    unnoticed: Vec<Change<'a>>,
    equivalent: Vec<Change<'a>>,
    /// Examples as text.
    proposals: Vec<String>,
}

#[derive(Serialize)]
struct Change<'a> {
    what: &'a str,
    origin: &'a Origin,
    /// The number, from 0, of the proposed example that notices it.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<usize>,
}

pub(super) fn run(tables: &Tables, json: bool, least: Option<f64>, context: &mut Context) -> Result<Exit, Failure> {
    let mut results: Vec<(&Pathway, Noticed)> = Vec::new();
    for pathway in &tables.pathways {
        match notice(pathway) {
            Ok(noticed) => results.push((pathway, noticed)),
            Err(error) => {
                context.complain(error.text())?;
                return Ok(Exit::Errors);
            }
        }
    }
    if json {
        let lang = context.lang;
        let rows: Vec<Row> = results.iter().map(|(pathway, noticed)| row(pathway, noticed, lang)).collect();
        serde_json::to_writer_pretty(&mut context.out, &rows)?;
        writeln!(context.out)?;
    } else {
        results.iter().try_for_each(|(pathway, noticed)| tell(pathway, noticed, context))?;
    }
    let too_few = least.is_some_and(|least| results.iter().any(|(_, noticed)| noticed.share() < least));
    Ok(if too_few { Exit::Errors } else { Exit::Fine })
}

fn row<'a>(pathway: &'a Pathway, noticed: &'a Noticed, lang: Lang) -> Row<'a> {
    let change =
        |changed: &'a Changed, proposal| Change { what: changed.what.get(lang), origin: &changed.origin, proposal };
    Row {
        pathway: &pathway.id,
        share: (noticed.share() * 10.0).round() / 10.0,
        noticed: noticed.noticed,
        unnoticed: noticed.unnoticed.iter().map(|one| change(&one.changed, Some(one.proposal))).collect(),
        equivalent: noticed.equivalent.iter().map(|changed| change(changed, None)).collect(),
        proposals: noticed.proposals.iter().map(|example| text(example, pathway)).collect(),
    }
}

/// Unnoticed changes under the example that would notice them; then how many there were.
fn tell(pathway: &Pathway, noticed: &Noticed, context: &mut Context) -> io::Result<()> {
    let lang = context.lang;
    for (number, proposal) in noticed.proposals.iter().enumerate() {
        for unnoticed in noticed.unnoticed.iter().filter(|unnoticed| unnoticed.proposal == number) {
            let Changed { what, origin } = &unnoticed.changed;
            writeln!(context.out, "{}: {}", place(origin), what.get(lang))?;
        }
        let words = text!("  Dette eksemplet ville merket det:", "  This example would notice:");
        writeln!(context.out, "{}", words.get(lang))?;
        for line in text(proposal, pathway).lines() {
            writeln!(context.out, "    {line}")?;
        }
    }
    for Changed { what, origin } in &noticed.equivalent {
        let what = what.get(lang);
        let words = text!("{what} (endrer ingen svar)", "{what} (changes no answer)");
        writeln!(context.out, "{}: {}", place(origin), words.get(lang))?;
    }
    let (id, seen, equivalent) = (&pathway.id, noticed.noticed, noticed.equivalent.len());
    let all = seen + noticed.unnoticed.len();
    let share = share(noticed.share());
    let words = text!(
        "{id}: eksemplene merker {seen} av {all} endringer ({share} %); {equivalent} til endrer ingen svar.",
        "{id}: the examples notice {seen} of {all} changes ({share} %); {equivalent} more change no answer."
    );
    writeln!(context.out, "{}", words.get(lang))
}

/// Whole per cent, and 100 only if it is all.
fn share(share: f64) -> String {
    format!("{:.0}", share.floor())
}
