//! fhir.

use super::{File, Refusal, Settings};
use crate::tables::Tables;

pub(super) fn emit(_tables: &Tables, _settings: &Settings) -> Result<Vec<File>, Vec<Refusal>> {
    Ok(Vec::new())
}
