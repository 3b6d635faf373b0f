//! Answers for programs: JSON, NDJSON and CSV (design, section 3).

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::Answers;
use crate::{
    runtime::{Basis, Course, State, Status},
    tables::Unit,
};

/// One object a line.
pub(crate) struct Ndjson<W>(pub W);

impl<W: Write, A: Serialize> Answers<A> for Ndjson<W> {
    fn answer(&mut self, answer: &A) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, answer)?;
        self.0.write_all(b"\n")
    }
}

/// One array, with one object a line.
pub(crate) struct Json<W> {
    out: W,
    before: &'static [u8],
}

impl<W> Json<W> {
    pub(crate) fn new(out: W) -> Self {
        Json { out, before: b"[\n" }
    }
}

impl<W: Write, A: Serialize> Answers<A> for Json<W> {
    fn answer(&mut self, answer: &A) -> io::Result<()> {
        self.out.write_all(self.before)?;
        self.before = b",\n";
        Ok(serde_json::to_writer(&mut self.out, answer)?)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(if self.before == b",\n" { b"\n]\n" } else { b"[]\n" })
    }
}

/// One row for each interval of each course.
pub(crate) struct Csv<W: Write>(csv::Writer<W>);

/// The columns, which are also the fields of [`CsvRow`].
const HEADER: [&str; 21] = [
    "pathway",
    "patient",
    "course",
    "course_id",
    "start",
    "state",
    "phase",
    "interval",
    "treatment",
    "occurrence",
    "from",
    "to",
    "days",
    "variant",
    "variant_basis",
    "limit",
    "unit",
    "status",
    "due",
    "days_left",
    "findings",
];

#[derive(Serialize)]
struct CsvRow<'a> {
    pathway: &'a str,
    patient: &'a str,
    course: u32,
    course_id: Option<&'a str>,
    start: Option<NaiveDate>,
    state: State,
    phase: Option<&'a str>,
    interval: &'a str,
    treatment: Option<&'a str>,
    occurrence: u32,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    days: Option<i64>,
    variant: &'a str,
    variant_basis: Basis,
    limit: Option<u32>,
    unit: Option<Unit>,
    status: Status,
    due: Option<NaiveDate>,
    days_left: Option<i64>,
    findings: &'a str,
}

impl<W: Write> Csv<W> {
    pub(crate) fn new(out: W) -> io::Result<Self> {
        // Written here and not by the first row, so that it is there without rows too.
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
        writer.write_record(HEADER)?;
        Ok(Csv(writer))
    }
}

impl<W: Write> Answers<Course<'_>> for Csv<W> {
    fn answer(&mut self, course: &Course) -> io::Result<()> {
        let findings = course.findings.iter().map(|finding| finding.code).collect::<Vec<_>>().join(" ");
        for answer in &course.intervals {
            self.0.serialize(CsvRow {
                pathway: course.pathway,
                patient: course.patient,
                course: course.course,
                course_id: course.course_id,
                start: course.start,
                state: course.state,
                phase: course.phase,
                interval: answer.interval,
                treatment: answer.treatment,
                occurrence: answer.occurrence,
                from: answer.from,
                to: answer.to,
                days: answer.days,
                variant: answer.variant,
                variant_basis: answer.variant_basis,
                limit: answer.limit,
                unit: answer.unit,
                status: answer.status,
                due: answer.due,
                days_left: answer.days_left,
                findings: &findings,
            })?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
