//! What is counted, made ready: the series and indicators of each pathway.

use chrono::NaiveDate;

use crate::{
    lang::Text,
    runtime::Judged,
    tables::{Indicator, Interval, Pathway, Population, Tables},
    text,
};

use super::{
    Attribution, By, PeriodKind, Start,
    block::{Kind, Part, Place},
};

/// How courses are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// How long the periods are.
    pub period: PeriodKind,
    /// What places a course and its answers in a period.
    pub by: By,
    /// Which start counts after a transfer.
    pub start: Start,
    /// The event whose institution a course belongs to.
    pub attribution: Attribution,
}

/// What is counted of the courses of some tables; made once, used by every thread.
#[derive(Debug)]
pub struct Plan<'t> {
    pub(super) counting: Counting,
    pub(super) fingerprint: &'t str,
    /// Sorted by id.
    pub(super) pathways: Vec<PathwayPlan<'t>>,
}

/// One pathway.
#[derive(Debug)]
pub(super) struct PathwayPlan<'t> {
    pub pathway: &'t Pathway,
    /// By code: whether its institution is that of the course.
    pub attributes: Vec<bool>,
    /// By code: whether it opens a course.
    pub opens: Vec<bool>,
    /// By code: whether it completes what is measured.
    pub completes: Vec<bool>,
    pub series: Vec<Series<'t>>,
    /// By the number of a measure of the pathway.
    pub measures: Vec<Measured>,
    pub indicators: Vec<IndicatorPlan<'t>>,
    /// The first day of each period in which the same indicators are valid, but the first.
    changes: Vec<NaiveDate>,
}

/// What is published as one: an interval that is not split, all its treatments together, or one of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Series<'t> {
    pub interval: &'t Interval,
    /// The number of the treatment.
    pub treatment: Option<usize>,
}

impl Series<'_> {
    pub fn together(&self) -> bool {
        self.treatment.is_none() && !self.interval.treatments.is_empty()
    }
}

/// Where the answers of a measure are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    /// The series of the interval: all treatments together, if it is split.
    pub interval: usize,
    /// The treatment and its series.
    pub treatment: Option<(usize, usize)>,
}

/// One indicator.
#[derive(Debug)]
pub(super) struct IndicatorPlan<'t> {
    pub indicator: &'t Indicator,
    pub denominator: Members,
    pub numerator: Members,
    /// By code.
    pub excluded: Vec<bool>,
    pub counted: Counted,
}

/// What an indicator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Courses, by their codes.
    Courses,
    /// Courses, by their answers too.
    CoursesByAnswers,
    /// The answers of this series, each occurrence for itself.
    Occurrences(usize),
}

/// A population made ready.
#[derive(Debug)]
pub(super) enum Members {
    /// Courses with one of the codes; all if none.
    Courses(Option<Vec<bool>>),
    /// Answers of a series that are measured, perhaps within, of some treatments; of all if none.
    Answers { series: usize, within: bool, treatments: Option<Vec<bool>> },
}

impl<'t> Plan<'t> {
    /// What is counted of the courses that these tables judge.
    ///
    /// # Errors
    /// Says which name the tables do not have.
    pub fn new(tables: &'t Tables, counting: Counting) -> Result<Self, Text> {
        let mut pathways = Vec::new();
        for pathway in &tables.pathways {
            pathways.push(PathwayPlan::new(pathway, &counting.attribution)?);
        }
        if let Attribution::Named(name) = &counting.attribution
            && tables.pathways.iter().all(|pathway| counting.attribution.codes(pathway).is_none())
        {
            return Err(text!(
                "ingen av forløpene har en kode eller gruppe «{name}»",
                "none of the pathways has a code or group «{name}»"
            ));
        }
        pathways.sort_by_key(|plan| &plan.pathway.id);
        Ok(Plan { counting, fingerprint: &tables.fingerprint, pathways })
    }

    /// The pathways that do not have the code or group that courses are attributed by: all their courses are unknown.
    pub fn unattributed(&self) -> impl Iterator<Item = &'t Pathway> {
        let lacks = |plan: &&PathwayPlan| !plan.attributes.contains(&true);
        self.pathways.iter().filter(lacks).map(|plan| plan.pathway)
    }

    /// The plan of a course's pathway.
    #[inline]
    pub(super) fn find(&self, pathway: &Pathway) -> Option<usize> {
        self.pathways.binary_search_by(|plan| plan.pathway.id.cmp(&pathway.id)).ok()
    }
}

impl IndicatorPlan<'_> {
    /// Where it has a course by its codes.
    pub fn part(&self, judged: &Judged) -> Part {
        let with = |members: &Members| match members {
            Members::Courses(None) => true,
            Members::Courses(Some(codes)) => judged.events().any(|event| holds(codes, event.code)),
            Members::Answers { .. } => false,
        };
        Part {
            valid: self.is_valid(judged),
            excluded: judged.events().any(|event| holds(&self.excluded, event.code)),
            denominator: with(&self.denominator),
            numerator: with(&self.numerator),
        }
    }

    /// Whether it is valid on the course's start.
    fn is_valid(&self, judged: &Judged) -> bool {
        let Indicator { valid_from, valid_to, .. } = self.indicator;
        let within = |start| valid_from.is_none_or(|from| from <= start) && valid_to.is_none_or(|to| start <= to);
        (valid_from.is_none() && valid_to.is_none()) || judged.start().is_some_and(within)
    }

    /// The series whose answers are counted, each occurrence for itself; none if courses are.
    pub fn occurrences_of(&self) -> Option<usize> {
        match self.counted {
            Counted::Occurrences(series) => Some(series),
            Counted::Courses | Counted::CoursesByAnswers => None,
        }
    }
}

