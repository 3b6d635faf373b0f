//! A change as it is found: what it is, where, and what could show it.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Class, Kind, search::State};
use crate::{
    lang::Text,
    tables::{MaxAge, Origin, Pathway},
    text,
};

/// One pathway before and after.
#[derive(Clone, Copy)]
pub(super) struct Pair<'t> {
    pub old: &'t Pathway,
    pub new: &'t Pathway,
}

/// What could show a change: what its witness is looked for among.
#[derive(Clone, Debug)]
pub(super) enum Lead<'t> {
    /// Nothing: it is in words or order only.
    Words,
    /// A limit of this interval and treatment, for courses of the variant that start on one of these days.
    Limit {
        interval: &'t str,
        treatment: Option<&'t str>,
        variant: Option<&'t str>,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    },
    /// The codes of a course, with what is looked at in the answer.
    Course { codes: Vec<&'t str>, look: Look<'t> },
    /// What is known of the patient, in these states, the simplest first.
    Facts { states: Vec<State>, look: Look<'t> },
    /// An investigation done at the edges of these ages.
    Aged { item: &'t str, ages: Vec<MaxAge>, look: Look<'t> },
    /// Investigations done on these days.
    Dated { done: Vec<Vec<(String, Option<NaiveDate>)>>, look: Look<'t> },
    /// Two values of a fact on one day.
    Given(&'t str),
    /// A computed fact at its thresholds.
    Computed(&'t str),
    /// Every state was tried, and none is answered otherwise.
    Shadowed,
}

/// The part of an answer that a change is to be seen in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Look<'t> {
    /// All of it.
    Anything,
    /// Of a course all but intervals, variants and the findings of rules.
    Course,
    /// An interval, whatever its limit.
    Interval(&'t str),
    /// An interval of a course of the variant; if `strict`, how it is judged when both points are there.
    Limit { interval: &'t str, treatment: Option<&'t str>, variant: Option<&'t str>, strict: bool },
    /// Findings of this code.
    Finding(&'t str),
    /// The variant.
    Variant,
    /// Criteria.
    Criteria(&'t str),
    /// A decision table.
    Route(&'t str),
    /// An investigation of a list, or all of them.
    Investigation(&'t str, Option<&'t str>),
}

/// Where the old and the new specification say it.
pub(super) type Places<'t> = (Option<&'t Origin>, Option<&'t Origin>);

/// A change before its witness is found.
pub(super) struct Draft<'t> {
    pub kind: Kind,
    pub class: Class,
    pub key: Vec<String>,
    pub places: Places<'t>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub message: Text,
    pub also: Vec<String>,
    pub lead: Lead<'t>,
}

impl<'t> Draft<'t> {
    /// `key` names the thing within what the kind is about.
    pub fn new(kind: Kind, key: &[&str], places: Places<'t>, message: Text) -> Self {
        let key = key.iter().map(|part| (*part).to_owned()).collect();
        let (from, to, also) = (None, None, Vec::new());
        Draft { kind, class: kind.class(), key, places, from, to, message, also, lead: Lead::Words }
    }

    pub fn added(kind: Kind, key: &[&str], origin: &'t Origin, subject: &Text) -> Self {
        let Text { nb, en } = subject;
        Draft::new(kind, key, (None, Some(origin)), text!("{nb} er lagt til", "{en} is added"))
    }

    pub fn removed(kind: Kind, key: &[&str], origin: &'t Origin, subject: &Text) -> Self {
        let Text { nb, en } = subject;
        Draft::new(kind, key, (Some(origin), None), text!("{nb} er fjernet", "{en} is removed"))
    }

    /// Says what it was and is, each in both languages.
    pub fn changed(
        kind: Kind,
        key: &[&str],
        places: (&'t Origin, &'t Origin),
        subject: &Text,
        from: &Text,
        to: &Text,
    ) -> Self {
        let quoted = |text: &Text| {
            let quote = |text: &str| if text.is_empty() { "–".to_owned() } else { format!("«{text}»") };
            Text { nb: quote(&text.nb), en: quote(&text.en) }
        };
        let (Text { nb, en }, from, to) = (subject, quoted(from), quoted(to));
        let ((from_nb, from_en), (to_nb, to_en)) = ((from.nb, from.en), (to.nb, to.en));
        let message = text!("{nb} er endret fra {from_nb} til {to_nb}", "{en} is changed from {from_en} to {to_en}");
        Draft::new(kind, key, (Some(places.0), Some(places.1)), message)
    }

    pub fn values(mut self, from: impl Into<Option<String>>, to: impl Into<Option<String>>) -> Self {
        (self.from, self.to) = (from.into(), to.into());
        self
    }

    pub fn lead(mut self, lead: Lead<'t>) -> Self {
        self.lead = lead;
        self
    }

    pub fn id(&self, pathway: &str) -> String {
        let (what, how) = self.kind.name().split_once('-').unwrap_or((self.kind.name(), ""));
        let key = self.key.iter().map(String::as_str);
        let parts: Vec<&str> = [pathway, what].into_iter().chain(key).chain([how]).collect();
        parts.join("/").replace(char::is_whitespace, "_")
    }
}

/// The changes of one pathway, as they are found.
pub(super) type Found<'t> = Vec<Draft<'t>>;

/// Adds a change of the words for something if they differ.
pub(super) fn compare_words<'t>(
    found: &mut Found<'t>,
    kind: Kind,
    key: &[&str],
    places: (&'t Origin, &'t Origin),
    subject: &Text,
    [from, to]: [&str; 2],
) {
    if from != to {
        let both = |word: &str| Text { nb: word.to_owned(), en: word.to_owned() };
        let draft = Draft::changed(kind, key, places, subject, &both(from), &both(to));
        found.push(draft.values(from.to_owned(), to.to_owned()));
    }
}

/// The word that the tables write for a value.
pub(super) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(serde_json::Value::Null) | Err(_) => String::new(),
        Ok(other) => other.to_string(),
    }
}

/// The days on which something counts.
pub(super) fn period(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Text {
    match (from, to) {
        (None, None) => text!("alltid", "always"),
        (Some(from), None) => text!("fra {from}", "from {from}"),
        (None, Some(to)) => text!("til {to}", "until {to}"),
        (Some(from), Some(to)) => text!("fra {from} til {to}", "from {from} until {to}"),
    }
}
