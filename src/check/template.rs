//! Templates (`mal`): what all pathways of a family share, with codes as suffixes.

use super::{
    codes::Codes,
    indicators::{Indicators, Scope},
    intervals::Intervals,
    report::Report,
    rules,
    scope::{Names, PHASE, RULE, SOURCE, Unread},
    sources,
    unread::unread,
};
use crate::{
    diagnostic::Code as F,
    syntax::tree::{self, Statement, TemplateHead},
    tables::{Group, Interval, Phase, Role, Rule, Source, Treatment},
    text,
};

/// A checked template.
pub struct Template {
    /// What of it could not be read.
    pub unread: Unread,
    /// Whether it was read and checked without an error.
    pub sound: bool,
    pub phase_names: Names,
    pub phases: Vec<Phase>,
    pub codes: Codes,
    pub intervals: Intervals,
    pub rule_names: Names,
    pub rules: Vec<Rule>,
    pub source_names: Names,
    pub sources: Vec<Source>,
    pub indicators: Indicators,
}

impl Template {
    /// In place of a template that was not found: any name may be in it.
    pub fn unknown() -> Self {
        Template::empty(Unread::everything())
    }

    /// What a template builds on that follows none.
    pub fn none() -> Self {
        Template::empty(Unread::default())
    }

    fn empty(unread: Unread) -> Self {
        Template {
            phase_names: Names::new(PHASE, &unread),
            phases: Vec::new(),
            codes: Codes::new(&unread),
            intervals: Intervals::new(&unread),
            rule_names: Names::new(RULE, &unread),
            rules: Vec::new(),
            source_names: Names::new(SOURCE, &unread),
            sources: Vec::new(),
            indicators: Indicators::new(&unread),
            sound: !unread.any(),
            unread,
        }
    }

    /// Everything of the template that it follows, then its own.
    pub fn lower(template: &tree::Template, parent: &Template, report: &mut Report) -> Self {
        let errors = report.errors();
        let body = &template.body;
        let mut unread = unread(body);
        unread.extend(&parent.unread);
        let (phase_names, phases) = phases(body, parent, &unread, report);
        let codes = Codes::lower(body, &parent.codes, &phase_names, &unread, report);
        let intervals = Intervals::lower(body, &parent.intervals, &codes, &unread, report);
        let mut rule_names = parent.rule_names.heir(&unread);
        let rules = [parent.rules.clone(), rules::lower(body, &codes, &mut rule_names, report)].concat();
        let mut source_names = parent.source_names.heir(&unread);
        let sources = [parent.sources.clone(), sources::lower(body, &mut source_names, report)].concat();
        let scope = Scope { codes: &codes, intervals: &intervals, sources: &source_names };
        let indicators = Indicators::lower(body, &parent.indicators, scope, &unread, report);
        let sound = parent.sound && !unread.any() && report.errors() == errors;
        let lowered = Template {
            unread,
            sound,
            phase_names,
            phases,
            codes,
            intervals,
            rule_names,
            rules,
            source_names,
            sources,
            indicators,
        };
        // What follows another has its opener, or that one has the finding.
        if let Some(TemplateHead { name, parent: None, .. }) = &template.head {
            lowered.check_opener(name, report);
        }
        lowered
    }

    fn check_opener(&self, name: &tree::Name, report: &mut Report) {
        let opens = self.codes.codes.iter().any(|code| code.role == Some(Role::Opens));
        if !opens && !self.unread.any() {
            let word = &name.value;
            report.add_help(
                F::NoOpener,
                name.span,
                text!("Ingen kode i malen «{word}» åpner et forløp", "No code of the template «{word}» opens a course"),
                text!("Skriv «{{ åpner }}» etter koden for start.", "Write «{{ åpner }}» after the code of the start."),
            );
        }
    }

    pub fn groups_for(&self, prefix: &str) -> Vec<Group> {
        let groups = self.codes.groups.iter();
        groups.map(|group| Group { codes: rules::with_prefix(&group.codes, prefix), ..group.clone() }).collect()
    }

    pub fn intervals_for(&self, prefix: &str) -> Vec<Interval> {
        let whole = |interval: &Interval| Interval {
            from: rules::with_prefix(&interval.from, prefix),
            to: rules::with_prefix(&interval.to, prefix),
            treatments: interval
                .treatments
                .iter()
                .map(|one| Treatment { name: one.name.clone(), codes: rules::with_prefix(&one.codes, prefix) })
                .collect(),
            ..interval.clone()
        };
        self.intervals.all.iter().map(whole).collect()
    }
}

fn phases(body: &[Statement], parent: &Template, unread: &Unread, report: &mut Report) -> (Names, Vec<Phase>) {
    let mut names = parent.phase_names.heir(unread);
    let mut phases = parent.phases.clone();
    for statement in body {
        let Statement::PhaseDecl { name, label } = statement else { continue };
        if names.declare(name, report) {
            phases.push(Phase {
                name: name.value.clone(),
                label: label.value.clone(),
                content: Vec::new(),
                origin: report.origin(name.span),
            });
        }
    }
    (names, phases)
}
