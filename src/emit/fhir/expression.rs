//! Conditions as FHIRPath. What is unknown is empty there, and `and`, `or` and `not()` are Kleene's.
//!
//! The context is a `Bundle` with at most one `Observation` of each fact: the value that holds on the day in question,
//! of the fact's type and in its unit; for a computed fact, what it comes to. None is written for what that cannot tell.

use serde_json::{Value as Json, json};

use super::{About, words};
use crate::tables::{
    Comparison, Condition, CriteriaItem, Fact, FactType, FactValue, Need, Operator, Quantified, Value,
};

/// The longest expression that is written; nested items could otherwise grow without bound.
const LONGEST: usize = 100_000;
/// Digits before and after the point that every engine keeps.
const DIGITS: (usize, usize) = (15, 8);

/// An applicability condition: the words always, and FHIRPath where there is any. An engine that does not know the
/// language `text/plain` must not take the condition as met.
pub(super) fn applicability(words: &str, fhirpath: Option<String>) -> Json {
    let (language, expression) = match &fhirpath {
        Some(fhirpath) => ("text/fhirpath", fhirpath.as_str()),
        None => ("text/plain", words),
    };
    json!({
        "kind": "applicability",
        "expression": { "description": words, "language": language, "expression": expression },
    })
}

/// The condition element of a condition that may be left out.
pub(super) fn when(about: &About, condition: Option<&Condition>) -> Vec<Json> {
    let one = |condition| applicability(&words::condition(about.pathway, condition), fhirpath(about, condition));
    condition.map(one).into_iter().collect()
}

/// True for the row of this number if it is the first that is true and none before it is unknown: what holds of a list
/// of which the first true one holds. A row without a condition is always true.
pub(super) fn first_true<'c>(
    about: &About,
    before: impl Iterator<Item = Option<&'c Condition>>,
    own: Option<&Condition>,
) -> Option<String> {
    let always = || Some("true".to_owned());
    let of = |condition: Option<&Condition>| condition.map_or_else(always, |condition| fhirpath(about, condition));
    let mut parts = Vec::new();
    for condition in before {
        parts.push(format!("{}.not()", of(condition)?));
    }
    parts.push(of(own)?);
    joined(&parts, " and ", "true")
}

/// A condition; none if FHIRPath over the [context](self) cannot tell it.
pub(super) fn fhirpath(about: &About, condition: &Condition) -> Option<String> {
    let parts = |of: &[Condition]| of.iter().map(|part| fhirpath(about, part)).collect::<Option<Vec<_>>>();
    Some(match condition {
        Condition::All { of } => joined(&parts(of)?, " and ", "true")?,
        Condition::Any { of } => joined(&parts(of)?, " or ", "false")?,
        Condition::Not { of } => format!("{}.not()", fhirpath(about, of)?),
        Condition::Is { fact, value } => {
            let fact = find(about, fact)?;
            format!("({} = {})", value_of(about, fact), literal(fact, value)?)
        }
        Condition::Compare { fact, comparison, value } => compare(about, find(about, fact)?, *comparison, value)?,
        Condition::Known { fact } => format!("{}.exists()", value_of(about, find(about, fact)?)),
        // These ask for dates, for several values or for other courses.
        Condition::Repeated { .. } | Condition::Recent { .. } | Condition::InCourse { .. } => return None,
    })
}

fn compare(about: &About, fact: &Fact, comparison: Comparison, value: &Value) -> Option<String> {
    let found = value_of(about, fact);
    if let (FactType::Scale { values }, Value::Choice(name)) = (&fact.fact_type, value) {
        let threshold = values.iter().position(|value| value.name == *name)?;
        let meets = |place: &usize| comparison.holds(place.cmp(&threshold));
        let met = values.iter().enumerate().filter(|(place, _)| meets(place)).map(|(_, value)| code(fact, value));
        let parts: Vec<_> = met.map(|code| format!("({found} = {})", string(&code))).collect();
        // With no value that meets it, what is known is false and what is not stays unknown.
        return joined(&parts, " or ", &format!("({found} = '')"));
    }
    if matches!(fact.fact_type, FactType::Choice { .. } | FactType::Scale { .. } | FactType::YesNo) {
        return None;
    }
    let sign = match comparison {
        Comparison::Above => ">",
        Comparison::Below => "<",
        Comparison::AtLeast => ">=",
        Comparison::AtMost => "<=",
    };
    Some(format!("({found} {sign} {})", literal(fact, value)?))
}

/// How many of which items must be met (rule 5).
pub(super) fn criteria(about: &About, quantified: &Quantified) -> Option<String> {
    let items: Vec<_> = quantified.items.iter().map(|item| met(about, item)).collect::<Option<_>>()?;
    let marked = || quantified.items.iter().zip(&items);
    let others: Vec<_> = marked().filter(|(item, _)| !item.not_alone).map(|(_, met)| met.clone()).collect();
    let beside = joined(&others, " or ", "false")?;
    let items = marked().map(|(item, met)| match item.not_alone {
        true => joined(&[met.clone(), beside.clone()], " and ", "true"),
        false => Some(met.clone()),
    });
    let items: Vec<_> = items.collect::<Option<_>>()?;
    let each = |write: fn(&String) -> String| items.iter().map(write).collect::<Vec<_>>();
    match quantified.need {
        Need::All => joined(&items, " and ", "true"),
        Need::None => joined(&each(|item| format!("{item}.not()")), " and ", "true"),
        Need::AtLeast(1) => joined(&items, " or ", "false"),
        Need::AtLeast(count) => {
            let met = joined(&each(|item| format!("iif({item}, 1, 0)")), " + ", "0")?;
            let possible = joined(&each(|item| format!("iif({item}.not(), 0, 1)")), " + ", "0")?;
            short(format!("iif({met} >= {count}, true, iif({possible} < {count}, false, {{}}))"))
        }
    }
}

