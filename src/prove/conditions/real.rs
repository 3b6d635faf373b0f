//! Whether a patient can be in a state, where variables hang together in ways that the diagrams do not know: computed
//! facts and what they are computed from, and several tests over time of one fact. Shown by making the patient.

use std::collections::BTreeMap;

use super::{
    domains::{Asked, Level},
    space::{Space, State, meets},
};
use crate::tables::{Condition, Fact, FactType, Formula, Operator, Value};

/// How many numbers and operators a computed fact may rest on here.
const MOST_NUMBERS: usize = 200;
/// How deep computed facts may then rest on one another.
const DEPTH: usize = MOST_NUMBERS;

/// A number that a formula reads: a fact's value, or (true) how fast it rises.
type Input<'a> = (&'a str, bool);
/// The numbers that are chosen; none is that it must stay unknown.
type Numbers<'a> = BTreeMap<Input<'a>, Option<f64>>;

/// Whether a patient was found who is in the state.
pub fn is_real(space: &Space, state: &State) -> bool {
    let patient = Patient { space, state };
    patient.has_computed() && patient.has_history()
}

/// What a computed fact rests on in the end.
pub fn inputs<'a>(facts: &'a [Fact], fact: &'a Fact) -> Vec<Input<'a>> {
    let mut found = Vec::new();
    if let Some(formula) = fact.formula.as_ref().filter(|formula| is_small(facts, formula)) {
        collect(facts, formula, DEPTH, &mut found);
    }
    found
}

/// Whether a fact has a value as soon as all that it is computed from has one; no measured number is so large that it
/// overflows. A formula that reads nothing stands where a wrong one was written.
pub fn is_total(facts: &[Fact], fact: &Fact) -> bool {
    let mut left: Vec<_> = fact.formula.iter().filter(|formula| is_small(facts, formula)).collect();
    if left.is_empty() || matches!(left.first(), Some(Formula::Number { .. })) {
        return false;
    }
    while let Some(formula) = left.pop() {
        match formula {
            Formula::Number { .. } => {}
            Formula::Fact { fact, .. } => match formula_of(facts, fact) {
                Some(Formula::Number { .. }) => return false,
                inner => left.extend(inner),
            },
            Formula::Rise { .. } | Formula::Compute { with: Operator::Divide, .. } => return false,
            Formula::Compute { left: one, right: other, .. } => left.extend([&**one, &**other]),
        }
    }
    true
}

/// Whether a formula with all that it rests on is worth trying numbers in; one that is computed from itself is not.
fn is_small(facts: &[Fact], formula: &Formula) -> bool {
    let mut left = vec![formula];
    for _ in 0..MOST_NUMBERS {
        match left.pop() {
            None => return true,
            Some(Formula::Number { .. } | Formula::Rise { .. }) => {}
            Some(Formula::Fact { fact, .. }) => left.extend(formula_of(facts, fact)),
            Some(Formula::Compute { left: one, right: other, .. }) => left.extend([&**one, &**other]),
        }
    }
    false
}

fn formula_of<'a>(facts: &'a [Fact], name: &str) -> Option<&'a Formula> {
    facts.iter().find(|fact| fact.name == name)?.formula.as_ref()
}

fn collect<'a>(facts: &'a [Fact], formula: &'a Formula, depth: usize, found: &mut Vec<Input<'a>>) {
    let mut add = |input| {
        if !found.contains(&input) {
            found.push(input);
        }
    };
    match formula {
        Formula::Number { .. } => {}
        Formula::Rise { fact, .. } => add((fact, true)),
        Formula::Fact { fact, .. } => match formula_of(facts, fact) {
            Some(inner) if depth > 0 => collect(facts, inner, depth - 1, found),
            _ => add((fact, false)),
        },
        Formula::Compute { left, right, .. } => {
            collect(facts, left, depth, found);
            collect(facts, right, depth, found);
        }
    }
}

