//! Intervals: from which codes to which, split by which treatments.

use super::{
    Draft, Found, Kind, Lead, Look, Pair, compare_words,
    list::{matched, set},
};
use crate::{tables::Interval, text};

pub(super) fn compare<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let intervals = matched(&pair.old.intervals, &pair.new.intervals, |interval| &interval.name);
    let subject = |interval: &Interval| {
        let (name, label) = (&interval.name, &interval.label);
        text!("Intervallet {name} («{label}»)", "The interval {name} («{label}»)")
    };
    for interval in &intervals.removed {
        let draft = Draft::removed(Kind::IntervalRemoved, &[&interval.name], &interval.origin, &subject(interval));
        found.push(draft.lead(about(&[interval])));
    }
    for interval in &intervals.added {
        let draft = Draft::added(Kind::IntervalAdded, &[&interval.name], &interval.origin, &subject(interval));
        found.push(draft.lead(about(&[interval])));
    }
    for (old, new) in &intervals.kept {
        one(old, new, found);
    }
    let treatments_reordered = intervals
        .kept
        .iter()
        .any(|(old, new)| matched(&old.treatments, &new.treatments, |treatment| &treatment.name).reordered);
    if intervals.reordered || treatments_reordered {
        let places = (Some(&pair.old.origin), Some(&pair.new.origin));
        let message = text!(
            "Intervallene eller behandlingene står i annen rekkefølge, og i den står svarene",
            "The intervals or treatments are in another order, which is that of the answers"
        );
        found.push(Draft::new(Kind::IntervalOrder, &[], places, message));
    }
}

fn one<'t>(old: &'t Interval, new: &'t Interval, found: &mut Found<'t>) {
    let (name, places) = (&new.name, (&old.origin, &new.origin));
    let before = found.len();
    let treatments = |interval: &Interval| {
        let mut told: Vec<String> = interval
            .treatments
            .iter()
            .map(|treatment| format!("{} = {}", treatment.name, set(&treatment.codes)))
            .collect();
        told.sort_unstable();
        told.join("; ")
    };
    let repeats = |interval: &Interval| if interval.repeats { "gjentas" } else { "" };
    for (key, subject, words) in [
        ("from", text!("Starten på {name}", "The start of {name}"), [set(&old.from), set(&new.from)]),
        ("to", text!("Slutten på {name}", "The end of {name}"), [set(&old.to), set(&new.to)]),
        ("treatments", text!("Behandlingene i {name}", "The treatments of {name}"), [treatments(old), treatments(new)]),
        (
            "repeats",
            text!("Om {name} gjentas", "Whether {name} repeats"),
            [repeats(old).to_owned(), repeats(new).to_owned()],
        ),
    ] {
        let [from, to] = &words;
        compare_words(found, Kind::IntervalChanged, &[name, key], places, &subject, [from, to]);
    }
    found.iter_mut().skip(before).for_each(|draft| draft.lead = about(&[old, new]));
    let subject = text!("Teksten til {name}", "The text of {name}");
    compare_words(found, Kind::IntervalText, &[name], places, &subject, [&old.label, &new.label]);
    let subject = text!("Summen som {name} er,", "The sum that {name} is");
    let sums = [old.sum.join(" + "), new.sum.join(" + ")];
    let [from, to] = &sums;
    compare_words(found, Kind::IntervalText, &[name, "sum"], places, &subject, [from, to]);
}

fn about<'t>(intervals: &[&'t Interval]) -> Lead<'t> {
    let mut codes: Vec<&str> = Vec::new();
    for code in intervals.iter().flat_map(|interval| interval.from.iter().chain(&interval.to)) {
        if !codes.contains(&code.as_str()) {
            codes.push(code);
        }
    }
    let name = intervals.last().map_or("", |interval| interval.name.as_str());
    Lead::Course { codes, look: Look::Interval(name) }
}
