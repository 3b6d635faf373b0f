//! Random patients for given tables: few dates, near the limits, with all that registers get wrong.

use std::fmt;
use std::rc::Rc;

use chrono::{Days, NaiveDate, TimeDelta};
use forlop::runtime::{Event, FactEvent};
use forlop::tables::{Condition, Fact, FactType, Limit, Pathway, Role, Tables, Unit, Value};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::calendar::due;
use crate::made_up::date;

/// One patient on one day.
#[derive(Clone, PartialEq)]
pub struct Case {
    events: Vec<CaseEvent>,
    facts: Vec<CaseFact>,
    pub as_of: NaiveDate,
}

#[derive(Clone, PartialEq)]
struct CaseEvent {
    date: NaiveDate,
    code: String,
    institution: Option<String>,
    course: Option<String>,
}

#[derive(Clone, PartialEq)]
struct CaseFact {
    date: Option<NaiveDate>,
    fact: String,
    value: String,
}

impl Case {
    /// A patient in `B1` with one fact as given and the others as they must be for that one to decide.
    pub fn of_one_fact(fact: &str, value: &str) -> Self {
        let size = if fact == "spredning" { "3" } else { "1" };
        let mut facts = vec![("alder", "40"), ("størrelse", size), ("funn", "lett"), ("spredning", "nei")];
        facts.retain(|(name, _)| *name != fact);
        facts.push((fact, value));
        let fact = |(fact, value): (&str, &str)| CaseFact { date: None, fact: fact.into(), value: value.into() };
        let day = date("2024-01-08");
        let event = CaseEvent { date: day, code: "B1A".into(), institution: None, course: None };
        Case { events: vec![event], facts: facts.into_iter().map(fact).collect(), as_of: day }
    }

    pub fn events(&self) -> Vec<Event<'_>> {
        let mut events = vec![];
        for CaseEvent { date, code, institution, course } in &self.events {
            let (institution, course) = (institution.as_deref(), course.as_deref());
            events.push(Event { date: *date, code, institution, course });
        }
        events
    }

    pub fn facts(&self) -> Vec<FactEvent<'_>> {
        self.facts.iter().map(|CaseFact { date, fact, value }| FactEvent { date: *date, fact, value }).collect()
    }
}

/// As the files of events and facts would have it.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        writeln!(f, "as of {}\ndato,kode,institusjon,forlop", self.as_of)?;
        for CaseEvent { date, code, institution, course } in &self.events {
            writeln!(f, "{date},{code},{},{}", text(institution), text(course))?;
        }
        writeln!(f, "dato,opplysning,verdi")?;
        for CaseFact { date, fact, value } in &self.facts {
            writeln!(f, "{},{fact},{value}", text(&date.map(|date| date.to_string())))?;
        }
        Ok(())
    }
}

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

/// Where the register has institutions and course ids.
#[derive(Clone, Copy, Debug)]
enum Ids {
    None,
    Some,
    All,
}

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

