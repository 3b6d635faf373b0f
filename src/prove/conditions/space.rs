//! All states of what conditions ask for, and the sets of states in which conditions are true, false and unknown.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{
    diagram::{Diagrams, Set},
    domains::{Asked, Domain, Level, domains, fact_of},
    real,
    written::said,
};
use crate::tables::{Condition, Fact, FactType, Value};

/// The answer to «can it be?».
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// Yes: for these values of the facts; all others are not known.
    Yes(String),
    /// It cannot.
    No,
    /// There is too much to look at, or no patient was found for it.
    Undecided,
}

/// Where something is true and where it is false; elsewhere it is unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truth {
    /// True.
    pub yes: Set,
    /// False.
    pub no: Set,
}

impl Truth {
    /// What always holds.
    pub const ALWAYS: Truth = Truth { yes: Set::ALL, no: Set::NONE };
    /// What nobody can ever say.
    pub const UNKNOWN: Truth = Truth { yes: Set::NONE, no: Set::NONE };

    /// The negation.
    #[must_use]
    pub fn not(self) -> Truth {
        Truth { yes: self.no, no: self.yes }
    }
}

/// How many states are tried where a patient must be made to see whether there is one.
const MOST_PATIENTS: usize = 30;

/// A value for each variable that matters.
pub type State = BTreeMap<usize, usize>;

/// The states of all that some conditions ask for.
pub struct Space<'a> {
    pub(super) facts: &'a [Fact],
    pub(super) domains: Vec<Domain<'a>>,
    pub(super) diagrams: Diagrams,
    /// The states that a patient can be in, as far as is known of what the variables have to do with one another.
    possible: Set,
}

