//! What all pathways of a template but one have in common. A difference may be meant, so it is only remarked on, and only
//! where the others are many enough to be a habit.

use std::collections::{BTreeMap, BTreeSet};

use super::{super::place::Places, entry::of_condition};
use crate::{
    diagnostic::{Code as F, Finding},
    lang::Text,
    tables::{Condition, Content, Limit, Origin, Outcome, Pathway, Status, Tables, Target},
    text,
};

/// How many pathways must agree.
const AGREEING: usize = 3;

/// What a pathway says of something that others may say otherwise of.
struct Said<'t> {
    value: String,
    /// The value in words.
    words: Text,
    origin: &'t Origin,
}

pub(super) fn find(tables: &Tables, places: &Places) -> Vec<Finding> {
    let templates: BTreeSet<&str> = tables.pathways.iter().map(|pathway| pathway.template.as_str()).collect();
    let mut findings = Vec::new();
    for template in templates {
        let family: Vec<&Pathway> = tables.pathways.iter().filter(|pathway| pathway.template == template).collect();
        for (subject, said) in by_subject(&family) {
            findings.extend(alone(&said, &subject, template, places));
        }
        findings.extend(lacking(&family, template, places));
    }
    findings
}

/// What is said of each subject, in the order of the pathways.
fn by_subject<'t>(family: &[&'t Pathway]) -> BTreeMap<String, Vec<Said<'t>>> {
    let mut said: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    for pathway in family {
        // One pathway has one say.
        let mut own: BTreeMap<String, Said> = BTreeMap::new();
        for (subject, value) in units(pathway).chain(new_courses(pathway)) {
            own.entry(subject).or_insert(value);
        }
        own.into_iter().for_each(|(subject, value)| said.entry(subject).or_default().push(value));
    }
    said
}

/// The unit of each limit of the main course.
fn units(pathway: &Pathway) -> impl Iterator<Item = (String, Said<'_>)> {
    let rows = pathway.limits.iter().filter(|limit| limit.variant.is_none() && limit.amount > Some(0));
    rows.filter_map(|limit| {
        let word = limit.unit?.word();
        let words = text!("er i {word}", "is in {word}");
        Some((key(limit), Said { value: word.to_owned(), words, origin: &limit.origin }))
    })
}

fn key(limit: &Limit) -> String {
    match &limit.treatment {
        Some(treatment) => format!("{} {treatment}", limit.interval),
        None => limit.interval.clone(),
    }
}

/// Where patients are sent in circumstances in which some pathway begins a new course: relapse, new cancer.
fn new_courses(pathway: &Pathway) -> impl Iterator<Item = (String, Said<'_>)> {
    let mut found = Vec::new();
    let mut add = |when: Option<&Condition>, is_new: bool, origin| {
        let Some(when) = when else { return };
        let words = match is_new {
            true => text!("fører til nytt forløp", "leads to a new course"),
            false => text!("fører ikke til nytt forløp", "does not lead to a new course"),
        };
        found.push((of_condition(when, &pathway.facts), Said { value: is_new.to_string(), words, origin }));
    };
    for content in pathway.contents() {
        match content {
            Content::Referral(referral) if referral.target == Target::NewCourse => {
                add(referral.when.as_ref(), referral.refer, &referral.origin);
            }
            Content::Routes(routes) => {
                for row in &routes.rows {
                    let is_new = matches!(row.outcome, Outcome::Refer { target: Target::NewCourse, .. });
                    add(row.when.as_ref(), is_new, &row.origin);
                }
            }
            _ => {}
        }
    }
    found.into_iter()
}

/// The one that says otherwise than all the others.
fn alone(said: &[Said], subject: &str, template: &str, places: &Places) -> Option<Finding> {
    let count = said.len().checked_sub(1).filter(|others| *others >= AGREEING)?;
    let alike = |value: &str| said.iter().filter(|one| one.value == value).count();
    let odd = said.iter().find(|one| alike(&one.value) == 1)?;
    let usual = said.iter().find(|one| alike(&one.value) == count)?;
    let (Text { nb: own, en: its }, Text { nb, en }) = (&odd.words, &usual.words);
    let message = text!(
        "«{subject}» {own}, mens det {nb} i de {count} andre forløpene etter «{template}»",
        "«{subject}» {its}, while it {en} in the {count} other pathways of «{template}»"
    );
    finding(message, odd.origin, usual.origin, places)
}

fn finding(message: Text, origin: &Origin, usual: &Origin, places: &Places) -> Option<Finding> {
    let help = text!("Er forskjellen ment? Kontroller kilden.", "Is the difference meant? Check the source.");
    let found = Finding::new(F::Diverges, places.of(origin)?, message).help(help);
    Some(found.related(places.of(usual)?, text!("slik er det i et annet", "as in another")))
}

/// Limits that one pathway lacks and all others have. A text that is known to lack something is not held to it.
fn lacking(family: &[&Pathway], template: &str, places: &Places) -> Vec<Finding> {
    let is_whole = |pathway: &Pathway| {
        !matches!(pathway.status, Status::Ufullstendig | Status::Tilbaketrukket) && !pathway.limits.is_empty()
    };
    let whole: Vec<&Pathway> = family.iter().copied().filter(|pathway| is_whole(pathway)).collect();
    let Some(count) = whole.len().checked_sub(1).filter(|others| *others >= AGREEING) else { return Vec::new() };
    let row = |pathway: &'_ Pathway, subject: &str| {
        pathway
            .limits
            .iter()
            .find(|limit| limit.variant.is_none() && key(limit) == subject)
            .map(|row| row.origin.clone())
    };
    let subjects: BTreeSet<String> = whole.iter().flat_map(|pathway| &pathway.limits).map(key).collect();
    let mut findings: BTreeMap<&str, Finding> = BTreeMap::new();
    for subject in &subjects {
        let (with, without): (Vec<&Pathway>, Vec<&Pathway>) =
            whole.iter().copied().partition(|pathway| row(pathway, subject).is_some());
        let ([odd], Some(usual)) = (without.as_slice(), with.first().and_then(|first| row(first, subject))) else {
            continue;
        };
        let id = &odd.id;
        let message = text!(
            "«{id}» har ingen frist for «{subject}», som de {count} andre forløpene etter «{template}» har",
            "«{id}» has no limit for «{subject}», which the {count} other pathways of «{template}» have"
        );
        if let Some(found) = finding(message, &odd.origin, &usual, places) {
            // One remark on a pathway, about the first that it lacks.
            findings.entry(id).or_insert(found);
        }
    }
    findings.into_values().collect()
}
