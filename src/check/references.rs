//! What refers to other pathways (rule 10).

use std::collections::BTreeSet;

use super::{report::Report, scope::Names, words::with_suggestion};
use crate::{
    diagnostic::Code as F,
    syntax::tree::{self, At, Name},
    tables::{Referral, Strength, Target},
    text,
};

/// The pathways of the set.
pub struct Set {
    /// By id.
    pub ids: Names,
    /// By name.
    pub titles: BTreeSet<String>,
}

/// The referral without its condition.
pub fn lower(written: &tree::Referral, own: &str, set: &Set, report: &mut Report) -> Referral {
    Referral {
        refer: written.refer,
        strength: strength(written.optional),
        target: target(&written.target, own, set, report),
        when: None,
        note: written.note.as_ref().map(|note| note.value.clone()),
        origin: report.origin(written.span),
    }
}

/// `henvis til` or `henvis eventuelt til`.
pub fn strength(optional: bool) -> Strength {
    if optional { Strength::Kan } else { Strength::Skal }
}

/// Where a referral leads. An id that is not in the set is F0801, a name is F0802.
pub fn target(written: &At<tree::Target>, own: &str, set: &Set, report: &mut Report) -> Target {
    match &written.value {
        tree::Target::NewCourse => Target::NewCourse,
        tree::Target::Id(id) => {
            check_id(&Name { value: id.clone(), span: written.span }, own, set, report);
            Target::Pathway { id: id.clone() }
        }
        tree::Target::Title(title) => {
            if !set.titles.contains(title) {
                let message = text!(
                    "Pakkeforløpet «{title}» er ikke blant filene som er lest",
                    "The pathway «{title}» is not among the files that were read"
                );
                report.add(F::PathwayNotInSet, written.span, message);
            }
            Target::Named { title: title.clone() }
        }
    }
}

fn check_id(name: &Name, own: &str, set: &Set, report: &mut Report) {
    let id = &name.value;
    if id != own {
        return check_known(name, set.ids.iter().filter(|other| *other != own), set, report);
    }
    report.add_help(
        F::UnknownPathway,
        name.span,
        text!("Pakkeforløpet «{id}» henviser til seg selv", "The pathway «{id}» refers to itself"),
        text!(
            "Skriv «nytt forløp» for en ny runde i samme pakkeforløp.",
            "Write «nytt forløp» for a new course of the same pathway."
        ),
    );
}

/// The pathway must be in the set (F0801); the candidates are those that may have been meant.
pub fn check_known<'a>(name: &Name, candidates: impl Iterator<Item = &'a str>, set: &Set, report: &mut Report) {
    let id = &name.value;
    if !set.ids.may_exist(id) {
        let finding = report.finding(
            F::UnknownPathway,
            name.span,
            text!(
                "Pakkeforløpet «{id}» er ikke blant filene som er lest",
                "The pathway «{id}» is not among the files that were read"
            ),
        );
        report.push(with_suggestion(finding, id, candidates));
    }
}
