//! The changes for people: by class, each with its places and the smallest course that shows it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{
    super::words::{self, counted},
    Report, impact,
};
use crate::{
    diff::{Change, Class, Shown},
    lang::{Lang, Text},
    text,
};

pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let lang = report.lang;
    if report.changes.is_empty() {
        writeln!(out, "{}", nothing().get(lang))?;
    }
    for class in Class::ALL {
        let changes = report.of(class);
        if changes.is_empty() {
            continue;
        }
        let style = heading(class);
        writeln!(out, "{style}{} ({}){style:#}\n", class.text().get(lang), changes.len())?;
        for change in changes {
            one(out, change, lang)?;
            writeln!(out)?;
        }
    }
    accepted(out, report)?;
    if let Some(counted) = &report.counted {
        let style = Style::new().bold();
        writeln!(out, "{style}{}{style:#}", impact::summary(&counted.impact, counted.as_of, lang).get(lang))?;
        for told in impact::told(&counted.impact, lang) {
            writeln!(out, "\n  {}: {}", told.name, told.shifts.join(", "))?;
            let (before, after) = (&told.before, &told.after);
            writeln!(out, "    {}", text!("før: {before}", "before: {before}").get(lang))?;
            writeln!(out, "    {}", text!("nå: {after}", "now: {after}").get(lang))?;
            for (institution, shifts) in told.institutions {
                writeln!(out, "    {institution}: {shifts}")?;
            }
        }
        writeln!(out)?;
    }
    if !report.changes.is_empty() {
        writeln!(out, "{}", summary(report).get(lang))?;
    }
    Ok(())
}

/// What is said when nothing is changed.
pub(super) fn nothing() -> Text {
    text!("Ingen endring i mening.", "No change in meaning.")
}

fn heading(class: Class) -> Style {
    let colour = match class {
        Class::Running => AnsiColor::Red,
        Class::Registration => AnsiColor::Yellow,
        Class::Report => AnsiColor::Cyan,
        Class::Reading => return Style::new().bold(),
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

fn one(out: &mut dyn Write, change: &Change, lang: Lang) -> io::Result<()> {
    let dim = Style::new().dimmed();
    writeln!(out, "  {}", change.message.get(lang))?;
    writeln!(out, "    {dim}{}{dim:#}", change.id)?;
    writeln!(out, "    {}", places(change).get(lang))?;
    if let Some(also) = also(change, lang) {
        writeln!(out, "    {}", also.get(lang))?;
    }
    writeln!(out, "    {}", shown(&change.shown).get(lang))?;
    if let Shown::By(witness) = &change.shown {
        witness.text.lines().try_for_each(|line| writeln!(out, "      {line}"))?;
    }
    Ok(())
}

/// «a.forlop:12:5, før a.forlop:10:5»
pub(super) fn places(change: &Change) -> Text {
    let place = |origin: &crate::tables::Origin| format!("{}:{}", words::place(origin), origin.column);
    match (change.old.as_ref().map(place), change.new.as_ref().map(place)) {
        (Some(old), Some(new)) if old == new => text!("{new}", "{new}"),
        (Some(old), Some(new)) => text!("{new}, før {old}", "{new}, before {old}"),
        (Some(old), None) => text!("før {old}", "before {old}"),
        (None, new) => {
            let new = new.unwrap_or_default();
            text!("{new}", "{new}")
        }
    }
}

/// The variants that inherit the change, if any do.
pub(super) fn also(change: &Change, lang: Lang) -> Option<Text> {
    let variants = words::list(&change.also, lang);
    match change.also.len() {
        0 => None,
        1 => Some(text!("Også for varianten {variants}", "Also for the variant {variants}")),
        _ => Some(text!("Også for variantene {variants}", "Also for the variants {variants}")),
    }
}

/// What the smallest course shows, or why there is none.
pub(super) fn shown(shown: &Shown) -> Text {
    let witness = match shown {
        Shown::By(witness) => witness,
        Shown::Words => return text!("Ikke noe svar hviler på dette.", "No answer rests on this."),
        Shown::Hidden => {
            return text!(
                "Ikke noe svar endres: noe annet går alltid foran. Alle verdier av opplysningene er prøvd.",
                "No answer changes: something else always comes before it. Every state of the facts was tried."
            );
        }
        Shown::NotFound => {
            return text!("Det er ikke funnet noe forløp som viser det.", "No course was found that shows it.");
        }
    };
    let told = |lines: &[String], none: Text| {
        if lines.is_empty() { none } else { Text { nb: lines.join("; "), en: lines.join("; ") } }
    };
    let none = || text!("ingenting", "nothing");
    let (before, after) = (told(&witness.before, none()), told(&witness.after, none()));
    let ((before_nb, before_en), (after_nb, after_en)) = ((before.nb, before.en), (after.nb, after.en));
    text!(
        "Minste forløp som viser det: «{after_nb}», før «{before_nb}»",
        "The smallest course that shows it: «{after_en}», before «{before_en}»"
    )
}

fn accepted(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let lang = report.lang;
    let accepted: Vec<_> =
        report.changes.iter().filter_map(|change| Some((change, report.accepted.of(change)?))).collect();
    if accepted.is_empty() {
        return Ok(());
    }
    let style = Style::new().bold().fg_color(Some(AnsiColor::Green.into()));
    writeln!(out, "{style}{} ({}){style:#}\n", text!("Godtatt", "Accepted").get(lang), accepted.len())?;
    for (change, why) in accepted {
        let (date, reason) = (&why.date, &why.reason);
        writeln!(out, "  {}\n    {}\n    {date}: {reason}\n", change.message.get(lang), change.id)?;
    }
    Ok(())
}

/// «3 endringer: 1 bryter for løpende forløp, 2 endrer det som leses.»
pub(super) fn summary(report: &Report) -> Text {
    let count = |lang| {
        let total = report.changes.len() as u64;
        let mut parts: Vec<String> = Vec::new();
        for class in Class::ALL {
            let changes = report.of(class).len();
            let class = class.text();
            let mut word = class.get(lang).chars();
            let word: String = word.next().into_iter().flat_map(char::to_lowercase).chain(word).collect();
            parts.extend((changes > 0).then(|| format!("{changes} {word}")));
        }
        let accepted = report.changes.iter().filter(|change| report.accepted.of(change).is_some()).count();
        parts.extend((accepted > 0).then(|| text!("{accepted} godtatt", "{accepted} accepted").get(lang).to_owned()));
        let total = counted(total, &text!("endring", "change"), &text!("endringer", "changes"), lang);
        format!("{total}: {}.", words::list(&parts, lang))
    };
    Text { nb: count(Lang::Nb), en: count(Lang::En) }
}
