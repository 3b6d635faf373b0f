//! Counting courses as they are judged.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::{
    By, Plan, Start,
    block::{Block, Kind, Part},
    parameters::Slot,
    plan::{IndicatorPlan, Measured, Members, PathwayPlan},
};
use crate::runtime::{IntervalAnswer, Judged};

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
    course: CourseState,
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
pub(super) struct Weeks(pub [u32; 2 * WEEKS as usize + 2]);

impl Default for Weeks {
    fn default() -> Self {
        Weeks([0; 2 * WEEKS as usize + 2])
    }
}

impl Weeks {
    /// Counts a day, where 0 is the last of the limit; the week before it ends with that day.
    fn count(&mut self, day: i64) {
        let week = (day - 1).div_euclid(7).clamp(-WEEKS - 1, WEEKS) + WEEKS + 1;
        if let Some(count) = usize::try_from(week).ok().and_then(|week| self.0.get_mut(week)) {
            *count += 1;
        }
    }

    /// The weeks, each with the number of its first day.
    pub fn counts(&self) -> impl Iterator<Item = (i32, u64)> {
        let first = -7 * (WEEKS as i32 + 1) + 1;
        (first..).step_by(7).zip(self.0.iter().map(|count| u64::from(*count)))
    }
}

/// What is kept of one course while its answers come; empty between courses.
#[derive(Debug, Default)]
struct CourseState {
    /// The answers of one interval, by occurrence: of those of several treatments the one that tells most.
    occurrences: Vec<Occurrence>,
    /// By indicator that counts courses: whether the course is in the denominator and in the numerator.
    members: Vec<(bool, bool)>,
}

