//! Investigations: how binding they are, for whom, how old they may be, and what they consist of.

use chrono::NaiveDate;

use super::{
    Draft, Found, Kind, Lead, Look, Pair, compare_words,
    list::matched,
    question::{Question, Side, Space},
    search::{Relation, State, relation},
    word,
};
use crate::{
    lang::Text,
    tables::{Condition, Item, List, Origin, Value},
    text,
};

/// Each investigation of a list that came or went.
pub(super) fn all<'t>(list: &'t List, is_new: bool, found: &mut Found<'t>) {
    list.items.iter().for_each(|item| came_or_went(list, item, "", is_new, found));
}

fn came_or_went<'t>(list: &'t List, item: &'t Item, around: &str, is_new: bool, found: &mut Found<'t>) {
    let path = format!("{around}{}", called(item));
    let (name, text) = (&list.name, &item.text);
    let subject = text!("Undersøkelsen «{text}» i {name}", "The investigation «{text}» of {name}");
    let strength = item.strength.as_ref().map(word);
    let lead = Lead::Facts { states: vec![State::default()], look: Look::Investigation(name, item.name.as_deref()) };
    found.push(match is_new {
        true => Draft::added(Kind::InvestigationAdded, &[name, &path], &item.origin, &subject)
            .values(None, strength)
            .lead(lead),
        false => Draft::removed(Kind::InvestigationRemoved, &[name, &path], &item.origin, &subject)
            .values(strength, None)
            .lead(lead),
    });
    item.items.iter().for_each(|part| came_or_went(list, part, &format!("{path}/"), is_new, found));
}

/// The items of a list, or those that an item consists of.
pub(super) fn compare<'t>(
    pair: Pair<'t>,
    list: &'t List,
    (old, new): (&'t [Item], &'t [Item]),
    around: &str,
    found: &mut Found<'t>,
) {
    let items = matched(old, new, called);
    items.removed.iter().for_each(|item| came_or_went(list, item, around, false, found));
    items.added.iter().for_each(|item| came_or_went(list, item, around, true, found));
    for (old, new) in &items.kept {
        one(pair, list, (old, new), around, found);
    }
    if let Some((old, new)) = items.kept.first().filter(|_| items.reordered) {
        let name = &list.name;
        let message = text!(
            "Undersøkelsene i {name} står i annen rekkefølge",
            "The investigations of {name} are in another order"
        );
        let key = format!("{around}rekkefølge");
        found.push(Draft::new(Kind::InvestigationText, &[name, &key], (Some(&old.origin), Some(&new.origin)), message));
    }
}

fn one<'t>(pair: Pair<'t>, list: &'t List, (old, new): (&'t Item, &'t Item), around: &str, found: &mut Found<'t>) {
    let path = format!("{around}{}", called(new));
    let key = [list.name.as_str(), path.as_str()];
    let places = (&old.origin, &new.origin);
    let look = Look::Investigation(&list.name, new.name.as_deref());
    let text = &new.text;
    let before = found.len();
    let strength = |item: &Item| item.strength.as_ref().map_or(String::new(), word);
    let subject = text!("Hvor bindende «{text}» er,", "How binding «{text}» is");
    compare_words(found, Kind::InvestigationStrength, &key, places, &subject, [&strength(old), &strength(new)]);
    let done = done(new, true);
    found.iter_mut().skip(before).for_each(|draft| {
        draft.lead = Lead::Facts { states: vec![State::default(), done.clone()], look };
    });
    let subject = text!("Når «{text}» gjelder,", "When «{text}» applies");
    condition(pair, &key, places, [old.when.as_ref(), new.when.as_ref()], subject, look, found);

    let before = found.len();
    let age = |item: &Item| item.max_age.map_or(String::new(), |age| format!("{} {}", age.amount, age.unit.word()));
    let subject = text!("Hvor gammel «{text}» kan være,", "How old «{text}» may be");
    compare_words(found, Kind::InvestigationAge, &key, places, &subject, [&age(old), &age(new)]);
    let ages = [old, new].into_iter().filter_map(|item| item.max_age).collect();
    let aged = new.name.as_deref().map(|item| Lead::Aged { item, ages, look });
    if let (Some(draft), Some(lead)) = (found.get_mut(before), aged) {
        draft.lead = lead;
    }
    parts(list, (old, new), &path, look, found);

    let subject = text!("Teksten til «{path}»", "The text of «{path}»");
    compare_words(found, Kind::InvestigationText, &key, places, &subject, [&old.text, &new.text]);
    let by = |item: &'t Item| item.by.as_deref().unwrap_or_default();
    let subject = text!("Hvem som utfører «{text}»,", "Who carries out «{text}»");
    let by_key = [key[0], key[1], "by"];
    compare_words(found, Kind::InvestigationText, &by_key, places, &subject, [by(old), by(new)]);
    compare(pair, list, (&old.items, &new.items), &format!("{path}/"), found);
}

