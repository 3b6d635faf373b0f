//! What is known of a patient on a day, and which variant that makes (rules 3 and 4, E6), read straight off the tables. Not
//! the runtime's prepared conditions.

use std::cmp::Ordering;

use chrono::NaiveDate;

use crate::{
    runtime::{Basis, due},
    tables::{Comparison, Condition, Fact, FactType, Formula, Operator, Pathway, Value},
};

/// One value of a fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Given<'t> {
    pub date: Option<NaiveDate>,
    pub fact: &'t Fact,
    pub value: Value,
}

/// What is known of one patient.
pub(super) struct Knowledge<'k, 't> {
    pathway: &'t Pathway,
    /// By the as-of date, in the order of date (none first) and input.
    given: Vec<&'k Given<'t>>,
}

impl<'k, 't> Knowledge<'k, 't> {
    pub fn new(pathway: &'t Pathway, given: &'k [Given<'t>], as_of: NaiveDate) -> Self {
        let mut given: Vec<_> = given.iter().filter(|given| given.date <= Some(as_of)).collect();
        given.sort_by_key(|given| given.date);
        Knowledge { pathway, given }
    }

    /// The number of the variant that holds on a day; none is the main course.
    pub fn variant(&self, day: NaiveDate) -> (Option<usize>, Basis) {
        let view = View { knowledge: self, day };
        for (number, variant) in self.pathway.variants.iter().enumerate() {
            match view.truth(&variant.when, None) {
                Some(true) => return (Some(number), Basis::Known),
                Some(false) => {}
                None => return (None, Basis::Assumed),
            }
        }
        (None, Basis::Known)
    }

    /// For each fact that has two different values with one date, those dates.
    pub fn conflicts(&self) -> Vec<Vec<NaiveDate>> {
        let mut conflicts = Vec::new();
        for fact in &self.pathway.facts {
            let own: Vec<_> = self.given.iter().filter(|given| given.fact.name == fact.name).collect();
            let days = own.chunk_by(|one, other| one.date == other.date);
            let differ =
                days.filter(|values| values.iter().any(|given| Some(&given.value) != values.first().map(|g| &g.value)));
            let dates: Vec<Option<NaiveDate>> = differ.filter_map(|values| Some(values.first()?.date)).collect();
            if !dates.is_empty() {
                conflicts.push(dates.into_iter().flatten().collect());
            }
        }
        conflicts
    }
}

struct View<'v, 'k, 't> {
    knowledge: &'v Knowledge<'k, 't>,
    day: NaiveDate,
}

