//! Computed facts (`beregnet`): of numbers, in units that fit, and never of themselves.

use std::{cell::Cell, collections::BTreeMap};

use super::{
    facts::Facts,
    report::Report,
    values::{describe, unit_of},
};
use crate::{
    diagnostic::Code as F,
    lang::Text,
    syntax::tree::{Computed, Expression, Name},
    tables::{Fact, Formula, Operator, quantity::convert},
    text,
};

/// Gives every computed fact its formula; those that are computed from themselves are F0306.
pub fn lower(computed: &[&Computed], facts: &mut Facts, report: &mut Report) {
    for written in computed {
        let unit = written.unit.as_ref().map_or("", |unit| unit.value.as_str());
        let formula = lower_expression(&written.expression, Some(unit), facts, report);
        let fact = facts.names.number(&written.name.value).and_then(|at| facts.all.get_mut(at));
        if let (Some(fact), Some(formula)) = (fact, formula) {
            fact.formula = Some(formula);
        }
    }
    check_cycles(computed, report);
}

/// `unit` is what the expression must come to; none is that the author declares it, as for a product.
fn lower_expression(
    expression: &Expression,
    unit: Option<&str>,
    facts: &Facts,
    report: &mut Report,
) -> Option<Formula> {
    Some(match expression {
        Expression::Number(number) => Formula::Number { value: number.value },
        Expression::Fact(name) => {
            let fact = number_fact(name, facts, report)?;
            let factor = factor(name, fact, unit, |own, wanted| convert(1.0, own, wanted), report)?;
            Formula::Fact { fact: fact.name.clone(), factor }
        }
        Expression::Rise(name) => {
            let fact = number_fact(name, facts, report)?;
            if fact.formula.is_some() {
                not_over_time(name, report);
                return None;
            }
            let per_year = |own: &str, wanted: &str| {
                convert(1.0, own, wanted).or_else(|| convert(1.0, own, wanted.strip_suffix("/år")?))
            };
            let factor = factor(name, fact, unit, per_year, report)?;
            Formula::Rise { fact: fact.name.clone(), factor }
        }
        Expression::Compute(with, left, right) => {
            let sum = matches!(with, Operator::Add | Operator::Subtract);
            let own = if sum { unit.or_else(|| own_unit(expression, facts)) } else { None };
            if !sum {
                check_multiple(expression, unit, facts, report);
            }
            let sides = (lower_expression(left, own, facts, report), lower_expression(right, own, facts, report));
            let (Some(left), Some(right)) = sides else { return None };
            Formula::Compute { with: *with, left: Box::new(left), right: Box::new(right) }
        }
    })
}

/// The unit that an expression has by itself: that of the first term of a sum, and of what is multiplied or divided by
/// numbers alone. Any other product has the unit that the author declares.
fn own_unit<'f>(expression: &Expression, facts: &'f Facts) -> Option<&'f str> {
    match expression {
        Expression::Fact(name) | Expression::Rise(name) => facts.get(&name.value).and_then(unit_of),
        Expression::Number(_) => None,
        Expression::Compute(Operator::Add | Operator::Subtract, left, right) => {
            own_unit(left, facts).or_else(|| own_unit(right, facts))
        }
        Expression::Compute(Operator::Multiply, left, right) if is_number(left) => own_unit(right, facts),
        Expression::Compute(_, left, right) if is_number(right) => own_unit(left, facts),
        Expression::Compute(..) => None,
    }
}

fn is_number(expression: &Expression) -> bool {
    match expression {
        Expression::Number(_) => true,
        Expression::Fact(_) | Expression::Rise(_) => false,
        Expression::Compute(_, left, right) => is_number(left) && is_number(right),
    }
}

/// A multiple of something in cm is in cm too: to call it mm would be wrong by ten.
fn check_multiple(expression: &Expression, wanted: Option<&str>, facts: &Facts, report: &mut Report) {
    let (Some(own), Some(wanted)) = (own_unit(expression, facts), wanted) else { return };
    let mut names = Vec::new();
    references(expression, &mut names);
    let wrong = convert(1.0, own, wanted).is_some_and(|factor| factor != 1.0);
    if let (true, Some(name)) = (wrong, names.first()) {
        let word = &name.value;
        report.add_help(
            F::WrongUnit,
            name.span,
            text!(
                "Svaret blir i {own}, som «{word}», men skal være i {wanted}",
                "The answer comes to {own}, as «{word}» does, but is to be in {wanted}"
            ),
            text!(
                "Regn i {own}: vilkår kan likevel bruke {wanted}.",
                "Compute in {own}: conditions can use {wanted} all the same."
            ),
        );
    }
}

