//! Random criteria, decision tables and investigations.

use forlop::tables::{
    Condition, Content, Criteria, CriteriaItem, Item, List, ListKind, MaxAge, Need, Outcome, Quantified, Route, Routes,
    Strength, Target,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::notation::origin;
use crate::random_condition::{UNITS, of_content};

/// Names of what is judged, and of what is judged within; `svar` is a fact that is declared too.
const JUDGED: [&str; 4] = ["klump", "blod", "smerte", "svar"];
const JUDGED_WITHIN: [&str; 3] = ["heshet", "ct", "feber"];
/// Names of what is done.
const DONE: [&str; 6] = ["ct", "mr", "biopsi", "svar", "rtg", "blod"];

/// A few pieces of a phase or a pathway. Items may have one name in several of them.
pub fn content(of: &'static str) -> impl Strategy<Value = Vec<Content>> {
    vec(prop_oneof![3 => criteria(), 2 => routes(), 2 => list()], 0..3).prop_map(move |mut all| {
        for (at, content) in all.iter_mut().enumerate() {
            match content {
                Content::Criteria(Criteria { name, .. })
                | Content::Routes(Routes { name, .. })
                | Content::List(List { name, .. }) => *name = format!("{of}{at}"),
                _ => {}
            }
        }
        all
    })
}

fn when() -> impl Strategy<Value = Option<Condition>> {
    weighted(0.3, of_content())
}

/// How many of an item's items; of criteria also none of them.
fn need(of: usize) -> impl Strategy<Value = Need> {
    let count = (1..=of).prop_map(|count| Need::AtLeast(u32::try_from(count).unwrap()));
    prop_oneof![2 => Just(Need::All), 4 => count]
}

fn criteria() -> impl Strategy<Value = Content> {
    (when(), quantified(1)).prop_map(|(when, quantified)| {
        let (name, label) = (String::new(), String::new());
        Content::Criteria(Criteria { name, label, when, quantified, origin: origin() })
    })
}

fn quantified(depth: u32) -> BoxedStrategy<Quantified> {
    let names = if depth == 0 { &JUDGED_WITHIN[..] } else { &JUDGED[..] };
    let names = subsequence(names, 1..4).prop_shuffle();
    names
        .prop_flat_map(move |names| {
            let need = prop_oneof![5 => need(names.len()), 1 => Just(Need::None)];
            let items: Vec<_> = names.into_iter().map(|name| criteria_item(name, depth)).collect();
            (need, items)
        })
        .prop_map(|(need, items)| Quantified { need, items })
        .boxed()
}

fn criteria_item(name: &'static str, depth: u32) -> BoxedStrategy<CriteriaItem> {
    let plain = prop_oneof![4 => of_content().prop_map(|of| (Some(of), None)), 2 => Just((None, None))];
    let what = match depth.checked_sub(1) {
        Some(depth) => prop_oneof![4 => plain, 1 => quantified(depth).prop_map(|of| (None, Some(of)))].boxed(),
        None => plain.boxed(),
    };
    let mark = || prop::bool::weighted(0.2);
    (what, mark(), mark())
        .prop_map(move |((condition, nested), not_alone, does_not_exclude)| CriteriaItem {
            name: name.into(),
            label: name.into(),
            condition,
            nested,
            not_alone,
            does_not_exclude,
            judged_by: None,
            origin: origin(),
        })
        .boxed()
}

fn routes() -> impl Strategy<Value = Content> {
    let condition = || prop_oneof![9 => of_content().prop_map(Some), 1 => Just(None)];
    (when(), vec((condition(), 0..7_u8), 1..5)).prop_map(|(when, rows)| {
        let row = |(when, outcome)| Route { when, outcome: self::outcome(outcome), note: None, origin: origin() };
        let rows = rows.into_iter().map(row).collect();
        Content::Routes(Routes { name: String::new(), label: String::new(), when, rows, origin: origin() })
    })
}

fn outcome(which: u8) -> Outcome {
    let to = |target, strength| Outcome::Refer { target, strength };
    match which {
        0 => Outcome::Included,
        1 => Outcome::Outside { text: "utenfor".into() },
        2 => Outcome::AtOnce { text: "straks".into() },
        3 => Outcome::Onward { text: "videre".into() },
        4 => to(Target::Pathway { id: "Q".into() }, Strength::Skal),
        5 => to(Target::Named { title: "Et annet forløp".into() }, Strength::Kan),
        _ => to(Target::NewCourse, Strength::Skal),
    }
}

/// Mostly investigations; the other kinds are carried and not evaluated.
fn list() -> impl Strategy<Value = Content> {
    let kind = prop_oneof![9 => Just(ListKind::Investigations), 1 => Just(ListKind::Checklist)];
    let names = subsequence(&DONE[..], 1..4).prop_shuffle();
    let items = names.prop_flat_map(|names| names.into_iter().map(|name| item(name, 1)).collect::<Vec<_>>());
    (kind, when(), items).prop_map(|(list, when, items)| {
        Content::List(List { list, name: String::new(), label: String::new(), when, items, origin: origin() })
    })
}

fn item(name: &'static str, depth: u32) -> BoxedStrategy<Item> {
    let parts = match depth {
        0 => Just((None, vec![])).boxed(),
        _ => prop_oneof![
            3 => Just((None, vec![])),
            2 => parts().prop_flat_map(|items| (need(items.len()).prop_map(Some), Just(items))),
            1 => parts().prop_map(|items| (None, items)),
        ]
        .boxed(),
    };
    let strength = weighted(0.8, select(&[Strength::Skal, Strength::Bør, Strength::Kan, Strength::Unngå][..]));
    let max_age = weighted(0.4, (0..40_u32, select(&UNITS[..])));
    let before = prop_oneof![1 => Just(vec![]), 1 => subsequence(&DONE[..], 1..4)];
    (strength, weighted(0.9, Just(name)), when(), before, max_age, parts)
        .prop_map(move |(strength, given, when, before, max_age, (need, items))| Item {
            // Neither an alternative to avoid nor the age of one date that stands for many has a plain meaning.
            strength: strength.filter(|strength| depth > 0 || *strength != Strength::Unngå),
            name: given.map(str::to_owned),
            text: name.into(),
            when,
            before: before.into_iter().filter(|other| *other != name).map(str::to_owned).collect(),
            max_age: max_age.filter(|_| items.is_empty()).map(|(amount, unit)| MaxAge { amount, unit }),
            by: None,
            need,
            items,
            origin: origin(),
        })
        .boxed()
}

/// What an item consists of; the names differ from those around it.
fn parts() -> impl Strategy<Value = Vec<Item>> {
    let names = subsequence(&["del", "annen_del", "tredje_del"][..], 1..4);
    names.prop_flat_map(|names| names.into_iter().map(|name| item(name, 0)).collect::<Vec<_>>())
}
