//! What courses count towards before their dates are looked at. A register has many courses and few classes of them, so what
//! has been worked out is kept.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    block::{Block, Kind, Part, Place},
    collect::Weeks,
    plan::{Counted, Measured as Measure, PathwayPlan},
};
use crate::runtime::{Judged, Measured, Outcome, Pattern, Standing};

/// How many classes are kept before all of them are let go.
const MOST: usize = 1 << 12;

/// The classes of the courses that have come.
#[derive(Debug, Default)]
pub(super) struct Classes {
    /// By pattern and by the indicators that are valid on the start.
    kept: FxHashMap<(Pattern, usize), Class>,
    /// Room to work in.
    parts: Vec<(usize, Part)>,
}

/// What all courses of one pattern count towards.
#[derive(Debug, Default)]
struct Class {
    /// What each of them counts towards, whatever the dates.
    settled: Vec<Place>,
    /// The answers that ask for dates, those for the treatments of one occurrence together.
    dated: Vec<Vec<Answer>>,
    /// The indicators that count courses by their answers, and where they have the course before these are looked at.
    asking: Vec<(usize, Part)>,
}

/// An answer for one measure.
#[derive(Debug)]
struct Answer {
    series: usize,
    /// The treatment and its series.
    treatment: Option<(usize, usize)>,
    measured: Measured,
    /// What it counts towards, by kind.
    places: [Vec<Place>; Kind::COUNT],
}

impl Classes {
    /// Counts a course, as an institution sees it if there is one.
    #[inline]
    pub fn count(
        &mut self,
        pathway: &PathwayPlan,
        judged: &Judged,
        own: Option<&str>,
        block: &mut Block,
        weeks: &mut [Weeks],
    ) {
        let Classes { kept, parts } = self;
        let Some(pattern) = judged.pattern().filter(|_| own.is_none()) else {
            return Class::new(pathway, judged, own).count(pathway, judged, block, weeks, parts);
        };
        let key = (pattern, pathway.period(judged));
        if let Some(class) = kept.get(&key) {
            return class.count(pathway, judged, block, weeks, parts);
        }
        let class = Class::new(pathway, judged, None);
        class.count(pathway, judged, block, weeks, parts);
        if kept.len() > MOST {
            kept.clear();
        }
        kept.insert(key, class);
    }
}

impl Class {
    fn new(pathway: &PathwayPlan, judged: &Judged, own: Option<&str>) -> Self {
        let mut class = Class::default();
        let parts: Vec<Part> = pathway.indicators.iter().map(|indicator| indicator.part(judged)).collect();
        for ((number, indicator), part) in pathway.indicators.iter().enumerate().zip(&parts) {
            match indicator.counted {
                Counted::Courses => class.settled.push(pathway.place(number, *part)),
                Counted::CoursesByAnswers => class.asking.push((number, *part)),
                Counted::Occurrences(_) => {}
            }
        }
        let mut occurrences: BTreeMap<_, Vec<Answer>> = BTreeMap::new();
        for answer in judged.measured(own).filter_map(|measured| Answer::new(pathway, &parts, measured)) {
            occurrences.entry((answer.series, answer.measured.occurrence)).or_default().push(answer);
        }
        for mut answers in occurrences.into_values() {
            if answers.iter().any(|answer| !answer.is_settled()) {
                // Next to those that ask for dates, those that are settled tell less.
                answers.retain(|answer| !answer.is_settled());
                class.dated.push(answers);
            } else if let Some((answer, kind, _)) = Answer::most_telling(&answers, judged) {
                class.settled.extend(&answer.places[kind as usize]);
            }
        }
        class
    }

    /// Counts a course of the class. `asking` is room to work in.
    #[inline]
    fn count(
        &self,
        pathway: &PathwayPlan,
        judged: &Judged,
        block: &mut Block,
        weeks: &mut [Weeks],
        asking: &mut Vec<(usize, Part)>,
    ) {
        block.courses += 1;
        self.settled.iter().for_each(|place| block.count(*place));
        asking.clone_from(&self.asking);
        for answers in &self.dated {
            let Some((answer, kind, Outcome { days, past, .. })) = Answer::most_telling(answers, judged) else {
                continue;
            };
            answer.places[kind as usize].iter().for_each(|place| block.count(*place));
            if kind.measured() {
                let own = answer.treatment.map_or(answer.series, |(_, own)| own);
                if let (Some(histogram), Some(Ok(days))) = (block.days.get_mut(own), days.map(u32::try_from)) {
                    histogram.count(days, 1);
                }
                if let (Some(weeks), Some(past)) = (weeks.get_mut(answer.series), past) {
                    weeks.count(past);
                }
            }
            for (number, part) in asking.iter_mut() {
                *part = part.with(pathway.has(*number, answer.series, kind, answer.given(kind)));
            }
        }
        asking.iter().for_each(|(number, part)| block.count(pathway.place(*number, *part)));
    }
}

impl Answer {
    fn new(pathway: &PathwayPlan, parts: &[Part], measured: Measured) -> Option<Self> {
        let Measure { interval: series, treatment } = *pathway.measures.get(measured.measure)?;
        let mut answer = Answer { series, treatment, measured, places: Default::default() };
        for kind in Kind::ALL {
            let own = treatment.filter(|_| kind.ended()).map(|(_, own)| own);
            let mut places: Vec<Place> =
                [Some(series), own].into_iter().flatten().map(|series| Place::of_kind(series, kind)).collect();
            for ((number, indicator), part) in pathway.indicators.iter().enumerate().zip(parts) {
                if indicator.counted == Counted::Occurrences(series) {
                    let part = part.with(pathway.has(number, series, kind, answer.given(kind)));
                    places.push(pathway.place(number, part));
                }
            }
            answer.places[kind as usize] = places;
        }
        Some(answer)
    }

    /// The number of the treatment that was given.
    fn given(&self, kind: Kind) -> Option<usize> {
        self.treatment.filter(|_| kind.ended()).map(|(treatment, _)| treatment)
    }

    fn is_settled(&self) -> bool {
        matches!(self.measured.standing, Standing::Settled(_))
    }

    /// Of the answers for the treatments of one occurrence the one that tells most, the first if there are several.
    #[inline(always)]
    fn most_telling<'c>(answers: &'c [Answer], judged: &Judged) -> Option<(&'c Answer, Kind, Outcome)> {
        let mut most: Option<(&Answer, Kind, Outcome)> = None;
        for answer in answers {
            let outcome = judged.outcome(&answer.measured);
            let kind = Kind::of(outcome.status, answer.measured.to.is_some());
            if most.is_none_or(|(_, known, _)| known.tells() < kind.tells()) {
                most = Some((answer, kind, outcome));
            }
        }
        most
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
