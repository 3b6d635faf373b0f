//! Findings for people: what is wrong, the line with the text underlined, and the cure.

use std::{
    fmt,
    io::{self, Write},
};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use super::{
    Finding, Severity,
    excerpt::{Excerpt, visible},
};
use crate::{
    lang::{Lang, Text},
    source::Files,
    text,
};

/// Writes one finding, at most `width` columns wide, with ANSI colours; the stream drops them where they do not belong.
/// Related places follow, each with its own line of text.
pub fn write(out: &mut dyn Write, finding: &Finding, files: &Files, lang: Lang, width: usize) -> io::Result<()> {
    let severity = finding.severity();
    let (code, name) = (finding.code.number(), finding.code.name());
    let main = Report {
        heading: Some(format!("{} {code} {name}", word(severity).get(lang))),
        message: visible(finding.message.get(lang)),
        severity,
        excerpt: Excerpt::new(files.get(finding.place.file), finding.place.span, 1, width),
    };
    let mut first = handler(severity, width);
    if let Some(help) = &finding.help {
        let help = visible(help.get(lang));
        first = first.with_footer(text!("Hjelp: {help}", "Help: {help}").get(lang).to_string());
    }
    main.write(out, &first)?;
    for related in &finding.related {
        let related = Report {
            heading: None,
            message: visible(related.message.get(lang)),
            severity: Severity::Note,
            excerpt: Excerpt::new(files.get(related.place.file), related.place.span, 0, width),
        };
        writeln!(out)?;
        related.write(out, &handler(Severity::Note, width))?;
    }
    if let Some(example) = &finding.example {
        writeln!(out)?;
        for line in example.lines() {
            writeln!(out, "    {}", visible(line))?;
        }
    }
    writeln!(out)
}

/// How many findings of each severity: «2 feil, 1 advarsel i 3 filer».
pub fn summary(findings: &[Finding], files: usize) -> Text {
    let count = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    let (mut nb, mut en) = (Vec::new(), Vec::new());
    for (severity, plural) in [
        (Severity::Error, text!("feil", "errors")),
        (Severity::Warning, text!("advarsler", "warnings")),
        (Severity::Note, text!("merknader", "notes")),
    ] {
        let word = match count(severity) {
            0 => continue,
            1 => word(severity),
            _ => plural,
        };
        nb.push(format!("{} {}", count(severity), word.nb));
        en.push(format!("{} {}", count(severity), word.en));
    }
    let none = text!("Ingen funn", "No findings");
    let (nb, en) = if nb.is_empty() { (none.nb, none.en) } else { (nb.join(", "), en.join(", ")) };
    match files {
        1 => text!("{nb} i 1 fil", "{en} in 1 file"),
        _ => text!("{nb} i {files} filer", "{en} in {files} files"),
    }
}

fn word(severity: Severity) -> Text {
    match severity {
        Severity::Error => text!("feil", "error"),
        Severity::Warning => text!("advarsel", "warning"),
        Severity::Note => text!("merknad", "note"),
    }
}

fn handler(severity: Severity, width: usize) -> GraphicalReportHandler {
    let mut theme = GraphicalTheme::unicode();
    theme.styles.highlights = vec![match severity {
        Severity::Error => theme.styles.error,
        Severity::Warning => theme.styles.warning,
        Severity::Note => theme.styles.advice,
    }];
    // The excerpt's name holds the line and column: miette would count bytes.
    GraphicalReportHandler::new_themed(theme).with_width(width).without_primary_span_start()
}

/// One message about one place, as miette wants it.
#[derive(Debug)]
struct Report {
    heading: Option<String>,
    message: String,
    severity: Severity,
    excerpt: Excerpt,
}

impl Report {
    fn write(&self, out: &mut dyn Write, handler: &GraphicalReportHandler) -> io::Result<()> {
        let mut drawn = String::new();
        handler.render_report(&mut drawn, self).map_err(io::Error::other)?;
        out.write_all(drawn.as_bytes())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.heading.as_ref().map(|heading| Box::new(heading) as _)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let mark = &self.excerpt.mark;
        Some(Box::new(std::iter::once(LabeledSpan::new(None, mark.start, mark.len()))))
    }
}

impl SourceCode for Excerpt {
    /// Always the whole excerpt: it is already cut to the lines that are shown.
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let span = SourceSpan::from(0..self.text.len());
        let lines = self.text.lines().count();
        let contents =
            MietteSpanContents::new_named(self.name.clone(), self.text.as_bytes(), span, self.first_line, 0, lines);
        Ok(Box::new(contents))
    }
}
