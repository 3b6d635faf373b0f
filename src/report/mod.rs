//! What is published of a register: shares, counts and days, by period and institution.
//!
//! A [`Collector`] counts courses as they are judged, one a thread; merged, it gives a [`Report`], in which small counts are
//! hidden together with what they could be computed from.

mod answer;
mod block;
mod cells;
mod class;
mod collect;
mod distribution;
mod hierarchy;
mod html;
mod parameters;
mod plan;
mod publish;
mod rows;
mod suppress;
mod words;

pub use answer::{
    ALL, Bin, Count, CourseRow, Days, Distribution, FORMAT, FORMAT_VERSION, IndicatorReport, IndicatorRow,
    IntervalCounts, IntervalReport, IntervalRow, Level, PathwayReport, Period, Report, ReportedLimit, UNDATED, Unit,
};
pub use collect::Collector;
pub use hierarchy::{Hierarchy, HierarchyError};
pub use html::html;
pub use parameters::{Attribution, By, Parameters, PeriodKind, Start};
pub use plan::{Counting, Plan};
pub use publish::Publishing;
