//! How it stands with investigations: LANG2, sections 5 and 8.

use chrono::NaiveDate;
use forlop::tables::{Item, List, Need, Strength, Value};
use serde_json::{Value as Json, json};

use crate::calendar::due;
use crate::conditions::{all_of, applies, facts_of};
use crate::content::items;
use crate::facts::{Patient, latest_on};
use crate::settle::settled_by;

/// An item with what stands around it.
struct Placed<'a> {
    list: &'a List,
    around: Vec<&'a Item>,
    item: &'a Item,
}

/// One answer for each item that has a name or alternatives, before those within it.
pub fn answers(list: &List, patient: &Patient, day: NaiveDate) -> Vec<Json> {
    let all = placed(list, &list.items, &[]);
    all.iter().filter(|placed| is_answered(placed.item)).map(|placed| answer(placed, patient, day)).collect()
}

fn placed<'a>(list: &'a List, items: &'a [Item], around: &[&'a Item]) -> Vec<Placed<'a>> {
    let mut all = vec![];
    for item in items {
        all.push(Placed { list, around: around.to_vec(), item });
        all.extend(placed(list, &item.items, &[around, &[item]].concat()));
    }
    all
}

fn is_answered(item: &Item) -> bool {
    item.name.is_some() || item.need.is_some()
}

fn answer(placed: &Placed, patient: &Patient, day: NaiveDate) -> Json {
    let Placed { list, around, item } = placed;
    let names: Vec<&str> = around.iter().chain([item]).filter_map(|item| item.name.as_deref()).collect();
    let (status, date) = status(placed, patient, day);
    json!({
        "list": list.name,
        "item": item.name.as_ref().map(|_| names.join("/")),
        "text": item.text,
        "strength": item.strength,
        "status": status,
        "date": date,
        "settled_by": match status {
            "unknown" => settled_by(patient, day, &facts_asked(placed), |patient| {
                self::status(placed, patient, day).0 != "unknown"
            }),
            _ => vec![],
        },
    })
}

/// The status, and the date when it was done, if it was.
fn status(placed: &Placed, patient: &Patient, day: NaiveDate) -> (&'static str, Option<NaiveDate>) {
    let Placed { list, around, item } = placed;
    let mut whens = vec![applies(&list.when, patient, day)];
    whens.extend(around.iter().chain([item]).map(|item| applies(&item.when, patient, day)));
    match all_of(&whens) {
        Some(false) => return ("not_applicable", None),
        None => return ("unknown", None),
        Some(true) => {}
    }
    let (is_done, date) = done(item, patient, day);
    match is_done {
        None => return ("unknown", None),
        Some(false) => return ("lacking", None),
        Some(true) => {}
    }
    if item.strength == Some(Strength::Unngå) {
        return ("breach", date);
    }
    if is_too_late(placed, date, patient, day) {
        return ("wrong_order", date);
    }
    match (item.max_age, date) {
        (None, _) => ("done", date),
        (Some(_), None) => ("unknown", None),
        (Some(age), Some(done)) if due(done, age.amount, age.unit) >= day => ("done", date),
        (Some(_), Some(_)) => ("outdated", date),
    }
}

/// Whether it is done, and when: by its own fact, or, if it has alternatives, when enough of them are.
fn done(item: &Item, patient: &Patient, day: NaiveDate) -> (Option<bool>, Option<NaiveDate>) {
    let Some(need) = item.need else {
        let known = item.name.as_ref().and_then(|name| latest_on(patient, name, day));
        let is_done = known.map(|known| known.value == Value::YesNo(true));
        return (is_done, known.and_then(|known| known.date));
    };
    let parts: Vec<_> = item.items.iter().map(|part| alternative(part, patient, day)).collect();
    let least = parts.iter().filter(|(done, _)| *done == Some(true)).count();
    let most = parts.iter().filter(|(done, _)| *done != Some(false)).count();
    let enough = |count: usize| match need {
        Need::All => count == parts.len(),
        Need::None => count == 0,
        Need::AtLeast(needed) => count >= needed as usize,
    };
    let dates = parts.iter().filter(|(done, _)| *done == Some(true)).filter_map(|(_, date)| *date);
    let is_done = (enough(least) == enough(most)).then_some(enough(least));
    (is_done, dates.max())
}

/// Whether an alternative counts: it applies, and is done and not outdated.
fn alternative(part: &Item, patient: &Patient, day: NaiveDate) -> (Option<bool>, Option<NaiveDate>) {
    let (is_done, date) = done(part, patient, day);
    let is_fresh = match (part.max_age, date) {
        (None, _) => Some(true),
        (Some(age), Some(date)) => Some(due(date, age.amount, age.unit) >= day),
        (Some(_), None) => None,
    };
    (all_of(&[applies(&part.when, patient, day), is_done, is_fresh]), date)
}

/// `før`: whether one of those that it goes before is done on an earlier date.
fn is_too_late(placed: &Placed, date: Option<NaiveDate>, patient: &Patient, day: NaiveDate) -> bool {
    let Some(date) = date else {
        return false;
    };
    placed.item.before.iter().any(|name| {
        let others = items(&placed.list.items).into_iter().filter(|other| other.name.as_ref() == Some(name));
        let mut done = others.map(|other| done(other, patient, day));
        done.any(|(is_done, other)| is_done == Some(true) && other.is_some_and(|other| other < date))
    })
}

fn facts_asked(placed: &Placed) -> Vec<String> {
    let around = placed.list.when.iter().chain(placed.around.iter().filter_map(|item| item.when.as_ref()));
    let within = items(std::slice::from_ref(placed.item));
    let mut asked: Vec<String> = within.iter().filter_map(|item| item.name.clone()).collect();
    let whens = around.chain(within.iter().filter_map(|item| item.when.as_ref()));
    asked.extend(whens.flat_map(facts_of).map(str::to_owned));
    asked
}
