//! Changes of criteria, decision tables and investigations, beside their conditions.

use super::{Mutants, Part, drop_at, swap_next};
use crate::{
    lang::Text,
    tables::{
        Content, CriteriaItem, Item, List, ListKind, MaxAge, Need, Origin, Outcome, Pathway, Quantified, Route,
        Strength,
    },
    text,
};

/// A place in the content: its number in the pathway, and the numbers of the items on the way into it.
type Way = Vec<usize>;

pub fn content(pathway: &Pathway, mutants: &mut Mutants) {
    for (at, content) in pathway.contents().enumerate() {
        match content {
            Content::Criteria(criteria) => {
                quantified(&criteria.quantified, &criteria.name, &criteria.origin, &[at], mutants)
            }
            Content::Routes(routes) => {
                for (number, row) in routes.rows.iter().enumerate() {
                    let (name, place) = (&routes.name, number + 1);
                    let what = text!("{name}: rad {place} er fjernet", "{name}: row {place} is removed");
                    of_routes(mutants, at, what, &row.origin, move |rows| drop_at(rows, number));
                    if place < routes.rows.len() {
                        let next = place + 1;
                        let what =
                            text!("{name}: rad {next} står før rad {place}", "{name}: row {next} before row {place}");
                        of_routes(mutants, at, what, &row.origin, move |rows| swap_next(rows, number));
                    }
                    let what = text!("{name}: rad {place} har et annet utfall", "{name}: row {place} leads elsewhere");
                    of_routes(mutants, at, what, &row.origin, move |rows| {
                        rows.iter_mut().skip(number).take(1).for_each(|row| {
                            let included = row.outcome == Outcome::Included;
                            row.outcome =
                                if included { Outcome::Outside { text: String::new() } } else { Outcome::Included };
                        });
                    });
                }
            }
            Content::List(list) if is_evaluated(list) => items(&list.items, &list.name, &[at], mutants),
            _ => {}
        }
    }
}

/// Whether a list is judged, and not only read.
pub fn is_evaluated(list: &List) -> bool {
    list.list == ListKind::Investigations
}

fn content_at(pathway: &mut Pathway, at: usize) -> Option<&mut Content> {
    pathway.content.iter_mut().chain(pathway.phases.iter_mut().flat_map(|phase| &mut phase.content)).nth(at)
}

fn of_routes(
    mutants: &mut Mutants,
    at: usize,
    what: Text,
    origin: &Origin,
    change: impl Fn(&mut Vec<Route>) + 'static,
) {
    mutants.add(Part::Assessed, what, origin, move |pathway| {
        if let Some(Content::Routes(routes)) = content_at(pathway, at) {
            change(&mut routes.rows);
        }
    });
}

/// Criteria, or the items of an item.
fn quantified(within: &Quantified, name: &str, origin: &Origin, way: &[usize], mutants: &mut Mutants) {
    for need in needs(within.need, within.items.len()) {
        let what = needed(name, within.need, need);
        of_criteria(mutants, way, what, origin, move |within| within.need = need);
    }
    for (at, item) in within.items.iter().enumerate() {
        let CriteriaItem { name: own, origin, .. } = item;
        let name = format!("{name}/{own}");
        if within.items.len() > 1 {
            let what = text!("{name}: punktet er fjernet", "{name}: the item is removed");
            of_criteria(mutants, way, what, origin, move |within| drop_at(&mut within.items, at));
        }
        if item.not_alone {
            let what = text!("{name}: «ikke alene» er fjernet", "{name}: «ikke alene» is removed");
            of_criteria(mutants, way, what, origin, move |within| {
                within.items.iter_mut().skip(at).take(1).for_each(|item| item.not_alone = false);
            });
        }
        if item.does_not_exclude {
            let what = text!("{name}: «utelukker ikke» er fjernet", "{name}: «utelukker ikke» is removed");
            of_criteria(mutants, way, what, origin, move |within| {
                within.items.iter_mut().skip(at).take(1).for_each(|item| item.does_not_exclude = false);
            });
        }
        if let Some(nested) = &item.nested {
            quantified(nested, &name, origin, &[way, &[at]].concat(), mutants);
        }
    }
}

fn of_criteria(
    mutants: &mut Mutants,
    way: &[usize],
    what: Text,
    origin: &Origin,
    change: impl Fn(&mut Quantified) + 'static,
) {
    let way: Way = way.to_vec();
    mutants.add(Part::Assessed, what, origin, move |pathway| {
        let Some((at, rest)) = way.split_first() else { return };
        let Some(Content::Criteria(criteria)) = content_at(pathway, *at) else { return };
        let inner =
            rest.iter().try_fold(&mut criteria.quantified, |within, at| within.items.get_mut(*at)?.nested.as_mut());
        inner.into_iter().for_each(&change);
    });
}

