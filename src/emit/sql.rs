//! SQL: one query for the answers of each pathway and one for its indicators, over a table of events and one of facts.

use super::{File, Refusal};
use crate::tables::Tables;

/// Whose SQL is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Duckdb,
    Postgres,
    Spark,
}

pub(super) fn emit(_tables: &Tables, _dialect: Dialect) -> Result<Vec<File>, Vec<Refusal>> {
    Ok(Vec::new())
}
