//! Random patients for given tables: few dates, near the limits, with all that registers get wrong.

use std::rc::Rc;

use chrono::{Days, NaiveDate, TimeDelta};
use forlop::tables::{Limit, Pathway, Role, Tables, Unit};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::Union;

use crate::calendar::due;
use crate::case::{Case, CaseEvent, CaseFact};
use crate::notation::date;
use crate::values::{GivenFact, given_facts};

/// How one event comes about; its code is chosen beside it.
#[derive(Clone, Debug)]
struct Detail {
    when: When,
    institution: u8,
    course: u8,
    twice: bool,
    rank: u8,
}

/// A date beside what has been placed already.
#[derive(Clone, Debug)]
enum When {
    /// Days after the event before.
    Near(i64),
    /// Days after the first event.
    AfterFirst(i64),
    /// Days around the due date, or that of the minimum (if true), of a row whose interval is under way.
    Limit(Index, bool, i64),
}

/// Which events carry a course id.
#[derive(Clone, Copy, Debug)]
enum Ids {
    None,
    Some,
    All,
}

/// The date of a fact beside those of the events.
#[derive(Clone, Debug)]
enum FactDate {
    Undated,
    Event(Index, i64),
    AfterFirst(i64),
}

fn at_limit() -> impl Strategy<Value = When> {
    (any::<Index>(), prop::bool::weighted(0.3), -1..2_i64).prop_map(|(row, least, days)| When::Limit(row, least, days))
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        4 => prop_oneof![3 => Just(0), 3 => 1..4_i64, 3 => 4..40_i64, 1 => -3..0_i64, 1 => 40..400_i64].prop_map(When::Near),
        1 => (-1..30_i64).prop_map(When::AfterFirst),
        6 => at_limit(),
    ]
}

fn detail() -> impl Strategy<Value = Detail> {
    (when(), 0..8_u8, 0..5_u8, prop::bool::weighted(0.05), 0..4_u8)
        .prop_map(|(when, institution, course, twice, rank)| Detail { when, institution, course, twice, rank })
}

fn fact_date() -> impl Strategy<Value = FactDate> {
    prop_oneof![
        4 => Just(FactDate::Undated),
        4 => (any::<Index>(), -1..2_i64).prop_map(|(event, days)| FactDate::Event(event, days)),
        2 => (-10..90_i64).prop_map(FactDate::AfterFirst),
    ]
}

/// A stretch of events in one pathway: most often each code once in the template's order, else any codes in any order.
fn stretch(pathway: &Pathway) -> impl Strategy<Value = Vec<(String, Detail)>> + use<> {
    let typical: Vec<_> = pathway
        .codes
        .iter()
        .map(|code| {
            let likely = match code.role {
                Some(Role::Opens) => 0.7,
                None => 0.6,
                Some(Role::Completes) => 0.25,
                Some(Role::Transfers) => 0.2,
                Some(Role::Closes) => 0.1,
            };
            let code = code.code.clone();
            weighted(likely, detail()).prop_map(move |detail| detail.map(|detail| (code.clone(), detail)))
        })
        .collect();
    let codes: Vec<String> = pathway.codes.iter().map(|code| code.code.clone()).collect();
    // Another pathway's code, a code that is not declared, the id alone, and a code in the wrong case.
    let foreign = vec!["Z99A".into(), format!("{}ZZ", pathway.id), pathway.id.clone(), codes[0].to_lowercase()];
    prop_oneof![
        6 => typical.prop_map(|events| events.into_iter().flatten().collect()),
        3 => vec((select(codes), detail()), 0..6),
        1 => vec((select(foreign), detail()), 1..3),
    ]
}

/// Facts: some of them once, and then some more of any, so that values change and conflict, and some of one, so that it
/// repeats and rises.
fn facts(tables: &Tables) -> impl Strategy<Value = Vec<(FactDate, String, String)>> + use<> {
    let mut given: Vec<GivenFact> = tables.pathways.iter().flat_map(given_facts).collect();
    given.push(GivenFact { name: "finnes_ikke".into(), usable: vec!["ja".into()], unusable: vec![String::new()] });
    let value = |GivenFact { name, usable, unusable }| {
        (fact_date(), Just(name), prop_oneof![8 => select(usable), 1 => select(unusable)])
    };
    let once = |likely| {
        let facts: Vec<_> = given.iter().cloned().map(|fact| weighted(likely, value(fact))).collect();
        facts.prop_map(|facts| facts.into_iter().flatten().collect())
    };
    let once = prop_oneof![3 => once(0.9), 2 => once(0.6), 1 => once(0.2), 1 => Just(vec![])];
    let more = vec(select(given.clone()).prop_flat_map(value), 0..4);
    let again = select(given).prop_flat_map(move |fact| vec(value(fact), 2..6));
    let again = prop_oneof![2 => Just(vec![]), 1 => again];
    (once, more, again).prop_map(|(once, more, again): (Vec<_>, Vec<_>, Vec<_>)| [once, more, again].concat())
}

