//! `forlop schema`: descriptions of what the program writes.

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{Context, Exit, Failure};
use crate::schema::Document;

/// Arguments of `schema`.
#[derive(Args, Debug)]
pub struct Schema {
    /// What is described: a document as JSON Schema, or all as components of OpenAPI 3.1
    #[arg(value_parser = document_parser())]
    document: Document,
}

impl Schema {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        serde_json::to_writer_pretty(&mut context.out, &self.document.describe())?;
        writeln!(context.out)?;
        Ok(Exit::Fine)
    }
}

fn document_parser() -> impl TypedValueParser<Value = Document> {
    let find = |name: String| Document::ALL.iter().copied().find(|document| document.name() == name);
    PossibleValuesParser::new(Document::ALL.iter().map(|document| document.name()))
        .map(move |name| find(name).unwrap_or(Document::Tables))
}
