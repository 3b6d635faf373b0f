//! How it stands with investigations: LANG2, sections 5 and 8.

use chrono::NaiveDate;
use forlop::tables::{Condition, Item, List, MaxAge, Need, Strength, Value};
use serde_json::{Value as Json, json};

use crate::calendar::due;
use crate::conditions::{all_of, any_of, applies, asked};
use crate::content::items;
use crate::facts::{Patient, latest_on};
use crate::settle::settled_by;

/// An item with what stands around it.
struct Placed<'a> {
    list: &'a List,
    around: Vec<&'a Item>,
    item: &'a Item,
}

/// One answer for each item that has a name or consists of others, before those within it.
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
    item.name.is_some() || !item.items.is_empty()
}

fn answer(placed: &Placed, patient: &Patient, day: NaiveDate) -> Json {
    let Placed { list, around, item } = placed;
    let names: Vec<&str> = around.iter().chain([item]).filter_map(|item| item.name.as_deref()).collect();
    let conditions = conditions(placed);
    let (status, date) = status(placed, patient, day);
    json!({
        "list": list.name,
        "item": item.name.as_ref().map(|_| names.join("/")),
        "text": item.text,
        "strength": item.strength,
        "status": status,
        "date": date,
        "settled_by": match status {
            "unknown" => settled_by(patient, day, &conditions.iter().flat_map(asked).collect::<Vec<_>>(), |patient| {
                self::status(placed, patient, day).0 != "unknown"
            }),
            _ => Some(vec![]),
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

/// Whether it is done, and when: what is said of it itself, and if that is nothing, whether enough of what it consists of is
/// done. (LANG2 does not say which goes before.)
fn done(item: &Item, patient: &Patient, day: NaiveDate) -> (Option<bool>, Option<NaiveDate>) {
    let known = item.name.as_ref().and_then(|name| latest_on(patient, name, day));
    if let Some(known) = known {
        return (Some(known.value == Value::YesNo(true)), known.date);
    }
    if item.items.is_empty() {
        return (None, None);
    }
    let parts: Vec<_> =
        item.items.iter().map(|part| (applies(&part.when, patient, day), fresh(part, patient, day))).collect();
    let is_done = match item.need {
        Some(Need::AtLeast(needed)) => {
            let count = |done: Option<bool>| parts.iter().filter(|part| all_of(&[part.0, part.1.0]) == done).count();
            let (done, unknown) = (count(Some(true)), count(None));
            if done >= needed as usize {
                Some(true)
            } else if done + unknown < needed as usize {
                Some(false)
            } else {
                None
            }
        }
        // All of what it consists of, as far as that applies.
        _ => all_of(&parts.iter().map(|part| any_of(&[part.0.map(|applies| !applies), part.1.0])).collect::<Vec<_>>()),
    };
    // As old as the oldest of the freshest that are enough; one without a date is older than any.
    let counted = parts.iter().filter(|part| all_of(&[part.0, part.1.0]) == Some(true));
    let mut dates: Vec<Option<NaiveDate>> = counted.map(|part| part.1.1).collect();
    dates.sort();
    dates.reverse();
    if let Some(Need::AtLeast(needed)) = item.need {
        dates.truncate(needed as usize);
    }
    (is_done, dates.last().copied().flatten())
}

/// Whether it is done and not outdated, and when.
fn fresh(item: &Item, patient: &Patient, day: NaiveDate) -> (Option<bool>, Option<NaiveDate>) {
    let (is_done, date) = done(item, patient, day);
    let is_fresh = match (item.max_age, date) {
        (None, _) => Some(true),
        (Some(age), Some(date)) => Some(due(date, age.amount, age.unit) >= day),
        (Some(_), None) => None,
    };
    (all_of(&[is_done, is_fresh]), date)
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

/// Every condition that the status rests on: whether it applies, and whether it and its items are done, of late if that matters.
fn conditions(placed: &Placed) -> Vec<Condition> {
    let within = items(std::slice::from_ref(placed.item));
    let whens = placed.around.iter().chain(&within).filter_map(|item| item.when.clone());
    let is_done = within.iter().filter_map(|item| {
        let of = Condition::Is { fact: item.name.clone()?, value: Value::YesNo(true) };
        Some(match item.max_age {
            Some(MaxAge { amount, unit }) => Condition::Recent { of: Box::new(of), amount, unit },
            None => of,
        })
    });
    placed.list.when.iter().cloned().chain(whens).chain(is_done).collect()
}
