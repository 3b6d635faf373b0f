//! Limits that no course can keep together: a least time that is longer than a greatest time, over one row or several.

use std::collections::BTreeSet;

use super::{
    super::place::Places,
    lengths::{Later, days, later},
    order::{Codes, codes},
    rows::{Row, Situation},
};
use crate::{
    diagnostic::{Code as F, Finding, Related},
    lang::Text,
    tables::Origin,
    text,
};

/// «`then` comes at most `days` after `first`», and the row that says so.
struct Bound {
    first: usize,
    then: usize,
    days: i64,
    row: Option<usize>,
}

pub(super) fn find(situations: &[Situation], places: &Places) -> Vec<Finding> {
    let mut told: BTreeSet<&Origin> = BTreeSet::new();
    let mut findings = Vec::new();
    for situation in situations {
        let has_least = situation.rows.iter().any(|row| row.least().is_some());
        for conflict in has_least.then(|| conflicts(situation)).into_iter().flatten() {
            let origins = || conflict.rows.iter().map(|row| &row.limit.origin);
            // One mistake is shown once, though it be met in every variant.
            if !origins().any(|origin| told.contains(origin)) {
                findings.extend(finding(situation, &conflict, places));
            }
            told.extend(origins());
        }
    }
    findings
}

/// Rows that cannot be kept together, and the start day if that is not so from every day.
struct Conflict<'t> {
    rows: Vec<Row<'t>>,
    from: Option<chrono::NaiveDate>,
}

fn conflicts<'t>(situation: &Situation<'t>) -> Vec<Conflict<'t>> {
    let points: BTreeSet<Codes> =
        situation.intervals.iter().flat_map(|interval| [codes(&interval.from), codes(&interval.to)]).collect();
    let points: Vec<Codes> = points.into_iter().collect();
    let bounds = bounds(situation, &points);
    match circle(points.len(), &bounds) {
        Some(rows) => {
            let rows = rows.iter().filter_map(|row| situation.rows.get(*row).copied()).collect();
            vec![Conflict { rows, from: None }]
        }
        None => over_weekends(situation, &points, &bounds),
    }
}

/// What intervals and rows demand of the days between points, each with the length that demands least.
fn bounds(situation: &Situation, points: &[Codes]) -> Vec<Bound> {
    let at = |names: &[String]| points.iter().position(|point| *point == codes(names));
    let mut bounds = Vec::new();
    for interval in &situation.intervals {
        let (Some(from), Some(to)) = (at(&interval.from), at(&interval.to)) else { continue };
        // An interval that ends before it starts is not kept, whatever its limit.
        bounds.push(Bound { first: to, then: from, days: 0, row: None });
        let row = situation.rows.iter().position(|row| row.interval.name == interval.name);
        let Some(it) = row.and_then(|row| situation.rows.get(row)) else { continue };
        if let Some((_, most)) = it.most().and_then(days) {
            bounds.push(Bound { first: from, then: to, days: most, row });
        }
        if let Some((least, _)) = it.least().and_then(days) {
            bounds.push(Bound { first: to, then: from, days: -least, row });
        }
    }
    for sum in &situation.intervals {
        let parts = |name: &String| situation.intervals.iter().find(|part| part.name == *name);
        let parts: Vec<_> = sum.sum.iter().filter_map(parts).collect();
        for pair in parts.windows(2) {
            // In a sum each part begins where the one before it ends, though the codes of the one may be fewer.
            if let [one, next] = pair
                && let (Some(end), Some(start)) = (at(&one.to), at(&next.from))
            {
                let met = [(end, start), (start, end)].map(|(first, then)| Bound { first, then, days: 0, row: None });
                bounds.extend(met);
            }
        }
    }
    for (first, one) in points.iter().enumerate() {
        let wider = points.iter().enumerate().filter(|(_, other)| other.is_superset(one) && *other != one);
        // The first event of more codes comes no later.
        bounds.extend(wider.map(|(then, _)| Bound { first, then, days: 0, row: None }));
    }
    bounds
}

