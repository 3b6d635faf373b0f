//! The words for answers, in both languages.

use chrono::NaiveDate;
use comfy_table::Color;

use crate::{
    lang::{Lang, Text},
    runtime::{State, Status, amount},
    tables::{Form, Limit, Unit},
    text,
};

/// A status in words: those of `forvent` in the language.
pub(super) fn status(status: Status) -> Text {
    match status {
        Status::NotApplicable => text!("gjelder ikke", "not applicable"),
        Status::InvalidOrder => text!("feil rekkefølge", "invalid order"),
        Status::NoLimit => text!("uten frist", "no limit"),
        Status::Within => text!("innenfor", "within"),
        Status::Exceeded => text!("overskredet", "exceeded"),
        Status::TooEarly => text!("for tidlig", "too early"),
        Status::Undetermined => text!("ubestemt", "undetermined"),
        Status::NotStarted => text!("ikke startet", "not started"),
        Status::Running => text!("løper", "running"),
        Status::Overdue => text!("forfalt", "overdue"),
    }
}

/// A sign for a status, so that colour is never the only one, and its colour; none is dimmed.
pub(super) fn sign(status: Status) -> (char, Option<Color>) {
    match status {
        Status::Within => ('✓', Some(Color::DarkGreen)),
        Status::Exceeded => ('✗', Some(Color::DarkRed)),
        Status::Overdue => ('!', Some(Color::DarkRed)),
        Status::TooEarly => ('‹', Some(Color::DarkYellow)),
        Status::InvalidOrder => ('↶', Some(Color::DarkYellow)),
        Status::Undetermined => ('?', Some(Color::DarkYellow)),
        Status::Running => ('▸', Some(Color::DarkCyan)),
        Status::NotStarted => ('·', None),
        Status::NoLimit | Status::NotApplicable => ('–', None),
    }
}

/// A course's state in words.
pub(super) fn state(state: State) -> Text {
    match state {
        State::Open => text!("åpent", "open"),
        State::Completed => text!("fullført", "completed"),
        State::Closed => text!("avsluttet", "closed"),
    }
}

/// A date as people of the language write it.
pub(super) fn date(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Nb => day.format("%d.%m.%Y").to_string(),
        Lang::En => day.to_string(),
    }
}

/// A number of days, without their sign.
pub(super) fn days(count: i64, lang: Lang) -> String {
    counted(count.unsigned_abs(), &text!("dag", "day"), &text!("dager", "days"), lang)
}

/// What a row demands. Calendar days are plain days, as in the official tables.
pub(super) fn limit(row: &Limit, lang: Lang) -> String {
    let most = match (row.amount, row.unit) {
        (Some(most), Some(Unit::Kalenderdager)) => days(most.into(), lang),
        (Some(most), Some(unit)) => amount(most, unit, lang),
        _ => return text!("ikke tallfestet", "no number").get(lang).to_owned(),
    };
    let least = row.minimum.unwrap_or_default();
    let words = match row.form {
        Form::AtMost | Form::Unquantified => return most,
        Form::AtLeast => text!("minst {most}", "at least {most}"),
        Form::Between => text!("{least} til {most}", "{least} to {most}"),
        Form::SameDay => text!("samme dag", "same day"),
    };
    words.get(lang).to_owned()
}

/// «1 dag», «2 dager».
pub(super) fn counted(count: u64, one: &Text, many: &Text, lang: Lang) -> String {
    let word = if count == 1 { one } else { many };
    format!("{count} {}", word.get(lang))
}

/// «a, b og c».
pub(super) fn list<S: AsRef<str>>(items: &[S], lang: Lang) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => {
            let rest = rest.join(", ");
            text!("{rest} og {last}", "{rest} and {last}").get(lang).to_owned()
        }
        None => String::new(),
    }
}

/// The text with a capital letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
