//! Tables of limits.

use super::{
    Builder, Node, broken,
    parts::{Parts, span},
};
use crate::{
    source::Span,
    syntax::{
        grammar::Rule,
        tree::{At, Limit, LimitForm, LimitOptions, Limits},
    },
};

impl Builder {
    pub(super) fn limits(&mut self, mut parts: Parts) -> Option<Limits> {
        let open = parts.next()?;
        let mut limits =
            Limits { options: LimitOptions::default(), rows: Vec::new(), broken: Vec::new(), span: span(&open) };
        match open.as_rule() {
            Rule::limits_open => limits.options = self.limit_options(Parts::of(open)).unwrap_or_default(),
            _ => _ = self.bad(&open),
        }
        for row in parts {
            match row.as_rule() {
                Rule::limit => match self.limit(Parts::of(row.clone()), span(&row)) {
                    Some(limit) => limits.rows.push(limit),
                    None => limits.broken.push(broken(&row)),
                },
                _ => limits.broken.push(self.bad(&row)),
            }
        }
        Some(limits)
    }

    fn limit(&mut self, mut parts: Parts, at: Span) -> Option<Limit> {
        let interval = parts.name()?;
        let treatment = parts.name();
        let node = parts.get(Rule::limit_form)?;
        let form = At { span: span(&node), value: self.limit_form(Parts::of(node).next()?)? };
        Some(Limit { interval, treatment, form, options: self.limit_options(parts)?, span: at })
    }

    fn limit_form(&mut self, node: Node) -> Option<LimitForm> {
        let rule = node.as_rule();
        let mut parts = Parts::of(node);
        Some(match rule {
            Rule::amount => LimitForm::AtMost(self.whole(&mut parts)?, parts.name()?),
            Rule::at_least => {
                let mut amount = parts.enter(Rule::amount)?;
                LimitForm::AtLeast(self.whole(&mut amount)?, amount.name()?)
            }
            Rule::window => {
                let low = self.whole(&mut parts)?;
                let mut high = parts.enter(Rule::amount)?;
                LimitForm::Between(low, self.whole(&mut high)?, high.name()?)
            }
            Rule::same_day => LimitForm::SameDay,
            Rule::unquantified => LimitForm::Unquantified,
            _ => LimitForm::Derived,
        })
    }

    fn limit_options(&mut self, parts: Parts) -> Option<LimitOptions> {
        let mut options = LimitOptions::default();
        for option in parts {
            let Some(part) = Parts::of(option).next() else { continue };
            let rule = part.as_rule();
            let mut inner = Parts::of(part);
            match rule {
                Rule::from => options.validity.from = Some(self.date(&mut inner)?),
                Rule::to => options.validity.to = Some(self.date(&mut inner)?),
                Rule::source_ref => options.source = inner.name(),
                _ => options.note = inner.label(),
            }
        }
        Some(options)
    }
}
