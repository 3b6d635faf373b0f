//! Pathways that patients enter by the same criteria, so that nothing tells them apart.

use super::super::place::Places;
use crate::{
    diagnostic::{Code as F, Finding},
    tables::{Condition, Content, Criteria, CriteriaItem, Fact, FactType, Pathway, Quantified, Role, Tables, Value},
    text,
};

pub(super) fn find(tables: &Tables, places: &Places) -> Vec<Finding> {
    let entries: Vec<(&Pathway, Vec<&Criteria>, Vec<String>)> = tables
        .pathways
        .iter()
        .map(|pathway| {
            let criteria = criteria(pathway);
            let mut meanings: Vec<String> = criteria.iter().map(|one| meaning(one, pathway)).collect();
            meanings.sort();
            (pathway, criteria, meanings)
        })
        .collect();
    let mut findings = Vec::new();
    for (at, (pathway, criteria, meanings)) in entries.iter().enumerate() {
        let same = entries.iter().take(at).find(|(.., others)| others == meanings && !meanings.is_empty());
        let (Some((other, others, _)), Some(first)) = (same, criteria.first()) else { continue };
        let (one, two) = (&other.id, &pathway.id);
        let message = text!(
            "«{two}» og «{one}» har samme kriterier for inngang: ingenting skiller pasientene deres",
            "«{two}» and «{one}» have the same entry criteria: nothing tells their patients apart"
        );
        let help = text!(
            "Er kriteriene kopiert og ikke tilpasset? Skriv det som er eget for forløpet.",
            "Were the criteria copied and not adapted? Write what is the pathway's own."
        );
        let Some(place) = places.of(&first.origin) else { continue };
        let finding = Finding::new(F::SameEntry, place, message).help(help);
        let related = others.first().and_then(|criteria| places.of(&criteria.origin));
        findings.push(match related {
            Some(place) => finding.related(place, text!("de samme kriteriene", "the same criteria")),
            None => finding,
        });
    }
    findings
}

/// The criteria of the phase in which a course opens.
fn criteria(pathway: &Pathway) -> Vec<&Criteria> {
    let opens = |phase: &str| {
        let mut codes = pathway.codes.iter().filter(|code| code.role == Some(Role::Opens));
        codes.any(|code| code.phase.as_deref() == Some(phase))
    };
    let phases = pathway.phases.iter().filter(|phase| opens(&phase.name));
    let contents = phases.flat_map(|phase| &phase.content);
    contents
        .filter_map(|content| if let Content::Criteria(criteria) = content { Some(criteria) } else { None })
        .collect()
}

/// What criteria say, whatever names are used and in whatever order.
fn meaning(criteria: &Criteria, pathway: &Pathway) -> String {
    let when = criteria.when.as_ref().map(|when| of_condition(when, &pathway.facts));
    format!("{when:?} {}", of_quantified(&criteria.quantified, pathway))
}

fn of_quantified(quantified: &Quantified, pathway: &Pathway) -> String {
    let mut items: Vec<String> = quantified.items.iter().map(|item| of_item(item, pathway)).collect();
    items.sort();
    format!("{:?} {items:?}", quantified.need)
}

fn of_item(item: &CriteriaItem, pathway: &Pathway) -> String {
    let test = match (&item.condition, &item.nested) {
        (Some(condition), _) => of_condition(condition, &pathway.facts),
        (None, Some(nested)) => of_quantified(nested, pathway),
        (None, None) => item.label.to_lowercase(),
    };
    format!("{test} {} {} {:?}", item.not_alone, item.does_not_exclude, item.judged_by)
}

/// A condition with the labels of facts and values in place of their names.
pub(super) fn of_condition(condition: &Condition, facts: &[Fact]) -> String {
    let fact = |name: &str| facts.iter().find(|fact| fact.name == name);
    let label = |name: &str| fact(name).map_or(name.to_owned(), |fact| fact.label.to_lowercase());
    let value = |name: &str, value: &Value| match (value, fact(name).map(|fact| &fact.fact_type)) {
        (Value::Choice(choice), Some(FactType::Choice { values } | FactType::Scale { values })) => {
            let found = values.iter().find(|one| one.name == *choice).and_then(|one| one.label.as_ref());
            found.unwrap_or(choice).to_lowercase()
        }
        _ => format!("{value:?}"),
    };
    let parts = |of: &[Condition]| {
        let mut parts: Vec<String> = of.iter().map(|part| of_condition(part, facts)).collect();
        parts.sort();
        parts.join("; ")
    };
    match condition {
        Condition::All { of } => format!("all({})", parts(of)),
        Condition::Any { of } => format!("any({})", parts(of)),
        Condition::Not { of } => format!("not({})", of_condition(of, facts)),
        Condition::Is { fact, value: found } => format!("{} is {}", label(fact), value(fact, found)),
        Condition::Compare { fact, comparison, value: found } => {
            format!("{} {comparison:?} {}", label(fact), value(fact, found))
        }
        Condition::Known { fact } => format!("{} known", label(fact)),
        Condition::Repeated { of, count, spacing, unit } => {
            format!("{} {count} times {spacing:?} {unit:?}", of_condition(of, facts))
        }
        Condition::Recent { of, amount, unit } => format!("{} within {amount} {unit:?}", of_condition(of, facts)),
        Condition::InCourse { pathway } => format!("in course {pathway:?}"),
    }
}
