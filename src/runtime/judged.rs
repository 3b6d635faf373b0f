//! One course, judged: what is asked for is worked out when it is asked for.

use chrono::NaiveDate;

use super::{
    Basis, Coded, Course, CourseFinding, IntervalAnswer, Options, RuleTrace, State, Trace, facts::Knowledge, findings,
    interval::Setting, latest::latest, missing, prepare::Prepared, rules, shape::Shape, variants,
};
use crate::{lang::Lang, tables::Pathway};

/// What all courses of a patient in one pathway share.
pub(super) struct Patient<'k, 'a> {
    pub name: &'a str,
    pub pathway: &'a Prepared<'a>,
    pub knowledge: Knowledge<'k, 'a>,
    pub as_of: NaiveDate,
}

/// One course of one patient in one pathway (design, section 3).
pub struct Judged<'j, 'a> {
    pub(super) patient: &'j Patient<'j, 'a>,
    number: u32,
    pub(super) setting: Setting<'a, 'j>,
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
    pub(super) fn new(patient: &'j Patient<'j, 'a>, number: u32, events: &'j [Coded<'a>], shape: &'j Shape) -> Self {
        let Patient { pathway, ref knowledge, as_of, .. } = *patient;
        let starts = events.get(shape.start.unwrap_or(0)).map_or(as_of, |first| first.date);
        let rows = pathway.limits.on(starts);
        Judged { patient, number, setting: Setting { pathway, knowledge, events, shape, rows, as_of, imagined: &[] } }
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
        self.setting.events.first()?.id
    }

    /// Date of the first opening code.
    pub fn start(&self) -> Option<NaiveDate> {
        self.setting.event(self.setting.shape.start).map(|coded| coded.date)
    }

    /// How far it has come (E10).
    pub fn state(&self) -> State {
        self.setting.shape.state
    }

    /// The phase of the last event whose code has one.
    pub fn phase(&self) -> Option<&'a str> {
        self.patient.pathway.phase(self.setting.event(self.setting.shape.phase)?.code)
    }

    /// The variant on the as-of date, or `hovedforløp`, and whether it is known (E6).
    pub fn variant(&self) -> (&'a str, Basis) {
        let held = self.setting.held_on(self.patient.as_of);
        (held.name(self.patient.pathway), held.basis)
    }

    /// Its events, in the order of E2.
    pub fn events(&self) -> impl Iterator<Item = Registered<'a>> {
        self.setting.events.iter().map(|coded| Registered {
            date: coded.date,
            code: coded.code as usize,
            institution: coded.institution,
        })
    }

    /// The answers for its intervals (E8), in the order of the pathway.
    pub fn answers(&self) -> impl Iterator<Item = IntervalAnswer<'a>> {
        self.setting.measured(None).map(|measured| self.setting.answer(&measured))
    }

    /// Where the first of its events with such a code happened; `is_one` takes the number of a code in the pathway's codes.
    #[inline]
    pub fn institution_of(&self, is_one: impl Fn(usize) -> bool) -> Option<&'a str> {
        self.setting.events.iter().find(|coded| is_one(coded.code as usize))?.institution
    }

    /// What is wrong or doubtful in the coding: section 3's findings, then those of the rules in their order.
    pub fn findings(&self, lang: Lang) -> Vec<CourseFinding<'a>> {
        let Setting { pathway, knowledge, events, shape, .. } = self.setting;
        let mut found: Vec<_> = findings::of_events(pathway.pathway, events, lang).collect();
        found.extend(findings::of_facts(knowledge, pathway.pathway, lang));
        found.extend(shape.broken.iter().filter_map(|broken| {
            let (rule, _) = pathway.rules.get(broken.rule)?;
            Some(rules::finding(rule, &broken.events, events))
        }));
        found
    }

    /// The codes of the findings, in their order.
    #[inline]
    pub fn finding_codes(&self) -> impl Iterator<Item = &'a str> {
        let Setting { pathway, knowledge, events, shape, .. } = self.setting;
        let rules = shape.broken.iter().filter_map(|broken| Some(pathway.rules.get(broken.rule)?.0.name.as_str()));
        let facts = findings::conflicting(knowledge).map(|_| findings::CONFLICTING_FACT);
        findings::doubts(events).map(|doubt| doubt.code()).chain(facts).chain(rules)
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
            course_id: self.id(),
            start: self.start(),
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
        let tried = self.patient.pathway.rules.iter().zip(&self.setting.shape.rules);
        tried.map(|((rule, _), result)| RuleTrace { rule: &rule.name, result: *result, origin: &rule.origin }).collect()
    }
}
