//! Ways on: `henvis` and the decision table `veivalg`.

use super::{
    Builder,
    parts::{Node, Parts},
};
use crate::syntax::{
    grammar::Rule,
    tree::{At, Outcome, Referral, Route, Routes, Target},
};

impl Builder<'_> {
    pub(super) fn referral(&mut self, node: &Node) -> Option<Referral> {
        let mut parts = node.clone().parts();
        Some(Referral {
            refer: !node.has(Rule::kw_ikke),
            optional: node.has(Rule::kw_eventuelt),
            target: target(parts.get(Rule::target)?)?,
            when: self.when(&mut parts)?,
            note: parts.label_in(Rule::note),
            span: node.span(),
        })
    }

    pub(super) fn routes(&mut self, mut parts: Parts) -> Option<Routes> {
        let open = parts.next()?;
        let mut routes = Routes { head: None, rows: Vec::new(), broken: Vec::new(), span: open.span() };
        match open.rule() {
            Rule::routes_open => routes.head = self.list_head(open.parts()),
            _ => _ = self.bad(&open),
        }
        for row in parts {
            match row.rule() {
                Rule::route => match self.route(&row) {
                    Some(route) => routes.rows.push(route),
                    None => routes.broken.push(row.broken()),
                },
                _ => routes.broken.push(self.bad(&row)),
            }
        }
        Some(routes)
    }

    fn route(&mut self, row: &Node) -> Option<Route> {
        let mut parts = row.clone().parts();
        Some(Route {
            when: self.when(&mut parts)?,
            outcome: outcome(parts.enter(Rule::outcome)?.next()?)?,
            note: parts.label_in(Rule::note),
            span: row.span(),
        })
    }
}

fn outcome(node: Node) -> Option<Outcome> {
    let mut parts = node.clone().parts();
    Some(match node.rule() {
        Rule::refer => {
            Outcome::Refer { target: target(parts.get(Rule::target)?)?, optional: node.has(Rule::kw_eventuelt) }
        }
        Rule::included => Outcome::Included,
        Rule::outside => Outcome::Outside(parts.label()?),
        Rule::at_once => Outcome::AtOnce(parts.label()?),
        _ => Outcome::Onward(parts.label()?),
    })
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
