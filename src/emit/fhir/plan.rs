//! The pathway as a plain `PlanDefinition`: phases with their milestones and contents, then limits.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{
    About, Refusal, Resource, codes,
    content::Sorted,
    definitions, limits,
    names::{is_id, slug},
    provenance, taken, too_long, words,
};
use crate::tables::{Code, Origin, Pathway, Phase};

/// What conditions are computed from.
const USAGE: &str = "Vilkår i FHIRPath regnes ut over en Bundle med høyst én Observation for hver opplysning: verdien \
    som holder den dagen det spørres om, med opplysningens kode, av dens type (valg: CodeableConcept, ja/nei: boolean, \
    tall: Quantity med opplysningens enhet, hele år: integer, dato: dateTime uten klokkeslett). En opplysning som regnes \
    ut, gis som det den blir. Forløpet er en EpisodeOfCare der period.start er dagen det startet, uten klokkeslett. \
    Tomt svar betyr ukjent. Vilkår med språket text/plain kan bare et menneske eller forlop avgjøre.";

/// The ids that actions refer to each other by must fit, and be told apart.
pub(super) fn check_ids(pathway: &Pathway, refusals: &mut Vec<Refusal>) {
    let mut seen: HashMap<String, &Origin> = HashMap::new();
    for code in &pathway.codes {
        let id = slug(&code.code);
        if !is_id(&id) {
            refusals.push(too_long(&id, &code.origin));
        }
        if let Some(other) = seen.insert(id.clone(), &code.origin) {
            refusals.push(taken(&id, &code.origin, other));
        }
    }
}

pub(super) fn resource<'t>(about: &About<'t>) -> Resource<'t> {
    let pathway = about.pathway;
    let mut avoided = Vec::new();
    let own = Sorted::new(about, 0, &pathway.content, &mut avoided);
    let mut actions: Vec<_> =
        pathway.phases.iter().zip(1..).map(|(phase, place)| self::phase(about, phase, place, &mut avoided)).collect();
    let without_phase = pathway.codes.iter().filter(|code| code.phase.is_none());
    actions.extend(without_phase.map(|code| milestone(about, code)));
    actions.extend(own.actions);
    actions.extend(limits::action(about));
    let rules = pathway.rules.iter().map(|rule| definitions::ORDER_RULE.row(about, rule));
    let status = json!(pathway.status);
    let heading = format!("Status: {}. Mal: {}.", status.as_str().unwrap_or_default(), pathway.template);
    let former = pathway.former.iter().map(|former| format!("Tidligere navn: {}.", words::former(former)));
    let text: Vec<_> = std::iter::once(heading).chain(former).chain(own.text).collect();
    let disease = pathway.disease.as_ref().map(|disease| {
        json!({
            "code": { "system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": "focus" },
            "valueCodeableConcept": { "text": disease },
        })
    });
    let body = json!({
        "contained": avoided,
        "extension": rules.chain(own.extensions).collect::<Vec<_>>(),
        "type": {
            "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "clinical-protocol" }],
        },
        "description": text.join("\n\n"),
        "usage": USAGE,
        "useContext": [disease],
        "effectivePeriod": { "start": pathway.valid_from, "end": pathway.valid_to },
        "relatedArtifact": pathway.sources.iter().map(provenance::artifact).chain(own.links).collect::<Vec<_>>(),
        "action": actions,
    });
    about.definition("PlanDefinition", about.id.clone(), &pathway.title, &pathway.origin, body)
}

fn phase<'t>(about: &About<'t>, phase: &'t Phase, place: usize, avoided: &mut Vec<Value>) -> Value {
    let codes = about.pathway.codes.iter().filter(|code| code.phase.as_ref() == Some(&phase.name));
    let sorted = Sorted::new(about, place, &phase.content, avoided);
    json!({
        "extension": sorted.extensions,
        "title": phase.label,
        "description": sorted.text.join("\n\n"),
        "code": [definitions::kind(about, "phase", &phase.name)],
        "documentation": sorted.links,
        "groupingBehavior": "logical-group",
        "action": codes.map(|code| milestone(about, code)).chain(sorted.actions).collect::<Vec<_>>(),
    })
}

fn milestone(about: &About, code: &Code) -> Value {
    json!({
        "id": slug(&code.code),
        "title": code.label,
        "description": codes::dated(code),
        "code": [
            definitions::kind(about, "milestone", ""),
            { "coding": [{ "system": about.codes(), "code": code.code, "display": code.label }] },
        ],
    })
}
