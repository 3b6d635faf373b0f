//! What a course is looked for to show.

use super::model::{Course, Model};
use crate::{
    runtime::{Place, RuleResult, State},
    tables::{Interval, Treatment},
};

/// What the course shall show, whatever else is demanded of it.
#[derive(Clone, Debug)]
pub(super) enum Goal {
    /// An event with this code.
    Occurs(usize),
    /// Both points of an interval, with the treatment.
    Measured(Points),
    /// It is no longer open.
    Ends,
    /// The rule is broken.
    Broken(usize),
    /// There is something for the rule to judge.
    Applies(usize),
    /// The rule demands something, kept or not.
    Demanded(usize),
    /// The rule demands something, and is kept.
    Exercised(usize),
}

/// The points of an interval (E4), by code.
#[derive(Clone, Debug)]
pub(super) struct Points {
    from: Vec<bool>,
    to: Vec<bool>,
    /// The end codes that are measured.
    picks: Vec<bool>,
    repeats: bool,
}

impl Points {
    pub fn new(model: &Model, interval: &Interval, treatment: Option<&Treatment>) -> Self {
        let set = |names: &[String]| model.pathway.codes.iter().map(|code| names.contains(&code.code)).collect();
        Points {
            from: set(&interval.from),
            to: set(&interval.to),
            picks: set(treatment.map_or(&interval.to, |treatment| &treatment.codes)),
            repeats: interval.repeats,
        }
    }
}

/// How near the goal is, as far as the codes themselves tell.
pub(super) type Progress = u8;
const BEGUN: Progress = 1;
const DONE: Progress = 2;

impl Goal {
    /// The rule that must be followed to know whether the goal is reached.
    pub fn rule(&self) -> Option<usize> {
        match self {
            Goal::Broken(rule) | Goal::Applies(rule) | Goal::Demanded(rule) | Goal::Exercised(rule) => Some(*rule),
            Goal::Occurs(_) | Goal::Measured(_) | Goal::Ends => None,
        }
    }

    /// What the goal sees of a code; it cannot tell apart two codes of which it sees the same.
    pub fn sees(&self, model: &Model, code: usize) -> [bool; 3] {
        let of = |set: &[bool]| set.get(code).is_some_and(|holds| *holds);
        match self {
            Goal::Occurs(wanted) => [*wanted == code, false, false],
            Goal::Measured(Points { from, to, picks, .. }) => [of(from), of(to), of(picks)],
            Goal::Demanded(rule) | Goal::Exercised(rule) => {
                [model.rules.get(*rule).is_some_and(|automaton| automaton.binds(code)), false, false]
            }
            Goal::Ends | Goal::Broken(_) | Goal::Applies(_) => [false; 3],
        }
    }

    /// The progress after one more event; none if the goal is out of reach.
    pub fn step(&self, progress: Progress, [first, to, picks]: [bool; 3]) -> Option<Progress> {
        match self {
            Goal::Measured(_) if progress == DONE => Some(DONE),
            Goal::Measured(Points { repeats: true, .. }) => Some(match progress {
                BEGUN if to && picks => DONE,
                BEGUN if to => Progress::from(first),
                _ => progress.max(Progress::from(first)),
            }),
            Goal::Measured(_) => match (progress == BEGUN || first, to) {
                (true, true) => picks.then_some(DONE),
                (false, true) => None,
                (begun, false) => Some(Progress::from(begun)),
            },
            Goal::Occurs(_) | Goal::Demanded(_) | Goal::Exercised(_) if first => Some(DONE),
            _ => Some(progress),
        }
    }

    /// Whether the course shows it. The place is that of the goal's rule.
    pub fn reached(&self, model: &Model, progress: Progress, course: Course, place: Place) -> bool {
        let result = |rule: &usize| model.verdict(*rule, place, course.state);
        match self {
            Goal::Occurs(_) | Goal::Measured(_) | Goal::Demanded(_) => progress == DONE,
            Goal::Ends => course.state != State::Open,
            Goal::Broken(rule) => result(rule) == RuleResult::Broken,
            Goal::Applies(rule) => result(rule) != RuleResult::NotApplied,
            Goal::Exercised(rule) => progress == DONE && result(rule) == RuleResult::Kept,
        }
    }
}