/// What the formula comes to, as the runtime computes it.
pub fn value(facts: &[Fact], formula: &Formula, numbers: &BTreeMap<Input, Option<f64>>, depth: usize) -> Option<f64> {
    let read = |input: Input| numbers.get(&input).copied().flatten();
    let value = match formula {
        Formula::Number { value } => *value,
        Formula::Rise { fact, factor } => read((fact, true))? * factor,
        Formula::Fact { fact, factor } => {
            let number = match formula_of(facts, fact) {
                Some(inner) if depth > 0 => value(facts, inner, numbers, depth - 1)?,
                _ => read((fact, false))?,
            };
            number * factor
        }
        Formula::Compute { with, left, right } => {
            let (left, right) = (value(facts, left, numbers, depth)?, value(facts, right, numbers, depth)?);
            with.apply(left, right)
        }
    };
    value.is_finite().then_some(value)
}

/// Numbers of all sizes, where the one that is looked for cannot be computed back.
fn sample(years: bool) -> Vec<f64> {
    if years {
        return (0..=150).map(f64::from).collect();
    }
    (-300..=450).flat_map(|power| [1.02_f64.powi(power), -(1.02_f64.powi(power))]).collect()
}

struct Patient<'s, 'a> {
    space: &'s Space<'a>,
    state: &'s State,
}

