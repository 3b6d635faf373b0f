//! What is known about the patient on a day, and which variant that makes: E6, rules 3 and 4.

use std::cmp::Ordering;

use chrono::NaiveDate;
use forlop::runtime::FactEvent;
use forlop::tables::{Comparison, Condition, FactType, Pathway, Value};

/// A value that the pathway can use. No date is from the beginning.
pub struct Known<'a> {
    fact: &'a str,
    date: Option<NaiveDate>,
    value: Value,
}

/// The usable values in the order of the input, none dated after as-of (E1).
pub fn usable<'a>(pathway: &'a Pathway, facts: &[FactEvent<'a>], as_of: NaiveDate) -> Vec<Known<'a>> {
    let mut known = vec![];
    for given in facts {
        if given.date.is_some_and(|date| date > as_of) {
            continue;
        }
        let Some(declared) = pathway.facts.iter().find(|fact| fact.name == given.fact) else {
            continue;
        };
        if let Some(value) = read(&declared.fact_type, given.value) {
            known.push(Known { fact: &declared.name, date: given.date, value });
        }
    }
    known
}

/// A value from its text; none if the fact cannot take it.
fn read(fact_type: &FactType, text: &str) -> Option<Value> {
    match fact_type {
        FactType::Choice { values } => {
            let value = values.iter().find(|value| value.name == text)?;
            Some(Value::Choice(value.name.clone()))
        }
        FactType::YesNo => match text {
            "ja" => Some(Value::YesNo(true)),
            "nei" => Some(Value::YesNo(false)),
            _ => None,
        },
        FactType::Number { unit } => {
            let number = match text.strip_suffix(unit.as_str()) {
                Some(number) if !unit.is_empty() => number.trim_end_matches(' '),
                _ => text,
            };
            let number = number.replace(',', ".");
            // A decimal: perhaps a minus, digits, perhaps a mark and digits. No exponent, no words.
            let unsigned = number.strip_prefix('-').unwrap_or(&number);
            let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
            (is_digits(whole) && is_digits(fraction)).then(|| Value::Number(number.parse().unwrap()))
        }
        FactType::Years => {
            let number = text.strip_suffix("år").map_or(text, |number| number.trim_end_matches(' '));
            let years: f64 = is_digits(number).then(|| number.parse().unwrap())?;
            (years <= 150.0).then_some(Value::Number(years))
        }
        FactType::Date => {
            let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
            if shape != "9999-99-99" {
                return None;
            }
            text.parse().ok().map(Value::Date)
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// E6: the latest value dated on or before the day. An undated one is older than any dated one, and of two with the
/// same date the later in the input holds.
fn value_on<'k>(known: &'k [Known], fact: &str, day: NaiveDate) -> Option<&'k Value> {
    let mut latest: Option<&Known> = None;
    for candidate in known {
        let speaks = candidate.fact == fact && candidate.date.is_none_or(|date| date <= day);
        // None, the undated, is less than any date.
        if speaks && latest.is_none_or(|latest| latest.date <= candidate.date) {
            latest = Some(candidate);
        }
    }
    latest.map(|latest| &latest.value)
}

/// E6: the dates of conflicts about one fact, each once; none if there is no conflict. Two values conflict if they have the
/// same date, or both none, and differ as values: `1,0` and `1` do not.
pub fn conflicts(known: &[Known], fact: &str) -> Option<Vec<NaiveDate>> {
    let mut found = false;
    let mut dates = vec![];
    for one in known.iter().filter(|one| one.fact == fact) {
        for other in known.iter().filter(|other| other.fact == fact) {
            if one.date == other.date && one.value != other.value {
                found = true;
                dates.extend(one.date);
            }
        }
    }
    found.then_some(dates)
}

/// Rule 4: the variant on a day, none for the main course, and whether that is `known` or `assumed`.
pub fn variant_on<'a>(pathway: &'a Pathway, known: &[Known], day: NaiveDate) -> (Option<&'a str>, &'static str) {
    for variant in &pathway.variants {
        match holds(&variant.when, known, day) {
            Some(true) => return (Some(&variant.name), "known"),
            Some(false) => {}
            None => return (None, "assumed"),
        }
    }
    (None, "known")
}

/// Rule 3: true, false or (none) unknown, by Kleene's tables.
fn holds(condition: &Condition, known: &[Known], day: NaiveDate) -> Option<bool> {
    match condition {
        Condition::All { of } => {
            let parts: Vec<_> = of.iter().map(|part| holds(part, known, day)).collect();
            if parts.contains(&Some(false)) {
                Some(false)
            } else if parts.contains(&None) {
                None
            } else {
                Some(true)
            }
        }
        Condition::Any { of } => {
            let parts: Vec<_> = of.iter().map(|part| holds(part, known, day)).collect();
            if parts.contains(&Some(true)) {
                Some(true)
            } else if parts.contains(&None) {
                None
            } else {
                Some(false)
            }
        }
        Condition::Not { of } => holds(of, known, day).map(|part| !part),
        Condition::Is { fact, value } => value_on(known, fact, day).map(|known| known == value),
        Condition::Compare { fact, comparison, value } => {
            let known = value_on(known, fact, day)?;
            let order = match (known, value) {
                (Value::Number(known), Value::Number(value)) => known.partial_cmp(value)?,
                (Value::Date(known), Value::Date(value)) => known.cmp(value),
                _ => return None,
            };
            Some(match comparison {
                Comparison::Above => order == Ordering::Greater,
                Comparison::Below => order == Ordering::Less,
                Comparison::AtLeast => order != Ordering::Less,
                Comparison::AtMost => order != Ordering::Greater,
            })
        }
        Condition::Known { fact } => Some(value_on(known, fact, day).is_some()),
    }
}
