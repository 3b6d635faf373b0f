//! Parts that last longer than the whole they are in: where some parts have no limit, or the whole is a window (sums whose
//! parts all have one are compared when limits are read), and intervals that lie within another without being its part.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::place::Places,
    lengths::{Amount, Later, agree, later},
    order::Order,
    rows::{Row, Situation},
};
use crate::{
    diagnostic::{Code as F, Finding},
    lang::Text,
    tables::{Form, Origin, Pathway},
    text,
};

/// Rows that together are longer than another.
struct Conflict<'s, 't> {
    parts: Vec<Row<'t>>,
    total: Row<'t>,
    when: Later,
    situation: &'s Situation<'t>,
    code: F,
}

pub(super) fn find(pathway: &Pathway, situations: &[Situation], places: &Places) -> Vec<Finding> {
    let order = Order::of(pathway);
    // What has its finding already, or is in one: no second finding for the same mistake.
    let mut told: BTreeSet<&Origin> = situations.iter().flat_map(told_before).collect();
    let mut findings = Vec::new();
    for code in [F::PartsExceedTotal, F::ExceedsOuter] {
        let conflicts: Vec<Conflict> =
            situations.iter().flat_map(|situation| conflicts(pathway, situation, &order, code)).collect();
        let conflicts: Vec<&Conflict> =
            conflicts.iter().filter(|conflict| !conflict.rows().any(|row| told.contains(&row.limit.origin))).collect();
        told.extend(conflicts.iter().flat_map(|conflict| conflict.rows()).map(|row| &row.limit.origin));
        findings.extend(grouped(&conflicts, places));
    }
    findings
}

/// The rows of sums that are compared when they are read, and found to be wrong or in several units.
fn told_before<'t>(situation: &Situation<'t>) -> Vec<&'t Origin> {
    let mut told = Vec::new();
    for total in situation.rows.iter().filter(|row| !row.interval.sum.is_empty()) {
        let Some(parts) = all_parts(total, situation) else { continue };
        let (Some(most), Some(amounts)) = (total.most(), amounts(&parts)) else { continue };
        if !agree(&amounts, most) {
            told.extend(parts.iter().chain([total]).map(|row| &row.limit.origin));
        }
    }
    told
}

/// The rows of all parts, if each has one with a greatest amount and the sum is an ordinary limit.
fn all_parts<'t>(total: &Row<'t>, situation: &Situation<'t>) -> Option<Vec<Row<'t>>> {
    (total.limit.form == Form::AtMost).then_some(())?;
    let row = |name: &String| situation.rows.iter().find(|row| row.interval.name == *name).copied();
    let ordinary = |row: &Row| matches!(row.limit.form, Form::AtMost | Form::SameDay);
    total.interval.sum.iter().map(|name| row(name).filter(ordinary)).collect()
}

fn amounts(rows: &[Row]) -> Option<Vec<Amount>> {
    rows.iter().map(Row::most).collect()
}

fn conflicts<'s, 't>(
    pathway: &'t Pathway,
    situation: &'s Situation<'t>,
    order: &Order,
    code: F,
) -> Vec<Conflict<'s, 't>> {
    let mut found = Vec::new();
    for total in situation.rows.iter().filter(|row| !row.limit.derived) {
        let Some(most) = total.most() else { continue };
        let mut inner = Vec::new();
        let names = reached(pathway, total);
        match code {
            F::PartsExceedTotal if all_parts(total, situation).is_none() => {
                inner.push(known_parts(pathway, total, situation));
            }
            F::PartsExceedTotal => {}
            _ => inner.extend(situation.rows.iter().filter_map(|row| {
                let is_other = row.interval.name != total.interval.name && !names.contains(&row.interval.name.as_str());
                (is_other && order.within(row.interval, total.interval)).then(|| vec![*row])
            })),
        }
        for parts in inner {
            let when = amounts(&parts).and_then(|amounts| later(&amounts, most, situation.period));
            if let (Some(when), false) = (when, parts.is_empty()) {
                found.push(Conflict { parts, total: *total, when, situation, code });
            }
        }
    }
    found
}

/// The names of the parts of a sum, and of their parts.
fn reached<'t>(pathway: &'t Pathway, total: &Row<'t>) -> Vec<&'t str> {
    let mut names: Vec<&str> = total.interval.sum.iter().map(String::as_str).collect();
    let mut at = 0;
    while let Some(name) = names.get(at).copied() {
        for part in pathway.interval(name).iter().flat_map(|interval| &interval.sum) {
            if !names.contains(&part.as_str()) {
                names.push(part);
            }
        }
        at += 1;
    }
    names
}

