//! DMN 1.5: variants, limits and decision tables (`veivalg`) of a pathway as decisions over its facts.

mod diagram;
mod feel;
mod limits;
mod model;
mod search;
mod table;
mod types;
mod xml;

use super::{File, Refusal, Settings};
use crate::tables::Tables;
use model::Model;

pub(super) fn emit(tables: &Tables, settings: &Settings) -> Result<Vec<File>, Vec<Refusal>> {
    let mut files = Vec::new();
    let mut refusals = Vec::new();
    for pathway in &tables.pathways {
        match Model::new(pathway) {
            Ok(model) => files.push(File {
                path: format!("{}.dmn", file_name(&pathway.id)),
                text: model.definitions(&tables.compiler, settings).document(),
            }),
            Err(refused) => refusals.extend(refused),
        }
    }
    if refusals.is_empty() { Ok(files) } else { Err(refusals) }
}

fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect()
}
