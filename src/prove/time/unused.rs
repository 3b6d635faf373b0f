//! Rows that no course can be judged by, limits that come to an end, and a unit that stands alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{super::place::Places, rows::name};
use crate::{
    diagnostic::{Code as F, Finding, Related},
    lang::Text,
    tables::{Limit, Pathway, Unit},
    text,
};

pub(super) fn find(pathway: &Pathway, places: &Places) -> Vec<Finding> {
    let mut findings = without_events(pathway, places);
    findings.extend(ended(pathway, places));
    findings.extend(lone_unit(pathway, places));
    findings
}

/// Rows of an interval whose points cannot be registered in a course that is judged by them.
fn without_events(pathway: &Pathway, places: &Places) -> Vec<Finding> {
    let mut found: BTreeMap<Vec<&str>, Finding> = BTreeMap::new();
    for limit in &pathway.limits {
        let Some(dead) = dead_codes(pathway, limit) else { continue };
        let Some(place) = places.of(&limit.origin) else { continue };
        if let Some(finding) = found.get_mut(&dead) {
            add(finding, limit, place);
            continue;
        }
        let row = name(limit);
        let names: Vec<String> = dead.iter().map(|code| format!("«{}»", suffix(pathway, code))).collect();
        let codes = names.join(", ");
        let message = text!(
            "Ingen forløp som starter mens raden for {row} gjelder, kan ha {codes} til rett tid",
            "No course that starts while the row of {row} is valid can have {codes} at the right time"
        );
        let help = text!(
            "Rett datoene på raden, eller gyldigheten til kodene.",
            "Correct the dates of the row, or the validity of the codes."
        );
        let mut finding = Finding::new(F::UselessLimit, place, message).help(help);
        for code in pathway.codes.iter().filter(|code| dead.contains(&code.code.as_str())) {
            let message = text!("koden og gyldigheten dens", "the code and its validity");
            finding.related.extend(places.of(&code.origin).map(|place| Related { message, place }));
        }
        found.insert(dead, finding);
    }
    found.into_values().collect()
}

fn add(finding: &mut Finding, limit: &Limit, place: crate::source::Place) {
    let name = name(limit);
    if finding.place != place && !finding.related.iter().any(|known| known.place == place) {
        let message = text!("det samme gjelder raden for {name}", "so does the row of {name}");
        finding.related.push(Related { message, place });
    }
}

/// A code as authors write it.
fn suffix<'c>(pathway: &Pathway, code: &'c str) -> &'c str {
    let suffix = code.strip_prefix(pathway.id.as_str()).unwrap_or(code);
    suffix.strip_prefix(':').unwrap_or(suffix)
}

/// The codes that keep every course from being judged by the row: none of a point's codes is valid from the first day on
/// which such a course can start, or all of its end's are over before any of its start's is valid.
fn dead_codes<'t>(pathway: &'t Pathway, limit: &Limit) -> Option<Vec<&'t str>> {
    let interval = pathway.interval(&limit.interval)?;
    let first = limit.valid_from.max(pathway.valid_from).unwrap_or(NaiveDate::MIN);
    let last = pathway.valid_to.unwrap_or(NaiveDate::MAX);
    // A row that lies outside the pathway's validity has its finding.
    if first > last || limit.valid_to.is_some_and(|to| to < first) {
        return None;
    }
    let of = |names: &[String]| pathway.codes.iter().filter(|code| names.contains(&code.code)).collect::<Vec<_>>();
    let treatment = interval.treatments.iter().find(|one| Some(&one.name) == limit.treatment.as_ref());
    let (from, to) = (of(&interval.from), of(treatment.map_or(&interval.to, |treatment| &treatment.codes)));
    let begins = |code: &&crate::tables::Code| code.valid_from.map_or(first, |from| from.max(first));
    let ends = |code: &&crate::tables::Code| code.valid_to.map_or(last, |to| to.min(last));
    for point in [&from, &to] {
        if !point.is_empty() && point.iter().all(|code| begins(code) > ends(code)) {
            return Some(point.iter().map(|code| code.code.as_str()).collect());
        }
    }
    let usable = |point: &[&'t crate::tables::Code]| {
        point.iter().copied().filter(|code| begins(code) <= ends(code)).collect::<Vec<_>>()
    };
    let (from, to) = (usable(&from), usable(&to));
    let (earliest, latest) = (from.iter().map(begins).min()?, to.iter().map(ends).max()?);
    (latest < earliest).then(|| from.iter().chain(&to).map(|code| code.code.as_str()).collect())
}

