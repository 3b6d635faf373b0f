//! What is forlop's own in the resources: four extensions, and the kinds of actions in a plan.

use serde::Serialize;
use serde_json::{Value, json};

use super::{About, Settings, file, names};
use crate::emit::File;

/// The extensions' folder.
const FOLDER: &str = "forlop";

/// An extension: one text, or a row of the tables whose parts have the names and values that they have there.
pub(super) struct Extension {
    name: &'static str,
    title: &'static str,
    on: &'static [&'static str],
    /// Names and types; empty for one text.
    pub parts: &'static [(&'static str, &'static str)],
}

pub(super) const LIMIT: Extension = Extension {
    name: "limit",
    title: "Raden i forløpstidene, med form, mengde og enhet slik de er skrevet",
    on: &["PlanDefinition.action"],
    parts: &[
        ("interval", "string"),
        ("treatment", "string"),
        ("variant", "string"),
        ("form", "code"),
        ("minimum", "integer"),
        ("amount", "integer"),
        ("unit", "code"),
        ("valid_from", "date"),
        ("valid_to", "date"),
        ("derived", "boolean"),
        ("source", "string"),
        ("note", "string"),
    ],
};

pub(super) const ORDER_RULE: Extension = Extension {
    name: "order-rule",
    title: "En regel om rekkefølgen på hendelsene i et forløp",
    on: &["PlanDefinition"],
    parts: &[
        ("name", "string"),
        ("severity", "code"),
        ("label", "string"),
        ("kind", "code"),
        ("count", "integer"),
        ("first", "code"),
        ("then", "code"),
        ("of", "code"),
        ("after", "code"),
        ("second", "code"),
    ],
};

pub(super) const OPEN: Extension = Extension {
    name: "open",
    title: "Noe kilden lar stå åpent (uavklart)",
    on: &["PlanDefinition", "PlanDefinition.action"],
    parts: &[],
};

pub(super) const MISSING: Extension = Extension {
    name: "missing",
    title: "Noe som det ikke er funnet kilde til (mangler)",
    on: &["PlanDefinition", "PlanDefinition.action"],
    parts: &[],
};

const EXTENSIONS: [Extension; 4] = [LIMIT, ORDER_RULE, OPEN, MISSING];

/// What an action of a plan is.
const KINDS: [(&str, &str); 9] = [
    ("phase", "Fase"),
    ("milestone", "Hendelse med kode"),
    ("limits", "Forløpstider"),
    ("limit", "Frist for et intervall"),
    ("criteria", "Kriterier"),
    ("checklist", "Sjekkliste"),
    ("investigations", "Undersøkelser"),
    ("routes", "Veivalg"),
    ("referral", "Henvisning til et annet pakkeforløp"),
];

const KIND_SYSTEM: &str = "forlop-action-kind";

impl Extension {
    fn url(&self, canonical: &str) -> String {
        format!("{canonical}/StructureDefinition/forlop-{}", self.name)
    }

    /// The extension with one text.
    pub(super) fn text(&self, about: &About, text: &str) -> Value {
        json!({ "url": self.url(about.canonical), "valueString": text })
    }

    /// The extension with the parts of a row that have a value.
    pub(super) fn row(&self, about: &About, row: &impl Serialize) -> Value {
        let row = json!(row);
        let parts = self.parts.iter().flat_map(|(name, kind)| {
            let mut letters = kind.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            let key = format!("value{}{}", first.unwrap_or_default(), letters.as_str());
            let one = move |value: Value| json!({ "url": name, &key: value });
            let values = match row.get(name).cloned() {
                None | Some(Value::Null) => Vec::new(),
                Some(Value::Array(values)) => values,
                Some(value) => vec![value],
            };
            values.into_iter().map(one)
        });
        json!({ "url": self.url(about.canonical), "extension": parts.collect::<Vec<_>>() })
    }

    fn definition(&self, settings: &Settings) -> Value {
        let url = self.url(&settings.canonical);
        let elements = match self.parts {
            [] => vec![
                json!({ "id": "Extension.extension", "path": "Extension.extension", "max": "0" }),
                fixed_url("Extension", &url),
                value("Extension", "string", 1),
            ],
            parts => {
                let part = |(name, kind): &(&str, &str)| {
                    let id = format!("Extension.extension:{name}");
                    vec![
                        json!({ "id": id, "path": "Extension.extension", "sliceName": name }),
                        json!({ "id": format!("{id}.extension"), "path": "Extension.extension.extension", "max": "0" }),
                        merged_path(fixed_url(&id, name), "Extension.extension.url"),
                        merged_path(value(&id, kind, 1), "Extension.extension.value[x]"),
                    ]
                };
                let mut elements: Vec<_> = parts.iter().flat_map(part).collect();
                elements.push(fixed_url("Extension", &url));
                elements.push(json!({ "id": "Extension.value[x]", "path": "Extension.value[x]", "max": "0" }));
                elements
            }
        };
        let context = self.on.iter().map(|element| json!({ "type": "element", "expression": element }));
        let mut all = vec![json!({ "id": "Extension", "path": "Extension", "short": self.title })];
        all.extend(elements);
        json!({
            "url": url,
            "version": env!("CARGO_PKG_VERSION"),
            "name": names::computable(&format!("forlop-{}", self.name)),
            "title": self.title,
            "language": "nb",
            "status": "active",
            "fhirVersion": "4.0.1",
            "kind": "complex-type",
            "abstract": false,
            "context": context.collect::<Vec<_>>(),
            "type": "Extension",
            "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension",
            "derivation": "constraint",
            "differential": { "element": all },
        })
    }
}

fn fixed_url(id: &str, url: &str) -> Value {
    json!({ "id": format!("{id}.url"), "path": "Extension.url", "fixedUri": url })
}

fn value(id: &str, kind: &str, min: u32) -> Value {
    json!({ "id": format!("{id}.value[x]"), "path": "Extension.value[x]", "min": min, "type": [{ "code": kind }] })
}

fn merged_path(element: Value, path: &str) -> Value {
    super::merged(element, json!({ "path": path }))
}

/// What the code of an action says: its kind, and the name that the specification gives it.
pub(super) fn kind(about: &About, kind: &str, name: &str) -> Value {
    json!({ "coding": [{ "system": about.url("CodeSystem", KIND_SYSTEM), "code": kind }], "text": name })
}

/// The extensions' definitions and the code system of the kinds.
pub(super) fn all(settings: &Settings) -> Vec<File> {
    let extensions = EXTENSIONS.iter().map(|extension| {
        let id = format!("forlop-{}", extension.name);
        file(FOLDER, "StructureDefinition", &id, extension.definition(settings))
    });
    let concepts: Vec<_> = KINDS.iter().map(|(code, display)| json!({ "code": code, "display": display })).collect();
    let kinds = json!({
        "url": format!("{}/CodeSystem/{KIND_SYSTEM}", settings.canonical),
        "version": env!("CARGO_PKG_VERSION"),
        "name": names::computable(KIND_SYSTEM),
        "title": "Hva en handling i en plan er",
        "language": "nb",
        "status": "active",
        "caseSensitive": true,
        "content": "complete",
        "count": KINDS.len(),
        "concept": concepts,
    });
    extensions.chain([file(FOLDER, "CodeSystem", KIND_SYSTEM, kinds)]).collect()
}
