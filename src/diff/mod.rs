//! What a change of rule tables means: each difference of meaning with its place, its strictness and the smallest course
//! that shows it. Layout, file names and the order of what has none are no differences.

mod candidates;
mod codes;
mod conditions;
mod content;
mod criteria;
mod facts;
mod impact;
mod intervals;
mod investigations;
mod kind;
mod limits;
mod list;
mod pathway;
mod question;
mod rules;
mod search;
mod seen;
mod set;
mod variants;
mod witness;

pub use impact::{Affected, ChangedInterval, Counts, Impact, Measure, by_status};
pub use kind::{Class, Kind};
pub use set::{Assignment, SetError, set};
pub use witness::{Shown, Witness};

use chrono::NaiveDate;
use serde::Serialize;

use candidates::Maker;
use seen::Judge;
use witness::Shower;

use crate::{
    cases::alone,
    lang::Text,
    runtime::{Evaluator, TableError},
    tables::{MaxAge, Origin, Pathway, Tables},
    text,
};

/// One difference of meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What was changed and how, the same from run to run: `A39/limit/OF3/kirurgi/karsinom/tightened`.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// Whom it breaks something for.
    pub class: Class,
    /// The pathway's id.
    pub pathway: String,
    /// Where the old specification says it; none if it says nothing.
    pub old: Option<Origin>,
    /// Where the new specification says it.
    pub new: Option<Origin>,
    /// What it was, in short and in the author's words.
    pub from: Option<String>,
    /// What it is.
    pub to: Option<String>,
    /// One sentence.
    pub message: Text,
    /// The variants that inherit the change.
    pub also: Vec<String>,
    /// The smallest course whose answer changes, or why there is none.
    pub shown: Shown,
}

/// How to compare.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// The day the change takes effect: limits that first count for courses from a later day break nothing for those
    /// under way. Without it every change of a limit does.
    pub as_of: Option<NaiveDate>,
}

/// All differences of meaning from `old` to `new`, by pathway and then in the order in which a pathway is read.
///
/// # Errors
/// Tables that contradict themselves.
pub fn diff(old: &Tables, new: &Tables, settings: Settings) -> Result<Vec<Change>, TableError> {
    // Tables that contradict themselves as a whole are refused before any pathway is looked at alone.
    Evaluator::new(old)?;
    Evaluator::new(new)?;
    let mut ids: Vec<&str> = old.pathways.iter().chain(&new.pathways).map(|pathway| pathway.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut changes = Vec::new();
    for id in ids {
        let [old, new] = [old, new].map(|tables| tables.pathways.iter().find(|pathway| pathway.id == id));
        let mut found = Vec::new();
        match (old, new) {
            (Some(old), Some(new)) => compare(Pair { old, new }, settings, &mut found),
            (Some(old), None) => pathway::removed(old, &mut found),
            (None, Some(new)) => pathway::added(new, &mut found),
            (None, None) => {}
        }
        if !found.is_empty() {
            changes.extend(show(id, found, old, new)?);
        }
    }
    distinguish(&mut changes);
    Ok(changes)
}

/// The changes of one pathway, each with what shows it.
fn show(id: &str, found: Found, old: Option<&Pathway>, new: Option<&Pathway>) -> Result<Vec<Change>, TableError> {
    let [old_tables, new_tables] = [old, new].map(|pathway| pathway.map(|pathway| alone(pathway.clone())));
    let old_evaluator = old_tables.as_ref().map(Evaluator::new).transpose()?;
    let new_evaluator = new_tables.as_ref().map(Evaluator::new).transpose()?;
    let judge = |(evaluator, pathway)| Judge { evaluator, pathway };
    let shower = Shower {
        old: old_evaluator.as_ref().zip(old).map(judge),
        new: new_evaluator.as_ref().zip(new).map(judge),
        maker: Maker::new(old, new),
    };
    Ok(found.into_iter().map(|draft| shower.complete(id, draft)).collect())
}

fn compare<'t>(pair: Pair<'t>, settings: Settings, found: &mut Found<'t>) {
    pathway::compare(pair, found);
    codes::compare(pair, found);
    facts::compare(pair, found);
    intervals::compare(pair, found);
    variants::compare(pair, found);
    limits::compare(pair, settings, found);
    rules::compare(pair, found);
    content::compare(pair, found);
    facts::rest(pair, found);
}

