//! Tables of limits.

use super::{
    Builder,
    parts::{Node, Parts},
};
use crate::{
    source::Span,
    syntax::{
        grammar::Rule,
        tree::{At, Limit, LimitForm, LimitOptions, Limits, Name, Number},
    },
};

impl Builder<'_> {
    pub(super) fn limits(&mut self, mut parts: Parts) -> Option<Limits> {
        let open = parts.next()?;
        let mut limits =
            Limits { options: LimitOptions::default(), rows: Vec::new(), broken: Vec::new(), span: open.span() };
        match open.rule() {
            Rule::limits_open => match self.limit_options(open.clone().parts()) {
                Some(options) => limits.options = options,
                None => limits.broken.push(open.broken()),
            },
            _ => limits.broken.push(self.bad(&open)),
        }
        for row in parts {
            match row.rule() {
                Rule::limit => match self.limit(row.clone().parts(), row.span()) {
                    Some(limit) => limits.rows.push(limit),
                    None => limits.broken.push(row.broken()),
                },
                _ => limits.broken.push(self.bad(&row)),
            }
        }
        Some(limits)
    }

    fn limit(&mut self, mut parts: Parts, at: Span) -> Option<Limit> {
        let mut key = parts.enter(Rule::limit_key)?;
        let (interval, treatment) = (key.name()?, key.name());
        let node = parts.get(Rule::limit_form)?;
        let form = At { span: node.span(), value: self.limit_form(node.parts().next()?)? };
        Some(Limit { interval, treatment, form, options: self.limit_options(parts)?, span: at })
    }

    fn limit_form(&mut self, node: Node) -> Option<LimitForm> {
        let rule = node.rule();
        let mut parts = node.parts();
        Some(match rule {
            Rule::amount => {
                let (amount, unit) = self.limit_amount(&mut parts)?;
                LimitForm::AtMost(amount, unit)
            }
            Rule::at_least => {
                let (amount, unit) = self.limit_amount(&mut parts.enter(Rule::amount)?)?;
                LimitForm::AtLeast(amount, unit)
            }
            Rule::window => {
                let low = self.whole(&mut parts)?;
                let (high, unit) = self.limit_amount(&mut parts.enter(Rule::amount)?)?;
                LimitForm::Between(low, high, unit)
            }
            Rule::same_day => LimitForm::SameDay,
            Rule::unquantified => LimitForm::Unquantified,
            _ => LimitForm::Derived,
        })
    }

    fn limit_amount(&mut self, parts: &mut Parts) -> Option<(Number, Name)> {
        Some((self.whole(parts)?, parts.enter(Rule::unit)?.get(Rule::unit_name)?.name()))
    }

    fn limit_options(&mut self, parts: Parts) -> Option<LimitOptions> {
        let mut options = LimitOptions::default();
        for option in parts {
            let Some(part) = option.parts().next() else { continue };
            let mut inner = part.clone().parts();
            match part.rule() {
                Rule::from => self.once(&mut options.validity.from, &part, |builder| builder.date(&mut inner))?,
                Rule::to => self.once(&mut options.validity.to, &part, |builder| builder.date(&mut inner))?,
                Rule::source_ref => self.once(&mut options.source, &part, |_| inner.name())?,
                _ => self.once(&mut options.note, &part, |_| inner.label())?,
            }
        }
        Some(options)
    }
}
