//! Referrals that lead a patient round, or say both yes and no.

use std::collections::BTreeSet;

use super::super::place::Places;
use crate::{
    diagnostic::{Code as F, Finding},
    lang::Text,
    prove::conditions::{Answer, Space, Truth},
    tables::{Condition, Content, Fact, Origin, Outcome, Pathway, Referral, Strength, Tables, Target},
    text,
};

/// The longest way round that is looked for.
const LONGEST: usize = 5;
/// How many steps are taken to look for them, so that a set in which all refer to all does not take for ever.
const STEPS: usize = 20_000;

/// A way on that every patient of its conditions must go.
struct Way<'t> {
    to: usize,
    when: Vec<Condition>,
    origin: &'t Origin,
}

pub(super) fn find(tables: &Tables, places: &Places) -> Vec<Finding> {
    let ways: Vec<Vec<Way>> = tables.pathways.iter().map(|pathway| ways(pathway, tables)).collect();
    let mut findings: Vec<Finding> =
        tables.pathways.iter().flat_map(|pathway| contradictions(pathway, places)).collect();
    // Several ways between the same pathways are one way round.
    let mut told = BTreeSet::new();
    let mut steps = STEPS;
    for start in 0..tables.pathways.len() {
        round(start, &mut Vec::new(), &ways, &mut steps, &mut |circle| {
            let pathways: Vec<usize> = circle.iter().map(|way| way.to).collect();
            if !told.contains(&pathways)
                && let Some(finding) = circular(tables, start, circle, places)
            {
                told.insert(pathways);
                findings.push(finding);
            }
        });
    }
    findings
}

/// A remark may tell of an exception, so only what stands without one is certain; as is what has only a condition.
fn ways<'t>(pathway: &'t Pathway, tables: &Tables) -> Vec<Way<'t>> {
    let find = |target: &Target| {
        tables.pathways.iter().position(|other| match target {
            Target::Pathway { id } => other.id == *id,
            Target::Named { title } => other.title == *title,
            Target::NewCourse => false,
        })
    };
    let mut ways = Vec::new();
    for content in pathway.contents() {
        match content {
            Content::Referral(Referral { refer: true, strength: Strength::Skal, note: None, target, when, origin }) => {
                ways.extend(find(target).map(|to| Way { to, when: when.iter().cloned().collect(), origin }));
            }
            Content::Routes(routes) => {
                let mut before: Vec<Condition> = routes.when.iter().cloned().collect();
                for row in &routes.rows {
                    if let (Outcome::Refer { target, strength: Strength::Skal }, None) = (&row.outcome, &row.note)
                        && let Some(to) = find(target)
                    {
                        let when = before.iter().chain(&row.when).cloned().collect();
                        ways.push(Way { to, when, origin: &row.origin });
                    }
                    let Some(when) = &row.when else { break };
                    before.push(Condition::Not { of: Box::new(when.clone()) });
                }
            }
            _ => {}
        }
    }
    ways
}

/// Every way round from `start` through pathways after it, each once.
fn round<'w, 't>(
    start: usize,
    path: &mut Vec<&'w Way<'t>>,
    ways: &'w [Vec<Way<'t>>],
    steps: &mut usize,
    found: &mut impl FnMut(&[&'w Way<'t>]),
) {
    let at = path.last().map_or(start, |way| way.to);
    for way in ways.get(at).into_iter().flatten() {
        let Some(left) = steps.checked_sub(1) else { return };
        *steps = left;
        let is_new = way.to > start && path.iter().all(|other| other.to != way.to);
        if way.to == start && at != start {
            path.push(way);
            found(path);
            path.pop();
        } else if is_new && path.len() < LONGEST {
            path.push(way);
            round(start, path, ways, steps, found);
            path.pop();
        }
    }
}

/// The way round as a finding, if one patient can meet all its conditions.
fn circular(tables: &Tables, start: usize, circle: &[&Way], places: &Places) -> Option<Finding> {
    let visited = || circle.iter().filter_map(|way| tables.pathways.get(way.to));
    let facts = common(visited())?;
    let conditions: Vec<&Condition> = circle.iter().flat_map(|way| &way.when).collect();
    let Answer::Yes(witness) = together(&facts, &conditions) else { return None };
    let first = tables.pathways.get(start)?;
    let names: Vec<&str> = std::iter::once(first).chain(visited()).map(|pathway| pathway.id.as_str()).collect();
    let names = names.join(" → ");
    let Text { nb, en } = when(&witness);
    let message = text!(
        "Henvisningene går i ring uten utgang: {names}{nb}",
        "The referrals lead round without a way out: {names}{en}"
    );
    let help = text!(
        "La ett av forløpene beholde pasienten, eller skriv hvem henvisningen gjelder.",
        "Let one of the pathways keep the patient, or write whom the referral is for."
    );
    let mut ways = circle.iter();
    let mut finding = Finding::new(F::ReferralCycle, places.of(ways.next()?.origin)?, message).help(help);
    for way in ways {
        finding = finding.related(places.of(way.origin)?, text!("og så hit", "and then here"));
    }
    Some(finding)
}

/// The facts of all the pathways; none if one name means different things in two of them.
fn common<'t>(pathways: impl Iterator<Item = &'t Pathway>) -> Option<Vec<Fact>> {
    let mut facts: Vec<Fact> = Vec::new();
    for fact in pathways.flat_map(|pathway| &pathway.facts) {
        match facts.iter().find(|known| known.name == fact.name) {
            Some(known) if known.fact_type != fact.fact_type || known.formula != fact.formula => return None,
            Some(_) => {}
            None => facts.push(fact.clone()),
        }
    }
    Some(facts)
}

/// Whether a patient can meet all the conditions.
fn together(facts: &[Fact], conditions: &[&Condition]) -> Answer {
    let mut space = Space::new(facts, conditions.iter().copied());
    let truths: Vec<Truth> = conditions.iter().map(|condition| space.truth(condition)).collect();
    let all = space.all(&truths);
    space.find(all.yes)
}

fn when(witness: &str) -> Text {
    match witness {
        "" => text!("", ""),
        _ => text!(", når {witness}", ", when {witness}"),
    }
}

/// `henvis til` and `henvis ikke til` the same, for one patient.
fn contradictions(pathway: &Pathway, places: &Places) -> Vec<Finding> {
    let referrals: Vec<&Referral> = pathway
        .contents()
        .filter_map(|content| if let Content::Referral(referral) = content { Some(referral) } else { None })
        .collect();
    let mut findings = Vec::new();
    for no in referrals.iter().filter(|referral| !referral.refer) {
        // Two remarks may tell the patients apart.
        let told_apart = |yes: &Referral| yes.note.is_some() && no.note.is_some();
        for yes in referrals.iter().filter(|yes| yes.refer && yes.target == no.target && !told_apart(yes)) {
            let conditions: Vec<&Condition> = yes.when.iter().chain(&no.when).collect();
            let Answer::Yes(witness) = together(&pathway.facts, &conditions) else { continue };
            let Text { nb, en } = when(&witness);
            let message = text!(
                "Pasienten skal både henvises og ikke henvises til det samme{nb}",
                "The patient is both to be referred and not to be referred to the same{en}"
            );
            let help =
                text!("Gjør vilkårene slik at bare ett av dem gjelder.", "Make the conditions so that only one holds.");
            let places = places.of(&no.origin).zip(places.of(&yes.origin));
            findings.extend(places.map(|(place, other)| {
                let finding = Finding::new(F::ContradictingReferrals, place, message).help(help);
                finding.related(other, text!("henvisningen", "the referral"))
            }));
        }
    }
    findings
}
