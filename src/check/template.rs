//! Templates (`mal`): what all pathways of a family share, with codes as suffixes.

use super::{
    codes::Codes,
    intervals::Intervals,
    report::Report,
    rules,
    scope::{Names, PHASE, RULE, SOURCE, Unread},
    sources,
    unread::unread,
};
use crate::{
    diagnostic::Code as F,
    syntax::tree::{self, Statement},
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
}

impl Template {
    /// In place of a template that was not found: any name may be in it.
    pub fn unknown() -> Self {
        let unread = Unread::everything();
        Template {
            phase_names: Names::new(PHASE, &unread),
            phases: Vec::new(),
            codes: Codes::new(&unread),
            intervals: Intervals::new(&unread),
            rule_names: Names::new(RULE, &unread),
            rules: Vec::new(),
            source_names: Names::new(SOURCE, &unread),
            sources: Vec::new(),
            unread,
            sound: false,
        }
    }

    pub fn lower(template: &tree::Template, report: &mut Report) -> Self {
        let errors = report.errors();
        let unread = unread(&template.body);
        let (phase_names, phases) = phases(&template.body, &unread, report);
        let codes = Codes::lower(&template.body, &phase_names, &unread, report);
        let intervals = Intervals::lower(&template.body, &codes, &unread, report);
        let mut rule_names = Names::new(RULE, &unread);
        let rules = rules::lower(&template.body, &codes, &mut rule_names, report);
        let mut source_names = Names::new(SOURCE, &unread);
        let sources = sources::lower(&template.body, &mut source_names, report);
        let sound = !unread.any() && report.errors() == errors;
        let lowered =
            Template { unread, sound, phase_names, phases, codes, intervals, rule_names, rules, source_names, sources };
        if let Some((name, _)) = &template.head {
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
                text!("skriv «{{ åpner }}» etter koden for start", "write «{{ åpner }}» after the code of the start"),
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

fn phases(body: &[Statement], unread: &Unread, report: &mut Report) -> (Names, Vec<Phase>) {
    let mut names = Names::new(PHASE, unread);
    let mut phases = Vec::new();
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
