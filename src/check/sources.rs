//! Sources (`kilde`).

use super::{report::Report, scope::Names};
use crate::{
    syntax::tree::{Label, Statement},
    tables::Source,
};

pub fn lower(body: &[Statement], names: &mut Names, report: &mut Report) -> Vec<Source> {
    let text = |label: &Option<Label>| label.as_ref().map(|label| label.value.clone());
    let mut sources = Vec::new();
    for statement in body {
        let Statement::Source(source) = statement else { continue };
        if names.declare(&source.name, report) {
            sources.push(Source {
                name: source.name.value.clone(),
                title: source.title.value.clone(),
                publisher: text(&source.publisher),
                url: text(&source.url),
                date: source.date.as_ref().map(|date| date.value),
                note: text(&source.note),
                origin: report.origin(source.name.span),
            });
        }
    }
    sources
}
