//! The changes as JSON: the keys are these names, in every language.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::Report;
use crate::{
    diff::{Change, Class, Counts, Kind, Measure, Shown},
    lang::Text,
    tables::Origin,
};

/// What `forlop diff --format json` writes.
#[derive(Serialize, JsonSchema)]
pub struct Document<'a> {
    /// Always `forlop-diff`.
    format: &'static str,
    /// Version of this document's shape.
    format_version: u32,
    /// The fingerprint of the old rule tables.
    old: &'a str,
    /// The fingerprint of the new rule tables.
    new: &'a str,
    /// By pathway and then in the order in which a pathway is read.
    changes: Vec<OneChange<'a>>,
    /// The ids of accepted changes that are there no longer.
    stale: Vec<&'a str>,
    /// What the change does to a register; null if none was given.
    impact: Option<Impact<'a>>,
}

/// One change.
#[derive(Serialize, JsonSchema)]
struct OneChange<'a> {
    /// The same from run to run.
    id: &'a str,
    /// What was changed and how.
    kind: Kind,
    /// Whom it breaks something for.
    class: Class,
    /// The pathway.
    pathway: &'a str,
    /// One sentence.
    message: Both<'a>,
    /// Where the old specification says it.
    old: Option<&'a Origin>,
    /// Where the new specification says it.
    new: Option<&'a Origin>,
    /// What it was, in the author's words.
    from: Option<&'a str>,
    /// What it is.
    to: Option<&'a str>,
    /// The variants that inherit the change.
    also: &'a [String],
    /// The smallest course whose answer changes.
    witness: Option<Witness<'a>>,
    /// Why there is none: `words` (no answer rests on it), `hidden` (something else always comes before it) or `not_found`.
    no_witness: Option<&'static str>,
    /// Why the change is accepted, if it is.
    accepted: Option<Accepted<'a>>,
}

/// A sentence in both languages.
#[derive(Serialize, JsonSchema)]
struct Both<'a> {
    /// Norwegian bokmål.
    nb: &'a str,
    /// English.
    en: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Witness<'a> {
    /// An `eksempel` of the language.
    example: &'a str,
    /// `new`; `old` if it names something that only the old specification has.
    runs_in: &'static str,
    /// What the old specification answers.
    before: &'a [String],
    /// What the new specification answers.
    after: &'a [String],
}

#[derive(Serialize, JsonSchema)]
struct Accepted<'a> {
    /// Why.
    reason: &'a str,
    /// The day it was accepted.
    date: String,
}

#[derive(Serialize, JsonSchema)]
struct Impact<'a> {
    /// The day on which the courses are judged.
    as_of: chrono::NaiveDate,
    /// Courses, as the old specification finds them.
    courses_before: u64,
    /// Courses, as the new specification finds them.
    courses_after: u64,
    /// Courses of which an interval has another status.
    affected: u64,
    /// Courses that have another variant on the as-of date.
    other_variant: u64,
    /// Courses that have another state.
    other_state: u64,
    /// Courses that have other findings.
    other_findings: u64,
    /// By interval and treatment.
    intervals: Vec<OneMeasure<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct OneMeasure<'a> {
    pathway: &'a str,
    interval: &'a str,
    treatment: Option<&'a str>,
    /// From each status to each other, and those that stay.
    shifts: Vec<Shift>,
    institutions: Vec<Institution<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Institution<'a> {
    /// The institution of the course's first event that has one; null if none has.
    institution: Option<&'a str>,
    shifts: Vec<Shift>,
}

#[derive(Serialize, JsonSchema)]
struct Shift {
    /// The old status; null if there was no answer.
    from: Option<&'static str>,
    /// The new status.
    to: Option<&'static str>,
    count: u64,
}

pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let document = Document {
        format: "forlop-diff",
        format_version: 1,
        old: &report.old.fingerprint,
        new: &report.new.fingerprint,
        changes: report.changes.iter().map(|change| one(report, change)).collect(),
        stale: report.accepted.stale(&report.changes),
        impact: report.counted.as_ref().map(|counted| Impact {
            as_of: counted.as_of,
            courses_before: counted.impact.courses_before,
            courses_after: counted.impact.courses_after,
            affected: counted.impact.affected,
            other_variant: counted.impact.other_variant,
            other_state: counted.impact.other_state,
            other_findings: counted.impact.other_findings,
            intervals: counted.impact.counts.keys().map(|measure| one_measure(&counted.impact, measure)).collect(),
        }),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn one<'a>(report: &'a Report, change: &'a Change) -> OneChange<'a> {
    let Text { nb, en } = &change.message;
    let (witness, no_witness) = match &change.shown {
        Shown::By(witness) => {
            let runs_in = if witness.runs_in_new { "new" } else { "old" };
            let (before, after) = (&witness.before, &witness.after);
            (Some(Witness { example: &witness.text, runs_in, before, after }), None)
        }
        Shown::Words => (None, Some("words")),
        Shown::Hidden => (None, Some("hidden")),
        Shown::NotFound => (None, Some("not_found")),
    };
    OneChange {
        id: &change.id,
        kind: change.kind,
        class: change.class,
        pathway: &change.pathway,
        message: Both { nb, en },
        old: change.old.as_ref(),
        new: change.new.as_ref(),
        from: change.from.as_deref(),
        to: change.to.as_deref(),
        also: &change.also,
        witness,
        no_witness,
        accepted: report
            .accepted
            .of(change)
            .map(|accepted| Accepted { reason: &accepted.reason, date: accepted.date.to_string() }),
    }
}

fn one_measure<'a>(impact: &'a crate::diff::Impact, measure: &'a Measure) -> OneMeasure<'a> {
    let institutions = impact.counts.get(measure).into_iter().flatten();
    OneMeasure {
        pathway: &measure.pathway,
        interval: &measure.interval,
        treatment: measure.treatment.as_deref(),
        shifts: shifts(&impact.total(measure)),
        institutions: institutions
            .map(|(institution, counts)| Institution { institution: institution.as_deref(), shifts: shifts(counts) })
            .collect(),
    }
}

fn shifts(counts: &Counts) -> Vec<Shift> {
    counts.iter().map(|((from, to), count)| Shift { from: *from, to: *to, count: *count }).collect()
}
