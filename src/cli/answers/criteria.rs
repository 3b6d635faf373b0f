//! Criteria as rows: what came of them, what decided, and what could.

use comfy_table::Cell;

use super::{
    assessment::contents,
    grid::{Grid, coloured, dim},
};
use crate::{
    cli::words::{self, Sign},
    lang::Lang,
    runtime::{CriteriaAnswer, CriteriaResult},
    tables::{Content, CriteriaItem, Pathway, Quantified},
    text,
};

/// The criteria that apply, or may apply.
pub(super) fn criteria(pathway: &Pathway, answers: &[CriteriaAnswer], lang: Lang) -> Grid {
    let shown = answers.iter().filter(|answer| answer.result != CriteriaResult::NotApplicable);
    let rows = shown.flat_map(|answer| {
        let own = contents(pathway).find_map(|content| match content {
            Content::Criteria(own) if own.name == answer.criteria => Some(own),
            _ => None,
        });
        let label = own.map_or(answer.criteria, |own| own.label.as_str());
        let decided: Vec<String> = answer
            .decided_by
            .iter()
            .map(|item| {
                let sign = if answer.met.contains(item) { Sign::Good } else { Sign::Bad };
                let label = own.and_then(|own| item_label(&own.quantified, item)).unwrap_or(item);
                format!("{} {label}", sign.mark())
            })
            .collect();
        let decided = decided.join("; ");
        let reasons = [
            (!decided.is_empty()).then(|| text!("avgjort av: {decided}", "decided by: {decided}").get(lang).to_owned()),
            words::settled_by(&answer.settled_by, lang),
        ];
        let sign = Sign::of_criteria(answer.result);
        let status = sign.before(words::criteria(answer.result.word()).get(lang));
        let first = [coloured(status, sign.colour()), Cell::new(label)];
        std::iter::once(first).chain(reasons.into_iter().flatten().map(reason))
    });
    Grid::new(1, rows).section(text!("Kriterier", "Criteria").get(lang))
}

/// A row under another one that says why.
pub(super) fn reason(words: String) -> [Cell; 2] {
    [Cell::new(""), dim(words)]
}

/// What a person reads for an item by the way to it, `alarm/heshet`.
fn item_label<'t>(quantified: &'t Quantified, path: &str) -> Option<&'t str> {
    let mut steps = path.split('/');
    let find = |items: &'t [CriteriaItem], name: &str| items.iter().find(|item| item.name == name);
    let first = find(&quantified.items, steps.next()?)?;
    let last = steps.try_fold(first, |item, step| find(&item.nested.as_ref()?.items, step))?;
    Some(&last.label)
}
