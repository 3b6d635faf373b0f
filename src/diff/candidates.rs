//! Made-up courses among which one that shows a change is looked for.

use std::cell::OnceCell;

use chrono::{Days, NaiveDate};

use super::{Lead, search::State};
use crate::{
    cases::{boundaries, world},
    prove::conditions::representatives,
    runtime::due,
    tables::{Condition, Example, ExampleEvent, ExampleFact, MaxAge, Origin, Pathway, Role, Value},
};

/// How many codes a course is made of at most, and of how many different ones.
const LONGEST: usize = 4;
const DIFFERENT: usize = 6;

/// Makes courses for one pathway before and after; either may be lacking.
pub(super) struct Maker<'t> {
    sides: Vec<&'t Pathway>,
    pool: OnceCell<Vec<Example>>,
    day: NaiveDate,
}

impl<'t> Maker<'t> {
    pub fn new(old: Option<&'t Pathway>, new: Option<&'t Pathway>) -> Self {
        let sides: Vec<&Pathway> = old.into_iter().chain(new).collect();
        let last = sides.iter().filter_map(|pathway| pathway.valid_to).min();
        let first = sides.iter().filter_map(|pathway| pathway.valid_from).max();
        let usual = NaiveDate::from_ymd_opt(2024, 1, 8).unwrap_or_default();
        let day = last.map_or(usual, |last| last.min(usual));
        Maker { sides, pool: OnceCell::new(), day: first.map_or(day, |first| first.max(day)) }
    }

    /// Whether a course can start with the code: one that opens, if there is any.
    pub fn starts(&self, code: &str) -> bool {
        self.opener().is_none_or(|_| {
            let codes = self.sides.iter().flat_map(|pathway| &pathway.codes);
            codes.into_iter().any(|known| known.code == code && known.role == Some(Role::Opens))
        })
    }

    /// A course at every boundary of either side. Made when first asked for: most changes are shown by less.
    pub fn pool(&self) -> &[Example] {
        self.pool.get_or_init(|| {
            self.sides.iter().flat_map(|pathway| boundaries(pathway)).map(|boundary| boundary.example).collect()
        })
    }

    /// The courses that could show what a lead points at, the likeliest first.
    pub fn candidates(&self, lead: &Lead) -> Vec<Example> {
        let mut made = Vec::new();
        match lead {
            Lead::Words | Lead::Shadowed => return made,
            Lead::Limit { interval, treatment, variant, from, to } => {
                self.limits((interval, *treatment, *variant), *from, *to, &mut made);
            }
            Lead::Course { codes, .. } => self.courses(codes, &mut made),
            Lead::Facts { states, .. } => states.iter().for_each(|state| made.extend(self.known(state))),
            Lead::Aged { item, ages, .. } => self.aged(item, ages, &mut made),
            Lead::Dated { done, .. } => {
                for done in done {
                    let facts = done.iter().map(|(name, date)| fact(name, *date, Value::YesNo(true)));
                    made.push(self.example(Vec::new(), facts.collect(), self.day + Days::new(7)));
                }
            }
            Lead::Given(name) => self.given(name, &mut made),
            Lead::Computed(name) => self.computed(name, &mut made),
        }
        made
    }

    fn example(&self, events: Vec<(NaiveDate, &str)>, facts: Vec<ExampleFact>, as_of: NaiveDate) -> Example {
        let event = |(date, code): (NaiveDate, &str)| ExampleEvent { date, code: code.to_owned(), institution: None };
        let origin = Origin { file: String::new(), line: 1, column: 1 };
        let events: Vec<ExampleEvent> = events.into_iter().map(event).collect();
        let as_of = events.iter().map(|event| event.date).fold(as_of, NaiveDate::max);
        Example { name: String::new(), as_of, events, facts, expectations: Vec::new(), origin }
    }

