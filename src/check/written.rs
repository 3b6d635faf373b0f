//! States of facts and the tests in conditions, as the author would write them.

use super::{
    domains::{Asked, Domain},
    words::number,
};
use crate::tables::{Comparison, Condition, Fact, FactType, Value};

/// What a fact is, or how a test comes out: «størrelse er 2,5 cm», «type er ukjent».
pub fn state(domain: &Domain, facts: &[Fact]) -> String {
    match (&domain.asked, domain.value()) {
        (Asked::Fact(fact), None) => format!("{} er ukjent", fact.name),
        (Asked::Fact(fact), Some(found)) => format!("{} er {}", fact.name, value(found, &fact.fact_type)),
        (Asked::Test(condition), None) => format!("det er ukjent om {}", test(condition, facts)),
        (Asked::Test(condition), Some(Value::YesNo(false))) => format!("ikke {}", test(condition, facts)),
        (Asked::Test(condition), Some(_)) => test(condition, facts),
    }
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
        Condition::InCourse { pathway } => {
            pathway.as_ref().map_or("i forløp".to_owned(), |id| format!("i forløp {id}"))
        }
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