fn parts<'t>(list: &'t List, (old, new): (&'t Item, &'t Item), path: &str, look: Look<'t>, found: &mut Found<'t>) {
    let (name, text, places) = (&list.name, &new.text, (&old.origin, &new.origin));
    let first = found.len();
    let before = |item: &Item| {
        let mut names = item.before.clone();
        names.sort_unstable();
        names.join(", ")
    };
    let subject = text!("Hva «{text}» kommer før,", "What «{text}» comes before");
    compare_words(
        found,
        Kind::InvestigationParts,
        &[name, path, "før"],
        places,
        &subject,
        [&before(old), &before(new)],
    );
    let day = |day: u32| NaiveDate::from_ymd_opt(2024, 1, day);
    let later = old.before.iter().chain(&new.before);
    let pairs = later.filter_map(|later| Some(vec![(new.name.clone()?, day(2)), (later.clone(), day(1))]));
    let dated: Vec<Vec<(String, Option<NaiveDate>)>> = pairs.collect();
    if let Some(draft) = found.get_mut(first) {
        draft.lead = Lead::Dated { done: dated, look };
    }

    let first = found.len();
    let need = |item: &Item| item.need.as_ref().map_or(String::new(), word);
    let subject =
        text!("Hvor mange av alternativene for «{text}» som er nok,", "How many alternatives for «{text}» are enough");
    compare_words(found, Kind::InvestigationParts, &[name, path], places, &subject, [&need(old), &need(new)]);
    let names: Vec<&String> = new.items.iter().filter_map(|item| item.name.as_ref()).collect();
    let states = (0..=names.len()).map(|count| {
        let facts = names.iter().enumerate().map(|(at, name)| ((*name).clone(), Value::YesNo(at < count)));
        State { facts: facts.collect(), tests: Vec::new() }
    });
    if let Some(draft) = found.get_mut(first) {
        draft.lead = Lead::Facts { states: states.collect(), look };
    }
}

/// A condition on which a list or an item depends.
pub(super) fn condition<'t>(
    pair: Pair<'t>,
    key: &[&str],
    places: (&'t Origin, &'t Origin),
    [old, new]: [Option<&'t Condition>; 2],
    subject: Text,
    look: Look<'t>,
    found: &mut Found<'t>,
) {
    let sides = [(Side::Old, old), (Side::New, new)];
    let conditions: Vec<_> = sides.iter().filter_map(|(side, when)| Some((*side, (*when)?))).collect();
    let space = Space::new(pair.old, pair.new, &conditions, &[]);
    let [before, after] = sides.map(|(side, when)| Question::whether(space.optional(side, when)));
    let (relation, states) = relation(&space, &before, &after, "yes");
    let Text { nb, en } = subject;
    let (kind, message) = match relation {
        Relation::Same => return,
        Relation::Wider => (
            Kind::InvestigationWider,
            text!("{nb} er utvidet: den gjelder for flere", "{en} is widened: it applies to more"),
        ),
        Relation::Narrower => (
            Kind::InvestigationNarrower,
            text!("{nb} er innsnevret: den gjelder for færre", "{en} is narrowed: it applies to fewer"),
        ),
        Relation::Other => (
            Kind::InvestigationCondition,
            text!("{nb} er endret: den gjelder for andre", "{en} is changed: it applies to others"),
        ),
    };
    let draft = Draft::new(kind, key, (Some(places.0), Some(places.1)), message);
    found.push(draft.lead(Lead::Facts { states, look }));
}

fn done(item: &Item, yes: bool) -> State {
    let facts = item.name.iter().map(|name| (name.clone(), Value::YesNo(yes)));
    State { facts: facts.collect(), tests: Vec::new() }
}

/// The item's name; one that has none is known by its text.
fn called(item: &Item) -> &str {
    item.name.as_deref().unwrap_or(&item.text)
}
