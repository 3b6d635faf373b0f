//! Which points of a course come before which.

use std::collections::BTreeSet;

use crate::tables::{Interval, Pathway, RuleKind};

/// A point: the first event with one of these codes (E4).
pub(super) type Codes<'t> = BTreeSet<&'t str>;

pub(super) fn codes(codes: &[String]) -> Codes<'_> {
    codes.iter().map(String::as_str).collect()
}

/// The points of a pathway, and which come no later than which.
pub(super) struct Order<'t> {
    points: Vec<Codes<'t>>,
    /// By point, then by point.
    before: Vec<Vec<bool>>,
}

impl<'t> Order<'t> {
    /// As intervals and `før` rules say: an interval ends no sooner than it starts, and where a set of codes has events, so
    /// has every set that holds it, no later.
    pub fn of(pathway: &'t Pathway) -> Self {
        let intervals = pathway.intervals.iter().filter(|interval| !interval.repeats);
        let mut pairs: Vec<(Codes, Codes)> =
            intervals.map(|interval| (codes(&interval.from), codes(&interval.to))).collect();
        pairs.extend(pathway.rules.iter().filter_map(|rule| match &rule.kind {
            RuleKind::Before { first, then } => Some((codes(first), codes(then))),
            _ => None,
        }));
        let points: BTreeSet<Codes> = pairs.iter().flat_map(|(one, other)| [one.clone(), other.clone()]).collect();
        let points: Vec<Codes> = points.into_iter().collect();
        let follows = |one: &Codes, other: &Codes| {
            one.is_superset(other) || pairs.iter().any(|(first, then)| first == one && then == other)
        };
        let mut before: Vec<Vec<bool>> =
            points.iter().map(|one| points.iter().map(|other| follows(one, other)).collect()).collect();
        for middle in 0..points.len() {
            let onward = before.get(middle).cloned().unwrap_or_default();
            for row in before.iter_mut().filter(|row| row.get(middle) == Some(&true)) {
                row.iter_mut().zip(&onward).for_each(|(known, new)| *known |= new);
            }
        }
        Order { points, before }
    }

    /// Whether `inner` lies within `outer`.
    pub fn within(&self, inner: &Interval, outer: &Interval) -> bool {
        self.is_before(&outer.from, &inner.from) && self.is_before(&inner.to, &outer.to)
    }

    fn is_before(&self, one: &[String], other: &[String]) -> bool {
        let at = |names: &[String]| self.points.iter().position(|point| *point == codes(names));
        let (Some(one), Some(other)) = (at(one), at(other)) else { return false };
        self.before.get(one).and_then(|row| row.get(other)) == Some(&true)
    }
}
