//! One course, judged: what is asked for is worked out when it is asked for.

use chrono::NaiveDate;

use super::{
    Basis, Coded, Course, CourseFinding, IntervalAnswer, Options, RuleResult, RuleTrace, State, Trace,
    assembly::Assembled, facts::Knowledge, findings, interval::Setting, latest::latest, missing, prepare::Prepared,
    rules, variants,
};
use crate::{
    lang::Lang,
    tables::{Pathway, Role},
};

/// What all courses of a patient in one pathway share.
pub(super) struct Patient<'a> {
    pub name: &'a str,
    pub pathway: &'a Prepared<'a>,
    pub knowledge: Knowledge<'a>,
    pub as_of: NaiveDate,
}

/// One course of one patient in one pathway (design, section 3).
pub struct Judged<'j, 'a> {
    patient: &'j Patient<'a>,
    assembled: &'j Assembled<'a>,
    number: u32,
    start: Option<NaiveDate>,
    setting: Setting<'a, 'j>,
}

/// An event in its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered<'a> {
    /// Its date.
    pub date: NaiveDate,
    /// The number of its code in the pathway's codes.
    pub code: usize,
    /// Where it happened.
    pub institution: Option<&'a str>,
}

impl<'j, 'a> Judged<'j, 'a> {
    pub(super) fn new(
        patient: &'j Patient<'a>,
        number: u32,
        assembled: &'j Assembled<'a>,
        events: &'j [Coded<'a>],
    ) -> Self {
        let pathway = patient.pathway;
        let codes = || events.iter().filter_map(|coded| Some((coded, pathway.pathway.codes.get(coded.code)?)));
        let start = codes().find(|(_, code)| code.role == Some(Role::Opens)).map(|(coded, _)| coded.event.date);
        let state = codes().fold(State::Open, |state, (_, code)| state.after(code.role));
        let starts = start.or(events.first().map(|first| first.event.date)).unwrap_or(patient.as_of);
        let (knowledge, as_of) = (&patient.knowledge, patient.as_of);
        let setting = Setting { pathway, knowledge, events, state, starts, as_of, imagined: &[] };
        Judged { patient, assembled, number, start, setting }
    }

    /// The pathway.
    pub fn pathway(&self) -> &'a Pathway {
        self.patient.pathway.pathway
    }

    /// The patient.
    pub fn patient(&self) -> &'a str {
        self.patient.name
    }

    /// Its number among the patient's courses in the pathway, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The course id that the events carry.
    pub fn id(&self) -> Option<&'a str> {
        self.assembled.id
    }

    /// Date of the first opening code.
    pub fn start(&self) -> Option<NaiveDate> {
        self.start
    }

    /// How far it has come (E10).
    pub fn state(&self) -> State {
        self.setting.state
    }

    /// The phase of the last event whose code has one.
    pub fn phase(&self) -> Option<&'a str> {
        let codes = self.setting.events.iter().rev().filter_map(|coded| self.pathway().codes.get(coded.code));
        codes.into_iter().find_map(|code| code.phase.as_deref())
    }

    /// The variant on the as-of date, or `hovedforløp`, and whether it is known (E6).
    pub fn variant(&self) -> (&'a str, Basis) {
        let held = self.setting.held_on(self.patient.as_of);
        (held.name(self.patient.pathway), held.basis)
    }

    /// Its events, in the order of E2.
    pub fn events(&self) -> impl Iterator<Item = Registered<'a>> {
        self.setting.events.iter().map(|coded| Registered {
            date: coded.event.date,
            code: coded.code,
            institution: coded.event.institution,
        })
    }

    /// The answers for its intervals (E8), each with its measure: the number of its interval and treatment among all those of
    /// the pathway, in its order.
    pub fn answers(&self) -> impl Iterator<Item = (usize, IntervalAnswer<'a>)> {
        self.setting.numbered_answers()
    }

    /// What is wrong or doubtful in the coding: section 3's findings, then those of the rules in their order.
    pub fn findings(&self, lang: Lang) -> Vec<CourseFinding<'a>> {
        let mut found: Vec<_> = findings::of_events(&self.assembled.doubts, lang).collect();
        found.extend(findings::of_facts(&self.patient.knowledge, self.pathway(), lang));
        let mut broken = Vec::new();
        for (rule, automaton) in &self.patient.pathway.rules {
            broken.clear();
            if rules::judge(automaton, self.setting.events, self.state(), &mut broken) == RuleResult::Broken {
                found.push(rules::finding(rule, &broken));
            }
        }
        found
    }

    /// All of it, as the answers of section 3 are written.
    pub fn course(&self, options: Options) -> Course<'a> {
        let pathway = self.patient.pathway;
        let intervals = self.setting.answers();
        let missing = options.missing.then(|| missing::of_facts(&self.setting, &intervals));
        let (variant, variant_basis) = self.variant();
        Course {
            pathway: &pathway.pathway.id,
            patient: self.patient.name,
            course: self.number,
            course_id: self.assembled.id,
            start: self.start,
            state: self.state(),
            phase: self.phase(),
            variant,
            variant_basis,
            intervals,
            findings: self.findings(options.lang),
            missing,
            latest: options.latest.then(|| latest(&self.setting)),
            trace: options.trace.then(|| Trace {
                variant: variants::trace(pathway, &self.patient.knowledge, self.patient.as_of),
                intervals: self.setting.traces(),
                rules: self.rules(),
            }),
        }
    }

    fn rules(&self) -> Vec<RuleTrace<'a>> {
        let tried = self.patient.pathway.rules.iter().map(|(rule, automaton)| {
            let result = rules::judge(automaton, self.setting.events, self.state(), &mut Vec::new());
            RuleTrace { rule: &rule.name, result, origin: &rule.origin }
        });
        tried.collect()
    }
}
