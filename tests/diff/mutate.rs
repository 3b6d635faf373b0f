//! One random change of tables: of a number, a word, a truth, or of what a list holds and in which order.

use forlop::{runtime::Evaluator, tables::Tables};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

/// A change, as far as it can be told before the tables are known.
#[derive(Clone, Debug)]
pub struct Mutation {
    place: Index,
    how: Index,
}

pub fn mutation() -> impl Strategy<Value = Mutation> {
    (any::<Index>(), any::<Index>()).prop_map(|(place, how)| Mutation { place, how })
}

/// What is not looked into: where things are written, examples, and most of what is only read.
const ASIDE: [&str; 12] = [
    "origin",
    "examples",
    "format",
    "format_version",
    "compiler",
    "fingerprint",
    "former",
    "label",
    "text",
    "title",
    "note",
    "sources",
];

impl Mutation {
    /// The tables with the change; none if they are no longer fit to judge by.
    pub fn apply(&self, tables: &Tables) -> Option<Tables> {
        let mut document = serde_json::to_value(tables).unwrap();
        let mut places = Vec::new();
        walk(&document, String::new(), &mut places);
        let place = &places[self.place.index(places.len())];
        let like = alike(&document, place);
        let value = document.pointer_mut(place).unwrap();
        let before = value.clone();
        self.change(value, &like);
        if *value == before {
            return None;
        }
        let changed: Tables = serde_json::from_value(document).ok()?;
        Evaluator::new(&changed).ok()?;
        Some(changed)
    }

    /// What is changed, for people.
    pub fn told(&self, tables: &Tables) -> String {
        let before = serde_json::to_value(tables).unwrap();
        let mut places = Vec::new();
        walk(&before, String::new(), &mut places);
        let place = &places[self.place.index(places.len())];
        let after = self.apply(tables).map(|tables| serde_json::to_value(tables).unwrap());
        let after = after.as_ref().and_then(|after| after.pointer(place));
        format!("{place}: {} -> {}", before.pointer(place).unwrap(), after.unwrap_or(&Value::Null))
    }

    fn change(&self, value: &mut Value, like: &[Value]) {
        match value {
            Value::Bool(truth) => *truth = !*truth,
            Value::Number(number) if number.is_u64() => {
                let number = number.as_u64().unwrap();
                *value = json!(if self.how.index(2) == 0 { number + 1 } else { number.saturating_sub(1) });
            }
            Value::Number(number) => *value = json!(number.as_f64().unwrap() + 1.0),
            Value::Array(values) if !values.is_empty() => {
                let at = self.how.index(values.len() * 3);
                match (at / values.len(), at % values.len()) {
                    (0, at) => _ = values.remove(at),
                    (1, at) if at + 1 < values.len() => values.swap(at, at + 1),
                    (_, at) => values.push(values[at].clone()),
                }
            }
            _ if !like.is_empty() => *value = like[self.how.index(like.len())].clone(),
            _ => {}
        }
    }
}

/// The pointers to all that can be changed.
fn walk(value: &Value, at: String, places: &mut Vec<String>) {
    if !at.is_empty() {
        places.push(at.clone());
    }
    match value {
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(number, value)| walk(value, format!("{at}/{number}"), places))
        }
        Value::Object(fields) => {
            for (key, value) in fields.iter().filter(|(key, _)| !ASIDE.contains(&key.as_str())) {
                walk(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        _ => {}
    }
}

/// What stands under the same key elsewhere.
fn alike(document: &Value, place: &str) -> Vec<Value> {
    let key = |place: &str| place.rsplit('/').find(|part| part.parse::<usize>().is_err()).map(str::to_owned);
    let mut places = Vec::new();
    walk(document, String::new(), &mut places);
    let mut found: Vec<Value> = Vec::new();
    for other in places.iter().filter(|other| key(other) == key(place)) {
        let value = document.pointer(other).unwrap();
        if !found.contains(value) && !value.is_array() {
            found.push(value.clone());
        }
    }
    found
}
