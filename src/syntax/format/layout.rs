//! Writing tokens in canonical layout.
//!
//! A statement begins a line. A clause begins a line where the author broke before it, or where it would not fit; so a
//! file that is laid out stays as it is. A block begins lines of its own unless the author wrote it on one line and it is
//! short and plain.

use super::tokens::{Gap, Start, Token};
use crate::syntax::grammar::Rule;

/// The widest line that is not broken.
const WIDTH: usize = 120;
/// The indentation of a block in its statement, and of a clause that begins a line. A clause before the block of its
/// statement is indented twice, so that it is not taken for a part of the block.
const STEP: usize = 2;

/// The text of a file.
pub(super) fn write(tokens: &[Token]) -> String {
    let mut layout = Layout { tokens, ..Layout::default() };
    for (at, token) in tokens.iter().enumerate() {
        layout.token(at, token);
    }
    layout.out
}

#[derive(Default)]
struct Layout<'t, 'i> {
    tokens: &'t [Token<'i>],
    out: String,
    /// The columns of the current line that are taken.
    column: usize,
    /// The indentation of the current line.
    line: usize,
    /// The indentation of the current statement.
    statement: usize,
    /// The blocks that are open.
    blocks: Vec<Block>,
    /// Whether no line has begun since a `{`.
    opened: bool,
}

struct Block {
    /// The indentation of the statement that it is a part of.
    statement: usize,
    /// Whether it stands on that line.
    flat: bool,
}

impl Layout<'_, '_> {
    fn token(&mut self, at: usize, token: &Token) {
        let (flat, inner) = self.blocks.last().map_or((false, 0), |block| (block.flat, block.statement + STEP));
        let closed = if token.rule == Rule::rbrace { self.blocks.pop() } else { None };
        // Between statements stand blank lines too.
        let between = !flat && (closed.is_some() || token.start == Start::Statement || token.rule == Rule::EOI);
        let breaks = !between && !flat && self.breaks(at, token);
        let indent = match between {
            true => inner,
            false if breaks || !token.comments.is_empty() => self.statement + self.clause(at),
            false => self.statement,
        };
        for comment in &token.comments {
            if comment.gap == Gap::Space && !self.out.is_empty() {
                self.write(1, comment.text);
            } else {
                self.begin(indent, between && comment.gap == Gap::Blank);
                self.write(0, comment.text);
            }
        }
        match &closed {
            _ if token.rule == Rule::EOI => {}
            Some(block) if between => self.begin(block.statement, false),
            _ if between => self.begin(inner, token.gap == Gap::Blank),
            _ if breaks => self.begin(indent, false),
            _ => self.write(token.space, ""),
        }
        if token.start == Start::Statement && between {
            self.statement = inner;
        }
        match token.rule {
            Rule::EOI if self.out.is_empty() => {}
            Rule::EOI => self.out.push('\n'),
            Rule::prose => self.prose(&token.text),
            Rule::lbrace => {
                let flat = self.flat(at);
                self.blocks.push(Block { statement: self.statement, flat });
                self.opened = !flat;
                self.write(0, "{");
            }
            _ => self.write(0, &token.text),
        }
        if let Some(block) = closed {
            self.statement = block.statement;
        }
    }

    /// The indentation, in its statement, of a clause that begins a line.
    fn clause(&self, at: usize) -> usize {
        let rest = self.tokens.get(at..).unwrap_or_default().iter().enumerate();
        let mut inside = rest.skip(1).take_while(|(_, token)| token.start != Start::Statement);
        let opens = inside.any(|(after, token)| token.rule == Rule::lbrace && !self.flat(at + after));
        if opens { 2 * STEP } else { STEP }
    }

    /// Whether a token inside a statement begins a line.
    fn breaks(&self, at: usize, token: &Token) -> bool {
        let clause = match token.start {
            Start::Clause(level) => token.gap > Gap::Space || !self.fits(at, level),
            _ => false,
        };
        clause || !token.comments.is_empty()
    }

    /// Whether a clause fits on the current line and is not broken inside.
    fn fits(&self, clause: usize, level: usize) -> bool {
        let mut column = self.column;
        let mut at = clause;
        while let Some(token) = self.tokens.get(at) {
            if at > clause {
                match token.start {
                    _ if !token.comments.is_empty() || matches!(token.rule, Rule::rbrace | Rule::EOI) => return true,
                    Start::Statement => return true,
                    Start::Clause(next) if next <= level => return true,
                    Start::Clause(_) if token.gap > Gap::Space => return false,
                    _ => {}
                }
            }
            let end = if token.rule == Rule::lbrace && self.flat(at) { token.close } else { at };
            column += self.width(at, end);
            if column > WIDTH {
                return false;
            }
            if end == at && matches!(token.rule, Rule::lbrace | Rule::prose) {
                return true;
            }
            at = end + 1;
        }
        true
    }

    /// Whether a block stays on the line that opens it: written so, with one statement or values with commas, no comment and
    /// no block, and fitting there.
    fn flat(&self, open: usize) -> bool {
        let Some(block) = self.tokens.get(open).and_then(|token| self.tokens.get(open..=token.close)) else {
            return false;
        };
        let plain = block.windows(2).all(|pair| match pair {
            [before, token] => {
                token.comments.is_empty()
                    && token.gap == Gap::Space
                    && !matches!(token.rule, Rule::lbrace | Rule::prose)
                    && (token.start != Start::Statement || matches!(before.rule, Rule::lbrace | Rule::comma))
            }
            _ => false,
        });
        // If all else fails, the clause that it is in begins a line.
        let begins = |at: &usize| self.tokens.get(*at).is_some_and(|token| token.start != Start::Inside);
        let clause = (0..=open).rev().find(begins).unwrap_or_default();
        let indent = match self.tokens.get(clause).map(|token| token.start) {
            Some(Start::Clause(_)) => self.statement + 2 * STEP,
            _ => self.statement,
        };
        plain && indent + self.width(clause, open + block.len() - 1) <= WIDTH + 1
    }

    /// The columns that tokens take on one line, with the space before them.
    fn width(&self, first: usize, last: usize) -> usize {
        self.tokens.get(first..=last).unwrap_or_default().iter().map(|token| token.space + token.width()).sum()
    }

    /// Begins a line, perhaps with a blank one before it, but none at the start of a block or file.
    fn begin(&mut self, indent: usize, blank: bool) {
        if !self.out.is_empty() {
            self.out.push_str(if blank && !self.opened { "\n\n" } else { "\n" });
        }
        self.opened = false;
        (self.line, self.column) = (indent, 0);
        self.write(indent, "");
    }

    fn write(&mut self, space: usize, text: &str) {
        self.out.extend(std::iter::repeat_n(' ', space));
        self.out.push_str(text);
        self.column += space + text.chars().count();
    }

    /// Prose with the indentation of its statement.
    fn prose(&mut self, markdown: &str) {
        self.write(0, "\"\"\"");
        let indent = self.line;
        for line in markdown.lines().chain(["\"\"\""]) {
            if line.is_empty() {
                self.out.push('\n');
            } else {
                self.begin(indent, false);
                self.write(0, line);
            }
        }
    }
}
