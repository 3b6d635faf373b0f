//! Facts that are computed from others (`beregnet`).

use super::{
    error::{TableError, unknown},
    names::Names,
};
use crate::{
    tables::{self, Fact, FactType, Operator, Pathway},
    text,
};

/// How many numbers and operators a computed fact may rest on, those of the facts that it is computed from included.
const MAX_SIZE: usize = 1000;

/// A formula with its facts interned.
#[derive(Debug)]
pub(super) enum Formula {
    Number(f64),
    Read(Input, f64),
    Compute(Operator, Box<Formula>, Box<Formula>),
}

/// A number that a formula reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// The value of a fact, which may itself be computed.
    Value(usize),
    /// How fast a fact rises, per year of 365 days.
    Rise(usize),
}

impl Input {
    pub fn fact(self) -> usize {
        match self {
            Input::Value(fact) | Input::Rise(fact) => fact,
        }
    }
}

impl Formula {
    /// The result, if all that it rests on is known and it is a number.
    pub fn value(&self, read: &impl Fn(Input) -> Option<f64>) -> Option<f64> {
        let value = match self {
            Formula::Number(number) => *number,
            Formula::Read(input, factor) => read(*input)? * factor,
            Formula::Compute(with, left, right) => {
                let (left, right) = (left.value(read)?, right.value(read)?);
                with.apply(left, right)
            }
        };
        value.is_finite().then_some(value)
    }

    fn size(&self) -> usize {
        match self {
            Formula::Number(_) | Formula::Read(..) => 1,
            Formula::Compute(_, left, right) => 1 + left.size() + right.size(),
        }
    }

    /// Calls `see` with each number that is read, in the order written, perhaps more than once.
    pub fn inputs(&self, see: &mut dyn FnMut(Input)) {
        match self {
            Formula::Number(_) => {}
            Formula::Read(input, _) => see(*input),
            Formula::Compute(_, left, right) => {
                left.inputs(see);
                right.inputs(see);
            }
        }
    }
}

/// The formulas by fact; none at all if no fact is computed.
pub(super) fn prepare(pathway: &Pathway, facts: &Names<usize>) -> Result<Vec<Option<Formula>>, TableError> {
    if pathway.facts.iter().all(|fact| fact.formula.is_none()) {
        return Ok(Vec::new());
    }
    let formulas = pathway.facts.iter().map(|fact| {
        let interning = Interning { fact, pathway, facts };
        fact.formula.as_ref().map(|formula| interning.formula(formula, MAX_SIZE)).transpose()
    });
    let formulas = formulas.collect::<Result<Vec<_>, _>>()?;
    check_sizes(pathway, &formulas)?;
    Ok(formulas)
}

struct Interning<'p> {
    fact: &'p Fact,
    pathway: &'p Pathway,
    facts: &'p Names<'p, usize>,
}

impl Interning<'_> {
    fn formula(&self, formula: &tables::Formula, depth: usize) -> Result<Formula, TableError> {
        let depth = depth.checked_sub(1).ok_or_else(|| too_much(self.fact))?;
        Ok(match formula {
            tables::Formula::Number { value } => Formula::Number(*value),
            tables::Formula::Fact { fact, factor } => Formula::Read(Input::Value(self.number(fact)?), *factor),
            tables::Formula::Rise { fact, factor } => Formula::Read(Input::Rise(self.number(fact)?), *factor),
            tables::Formula::Compute { with, left, right } => {
                let part = |part| Ok(Box::new(self.formula(part, depth)?));
                Formula::Compute(*with, part(left)?, part(right)?)
            }
        })
    }

    /// The number of a fact whose values are numbers.
    fn number(&self, name: &str) -> Result<usize, TableError> {
        let fact = *self.facts.get(name).ok_or_else(|| unknown(&self.fact.name, name))?;
        match self.pathway.facts.get(fact).map(|fact| &fact.fact_type) {
            Some(FactType::Number { .. } | FactType::Years) => Ok(fact),
            _ => {
                let computed = &self.fact.name;
                Err(TableError(text!(
                    "«{computed}» regnes ut av «{name}», som ikke er et tall",
                    "«{computed}» is computed from «{name}», which is not a number"
                )))
            }
        }
    }
}

/// No fact is computed from itself, and none takes long.
fn check_sizes(pathway: &Pathway, formulas: &[Option<Formula>]) -> Result<(), TableError> {
    let mut sizes = vec![0; formulas.len()];
    // Each pass sees through one more formula; in a circle the sizes grow for ever.
    loop {
        let mut settled = true;
        for (number, (fact, formula)) in pathway.facts.iter().zip(formulas).enumerate() {
            let Some(formula) = formula else { continue };
            let mut size = formula.size();
            formula.inputs(&mut |input| size += sizes.get(input.fact()).copied().unwrap_or_default());
            if size > MAX_SIZE {
                return Err(too_much(fact));
            }
            if let Some(known) = sizes.get_mut(number).filter(|known| **known != size) {
                *known = size;
                settled = false;
            }
        }
        if settled {
            return Ok(());
        }
    }
}

fn too_much(fact: &Fact) -> TableError {
    let name = &fact.name;
    TableError(text!(
        "«{name}» regnes ut av seg selv eller av altfor mange tall",
        "«{name}» is computed from itself or from far too many numbers"
    ))
}
