//! Whom a change touches: courses judged by both specifications, counted by interval and institution.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::runtime::{Course, IntervalAnswer, Key, Status};

/// What is counted: an interval and treatment of a pathway.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measure {
    /// The pathway.
    pub pathway: String,
    /// The interval.
    pub interval: String,
    /// The treatment.
    pub treatment: Option<String>,
}

/// How many answers went from one status to another; none is that there was no answer.
pub type Counts = BTreeMap<(Option<&'static str>, Option<&'static str>), u64>;

/// What came of judging the same patients twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Impact {
    /// Courses, as the old specification finds them.
    pub courses_before: u64,
    /// Courses, as the new specification finds them.
    pub courses_after: u64,
    /// Courses of which some interval has another status.
    pub affected: u64,
    /// Courses that have another variant on the as-of date.
    pub other_variant: u64,
    /// Courses that have another state.
    pub other_state: u64,
    /// Courses that have other findings.
    pub other_findings: u64,
    /// By measure and institution; none is a course without any.
    pub counts: BTreeMap<Measure, BTreeMap<Option<String>, Counts>>,
}

/// A course of which an interval has another status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Affected<'a> {
    /// The pathway.
    pub pathway: &'a str,
    /// The patient.
    pub patient: &'a str,
    /// The number of the course.
    pub course: u32,
    /// The institution of its first event that has one.
    pub institution: Option<&'a str>,
    /// The intervals that have another status.
    pub intervals: Vec<ChangedInterval<'a>>,
}

/// An interval that has another status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangedInterval<'a> {
    /// The interval.
    pub interval: &'a str,
    /// The treatment.
    pub treatment: Option<&'a str>,
    /// 1, except for repeating intervals.
    pub occurrence: u32,
    /// The old answer; null if the old specification has none.
    pub old: Option<IntervalAnswer<'a>>,
    /// The new answer; null if the new specification has none.
    pub new: Option<IntervalAnswer<'a>>,
}

impl Impact {
    /// Counts the courses of one patient, and gives those that are affected. `institution` is that of a course by its
    /// pathway and number.
    pub fn add<'a>(
        &mut self,
        old: &[Course<'a>],
        new: &[Course<'a>],
        institution: impl Fn(&str, u32) -> Option<&'a str>,
    ) -> Vec<Affected<'a>> {
        self.courses_before += old.len() as u64;
        self.courses_after += new.len() as u64;
        let mut courses: BTreeMap<(&'a str, u32), [Option<&Course<'a>>; 2]> = BTreeMap::new();
        for course in old {
            courses.entry((course.pathway, course.course)).or_default()[0] = Some(course);
        }
        for course in new {
            courses.entry((course.pathway, course.course)).or_default()[1] = Some(course);
        }
        let mut affected = Vec::new();
        for ((pathway, number), [old, new]) in courses {
            let institution = institution(pathway, number);
            let intervals = self.intervals(pathway, institution, [old, new]);
            if let (Some(old), Some(new)) = (old, new) {
                let codes =
                    |course: &Course<'a>| course.findings.iter().map(|finding| finding.code).collect::<Vec<_>>();
                self.other_variant += u64::from(old.variant != new.variant);
                self.other_state += u64::from(old.state != new.state);
                self.other_findings += u64::from(codes(old) != codes(new));
            }
            if let (false, Some(course)) = (intervals.is_empty(), new.or(old)) {
                self.affected += 1;
                affected.push(Affected { pathway, patient: course.patient, course: number, institution, intervals });
            }
        }
        affected
    }

    fn intervals<'a>(
        &mut self,
        pathway: &str,
        institution: Option<&'a str>,
        sides: [Option<&Course<'a>>; 2],
    ) -> Vec<ChangedInterval<'a>> {
        let mut answers: Vec<(Key<'a>, [Option<&IntervalAnswer<'a>>; 2])> = Vec::new();
        for (side, course) in sides.into_iter().enumerate() {
            for answer in course.iter().flat_map(|course| &course.intervals) {
                let key = answer.key();
                let at = answers.iter().position(|(other, _)| *other == key).unwrap_or(answers.len());
                if at == answers.len() {
                    answers.push((key, [None, None]));
                }
                if let Some(place) = answers.get_mut(at).and_then(|(_, sides)| sides.get_mut(side)) {
                    *place = Some(answer);
                }
            }
        }
        let mut changed = Vec::new();
        for ((interval, treatment, occurrence), [old, new]) in answers {
            let measure = Measure {
                pathway: pathway.to_owned(),
                interval: interval.to_owned(),
                treatment: treatment.map(str::to_owned),
            };
            let status = |answer: Option<&IntervalAnswer>| answer.map(|answer| answer.status.word());
            let counts = self.counts.entry(measure).or_default().entry(institution.map(str::to_owned)).or_default();
            *counts.entry((status(old), status(new))).or_default() += 1;
            if status(old) != status(new) {
                changed.push(ChangedInterval { interval, treatment, occurrence, old: old.cloned(), new: new.cloned() });
            }
        }
        changed
    }

    /// All counts of a measure, whatever the institution.
    pub fn total(&self, measure: &Measure) -> Counts {
        let mut total = Counts::new();
        for (shift, count) in self.counts.get(measure).into_iter().flat_map(BTreeMap::values).flatten() {
            *total.entry(*shift).or_default() += count;
        }
        total
    }
}

/// How many answers have each status, before (`false`) or after, in the order of E8's table.
pub fn by_status(counts: &Counts, after: bool) -> Vec<(Status, u64)> {
    let side = |(old, new): &(Option<&'static str>, Option<&'static str>)| if after { *new } else { *old };
    let of = |status: Status| {
        let same = counts.iter().filter(|(shift, _)| side(shift) == Some(status.word()));
        same.map(|(_, count)| count).sum()
    };
    Status::ALL.into_iter().map(|status| (status, of(status))).filter(|(_, count)| *count > 0).collect()
}
