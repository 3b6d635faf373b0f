//! Codes and groups of a template: one set of names, each standing for codes.

use super::{
    labels::check_placeholders,
    report::Report,
    scope::{CODE, Names, OCCASION, Unread},
    validity::check_order,
    words::{ROLES, word},
};
use crate::{
    diagnostic::Code as F,
    source::Place,
    syntax::tree::{self, Name, Statement},
    tables::{Code, Former, Group, Occasion, Role},
    text,
};

/// Codes and groups, with suffixes for codes.
pub struct Codes {
    names: Names,
    /// What each name stands for; more than one only for groups.
    meanings: Vec<Meaning>,
    pub codes: Vec<Code>,
    pub groups: Vec<Group>,
    /// Where each code of `codes` is declared.
    pub places: Vec<Place>,
}

#[derive(Clone)]
struct Meaning {
    codes: Vec<String>,
    is_group: bool,
}

impl Codes {
    pub fn new(unread: &Unread) -> Self {
        Codes {
            names: Names::new(CODE, unread),
            meanings: Vec::new(),
            codes: Vec::new(),
            groups: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Those of the template that is followed, then its own.
    pub fn lower(body: &[Statement], parent: &Codes, phases: &Names, unread: &Unread, report: &mut Report) -> Self {
        let mut codes = Codes {
            names: parent.names.heir(unread),
            meanings: parent.meanings.clone(),
            codes: parent.codes.clone(),
            groups: parent.groups.clone(),
            places: parent.places.clone(),
        };
        for statement in body {
            if let Statement::Code(code) = statement {
                codes.add_code(code, phases, report);
            }
        }
        for statement in body {
            if let Statement::Group { name, codes: members } = statement {
                codes.add_group(name, members, report);
            }
        }
        codes
    }

    fn add_code(&mut self, code: &tree::Code, phases: &Names, report: &mut Report) {
        let lowered = Code {
            code: code.name.value.clone(),
            label: code.label.value.clone(),
            former: former(&code.former),
            valid_from: code.validity.from.as_ref().map(|date| date.value),
            valid_to: code.validity.to.as_ref().map(|date| date.value),
            phase: phase(code.phase.as_ref(), phases, report),
            role: role(code, report),
            date: code.date.as_ref().map(|date| date.value.clone()),
            occasions: occasions(&code.occasions, report),
            origin: report.origin(code.name.span),
        };
        check_placeholders(code, report);
        check_order(&code.validity, report);
        if self.names.declare(&code.name, report) {
            self.meanings.push(Meaning { codes: vec![code.name.value.clone()], is_group: false });
            self.codes.push(lowered);
            self.places.push(report.place(code.name.span));
        }
    }

    /// A group can hold groups that are written before it.
    fn add_group(&mut self, name: &Name, members: &[Name], report: &mut Report) {
        let codes = self.expand(members, report).unwrap_or_default();
        if self.names.declare(name, report) {
            self.meanings.push(Meaning { codes: codes.clone(), is_group: true });
            self.groups.push(Group { name: name.value.clone(), codes, origin: report.origin(name.span) });
        }
    }

    /// The codes that the names stand for, each once; none if a name is unknown.
    pub fn expand(&self, names: &[Name], report: &mut Report) -> Option<Vec<String>> {
        let mut codes = Vec::new();
        let mut whole = true;
        for name in names {
            let meaning = self.names.find(name, report).and_then(|at| self.meanings.get(at));
            whole &= meaning.is_some();
            for code in meaning.into_iter().flat_map(|meaning| &meaning.codes) {
                if !codes.contains(code) {
                    codes.push(code.clone());
                }
            }
        }
        whole.then_some(codes)
    }

    /// What a known name stands for.
    pub fn meaning(&self, name: &str) -> Option<&[String]> {
        self.names.get(name).and_then(|at| self.meanings.get(at)).map(|meaning| meaning.codes.as_slice())
    }

    /// The codes of a group; a code where a group must stand is F0902.
    pub fn group(&self, name: &Name, report: &mut Report) -> Option<&[String]> {
        let meaning = self.meanings.get(self.names.find(name, report)?)?;
        if !meaning.is_group {
            let word = &name.value;
            report.add_help(
                F::TreatmentOutside,
                name.span,
                text!("«{word}» er en kode, ikke en gruppe", "«{word}» is a code, not a group"),
                text!("Skriv navnet på en gruppe av sluttkodene.", "Write the name of a group of the end codes."),
            );
            return None;
        }
        Some(&meaning.codes)
    }

    /// The code that the name stands for; a group or an unknown name is F0203.
    pub fn code(&self, name: &Name, report: &mut Report) -> Option<&Code> {
        self.names.find(name, report)?;
        let code = self.codes.iter().find(|code| code.code == name.value);
        if code.is_none() {
            let word = &name.value;
            let message = text!("«{word}» er en gruppe, ikke en kode", "«{word}» is a group, not a code");
            report.add_help(
                F::UnknownCode,
                name.span,
                message,
                text!("Skriv én av kodene i den.", "Write one of its codes."),
            );
        }
        code
    }

    /// The codes that this template declares itself.
    pub fn own(&self) -> impl Iterator<Item = (&Code, Place)> {
        self.codes.iter().zip(self.places.iter().copied()).filter(|(code, _)| self.names.is_own(&code.code))
    }

    pub fn unused_groups(&self) -> impl Iterator<Item = (&str, Place)> {
        self.names.unused().filter(|(name, _)| self.groups.iter().any(|group| group.name == *name))
    }
}

pub fn phase(name: Option<&Name>, phases: &Names, report: &mut Report) -> Option<String> {
    let name = name?;
    phases.find(name, report).map(|_| name.value.clone())
}

fn role(code: &tree::Code, report: &mut Report) -> Option<Role> {
    let mut roles = code.roles.iter();
    let what = ("en rolle for en kode", "a role of a code");
    let role = roles.next().and_then(|name| word(name, ROLES, what, report));
    if let (Some(first), Some(second)) = (code.roles.first(), roles.next()) {
        let name = &code.name.value;
        let finding = report
            .finding(
                F::Duplicate,
                second.span,
                text!("Koden «{name}» har to roller", "The code «{name}» has two roles"),
            )
            .help(text!("En kode har høyst én rolle.", "A code has at most one role."))
            .related(report.place(first.span), text!("den første rollen", "the first role"));
        report.push(finding);
    }
    role
}

pub fn former(written: &[tree::Former]) -> Vec<Former> {
    let lower = |former: &tree::Former| Former {
        name: former.name.value.clone(),
        until: former.until.as_ref().map(|date| date.value),
    };
    written.iter().map(lower).collect()
}

pub fn occasions(written: &[tree::Occasion], report: &mut Report) -> Vec<Occasion> {
    let mut names = Names::new(OCCASION, &Unread::default());
    written
        .iter()
        .map(|occasion| {
            names.declare(&occasion.name, report);
            Occasion {
                name: occasion.name.value.clone(),
                text: occasion.text.value.clone(),
                date: occasion.date.as_ref().map(|date| date.value.clone()),
            }
        })
        .collect()
}
