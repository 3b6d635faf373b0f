//! Text to tree: the pest grammar, several errors per file.

mod build;
mod format;
mod grammar;
mod prose;
pub mod tree;
mod words;

use pest::Parser;

use crate::{
    diagnostic::Finding,
    source::{File, FileId},
};
use build::Builder;
pub use format::{NotFormatted, format};
use grammar::{ForlopParser, Rule};

/// The tree of a file, and every syntax error in it by place. What cannot be read is [`tree::Broken`] and has its finding; all else
/// is in the tree.
pub fn parse(file: &File, id: FileId) -> (tree::Tree, Vec<Finding>) {
    let mut builder = Builder::new(id);
    let tree = match ForlopParser::parse(Rule::file, &file.text) {
        Ok(pairs) => builder.file(pairs),
        Err(_) => tree::Tree::default(),
    };
    (tree, builder.findings)
}
