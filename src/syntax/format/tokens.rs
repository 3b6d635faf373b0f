//! The tokens of a file: each with the comments before it and what may begin with it.

use std::borrow::Cow;

use super::{Node, text};
use crate::syntax::grammar::Rule;

/// One word, mark or text, and what stands between it and the one before.
pub(super) struct Token<'i> {
    pub(super) rule: Rule,
    /// What is written; of prose, the Markdown.
    pub(super) text: Cow<'i, str>,
    /// The comments before it.
    pub(super) comments: Vec<Comment<'i>>,
    /// The space between it and its last comment, or the token before.
    pub(super) gap: Gap,
    /// What it begins.
    pub(super) start: Start,
    /// The spaces before it, unless it begins a line.
    pub(super) space: usize,
    /// Of `{`: the place of its `}`.
    pub(super) close: usize,
    /// The cell of a table row that it begins.
    cell: Option<usize>,
}

/// A comment and the space before it.
pub(super) struct Comment<'i> {
    pub(super) text: &'i str,
    pub(super) gap: Gap,
}

/// The space that the author left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// On the same line.
    Space,
    /// On the next.
    Line,
    /// Further down.
    Blank,
}

/// What a token begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// A statement, or a row or value of a block.
    Statement,
    /// A part of a statement that can stand on a line of its own. A lower number binds looser.
    Clause(usize),
    /// Nothing.
    Inside,
}

impl Token<'_> {
    /// Columns that it takes on its first line.
    pub(super) fn width(&self) -> usize {
        if self.rule == Rule::prose { 3 } else { self.text.chars().count() }
    }
}

/// All tokens of a file; the last is its end.
pub(super) fn tokens<'i>(file: Node<'i>, text: &'i str) -> Vec<Token<'i>> {
    let mut reader = Reader { text, end: 0, tokens: Vec::new(), open: Vec::new(), start: Start::Inside };
    reader.node(file, 0);
    reader.tokens
}

struct Reader<'i> {
    text: &'i str,
    /// The end of the latest token.
    end: usize,
    tokens: Vec<Token<'i>>,
    /// The places of the `{` that are open.
    open: Vec<usize>,
    /// What the next token begins.
    start: Start,
}

impl<'i> Reader<'i> {
    /// Takes the tokens of a node inside this many conditions and expressions. The parser bounds how deep nodes are.
    fn node(&mut self, node: Node<'i>, mut depth: usize) {
        let rule = node.as_rule();
        let first = self.tokens.len();
        depth += usize::from(matches!(rule, Rule::condition | Rule::expression));
        let mut in_block = rule == Rule::file;
        let mut leaf = true;
        let mut cell = 0;
        for (at, part) in node.clone().into_inner().enumerate() {
            leaf = false;
            let part_rule = part.as_rule();
            if self.start == Start::Inside {
                self.start = match part_rule {
                    Rule::rbrace | Rule::comma | Rule::EOI => Start::Inside,
                    _ if in_block => Start::Statement,
                    _ => self.clause(rule, part_rule, depth),
                };
            }
            let begin = self.tokens.len();
            self.node(part, depth);
            if let Some(begins) = next_cell(rule, part_rule, at, cell)
                && let Some(token) = self.tokens.get_mut(begin)
            {
                cell = begins;
                token.cell = Some(cell);
            }
            // The `{` may stand in the opening line, which is a node of its own.
            in_block |= self.tokens.last().is_some_and(|token| token.rule == Rule::lbrace);
        }
        if leaf {
            self.token(&node);
        }
        if rule == Rule::limits {
            align(self.tokens.get_mut(first..).unwrap_or_default());
        }
    }

    fn token(&mut self, node: &Node<'i>) {
        let rule = node.as_rule();
        let (comments, gap) = gap(self.text.get(self.end..node.as_span().start()).unwrap_or_default());
        self.end = node.as_span().end();
        let here = self.tokens.len();
        match rule {
            Rule::lbrace => self.open.push(here),
            Rule::rbrace => {
                if let Some(open) = self.open.pop().and_then(|open| self.tokens.get_mut(open)) {
                    open.close = here;
                }
            }
            _ => {}
        }
        let tight = match (self.last(), rule) {
            (_, Rule::comma | Rule::colon | Rule::rparen) | (Some(Rule::lparen), _) => true,
            (before, _) => before == Some(Rule::lbrace) && rule == Rule::rbrace,
        };
        let start = std::mem::replace(&mut self.start, Start::Inside);
        self.tokens.push(Token {
            rule,
            text: text(node),
            comments,
            gap,
            start,
            space: usize::from(!tight),
            close: here,
            cell: None,
        });
    }

