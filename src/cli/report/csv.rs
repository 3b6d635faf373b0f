//! A report as one table: a row for each period and unit of each series, with what it rests on in every row.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use crate::report::{By, Count, IndicatorRow, IntervalRow, Level, PathwayReport, Report, Start};

/// One row: the columns are these names. What does not apply is empty, as is what is hidden: `hidden` names that.
#[derive(Serialize)]
struct Row<'r> {
    pathway: &'r str,
    /// `courses`, `interval` or `indicator`.
    kind: &'static str,
    name: &'r str,
    /// A treatment, or `*` for all together.
    treatment: &'r str,
    period: &'r str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    level: Level,
    unit: &'r str,
    answers: Count,
    measured: Count,
    within: Count,
    exceeded: Count,
    too_early: Count,
    running: Count,
    overdue: Count,
    not_started: Count,
    undetermined: Count,
    invalid_order: Count,
    no_limit: Count,
    not_applicable: Count,
    denominator: Count,
    numerator: Count,
    excluded: Count,
    outside: Count,
    share: Option<f64>,
    target: Option<f64>,
    met: Option<bool>,
    first_quartile: Option<u32>,
    median: Option<u32>,
    third_quartile: Option<u32>,
    hidden: String,
    as_of: NaiveDate,
    by: By,
    start: Start,
    attribution: String,
    suppress_below: u64,
    facts: bool,
    tables: &'r str,
}

/// Writes the report.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    for pathway in &report.pathways {
        rows(report, pathway, &mut |row| writer.serialize(row).map_err(io::Error::from))?;
    }
    writer.flush()
}

fn rows<'r>(
    report: &'r Report,
    pathway: &'r PathwayReport,
    write: &mut dyn FnMut(Row<'r>) -> io::Result<()>,
) -> io::Result<()> {
    for row in &pathway.courses {
        let place = place(report, pathway, &row.period, row.unit);
        write(Row { kind: "courses", answers: row.courses, hidden: hidden(&[("answers", row.courses)]), ..place })?;
    }
    for interval in &pathway.intervals {
        let treatment = interval.treatment.as_deref().unwrap_or(if interval.together { "*" } else { "" });
        for row in &interval.rows {
            let place = place(report, pathway, &row.period, row.unit);
            write(Row { kind: "interval", name: &interval.interval, treatment, ..of_interval(row, place) })?;
        }
    }
    for indicator in &pathway.indicators {
        for row in &indicator.rows {
            let place = Row { target: indicator.target, ..place(report, pathway, &row.period, row.unit) };
            write(Row { kind: "indicator", name: &indicator.name, ..of_indicator(row, place) })?;
        }
    }
    Ok(())
}

fn of_interval<'r>(row: &IntervalRow, place: Row<'r>) -> Row<'r> {
    let counts = &row.counts;
    let named = [
        ("answers", row.answers),
        ("measured", row.measured),
        ("within", counts.within),
        ("exceeded", counts.exceeded),
        ("too_early", counts.too_early),
        ("running", counts.running),
        ("overdue", counts.overdue),
        ("not_started", counts.not_started),
        ("undetermined", counts.undetermined),
        ("invalid_order", counts.invalid_order),
        ("no_limit", counts.no_limit),
        ("not_applicable", counts.not_applicable),
    ];
    Row {
        answers: row.answers,
        measured: row.measured,
        within: counts.within,
        exceeded: counts.exceeded,
        too_early: counts.too_early,
        running: counts.running,
        overdue: counts.overdue,
        not_started: counts.not_started,
        undetermined: counts.undetermined,
        invalid_order: counts.invalid_order,
        no_limit: counts.no_limit,
        not_applicable: counts.not_applicable,
        share: row.share,
        first_quartile: row.days.map(|days| days.first_quartile),
        median: row.days.map(|days| days.median),
        third_quartile: row.days.map(|days| days.third_quartile),
        hidden: hidden(&named),
        ..place
    }
}

fn of_indicator<'r>(row: &IndicatorRow, place: Row<'r>) -> Row<'r> {
    let named = [
        ("denominator", row.denominator),
        ("numerator", row.numerator),
        ("excluded", row.excluded),
        ("outside", row.outside),
    ];
    Row {
        denominator: row.denominator,
        numerator: row.numerator,
        excluded: row.excluded,
        outside: row.outside,
        share: row.share,
        met: row.met,
        hidden: hidden(&named),
        ..place
    }
}

fn hidden(counts: &[(&str, Count)]) -> String {
    counts.iter().filter(|(_, count)| count.is_none()).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

fn place<'r>(report: &'r Report, pathway: &'r PathwayReport, period: &'r str, unit: usize) -> Row<'r> {
    let parameters = &report.parameters;
    let days = report.periods.iter().find(|known| known.name == period);
    let unit = report.units.get(unit);
    Row {
        pathway: &pathway.id,
        kind: "",
        name: "",
        treatment: "",
        period,
        from: days.map(|period| period.from),
        to: days.map(|period| period.to),
        level: unit.map_or(Level::Unknown, |unit| unit.level),
        unit: unit.map_or("", |unit| &unit.name),
        answers: None,
        measured: None,
        within: None,
        exceeded: None,
        too_early: None,
        running: None,
        overdue: None,
        not_started: None,
        undetermined: None,
        invalid_order: None,
        no_limit: None,
        not_applicable: None,
        denominator: None,
        numerator: None,
        excluded: None,
        outside: None,
        share: None,
        target: None,
        met: None,
        first_quartile: None,
        median: None,
        third_quartile: None,
        hidden: String::new(),
        as_of: parameters.as_of,
        by: parameters.by,
        start: parameters.start,
        attribution: parameters.attribution.name().to_owned(),
        suppress_below: parameters.suppress_below,
        facts: parameters.facts,
        tables: &parameters.fingerprint,
    }
}