/// One more or one less of so many.
fn needs(need: Need, of: usize) -> Vec<Need> {
    let of = u32::try_from(of).unwrap_or(u32::MAX);
    match need {
        Need::AtLeast(count) => {
            let near =
                [count.checked_sub(1).filter(|count| *count > 0), count.checked_add(1).filter(|count| *count <= of)];
            near.into_iter().flatten().map(Need::AtLeast).collect()
        }
        Need::All if of > 1 => vec![Need::AtLeast(of - 1)],
        Need::All => Vec::new(),
        Need::None => vec![Need::All],
    }
}

fn needed(name: &str, before: Need, after: Need) -> Text {
    let [before, after] = [before, after].map(|need| match need {
        Need::All => text!("alle av", "all of"),
        Need::None => text!("ingen av", "none of"),
        Need::AtLeast(count) => text!("minst {count} av", "at least {count} of"),
    });
    Text {
        nb: format!("{name}: {} → {}", before.nb, after.nb), en: format!("{name}: {} → {}", before.en, after.en)
    }
}

/// Investigations, or the parts of one.
fn items(list: &[Item], name: &str, way: &[usize], mutants: &mut Mutants) {
    for (at, item) in list.iter().enumerate() {
        let origin = &item.origin;
        let way = [way, &[at]].concat();
        if let Some(own) = &item.name {
            let name = format!("{name}/{own}");
            let last = way.clone();
            let what = text!("{name}: undersøkelsen er fjernet", "{name}: the investigation is removed");
            mutants.add(Part::Assessed, what, origin, move |pathway| {
                if let Some((at, rest)) = last.split_last()
                    && let Some(list) = list_at(pathway, rest)
                {
                    drop_at(list, *at);
                }
            });
            let avoided = item.strength == Some(Strength::Unngå);
            let (word, strength) = if avoided {
                (text!("«unngå» er fjernet", "«unngå» is removed"), Strength::Skal)
            } else {
                (text!("«unngå» er satt på", "«unngå» is put on it"), Strength::Unngå)
            };
            let what = Text { nb: format!("{name}: {}", word.nb), en: format!("{name}: {}", word.en) };
            of_item(mutants, &way, what, origin, move |item| item.strength = Some(strength));
            for (number, other) in item.before.iter().enumerate() {
                let what = text!("{name}: «før {other}» er fjernet", "{name}: «før {other}» is removed");
                of_item(mutants, &way, what, origin, move |item| drop_at(&mut item.before, number));
            }
            if let Some(MaxAge { amount, unit }) = item.max_age {
                for near in [amount.checked_sub(1), amount.checked_add(1)].into_iter().flatten() {
                    let what =
                        text!("{name}: ikke eldre enn {amount} → {near}", "{name}: not older than {amount} → {near}");
                    let age = MaxAge { amount: near, unit };
                    of_item(mutants, &way, what, origin, move |item| item.max_age = Some(age));
                }
            }
        }
        let name = item.name.as_ref().map_or(name.to_owned(), |own| format!("{name}/{own}"));
        for need in item.need.iter().flat_map(|need| needs(*need, item.items.len())) {
            let what = needed(&name, item.need.unwrap_or(Need::All), need);
            of_item(mutants, &way, what, origin, move |item| item.need = Some(need));
        }
        items(&item.items, &name, &way, mutants);
    }
}

fn of_item(mutants: &mut Mutants, way: &[usize], what: Text, origin: &Origin, change: impl Fn(&mut Item) + 'static) {
    let way: Way = way.to_vec();
    mutants.add(Part::Assessed, what, origin, move |pathway| {
        if let Some((at, rest)) = way.split_last() {
            list_at(pathway, rest).and_then(|list| list.get_mut(*at)).into_iter().for_each(&change);
        }
    });
}

/// The items at the end of a way.
fn list_at<'p>(pathway: &'p mut Pathway, way: &[usize]) -> Option<&'p mut Vec<Item>> {
    let (at, rest) = way.split_first()?;
    let Some(Content::List(list)) = content_at(pathway, *at) else { return None };
    rest.iter().try_fold(&mut list.items, |items, at| Some(&mut items.get_mut(*at)?.items))
}