    fn opener(&self) -> Option<&'t str> {
        let codes = self.sides.iter().rev().flat_map(|pathway| &pathway.codes);
        codes.into_iter().find(|code| code.role == Some(Role::Opens)).map(|code| code.code.as_str())
    }

    /// The courses at the boundaries of the limit, also with the facts of the variant and on the days of the change.
    fn limits(
        &self,
        (interval, treatment, variant): (&str, Option<&str>, Option<&str>),
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        made: &mut Vec<Example>,
    ) {
        let is_row = |example: &&Example| {
            self.sides.iter().flat_map(|pathway| &pathway.limits).any(|row| {
                row.interval == interval && row.treatment.as_deref() == treatment && row.origin == example.origin
            })
        };
        let rows: Vec<&Example> = self.pool().iter().filter(is_row).collect();
        let worlds = || self.sides.iter().filter_map(|pathway| self.variant(pathway, variant));
        for example in rows {
            let own = example.facts.clone();
            for facts in std::iter::once(own).chain(worlds()) {
                for start in [None, from, to] {
                    made.push(moved(Example { facts: facts.clone(), ..example.clone() }, start));
                }
            }
        }
    }

    /// The facts by which a variant, or the main course, holds.
    fn variant(&self, pathway: &Pathway, variant: Option<&str>) -> Option<Vec<ExampleFact>> {
        let mut wanted: Vec<(&Condition, bool)> = Vec::new();
        for one in &pathway.variants {
            let holds = variant == Some(one.name.as_str());
            wanted.push((&one.when, holds));
            if holds {
                break;
            }
        }
        Some(world(pathway, &wanted, self.day)?.facts)
    }

    /// Short courses of these codes and of those that open, complete and close, on one day and on several.
    fn courses(&self, codes: &[&str], made: &mut Vec<Example>) {
        let days = self.edges();
        for (day, code) in days.iter().flat_map(|day| codes.iter().map(move |code| (*day, *code))) {
            made.push(self.example(vec![(day, code)], Vec::new(), day));
        }
        let mut all: Vec<&str> = Vec::new();
        let of_role = |role: Role| {
            let codes = self.sides.iter().flat_map(|pathway| &pathway.codes);
            codes.filter(move |code| code.role == Some(role)).map(|code| code.code.as_str()).next()
        };
        let roles = [Role::Opens, Role::Completes, Role::Closes, Role::Transfers].into_iter().filter_map(of_role);
        for code in codes.iter().copied().chain(roles) {
            if !all.contains(&code) {
                all.push(code);
            }
        }
        let mut shorter: Vec<Vec<&str>> = vec![Vec::new()];
        for length in 1..=LONGEST {
            let alphabet = if length <= 2 { all.as_slice() } else { all.get(..DIFFERENT).unwrap_or(&all) };
            let longer = shorter
                .iter()
                .flat_map(|codes| alphabet.iter().map(|code| codes.iter().copied().chain([*code]).collect::<Vec<_>>()));
            shorter = longer.collect();
            for codes in &shorter {
                let spread = codes.iter().zip(0..).map(|(code, days)| (self.day + Days::new(days), *code)).collect();
                made.push(self.example(spread, Vec::new(), self.day));
                let together = codes.iter().map(|code| (self.day, *code)).collect();
                made.push(self.example(together, Vec::new(), self.day));
            }
        }
    }

    /// The days beside those on which codes begin and cease to count.
    fn edges(&self) -> Vec<NaiveDate> {
        let mut edges = vec![self.day];
        for pathway in &self.sides {
            let of_codes = pathway.codes.iter().flat_map(|code| [code.valid_from, code.valid_to]);
            for edge in of_codes.chain([pathway.valid_from, pathway.valid_to]).flatten() {
                edges.extend([edge.pred_opt(), Some(edge), edge.succ_opt()].into_iter().flatten());
            }
        }
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// A patient of whom this is known, with and without a course.
    fn known(&self, state: &State) -> Vec<Example> {
        let mut made = Vec::new();
        for pathway in self.sides.iter().rev() {
            let plain = || state.facts.iter().map(|(name, value)| fact(name, None, value.clone())).collect::<Vec<_>>();
            let facts = if state.tests.is_empty() {
                Some(plain())
            } else {
                let given: Vec<(Condition, bool)> = state
                    .facts
                    .iter()
                    .map(|(fact, value)| (Condition::Is { fact: fact.clone(), value: value.clone() }, true))
                    .chain(state.tests.iter().cloned())
                    .collect();
                let wanted: Vec<(&Condition, bool)> =
                    given.iter().map(|(condition, truth)| (condition, *truth)).collect();
                world(pathway, &wanted, self.day).map(|world| world.facts)
            };
            if let Some(facts) = facts {
                let opened = self.opener().map(|opener| (self.day, opener)).into_iter().collect();
                made.push(self.example(Vec::new(), facts.clone(), self.day));
                made.push(self.example(opened, facts, self.day));
            }
        }
        made
    }

    /// An investigation that was done as long ago as it may be, and a day longer.
    fn aged(&self, item: &str, ages: &[MaxAge], made: &mut Vec<Example>) {
        let as_of = self.day + Days::new(7);
        for age in ages {
            let is_old = |date: &NaiveDate| due(*date, age.amount, age.unit).is_some_and(|last| last < as_of);
            let mut oldest = as_of;
            while let Some(before) = oldest.pred_opt().filter(|before| !is_old(before)) {
                oldest = before;
            }
            for date in oldest.pred_opt().into_iter().chain([oldest]) {
                made.push(self.example(Vec::new(), vec![fact(item, Some(date), Value::YesNo(true))], as_of));
            }
        }
    }

    /// Two values of a fact at once, each that the two sides know.
    fn given(&self, name: &str, made: &mut Vec<Example>) {
        let mut values: Vec<Value> = Vec::new();
        for declared in self.sides.iter().flat_map(|pathway| &pathway.facts).filter(|fact| fact.name == name) {
            for value in representatives(&declared.fact_type, &[]) {
                let other = match &value {
                    Value::Number(number) => Some(Value::Number(number + 1.0)),
                    Value::Date(date) => date.succ_opt().map(Value::Date),
                    _ => None,
                };
                values.extend(std::iter::once(value).chain(other));
            }
        }
        values.dedup();
        let Some(opener) = self.opener() else { return };
        for one in &values {
            for other in values.iter().filter(|other| *other != one) {
                let facts = vec![fact(name, None, one.clone()), fact(name, None, other.clone())];
                made.push(self.example(vec![(self.day, opener)], facts, self.day));
            }
        }
    }

    /// A computed fact on either side of each threshold that conditions compare it with.
    fn computed(&self, name: &str, made: &mut Vec<Example>) {
        let mut leaves: Vec<&Condition> = Vec::new();
        for pathway in &self.sides {
            super::conditions::each(pathway, &mut |condition| {
                condition.leaves(&mut |leaf| {
                    let mut asks = false;
                    super::question::each_fact(leaf, &mut |fact| asks |= fact == name);
                    if asks && !leaves.contains(&leaf) {
                        leaves.push(leaf);
                    }
                });
            });
        }
        for leaf in leaves {
            for truth in [true, false] {
                made.extend(self.known(&State { facts: Vec::new(), tests: vec![(leaf.clone(), truth)] }));
            }
        }
    }
}

fn fact(name: &str, date: Option<NaiveDate>, value: Value) -> ExampleFact {
    ExampleFact { date, fact: name.to_owned(), value }
}

/// The example with its first event on another day, and all else as far from it as it was.
fn moved(mut example: Example, start: Option<NaiveDate>) -> Example {
    let first = example.events.iter().map(|event| event.date).min();
    let Some((start, first)) = start.zip(first) else { return example };
    let apart = start - first;
    let moved = |date: &mut NaiveDate| *date = date.checked_add_signed(apart).unwrap_or(*date);
    example.events.iter_mut().for_each(|event| moved(&mut event.date));
    example.facts.iter_mut().filter_map(|fact| fact.date.as_mut()).for_each(moved);
    moved(&mut example.as_of);
    example
}
