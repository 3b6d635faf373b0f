//! The smallest example of which something is so.

use chrono::{NaiveDate, TimeDelta};

use crate::tables::Example;

/// Takes away from an example, as long as `holds` is true of it: events and facts, institutions, dates of facts, and days
/// between dates. The same example and question give the same answer. The example itself must hold.
pub fn smallest(example: Example, mut holds: impl FnMut(&Example) -> bool) -> Example {
    let mut example = example;
    loop {
        let before = example.clone();
        drop_one_by_one(&mut example, &mut holds, |example| &mut example.events);
        drop_one_by_one(&mut example, &mut holds, |example| &mut example.facts);
        simplify(&mut example, &mut holds);
        close_gaps(&mut example, &mut holds);
        if example == before {
            return example;
        }
    }
}

/// Puts the other in its place if it holds; says whether.
fn accept(example: &mut Example, other: Example, holds: &mut impl FnMut(&Example) -> bool) -> bool {
    let better = other != *example && holds(&other);
    if better {
        *example = other;
    }
    better
}

fn drop_one_by_one<T>(
    example: &mut Example,
    holds: &mut impl FnMut(&Example) -> bool,
    list: impl Fn(&mut Example) -> &mut Vec<T>,
) {
    for at in (0..list(example).len()).rev() {
        let mut without = example.clone();
        list(&mut without).remove(at);
        accept(example, without, holds);
    }
}

/// Leaves out what an event or a fact says beside what it is.
fn simplify(example: &mut Example, holds: &mut impl FnMut(&Example) -> bool) {
    for at in 0..example.events.len() {
        let mut plain = example.clone();
        plain.events.iter_mut().skip(at).take(1).for_each(|event| event.institution = None);
        accept(example, plain, holds);
    }
    for at in 0..example.facts.len() {
        let mut plain = example.clone();
        plain.facts.iter_mut().skip(at).take(1).for_each(|fact| fact.date = None);
        accept(example, plain, holds);
    }
}

/// Moves all that comes after a gap between two dates toward what comes before it, as far as it goes.
fn close_gaps(example: &mut Example, holds: &mut impl FnMut(&Example) -> bool) {
    let mut at = 1_usize;
    loop {
        let dates = dates(example);
        let Some((before, after)) = at.checked_sub(1).and_then(|before| dates.get(before)).zip(dates.get(at)) else {
            return;
        };
        let gap = (*after - *before).num_days();
        // From the shortest on: the first that holds is the best, and long gaps are halved first.
        let mut fewest = 0;
        let mut most = gap;
        while fewest < most {
            let middle = fewest + (most - fewest) / 2;
            if accept(example, moved(example, *before, most - middle), holds) {
                most = middle;
            } else {
                fewest = middle + 1;
            }
        }
        // A closed gap has made one date of two.
        at += usize::from(most > 0);
    }
}

/// The example with all that is dated after a day some days earlier.
fn moved(example: &Example, after: NaiveDate, days: i64) -> Example {
    let earlier = |date: &mut NaiveDate| {
        if *date > after {
            *date = date.checked_sub_signed(TimeDelta::days(days)).unwrap_or(*date);
        }
    };
    let mut moved = example.clone();
    moved.events.iter_mut().for_each(|event| earlier(&mut event.date));
    moved.facts.iter_mut().filter_map(|fact| fact.date.as_mut()).for_each(&earlier);
    earlier(&mut moved.as_of);
    moved
}

/// All dates, each once, in order.
fn dates(example: &Example) -> Vec<NaiveDate> {
    let events = example.events.iter().map(|event| event.date);
    let facts = example.facts.iter().filter_map(|fact| fact.date);
    let mut dates: Vec<NaiveDate> = events.chain(facts).chain([example.as_of]).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}
