//! Intervals and indicators seen alike: shares of units in periods.

use maud::{Markup, html};

use super::words::Words;
use crate::report::{ALL, Count, Days, IndicatorReport, IntervalReport};

/// The shares of one interval or indicator.
pub(super) struct Series<'r> {
    pub target: Option<f64>,
    pub points: Vec<Point<'r>>,
}

/// One share.
#[derive(Clone, Copy)]
pub(super) struct Point<'r> {
    pub period: &'r str,
    pub unit: usize,
    /// What it is a share of.
    pub all: Count,
    pub some: Count,
    pub share: Option<f64>,
    pub met: Option<bool>,
    pub days: Option<Days>,
}

/// What can be shown of a share.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Seen {
    Share(f64),
    Hidden,
    /// There is nothing to have a share of.
    Nothing,
}

impl Point<'_> {
    pub fn seen(&self) -> Seen {
        match (self.share, self.all) {
            (Some(share), _) => Seen::Share(share),
            (None, Some(0)) => Seen::Nothing,
            (None, _) => Seen::Hidden,
        }
    }

    /// The share, or why there is none.
    pub fn written(&self, words: &Words) -> Markup {
        match self.seen() {
            Seen::Share(share) => html! { (words.share(share)) },
            Seen::Hidden => words.hidden(),
            Seen::Nothing => html! { "–" },
        }
    }
}

impl<'r> Series<'r> {
    /// The points of all periods together.
    pub fn over_all(&self) -> impl Iterator<Item = &Point<'r>> {
        self.points.iter().filter(|point| point.period == ALL)
    }

    /// The point of one unit, all periods together.
    pub fn whole(&self, unit: usize) -> Option<Point<'r>> {
        self.over_all().find(|point| point.unit == unit).copied()
    }

    /// The points of one unit.
    pub fn of_unit(&self, unit: usize) -> impl Iterator<Item = &Point<'r>> {
        self.points.iter().filter(move |point| point.unit == unit)
    }
}

impl<'r> From<&'r IntervalReport> for Series<'r> {
    fn from(interval: &'r IntervalReport) -> Self {
        let points = interval.rows.iter().map(|row| Point {
            period: &row.period,
            unit: row.unit,
            all: row.measured,
            some: row.counts.within,
            share: row.share,
            met: None,
            days: row.days,
        });
        Series { target: None, points: points.collect() }
    }
}

impl<'r> From<&'r IndicatorReport> for Series<'r> {
    fn from(indicator: &'r IndicatorReport) -> Self {
        let points = indicator.rows.iter().map(|row| Point {
            period: &row.period,
            unit: row.unit,
            all: row.denominator,
            some: row.numerator,
            share: row.share,
            met: row.met,
            days: None,
        });
        Series { target: indicator.target, points: points.collect() }
    }
}