/// Limits of the main course that come to an end while others go on, so that courses that start later have none.
fn ended(pathway: &Pathway, places: &Places) -> Vec<Finding> {
    let end = pathway.valid_to.unwrap_or(NaiveDate::MAX);
    let main = || pathway.limits.iter().filter(|limit| limit.variant.is_none());
    let key = |limit: &Limit| (limit.interval.clone(), limit.treatment.clone());
    let mut found: BTreeMap<NaiveDate, Finding> = BTreeMap::new();
    for limit in main() {
        let Some(next) = limit.valid_to.filter(|to| *to < end).and_then(|to| to.succ_opt()) else { continue };
        let goes_on = main().any(|other| key(other) == key(limit) && other.valid_to.is_none_or(|to| to >= next));
        let others = main().any(|other| other.valid_on(next) && other.amount.is_some());
        if limit.amount.is_none() || goes_on || !others {
            continue;
        }
        let Some(place) = places.of(&limit.origin) else { continue };
        if let Some(finding) = found.get_mut(&next) {
            add(finding, limit, place);
            continue;
        }
        let name = name(limit);
        let message = text!(
            "Fra {next} har {name} ingen frist, mens andre frister gjelder videre",
            "From {next} {name} has no limit, while other limits go on"
        );
        let help = text!(
            "Skriv en rad som gjelder fra {next}, eller «ikke tallfestet».",
            "Write a row that is valid from {next}, or «ikke tallfestet»."
        );
        found.insert(next, Finding::new(F::LimitEnds, place, message).help(help));
    }
    found.into_values().collect()
}

/// How many rows must agree on a unit before one that does not is worth a remark.
const AGREEING: usize = 3;

/// The one row in another kind of days than all the others. One that is a part of a sum has its finding there.
fn lone_unit(pathway: &Pathway, places: &Places) -> Option<Finding> {
    let days = |unit: Unit| matches!(unit, Unit::Kalenderdager | Unit::Arbeidsdager | Unit::Virkedager);
    let mut seen = BTreeSet::new();
    let counted = pathway.limits.iter().filter(|limit| limit.amount > Some(0) && seen.insert(&limit.origin));
    let rows: Vec<(&Limit, Unit)> = counted.filter_map(|limit| Some((limit, limit.unit?))).collect();
    let (alone, unit) = rows.iter().find(|(_, unit)| rows.iter().filter(|(_, other)| other == unit).count() == 1)?;
    let mut others = rows.iter().filter(|(limit, _)| limit.origin != alone.origin).map(|(_, other)| *other);
    let usual = others.next()?;
    let count = rows.len() - 1;
    if count < AGREEING || !others.all(|other| other == usual) || !days(usual) || !days(*unit) {
        return None;
    }
    let whole = |name: &str| pathway.intervals.iter().find(|sum| sum.sum.iter().any(|part| part == name));
    let has_sum = |name: &str| pathway.limits.iter().any(|limit| limit.interval == name && limit.amount.is_some());
    let is_sum = pathway.interval(&alone.interval).is_some_and(|interval| !interval.sum.is_empty());
    if is_sum || whole(&alone.interval).is_some_and(|sum| has_sum(&sum.name)) {
        return None;
    }
    let Text { nb, en } = super::rows::amount(alone);
    let (name, usual) = (name(alone), usual.word());
    let message = text!(
        "{name} er {nb}, mens de {count} andre radene er i {usual}",
        "{name} is {en}, while the {count} other rows are in {usual}"
    );
    let help = text!("Kontroller enheten mot kilden.", "Check the unit against the source.");
    Some(Finding::new(F::LoneUnit, places.of(&alone.origin)?, message).help(help))
}
