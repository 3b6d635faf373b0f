//! What phases and pathways hold besides codes: prose, criteria, lists, responsibilities, referrals and links.

use std::collections::BTreeMap;

use super::{
    condition::Asked,
    facts::Facts,
    references::{self, Set},
    report::Report,
    rules::{count, impossible},
    scope::{CRITERIA, ITEM, LIST, Names, ROUTES, Unread},
};
use crate::{
    diagnostic::Code as F,
    source::Span,
    syntax::tree::{self, Item, Statement},
    tables::{Content, Need},
    text,
};

/// Checks the content of one pathway.
pub struct Contents<'a> {
    pub id: &'a str,
    pub facts: &'a Facts,
    pub set: &'a Set,
    pub assessed: Assessed,
}

/// The names of what a patient is assessed by: answers and expectations name them without their phase.
pub struct Assessed {
    pub criteria: Names,
    pub routes: Names,
    pub investigations: Names,
    /// The items of each list of investigations.
    pub items: BTreeMap<String, Names>,
}

impl Assessed {
    /// `unread` is what could not be read of the pathway: anything may have been declared there.
    pub fn new(unread: &Unread) -> Self {
        let unread = if unread.any() { Unread::everything() } else { Unread::default() };
        Assessed {
            criteria: Names::new(CRITERIA, &unread),
            routes: Names::new(ROUTES, &unread),
            investigations: Names::new(LIST, &unread),
            items: BTreeMap::new(),
        }
    }
}

/// The names in one phase, or beside the phases.
pub struct Here {
    pub lists: Names,
    pub checklists: Names,
    /// The items of all lists, which an item can be done before.
    pub items: Names,
}

impl Here {
    fn new(body: &[Statement], report: &Report) -> Self {
        let list = || Names::new(LIST, &Unread::default());
        let unread = super::unread::unread(body);
        let unread = if unread.any() { Unread::everything() } else { unread };
        let mut here = Here { lists: list(), checklists: list(), items: Names::new(ITEM, &unread) };
        for statement in body {
            if let Statement::Content(tree::Content::List(list)) = statement {
                add_items(&list.items, &mut here.items, report);
            }
        }
        here
    }
}

/// All names of items, also of those that others consist of.
pub fn add_items(items: &[Item], names: &mut Names, report: &Report) {
    for item in items {
        if let Some(name) = &item.name {
            names.add(&name.value, report.place(name.span));
        }
        add_items(&item.items, names, report);
    }
}

impl<'a> Contents<'a> {
    /// What conditions here can ask for.
    pub fn asked(&self) -> Asked<'a> {
        Asked { facts: self.facts, courses: Some(self.set) }
    }

    /// The content among the statements of one phase, or of the pathway itself.
    pub fn lower(&mut self, body: &[Statement], report: &mut Report) -> Vec<Content> {
        let mut here = Here::new(body, report);
        let contents = body.iter().filter_map(|statement| match statement {
            Statement::Content(content) => self.lower_one(content, &mut here, report),
            _ => None,
        });
        contents.collect()
    }

    fn lower_one(&mut self, content: &tree::Content, here: &mut Here, report: &mut Report) -> Option<Content> {
        Some(match content {
            tree::Content::Text { title, markdown, span } => Content::Text {
                title: title.as_ref().map(|title| title.value.clone()),
                markdown: markdown.clone(),
                origin: report.origin(*span),
            },
            tree::Content::Criteria(criteria) => Content::Criteria(self.criteria(criteria, report)?),
            tree::Content::List(list) => Content::List(self.list(list, here, report)?),
            tree::Content::Routes(routes) => Content::Routes(self.routes(routes, report)?),
            tree::Content::Responsibility { who, what, span } => Content::Responsibility {
                who: who.value.clone(),
                what: what.value.clone(),
                origin: report.origin(*span),
            },
            tree::Content::Referral(referral) => {
                let when = self.asked().when(referral.when.as_ref(), report);
                let mut lowered = references::lower(referral, self.id, self.set, report);
                lowered.when = when;
                Content::Referral(lowered)
            }
            tree::Content::Link { label, url, span } => {
                Content::Link { label: label.value.clone(), url: url.value.clone(), origin: report.origin(*span) }
            }
            tree::Content::Open { text, span } => {
                let open = &text.value;
                report.add(F::Open, text.span, text!("Uavklart i kilden: {open}", "Left open by the source: {open}"));
                Content::Open { text: open.clone(), origin: report.origin(*span) }
            }
            tree::Content::Missing { text, span } => {
                let missing = &text.value;
                report.add(F::Missing, text.span, text!("Mangler: {missing}", "Missing: {missing}"));
                Content::Missing { text: missing.clone(), origin: report.origin(*span) }
            }
        })
    }
}

/// How many of some items are needed: of none nothing can be (F0905). `all_read` says whether `items` are all that the
/// author wrote; `span` is what they belong to.
pub fn need(written: &tree::Need, items: usize, all_read: bool, span: Span, report: &mut Report) -> Need {
    if items == 0 && all_read {
        let message = text!("Det er ingen punkter å velge blant", "There are no items to choose from");
        impossible(span, message, text!("Skriv minst ett punkt.", "Write at least one item."), report);
        return Need::All;
    }
    let written = match written {
        tree::Need::All => return Need::All,
        tree::Need::None => return Need::None,
        tree::Need::AtLeast(written) => written,
    };
    let zero = text!("«minst 0 av» er alltid oppfylt", "«minst 0 av» is always met");
    let Some(least) = count(written, zero, report) else { return Need::AtLeast(1) };
    if all_read && least as usize > items {
        let message = text!(
            "Antallet punkter er {items}, så «minst {least} av» kan aldri oppfylles",
            "The number of items is {items}, so «minst {least} av» can never be met"
        );
        let help = text!("Skriv et lavere tall, eller «alle av».", "Write a lower number, or «alle av».");
        impossible(written.span, message, help, report);
    }
    Need::AtLeast(least)
}
