//! Conditions that are tried in order, as variants and the rows of a decision table are: the first true one holds, and an
//! unknown one before it stops the search.

use super::worlds::{Answer, Search};
use crate::tables::Condition;

/// Whether a condition can get its turn.
pub enum Turn {
    /// It can hold when its turn comes.
    Comes,
    /// It is never true.
    Impossible,
    /// One before it always stands in its way: an example, unless it takes several.
    Hidden(Option<InTheWay>),
    /// There are too many states of the facts to look at.
    Undecided,
}

/// What stands in the way of a condition that never gets its turn.
pub struct InTheWay {
    /// The number of the earlier condition.
    pub at: usize,
    /// When, as the author would write it; empty for always.
    pub witness: String,
    /// Whether the earlier condition is true then; else it is unknown.
    pub holds: bool,
}

/// Whether `when` gets its turn after the earlier conditions.
pub fn turn(search: &mut Search, earlier: &[&Condition], when: &Condition) -> Turn {
    match search.find(&[when], |truth| truth == [Some(true)]) {
        Answer::No => return Turn::Impossible,
        Answer::Undecided => return Turn::Undecided,
        Answer::Yes(_) if earlier.is_empty() => return Turn::Comes,
        Answer::Yes(_) => {}
    }
    let mut conditions = earlier.to_vec();
    conditions.push(when);
    let held = search.find(&conditions, |truth| {
        truth
            .split_last()
            .is_some_and(|(own, before)| *own == Some(true) && before.iter().all(|one| *one == Some(false)))
    });
    match held {
        Answer::Yes(_) => Turn::Comes,
        Answer::Undecided => Turn::Undecided,
        Answer::No => Turn::Hidden(in_the_way(search, earlier, when)),
    }
}

/// An earlier condition that takes the place of the hidden one: if possible one that always does so by itself. One that
/// is true explains more than one that is unknown.
fn in_the_way(search: &mut Search, earlier: &[&Condition], when: &Condition) -> Option<InTheWay> {
    let alone = earlier.iter().position(|condition| {
        let passed = search.find(&[condition, when], |truth| truth == [Some(false), Some(true)]);
        matches!(passed, Answer::No)
    });
    let candidates = || alone.into_iter().chain(0..earlier.len());
    [true, false].into_iter().find_map(|holds| {
        let stops = |truth: Option<bool>| if holds { truth == Some(true) } else { truth.is_none() };
        candidates().find_map(|at| {
            let wanted = |truth: &[Option<bool>]| matches!(truth, [first, Some(true)] if stops(*first));
            match search.find(&[earlier.get(at)?, when], wanted) {
                Answer::Yes(witness) => Some(InTheWay { at, witness, holds }),
                _ => None,
            }
        })
    })
}
