//! Indicators, and those that are withdrawn.

use super::{
    Builder,
    parts::{Node, Parts},
    template::named,
};
use crate::{
    diagnostic::Code,
    syntax::{
        grammar::Rule,
        tree::{At, Indicator, IndicatorHead, IndicatorTarget, Population, Statement, Validity},
    },
    text,
};

impl Builder<'_> {
    pub(super) fn indicator(&mut self, mut parts: Parts) -> Option<Indicator> {
        let open = parts.next()?;
        let mut indicator = Indicator {
            head: None,
            denominator: None,
            numerator: None,
            excluded: None,
            target: None,
            broken: Vec::new(),
            span: open.span(),
        };
        match open.rule() {
            Rule::indicator_open => match self.indicator_head(open.clone().parts()) {
                Some(head) => indicator.head = Some(head),
                None => indicator.broken.push(open.broken()),
            },
            _ => indicator.broken.push(self.bad(&open)),
        }
        for row in parts {
            if self.indicator_row(&mut indicator, &row).is_none() {
                indicator.broken.push(row.broken());
            }
        }
        self.demand(&mut indicator, &open);
        Some(indicator)
    }

    /// `indikator name utgår`
    pub(super) fn withdrawn(&mut self, mut parts: Parts) -> Option<Statement> {
        let name = parts.name()?;
        let from = match parts.enter(Rule::from) {
            Some(mut from) => Some(self.date(&mut from)?),
            None => None,
        };
        Some(Statement::Withdrawn { name, from })
    }

    fn indicator_head(&mut self, mut parts: Parts) -> Option<IndicatorHead> {
        let (name, label) = named(&mut parts)?;
        let mut head = IndicatorHead { name, label, validity: Validity::default(), source: None };
        for option in parts {
            let Some(part) = option.parts().next() else { continue };
            let mut inner = part.clone().parts();
            match part.rule() {
                Rule::from => self.once(&mut head.validity.from, &part, |builder| builder.date(&mut inner))?,
                Rule::to => self.once(&mut head.validity.to, &part, |builder| builder.date(&mut inner))?,
                _ => self.once(&mut head.source, &part, |_| inner.name())?,
            }
        }
        Some(head)
    }

    fn indicator_row(&mut self, indicator: &mut Indicator, row: &Node) -> Option<()> {
        let mut inner = row.clone().parts();
        match row.rule() {
            Rule::denominator => self.once(&mut indicator.denominator, row, |_| population(inner)),
            Rule::numerator => self.once(&mut indicator.numerator, row, |_| population(inner)),
            Rule::exclusion => self.once(&mut indicator.excluded, row, |_| inner.names()),
            Rule::at_least_share => self.once(&mut indicator.target, row, |builder| builder.share(inner)),
            _ => {
                self.bad(row);
                None
            }
        }
    }

    fn share(&mut self, mut parts: Parts) -> Option<IndicatorTarget> {
        Some(IndicatorTarget {
            amount: self.number(&parts.get(Rule::number)?)?,
            unit: parts.get(Rule::unit_name)?.name(),
            source: parts.enter(Rule::source_ref).and_then(|mut source| source.name()),
        })
    }

    /// An indicator is a share of something; what could not be read may have been that.
    fn demand(&mut self, indicator: &mut Indicator, open: &Node) {
        if !indicator.broken.is_empty() {
            return;
        }
        for (word, there) in [("nevner", indicator.denominator.is_some()), ("teller", indicator.numerator.is_some())] {
            if !there {
                let message = text!("Indikatoren mangler «{word}»", "The indicator lacks «{word}»");
                let help = text!(
                    "Skriv «{word}» og hva som telles, for eksempel «{word} OF4 målt» eller «{word} forløp med CK».",
                    "Write «{word}» and what is counted, for example «{word} OF4 målt» or «{word} forløp med CK»."
                );
                self.find(Code::Syntax, open.span(), message, Some(help));
                indicator.broken.push(open.broken());
            }
        }
    }
}

fn population(mut parts: Parts) -> Option<Population> {
    let node = parts.enter(Rule::population)?.next()?;
    let (rule, span) = (node.rule(), node.span());
    let mut parts = node.parts();
    if rule == Rule::courses {
        return Some(Population::Courses(At { value: parts.names().unwrap_or_default(), span }));
    }
    let interval = parts.name()?;
    let treatments = parts.names().unwrap_or_default();
    Some(Population::Measured { interval, treatments, kept: parts.get(Rule::kept)?.name() })
}
