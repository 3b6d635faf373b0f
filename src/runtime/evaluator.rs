//! Tables made ready, and the answers for one patient.

use std::{
    collections::{HashMap, HashSet},
    ops::RangeInclusive,
};

use chrono::NaiveDate;

use super::{
    Course, CourseFinding, Event, FactEvent, RuleResult, RuleTrace, State, Trace,
    assembly::{Assembled, Coded, assemble, put_in_order},
    error::TableError,
    facts::{Knowledge, parse},
    findings,
    interval::Setting,
    latest::latest,
    missing::{self, Register},
    prepare::Prepared,
    rules, variants,
};
use crate::{
    lang::Lang,
    tables::{Fact, Role, Tables},
    text,
};

/// How to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The language of the findings' messages.
    pub lang: Lang,
    /// Whether each course says how late what remains can come.
    pub latest: bool,
    /// Whether each course says which unknown facts and unregistered codes would change its answer.
    pub missing: bool,
    /// Whether each course says why it was judged so (E11).
    pub trace: bool,
}

/// Whose code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeUse {
    /// A pathway declares it.
    Known,
    /// A pathway declares it, but it or the pathway is not valid on the day.
    NotValid,
    /// It begins with a pathway's id, but that pathway does not declare it.
    UnknownSuffix,
    /// It belongs to no pathway of the tables.
    Foreign,
}

/// Why a fact cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactProblem {
    /// No pathway declares it.
    UnknownFact,
    /// It is computed from other facts wherever it is declared.
    Computed,
    /// No pathway that declares it can take the value.
    UnknownValue,
}

/// Rule tables made ready to judge patients, from as many threads as one likes.
#[derive(Debug)]
pub struct Evaluator<'t> {
    /// Sorted by id.
    pub(super) pathways: Vec<Prepared<'t>>,
    codes: HashMap<&'t str, Declared>,
}

/// A code that a pathway declares.
#[derive(Debug)]
struct Declared {
    /// The pathway's number.
    pathway: usize,
    /// Its number in the pathway.
    code: usize,
    /// The days on which both it and the pathway are valid.
    valid: RangeInclusive<NaiveDate>,
}

impl<'t> Evaluator<'t> {
    /// Makes the tables ready.
    ///
    /// # Errors
    /// Tables that contradict themselves: something named that does not exist, the same name twice, a sum that contains
    /// itself, an amount that is too large or does not fit its form, two rows for the same day.
    pub fn new(tables: &'t Tables) -> Result<Self, TableError> {
        let mut pathways = tables.pathways.iter().map(Prepared::new).collect::<Result<Vec<_>, _>>()?;
        pathways.sort_by_key(|prepared| &prepared.pathway.id);
        let mut ids = HashSet::new();
        let mut codes = HashMap::new();
        for (number, prepared) in pathways.iter().enumerate() {
            let id = &prepared.pathway.id;
            if !ids.insert(id) {
                return Err(TableError(text!("to pakkeforløp heter «{id}»", "two pathways are called «{id}»")));
            }
            for (code, declared) in prepared.pathway.codes.iter().enumerate() {
                let code_name = &declared.code;
                let from = declared.valid_from.max(prepared.pathway.valid_from).unwrap_or(NaiveDate::MIN);
                let to = [declared.valid_to, prepared.pathway.valid_to].into_iter().flatten().min();
                let valid = from..=to.unwrap_or(NaiveDate::MAX);
                if codes.insert(code_name.as_str(), Declared { pathway: number, code, valid }).is_some() {
                    return Err(TableError(text!(
                        "koden «{code_name}» tilhører to pakkeforløp",
                        "the code «{code_name}» belongs to two pathways"
                    )));
                }
            }
        }
        Ok(Evaluator { pathways, codes })
    }

    /// Whether an event with this code and date can be used (E1).
    pub fn code(&self, code: &str, date: NaiveDate) -> CodeUse {
        match self.codes.get(code) {
            Some(declared) if declared.valid.contains(&date) => CodeUse::Known,
            Some(_) => CodeUse::NotValid,
            None if self.pathways.iter().any(|prepared| prepared.begins(code)) => CodeUse::UnknownSuffix,
            None => CodeUse::Foreign,
        }
    }

    /// Whether at least one pathway declares the fact and takes the value.
    ///
    /// # Errors
    /// Says which of the two fails.
    pub fn fact(&self, fact: &str, value: &str) -> Result<(), FactProblem> {
        let mut problem = FactProblem::UnknownFact;
        for prepared in &self.pathways {
            match prepared.facts.get(fact).and_then(|number| prepared.pathway.facts.get(*number)) {
                Some(Fact { formula: None, fact_type, .. }) => {
                    if parse(fact_type, value).is_some() {
                        return Ok(());
                    }
                    problem = FactProblem::UnknownValue;
                }
                Some(_) if problem == FactProblem::UnknownFact => problem = FactProblem::Computed,
                _ => {}
            }
        }
        Err(problem)
    }

