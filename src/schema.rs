//! Descriptions of the documents that are written, made from the types that write them.

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings, json_schema, schema_for};

use crate::{
    runtime::{Assessment, Course},
    tables::Tables,
};

/// What can be described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// What `compile` writes.
    Tables,
    /// What `eval` writes for one course.
    Answer,
    /// What `eval --criteria` writes for one patient and pathway.
    Assessment,
    /// What `report --format json` writes.
    #[cfg(feature = "report")]
    Report,
    /// What `diff --format json` writes.
    #[cfg(feature = "cli")]
    Diff,
    /// What `diff --affected` writes for one course.
    #[cfg(feature = "cli")]
    Affected,
    /// Tables and answers as components of an OpenAPI document.
    Openapi,
}

impl Document {
    /// All of them.
    pub const ALL: &[Document] = &[
        Document::Tables,
        Document::Answer,
        Document::Assessment,
        #[cfg(feature = "report")]
        Document::Report,
        #[cfg(feature = "cli")]
        Document::Diff,
        #[cfg(feature = "cli")]
        Document::Affected,
        Document::Openapi,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Document::Tables => "tables",
            Document::Answer => "answer",
            Document::Assessment => "assessment",
            #[cfg(feature = "report")]
            Document::Report => "report",
            #[cfg(feature = "cli")]
            Document::Diff => "diff",
            #[cfg(feature = "cli")]
            Document::Affected => "affected",
            Document::Openapi => "openapi",
        }
    }

    /// Its JSON Schema, or the OpenAPI document.
    pub fn describe(self) -> Schema {
        match self {
            Document::Tables => schema_for!(Tables),
            Document::Answer => schema_for!(Course),
            Document::Assessment => schema_for!(Assessment),
            #[cfg(feature = "report")]
            Document::Report => schema_for!(crate::report::Report),
            #[cfg(feature = "cli")]
            Document::Diff => schema_for!(crate::cli::DiffDocument),
            #[cfg(feature = "cli")]
            Document::Affected => schema_for!(crate::diff::Affected),
            Document::Openapi => openapi(),
        }
    }
}

/// An OpenAPI 3.1 document without paths: a service refers to its components.
fn openapi() -> Schema {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = SchemaGenerator::new(settings);
    generator.subschema_for::<Tables>();
    generator.subschema_for::<Course>();
    generator.subschema_for::<Assessment>();
    let schemas = generator.take_definitions(true);
    json_schema!({
        "openapi": "3.1.0",
        "info": {
            "title": "forlop",
            "description": "Rule tables of patient pathways, and answers about patients.",
            "version": env!("CARGO_PKG_VERSION"),
        },
        "components": { "schemas": schemas },
    })
}
