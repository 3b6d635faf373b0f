//! Text to tree: the pest grammar, several errors per file.

pub mod tree;
