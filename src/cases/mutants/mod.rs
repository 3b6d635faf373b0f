//! A pathway changed one step at a time, as an author could get it wrong.

mod conditions;
mod content;
mod courses;

use crate::{
    lang::Text,
    tables::{Condition, Content, Origin, Pathway},
};

/// What a change can change the answers of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Courses.
    Courses,
    /// Criteria, decision tables and investigations.
    Assessed,
    /// Both.
    Both,
}

/// One change of a pathway.
pub struct Mutant {
    /// What it can change the answers of.
    pub part: Part,
    /// What was changed, in words.
    pub what: Text,
    /// The row that was changed.
    pub origin: Origin,
    change: Box<dyn Fn(&mut Pathway)>,
}

impl Mutant {
    /// The pathway with the change. It must be the one that the mutant was made of.
    pub fn of(&self, pathway: &Pathway) -> Pathway {
        let mut changed = pathway.clone();
        (self.change)(&mut changed);
        changed
    }
}

/// The pathway without what is never evaluated, and without its examples: what mutants are made of.
pub fn bare(pathway: &Pathway) -> Pathway {
    let mut bare = pathway.clone();
    bare.examples.clear();
    let is_evaluated =
        |content: &Content| matches!(content, Content::Criteria(_) | Content::Routes(_) | Content::List(_));
    bare.content.retain(is_evaluated);
    bare.phases.iter_mut().for_each(|phase| phase.content.retain(is_evaluated));
    bare
}

/// Every change of a pathway, in the order of its parts. How serious a rule is and how strongly an investigation is
/// advised, short of that it be avoided, is left alone: an example has no word for them.
pub fn mutants(pathway: &Pathway) -> Vec<Mutant> {
    let mut all = Mutants { all: Vec::new() };
    courses::limits(pathway, &mut all);
    courses::intervals(pathway, &mut all);
    courses::codes(pathway, &mut all);
    courses::rules(pathway, &mut all);
    courses::variants(pathway, &mut all);
    conditions::formulas(pathway, &mut all);
    content::content(pathway, &mut all);
    conditions::conditions(pathway, &mut all);
    all.all
}

struct Mutants {
    all: Vec<Mutant>,
}

impl Mutants {
    fn add(&mut self, part: Part, what: Text, origin: &Origin, change: impl Fn(&mut Pathway) + 'static) {
        self.all.push(Mutant { part, what, origin: origin.clone(), change: Box::new(change) });
    }
}

/// Every condition that the pathway's answers rest on.
pub fn conditions_of(pathway: &Pathway) -> Vec<Condition> {
    conditions::all(pathway).into_iter().map(|(condition, ..)| condition).collect()
}

/// Swaps an element with the next.
fn swap_next<T>(list: &mut [T], at: usize) {
    if at + 1 < list.len() {
        list.swap(at, at + 1);
    }
}

/// Removes an element.
fn drop_at<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}
