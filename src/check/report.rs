//! Where the checks put what they find.

use crate::{
    diagnostic::{Code, Finding, Severity},
    lang::Text,
    source::{FileId, Files, Place, Span},
    tables::Origin,
};

/// The findings about one file, and the way from its spans to places and origins.
pub struct Report<'a> {
    files: &'a Files,
    file: FileId,
    findings: Vec<Finding>,
    errors: usize,
}

impl<'a> Report<'a> {
    pub fn new(files: &'a Files, file: FileId) -> Self {
        Report { files, file, findings: Vec::new(), errors: 0 }
    }

    pub fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub fn origin(&self, span: Span) -> Origin {
        let file = self.files.get(self.file);
        let position = file.position(span.start);
        Origin { file: file.name.clone(), line: position.line, column: position.column }
    }

    /// The file's name.
    pub fn name(&self) -> String {
        self.files.get(self.file).name.clone()
    }

    /// The text of a span, as written.
    pub fn slice(&self, span: Span) -> &'a str {
        self.files.get(self.file).slice(span)
    }

    /// A finding to be completed with help or related places and then pushed.
    pub fn finding(&self, code: Code, span: Span, message: Text) -> Finding {
        Finding::new(code, self.place(span), message)
    }

    pub fn add(&mut self, code: Code, span: Span, message: Text) {
        self.push(self.finding(code, span, message));
    }

    pub fn add_help(&mut self, code: Code, span: Span, message: Text, help: Text) {
        self.push(self.finding(code, span, message).help(help));
    }

    pub fn push(&mut self, finding: Finding) {
        self.errors += usize::from(finding.severity() == Severity::Error);
        self.findings.push(finding);
    }

    /// How many errors there are so far.
    pub fn errors(&self) -> usize {
        self.errors
    }

    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}
