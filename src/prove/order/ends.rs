//! Open courses that can no longer end as they should.
//!
//! Few rules stand in the way of an end: where one ending code agrees with a rule wherever that stands, only the other
//! rules are looked at, and ends are sought with such codes alone. If no course is stuck then, none is.

use std::collections::{HashMap, HashSet};

use super::{
    goal::Goal,
    model::{Course, Courses, Model},
    search::{Answer, Query, Reached, word},
};
use crate::runtime::{Automaton, Place, RuleResult, State};

/// The most stuck courses that are looked at, and the most reasons that are found.
const MOST: (usize, usize) = (100, 8);

/// An open course that cannot end, and the rules that stand in the way.
pub(super) struct Stuck {
    pub word: Vec<usize>,
    pub because: Vec<usize>,
}

/// The shortest stuck course for each reason; none if that cannot be decided.
pub(super) fn stuck(model: &Model, courses: Courses, rules: &[usize]) -> Option<Vec<Stuck>> {
    let disagrees = |code: usize| rules.iter().copied().filter(move |rule| !agrees(model, *rule, code));
    let endings = (0..model.pathway.codes.len()).filter(|code| model.ends(*code));
    if let Some(fewest) = endings.map(|code| disagrees(code).collect::<Vec<_>>()).min_by_key(Vec::len) {
        let agreed: Vec<_> = rules.iter().copied().filter(|rule| !fewest.contains(rule)).collect();
        let may_end = |code: usize| agreed.iter().all(|rule| agrees(model, *rule, code));
        if explore(model, courses, &fewest, may_end).is_some_and(|stuck| stuck.is_empty()) {
            return Some(Vec::new());
        }
    }
    let words = explore(model, courses, rules, |_| true)?;
    let mut found: Vec<Stuck> = Vec::new();
    for word in words.into_iter().take(MOST.0) {
        let query = Query { courses, unbroken: rules, goal: Goal::Ends, after: &word };
        if found.len() == MOST.1 || found.iter().any(|known| query.is_never(model, &known.because)) {
            continue;
        }
        if let Answer::Never(because) = query.answer(model) {
            found.push(Stuck { word, because });
        }
    }
    Some(found)
}

/// Whether the rule, wherever it stands and unless it is lost, is unbroken right after this code in a course that has ended.
fn agrees(model: &Model, rule: usize, code: usize) -> bool {
    const PLACES: usize = 1000;
    let Some(automaton) = model.rules.get(rule) else { return false };
    let codes = model.kinds(&[rule], |_| [false; 3]);
    let mut places = vec![Automaton::START];
    let mut at = 0;
    while let Some(place) = places.get(at).copied() {
        for (code, _) in &codes {
            let next = automaton.step(place, *code).to;
            if !automaton.is_lost(next) && !places.contains(&next) {
                places.push(next);
            }
        }
        if places.len() > PLACES {
            return false;
        }
        at += 1;
    }
    let kept =
        |place: &Place| automaton.verdict(automaton.step(*place, code).to, State::Completed) != RuleResult::Broken;
    places.iter().all(kept)
}

/// The shortest open courses, with no rule broken, from which codes that may end lead to no end with no rule broken.
fn explore(
    model: &Model,
    courses: Courses,
    rules: &[usize],
    may_end: impl Fn(usize) -> bool,
) -> Option<Vec<Vec<usize>>> {
    let start = (Course::NONE, vec![Automaton::START; rules.len()]);
    let letters = model.kinds(rules, |code| [may_end(code), false, false]);
    let allowance = model.allowance();
    let mut numbers = HashMap::from([(start.clone(), 0)]);
    let mut nodes: Vec<Reached<_>> = vec![(start, None)];
    let mut before: Vec<Vec<usize>> = vec![Vec::new()];
    let mut at = 0;
    while let Some(((course, places), _)) = nodes.get(at).cloned() {
        for (code, letter) in &letters {
            let Some(course) = course.take(letter, courses) else { continue };
            let automata = rules.iter().zip(&places).filter_map(|(rule, place)| Some((model.rules.get(*rule)?, place)));
            let next: Vec<(Place, bool)> = automata
                .map(|(automaton, place)| automaton.step(*place, *code).to)
                .zip(rules)
                .map(|(place, rule)| (place, model.rules.get(*rule).is_some_and(|automaton| automaton.is_lost(place))))
                .collect();
            if next.iter().any(|(_, lost)| *lost) {
                continue;
            }
            let next = (course, next.into_iter().map(|(place, _)| place).collect::<Vec<_>>());
            let number = *numbers.entry(next.clone()).or_insert(nodes.len());
            if number == nodes.len() {
                nodes.push((next, Some((at, *code))));
                before.push(Vec::new());
            }
            if may_end(*code)
                && let Some(before) = before.get_mut(number)
            {
                before.push(at);
            }
        }
        if nodes.len() > allowance {
            model.spend(nodes.len());
            return None;
        }
        at += 1;
    }
    model.spend(nodes.len());

    let unbroken = |(course, places): &(Course, Vec<Place>)| {
        let mut results = rules.iter().zip(places).map(|(rule, place)| model.verdict(*rule, *place, course.state));
        results.all(|result| result != RuleResult::Broken)
    };
    let is_open = |(course, _): &(Course, Vec<Place>)| course.state == State::Open;
    let numbered = || nodes.iter().enumerate().map(|(number, (node, _))| (number, node));
    let ends = numbered().filter(|(_, node)| !is_open(node) && unbroken(node)).map(|(number, _)| number);
    let mut to_see: Vec<usize> = ends.collect();
    let mut can_end: HashSet<usize> = to_see.iter().copied().collect();
    while let Some(number) = to_see.pop() {
        to_see.extend(before.get(number).into_iter().flatten().copied().filter(|before| can_end.insert(*before)));
    }
    let stuck = numbered().filter(|(number, node)| is_open(node) && unbroken(node) && !can_end.contains(number));
    let reached = stuck.filter_map(|(number, _)| nodes.get(number)?.1);
    Some(reached.map(|(from, code)| word(&nodes, from, code, &[])).collect())
}
