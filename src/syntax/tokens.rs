//! Single tokens of a text that could not be read, to show them.

use super::words::continues;

/// The token at a place; empty at the end.
pub(super) fn token(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.get(..rest.find(['\n', '\r']).unwrap_or(rest.len())).unwrap_or_default();
    let run = |fits: fn(char) -> bool| line.find(|c| !fits(c)).unwrap_or(line.len());
    let length = match line.chars().next() {
        None => 0,
        Some('"') if line.starts_with("\"\"\"") => 3,
        Some('"') => line.get(1..).and_then(|text| text.find('"')).map_or(line.len(), |length| length + 2),
        Some(c) if c.is_numeric() || c == '-' => run(|c| continues(c) || matches!(c, '-' | '.' | ',' | '/')).max(1),
        Some(c) if continues(c) => run(continues),
        Some(c) if is_sign(c) => run(is_sign),
        Some(c) => c.len_utf8(),
    };
    line.get(..length).unwrap_or_default()
}

/// The last token before a place, and where it begins.
pub(super) fn token_before(text: &str, end: usize) -> Option<(usize, &str)> {
    let (mut at, mut last) = (0, None);
    while let Some(c) = text.get(at..end).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c == '#' {
            let rest = text.get(at..).unwrap_or_default();
            at += rest.find(['\n', '\r']).unwrap_or(rest.len());
        } else {
            let found = token(text, at);
            last = Some((at, found));
            at += found.len().max(1);
        }
    }
    last
}

/// Signs that other languages join to one.
fn is_sign(c: char) -> bool {
    matches!(c, '<' | '>' | '=' | '!' | '&' | '|' | '≤' | '≥' | '≠')
}