/// Rows whose bounds lead round to a point that would come before itself (Bellman and Ford); none if there are dates that
/// keep them all.
fn circle(points: usize, bounds: &[Bound]) -> Option<Vec<usize>> {
    let mut days = vec![0_i64; points];
    let mut by: Vec<Option<usize>> = vec![None; points];
    let mut moved = None;
    for _ in 0..=points {
        moved = None;
        for (number, bound) in bounds.iter().enumerate() {
            let (Some(first), Some(then)) = (days.get(bound.first).copied(), days.get_mut(bound.then)) else {
                continue;
            };
            if first + bound.days < *then {
                *then = first + bound.days;
                if let Some(by) = by.get_mut(bound.then) {
                    *by = Some(number);
                }
                moved = Some(bound.then);
            }
        }
    }
    let back = |point: usize| bounds.get((*by.get(point)?)?);
    // As many steps back as there are points lead into the circle.
    let mut point = moved?;
    for _ in 0..points {
        point = back(point)?.first;
    }
    let start = point;
    let mut rows = BTreeSet::new();
    loop {
        let bound = back(point)?;
        rows.extend(bound.row);
        point = bound.first;
        if point == start {
            return Some(rows.into_iter().collect());
        }
    }
}

/// A least time in one unit and a greatest in another, from the same point: kept together from most days, but not from all.
fn over_weekends<'t>(situation: &Situation<'t>, points: &[Codes], bounds: &[Bound]) -> Vec<Conflict<'t>> {
    let mut found = Vec::new();
    for inner in &situation.rows {
        for outer in situation.rows.iter().filter(|outer| !outer.is(inner)) {
            let (Some(least), Some(most)) = (inner.least(), outer.most()) else { continue };
            let same_start = codes(&inner.interval.from) == codes(&outer.interval.from);
            let (ends, ended) = (codes(&inner.interval.to), codes(&outer.interval.to));
            if !same_start || !comes_before(&ends, &ended, points, bounds) {
                continue;
            }
            if let Some(Later::From(day)) = later(&[least], most, situation.period) {
                found.push(Conflict { rows: vec![*inner, *outer], from: Some(day) });
            }
        }
    }
    found
}

/// Whether the rows say that `one` comes no later than `other`.
fn comes_before(one: &Codes, other: &Codes, points: &[Codes], bounds: &[Bound]) -> bool {
    let at = |codes: &Codes| points.iter().position(|point| point == codes);
    let (Some(one), Some(other)) = (at(one), at(other)) else { return false };
    let mut reached = vec![other];
    let mut next = 0;
    while let Some(point) = reached.get(next).copied() {
        for bound in bounds.iter().filter(|bound| bound.first == point && bound.days <= 0) {
            if !reached.contains(&bound.then) {
                reached.push(bound.then);
            }
        }
        next += 1;
    }
    reached.contains(&one)
}

fn finding(situation: &Situation, conflict: &Conflict, places: &Places) -> Option<Finding> {
    let rows = &conflict.rows;
    let wrong = rows.iter().find(|row| row.least().is_some()).or(rows.first())?;
    let Text { nb: when, en: in_english } = situation.told(rows);
    let names: Vec<Text> = rows.iter().map(Row::named).collect();
    let nb = names.iter().map(|name| name.nb.as_str()).collect::<Vec<_>>().join(", ");
    let en = names.iter().map(|name| name.en.as_str()).collect::<Vec<_>>().join(", ");
    let (code, message) = match conflict.from {
        None => (
            F::ContradictingLimits,
            text!(
                "Ingen forløp kan holde disse fristene: {nb}{when}",
                "No course can keep these limits: {en}{in_english}"
            ),
        ),
        Some(day) => (
            F::WeekendLimits,
            text!(
                "Helger og helligdager gjør at disse fristene ikke alltid kan holdes: {nb}. Fra {day} kan de ikke det{when}",
                "Weekends and holidays make these limits impossible to keep at times: {en}. From {day} they are{in_english}"
            ),
        ),
    };
    let help = text!("Rett den som er feil.", "Correct the one that is wrong.");
    let mut finding = Finding::new(code, places.of(&wrong.limit.origin)?, message).help(help);
    for row in rows.iter().filter(|row| !row.is(wrong)) {
        finding.related.extend(places.of(&row.limit.origin).map(|place| Related { message: row.named(), place }));
    }
    Some(finding)
}
