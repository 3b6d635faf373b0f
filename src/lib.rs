//! forlop: a language, compiler and runtime for patient pathways.
//!
//! Text becomes a tree (`syntax`), the tree becomes checked rule tables (`check`, [`tables`]), and the tables judge
//! patients' coded events (`runtime`). With `default-features = false, features = ["runtime"]` only the last two are built.

#[cfg(feature = "compiler")]
pub mod cases;
#[cfg(feature = "compiler")]
mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "compiler")]
pub mod compile;
#[cfg(feature = "compiler")]
pub mod diagnostic;
#[cfg(feature = "compiler")]
pub mod diff;
#[cfg(feature = "cli")]
mod digits;
#[cfg(feature = "emit")]
pub mod emit;
#[cfg(feature = "input")]
pub mod input;
pub mod lang;
#[cfg(feature = "compiler")]
pub mod prove;
#[cfg(feature = "report")]
pub mod report;
pub mod runtime;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "simulate")]
pub mod simulate;
#[cfg(feature = "compiler")]
pub mod source;
#[cfg(feature = "compiler")]
pub mod syntax;
pub mod tables;

pub use chrono;