impl<'a> Patient<'_, 'a> {
    /// What the state says, with the number of the level.
    fn said(&self) -> impl Iterator<Item = (&Asked<'a>, usize, &Level)> {
        self.state.iter().filter_map(|(variable, at)| {
            let domain = self.space.domains.get(*variable)?;
            Some((&domain.asked, *at, domain.levels.get(*at)?))
        })
    }

    /// Whether the numbers can be chosen so that the computed facts come out as the state says.
    fn has_computed(&self) -> bool {
        let mut numbers = Numbers::new();
        let mut computed = Vec::new();
        for (asked, at, level) in self.said() {
            match (asked, level) {
                (Asked::Value(fact), level) if fact.formula.is_some() => computed.push((*fact, at, level)),
                (Asked::Value(fact), Level::Value(Value::Number(number))) => {
                    numbers.insert((fact.name.as_str(), false), Some(*number));
                }
                (Asked::Value(fact), Level::Unknown) => {
                    numbers.extend([((fact.name.as_str(), false), None), ((fact.name.as_str(), true), None)]);
                }
                // How often and how lately it had a value also says something of how fast it rises.
                (Asked::Age(fact, _) | Asked::Often(fact, _), _) => {
                    numbers.insert((fact.name.as_str(), true), None);
                }
                _ => {}
            }
        }
        // Those that are known choose first; those that are not then need something that nobody chose.
        computed.sort_by_key(|(_, _, level)| **level == Level::Unknown);
        computed.into_iter().all(|(fact, at, level)| match level {
            Level::Value(Value::Number(target)) => self.choose(fact, at, *target, &mut numbers),
            _ => self.keep_unknown(fact, &mut numbers),
        })
    }

    fn choose(&self, fact: &'a Fact, at: usize, target: f64, numbers: &mut Numbers<'a>) -> bool {
        let facts = self.space.facts;
        let Some(formula) = fact.formula.as_ref().filter(|formula| is_small(facts, formula)) else { return false };
        let inputs = inputs(facts, fact);
        if inputs.iter().any(|input| numbers.get(input).is_some_and(Option::is_none)) {
            return false;
        }
        let free: Vec<_> = inputs.into_iter().filter(|input| !numbers.contains_key(input)).collect();
        numbers.extend(free.iter().map(|input| (*input, Some(1.0))));
        let mut comes_to = |input: Option<Input<'a>>, number: f64| {
            numbers.extend(input.map(|input| (input, Some(number))));
            value(facts, formula, numbers, DEPTH)
        };
        let is_met = |found: Option<f64>| found.is_some_and(|found| self.level_of(fact, found) == at);
        if is_met(comes_to(None, 1.0)) {
            return true;
        }
        for input in free {
            let one = comes_to(Some(input), 1.0);
            let solved = match (comes_to(Some(input), 0.0), one) {
                (Some(zero), Some(one)) => Some((target - zero) / (one - zero)),
                (None, Some(one)) => Some(one / target),
                _ => None,
            };
            let years = facts.iter().any(|fact| fact.name == input.0 && fact.fact_type == FactType::Years);
            let fits = |number: &f64| !years || (0.0..=150.0).contains(number) && number.fract() == 0.0;
            let tried = solved.into_iter().filter(|number| number.is_finite()).chain(sample(years)).filter(fits);
            for number in tried {
                if is_met(comes_to(Some(input), number)) {
                    return true;
                }
            }
            comes_to(Some(input), 1.0);
        }
        false
    }

    /// The number of the level that a number is in: thresholds have the odd ones.
    fn level_of(&self, fact: &Fact, found: f64) -> usize {
        let values = self.space.values(fact);
        let thresholds = values.iter().skip(1).step_by(2).filter_map(|value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        });
        thresholds.map(|threshold| usize::from(threshold <= found) + usize::from(threshold < found)).sum()
    }

    fn keep_unknown(&self, fact: &'a Fact, numbers: &mut Numbers<'a>) -> bool {
        let free =
            inputs(self.space.facts, fact).into_iter().find(|input| numbers.get(input).is_none_or(Option::is_none));
        free.is_some_and(|input| {
            numbers.insert(input, None);
            true
        })
    }

    /// Whether the values of each fact can have been such that the tests over time come out as the state says.
    fn has_history(&self) -> bool {
        let facts = self.said().filter_map(|(asked, ..)| match asked {
            Asked::Often(fact, _) => Some(*fact),
            _ => None,
        });
        facts.collect::<Vec<_>>().into_iter().all(|fact| self.has_values(fact))
    }

    /// Values far from one another: for each test that is met so many of one value that meets it and as few others as can
    /// be, and then the latest.
    fn has_values(&self, fact: &Fact) -> bool {
        let own = |asked: &Asked| asked.fact().is_some_and(|other| other.name == fact.name);
        let tests = self.said().filter_map(|(asked, _, level)| match (asked, level) {
            (Asked::Often(_, Condition::Repeated { of, count, .. }), Level::Yes(met)) if own(asked) => {
                Some((of, *count, *met))
            }
            _ => None,
        });
        let tests: Vec<_> = tests.collect();
        let latest = self.said().find_map(|(asked, _, level)| match (asked, level) {
            (Asked::Value(_), Level::Value(value)) if own(asked) => Some(value.clone()),
            _ => None,
        });
        let values = self.space.values(fact);
        let unwanted = |value: &Value| {
            let of = tests.iter().filter(|(of, _, met)| !met && meets(value, of, fact));
            of.map(|(_, count, _)| u64::from(u32::MAX - count)).sum::<u64>()
        };
        let Some(latest) = latest.or_else(|| values.iter().min_by_key(|value| unwanted(value)).cloned()) else {
            return false;
        };
        let mut history = vec![(latest, 1)];
        for (of, count, _) in tests.iter().filter(|(.., met)| *met) {
            let have = so_many(&history, of, fact);
            let lacking = u64::from(*count).saturating_sub(have);
            if lacking > 0 {
                let fitting = values.iter().filter(|value| meets(value, of, fact));
                let Some(value) = fitting.min_by_key(|value| unwanted(value)) else { return false };
                history.push((value.clone(), lacking));
            }
        }
        tests.iter().all(|(of, count, met)| (so_many(&history, of, fact) >= u64::from(*count)) == *met)
    }
}

fn so_many(history: &[(Value, u64)], of: &Condition, fact: &Fact) -> u64 {
    history.iter().filter(|(value, _)| meets(value, of, fact)).map(|(_, times)| times).sum()
}

/// Whether a formula has no value whatever is known: something in it is divided by a number that is 0.
pub fn comes_to_nothing(facts: &[Fact], formula: &Formula) -> bool {
    match formula {
        Formula::Number { .. } | Formula::Fact { .. } | Formula::Rise { .. } => false,
        Formula::Compute { with, left, right } => {
            let zero = *with == Operator::Divide
                && is_small(facts, right)
                && value(facts, right, &Numbers::new(), DEPTH).is_some_and(|number| number == 0.0);
            zero || comes_to_nothing(facts, left) || comes_to_nothing(facts, right)
        }
    }
}
