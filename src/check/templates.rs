//! The templates of the set: what each builds on, and which of them a file can use.

use std::collections::BTreeMap;

use super::{
    Unit,
    imports::{Imports, Visible},
    report::Report,
    scope::{Names, TEMPLATE, Unread},
    template::Template,
    words::with_suggestion,
};
use crate::{
    diagnostic::{Code as F, Finding},
    source::{FileId, Files},
    syntax::tree::{self, Name},
    text,
};

/// Every template of the set, also one whose name is taken or could not be read.
pub struct Templates {
    pub all: Vec<Declared>,
}

/// A template and where it is.
pub struct Declared {
    pub file: FileId,
    name: String,
    pub template: Template,
    /// The template that it builds on, if that was found.
    parent: Option<usize>,
    /// Whether a pathway that uses it has errors, and may have meant a name that it does not use.
    pub uncertain: bool,
}

impl Templates {
    /// Checks each after the one that it builds on.
    pub fn new(files: &Files, units: &[Unit], imports: &Imports, findings: &mut Vec<Finding>) -> Self {
        let mut names = Names::new(TEMPLATE, &Unread::default());
        let mut templates = Templates { all: Vec::new() };
        let mut written = Vec::new();
        for unit in units {
            let mut report = Report::new(files, unit.file);
            for one in unit.templates() {
                let name = one.head.as_ref().map(|head| &head.name);
                name.map(|name| names.declare(name, &mut report));
                let name = name.map(|name| name.value.clone()).unwrap_or_default();
                let template = Template::unknown();
                templates.all.push(Declared { file: unit.file, name, template, parent: None, uncertain: false });
                written.push(one);
            }
            findings.extend(report.into_findings());
        }
        templates.find_parents(files, units, imports, &written, findings);
        let mut order: Vec<_> = (0..).zip(&written).collect();
        order.sort_by_cached_key(|(at, _)| templates.lineage(*at).count());
        for (at, one) in order {
            let Some(declared) = templates.all.get(at) else { continue };
            let mut report = Report::new(files, declared.file);
            let parent = match (declared.parent.and_then(|parent| templates.all.get(parent)), &one.head) {
                (Some(parent), _) => &parent.template,
                (None, Some(head)) if head.parent.is_none() => &Template::none(),
                (None, _) => &Template::unknown(),
            };
            let template = Template::lower(one, parent, &mut report);
            findings.extend(report.into_findings());
            if let Some(declared) = templates.all.get_mut(at) {
                declared.template = template;
            }
        }
        templates
    }

    /// A template that is not there or that builds on itself is F0202; it is then not known what it gives.
    fn find_parents(
        &mut self,
        files: &Files,
        units: &[Unit],
        imports: &Imports,
        written: &[&tree::Template],
        findings: &mut Vec<Finding>,
    ) {
        for (at, one) in written.iter().enumerate() {
            let (Some(file), Some(head)) = (self.all.get(at).map(|one| one.file), &one.head) else { continue };
            let Some(parent) = &head.parent else { continue };
            let (visible, mut report) = (imports.visible(file), Report::new(files, file));
            let mut found = self.find(parent, &visible);
            if found.is_some_and(|parent| self.lineage(parent).any(|up| up == at)) {
                let name = &head.name.value;
                let message = text!("Malen «{name}» bygger på seg selv", "The template «{name}» builds on itself");
                let help =
                    text!("ta bort «etter», eller skriv en annen mal", "take away «etter», or write another template");
                report.add_help(F::UnknownTemplate, parent.span, message, help);
                found = None;
            } else if found.is_none() {
                self.report_unknown(parent, &head.name.value, units, &visible, files, &mut report);
            }
            if let Some(one) = self.all.get_mut(at) {
                one.parent = found;
            }
            findings.extend(report.into_findings());
        }
    }

    /// The template and all that it builds on, nearest first. It ends, for what closes a ring is not kept.
    fn lineage(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |one| self.all.get(*one)?.parent)
    }

    /// The template and all that build on it.
    pub fn family(&self, at: usize) -> BTreeMap<usize, &Declared> {
        self.all.iter().enumerate().filter(|(one, _)| self.lineage(*one).any(|up| up == at)).collect()
    }

    /// Where the templates of a file get what they build on: their file, and the file of that.
    pub fn parents_in(&self, file: FileId) -> impl Iterator<Item = (FileId, Option<FileId>)> {
        let own = self.all.iter().filter(move |one| one.file == file);
        own.filter_map(|one| self.all.get(one.parent?)).map(move |parent| (file, Some(parent.file)))
    }

    /// The template that a name stands for in a file.
    pub fn find(&self, name: &Name, visible: &Visible) -> Option<usize> {
        self.all.iter().position(|one| one.name == name.value && visible.files.contains(&one.file))
    }

    /// F0202, with the nearest template that the file can use, or the import that it lacks. `own` is the template that
    /// builds on it, and empty for a pathway.
    pub fn report_unknown(
        &self,
        name: &Name,
        own: &str,
        units: &[Unit],
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
        report.push(match self.all.iter().find(|one| one.name == *word) {
            Some(elsewhere) => {
                let path = relative(&report.name(), &files.get(elsewhere.file).name);
                finding.help(text!(
                    "skriv «bruk \"{path}\"» øverst i filen",
                    "write «bruk \"{path}\"» at the top of the file"
                ))
            }
            None => {
                let known = self.all.iter().filter(|one| one.name != own && visible.files.contains(&one.file));
                with_suggestion(finding, word, known.map(|one| one.name.as_str()))
            }
        });
    }
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
