//! What is known of the patients: facts read as the runtime reads them (E1, E6).

use std::collections::BTreeSet;

use super::tree::{Expr, Operator, Part, Select, Type, call, case, int, of, only, rows, text, texts};
use crate::tables::{Fact, FactType, Pathway, quantity::conversions};

/// How many characters a number may have: any such number fits a double, in any unit.
pub(super) const LONGEST: i64 = 280;

const NUMBER: &str = "-?[0-9]+([.,][0-9]+)?";
const YEARS: &str = "0*([0-9]|[1-9][0-9]|1[0-4][0-9]|150)";
/// The days that there are, month by month, and 29 February of leap years.
const DATE: &str = "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29";

/// The pathway's facts that are given and not computed.
pub(super) fn given(pathway: &Pathway) -> impl Iterator<Item = &Fact> {
    pathway.facts.iter().filter(|fact| fact.formula.is_none())
}

/// A date as the number that stands for it.
pub(super) fn date_number(date: chrono::NaiveDate) -> Option<f64> {
    date.format("%Y%m%d").to_string().parse().ok()
}

/// The parts from the facts table to the usable values, `known_facts`.
pub(super) fn parts(pathway: &Pathway) -> Vec<Part> {
    let converted = conversion_rows(pathway);
    let mut parts = vec![choices(pathway)];
    let mut select = Select::from("written_facts", "f").all("f").left(
        "choices",
        "c",
        of("c", "fact").eq(of("f", "fact")).and(of("c", "value").eq(of("f", "value"))),
    );
    if !converted.is_empty() {
        parts.push(conversion_part(converted.clone()));
        let on = of("u", "fact").eq(of("f", "fact")).and(of("u", "written").eq(of("f", "unit")));
        select = select.left("conversions", "u", on);
    }
    if !units(pathway).is_empty() {
        parts.push(white_space());
    }
    parts.push(written(pathway, !converted.is_empty()));
    parts.push(select.column(number(pathway, !converted.is_empty()), "number").part(
        "read_facts",
        "Each value as a number: a choice by its place in the list, a date as yyyymmdd. Unknown if it cannot be used.",
    ));
    parts.push(
        Select::from("read_facts", "f")
            .columns("f", ["patient", "fact", "date", "line", "value", "number"])
            .only(of("f", "number").known())
            .part("known_facts", "The values that can be used."),
    );
    parts
}

fn choices(pathway: &Pathway) -> Part {
    let of_fact = |fact: &Fact| -> Vec<String> {
        match &fact.fact_type {
            FactType::Choice { values } | FactType::Scale { values } => {
                values.iter().map(|value| value.name.clone()).collect()
            }
            FactType::YesNo => ["nei", "ja"].map(str::to_owned).into(),
            FactType::Number { .. } | FactType::Date | FactType::Years => Vec::new(),
        }
    };
    let mut choices: Vec<[Expr; 3]> = Vec::new();
    for fact in given(pathway) {
        let values = of_fact(fact);
        for (place, value) in values.iter().enumerate() {
            if values.iter().position(|other| other == value) == Some(place) {
                let number = i64::try_from(place).unwrap_or(i64::MAX);
                choices.push([text(&fact.name), text(value), int(number)]);
            }
        }
    }
    let columns = [("fact", Type::Text), ("value", Type::Text), ("place", Type::Integer)];
    rows("choices", "The values that choices can have, in the order of their lists.", columns, choices)
}

/// Other units in which a fact's numbers may be written.
fn conversion_rows(pathway: &Pathway) -> Vec<[Expr; 5]> {
    let of_fact = |fact: &Fact| {
        let FactType::Number { unit } = &fact.fact_type else { return Vec::new() };
        let rows = conversions(unit).filter(|(written, ..)| written != unit).map(|(written, tens, times, parts)| {
            let exponent = text(format!("e{tens}"));
            [text(&fact.name), text(written), exponent, Expr::Number(times), Expr::Number(parts)]
        });
        rows.collect()
    };
    given(pathway).flat_map(of_fact).collect()
}

fn conversion_part(conversions: Vec<[Expr; 5]>) -> Part {
    let columns = [
        ("fact", Type::Text),
        ("written", Type::Text),
        ("exponent", Type::Text),
        ("times", Type::Double),
        ("parts", Type::Double),
    ];
    rows("conversions", "Other units of the same quantity.", columns, conversions)
}

fn white_space() -> Part {
    // Unicode has none after the ideographic one.
    let all: String = ('\0'..='\u{3000}').filter(|c| c.is_whitespace()).collect();
    rows("white_space", "What may stand between a number and its unit.", [("characters", Type::Text)], [[text(all)]])
}

