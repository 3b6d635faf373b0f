//! A short notation for rule tables: small tables of text, in which `-` is none and codes stand without the pathway's id.

use chrono::NaiveDate;
use forlop::tables::{
    Code, Comparison, Condition, FORMAT, FORMAT_VERSION, Fact, FactType, FactValue, Formula, Interval, Limit, Origin,
    Pathway, Phase, Role, Rule, RuleKind, RuleSeverity, Status, Tables, Treatment, Value, Variant,
};
use serde::de::DeserializeOwned;
use serde_json::json;

/// A document around pathways that are sorted by id.
pub fn tables(pathways: Vec<Pathway>) -> Tables {
    Tables {
        format: FORMAT.into(),
        format_version: FORMAT_VERSION,
        compiler: "0.0.0".into(),
        fingerprint: String::new(),
        pathways,
    }
}

/// A pathway with nothing in it.
pub fn empty(id: &str) -> Pathway {
    Pathway {
        id: id.into(),
        prefix: Some(id.into()),
        title: id.into(),
        former: vec![],
        status: Status::Utkast,
        version: None,
        disease: None,
        template: "prøve".into(),
        valid_from: None,
        valid_to: None,
        sources: vec![],
        phases: vec![],
        codes: vec![],
        groups: vec![],
        facts: vec![],
        intervals: vec![],
        variants: vec![],
        limits: vec![],
        rules: vec![],
        indicators: vec![],
        content: vec![],
        examples: vec![],
        origin: origin(),
    }
}

/// Puts the pathway's id before every code, and declares the phases that the codes name.
pub fn complete(mut pathway: Pathway) -> Pathway {
    for code in &pathway.codes {
        if let Some(name) = code.phase.clone()
            && pathway.phases.iter().all(|phase| phase.name != name)
        {
            pathway.phases.push(Phase { label: name.clone(), name, content: vec![], origin: origin() });
        }
    }
    let codes = pathway.codes.iter_mut().map(|code| &mut code.code);
    let points = pathway.intervals.iter_mut().flat_map(|interval| {
        let treatments = interval.treatments.iter_mut().flat_map(|treatment| &mut treatment.codes);
        interval.from.iter_mut().chain(&mut interval.to).chain(treatments)
    });
    let ruled = pathway.rules.iter_mut().flat_map(|rule| match &mut rule.kind {
        RuleKind::Before { first, then } | RuleKind::Triggers { first, then } => [Some(first), Some(then)],
        RuleKind::NeverTogether { first, second } => [Some(first), Some(second)],
        RuleKind::AtMost { of, .. } | RuleKind::Exactly { of, .. } => [Some(of), None],
        RuleKind::NothingAfter { after } => [Some(after), None],
    });
    for code in codes.chain(points).chain(ruled.flatten().flatten()) {
        code.insert_str(0, &pathway.id);
    }
    pathway
}

/// One date.
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Code, phase, role.
pub fn codes(text: &str) -> Vec<Code> {
    rows(text, |[name, phase, role]| code(name, given(phase), given(role).map(word)))
}

pub fn code(name: &str, phase: Option<&str>, role: Option<Role>) -> Code {
    Code {
        code: name.into(),
        label: name.into(),
        former: vec![],
        valid_from: None,
        valid_to: None,
        phase: phase.map(str::to_owned),
        role,
        date: None,
        occasions: vec![],
        origin: origin(),
    }
}

/// Name, start codes, end codes, treatments, parts.
pub fn intervals(text: &str) -> Vec<Interval> {
    rows(text, |[name, from, to, treatments, sum]| {
        let treatments = given(treatments).into_iter().flat_map(|all| all.split(',')).map(|treatment| {
            let (name, codes) = treatment.split_once('=').unwrap();
            Treatment { name: name.into(), codes: codes.split('+').map(str::to_owned).collect() }
        });
        Interval {
            name: name.into(),
            label: name.into(),
            from: from.split(',').map(str::to_owned).collect(),
            to: to.split(',').map(str::to_owned).collect(),
            treatments: treatments.collect(),
            repeats: false,
            sum: given(sum).into_iter().flat_map(|all| all.split(',')).map(str::to_owned).collect(),
            origin: origin(),
        }
    })
}

