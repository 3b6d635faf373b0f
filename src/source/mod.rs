//! Text, spans and positions; reading specification files.

mod load;

pub use load::{Input, LoadError, LoadProblem, Loader};

/// Bytes from `start` up to `end` of one file's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte after.
    pub end: usize,
}

/// One file of a [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) usize);

/// A span in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub span: Span,
}

/// A line and a column for people: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// One specification file, as text in NFC.
#[derive(Debug)]
pub struct File {
    /// Name relative to the project root, with `/` between folders.
    pub name: String,
    /// The text.
    pub text: String,
    line_starts: Vec<usize>,
}

impl File {
    /// A file from its name and text.
    pub fn new(name: String, text: String) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        File { name, text, line_starts }
    }

    /// The position of a byte; beyond the end it is the end. A byte order mark has no column.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset) - 1;
        let before = self.text[self.line_starts[line]..offset].trim_start_matches('\u{feff}');
        Position { line: line as u32 + 1, column: before.chars().count() as u32 + 1 }
    }

    /// The text of a line from 1, without its end; None past the last.
    pub fn line(&self, number: u32) -> Option<&str> {
        let start = *self.line_starts.get((number as usize).checked_sub(1)?)?;
        self.text.get(start..)?.lines().next().or(Some(""))
    }

    /// The text of a span, clamped to the file.
    pub fn slice(&self, span: Span) -> &str {
        let end = self.text.floor_char_boundary(span.end);
        &self.text[self.text.floor_char_boundary(span.start.min(end))..end]
    }
}

/// All files of one compilation, in the order they were read.
#[derive(Debug, Default)]
pub struct Files(Vec<File>);

impl Files {
    /// Adds a file.
    pub fn add(&mut self, file: File) -> FileId {
        self.0.push(file);
        FileId(self.0.len() - 1)
    }

    /// A file by its id.
    pub fn get(&self, id: FileId) -> &File {
        &self.0[id.0]
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.0.iter().enumerate().map(|(at, file)| (FileId(at), file))
    }
}

impl Span {
    /// From `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }
}

#[cfg(test)]
mod tests {
    use super::{File, Position};

    #[test]
    fn columns_count_characters_not_bytes() {
        let file = File::new("a".into(), "\u{feff}æøå x\r\n🙂ø y".into());
        let at = |needle| file.position(file.text.find(needle).unwrap());
        assert_eq!(at('x'), Position { line: 1, column: 5 });
        assert_eq!(at('y'), Position { line: 2, column: 4 });
        assert_eq!(file.position(1000), Position { line: 2, column: 5 });
    }
}
