//! From an origin in the tables to the text that a finding underlines.

use crate::{
    source::{File, Files, Place, Span},
    tables::Origin,
};

/// The files that the tables were compiled from.
pub(super) struct Places<'f>(pub &'f Files);

impl Places<'_> {
    /// From the origin to the end of the row or head on its line; none if the file is not there.
    pub fn of(&self, origin: &Origin) -> Option<Place> {
        let (file, found) = self.0.iter().find(|(_, file)| file.name == origin.file)?;
        Some(Place { file, span: row(found, origin)? })
    }

    /// The `number`th place of the text after the origin, from 0.
    pub fn of_text(&self, origin: &Origin, text: &str, number: usize) -> Option<Place> {
        let start = self.of(origin)?;
        let rest = self.0.get(start.file).text.get(start.span.start..)?;
        let at = start.span.start + rest.match_indices(text).nth(number)?.0;
        Some(Place { span: Span::new(at, at + text.len()), ..start })
    }
}

fn row(file: &File, origin: &Origin) -> Option<Span> {
    let line = file.line(origin.line)?;
    let line_start = line.as_ptr() as usize - file.text.as_ptr() as usize;
    let mark = if line.starts_with('\u{feff}') { 1 } else { 0 };
    let column = usize::try_from(origin.column).ok()?.checked_sub(1)? + mark;
    let start = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let rest = line.get(start..)?;
    let mut quoted = false;
    let end = rest.find(|letter| {
        quoted ^= letter == '"';
        !quoted && matches!(letter, '{' | '#')
    });
    let row = rest.get(..end.unwrap_or(rest.len()))?.trim_end();
    Some(Span::new(line_start + start, line_start + start + row.len()))
}

#[cfg(test)]
mod tests {
    use super::row;
    use crate::{source::File, tables::Origin};

    #[test]
    fn a_row_ends_before_its_block_or_comment() {
        let text = "\u{feff}mal k \"Kreft\" {\n  kode Å \"{sykdom} # 1\" i utredning { åpner }\n  regel r feil \"R\": A før S # sic\n";
        let file = File::new("a".into(), text.into());
        let at = |line, column| {
            let origin = Origin { file: "a".into(), line, column };
            row(&file, &origin).map(|span| file.slice(span).to_owned())
        };
        assert_eq!(at(1, 5).as_deref(), Some("k \"Kreft\""));
        assert_eq!(at(2, 8).as_deref(), Some("Å \"{sykdom} # 1\" i utredning"));
        assert_eq!(at(3, 9).as_deref(), Some("r feil \"R\": A før S"));
        assert_eq!(at(9, 1), None);
    }
}
