//! What a phase holds: prose, criteria, lists, responsibilities, routes, links.

use super::{
    Builder,
    parts::{Node, Parts},
    template::named,
};
use crate::syntax::{
    grammar::Rule,
    prose::markdown,
    tree::{Broken, Content, Criteria, CriteriaHead, CriteriaItem, CriteriaTest, Need},
};

impl Builder<'_> {
    pub(super) fn content(&mut self, node: &Node) -> Option<Content> {
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
            Rule::missing => Content::Missing { text: parts.label()?, span: at },
            Rule::routes => Content::Routes(self.routes(parts)?),
            _ => Content::Referral(self.referral(node)?),
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

    pub(super) fn need(&mut self, parts: &mut Parts) -> Option<Need> {
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
        let mut item = CriteriaItem {
            name,
            label,
            not_alone: false,
            does_not_exclude: false,
            judged_by: None,
            test: CriteriaTest::Judgement,
        };
        while let Some(option) = parts.enter(Rule::criteria_option) {
            for option in option {
                match option.rule() {
                    Rule::not_alone => item.not_alone = true,
                    Rule::no_exclusion => item.does_not_exclude = true,
                    _ => self.once(&mut item.judged_by, &option, |_| option.clone().parts().label())?,
                }
            }
        }
        item.test = match parts.next() {
            None => CriteriaTest::Judgement,
            Some(node) if node.rule() == Rule::nested => {
                let mut parts = node.parts();
                CriteriaTest::Nested(self.need(&mut parts)?, self.criteria_items(parts, unread))
            }
            Some(node) => CriteriaTest::Condition(self.condition(node)?),
        };
        Some(item)
    }
}
