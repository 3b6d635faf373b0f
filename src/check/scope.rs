//! Names: declared once, looked up with the nearest name as help, never reported where a broken statement may have
//! declared them.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{report::Report, words::with_suggestion};
use crate::{
    diagnostic::Code,
    source::Place,
    syntax::tree::{Broken, Name},
    text,
};

/// What a name stands for, in the words of the findings.
pub struct Kind {
    unknown: Code,
    none: &'static str,
    the: &'static str,
    english: &'static str,
}

macro_rules! kinds {
    ($($kind:ident $unknown:ident $none:literal $the:literal $english:literal;)*) => {
        $(pub const $kind: &Kind =
            &Kind { unknown: Code::$unknown, none: $none, the: $the, english: $english };)*
    };
}

kinds! {
    CODE      UnknownCode      "ingen kode eller gruppe" "navnet"        "code or group";
    INTERVAL  UnknownInterval  "ikke noe intervall"      "intervallet"   "interval";
    TREATMENT UnknownTreatment "ingen behandling"        "behandlingen"  "treatment";
    FACT      UnknownFact      "ingen opplysning"        "opplysningen"  "fact";
    VALUE     UnknownValue     "ingen verdi"             "verdien"       "value";
    PHASE     UnknownPhase     "ingen fase"              "fasen"         "phase";
    SOURCE    UnknownSource    "ingen kilde"             "kilden"        "source";
    VARIANT   UnknownVariant   "ingen variant"           "varianten"     "variant";
    RULE      UnknownRule      "ingen regel eller funn"  "regelen"       "rule or finding";
    INDICATOR UnknownWord      "ingen indikator"         "indikatoren"   "indicator";
    TEMPLATE  UnknownTemplate  "ingen mal"               "malen"         "template";
    PATHWAY   UnknownPathway   "ikke noe pakkeforløp"    "pakkeforløpet" "pathway";
    CRITERIA  UnknownWord      "ingen kriterier"         "kriteriene"    "criteria";
    ROUTES    UnknownWord      "ikke noe veivalg"        "veivalget"     "decision table";
    LIST      UnknownWord      "ingen liste"             "listen"        "list";
    ITEM      UnknownWord      "ikke noe punkt"          "punktet"       "item";
    OCCASION  UnknownWord      "ingen anledning"         "anledningen"   "occasion";
    EXAMPLE   UnknownWord      "ikke noe eksempel"       "eksempelet"    "example";
}

/// What the parser could not read.
#[derive(Clone, Default)]
pub struct Unread {
    /// Names that it may have declared.
    names: BTreeSet<String>,
    /// Whether there was anything: nothing may then be concluded from what is not there.
    any: bool,
    /// Whether any name at all may be declared there.
    all: bool,
}

impl Unread {
    /// Any name may exist: the place where it would be declared could not be found.
    pub fn everything() -> Self {
        Unread { all: true, any: true, ..Unread::default() }
    }

    pub fn any(&self) -> bool {
        self.any
    }

    pub fn add(&mut self, broken: &Broken) {
        self.any = true;
        self.names.extend(broken.names.iter().cloned());
    }

    /// A statement without a readable name may have declared any.
    pub fn add_statement(&mut self, broken: &Broken) {
        self.add(broken);
        self.all |= broken.names.is_empty();
    }

    pub fn extend(&mut self, other: &Unread) {
        self.any |= other.any;
        self.all |= other.all;
        self.names.extend(other.names.iter().cloned());
    }

    /// Something without a name could not be read, such as an opening line.
    pub fn add_part(&mut self) {
        self.any = true;
    }

    pub fn may_declare(&self, name: &str) -> bool {
        self.all || self.names.contains(name)
    }
}

/// The names of one kind in one scope, in the order declared.
pub struct Names {
    kind: &'static Kind,
    entries: Vec<Entry>,
    index: BTreeMap<String, usize>,
    /// How many of the entries another scope gave.
    inherited: usize,
    unread: Unread,
}

