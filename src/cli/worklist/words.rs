//! What the table and the calendar say in words.

use super::{
    List,
    deadlines::{Code, Deadline, Point},
    rows::Row,
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

/// «3 dager over», «4 dager igjen».
pub(super) fn standing(left: i64, lang: Lang) -> String {
    let days = words::days(left, lang);
    let words = if left < 0 { text!("{days} over", "{days} over") } else { text!("{days} igjen", "{days} left") };
    words.get(lang).to_owned()
}

/// What must come: a line for each latest day of each interval.
pub(super) fn next(points: &[Point], lang: Lang) -> Vec<String> {
    let mut lines: Vec<(&str, Vec<&Code>, String)> = Vec::new();
    for point in points {
        let when = when(point, lang);
        match lines.iter_mut().find(|(interval, _, known)| *interval == point.ends.interval && *known == when) {
            Some((_, codes, _)) => codes.extend(&point.next.codes),
            None => lines.push((&point.ends.interval, point.next.codes.iter().collect(), when)),
        }
    }
    lines.into_iter().map(|(_, codes, when)| named(&codes) + &when).collect()
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

/// The latest day of a point, where it is another than the due date, and what is lost.
fn when(point: &Point, lang: Lang) -> String {
    let latest = point.next.latest.filter(|day| point.due != Some(*day)).zip(point.next.because.as_ref());
    let latest = latest.map(|(day, because)| {
        let date = words::date(day, lang);
        if point.due.is_some_and(|due| due < day) {
            text!("{because} kan ennå holdes til {date}", "{because} can still be kept until {date}")
        } else {
            text!("senest {date} for å holde {because}", "by {date} to keep {because}")
        }
    });
    let lost = words::list(&point.next.lost, lang);
    let lost = (!lost.is_empty()).then(|| text!("{lost} kan ikke lenger holdes", "{lost} can no longer be kept"));
    [latest, lost].into_iter().flatten().map(|part| format!(", {}", part.get(lang))).collect()
}

/// What is under way without being due first: «Også: OF4 29.07.2024», or «I minst til 19.02.2024» where nothing is.
pub(super) fn beside(row: &Row, lang: Lang) -> Option<String> {
    let others = row.under_way.iter().filter(|deadline| deadline.due.is_none() || deadline.due != row.due);
    let others: Vec<String> = others.map(|deadline| dated(deadline, lang)).collect();
    let others = (!others.is_empty()).then(|| others.join("; "))?;
    Some(match row.due {
        Some(_) => text!("Også: {others}", "Also: {others}").get(lang).to_owned(),
        None => others,
    })
}

/// «OF4 29.07.2024», «I minst til 19.02.2024», «OF4 uten frist».
fn dated(deadline: &Deadline, lang: Lang) -> String {
    let name = &deadline.name;
    let day = deadline.due.or(deadline.earliest).map(|day| words::date(day, lang)).unwrap_or_default();
    let words = match (deadline.due, deadline.earliest) {
        (Some(_), _) => text!("{name} {day}", "{name} {day}"),
        (None, Some(_)) if deadline.days_left < Some(0) => {
            text!("{name}, minstetiden er gått", "{name}, the least time has passed")
        }
        (None, Some(_)) => text!("{name} minst til {day}", "{name} at least until {day}"),
        (None, None) => text!("{name} uten frist", "{name} no limit"),
    };
    words.get(lang).to_owned()
}

/// Who has the responsibility.
pub(super) fn responsible(row: &Row, lang: Lang) -> Option<String> {
    let institution = printable(row.institution.as_ref()?);
    Some(text!("Ansvar: {institution}", "Responsible: {institution}").get(lang).to_owned())
}

/// What one should know before trusting the date.
pub(super) fn remarks(row: &Row, lang: Lang) -> Vec<String> {
    let variant = &row.variant;
    let unknown = settled_by(&row.unknown, lang).filter(|_| row.variant_basis == Basis::Assumed);
    let unknown = unknown.map(|unknown| text!("Antatt {variant}, {unknown}", "Assumed {variant}, {unknown}"));
    let errors = row.errors.join(", ");
    let errors = (!errors.is_empty()).then(|| text!("Feil i kodingen: {errors}", "Error in the coding: {errors}"));
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
