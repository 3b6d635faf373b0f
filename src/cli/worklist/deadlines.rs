//! The intervals under way in a course, and the points that end them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    cli::answers::Names,
    runtime::{Course, IntervalAnswer, Latest},
    tables::{Form, Interval, Pathway, Unit},
};

/// An interval under way, for all treatments for which it is the same.
#[derive(Debug, Serialize)]
pub(super) struct Deadline {
    pub interval: String,
    /// Those that it is split by; empty if it is not.
    pub treatments: Vec<String>,
    pub occurrence: u32,
    /// The interval with its treatments, if they are not all.
    #[serde(skip)]
    pub name: String,
    #[serde(skip)]
    pub label: String,
    /// Its place among the intervals of the pathway.
    #[serde(skip)]
    pub place: usize,
    pub from: Option<NaiveDate>,
    pub limit: Option<u32>,
    pub unit: Option<Unit>,
    pub form: Option<Form>,
    /// None for a least time, which nobody can be late for.
    pub due: Option<NaiveDate>,
    /// From as-of to `due`, or to `earliest`.
    pub days_left: Option<i64>,
    /// The first day on which a least time has passed.
    pub earliest: Option<NaiveDate>,
    /// What ends it: one point for each treatment.
    pub next: Vec<Next>,
}

/// A point that ends an interval.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Next {
    pub codes: Vec<Code>,
    /// The last day that also leaves time for the limits after it.
    pub latest: Option<NaiveDate>,
    /// The interval whose limit says so.
    pub because: Option<String>,
    /// The intervals that end here whose limits cannot be kept any more, though they are not overdue.
    pub lost: Vec<String>,
}

/// A point, and the intervals that it ends.
pub(super) struct Point<'r> {
    pub next: &'r Next,
    /// The first of them in the order of the pathway.
    pub ends: &'r Deadline,
    /// The nearest due date among them.
    pub due: Option<NaiveDate>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Code {
    pub code: String,
    /// Without what all codes of the pathway begin with.
    #[serde(skip)]
    pub short: String,
    pub label: String,
}

/// The points that end these intervals, each once, in the order of the pathway.
pub(super) fn points(deadlines: &[Deadline]) -> Vec<Point<'_>> {
    let mut ordered: Vec<&Deadline> = deadlines.iter().collect();
    ordered.sort_by_key(|deadline| deadline.place);
    let mut points: Vec<Point> = Vec::new();
    for ends in ordered {
        for next in &ends.next {
            match points.iter_mut().find(|known| known.next.codes == next.codes) {
                Some(known) => known.due = known.due.into_iter().chain(ends.due).min(),
                None => points.push(Point { next, ends, due: ends.due }),
            }
        }
    }
    points
}

impl Point<'_> {
    /// The due date, or the latest day if that is earlier.
    pub(super) fn last_day(&self) -> Option<NaiveDate> {
        self.next.latest.into_iter().chain(self.due).min()
    }
}

/// What has begun and not ended in a course, the nearest due first.
pub(super) fn under_way(pathway: &Pathway, course: &Course, as_of: NaiveDate) -> Vec<Deadline> {
    let mut found: Vec<Deadline> = Vec::new();
    let traces = course.trace.iter().flat_map(|trace| &trace.intervals);
    let begun = |answer: &IntervalAnswer| answer.from.is_some() && answer.to.is_none();
    for (answer, trace) in course.intervals.iter().zip(traces).filter(|(answer, _)| begun(answer)) {
        let Some(interval) = pathway.interval(answer.interval) else { continue };
        let mut deadline = Deadline::new(pathway, interval, answer, trace.form);
        deadline.next = vec![Next::new(pathway, ends(interval, answer), course.latest.as_deref(), as_of)];
        match found.iter_mut().find(|known| known.takes(&deadline)) {
            Some(known) => {
                known.treatments.extend(deadline.treatments);
                known.next.extend(deadline.next);
            }
            None => found.push(deadline),
        }
    }
    for deadline in &mut found {
        let treatments = deadline.treatments.iter().map(String::as_str).collect();
        let names = Names { interval: &deadline.interval, occurrence: deadline.occurrence, treatments };
        deadline.name = names.written(pathway.interval(&deadline.interval));
    }
    found.sort_by_key(|deadline| (deadline.due.is_none(), deadline.due));
    found
}

impl Deadline {
    fn new(pathway: &Pathway, interval: &Interval, answer: &IntervalAnswer, form: Option<Form>) -> Self {
        let least = form == Some(Form::AtLeast);
        Deadline {
            interval: interval.name.clone(),
            treatments: answer.treatment.iter().map(|name| (*name).to_owned()).collect(),
            occurrence: answer.occurrence,
            name: String::new(),
            label: interval.label.clone(),
            place: pathway.intervals.iter().position(|known| known.name == interval.name).unwrap_or_default(),
            from: answer.from,
            limit: answer.limit,
            unit: answer.unit,
            form,
            due: answer.due.filter(|_| !least),
            days_left: answer.days_left,
            earliest: answer.due.filter(|_| least),
            next: Vec::new(),
        }
    }

    /// Whether the other is the same for another treatment.
    fn takes(&self, other: &Self) -> bool {
        let key =
            |deadline: &Self| (deadline.occurrence, deadline.due, deadline.earliest, deadline.limit, deadline.unit);
        self.interval == other.interval && key(self) == key(other)
    }
}

/// The codes that end the interval that is answered for.
fn ends<'t>(interval: &'t Interval, answer: &IntervalAnswer) -> &'t [String] {
    let treatment = interval.treatments.iter().find(|treatment| Some(treatment.name.as_str()) == answer.treatment);
    treatment.map_or(&interval.to, |treatment| &treatment.codes)
}

impl Next {
    fn new(pathway: &Pathway, ends: &[String], latest: Option<&[Latest]>, as_of: NaiveDate) -> Self {
        // The point is made of those codes that also serve the intervals after it.
        let mut points = latest.into_iter().flatten();
        let point = points.find(|latest| latest.codes.iter().all(|code| ends.iter().any(|end| end == code)));
        let codes = pathway.codes.iter().filter(|code| ends.contains(&code.code));
        let codes = codes.map(|code| Code {
            code: code.code.clone(),
            short: short(pathway, &code.code).to_owned(),
            label: code.label.clone(),
        });
        let lost = point.into_iter().flat_map(|point| &point.lost).filter(|limit| limit.due >= Some(as_of));
        Next {
            codes: codes.collect(),
            latest: point.and_then(|point| point.latest),
            because: point.and_then(|point| point.because.as_ref()).map(|because| because.interval.to_owned()),
            lost: lost.map(|limit| limit.interval.to_owned()).collect(),
        }
    }
}

fn short<'c>(pathway: &Pathway, code: &'c str) -> &'c str {
    pathway.prefix.as_ref().and_then(|prefix| code.strip_prefix(prefix.as_str())).unwrap_or(code)
}
