//! Reading the parts of one pest pair in order.

use pest::iterators::Pairs;

use super::Node;
use crate::{
    source::Span,
    syntax::{
        grammar::Rule,
        tree::{At, Label, Name},
        words::Word,
    },
};

/// The parts of a node without its fixed words and marks.
pub(super) struct Parts<'i>(Pairs<'i, Rule>);

impl<'i> Parts<'i> {
    pub(super) fn of(node: Node<'i>) -> Self {
        Parts(node.into_inner())
    }

    pub(super) fn peek(&mut self) -> Option<Node<'i>> {
        while Word::of(self.0.peek()?.as_rule()).is_fixed() {
            self.0.next();
        }
        self.0.peek()
    }

    /// The next part, if it is of this rule.
    pub(super) fn get(&mut self, rule: Rule) -> Option<Node<'i>> {
        (self.peek()?.as_rule() == rule).then(|| self.0.next())?
    }

    /// The parts of the next part, if it is of this rule.
    pub(super) fn enter(&mut self, rule: Rule) -> Option<Parts<'i>> {
        self.get(rule).map(Parts::of)
    }

    pub(super) fn name(&mut self) -> Option<Name> {
        self.get(Rule::name).map(|node| name(&node))
    }

    /// `A, B, C`
    pub(super) fn names(&mut self) -> Option<Vec<Name>> {
        Some(self.enter(Rule::names)?.map(|node| name(&node)).collect())
    }

    /// A text in quotes.
    pub(super) fn label(&mut self) -> Option<Label> {
        self.get(Rule::string).map(|node| At { value: node.as_str().trim_matches('"').to_owned(), span: span(&node) })
    }

    /// The text in a part of its own: `utgiver "…"`.
    pub(super) fn label_in(&mut self, rule: Rule) -> Option<Label> {
        self.enter(rule)?.label()
    }
}

impl<'i> Iterator for Parts<'i> {
    type Item = Node<'i>;

    fn next(&mut self) -> Option<Node<'i>> {
        self.peek()?;
        self.0.next()
    }
}

/// Where a node is, without the space that pest counts to it when its last part is optional and missing.
pub(super) fn span(node: &Node) -> Span {
    let mut last = node.clone();
    while let Some(inner) = last.clone().into_inner().next_back() {
        last = inner;
    }
    Span::new(node.as_span().start(), last.as_span().end())
}

/// Whether one of the fixed words stands directly in a node.
pub(super) fn has(node: &Node, keyword: Rule) -> bool {
    node.clone().into_inner().any(|part| part.as_rule() == keyword)
}

/// A word as a name.
pub(super) fn name(node: &Node) -> Name {
    At { value: node.as_str().to_owned(), span: span(node) }
}
