//! Computed facts.

use super::{
    Builder,
    parts::{Node, Parts},
    pathway,
    template::named,
};
use crate::{
    diagnostic::Code,
    syntax::{
        grammar::Rule,
        tree::{Computed, Expression, Operator},
    },
    text,
};

/// The most numbers and facts in one expression, whose tree is as deep as they are many.
const MOST: usize = 50;

impl Builder<'_> {
    pub(super) fn computed(&mut self, mut parts: Parts) -> Option<Computed> {
        let (name, label) = named(&mut parts)?;
        let unit = pathway::unit(parts.enter(Rule::quantity)?);
        let expression = parts.get(Rule::expression)?;
        if expression.count(Rule::factor) > MOST {
            let message = text!(
                "Regnestykket har mer enn {MOST} tall og opplysninger",
                "The expression has more than {MOST} numbers and facts"
            );
            let help = text!("Del det i flere «beregnet».", "Split it into several «beregnet».");
            self.find(Code::TooDeep, expression.span(), message, Some(help));
            return None;
        }
        Some(Computed { name, label, unit, expression: self.expression(expression)? })
    }

    /// An expression or a term of one, computed from the left.
    fn expression(&mut self, node: Node) -> Option<Expression> {
        let mut left = None;
        let mut operator = Operator::Add;
        for node in node.all() {
            operator = match node.rule() {
                Rule::plus => Operator::Add,
                Rule::minus => Operator::Subtract,
                Rule::times => Operator::Multiply,
                Rule::divide => Operator::Divide,
                rule => {
                    let right = if rule == Rule::term { self.expression(node)? } else { self.factor(node)? };
                    left = Some(match left {
                        Some(left) => Expression::Compute(operator, Box::new(left), Box::new(right)),
                        None => right,
                    });
                    continue;
                }
            };
        }
        left
    }

    fn factor(&mut self, node: Node) -> Option<Expression> {
        let part = node.parts().next()?;
        Some(match part.rule() {
            Rule::number => Expression::Number(self.number(&part)?),
            Rule::rise => Expression::Rise(part.parts().name()?),
            Rule::name => Expression::Fact(part.name()),
            _ => self.expression(part)?,
        })
    }
}
