//! States of facts and the tests in conditions, as the author would write them.

use super::domains::{Asked, Domain, Level};
use crate::tables::{Comparison, Condition, Fact, FactType, Unit, Value};

/// What a fact is, or how a test comes out: «størrelse er 2,5 cm», «type er ukjent».
pub fn said(domain: &Domain, level: &Level, facts: &[Fact]) -> String {
    match (&domain.asked, level) {
        (Asked::Value(fact), Level::Value(found)) => format!("{} er {}", fact.name, value(found, &fact.fact_type)),
        (Asked::Value(fact), _) => format!("{} er ukjent", fact.name),
        (Asked::Age(fact, ages), Level::Age(within)) => age(fact, ages, within),
        (Asked::Age(fact, _), _) => format!("datoen for {} er ukjent", fact.name),
        (Asked::Often(_, condition), Level::Yes(yes)) => denied(*yes, test(condition, facts)),
        (Asked::Course(pathway), Level::Yes(yes)) => denied(*yes, course(pathway.as_deref())),
        (Asked::Often(..) | Asked::Course(_), _) => String::new(),
    }
}

fn denied(yes: bool, test: String) -> String {
    if yes { test } else { format!("ikke {test}") }
}

/// The least that it is no older than and the most that it is older than.
fn age(fact: &Fact, ages: &[(u32, Unit)], within: &[bool]) -> String {
    // In tenths; a wrong guess only tells less.
    let days = |(amount, unit): &(u32, Unit)| {
        let tenths = match unit {
            Unit::Kalenderdager => 10,
            Unit::Virkedager => 12,
            Unit::Arbeidsdager => 14,
            Unit::Uker => 70,
            Unit::Måneder => 304,
        };
        u64::from(*amount) * tenths
    };
    let sorted =
        |wanted: bool| ages.iter().zip(within).filter(move |(_, within)| **within == wanted).map(|(age, _)| age);
    let bound = |word: &str, age: &(u32, Unit)| format!("{word} {} {}", age.0, age.1.word());
    let older = sorted(false).max_by_key(|age| days(age)).map(|age| bound("eldre enn", age));
    let newer = sorted(true).min_by_key(|age| days(age)).map(|age| bound("ikke eldre enn", age));
    let bounds: Vec<_> = older.into_iter().chain(newer).collect();
    format!("siste {} er {}", fact.name, bounds.join(" og "))
}

fn course(pathway: Option<&str>) -> String {
    pathway.map_or("i forløp".to_owned(), |id| format!("i forløp {id}"))
}

/// A number as the author writes it, with a decimal comma.
pub fn number(value: f64) -> String {
    value.to_string().replace('.', ",")
}

fn value(value: &Value, fact_type: &FactType) -> String {
    match (value, fact_type) {
        (Value::YesNo(true), _) => "ja".to_owned(),
        (Value::YesNo(false), _) => "nei".to_owned(),
        (Value::Choice(name), _) => name.clone(),
        (Value::Date(date), _) => date.to_string(),
        (Value::Number(value), FactType::Number { unit }) => format!("{} {unit}", number(*value)).trim_end().to_owned(),
        (Value::Number(value), _) => number(*value),
    }
}

/// A condition as the author would write it: «psa er over 4 µg/l minst 3 ganger», «i forløp A39».
pub fn test(condition: &Condition, facts: &[Fact]) -> String {
    let written = |name: &str, found: &Value| {
        let fact = facts.iter().find(|fact| fact.name == name);
        value(found, fact.map_or(&FactType::YesNo, |fact| &fact.fact_type))
    };
    match condition {
        Condition::Is { fact, value: Value::YesNo(true) } => fact.clone(),
        Condition::Is { fact, value } => format!("{fact} er {}", written(fact, value)),
        Condition::Compare { fact, comparison, value } => {
            let word = match comparison {
                Comparison::Above => "over",
                Comparison::Below => "under",
                Comparison::AtLeast => "minst",
                Comparison::AtMost => "høyst",
            };
            format!("{fact} er {word} {}", written(fact, value))
        }
        Condition::Known { fact } => format!("{fact} er kjent"),
        Condition::Repeated { of, count, spacing, unit } => {
            let spacing =
                spacing.zip(*unit).map(|(amount, unit)| format!(" med minst {amount} {} mellom", unit.word()));
            format!("{} minst {count} ganger{}", test(of, facts), spacing.unwrap_or_default())
        }
        Condition::Recent { of, amount, unit } => format!("{} siste {amount} {}", test(of, facts), unit.word()),
        Condition::InCourse { pathway } => course(pathway.as_deref()),
        Condition::Not { of } if matches!(**of, Condition::All { .. } | Condition::Any { .. }) => {
            format!("ikke ({})", test(of, facts))
        }
        Condition::Not { of } => match test(of, facts).split_once(" er ") {
            Some((fact, rest)) => format!("{fact} er ikke {rest}"),
            None => format!("ikke {}", test(of, facts)),
        },
        Condition::All { of } => joined(of, " og ", facts),
        Condition::Any { of } => joined(of, " eller ", facts),
    }
}

fn joined(parts: &[Condition], word: &str, facts: &[Fact]) -> String {
    let part = |part: &Condition| match part {
        Condition::All { of } | Condition::Any { of } if of.len() > 1 => format!("({})", test(part, facts)),
        _ => test(part, facts),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(word)
}
