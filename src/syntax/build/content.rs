//! What a phase holds: prose, criteria, lists, responsibilities, referrals, links.

use super::{
    Builder, Node, broken,
    parts::{Parts, has, span},
    template::named,
};
use crate::syntax::{
    grammar::Rule,
    prose::markdown,
    tree::{
        At, Broken, Content, Criteria, CriteriaHead, CriteriaItem, CriteriaTest, Item, List, ListHead, ListKind, Need,
        Referral, Strength, Target,
    },
};

impl Builder {
    pub(super) fn content(&mut self, node: Node) -> Option<Content> {
        let at = span(&node);
        let mut parts = Parts::of(node.clone());
        Some(match node.as_rule() {
            Rule::text => {
                Content::Text { title: parts.label(), markdown: markdown(parts.get(Rule::prose)?.as_str()), span: at }
            }
            Rule::criteria => Content::Criteria(self.criteria(parts)?),
            Rule::list => Content::List(self.list(parts)?),
            Rule::responsibility => Content::Responsibility { who: parts.label()?, what: parts.label()?, span: at },
            Rule::link => Content::Link { label: parts.label()?, url: parts.label()?, span: at },
            Rule::open => Content::Open { text: parts.label()?, span: at },
            _ => Content::Referral(Referral {
                refer: !has(&node, Rule::kw_ikke),
                optional: has(&node, Rule::kw_eventuelt),
                target: target(parts.get(Rule::target)?)?,
                when: self.when(&mut parts)?,
                note: parts.label_in(Rule::note),
                span: at,
            }),
        })
    }

    fn criteria(&mut self, mut parts: Parts) -> Option<Criteria> {
        let open = parts.next()?;
        let at = span(&open);
        let head = match open.as_rule() {
            Rule::criteria_open => self.criteria_head(Parts::of(open)),
            _ => {
                self.bad(&open);
                None
            }
        };
        let mut broken = Vec::new();
        Some(Criteria { head, items: self.criteria_items(parts, &mut broken), broken, span: at })
    }

    fn criteria_head(&mut self, mut parts: Parts) -> Option<CriteriaHead> {
        let (name, label) = named(&mut parts)?;
        Some(CriteriaHead { name, label, when: self.when(&mut parts)?, need: self.need(&mut parts)? })
    }

    fn need(&mut self, parts: &mut Parts) -> Option<Need> {
        let node = parts.get(Rule::need)?;
        Some(if has(&node, Rule::kw_alle) {
            Need::All
        } else if has(&node, Rule::kw_ingen) {
            Need::None
        } else {
            Need::AtLeast(self.count(&mut Parts::of(node))?)
        })
    }

    fn criteria_items(&mut self, parts: Parts, unread: &mut Vec<Broken>) -> Vec<CriteriaItem> {
        let mut items = Vec::new();
        for node in parts {
            match node.as_rule() {
                Rule::criteria_item => match self.criteria_item(Parts::of(node.clone()), unread) {
                    Some(item) => items.push(item),
                    None => unread.push(broken(&node)),
                },
                _ => unread.push(self.bad(&node)),
            }
        }
        items
    }

    fn criteria_item(&mut self, mut parts: Parts, unread: &mut Vec<Broken>) -> Option<CriteriaItem> {
        let (name, label) = named(&mut parts)?;
        let test = match parts.next() {
            None => CriteriaTest::Judgement,
            Some(node) if node.as_rule() == Rule::nested => {
                let mut parts = Parts::of(node);
                CriteriaTest::Nested(self.need(&mut parts)?, self.criteria_items(parts, unread))
            }
            Some(node) => CriteriaTest::Condition(self.condition(node)?),
        };
        Some(CriteriaItem { name, label, test })
    }

    fn list(&mut self, mut parts: Parts) -> Option<List> {
        let open = parts.next()?;
        let at = span(&open);
        let kind = match () {
            () if open.as_str().starts_with("sjekkliste") => ListKind::Checklist,
            () if open.as_str().starts_with("liste") => ListKind::List,
            () => ListKind::Investigations,
        };
        let head = match open.as_rule() {
            Rule::list_open => self.list_head(Parts::of(open)),
            _ => {
                self.bad(&open);
                None
            }
        };
        let mut broken = Vec::new();
        Some(List { kind, head, items: self.items(parts, &mut broken), broken, span: at })
    }

    fn list_head(&mut self, mut parts: Parts) -> Option<ListHead> {
        let (name, label) = named(&mut parts)?;
        Some(ListHead { name, label, when: self.when(&mut parts)? })
    }

    fn items(&mut self, parts: Parts, unread: &mut Vec<Broken>) -> Vec<Item> {
        let mut items = Vec::new();
        for node in parts {
            match node.as_rule() {
                Rule::item => match self.item(&node, unread) {
                    Some(item) => items.push(item),
                    None => unread.push(broken(&node)),
                },
                _ => unread.push(self.bad(&node)),
            }
        }
        items
    }

    fn item(&mut self, node: &Node, unread: &mut Vec<Broken>) -> Option<Item> {
        let mut parts = Parts::of(node.clone());
        let strengths = [
            (Rule::kw_paakrevd, Strength::Skal),
            (Rule::kw_anbefalt, Strength::Bør),
            (Rule::kw_aktuell, Strength::Kan),
        ];
        Some(Item {
            strength: strengths.into_iter().find(|(keyword, _)| has(node, *keyword)).map(|(_, strength)| strength),
            name: parts.name(),
            text: parts.label()?,
            when: self.when(&mut parts)?,
            items: self.items(parts, unread),
            span: span(node),
        })
    }
}

fn target(node: Node) -> Option<At<Target>> {
    let at = span(&node);
    let mut parts = Parts::of(node);
    let value = match (parts.name(), parts.label()) {
        (Some(id), _) => Target::Id(id.value),
        (None, Some(title)) => Target::Title(title.value),
        (None, None) => Target::NewCourse,
    };
    Some(At { value, span: at })
}
