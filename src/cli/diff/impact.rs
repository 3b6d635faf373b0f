//! What a change does to a register, as lines of words that human and Markdown output share.

use super::super::words::{self, counted};
use crate::{
    diff::{Counts, Impact, Measure, by_status},
    lang::{Lang, Text},
    runtime::Status,
    text,
};

/// An interval of which some course has another status.
pub(super) struct Told {
    pub name: String,
    pub shifts: Vec<String>,
    pub before: String,
    pub after: String,
    /// Each institution with its shifts.
    pub institutions: Vec<(String, String)>,
}

/// «2 av 30 forløp (6,7 %) får en annen status»
pub(super) fn summary(impact: &Impact, as_of: chrono::NaiveDate, lang: Lang) -> Text {
    let (affected, courses, day) =
        (impact.affected, impact.courses_after.max(impact.courses_before), words::date(as_of, lang));
    let share = share(affected, courses, lang);
    let mut told = text!(
        "Per {day} får {affected} av {courses} forløp ({share}) en annen status.",
        "As of {day}, {affected} of {courses} courses ({share}) have another status."
    );
    let (before, after) = (impact.courses_before, impact.courses_after);
    if before != after {
        told.nb += &format!(" Det var {before} forløp, og er {after}.");
        told.en += &format!(" There were {before} courses, and are {after}.");
    }
    for (count, what) in [
        (impact.other_variant, text!("en annen variant", "another variant")),
        (impact.other_state, text!("en annen tilstand", "another state")),
        (impact.other_findings, text!("andre funn", "other findings")),
    ] {
        if count > 0 {
            let courses = counted(count, &text!("forløp", "course"), &text!("forløp", "courses"), lang);
            told.nb += &format!(" {courses} har {}.", what.nb);
            told.en += &format!(" {courses}: {}.", what.en);
        }
    }
    told
}

/// The intervals of which some course has another status.
pub(super) fn told(impact: &Impact, lang: Lang) -> Vec<Told> {
    let one = |measure: &Measure| {
        let total = impact.total(measure);
        let shifts = shifts(&total, lang);
        if shifts.is_empty() {
            return None;
        }
        let treatment = measure.treatment.as_ref().map_or(String::new(), |treatment| format!(" {treatment}"));
        let institutions = impact.counts.get(measure).into_iter().flatten().filter_map(|(institution, counts)| {
            let shifts = self::shifts(counts, lang);
            let nowhere = text!("uten institusjon", "no institution");
            let name = institution.clone().unwrap_or_else(|| nowhere.get(lang).to_owned());
            (!shifts.is_empty()).then(|| (name, shifts.join(", ")))
        });
        Some(Told {
            name: format!("{} {}{treatment}", measure.pathway, measure.interval),
            shifts,
            before: side(&total, false, lang),
            after: side(&total, true, lang),
            institutions: institutions.collect(),
        })
    };
    impact.counts.keys().filter_map(one).collect()
}

/// «innenfor → overskredet: 2»
fn shifts(counts: &Counts, lang: Lang) -> Vec<String> {
    let word = |word: Option<&str>| {
        let status = Status::ALL.into_iter().find(|status| Some(status.word()) == word);
        status.map_or(text!("ikke svar", "no answer"), words::status).get(lang).to_owned()
    };
    let changed = counts.iter().filter(|((from, to), _)| from != to);
    changed.map(|((from, to), count)| format!("{} → {}: {count}", word(*from), word(*to))).collect()
}

/// Each status with its count, and its share of those that the interval applies to.
fn side(counts: &Counts, after: bool, lang: Lang) -> String {
    let statuses = by_status(counts, after);
    let applies = || statuses.iter().filter(|(status, _)| *status != Status::NotApplicable);
    let all = applies().map(|(_, count)| count).sum();
    let told = applies().map(|(status, count)| {
        let status = words::status(*status);
        format!("{} {count} ({})", status.get(lang), share(*count, all, lang))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// A share in per cent, with one decimal.
fn share(part: u64, all: u64, lang: Lang) -> String {
    let tenths = (part * 1000 + all / 2).checked_div(all).unwrap_or(0);
    let mark = if lang == Lang::Nb { ',' } else { '.' };
    format!("{}{mark}{} %", tenths / 10, tenths % 10)
}
