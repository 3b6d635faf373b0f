//! Would anyone notice? Whether the examples of a pathway see each change of it, and examples that would.

use std::collections::BTreeSet;

use super::{
    alone,
    boundaries::boundaries,
    expect::expected,
    mutants::{Mutant, Part, bare, mutants},
    random::random,
    smallest::smallest,
};
use crate::{
    lang::Text,
    runtime::{Evaluator, TableError, example_holds},
    tables::{Example, Expectation, Expected, Origin, Pathway},
};

/// What came of changing a pathway one step at a time.
#[derive(Clone, Debug)]
pub struct Noticed {
    /// How many changes an example notices.
    pub noticed: usize,
    /// The others, in the order of the pathway's parts.
    pub unnoticed: Vec<Unnoticed>,
    /// Changes that change no answer of any course at a boundary, nor of any random one.
    pub equivalent: Vec<Changed>,
    /// Examples that would notice those that no example does.
    pub proposals: Vec<Example>,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Changed {
    /// What was changed, in words.
    pub what: Text,
    /// The row.
    pub origin: Origin,
}

/// A change that no example notices.
#[derive(Clone, Debug)]
pub struct Unnoticed {
    /// The change.
    pub changed: Changed,
    /// The number, from 0, of the proposed example that notices it.
    pub proposal: usize,
}

impl Noticed {
    /// How many of all changes that change something are noticed, in per cent.
    pub fn share(&self) -> f64 {
        let all = self.noticed + self.unnoticed.len();
        let parts = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        if all == 0 { 100.0 } else { 100.0 * parts(self.noticed) / parts(all) }
    }
}

/// Tries every change of a pathway on its examples, which must hold.
///
/// # Errors
/// Tables that the evaluator cannot read.
pub fn notice(pathway: &Pathway) -> Result<Noticed, TableError> {
    let bare = bare(pathway);
    let tables = alone(bare.clone());
    let evaluator = Evaluator::new(&tables)?;
    let mut search =
        Search { bare: &bare, evaluator: &evaluator, probes: None, names: names(pathway), proposals: Vec::new() };
    let mut result = Noticed { noticed: 0, unnoticed: Vec::new(), equivalent: Vec::new(), proposals: Vec::new() };
    for mutant in mutants(&bare) {
        let mutated = alone(mutant.of(&bare));
        // Tables that are no longer sound are noticed by whoever loads them.
        let (Ok(other), [other_pathway]) = (Evaluator::new(&mutated), mutated.pathways.as_slice()) else {
            result.noticed += 1;
            continue;
        };
        let sees = |example: &Example| !example_holds(&other, other_pathway, example);
        if pathway.examples.iter().any(sees) {
            result.noticed += 1;
            continue;
        }
        let changed = Changed { what: mutant.what.clone(), origin: mutant.origin.clone() };
        match search.proposal(&mutant, &sees) {
            Some(proposal) => result.unnoticed.push(Unnoticed { changed, proposal }),
            None => result.equivalent.push(changed),
        }
    }
    result.proposals = search.proposals.into_iter().map(|proposal| proposal.example).collect();
    Ok(result)
}

fn names(pathway: &Pathway) -> BTreeSet<String> {
    pathway.examples.iter().map(|example| example.name.clone()).collect()
}

/// The search for examples that would notice.
struct Search<'p> {
    bare: &'p Pathway,
    evaluator: &'p Evaluator<'p>,
    /// Made when first needed.
    probes: Option<Vec<Example>>,
    names: BTreeSet<String>,
    proposals: Vec<Proposal>,
}

/// A proposed example, and everything that it could expect.
struct Proposal {
    example: Example,
    answers: Vec<Expectation>,
}

impl Search<'_> {
    /// The number of the proposal that sees a mutant: one made before, or a new one. None if nothing sees it.
    fn proposal(&mut self, mutant: &Mutant, sees: &impl Fn(&Example) -> bool) -> Option<usize> {
        for (number, proposal) in self.proposals.iter_mut().enumerate() {
            if sees(&proposal.example) {
                return Some(number);
            }
            if let Some(more) = telltale(&proposal.example, &proposal.answers, sees) {
                proposal.example.expectations.push(more);
                let place = |one: &Expectation| proposal.answers.iter().position(|answer| answer == one);
                proposal.example.expectations.sort_by_key(place);
                return Some(number);
            }
        }
        let part = mutant.part;
        let seen = self.probes().iter().find(|probe| sees(&asking(probe, part)))?.clone();
        let (bare, evaluator) = (self.bare, self.evaluator);
        let with_answers =
            |example: &Example| Example { expectations: expected(evaluator, bare, example), ..example.clone() };
        let small = smallest(Example { expectations: Vec::new(), ..seen }, |example| {
            sees(&asking(&with_answers(example), part))
        });
        let answers = with_answers(&small).expectations;
        let mut example = Example { name: self.name(&small.name), ..small };
        example.expectations = telltale(&example, &answers, sees).into_iter().collect();
        self.proposals.push(Proposal { example, answers });
        Some(self.proposals.len() - 1)
    }

    /// Courses with all their answers: those at boundaries, and random ones.
    fn probes(&mut self) -> &[Example] {
        let (bare, evaluator) = (self.bare, self.evaluator);
        self.probes.get_or_insert_with(|| {
            let at_boundaries = boundaries(bare).into_iter().map(|boundary| boundary.example);
            let all = at_boundaries.chain(random(bare));
            all.map(|example| Example { expectations: expected(evaluator, bare, &example), ..example }).collect()
        })
    }

    fn name(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut number = 2;
        while !self.names.insert(unique.clone()) {
            unique = format!("{name} ({number})");
            number += 1;
        }
        unique
    }
}

/// The example with the expectations that a change of one part can touch.
fn asking(example: &Example, part: Part) -> Example {
    let is_assessed = |expectation: &Expectation| {
        let expected = &expectation.expected;
        matches!(expected, Expected::Criteria { .. } | Expected::Route { .. } | Expected::Investigation { .. })
    };
    let mut asking = example.clone();
    match part {
        Part::Courses => asking.expectations.retain(|expectation| !is_assessed(expectation)),
        Part::Assessed => asking.expectations.retain(is_assessed),
        Part::Both => {}
    }
    asking
}

/// The answer that alone sees the change.
fn telltale(example: &Example, answers: &[Expectation], sees: &impl Fn(&Example) -> bool) -> Option<Expectation> {
    let alone = |answer: &&Expectation| sees(&Example { expectations: vec![(*answer).clone()], ..example.clone() });
    answers.iter().find(alone).cloned()
}
