//! The list as CSV: one row for each course.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    deadlines::{Code, Deadline},
    rows::Row,
};
use crate::runtime::Basis;

/// The columns, which are also the fields of [`Line`].
const HEADER: [&str; 20] = [
    "patient",
    "pathway",
    "course",
    "course_id",
    "reference",
    "institution",
    "start",
    "phase",
    "due",
    "days_left",
    "intervals",
    "next_codes",
    "next_labels",
    "latest",
    "latest_because",
    "later_intervals",
    "variant",
    "variant_basis",
    "unknown",
    "errors",
];

#[derive(Serialize)]
struct Line<'a> {
    patient: &'a str,
    pathway: &'a str,
    course: u32,
    course_id: Option<&'a str>,
    reference: Option<&'a str>,
    institution: Option<&'a str>,
    start: Option<NaiveDate>,
    phase: Option<&'a str>,
    due: Option<NaiveDate>,
    days_left: Option<i64>,
    intervals: String,
    next_codes: String,
    next_labels: String,
    latest: Option<NaiveDate>,
    latest_because: Option<&'a str>,
    later_intervals: String,
    variant: &'a str,
    variant_basis: Basis,
    unknown: String,
    errors: String,
}

/// Writes the list.
pub(super) fn write(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    // The header is written here and not by the first row, so that it is there without rows too.
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    writer.write_record(HEADER)?;
    for row in rows {
        writer.serialize(Line::new(row))?;
    }
    writer.flush()
}

impl<'a> Line<'a> {
    fn new(row: &'a Row) -> Self {
        let points = row.pressing();
        let mut codes: Vec<&Code> = Vec::new();
        for code in points.iter().flat_map(|point| &point.next.codes) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let first = points.iter().filter(|point| point.next.latest.is_some()).min_by_key(|point| point.next.latest);
        Line {
            patient: &row.patient,
            pathway: &row.pathway,
            course: row.course,
            course_id: row.course_id.as_deref(),
            reference: row.reference.as_deref(),
            institution: row.institution.as_deref(),
            start: row.start,
            phase: row.phase.as_deref(),
            due: row.due,
            days_left: row.days_left,
            intervals: joined(row.nearest().iter().map(|deadline| deadline.name.clone())),
            next_codes: joined(codes.iter().map(|code| code.code.clone())),
            next_labels: joined(codes.iter().map(|code| code.label.clone())),
            latest: first.and_then(|point| point.next.latest),
            latest_because: first.and_then(|point| point.next.because.as_deref()),
            later_intervals: joined(row.later().iter().map(named)),
            variant: &row.variant,
            variant_basis: row.variant_basis,
            unknown: joined(row.unknown.iter().map(|facts| facts.join(" + "))),
            errors: joined(row.errors.iter().cloned()),
        }
    }
}

/// «OF4 2024-07-29», or the name alone.
fn named(deadline: &Deadline) -> String {
    deadline.due.map_or(deadline.name.clone(), |due| format!("{} {due}", deadline.name))
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}
