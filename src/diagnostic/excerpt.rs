//! The few lines of a file that a finding is shown with.

use std::{ops::Range, str::Chars};

use crate::source::{File, Span};

/// Columns that line numbers and the frame take.
const FRAME: usize = 10;
/// Columns kept before the underlined text when the beginning of its line is cut off.
const LEAD: usize = 20;

/// Lines of a file, made visible and cut to a width, with the text to underline.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// `file:line:column`, the column in characters.
    pub name: String,
    /// The lines, each ended.
    pub text: String,
    /// How many lines of the file come before.
    pub first_line: usize,
    /// The bytes of `text` to underline: on one line, for a longer span its first.
    pub mark: Range<usize>,
}

impl Excerpt {
    /// The line where `span` starts and `around` lines on each side, `width` columns with the frame.
    pub fn new(file: &File, span: Span, around: u32, width: usize) -> Self {
        let (start, end) = (file.position(span.start), file.position(span.end.max(span.start)));
        let width = width.saturating_sub(FRAME).max(2 * LEAD);
        let first = start.line.saturating_sub(around).max(1);
        let mut excerpt = Excerpt {
            name: format!("{}:{}:{}", file.name, start.line, start.column),
            text: String::new(),
            first_line: first as usize - 1,
            mark: 0..0,
        };
        for number in first..=start.line.saturating_add(around) {
            let Some(line) = file.line(number) else { break };
            if number == start.line {
                let to = if end.line == start.line { end.column as usize - 1 } else { usize::MAX };
                excerpt.push_marked(line, start.column as usize - 1..to, width);
            } else {
                excerpt.push(line, 0, width);
            }
            excerpt.text.push('\n');
        }
        excerpt
    }

    /// Adds a line and marks the characters in `range`; cuts a long line so that they are seen.
    fn push_marked(&mut self, line: &str, range: Range<usize>, width: usize) {
        let length = characters(line.trim_end()).count();
        let from = if range.end.min(length) <= width { 0 } else { range.start.saturating_sub(LEAD) };
        let offset = self.text.len();
        self.push(line, from, width);
        let text = &self.text[offset..];
        // A cut beginning is one mark, so character n of the line is n - from here.
        let byte = |column: usize| {
            let at = text.char_indices().nth(column.saturating_sub(from)).map_or(text.len(), |(at, _)| at);
            offset + at
        };
        let end = range.end.min(length).max(range.start);
        self.mark = byte(range.start)..byte(end);
    }

    /// Adds `width` characters of a line from character `from` on, with «…» for what is cut.
    fn push(&mut self, line: &str, from: usize, width: usize) {
        let mut rest = characters(line).skip(from).map(show);
        if from > 0 {
            rest.next();
            self.text.push('…');
        }
        self.text.extend(rest.by_ref().take(width));
        if rest.next().is_some() {
            self.text.push('…');
        }
    }
}

/// The text with a visible sign for each character that would disturb a terminal; as many characters as before.
pub(super) fn visible(text: &str) -> String {
    characters(text).map(show).collect()
}

/// Those that have a column.
fn characters(text: &str) -> Chars<'_> {
    text.trim_start_matches('\u{feff}').chars()
}

fn show(c: char) -> char {
    if disturbs(c) { '\u{fffd}' } else { c }
}

fn disturbs(c: char) -> bool {
    c.is_control() && c != '\t' && c != '\n'
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::Excerpt;
    use crate::source::{File, Span};

    fn marked(text: &str, word: &str) -> (String, String) {
        let file = File::new("a.forlop".into(), text.into());
        let start = text.find(word).unwrap();
        let excerpt = Excerpt::new(&file, Span::new(start, start + word.len()), 1, 50);
        let mark = excerpt.text[excerpt.mark.clone()].to_string();
        (excerpt.text, mark)
    }

    #[test]
    fn the_underlined_text_is_that_of_the_span() {
        let (text, mark) = marked("første\nkode 🙂 «æøå» x\nsiste\nikke", "æøå");
        assert_eq!((text.as_str(), mark.as_str()), ("første\nkode 🙂 «æøå» x\nsiste\n", "æøå"));
        assert_eq!(marked("\u{feff}æ b", "b"), ("æ b\n".into(), "b".into()));
        assert_eq!(marked("b\u{1b}[31m ø\r\n", "ø"), ("b\u{fffd}[31m ø\r\n\n".replace('\r', ""), "ø".into()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_span() {
        let (text, mark) = marked(&format!("{}feil{}", "ø ".repeat(100), " å".repeat(100)), "feil");
        assert_eq!(mark, "feil");
        assert_eq!(text, format!("…{}feil{}…\n", " ø".repeat(9) + " ", " å".repeat(8) + " "));
    }

    #[test]
    fn a_span_over_lines_is_underlined_on_its_first() {
        assert_eq!(marked("a {  \n b\n}", "{  \n b").1, "{");
    }

    #[test]
    fn a_span_at_or_past_the_end_has_a_place() {
        let file = File::new("a".into(), "ø".into());
        for span in [Span::new(2, 2), Span::new(2, 900), Span::new(900, 901)] {
            let excerpt = Excerpt::new(&file, span, 1, 50);
            assert_eq!((excerpt.name.as_str(), excerpt.mark), ("a:1:2", 2..2));
        }
    }
}
