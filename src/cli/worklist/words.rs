//! What the table and the calendar say in words.

use chrono::NaiveDate;

use super::{
    List,
    rows::{Code, Deadline, Row},
};
use crate::{
    cli::{
        answers::printable,
        words::{self, counted, settled_by},
    },
    lang::Lang,
    runtime::Basis,
    text,
};

/// «3 dager over», «i dag», «4 dager igjen».
pub(super) fn standing(left: i64, lang: Lang) -> String {
    let days = words::days(left, lang);
    let words = match left {
        0 => text!("i dag", "today"),
        1.. => text!("{days} igjen", "{days} left"),
        _ => text!("{days} over", "{days} over"),
    };
    words.get(lang).to_owned()
}

/// What ends these intervals: a line for each set of codes and latest day, which is said where it is not the due date.
pub(super) fn next<'r>(deadlines: impl IntoIterator<Item = &'r Deadline>, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for deadline in deadlines {
        let mut points: Vec<(Vec<&Code>, _)> = Vec::new();
        for next in &deadline.next {
            let latest = next.latest.zip(next.because.as_ref());
            match points.iter_mut().find(|(_, known)| *known == latest) {
                Some((codes, _)) => codes.extend(&next.codes),
                None => points.push((next.codes.iter().collect(), latest)),
            }
        }
        for (codes, latest) in points {
            let line =
                [Some(named(&codes)), latest.and_then(|(day, because)| latest_day(deadline, day, because, lang))];
            let line = line.into_iter().flatten().collect::<Vec<_>>().join(", ");
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

/// «S Første fremmøte», «CK, CM Klinisk beslutning»: the codes, and the words with which all their labels begin.
fn named(codes: &[&Code]) -> String {
    let names: Vec<&str> = codes.iter().map(|code| code.short.as_str()).collect();
    let mut labels = codes.iter().map(|code| code.label.split(' '));
    let mut shared: Vec<&str> = labels.next().into_iter().flatten().collect();
    for label in labels {
        let same = shared.iter().zip(label).take_while(|(known, word)| *known == word).count();
        shared.truncate(same);
    }
    let label = shared.join(" ");
    format!("{} {}", names.join(", "), label.trim_end_matches([' ', '–', '-', ':', ','])).trim_end().to_owned()
}

fn latest_day(deadline: &Deadline, day: NaiveDate, because: &str, lang: Lang) -> Option<String> {
    let date = words::date(day, lang);
    let words = if deadline.due.is_none_or(|due| day < due) {
        text!("senest {date} for å holde {because}", "by {date} to keep {because}")
    } else {
        text!("{because} kan ennå holdes til {date}", "{because} can still be kept until {date}")
    };
    (deadline.due != Some(day)).then(|| words.get(lang).to_owned())
}

/// An interval that is not the nearest: «OF4 29.07.2024», «I minst til 19.02.2024», «OF4 uten frist».
pub(super) fn later(deadline: &Deadline, lang: Lang) -> String {
    let name = &deadline.name;
    match (deadline.due, deadline.earliest) {
        (Some(due), _) => format!("{name} {}", words::date(due, lang)),
        (None, Some(earliest)) => {
            let earliest = words::date(earliest, lang);
            text!("{name} minst til {earliest}", "{name} at least to {earliest}").get(lang).to_owned()
        }
        (None, None) => text!("{name} uten frist", "{name} no limit").get(lang).to_owned(),
    }
}

/// What one should know before trusting the date.
pub(super) fn remarks(row: &Row, lang: Lang) -> Vec<String> {
    let variant = &row.variant;
    let unknown = settled_by(&row.unknown, lang).filter(|_| row.variant_basis == Basis::Assumed);
    let unknown = unknown.map(|unknown| text!("{variant} er antatt, {unknown}", "{variant} is assumed, {unknown}"));
    let errors = row.errors.join(", ");
    let errors = (!errors.is_empty()).then(|| text!("feil i kodingen: {errors}", "error in the coding: {errors}"));
    [unknown, errors].into_iter().flatten().map(|remark| remark.get(lang).to_owned()).collect()
}

/// The course among the patient's: by its id if it has one.
pub(super) fn course(row: &Row) -> String {
    match &row.course_id {
        Some(id) => format!("{} {}", row.pathway, printable(id)),
        None => format!("{} {}", row.pathway, row.course),
    }
}

/// How many open courses are not shown; none if all are.
pub(super) fn hidden(list: &List, within: Option<u32>, lang: Lang) -> Option<String> {
    let days = words::days(within.unwrap_or_default().into(), lang);
    let parts = [
        (list.later, text!("med frist om mer enn {days}", "due in more than {days}")),
        (list.elsewhere, text!("ved andre institusjoner", "of other institutions")),
        (list.nowhere, text!("uten kjent institusjon", "of no known institution")),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, which)| format!("{count} {}", which.get(lang))).collect();
    let parts = (!parts.is_empty()).then(|| words::list(&parts, lang))?;
    Some(text!("Åpne forløp som ikke er vist: {parts}.", "Open courses not shown: {parts}.").get(lang).to_owned())
}

/// How many courses have no date to stand on in a calendar; none if all have one.
pub(super) fn undated(list: &List, lang: Lang) -> Option<String> {
    let count = list.rows.iter().filter(|row| row.due.is_none()).count() as u64;
    let courses = counted(count, &text!("åpent forløp", "open course"), &text!("åpne forløp", "open courses"), lang);
    let line = text!(
        "{courses} har ingen fristdato og er ikke i kalenderen.",
        "{courses} without a due date, not in the calendar."
    );
    (count > 0).then(|| line.get(lang).to_owned())
}