    /// The courses of one patient on the as-of date, by pathway id and number. All events and facts are the patient's;
    /// those that cannot be used, and those dated after as-of, are left out (E1).
    pub fn patient<'a>(
        &'a self,
        patient: &'a str,
        events: &'a [Event<'a>],
        facts: &'a [FactEvent<'a>],
        as_of: NaiveDate,
        options: Options,
    ) -> Vec<Course<'a>> {
        let mut coded = self.coded(events, as_of);
        let mut answers = Vec::new();
        for events in coded.chunk_by_mut(|a, b| a.pathway == b.pathway) {
            let Some(pathway) = events.first().and_then(|first| self.pathways.get(first.pathway)) else {
                continue;
            };
            let courses = assemble(pathway.pathway, events);
            events.sort_by_key(|coded| coded.course);
            let knowledge = Knowledge::new(pathway, facts, as_of);
            let known = Patient {
                name: patient,
                pathway,
                conflicts: findings::of_facts(&knowledge, pathway.pathway, options.lang),
                knowledge,
                as_of,
                options,
            };
            let with_events = courses.iter().zip(events.chunk_by(|a, b| a.course == b.course));
            answers.extend(with_events.zip(1..).map(|((course, events), number)| known.judge(number, course, events)));
        }
        if options.missing {
            let register = Register { evaluator: self, events, facts, as_of };
            let codes: Vec<_> = answers.iter().map(|course| register.missing_codes(&answers, course)).collect();
            for (course, codes) in answers.iter_mut().zip(codes) {
                course.missing.get_or_insert_default().extend(codes);
            }
        }
        answers
    }

    /// The pathways in which the patient has an open course.
    pub(super) fn in_open_course(&self, events: &[Event], as_of: NaiveDate) -> Vec<&str> {
        let mut coded = self.coded(events, as_of);
        let mut open = Vec::new();
        for events in coded.chunk_by_mut(|a, b| a.pathway == b.pathway) {
            if let Some(pathway) = events.first().and_then(|first| self.pathways.get(first.pathway)) {
                let codes = &pathway.pathway.codes;
                let mut states = vec![State::Open; assemble(pathway.pathway, events).len()];
                for coded in events.iter() {
                    if let Some((state, code)) = states.get_mut(coded.course).zip(codes.get(coded.code)) {
                        *state = state.after(code.role);
                    }
                }
                open.extend(states.contains(&State::Open).then_some(pathway.pathway.id.as_str()));
            }
        }
        open
    }

    /// The events that can be used, in the order of pathway and then of E2.
    fn coded<'a>(&self, events: &'a [Event<'a>], as_of: NaiveDate) -> Vec<Coded<'a>> {
        let mut coded: Vec<Coded> = Vec::with_capacity(events.len());
        for (input, event) in events.iter().enumerate().filter(|(_, event)| event.date <= as_of) {
            if let Some(Declared { pathway, code, valid }) = self.codes.get(event.code)
                && valid.contains(&event.date)
            {
                coded.push(Coded { pathway: *pathway, code: *code, course: 0, input, event });
            }
        }
        put_in_order(&mut coded);
        coded
    }
}

/// What all courses of a patient in one pathway share.
struct Patient<'a> {
    name: &'a str,
    pathway: &'a Prepared<'a>,
    knowledge: Knowledge<'a>,
    conflicts: Vec<CourseFinding<'a>>,
    as_of: NaiveDate,
    options: Options,
}

impl<'a> Patient<'a> {
    fn judge(&self, number: u32, assembled: &Assembled<'a>, events: &[Coded<'a>]) -> Course<'a> {
        let pathway = self.pathway;
        let codes = || events.iter().filter_map(|coded| Some((coded, pathway.pathway.codes.get(coded.code)?)));
        let start = codes().find(|(_, code)| code.role == Some(Role::Opens)).map(|(coded, _)| coded.event.date);
        let state = codes().fold(State::Open, |state, (_, code)| state.after(code.role));
        let starts = start.or(events.first().map(|first| first.event.date)).unwrap_or(self.as_of);
        let setting =
            Setting { pathway, knowledge: &self.knowledge, events, state, starts, as_of: self.as_of, imagined: &[] };
        let held = setting.held_on(self.as_of);
        let intervals = setting.answers();
        let missing = self.options.missing.then(|| missing::of_facts(&setting, &intervals));

        let mut found: Vec<_> = findings::of_events(&assembled.doubts, self.options.lang).collect();
        found.extend_from_slice(&self.conflicts);
        let mut tried = Vec::new();
        let mut broken = Vec::new();
        for (rule, automaton) in &pathway.rules {
            broken.clear();
            let result = rules::judge(automaton, events, state, &mut broken);
            if result == RuleResult::Broken {
                found.push(rules::finding(rule, &broken));
            }
            if self.options.trace {
                tried.push(RuleTrace { rule: &rule.name, result, origin: &rule.origin });
            }
        }
        Course {
            pathway: &pathway.pathway.id,
            patient: self.name,
            course: number,
            course_id: assembled.id,
            start,
            state,
            phase: codes().rev().find_map(|(_, code)| code.phase.as_deref()),
            variant: held.name(pathway),
            variant_basis: held.basis,
            intervals,
            findings: found,
            missing,
            latest: self.options.latest.then(|| latest(&setting)),
            trace: self.options.trace.then(|| Trace {
                variant: variants::trace(pathway, &self.knowledge, self.as_of),
                intervals: setting.traces(),
                rules: tried,
            }),
        }
    }
}
