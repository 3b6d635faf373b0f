//! Where decision tables lead, as the rest of the language has it.

use chrono::NaiveDate;
use forlop::tables::Routes;
use serde_json::{Value, json};

use crate::conditions::{Asked, applies, asked};
use crate::facts::Patient;
use crate::settle::settled_by;

pub fn answer(routes: &Routes, patient: &Patient, day: NaiveDate) -> Value {
    let (result, row) = result(routes, patient, day);
    json!({
        "route": routes.name,
        "result": result,
        "row": row.map(|row| row + 1),
        "outcome": row.map(|row| &routes.rows[row].outcome),
        "possible": if result == "unknown" { possible(routes, patient, day) } else { vec![] },
        "settled_by": match result {
            "unknown" => {
                let rows = routes.rows.iter().filter_map(|row| row.when.as_ref());
                let asked: Vec<Asked> = rows.chain(&routes.when).flat_map(asked).collect();
                settled_by(patient, day, &asked, |patient| {
                    ["decided", "none"].contains(&self::result(routes, patient, day).0)
                })
            }
            _ => Some(vec![]),
        },
    })
}

/// Like variants: the first row that is true holds, and an unknown one before it stops the search.
fn result(routes: &Routes, patient: &Patient, day: NaiveDate) -> (&'static str, Option<usize>) {
    match applies(&routes.when, patient, day) {
        Some(false) => return ("not_applicable", None),
        None => return ("unknown", None),
        Some(true) => {}
    }
    for (at, row) in routes.rows.iter().enumerate() {
        match applies(&row.when, patient, day) {
            Some(true) => return ("decided", Some(at)),
            Some(false) => {}
            None => return ("unknown", None),
        }
    }
    ("none", None)
}

/// The rows, from 1, that are not false and come no later than the first that is true.
fn possible(routes: &Routes, patient: &Patient, day: NaiveDate) -> Vec<usize> {
    let mut possible = vec![];
    for (at, row) in routes.rows.iter().enumerate() {
        let value = applies(&row.when, patient, day);
        if value != Some(false) {
            possible.push(at + 1);
        }
        if value == Some(true) {
            break;
        }
    }
    possible
}
