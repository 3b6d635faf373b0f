//! Conditions: every test asks something that the fact can answer (rule 3).

use super::{
    facts::{Facts, cure, describe, value},
    report::Report,
};
use crate::{
    diagnostic::Code as F,
    lang::Text,
    syntax::tree::{self, At, Name, Test},
    tables::{Comparison, Condition, Fact, FactType, Value},
    text,
};

/// The condition, unless a part of it is wrong; all parts are checked.
pub fn lower(condition: &tree::Condition, facts: &Facts, report: &mut Report) -> Option<Condition> {
    let mut all = |parts: &[tree::Condition]| -> Option<Vec<Condition>> {
        let parts: Vec<_> = parts.iter().map(|part| lower(part, facts, report)).collect();
        parts.into_iter().collect()
    };
    match condition {
        tree::Condition::Any(parts) => Some(Condition::Any { of: all(parts)? }),
        tree::Condition::All(parts) => Some(Condition::All { of: all(parts)? }),
        tree::Condition::Not(inner) => lower(inner, facts, report).map(not),
        tree::Condition::Test { fact, test, .. } => lower_test(fact, test, facts, report),
    }
}

/// The condition of `når`: none when there is none to read.
pub fn lower_when(when: Option<&tree::Condition>, facts: &Facts, report: &mut Report) -> Option<Condition> {
    lower(when?, facts, report)
}

fn not(of: Condition) -> Condition {
    Condition::Not { of: Box::new(of) }
}

fn lower_test(name: &Name, test: &Test, facts: &Facts, report: &mut Report) -> Option<Condition> {
    let fact = facts.find(name, report)?;
    let named = || fact.name.clone();
    let mut is = |written: &At<tree::Value>| {
        value(fact, written, report).map(|value| Condition::Is { fact: fact.name.clone(), value })
    };
    match test {
        Test::Known => Some(Condition::Known { fact: named() }),
        Test::Unknown => Some(not(Condition::Known { fact: named() })),
        Test::Is(written) => is(written),
        Test::IsNot(written) => is(written).map(not),
        Test::Holds => holds(fact, name, report),
        Test::Above(written) => compare(fact, name, Comparison::Above, written, report),
        Test::Below(written) => compare(fact, name, Comparison::Below, written, report),
        Test::AtLeast(written) => compare(fact, name, Comparison::AtLeast, written, report),
        Test::AtMost(written) => compare(fact, name, Comparison::AtMost, written, report),
    }
}

/// Only a yes/no fact is a condition by itself.
fn holds(fact: &Fact, name: &Name, report: &mut Report) -> Option<Condition> {
    if fact.fact_type == FactType::YesNo {
        return Some(Condition::Is { fact: fact.name.clone(), value: Value::YesNo(true) });
    }
    let (word, Text { nb, en }) = (&name.value, describe(&fact.fact_type));
    report.add_help(
        F::WrongType,
        name.span,
        text!("«{word}» er {nb} og kan ikke stå alene", "«{word}» is {en} and cannot stand alone"),
        cure(fact),
    );
    None
}

/// Only numbers, years and dates have an order.
fn compare(
    fact: &Fact,
    name: &Name,
    comparison: Comparison,
    written: &At<tree::Value>,
    report: &mut Report,
) -> Option<Condition> {
    if matches!(fact.fact_type, FactType::Choice { .. } | FactType::YesNo) {
        let (word, Text { nb, en }) = (&name.value, describe(&fact.fact_type));
        report.add_help(
            F::WrongType,
            name.span,
            text!(
                "«{word}» er {nb} og kan ikke være over eller under noe",
                "«{word}» is {en} and cannot be above or below anything"
            ),
            cure(fact),
        );
        return None;
    }
    value(fact, written, report).map(|value| Condition::Compare { fact: fact.name.clone(), comparison, value })
}
