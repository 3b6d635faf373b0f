//! Parts of a condition that can be left out without changing anything.

use super::{diagram::Set, space::Space};
use crate::tables::Condition;

/// How many parts a condition may have that each part of it is tried.
const MOST: usize = 500;

/// What was found.
pub enum Idle {
    /// No part can be left out.
    Nothing,
    /// This one can.
    Part(Condition),
    /// There are too many to try each.
    Undecided,
}

/// The first part, the largest first and the last written first, without which the condition is the same.
pub fn idle_part(space: &mut Space, condition: &Condition, context: Set) -> Idle {
    if parts(condition) > MOST {
        return Idle::Undecided;
    }
    let truth = space.truth(condition);
    let found = without_each(condition).into_iter().find(|(_, rest)| {
        let rest = space.truth(rest);
        space.same(rest, truth, context)
    });
    found.map_or(Idle::Nothing, |(part, _)| Idle::Part(part))
}

fn parts(condition: &Condition) -> usize {
    match condition {
        Condition::All { of } | Condition::Any { of } => of.iter().map(parts).sum(),
        Condition::Not { of } => parts(of),
        _ => 1,
    }
}

/// Each part with the condition as it is without it.
fn without_each(condition: &Condition) -> Vec<(Condition, Condition)> {
    type Make = fn(Vec<Condition>) -> Condition;
    let (of, make): (&[Condition], Make) = match condition {
        Condition::All { of } => (of, |of| Condition::All { of }),
        Condition::Any { of } => (of, |of| Condition::Any { of }),
        Condition::Not { of } => {
            let negated = |(part, rest)| (part, Condition::Not { of: Box::new(rest) });
            return without_each(of).into_iter().map(negated).collect();
        }
        _ => return Vec::new(),
    };
    let replaced = |at: usize, by: Option<Condition>| {
        let mut parts = of.to_vec();
        parts.splice(at..=at, by);
        make(parts)
    };
    let parts = || of.iter().enumerate().rev();
    let whole = parts().filter(|_| of.len() > 1).map(|(at, part)| (part.clone(), replaced(at, None)));
    let inner =
        parts().flat_map(|(at, part)| without_each(part).into_iter().map(move |(inner, rest)| (at, inner, rest)));
    let inner = inner.map(|(at, inner, rest)| (inner, replaced(at, Some(rest))));
    whole.chain(inner).collect()
}