/// Whether an item is met. One that only a person can judge is a fact of its name.
fn met(about: &About, item: &CriteriaItem) -> Option<String> {
    let met = match (&item.condition, &item.nested) {
        (Some(condition), _) => fhirpath(about, condition)?,
        (None, Some(nested)) => criteria(about, nested)?,
        (None, None) => match find(about, &item.name) {
            Some(fact) if fact.fact_type == FactType::YesNo => format!("({} = true)", value_of(about, fact)),
            _ => "({})".to_owned(),
        },
    };
    if item.does_not_exclude { short(format!("iif({met}, true, {{}})")) } else { Some(met) }
}

/// The code of one value of a fact.
pub(super) fn code(fact: &Fact, value: &FactValue) -> String {
    format!("{}.{}", fact.name, value.name)
}

fn find<'t>(about: &About<'t>, name: &str) -> Option<&'t Fact> {
    about.pathway.facts.iter().find(|fact| fact.name == name)
}

/// The value of a fact, if it is known, of the fact's type and in its unit.
fn value_of(about: &About, fact: &Fact) -> String {
    let system = string(&about.facts());
    let name = string(&fact.name);
    let value = match &fact.fact_type {
        FactType::Choice { .. } | FactType::Scale { .. } => {
            format!("ofType(CodeableConcept).coding.where(system = {system}).code")
        }
        FactType::YesNo => "ofType(boolean)".to_owned(),
        FactType::Number { unit } if unit.is_empty() => "ofType(Quantity).where(unit.empty()).value".to_owned(),
        FactType::Number { unit } => format!("ofType(Quantity).where(unit = {}).value", string(unit)),
        FactType::Date => "ofType(dateTime)".to_owned(),
        FactType::Years => "ofType(integer)".to_owned(),
    };
    let observed = format!("where(code.coding.exists(system = {system} and code = {name}))");
    format!("Bundle.entry.resource.ofType(Observation).{observed}.value.{value}")
}

/// A value of the fact's type.
fn literal(fact: &Fact, value: &Value) -> Option<String> {
    match (&fact.fact_type, value) {
        (FactType::Choice { values } | FactType::Scale { values }, Value::Choice(name)) => {
            values.iter().find(|value| value.name == *name).map(|value| string(&code(fact, value)))
        }
        (FactType::YesNo, Value::YesNo(yes)) => Some(yes.to_string()),
        (FactType::Number { .. } | FactType::Years, Value::Number(number)) => decimal(*number),
        (FactType::Date, Value::Date(date)) => Some(format!("@{date}")),
        _ => None,
    }
}

fn decimal(number: f64) -> Option<String> {
    let written = number.to_string();
    let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
    (number.is_finite() && whole.len() <= DIGITS.0 && part.len() <= DIGITS.1).then_some(written)
}

fn string(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn joined(parts: &[String], between: &str, none: &str) -> Option<String> {
    match parts {
        [] => Some(none.to_owned()),
        [one] => short(one.clone()),
        _ => short(format!("({})", parts.join(between))),
    }
}

fn short(expression: String) -> Option<String> {
    (expression.len() <= LONGEST).then_some(expression)
}

/// How a computed fact is computed, in words.
pub(super) fn formula(formula: &crate::tables::Formula) -> String {
    use crate::tables::Formula;
    let times = |factor: f64| if factor == 1.0 { String::new() } else { format!(" * {factor}") };
    match formula {
        Formula::Number { value } => value.to_string(),
        Formula::Fact { fact, factor } => format!("{fact}{}", times(*factor)),
        Formula::Rise { fact, factor } => format!("stigning av {fact} per år{}", times(*factor)),
        Formula::Compute { with, left, right } => {
            let sign = match with {
                Operator::Add => '+',
                Operator::Subtract => '-',
                Operator::Multiply => '*',
                Operator::Divide => '/',
            };
            format!("({} {sign} {})", self::formula(left), self::formula(right))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_engines_would_round_are_not_written() {
        for (number, written) in [
            (2.0, Some("2")),
            (-0.5, Some("-0.5")),
            (0.000_000_01, Some("0.00000001")),
            (0.000_000_001, None),
            (1e15, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(decimal(number).as_deref(), written);
        }
    }

    #[test]
    fn quotes_do_not_end_a_string() {
        assert_eq!(string(r"a'b\c"), r"'a\'b\\c'");
    }

    #[test]
    fn an_expression_that_grows_without_bound_is_not_written() {
        let long = ["x".repeat(LONGEST / 2), "y".repeat(LONGEST / 2)];
        assert!(long.iter().all(|one| joined(std::slice::from_ref(one), " or ", "false").is_some()));
        assert_eq!(joined(&long, " or ", "false"), None);
    }
}
