//! Trees to rule tables: names, types, limits, variants, order (design, section 2).
//!
//! Templates are checked once, each in its own file; then every pathway is checked against its template and lowered; what
//! can only be known when all is read, such as what nothing uses, comes last.

mod chain;
mod codes;
mod condition;
mod content;
mod criteria;
pub(crate) mod examples;
mod facts;
mod formulas;
mod implicit;
mod imports;
mod indicators;
mod intervals;
mod labels;
mod limits;
mod lists;
mod pathway;
mod references;
mod report;
mod routes;
mod rules;
mod scope;
mod shares;
mod silence;
mod sources;
mod sums;
mod template;
mod templates;
mod unread;
mod unused;
mod validity;
mod values;
mod variants;
pub(crate) mod words;

use std::collections::BTreeSet;

use imports::Imports;
use references::Set;
use report::Report;
use scope::{Names, PATHWAY, Unread};
use template::Template;
use templates::Templates;

use crate::{
    diagnostic::Finding,
    source::{FileId, Files, Span},
    syntax::tree::{self, Label, Name, PathwayHead, TopItem, Tree},
    tables::Pathway,
};

/// One file, parsed.
pub struct Unit {
    /// The file.
    pub file: FileId,
    /// What it holds.
    pub tree: Tree,
    /// Its `bruk`, in order.
    pub imports: Vec<Import>,
    /// Whether the user asked for it; others are only imported.
    pub named: bool,
    /// Whether it is no text that could be parsed.
    pub unreadable: bool,
}

/// One `bruk`.
pub struct Import {
    /// The path as written.
    pub span: Span,
    /// The file, if it is there.
    pub file: Option<FileId>,
}

impl Unit {
    fn is_whole(&self) -> bool {
        let broken = |item: &TopItem| match item {
            TopItem::Broken(_) => true,
            TopItem::Template(template) => template.head.is_none(),
            TopItem::Pathway(pathway) => pathway.head.is_none(),
            TopItem::Import(_) => false,
        };
        !self.unreadable && !self.tree.items.iter().any(broken)
    }

    fn templates(&self) -> impl Iterator<Item = &tree::Template> {
        self.tree
            .items
            .iter()
            .filter_map(|item| if let TopItem::Template(template) = item { Some(template) } else { None })
    }

    fn pathways(&self) -> impl Iterator<Item = &tree::Pathway> {
        self.tree
            .items
            .iter()
            .filter_map(|item| if let TopItem::Pathway(pathway) = item { Some(pathway) } else { None })
    }

    /// What of the file's templates and pathways could not be read.
    fn unread(&self) -> Unread {
        let mut unread = Unread::default();
        for item in &self.tree.items {
            if let TopItem::Broken(broken) = item {
                unread.add(broken);
            }
        }
        unread
    }
}

/// Checks all files together. The pathways are those of the files that the user named, sorted by id; with errors among
/// the findings they are not fit for use.
pub fn check(files: &Files, mut units: Vec<Unit>) -> (Vec<Pathway>, Vec<Finding>) {
    // The order in which files were named decides nothing.
    units.sort_by(|one, other| files.get(one.file).name.cmp(&files.get(other.file).name));
    let mut imports = Imports::new(&units, files);
    let mut findings = std::mem::take(&mut imports.findings);
    let mut templates = Templates::new(files, &units, &imports, &mut findings);
    let set = set(files, &units, &mut findings);

    let mut pathways = Vec::new();
    let mut users = Vec::new();
    let unknown = Template::unknown();
    for unit in &units {
        let visible = imports.visible(unit.file);
        let mut report = Report::new(files, unit.file);
        for written in unit.pathways() {
            let found = written.head.as_ref().and_then(|head| templates.find(&head.template, &visible));
            if let (Some(head), None) = (&written.head, found) {
                templates.report_unknown(&head.template, "", &units, &visible, files, &mut report);
            }
            let declared = found.and_then(|at| templates.all.get_mut(at));
            users.push((unit.file, declared.as_ref().map(|declared| declared.file)));
            let head = written.head.clone().unwrap_or_else(|| unread_head(written.span));
            let errors = report.errors();
            let template = declared.as_ref().map_or(&unknown, |declared| &declared.template);
            let pathway = pathway::lower(&head, &written.body, template, &set, &mut report);
            if let Some(declared) = declared {
                declared.uncertain |= unread::unread(&written.body).any() || report.errors() > errors;
            }
            pathways.push((unit.named, found, pathway));
        }
        if unit.pathways().next().is_some() {
            users.extend(templates.parents_in(unit.file));
        }
        findings.extend(report.into_findings());
    }
    for (at, declared) in templates.all.iter().enumerate() {
        let family = templates.family(at);
        if family.values().any(|one| one.uncertain || !one.template.sound) {
            continue;
        }
        let users = pathways.iter().filter(|(_, found, _)| found.is_some_and(|found| family.contains_key(&found)));
        let family: Vec<&Template> = family.values().map(|one| &one.template).collect();
        let mut report = Report::new(files, declared.file);
        unused::of_template(&declared.template, &family, users.map(|(.., pathway)| pathway), &mut report);
        findings.extend(report.into_findings());
    }
    findings.extend(imports.unused(files, &users));
    let mut pathways: Vec<_> = pathways.into_iter().filter(|(named, ..)| *named).map(|(.., pathway)| pathway).collect();
    pathways.sort_by(|one, other| one.id.cmp(&other.id));
    (pathways, findings)
}

/// Ids and titles of all pathways.
fn set(files: &Files, units: &[Unit], findings: &mut Vec<Finding>) -> Set {
    let mut unread = Unread::default();
    for unit in units {
        unread.extend(&unit.unread());
        if unit.unreadable || unit.pathways().any(|pathway| pathway.head.is_none()) {
            unread.extend(&Unread::everything());
        }
    }
    let mut set = Set { ids: Names::new(PATHWAY, &unread), titles: BTreeSet::new() };
    for unit in units {
        let mut report = Report::new(files, unit.file);
        for head in unit.pathways().filter_map(|pathway| pathway.head.as_ref()) {
            set.ids.declare(&head.id, &mut report);
            set.titles.insert(head.title.value.clone());
        }
        findings.extend(report.into_findings());
    }
    set
}

/// In place of an opening line that could not be read, so that the rest is checked.
fn unread_head(span: Span) -> PathwayHead {
    let none = || Name { value: String::new(), span };
    PathwayHead { id: none(), title: Label { value: String::new(), span }, template: none(), prefix: true }
}
