//! Brackets that do not match. While a file's brackets match, its indentation means nothing; where they do not, it tells which
//! one is missing.

use std::collections::BTreeMap;

use super::{
    MAX_DEPTH,
    scan::{Mark, Scan},
    words::is_statement,
};
use crate::{diagnostic::Code, source::Span, text};

/// Finds and mends every bracket that has no partner.
pub(super) fn brackets<'a>(scan: &mut Scan<'a>, marks: &[Mark<'a>]) {
    let mut pairs = Pairs {
        scan,
        open: Vec::new(),
        headless: BTreeMap::new(),
        too_deep: None,
        balanced: balanced(marks),
        indented: marks.iter().any(|mark| is_statement(mark.text) && mark.indent > 0),
    };
    for mark in marks {
        pairs.read(*mark);
    }
}

/// Whether every `{` has its `}`, and no item of the file stands inside another.
fn balanced(marks: &[Mark]) -> bool {
    let mut depth = 0_usize;
    for mark in marks {
        match mark.text {
            "{" => depth += 1,
            "}" if depth == 0 => return false,
            "}" => depth -= 1,
            "mal" | "pakkeforløp" if depth > 0 => return false,
            _ => {}
        }
    }
    depth == 0
}

struct Pairs<'s, 'a> {
    scan: &'s mut Scan<'a>,
    /// The brackets that are open here.
    open: Vec<Mark<'a>>,
    /// By indentation: the latest statement that has opened no block.
    headless: BTreeMap<usize, Mark<'a>>,
    /// The first bracket that is too deep, and how many brackets are open from there.
    too_deep: Option<(Mark<'a>, usize)>,
    balanced: bool,
    indented: bool,
}

impl<'a> Pairs<'_, 'a> {
    fn read(&mut self, mark: Mark<'a>) {
        if let Some((start, depth)) = self.too_deep {
            self.too_deep = match mark.text {
                "{" | "(" => Some((start, depth + 1)),
                "}" | ")" if depth > 1 => Some((start, depth - 1)),
                "}" | ")" => {
                    self.cut(start, mark.at + 1);
                    None
                }
                _ if self.ends_too_deep(start, mark) => {
                    self.cut(start, mark.after);
                    while self.top().is_some_and(|top| self.ends_too_deep(top, mark)) {
                        self.mend(mark.after);
                    }
                    return self.read_after(mark);
                }
                _ => Some((start, depth)),
            };
            return;
        }
        self.read_after(mark);
    }

    /// Whether a bracket is open no longer at a statement or the end: the too deep ones have lost their partners.
    fn ends_too_deep(&self, open: Mark, mark: Mark) -> bool {
        mark.text.is_empty() || open.text == "(" || !self.balanced && self.indented && open.indent >= mark.indent
    }

    fn read_after(&mut self, mark: Mark<'a>) {
        self.too_deep = None;
        if mark.text != "(" && mark.text != ")" {
            while self.top().is_some_and(|top| top.text == "(") {
                self.close(mark.after);
            }
        }
        match mark.text {
            "{" | "(" => {
                self.headless.remove(&mark.indent);
                if self.open.len() < MAX_DEPTH { self.open.push(mark) } else { self.too_deep = Some((mark, 1)) }
            }
            ")" => match self.top() {
                Some(top) if top.text == "(" => _ = self.open.pop(),
                _ => self.stray(mark),
            },
            "}" => self.closer(mark),
            "" => {
                while !self.open.is_empty() {
                    self.close(mark.after);
                }
            }
            _ => self.statement(mark),
        }
    }

    fn top(&self) -> Option<Mark<'a>> {
        self.open.last().copied()
    }

    /// A statement stands deeper than the line that opens its block; if not, the block has ended before it.
    fn statement(&mut self, mark: Mark<'a>) {
        let item = matches!(mark.text, "mal" | "pakkeforløp");
        while !self.balanced && self.top().is_some_and(|top| item || self.indented && top.indent >= mark.indent) {
            self.close(mark.after);
        }
        self.headless.insert(mark.indent, mark);
    }

    fn closer(&mut self, mark: Mark<'a>) {
        let Some(top) = self.top() else { return self.stray(mark) };
        if !self.balanced && mark.first && self.indented && top.indent != mark.indent {
            if self.open.iter().any(|open| open.indent == mark.indent) {
                while self.top().is_some_and(|top| top.indent != mark.indent) {
                    self.close(mark.after);
                }
            } else if top.indent < mark.indent {
                return self.stray(mark);
            }
        }
        self.open.pop();
    }

    /// Closes the innermost open bracket at a place.
    fn mend(&mut self, at: usize) -> Option<Mark<'a>> {
        let open = self.open.pop()?;
        self.scan.edits.add(Span::new(at, at), if open.text == "(" { ")" } else { "}" });
        Some(open)
    }

    /// The innermost open bracket has no partner, which should have stood at a place.
    fn close(&mut self, at: usize) {
        let Some(open) = self.mend(at) else { return };
        let (message, help) = if open.text == "(" {
            (
                text!("Parentesen mangler «)»", "The bracket has no «)»"),
                text!("Sett «)» der parentesen slutter.", "Put «)» where what is in brackets ends."),
            )
        } else {
            (
                text!("Blokken som åpner her, mangler «}}»", "The block that opens here has no «}}»"),
                text!("Sett «}}» der blokken slutter.", "Put «}}» where the block ends."),
            )
        };
        self.scan.find(Code::UnclosedBracket, Span::new(open.at, open.at + 1), message, help);
    }

    /// A bracket that nothing opens: its opening is missing, or it is one too many.
    fn stray(&mut self, mark: Mark<'a>) {
        let after = self.top().map_or(0, |top| top.at);
        let head = self.headless.remove(&mark.indent).filter(|head| mark.text == "}" && head.at >= after && mark.first);
        if let Some(head) = head {
            let line = self.scan.line(head.at);
            let line = line.rsplit_once('#').map_or(line, |(code, note)| if note.contains('"') { line } else { code });
            let end = head.at + line.trim_end().len();
            self.scan.edits.add(Span::new(end, end), " {");
            let message = text!("Linja mangler «{{» til slutt", "The line has no «{{» at its end");
            let help = text!(
                "Blokken slutter med «}}» lenger nede; sett «{{» her.",
                "The block ends with «}}» further down; put «{{» here."
            );
            return self.scan.find(Code::StrayBracket, Span::new(head.at, end), message, help);
        }
        let span = Span::new(mark.at, mark.at + 1);
        self.scan.edits.add(span, "");
        let bracket = mark.text;
        let message =
            text!("Det er ingenting som «{bracket}» kan lukke her", "There is nothing for «{bracket}» to close here");
        let help = text!(
            "Slett den, eller sett inn den som mangler foran.",
            "Delete it, or put in the one that is missing before it."
        );
        self.scan.find(Code::StrayBracket, span, message, help);
    }

    /// Leaves out what is too deep.
    fn cut(&mut self, start: Mark, end: usize) {
        self.scan.edits.remove(Span::new(start.at, end));
        let message = text!(
            "Her er mer enn {MAX_DEPTH} klammer og parenteser inni hverandre",
            "More than {MAX_DEPTH} brackets are open here"
        );
        let help =
            text!("Del innholdet i flere blokker etter hverandre.", "Split it into blocks that follow each other.");
        self.scan.find(Code::TooDeep, Span::new(start.at, start.at + 1), message, help);
    }
}
