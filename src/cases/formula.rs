//! Values that a computed fact (`beregnet`) takes when what it is computed from is chosen for it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::solve::{World, decides, points, rounded, threshold};
use crate::tables::{Condition, Fact, FactType, Formula, Pathway, Value};

/// How deep computed facts may rest on one another here.
const DEPTH: usize = 8;

/// A computed fact on a day.
pub struct Computed<'p> {
    pub pathway: &'p Pathway,
    pub fact: &'p Fact,
    pub formula: &'p Formula,
    pub on: NaiveDate,
}

/// A number that a formula reads: a fact's value, or (true) how fast it rises.
type Input<'p> = (&'p str, bool);
type Numbers<'p> = BTreeMap<Input<'p>, f64>;

impl<'p> Computed<'p> {
    /// The worlds in which the fact decides the condition so: one unknown input is chosen for that, and the others are 1.
    pub fn worlds(&self, world: &World, condition: &Condition, truth: bool) -> Vec<World> {
        let mut numbers = Numbers::new();
        self.inputs(self.formula, DEPTH, &mut numbers);
        let mut free = Vec::new();
        for (input, number) in &mut numbers {
            match world.value(input.0) {
                Some(Value::Number(known)) if !input.1 => *number = *known,
                Some(_) => return Vec::new(),
                None => free.push(*input),
            }
        }
        let mut thresholds = Vec::new();
        condition.leaves(&mut |leaf| thresholds.extend(threshold(leaf)));
        let targets = points(&self.fact.fact_type, &thresholds);
        let chosen = free.iter().flat_map(|input| targets.iter().map(move |target| (*input, target)));
        let chosen = chosen.filter_map(|(input, target)| self.chosen(input, target, &numbers));
        let decided = |numbers: &Numbers| {
            let value = self.value(self.formula, numbers, DEPTH).map(Value::Number);
            value.and_then(|value| decides(condition, &value, self.fact)) == Some(truth)
        };
        let as_they_are = free.is_empty().then(|| numbers.clone());
        let worlds = chosen.chain(as_they_are).filter(decided);
        worlds
            .map(|numbers| free.iter().fold(world.clone(), |world, input| self.given(world, *input, &numbers)))
            .collect()
    }

    /// Everything that the formula reads, in the end, as 1.
    fn inputs(&self, formula: &'p Formula, depth: usize, numbers: &mut Numbers<'p>) {
        match formula {
            Formula::Number { .. } => {}
            Formula::Fact { fact, .. } => match self.formula_of(fact) {
                Some(inner) if depth > 0 => self.inputs(inner, depth - 1, numbers),
                _ => _ = numbers.insert((fact, false), 1.0),
            },
            Formula::Rise { fact, .. } => _ = numbers.insert((fact, true), 1.0),
            Formula::Compute { left, right, .. } => {
                self.inputs(left, depth, numbers);
                self.inputs(right, depth, numbers);
            }
        }
    }

    fn formula_of(&self, name: &str) -> Option<&'p Formula> {
        self.pathway.facts.iter().find(|fact| fact.name == name)?.formula.as_ref()
    }

    fn value(&self, formula: &'p Formula, numbers: &Numbers<'p>, depth: usize) -> Option<f64> {
        let value = match formula {
            Formula::Number { value } => *value,
            Formula::Fact { fact, factor } => match self.formula_of(fact) {
                Some(inner) => self.value(inner, numbers, depth.checked_sub(1)?)? * factor,
                None => numbers.get(&(fact.as_str(), false))? * factor,
            },
            Formula::Rise { fact, factor } => numbers.get(&(fact.as_str(), true))? * factor,
            Formula::Compute { with, left, right } => {
                let (left, right) = (self.value(left, numbers, depth)?, self.value(right, numbers, depth)?);
                with.apply(left, right)
            }
        };
        value.is_finite().then_some(value)
    }

    /// The numbers with one input such that the formula reaches the target, if it goes there in a straight line.
    fn chosen(&self, input: Input<'p>, target: &Value, numbers: &Numbers<'p>) -> Option<Numbers<'p>> {
        let Value::Number(target) = target else { return None };
        let with = |number: f64| {
            let mut numbers = numbers.clone();
            numbers.insert(input, number);
            numbers
        };
        let at = |number: f64| self.value(self.formula, &with(number), DEPTH);
        let (one, two) = (at(1.0)?, at(2.0)?);
        let number = rounded(1.0 + (target - one) / (two - one));
        let whole = self.pathway.facts.iter().any(|fact| fact.name == input.0 && fact.fact_type == FactType::Years);
        let number = if whole { number.round() } else { number };
        (number.is_finite() && (input.1 || number >= 0.0)).then(|| with(number))
    }

    /// The world with an input as a fact; a rise is two values, a year apart.
    fn given(&self, world: World, (fact, rises): Input, numbers: &Numbers) -> World {
        let number = numbers.get(&(fact, rises)).copied().unwrap_or(1.0);
        let values = match self.on.checked_sub_days(Days::new(365)) {
            Some(before) if rises => {
                let first = if number < 0.0 { -number } else { 1.0 };
                let last = rounded(first + number);
                vec![(Some(before), Value::Number(first)), (Some(self.on), Value::Number(last))]
            }
            _ => vec![(None, Value::Number(number))],
        };
        world.with(fact, values, self.pathway)
    }
}
