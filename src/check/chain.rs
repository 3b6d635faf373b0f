//! Sums of intervals: no sum contains itself, and the parts follow on one another.

use super::{report::Report, words::join};
use crate::{
    diagnostic::Code as F,
    source::Span,
    syntax::tree::{self, Name},
    tables::Interval,
    text,
};

/// Reports sums that contain themselves or what repeats (F0903) and then forgets them, and parts that do not chain (F0904).
pub fn check(written: &[&tree::Interval], intervals: &mut [Interval], report: &mut Report) {
    check_repeats(written, intervals, report);
    for sum in written.iter().filter(|interval| !interval.sum.is_empty()) {
        let name = &sum.name.value;
        if let Some(part) = sum.sum.iter().find(|part| reaches(intervals, &part.value, name)) {
            let part_name = &part.value;
            report.add_help(
                F::SumCycle,
                part.span,
                text!(
                    "«{name}» er en sum som inneholder seg selv gjennom «{part_name}»",
                    "«{name}» is a sum that contains itself through «{part_name}»"
                ),
                text!("Ta «{part_name}» ut av summen.", "Take «{part_name}» out of the sum."),
            );
            // Without this sum the circle is open, and the others in it are not reported too.
            forget(intervals, name);
        } else {
            check_chain(sum, intervals, report);
        }
    }
}

/// An interval that repeats has several lengths, and so is neither a sum nor a part of one.
fn check_repeats(written: &[&tree::Interval], intervals: &mut [Interval], report: &mut Report) {
    for sum in written.iter().filter(|interval| !interval.sum.is_empty()) {
        let repeats = |name: &&Name| find(intervals, &name.value).is_some_and(|interval| interval.repeats);
        let own = Some(&sum.name).filter(|_| sum.repeats);
        let Some(name) = own.or_else(|| sum.sum.iter().find(repeats)) else { continue };
        let word = &name.value;
        let message = if sum.repeats {
            text!("«{word}» gjentas og kan ikke være en sum", "«{word}» repeats and cannot be a sum")
        } else {
            text!(
                "«{word}» gjentas og kan ikke være en del av en sum",
                "«{word}» repeats and cannot be a part of a sum"
            )
        };
        let help = text!("Ta bort summen, eller «gjentas».", "Take away the sum, or «gjentas».");
        report.add_help(F::SumCycle, name.span, message, help);
        forget(intervals, &sum.name.value);
    }
}

fn forget(intervals: &mut [Interval], sum: &str) {
    intervals.iter_mut().filter(|interval| interval.name == sum).for_each(|interval| interval.sum.clear());
}

/// Whether `target` is `from` or a part of it, directly or not.
fn reaches(intervals: &[Interval], from: &str, target: &str) -> bool {
    let mut seen = vec![from];
    let mut at = 0;
    while let Some(name) = seen.get(at).copied() {
        if name == target {
            return true;
        }
        for part in find(intervals, name).iter().flat_map(|interval| &interval.sum) {
            if !seen.contains(&part.as_str()) {
                seen.push(part);
            }
        }
        at += 1;
    }
    false
}

fn find<'i>(intervals: &'i [Interval], name: &str) -> Option<&'i Interval> {
    intervals.iter().find(|interval| interval.name == name)
}

fn check_chain(sum: &tree::Interval, intervals: &[Interval], report: &mut Report) {
    let parts: Option<Vec<(&Name, &Interval)>> =
        sum.sum.iter().map(|part| find(intervals, &part.value).map(|interval| (part, interval))).collect();
    let (Some(whole), Some(parts)) = (find(intervals, &sum.name.value), parts) else { return };
    if let Some((name, first)) = parts.first().filter(|(_, first)| !same(&first.from, &whole.from)) {
        let (whole, first) = (&whole.name, &first.name);
        broken(
            name.span,
            text!(
                "Summen «{whole}» starter ikke der den første delen «{first}» starter",
                "The sum «{whole}» does not start where its first part «{first}» starts"
            ),
            report,
        );
    }
    for pair in parts.windows(2) {
        let [(before, earlier), (after, later)] = pair else { continue };
        if !within(&later.from, &earlier.to) && !within(&earlier.to, &later.from) {
            let (earlier, later) = (&earlier.name, &later.name);
            broken(
                join(before.span, after.span),
                text!(
                    "«{later}» starter ikke der «{earlier}» slutter",
                    "«{later}» does not start where «{earlier}» ends"
                ),
                report,
            );
        }
    }
    if let Some((name, last)) = parts.last().filter(|(_, last)| !same(&last.to, &whole.to)) {
        let (whole, last) = (&whole.name, &last.name);
        broken(
            name.span,
            text!(
                "Summen «{whole}» slutter ikke der den siste delen «{last}» slutter",
                "The sum «{whole}» does not end where its last part «{last}» ends"
            ),
            report,
        );
    }
}

fn broken(span: Span, message: crate::lang::Text, report: &mut Report) {
    let help = text!(
        "Kontroller «fra» og «til» i delene, og rekkefølgen av dem.",
        "Check «fra» and «til» of the parts, and their order."
    );
    report.add_help(F::BrokenChain, span, message, help);
}

fn within(inner: &[String], outer: &[String]) -> bool {
    inner.iter().all(|code| outer.contains(code))
}

fn same(one: &[String], other: &[String]) -> bool {
    within(one, other) && within(other, one)
}
