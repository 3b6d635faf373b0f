//! How it stands with investigations, as the rest of the language has it.

use chrono::NaiveDate;
use forlop::tables::{Condition, Content, Item, List, ListKind, MaxAge, Need, Pathway, Strength, Value};
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
    let item = placed.item;
    match applies_at_all(placed, patient, day) {
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

/// Whether an item applies with all that stands around it.
fn applies_at_all(placed: &Placed, patient: &Patient, day: NaiveDate) -> Option<bool> {
    let mut whens = vec![applies(&placed.list.when, patient, day)];
    whens.extend(placed.around.iter().chain([&placed.item]).map(|item| applies(&item.when, patient, day)));
    all_of(&whens)
}

/// Whether it is done, and when: what is said of it itself, and if that is nothing, whether enough of its alternatives are
/// done, or all that it consists of. (The language does not say which goes before.)
fn done(item: &Item, patient: &Patient, day: NaiveDate) -> (Option<bool>, Option<NaiveDate>) {
    let known = item.name.as_ref().and_then(|name| latest_on(patient, name, day));
    if let Some(known) = known {
        return (Some(known.value == Value::YesNo(true)), known.date);
    }
    let mut counted: Vec<Option<bool>> = vec![];
    let mut dates: Vec<Option<NaiveDate>> = vec![];
    for part in &item.items {
        let applies = applies(&part.when, patient, day);
        let (is_done, date) = fresh(part, patient, day);
        // Of those that all must be done one that does not apply hinders nothing; it is no alternative either.
        let counts = match item.need {
            Some(Need::AtLeast(_)) => all_of(&[applies, is_done]),
            _ => any_of(&[applies.map(|applies| !applies), is_done]),
        };
        if counts == Some(true) && applies == Some(true) {
            dates.push(date);
        }
        counted.push(counts);
    }
    let of = |done: Option<bool>| counted.iter().filter(|counts| **counts == done).count();
    // As old as the oldest of the freshest that are enough; one without a date is older than any.
    dates.sort();
    dates.reverse();
    let is_done = match item.need {
        _ if item.items.is_empty() => None,
        Some(Need::AtLeast(needed)) => {
            let needed = needed as usize;
            dates.truncate(needed);
            if of(Some(true)) >= needed {
                Some(true)
            } else if of(Some(true)) + of(None) < needed {
                Some(false)
            } else {
                None
            }
        }
        _ => all_of(&counted),
    };
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

/// `før`: whether one of those that it goes before, of the lists of the same place, is done by its own fact on an earlier date.
fn is_too_late(placed: &Placed, date: Option<NaiveDate>, patient: &Patient, day: NaiveDate) -> bool {
    let beside: Vec<&Item> =
        lists_beside(placed.list, patient.pathway).iter().flat_map(|list| items(&list.items)).collect();
    let before = placed.item.before.iter().filter(|name| beside.iter().any(|other| other.name.as_ref() == Some(name)));
    let mut others = before.filter_map(|name| latest_on(patient, name, day));
    others.any(|other| {
        other.value == Value::YesNo(true) && other.date.zip(date).is_some_and(|(other, date)| other < date)
    })
}

/// The lists of the same phase, or of the whole pathway, with this one.
fn lists_beside<'a>(list: &List, pathway: &'a Pathway) -> Vec<&'a List> {
    let places = pathway.phases.iter().map(|phase| &phase.content).chain([&pathway.content]);
    let mut places = places.map(|content| -> Vec<&List> {
        let lists = content.iter().filter_map(|content| match content {
            Content::List(list) if list.list == ListKind::Investigations => Some(list),
            _ => None,
        });
        lists.collect()
    });
    places.find(|lists| lists.iter().any(|other| other.name == list.name)).unwrap_or_default()
}

/// Every condition that the status rests on: whether it applies, and whether it and its items are done, of late if that matters.
fn conditions(placed: &Placed) -> Vec<Condition> {
    let within = items(std::slice::from_ref(placed.item));
    let whens = placed.around.iter().chain(&within).filter_map(|item| item.when.clone());
    let is_done = within.iter().filter_map(|item| {
        let of = Condition::Is { fact: item.name.clone()?, value: Value::YesNo(true) };
        Some(match item.max_age.or(placed.item.max_age) {
            Some(MaxAge { amount, unit }) => Condition::Recent { of: Box::new(of), amount, unit },
            None => of,
        })
    });
    placed.list.when.iter().cloned().chain(whens).chain(is_done).collect()
}
