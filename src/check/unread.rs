//! What of a template or a pathway could not be read.

use super::scope::Unread;
use crate::syntax::tree::{Broken, Content, ExampleLine, Statement};

/// Everything under these statements that already has a finding from the parser.
pub fn unread(body: &[Statement]) -> Unread {
    let mut unread = Unread::default();
    body.iter().for_each(|statement| collect(statement, &mut unread));
    unread
}

fn collect(statement: &Statement, unread: &mut Unread) {
    match statement {
        Statement::Broken(broken) => unread.add_statement(broken),
        Statement::Code(code) => part(!code.broken, unread),
        Statement::Indicator(indicator) => all(&indicator.broken, unread),
        Statement::Limits(limits) => all(&limits.broken, unread),
        Statement::Variant(variant) => {
            part(variant.head.is_some(), unread);
            variant.body.iter().for_each(|statement| collect(statement, unread));
        }
        Statement::Phase(phase) => {
            part(phase.name.is_some(), unread);
            phase.body.iter().for_each(|statement| collect(statement, unread));
        }
        Statement::Example(example) => {
            part(example.name.is_some(), unread);
            example.lines.iter().for_each(|line| {
                if let ExampleLine::Broken(broken) = line {
                    unread.add(broken);
                }
            });
        }
        Statement::Content(Content::Criteria(criteria)) => {
            part(criteria.head.is_some(), unread);
            all(&criteria.broken, unread);
        }
        Statement::Content(Content::List(list)) => {
            part(list.head.is_some(), unread);
            all(&list.broken, unread);
        }
        Statement::Content(Content::Routes(routes)) => {
            part(routes.head.is_some(), unread);
            all(&routes.broken, unread);
        }
        _ => {}
    }
}

fn all(broken: &[Broken], unread: &mut Unread) {
    broken.iter().for_each(|broken| unread.add(broken));
}

fn part(read: bool, unread: &mut Unread) {
    if !read {
        unread.add_part();
    }
}
