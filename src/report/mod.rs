//! What is published of a register: shares, counts and days, by period and institution.
//!
//! A [`Collector`] counts courses as they are judged, one a thread; merged, it gives a [`Report`], in which small counts are
//! hidden together with what they could be computed from.

mod answer;
mod html;
mod parameters;

pub use answer::{
    ALL, Bin, Count, CourseRow, Days, Distribution, FORMAT, FORMAT_VERSION, IndicatorReport, IndicatorRow,
    IntervalCounts, IntervalReport, IntervalRow, Level, PathwayReport, Period, Report, UNDATED, Unit,
};
pub use html::html;
pub use parameters::{Attribution, By, Parameters, PeriodKind, Start};
