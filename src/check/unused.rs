//! Names that nothing uses.

use std::collections::BTreeSet;

use super::{indicators, report::Report, rules::codes_of, scope::Names, template::Template};
use crate::{
    diagnostic::{Code as F, Finding},
    source::Place,
    tables::Pathway,
    text,
};

/// Declared names that nothing has asked for yet (F0213).
pub fn names(names: &Names) -> Vec<Finding> {
    names.unused().map(|(name, place)| unused(names.the(), names.english(), name, place)).collect()
}

/// Groups that nothing uses (F0213), and codes that none of them uses and that have no role (F0214).
/// `family` are the template and those that build on it, `users` the pathways that follow one of them.
pub fn of_template<'p>(
    template: &Template,
    family: &[&Template],
    users: impl Iterator<Item = &'p Pathway>,
    report: &mut Report,
) {
    for (name, place) in template.codes.unused_groups() {
        report.push(unused("gruppen", "group", name, place));
    }
    let intervals = family.iter().flat_map(|one| &one.intervals.all);
    let points = intervals.flat_map(|interval| interval.from.iter().chain(&interval.to));
    let rules = family.iter().flat_map(|one| &one.rules).flat_map(|rule| codes_of(&rule.kind));
    let indicators = family.iter().flat_map(|one| &one.indicators.all).flat_map(indicators::codes_of);
    let mut used: BTreeSet<&str> = points.chain(rules).chain(indicators).map(String::as_str).collect();
    for pathway in users {
        let rules = pathway.rules.iter().flat_map(|rule| codes_of(&rule.kind));
        let codes = rules.chain(pathway.indicators.iter().flat_map(indicators::codes_of));
        let prefix = super::labels::code_prefix(&pathway.id, pathway.prefix.is_some());
        used.extend(codes.filter_map(|code| code.strip_prefix(&prefix)));
    }
    for (code, place) in template.codes.own() {
        if code.role.is_none() && !used.contains(code.code.as_str()) {
            let name = &code.code;
            let message = text!(
                "Koden «{name}» har ingen rolle, og ingen intervaller, regler eller indikatorer bruker den",
                "The code «{name}» has no role, and no interval, rule or indicator uses it"
            );
            report.push(Finding::new(F::UnusedCode, place, message));
        }
    }
}

fn unused(the: &str, english: &str, name: &str, place: Place) -> Finding {
    let first = super::scope::capitalised(the);
    Finding::new(F::Unused, place, text!("{first} «{name}» er ikke brukt", "The {english} «{name}» is not used"))
        .help(text!("Bruk den, eller slett den.", "Use it, or delete it."))
}
