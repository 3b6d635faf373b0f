//! Counting courses as they are judged.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::{
    By, Plan, Start,
    block::Block,
    class::Classes,
    parameters::Slot,
    plan::{PathwayPlan, holds},
};
use crate::runtime::Judged;

/// Weeks before and after the limit that have a bin each.
const WEEKS: i64 = 26;

/// The number of what has no institution.
const UNKNOWN: u32 = 0;

/// The counts of the courses that it was given. Each thread has one; they are merged in the end, in any order.
#[derive(Debug)]
pub struct Collector<'t> {
    plan: &'t Plan<'t>,
    numbers: FxHashMap<String, u32>,
    /// By number.
    pub(super) institutions: Vec<String>,
    pub(super) pathways: Vec<Counts>,
    classes: Classes,
}

/// The counts of one pathway.
#[derive(Debug, Default)]
pub(super) struct Counts {
    at: FxHashMap<Key, usize>,
    blocks: Vec<(Key, Block)>,
    /// By series, weeks from the limit; for intervals that are not split, and all treatments together.
    pub weeks: Vec<Weeks>,
}

/// A period, none where there is no date, and an institution.
pub(super) type Key = (Option<Slot>, u32);

/// How many ended how many weeks from the last day of the limit, from `-WEEKS - 1`.
#[derive(Clone, Debug)]
pub(super) struct Weeks(pub [u32; ALL_WEEKS]);

const ALL_WEEKS: usize = 2 * WEEKS as usize + 2;

impl Default for Weeks {
    fn default() -> Self {
        Weeks([0; ALL_WEEKS])
    }
}

impl Weeks {
    /// Counts a day, where 0 is the last of the limit; the week before it ends with that day.
    #[inline]
    pub fn count(&mut self, day: i64) {
        let day = (day - 1 + 7 * (WEEKS + 1)).clamp(0, 7 * ALL_WEEKS as i64 - 1);
        if let Some(count) = self.0.get_mut(day as usize / 7) {
            *count += 1;
        }
    }

    /// The weeks, each with the number of its first day.
    pub fn counts(&self) -> impl Iterator<Item = (i32, u64)> {
        let first = -7 * (WEEKS as i32 + 1) + 1;
        (first..).step_by(7).zip(self.0.iter().map(|count| u64::from(*count)))
    }
}

impl<'t> Collector<'t> {
    /// Counts of nothing.
    pub fn new(plan: &'t Plan<'t>) -> Self {
        let counts =
            |pathway: &PathwayPlan| Counts { weeks: vec![Weeks::default(); pathway.series.len()], ..Counts::default() };
        Collector {
            plan,
            numbers: FxHashMap::default(),
            institutions: vec![String::new()],
            pathways: plan.pathways.iter().map(counts).collect(),
            classes: Classes::default(),
        }
    }

    /// What is counted.
    pub fn plan(&self) -> &'t Plan<'t> {
        self.plan
    }

    /// Counts a course.
    pub fn add(&mut self, judged: &Judged) {
        let plan = self.plan;
        let Some(number) = plan.find(judged.pathway()) else { return };
        let Some(pathway) = plan.pathways.get(number) else { return };
        let institution = judged.institution_of(|code| holds(&pathway.attributes, code));
        let day = match (plan.counting.by, plan.counting.start) {
            (By::Start, Start::First) => judged.start(),
            (By::Start, Start::Own) => pathway.own_start(judged, institution).or(judged.start()),
            (By::Treatment, _) => pathway.completed(judged),
        };
        let number_of = institution.map_or(UNKNOWN, |name| self.number(name));
        let Some(counts) = self.pathways.get_mut(number) else { return };
        let (block, weeks) = counts.open(pathway, (plan.counting.period.slot_of(day), number_of));
        let own = institution.filter(|_| plan.counting.start == Start::Own);
        self.classes.count(pathway, judged, own, block, weeks);
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.institutions.len()).unwrap_or(UNKNOWN);
        self.institutions.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// Adds what another has counted by the same plan.
    pub fn merge(&mut self, other: Collector<'t>) {
        let Collector { institutions, pathways, .. } = other;
        let numbers: Vec<u32> = (0..)
            .zip(&institutions)
            .map(|(number, name)| if number == UNKNOWN { UNKNOWN } else { self.number(name) })
            .collect();
        for ((own, counts), pathway) in self.pathways.iter_mut().zip(pathways).zip(&self.plan.pathways) {
            for ((slot, institution), block) in counts.blocks {
                let institution = numbers.get(institution as usize).copied().unwrap_or(UNKNOWN);
                own.open(pathway, (slot, institution)).0.add(&block);
            }
            for (own, weeks) in own.weeks.iter_mut().zip(&counts.weeks) {
                super::block::add(&mut own.0, &weeks.0);
            }
        }
    }
}

impl PathwayPlan<'_> {
    /// The date of the course's first completing event.
    fn completed(&self, judged: &Judged) -> Option<NaiveDate> {
        judged.events().find(|event| holds(&self.completes, event.code)).map(|event| event.date)
    }

    /// The date on which the course was first opened in the institution.
    fn own_start(&self, judged: &Judged, institution: Option<&str>) -> Option<NaiveDate> {
        let mut events = judged.events().filter(|event| institution.is_some() && event.institution == institution);
        events.find(|event| holds(&self.opens, event.code)).map(|event| event.date)
    }
}

impl Counts {
    /// The block of a period and institution, and the weeks.
    fn open(&mut self, pathway: &PathwayPlan, key: Key) -> (&mut Block, &mut [Weeks]) {
        let Counts { at, blocks, weeks } = self;
        let place = match at.get(&key) {
            Some(place) => *place,
            None => {
                at.insert(key, blocks.len());
                blocks.push((key, Block::new(pathway.series.len(), pathway.indicators.len())));
                blocks.len() - 1
            }
        };
        (&mut blocks[place].1, weeks)
    }

    pub fn blocks(&self) -> &[(Key, Block)] {
        &self.blocks
    }
}
