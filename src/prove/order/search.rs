//! The shortest course that shows something, or the rules that make it impossible.
//!
//! Few rules matter to any one question. So a course is looked for without regard to the rules; each rule that the course
//! breaks is then regarded too, until the course keeps all or there is none. Either answer is exact.

use std::collections::HashSet;

use super::{
    goal::{Goal, Progress},
    model::{Course, Courses, Letter, Model},
};
use crate::runtime::{Automaton, Place, RuleResult};

/// A question about the courses of a pathway. Codes and rules are named by their number in it.
pub(super) struct Query<'q> {
    pub courses: Courses,
    /// The rules that may not be broken when the course has been read to its end.
    pub unbroken: &'q [usize],
    pub goal: Goal,
    /// How the course begins.
    pub after: &'q [usize],
}

pub(super) enum Answer {
    /// The codes of the shortest course.
    Found(Vec<usize>),
    /// There is none; already these rules allow none, and all of them are needed for that.
    Never(Vec<usize>),
    /// There are too many states to look at.
    Undecided,
}

enum Shortest {
    Word(Vec<usize>),
    None,
    Undecided,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Node {
    course: Course,
    progress: Progress,
    /// Of the goal's rule.
    own: Place,
    /// Of the rules that are regarded.
    places: Box<[Place]>,
}

impl Query<'_> {
    pub fn answer(&self, model: &Model) -> Answer {
        let mut regarded = Vec::new();
        loop {
            let word = match self.shortest(model, &regarded) {
                Shortest::Word(word) => word,
                Shortest::None => return Answer::Never(self.needed(model, regarded)),
                Shortest::Undecided => return Answer::Undecided,
            };
            let breaks = |rule: &&usize| model.result(**rule, &word) == Some(RuleResult::Broken);
            match self.unbroken.iter().filter(|rule| !regarded.contains(*rule)).find(breaks) {
                Some(rule) => regarded.push(*rule),
                None => return Answer::Found(word),
            }
        }
    }

    /// Whether there is no course even if only these rules must be kept.
    pub fn is_never(&self, model: &Model, rules: &[usize]) -> bool {
        matches!(self.shortest(model, rules), Shortest::None)
    }

    /// The shortest course if only these rules must be kept.
    pub fn with_only(&self, model: &Model, rules: &[usize]) -> Option<Vec<usize>> {
        match self.shortest(model, rules) {
            Shortest::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The rules without those that can be spared.
    fn needed(&self, model: &Model, mut rules: Vec<usize>) -> Vec<usize> {
        rules.sort_unstable();
        for at in (0..rules.len()).rev() {
            let mut fewer = rules.clone();
            fewer.remove(at);
            if self.is_never(model, &fewer) {
                rules = fewer;
            }
        }
        rules
    }

    fn shortest(&self, model: &Model, rules: &[usize]) -> Shortest {
        let regarded: Vec<_> = rules.iter().copied().chain(self.goal.rule()).collect();
        let letters = model.kinds(&regarded, |code| self.goal.sees(model, code));
        let mut start =
            Node { course: Course::NONE, progress: 0, own: Automaton::START, places: vec![0; rules.len()].into() };
        for code in self.after {
            let letter = model.letters().find(|(at, _)| at == code);
            match letter.and_then(|(code, letter)| self.step(model, rules, &start, code, letter)) {
                Some(next) => start = next,
                None => return Shortest::None,
            }
        }
        let allowance = model.allowance();
        let mut seen = HashSet::from([start.clone()]);
        let mut nodes: Vec<Reached<Node>> = vec![(start, None)];
        let mut at = 0;
        while let Some((node, _)) = nodes.get(at).cloned() {
            for (code, letter) in &letters {
                let Some(next) = self.step(model, rules, &node, *code, letter) else { continue };
                if self.is_wanted(model, rules, &next) {
                    model.spend(nodes.len());
                    return Shortest::Word(word(&nodes, at, *code, self.after));
                }
                if seen.insert(next.clone()) {
                    nodes.push((next, Some((at, *code))));
                }
            }
            if nodes.len() > allowance {
                model.spend(nodes.len());
                return Shortest::Undecided;
            }
            at += 1;
        }
        model.spend(nodes.len());
        Shortest::None
    }

    fn step(&self, model: &Model, rules: &[usize], node: &Node, code: usize, letter: &Letter) -> Option<Node> {
        let mut next = node.clone();
        next.course = node.course.take(letter, self.courses)?;
        next.progress = self.goal.step(node.progress, self.goal.sees(model, code))?;
        let take = |rule: usize, place: Place| model.rules.get(rule).map(|automaton| automaton.step(place, code).to);
        next.own = self.goal.rule().map_or(Some(node.own), |rule| take(rule, node.own))?;
        for (place, rule) in next.places.iter_mut().zip(rules) {
            *place = take(*rule, *place)?;
            if model.rules.get(*rule)?.is_lost(*place) {
                return None;
            }
        }
        Some(next)
    }

    fn is_wanted(&self, model: &Model, rules: &[usize], node: &Node) -> bool {
        let broken =
            |(rule, place): (&usize, &Place)| model.verdict(*rule, *place, node.course.state) == RuleResult::Broken;
        self.goal.reached(model, node.progress, node.course, node.own) && !rules.iter().zip(&node.places).any(broken)
    }
}

/// A node and how it was reached: from which node, by which code.
pub(super) type Reached<N> = (N, Option<(usize, usize)>);

/// The codes that lead to a node and then this one.
pub(super) fn word<N>(nodes: &[Reached<N>], at: usize, last: usize, after: &[usize]) -> Vec<usize> {
    let mut word = vec![last];
    let mut step = nodes.get(at).and_then(|(_, step)| *step);
    while let Some((from, code)) = step {
        word.push(code);
        step = nodes.get(from).and_then(|(_, step)| *step);
    }
    word.extend(after.iter().rev());
    word.reverse();
    word
}