impl CourseState {
    fn take(&mut self, measured: &Measured, answer: &IntervalAnswer) {
        let kind = Kind::of(answer);
        let treatment = measured.treatment.filter(|_| kind.ended());
        let occurrence = Occurrence { kind, treatment, days: answer.days, to: answer.to, due: answer.due };
        match self.occurrences.get_mut(answer.occurrence.saturating_sub(1) as usize) {
            Some(known) if known.kind.tells() >= kind.tells() => {}
            Some(known) => *known = occurrence,
            None => self.occurrences.push(occurrence),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Occurrence {
    kind: Kind,
    /// The treatment and its series.
    treatment: Option<(usize, usize)>,
    days: Option<i64>,
    to: Option<NaiveDate>,
    due: Option<NaiveDate>,
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
            course: CourseState::default(),
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
        let mut open = Open { pathway, block, weeks };
        open.block.courses += 1;

        let course = &mut self.course;
        course.members.clear();
        course.members.resize(pathway.indicators.len(), (false, false));
        let mut series = None;
        let mut take = |measure: usize, answer: &IntervalAnswer| {
            let Some(measured) = pathway.measures.get(measure) else { return };
            if let Some(before) = series.filter(|before| *before != measured.interval) {
                open.count_all(before, course, judged);
            }
            series = Some(measured.interval);
            course.take(measured, answer);
        };
        match institution.filter(|_| plan.counting.start == Start::Own) {
            Some(own) => judged.answers_from(own).for_each(|(measure, answer)| take(measure, &answer)),
            None => judged.answers().for_each(|(measure, answer)| take(measure, &answer)),
        }
        if let Some(series) = series {
            open.count_all(series, course, judged);
        }
        open.count_course(judged, &course.members);
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

impl Kind {
    /// How much an answer for one treatment tells of the course: an open course is overdue only if it is so for every
    /// treatment that has a limit.
    fn tells(self) -> u8 {
        match self {
            kind if kind.ended() => 4,
            Kind::Running => 3,
            Kind::Overdue => 2,
            Kind::NotApplicable => 0,
            _ => 1,
        }
    }
}

impl Counts {
    /// The block of a period and institution, and the weeks.
    fn open(&mut self, pathway: &PathwayPlan, key: Key) -> (&mut Block, &mut [Weeks]) {
        let Counts { at, blocks, weeks } = self;
        let at = *at.entry(key).or_insert_with(|| {
            blocks.push((key, Block::new(pathway.series.len(), pathway.indicators.len())));
            blocks.len() - 1
        });
        (&mut blocks[at].1, weeks)
    }

    pub fn blocks(&self) -> &[(Key, Block)] {
        &self.blocks
    }
}

/// The counts that a course goes into.
struct Open<'c, 't> {
    pathway: &'c PathwayPlan<'t>,
    block: &'c mut Block,
    weeks: &'c mut [Weeks],
}

impl Open<'_, '_> {
    /// Counts the answers of an interval, and forgets them.
    fn count_all(&mut self, series: usize, course: &mut CourseState, judged: &Judged) {
        let CourseState { occurrences, members } = course;
        for occurrence in occurrences.drain(..) {
            self.count(series, occurrence, judged, members);
        }
    }

    fn count(&mut self, series: usize, occurrence: Occurrence, judged: &Judged, members: &mut [(bool, bool)]) {
        let pathway = self.pathway;
        let Occurrence { kind, treatment, days, to, due } = occurrence;
        let own = treatment.map(|(_, series)| series);
        let block = &mut *self.block;
        for series in [Some(series), own].into_iter().flatten() {
            if let Some(count) = block.kinds.get_mut(series).and_then(|kinds| kinds.get_mut(kind as usize)) {
                *count += 1;
            }
        }
        if kind.measured()
            && let Some(histogram) = block.days.get_mut(own.unwrap_or(series))
            && let Some(days) = days.and_then(|days| u32::try_from(days).ok())
        {
            histogram.count(days, 1);
        }
        for number in pathway.asking.get(series).into_iter().flatten().copied() {
            let Some((indicator, member)) = pathway.indicators.get(number).zip(members.get_mut(number)) else {
                continue;
            };
            let part = |members: &Members| members.has(series, kind, treatment.map(|(treatment, _)| treatment));
            let (denominator, numerator) = (part(&indicator.denominator), part(&indicator.numerator));
            if indicator.occurrences_of == Some(series) {
                indicator.count(self.block, number, judged, denominator, numerator);
            } else {
                *member = (member.0 || denominator, member.1 || numerator);
            }
        }
        if kind.measured()
            && let Some(weeks) = self.weeks.get_mut(series)
            && let Some((to, due)) = to.zip(due)
        {
            weeks.count((to - due).num_days());
        }
    }

    /// Counts the course for the indicators that count courses.
    fn count_course(&mut self, judged: &Judged, members: &[(bool, bool)]) {
        let pathway = self.pathway;
        for ((number, indicator), (denominator, numerator)) in pathway.indicators.iter().enumerate().zip(members) {
            if indicator.occurrences_of.is_none() {
                let with = |members: &Members, known: bool| match members {
                    Members::Courses(None) => true,
                    Members::Courses(Some(codes)) => judged.events().any(|event| holds(codes, event.code)),
                    Members::Answers { .. } => known,
                };
                let denominator = with(&indicator.denominator, *denominator);
                let numerator = with(&indicator.numerator, *numerator);
                indicator.count(self.block, number, judged, denominator, numerator);
            }
        }
    }
}

impl Members {
    /// Whether an answer is among them.
    fn has(&self, of: usize, kind: Kind, treatment: Option<usize>) -> bool {
        match self {
            Members::Courses(_) => false,
            Members::Answers { series, within, treatments } => {
                *series == of
                    && if *within { kind == Kind::Within } else { kind.measured() }
                    && treatments.as_ref().is_none_or(|chosen| treatment.is_some_and(|one| holds(chosen, one)))
            }
        }
    }
}

impl IndicatorPlan<'_> {
    fn count(&self, block: &mut Block, number: usize, judged: &Judged, denominator: bool, numerator: bool) {
        let indicator = self.indicator;
        let bounded = indicator.valid_from.is_some() || indicator.valid_to.is_some();
        let valid = !bounded
            || judged.start().is_some_and(|start| {
                indicator.valid_from.is_none_or(|from| from <= start) && indicator.valid_to.is_none_or(|to| start <= to)
            });
        let excluded = !indicator.excluded.is_empty() && judged.events().any(|event| holds(&self.excluded, event.code));
        let part = Part { valid, excluded, denominator, numerator };
        if let Some(count) = block.indicators.get_mut(number).and_then(|parts| parts.get_mut(part.number())) {
            *count += 1;
        }
    }
}

fn holds(set: &[bool], number: usize) -> bool {
    set.get(number).copied().unwrap_or(false)
}