fn written(pathway: &Pathway, converted: bool) -> Part {
    let value = || of("f", "value");
    let space = || of("w", "characters");
    let after_digits = || Expr::TrimStart(Box::new(value()), Box::new(text("-0123456789,.")));
    let before = |rest: Expr| {
        let length = |of: Expr| call("length", [of]);
        call("left", [value(), length(value()).is(Operator::Minus, length(rest))])
    };
    let bare = units(pathway).into_iter().map(|own| {
        let of_unit: Vec<Expr> =
            given(pathway).filter(|fact| unit(fact) == Some(own)).map(|fact| text(&fact.name)).collect();
        let length = || i64::try_from(own.chars().count()).unwrap_or(i64::MAX);
        let ends_so = call("right", [value(), int(length())]).eq(text(own));
        let number = Expr::TrimEnd(Box::new(before(text(own))), Box::new(space()));
        (of("f", "fact").among(of_unit).and(ends_so), number)
    });
    let bare: Vec<(Expr, Expr)> = bare.collect();
    let names = given(pathway).map(|fact| &fact.name);
    let not_after = of("f", "date").null().or(of("f", "date").le(of("s", "as_of")));
    let mut select = Select::from("facts", "f")
        .columns("f", ["patient", "fact", "date", "line", "value"])
        .cross("judged_on", "s")
        .only(of("f", "fact").among(texts(names)).and(not_after));
    let mut comment = "E1. Facts of the pathway, not after the as-of date".to_owned();
    if !bare.is_empty() {
        select = select.cross("white_space", "w").column(case(bare, value()), "bare");
        comment += ", bare of the unit of the fact's own numbers";
    }
    if converted {
        let unit = Expr::TrimStart(Box::new(after_digits()), Box::new(space()));
        select = select.column(before(after_digits()), "digits").column(unit, "unit");
        comment += ", and as digits and another unit";
    }
    select.part("written_facts", comment + ".")
}

/// The units that values may end with, each once.
fn units(pathway: &Pathway) -> BTreeSet<&str> {
    given(pathway).filter_map(unit).filter(|unit| !unit.is_empty()).collect()
}

/// The unit that a fact's values may end with.
fn unit(fact: &Fact) -> Option<&str> {
    match &fact.fact_type {
        FactType::Number { unit } => Some(unit),
        FactType::Years => Some("år"),
        _ => None,
    }
}

fn number(pathway: &Pathway, converted: bool) -> Expr {
    let of_type = |wanted: fn(&FactType) -> bool| {
        let names: Vec<Expr> =
            given(pathway).filter(|fact| wanted(&fact.fact_type)).map(|fact| text(&fact.name)).collect();
        of("f", "fact").among(names)
    };
    let number = |text: Expr| Expr::TryCast(Box::new(text), Type::Double);
    let with_point = |column| call("replace", [of("f", column), text(","), text(".")]);
    let is = |column, pattern| {
        let short = call("length", [of("f", column)]).le(Expr::Integer(LONGEST));
        Expr::Matches(Box::new(of("f", column)), pattern).and(short)
    };
    let bare = if units(pathway).is_empty() { "value" } else { "bare" };
    let mut written = vec![(is(bare, NUMBER), number(with_point(bare)))];
    if converted {
        let shifted = number(with_point("digits").is(Operator::Joined, of("u", "exponent")));
        let value = shifted.is(Operator::Times, of("u", "times")).is(Operator::Divided, of("u", "parts"));
        written.push((of("u", "written").known().and(is("digits", NUMBER)), value));
    }
    let date = number(call("replace", [of("f", "value"), text("-"), text("")]));
    let arms: [(Expr, Expr); 3] = [
        (of_type(|of| matches!(of, FactType::Number { .. })), Expr::Case(written, None)),
        (of_type(|of| *of == FactType::Years), only(is(bare, YEARS), number(of("f", bare)))),
        (of_type(|of| *of == FactType::Date), only(is("value", DATE), date)),
    ];
    let none = of("f", "fact").among([]);
    let arms: Vec<_> = arms.into_iter().filter(|(of_type, _)| *of_type != none).collect();
    if arms.is_empty() { of("c", "place") } else { case(arms, of("c", "place")) }
}

/// The parts with how many facts have two values with the same date, `conflicts`.
pub(super) fn conflicts() -> Vec<Part> {
    let key = || ["patient", "fact", "date"].map(|name| of("f", name));
    let differ = call("min", [of("f", "number")]).lt(call("max", [of("f", "number")]));
    let mut of_dates = Select::from("known_facts", "f").columns("f", ["patient", "fact", "date"]).group(key());
    of_dates.having = Some(differ);
    let distinct =
        Select { distinct: true, ..Select::from("conflicting_values", "f") }.columns("f", ["patient", "fact"]);
    vec![
        of_dates.part("conflicting_values", "E6. Facts with two values with the same date."),
        distinct.part("conflicting_facts", "E6. Each such fact once."),
        Select::from("conflicting_facts", "f")
            .columns("f", ["patient"])
            .column(call("count", [of("f", "fact")]), "facts")
            .group([of("f", "patient")])
            .part("conflicts", "E6. How many such facts the patient has."),
    ]
}