impl<'a> Space<'a> {
    /// For questions about these conditions and all that is put together of them.
    pub fn new<'c>(facts: &'a [Fact], conditions: impl IntoIterator<Item = &'c Condition>) -> Self {
        let domains = domains(facts, conditions);
        let mut space = Space { facts, domains, diagrams: Diagrams::default(), possible: Set::ALL };
        space.bind();
        space
    }

    /// Whether there is a patient in one of these states.
    pub fn find(&mut self, wanted: Set) -> Answer {
        let set = self.and(wanted, self.possible);
        match set {
            _ if self.diagrams.is_lost() => Answer::Undecided,
            Set::NONE => Answer::No,
            _ => {
                let found = self.pick(set, &mut State::new(), &mut { MOST_PATIENTS });
                found.map_or(Answer::Undecided, |state| Answer::Yes(self.written(wanted, state)))
            }
        }
    }

    /// Whether no patient can be in one of these states.
    pub fn never(&mut self, set: Set) -> bool {
        self.find(set) == Answer::No
    }

    /// Whether two truths are the same for every patient in `context`.
    pub fn same(&mut self, one: Truth, other: Truth, context: Set) -> bool {
        let context = self.and(context, self.possible);
        let mut same = |one, other| self.diagrams.and(one, context) == self.diagrams.and(other, context);
        let same = same(one.yes, other.yes) && same(one.no, other.no);
        same && !self.diagrams.is_lost()
    }

    /// Whether so much was asked that nothing is decided any more.
    pub fn is_lost(&self) -> bool {
        self.diagrams.is_lost()
    }

    /// The states in both sets.
    pub fn and(&mut self, one: Set, other: Set) -> Set {
        self.diagrams.and(one, other)
    }

    /// The states in which it is unknown.
    pub fn unknown(&mut self, truth: Truth) -> Set {
        let known = self.diagrams.or(truth.yes, truth.no);
        self.diagrams.not(known)
    }

    /// True if all are, false if one is.
    pub fn all(&mut self, truths: &[Truth]) -> Truth {
        truths.iter().fold(Truth::ALWAYS, |all, truth| Truth {
            yes: self.diagrams.and(all.yes, truth.yes),
            no: self.diagrams.or(all.no, truth.no),
        })
    }

    /// True if one is, false if all are.
    pub fn any(&mut self, truths: &[Truth]) -> Truth {
        let negated: Vec<_> = truths.iter().map(|truth| truth.not()).collect();
        self.all(&negated).not()
    }

    /// True if so many are, false if so many can no longer be.
    pub fn at_least(&mut self, count: u32, truths: &[Truth]) -> Truth {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let Some(lacking) = (truths.len() + 1).checked_sub(count) else {
            return Truth { yes: Set::NONE, no: Set::ALL };
        };
        let yes = truths.iter().map(|truth| truth.yes);
        let no = truths.iter().map(|truth| truth.no);
        Truth { yes: self.so_many(count, yes), no: self.so_many(lacking, no) }
    }

    fn so_many(&mut self, count: usize, sets: impl Iterator<Item = Set>) -> Set {
        // For each number up to the count, the states in at least so many of the sets until now.
        let mut reached = vec![Set::ALL];
        reached.resize(count + 1, Set::NONE);
        for set in sets {
            for at in (1..=count).rev() {
                let Some([before, now]) = reached.get(at - 1..=at) else { continue };
                let more = self.diagrams.and(*before, set);
                let more = self.diagrams.or(*now, more);
                reached.splice(at..=at, [more]);
            }
        }
        reached.pop().unwrap_or(Set::NONE)
    }

    /// Where a condition holds; it must be one that the space was made for, or be put together of parts of them.
    pub fn truth(&mut self, condition: &Condition) -> Truth {
        match condition {
            Condition::All { of } => {
                let parts: Vec<_> = of.iter().map(|part| self.truth(part)).collect();
                self.all(&parts)
            }
            Condition::Any { of } => {
                let parts: Vec<_> = of.iter().map(|part| self.truth(part)).collect();
                self.any(&parts)
            }
            Condition::Not { of } => self.truth(of).not(),
            Condition::Known { fact } => {
                let yes = self.known(fact);
                Truth { yes, no: self.diagrams.not(yes) }
            }
            Condition::Is { fact, .. } | Condition::Compare { fact, .. } => {
                let holds = self.now(condition);
                self.if_known(fact, holds)
            }
            Condition::Repeated { of, .. } => {
                let Some(fact) = fact_of(of) else { return Truth::UNKNOWN };
                let often = self.yes(|asked| matches!(asked, Asked::Often(_, test) if test == condition));
                self.if_known(fact, often)
            }
            Condition::Recent { of, amount, unit } => {
                let Some(fact) = fact_of(of) else { return Truth::UNKNOWN };
                let now = self.now(of);
                let now = self.if_known(fact, now);
                let age = self.age(fact, (*amount, *unit));
                // What is not known has no age.
                let (known, older) = (self.known(fact), age.no);
                let age = Truth { no: self.diagrams.and(known, older), ..age };
                self.all(&[now, age])
            }
            Condition::InCourse { pathway } => {
                let yes = self.yes(|asked| matches!(asked, Asked::Course(other) if other == pathway));
                Truth { yes, no: self.diagrams.not(yes) }
            }
        }
    }

    fn if_known(&mut self, fact: &str, holds: Set) -> Truth {
        let known = self.known(fact);
        let not = self.diagrams.not(holds);
        Truth { yes: self.diagrams.and(known, holds), no: self.diagrams.and(known, not) }
    }

    fn known(&mut self, fact: &str) -> Set {
        self.levels(|asked| is_value(asked, fact), |level| *level != Level::Unknown)
    }

    /// The states in which the latest value meets a condition on one fact.
    fn now(&mut self, condition: &Condition) -> Set {
        let fact = fact_of(condition).and_then(|name| self.facts.iter().find(|fact| fact.name == name));
        let Some(fact) = fact else { return Set::NONE };
        let holds = |level: &Level| matches!(level, Level::Value(value) if meets(value, condition, fact));
        self.levels(|asked| is_value(asked, &fact.name), holds)
    }

    fn age(&mut self, fact: &str, age: (u32, crate::tables::Unit)) -> Truth {
        let find = |asked: &Asked| matches!(asked, Asked::Age(of, _) if of.name == fact);
        let at = self.domains.iter().find_map(|domain| match &domain.asked {
            Asked::Age(of, ages) if of.name == fact => ages.iter().position(|other| *other == age),
            _ => None,
        });
        let within = |level: &Level| match level {
            Level::Age(within) => at.and_then(|at| within.get(at)).copied(),
            _ => None,
        };
        Truth {
            yes: self.levels(find, |level| within(level) == Some(true)),
            no: self.levels(find, |level| within(level) == Some(false)),
        }
    }

    fn yes(&mut self, asked: impl Fn(&Asked) -> bool) -> Set {
        self.levels(asked, |level| *level == Level::Yes(true))
    }

    fn levels(&mut self, asked: impl Fn(&Asked) -> bool, holds: impl Fn(&Level) -> bool) -> Set {
        let found = self.domains.iter().enumerate().find(|(_, domain)| asked(&domain.asked));
        let Some((variable, domain)) = found else { return Set::NONE };
        self.diagrams.values(variable, domain.levels.iter().map(holds))
    }

    /// Leaves out the states in which no patient can be.
    fn bind(&mut self) {
        let mut bonds = Vec::new();
        let often = self.domains.iter().enumerate().filter_map(|(at, domain)| match &domain.asked {
            Asked::Often(fact, test) => Some((at, *fact, test.clone())),
            _ => None,
        });
        let often: Vec<_> = often.collect();
        for (_, fact, test) in &often {
            let Condition::Repeated { of, count, .. } = test else { continue };
            let yes = self.yes(|asked| matches!(asked, Asked::Often(_, other) if other == test));
            // The latest value is one of them.
            let enough = match count {
                0 => Set::ALL,
                1 => self.now(of),
                _ => Set::NONE,
            };
            bonds.push((enough, yes));
            if *count > 0 && !self.values(fact).iter().any(|value| meets(value, of, fact)) {
                bonds.push((yes, Set::NONE));
            }
            for (_, _, other) in often.iter().filter(|(_, about, other)| about.name == fact.name && other != test) {
                if self.implies(test, other, fact) {
                    let then = self.yes(|asked| matches!(asked, Asked::Often(_, found) if found == other));
                    bonds.push((yes, then));
                }
            }
        }
        let facts = self.facts;
        for fact in facts.iter().filter(|fact| fact.formula.is_some()) {
            if !self.is_asked(&fact.name) {
                continue;
            }
            let known = self.known(&fact.name);
            let mut all_known = if real::is_total(facts, fact) { Set::ALL } else { Set::NONE };
            for input in real::inputs(facts, fact) {
                let is_asked = self.is_asked(input.0);
                let input = self.known(input.0);
                all_known = self.diagrams.and(all_known, input);
                if is_asked {
                    bonds.push((known, input));
                }
            }
            bonds.push((all_known, known));
        }
        let any = self.yes(|asked| matches!(asked, Asked::Course(None)));
        let in_any = self.domains.iter().any(|domain| matches!(domain.asked, Asked::Course(None)));
        let courses = self.domains.iter().filter_map(|domain| match &domain.asked {
            Asked::Course(Some(pathway)) if in_any => Some(pathway.clone()),
            _ => None,
        });
        for pathway in courses.collect::<Vec<_>>() {
            bonds.push((self.yes(|asked| matches!(asked, Asked::Course(Some(other)) if *other == pathway)), any));
        }
        for (when, then) in bonds {
            let not = self.diagrams.not(when);
            let bond = self.diagrams.or(not, then);
            self.possible = self.diagrams.and(self.possible, bond);
        }
    }

    fn is_asked(&self, fact: &str) -> bool {
        self.domains.iter().any(|domain| is_value(&domain.asked, fact))
    }

    /// The values that are told apart of a fact.
    pub(super) fn values(&self, fact: &Fact) -> Vec<Value> {
        let levels = self.domains.iter().find(|domain| is_value(&domain.asked, &fact.name));
        let values = levels.into_iter().flat_map(|domain| &domain.levels).filter_map(|level| match level {
            Level::Value(value) => Some(value.clone()),
            _ => None,
        });
        values.collect()
    }

    /// Whether values that meet one test over time always meet the other: it asks for no more values, of no fewer, no further apart.
    fn implies(&self, one: &Condition, other: &Condition, fact: &Fact) -> bool {
        let (
            Condition::Repeated { of: narrow, count: more, spacing: wide, unit },
            Condition::Repeated { of: broad, count: fewer, spacing: close, unit: close_unit },
        ) = (one, other)
        else {
            return false;
        };
        let closer = close.is_none_or(|close| unit == close_unit && wide.is_some_and(|wide| wide >= close));
        let all = |value: &Value| !meets(value, narrow, fact) || meets(value, broad, fact);
        more >= fewer && closer && self.values(fact).iter().all(all)
    }

    /// The first state of the set that a patient can be in; what is taken for granted is tried first.
    fn pick(&self, set: Set, state: &mut State, tries: &mut usize) -> Option<State> {
        let Some((variable, branches)) = self.diagrams.ask(set) else {
            if set == Set::NONE || *tries == 0 {
                return None;
            }
            *tries -= 1;
            return real::is_real(self, state).then(|| state.clone());
        };
        let last = branches.len().saturating_sub(1);
        let found = std::iter::once(last).chain(0..last).find_map(|at| {
            state.insert(variable, at);
            self.pick(*branches.get(at)?, state, tries)
        });
        state.remove(&variable);
        found
    }

    /// The state as the author would write it, with no more than it takes.
    fn written(&self, wanted: Set, mut state: State) -> String {
        let last = |variable: usize| self.domains.get(variable).map_or(0, |domain| domain.levels.len() - 1);
        let holds = |state: &State| {
            let level = |variable| state.get(&variable).copied().unwrap_or_else(|| last(variable));
            self.diagrams.contains(wanted, &level)
        };
        let variables: Vec<usize> = state.keys().copied().collect();
        let mut matters = Vec::new();
        for variable in variables {
            let (granted, Some(found)) = (last(variable), state.insert(variable, last(variable))) else { continue };
            // What is taken for granted is said when it would be different otherwise.
            let needed = !holds(&state);
            let found = if needed { found } else { granted };
            let said = needed
                || (0..granted).any(|other| {
                    state.insert(variable, other);
                    !holds(&state)
                });
            state.insert(variable, found);
            if let Some(domain) = self.domains.get(variable).filter(|_| said) {
                let place =
                    self.facts.iter().position(|fact| domain.asked.fact().is_some_and(|own| own.name == fact.name));
                matters.push((place.unwrap_or(usize::MAX), variable, domain, domain.levels.get(found)));
            }
        }
        matters.sort_by_key(|(place, variable, ..)| (*place, *variable));
        let words = matters.into_iter().filter_map(|(_, _, domain, level)| Some(said(domain, level?, self.facts)));
        words.collect::<Vec<_>>().join(", ")
    }
}

