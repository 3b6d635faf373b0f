//! What the examples decide, and what they do not.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
};

use super::source_line;
use crate::{
    cases::{Covered, Kind, coverage},
    cli::{Context, Failure, files::replace, words::place},
    lang::Text,
    runtime::Evaluator,
    source::Files,
    tables::Tables,
    text,
};

pub(super) fn run(
    tables: &Tables,
    evaluator: &Evaluator,
    files: &Files,
    told: bool,
    lcov: Option<&Path>,
    context: &mut Context,
) -> Result<(), Failure> {
    let all: Vec<Covered> = tables.pathways.iter().flat_map(|pathway| coverage(evaluator, pathway)).collect();
    if told {
        tell(&all, files, context)?;
    }
    if let Some(path) = lcov {
        replace(&context.folder.join(path), |out| write_lcov(&all, out))?;
    }
    Ok(())
}

fn tell(all: &[Covered], files: &Files, context: &mut Context) -> io::Result<()> {
    let lang = context.lang;
    let mut lacking: Vec<&Covered> = all.iter().filter(|row| row.examples == 0).collect();
    lacking.sort_by_key(|row| (&row.origin, row.kind));
    for row in &lacking {
        let Text { nb, en } = lack(row);
        let place = place(&row.origin);
        writeln!(context.out, "{place}: {}", text!("{nb}", "{en}").get(lang))?;
        if let Some(line) = source_line(files, &row.origin) {
            writeln!(context.out, "{:>8} | {line}", row.origin.line)?;
        }
    }
    let (count, of) = (all.len() - lacking.len(), all.len());
    let words =
        text!("{count} av {of} rader avgjøres av et eksempel.", "{count} of {of} rows are decided by an example.");
    writeln!(context.out, "{}", words.get(lang))
}

fn lack(row: &Covered) -> Text {
    let name = &row.name;
    match row.kind {
        Kind::Limit => {
            text!("{name}: ingen eksempler avgjøres av fristen", "{name}: no example is decided by the limit")
        }
        Kind::Variant => text!("varianten {name} gjelder i ingen eksempler", "the variant {name} holds in no example"),
        Kind::RuleApplied => text!("regelen {name} brukes i ingen eksempler", "the rule {name} applies in no example"),
        Kind::RuleBroken => text!("regelen {name} brytes i ingen eksempler", "the rule {name} is broken in no example"),
        Kind::Criteria => text!("{name} avgjør ingen eksempler", "{name} decides no example"),
        Kind::Route => text!("{name} gjelder i ingen eksempler", "{name} holds in no example"),
        Kind::Investigation => {
            text!("undersøkelsen {name} spørres det ikke etter", "the investigation {name} is not asked for")
        }
    }
}

/// A line counts for as many examples as the least of what stands on it.
fn write_lcov(all: &[Covered], out: &mut dyn Write) -> io::Result<()> {
    let mut lines: BTreeMap<&str, BTreeMap<u32, usize>> = BTreeMap::new();
    for row in all {
        let counts = lines.entry(&row.origin.file).or_default();
        let count = counts.entry(row.origin.line).or_insert(row.examples);
        *count = row.examples.min(*count);
    }
    for (file, counts) in lines {
        writeln!(out, "TN:\nSF:{file}")?;
        for (line, count) in &counts {
            writeln!(out, "DA:{line},{count}")?;
        }
        let hit = counts.values().filter(|count| **count > 0).count();
        writeln!(out, "LF:{}\nLH:{hit}\nend_of_record", counts.len())?;
    }
    Ok(())
}