/// Two changes of the same thing have the same id: the second gets a number.
fn distinguish(changes: &mut [Change]) {
    for at in 1..changes.len() {
        let (before, after) = changes.split_at_mut(at);
        if let Some(change) = after.first_mut() {
            let same =
                before.iter().filter(|other| other.id == change.id || other.id.starts_with(&format!("{}#", change.id)));
            let same = same.count();
            if same > 0 {
                change.id = format!("{}#{}", change.id, same + 1);
            }
        }
    }
}

/// One pathway before and after.
#[derive(Clone, Copy)]
struct Pair<'t> {
    old: &'t Pathway,
    new: &'t Pathway,
}

/// What could show a change: what its witness is looked for among.
#[derive(Clone, Debug)]
enum Lead<'t> {
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
    Facts { states: Vec<search::State>, look: Look<'t> },
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
enum Look<'t> {
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
type Places<'t> = (Option<&'t Origin>, Option<&'t Origin>);

/// A change before its witness is found.
struct Draft<'t> {
    kind: Kind,
    class: Class,
    key: Vec<String>,
    places: Places<'t>,
    from: Option<String>,
    to: Option<String>,
    message: Text,
    also: Vec<String>,
    lead: Lead<'t>,
}

impl<'t> Draft<'t> {
    /// `key` names the thing within what the kind is about.
    fn new(kind: Kind, key: &[&str], places: Places<'t>, message: Text) -> Self {
        let key = key.iter().map(|part| (*part).to_owned()).collect();
        let (from, to, also) = (None, None, Vec::new());
        Draft { kind, class: kind.class(), key, places, from, to, message, also, lead: Lead::Words }
    }

    fn added(kind: Kind, key: &[&str], origin: &'t Origin, subject: &Text) -> Self {
        let Text { nb, en } = subject;
        Draft::new(kind, key, (None, Some(origin)), text!("{nb} er lagt til", "{en} is added"))
    }

    fn removed(kind: Kind, key: &[&str], origin: &'t Origin, subject: &Text) -> Self {
        let Text { nb, en } = subject;
        Draft::new(kind, key, (Some(origin), None), text!("{nb} er fjernet", "{en} is removed"))
    }

    /// Says what it was and is, each in both languages.
    fn changed(
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

    fn values(mut self, from: impl Into<Option<String>>, to: impl Into<Option<String>>) -> Self {
        (self.from, self.to) = (from.into(), to.into());
        self
    }

    fn lead(mut self, lead: Lead<'t>) -> Self {
        self.lead = lead;
        self
    }

    fn id(&self, pathway: &str) -> String {
        let (what, how) = self.kind.name().split_once('-').unwrap_or((self.kind.name(), ""));
        let key = self.key.iter().map(String::as_str);
        let parts: Vec<&str> = [pathway, what].into_iter().chain(key).chain([how]).collect();
        parts.join("/").replace(char::is_whitespace, "_")
    }
}

/// The changes of one pathway, as they are found.
type Found<'t> = Vec<Draft<'t>>;

/// Adds a change of the words for something if they differ.
fn compare_words<'t>(
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
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(serde_json::Value::Null) | Err(_) => String::new(),
        Ok(other) => other.to_string(),
    }
}

/// The days on which something counts.
fn period(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Text {
    match (from, to) {
        (None, None) => text!("alltid", "always"),
        (Some(from), None) => text!("fra {from}", "from {from}"),
        (None, Some(to)) => text!("til {to}", "until {to}"),
        (Some(from), Some(to)) => text!("fra {from} til {to}", "from {from} until {to}"),
    }
}
