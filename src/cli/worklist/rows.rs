//! What the list says of one open course, and the order of the list.

use chrono::NaiveDate;
use serde::Serialize;

use super::reference::Key;
use crate::{
    cli::answers::Names,
    runtime::{Basis, Course, IntervalAnswer, Judged, Latest, Missing, Options, State},
    tables::{Form, Interval, Pathway, Role, RuleSeverity, Unit},
};

/// An open course: the keys of the JSON are these names.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub patient: String,
    pub pathway: String,
    #[serde(skip)]
    pub title: String,
    pub course: u32,
    pub course_id: Option<String>,
    /// What names the course where the patient must not be named.
    pub reference: Option<String>,
    /// That which has the responsibility now.
    pub institution: Option<String>,
    pub start: Option<NaiveDate>,
    pub phase: Option<String>,
    pub variant: String,
    pub variant_basis: Basis,
    /// The nearest due date.
    pub due: Option<NaiveDate>,
    /// From as-of to it; negative when overdue.
    pub days_left: Option<i64>,
    /// What has begun and not ended, the nearest due first, those without a due date last.
    pub under_way: Vec<Deadline>,
    /// The smallest sets of unknown facts that would change what is under way.
    pub unknown: Vec<Vec<String>>,
    /// The findings that are errors.
    pub errors: Vec<String>,
}

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

impl Row {
    /// The line of an open course.
    pub(super) fn new(judged: &Judged, institution: Option<&str>, as_of: NaiveDate, key: Option<&Key>) -> Self {
        let course = judged.course(Options { latest: true, missing: true, trace: true, ..Options::default() });
        let pathway = judged.pathway();
        let under_way = under_way(pathway, &course, as_of);
        let nearest = under_way.first();
        let unknown = course.missing.iter().flatten().filter(|missing| changes_any(missing, &under_way));
        let errors = course.findings.iter().filter(|finding| finding.severity == RuleSeverity::Feil);
        Row {
            patient: course.patient.to_owned(),
            pathway: pathway.id.clone(),
            title: pathway.title.clone(),
            course: course.course,
            course_id: course.course_id.map(str::to_owned),
            reference: key.map(|key| key.reference(&course)),
            institution: institution.map(str::to_owned),
            start: course.start,
            phase: course.phase.map(str::to_owned),
            variant: course.variant.to_owned(),
            variant_basis: course.variant_basis,
            due: nearest.and_then(|deadline| deadline.due),
            days_left: nearest.filter(|deadline| deadline.due.is_some()).and_then(|deadline| deadline.days_left),
            unknown: unknown.map(|missing| owned(&missing.facts)).collect(),
            errors: errors.map(|finding| finding.code.to_owned()).collect(),
            under_way,
        }
    }

    /// Whether a due date has passed.
    pub(super) fn overdue(&self) -> bool {
        self.days_left.is_some_and(|left| left < 0)
    }

    /// What is under way with the nearest due date.
    pub(super) fn nearest(&self) -> &[Deadline] {
        let other = self.under_way.iter().position(|deadline| deadline.due != self.due);
        self.under_way.get(..other.unwrap_or(self.under_way.len())).unwrap_or_default()
    }

    /// What is under way beside it.
    pub(super) fn later(&self) -> &[Deadline] {
        self.under_way.get(self.nearest().len()..).unwrap_or_default()
    }

    /// What must come no later than the nearest due date; all that ends what is under way where there is none.
    pub(super) fn pressing(&self) -> Vec<Point<'_>> {
        let mut points = points(&self.under_way);
        points.retain(|point| self.due.is_none() || point.last_day().is_some_and(|day| Some(day) <= self.due));
        points
    }

    /// The place in the list: by due date, so that the most overdue comes first, and those without one last.
    pub(super) fn place(&self) -> impl Ord {
        (self.due.is_none(), self.due, &self.patient, &self.pathway, self.course)
    }
}

/// The institution that has the responsibility: that of the last opening event, or else of the last event that has one.
pub(super) fn institution<'a>(judged: &Judged<'_, 'a>) -> Option<&'a str> {
    let (mut opening, mut last) = (None, None);
    for event in judged.events() {
        if judged.pathway().codes.get(event.code).is_some_and(|code| code.role == Some(Role::Opens)) {
            opening = event.institution;
        }
        last = event.institution.or(last);
    }
    opening.or(last)
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
    fn last_day(&self) -> Option<NaiveDate> {
        self.next.latest.into_iter().chain(self.due).min()
    }
}

fn under_way(pathway: &Pathway, course: &Course, as_of: NaiveDate) -> Vec<Deadline> {
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

fn changes_any(missing: &Missing, under_way: &[Deadline]) -> bool {
    let mut changes = missing.outcomes.iter().flat_map(|outcome| &outcome.changes);
    changes.any(|change| {
        let same = |deadline: &Deadline| {
            let treated = change.treatment.is_none_or(|name| deadline.treatments.iter().any(|own| own == name));
            (deadline.interval.as_str(), deadline.occurrence) == (change.interval, change.occurrence) && treated
        };
        under_way.iter().any(same)
    })
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Whether the list holds a course.
pub(super) fn is_open(judged: &Judged) -> bool {
    judged.state() == State::Open
}
