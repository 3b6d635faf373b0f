//! A first look at the text for what would hide the rest of the file: brackets, quotes and characters that nobody sees.
//! Each has its finding and is mended, so that pest can read on.

use super::{
    MAX_FINDINGS,
    brackets::brackets,
    draft::Edits,
    words::{continues, is_statement},
};
use crate::{
    diagnostic::{Code, Finding},
    lang::Text,
    source::{FileId, Place, Span},
    text,
};

/// How far a quotation mark of another kind is looked for, in bytes.
const NEAR: usize = 1024;
/// The most lines that a text is followed over.
const MOST_LINES: usize = 5;

/// What the first look finds, and how to mend it.
pub(super) fn scan(text: &str, file: FileId) -> (Vec<Finding>, Edits) {
    let mut scan = Scan { text, file, findings: Vec::new(), edits: Edits::default() };
    let marks = scan.marks();
    brackets(&mut scan, &marks);
    (scan.findings, scan.edits)
}

/// A bracket outside texts and comments, the first word of a line if it begins a statement, or the end of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'a> {
    pub(super) at: usize,
    /// The bracket or the word; nothing at the end.
    pub(super) text: &'a str,
    /// How far its line is indented.
    pub(super) indent: usize,
    /// Whether it is the first on its line.
    pub(super) first: bool,
    /// The end of what stands before it.
    pub(super) after: usize,
}

pub(super) struct Scan<'a> {
    text: &'a str,
    file: FileId,
    findings: Vec<Finding>,
    pub(super) edits: Edits,
}

impl<'a> Scan<'a> {
    pub(super) fn find(&mut self, code: Code, span: Span, message: Text, help: Text) {
        if self.findings.len() > MAX_FINDINGS {
            return;
        }
        self.findings.push(Finding::new(code, Place { file: self.file, span }, message).help(help));
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The rest of the line.
    pub(super) fn line(&self, at: usize) -> &'a str {
        let rest = self.rest(at);
        rest.get(..rest.find(['\n', '\r']).unwrap_or(rest.len())).unwrap_or_default()
    }