fn is_value(asked: &Asked, fact: &str) -> bool {
    matches!(asked, Asked::Value(of) if of.name == fact)
}

/// Whether a value meets a condition on its fact alone.
pub fn meets(found: &Value, condition: &Condition, fact: &Fact) -> bool {
    match condition {
        Condition::All { of } => of.iter().all(|part| meets(found, part, fact)),
        Condition::Any { of } => of.iter().any(|part| meets(found, part, fact)),
        Condition::Not { of } => !meets(found, of, fact),
        Condition::Is { value, .. } => found == value,
        Condition::Compare { comparison, value, .. } => {
            compare(found, value, fact).is_some_and(|order| comparison.holds(order))
        }
        Condition::Known { .. } => true,
        Condition::Repeated { .. } | Condition::Recent { .. } | Condition::InCourse { .. } => false,
    }
}

fn compare(found: &Value, threshold: &Value, fact: &Fact) -> Option<Ordering> {
    match (found, threshold) {
        (Value::Number(found), Value::Number(threshold)) => found.partial_cmp(threshold),
        (Value::Date(found), Value::Date(threshold)) => Some(found.cmp(threshold)),
        (Value::Choice(found), Value::Choice(threshold)) => {
            let FactType::Scale { values } = &fact.fact_type else { return None };
            let step = |name: &str| values.iter().position(|value| value.name == name);
            Some(step(found)?.cmp(&step(threshold)?))
        }
        _ => None,
    }
}
