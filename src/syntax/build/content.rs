//! What a phase holds: prose, criteria, lists, responsibilities, referrals, links.

use super::{
    Builder,
    parts::{Node, Parts},
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

impl Builder<'_> {
    pub(super) fn content(&mut self, node: Node) -> Option<Content> {
        let at = node.span();
        let mut parts = node.clone().parts();
        Some(match node.rule() {
            Rule::text => {
                Content::Text { title: parts.label(), markdown: markdown(parts.get(Rule::prose)?.text()), span: at }
            }
            Rule::criteria => Content::Criteria(self.criteria(parts)?),
            Rule::list => Content::List(self.list(parts)?),
            Rule::responsibility => Content::Responsibility { who: parts.label()?, what: parts.label()?, span: at },
            Rule::link => Content::Link { label: parts.label()?, url: parts.label()?, span: at },
            Rule::open => Content::Open { text: parts.label()?, span: at },
            _ => Content::Referral(Referral {
                refer: !node.has(Rule::kw_ikke),
                optional: node.has(Rule::kw_eventuelt),
                target: target(parts.get(Rule::target)?)?,
                when: self.when(&mut parts)?,
                note: parts.label_in(Rule::note),
                span: at,
            }),
        })
    }

    fn criteria(&mut self, mut parts: Parts) -> Option<Criteria> {
        let open = parts.next()?;
        let at = open.span();
        let head = match open.rule() {
            Rule::criteria_open => self.criteria_head(open.parts()),
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
        Some(if node.has(Rule::kw_alle) {
            Need::All
        } else if node.has(Rule::kw_ingen) {
            Need::None
        } else {
            Need::AtLeast(self.count(&mut node.parts())?)
        })
    }

    fn criteria_items(&mut self, parts: Parts, unread: &mut Vec<Broken>) -> Vec<CriteriaItem> {
        let mut items = Vec::new();
        for node in parts {
            match node.rule() {
                Rule::criteria_item => match self.criteria_item(node.clone().parts(), unread) {
                    Some(item) => items.push(item),
                    None => unread.push(node.broken()),
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
            Some(node) if node.rule() == Rule::nested => {
                let mut parts = node.parts();
                CriteriaTest::Nested(self.need(&mut parts)?, self.criteria_items(parts, unread))
            }
            Some(node) => CriteriaTest::Condition(self.condition(node)?),
        };
        Some(CriteriaItem { name, label, test })
    }

    fn list(&mut self, mut parts: Parts) -> Option<List> {
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

    fn list_head(&mut self, mut parts: Parts) -> Option<ListHead> {
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
        ];
        Some(Item {
            strength: strengths.into_iter().find(|(keyword, _)| node.has(*keyword)).map(|(_, strength)| strength),
            name: parts.name(),
            text: parts.label()?,
            when: self.when(&mut parts)?,
            items: self.items(parts, unread),
            span: node.span(),
        })
    }
}

fn target(node: Node) -> Option<At<Target>> {
    let at = node.span();
    let mut parts = node.parts();
    let value = match (parts.name(), parts.label()) {
        (Some(id), _) => Target::Id(id.value),
        (None, Some(title)) => Target::Title(title.value),
        (None, None) => Target::NewCourse,
    };
    Some(At { value, span: at })
}
