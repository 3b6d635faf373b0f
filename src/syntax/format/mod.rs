//! Canonical layout: the words and comments of a file keep their order, and only the space between them changes.

mod layout;
mod tokens;

use std::borrow::Cow;

use pest::{Parser, iterators::Pair};

use super::{
    grammar::{ForlopParser, Rule},
    parse,
    prose::markdown,
};
use crate::{
    diagnostic::{Finding, Severity},
    source::{File, FileId},
};
use tokens::{Token, tokens};

type Node<'i> = Pair<'i, Rule>;

/// Why a file has no canonical layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFormatted {
    /// It has syntax errors; these are all its findings.
    Errors(Vec<Finding>),
    /// The layout would have changed what the file says. A fault of this program, noticed in time.
    Changed,
}

/// The text of a file in canonical layout. It is read again before it is handed out: it says the same, comments too.
pub fn format(file: &File, id: FileId) -> Result<String, NotFormatted> {
    let (_, findings) = parse(file, id);
    if findings.iter().any(|finding| finding.severity() == Severity::Error) {
        return Err(NotFormatted::Errors(findings));
    }
    let written = read(&file.text).ok_or(NotFormatted::Changed)?;
    let layout = layout::write(&written);
    let read = read(&layout).ok_or(NotFormatted::Changed)?;
    if says(&written).eq(says(&read)) { Ok(layout) } else { Err(NotFormatted::Changed) }
}

fn read(text: &str) -> Option<Vec<Token<'_>>> {
    ForlopParser::parse(Rule::file, text).ok()?.next().map(|file| tokens(file, text))
}

/// What must not change: every token with its place in the grammar, and every comment.
fn says<'a>(tokens: &'a [Token]) -> impl Iterator<Item = (Rule, &'a str, tokens::Start, Vec<&'a str>)> {
    tokens.iter().map(|token| {
        let comments = token.comments.iter().map(|comment| comment.text).collect();
        (token.rule, &*token.text, token.start, comments)
    })
}

/// The text of a token; of prose, what it says.
fn text<'i>(node: &Node<'i>) -> Cow<'i, str> {
    match node.as_rule() {
        Rule::prose => markdown(node.as_str()).into(),
        _ => node.as_str().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, says};

    #[test]
    fn a_change_of_what_a_file_says_is_noticed() {
        fn same(one: &str, other: &str) -> bool {
            let (one, other) = (read(one).unwrap(), read(other).unwrap());
            says(&one).eq(says(&other))
        }
        let text = "mal m \"M\" {\n  gruppe g = A, B # ord\n}\n";
        assert!(same(text, "mal\nm \"M\" {gruppe g=A,B # ord\n\n\n}"));
        for (word, other) in [("A,", "C,"), ("B", "B, C"), ("\"M\"", "\"M \""), ("# ord", "# or"), ("# ord", "")] {
            assert!(!same(text, &text.replace(word, other)), "{word} to {other}");
        }
        assert!(!same(text, "mal m \"M\" { # ord\ngruppe g = A, B }"), "the comment stands elsewhere");
    }
}
