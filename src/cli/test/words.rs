//! What an example expects and what came of it, in words.

use crate::{
    cli::words::{self, counted},
    lang::{Lang, Text},
    runtime::{Basis, Found, State, Status},
    tables::Expected,
    text,
};

/// What an example expects.
pub(super) fn expected(expected: &Expected, lang: Lang) -> String {
    match expected {
        Expected::Interval { interval, treatment, status, days } => {
            let treatment = treatment.as_ref().map_or(String::new(), |name| format!(" {name}"));
            let status = Status::ALL.into_iter().find(|known| known.word() == status);
            format!("{interval}{treatment} {}", judged(status, *days, lang))
        }
        Expected::Variant { variant, assumed } => {
            let basis = assumed.map(|assumed| if assumed { Basis::Assumed } else { Basis::Known });
            self::variant(variant, basis, lang)
        }
        Expected::State { state } => {
            let known = [State::Open, State::Completed, State::Closed].into_iter().find(|known| known.word() == state);
            known.map_or(String::new(), |known| in_state(known, lang))
        }
        Expected::Finding { code } => text!("funn {code}", "finding {code}").get(lang).to_owned(),
        Expected::NoFindings => findings(&[], lang),
        Expected::Criteria { criteria, result } => {
            let Text { nb, en } = words::criteria(result);
            text!("kriterier {criteria} {nb}", "criteria {criteria} {en}").get(lang).to_owned()
        }
        Expected::Route { route, result } => {
            let Text { nb, en } = words::route(result);
            text!("veivalg {route} {nb}", "way on {route} {en}").get(lang).to_owned()
        }
        Expected::Investigation { list, item, status } => {
            let Text { nb, en } = words::investigation(status);
            text!("undersøkelser {list} {item} {nb}", "investigations {list} {item} {en}").get(lang).to_owned()
        }
        Expected::Courses { count } => courses(*count, lang),
    }
}

/// What came out.
pub(super) fn found(found: &Found, lang: Lang) -> String {
    match found {
        Found::Courses(count) => courses(*count, lang),
        Found::NoInterval => text!("ikke noe slikt intervall", "no such interval").get(lang).to_owned(),
        Found::Interval { status, days, .. } => judged(Some(*status), *days, lang),
        Found::Variant { variant, basis } => self::variant(variant, Some(*basis), lang),
        Found::State(state) => in_state(*state, lang),
        Found::Findings(codes) => findings(codes, lang),
        Found::NoQuestion => text!("ingenting med det navnet", "nothing of that name").get(lang).to_owned(),
        Found::Criteria { result, settled_by } => settled(&words::criteria(result.word()), settled_by, lang),
        Found::Route { result, row, settled_by } => {
            let words = settled(&words::route(result), settled_by, lang);
            match row {
                Some(row) => text!("{words} (rad {row})", "{words} (row {row})").get(lang).to_owned(),
                None => words,
            }
        }
        Found::Investigation { status, settled_by } => settled(&words::investigation(status.word()), settled_by, lang),
    }
}

/// «ubestemt (kan avgjøres av: alder)»
fn settled(word: &Text, settled_by: &[Vec<String>], lang: Lang) -> String {
    let word = word.get(lang);
    words::settled_by(settled_by, lang).map_or(word.to_owned(), |settled| format!("{word} ({settled})"))
}

/// «innenfor 10 dager», with days as `forvent` has them.
fn judged(status: Option<Status>, days: Option<i64>, lang: Lang) -> String {
    let status = status.map_or(String::new(), |status| words::status(status).get(lang).to_owned());
    days.map_or(status.clone(), |days| format!("{status} {}", words::days(days, lang)))
}

fn variant(variant: &str, basis: Option<Basis>, lang: Lang) -> String {
    let basis = match basis {
        Some(Basis::Known) => text!(" (sikker)", " (known)"),
        Some(Basis::Assumed) => text!(" (antatt)", " (assumed)"),
        None => text!("", ""),
    };
    format!("variant {variant}{}", basis.get(lang))
}

fn in_state(state: State, lang: Lang) -> String {
    let state = words::state(state);
    let Text { nb, en } = &state;
    text!("tilstand {nb}", "state {en}").get(lang).to_owned()
}

fn findings(codes: &[String], lang: Lang) -> String {
    let list = words::list(codes, lang);
    let words =
        if codes.is_empty() { text!("ingen funn", "no findings") } else { text!("funn {list}", "findings {list}") };
    words.get(lang).to_owned()
}

fn courses(count: u32, lang: Lang) -> String {
    counted(count.into(), &text!("forløp", "course"), &text!("forløp", "courses"), lang)
}
