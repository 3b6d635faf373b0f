//! Examples.

use super::{
    Builder,
    parts::{Node, Parts},
};
use crate::syntax::{
    grammar::Rule,
    tree::{Example, ExampleLine, Expected},
};

impl Builder<'_> {
    pub(super) fn example(&mut self, mut parts: Parts) -> Option<Example> {
        let open = parts.next()?;
        let at = open.span();
        let name = match open.rule() {
            Rule::example_open => open.parts().label(),
            _ => {
                self.bad(&open);
                None
            }
        };
        let lines = parts.map(|node| match node.rule() {
            Rule::bad_row => ExampleLine::Broken(self.bad(&node)),
            _ => self.example_line(&node).unwrap_or_else(|| ExampleLine::Broken(node.broken())),
        });
        Some(Example { name, lines: lines.collect(), span: at })
    }

    fn example_line(&mut self, node: &Node) -> Option<ExampleLine> {
        let rule = node.rule();
        let at = node.span();
        let mut parts = node.clone().parts();
        Some(match rule {
            Rule::as_of => ExampleLine::AsOf(self.date(&mut parts)?),
            Rule::dated => {
                let (date, name) = (self.date(&mut parts)?, parts.name()?);
                match parts.enter(Rule::fact_value) {
                    Some(mut value) => {
                        ExampleLine::Fact { date: Some(date), fact: name, value: self.value(&mut value)? }
                    }
                    None => ExampleLine::Event { date, code: name, institution: parts.label() },
                }
            }
            Rule::expectation => {
                let expected = self.expected(parts.next()?)?;
                let course = match parts.enter(Rule::in_course) {
                    Some(mut course) => Some(self.whole(&mut course)?),
                    None => None,
                };
                ExampleLine::Expect { expected, course, span: at }
            }
            _ => {
                let fact = parts.name()?;
                ExampleLine::Fact { date: None, fact, value: self.value(&mut parts.enter(Rule::fact_value)?)? }
            }
        })
    }

    fn expected(&mut self, node: Node) -> Option<Expected> {
        let rule = node.rule();
        let mut parts = node.parts();
        Some(match rule {
            Rule::expect_no_findings => Expected::NoFindings,
            Rule::expect_finding => Expected::Finding(parts.name()?),
            Rule::expect_variant => Expected::Variant(parts.name()?, parts.name()),
            Rule::expect_state => Expected::State(parts.name()?),
            Rule::expect_criteria => Expected::Criteria(parts.name()?, parts.name()?),
            Rule::expect_route => Expected::Route(parts.name()?, parts.next()?.name()),
            Rule::expect_investigation => Expected::Investigation(parts.name()?, parts.name()?, parts.next()?.name()),
            Rule::expect_courses => Expected::Courses(self.whole(&mut parts)?),
            _ => {
                let names = std::iter::from_fn(|| parts.name()).collect();
                let days = match parts.peek() {
                    Some(_) => Some(self.whole(&mut parts)?),
                    None => None,
                };
                Expected::Interval(names, days)
            }
        })
    }
}
