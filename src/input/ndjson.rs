//! NDJSON: one object a line, with the columns' names as keys. `null` is the same as no key.

use std::{array, str};

use serde_json::{Map, Value};

use super::{
    Column, Reason,
    rows::{Row, Wanted},
};

/// Calls `each` with all rows of a piece; blank lines are none.
pub(super) fn read<const N: usize>(wanted: [Wanted; N], piece: &[u8], each: &mut dyn FnMut(Row<'_, N>)) {
    for (at, line) in piece.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match fields(line, wanted) {
            Ok(fields) => each((at + 1, Ok(fields.each_ref().map(|field| field.trim())))),
            Err(reason) => each((at + 1, Err(reason))),
        }
    }
}

/// The wanted fields of a line.
pub(super) fn fields<const N: usize>(line: &[u8], wanted: [Wanted; N]) -> Result<[String; N], Reason> {
    let line = str::from_utf8(line).map_err(|_| Reason::Encoding)?;
    let object: Map<String, Value> = serde_json::from_str(line).map_err(|_| Reason::Json)?;
    let mut fields: [String; N] = array::from_fn(|_| String::new());
    for ((column, _), field) in wanted.iter().zip(&mut fields) {
        let mut named = object.iter().filter(|(key, value)| column.is_named(key) && !value.is_null());
        if let Some((_, value)) = named.next() {
            *field = plain(*column, value)?;
        }
    }
    Ok(fields)
}

/// A value as the text that CSV would have. JSON's own true and false are `ja` and `nei`.
fn plain(column: Column, value: &Value) -> Result<String, Reason> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(true) => Ok("ja".to_owned()),
        Value::Bool(false) => Ok("nei".to_owned()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(Reason::Nested(column)),
    }
}
