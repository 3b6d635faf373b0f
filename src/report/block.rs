//! Counts of one pathway in one period and institution.

use std::collections::BTreeMap;

use crate::runtime::Status;

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
    pub const ALL: [Kind; 12] = [
        Kind::Within,
        Kind::Exceeded,
        Kind::TooEarly,
        Kind::InvalidOrder,
        Kind::EndedWithoutLimit,
        Kind::EndedWithoutStart,
        Kind::Running,
        Kind::Overdue,
        Kind::NotStarted,
        Kind::OpenWithoutLimit,
        Kind::CompletedWithoutEnd,
        Kind::NotApplicable,
    ];

    /// How many there are.
    pub const COUNT: usize = Kind::ALL.len();

    /// `to`: whether the end has come.
    pub fn of(status: Status, to: bool) -> Self {
        match status {
            Status::Within => Kind::Within,
            Status::Exceeded => Kind::Exceeded,
            Status::TooEarly => Kind::TooEarly,
            Status::InvalidOrder => Kind::InvalidOrder,
            Status::NoLimit if to => Kind::EndedWithoutLimit,
            Status::NoLimit => Kind::OpenWithoutLimit,
            Status::Undetermined if to => Kind::EndedWithoutStart,
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
    /// By series; all treatments together have none of their own.
    pub days: Vec<Histogram>,
    /// Of each series by kind, and then of each indicator by part.
    counts: Vec<u32>,
}

/// The place of a count in its block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(usize);

impl Place {
    /// Of the answers of a series that are of a kind.
    pub fn of_kind(series: usize, kind: Kind) -> Self {
        Place(series * Kind::COUNT + kind as usize)
    }

    /// Of what an indicator has in a part, after so many series.
    pub fn of_part(series: usize, indicator: usize, part: Part) -> Self {
        Place(series * Kind::COUNT + indicator * Part::COUNT + part.number())
    }
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

    /// The same, and with an answer that is in the denominator or the numerator.
    pub fn with(self, [denominator, numerator]: [bool; 2]) -> Self {
        Part { denominator: self.denominator || denominator, numerator: self.numerator || numerator, ..self }
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
        let counts = vec![0; series * Kind::COUNT + indicators * Part::COUNT];
        Block { courses: 0, days: vec![Histogram::default(); series], counts }
    }

    /// Counts one more.
    #[inline]
    pub fn count(&mut self, place: Place) {
        if let Some(count) = self.counts.get_mut(place.0) {
            *count += 1;
        }
    }

    /// The answers of a series by kind.
    pub fn kinds(&self, series: usize) -> Option<&[u32; Kind::COUNT]> {
        self.counts.get(series * Kind::COUNT..)?.first_chunk()
    }

    /// What an indicator has, by part.
    pub fn parts(&self, indicator: usize) -> Option<&[u32; Part::COUNT]> {
        self.counts.get(self.days.len() * Kind::COUNT + indicator * Part::COUNT..)?.first_chunk()
    }

    pub fn add(&mut self, other: &Block) {
        self.courses += other.courses;
        add(&mut self.counts, &other.counts);
        for (own, other) in self.days.iter_mut().zip(&other.days) {
            own.add(other);
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
    #[inline]
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
