//! Pathways: the head, sources, facts, variants, phases.

use super::{
    Builder,
    parts::{Node, Parts},
    template::named,
};
use crate::syntax::{
    grammar::Rule,
    tree::{
        Fact, FactType, Former, Label, Name, Pathway, PathwayHead, Phase, Source, Statement, TopItem, Validity,
        Variant, VariantHead,
    },
};

impl Builder<'_> {
    /// A pathway; what a broken opening line may declare stands before it.
    pub(super) fn pathway(&mut self, node: Node, items: &mut Vec<TopItem>) {
        let mut parts = node.parts();
        let Some(open) = parts.next() else { return };
        let at = open.span();
        let head = match open.rule() {
            Rule::pathway_open => pathway_head(&open),
            _ => {
                items.push(TopItem::Broken(self.bad(&open)));
                None
            }
        };
        items.push(TopItem::Pathway(Pathway { head, body: self.body(parts), span: at }));
    }

    /// A variant; what a broken opening line may declare stands before it.
    pub(super) fn variant(&mut self, node: Node, body: &mut Vec<Statement>) {
        let mut parts = node.parts();
        let Some(open) = parts.next() else { return };
        let at = open.span();
        let head = match open.rule() {
            Rule::variant_open => self.variant_head(open.parts()),
            _ => {
                body.push(Statement::Broken(self.bad(&open)));
                None
            }
        };
        body.push(Statement::Variant(Variant { head, body: self.body(parts), span: at }));
    }

    fn variant_head(&mut self, mut parts: Parts) -> Option<VariantHead> {
        let (name, label) = named(&mut parts)?;
        Some(VariantHead { name, label, when: self.when(&mut parts)?? })
    }

    pub(super) fn phase(&mut self, mut parts: Parts) -> Option<Phase> {
        let open = parts.next()?;
        let at = open.span();
        let name = match open.rule() {
            Rule::phase_open => open.parts().name(),
            _ => {
                self.bad(&open);
                None
            }
        };
        Some(Phase { name, body: self.body(parts), span: at })
    }

    pub(super) fn source(&mut self, mut parts: Parts) -> Option<Source> {
        let (name, title) = named(&mut parts)?;
        let mut source = Source { name, title, publisher: None, url: None, date: None, note: None };
        for part in parts {
            let mut inner = part.clone().parts();
            match part.rule() {
                Rule::publisher => source.publisher = inner.label(),
                Rule::url => source.url = inner.label(),
                Rule::source_date => source.date = self.date(&mut inner),
                Rule::note => source.note = inner.label(),
                _ => _ = self.bad(&part),
            }
        }
        Some(source)
    }

    /// `fra` and `til`, whichever comes next.
    pub(super) fn validity(&mut self, parts: &mut Parts) -> Option<Validity> {
        let mut validity = Validity::default();
        if let Some(mut from) = parts.enter(Rule::from) {
            validity.from = Some(self.date(&mut from)?);
        }
        if let Some(mut to) = parts.enter(Rule::to) {
            validity.to = Some(self.date(&mut to)?);
        }
        Some(validity)
    }

    /// `tidligere`
    pub(super) fn former(&mut self, mut parts: Parts) -> Option<Former> {
        let name = parts.label()?;
        let until = match parts.enter(Rule::to) {
            Some(mut to) => Some(self.date(&mut to)?),
            None => None,
        };
        Some(Former { name, until })
    }
}

fn pathway_head(open: &Node) -> Option<PathwayHead> {
    let mut parts = open.clone().parts();
    let prefix = !open.has(Rule::no_prefix);
    Some(PathwayHead { id: parts.name()?, title: parts.label()?, template: parts.name()?, prefix })
}

pub(super) fn fact(mut parts: Parts) -> Option<Fact> {
    let (fact, label) = named(&mut parts)?;
    let kind = parts.enter(Rule::fact_type)?.next()?;
    let fact_type = match kind.rule() {
        Rule::choice => FactType::Choice(choice(kind.parts())),
        Rule::scale => FactType::Scale(choice(kind.parts().enter(Rule::choice)?)),
        Rule::yes_no => FactType::YesNo,
        Rule::quantity => FactType::Number(unit(kind.parts())),
        Rule::date_type => FactType::Date,
        _ => FactType::Years,
    };
    Some(Fact { name: fact, label, fact_type, judged_by: parts.label_in(Rule::judged_by) })
}

fn choice(values: Parts) -> Vec<(Name, Option<Label>)> {
    let value = |value: Node| {
        let mut parts = value.parts();
        Some((parts.name()?, parts.label()))
    };
    values.filter_map(value).collect()
}

/// The unit of a quantity.
pub(super) fn unit(mut quantity: Parts) -> Option<Name> {
    quantity.get(Rule::unit_name).map(|unit| unit.name())
}