    fn last(&self) -> Option<Rule> {
        self.tokens.last().map(|token| token.rule)
    }

    /// Whether a part of a statement is a clause.
    fn clause(&self, whole: Rule, part: Rule, depth: usize) -> Start {
        let clause = match (whole, part) {
            (_, Rule::when | Rule::note | Rule::sum | Rule::treatments | Rule::repeats | Rule::rule_body) => true,
            (
                _,
                Rule::indicator_option
                | Rule::item_option
                | Rule::criteria_option
                | Rule::judged_by
                | Rule::item_need
                | Rule::outcome,
            ) => true,
            (Rule::interval, Rule::kw_fra) | (Rule::code, Rule::kw_i | Rule::validity) => true,
            (Rule::computed, Rule::quantity | Rule::eq) => true,
            (Rule::occasion, Rule::code_date) | (Rule::dated, Rule::kw_ved) => true,
            (Rule::fact_type, part) => part != Rule::choice,
            (Rule::criteria_open, Rule::eq) | (Rule::criteria_item, Rule::condition | Rule::nested) => true,
            (Rule::responsibility, Rule::kw_for) => true,
            (Rule::link, Rule::string) => self.last() == Some(Rule::string),
            // A list that is too long fills lines.
            (Rule::names, Rule::name) if self.last() == Some(Rule::comma) => return Start::Clause(usize::MAX),
            (Rule::condition, Rule::kw_eller) | (Rule::expression, Rule::plus | Rule::minus) => {
                return Start::Clause(2 * depth);
            }
            (Rule::all, Rule::kw_og) | (Rule::term, Rule::times | Rule::divide) => return Start::Clause(2 * depth + 1),
            _ => false,
        };
        if clause { Start::Clause(1) } else { Start::Inside }
    }
}

/// Cells of a limit: interval, treatment, amount, options.
const CELLS: usize = 4;

/// The cell that a part of a limit begins, by its place and the cell before.
fn next_cell(whole: Rule, part: Rule, at: usize, cell: usize) -> Option<usize> {
    match (whole, part) {
        (Rule::limit_key, Rule::name) if at > 0 => Some(1),
        (Rule::limit, Rule::limit_form) => Some(2),
        (Rule::limit, Rule::limit_option) if cell == 2 => Some(3),
        _ => None,
    }
}

/// Aligns the columns of a table of limits. Rows with comments inside stand as they are.
fn align(table: &mut [Token]) {
    let end = table.len().saturating_sub(1);
    let opening = table.iter().position(|token| token.rule == Rule::lbrace).map_or(end, |open| open + 1);
    let Some(rows) = table.get_mut(opening..end) else { return };
    let whole = |row: &&mut [Token]| row.iter().skip(1).all(|token| token.comments.is_empty());
    let by_row = |_: &Token, next: &Token| next.start != Start::Statement;

    let mut widths = [0; CELLS];
    for row in rows.chunk_by_mut(by_row).filter(whole) {
        let mut cell = 0;
        let mut width = 0;
        for (at, token) in row.iter().enumerate() {
            let begins = token.cell.is_some() || at == 0;
            cell = token.cell.unwrap_or(cell);
            width = if begins { 0 } else { width + token.space } + token.width();
            if let Some(widest) = widths.get_mut(cell) {
                *widest = width.max(*widest);
            }
        }
    }
    let column = |cell: usize| widths.iter().take(cell).filter(|width| **width > 0).map(|width| width + 1).sum();
    for row in rows.chunk_by_mut(by_row).filter(whole) {
        let mut end: usize = 0;
        for (at, token) in row.iter_mut().enumerate() {
            if let Some(cell) = token.cell {
                token.space = usize::saturating_sub(column(cell), end);
            }
            end += if at == 0 { 0 } else { token.space } + token.width();
        }
    }
}

/// The comments between two tokens, and the space after the last of them.
fn gap(text: &str) -> (Vec<Comment<'_>>, Gap) {
    let mut comments = Vec::new();
    let mut rest = text;
    while let Some((space, comment)) = rest.find('#').and_then(|at| rest.split_at_checked(at)) {
        let end = comment.find(['\n', '\r']).unwrap_or(comment.len());
        let (comment, after) = comment.split_at_checked(end).unwrap_or((comment, ""));
        comments.push(Comment { text: comment.trim_end(), gap: Gap::of(space) });
        rest = after;
    }
    (comments, Gap::of(rest))
}

impl Gap {
    fn of(space: &str) -> Gap {
        match space.replace("\r\n", "\n").matches(['\n', '\r']).count() {
            0 => Gap::Space,
            1 => Gap::Line,
            _ => Gap::Blank,
        }
    }
}