    /// The rest of the line, or the first of it.
    fn near(&self, at: usize) -> &'a str {
        let rest = self.rest(at);
        rest.get(..rest.floor_char_boundary(NEAR)).and_then(|near| near.lines().next()).unwrap_or_default()
    }

    /// Every bracket, in order. Texts and comments are passed over, and mended where they do not end.
    fn marks(&mut self) -> Vec<Mark<'a>> {
        let mut marks = Vec::new();
        let (mut at, mut line_start, mut indent, mut after) = (0, 0, 0, 0);
        let mut blank = true;
        while let Some(c) = self.rest(at).chars().next().filter(|_| self.findings.len() <= MAX_FINDINGS) {
            let mut end = at + c.len_utf8();
            match c {
                '\n' | '\r' => (line_start, blank) = (end, true),
                c if is_space(c) || c == '\u{feff}' && at == 0 => {}
                c if is_hidden(c) => end = self.hidden(at),
                _ => {
                    let first = std::mem::take(&mut blank);
                    let word = first_word(self.rest(at));
                    end = end.max(at + word.len());
                    if first {
                        indent = self.text.get(line_start..at).map_or(0, |space| space.chars().count());
                        if is_statement(word) {
                            marks.push(Mark { at, text: word, indent, first: true, after });
                        }
                    }
                    match c {
                        '#' => end = self.comment(at),
                        '"' if self.rest(at).starts_with("\"\"\"") => end = self.prose(at, indent),
                        '"' | '“' | '”' | '„' | '«' => end = self.string(at, c),
                        '{' | '}' | '(' | ')' => {
                            let text = self.text.get(at..end).unwrap_or_default();
                            marks.push(Mark { at, text, indent, first, after });
                        }
                        _ => {}
                    }
                    if c != '#' {
                        after = end;
                    }
                }
            }
            at = end;
        }
        marks.push(Mark { at, text: "", indent: 0, first: false, after });
        marks
    }

    fn comment(&mut self, at: usize) -> usize {
        let end = at + self.line(at).len();
        self.hidden_in(at, end);
        end
    }

    /// The quotation mark that ends a text, whichever kind it is.
    fn closing(&self, open: usize, quote: char) -> Option<Span> {
        let rest = self.rest(open);
        let straight = rest
            .find(['"', '\n', '\r'])
            .filter(|at| quote == '"' && rest.get(*at..).is_some_and(|rest| rest.starts_with('"')));
        let length = straight.or_else(|| self.near(open).find(['"', '”', '“', '»']))?;
        let mark = rest.get(length..)?.chars().next()?;
        Some(Span::new(open + length, open + length + mark.len_utf8()))
    }

    /// A text in quotes; gives its end.
    fn string(&mut self, at: usize, quote: char) -> usize {
        let open = at + quote.len_utf8();
        let closing = self.closing(open, quote);
        if closing.is_none()
            && let Some(end) = self.broken_line(at, open, quote)
        {
            return end;
        }
        let Span { start: close, end } = closing.unwrap_or_else(|| {
            let line = if quote == '"' { self.line(open) } else { self.near(open) };
            let close = open + unclosed_length(line);
            Span::new(close, close)
        });
        if quote == '"' && end == close + 1 {
            self.hidden_in(open, close);
            return end;
        }
        if quote != '"' {
            self.edits.add(Span::new(at, open), "\"");
        }
        self.edits.add(Span::new(close, end), "\"");
        self.hidden_in(open, close);
        if closing.is_some() {
            let message = text!(
                "Teksten står mellom feil slags anførselstegn",
                "The text stands between the wrong kind of quotation marks"
            );
            let help = text!("Bruk rette anførselstegn: \"…\".", "Use straight quotation marks: \"…\".");
            self.find(Code::Syntax, Span::new(at, end), message, help);
        } else {
            let message = text!("Teksten har bare ett anførselstegn", "The text has only one quotation mark");
            let help = text!(
                "Sett \" både der teksten begynner og der den slutter.",
                "Put \" both where the text begins and where it ends."
            );
            self.find(Code::UnclosedText, Span::new(at, close), message, help);
        }
        end
    }

    /// A text that goes on over line breaks; gives its end if it is one.
    fn broken_line(&mut self, at: usize, open: usize, quote: char) -> Option<usize> {
        let mut next = open + self.line(open).len();
        for _ in 0..MOST_LINES {
            let rest = self.rest(next).trim_start_matches(['\n', '\r']);
            let start = self.text.len() - rest.len();
            let line = self.line(start);
            let quotes = line.matches('"').count();
            if quote != '"'
                || line.is_empty()
                || is_statement(first_word(line.trim_start()))
                || quotes > 0 && quotes.is_multiple_of(2)
            {
                return None;
            }
            if let Some(length) = line.find('"') {
                let close = start + length;
                for (offset, line_break) in self.text.get(open..close)?.match_indices(['\n', '\r']) {
                    self.edits.add(Span::new(open + offset, open + offset + line_break.len()), " ");
                }
                self.hidden_in(open, close);
                let message = text!("Teksten går over flere linjer", "The text goes over several lines");
                let help = text!("Skriv den på én linje.", "Write it on one line.");
                self.find(Code::UnclosedText, Span::new(at, close + 1), message, help);
                return Some(close + 1);
            }
            next = start + line.len();
        }
        None
    }

    /// Prose; gives its end.
    fn prose(&mut self, at: usize, indent: usize) -> usize {
        let open = at + 3;
        if let Some(length) = self.rest(open).find("\"\"\"") {
            let close = open + length;
            let body = self.text.get(open..close).unwrap_or_default();
            let last = body.rfind('\n').and_then(|newline| body.get(newline..));
            // The quotes that would close it open the next prose.
            if !last.is_some_and(opens_prose) {
                self.hidden_in(open, close);
                return close + 3;
            }
        }
        let mut close = open + self.line(open).len();
        let mut next = close;
        loop {
            // Over the line break.
            let Some(start) = self.rest(next).find(|c| c != '\r' && c != '\n').map(|skip| next + skip) else {
                close = self.text.trim_end().len().max(open);
                break;
            };
            let line = self.line(start);
            let depth = line.chars().take_while(|c| is_space(*c)).count();
            let content = line.trim_start();
            let ends = depth <= indent && (content.starts_with('}') || is_statement(first_word(content)));
            if ends {
                break;
            }
            next = start + line.len();
            if !content.is_empty() {
                close = start + line.trim_end().len();
            }
        }
        self.edits.add(Span::new(close, close), "\"\"\"");
        self.hidden_in(open, close);
        let message = text!("Teksten som begynner her, slutter ikke", "The text that begins here does not end");
        let help = text!("Sett \"\"\" der teksten slutter.", "Put \"\"\" where the text ends.");
        self.find(Code::UnclosedText, Span::new(at, open), message, help);
        close
    }

    /// Characters that nobody sees, as many as stand together; gives their end.
    fn hidden(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let end = at + rest.find(|c| !is_hidden(c)).unwrap_or(rest.len());
        let which: Vec<_> =
            rest.chars().take_while(|c| is_hidden(*c)).take(3).map(|c| format!("U+{:04X}", c as u32)).collect();
        let which = which.join(" ");
        self.edits.add(Span::new(at, end), "");
        let message =
            text!("Her står et usynlig tegn ({which})", "There is a character here that nobody can see ({which})");
        let help = text!("Slett det, eller skriv linja på nytt.", "Delete it, or write the line again.");
        self.find(Code::HiddenCharacter, Span::new(at, end), message, help);
        end
    }

    fn hidden_in(&mut self, mut at: usize, end: usize) {
        // Joiners belong to emoji and to some scripts.
        let unwanted = |c| is_hidden(c) && !matches!(c, '\u{200c}' | '\u{200d}');
        while let Some(found) = self.text.get(at..end).and_then(|piece| piece.find(unwanted)) {
            at = self.hidden(at + found);
        }
    }
}

/// Whether a line up to its `"""` says that prose begins there.
fn opens_prose(line: &str) -> bool {
    let Some(rest) = line.trim().strip_prefix("tekst") else { return false };
    let rest = rest.trim();
    rest.is_empty() || rest.len() > 1 && rest.starts_with('"') && rest.ends_with('"')
}

/// How much of a line is the text whose end is missing: up to what looks like the rest of the statement.
fn unclosed_length(line: &str) -> usize {
    let brace = line
        .match_indices('{')
        .map(|(at, _)| at)
        .find(|at| line.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(is_space)));
    line.get(..brace.unwrap_or(line.len())).unwrap_or_default().trim_end().len()
}

fn first_word(line: &str) -> &str {
    line.get(..line.find(|c: char| !continues(c)).unwrap_or(line.len())).unwrap_or_default()
}

/// The spaces that the grammar passes over, and tab.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}')
}

fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r');
    }
    let space = c.is_whitespace() && !is_space(c);
    space
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
