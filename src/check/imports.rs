//! Imports between files that are read (rule 9): what a file may use, circles, and imports that nothing needs.

use std::collections::BTreeSet;

use super::{Unit, report::Report};
use crate::{
    diagnostic::{Code as F, Finding},
    source::{FileId, Files, Span},
    text,
};

/// Importer, `bruk`, imported.
type Edge = (FileId, Span, FileId);

/// Which file imports which.
pub struct Imports<'a> {
    units: &'a [Unit],
    edges: Vec<Edge>,
    pub findings: Vec<Finding>,
}

/// The files whose templates a file can use.
pub struct Visible {
    pub files: BTreeSet<FileId>,
    /// Whether one of them could not be read: any template may then be in it.
    pub open: bool,
}

impl<'a> Imports<'a> {
    /// Circles are F0702, once for each. `units` are sorted by name.
    pub fn new(units: &'a [Unit], files: &Files) -> Self {
        let mut imports = Imports { units, edges: Vec::new(), findings: Vec::new() };
        for unit in units {
            for (span, imported) in unit.imports.iter().filter_map(|import| Some((import.span, import.file?))) {
                imports.edges.push((unit.file, span, imported));
            }
            imports.findings.extend(repeats(unit, &Report::new(files, unit.file)));
        }
        // The import that closes a circle is the one that leads back to its first file.
        let order = |file: FileId| units.iter().position(|unit| unit.file == file);
        imports.edges.sort_by_cached_key(|(importer, span, imported)| (order(*imported), order(*importer), *span));
        imports.report_circles(files);
        imports
    }

    fn report_circles(&mut self, files: &Files) {
        // Each circle is opened where it is reported, and so reported once.
        let mut edges = self.edges.clone();
        for edge in &self.edges {
            let (importer, span, imported) = *edge;
            if !reach(&edges, imported, |edge| (edge.0, edge.2)).contains(&importer) {
                continue;
            }
            edges.retain(|other| other != edge);
            let name = &files.get(imported).name;
            let message = if imported == importer {
                text!("Filen importerer seg selv", "The file imports itself")
            } else {
                text!(
                    "Importen går i ring: «{name}» importerer denne filen igjen",
                    "The import goes in a circle: «{name}» imports this file again"
                )
            };
            let help = text!(
                "Flytt det som filene deler, til en egen fil som begge importerer.",
                "Move what the files share to a file of its own that both import."
            );
            self.findings.push(Report::new(files, importer).finding(F::ImportCycle, span, message).help(help));
        }
    }

    /// The file and all that it imports, directly or not.
    fn closure(&self, file: FileId) -> BTreeSet<FileId> {
        reach(&self.edges, file, |edge| (edge.0, edge.2))
    }

    /// The file and all that import it, directly or not.
    fn importers(&self, file: FileId) -> BTreeSet<FileId> {
        reach(&self.edges, file, |edge| (edge.2, edge.0))
    }

    pub fn visible(&self, file: FileId) -> Visible {
        let files = self.closure(file);
        let units = self.units.iter().filter(|unit| files.contains(&unit.file));
        let open = units.clone().any(|unit| unit.unreadable || unit.imports.iter().any(|import| import.file.is_none()));
        Visible { files, open }
    }

    /// Imports that give no pathway its template (F0213). `users` are files with pathways, and the files of what these and
    /// the templates there build on; a file with a pathway whose template was not found is `None`.
    pub fn unused(&self, files: &Files, users: &[(FileId, Option<FileId>)]) -> Vec<Finding> {
        let needed = |(importer, _, imported): &Edge| {
            let (importers, given) = (self.importers(*importer), self.closure(*imported));
            let mut concerned = users.iter().filter(|(user, _)| importers.contains(user)).peekable();
            // A file without pathways passes its imports on.
            let passes_on = !users.iter().any(|(user, _)| user == importer);
            passes_on || concerned.any(|(_, template)| template.is_none_or(|template| given.contains(&template)))
        };
        let unused = self.edges.iter().filter(|edge| !needed(edge) && self.unit_is_whole(edge.0));
        unused
            .map(|(importer, span, imported)| {
                let name = &files.get(*imported).name;
                let message = text!("Ingenting fra «{name}» er brukt", "Nothing of «{name}» is used");
                let help = text!("Slett importen.", "Delete the import.");
                Report::new(files, *importer).finding(F::Unused, *span, message).help(help)
            })
            .collect()
    }

    fn unit_is_whole(&self, file: FileId) -> bool {
        !self.units.iter().any(|unit| unit.file == file && !unit.is_whole())
    }
}

/// The file and all that can be reached from it in one direction.
fn reach(edges: &[Edge], file: FileId, direction: impl Fn(&Edge) -> (FileId, FileId)) -> BTreeSet<FileId> {
    let mut reached = BTreeSet::from([file]);
    let mut waiting = vec![file];
    while let Some(from) = waiting.pop() {
        let next = edges.iter().map(&direction).filter(|(start, _)| *start == from);
        waiting.extend(next.map(|(_, end)| end).filter(|end| reached.insert(*end)));
    }
    reached
}

/// The same file imported twice.
fn repeats(unit: &Unit, report: &Report) -> Vec<Finding> {
    let mut seen: Vec<(FileId, Span)> = Vec::new();
    let mut findings = Vec::new();
    for (span, file) in unit.imports.iter().filter_map(|import| Some((import.span, import.file?))) {
        match seen.iter().find(|(earlier, _)| *earlier == file) {
            None => seen.push((file, span)),
            Some((_, first)) => {
                let message = text!("Filen er importert før", "The file is already imported");
                let finding = report.finding(F::Duplicate, span, message);
                let finding = finding.help(text!("Slett den ene importen.", "Delete one of the imports."));
                findings
                    .push(finding.related(report.place(*first), text!("først importert her", "first imported here")));
            }
        }
    }
    findings
}