/// Interval, treatment, variant, form, minimum, amount, unit, valid from, valid to.
pub fn limits(text: &str) -> Vec<Limit> {
    rows(text, |[interval, treatment, variant, form, minimum, amount, unit, valid_from, valid_to]| Limit {
        interval: interval.into(),
        treatment: given(treatment).map(str::to_owned),
        variant: given(variant).map(str::to_owned),
        form: word(form),
        minimum: given(minimum).map(|minimum| minimum.parse().unwrap()),
        amount: given(amount).map(|amount| amount.parse().unwrap()),
        unit: given(unit).map(word),
        valid_from: given(valid_from).map(date),
        valid_to: given(valid_to).map(date),
        derived: false,
        source: None,
        note: None,
        origin: origin(),
    })
}

/// The lines of a table, each with N columns.
fn rows<const N: usize, T>(text: &str, row: impl Fn([&str; N]) -> T) -> Vec<T> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| row(line.split_whitespace().collect::<Vec<_>>().try_into().unwrap())).collect()
}

fn given(column: &str) -> Option<&str> {
    (column != "-").then_some(column)
}

/// A word of the tables' JSON.
fn word<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(json!(text)).unwrap()
}

pub fn names(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

pub fn fact(name: &str, fact_type: FactType) -> Fact {
    Fact {
        name: name.into(),
        label: name.into(),
        fact_type,
        judged_by: None,
        formula: None,
        implicit: false,
        origin: origin(),
    }
}

/// A fact that is computed; its own unit decides nothing.
pub fn computed(name: &str, formula: Formula) -> Fact {
    Fact { formula: Some(formula), ..fact(name, FactType::Number { unit: String::new() }) }
}

pub fn choice(values: &str) -> FactType {
    FactType::Choice { values: fact_values(values) }
}

/// From the lowest.
pub fn scale(values: &str) -> FactType {
    FactType::Scale { values: fact_values(values) }
}

fn fact_values(values: &str) -> Vec<FactValue> {
    names(values).into_iter().map(|name| FactValue { name, label: None }).collect()
}

pub fn variant(name: &str, when: Condition) -> Variant {
    Variant { name: name.into(), label: name.into(), when, origin: origin() }
}

pub fn rule(name: &str, severity: RuleSeverity, kind: RuleKind) -> Rule {
    Rule { name: name.into(), severity, label: name.into(), kind, origin: origin() }
}

pub fn before(first: &str, then: &str) -> RuleKind {
    RuleKind::Before { first: names(first), then: names(then) }
}

pub fn at_most(count: u32, of: &str) -> RuleKind {
    RuleKind::AtMost { count, of: names(of) }
}

pub fn all(of: [Condition; 2]) -> Condition {
    Condition::All { of: of.into() }
}

pub fn any(of: [Condition; 2]) -> Condition {
    Condition::Any { of: of.into() }
}

pub fn not(of: Condition) -> Condition {
    Condition::Not { of: Box::new(of) }
}

pub fn is(fact: &str, value: &str) -> Condition {
    Condition::Is { fact: fact.into(), value: Value::Choice(value.into()) }
}

pub fn is_yes(fact: &str) -> Condition {
    Condition::Is { fact: fact.into(), value: Value::YesNo(true) }
}

pub fn known(fact: &str) -> Condition {
    Condition::Known { fact: fact.into() }
}

pub fn compare(fact: &str, comparison: Comparison, value: Value) -> Condition {
    Condition::Compare { fact: fact.into(), comparison, value }
}

pub fn origin() -> Origin {
    Origin { file: "prøve.forlop".into(), line: 1, column: 1 }
}
