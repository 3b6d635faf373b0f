//! What the list says of one open course, and the order of the list.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    deadlines::{Deadline, Point, points, under_way},
    reference::Key,
};
use crate::{
    runtime::{Basis, Judged, Missing, Options, State},
    tables::{Role, RuleSeverity},
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

impl Row {
    /// The line of an open course.
    pub(super) fn new(judged: &Judged, institution: Option<&str>, as_of: NaiveDate, key: Option<&Key>) -> Self {
        let course = judged.course(Options { latest: true, missing: true, trace: true, ..Options::default() });
        let pathway = judged.pathway();
        let under_way = under_way(pathway, &course, as_of);
        let nearest = under_way.first();
        let unknown = course.missing.iter().flatten().filter(|missing| changes_any(missing, &under_way));
        let errors = course.findings.iter().filter(|finding| finding.severity == RuleSeverity::Feil);
        let row = Row {
            patient: course.patient.to_owned(),
            pathway: pathway.id.clone(),
            title: pathway.title.clone(),
            course: course.course,
            course_id: course.course_id.map(str::to_owned),
            reference: None,
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
        };
        Row { reference: key.map(|key| key.course(&row)), ..row }
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
