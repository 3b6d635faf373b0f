//! What a change of rule tables means: each difference of meaning with its place, its strictness and the smallest course
//! that shows it. Layout, file names and the order of what has none are no differences.

mod candidates;
mod codes;
mod conditions;
mod content;
mod criteria;
mod draft;
mod expr;
mod facts;
mod impact;
mod indicators;
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

use candidates::Maker;
use draft::{Draft, Found, Lead, Look, Pair, Places, compare_words, period, word};
use seen::Judge;
use witness::Shower;

use crate::{
    cases::alone,
    lang::Text,
    runtime::{Evaluator, TableError},
    tables::{Origin, Pathway, Tables},
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
    indicators::compare(pair, found);
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
