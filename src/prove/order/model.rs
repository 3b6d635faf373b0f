//! A pathway as the analysis sees it: which codes can follow which in a course (E3), and its rules as automata.

use std::cell::Cell;

use chrono::NaiveDate;

use crate::{
    runtime::{Automaton, Place, RuleResult, State, TableError},
    tables::{Code, Pathway, Role, RuleSeverity},
};

/// The most states that one search looks at.
const LIMIT: usize = 20_000;
/// The most states that all searches of one pathway look at.
const BUDGET: usize = 5 * LIMIT;

/// Which sequences of codes count as a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Courses {
    /// Those without a finding of E3: they begin with an opening code, and nothing comes after they are closed.
    Proper,
    /// Those without one that is `feil`: they begin with an opening code.
    Begun,
    /// Those that events without course ids come together to.
    Assembled,
    /// Any: those that the register itself tells apart.
    Numbered,
}

/// A pathway with its rules made ready.
pub(super) struct Model<'t> {
    pub pathway: &'t Pathway,
    pub rules: Vec<Automaton>,
    codes: Vec<Letter>,
    left: Cell<usize>,
}

/// What matters of a code outside the rules.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    role: Option<Role>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// How far a course has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Course {
    pub state: State,
    begun: bool,
    /// The first day on which the latest event can be.
    day: Option<NaiveDate>,
}

impl<'t> Model<'t> {
    /// # Errors
    /// A rule that names a code which the pathway lacks.
    pub fn new(pathway: &'t Pathway) -> Result<Self, TableError> {
        let letter = |code: &Code| Letter {
            role: code.role,
            from: code.valid_from.max(pathway.valid_from),
            to: [code.valid_to, pathway.valid_to].into_iter().flatten().min(),
        };
        let codes = pathway.codes.iter().map(letter).collect();
        Ok(Model { pathway, rules: Automaton::of(pathway)?, codes, left: Cell::new(BUDGET) })
    }

    /// The states that one more search may look at.
    pub fn allowance(&self) -> usize {
        LIMIT.min(self.left.get())
    }

    /// Takes what a search used from what is left.
    pub fn spend(&self, states: usize) {
        self.left.set(self.left.get().saturating_sub(states));
    }

    pub fn letters(&self) -> impl Iterator<Item = (usize, &Letter)> {
        self.codes.iter().enumerate()
    }

    /// The first code of each kind: codes of one kind are alike to these rules, in their role and validity, and in what
    /// `sees` says of them.
    pub fn kinds(&self, rules: &[usize], sees: impl Fn(usize) -> [bool; 3]) -> Vec<(usize, &Letter)> {
        let mut kinds = Vec::new();
        let mut letters: Vec<_> = self.letters().collect();
        letters.retain(|(code, letter)| {
            let automata = rules.iter().filter_map(|rule| self.rules.get(*rule));
            let kind = (*letter, sees(*code), automata.map(|automaton| automaton.class(*code)).collect::<Vec<_>>());
            let new = !kinds.contains(&kind);
            if new {
                kinds.push(kind);
            }
            new
        });
        letters
    }

    /// The days on which an event may carry the code.
    pub fn valid(&self, code: usize) -> (Option<NaiveDate>, Option<NaiveDate>) {
        self.codes.get(code).map_or((None, None), |letter| (letter.from, letter.to))
    }

    pub fn opens(&self, code: usize) -> bool {
        self.codes.get(code).is_some_and(|letter| letter.role == Some(Role::Opens))
    }

    /// Whether an event with the code ends a course.
    pub fn ends(&self, code: usize) -> bool {
        let ends = |letter: &Letter| matches!(letter.role, Some(Role::Completes | Role::Closes));
        self.codes.get(code).is_some_and(ends)
    }

    /// The rules that are at least this severe.
    pub fn rules_of(&self, severity: RuleSeverity) -> Vec<usize> {
        let rules = self.pathway.rules.iter().enumerate();
        let severe = |(_, rule): &(usize, &crate::tables::Rule)| {
            severity == RuleSeverity::Advarsel || rule.severity == RuleSeverity::Feil
        };
        rules.filter(severe).map(|(at, _)| at).collect()
    }

    /// What comes of a rule in a whole course.
    pub fn result(&self, rule: usize, word: &[usize]) -> Option<RuleResult> {
        let automaton = self.rules.get(rule)?;
        let place = word.iter().fold(Automaton::START, |place, code| automaton.step(place, *code).to);
        let role = |code: &usize| self.codes.get(*code).and_then(|letter| letter.role);
        let state = word.iter().map(role).fold(State::Open, State::after);
        Some(automaton.verdict(place, state))
    }

    pub fn verdict(&self, rule: usize, place: Place, state: State) -> RuleResult {
        self.rules.get(rule).map_or(RuleResult::NotApplied, |automaton| automaton.verdict(place, state))
    }
}

impl Course {
    pub const NONE: Course = Course { state: State::Open, begun: false, day: None };

    /// The course with one more event; none if the event cannot be, or belongs to another course.
    pub fn take(self, letter: &Letter, courses: Courses) -> Option<Course> {
        let day = self.day.max(letter.from);
        if letter.to.is_some_and(|to| day.is_some_and(|day| to < day)) {
            return None;
        }
        let opens = letter.role == Some(Role::Opens);
        let fits = match courses {
            Courses::Numbered => true,
            // An opening code after the treatment or the end begins another course.
            _ if opens => self.state == State::Open,
            Courses::Assembled => true,
            Courses::Begun => self.begun,
            Courses::Proper => self.begun && self.state != State::Closed,
        };
        fits.then(|| Course { state: self.state.after(letter.role), begun: true, day })
    }
}
