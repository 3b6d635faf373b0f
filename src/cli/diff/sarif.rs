//! The changes as SARIF 2.1.0, for code hosts that show results beside the line.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Report;
use crate::{
    diff::{Change, Class, Kind, Shown},
    tables::Origin,
};

pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let lang = report.lang;
    let rules: Vec<Value> = Kind::ALL
        .iter()
        .map(|kind| {
            json!({
                "id": kind.name(),
                "shortDescription": { "text": kind.text().get(lang) },
                "defaultConfiguration": { "level": level(kind.class()) },
            })
        })
        .collect();
    let results: Vec<Value> = report.changes.iter().map(|change| result(report, change)).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "forlop diff", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn result(report: &Report, change: &Change) -> Value {
    let place = change.new.as_ref().or(change.old.as_ref()).map(location);
    let mut result = json!({
        "ruleId": change.kind.name(),
        "ruleIndex": Kind::ALL.iter().position(|kind| *kind == change.kind),
        "level": level(change.class),
        "message": { "text": change.message.get(report.lang) },
        "locations": place.into_iter().collect::<Vec<_>>(),
        "partialFingerprints": { "change/v1": change.id },
        "properties": { "class": change.class.word() },
    });
    if let Some(old) = change.old.as_ref().filter(|_| change.new.is_some()) {
        result["relatedLocations"] = json!([location(old)]);
    }
    if let Shown::By(witness) = &change.shown {
        result["properties"]["witness"] = json!(witness.text);
    }
    if let Some(accepted) = report.accepted.of(change) {
        let why = format!("{}: {}", accepted.date, accepted.reason);
        result["suppressions"] = json!([{ "kind": "external", "justification": why }]);
    }
    result
}

fn level(class: Class) -> &'static str {
    match class {
        Class::Running => "error",
        Class::Registration => "warning",
        Class::Report | Class::Reading => "note",
    }
}

fn location(origin: &Origin) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&origin.file) },
            "region": { "startLine": origin.line, "startColumn": origin.column },
        }
    })
}

/// A path as a relative reference: what is not plain is written as bytes.
fn uri(path: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(byte);
    path.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
