//! States of a patient's facts in which two questions come out otherwise: all of them, or the word that there are too many.

use super::expr::Expr;
use super::question::{Question, Side, Space, What};
use crate::tables::{Condition, Value};

/// The most states that one comparison looks at.
const LIMIT: usize = 60_000;
/// The most states that are handed on.
const MOST: usize = 40;

/// What is known of a patient; all else is not.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct State {
    pub facts: Vec<(String, Value)>,
    /// What cannot be given as it is: tests over time or of courses, and thresholds of computed facts.
    pub tests: Vec<(Condition, bool)>,
}

/// Which differences are looked for.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'w> {
    Any,
    /// The new one comes out so, and the old one does not.
    Gain(&'w str),
    /// The old one comes out so, and the new one does not.
    Loss(&'w str),
}

/// What was found.
#[derive(Debug)]
pub(super) struct Differences {
    pub states: Vec<State>,
    /// Whether every state was looked at, or there are more than enough.
    pub exact: bool,
}

/// How one condition stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    Wider,
    Narrower,
    Other,
}

/// The states in which the questions differ, those with the fewest facts first.
pub(super) fn differences(space: &Space, old: &Question, new: &Question, wanted: Wanted) -> Differences {
    let mut search = Search { space, wanted, left: LIMIT, found: Vec::new() };
    search.go(old, new, &mut Vec::new());
    let exact = search.left > 0;
    let mut found = search.found;
    found.sort_by_key(|state| state.iter().filter(|(var, value)| is_said(space, *var, *value)).count());
    Differences { states: found.iter().map(|state| told(space, state)).collect(), exact }
}

/// Decided exactly where there are not too many states; else it is another one.
pub(super) fn relation(space: &Space, old: &Question, new: &Question, label: &str) -> (Relation, Vec<State>) {
    let gain = differences(space, old, new, Wanted::Gain(label));
    let loss = differences(space, old, new, Wanted::Loss(label));
    let relation = match (gain.states.is_empty(), loss.states.is_empty()) {
        (false, true) if loss.exact => Relation::Wider,
        (true, false) if gain.exact => Relation::Narrower,
        (true, true) if gain.exact && loss.exact => {
            let any = differences(space, old, new, Wanted::Any);
            if any.exact && any.states.is_empty() {
                return (Relation::Same, Vec::new());
            }
            return (Relation::Other, any.states);
        }
        _ => Relation::Other,
    };
    let mut states = gain.states;
    states.extend(loss.states);
    states.sort_by_key(|state| state.facts.len() + state.tests.len());
    (relation, states)
}

struct Search<'s, 't> {
    space: &'s Space<'t>,
    wanted: Wanted<'s>,
    left: usize,
    found: Vec<Vec<(usize, usize)>>,
}

impl Search<'_, '_> {
    fn go(&mut self, old: &Question, new: &Question, state: &mut Vec<(usize, usize)>) {
        if self.left == 0 || self.found.len() >= MOST || old == new || self.is_out(old, new) {
            return;
        }
        self.left -= 1;
        if old.decided().is_some() && new.decided().is_some() {
            self.found.push(state.clone());
            return;
        }
        let Some(var) = old.differing(new) else { return };
        let count = self.space.vars.get(var).map_or(0, |var| var.values.len());
        // The last is not to know it: the fewer are known, the smaller the course.
        for value in (0..count).rev() {
            state.push((var, value));
            self.go(&old.with(var, value), &new.with(var, value), state);
            state.pop();
        }
    }

    /// Whether nothing that is wanted can come of it.
    fn is_out(&self, old: &Question, new: &Question) -> bool {
        let (gains, loses, label) = match self.wanted {
            Wanted::Any => return false,
            Wanted::Gain(label) => (new, old, label),
            Wanted::Loss(label) => (old, new, label),
        };
        gains.decided().is_some_and(|outcome| outcome != Some(label)) || loses.decided() == Some(Some(label))
    }
}

/// Whether the value takes something to be said: that nothing is known, or that there is no course, does not.
fn is_said(space: &Space, var: usize, value: usize) -> bool {
    space.vars.get(var).is_some_and(|var| value + 1 < var.values.len())
}

fn told(space: &Space, state: &[(usize, usize)]) -> State {
    let mut told = State::default();
    for (var, value) in state {
        let Some(var) = space.vars.get(*var) else { continue };
        let Some(Some(value)) = var.values.get(*value) else { continue };
        match var.what {
            What::Test(test) => told.tests.push((test.clone(), *value == Value::YesNo(true))),
            What::Fact(name) if is_computed(space, name) => {
                for (side, leaf) in &var.leaves {
                    let truth = match space.expr(*side, leaf) {
                        Expr::Leaf(_, truths) => {
                            let at = var.values.iter().position(|other| other.as_ref() == Some(value));
                            at.and_then(|at| truths.get(at).copied().flatten())
                        }
                        _ => None,
                    };
                    told.tests.extend(truth.map(|truth| ((*leaf).clone(), truth)));
                }
            }
            What::Fact(name) => told.facts.push((name.to_owned(), value.clone())),
        }
    }
    told
}

fn is_computed(space: &Space, name: &str) -> bool {
    let computed = |side| space.pathway(side).facts.iter().any(|fact| fact.name == name && fact.formula.is_some());
    computed(Side::Old) || computed(Side::New)
}
