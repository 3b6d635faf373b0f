//! Counts of one pathway in one period and institution.

use std::collections::BTreeMap;

use crate::runtime::{IntervalAnswer, Status};

/// Days up to this have a place each.
const NEAR: usize = 512;

/// What an answer counts as: its status, with those that mean different things before and after the end told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Within,
    Exceeded,
    TooEarly,
    InvalidOrder,
    EndedWithoutLimit,
    EndedWithoutStart,
    Running,
    Overdue,
    NotStarted,
    OpenWithoutLimit,
    CompletedWithoutEnd,
    NotApplicable,
}

impl Kind {
    /// How many there are.
    pub const COUNT: usize = 12;

    pub fn of(answer: &IntervalAnswer) -> Self {
        match answer.status {
            Status::Within => Kind::Within,
            Status::Exceeded => Kind::Exceeded,
            Status::TooEarly => Kind::TooEarly,
            Status::InvalidOrder => Kind::InvalidOrder,
            Status::NoLimit if answer.to.is_some() => Kind::EndedWithoutLimit,
            Status::NoLimit => Kind::OpenWithoutLimit,
            Status::Undetermined if answer.to.is_some() => Kind::EndedWithoutStart,
            Status::Undetermined => Kind::CompletedWithoutEnd,
            Status::Running => Kind::Running,
            Status::Overdue => Kind::Overdue,
            Status::NotStarted => Kind::NotStarted,
            Status::NotApplicable => Kind::NotApplicable,
        }
    }

    /// Whether the end has come, and belongs to what is judged.
    pub fn ended(self) -> bool {
        self <= Kind::EndedWithoutStart
    }

    /// Whether both points have come, in order, and there is a limit.
    pub fn measured(self) -> bool {
        self <= Kind::TooEarly
    }
}

/// The counts. Series and indicators are numbered by the pathway's plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub courses: u64,
    /// By series and kind.
    pub kinds: Vec<[u32; Kind::COUNT]>,
    /// By series; all treatments together have none of their own.
    pub days: Vec<Histogram>,
    /// By indicator and part.
    pub indicators: Vec<[u32; Part::COUNT]>,
}

/// Where an indicator has a course: four bits that say everything that tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub valid: bool,
    pub excluded: bool,
    pub denominator: bool,
    pub numerator: bool,
}

impl Part {
    pub const COUNT: usize = 16;

    pub fn number(self) -> usize {
        usize::from(self.valid) << 3
            | usize::from(self.excluded) << 2
            | usize::from(self.denominator) << 1
            | usize::from(self.numerator)
    }

    pub fn all() -> impl Iterator<Item = Part> {
        (0..Part::COUNT).map(|number| Part {
            valid: number >> 3 & 1 == 1,
            excluded: number >> 2 & 1 == 1,
            denominator: number >> 1 & 1 == 1,
            numerator: number & 1 == 1,
        })
    }
}

impl Block {
    pub fn new(series: usize, indicators: usize) -> Self {
        Block {
            courses: 0,
            kinds: vec![[0; Kind::COUNT]; series],
            days: vec![Histogram::default(); series],
            indicators: vec![[0; Part::COUNT]; indicators],
        }
    }

    pub fn add(&mut self, other: &Block) {
        self.courses += other.courses;
        for (own, other) in self.kinds.iter_mut().zip(&other.kinds) {
            add(own, other);
        }
        for (own, other) in self.days.iter_mut().zip(&other.days) {
            own.add(other);
        }
        for (own, other) in self.indicators.iter_mut().zip(&other.indicators) {
            add(own, other);
        }
    }
}

/// Adds counts to counts.
pub(super) fn add(own: &mut [u32], other: &[u32]) {
    for (own, other) in own.iter_mut().zip(other) {
        *own += other;
    }
}

/// How many took how many days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Histogram {
    near: Vec<u32>,
    far: BTreeMap<u32, u32>,
}

impl Histogram {
    pub fn count(&mut self, days: u32, times: u32) {
        let near = days as usize;
        if near >= NEAR {
            *self.far.entry(days).or_default() += times;
            return;
        }
        if near >= self.near.len() {
            self.near.resize(near + 1, 0);
        }
        if let Some(count) = self.near.get_mut(near) {
            *count += times;
        }
    }

    pub fn add(&mut self, other: &Histogram) {
        for (days, times) in other.counts() {
            self.count(days, times);
        }
    }

    /// The days and how many took them, ascending.
    fn counts(&self) -> impl Iterator<Item = (u32, u32)> {
        let near = (0..).zip(self.near.iter().copied()).filter(|(_, times)| *times > 0);
        near.chain(self.far.iter().map(|(days, times)| (*days, *times)))
    }

    /// The smallest number of days that at least `quarters` fourths do not exceed; none of none.
    pub fn quartile(&self, quarters: u64) -> Option<u32> {
        let all: u64 = self.counts().map(|(_, times)| u64::from(times)).sum();
        let mut seen = 0;
        self.counts().find_map(|(days, times)| {
            seen += u64::from(times);
            (4 * seen >= quarters * all).then_some(days)
        })
    }
}
