//! The second opinion: section 3 of the design, rule by rule, with no thought of speed.

use chrono::NaiveDate;
use forlop::runtime::{Event, FactEvent};
use forlop::tables::{Pathway, Tables};
use serde_json::{Value, json};

use crate::conditions::variant_on;
use crate::courses::{Course, assemble, open_in};
use crate::facts::{Known, Patient, conflicts, usable};
use crate::intervals::answers;
use crate::rules::broken;

/// The courses of one patient as the JSON of section 3, without the messages of findings.
pub fn evaluate(tables: &Tables, name: &str, events: &[Event], facts: &[FactEvent], as_of: NaiveDate) -> Vec<Value> {
    let mut pathways: Vec<&Pathway> = tables.pathways.iter().collect();
    pathways.sort_by_key(|pathway| &pathway.id);

    let mut courses = vec![];
    for pathway in pathways {
        let patient =
            Patient { pathway, known: usable(pathway, facts, as_of), open_in: open_in(tables, events, as_of) };
        for (at, course) in assemble(pathway, events, as_of).iter().enumerate() {
            let (variant, basis) = variant_on(&patient, as_of);
            courses.push(json!({
                "pathway": pathway.id,
                "patient": name,
                "course": at + 1,
                "course_id": course.id,
                "start": course.start(),
                "state": course.state(),
                "phase": course.phase(),
                "variant": variant.unwrap_or("hovedforløp"),
                "variant_basis": basis,
                "intervals": answers(course, &patient, as_of),
                "findings": findings(pathway, course, &patient.known),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net;
    use crate::notation::date;

    /// The example of section 3, from events that lead to it.
    #[test]
    fn the_designs_own_example_comes_out() {
        let event = |day, code| Event { date: date(day), code, institution: Some("H1"), course: None };
        let events = [
            event("2024-01-08", "A39A"),
            event("2024-01-09", "A39A"),
            event("2024-01-18", "A39S"),
            event("2024-02-05", "A39CK"),
            event("2024-02-20", "A39FK"),
        ];
        let facts = [FactEvent { date: None, fact: "karsinom", value: "utelukket" }];
        let mut courses = evaluate(&net(), "p1", &events, &facts, date("2024-06-30"));
        courses[0]["intervals"].as_array_mut().unwrap().truncate(1);
        assert_eq!(
            courses,
            [json!({
                "pathway": "A39", "patient": "p1", "course": 1, "course_id": null, "start": "2024-01-08",
                "state": "completed", "phase": "behandling", "variant": "hovedforløp", "variant_basis": "known",
                "intervals": [{
                    "interval": "OF1", "treatment": null, "occurrence": 1, "from": "2024-01-08", "to": "2024-01-18",
                    "days": 10, "variant": "hovedforløp", "variant_basis": "known", "limit": 14,
                    "unit": "kalenderdager", "status": "within", "due": "2024-01-22", "days_left": null,
                }],
                "findings": [{ "code": "duplicate_start", "severity": "advarsel", "dates": ["2024-01-09"] }],
            })]
        );
    }
}
