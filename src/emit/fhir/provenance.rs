//! The sources that a plan rests on.

use serde_json::{Value, json};

use super::{About, Resource, names::slug};
use crate::tables::Source;

/// A value that R4 demands and nobody has.
const UNKNOWN: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

pub(super) fn resources<'t>(about: &About<'t>) -> Vec<Resource<'t>> {
    about.pathway.sources.iter().map(|source| resource(about, source)).collect()
}

fn resource<'t>(about: &About<'t>, source: &'t Source) -> Resource<'t> {
    let unknown = || json!({ "extension": [{ "url": UNKNOWN, "valueCode": "unknown" }] });
    let who = source.publisher.as_ref().map_or_else(unknown, |publisher| json!({ "display": publisher }));
    let identifier = source.url.as_ref().map(|url| json!({ "system": "urn:ietf:rfc:3986", "value": url }));
    let body = json!({
        "language": "nb",
        "target": [{ "reference": format!("PlanDefinition/{}", about.id), "display": about.pathway.title }],
        "occurredDateTime": source.date,
        // When somebody recorded this is not known, and is not the date of the source.
        "_recorded": unknown(),
        "agent": [{
            "type": {
                "coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                    "code": "informant",
                }],
            },
            "who": who,
        }],
        "entity": [{ "role": "source", "what": { "identifier": identifier, "display": source.title } }],
    });
    let id = format!("{}-{}", about.id, slug(&source.name));
    Resource { kind: "Provenance", id, origin: &source.origin, body }
}

/// A source as a document that a definition is derived from.
pub(super) fn artifact(source: &Source) -> Value {
    let Source { name, title, publisher, url, date, note, .. } = source;
    let parts = [publisher.clone(), Some(title.clone()), date.map(|date| date.to_string()), note.clone()];
    json!({
        "type": "derived-from",
        "label": name,
        "display": title,
        "citation": parts.into_iter().flatten().collect::<Vec<_>>().join(". "),
        "url": url,
    })
}
