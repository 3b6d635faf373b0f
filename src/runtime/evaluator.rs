//! Tables made ready, and the answers for one patient.

use std::{
    collections::{HashMap, HashSet},
    ops::RangeInclusive,
};

use chrono::NaiveDate;

use super::{
    Coded, Course, Event, FactEvent, Judged, State,
    assembly::{assemble, put_in_order},
    error::TableError,
    facts::{Knowledge, parse},
    judged::Patient,
    missing::Register,
    prepare::Prepared,
};
use crate::{
    lang::Lang,
    tables::{Fact, Tables},
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
        let mut coded = self.usable(events, as_of);
        let mut answers = Vec::new();
        self.judge(patient, &mut coded, facts, as_of, &mut |judged| answers.push(judged.course(options)));
        if options.missing {
            let register = Register { evaluator: self, events, facts, as_of };
            let codes: Vec<_> = answers.iter().map(|course| register.missing_codes(&answers, course)).collect();
            for (course, codes) in answers.iter_mut().zip(codes) {
                course.missing.get_or_insert_default().extend(codes);
            }
        }
        answers
    }

    /// An event made ready to be judged.
    ///
    /// # Errors
    /// Says why it cannot be used (E1).
    pub fn coded<'a>(&self, event: Event<'a>) -> Result<Coded<'a>, CodeUse> {
        match self.codes.get(event.code) {
            Some(Declared { pathway, code, valid }) if valid.contains(&event.date) => {
                Ok(Coded { pathway: *pathway, code: *code, course: 0, input: 0, event })
            }
            _ => Err(self.code(event.code, event.date)),
        }
    }

    /// Judges the courses of one patient on the as-of date, by pathway id and number. `events` are in input order; they are
    /// put in order, and those dated after as-of are removed (E1).
    pub fn judge<'a>(
        &'a self,
        patient: &'a str,
        events: &mut Vec<Coded<'a>>,
        facts: &[FactEvent<'a>],
        as_of: NaiveDate,
        each: &mut dyn FnMut(&Judged<'_, 'a>),
    ) {
        events.retain(|coded| coded.event.date <= as_of);
        for (input, coded) in events.iter_mut().enumerate() {
            coded.input = input;
        }
        put_in_order(events);
        for events in events.chunk_by_mut(|a, b| a.pathway == b.pathway) {
            let Some(pathway) = events.first().and_then(|first| self.pathways.get(first.pathway)) else {
                continue;
            };
            let courses = assemble(pathway.pathway, events);
            events.sort_by_key(|coded| coded.course);
            let patient = Patient { name: patient, pathway, knowledge: Knowledge::new(pathway, facts, as_of), as_of };
            let with_events = courses.iter().zip(events.chunk_by(|a, b| a.course == b.course));
            for ((assembled, events), number) in with_events.zip(1..) {
                each(&Judged::new(&patient, number, assembled, events));
            }
        }
    }

    /// The institution of each course's first event that has one, by pathway and number.
    #[cfg(feature = "cli")]
    pub(crate) fn institutions<'a>(
        &self,
        events: &'a [Event<'a>],
        as_of: NaiveDate,
    ) -> Vec<(&str, u32, Option<&'a str>)> {
        let mut coded = self.usable(events, as_of);
        let mut found = Vec::new();
        for events in coded.chunk_by_mut(|a, b| a.pathway == b.pathway) {
            if let Some(pathway) = events.first().and_then(|first| self.pathways.get(first.pathway)) {
                let courses = assemble(pathway.pathway, events).len();
                found.extend((0..courses).zip(1..).map(|(course, number)| {
                    let own = events.iter().filter(|coded| coded.course == course);
                    (pathway.pathway.id.as_str(), number, own.into_iter().find_map(|coded| coded.event.institution))
                }));
            }
        }
        found
    }

    /// The pathways in which the patient has an open course.
    pub(super) fn in_open_course(&self, events: &[Event], as_of: NaiveDate) -> Vec<&str> {
        let mut coded = self.usable(events, as_of);
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
    fn usable<'a>(&self, events: &[Event<'a>], as_of: NaiveDate) -> Vec<Coded<'a>> {
        let not_after = events.iter().filter(|event| event.date <= as_of);
        let mut coded: Vec<_> = not_after.filter_map(|event| self.coded(*event).ok()).collect();
        for (input, coded) in coded.iter_mut().enumerate() {
            coded.input = input;
        }
        put_in_order(&mut coded);
        coded
    }
}
