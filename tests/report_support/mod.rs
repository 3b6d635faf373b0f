//! Running `forlop report`, and finding what it says.
#![allow(clippy::unwrap_used, dead_code)]

use std::{io::Cursor, path::PathBuf};

use anstream::StripStream;
use clap::Parser;
use forlop::{
    cli::{Cli, Context, Exit},
    lang::Lang,
    report::{CourseRow, IndicatorRow, IntervalReport, IntervalRow, PathwayReport, Report},
};

/// What a command did.
pub struct Done {
    pub exit: Exit,
    pub out: String,
    pub err: String,
}

/// Runs a command line in a folder of the package.
pub fn run_in(folder: &str, line: &str) -> Done {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = Cli::try_parse_from(line.split_whitespace()).unwrap().run(&mut Context {
        lang: Lang::Nb,
        width: 100,
        folder: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder),
        input: Box::new(Cursor::new(Vec::new())),
        out: Box::new(StripStream::new(&mut out as &mut dyn std::io::Write)),
        err: Box::new(StripStream::new(&mut err as &mut dyn std::io::Write)),
    });
    Done { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// The report of the small cohort with these arguments.
pub fn small(arguments: &str) -> Report {
    let line = "forlop report liten.json --events hendelser.csv --as-of 2024-06-30 --format json";
    let done = run_in("tests/report", &format!("{line} {arguments}"));
    assert_eq!(done.exit, Exit::Fine, "{}", done.err);
    serde_json::from_str(&done.out).unwrap()
}

/// The place of a unit.
pub fn unit(report: &Report, name: &str) -> usize {
    report.units.iter().position(|unit| unit.name == name).unwrap()
}

/// The place of the unknown.
pub fn unknown(report: &Report) -> usize {
    report.units.len() - 1
}

/// An interval of the only pathway; the treatment `*` is all together.
pub fn interval<'r>(report: &'r Report, name: &str, treatment: &str) -> &'r IntervalReport {
    interval_of(&report.pathways[0], name, treatment)
}

pub fn interval_of<'r>(pathway: &'r PathwayReport, name: &str, treatment: &str) -> &'r IntervalReport {
    let treatment = (treatment != "*").then_some(treatment);
    let mut intervals = pathway.intervals.iter();
    intervals.find(|one| one.interval == name && one.treatment.as_deref() == treatment).unwrap()
}

/// The row of a period and a unit.
pub fn row<'r>(interval: &'r IntervalReport, period: &str, unit: usize) -> Option<&'r IntervalRow> {
    interval.rows.iter().find(|row| row.period == period && row.unit == unit)
}

/// Within, exceeded, too early, running, overdue, not started, undetermined, invalid order, no limit, not applicable.
pub fn by_status(row: &IntervalRow) -> [Option<u64>; 10] {
    let counts = row.counts;
    [
        counts.within,
        counts.exceeded,
        counts.too_early,
        counts.running,
        counts.overdue,
        counts.not_started,
        counts.undetermined,
        counts.invalid_order,
        counts.no_limit,
        counts.not_applicable,
    ]
}

/// The same, where nothing is hidden.
pub fn counts(row: Option<&IntervalRow>) -> [u64; 10] {
    by_status(row.unwrap()).map(Option::unwrap)
}

/// An indicator's row of a period and a unit.
pub fn indicator<'r>(report: &'r Report, name: &str, period: &str, unit: usize) -> &'r IndicatorRow {
    let indicator = report.pathways[0].indicators.iter().find(|one| one.name == name).unwrap();
    indicator.rows.iter().find(|row| row.period == period && row.unit == unit).unwrap()
}

/// How many courses there are, by period and unit.
pub fn courses(report: &Report) -> Vec<(&str, usize, Option<u64>)> {
    let courses = report.pathways[0].courses.iter();
    courses.map(|CourseRow { period, unit, courses }| (period.as_str(), *unit, *courses)).collect()
}
