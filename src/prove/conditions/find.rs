//! Every condition of a pathway, asked where it stands: what stands around it must hold for it to be asked at all.

use super::{
    diagram::Set,
    domains::fact_of,
    parts::{Idle, idle_part},
    real,
    report::Report,
    space::{Answer, Space, Truth},
    turn::passed,
};
use crate::{
    diagnostic::Finding,
    prove::place::Places,
    tables::{
        Condition, Content, CriteriaItem, Fact, Item, List, ListKind, Origin, Pathway, Quantified, Routes, Tables,
        Value,
    },
};

/// What is found of the conditions of all pathways.
pub fn find(tables: &Tables, places: &Places, findings: &mut Vec<Finding>) {
    for pathway in &tables.pathways {
        let space = Space::new(&pathway.facts, []);
        let mut finder = Finder { pathway, space, lost: false, report: Report { places, findings } };
        finder.pathway();
    }
}

/// All conditions of a piece of content, and what a person judges in it.
fn asked(content: &Content) -> Vec<Condition> {
    let mut asked = Vec::new();
    match content {
        Content::Criteria(criteria) => {
            asked.extend(criteria.when.clone());
            judged(&criteria.quantified, &mut asked);
        }
        Content::List(list) => {
            asked.extend(list.when.clone());
            done(&list.items, &mut asked);
        }
        Content::Routes(routes) => {
            asked.extend(routes.when.clone());
            asked.extend(routes.rows.iter().filter_map(|row| row.when.clone()));
        }
        Content::Referral(referral) => asked.extend(referral.when.clone()),
        _ => {}
    }
    asked
}

fn contents(pathway: &Pathway) -> Vec<&Vec<Content>> {
    std::iter::once(&pathway.content).chain(pathway.phases.iter().map(|phase| &phase.content)).collect()
}

fn judged(quantified: &Quantified, asked: &mut Vec<Condition>) {
    for item in &quantified.items {
        match &item.nested {
            Some(nested) => judged(nested, asked),
            None => asked.push(test_of(item)),
        }
    }
}

fn done(items: &[Item], asked: &mut Vec<Condition>) {
    for item in items {
        asked.extend(item.when.clone());
        done(&item.items, asked);
    }
}

/// What meets an item without nested items: its condition, or that someone says so.
pub fn test_of(item: &CriteriaItem) -> Condition {
    let judged = || Condition::Is { fact: item.name.clone(), value: Value::YesNo(true) };
    item.condition.clone().unwrap_or_else(judged)
}

/// Looks for what is wrong with one pathway.
pub struct Finder<'a, 'p, 'f> {
    pathway: &'p Pathway,
    /// Of the conditions that are looked at together.
    pub space: Space<'p>,
    /// Whether an earlier space was lost.
    lost: bool,
    pub report: Report<'a, 'f>,
}

