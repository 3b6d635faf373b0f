//! Trees to rule tables: names, types, limits, variants, order (design, section 2).
//!
//! Templates are checked once, each in its own file; then every pathway is checked against its template and lowered; what
//! can only be known when all is read, such as what nothing uses, comes last.

mod chain;
mod codes;
mod condition;
mod content;
mod criteria;
mod domains;
mod examples;
mod facts;
mod formulas;
mod implicit;
mod imports;
mod intervals;
mod labels;
mod limits;
mod lists;
mod order;
mod pathway;
mod references;
mod report;
mod routes;
mod rules;
mod scope;
mod silence;
mod sources;
mod sums;
mod template;
mod unread;
mod unused;
mod validity;
mod values;
mod variants;
mod words;
mod worlds;
mod written;

use std::collections::BTreeSet;

use imports::{Imports, Visible};
use references::Set;
use report::Report;
use scope::{Names, PATHWAY, TEMPLATE, Unread};
use template::Template;
use words::with_suggestion;

use crate::{
    diagnostic::{Code as F, Finding},
    source::{FileId, Files, Span},
    syntax::tree::{self, Label, Name, PathwayHead, TopItem, Tree},
    tables::Pathway,
    text,
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

/// A template and where it is.
struct Declared {
    file: FileId,
    name: String,
    template: Template,
    /// Whether a pathway that uses it has errors, and may have meant a name that it does not use.
    uncertain: bool,
}

/// Checks all files together. The pathways are those of the files that the user named, sorted by id; with errors among
/// the findings they are not fit for use.
pub fn check(files: &Files, mut units: Vec<Unit>) -> (Vec<Pathway>, Vec<Finding>) {
    // The order in which files were named decides nothing.
    units.sort_by(|one, other| files.get(one.file).name.cmp(&files.get(other.file).name));
    let mut imports = Imports::new(&units, files);
    let mut findings = std::mem::take(&mut imports.findings);
    let mut templates = templates(files, &units, &mut findings);
    let set = set(files, &units, &mut findings);

    let mut pathways = Vec::new();
    let mut users = Vec::new();
    let unknown = Template::unknown();
    for unit in &units {
        let visible = imports.visible(unit.file);
        let mut report = Report::new(files, unit.file);
        for written in unit.pathways() {
            let found = written.head.as_ref().and_then(|head| find(&templates, &head.template, &visible));
            if let (Some(head), None) = (&written.head, found) {
                report_unknown(&head.template, &units, &templates, &visible, files, &mut report);
            }
            let declared = found.and_then(|at| templates.get_mut(at));
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
        findings.extend(report.into_findings());
    }
    for (at, declared) in templates.iter().enumerate().filter(|(_, declared)| !declared.uncertain) {
        let users = pathways.iter().filter(|(_, found, _)| *found == Some(at)).map(|(_, _, pathway)| pathway);
        let mut report = Report::new(files, declared.file);
        unused::of_template(&declared.template, users, &mut report);
        findings.extend(report.into_findings());
    }
    findings.extend(imports.unused(files, &users));
    let mut pathways: Vec<_> = pathways.into_iter().filter(|(named, ..)| *named).map(|(.., pathway)| pathway).collect();
    pathways.sort_by(|one, other| one.id.cmp(&other.id));
    (pathways, findings)
}

/// Every template of the set, also one whose name is taken or could not be read.
fn templates(files: &Files, units: &[Unit], findings: &mut Vec<Finding>) -> Vec<Declared> {
    let mut names = Names::new(TEMPLATE, &Unread::default());
    let mut templates = Vec::new();
    for unit in units {
        let mut report = Report::new(files, unit.file);
        for written in unit.templates() {
            if let Some((name, _)) = &written.head {
                names.declare(name, &mut report);
            }
            let name = written.head.as_ref().map(|(name, _)| name.value.clone()).unwrap_or_default();
            let template = Template::lower(written, &mut report);
            templates.push(Declared { file: unit.file, name, template, uncertain: false });
        }
        findings.extend(report.into_findings());
    }
    templates
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

fn find(templates: &[Declared], name: &Name, visible: &Visible) -> Option<usize> {
    templates.iter().position(|one| one.name == name.value && visible.files.contains(&one.file))
}

/// F0202, with the nearest template that the file can use, or the import that it lacks.
fn report_unknown(
    name: &Name,
    units: &[Unit],
    templates: &[Declared],
    visible: &Visible,
    files: &Files,
    report: &mut Report,
) {
    let seen: Vec<&Unit> = units.iter().filter(|unit| visible.files.contains(&unit.file)).collect();
    let headless = seen.iter().any(|unit| unit.templates().any(|template| template.head.is_none()));
    let may_exist = seen.iter().any(|unit| unit.unread().may_declare(&name.value));
    if visible.open || headless || may_exist {
        return;
    }
    let word = &name.value;
    let message = text!("Det finnes ingen mal som heter «{word}» her", "There is no template called «{word}» here");
    let finding = report.finding(F::UnknownTemplate, name.span, message);
    report.push(match templates.iter().find(|one| one.name == *word) {
        Some(elsewhere) => {
            let path = relative(&report.name(), &files.get(elsewhere.file).name);
            finding
                .help(text!("skriv «bruk \"{path}\"» øverst i filen", "write «bruk \"{path}\"» at the top of the file"))
        }
        None => {
            let known = templates.iter().filter(|one| visible.files.contains(&one.file));
            with_suggestion(finding, word, known.map(|one| one.name.as_str()))
        }
    });
}

/// The path of a file as `bruk` in another writes it.
fn relative(importer: &str, imported: &str) -> String {
    let mut from: Vec<&str> = importer.split('/').collect();
    from.pop();
    let to: Vec<&str> = imported.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len().saturating_sub(shared));
    up.chain(to.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
}

/// In place of an opening line that could not be read, so that the rest is checked.
fn unread_head(span: Span) -> PathwayHead {
    let none = || Name { value: String::new(), span };
    PathwayHead { id: none(), title: Label { value: String::new(), span }, template: none(), prefix: true }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn imports_are_written_from_the_importing_file() {
        assert_eq!(relative("a.forlop", "felles/b.forlop"), "felles/b.forlop");
        assert_eq!(relative("x/y/a.forlop", "x/felles/b.forlop"), "../felles/b.forlop");
        assert_eq!(relative("x/a.forlop", "x/b.forlop"), "b.forlop");
    }
}
