//! FHIR R4 (4.0.1): code systems, value sets, a plan, measures and provenance of each pathway. What R4 has no place for
//! is carried as text or in extensions that are defined beside it; the texts are in the specification's language.

mod codes;
mod content;
mod definitions;
mod expression;
mod limits;
mod lists;
mod measure;
mod names;
mod plan;
mod provenance;
mod words;

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{File, Refusal, Settings};
use crate::{
    tables::{Origin, Pathway, Status, Tables},
    text,
};
use names::{is_id, slug};

pub(super) fn emit(tables: &Tables, settings: &Settings) -> Result<Vec<File>, Vec<Refusal>> {
    let mut files = definitions::all(settings);
    let mut refusals = Vec::new();
    let mut seen = HashMap::new();
    for pathway in &tables.pathways {
        let about = About { pathway, tables, canonical: &settings.canonical, id: slug(&pathway.id) };
        plan::check_ids(pathway, &mut refusals);
        let mut resources = codes::resources(&about);
        resources.push(plan::resource(&about));
        resources.extend(measure::resources(&about));
        resources.extend(provenance::resources(&about));
        for Resource { kind, id, origin, body } in resources {
            if !is_id(&id) {
                refusals.push(too_long(&id, origin));
            }
            if let Some(other) = seen.insert((kind, id.clone()), origin) {
                refusals.push(taken(&id, origin, other));
            }
            files.push(file(&about.id, kind, &id, body));
        }
    }
    if refusals.is_empty() { Ok(files) } else { Err(refusals) }
}

/// One resource; `body` lacks its type and id.
struct Resource<'t> {
    kind: &'static str,
    id: String,
    /// What it comes of.
    origin: &'t Origin,
    body: Value,
}

/// The pathway that resources are about.
struct About<'t> {
    pathway: &'t Pathway,
    tables: &'t Tables,
    canonical: &'t str,
    id: String,
}

impl<'t> About<'t> {
    /// The canonical address of a resource.
    fn url(&self, kind: &str, id: &str) -> String {
        format!("{}/{kind}/{id}", self.canonical)
    }

    /// The system of the pathway's codes.
    fn codes(&self) -> String {
        self.url("CodeSystem", &self.id)
    }

    /// The system of the pathway's facts and their values.
    fn facts(&self) -> String {
        self.url("CodeSystem", &format!("{}-facts", self.id))
    }

    /// A resource with the elements that all definitions have.
    fn definition(&self, kind: &'static str, id: String, title: &str, origin: &'t Origin, body: Value) -> Resource<'t> {
        let common = json!({
            "url": self.url(kind, &id),
            "version": self.pathway.version.as_ref().unwrap_or(&self.tables.fingerprint),
            "name": names::computable(&id),
            "title": title,
            "status": status(self.pathway.status),
            "language": "nb",
        });
        Resource { kind, id, origin, body: merged(common, body) }
    }
}

/// R4 tells drafts, what is in use and what no longer is; what is known to lack something is not ready for use.
fn status(status: Status) -> &'static str {
    match status {
        Status::Utkast | Status::Høring | Status::Ufullstendig => "draft",
        Status::Gjeldende => "active",
        Status::Tilbaketrukket => "retired",
    }
}

fn file(folder: &str, kind: &str, id: &str, body: Value) -> File {
    let resource = merged(json!({ "resourceType": kind, "id": id }), pruned(body));
    File { path: format!("{folder}/{kind}-{id}.json"), text: format!("{resource:#}\n") }
}

fn merged(mut one: Value, other: Value) -> Value {
    if let (Value::Object(one), Value::Object(other)) = (&mut one, other) {
        one.extend(other);
    }
    one
}

/// The value without what is null or empty, which FHIR does not allow.
fn pruned(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(pruned).filter(|item| !is_empty(item)).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, pruned(value)));
            Value::Object(fields.filter(|(_, value)| !is_empty(value)).collect())
        }
        other => other,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn too_long(id: &str, origin: &Origin) -> Refusal {
    Refusal {
        message: text!(
            "«{id}» er for langt til en id i FHIR, som har høyst 64 tegn",
            "«{id}» is too long for an id in FHIR, which has at most 64 characters"
        ),
        origin: origin.clone(),
    }
}

fn taken(id: &str, origin: &Origin, other: &Origin) -> Refusal {
    let Origin { file, line, .. } = other;
    Refusal {
        message: text!(
            "id-en «{id}» i FHIR er alt gitt til det som står i {file}:{line}; gi ett av dem et annet navn",
            "the FHIR id «{id}» is already that of what stands in {file}:{line}; give one of them another name"
        ),
        origin: origin.clone(),
    }
}
