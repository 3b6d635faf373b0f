//! The limits as a table with exactly one row for whatever has a limit, inherited rows included (rules 1 and 7).

use std::ptr;

use chrono::NaiveDate;

use super::{
    feel::{string, strings},
    search::annotation,
    table::{ANY, Input, Output, Rule, Table, optional, output},
};
use crate::{
    runtime::MAIN_COURSE,
    tables::{Form, Interval, Limit, Pathway},
};

/// What the limit decision answers.
pub(super) const LIMIT_OUTPUTS: [Output; 4] =
    [output("form", "type_form"), output("minimum", "number"), output("amount", "number"), output("unit", "type_unit")];

/// A row that holds for one key over following periods.
#[derive(Clone, Copy)]
struct Span<'p> {
    row: &'p Limit,
    first: usize,
    last: usize,
}

impl Span<'_> {
    fn is(&self, other: &Span) -> bool {
        ptr::eq(self.row, other.row) && (self.first, self.last) == (other.first, other.last)
    }
}

/// The limits of a pathway.
pub(super) fn limits(pathway: &Pathway) -> Table {
    let input = |label: &str, expression: &str, type_ref| Input {
        label: label.to_owned(),
        expression: expression.to_owned(),
        type_ref,
    };
    let inputs = vec![
        input("interval", "interval", "type_interval"),
        input("treatment", "treatment", "type_treatment"),
        input("variant", "variant.variant", "type_variant"),
        input("course start", "course_start", "date"),
    ];
    let changes = changes(pathway);
    let mut rules = Vec::new();
    for interval in &pathway.intervals {
        if interval.treatments.is_empty() {
            rules.extend(rows(pathway, interval, None, &changes));
        }
        for treatment in &interval.treatments {
            rules.extend(rows(pathway, interval, Some(&treatment.name), &changes));
        }
    }
    Table {
        id: "limit".to_owned(),
        name: "limit".to_owned(),
        hit_policy: "UNIQUE",
        inputs,
        outputs: &LIMIT_OUTPUTS,
        rules,
    }
}

/// The days on which other rows begin to hold.
fn changes(pathway: &Pathway) -> Vec<NaiveDate> {
    let firsts = pathway.limits.iter().filter_map(|row| row.valid_from);
    let after_lasts = pathway.limits.iter().filter_map(|row| row.valid_to?.succ_opt());
    let mut changes: Vec<NaiveDate> = firsts.chain(after_lasts).collect();
    changes.sort_unstable();
    changes.dedup();
    changes
}

fn rows(pathway: &Pathway, interval: &Interval, treatment: Option<&str>, changes: &[NaiveDate]) -> Vec<Rule> {
    let main = std::iter::once(None);
    let variants = main.chain(pathway.variants.iter().map(|variant| Some(variant.name.as_str())));
    let mut found: Vec<(Span, Vec<&str>)> = Vec::new();
    for variant in variants {
        for span in spans(pathway, interval, treatment, variant, changes) {
            let name = variant.unwrap_or(MAIN_COURSE);
            match found.iter_mut().find(|(other, _)| other.is(&span)) {
                Some((_, names)) => names.push(name),
                None => found.push((span, vec![name])),
            }
        }
    }
    let rules = found.into_iter().map(|(span, variants)| {
        let variant = match variants.len() > pathway.variants.len() {
            true => ANY.to_owned(),
            false => strings(variants),
        };
        Rule {
            entries: vec![
                string(&interval.name),
                treatment.map_or_else(|| ANY.to_owned(), string),
                variant,
                period(changes, span),
            ],
            outputs: outputs(span.row),
            annotation: annotation(&[source(pathway, span.row), span.row.note.as_deref()], &span.row.origin),
        }
    });
    rules.collect()
}

fn spans<'p>(
    pathway: &'p Pathway,
    interval: &Interval,
    treatment: Option<&str>,
    variant: Option<&str>,
    changes: &[NaiveDate],
) -> Vec<Span<'p>> {
    let mut spans: Vec<Span> = Vec::new();
    for (period, day) in std::iter::once(&NaiveDate::MIN).chain(changes).enumerate() {
        let Some(row) = pathway.limit(interval, treatment, variant, *day) else { continue };
        match spans.last_mut() {
            Some(span) if ptr::eq(span.row, row) && span.last + 1 == period => span.last = period,
            _ => spans.push(Span { row, first: period, last: period }),
        }
    }
    spans
}

fn period(changes: &[NaiveDate], span: Span) -> String {
    let from = span.first.checked_sub(1).and_then(|before| changes.get(before));
    let to = changes.get(span.last).and_then(NaiveDate::pred_opt);
    match (from, to) {
        (None, None) => ANY.to_owned(),
        (Some(from), None) => format!(">= date(\"{from}\")"),
        (None, Some(to)) => format!("<= date(\"{to}\")"),
        (Some(from), Some(to)) => format!("[date(\"{from}\")..date(\"{to}\")]"),
    }
}

fn outputs(row: &Limit) -> Vec<String> {
    let form = match row.form {
        Form::AtMost => "at_most",
        Form::AtLeast => "at_least",
        Form::Between => "between",
        Form::SameDay => "same_day",
        Form::Unquantified => "unquantified",
    };
    let number = |number: Option<u32>| number.map_or_else(|| optional(None), |number| number.to_string());
    vec![string(form), number(row.minimum), number(row.amount), optional(row.unit.map(|unit| unit.word()))]
}

fn source<'p>(pathway: &'p Pathway, row: &'p Limit) -> Option<&'p str> {
    let name = row.source.as_deref()?;
    let source = pathway.sources.iter().find(|source| source.name == name);
    Some(source.map_or(name, |source| &source.title))
}
