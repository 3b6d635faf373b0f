//! Investigations as rows, a grid for each list.

use comfy_table::Cell;

use super::{
    Layout,
    grid::{Grid, coloured, dim},
};
use crate::{
    cli::words::{self, Sign},
    runtime::{InvestigationAnswer, InvestigationStatus},
    tables::{Content, Pathway, Strength},
    text,
};

/// The investigations that apply, or may apply.
pub(super) fn investigations(pathway: &Pathway, answers: &[InvestigationAnswer], layout: Layout) -> Vec<Grid> {
    let lists = answers.chunk_by(|one, other| one.list == other.list);
    lists.filter_map(|list| Some(grid(pathway, list.first()?.list, list, layout))).collect()
}

fn grid(pathway: &Pathway, name: &str, answers: &[InvestigationAnswer], layout: Layout) -> Grid {
    let lang = layout.lang;
    let own = pathway.contents().find_map(|content| match content {
        Content::List(own) if own.name == name => Some(own),
        _ => None,
    });
    let place = own.filter(|_| layout.explain).map_or(String::new(), |own| format!(" ({})", words::place(&own.origin)));
    let label = format!("{}{place}", own.map_or(name, |own| own.label.as_str()));
    let shown = answers.iter().filter(|answer| answer.status != InvestigationStatus::NotApplicable);
    // What a finished investigation could also have consisted of needs no line.
    let idle = |answer: &&InvestigationAnswer| {
        let undone = matches!(answer.status, InvestigationStatus::Unknown | InvestigationStatus::Lacking);
        let within = |outer: &InvestigationAnswer| {
            outer.status == InvestigationStatus::Done
                && outer
                    .item
                    .zip(answer.item)
                    .is_some_and(|(outer, item)| item.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/')))
        };
        undone && answers.iter().any(within)
    };
    let shown = shown.filter(|answer| !idle(answer));
    let rows = shown.flat_map(|answer| {
        let avoided = answer.strength == Some(Strength::Unngå) && answer.status == InvestigationStatus::Lacking;
        let status = if avoided { text!("unngått", "avoided") } else { words::investigation(answer.status.word()) };
        let sign = if avoided { Sign::Good } else { Sign::of_investigation(answer.status, answer.strength) };
        let depth = answer.item.map_or(0, |item| item.matches('/').count());
        let first = [
            coloured(sign.before(status.get(lang)), sign.colour()),
            Cell::new(answer.strength.map_or(String::new(), |strength| words::strength(strength).get(lang).to_owned())),
            Cell::new(format!("{}{}", "· ".repeat(depth), answer.text)),
            Cell::new(answer.date.map_or(String::new(), |date| words::date(date, lang))),
        ];
        // That its own value settles it goes without saying.
        let own = |set: &[&str]| matches!(set, [fact] if answer.item.is_some_and(|item| item.rsplit('/').next() == Some(*fact)));
        let told = answer.settled_by.iter().all(|set| own(set));
        let settled = (!told).then(|| words::settled_by(&answer.settled_by, lang)).flatten();
        std::iter::once(first).chain(settled.map(|words| [Cell::new(""), Cell::new(""), dim(words), Cell::new("")]))
    });
    Grid::new(2, rows).section(text!("Undersøkelser: {label}", "Investigations: {label}").get(lang))
}
