//! Words that the grammar leaves open, and how findings speak of words, names and numbers.

use super::report::Report;
use crate::{
    diagnostic::Code,
    lang::Text,
    source::Span,
    syntax::tree::{Amount, Name, Number},
    tables::{MAX_AMOUNT, Role, RuleSeverity, Status, Unit},
    text,
};

/// A word of a closed list, and what it means.
pub type Words<T> = [(&'static str, T)];

pub const ROLES: &Words<Role> = &[
    ("åpner", Role::Opens),
    ("overfører", Role::Transfers),
    ("fullfører", Role::Completes),
    ("avslutter", Role::Closes),
];
pub const STATUSES: &Words<Status> = &[
    ("utkast", Status::Utkast),
    ("høring", Status::Høring),
    ("gjeldende", Status::Gjeldende),
    ("ufullstendig", Status::Ufullstendig),
    ("tilbaketrukket", Status::Tilbaketrukket),
];
pub const SEVERITIES: &Words<RuleSeverity> = &[("feil", RuleSeverity::Feil), ("advarsel", RuleSeverity::Advarsel)];
/// One of a unit may stand in the singular: `1 uke`.
pub const UNITS: &Words<Unit> = &[
    ("kalenderdager", Unit::Kalenderdager),
    ("arbeidsdager", Unit::Arbeidsdager),
    ("virkedager", Unit::Virkedager),
    ("uker", Unit::Uker),
    ("måneder", Unit::Måneder),
    ("kalenderdag", Unit::Kalenderdager),
    ("arbeidsdag", Unit::Arbeidsdager),
    ("virkedag", Unit::Virkedager),
    ("uke", Unit::Uker),
    ("måned", Unit::Måneder),
];

/// Units of time in conditions and lists, and how many of the table's unit one of them is.
const SPANS: &Words<(Unit, u32)> = &[
    ("dager", (Unit::Kalenderdager, 1)),
    ("uker", (Unit::Uker, 1)),
    ("måneder", (Unit::Måneder, 1)),
    ("år", (Unit::Måneder, 12)),
    ("kalenderdager", (Unit::Kalenderdager, 1)),
    ("arbeidsdager", (Unit::Arbeidsdager, 1)),
    ("virkedager", (Unit::Virkedager, 1)),
    ("dag", (Unit::Kalenderdager, 1)),
    ("uke", (Unit::Uker, 1)),
    ("måned", (Unit::Måneder, 1)),
    ("kalenderdag", (Unit::Kalenderdager, 1)),
    ("arbeidsdag", (Unit::Arbeidsdager, 1)),
    ("virkedag", (Unit::Virkedager, 1)),
];

/// What the word means; an unknown one is F0212. `what` says which kind of word stands here.
pub fn word<T: Copy>(name: &Name, words: &Words<T>, what: (&str, &str), report: &mut Report) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == name.value).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let (nb, en) = what;
        let word = &name.value;
        let finding =
            report.finding(Code::UnknownWord, name.span, text!("«{word}» er ikke {nb}", "«{word}» is not {en}"));
        report.push(with_suggestion(finding, word, words.iter().map(|(word, _)| *word)));
    }
    found
}

/// Adds the nearest of the candidates as help, or all of them when they are few.
pub fn with_suggestion<'a>(
    finding: crate::diagnostic::Finding,
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> crate::diagnostic::Finding {
    // Enough for any real file, and bounded for the others.
    let candidates: Vec<_> = candidates.into_iter().take(200).collect();
    if let Some(near) = nearest(word, &candidates) {
        return finding.help(text!("Mente du «{near}»?", "Did you mean «{near}»?"));
    }
    if (1..=10).contains(&candidates.len()) {
        let Text { nb, en } = either(&candidates);
        return finding.help(text!("Skriv {nb}.", "Write {en}."));
    }
    finding
}

/// The candidate that the author most likely meant, if one is close enough.
fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let allowed = (lower.chars().count() / 3).max(1);
    candidates
        .iter()
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), *candidate))
        // A name of one letter is as near to every other: it suggests nothing.
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// «a», «b» og «c»
pub fn all_of<S: AsRef<str>>(names: &[S]) -> Text {
    Text { nb: joined(names, "og"), en: joined(names, "and") }
}

/// «a», «b» eller «c»
pub fn either<S: AsRef<str>>(names: &[S]) -> Text {
    Text { nb: joined(names, "eller"), en: joined(names, "or") }
}

fn joined<S: AsRef<str>>(names: &[S], last: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("«{}»", name.as_ref())).collect();
    match quoted.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

pub use crate::prove::conditions::number;

/// A whole number from `least`, or F0107 that says what it counts.
pub fn whole(written: &Number, least: u32, what: (&str, &str), report: &mut Report) -> Option<u32> {
    let found = as_whole(written.value).filter(|value| *value >= least);
    if found.is_none() {
        let ((nb, en), value) = (what, number(written.value));
        report.add_help(
            Code::BadNumber,
            written.span,
            text!("{nb} kan ikke være {value}", "{en} cannot be {value}"),
            text!("Skriv et helt tall fra {least}.", "Write a whole number from {least}."),
        );
    }
    found
}

/// A span of time from 1 of its unit (F0107, F0212).
pub fn time(written: &Amount, report: &mut Report) -> Option<(u32, Unit)> {
    let unit = word(&written.unit, SPANS, ("en tidsenhet", "a unit of time"), report);
    let what = ("Tiden", "The time");
    let amount = whole(&written.number, 1, what, report);
    let ((unit, times), amount) = (unit?, amount?);
    let found = amount.checked_mul(times).filter(|amount| *amount <= MAX_AMOUNT);
    if found.is_none() {
        let (value, word) = (number(written.number.value), &written.unit.value);
        report.add_help(
            Code::BadNumber,
            written.number.span,
            text!("{value} {word} er for lenge", "{value} {word} is too long"),
            text!("Skriv en kortere tid.", "Write a shorter time."),
        );
    }
    found.map(|amount| (amount, unit))
}

/// The number, if it is whole, not negative and not too large.
pub fn as_whole(value: f64) -> Option<u32> {
    (value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value)).then_some(value as u32)
}

/// From the start of one span to the end of another.
pub fn join(first: Span, last: Span) -> Span {
    Span::new(first.start.min(last.start), first.end.max(last.end))
}

#[cfg(test)]
mod tests {
    use super::{all_of, as_whole, nearest};

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("kirugi", &["stråle", "kirurgi"]), Some("kirurgi"));
        assert_eq!(nearest("cx", &["CK", "S"]), Some("CK"));
        assert_eq!(nearest("måndeer", &["uker", "måneder"]), Some("måneder"));
        assert_eq!(nearest("helt_annet", &["uker", "måneder"]), None);
        assert_eq!(nearest("Q", &["A", "S"]), None);
    }

    #[test]
    fn names_are_listed_as_people_write_them() {
        assert_eq!(all_of(&["a"]).nb, "«a»");
        assert_eq!(all_of(&["a", "b", "c"]).en, "«a», «b» and «c»");
    }

    #[test]
    fn whole_numbers_only() {
        assert_eq!(as_whole(14.0), Some(14));
        assert_eq!(as_whole(0.5), None);
        assert_eq!(as_whole(-1.0), None);
        assert_eq!(as_whole(1e12), None);
        assert_eq!(as_whole(f64::NAN), None);
    }
}
