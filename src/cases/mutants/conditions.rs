//! Changes of conditions and of computed facts.

use super::{Mutants, Part};
use crate::{
    cases::solve::{rounded, step},
    prove::conditions::test,
    tables::{
        Comparison, Condition, Content, CriteriaItem, Fact, FactType, Formula, Item, Operator, Origin, Pathway, Value,
    },
    text,
};

/// What a condition decides.
#[derive(Clone, Copy, PartialEq)]
pub enum Of {
    /// Which variant holds.
    Variant,
    /// Whether an item of criteria is met.
    Item,
    /// Whether something applies; without it, it always does.
    When,
}

/// Each condition of the pathway, changed in each way.
pub fn conditions(pathway: &Pathway, mutants: &mut Mutants) {
    for (at, (condition, origin, of)) in all(pathway).into_iter().enumerate() {
        let part = if of == Of::Variant { Part::Courses } else { Part::Assessed };
        let before = test(&condition, &pathway.facts);
        let mut change = |changed: Condition, what| {
            mutants.add(part, what, &origin, move |pathway| {
                let mut number = 0;
                each(pathway, &mut |condition, _, _| {
                    if number == at {
                        condition.clone_from(&changed);
                    }
                    number += 1;
                });
            });
        };
        for changed in changes(&condition, &pathway.facts) {
            let after = test(&changed, &pathway.facts);
            change(changed, text!("«{before}» → «{after}»", "«{before}» → «{after}»"));
        }
        if of == Of::When {
            let always = Condition::All { of: Vec::new() };
            change(always, text!("vilkåret «{before}» er fjernet", "the condition «{before}» is removed"));
        }
    }
}

/// Each condition with its place.
pub fn all(pathway: &Pathway) -> Vec<(Condition, Origin, Of)> {
    let mut all = Vec::new();
    // The walk is that of the change, so that a condition has the same number in both.
    each(&mut pathway.clone(), &mut |condition, origin, of| all.push((condition.clone(), origin.clone(), of)));
    all
}

/// Calls `see` with each condition of the pathway and where it stands, always in the same order.
fn each(pathway: &mut Pathway, see: &mut dyn FnMut(&mut Condition, &Origin, Of)) {
    for variant in &mut pathway.variants {
        see(&mut variant.when, &variant.origin, Of::Variant);
    }
    for content in pathway.content.iter_mut().chain(pathway.phases.iter_mut().flat_map(|phase| &mut phase.content)) {
        match content {
            Content::Criteria(criteria) => {
                criteria.when.iter_mut().for_each(|when| see(when, &criteria.origin, Of::When));
                criteria.quantified.items.iter_mut().for_each(|item| of_criteria(item, see));
            }
            Content::Routes(routes) => {
                routes.when.iter_mut().for_each(|when| see(when, &routes.origin, Of::When));
                for row in &mut routes.rows {
                    row.when.iter_mut().for_each(|when| see(when, &row.origin, Of::When));
                }
            }
            Content::List(list) if super::content::is_evaluated(list) => {
                list.when.iter_mut().for_each(|when| see(when, &list.origin, Of::When));
                list.items.iter_mut().for_each(|item| of_list(item, see));
            }
            _ => {}
        }
    }
}

fn of_criteria(item: &mut CriteriaItem, see: &mut dyn FnMut(&mut Condition, &Origin, Of)) {
    item.condition.iter_mut().for_each(|condition| see(condition, &item.origin, Of::Item));
    item.nested.iter_mut().flat_map(|nested| &mut nested.items).for_each(|item| of_criteria(item, see));
}

fn of_list(item: &mut Item, see: &mut dyn FnMut(&mut Condition, &Origin, Of)) {
    item.when.iter_mut().for_each(|when| see(when, &item.origin, Of::When));
    item.items.iter_mut().for_each(|item| of_list(item, see));
}

/// The condition with one thing changed.
fn changes(condition: &Condition, facts: &[Fact]) -> Vec<Condition> {
    match condition {
        Condition::All { of } => {
            let rebuilt = |of| Condition::All { of };
            combinations(of, rebuilt, Condition::Any { of: of.clone() }, facts)
        }
        Condition::Any { of } => {
            let rebuilt = |of| Condition::Any { of };
            combinations(of, rebuilt, Condition::All { of: of.clone() }, facts)
        }
        Condition::Not { of } => {
            let within = changes(of, facts).into_iter().map(|of| Condition::Not { of: Box::new(of) });
            std::iter::once((**of).clone()).chain(within).collect()
        }
        Condition::Is { fact, value } => {
            let other = other_value(fact, value, facts).into_iter();
            other.map(|value| Condition::Is { fact: fact.clone(), value }).collect()
        }
        Condition::Compare { fact, comparison, value } => {
            let other = match comparison {
                Comparison::Above => Comparison::AtLeast,
                Comparison::AtLeast => Comparison::Above,
                Comparison::Below => Comparison::AtMost,
                Comparison::AtMost => Comparison::Below,
            };
            let with =
                |comparison, value: &Value| Condition::Compare { fact: fact.clone(), comparison, value: value.clone() };
            let near = near(fact, value, facts);
            std::iter::once(with(other, value)).chain(near.iter().map(|value| with(*comparison, value))).collect()
        }
        Condition::Known { .. } | Condition::InCourse { .. } => {
            vec![Condition::Not { of: Box::new(condition.clone()) }]
        }
        Condition::Repeated { of, count, spacing, unit } => {
            let with = |of: &Condition, count, spacing| Condition::Repeated {
                of: Box::new(of.clone()),
                count,
                spacing,
                unit: *unit,
            };
            let counts = [count.checked_sub(1).filter(|count| *count > 0), count.checked_add(1)];
            let counts = counts.into_iter().flatten().map(|count| with(of, count, *spacing));
            let spacings = spacing.into_iter().flat_map(|days| [days.checked_sub(1), days.checked_add(1)]).flatten();
            let spacings = spacings.map(|spacing| with(of, *count, Some(spacing)));
            let within = changes(of, facts).into_iter().map(|of| with(&of, *count, *spacing));
            counts.chain(spacings).chain(within).collect()
        }
        Condition::Recent { of, amount, unit } => {
            let with = |of: &Condition, amount| Condition::Recent { of: Box::new(of.clone()), amount, unit: *unit };
            let amounts = [amount.checked_sub(1), amount.checked_add(1)].into_iter().flatten();
            let amounts = amounts.map(|amount| with(of, amount));
            let within = changes(of, facts).into_iter().map(|of| with(&of, *amount));
            amounts.chain(within).collect()
        }
    }
}