/// Only numbers and whole years can be computed with.
fn number_fact<'f>(name: &Name, facts: &'f Facts, report: &mut Report) -> Option<&'f Fact> {
    let fact = facts.find(name, report)?;
    if unit_of(fact).is_some() {
        return Some(fact);
    }
    let (word, Text { nb, en }) = (&name.value, describe(&fact.fact_type));
    report.add_help(
        F::WrongType,
        name.span,
        text!("«{word}» er {nb} og kan ikke regnes med", "«{word}» is {en} and cannot be computed with"),
        text!("Skriv en opplysning som er et tall eller hele år.", "Write a fact that is a number or whole years."),
    );
    None
}

/// A computed fact has the value of the day, and none before it.
pub fn not_over_time(name: &Name, report: &mut Report) {
    let word = &name.value;
    report.add_help(
        F::WrongType,
        name.span,
        text!("«{word}» er beregnet og har ingen tidligere verdier", "«{word}» is computed and has no earlier values"),
        text!("Skriv en opplysning som er oppgitt med dato.", "Write a fact that is given with a date."),
    );
}

fn factor(
    name: &Name,
    fact: &Fact,
    wanted: Option<&str>,
    convert: impl Fn(&str, &str) -> Option<f64>,
    report: &mut Report,
) -> Option<f64> {
    let (Some(own), Some(wanted)) = (unit_of(fact), wanted) else { return Some(1.0) };
    let factor = convert(own, wanted);
    if factor.is_none() {
        let word = &name.value;
        let message = match (own, wanted) {
            ("", _) => text!(
                "«{word}» har ingen enhet, men skal regnes i {wanted}",
                "«{word}» has no unit, but is to be computed in {wanted}"
            ),
            (_, "") => text!(
                "«{word}» måles i {own}, men skal regnes uten enhet",
                "«{word}» is measured in {own}, but is to be computed without a unit"
            ),
            _ => text!(
                "«{word}» måles i {own} og kan ikke regnes om til {wanted}",
                "«{word}» is measured in {own} and cannot be converted to {wanted}"
            ),
        };
        let help = text!(
            "Legg bare sammen det som måler det samme, og skriv enheten etter «tall i».",
            "Add only what measures the same, and write the unit after «tall i»."
        );
        report.add_help(F::WrongUnit, name.span, message, help);
    }
    factor
}

/// A computed fact, the computed facts that it uses, and how far the search for circles has come with it.
struct Node<'e> {
    uses: Vec<(&'e Name, usize)>,
    seen: Cell<Seen>,
}

#[derive(Clone, Copy)]
enum Seen {
    Not,
    /// It is on the way that is followed.
    OnTheWay,
    Done,
}

/// Each reference that leads back to a fact on the way to it (F0306), depth first in the order written.
fn check_cycles(computed: &[&Computed], report: &mut Report) {
    let numbers: BTreeMap<_, _> = computed.iter().enumerate().map(|(at, one)| (one.name.value.as_str(), at)).collect();
    let nodes = computed.iter().map(|one| {
        let mut names = Vec::new();
        references(&one.expression, &mut names);
        let uses = names.into_iter().filter_map(|name| Some((name, *numbers.get(name.value.as_str())?)));
        Node { uses: uses.collect(), seen: Cell::new(Seen::Not) }
    });
    let nodes: Vec<Node> = nodes.collect();
    for start in nodes.iter().filter(|node| matches!(node.seen.get(), Seen::Not)) {
        start.seen.set(Seen::OnTheWay);
        // Each fact on the way, and what of its uses is left.
        let mut way = vec![(start, start.uses.iter())];
        while let Some((at, left)) = way.last_mut() {
            let Some((name, node)) = left.next().and_then(|(name, to)| Some((name, nodes.get(*to)?))) else {
                at.seen.set(Seen::Done);
                way.pop();
                continue;
            };
            match node.seen.get() {
                Seen::Not => {
                    node.seen.set(Seen::OnTheWay);
                    way.push((node, node.uses.iter()));
                }
                Seen::OnTheWay => cycle(name, report),
                Seen::Done => {}
            }
        }
    }
}

fn cycle(name: &Name, report: &mut Report) {
    let word = &name.value;
    report.add_help(
        F::FormulaCycle,
        name.span,
        text!("«{word}» beregnes av seg selv", "«{word}» is computed from itself"),
        text!("Ta «{word}» ut av beregningen.", "Take «{word}» out of the computation."),
    );
}

fn references<'e>(expression: &'e Expression, names: &mut Vec<&'e Name>) {
    match expression {
        Expression::Number(_) => {}
        Expression::Fact(name) | Expression::Rise(name) => names.push(name),
        Expression::Compute(_, left, right) => {
            references(left, names);
            references(right, names);
        }
    }
}