impl Members {
    /// Whether an answer is among them.
    #[inline]
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

impl<'t> PathwayPlan<'t> {
    /// The number of the period of a course's start. Within one, the same indicators are valid.
    #[inline]
    pub fn period(&self, judged: &Judged) -> usize {
        match judged.start() {
            _ if self.changes.is_empty() => 0,
            None => usize::MAX,
            Some(start) => self.changes.partition_point(|first| *first <= start),
        }
    }

    /// Whether an answer of a series is in an indicator's denominator, and in its numerator.
    pub fn has(&self, indicator: usize, series: usize, kind: Kind, treatment: Option<usize>) -> [bool; 2] {
        self.indicators.get(indicator).map_or([false; 2], |indicator| {
            [&indicator.denominator, &indicator.numerator].map(|members| members.has(series, kind, treatment))
        })
    }

    /// Where a block counts what an indicator has in a part.
    pub fn place(&self, indicator: usize, part: Part) -> Place {
        Place::of_part(self.series.len(), indicator, part)
    }

    fn new(pathway: &'t Pathway, attribution: &Attribution) -> Result<Self, Text> {
        let (mut series, mut measures) = (Vec::new(), Vec::new());
        for interval in &pathway.intervals {
            let together = series.len();
            series.push(Series { interval, treatment: None });
            if interval.treatments.is_empty() {
                measures.push(Measured { interval: together, treatment: None });
            }
            for treatment in 0..interval.treatments.len() {
                measures.push(Measured { interval: together, treatment: Some((treatment, series.len())) });
                series.push(Series { interval, treatment: Some(treatment) });
            }
        }
        let none = || vec![false; pathway.codes.len()];
        let mut plan = PathwayPlan {
            pathway,
            attributes: attribution.codes(pathway).unwrap_or_else(none),
            opens: Attribution::Start.codes(pathway).unwrap_or_else(none),
            completes: Attribution::Treatment.codes(pathway).unwrap_or_else(none),
            series,
            measures,
            indicators: Vec::new(),
            changes: Vec::new(),
        };
        for indicator in &pathway.indicators {
            plan.indicators.push(plan.indicator(indicator)?);
        }
        let valid = pathway.indicators.iter();
        plan.changes =
            valid.flat_map(|own| [own.valid_from, own.valid_to.and_then(|to| to.succ_opt())]).flatten().collect();
        plan.changes.sort_unstable();
        Ok(plan)
    }

    fn indicator(&self, indicator: &'t Indicator) -> Result<IndicatorPlan<'t>, Text> {
        let denominator = self.members(indicator, &indicator.denominator)?;
        let numerator = self.members(indicator, &indicator.numerator)?;
        let counted = match (&denominator, &numerator) {
            (Members::Answers { series, .. }, Members::Answers { series: other, .. }) if series == other => {
                Counted::Occurrences(*series)
            }
            (Members::Courses(_), Members::Courses(_)) => Counted::Courses,
            _ => Counted::CoursesByAnswers,
        };
        let excluded = self.codes(&indicator.excluded);
        Ok(IndicatorPlan { indicator, denominator, numerator, excluded, counted })
    }

    fn codes(&self, codes: &[String]) -> Vec<bool> {
        self.pathway.codes.iter().map(|code| codes.contains(&code.code)).collect()
    }

    fn members(&self, indicator: &Indicator, population: &Population) -> Result<Members, Text> {
        let (interval, treatments, within) = match population {
            Population::Courses { with } => return Ok(Members::Courses((!with.is_empty()).then(|| self.codes(with)))),
            Population::Measured { interval, treatments } => (interval, treatments, false),
            Population::Within { interval, treatments } => (interval, treatments, true),
        };
        let found = self.series.iter().position(|series| series.interval.name == *interval);
        let (Some(series), Some(split)) = (found, self.pathway.interval(interval).map(|interval| &interval.treatments))
        else {
            let (id, name) = (&self.pathway.id, &indicator.name);
            return Err(text!(
                "indikatoren «{name}» i {id} gjelder intervallet «{interval}», som ikke finnes",
                "the indicator «{name}» of {id} is about the interval «{interval}», which does not exist"
            ));
        };
        let chosen = split.iter().map(|treatment| treatments.contains(&treatment.name)).collect();
        Ok(Members::Answers { series, within, treatments: (!treatments.is_empty()).then_some(chosen) })
    }
}

/// Whether a set has a number.
pub(super) fn holds(set: &[bool], number: usize) -> bool {
    set.get(number).copied().unwrap_or(false)
}
