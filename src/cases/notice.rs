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
    tables::{Example, Expectation, Expected, Origin, Pathway, Tables},
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
    let mut search = Search { bare: &bare, evaluator: &evaluator, probes: Vec::new(), drafts: Vec::new() };
    let mut result = Noticed { noticed: 0, unnoticed: Vec::new(), equivalent: Vec::new(), proposals: Vec::new() };
    for mutant in mutants(&bare) {
        let mutated = alone(mutant.of(&bare));
        let Some(judge) = Judge::new(&mutated) else {
            // Tables that are no longer sound are noticed by whoever loads them.
            result.noticed += 1;
            continue;
        };
        if pathway.examples.iter().any(|example| judge.objects(example)) {
            result.noticed += 1;
            continue;
        }
        let found = search.draft(&mutant, &judge);
        let changed = Changed { what: mutant.what, origin: mutant.origin };
        match found {
            Some(proposal) => {
                search.drafts.get_mut(proposal).into_iter().for_each(|draft| draft.changes.push(mutated.clone()));
                result.unnoticed.push(Unnoticed { changed, proposal });
            }
            None => result.equivalent.push(changed),
        }
    }
    let mut names: BTreeSet<String> = pathway.examples.iter().map(|example| example.name.clone()).collect();
    result.proposals = search.drafts.iter().map(|draft| draft.finished(&bare, &evaluator, &mut names)).collect();
    Ok(result)
}

/// The evaluator of a changed pathway.
struct Judge<'m> {
    pathway: &'m Pathway,
    evaluator: Evaluator<'m>,
}

impl<'m> Judge<'m> {
    fn new(tables: &'m Tables) -> Option<Self> {
        Some(Judge { pathway: tables.pathways.first()?, evaluator: Evaluator::new(tables).ok()? })
    }

    /// Whether an example no longer holds.
    fn objects(&self, example: &Example) -> bool {
        !example_holds(&self.evaluator, self.pathway, example)
    }

    /// The first answer that is no longer so: rather one that says something.
    fn telltale(&self, example: &Example, answers: &[Expectation], part: Part) -> Option<Expectation> {
        let own =
            || answers.iter().filter(|answer| part == Part::Both || (part == Part::Assessed) == is_assessed(answer));
        let alone =
            |answer: &&Expectation| self.objects(&Example { expectations: vec![(*answer).clone()], ..example.clone() });
        let telling = || own().filter(|answer| says_something(&answer.expected));
        if !self.objects(&Example { expectations: own().cloned().collect(), ..example.clone() }) {
            return None;
        }
        telling().find(alone).or_else(|| own().find(alone)).cloned()
    }
}

fn is_assessed(expectation: &Expectation) -> bool {
    topic(&expectation.expected).is_some()
}

/// What an assessed answer is about.
fn topic(expected: &Expected) -> Option<&str> {
    match expected {
        Expected::Criteria { criteria: name, .. }
        | Expected::Route { route: name, .. }
        | Expected::Investigation { list: name, .. } => Some(name),
        _ => None,
    }
}

/// Whether an answer is more than that nothing is known.
fn says_something(expected: &Expected) -> bool {
    let word = match expected {
        Expected::Interval { status: word, .. }
        | Expected::Criteria { result: word, .. }
        | Expected::Route { result: word, .. }
        | Expected::Investigation { status: word, .. } => word.as_str(),
        _ => return true,
    };
    !["undetermined", "not_started", "unknown"].contains(&word)
}

/// The search for examples that would notice.
struct Search<'p> {
    bare: &'p Pathway,
    evaluator: &'p Evaluator<'p>,
    /// Courses at boundaries and random ones, with their answers; made when first needed.
    probes: Vec<Example>,
    drafts: Vec<Draft>,
}

/// A course that objects to some changes.
struct Draft {
    example: Example,
    answers: Vec<Expectation>,
    part: Part,
    /// What its expectations are about.
    topic: Option<String>,
    changes: Vec<Tables>,
}

impl Search<'_> {
    /// The number of a draft that objects to a change: one made before, or a new one. None if nothing objects to it.
    fn draft(&mut self, mutant: &Mutant, judge: &Judge) -> Option<usize> {
        let part = mutant.part;
        for (number, draft) in self.drafts.iter().enumerate().filter(|(_, draft)| draft.part == part) {
            if let Some(found) = judge.telltale(&draft.example, &draft.answers, part)
                && says_something(&found.expected)
                && topic(&found.expected) == draft.topic.as_deref()
            {
                return Some(number);
            }
        }
        self.make_probes();
        let find = |telling: bool, own: bool| {
            let probes = self.probes.iter().filter(|probe| !own || probe.origin == mutant.origin);
            probes
                .filter_map(|probe| Some((probe, judge.telltale(probe, &probe.expectations, part)?)))
                .find(|(_, answer)| !telling || says_something(&answer.expected))
        };
        // Of courses the row's own come first; of what is assessed the probes of a whole list do.
        let own = part == Part::Courses;
        let (probe, answer) = find(true, own).or_else(|| find(true, false)).or_else(|| find(false, false))?;
        self.drafts.push(Draft {
            example: Example { expectations: Vec::new(), ..probe.clone() },
            answers: probe.expectations.clone(),
            part,
            topic: topic(&answer.expected).map(str::to_owned),
            changes: Vec::new(),
        });
        Some(self.drafts.len() - 1)
    }

    fn make_probes(&mut self) {
        if self.probes.is_empty() {
            let at_boundaries = boundaries(self.bare).into_iter().map(|boundary| boundary.example);
            let all = at_boundaries.chain(random(self.bare));
            let with_answers =
                |example: Example| Example { expectations: expected(self.evaluator, self.bare, &example), ..example };
            self.probes = all.map(with_answers).collect();
        }
    }
}

impl Draft {
    /// The smallest course that still objects to all its changes, with the expectations that do.
    fn finished(&self, bare: &Pathway, evaluator: &Evaluator, names: &mut BTreeSet<String>) -> Example {
        let judges: Vec<Judge> = self.changes.iter().filter_map(Judge::new).collect();
        let findings = |answers: &[Expectation]| -> Vec<String> {
            let code = |answer: &Expectation| match &answer.expected {
                Expected::Finding { code } => Some(code.clone()),
                _ => None,
            };
            answers.iter().filter_map(code).collect()
        };
        let allowed = findings(&self.answers);
        let telltales = |example: &Example| -> Option<(Vec<Expectation>, Vec<Expectation>)> {
            let answers = expected(evaluator, bare, example);
            // A smaller course shall not be a stranger one.
            if findings(&answers).iter().any(|code| !allowed.contains(code)) {
                return None;
            }
            let told = judges.iter().map(|judge| {
                let told = judge.telltale(example, &answers, self.part)?;
                (topic(&told.expected) == self.topic.as_deref()).then_some(told)
            });
            Some((told.collect::<Option<Vec<_>>>()?, answers))
        };
        let says = |told: &[Expectation]| told.iter().filter(|answer| says_something(&answer.expected)).count();
        let least = telltales(&self.example).map_or(0, |(told, _)| says(&told));
        let small =
            smallest(self.example.clone(), |example| telltales(example).is_some_and(|(told, _)| says(&told) >= least));
        let (told, answers) = telltales(&small).unwrap_or_default();
        let expectations = answers.into_iter().filter(|answer| told.contains(answer)).collect();
        let mut name = small.name.clone();
        let mut number = 2;
        while !names.insert(name.clone()) {
            name = format!("{} ({number})", small.name);
            number += 1;
        }
        Example { name, expectations, ..small }
    }
}
