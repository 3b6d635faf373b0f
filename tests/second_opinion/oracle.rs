//! The second opinion: section 3 of the design, rule by rule, with no thought of speed.

use chrono::NaiveDate;
use forlop::runtime::{Event, FactEvent};
use forlop::tables::{Pathway, Tables};
use serde_json::{Value, json};

use crate::courses::{Course, assemble};
use crate::facts::{Known, conflicts, usable, variant_on};
use crate::intervals::answers;
use crate::rules::broken;

/// The courses of one patient as the JSON of section 3, without the messages of findings.
pub fn evaluate(tables: &Tables, patient: &str, events: &[Event], facts: &[FactEvent], as_of: NaiveDate) -> Vec<Value> {
    let mut pathways: Vec<&Pathway> = tables.pathways.iter().collect();
    pathways.sort_by_key(|pathway| &pathway.id);

    let mut courses = vec![];
    for pathway in pathways {
        let known = usable(pathway, facts, as_of);
        for (at, course) in assemble(pathway, events, as_of).iter().enumerate() {
            let (variant, basis) = variant_on(pathway, &known, as_of);
            courses.push(json!({
                "pathway": pathway.id,
                "patient": patient,
                "course": at + 1,
                "course_id": course.id,
                "start": course.start(),
                "state": course.state(),
                "phase": course.phase(),
                "variant": variant.unwrap_or("hovedforløp"),
                "variant_basis": basis,
                "intervals": answers(pathway, course, &known, as_of),
                "findings": findings(pathway, course, &known),
            }));
        }
    }
    courses
}

/// What E3, E6 and E9 find, in that order; the dates of one finding ascend and come once each.
fn findings(pathway: &Pathway, course: &Course, known: &[Known]) -> Vec<Value> {
    let mut findings = vec![];
    let mut report = |code: &str, severity: Value, mut dates: Vec<NaiveDate>| {
        dates.sort();
        dates.dedup();
        findings.push(json!({ "code": code, "severity": severity, "dates": dates }));
    };
    if !course.missing_start.is_empty() {
        report("missing_start", json!("feil"), course.missing_start.clone());
    }
    if !course.duplicate_start.is_empty() {
        report("duplicate_start", json!("advarsel"), course.duplicate_start.clone());
    }
    if !course.event_after_end.is_empty() {
        report("event_after_end", json!("advarsel"), course.event_after_end.clone());
    }
    for fact in &pathway.facts {
        if let Some(dates) = conflicts(known, &fact.name) {
            report("conflicting_fact", json!("advarsel"), dates);
        }
    }
    for rule in &pathway.rules {
        if let Some(dates) = broken(&rule.kind, course) {
            report(&rule.name, json!(rule.severity), dates);
        }
    }
    findings
}
