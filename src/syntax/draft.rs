//! The text that pest reads: the author's, with those mistakes mended that would hide what follows them.

use std::{borrow::Cow, collections::BTreeMap};

use crate::source::Span;

/// The most edits. A text with more mistakes is not read.
const MOST: usize = 100_000;

/// What to write instead of pieces of the author's text, which never overlap.
#[derive(Clone, Debug, Default)]
pub(super) struct Edits(BTreeMap<usize, Edit>);

/// One piece and what to write for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The piece of the author's text; empty to insert.
    pub(super) span: Span,
    /// What stands there instead.
    pub(super) text: String,
}

impl Edits {
    /// Adds an edit, unless it meets an earlier one. Two insertions at one place stand in the order they came.
    pub(super) fn add(&mut self, span: Span, text: &str) -> bool {
        let before = self.0.range(..span.start).next_back();
        let after = self.0.range(span.start + 1..).next();
        if self.0.len() >= MOST {
            return false;
        }
        if before.is_some_and(|(_, edit)| edit.span.end > span.start)
            || after.is_some_and(|(start, _)| *start < span.end)
        {
            return false;
        }
        match self.0.get_mut(&span.start) {
            None => _ = self.0.insert(span.start, Edit { span, text: text.to_owned() }),
            Some(edit) if edit.span.start == edit.span.end => {
                edit.text.push_str(text);
                edit.span = span;
            }
            Some(edit) if span.start == span.end => edit.text.insert_str(0, text),
            Some(_) => return false,
        }
        true
    }

    /// Leaves out a piece and every edit in it.
    pub(super) fn remove(&mut self, span: Span) {
        let inside: Vec<usize> = self.0.range(span.start..span.end).map(|(start, _)| *start).collect();
        for start in inside {
            self.0.remove(&start);
        }
        self.add(span, "");
    }
}

/// The edited text, and the way back to the places in the author's.
pub(super) struct Draft<'a> {
    /// The author's text.
    pub(super) original: &'a str,
    /// What pest reads.
    pub(super) text: Cow<'a, str>,
    /// Where each edit starts and ends in `text`, and its span in `original`.
    edits: Vec<(Span, Span)>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(original: &'a str, edits: &Edits) -> Self {
        if edits.0.is_empty() {
            return Draft { original, text: Cow::Borrowed(original), edits: Vec::new() };
        }
        let mut text = String::with_capacity(original.len() + 16);
        let mut places = Vec::new();
        let mut read = 0;
        for edit in edits.0.values() {
            text.push_str(original.get(read..edit.span.start).unwrap_or_default());
            let start = text.len();
            text.push_str(&edit.text);
            places.push((Span::new(start, text.len()), edit.span));
            read = edit.span.end;
        }
        text.push_str(original.get(read..).unwrap_or_default());
        Draft { original, text: Cow::Owned(text), edits: places }
    }

    /// A place in the author's text from one in the draft. What was inserted lies where it was inserted.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let start = self.offset(start);
        Span::new(start, self.offset(end).max(start))
    }

    fn offset(&self, at: usize) -> usize {
        let last = self.edits.partition_point(|(draft, _)| draft.start < at || draft.end <= at);
        match last.checked_sub(1).and_then(|last| self.edits.get(last)) {
            None => at,
            Some((draft, original)) => original.end + at.saturating_sub(draft.end),
        }
        .min(self.original.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Edits};
    use crate::source::Span;

    #[test]
    fn places_in_the_draft_lead_back() {
        let mut edits = Edits::default();
        assert!(edits.add(Span::new(3, 7), "fra"));
        assert!(!edits.add(Span::new(5, 8), "x"), "overlaps");
        assert!(edits.add(Span::new(10, 11), "er over"));
        assert!(edits.add(Span::new(13, 13), "}"));
        let draft = Draft::new("ab frå 1 > 2", &edits);
        assert_eq!(draft.text, "ab fra 1 er over 2}");
        assert_eq!(draft.span(0, 2), Span::new(0, 2));
        assert_eq!(draft.span(3, 6), Span::new(3, 7));
        assert_eq!(draft.span(7, 8), Span::new(8, 9));
        assert_eq!(draft.span(9, 16), Span::new(10, 11), "all of what is written for it");
        assert_eq!(draft.span(12, 16), Span::new(11, 11), "within what is written for it");
        assert_eq!(draft.span(17, 19), Span::new(12, 13), "an inserted end");
    }
}
