//! Values of facts as authors write them: of the fact's type, in its unit or in one that can be converted (rule 3).

use super::{
    report::Report,
    words::{as_whole, number, with_suggestion},
};
use crate::{
    diagnostic::Code as F,
    lang::Text,
    source::Span,
    syntax::tree::{self, At, Name},
    tables::{Fact, FactType, FactValue, Value, quantity::convert},
    text,
};

/// The unit of whole years.
const YEARS: &str = "år";

/// A value of the fact: F0207 if it has no such value, F0301 if it is of another type, F0302 if the unit measures
/// something else.
pub fn value(fact: &Fact, written: &At<tree::Value>, report: &mut Report) -> Option<Value> {
    use tree::Value as Written;
    let span = written.span;
    match (&fact.fact_type, &written.value) {
        (FactType::YesNo, Written::YesNo(value)) => Some(Value::YesNo(*value)),
        (FactType::Date, Written::Date(date)) => Some(Value::Date(*date)),
        (FactType::Choice { values } | FactType::Scale { values }, Written::Name(name)) => {
            choice(fact, values, name, span, report)
        }
        (FactType::Number { unit: expected }, Written::Number(value, unit)) => {
            converted(fact, expected, *value, unit.as_ref(), span, report).map(Value::Number)
        }
        (FactType::Years, Written::Number(value, None)) => whole(fact, *value, span, report).map(Value::Number),
        (FactType::Years, Written::Number(value, unit)) => {
            let years = converted(fact, YEARS, *value, unit.as_ref(), span, report)?;
            whole(fact, years, span, report).map(Value::Number)
        }
        _ => {
            wrong_type(fact, written, report);
            None
        }
    }
}

/// The unit of a fact that has a number; empty when it has none.
pub fn unit_of(fact: &Fact) -> Option<&str> {
    match &fact.fact_type {
        FactType::Number { unit } => Some(unit),
        FactType::Years => Some(YEARS),
        _ => None,
    }
}

fn choice(fact: &Fact, values: &[FactValue], name: &str, span: Span, report: &mut Report) -> Option<Value> {
    if values.iter().any(|value| value.name == name) {
        return Some(Value::Choice(name.to_owned()));
    }
    let fact_name = &fact.name;
    let message = text!("«{name}» er ikke en verdi av «{fact_name}»", "«{name}» is not a value of «{fact_name}»");
    let finding = report.finding(F::UnknownValue, span, message);
    report.push(with_suggestion(finding, name, values.iter().map(|value| value.name.as_str())));
    None
}

/// The number in the fact's unit.
fn converted(
    fact: &Fact,
    expected: &str,
    value: f64,
    unit: Option<&Name>,
    span: Span,
    report: &mut Report,
) -> Option<f64> {
    let found = unit.map_or("", |unit| unit.value.as_str());
    let converted = convert(value, found, expected);
    if converted.is_some() {
        return converted;
    }
    let name = &fact.name;
    let message = match (expected, found) {
        ("", found) => {
            text!("«{name}» har ingen enhet, men her står «{found}»", "«{name}» has no unit, but here is «{found}»")
        }
        (expected, "") => text!(
            "«{name}» måles i {expected}, men her mangler enheten",
            "«{name}» is measured in {expected}, but the unit is missing here"
        ),
        (expected, found) => text!(
            "«{name}» måles i {expected}, men her står «{found}»",
            "«{name}» is measured in {expected}, but here is «{found}»"
        ),
    };
    let help = match expected {
        "" => text!("Skriv tallet uten enhet.", "Write the number without a unit."),
        _ => text!("Skriv tallet i {expected}.", "Write the number in {expected}."),
    };
    report.add_help(F::WrongUnit, unit.map_or(span, |unit| unit.span), message, help);
    None
}

fn whole(fact: &Fact, value: f64, span: Span, report: &mut Report) -> Option<f64> {
    let whole = as_whole(value).map(f64::from);
    if whole.is_none() {
        let (name, value) = (&fact.name, number(value));
        let message =
            text!("«{name}» er hele år, men her står {value}", "«{name}» is in whole years, but here is {value}");
        report.add_help(
            F::WrongType,
            span,
            message,
            text!("Skriv et helt tall fra 0.", "Write a whole number from 0."),
        );
    }
    whole
}

fn wrong_type(fact: &Fact, written: &At<tree::Value>, report: &mut Report) {
    let name = &fact.name;
    let Text { nb, en } = describe(&fact.fact_type);
    let found = match written.value {
        tree::Value::Name(_) => text!("et ord", "a word"),
        tree::Value::YesNo(_) => text!("ja eller nei", "yes or no"),
        tree::Value::Number(..) => text!("et tall", "a number"),
        tree::Value::Date(_) => text!("en dato", "a date"),
    };
    let (found_nb, found_en) = (found.nb, found.en);
    report.add_help(
        F::WrongType,
        written.span,
        text!("«{name}» er {nb}, men her står {found_nb}", "«{name}» is {en}, but here is {found_en}"),
        cure(fact),
    );
}

/// What the values of a type are.
pub fn describe(fact_type: &FactType) -> Text {
    match fact_type {
        FactType::Choice { .. } => text!("ett av flere valg", "one of several choices"),
        FactType::Scale { .. } => text!("et trinn på en skala", "a step of a scale"),
        FactType::YesNo => text!("ja eller nei", "yes or no"),
        FactType::Number { .. } => text!("et tall", "a number"),
        FactType::Date => text!("en dato", "a date"),
        FactType::Years => text!("hele år", "whole years"),
    }
}

/// How a value of the fact is written.
pub fn cure(fact: &Fact) -> Text {
    let name = &fact.name;
    let first = |values: &[FactValue]| values.first().map_or_else(String::new, |value| value.name.clone());
    let value = match &fact.fact_type {
        FactType::Choice { values } => first(values),
        FactType::Scale { values } => format!("minst {}", first(values)),
        FactType::YesNo => "ja".to_owned(),
        FactType::Number { unit } => format!("over 10 {unit}").trim_end().to_owned(),
        FactType::Date => "over 2024-01-31".to_owned(),
        FactType::Years => "over 18".to_owned(),
    };
    text!("Skriv for eksempel «{name} er {value}».", "Write for example «{name} er {value}».")
}
