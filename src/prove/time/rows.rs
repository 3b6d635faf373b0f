//! The rows that hold together: for a variant, a treatment and a period in which courses start.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::lengths::{Amount, before};
use crate::{
    lang::Text,
    runtime,
    tables::{Form, Interval, Limit, Pathway},
    text,
};

/// The rows with numbers that one course is judged by.
#[derive(Debug)]
pub(super) struct Situation<'t> {
    pub variant: Option<&'t str>,
    /// The intervals that do not repeat, with a row or without.
    pub intervals: Vec<&'t Interval>,
    /// The first and the last day on which a course may start.
    pub period: (NaiveDate, NaiveDate),
    pub rows: Vec<Row<'t>>,
}

/// The row of an interval.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t> {
    pub interval: &'t Interval,
    pub limit: &'t Limit,
}

impl Row<'_> {
    /// The longest that it allows.
    pub fn most(&self) -> Option<Amount> {
        match self.limit.form {
            Form::AtMost | Form::SameDay | Form::Between => Some((self.limit.amount?, self.limit.unit?)),
            Form::AtLeast | Form::Unquantified => None,
        }
    }

    /// The shortest that it allows.
    pub fn least(&self) -> Option<Amount> {
        match self.limit.form {
            Form::AtLeast => Some((self.limit.amount?, self.limit.unit?)),
            Form::Between => Some((self.limit.minimum?, self.limit.unit?)),
            Form::AtMost | Form::SameDay | Form::Unquantified => None,
        }
    }

    pub fn is(&self, other: &Row) -> bool {
        self.limit.origin == other.limit.origin
    }

    /// «OF3 kirurgi» (mellom 3 og 7 kalenderdager)
    pub fn named(&self) -> Text {
        let Text { nb: amount, en: english } = amount(self.limit);
        let name = name(self.limit);
        text!("{name} ({amount})", "{name} ({english})")
    }
}

/// «OF3 kirurgi»
pub(super) fn name(limit: &Limit) -> String {
    match &limit.treatment {
        Some(treatment) => format!("«{} {treatment}»", limit.interval),
        None => format!("«{}»", limit.interval),
    }
}

/// What the row says.
pub(super) fn amount(limit: &Limit) -> Text {
    let (Some(amount), Some(unit)) = (limit.amount, limit.unit) else {
        return text!("ikke tallfestet", "no number");
    };
    let Text { nb, en } = Text {
        nb: runtime::amount(amount, unit, crate::lang::Lang::Nb),
        en: runtime::amount(amount, unit, crate::lang::Lang::En),
    };
    match (limit.form, limit.minimum) {
        (Form::AtLeast, _) => text!("minst {nb}", "at least {en}"),
        (Form::Between, Some(least)) => text!("mellom {least} og {nb}", "between {least} and {en}"),
        (Form::SameDay, _) => text!("samme dag", "the same day"),
        _ => text!("{nb}", "{en}"),
    }
}

/// Every situation in which a course of the pathway can be judged.
pub(super) fn situations(pathway: &Pathway) -> Vec<Situation<'_>> {
    let treatments: BTreeSet<&str> =
        pathway.intervals.iter().flat_map(|interval| &interval.treatments).map(|one| one.name.as_str()).collect();
    let mut treatments: Vec<Option<&str>> = treatments.into_iter().map(Some).collect();
    if treatments.is_empty() {
        treatments.push(None);
    }
    let periods = periods(pathway);
    let intervals: Vec<&Interval> = pathway.intervals.iter().filter(|interval| !interval.repeats).collect();
    let mut all = Vec::new();
    for variant in std::iter::once(None).chain(pathway.variants.iter().map(|variant| Some(variant.name.as_str()))) {
        for treatment in &treatments {
            for period in &periods {
                let rows = intervals.iter().filter_map(|interval| {
                    let limit = pathway.limit(interval, interval.treatment_or_none(*treatment), variant, period.0)?;
                    limit.amount.map(|_| Row { interval, limit })
                });
                let rows = rows.collect();
                all.push(Situation { variant, intervals: intervals.clone(), period: *period, rows });
            }
        }
    }
    all
}

/// Parts of the pathway's validity in which the same rows hold on every day.
fn periods(pathway: &Pathway) -> Vec<(NaiveDate, NaiveDate)> {
    let (first, last) = (pathway.valid_from.unwrap_or(NaiveDate::MIN), pathway.valid_to.unwrap_or(NaiveDate::MAX));
    let from = pathway.limits.iter().filter_map(|limit| limit.valid_from);
    let after = pathway.limits.iter().filter_map(|limit| limit.valid_to?.succ_opt());
    let starts: BTreeSet<NaiveDate> =
        from.chain(after).filter(|day| first < *day && *day <= last).chain([first]).collect();
    let ends = starts.iter().skip(1).map(|next| before(*next)).chain([last]);
    starts.iter().copied().zip(ends).filter(|(first, last)| first <= last).collect()
}

impl Situation<'_> {
    /// « når varianten «x» gjelder», and when courses start if only some do.
    pub fn told(&self, rows: &[Row]) -> Text {
        let variant = match self.variant {
            Some(name) => text!(" når varianten «{name}» gjelder", " when the variant «{name}» holds"),
            None => text!("", ""),
        };
        let period = |row: &Row| (row.limit.valid_from, row.limit.valid_to);
        let alike = rows.windows(2).all(|pair| matches!(pair, [one, other] if period(one) == period(other)));
        let (first, last) = self.period;
        let when = match (first > NaiveDate::MIN, last < NaiveDate::MAX) {
            _ if alike => text!("", ""),
            (true, true) => {
                text!(
                    ", for forløp som starter fra {first} til {last}",
                    ", for courses that start from {first} to {last}"
                )
            }
            (true, false) => text!(", for forløp som starter fra {first}", ", for courses that start from {first}"),
            (false, true) => text!(", for forløp som starter til {last}", ", for courses that start until {last}"),
            (false, false) => text!("", ""),
        };
        Text { nb: format!("{}{}", variant.nb, when.nb), en: format!("{}{}", variant.en, when.en) }
    }
}
