//! Conditions that are tried in order, as variants and the rows of a decision table are: the first true one holds, and an
//! unknown one before it stops the search.

use super::{
    diagram::Set,
    space::{Answer, Space, Truth},
};

/// Whether a condition can get its turn.
pub enum Turn {
    /// It can hold when its turn comes.
    Comes,
    /// It is never true.
    Impossible,
    /// One before it always stands in its way: an example, unless it takes several.
    Hidden(Option<InTheWay>),
    /// It is not decided.
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
pub fn turn(space: &mut Space, earlier: &[Truth], when: Truth) -> Turn {
    match space.find(when.yes) {
        Answer::No => return Turn::Impossible,
        Answer::Undecided => return Turn::Undecided,
        Answer::Yes(_) if earlier.is_empty() => return Turn::Comes,
        Answer::Yes(_) => {}
    }
    let passed = passed(space, earlier);
    let held = space.and(passed, when.yes);
    match space.find(held) {
        Answer::Yes(_) => Turn::Comes,
        Answer::Undecided => Turn::Undecided,
        Answer::No => Turn::Hidden(in_the_way(space, earlier, when)),
    }
}

/// The states in which all are false.
pub fn passed(space: &mut Space, earlier: &[Truth]) -> Set {
    earlier.iter().fold(Set::ALL, |passed, truth| space.and(passed, truth.no))
}

/// An earlier condition that takes the place of the hidden one: if possible one that always does so by itself. One that
/// is true explains more than one that is unknown.
fn in_the_way(space: &mut Space, earlier: &[Truth], when: Truth) -> Option<InTheWay> {
    let alone = earlier.iter().position(|condition| {
        let passed = space.and(condition.no, when.yes);
        space.never(passed)
    });
    let candidates = || alone.into_iter().chain(0..earlier.len());
    [true, false].into_iter().find_map(|holds| {
        candidates().find_map(|at| {
            let condition = earlier.get(at)?;
            let stops = if holds { condition.yes } else { space.unknown(*condition) };
            let stopped = space.and(stops, when.yes);
            match space.find(stopped) {
                Answer::Yes(witness) => Some(InTheWay { at, witness, holds }),
                _ => None,
            }
        })
    })
}
