//! Rules in words, as the specification's authors write them.

use crate::{
    lang::Lang,
    runtime::{amount, long_date},
    tables::{
        Comparison, Condition, CriteriaItem, Fact, FactType, Form, Former, Item, Limit, Need, Pathway, Quantified,
        Strength, Value,
    },
};
use chrono::NaiveDate;

/// A condition, with the labels of facts and values.
pub(super) fn condition(pathway: &Pathway, condition: &Condition) -> String {
    let say = |one: &Condition| self::condition(pathway, one);
    let fact = |name: &str| pathway.facts.iter().find(|fact| fact.name == name);
    let label = |name: &str| format!("«{}»", fact(name).map_or(name, |fact| fact.label.as_str()));
    let parts =
        |of: &[Condition], word: &str| of.iter().map(|part| bracketed(pathway, part)).collect::<Vec<_>>().join(word);
    match condition {
        Condition::All { of } => parts(of, " og "),
        Condition::Any { of } => parts(of, " eller "),
        Condition::Not { of } => format!("ikke ({})", say(of)),
        Condition::Is { fact: name, value } => format!("{} er {}", label(name), self::value(fact(name), value)),
        Condition::Compare { fact: name, comparison, value } => {
            let word = match comparison {
                Comparison::Above => "over",
                Comparison::Below => "under",
                Comparison::AtLeast => "minst",
                Comparison::AtMost => "høyst",
            };
            format!("{} er {word} {}", label(name), self::value(fact(name), value))
        }
        Condition::Known { fact } => format!("{} er kjent", label(fact)),
        Condition::Repeated { of, count, spacing, unit } => {
            let between = spacing.zip(*unit).map(|(spacing, unit)| amount(spacing, unit, Lang::Nb));
            let between = between.map(|between| format!(" med minst {between} mellom")).unwrap_or_default();
            format!("{} minst {count} ganger{between}", bracketed(pathway, of))
        }
        Condition::Recent { of, amount: most, unit } => {
            format!("{} siste {}", bracketed(pathway, of), amount(*most, *unit, Lang::Nb))
        }
        Condition::InCourse { pathway: Some(id) } => format!("pasienten er i forløpet {id}"),
        Condition::InCourse { pathway: None } => "pasienten er i et forløp".to_owned(),
    }
}

fn bracketed(pathway: &Pathway, condition: &Condition) -> String {
    let words = self::condition(pathway, condition);
    match condition {
        Condition::All { .. } | Condition::Any { .. } => format!("({words})"),
        _ => words,
    }
}

fn value(fact: Option<&Fact>, value: &Value) -> String {
    match (value, fact.map(|fact| &fact.fact_type)) {
        (Value::YesNo(yes), _) => if *yes { "ja" } else { "nei" }.to_owned(),
        (Value::Number(number), Some(FactType::Number { unit })) if !unit.is_empty() => format!("{number} {unit}"),
        (Value::Number(number), Some(FactType::Years)) => format!("{number} år"),
        (Value::Number(number), _) => number.to_string(),
        (Value::Date(date), _) => date.to_string(),
        (Value::Choice(name), Some(FactType::Choice { values } | FactType::Scale { values })) => {
            let label = values.iter().find(|value| value.name == *name).and_then(|value| value.label.as_ref());
            format!("«{}»", label.unwrap_or(name))
        }
        (Value::Choice(name), _) => name.clone(),
    }
}

/// Criteria as a nested list.
pub(super) fn criteria(pathway: &Pathway, quantified: &Quantified) -> String {
    let mut lines = vec![format!("{}:", need(quantified.need))];
    items(pathway, quantified, "", &mut lines);
    lines.join("\n")
}

fn items(pathway: &Pathway, quantified: &Quantified, indent: &str, lines: &mut Vec<String>) {
    for item in &quantified.items {
        let CriteriaItem { label, condition, nested, not_alone, does_not_exclude, judged_by, .. } = item;
        let mut line = format!("{indent}- {label}");
        if let Some(condition) = condition {
            line += &format!(" [{}]", self::condition(pathway, condition));
        }
        let marks = [
            not_alone.then(|| "ikke alene".to_owned()),
            does_not_exclude.then(|| "utelukker ikke".to_owned()),
            judged_by.as_ref().map(|who| format!("vurderes av {who}")),
            nested.as_ref().map(|nested| need(nested.need)),
        ];
        let marks: Vec<_> = marks.into_iter().flatten().collect();
        if !marks.is_empty() {
            line += &format!(" ({})", marks.join("; "));
        }
        lines.push(line);
        if let Some(nested) = nested {
            items(pathway, nested, &format!("{indent}  "), lines);
        }
    }
}

/// How many items must be met.
pub(super) fn need(need: Need) -> String {
    match need {
        Need::All => "alle av".to_owned(),
        Need::None => "ingen av".to_owned(),
        Need::AtLeast(count) => format!("minst {count} av"),
    }
}

/// How binding something is: the author's words.
pub(super) fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Skal => "påkrevd",
        Strength::Bør => "anbefalt",
        Strength::Kan => "aktuell",
        Strength::Unngå => "unngå",
    }
}

/// An item with all that is said of it, except its parts.
pub(super) fn item(pathway: &Pathway, item: &Item) -> String {
    let marks = [
        item.strength.map(|strength| self::strength(strength).to_owned()),
        item.when.as_ref().map(|when| format!("når {}", condition(pathway, when))),
        item.max_age.map(|age| format!("ikke eldre enn {}", amount(age.amount, age.unit, Lang::Nb))),
        (!item.before.is_empty()).then(|| format!("før {}", item.before.join(", "))),
        item.by.as_ref().map(|who| format!("utføres av {who}")),
        item.need.map(need),
    ];
    let marks: Vec<_> = marks.into_iter().flatten().collect();
    if marks.is_empty() { item.text.clone() } else { format!("{} ({})", item.text, marks.join("; ")) }
}

/// What a row demands.
pub(super) fn limit(row: &Limit) -> String {
    let (Some(most), Some(unit)) = (row.amount, row.unit) else {
        return "ikke tallfestet".to_owned();
    };
    let words = amount(most, unit, Lang::Nb);
    match row.form {
        Form::AtMost | Form::Unquantified => format!("høyst {words}"),
        Form::AtLeast => format!("minst {words}"),
        Form::Between => format!("mellom {} og {words}", row.minimum.unwrap_or_default()),
        Form::SameDay => "samme dag".to_owned(),
    }
}

/// « fra 1. mai 2021 til …», or nothing.
pub(super) fn validity(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    let say = |word: &str, day: Option<NaiveDate>| day.map(|day| format!(" {word} {}", long_date(day, Lang::Nb)));
    say("fra", from).unwrap_or_default() + &say("til", to).unwrap_or_default()
}

/// An earlier name and its last day.
pub(super) fn former(former: &Former) -> String {
    format!("{}{}", former.name, validity(None, former.until))
}