#[derive(Clone)]
struct Entry {
    name: String,
    place: Place,
    /// Shared with those who inherit the name: what they use is used.
    used: Rc<Cell<bool>>,
}

impl Names {
    pub fn new(kind: &'static Kind, unread: &Unread) -> Self {
        Names { kind, entries: Vec::new(), index: BTreeMap::new(), inherited: 0, unread: unread.clone() }
    }

    /// The same names, and room for those of a scope that builds on this one.
    pub fn heir(&self, unread: &Unread) -> Self {
        let mut all = self.unread.clone();
        all.extend(unread);
        let (entries, index) = (self.entries.clone(), self.index.clone());
        Names { kind: self.kind, inherited: entries.len(), entries, index, unread: all }
    }

    /// Adds a name; one that is there already is F0201 and gives false.
    pub fn declare(&mut self, name: &Name, report: &mut Report) -> bool {
        let place = report.place(name.span);
        if self.add(&name.value, place) {
            return true;
        }
        let (name_text, the, english) = (&name.value, capitalised(self.kind.the), self.kind.english);
        let finding = report
            .finding(
                Code::Duplicate,
                name.span,
                text!("{the} «{name_text}» er oppgitt før", "The {english} «{name_text}» is already declared"),
            )
            .help(text!("Velg et annet navn, eller slett det ene.", "Choose another name, or delete one of them."));
        report.push(match self.place(&name.value) {
            Some(first) => finding.related(first, text!("først oppgitt her", "first declared here")),
            None => finding,
        });
        false
    }

    /// Adds a name unless it is there already.
    pub fn add(&mut self, name: &str, place: Place) -> bool {
        if self.index.contains_key(name) {
            return false;
        }
        self.index.insert(name.to_owned(), self.entries.len());
        self.entries.push(Entry { name: name.to_owned(), place, used: Rc::default() });
        true
    }

    /// The number of a name in the order declared; it then counts as used. An unknown one is a finding.
    pub fn find(&self, name: &Name, report: &mut Report) -> Option<usize> {
        let found = self.get(&name.value);
        if found.is_none() && !self.unread.may_declare(&name.value) {
            let (word, none, english) = (&name.value, self.kind.none, self.kind.english);
            let finding = report.finding(
                self.kind.unknown,
                name.span,
                text!("Det finnes {none} som heter «{word}»", "There is no {english} called «{word}»"),
            );
            report.push(with_suggestion(finding, word, self.iter()));
        }
        found
    }

    /// The same without a finding.
    pub fn get(&self, name: &str) -> Option<usize> {
        let at = *self.index.get(name)?;
        self.entries.get(at)?.used.set(true);
        Some(at)
    }

    /// The same without counting it as used.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    pub fn contains(&self, name: &str) -> bool {
        self.index.contains_key(name)
    }

    /// Whether the name may exist, though it was not read.
    pub fn may_exist(&self, name: &str) -> bool {
        self.contains(name) || self.unread.may_declare(name)
    }

    pub fn place(&self, name: &str) -> Option<Place> {
        self.index.get(name).and_then(|at| self.entries.get(*at)).map(|entry| entry.place)
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    pub fn places(&self) -> impl Iterator<Item = (&str, Place)> {
        self.entries.iter().map(|entry| (entry.name.as_str(), entry.place))
    }

    /// What may have declared names that were not read.
    pub fn unread(&self) -> &Unread {
        &self.unread
    }

    /// «the fact» in both languages.
    pub fn the(&self) -> &'static str {
        self.kind.the
    }

    pub fn english(&self) -> &'static str {
        self.kind.english
    }

    /// Whether the scope itself declares the name.
    pub fn is_own(&self, name: &str) -> bool {
        self.number(name).is_some_and(|at| at >= self.inherited)
    }

    /// Own names that nothing has asked for.
    pub fn unused(&self) -> impl Iterator<Item = (&str, Place)> {
        let own = self.entries.iter().skip(self.inherited);
        own.filter(|entry| !entry.used.get()).map(|entry| (entry.name.as_str(), entry.place))
    }
}

/// With a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
