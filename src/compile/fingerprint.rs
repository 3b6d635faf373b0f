//! The fingerprint of rule tables: the same content gives the same, wherever and however it is written.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::tables::Pathway;

/// SHA-256, in hexadecimal, of the pathways' canonical JSON: keys sorted, no white space, no origins. The pathways are
/// sorted by id already.
pub fn of(pathways: &[Pathway]) -> String {
    // Tables hold nothing that JSON cannot: no maps with other keys than text.
    let mut content = serde_json::to_value(pathways).unwrap_or_default();
    remove_origins(&mut content);
    content.sort_all_objects();
    Sha256::digest(content.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where a row is written is no part of what it says.
fn remove_origins(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(remove_origins),
        Value::Object(fields) => {
            fields.remove("origin");
            fields.values_mut().for_each(remove_origins);
        }
        _ => {}
    }
}
