//! Days against the limit, in bins none of which is small.

use super::{Bin, Distribution};

/// The weeks, each with its first day, as bins: from each end towards the limit, weeks are joined until the bin is empty or large
/// enough. What is left next to the limit joins the bin before it.
pub(super) fn distribution(weeks: impl Iterator<Item = (i32, u64)>, below: u64) -> Distribution {
    let mut weeks: Vec<Bin> =
        weeks.map(|(first, count)| Bin { from: Some(first), to: Some(first + 6), count }).collect();
    // The outermost weeks stand for all before and after them.
    if let [first, .., last] = weeks.as_mut_slice() {
        (first.from, last.to) = (None, None);
    }
    let used = |bin: &Bin| bin.count > 0;
    let (from, to) = (weeks.iter().position(used), weeks.iter().rposition(used));
    let weeks = from.zip(to).and_then(|(from, to)| weeks.get(from..=to)).unwrap_or_default();
    let limit = weeks.partition_point(|bin| bin.to.is_some_and(|to| to <= 0));
    let (before, after) = weeks.split_at(limit);
    let mut bins = inwards(before.iter().copied(), below);
    let mut late = inwards(after.iter().rev().copied(), below);
    late.reverse();
    bins.extend(late);
    // A side that is small as a whole joins the other.
    let small = |bin: &Bin| (1..below).contains(&bin.count);
    while let Some(at) = bins.iter().position(small).filter(|_| bins.len() > 1) {
        let other = bins.remove(if at == 0 { 1 } else { at - 1 });
        let at = at.saturating_sub(1);
        bins[at] = joined(bins[at], other);
    }
    Distribution { bins }
}

fn inwards(weeks: impl Iterator<Item = Bin>, below: u64) -> Vec<Bin> {
    let mut bins: Vec<Bin> = Vec::new();
    let mut open: Option<Bin> = None;
    for week in weeks {
        let bin = open.map_or(week, |open| joined(open, week));
        open = (1..below).contains(&bin.count).then_some(bin);
        if open.is_none() {
            bins.push(bin);
        }
    }
    if let Some(left) = open {
        let bin = bins.pop().map_or(left, |bin| joined(bin, left));
        bins.push(bin);
    }
    bins
}

/// Two neighbours as one; none as a bound is beyond all others.
fn joined(one: Bin, other: Bin) -> Bin {
    let from = one.from.zip(other.from).map(|(one, other)| one.min(other));
    let to = one.to.zip(other.to).map(|(one, other)| one.max(other));
    Bin { from, to, count: one.count + other.count }
}
