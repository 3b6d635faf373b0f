//! Text to tree: the pest grammar, several errors per file.

mod brackets;
mod build;
mod draft;
mod expected;
mod explain;
mod format;
mod grammar;
mod prose;
mod scan;
mod tokens;
pub mod tree;
mod words;

use pest::Parser;

use crate::{
    diagnostic::{Code, Finding},
    source::{File, FileId, Place, Span},
    text,
};
use build::{Builder, Problem};
use draft::Draft;
pub use format::{NotFormatted, format};
use grammar::{ForlopParser, Rule};
use tree::Tree;

/// How many brackets can be open at one place.
pub const MAX_DEPTH: usize = 20;

/// The most findings that one file gets. More would not be read, and would take time.
const MAX_FINDINGS: usize = 100;

/// How often a file is mended and read again, and the longest one that is, in bytes.
const ROUNDS: usize = 5;
const LONGEST: usize = 256 * 1024;

/// The tree of a file, and every syntax error in it, by place. What cannot be read is [`tree::Broken`] and has its finding;
/// all else is in the tree.
///
/// A mistake with a sure cure (a misspelt keyword, a missing mark) is mended and the file read again, so that it hides nothing.
pub fn parse(file: &File, id: FileId) -> (Tree, Vec<Finding>) {
    let (mut findings, mut edits) = scan::scan(&file.text, id);
    if findings.len() > MAX_FINDINGS {
        return (Tree::default(), finish(file, id, findings, Vec::new()));
    }
    let mut round = 1;
    loop {
        let (tree, problems) = read(&Draft::new(&file.text, &edits), id);
        let more = round < ROUNDS && findings.len() < MAX_FINDINGS && file.text.len() <= LONGEST;
        let mut left = Vec::new();
        let mut mended = false;
        for problem in problems {
            match &problem.fix {
                Some((span, text)) if more && edits.add(*span, text) => {
                    findings.push(problem.finding);
                    mended = true;
                }
                _ => left.push(problem),
            }
        }
        if !mended {
            return (tree, finish(file, id, findings, left));
        }
        round += 1;
    }
}

fn read(draft: &Draft, id: FileId) -> (Tree, Vec<Problem>) {
    let mut builder = Builder::new(draft, id);
    let tree = match ForlopParser::parse(Rule::file, &draft.text) {
        Ok(pairs) => builder.file(pairs),
        Err(_) => {
            builder.unread();
            Tree::default()
        }
    };
    (tree, builder.problems)
}

/// One finding for each mistake, by place: what follows from an earlier one is left out.
fn finish(file: &File, id: FileId, mut findings: Vec<Finding>, left: Vec<Problem>) -> Vec<Finding> {
    let earlier: Vec<usize> = findings.iter().map(|finding| finding.place.span.start).collect();
    for problem in left {
        let at = problem.finding.place.span.start;
        let line_start =
            |at: usize| file.text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |newline| newline + 1);
        let line_end =
            file.text.get(at..).and_then(|text| text.find('\n')).map_or(file.text.len(), |length| at + length);
        let piece = line_start(problem.piece.start.min(at))..=line_end;
        if !earlier.iter().any(|earlier| piece.contains(earlier)) {
            findings.push(problem.finding);
        }
    }
    findings.sort_by_key(|finding| finding.place);
    if findings.len() > MAX_FINDINGS {
        findings.truncate(MAX_FINDINGS);
        let end = findings.last().map_or(0, |last| last.place.span.end);
        let message = text!(
            "Fila har flere feil enn de {MAX_FINDINGS} første",
            "The file has more errors than the first {MAX_FINDINGS}"
        );
        findings.push(Finding::new(Code::Syntax, Place { file: id, span: Span::new(end, end) }, message));
    }
    findings
}
