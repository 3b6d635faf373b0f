//! What phases and pathways hold besides codes: prose, criteria, lists, responsibilities, referrals and links.

use super::{
    condition::{lower as lower_condition, lower_when},
    facts::Facts,
    references::{self, Set},
    report::Report,
    rules::{count, impossible},
    scope::{CRITERIA, ITEM, LIST, Names, Unread},
};
use crate::{
    diagnostic::Code as F,
    source::Span,
    syntax::tree::{self, CriteriaTest, Statement},
    tables::{Content, Criteria, CriteriaItem, Item, List, Need, Quantified},
    text,
};

/// What the content of one pathway is checked against.
pub struct Contents<'a> {
    pub id: &'a str,
    pub facts: &'a Facts,
    pub set: &'a Set,
}

/// The names in one phase, or beside the phases.
struct Here {
    criteria: Names,
    /// One scope for each kind of list.
    lists: [Names; 3],
}

impl Contents<'_> {
    /// The content among the statements of one phase, or of the pathway itself.
    pub fn lower(&self, body: &[Statement], report: &mut Report) -> Vec<Content> {
        let unread = &Unread::default();
        let list = || Names::new(LIST, unread);
        let mut here = Here { criteria: Names::new(CRITERIA, unread), lists: [list(), list(), list()] };
        let contents = body.iter().filter_map(|statement| match statement {
            Statement::Content(content) => self.lower_one(content, &mut here, report),
            _ => None,
        });
        contents.collect()
    }

    fn lower_one(&self, content: &tree::Content, here: &mut Here, report: &mut Report) -> Option<Content> {
        Some(match content {
            tree::Content::Text { title, markdown, span } => Content::Text {
                title: title.as_ref().map(|title| title.value.clone()),
                markdown: markdown.clone(),
                origin: report.origin(*span),
            },
            tree::Content::Criteria(criteria) => Content::Criteria(self.criteria(criteria, here, report)?),
            tree::Content::List(list) => Content::List(self.list(list, here, report)?),
            tree::Content::Responsibility { who, what, span } => Content::Responsibility {
                who: who.value.clone(),
                what: what.value.clone(),
                origin: report.origin(*span),
            },
            tree::Content::Referral(referral) => {
                let when = lower_when(referral.when.as_ref(), self.facts, report);
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
        })
    }

    fn criteria(&self, criteria: &tree::Criteria, here: &mut Here, report: &mut Report) -> Option<Criteria> {
        let mut names = Names::new(ITEM, &Unread::default());
        let Some(head) = &criteria.head else {
            self.items(&criteria.items, &mut names, report);
            return None;
        };
        here.criteria.declare(&head.name, report);
        let when = lower_when(head.when.as_ref(), self.facts, report);
        let whole = criteria.broken.is_empty();
        let quantified = self.quantified(&head.need, &criteria.items, whole, head.name.span, &mut names, report);
        Some(Criteria {
            name: head.name.value.clone(),
            label: head.label.value.clone(),
            when,
            quantified,
            origin: report.origin(criteria.span),
        })
    }

    fn quantified(
        &self,
        need: &tree::Need,
        items: &[tree::CriteriaItem],
        all_read: bool,
        span: Span,
        names: &mut Names,
        report: &mut Report,
    ) -> Quantified {
        if items.is_empty() && all_read {
            let message = text!("Kriteriene er tomme", "The criteria are empty");
            impossible(span, message, text!("skriv minst ett punkt", "write at least one item"), report);
            return Quantified { need: Need::All, items: Vec::new() };
        }
        let count = all_read.then_some(items.len());
        Quantified { need: lower_need(need, count, report), items: self.items(items, names, report) }
    }

    /// Names of items are unique in the whole criteria, nested items too: the answer lists them by name.
    fn items(&self, items: &[tree::CriteriaItem], names: &mut Names, report: &mut Report) -> Vec<CriteriaItem> {
        items
            .iter()
            .map(|item| {
                names.declare(&item.name, report);
                let (condition, nested) = match &item.test {
                    CriteriaTest::Judgement => (None, None),
                    CriteriaTest::Condition(condition) => (lower_condition(condition, self.facts, report), None),
                    CriteriaTest::Nested(need, items) => {
                        (None, Some(self.quantified(need, items, true, item.name.span, names, report)))
                    }
                };
                CriteriaItem {
                    name: item.name.value.clone(),
                    label: item.label.value.clone(),
                    condition,
                    nested,
                    origin: report.origin(item.name.span),
                }
            })
            .collect()
    }

    fn list(&self, list: &tree::List, here: &mut Here, report: &mut Report) -> Option<List> {
        let Some(head) = &list.head else {
            self.list_items(&list.items, report);
            return None;
        };
        let [plain, checklists, investigations] = &mut here.lists;
        let names = match list.kind {
            tree::ListKind::List => plain,
            tree::ListKind::Checklist => checklists,
            tree::ListKind::Investigations => investigations,
        };
        names.declare(&head.name, report);
        Some(List {
            list: list.kind,
            name: head.name.value.clone(),
            label: head.label.value.clone(),
            when: lower_when(head.when.as_ref(), self.facts, report),
            items: self.list_items(&list.items, report),
            origin: report.origin(list.span),
        })
    }

    /// Names are unique among the items beside one another.
    fn list_items(&self, items: &[tree::Item], report: &mut Report) -> Vec<Item> {
        let mut names = Names::new(ITEM, &Unread::default());
        items
            .iter()
            .map(|item| {
                if let Some(name) = &item.name {
                    names.declare(name, report);
                }
                Item {
                    strength: item.strength,
                    name: item.name.as_ref().map(|name| name.value.clone()),
                    text: item.text.value.clone(),
                    when: lower_when(item.when.as_ref(), self.facts, report),
                    items: self.list_items(&item.items, report),
                    origin: report.origin(item.span),
                }
            })
            .collect()
    }
}

/// `items` is the number of items, if all of them could be read.
fn lower_need(need: &tree::Need, items: Option<usize>, report: &mut Report) -> Need {
    let written = match need {
        tree::Need::All => return Need::All,
        tree::Need::None => return Need::None,
        tree::Need::AtLeast(written) => written,
    };
    let zero = text!("«minst 0 av» er alltid oppfylt", "«minst 0 av» is always met");
    let Some(least) = count(written, zero, report) else { return Need::AtLeast(1) };
    if let Some(items) = items.filter(|items| least as usize > *items) {
        let message = text!(
            "Antallet punkter er {items}, så «minst {least} av» kan aldri oppfylles",
            "The number of items is {items}, so «minst {least} av» can never be met"
        );
        let help = text!("skriv et lavere tall, eller «alle av»", "write a lower number, or «alle av»");
        impossible(written.span, message, help, report);
    }
    Need::AtLeast(least)
}
