//! Criteria (rule 5): items that can be met, and marks that leave something to count.

use super::{
    content::{Contents, need},
    report::Report,
    rules::impossible,
    scope::{ITEM, Names, Unread},
};
use crate::{
    source::Span,
    syntax::tree::{self, CriteriaTest},
    tables::{Criteria, CriteriaItem, Need, Quantified},
    text,
};

/// What all items of one criteria share.
struct Inside {
    /// Names of items are unique in the whole criteria, nested items too: the answer lists them by name.
    names: Names,
    /// Whether all items could be read.
    all_read: bool,
}

impl Contents<'_> {
    pub fn criteria(&mut self, criteria: &tree::Criteria, report: &mut Report) -> Option<Criteria> {
        let mut inside = Inside { names: Names::new(ITEM, &Unread::default()), all_read: criteria.broken.is_empty() };
        let Some(head) = &criteria.head else {
            self.items(&criteria.items, &mut inside, report);
            return None;
        };
        self.assessed.criteria.declare(&head.name, report);
        let when = self.asked().when(head.when.as_ref(), report);
        Some(Criteria {
            name: head.name.value.clone(),
            label: head.label.value.clone(),
            when,
            quantified: self.quantified(&head.need, &criteria.items, head.name.span, &mut inside, report),
            origin: report.origin(criteria.span),
        })
    }

    /// `span` is the name of what the items belong to.
    fn quantified(
        &self,
        written: &tree::Need,
        items: &[tree::CriteriaItem],
        span: Span,
        inside: &mut Inside,
        report: &mut Report,
    ) -> Quantified {
        let need = need(written, items.len(), inside.all_read, span, report);
        let all_marked = !items.is_empty() && items.iter().all(|item| item.not_alone);
        if all_marked && inside.all_read && need != Need::None {
            let message = text!(
                "Alle punktene er merket «ikke alene», så ingen av dem kan telle",
                "All items are marked «ikke alene», so none of them can count"
            );
            let help =
                text!("La minst ett punkt stå uten «ikke alene».", "Leave at least one item without «ikke alene».");
            impossible(span, message, help, report);
        }
        Quantified { need, items: self.items(items, inside, report) }
    }

    fn items(&self, items: &[tree::CriteriaItem], inside: &mut Inside, report: &mut Report) -> Vec<CriteriaItem> {
        let item = |item: &tree::CriteriaItem| {
            inside.names.declare(&item.name, report);
            let (condition, nested) = match &item.test {
                CriteriaTest::Judgement => (None, None),
                CriteriaTest::Condition(condition) => (self.asked().lower(condition, report), None),
                CriteriaTest::Nested(need, items) => {
                    (None, Some(self.quantified(need, items, item.name.span, inside, report)))
                }
            };
            CriteriaItem {
                name: item.name.value.clone(),
                label: item.label.value.clone(),
                condition,
                nested,
                not_alone: item.not_alone,
                does_not_exclude: item.does_not_exclude,
                judged_by: item.judged_by.as_ref().map(|role| role.value.clone()),
                origin: report.origin(item.name.span),
            }
        };
        items.iter().map(item).collect()
    }
}