/// Patients for these tables.
pub fn cases(tables: &Tables) -> impl Strategy<Value = Case> + use<> {
    let first = select(first_dates(tables));
    let stretches = tables.pathways.iter().map(|pathway| stretch(pathway).boxed());
    let events = vec(Union::new(stretches), 1..4).prop_map(|stretches| stretches.concat());
    let institutions = 0..4_u8;
    let ids = prop_oneof![6 => Just(Ids::None), 2 => Just(Ids::Some), 1 => Just(Ids::All)];
    let as_of = prop_oneof![
        4 => at_limit(),
        3 => prop_oneof![2 => 0..60_i64, 1 => 60..500_i64, 2 => -20..1_i64].prop_map(When::Near),
        1 => (-1..60_i64).prop_map(When::AfterFirst),
    ];
    let facts = facts(tables);

    let tables = Rc::new(tables.clone());
    (first, events, facts, institutions, ids, any::<bool>(), as_of).prop_map(
        move |(first, drafts, facts, institutions, ids, shuffled, as_of)| {
            let mut placed: Vec<(u8, CaseEvent)> = vec![];
            for (code, detail) in drafts {
                let date = place(&tables, first, &placed, Some(&code), &detail.when);
                let has_institution = institutions > 0 && detail.institution < 6;
                let institution = has_institution.then(|| format!("H{}", detail.institution % institutions));
                let course = match ids {
                    Ids::None => None,
                    Ids::Some => (detail.course > 1).then(|| format!("c{}", detail.course)),
                    Ids::All => Some(format!("c{}", detail.course / 2)),
                };
                let event = CaseEvent { date, code, institution, course };
                for _ in 0..=u8::from(detail.twice) {
                    placed.push((detail.rank, event.clone()));
                }
            }
            let as_of = place(&tables, first, &placed, None, &as_of);
            let fact = |(when, fact, value)| {
                let date = match when {
                    FactDate::Undated => None,
                    FactDate::Event(_, days) if placed.is_empty() => Some(shift(first, days)),
                    FactDate::Event(event, days) => Some(shift(placed[event.index(placed.len())].1.date, days)),
                    FactDate::AfterFirst(days) => Some(shift(first, days)),
                };
                CaseFact { date, fact, value }
            };
            let facts = facts.into_iter().map(fact).collect();
            if shuffled {
                placed.sort_by_key(|(rank, _)| *rank);
            }
            Case { events: placed.into_iter().map(|(_, event)| event).collect(), facts, as_of }
        },
    )
}

/// The date of the next event with this code, or (with none) of the as-of day.
fn place(tables: &Tables, first: NaiveDate, placed: &[(u8, CaseEvent)], code: Option<&str>, when: &When) -> NaiveDate {
    let Some((_, latest)) = placed.last() else {
        return first;
    };
    let days = match when {
        When::Near(days) => *days,
        When::AfterFirst(days) => return shift(first, *days),
        When::Limit(index, least, days) => {
            let under_way: Vec<(NaiveDate, &Limit)> = limits_under_way(tables, placed, code);
            if !under_way.is_empty() {
                let (from, row) = under_way[index.index(under_way.len())];
                let amount = if *least { row.minimum.or(row.amount) } else { row.amount };
                return shift(due(from, amount.unwrap_or(0), row.unit.unwrap_or(Unit::Kalenderdager)), *days);
            }
            *days + 1
        }
    };
    shift(latest.date, days)
}

/// The rows of the intervals that have begun, each with the date of its beginning, and that the code, if any, ends.
fn limits_under_way<'t>(
    tables: &'t Tables,
    placed: &[(u8, CaseEvent)],
    code: Option<&str>,
) -> Vec<(NaiveDate, &'t Limit)> {
    let mut under_way = vec![];
    for pathway in &tables.pathways {
        for row in &pathway.limits {
            let Some(interval) = pathway.intervals.iter().find(|interval| interval.name == row.interval) else {
                continue;
            };
            if code.is_some_and(|code| interval.to.iter().all(|to| to != code)) {
                continue;
            }
            let begun = placed.iter().find(|(_, event)| interval.from.contains(&event.code));
            under_way.extend(begun.map(|(_, event)| (event.date, row)));
        }
    }
    under_way
}

fn shift(date: NaiveDate, days: i64) -> NaiveDate {
    date + TimeDelta::days(days)
}

/// Days before Easter, Christmas and May's holidays, ends of months, and the days around the validity of rows.
fn first_dates(tables: &Tables) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = [
        "2024-01-08",
        "2024-03-25",
        "2024-01-31",
        "2023-12-20",
        "2024-04-29",
        "2024-05-15",
        "2023-02-28",
        "2024-02-29",
        "2026-03-31",
        "1900-02-27",
        "2199-12-31",
    ]
    .map(date)
    .into();
    for row in tables.pathways.iter().flat_map(|pathway| &pathway.limits) {
        for edge in [row.valid_from, row.valid_to].into_iter().flatten() {
            dates.extend([edge - Days::new(1), edge, edge + Days::new(1)]);
        }
    }
    dates
}
