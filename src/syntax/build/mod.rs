//! From pest's pairs to the tree. A function gives `None` when its piece has a finding and cannot be used.

mod condition;
mod content;
mod example;
mod limits;
mod parts;
mod pathway;
mod template;
mod value;

use pest::iterators::{Pair, Pairs};

use super::{
    grammar::Rule,
    tree::{Broken, Statement, TopItem, Tree},
};
use crate::{
    diagnostic::{Code, Finding},
    source::{FileId, Place, Span},
    text,
};
use parts::{Parts, span};

type Node<'i> = Pair<'i, Rule>;

/// Builds the tree and gathers the findings.
pub(super) struct Builder {
    file: FileId,
    pub(super) findings: Vec<Finding>,
}

impl Builder {
    pub(super) fn new(file: FileId) -> Self {
        Builder { file, findings: Vec::new() }
    }

    /// The whole file.
    pub(super) fn file(&mut self, pairs: Pairs<Rule>) -> Tree {
        let mut items = Vec::new();
        for node in pairs.flat_map(Pair::into_inner) {
            match node.as_rule() {
                Rule::import => items.extend(Parts::of(node).label().map(TopItem::Import)),
                Rule::template => self.template(node, &mut items),
                Rule::pathway => self.pathway(node, &mut items),
                Rule::bad_item => items.push(TopItem::Broken(self.bad(&node))),
                _ => {}
            }
        }
        Tree { items }
    }

    /// The statements of a block.
    fn body(&mut self, parts: Parts) -> Vec<Statement> {
        let mut body = Vec::new();
        for node in parts {
            match node.as_rule() {
                Rule::variant => self.variant(node, &mut body),
                Rule::bad_statement => body.push(Statement::Broken(self.bad(&node))),
                _ => {
                    let broken = broken(&node);
                    body.push(self.statement(node).unwrap_or(Statement::Broken(broken)));
                }
            }
        }
        body
    }

    fn statement(&mut self, node: Node) -> Option<Statement> {
        let rule = node.as_rule();
        let at = span(&node);
        let mut parts = Parts::of(node.clone());
        Some(match rule {
            Rule::phase_decl => Statement::PhaseDecl { name: parts.name()?, label: parts.label()? },
            Rule::code => Statement::Code(self.code(parts)?),
            Rule::group => Statement::Group { name: parts.name()?, codes: parts.names()? },
            Rule::interval => Statement::Interval(template::interval(parts)?),
            Rule::order_rule => Statement::Rule(self.rule(parts)?),
            Rule::source => Statement::Source(self.source(parts)?),
            Rule::disease => Statement::Disease(parts.label()?),
            Rule::status => Statement::Status(parts.name()?),
            Rule::version => Statement::Version(parts.label()?),
            Rule::validity => Statement::Validity(self.validity(&mut parts)?, at),
            Rule::fact => Statement::Fact(pathway::fact(parts)?),
            Rule::limits => Statement::Limits(self.limits(parts)?),
            Rule::phase => Statement::Phase(self.phase(parts)?),
            Rule::example => Statement::Example(self.example(parts)?),
            _ => Statement::Content(self.content(node)?),
        })
    }

    /// A piece that could not be read.
    fn bad(&mut self, node: &Node) -> Broken {
        let message = text!("Dette kan ikke leses", "This cannot be read");
        self.find(Code::Syntax, span(node), message);
        broken(node)
    }

    fn find(&mut self, code: Code, at: Span, message: crate::lang::Text) {
        self.findings.push(Finding::new(code, Place { file: self.file, span: at }, message));
    }
}

/// A piece that has its finding.
fn broken(node: &Node) -> Broken {
    let line = node.as_str().trim_start().lines().next().unwrap_or_default();
    let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let names = words.filter(|word| word.starts_with(|c: char| !c.is_numeric())).map(str::to_owned).collect();
    Broken { names, span: span(node) }
}
