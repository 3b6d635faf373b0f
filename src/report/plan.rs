//! What is counted, made ready: the series and indicators of each pathway.

use crate::{
    lang::Text,
    tables::{Indicator, Interval, Pathway, Population, Tables},
    text,
};

use super::{Attribution, By, PeriodKind, Start};

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
    /// By series, the numbers of the indicators that ask for its answers.
    pub asking: Vec<Vec<usize>>,
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
    /// The series whose answers are counted, each occurrence for itself; none if courses are.
    pub occurrences_of: Option<usize>,
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

    pub(super) fn find(&self, pathway: &Pathway) -> Option<usize> {
        self.pathways.binary_search_by(|plan| plan.pathway.id.cmp(&pathway.id)).ok()
    }
}

impl Members {
    fn ask_for(&self, of: usize) -> bool {
        matches!(self, Members::Answers { series, .. } if *series == of)
    }
}

impl<'t> PathwayPlan<'t> {
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
            asking: Vec::new(),
        };
        for indicator in &pathway.indicators {
            plan.indicators.push(plan.indicator(indicator)?);
        }
        let asking = |series: usize| {
            let asks =
                plan.indicators.iter().map(|plan| plan.denominator.ask_for(series) || plan.numerator.ask_for(series));
            asks.enumerate().filter(|(_, asks)| *asks).map(|(number, _)| number).collect()
        };
        plan.asking = (0..plan.series.len()).map(asking).collect();
        Ok(plan)
    }

    fn indicator(&self, indicator: &'t Indicator) -> Result<IndicatorPlan<'t>, Text> {
        let denominator = self.members(indicator, &indicator.denominator)?;
        let numerator = self.members(indicator, &indicator.numerator)?;
        let occurrences_of = match (&denominator, &numerator) {
            (Members::Answers { series, .. }, Members::Answers { series: other, .. }) => {
                (series == other).then_some(*series)
            }
            _ => None,
        };
        let excluded = self.codes(&indicator.excluded);
        Ok(IndicatorPlan { indicator, denominator, numerator, excluded, occurrences_of })
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