/// `og` or `eller`: the other word, one part less, or one part changed.
fn combinations(
    of: &[Condition],
    rebuilt: impl Fn(Vec<Condition>) -> Condition,
    swapped: Condition,
    facts: &[Fact],
) -> Vec<Condition> {
    let mut changed = Vec::new();
    if of.len() > 1 {
        changed.push(swapped);
    }
    for (at, part) in of.iter().enumerate() {
        let mut fewer = of.to_vec();
        fewer.remove(at);
        match fewer.as_slice() {
            [] => {}
            [one] => changed.push(one.clone()),
            _ => changed.push(rebuilt(fewer)),
        }
        for part in changes(part, facts) {
            let mut with = of.to_vec();
            if let Some(old) = with.get_mut(at) {
                *old = part;
            }
            changed.push(rebuilt(with));
        }
    }
    changed
}

fn type_of<'f>(fact: &str, facts: &'f [Fact]) -> Option<&'f FactType> {
    facts.iter().find(|known| known.name == fact).map(|fact| &fact.fact_type)
}

/// The next value of a list, or the other of two.
fn other_value(fact: &str, value: &Value, facts: &[Fact]) -> Option<Value> {
    match (value, type_of(fact, facts)?) {
        (Value::YesNo(truth), _) => Some(Value::YesNo(!truth)),
        (Value::Choice(name), FactType::Choice { values } | FactType::Scale { values }) => {
            let at = values.iter().position(|value| value.name == *name)?;
            let other = values.get((at + 1) % values.len())?;
            (other.name != *name).then(|| Value::Choice(other.name.clone()))
        }
        _ => near(fact, value, facts).pop(),
    }
}

/// The values a step to each side.
fn near(fact: &str, value: &Value, facts: &[Fact]) -> Vec<Value> {
    match (value, type_of(fact, facts)) {
        (Value::Number(number), _) => {
            let step = step(*number);
            [number - step, number + step].map(|near| Value::Number(rounded(near))).to_vec()
        }
        (Value::Date(date), _) => [date.pred_opt(), date.succ_opt()].into_iter().flatten().map(Value::Date).collect(),
        (Value::Choice(name), Some(FactType::Scale { values })) => {
            let at = values.iter().position(|value| value.name == *name);
            let near = at.map(|at| [at.checked_sub(1), Some(at + 1)]).into_iter().flatten().flatten();
            near.filter_map(|at| values.get(at)).map(|value| Value::Choice(value.name.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// Computed facts with another operator, or another number.
pub fn formulas(pathway: &Pathway, mutants: &mut Mutants) {
    for (at, fact) in pathway.facts.iter().enumerate() {
        let Some(formula) = &fact.formula else { continue };
        for (changed, what) in formula_changes(formula) {
            let name = &fact.name;
            let what = text!("{name}: {what}", "{name}: {what}");
            mutants.add(Part::Both, what, &fact.origin, move |pathway| {
                pathway.facts.iter_mut().skip(at).take(1).for_each(|fact| fact.formula = Some(changed.clone()));
            });
        }
    }
}

fn formula_changes(formula: &Formula) -> Vec<(Formula, String)> {
    match formula {
        Formula::Number { value } => {
            let near = [value - step(*value), value + step(*value)].map(rounded);
            near.map(|near| (Formula::Number { value: near }, format!("{value} → {near}"))).to_vec()
        }
        Formula::Fact { .. } | Formula::Rise { .. } => Vec::new(),
        Formula::Compute { with, left, right } => {
            let rebuilt = |with, left: &Formula, right: &Formula| Formula::Compute {
                with,
                left: Box::new(left.clone()),
                right: Box::new(right.clone()),
            };
            let (other, what) = match with {
                Operator::Add => (Operator::Subtract, "+ → -"),
                Operator::Subtract => (Operator::Add, "- → +"),
                Operator::Multiply => (Operator::Divide, "* → /"),
                Operator::Divide => (Operator::Multiply, "/ → *"),
            };
            let mut changes = vec![(rebuilt(other, left, right), what.to_owned())];
            changes.extend(formula_changes(left).into_iter().map(|(left, what)| (rebuilt(*with, &left, right), what)));
            changes
                .extend(formula_changes(right).into_iter().map(|(right, what)| (rebuilt(*with, left, &right), what)));
            changes
        }
    }
}