/// Patients for these tables.
pub fn cases(tables: &Tables) -> impl Strategy<Value = Case> + use<> {
    let stretches = tables.pathways.iter().map(|pathway| stretch(pathway).boxed());
    let events = vec(proptest::strategy::Union::new(stretches), 1..4).prop_map(|stretches| stretches.concat());

    // Most facts once, and then some more of any, so that values change and conflict.
    let mut given: Vec<GivenFact> = tables.pathways.iter().flat_map(given_facts).collect();
    given.push(GivenFact { name: "finnes_ikke".into(), usable: vec!["ja".into()], unusable: vec![String::new()] });
    let value = |GivenFact { name, usable, unusable }| {
        (fact_date(), Just(name), prop_oneof![8 => select(usable), 1 => select(unusable)])
    };
    let once: Vec<_> = given.iter().cloned().map(|fact| weighted(0.9, value(fact))).collect();
    let more = vec(select(given).prop_flat_map(value), 0..4);
    let once = prop_oneof![
        4 => once.prop_map(|facts| facts.into_iter().flatten().collect()),
        1 => Just(vec![]),
    ];
    let facts = (once, more).prop_map(|(once, more): (Vec<_>, Vec<_>)| [once, more].concat());

    let ids = || prop_oneof![6 => Just(Ids::None), 2 => Just(Ids::Some), 1 => Just(Ids::All)];
    let registers = (0..4_u8, ids(), any::<bool>());
    let as_of = prop_oneof![
        4 => at_limit(),
        3 => prop_oneof![2 => 0..60_i64, 1 => 60..500_i64, 2 => -20..1_i64].prop_map(When::Near),
        1 => (-1..60_i64).prop_map(When::AfterFirst),
    ];

    let tables = Rc::new(tables.clone());
    (select(first_dates(&tables)), events, facts, registers, as_of).prop_map(
        move |(first, drafts, fact_drafts, (institutions, ids, shuffled), as_of)| {
            let mut placed: Vec<(u8, CaseEvent)> = vec![];
            for (code, detail) in drafts {
                let date = place(&tables, first, &placed, Some(&code), &detail.when);
                let institution = (institutions > 0 && detail.institution < 6)
                    .then(|| format!("H{}", detail.institution % institutions));
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

            let mut facts = vec![];
            for (when, fact, value) in fact_drafts {
                let date = match when {
                    FactDate::Undated => None,
                    FactDate::Event(_, days) if placed.is_empty() => Some(shift(first, days)),
                    FactDate::Event(event, days) => Some(shift(placed[event.index(placed.len())].1.date, days)),
                    FactDate::AfterFirst(days) => Some(shift(first, days)),
                };
                facts.push(CaseFact { date, fact, value });
            }
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

/// A fact and texts that it is given as values.
#[derive(Clone, Debug)]
struct GivenFact {
    name: String,
    usable: Vec<String>,
    unusable: Vec<String>,
}

/// The facts of a pathway with values of every shape, and those at and beside each threshold.
fn given_facts(pathway: &Pathway) -> Vec<GivenFact> {
    let given = |fact: &Fact| {
        let texts = |texts: &[&str]| -> Vec<String> { texts.iter().map(|text| text.to_string()).collect() };
        let (mut usable, unusable) = match &fact.fact_type {
            FactType::Choice { values } => {
                (values.iter().map(|value| value.name.clone()).collect(), texts(&["", "ukjent", "ja"]))
            }
            FactType::YesNo => (texts(&["ja", "nei"]), texts(&["Ja", "true", ""])),
            FactType::Number { unit } => (
                [format!("2,50 {unit}"), format!("2.5{unit}"), format!("0,9  {unit}"), "-1".into(), "007".into()]
                    .into(),
                texts(&["1e3", "nan", "inf", "2 mil", "2,5,0", "1.000,5", ""]),
            ),
            FactType::Date => (texts(&["2024-01-02"]), texts(&["2024-02-30", "2024-1-02", "20240102", "+2024-01-02"])),
            FactType::Years => (texts(&["0", "150", "17 år", "18år"]), texts(&["151", "17,5", "-1", "år", "18 aar"])),
        };
        for variant in &pathway.variants {
            beside_thresholds(&variant.when, fact, &mut usable);
        }
        GivenFact { name: fact.name.clone(), usable, unusable }
    };
    pathway.facts.iter().map(given).collect()
}

fn beside_thresholds(condition: &Condition, about: &Fact, texts: &mut Vec<String>) {
    match condition {
        Condition::All { of } | Condition::Any { of } => {
            for part in of {
                beside_thresholds(part, about, texts);
            }
        }
        Condition::Not { of } => beside_thresholds(of, about, texts),
        Condition::Is { fact, value } | Condition::Compare { fact, value, .. } if *fact == about.name => match value {
            Value::Number(number) => {
                let step = if about.fact_type == FactType::Years { 1.0 } else { 0.1 };
                texts
                    .extend([number - step, *number, number + step].map(|number| number.to_string().replace('.', ",")));
            }
            Value::Date(date) => texts.extend([-1, 0, 1].map(|days| shift(*date, days).to_string())),
            Value::YesNo(_) => {}
            // Once more, because it decides.
            Value::Choice(name) => texts.push(name.clone()),
        },
        Condition::Is { .. } | Condition::Compare { .. } | Condition::Known { .. } => {}
    }
}
