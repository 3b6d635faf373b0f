//! Decision diagrams with many values: sets of states, each set one node whatever way it came to be.

use std::{collections::HashMap, rc::Rc};

/// A set of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Set(u32);

impl Set {
    /// No state.
    pub const NONE: Set = Set(0);
    /// Every state.
    pub const ALL: Set = Set(1);
}

/// The most nodes of all diagrams of one question.
const MOST_NODES: usize = 200_000;
/// The most steps of all operations.
const MOST_STEPS: usize = 2_000_000;

/// What a variable's values lead to.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Node {
    variable: usize,
    branches: Rc<[Set]>,
}

/// All sets over variables that are asked in the order of their numbers.
#[derive(Default)]
pub struct Diagrams {
    /// Those after the two that have no variable.
    nodes: Vec<Node>,
    known: HashMap<Node, Set>,
    both: HashMap<(Set, Set), Set>,
    others: HashMap<Set, Set>,
    steps: usize,
    /// Whether something came further than it may.
    lost: bool,
}

impl Diagrams {
    /// The states in which the variable has a value for which `holds`.
    pub fn values(&mut self, variable: usize, holds: impl Iterator<Item = bool>) -> Set {
        self.node(variable, holds.map(|holds| if holds { Set::ALL } else { Set::NONE }).collect())
    }

    /// The states in both sets.
    pub fn and(&mut self, one: Set, other: Set) -> Set {
        let (one, other) = (one.min(other), one.max(other));
        match (one, other) {
            (Set::NONE, _) => return Set::NONE,
            (Set::ALL, _) => return other,
            _ if one == other => return one,
            _ => {}
        }
        if let Some(known) = self.both.get(&(one, other)) {
            return *known;
        }
        self.steps += 1;
        let (Some(first), Some(second)) = (self.get(one).cloned(), self.get(other).cloned()) else { return Set::NONE };
        if self.lost || self.steps > MOST_STEPS {
            self.lost = true;
            return Set::NONE;
        }
        let variable = first.variable.min(second.variable);
        let branch = |node: &Node, set: Set, at: usize| match node.branches.get(at) {
            Some(branch) if node.variable == variable => *branch,
            _ => set,
        };
        let count = if first.variable == variable { first.branches.len() } else { second.branches.len() };
        let branches = (0..count).map(|at| self.and(branch(&first, one, at), branch(&second, other, at))).collect();
        let both = self.node(variable, branches);
        if !self.lost {
            self.both.insert((one, other), both);
        }
        both
    }

    /// The states outside the set.
    pub fn not(&mut self, set: Set) -> Set {
        let Some(node) = self.get(set).cloned() else { return if set == Set::ALL { Set::NONE } else { Set::ALL } };
        if let Some(known) = self.others.get(&set) {
            return *known;
        }
        if self.lost {
            return Set::NONE;
        }
        let branches = node.branches.iter().map(|branch| self.not(*branch)).collect();
        let others = self.node(node.variable, branches);
        if !self.lost {
            self.others.insert(set, others);
            self.others.insert(others, set);
        }
        others
    }

    /// The states in either set.
    pub fn or(&mut self, one: Set, other: Set) -> Set {
        let (neither, nor) = (self.not(one), self.not(other));
        let neither = self.and(neither, nor);
        self.not(neither)
    }

    /// The variable that the set asks first, and what its values lead to; none if it asks nothing.
    pub fn ask(&self, set: Set) -> Option<(usize, &[Set])> {
        self.get(set).map(|node| (node.variable, &*node.branches))
    }

    /// Whether the state is in the set; the state gives each variable's value.
    pub fn contains(&self, mut set: Set, state: &impl Fn(usize) -> usize) -> bool {
        while let Some((variable, branches)) = self.ask(set) {
            set = branches.get(state(variable)).copied().unwrap_or(Set::NONE);
        }
        set == Set::ALL
    }

    /// Whether too much was asked for, so that sets mean nothing any more.
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    fn get(&self, set: Set) -> Option<&Node> {
        self.nodes.get((set.0 as usize).checked_sub(2)?)
    }

    fn node(&mut self, variable: usize, branches: Rc<[Set]>) -> Set {
        if let Some(first) = branches.first().filter(|first| branches.iter().all(|branch| branch == *first)) {
            return *first;
        }
        let node = Node { variable, branches };
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let Ok(number) = u32::try_from(self.nodes.len() + 2) else { return Set::NONE };
        if self.nodes.len() >= MOST_NODES {
            self.lost = true;
            return Set::NONE;
        }
        self.nodes.push(node.clone());
        self.known.insert(node, Set(number));
        Set(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three variables of three values: every set built from random literals agrees with counting.
    #[test]
    fn sets_are_what_they_say() {
        let mut seed = 7u64;
        let mut below = |limit: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % limit
        };
        let states: Vec<[usize; 3]> = (0..27).map(|at| [at % 3, at / 3 % 3, at / 9]).collect();
        let mut diagrams = Diagrams::default();
        let mut made: Vec<(Set, Vec<bool>)> = vec![(Set::NONE, vec![false; 27]), (Set::ALL, vec![true; 27])];
        for _ in 0..2000 {
            let pick = |made: &Vec<(Set, Vec<bool>)>, at: u64| made[(at % made.len() as u64) as usize].clone();
            let next = match below(4) {
                0 => {
                    let (variable, mask) = (below(3) as usize, below(8));
                    let holds = |value: usize| mask >> value & 1 == 1;
                    let set = diagrams.values(variable, (0..3).map(holds));
                    (set, states.iter().map(|state| holds(state[variable])).collect::<Vec<bool>>())
                }
                1 => {
                    let (set, truths) = pick(&made, below(1 << 20));
                    (diagrams.not(set), truths.iter().map(|truth| !truth).collect())
                }
                kind => {
                    let ((one, left), (other, right)) = (pick(&made, below(1 << 20)), pick(&made, below(1 << 20)));
                    let set = if kind == 2 { diagrams.and(one, other) } else { diagrams.or(one, other) };
                    let join = |(a, b): (&bool, &bool)| if kind == 2 { *a && *b } else { *a || *b };
                    (set, left.iter().zip(&right).map(join).collect())
                }
            };
            for (state, truth) in states.iter().zip(&next.1) {
                let state: &[usize; 3] = state;
                assert_eq!(diagrams.contains(next.0, &|variable| state[variable]), *truth);
            }
            // One set is one node.
            for (set, truths) in &made {
                assert_eq!(*set == next.0, *truths == next.1);
            }
            if made.len() < 60 {
                made.push(next);
            }
        }
        assert!(!diagrams.is_lost());
    }
}