impl<'v, 't> View<'v, '_, 't> {
    fn fact(&self, name: &str) -> Option<&'t Fact> {
        self.knowledge.pathway.facts.iter().find(|fact| fact.name == name)
    }

    /// The values of a fact that are known on the day, in order.
    fn values(&self, name: &str) -> Vec<&'v Given<'t>> {
        let known = self.knowledge.given.iter().filter(|given| given.fact.name == name && given.date <= Some(self.day));
        known.copied().collect()
    }

    fn value(&self, name: &str) -> Option<Value> {
        match &self.fact(name)?.formula {
            Some(formula) => self.computed(formula).map(Value::Number),
            None => self.values(name).last().map(|given| given.value.clone()),
        }
    }

    fn computed(&self, formula: &Formula) -> Option<f64> {
        let number = match formula {
            Formula::Number { value } => *value,
            Formula::Fact { fact, factor } => number(&self.value(fact)?)? * factor,
            Formula::Rise { fact, factor } => {
                let values = self.values(fact);
                let last = values.last()?;
                let before = values.iter().rev().find(|given| given.date < last.date)?;
                let days = i32::try_from((last.date? - before.date?).num_days()).ok()?;
                (number(&last.value)? - number(&before.value)?) / f64::from(days) * 365.0 * factor
            }
            Formula::Compute { with, left, right } => {
                let (left, right) = (self.computed(left)?, self.computed(right)?);
                match with {
                    Operator::Add => left + right,
                    Operator::Subtract => left - right,
                    Operator::Multiply => left * right,
                    Operator::Divide => left / right,
                }
            }
        };
        number.is_finite().then_some(number)
    }

    /// Whether a condition holds; `instead` is the value that one value of its fact is looked at by itself.
    fn truth(&self, condition: &Condition, instead: Option<&Value>) -> Option<bool> {
        let value = |fact: &str| instead.cloned().or_else(|| self.value(fact));
        match condition {
            Condition::All { of } => {
                let parts: Vec<_> = of.iter().map(|part| self.truth(part, instead)).collect();
                if parts.contains(&Some(false)) {
                    Some(false)
                } else {
                    parts.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
                }
            }
            Condition::Any { of } => {
                let parts: Vec<_> = of.iter().map(|part| self.truth(part, instead)).collect();
                if parts.contains(&Some(true)) {
                    Some(true)
                } else {
                    parts.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
                }
            }
            Condition::Not { of } => self.truth(of, instead).map(|truth| !truth),
            Condition::Is { fact, value: wanted } => value(fact).map(|value| value == *wanted),
            Condition::Compare { fact, comparison, value: threshold } => {
                let ordering = compared(&value(fact)?, threshold, &self.fact(fact)?.fact_type)?;
                Some(match comparison {
                    Comparison::Above => ordering.is_gt(),
                    Comparison::Below => ordering.is_lt(),
                    Comparison::AtLeast => ordering.is_ge(),
                    Comparison::AtMost => ordering.is_le(),
                })
            }
            Condition::Known { fact } => Some(value(fact).is_some()),
            Condition::Repeated { of, count, spacing, unit } => {
                let values = self.values(fact_of(of)?);
                if values.is_empty() {
                    return None;
                }
                let mut counted: Vec<Option<NaiveDate>> = Vec::new();
                for given in values.iter().filter(|given| self.truth(of, Some(&given.value)) == Some(true)) {
                    let far_enough = match (counted.last(), given.date) {
                        (Some(Some(last)), Some(date)) => spacing
                            .zip(*unit)
                            .is_none_or(|(amount, unit)| due(*last, amount, unit).is_some_and(|due| due <= date)),
                        (Some(_), None) => false,
                        (None | Some(None), _) => true,
                    };
                    if far_enough {
                        counted.push(given.date);
                    }
                }
                Some(counted.len() >= *count as usize)
            }
            Condition::Recent { of, amount, unit } => {
                let values = self.values(fact_of(of)?);
                let latest = values.last()?;
                if self.truth(of, Some(&latest.value)) != Some(true) {
                    return Some(false);
                }
                Some(due(latest.date?, *amount, *unit).is_none_or(|due| self.day <= due))
            }
            // No variant looks at other courses.
            Condition::InCourse { .. } => None,
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    if let Value::Number(number) = value { Some(*number) } else { None }
}

/// The one fact that a condition is about.
fn fact_of(condition: &Condition) -> Option<&str> {
    match condition {
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } | Condition::Known { fact } => Some(fact),
        Condition::All { of } | Condition::Any { of } => of.iter().find_map(fact_of),
        Condition::Not { of } | Condition::Repeated { of, .. } | Condition::Recent { of, .. } => fact_of(of),
        Condition::InCourse { .. } => None,
    }
}

fn compared(found: &Value, threshold: &Value, fact_type: &FactType) -> Option<Ordering> {
    match (found, threshold, fact_type) {
        (Value::Number(found), Value::Number(threshold), _) => found.partial_cmp(threshold),
        (Value::Date(found), Value::Date(threshold), _) => Some(found.cmp(threshold)),
        (Value::Choice(found), Value::Choice(threshold), FactType::Scale { values }) => {
            let place = |name: &str| values.iter().position(|value| value.name == name);
            Some(place(found)?.cmp(&place(threshold)?))
        }
        _ => None,
    }
}
