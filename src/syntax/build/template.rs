//! Templates: codes, intervals, order rules.

use super::{
    Builder,
    parts::{Node, Parts},
};
use crate::syntax::{
    grammar::Rule,
    tree::{
        Code, Interval, Label, Name, Occasion, Rule as OrderRule, RuleBody, Template, TemplateHead, TopItem, Treatment,
        Validity,
    },
};

impl Builder<'_> {
    /// A template; what a broken opening line may declare stands before it.
    pub(super) fn template(&mut self, node: Node, items: &mut Vec<TopItem>) {
        let mut parts = node.parts();
        let Some(open) = parts.next() else { return };
        let at = open.span();
        let head = match open.rule() {
            Rule::template_open => template_head(open.parts()),
            _ => {
                items.push(TopItem::Broken(self.bad(&open)));
                None
            }
        };
        items.push(TopItem::Template(Template { head, body: self.body(parts), span: at }));
    }

    pub(super) fn code(&mut self, mut parts: Parts) -> Option<Code> {
        let (name, label) = named(&mut parts)?;
        let phase = parts.name();
        let validity = match parts.enter(Rule::validity) {
            Some(mut validity) => self.validity(&mut validity)?,
            None => Validity::default(),
        };
        let mut code = Code {
            name,
            label,
            phase,
            validity,
            former: Vec::new(),
            roles: Vec::new(),
            date: None,
            occasions: Vec::new(),
            broken: false,
        };
        for part in parts {
            let mut inner = part.clone().parts();
            match part.rule() {
                Rule::role => code.roles.extend(inner.name()),
                Rule::code_date => code.date = inner.label(),
                Rule::former => match self.former(inner) {
                    Some(former) => code.former.push(former),
                    None => code.broken = true,
                },
                Rule::occasion => code.occasions.extend(occasion(inner)),
                _ => {
                    self.bad(&part);
                    code.broken = true;
                }
            }
        }
        Some(code)
    }

    pub(super) fn rule(&mut self, mut parts: Parts) -> Option<OrderRule> {
        let name = parts.name()?;
        let severity = parts.name()?;
        let label = parts.label()?;
        let kind = parts.enter(Rule::rule_body)?.next()?;
        let rule = kind.rule();
        let mut of = kind.parts();
        let body = match rule {
            Rule::before => RuleBody::Before(of.names()?, of.names()?),
            Rule::triggers => RuleBody::Triggers(of.names()?, of.names()?),
            Rule::at_most => RuleBody::AtMost(self.count(&mut of)?, of.names()?),
            Rule::exactly => RuleBody::Exactly(self.count(&mut of)?, of.names()?),
            Rule::nothing_after => RuleBody::NothingAfter(of.names()?),
            _ => RuleBody::NeverTogether(of.names()?, of.names()?),
        };
        Some(OrderRule { name, severity, label, body })
    }
}

fn template_head(mut parts: Parts) -> Option<TemplateHead> {
    let (name, label) = named(&mut parts)?;
    Some(TemplateHead { name, label, parent: parts.name() })
}

pub(super) fn named(parts: &mut Parts) -> Option<(Name, Label)> {
    Some((parts.name()?, parts.label()?))
}

fn occasion(mut parts: Parts) -> Option<Occasion> {
    Some(Occasion { name: parts.name()?, text: parts.label()?, date: parts.label_in(Rule::code_date) })
}

pub(super) fn interval(mut parts: Parts) -> Option<Interval> {
    let (name, label) = named(&mut parts)?;
    Some(Interval {
        name,
        label,
        from: parts.names()?,
        to: parts.names()?,
        treatments: parts.enter(Rule::treatments).and_then(treatments),
        sum: parts.enter(Rule::sum).map(all_names).unwrap_or_default(),
        repeats: parts.get(Rule::repeats).is_some(),
    })
}

fn treatments(mut parts: Parts) -> Option<(Name, Vec<Treatment>)> {
    let group = parts.name()?;
    let each = parts.filter_map(|treatment| {
        let mut parts = treatment.parts();
        Some((parts.name()?, all_names(parts)))
    });
    Some((group, each.collect()))
}

fn all_names(parts: Parts) -> Vec<Name> {
    parts.map(|node| node.name()).collect()
}
