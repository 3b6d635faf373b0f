//! Intervals of a template: their points, treatments and parts (E4, rule 1).

use super::{
    codes::Codes,
    report::Report,
    scope::{INTERVAL, Names, TREATMENT, Unread},
};
use crate::{
    diagnostic::Code as F,
    syntax::tree::{self, Name, Statement},
    tables::{Interval, Treatment},
    text,
};

/// The intervals of a template.
pub struct Intervals {
    pub names: Names,
    /// Those that could be lowered.
    pub all: Vec<Interval>,
}

impl Intervals {
    pub fn new(unread: &Unread) -> Self {
        Intervals { names: Names::new(INTERVAL, unread), all: Vec::new() }
    }

    /// Those of the template that is followed, each as the own one of its name when there is one, then the other own ones.
    pub fn lower(body: &[Statement], parent: &Intervals, codes: &Codes, unread: &Unread, report: &mut Report) -> Self {
        let mut intervals = Intervals { names: Names::new(INTERVAL, unread), all: parent.all.clone() };
        let declared: Vec<&tree::Interval> = written(body)
            .map(|interval| (interval, intervals.names.declare(&interval.name, report)))
            .filter_map(|(interval, new)| new.then_some(interval))
            .collect();
        for (name, place) in parent.names.places() {
            intervals.names.add(name, place);
        }
        for interval in &declared {
            // Both are lowered before either is given up, so that every unknown name is reported.
            let points = (codes.expand(&interval.from, report), codes.expand(&interval.to, report));
            let treatments = treatments(interval, points.1.as_deref(), codes, report);
            let sum = parts(&interval.sum, &intervals.names, report);
            let lowered = match (points, treatments, sum) {
                ((Some(from), Some(to)), Some(treatments), Some(sum)) => Some(Interval {
                    name: interval.name.value.clone(),
                    label: interval.label.value.clone(),
                    from,
                    to,
                    treatments,
                    sum,
                    repeats: interval.repeats,
                    origin: report.origin(interval.name.span),
                }),
                _ => None,
            };
            let replaced = intervals.all.iter().position(|one| one.name == interval.name.value);
            let place = replaced.map_or(intervals.all.len()..intervals.all.len(), |at| at..at + 1);
            intervals.all.splice(place, lowered);
        }
        let touched: Vec<_> = parent.all.iter().filter_map(|sum| touched(sum, &declared)).collect();
        let sums: Vec<_> = declared.into_iter().chain(&touched).collect();
        super::chain::check(&sums, &mut intervals.all, report);
        intervals
    }

    pub fn find(&self, name: &Name, report: &mut Report) -> Option<&Interval> {
        self.names.find(name, report)?;
        self.all.iter().find(|interval| interval.name == name.value)
    }
}

fn written(body: &[Statement]) -> impl Iterator<Item = &tree::Interval> {
    body.iter().filter_map(|statement| match statement {
        Statement::Interval(interval) => Some(interval),
        _ => None,
    })
}

/// An inherited sum of which a part is replaced: what then does not fit is said where the part is.
fn touched(sum: &Interval, own: &[&tree::Interval]) -> Option<tree::Interval> {
    let part = own.iter().find(|interval| sum.sum.contains(&interval.name.value))?;
    let kept = own.iter().all(|interval| interval.name.value != sum.name);
    let name = |value: &String| Name { value: value.clone(), span: part.name.span };
    let sum = tree::Interval {
        name: name(&sum.name),
        sum: sum.sum.iter().map(name).collect(),
        repeats: sum.repeats,
        ..(*part).clone()
    };
    kept.then_some(sum)
}

fn parts(sum: &[Name], names: &Names, report: &mut Report) -> Option<Vec<String>> {
    let parts: Vec<_> = sum.iter().map(|part| names.find(part, report).map(|_| part.value.clone())).collect();
    parts.into_iter().collect()
}

/// None if a name in them is unknown.
fn treatments(
    interval: &tree::Interval,
    ends: Option<&[String]>,
    codes: &Codes,
    report: &mut Report,
) -> Option<Vec<Treatment>> {
    let Some((group, written)) = &interval.treatments else { return Some(Vec::new()) };
    let group = codes.group(group, report);
    let mut names = Names::new(TREATMENT, &Unread::default());
    let mut taken = Names::new(super::scope::CODE, &Unread::default());
    let mut lowered = Vec::new();
    let mut whole = true;
    for (name, members) in written {
        whole &= names.declare(name, report);
        let expanded = codes.expand(members, report);
        whole &= expanded.is_some();
        for member in members {
            if let (Some(group), Some(ends)) = (group, ends) {
                check_end(member, name, group, ends, codes, report);
            }
            check_once(member, &mut taken, report);
        }
        lowered.push(Treatment { name: name.value.clone(), codes: expanded.unwrap_or_default() });
    }
    (whole && group.is_some()).then_some(lowered)
}

/// The codes of a treatment must be able to end the interval.
fn check_end(member: &Name, treatment: &Name, group: &[String], ends: &[String], codes: &Codes, report: &mut Report) {
    // An unknown code has its finding already.
    let Some(meaning) = codes.meaning(&member.value) else { return };
    if meaning.iter().any(|code| !ends.contains(code) || !group.contains(code)) {
        let (code, treatment) = (&member.value, &treatment.value);
        report.add_help(
            F::TreatmentOutside,
            member.span,
            text!(
                "Behandlingen «{treatment}» bruker «{code}», som ikke avslutter intervallet",
                "The treatment «{treatment}» uses «{code}», which does not end the interval"
            ),
            text!(
                "Bruk en kode som står både etter «til» og i gruppen etter «etter».",
                "Use a code that stands both after «til» and in the group after «etter»."
            ),
        );
    }
}

/// A code can mean one treatment only.
fn check_once(member: &Name, taken: &mut Names, report: &mut Report) {
    let place = report.place(member.span);
    if taken.add(&member.value, place) {
        return;
    }
    let code = &member.value;
    let message = text!("«{code}» står under to behandlinger", "«{code}» stands under two treatments");
    let finding = report.finding(F::Duplicate, member.span, message);
    let finding = finding.help(text!("La koden stå under én av dem.", "Keep the code under one of them."));
    report.push(match taken.place(code) {
        Some(first) => finding.related(first, text!("først brukt her", "first used here")),
        None => finding,
    });
}