impl Finder<'_, '_, '_> {
    fn pathway(&mut self) {
        let pathway = self.pathway;
        let facts = &pathway.facts;
        let mut impossible = facts.iter().filter(|fact| never_computed(facts, fact)).peekable();
        if impossible.peek().is_some() {
            // Everything that rests on them would be wrong for the same reason.
            return impossible.for_each(|fact| self.report.never_computed(fact));
        }
        for variant in &pathway.variants {
            self.ask([&variant.when]);
            // Variants that never hold are found when they are compiled.
            let truth = self.space.truth(&variant.when);
            if !self.space.never(truth.yes) {
                self.idle_part(&variant.when, Set::ALL, &variant.origin);
            }
        }
        for contents in contents(pathway) {
            for content in contents {
                self.ask(&asked(content));
                match content {
                    Content::Criteria(criteria) => self.criteria(criteria),
                    Content::List(list) => self.list(list),
                    Content::Routes(routes) => self.routes(routes, contents),
                    Content::Referral(referral) => _ = self.when(referral.when.as_ref(), Set::ALL, &referral.origin),
                    _ => {}
                }
            }
            self.investigations(contents);
        }
        if self.lost || self.space.is_lost() {
            self.report.too_much(pathway);
        }
    }

    fn ask<'c>(&mut self, conditions: impl IntoIterator<Item = &'c Condition>) {
        self.lost |= self.space.is_lost();
        self.space = Space::new(&self.pathway.facts, conditions);
    }

    /// Checks a condition where the context holds, and gives the states in which both do.
    pub fn when(&mut self, when: Option<&Condition>, context: Set, origin: &Origin) -> Set {
        let Some(when) = when else { return context };
        let truth = self.space.truth(when);
        let (holds, fails) = (self.space.and(context, truth.yes), self.space.and(context, truth.no));
        // Where the context itself is impossible, that is what is wrong.
        if self.space.never(context) {
            return holds;
        }
        match (self.space.find(holds), self.space.find(fails)) {
            (Answer::No, _) => self.report.never_true(origin, context == Set::ALL),
            (_, Answer::No) => self.report.always_true(origin, context == Set::ALL),
            (Answer::Yes(_), Answer::Yes(_)) => self.idle_part(when, context, origin),
            _ => self.undecided(origin),
        }
        holds
    }

    /// When everything is lost, that is said once.
    fn undecided(&mut self, origin: &Origin) {
        if !self.space.is_lost() {
            self.report.undecided(origin);
        }
    }

    fn idle_part(&mut self, when: &Condition, context: Set, origin: &Origin) {
        match idle_part(&mut self.space, when, context) {
            Idle::Nothing => {}
            Idle::Part(part) => self.report.idle_part(origin, &part, &self.pathway.facts),
            Idle::Undecided => self.report.too_many_parts(origin),
        }
    }

    fn list(&mut self, list: &List) {
        let context = self.when(list.when.as_ref(), Set::ALL, &list.origin);
        self.items(&list.items, context);
    }

    fn items(&mut self, items: &[Item], context: Set) {
        for item in items {
            let context = self.when(item.when.as_ref(), context, &item.origin);
            self.items(&item.items, context);
        }
    }

    fn routes(&mut self, routes: &Routes, beside: &[Content]) {
        let context = self.when(routes.when.as_ref(), Set::ALL, &routes.origin);
        let mut rows: Vec<Truth> = Vec::new();
        for row in &routes.rows {
            let Some(when) = &row.when else { return };
            let truth = self.space.truth(when);
            let holds = self.space.and(context, truth.yes);
            // Rows that never hold by themselves, or never after those before, are found when they are compiled.
            if self.space.never(truth.yes) || self.space.never(context) {
            } else if self.space.never(holds) {
                self.report.never_true(&row.origin, false);
            } else {
                self.idle_part(when, context, &row.origin);
            }
            rows.push(truth);
        }
        let left = passed(&mut self.space, &rows);
        let left = self.space.and(context, left);
        if !left_open(beside) {
            match self.space.find(left) {
                Answer::Yes(witness) => self.report.no_route(routes, &witness),
                Answer::Undecided => self.undecided(&routes.origin),
                Answer::No => {}
            }
        }
    }

    /// Patients for whom none of the lists of investigations is, when they are made for different patients of one kind.
    fn investigations(&mut self, beside: &[Content]) {
        let lists = beside.iter().filter_map(|content| match content {
            Content::List(list) if list.list == ListKind::Investigations => Some(list),
            _ => None,
        });
        let lists: Vec<_> = lists.collect();
        let whens: Option<Vec<&Condition>> = lists.iter().map(|list| list.when.as_ref()).collect();
        let (Some(whens), [first, _, ..]) = (whens, lists.as_slice()) else { return };
        let about = whens.first().and_then(|when| fact_of(when));
        if left_open(beside) || whens.iter().any(|when| fact_of(when) != about) {
            return;
        }
        self.ask(whens.iter().copied());
        let truths: Vec<_> = whens.into_iter().map(|when| self.space.truth(when)).collect();
        let left = passed(&mut self.space, &truths);
        match self.space.find(left) {
            Answer::Yes(witness) => self.report.no_investigations(first, &witness),
            Answer::Undecided => self.undecided(&first.origin),
            Answer::No => {}
        }
    }
}

/// Whether the source itself leaves something open or lacks something here.
fn left_open(contents: &[Content]) -> bool {
    contents.iter().any(|content| matches!(content, Content::Open { .. } | Content::Missing { .. }))
}

/// Whether a computed fact comes to nothing whatever is known: it is divided by a number that is 0.
fn never_computed(facts: &[Fact], fact: &Fact) -> bool {
    fact.formula.as_ref().is_some_and(|formula| real::comes_to_nothing(facts, formula))
}
