//! What comes of criteria: rule 5, and the rest of the language.

use chrono::NaiveDate;
use forlop::tables::{Condition, Criteria, CriteriaItem, Need, Quantified, Value};
use serde_json::{Value as Json, json};

use crate::conditions::{Asked, all_of, any_of, applies, asked, holds};
use crate::content::criteria_items;
use crate::facts::Patient;
use crate::settle::settled_by;

pub fn answer(criteria: &Criteria, patient: &Patient, day: NaiveDate) -> Json {
    let items = items_with_paths(&criteria.quantified, "");
    let of_value = |value| -> Vec<&String> {
        let has = |(_, item): &&(String, &CriteriaItem)| value_of(item, patient, day) == value;
        items.iter().filter(has).map(|(path, _)| path).collect()
    };
    let result = result(criteria, patient, day);
    json!({
        "criteria": criteria.name,
        "applies": applies(&criteria.when, patient, day),
        "result": result,
        "met": of_value(Some(true)),
        "not_met": of_value(Some(false)),
        "unknown": of_value(None),
        "decided_by": match result {
            "met" | "not_met" => deciders(&criteria.quantified, "", patient, day),
            _ => vec![],
        },
        "settled_by": match result {
            "unknown" => {
                let conditions = conditions(criteria);
                let asked: Vec<Asked> = conditions.iter().flat_map(asked).collect();
                // To learn that they do not apply is to learn neither that they are met nor that they are not.
                settled_by(patient, day, &asked, |patient| {
                    ["met", "not_met"].contains(&self::result(criteria, patient, day))
                })
            }
            _ => Some(vec![]),
        },
    })
}

fn result(criteria: &Criteria, patient: &Patient, day: NaiveDate) -> &'static str {
    match applies(&criteria.when, patient, day) {
        Some(false) => "not_applicable",
        None => "unknown",
        Some(true) => match is_met(&criteria.quantified, patient, day) {
            Some(true) => "met",
            Some(false) => "not_met",
            None => "unknown",
        },
    }
}

/// Whether so many of the items count as are needed, whatever becomes of those that are unknown.
fn is_met(quantified: &Quantified, patient: &Patient, day: NaiveDate) -> Option<bool> {
    let counted: Vec<_> = quantified.items.iter().map(|item| counts(item, quantified, patient, day)).collect();
    let least = counted.iter().filter(|counts| **counts == Some(true)).count();
    let most = counted.iter().filter(|counts| **counts != Some(false)).count();
    let enough = |count: usize| match quantified.need {
        Need::All => count == counted.len(),
        Need::None => count == 0,
        Need::AtLeast(needed) => count >= needed as usize,
    };
    let ends = [enough(least), enough(most)];
    (ends[0] == ends[1]).then_some(ends[0])
}

/// Whether an item counts: `ikke alene` does only beside an item without the mark that is met.
fn counts(item: &CriteriaItem, among: &Quantified, patient: &Patient, day: NaiveDate) -> Option<bool> {
    let own = value_of(item, patient, day);
    if !item.not_alone {
        return own;
    }
    let others = among.items.iter().filter(|other| !other.not_alone);
    let others: Vec<_> = others.map(|other| value_of(other, patient, day)).collect();
    all_of(&[own, any_of(&others)])
}

/// Whether an item is met by itself. One that is marked `utelukker ikke` is unknown instead of not met.
fn value_of(item: &CriteriaItem, patient: &Patient, day: NaiveDate) -> Option<bool> {
    let value = match &item.nested {
        Some(nested) => is_met(nested, patient, day),
        None => holds(&condition(item), patient, day),
    };
    value.filter(|met| *met || !item.does_not_exclude)
}

/// What only a person can judge is a yes/no fact of its name.
fn condition(item: &CriteriaItem) -> Condition {
    let judged = || Condition::Is { fact: item.name.clone(), value: Value::YesNo(true) };
    item.condition.clone().unwrap_or_else(judged)
}

/// The items without items of their own that make the result what it is: those that count for `alle av` and `minst N av`
/// that are met and for `ingen av` that is not; else those that do not count.
fn deciders(quantified: &Quantified, path: &str, patient: &Patient, day: NaiveDate) -> Vec<String> {
    let met = is_met(quantified, patient, day);
    let deciding = if quantified.need == Need::None { met.map(|met| !met) } else { met };
    let mut deciders = vec![];
    for item in &quantified.items {
        if counts(item, quantified, patient, day) == deciding {
            let path = format!("{path}{}", item.name);
            match &item.nested {
                // One that is alone decides by that, whatever comes of its own items.
                Some(nested) if is_met(nested, patient, day) != deciding => deciders.push(path),
                Some(nested) => deciders.extend(self::deciders(nested, &format!("{path}/"), patient, day)),
                None => deciders.push(path),
            }
        }
    }
    deciders
}

/// Every item, before those within it, with the way to it.
fn items_with_paths<'a>(quantified: &'a Quantified, path: &str) -> Vec<(String, &'a CriteriaItem)> {
    let mut items = vec![];
    for item in &quantified.items {
        let path = format!("{path}{}", item.name);
        let within = item.nested.as_ref().map_or(vec![], |nested| items_with_paths(nested, &format!("{path}/")));
        items.push((path, item));
        items.extend(within);
    }
    items
}

fn conditions(criteria: &Criteria) -> Vec<Condition> {
    let items = criteria_items(&criteria.quantified).into_iter().filter(|item| item.nested.is_none());
    criteria.when.iter().cloned().chain(items.map(condition)).collect()
}
