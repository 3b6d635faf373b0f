//! Lists, checklists and investigations.

use super::{
    Builder,
    parts::{Node, Parts},
    template::named,
};
use crate::syntax::{
    grammar::Rule,
    tree::{Broken, Item, List, ListHead, ListKind, Strength},
};

impl Builder<'_> {
    pub(super) fn list(&mut self, mut parts: Parts) -> Option<List> {
        let open = parts.next()?;
        let at = open.span();
        let kind = match () {
            () if open.text().starts_with("sjekkliste") => ListKind::Checklist,
            () if open.text().starts_with("liste") => ListKind::List,
            () => ListKind::Investigations,
        };
        let head = match open.rule() {
            Rule::list_open => self.list_head(open.parts()),
            _ => {
                self.bad(&open);
                None
            }
        };
        let mut broken = Vec::new();
        Some(List { kind, head, items: self.items(parts, &mut broken), broken, span: at })
    }

    pub(super) fn list_head(&mut self, mut parts: Parts) -> Option<ListHead> {
        let (name, label) = named(&mut parts)?;
        Some(ListHead { name, label, when: self.when(&mut parts)? })
    }

    fn items(&mut self, parts: Parts, unread: &mut Vec<Broken>) -> Vec<Item> {
        let mut items = Vec::new();
        for node in parts {
            match node.rule() {
                Rule::item => match self.item(&node, unread) {
                    Some(item) => items.push(item),
                    None => unread.push(node.broken()),
                },
                _ => unread.push(self.bad(&node)),
            }
        }
        items
    }

    fn item(&mut self, node: &Node, unread: &mut Vec<Broken>) -> Option<Item> {
        let mut parts = node.clone().parts();
        let strengths = [
            (Rule::kw_paakrevd, Strength::Skal),
            (Rule::kw_anbefalt, Strength::Bør),
            (Rule::kw_aktuell, Strength::Kan),
            (Rule::kw_unngaa, Strength::Unngå),
        ];
        let strength = strengths.into_iter().find(|(keyword, _)| node.has(*keyword)).map(|(_, strength)| strength);
        let (name, text) = (parts.name(), parts.label()?);
        let (mut when, mut before, mut max_age, mut by) = (None, None, None, None);
        while let Some(option) = parts.get(Rule::item_option) {
            let option = option.parts().next()?;
            let mut inner = option.clone().parts();
            match option.rule() {
                Rule::when => self.once(&mut when, &option, |builder| builder.condition(inner.next()?))?,
                Rule::before_items => self.once(&mut before, &option, |_| inner.names())?,
                Rule::max_age => self.once(&mut max_age, &option, |builder| builder.amount(&mut inner))?,
                _ => self.once(&mut by, &option, |_| inner.label())?,
            }
        }
        let need = match parts.enter(Rule::item_need) {
            Some(mut need) => Some(self.need(&mut need)?),
            None => None,
        };
        let before = before.unwrap_or_default();
        let items = self.items(parts, unread);
        Some(Item { strength, name, text, when, before, max_age, by, need, items, span: node.span() })
    }
}
