//! What the order rules find: E9.

use chrono::NaiveDate;
use forlop::tables::RuleKind;

use crate::courses::{Coded, Course};

/// The dates of the events that break a rule; none if it is kept, or may still be.
pub fn broken(rule: &RuleKind, course: &Course) -> Option<Vec<NaiveDate>> {
    let events = &course.events;
    let is_over = course.state() != "open";
    // The events of a set, each with its place in the order of E2.
    let of = |codes: &[String]| -> Vec<(usize, &Coded)> {
        events.iter().enumerate().filter(|(_, event)| event.is_one_of(codes)).collect()
    };

    let guilty: Vec<(usize, &Coded)> = match rule {
        RuleKind::Before { first, then } => {
            of(then).into_iter().filter(|(at, _)| !of(first).iter().any(|(earlier, _)| earlier < at)).collect()
        }
        RuleKind::Triggers { .. } if !is_over => vec![],
        RuleKind::Triggers { first, then } => {
            of(first).into_iter().filter(|(at, _)| !of(then).iter().any(|(later, _)| later > at)).collect()
        }
        RuleKind::Exactly { count, of: codes } if is_over && of(codes).len() < *count as usize => {
            return Some(vec![]);
        }
        RuleKind::AtMost { count, of: codes } | RuleKind::Exactly { count, of: codes } => {
            of(codes).into_iter().skip(*count as usize).collect()
        }
        RuleKind::NothingAfter { after } => match of(after).first() {
            Some((end, _)) => events.iter().enumerate().skip(end + 1).collect(),
            None => vec![],
        },
        RuleKind::NeverTogether { first, second } if of(first).is_empty() || of(second).is_empty() => vec![],
        RuleKind::NeverTogether { first, second } => [of(first), of(second)].concat(),
    };
    (!guilty.is_empty()).then(|| guilty.into_iter().map(|(_, event)| event.date).collect())
}
