//! Findings for programs (design, section 5). Keys are stable; lines and columns count from 1, columns in characters.

use std::io::{self, Write};

use serde::Serialize;

use super::{Finding, Severity};
use crate::{
    lang::Lang,
    source::{Files, Place},
};

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    name: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Range<'a>,
    example: Option<&'a str>,
    related: Vec<RelatedRow<'a>>,
}

#[derive(Serialize)]
struct RelatedRow<'a> {
    message: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
}

/// The end is the first character after.
#[derive(Serialize)]
struct Range<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

/// Writes one array, with a final newline.
pub fn write(out: &mut dyn Write, findings: &[Finding], files: &Files, lang: Lang) -> io::Result<()> {
    let rows: Vec<_> = findings.iter().map(|finding| row(finding, files, lang)).collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    writeln!(out)
}

fn row<'a>(finding: &'a Finding, files: &'a Files, lang: Lang) -> Row<'a> {
    let related = finding.related.iter().map(|related| {
        let Range { file, line, column, .. } = range(related.place, files);
        RelatedRow { message: related.message.get(lang), file, line, column }
    });
    Row {
        code: finding.code.number(),
        name: finding.code.name(),
        severity: finding.severity(),
        message: finding.message.get(lang),
        help: finding.help.as_ref().map(|help| help.get(lang)),
        place: range(finding.place, files),
        example: finding.example.as_deref(),
        related: related.collect(),
    }
}

fn range(place: Place, files: &Files) -> Range<'_> {
    let file = files.get(place.file);
    let (start, end) = (file.position(place.span.start), file.position(place.span.end));
    Range { file: &file.name, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}
