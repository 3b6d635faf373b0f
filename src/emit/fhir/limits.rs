//! Limits: for each variant and each stretch of time with rows of its own, an action with every row that then holds.
//! So no reader has to know how variants inherit rows.

use std::{collections::BTreeSet, ptr};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{About, definitions, expression, names::slug, words};
use crate::{
    runtime::MAIN_COURSE,
    tables::{Form, Interval, Limit, Treatment, Unit, Variant},
};

/// The rows that hold for one variant in one stretch of time.
struct Held<'t> {
    variant: Option<usize>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    rows: Vec<(Key<'t>, &'t Limit)>,
}

/// An interval, or one treatment of it.
pub(super) type Key<'t> = (&'t Interval, Option<&'t Treatment>);

/// The intervals and treatments that a pathway measures, in order.
pub(super) fn keys<'t>(about: &About<'t>) -> impl Iterator<Item = Key<'t>> + use<'t> {
    about.pathway.intervals.iter().flat_map(|interval| {
        let treatments = interval.treatments.iter().map(Some);
        treatments.chain(interval.treatments.is_empty().then_some(None)).map(move |treatment| (interval, treatment))
    })
}

/// The codes that end it.
pub(super) fn ends<'t>((interval, treatment): Key<'t>) -> &'t [String] {
    treatment.map_or(&interval.to, |treatment| &treatment.codes)
}

pub(super) fn action(about: &About) -> Option<Value> {
    let without: Vec<_> = keys(about).filter(|key| rows_of(about, *key).next().is_none()).map(title).collect();
    let without = match without.as_slice() {
        [] => String::new(),
        names => format!("Måles uten frist: {}.", names.join("; ")),
    };
    let groups: Vec<_> = held(about).iter().map(|held| group(about, held)).collect();
    let description = "Høyst én av tabellene gjelder: den for varianten som holder på dagen intervallet slutter, og for \
                       dagen forløpet startet.";
    let action = json!({
        "title": "Forløpstider",
        "description": format!("{} {without}", if groups.is_empty() { "" } else { description }).trim(),
        "code": [definitions::kind(about, "limits", "")],
        "groupingBehavior": "logical-group",
        "selectionBehavior": if groups.is_empty() { Value::Null } else { json!("at-most-one") },
        "action": groups,
    });
    (!about.pathway.intervals.is_empty()).then_some(action)
}

/// All rows written for an interval and treatment.
pub(super) fn rows_of<'t>(about: &About<'t>, (interval, treatment): Key<'t>) -> impl Iterator<Item = &'t Limit> {
    let treatment = treatment.map(|treatment| &treatment.name);
    about.pathway.limits.iter().filter(move |row| row.interval == interval.name && row.treatment.as_ref() == treatment)
}

fn title((interval, treatment): Key) -> String {
    let treatment = treatment.map(|treatment| format!(" {}", treatment.name)).unwrap_or_default();
    format!("{}{treatment}, {}", interval.name, interval.label)
}

fn held<'t>(about: &About<'t>) -> Vec<Held<'t>> {
    let variants = (0..about.pathway.variants.len()).map(Some);
    let mut all: Vec<Held> = Vec::new();
    for variant in std::iter::once(None).chain(variants) {
        for (from, to) in stretches(about) {
            let rows = rows(about, variant.and_then(|number| about.pathway.variants.get(number)), from.or(to));
            match all.last_mut() {
                Some(last) if last.variant == variant && are_same(&last.rows, &rows) => last.to = to,
                _ => all.push(Held { variant, from, to, rows }),
            }
        }
    }
    all.retain(|held| !held.rows.is_empty());
    all
}

/// The stretches of time in which the same rows are valid.
fn stretches(about: &About) -> Vec<(Option<NaiveDate>, Option<NaiveDate>)> {
    let rows = about.pathway.limits.iter();
    let starts: BTreeSet<_> =
        rows.flat_map(|row| [row.valid_from, row.valid_to.and_then(|day| day.succ_opt())]).flatten().collect();
    let from = std::iter::once(None).chain(starts.iter().copied().map(Some));
    let to = starts.iter().map(|day| day.pred_opt()).chain([None]);
    from.zip(to).collect()
}

/// The rows that hold on a day; any day will do where no row begins or ends.
fn rows<'t>(about: &About<'t>, variant: Option<&Variant>, day: Option<NaiveDate>) -> Vec<(Key<'t>, &'t Limit)> {
    let variant = variant.map(|variant| variant.name.as_str());
    let row = |key: Key<'t>| {
        let treatment = key.1.map(|treatment| treatment.name.as_str());
        Some((key, about.pathway.limit(key.0, treatment, variant, day.unwrap_or_default())?))
    };
    keys(about).filter_map(row).collect()
}