/// The rows of the parts that have one; of the parts of those that have none. A sum's parts have no part in common.
fn known_parts<'t>(pathway: &'t Pathway, total: &Row<'t>, situation: &Situation<'t>) -> Vec<Row<'t>> {
    let mut waiting: Vec<&str> = total.interval.sum.iter().rev().map(String::as_str).collect();
    let (mut rows, mut seen) = (Vec::new(), BTreeSet::new());
    while let Some(name) = waiting.pop() {
        if !seen.insert(name) {
            continue;
        }
        match situation.rows.iter().find(|row| row.interval.name == name && row.most().is_some()) {
            Some(row) => rows.push(*row),
            None => waiting.extend(
                pathway.interval(name).iter().flat_map(|interval| interval.sum.iter().rev()).map(String::as_str),
            ),
        }
    }
    rows
}

impl<'t> Conflict<'_, 't> {
    fn rows(&self) -> impl Iterator<Item = &Row<'t>> {
        self.parts.iter().chain([&self.total])
    }

    /// Whether this row alone is longer than the total.
    fn is_due_to(&self, origin: &Origin) -> bool {
        let alone = self.parts.iter().find(|row| row.limit.origin == *origin);
        alone.is_some_and(|row| {
            let (Some(most), Some(total)) = (row.most(), self.total.most()) else { return false };
            later(&[most], total, self.situation.period).is_some()
        })
    }

    fn message(&self) -> Text {
        let parts: Vec<Text> = self.parts.iter().map(Row::named).collect();
        let nb = joined(parts.iter().map(|part| part.nb.as_str()), "og");
        let en = joined(parts.iter().map(|part| part.en.as_str()), "and");
        let Text { nb: total, en: whole } = self.total.named();
        let rows: Vec<Row> = self.rows().copied().collect();
        let Text { nb: when, en: in_english } = self.situation.told(&rows);
        let (start, starts) = match self.when {
            Later::Always => (String::new(), String::new()),
            Later::From(day) => (format!(" fra {day}, for eksempel,"), format!(" from {day}, for instance,")),
        };
        match (self.code, self.parts.len()) {
            (F::PartsExceedTotal, 1) => text!(
                "Delen {nb} varer{start} lenger enn summen {total}{when}",
                "The part {en} lasts{starts} longer than the sum {whole}{in_english}"
            ),
            (F::PartsExceedTotal, _) => text!(
                "Delene {nb} varer{start} lenger enn summen {total}{when}",
                "The parts {en} last{starts} longer than the sum {whole}{in_english}"
            ),
            _ => text!(
                "Fristen for {nb} går{start} ut etter fristen for {total}, som slutter senere i forløpet{when}",
                "The limit of {en} runs out{starts} after that of {whole}, which ends later in the course{in_english}"
            ),
        }
    }
}

fn joined<'a>(names: impl Iterator<Item = &'a str>, last: &str) -> String {
    let names: Vec<&str> = names.collect();
    match names.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// One finding for each row that is probably wrong: a part that alone is longer than several totals, else the total.
fn grouped(conflicts: &[&Conflict], places: &Places) -> Vec<Finding> {
    let mut totals: BTreeMap<&Origin, BTreeSet<&Origin>> = BTreeMap::new();
    for conflict in conflicts {
        for part in conflict.parts.iter().filter(|part| conflict.is_due_to(&part.limit.origin)) {
            totals.entry(&part.limit.origin).or_default().insert(&conflict.total.limit.origin);
        }
    }
    let mut findings: BTreeMap<&Origin, Finding> = BTreeMap::new();
    for conflict in conflicts {
        let several = |row: &&Row| totals.get(&row.limit.origin).is_some_and(|totals| totals.len() > 1);
        let culprit = conflict.parts.iter().find(several).unwrap_or(&conflict.total);
        let origin = &culprit.limit.origin;
        let Some(place) = places.of(origin) else { continue };
        let help = text!(
            "Kontroller tallene, enhetene og behandlingen mot kilden.",
            "Check the numbers, the units and the treatment against the source."
        );
        let finding =
            findings.entry(origin).or_insert_with(|| Finding::new(conflict.code, place, conflict.message()).help(help));
        for row in conflict.rows().filter(|row| row.limit.origin != *origin) {
            if let Some(place) = places.of(&row.limit.origin)
                && !finding.related.iter().any(|known| known.place == place)
            {
                finding.related.push(crate::diagnostic::Related { message: row.named(), place });
            }
        }
    }
    findings.into_values().collect()
}
