//! Tables made ready, and the answers for one patient.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{
    Coded, Course, Event, FactEvent, Judged, State, Workspace, error::TableError, facts::parse, missing::Register,
    names::Names, prepare::Prepared,
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
    codes: Names<'t, Declared>,
    /// As each pathway declares them.
    facts: Names<'t, Vec<&'t Fact>>,
}

/// A code that a pathway declares.
#[derive(Clone, Copy, Debug)]
struct Declared {
    /// The pathway's number.
    pathway: u32,
    /// Its number in the pathway.
    code: u32,
    /// The first and last day on which both it and the pathway are valid.
    from: NaiveDate,
    to: NaiveDate,
}

impl Declared {
    fn is_valid(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
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
        let mut codes = Names::default();
        let mut facts: Names<Vec<&Fact>> = Names::default();
        for (pathway, prepared) in (0..).zip(&pathways) {
            let id = &prepared.pathway.id;
            if !ids.insert(id) {
                return Err(TableError(text!("to pakkeforløp heter «{id}»", "two pathways are called «{id}»")));
            }
            for fact in &prepared.pathway.facts {
                facts.entry(&fact.name).into_iter().for_each(|declared| declared.push(fact));
            }
            for (code, declared) in (0..).zip(&prepared.pathway.codes) {
                let code_name = &declared.code;
                let from = declared.valid_from.max(prepared.pathway.valid_from).unwrap_or(NaiveDate::MIN);
                let to = [declared.valid_to, prepared.pathway.valid_to].into_iter().flatten().min();
                let to = to.unwrap_or(NaiveDate::MAX);
                if codes.insert(code_name, Declared { pathway, code, from, to }).is_some() {
                    return Err(TableError(text!(
                        "koden «{code_name}» tilhører to pakkeforløp",
                        "the code «{code_name}» belongs to two pathways"
                    )));
                }
            }
        }
        Ok(Evaluator { pathways, codes, facts })
    }

    /// Whether an event with this code and date can be used (E1).
    pub fn code(&self, code: &str, date: NaiveDate) -> CodeUse {
        match self.codes.get(code) {
            Some(declared) if declared.is_valid(date) => CodeUse::Known,
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
        for declared in self.facts.get(fact).into_iter().flatten() {
            if declared.formula.is_none() {
                if parse(&declared.fact_type, value).is_some() {
                    return Ok(());
                }
                problem = FactProblem::UnknownValue;
            } else if problem == FactProblem::UnknownFact {
                problem = FactProblem::Computed;
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
        let mut answers = Vec::new();
        self.judge(patient, &mut self.usable(events), facts, as_of, &mut |judged| answers.push(judged.course(options)));
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
        let Event { date, code, institution, course } = event;
        self.find(code.as_bytes(), date, institution, course).ok_or_else(|| self.code(code, date))
    }

    /// The event with a code, made ready; none if it cannot be used.
    #[inline(always)]
    pub(crate) fn find<'a>(
        &self,
        code: &[u8],
        date: NaiveDate,
        institution: Option<&'a str>,
        course: Option<&'a str>,
    ) -> Option<Coded<'a>> {
        let Declared { pathway, code, .. } = *self.codes.of(code).filter(|declared| declared.is_valid(date))?;
        Some(Coded::numbered(date, (pathway, code), institution, course))
    }

    /// The event that was made ready.
    pub fn event<'a>(&'a self, coded: &Coded<'a>) -> Event<'a> {
        let Coded { date, institution, id: course, .. } = *coded;
        let pathway = self.pathways.get(coded.pathway as usize);
        let code = pathway.and_then(|prepared| prepared.pathway.codes.get(coded.code as usize));
        Event { date, code: code.map_or("", |code| &code.code), institution, course }
    }

    /// Room for a thread to judge many patients in, fast.
    pub fn workspace(&self) -> Workspace<'_> {
        Workspace::new(self, self.pathways.len())
    }

    /// Judges the courses of one patient, as [`Workspace::judge`] does for many.
    pub fn judge<'a, 'r: 'a>(
        &'a self,
        patient: &'a str,
        events: &mut Vec<Coded<'r>>,
        facts: &[FactEvent<'a>],
        as_of: NaiveDate,
        each: &mut dyn FnMut(&Judged<'_, 'a>),
    ) {
        Workspace::new(self, 0).judge(patient, events, facts, as_of, each);
    }

    /// The institution of each course's first event that has one, by pathway and number.
    #[cfg(feature = "cli")]
    pub(crate) fn institutions<'a>(
        &'a self,
        events: &'a [Event<'a>],
        as_of: NaiveDate,
    ) -> Vec<(&'a str, u32, Option<&'a str>)> {
        let mut found = Vec::new();
        self.judge("", &mut self.usable(events), &[], as_of, &mut |judged| {
            let institution = judged.events().find_map(|event| event.institution);
            found.push((judged.pathway().id.as_str(), judged.number(), institution));
        });
        found
    }

    /// The pathways in which the patient has an open course.
    pub(super) fn in_open_course<'a>(&'a self, events: &[Event<'a>], as_of: NaiveDate) -> Vec<&'a str> {
        let mut open = Vec::new();
        self.judge("", &mut self.usable(events), &[], as_of, &mut |judged| {
            let id = judged.pathway().id.as_str();
            if judged.state() == State::Open && open.last() != Some(&id) {
                open.push(id);
            }
        });
        open
    }

    /// The events that can be used.
    fn usable<'a>(&self, events: &[Event<'a>]) -> Vec<Coded<'a>> {
        events.iter().filter_map(|event| self.coded(*event).ok()).collect()
    }
}