fn are_same(one: &[(Key, &Limit)], other: &[(Key, &Limit)]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|((_, one), (_, other))| ptr::eq(*one, *other))
}

fn group(about: &About, held: &Held) -> Value {
    let variant = held.variant.and_then(|number| about.pathway.variants.get(number));
    let (name, label) = variant.map_or((MAIN_COURSE, "Hovedforløp"), |variant| (&variant.name, &variant.label));
    json!({
        "title": format!("{label}{}", words::validity(held.from, held.to)),
        "code": [definitions::kind(about, "limits", name)],
        "condition": variant_condition(about, held.variant).into_iter().chain(start_condition(held)).collect::<Vec<_>>(),
        "groupingBehavior": "logical-group",
        "action": held.rows.iter().map(|(key, row)| row_action(about, *key, row)).collect::<Vec<_>>(),
    })
}

/// The first variant that is true holds; if none is, or one before it is unknown, the main course does.
fn variant_condition(about: &About, number: Option<usize>) -> Option<Value> {
    let variants = about.pathway.variants.as_slice();
    let before = |number: usize| variants.iter().take(number).map(|variant| Some(&variant.when));
    let first =
        |(number, variant): (usize, &Variant)| expression::first_true(about, before(number), Some(&variant.when));
    let own = |number: usize| variants.get(number).map(|variant| (number, variant));
    match number.and_then(own) {
        Some((number, variant)) => {
            let words = words::condition(about.pathway, &variant.when);
            let words = match number {
                0 => words,
                _ => format!("{words}, og ingen tidligere variant holder eller er ukjent"),
            };
            Some(expression::applicability(&words, first((number, variant))))
        }
        None if variants.is_empty() => None,
        None => {
            let any: Option<Vec<_>> = variants.iter().enumerate().map(first).collect();
            let fhirpath = any.map(|any| format!("iif({}, false, true)", any.join(" or ")));
            Some(expression::applicability(
                "ingen variant holder, eller det er ukjent om den første mulige gjør det",
                fhirpath,
            ))
        }
    }
}

/// A course is judged by the rows valid on its first day.
fn start_condition(held: &Held) -> Option<Value> {
    let start = "Bundle.entry.resource.ofType(EpisodeOfCare).period.start";
    let parts = [held.from.map(|day| format!("{start} >= @{day}")), held.to.map(|day| format!("{start} <= @{day}"))];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    let words = format!("forløpet startet{}", words::validity(held.from, held.to));
    (!parts.is_empty()).then(|| expression::applicability(&words, Some(parts.join(" and "))))
}

/// The end of an interval, as an action that comes after its start within the limit.
fn row_action(about: &About, key: Key, row: &Limit) -> Value {
    let (interval, _) = key;
    let codes = ends(key).iter().map(|code| json!({ "coding": [{ "system": about.codes(), "code": code }] }));
    let sum = if interval.sum.is_empty() { String::new() } else { format!(" = {}", interval.sum.join(" + ")) };
    let note = row.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    // Of several starting codes the first event counts, which no relation can say.
    let related = match interval.from.as_slice() {
        [from] => Some(json!({ "actionId": slug(from), "relationship": "after-start", "offsetRange": range(row) })),
        _ => None,
    };
    json!({
        "extension": [definitions::LIMIT.row(about, row)],
        "title": format!("{}{sum}", title(key)),
        "description": format!("{}{note}", words::limit(row)),
        "code": std::iter::once(definitions::kind(about, "limit", "")).chain(codes).collect::<Vec<_>>(),
        "relatedAction": [related],
        "cardinalityBehavior": interval.repeats.then_some("multiple"),
    })
}

/// The time from start to end. None for a unit that UCUM does not have: working days, and months of the calendar.
fn range(row: &Limit) -> Option<Value> {
    let (unit, code) = match row.unit? {
        Unit::Kalenderdager => ("d", "d"),
        Unit::Uker => ("wk", "wk"),
        Unit::Arbeidsdager | Unit::Virkedager | Unit::Måneder => return None,
    };
    let (least, most) = match row.form {
        Form::AtMost => (Some(0), row.amount),
        Form::AtLeast => (row.amount, None),
        Form::Between => (row.minimum, row.amount),
        Form::SameDay => (Some(0), Some(0)),
        Form::Unquantified => return None,
    };
    let quantity = |value| json!({ "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": code });
    Some(json!({ "low": least.map(quantity), "high": most.map(quantity) }))
}
