//! Facts (`opplysning`) and the values they can take (rule 3).

use super::{
    report::Report,
    scope::{FACT, Names, Unread, VALUE},
    words::{number, with_suggestion},
};
use crate::{
    diagnostic::Code as F,
    lang::Text,
    source::Span,
    syntax::tree::{self, At, Name, Statement},
    tables::{Fact, FactType, FactValue, Value},
    text,
};

/// The declared facts of a pathway.
pub struct Facts {
    pub names: Names,
    pub all: Vec<Fact>,
}

impl Facts {
    pub fn lower(body: &[Statement], unread: &Unread, report: &mut Report) -> Self {
        let mut facts = Facts { names: Names::new(FACT, unread), all: Vec::new() };
        for statement in body {
            let Statement::Fact(fact) = statement else { continue };
            let fact_type = lower_type(&fact.fact_type, report);
            if facts.names.declare(&fact.name, report) {
                facts.all.push(Fact {
                    name: fact.name.value.clone(),
                    label: fact.label.value.clone(),
                    fact_type,
                    origin: report.origin(fact.name.span),
                });
            }
        }
        facts
    }

    pub fn find(&self, name: &Name, report: &mut Report) -> Option<&Fact> {
        self.names.find(name, report).and_then(|at| self.all.get(at))
    }
}

fn lower_type(written: &tree::FactType, report: &mut Report) -> FactType {
    match written {
        tree::FactType::YesNo => FactType::YesNo,
        tree::FactType::Number(unit) => {
            FactType::Number { unit: unit.as_ref().map(|unit| unit.value.clone()).unwrap_or_default() }
        }
        tree::FactType::Date => FactType::Date,
        tree::FactType::Years => FactType::Years,
        tree::FactType::Choice(written) => {
            let mut names = Names::new(VALUE, &Unread::default());
            let value = |(name, label): &(Name, Option<tree::Label>)| {
                let label = label.as_ref().map(|label| label.value.clone());
                names.declare(name, report).then(|| FactValue { name: name.value.clone(), label })
            };
            FactType::Choice { values: written.iter().filter_map(value).collect() }
        }
    }
}

/// A value of the fact: F0207 if it has no such value, F0301 if it is of another type, F0302 if the unit is another.
pub fn value(fact: &Fact, written: &At<tree::Value>, report: &mut Report) -> Option<Value> {
    use tree::Value as Written;
    match (&fact.fact_type, &written.value) {
        (FactType::YesNo, Written::YesNo(value)) => Some(Value::YesNo(*value)),
        (FactType::Date, Written::Date(date)) => Some(Value::Date(*date)),
        (FactType::Choice { values }, Written::Name(name)) => choice(fact, values, name, written.span, report),
        (FactType::Number { unit: expected }, Written::Number(value, unit)) => {
            check_unit(fact, expected, unit.as_ref(), written.span, report).then_some(Value::Number(*value))
        }
        (FactType::Years, Written::Number(value, unit)) => {
            let unit = unit.as_ref().filter(|unit| unit.value != "år");
            let right_unit = unit.is_none() || check_unit(fact, "år", unit, written.span, report);
            (right_unit && check_whole(fact, *value, written.span, report)).then_some(Value::Number(*value))
        }
        _ => {
            wrong_type(fact, written, report);
            None
        }
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

fn check_unit(fact: &Fact, expected: &str, unit: Option<&Name>, span: Span, report: &mut Report) -> bool {
    let name = &fact.name;
    let found = unit.map_or("", |unit| unit.value.as_str());
    if found == expected {
        return true;
    }
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
        "" => text!("skriv tallet uten enhet", "write the number without a unit"),
        _ => text!("skriv tallet i {expected}", "write the number in {expected}"),
    };
    report.add_help(F::WrongUnit, unit.map_or(span, |unit| unit.span), message, help);
    false
}

fn check_whole(fact: &Fact, value: f64, span: Span, report: &mut Report) -> bool {
    let whole = super::words::as_whole(value).is_some();
    if !whole {
        let (name, value) = (&fact.name, number(value));
        let message =
            text!("«{name}» er hele år, men her står {value}", "«{name}» is in whole years, but here is {value}");
        report.add_help(F::WrongType, span, message, text!("skriv et helt tall fra 0", "write a whole number from 0"));
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
        FactType::YesNo => text!("ja eller nei", "yes or no"),
        FactType::Number { .. } => text!("et tall", "a number"),
        FactType::Date => text!("en dato", "a date"),
        FactType::Years => text!("hele år", "whole years"),
    }
}

/// How a value of the fact is written.
pub fn cure(fact: &Fact) -> Text {
    let name = &fact.name;
    let value = match &fact.fact_type {
        FactType::Choice { values } => values.first().map_or_else(String::new, |value| value.name.clone()),
        FactType::YesNo => "ja".to_owned(),
        FactType::Number { unit } => format!("over 10 {unit}").trim_end().to_owned(),
        FactType::Date => "over 2024-01-31".to_owned(),
        FactType::Years => "over 18".to_owned(),
    };
    text!("skriv for eksempel «{name} er {value}»", "write for example «{name} er {value}»")
}
