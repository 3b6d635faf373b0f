//! Criteria as rows: what came of them, what decided, and what could.

use comfy_table::Cell;

use super::{
    Layout,
    grid::{Grid, coloured, dim},
};
use crate::{
    cli::words::{self, Sign},
    lang::Lang,
    runtime::{CriteriaAnswer, CriteriaResult},
    tables::{Content, Criteria, CriteriaItem, Pathway, Quantified},
    text,
};

/// The criteria that apply, or may apply; to explain them, with every item.
pub(super) fn criteria(pathway: &Pathway, answers: &[CriteriaAnswer], layout: Layout) -> Grid {
    let lang = layout.lang;
    let mut rows: Vec<[Cell; 2]> = Vec::new();
    for answer in answers.iter().filter(|answer| answer.result != CriteriaResult::NotApplicable) {
        let own = pathway.contents().find_map(|content| match content {
            Content::Criteria(own) if own.name == answer.criteria => Some(own),
            _ => None,
        });
        let sign = Sign::of_criteria(answer.result);
        let status = sign.before(words::criteria(answer.result.word()).get(lang));
        rows.push([coloured(status, sign.colour()), Cell::new(own.map_or(answer.criteria, |own| own.label.as_str()))]);
        match own.filter(|_| layout.explain) {
            Some(own) => {
                let (need, place) = (words::need(own.quantified.need), words::place(&own.origin));
                rows.push(reason(format!("{} ({place})", need.get(lang))));
                items(&own.quantified, "", answer, lang, &mut rows);
            }
            None => rows.extend(decided_by(own, answer, lang).map(reason)),
        }
        rows.extend(words::settled_by(&answer.settled_by, lang).map(reason));
    }
    Grid::new(1, rows).section(text!("Kriterier", "Criteria").get(lang))
}

/// «avgjort av: ✓ Over 40 år»
fn decided_by(own: Option<&Criteria>, answer: &CriteriaAnswer, lang: Lang) -> Option<String> {
    let items = answer.decided_by.iter().map(|item| {
        let label = own.and_then(|own| item_label(&own.quantified, item)).unwrap_or(item);
        format!("{} {label}", mark(answer, item))
    });
    let items = items.collect::<Vec<_>>().join("; ");
    (!items.is_empty()).then(|| text!("avgjort av: {items}", "decided by: {items}").get(lang).to_owned())
}

/// Every item with its sign, those within it under it.
fn items(quantified: &Quantified, within: &str, answer: &CriteriaAnswer, lang: Lang, rows: &mut Vec<[Cell; 2]>) {
    for item in &quantified.items {
        let path = format!("{within}{}", item.name);
        let indent = "· ".repeat(path.matches('/').count() + 1);
        let judge = item.judged_by.as_ref().map(|judge| text!("vurderes av {judge}", "judged by {judge}"));
        let need = item.nested.as_ref().map(|nested| words::need(nested.need));
        let remarks: Vec<String> = [need, judge].into_iter().flatten().map(|text| text.get(lang).to_owned()).collect();
        let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
        rows.push([Cell::new(""), Cell::new(format!("{indent}{} {}{remarks}", mark(answer, &path), item.label))]);
        if let Some(nested) = &item.nested {
            items(nested, &format!("{path}/"), answer, lang, rows);
        }
    }
}

/// The sign of an item by the way to it.
fn mark(answer: &CriteriaAnswer, path: &str) -> char {
    let sign = match () {
        () if answer.met.contains(&path) => Sign::Good,
        () if answer.not_met.contains(&path) => Sign::Bad,
        () => Sign::Unknown,
    };
    sign.mark()
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
