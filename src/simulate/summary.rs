//! What is in a cohort, in numbers.

use std::{collections::BTreeMap, io};

use chrono::NaiveDate;
use serde::Serialize;

use super::{cohort::Cohort, defect::Defect, rows::Fate};
use crate::runtime::Status;

/// What a cohort was made by, and what is in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Always `forlop-cohort`.
    pub format: &'static str,
    /// Version of this document's shape.
    pub format_version: u32,
    /// The version of the program; another may make another cohort of the same settings.
    pub forlop: &'static str,
    /// The pathways that patients are in.
    pub pathways: Vec<String>,
    /// How many patients were asked for.
    pub patients: u32,
    /// What all chance starts from.
    pub seed: u64,
    /// The day on which the cohort is judged.
    pub as_of: NaiveDate,
    /// Whether patients have facts.
    pub facts: bool,
    /// How many institutions there are.
    pub institutions: u32,
    /// Whether the rows are mixed.
    pub unsorted: bool,
    /// The share of patients in two pathways, if any were to be.
    #[serde(skip_serializing_if = "is_none")]
    pub two_pathways: f64,
    /// The share of patients whose events carry course ids, if any were to.
    #[serde(skip_serializing_if = "is_none")]
    pub course_ids: f64,
    /// How often each defect was to be planted.
    pub shares: BTreeMap<&'static str, f64>,
    /// How often each was; `late` is the answers outside a limit.
    pub planted: BTreeMap<&'static str, u64>,
    /// Rows in the file of events.
    pub event_rows: u64,
    /// Rows in the file of facts.
    pub fact_rows: u64,
    /// Courses in the answers.
    pub courses: u64,
    /// Answers of intervals by status.
    pub statuses: BTreeMap<&'static str, u64>,
    /// Findings by code.
    pub findings: BTreeMap<String, u64>,
    /// Rows that play no part.
    pub left_out: LeftOut,
}

/// Rows that play no part in the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Rows that cannot be used.
    pub problems: u64,
    /// Events of no loaded pathway.
    pub foreign: u64,
    /// Events after the as-of date.
    pub later_events: u64,
    /// Facts after it.
    pub later_facts: u64,
}

fn is_none(share: &f64) -> bool {
    *share == 0.0
}

impl Cohort<'_> {
    /// Counts what is in it.
    pub fn summary(&self) -> Summary {
        let settings = self.settings();
        let mut summary = Summary {
            format: "forlop-cohort",
            format_version: 1,
            forlop: env!("CARGO_PKG_VERSION"),
            pathways: self.pathways().map(str::to_owned).collect(),
            patients: settings.patients,
            seed: settings.seed,
            as_of: settings.as_of,
            facts: settings.facts,
            institutions: settings.institutions,
            unsorted: settings.unsorted,
            two_pathways: settings.shares.two_pathways,
            course_ids: settings.shares.course_ids,
            shares: settings.shares.by_name(),
            planted: Defect::ALL.map(|defect| (defect.name(), 0)).into(),
            event_rows: 0,
            fact_rows: 0,
            courses: 0,
            statuses: Status::ALL.map(|status| (status.word(), 0)).into(),
            findings: BTreeMap::new(),
            left_out: LeftOut::default(),
        };
        for patient in self.numbers().filter_map(|number| self.patient(number)) {
            for (defect, count) in &patient.planted {
                *summary.planted.entry(defect.name()).or_default() += count;
            }
            for row in &patient.rows {
                summary.event_rows += 1;
                summary.left_out.count(row.fate(), |left_out| &mut left_out.later_events);
            }
            // Nothing is written here that could fail.
            let mut count = |_: &[u8], fate: Fate| -> io::Result<()> {
                summary.fact_rows += 1;
                summary.left_out.count(fate, |left_out| &mut left_out.later_facts);
                Ok(())
            };
            _ = self.facts_of(&patient, &mut Vec::new(), &mut count);
            for course in self.answers(&patient) {
                summary.courses += 1;
                for answer in &course.intervals {
                    *summary.statuses.entry(answer.status.word()).or_default() += 1;
                    if matches!(answer.status, Status::Exceeded | Status::TooEarly) {
                        *summary.planted.entry(Defect::Late.name()).or_default() += 1;
                    }
                }
                for finding in &course.findings {
                    *summary.findings.entry(finding.code.to_owned()).or_default() += 1;
                }
            }
        }
        summary
    }
}

impl LeftOut {
    fn count(&mut self, fate: Fate, later: impl Fn(&mut Self) -> &mut u64) {
        match fate {
            Fate::Used => {}
            Fate::Foreign => self.foreign += 1,
            Fate::Later => *later(self) += 1,
            Fate::BadDate | Fate::UnknownCode | Fate::NotValid | Fate::UnknownFact | Fate::UnknownValue => {
                self.problems += 1;
            }
        }
    }
}
