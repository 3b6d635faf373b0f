//! A made-up course at every boundary of a pathway: what a reviewer looks at when a pathway changes.

mod courses;
mod facts;
mod investigations;
mod limits;
mod neighbours;

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::solve::{World, world};
use crate::tables::{Code, Condition, Example, ExampleEvent, Origin, Pathway, Role};

/// What a made-up course is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A row with a limit.
    Limits,
    /// The points of an interval.
    Intervals,
    /// What a code does to a course, and on which days it counts.
    Codes,
    /// An order rule.
    Rules,
    /// Which variant holds.
    Variants,
    /// Criteria.
    Criteria,
    /// A decision table.
    Routes,
    /// Investigations.
    Investigations,
}

/// One made-up course. Its name is its own in the pathway, and does not change when a number does; it expects nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    /// What it is about.
    pub subject: Subject,
    /// The number of the limit row, if it is about one.
    pub row: Option<usize>,
    /// The course; its origin is that of the row, rule or condition that it is about.
    pub example: Example,
}

/// The boundaries of a pathway, in the order of its parts. The same pathway gives the same.
pub fn boundaries(pathway: &Pathway) -> Vec<Boundary> {
    let mut maker = Maker { pathway, row: None, names: BTreeSet::new(), made: Vec::new() };
    limits::make(&mut maker);
    courses::intervals(&mut maker);
    courses::codes(&mut maker);
    courses::rules(&mut maker);
    facts::make(&mut maker);
    investigations::make(&mut maker);
    maker.made
}

struct Maker<'p> {
    pathway: &'p Pathway,
    /// The number of the limit row that is being looked at.
    row: Option<usize>,
    names: BTreeSet<String>,
    made: Vec<Boundary>,
}

/// A made-up course before it has its name.
struct Draft {
    events: Vec<(NaiveDate, String)>,
    world: World,
    as_of: NaiveDate,
}

impl<'p> Maker<'p> {
    fn add(&mut self, subject: Subject, name: &str, origin: &Origin, draft: Draft) {
        let event = |(date, code)| ExampleEvent { date, code, institution: None };
        self.add_events(subject, name, origin, draft.events.into_iter().map(event).collect(), draft.world, draft.as_of);
    }

    fn add_events(
        &mut self,
        subject: Subject,
        name: &str,
        origin: &Origin,
        events: Vec<ExampleEvent>,
        world: World,
        as_of: NaiveDate,
    ) {
        let mut events = events;
        if world.in_course == Some(true)
            && events.is_empty()
            && let Some(opener) = self.opener()
        {
            events.push(ExampleEvent { date: as_of, code: opener.code.clone(), institution: None });
        }
        let mut unique = name.to_owned();
        let mut number = 2;
        while !self.names.insert(unique.clone()) {
            unique = format!("{name} ({number})");
            number += 1;
        }
        let example = Example {
            name: unique,
            as_of,
            events,
            facts: world.facts,
            expectations: Vec::new(),
            origin: origin.clone(),
        };
        self.made.push(Boundary { subject, row: self.row, example });
    }

    /// The first code that opens a course.
    fn opener(&self) -> Option<&'p Code> {
        self.pathway.codes.iter().find(|code| code.role == Some(Role::Opens))
    }

    fn is_opener(&self, code: &str) -> bool {
        self.pathway.codes.iter().any(|known| known.code == code && known.role == Some(Role::Opens))
    }

    /// A day in a period on which a course may begin, early enough that it ends while the pathway is valid.
    fn start(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> NaiveDate {
        let end = self.pathway.valid_to.and_then(|last| last.checked_sub_days(Days::new(200)));
        let latest = [to, end].into_iter().flatten().min();
        let earliest = from.max(self.pathway.valid_from);
        let start = latest.map_or(usual_start(), |latest| latest.min(usual_start()));
        earliest.map_or(start, |earliest| earliest.max(start))
    }

    /// The facts by which a variant, or the main course, is sure to hold.
    fn variant(&self, name: Option<&str>, on: NaiveDate) -> Option<World> {
        let mut wanted: Vec<(&Condition, bool)> = Vec::new();
        for variant in &self.pathway.variants {
            let holds = name == Some(variant.name.as_str());
            wanted.push((&variant.when, holds));
            if holds {
                break;
            }
        }
        world(self.pathway, &wanted, on)
    }

    /// The code as authors write it.
    fn short<'c>(&self, code: &'c str) -> &'c str {
        let code = code.strip_prefix(self.pathway.id.as_str()).unwrap_or(code);
        code.strip_prefix(':').unwrap_or(code)
    }
}

/// A Monday in a leap year, far from holidays.
fn usual_start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 8).unwrap_or_default()
}

/// So many days later; the same day where the calendar ends.
fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// So many days earlier.
fn earlier(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
