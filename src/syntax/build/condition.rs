//! Conditions.

use super::{
    Builder,
    parts::{Node, Parts},
};
use crate::syntax::{
    grammar::Rule,
    tree::{Condition, Extent, Test},
};

impl Builder<'_> {
    /// `når`: the outer `None` has a finding, the inner one says that there is none.
    pub(super) fn when(&mut self, parts: &mut Parts) -> Option<Option<Condition>> {
        match parts.enter(Rule::when) {
            Some(mut when) => Some(Some(self.condition(when.next()?)?)),
            None => Some(None),
        }
    }

    /// A condition. Brackets are as deep as [`MAX_DEPTH`](crate::syntax::MAX_DEPTH) at most.
    pub(super) fn condition(&mut self, node: Node) -> Option<Condition> {
        self.joined(node, Condition::Any, |builder, all| {
            builder.joined(all, Condition::All, |builder, atom| builder.atom(atom))
        })
    }

    /// One part alone, or several joined.
    fn joined(
        &mut self,
        node: Node,
        join: fn(Vec<Condition>) -> Condition,
        mut part: impl FnMut(&mut Self, Node) -> Option<Condition>,
    ) -> Option<Condition> {
        let mut parts = node.parts().map(|node| part(self, node)).collect::<Option<Vec<_>>>()?;
        if parts.len() > 1 { Some(join(parts)) } else { parts.pop() }
    }

    fn atom(&mut self, node: Node) -> Option<Condition> {
        let not = node.has(Rule::kw_ikke);
        let inner = node.parts().next()?;
        let condition = match inner.rule() {
            Rule::bracket => self.condition(inner.parts().next()?)?,
            Rule::course_test => Condition::InCourse { span: inner.span(), pathway: inner.parts().name() },
            _ => {
                let at = inner.span();
                let mut parts = inner.parts();
                Condition::Test {
                    fact: parts.name()?,
                    test: self.test(&mut parts)?,
                    extent: self.extent(parts)?,
                    span: at,
                }
            }
        };
        Some(if not { Condition::Not(Box::new(condition)) } else { condition })
    }

    fn test(&mut self, parts: &mut Parts) -> Option<Test> {
        let Some(node) = parts.next_unless(&[Rule::repeated, Rule::recent]) else { return Some(Test::Holds) };
        let test = match node.rule() {
            Rule::is_known => return Some(Test::Known),
            Rule::is_unknown => return Some(Test::Unknown),
            Rule::is_not => Test::IsNot,
            Rule::is_value => Test::Is,
            _ if node.has(Rule::kw_over) => Test::Above,
            _ if node.has(Rule::kw_under) => Test::Below,
            _ if node.has(Rule::kw_minst) => Test::AtLeast,
            _ => Test::AtMost,
        };
        self.value(&mut node.parts()).map(test)
    }

    /// How often or how lately: as with [`Builder::when`], the inner `None` says that it is not written.
    fn extent(&mut self, mut parts: Parts) -> Option<Option<Extent>> {
        let Some(node) = parts.next() else { return Some(None) };
        let rule = node.rule();
        let mut parts = node.parts();
        Some(Some(match rule {
            Rule::recent => Extent::Recent(self.amount(&mut parts)?),
            _ => {
                let count = self.count(&mut parts)?;
                let spacing = match parts.peek() {
                    Some(_) => Some(self.amount(&mut parts)?),
                    None => None,
                };
                Extent::Repeated(count, spacing)
            }
        }))
    }
}
