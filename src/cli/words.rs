//! The words for answers, in both languages.

use chrono::NaiveDate;
use comfy_table::Color;

use crate::{
    lang::{Lang, Text},
    runtime::{CriteriaResult, InvestigationStatus, State, Status, amount},
    tables::{Form, Limit, Need, Origin, Strength, Unit},
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

/// What came of criteria, by the answers' word: the words of `forvent` in the language.
pub(super) fn criteria(word: &str) -> Text {
    match word {
        "met" => text!("oppfylt", "met"),
        "not_met" => text!("ikke oppfylt", "not met"),
        other => undecided(other),
    }
}

/// Where a decision table leads, by the answers' word.
pub(super) fn route(word: &str) -> Text {
    match word {
        "refer" => text!("henvises", "refer"),
        "included" => text!("inngår", "included"),
        "outside" => text!("utenfor", "outside"),
        "at_once" => text!("straks", "at once"),
        "onward" => text!("videre", "onward"),
        "none" => text!("uten utfall", "no outcome"),
        other => undecided(other),
    }
}

/// How it stands with an investigation, by the answers' word.
pub(super) fn investigation(word: &str) -> Text {
    match word {
        "done" => text!("utført", "done"),
        "outdated" => text!("foreldet", "outdated"),
        "lacking" => text!("mangler", "lacking"),
        "breach" => text!("brudd", "breach"),
        "wrong_order" => text!("feil rekkefølge", "wrong order"),
        other => undecided(other),
    }
}

fn undecided(word: &str) -> Text {
    match word {
        "unknown" => text!("ubestemt", "unknown"),
        "not_applicable" => text!("gjelder ikke", "not applicable"),
        other => text!("{other}", "{other}"),
    }
}

/// How binding an investigation is: the author's words.
pub(super) fn strength(strength: Strength) -> Text {
    match strength {
        Strength::Skal => text!("påkrevd", "required"),
        Strength::Bør => text!("anbefalt", "recommended"),
        Strength::Kan => text!("aktuell", "optional"),
        Strength::Unngå => text!("unngå", "avoid"),
    }
}

/// «kan avgjøres av: alder, eller blødning og hb»; none if nothing small enough can.
pub(super) fn settled_by<S: AsRef<str>>(sets: &[Vec<S>], lang: Lang) -> Option<String> {
    let sets: Vec<String> = sets.iter().map(|set| list(set, lang)).collect();
    let sets = sets.join(text!(", eller ", ", or ").get(lang));
    (!sets.is_empty()).then(|| text!("kan avgjøres av: {sets}", "can be settled by: {sets}").get(lang).to_owned())
}

/// What a result means for the reader, so that colour is never the only sign of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// As it should be.
    Good,
    /// Not as it should be, or not met.
    Bad,
    /// To be done at once, or again.
    Urgent,
    /// In the wrong order.
    Backwards,
    /// A way on.
    Onward,
    /// A fact is lacking.
    Unknown,
    /// Nothing to do.
    Quiet,
}

impl Sign {
    pub(super) fn of_criteria(result: CriteriaResult) -> Self {
        match result {
            CriteriaResult::Met => Sign::Good,
            CriteriaResult::NotMet => Sign::Bad,
            CriteriaResult::Unknown => Sign::Unknown,
            CriteriaResult::NotApplicable => Sign::Quiet,
        }
    }

    pub(super) fn of_route(word: &str) -> Self {
        match word {
            "refer" | "onward" => Sign::Onward,
            "included" => Sign::Good,
            "outside" => Sign::Bad,
            "at_once" => Sign::Urgent,
            "unknown" => Sign::Unknown,
            _ => Sign::Quiet,
        }
    }

    /// What lacks is bad only where it is required.
    pub(super) fn of_investigation(status: InvestigationStatus, strength: Option<Strength>) -> Self {
        match status {
            InvestigationStatus::Done => Sign::Good,
            InvestigationStatus::Lacking if strength == Some(Strength::Skal) => Sign::Bad,
            InvestigationStatus::Breach => Sign::Bad,
            InvestigationStatus::Outdated => Sign::Urgent,
            InvestigationStatus::WrongOrder => Sign::Backwards,
            InvestigationStatus::Unknown => Sign::Unknown,
            InvestigationStatus::Lacking | InvestigationStatus::NotApplicable => Sign::Quiet,
        }
    }

    /// The sign itself.
    pub(super) fn mark(self) -> char {
        match self {
            Sign::Good => '✓',
            Sign::Bad => '✗',
            Sign::Urgent => '!',
            Sign::Backwards => '↶',
            Sign::Onward => '→',
            Sign::Unknown => '?',
            Sign::Quiet => '–',
        }
    }

    /// The sign and a word, as wide as the widest word, so that the columns of a block stand under each other.
    pub(super) fn before(self, word: &str) -> String {
        format!("{} {word:<15}", self.mark())
    }

    /// Its colour; none is dimmed.
    pub(super) fn colour(self) -> Option<Color> {
        match self {
            Sign::Good => Some(Color::DarkGreen),
            Sign::Bad | Sign::Urgent => Some(Color::DarkRed),
            Sign::Backwards | Sign::Unknown => Some(Color::DarkYellow),
            Sign::Onward => Some(Color::DarkCyan),
            Sign::Quiet => None,
        }
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

/// The line of the specification: `a.forlop:12`.
pub(super) fn place(origin: &Origin) -> String {
    format!("{}:{}", origin.file, origin.line)
}

/// How many items must be met: the author's words.
pub(super) fn need(need: Need) -> Text {
    match need {
        Need::All => text!("alle av", "all of"),
        Need::None => text!("ingen av", "none of"),
        Need::AtLeast(count) => text!("minst {count} av", "at least {count} of"),
    }
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
