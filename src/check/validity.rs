//! Validity (rule 7): periods that begin before they end, follow on one another and lie within the pathway's own.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{limits::Written, report::Report, words::join};
use crate::{
    diagnostic::{Code as F, Finding},
    lang::Text,
    source::Span,
    syntax::tree::{Date, Validity},
    tables::Limit,
    text,
};

/// `fra` after `til` is F0601.
pub fn check_order(validity: &Validity, report: &mut Report) {
    check_row_order(validity, validity.from.as_ref(), validity.to.as_ref(), report);
}

/// The same for a row that may take one of its dates from the table; what the table itself says is checked there.
pub fn check_row_order(own: &Validity, from: Option<&Date>, to: Option<&Date>, report: &mut Report) {
    let (Some(from), Some(to)) = (from, to) else { return };
    if from.value <= to.value {
        return;
    }
    let span = match (&own.from, &own.to) {
        (Some(from), Some(to)) => join(from.span, to.span),
        (Some(date), None) | (None, Some(date)) => date.span,
        (None, None) => return,
    };
    let (from, to) = (from.value, to.value);
    report.add_help(
        F::ReversedValidity,
        span,
        text!("Gyldigheten slutter {to}, før den begynner {from}", "The validity ends {to}, before it begins {from}"),
        text!("Bytt om datoene.", "Change the dates round."),
    );
}

/// Rows of one key: the same twice (F0401), overlaps (F0603), gaps (F0602). The rows are sorted by key and first day.
pub fn check_rows(limits: &mut [(Limit, Written)], may_miss_rows: bool, report: &mut Report) {
    // A row for every treatment would repeat its mistakes for each.
    let mut said = BTreeSet::new();
    for at in 1..limits.len() {
        let Some([(earlier, first), (later, second)]) = limits.get_mut(at - 1..=at) else { continue };
        if key(earlier) != key(later) {
            continue;
        }
        if let Some(finding) = check_pair((earlier, first), (later, second), may_miss_rows, report) {
            (first.doubtful, second.doubtful) = (true, true);
            if !said.contains(&first.row) && !said.contains(&second.row) {
                let place = report.place(first.whole);
                report.push(finding.related(place, text!("den andre raden", "the other row")));
            }
            said.extend([first, second].into_iter().filter(|row| row.wide).map(|row| row.row));
        }
    }
}

fn key(limit: &Limit) -> (&str, Option<&str>, Option<&str>) {
    (&limit.interval, limit.treatment.as_deref(), limit.variant.as_deref())
}

fn check_pair(
    (earlier, _): (&Limit, &Written),
    (later, written): (&Limit, &Written),
    may_miss_rows: bool,
    report: &Report,
) -> Option<Finding> {
    let Text { nb, en } = name(later);
    if (earlier.valid_from, earlier.valid_to) == (later.valid_from, later.valid_to) {
        let message = text!("Fristen for {nb} er oppgitt to ganger", "The limit of {en} is stated twice");
        let help = text!(
            "Slett den ene, eller gi radene hver sin gyldighet med «fra» og «til».",
            "Delete one of them, or give each row a validity of its own with «fra» and «til»."
        );
        return Some(report.finding(F::DuplicateLimit, written.key, message).help(help));
    }
    let end = earlier.valid_to;
    let start = later.valid_from.unwrap_or(NaiveDate::MIN);
    if end.is_none_or(|end| start <= end) {
        let message = text!("To rader for {nb} gjelder samtidig", "Two rows for {en} are valid at the same time");
        let help = text!(
            "La den ene slutte med «til» dagen før den andre begynner med «fra».",
            "Let one end with «til» the day before the other begins with «fra»."
        );
        return Some(report.finding(F::ValidityOverlap, written.key, message).help(help));
    }
    let next = end?.succ_opt()?;
    if start > next && !may_miss_rows {
        let last = start.pred_opt()?;
        let message = if next == last {
            text!("Ingen rad for {nb} gjelder {next}", "No row for {en} is valid on {next}")
        } else {
            text!("Ingen rad for {nb} gjelder fra {next} til {last}", "No row for {en} is valid from {next} to {last}")
        };
        let help = text!("La raden begynne med «fra {next}».", "Let the row begin with «fra {next}».");
        return Some(report.finding(F::ValidityGap, written.key, message).help(help));
    }
    None
}

fn name(limit: &Limit) -> Text {
    let interval = &limit.interval;
    match &limit.treatment {
        Some(treatment) => text!("«{interval} {treatment}»", "«{interval} {treatment}»"),
        None => text!("«{interval}»", "«{interval}»"),
    }
}

/// Dates of a table or a row that lie outside the pathway's own validity (F0604).
pub fn check_within(own: &Validity, pathway: &Validity, report: &mut Report) {
    for date in own.from.iter().chain(&own.to) {
        let before = pathway.from.as_ref().filter(|from| date.value < from.value);
        let after = pathway.to.as_ref().filter(|to| date.value > to.value);
        if let Some(bound) = before.or(after) {
            let (day, limit) = (date.value, bound.value);
            let message = match before {
                Some(_) => text!(
                    "{day} er før pakkeforløpet gjelder, fra {limit}",
                    "{day} is before the pathway is valid, from {limit}"
                ),
                None => text!(
                    "{day} er etter at pakkeforløpet gjelder, til {limit}",
                    "{day} is after the pathway is valid, to {limit}"
                ),
            };
            report.push(outside(report, date.span, message, bound.span));
        }
    }
}

fn outside(report: &Report, span: Span, message: Text, bound: Span) -> Finding {
    report
        .finding(F::OutsideValidity, span, message)
        .help(text!("Rett datoen, eller pakkeforløpets «gyldig».", "Correct the date, or the pathway's «gyldig»."))
        .related(report.place(bound), text!("pakkeforløpets gyldighet", "the pathway's validity"))
}
