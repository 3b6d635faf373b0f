//! What remains of an open course, and how late it can come.

use super::{
    grid::{Grid, dim},
    intervals::limit_name,
};
use crate::{
    cli::words,
    lang::{Lang, Text},
    runtime::{Course, Latest, LimitNamed},
    tables::Pathway,
    text,
};

/// One row for each point that remains.
pub(super) fn remaining(pathway: &Pathway, course: &Course, lang: Lang) -> Grid {
    let rows = course.latest.iter().flatten().map(|latest| {
        let day = latest.latest.map(|day| words::date(day, lang)).unwrap_or_default();
        [point(pathway, latest), day, reason(latest, lang)]
    });
    let title = |title: Text| dim(title.get(lang));
    Grid::new(0, rows).titles([
        title(text!("Gjenstår", "Remaining")),
        title(text!("Senest", "At the latest")),
        title(text!("Fordi", "Because")),
    ])
}

/// The codes without what they all begin with; a single one with its label.
fn point(pathway: &Pathway, latest: &Latest) -> String {
    let short = |code: &str| code.strip_prefix(pathway.id.as_str()).unwrap_or(code).to_owned();
    match latest.codes.as_slice() {
        [code] => {
            let label = pathway.codes.iter().find(|declared| declared.code == *code).map(|code| code.label.as_str());
            format!("{} {}", short(code), label.unwrap_or_default())
        }
        codes => codes.iter().map(|code| short(code)).collect::<Vec<_>>().join(", "),
    }
}

fn reason(latest: &Latest, lang: Lang) -> String {
    let binds = latest.because.as_ref().map(|because| {
        let name = name(because);
        match because.due.filter(|due| Some(*due) != latest.latest) {
            Some(due) => {
                let due = words::date(due, lang);
                text!("{name} har frist {due}", "{name} is due {due}")
            }
            None => text!("fristen for {name}", "the limit of {name}"),
        }
    });
    let lost: Vec<String> = latest.lost.iter().map(name).collect();
    let lost = (!lost.is_empty()).then(|| {
        let lost = words::list(&lost, lang);
        text!("{lost} kan ikke lenger holdes", "{lost} can no longer be kept")
    });
    let parts: Vec<String> = [binds, lost].into_iter().flatten().map(|part| part.get(lang).to_owned()).collect();
    if parts.is_empty() { text!("ingen frist binder", "no limit binds").get(lang).to_owned() } else { parts.join("; ") }
}

fn name(limit: &LimitNamed) -> String {
    limit_name(limit.interval, limit.treatment)
}
