//! Rule tables written for other systems: one target, one module. Nothing is emitted that would answer otherwise than
//! the runtime; what a target cannot say is refused, with the place in the specification.

#[cfg(feature = "compiler")]
mod build_script;
mod dmn;
mod fhir;
mod rust;
mod sql;
mod support;
mod typescript;

#[cfg(feature = "compiler")]
pub use build_script::build_script;
pub use support::Construct;

use crate::{
    lang::Text,
    runtime::Evaluator,
    tables::{Origin, Tables},
};

/// What is emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A Rust module over the runtime.
    Rust,
    /// An npm package with tables, types and an evaluator.
    Typescript,
    /// Queries for DuckDB.
    Duckdb,
    /// Queries for PostgreSQL.
    Postgres,
    /// Queries for Spark SQL.
    Spark,
    /// FHIR R4 resources.
    Fhir,
    /// DMN 1.5 decision tables.
    Dmn,
}

impl Target {
    /// All targets.
    pub const ALL: [Target; 7] =
        [Target::Rust, Target::Typescript, Target::Duckdb, Target::Postgres, Target::Spark, Target::Fhir, Target::Dmn];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Target::Rust => "rust",
            Target::Typescript => "typescript",
            Target::Duckdb => "duckdb",
            Target::Postgres => "postgres",
            Target::Spark => "spark",
            Target::Fhir => "fhir",
            Target::Dmn => "dmn",
        }
    }
}

/// What a user can choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address under which FHIR and DMN name what they hold, without a last `/`.
    pub canonical: String,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { canonical: "https://example.org/forlop".to_owned() }
    }
}

/// One emitted file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path in the folder that is written to, with `/` between folders.
    pub path: String,
    /// Its content, with a last newline.
    pub text: String,
}

/// What a target cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why, for people.
    pub message: Text,
    /// Where the specification says it.
    pub origin: Origin,
}

/// Writes the tables for a target. The same tables give the same files.
///
/// # Errors
/// Everything in the tables that the target cannot say, or what makes the runtime refuse them; then nothing is emitted.
pub fn emit(target: Target, tables: &Tables, settings: &Settings) -> Result<Vec<File>, Vec<Refusal>> {
    if let (Err(error), Some(first)) = (Evaluator::new(tables), tables.pathways.first()) {
        return Err(vec![Refusal { message: error.text().clone(), origin: first.origin.clone() }]);
    }
    match target {
        Target::Rust => Ok(rust::emit(tables)),
        Target::Typescript => Ok(typescript::emit(tables)),
        Target::Duckdb => sql::emit(tables, sql::Dialect::Duckdb),
        Target::Postgres => sql::emit(tables, sql::Dialect::Postgres),
        Target::Spark => sql::emit(tables, sql::Dialect::Spark),
        Target::Fhir => fhir::emit(tables, settings),
        Target::Dmn => dmn::emit(tables, settings),
    }
}
