//! Facts, conditions and content in few words.

use super::*;
use crate::tables::{
    Comparison, Condition, Content, Criteria, CriteriaItem, Fact, FactType, FactValue, Formula, Item, List, ListKind,
    Need, Operator, Outcome, Pathway, Quantified, Route, Routes, Value,
};

/// Facts by name and type: `ja`, `år`, `dato`, `tall`, `tall cm`, or the values of a choice (`a|b`) or a scale (`a<b`).
pub fn declared(text: &str) -> Vec<Fact> {
    let facts = text.split(',').map(|fact| fact.trim().split_once(' ').expect("a type"));
    facts.map(|(name, kind)| fact(name, kind)).collect()
}

fn fact(name: &str, kind: &str) -> Fact {
    let values =
        |between| kind.split(between).map(|value| FactValue { name: value.into(), label: None }).collect::<Vec<_>>();
    let fact_type = match kind {
        "ja" => FactType::YesNo,
        "år" => FactType::Years,
        "dato" => FactType::Date,
        "tall" => FactType::Number { unit: String::new() },
        _ if kind.starts_with("tall ") => FactType::Number { unit: kind["tall ".len()..].into() },
        _ if kind.contains('<') => FactType::Scale { values: values('<') },
        _ => FactType::Choice { values: values('|') },
    };
    Fact {
        name: name.into(),
        label: name.into(),
        fact_type,
        judged_by: None,
        formula: None,
        implicit: false,
        origin: origin(20),
    }
}

/// A fact that is computed.
pub fn computed(name: &str, formula: Formula) -> Fact {
    Fact { formula: Some(formula), ..fact(name, "tall") }
}

pub fn read(fact: &str) -> Formula {
    Formula::Fact { fact: fact.into(), factor: 1.0 }
}

pub fn compute(left: Formula, with: Operator, right: Formula) -> Formula {
    Formula::Compute { with, left: Box::new(left), right: Box::new(right) }
}

pub fn yes(fact: &str) -> Condition {
    Condition::Is { fact: fact.into(), value: Value::YesNo(true) }
}

pub fn compare(fact: &str, comparison: Comparison, value: f64) -> Condition {
    Condition::Compare { fact: fact.into(), comparison, value: Value::Number(value) }
}

pub fn at_least(fact: &str, value: f64) -> Condition {
    compare(fact, Comparison::AtLeast, value)
}

/// A pathway of these facts and this content, with nothing else but codes and intervals.
pub fn pathway(facts: Vec<Fact>, content: impl Into<Vec<Content>>) -> Pathway {
    let (variants, rules, limits) = (Vec::new(), Vec::new(), Vec::new());
    Pathway { facts, variants, rules, limits, content: content.into(), ..net("A39") }
}

pub fn met_by(name: &str, condition: Condition) -> CriteriaItem {
    CriteriaItem { condition: Some(condition), ..judged_item(name) }
}

/// An item that only a person can judge.
pub fn judged_item(name: &str) -> CriteriaItem {
    CriteriaItem {
        name: name.into(),
        label: name.into(),
        condition: None,
        nested: None,
        not_alone: false,
        does_not_exclude: false,
        judged_by: None,
        origin: origin(50),
    }
}

/// Items that are met when facts of their names are `ja`.
pub fn items(names: &str) -> Vec<CriteriaItem> {
    names.split(' ').map(judged_item).collect()
}

pub fn nested(name: &str, need: Need, items: Vec<CriteriaItem>) -> CriteriaItem {
    CriteriaItem { nested: Some(Quantified { need, items }), ..judged_item(name) }
}

pub fn criteria(when: Option<Condition>, need: Need, items: Vec<CriteriaItem>) -> Content {
    let (name, label) = ("mistanke".to_owned(), "Mistanke".to_owned());
    Content::Criteria(Criteria { name, label, when, quantified: Quantified { need, items }, origin: origin(60) })
}

/// A decision table whose rows say their number.
pub fn routes(when: Option<Condition>, rows: Vec<Option<Condition>>) -> Content {
    let row = |(when, number): (Option<Condition>, u32)| {
        let outcome = Outcome::Onward { text: number.to_string() };
        Route { when, outcome, note: None, origin: origin(70) }
    };
    let (name, label) = ("vei".to_owned(), "Vei".to_owned());
    Content::Routes(Routes {
        name,
        label,
        when,
        rows: rows.into_iter().zip(1..).map(row).collect(),
        origin: origin(70),
    })
}

pub fn item(name: &str) -> Item {
    Item {
        strength: None,
        name: (!name.is_empty()).then(|| name.into()),
        text: name.into(),
        when: None,
        before: Vec::new(),
        max_age: None,
        by: None,
        need: None,
        items: Vec::new(),
        origin: origin(80),
    }
}

pub fn investigations(when: Option<Condition>, items: Vec<Item>) -> Content {
    let (name, label) = ("utredning".to_owned(), "Utredning".to_owned());
    Content::List(List { list: ListKind::Investigations, name, label, when, items, origin: origin(80) })
}
