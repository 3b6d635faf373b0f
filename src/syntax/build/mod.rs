//! From pest's pairs to the tree. A function gives `None` when its piece has a finding and cannot be used.

mod condition;
mod content;
mod example;
mod formula;
mod indicator;
mod limits;
mod list;
mod parts;
mod pathway;
mod routes;
mod template;
mod value;

use pest::iterators::Pairs;

use super::{
    MAX_FINDINGS,
    draft::Draft,
    explain::explain,
    grammar::Rule,
    tokens::token,
    tree::{Broken, Statement, TopItem, Tree},
};
use crate::{
    diagnostic::{Code, Finding},
    lang::Text,
    source::{FileId, Place, Span},
    text,
};
use parts::{Node, Parts};

/// A finding, the piece that it is about, and the change that would let the parser read on.
pub(super) struct Problem {
    pub(super) finding: Finding,
    pub(super) piece: Span,
    pub(super) fix: Option<(Span, String)>,
}

/// Builds the tree and gathers the problems.
pub(super) struct Builder<'a> {
    draft: &'a Draft<'a>,
    file: FileId,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(draft: &'a Draft<'a>, file: FileId) -> Self {
        Builder { draft, file, problems: Vec::new() }
    }

    /// The whole file.
    pub(super) fn file(&mut self, pairs: Pairs<'a, Rule>) -> Tree {
        let mut items = Vec::new();
        for node in Parts::of(pairs, Rule::file, self.draft).flat_map(Node::parts) {
            match node.rule() {
                Rule::import => items.extend(node.parts().label().map(TopItem::Import)),
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
            match node.rule() {
                Rule::variant => self.variant(node, &mut body),
                Rule::bad_statement => body.push(Statement::Broken(self.bad(&node))),
                _ => body.push(self.statement(&node).unwrap_or_else(|| Statement::Broken(node.broken()))),
            }
        }
        body
    }

    fn statement(&mut self, node: &Node) -> Option<Statement> {
        let rule = node.rule();
        let mut parts = node.clone().parts();
        Some(match rule {
            Rule::phase_decl => Statement::PhaseDecl { name: parts.name()?, label: parts.label()? },
            Rule::code => Statement::Code(self.code(parts)?),
            Rule::group => Statement::Group { name: parts.name()?, codes: parts.names()? },
            Rule::interval => Statement::Interval(template::interval(parts)?),
            Rule::order_rule => Statement::Rule(self.rule(parts)?),
            Rule::indicator => Statement::Indicator(self.indicator(parts)?),
            Rule::withdrawn => self.withdrawn(parts)?,
            Rule::source => Statement::Source(self.source(parts)?),
            Rule::disease => Statement::Disease(parts.label()?),
            Rule::status => Statement::Status(parts.name()?),
            Rule::version => Statement::Version(parts.label()?),
            Rule::validity => Statement::Validity(self.validity(&mut parts)?, node.span()),
            Rule::former => Statement::Former(self.former(parts)?),
            Rule::computed => Statement::Computed(self.computed(parts)?),
            Rule::fact => Statement::Fact(pathway::fact(parts)?),
            Rule::limits => Statement::Limits(self.limits(parts)?),
            Rule::phase => Statement::Phase(self.phase(parts)?),
            Rule::example => Statement::Example(self.example(parts)?),
            _ => Statement::Content(self.content(node)?),
        })
    }

    /// Fills in what can be written once.
    fn once<T>(&mut self, slot: &mut Option<T>, part: &Node, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<()> {
        if slot.is_some() {
            let word = token(part.text(), 0);
            let message = text!("«{word}» står to ganger", "«{word}» is written twice");
            self.find(Code::Syntax, part.span(), message, Some(text!("Slett den ene.", "Delete one of them.")));
            return None;
        }
        *slot = Some(read(self)?);
        Some(())
    }

    /// A piece that could not be read.
    fn bad(&mut self, node: &Node) -> Broken {
        if !node.continues_bad() && self.problems.len() <= MAX_FINDINGS {
            let explanation = explain(self.draft, node.rereads(), node.before(), node.in_draft());
            let place = Place { file: self.file, span: explanation.span };
            let mut finding = Finding::new(explanation.code, place, explanation.message);
            finding.help = explanation.help;
            self.problems.push(Problem { finding, piece: node.span(), fix: explanation.fix });
        }
        node.broken()
    }

    /// The file that could not be read at all.
    pub(super) fn unread(&mut self) {
        let end = self.draft.original.len();
        self.find(Code::Syntax, Span::new(0, end), text!("Fila kan ikke leses", "The file cannot be read"), None);
    }

    fn find(&mut self, code: Code, span: Span, message: Text, help: Option<Text>) {
        if self.problems.len() <= MAX_FINDINGS {
            let mut finding = Finding::new(code, Place { file: self.file, span }, message);
            finding.help = help;
            self.problems.push(Problem { finding, piece: span, fix: None });
        }
    }
}
