//! The changes as Markdown, for a comment on a pull request.

use std::io::{self, Write};

use super::{Report, human, impact};
use crate::{
    diff::{Change, Class, Shown},
    lang::Lang,
    text,
};

pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let lang = report.lang;
    writeln!(out, "## {}\n", text!("Endringer i mening", "Changes of meaning").get(lang))?;
    if report.changes.is_empty() {
        writeln!(out, "{}", human::nothing().get(lang))?;
    } else {
        writeln!(out, "{}", human::summary(report).get(lang))?;
    }
    for class in Class::ALL {
        let changes = report.of(class);
        if changes.is_empty() {
            continue;
        }
        writeln!(out, "\n### {}\n", class.text().get(lang))?;
        table(out, &changes, lang)?;
        for change in changes {
            witness(out, change, lang)?;
        }
    }
    let accepted: Vec<_> =
        report.changes.iter().filter_map(|change| Some((change, report.accepted.of(change)?))).collect();
    if !accepted.is_empty() {
        writeln!(out, "\n### {}\n", text!("Godtatt", "Accepted").get(lang))?;
        for (change, why) in accepted {
            let (date, reason) = (why.date.to_string(), cell(&why.reason));
            writeln!(out, "- {} (`{}`) – {date}: {reason}", cell(change.message.get(lang)), change.id)?;
        }
    }
    let Some(counted) = &report.counted else { return Ok(()) };
    writeln!(out, "\n### {}\n", text!("Virkning", "Impact").get(lang))?;
    writeln!(out, "{}", impact::summary(&counted.impact, counted.as_of, lang).get(lang))?;
    let told = impact::told(&counted.impact, lang);
    if !told.is_empty() {
        let titles = text!("| Intervall | Endring | Før | Nå |", "| Interval | Change | Before | Now |");
        writeln!(out, "\n{}\n|---|---|---|---|", titles.get(lang))?;
    }
    for told in &told {
        writeln!(out, "| {} | {} | {} | {} |", cell(&told.name), told.shifts.join("<br>"), told.before, told.after)?;
    }
    for told in &told {
        writeln!(out, "\n<details><summary>{}</summary>\n", cell(&told.name))?;
        for (institution, shifts) in &told.institutions {
            writeln!(out, "- {}: {shifts}", cell(institution))?;
        }
        writeln!(out, "\n</details>")?;
    }
    Ok(())
}

fn table(out: &mut dyn Write, changes: &[&Change], lang: Lang) -> io::Result<()> {
    let titles = text!("| Endring | Sted | Id |", "| Change | Place | Id |");
    writeln!(out, "{}\n|---|---|---|", titles.get(lang))?;
    for change in changes {
        let also = human::also(change, lang).map_or(String::new(), |also| format!("<br>{}", cell(also.get(lang))));
        let places = human::places(change);
        writeln!(out, "| {}{also} | {} | `{}` |", cell(change.message.get(lang)), cell(places.get(lang)), change.id)?;
    }
    Ok(())
}

/// What shows a change, folded away.
fn witness(out: &mut dyn Write, change: &Change, lang: Lang) -> io::Result<()> {
    let shown = human::shown(&change.shown);
    match &change.shown {
        Shown::By(witness) => {
            writeln!(out, "\n<details><summary>{}: {}</summary>\n", cell(&change.id), cell(shown.get(lang)))?;
            writeln!(out, "```forlop\n{}```\n\n</details>", witness.text)
        }
        Shown::Words => Ok(()),
        Shown::Hidden | Shown::NotFound => writeln!(out, "\n`{}`: {}", change.id, cell(shown.get(lang))),
    }
}

/// Text that neither ends a cell nor is taken for HTML.
fn cell(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('|', "\\|").replace('\n', " ")
}
