//! The rows of one pathway, with small counts hidden.

use super::{
    ALL, Count, CourseRow, Days, IndicatorReport, IndicatorRow, IntervalCounts, IntervalReport, IntervalRow,
    Parameters, PathwayReport, Period, ReportedLimit, UNDATED,
    block::{Block, Histogram, Part},
    cells::{Cells, Field, IndicatorCells, NUMERATOR, SeriesCells},
    collect::Counts,
    distribution::distribution,
    hierarchy::{NATION, Tree},
    plan::{IndicatorPlan, PathwayPlan, Series},
    publish::{Rolled, WHOLE},
    suppress::Cell,
};

/// All that the rows of a pathway come from.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub plan: &'c PathwayPlan<'c>,
    pub counts: &'c Counts,
    pub rolled: &'c Rolled,
    pub tree: &'c Tree,
    pub periods: &'c [Period],
    pub parameters: &'c Parameters,
}

/// The cells of a place that are hidden.
#[derive(Clone, Copy)]
struct Hidden<'h>(&'h [bool]);

impl Hidden<'_> {
    /// A count as it is published.
    fn count(self, cell: Cell, value: u64) -> Count {
        let hidden = self.0.get(cell).copied().unwrap_or(true);
        (!hidden).then_some(value)
    }
}

/// What is published of a pathway.
pub(super) fn pathway(context: &Context) -> PathwayReport {
    let Context { plan, rolled, .. } = *context;
    let cells = Cells::new(plan);
    let hidden = cells.hide(context);
    let rows = || rolled.iter().zip(hidden.iter().map(|hidden| Hidden(hidden)));
    let courses = rows().filter(|((_, block), _)| block.courses > 0);
    let courses = courses.map(|((place, block), hidden)| CourseRow {
        period: context.period(place.0),
        unit: place.1,
        courses: hidden.count(cells.courses, block.courses),
    });
    let mut report = PathwayReport {
        id: plan.pathway.id.clone(),
        title: plan.pathway.title.clone(),
        courses: courses.collect(),
        intervals: Vec::new(),
        indicators: Vec::new(),
    };
    for (number, series) in plan.series.iter().enumerate() {
        let rows = rows().filter_map(|((place, block), hidden)| {
            context.interval_row(*place, block, number, cells.series.get(number)?, hidden)
        });
        let rows: Vec<IntervalRow> = rows.collect();
        report.intervals.push(context.interval(number, series, rows));
    }
    for (number, indicator) in plan.indicators.iter().enumerate() {
        let rows = rows().filter_map(|((place, block), hidden)| {
            context.indicator_row(*place, block, number, indicator, cells.indicators.get(number)?, hidden)
        });
        report.indicators.push(of_indicator(indicator, rows.collect()));
    }
    report
}

impl Context<'_> {
    fn period(&self, slot: usize) -> String {
        if slot == WHOLE {
            return ALL.to_owned();
        }
        self.periods.get(slot - 1).map_or(UNDATED, |period| &period.name).to_owned()
    }

    fn interval(&self, number: usize, series: &Series, rows: Vec<IntervalRow>) -> IntervalReport {
        let interval = series.interval;
        let treatment = series.treatment.and_then(|number| interval.treatments.get(number));
        let treatment = treatment.map(|treatment| treatment.name.clone());
        let limit = self.plan.pathway.limit(interval, treatment.as_deref(), None, self.parameters.as_of);
        let limit = limit.filter(|_| !series.together()).and_then(|row| row.amount.zip(row.unit));
        let nation = rows.iter().find(|row| row.period == ALL && row.unit == NATION);
        let shown = nation.is_some_and(|row| row.measured.is_some_and(|count| count > 0) && all_measured(&row.counts));
        let weeks = self.counts.weeks.get(number).filter(|_| shown && series.treatment.is_none());
        IntervalReport {
            interval: interval.name.clone(),
            label: interval.label.clone(),
            treatment,
            together: series.together(),
            limit: limit.map(|(amount, unit)| ReportedLimit { amount, unit }),
            distribution: weeks.map(|weeks| distribution(weeks.counts(), self.parameters.suppress_below)),
            rows,
        }
    }

    fn interval_row(
        &self,
        (slot, unit): (usize, usize),
        block: &Block,
        number: usize,
        cells: &SeriesCells,
        hidden: Hidden,
    ) -> Option<IntervalRow> {
        let kinds = block.kinds(number)?;
        let value = |field: Field| field.of(kinds);
        let count = |field: Field| hidden.count(cells.fields[field as usize], value(field));
        let answers = Field::ALL.into_iter().map(value).sum();
        let measured = value(Field::Within) + value(Field::Exceeded) + value(Field::TooEarly);
        let counts = IntervalCounts {
            within: count(Field::Within),
            exceeded: count(Field::Exceeded),
            too_early: count(Field::TooEarly),
            running: count(Field::Running),
            overdue: count(Field::Overdue),
            not_started: count(Field::NotStarted),
            undetermined: count(Field::Undetermined),
            invalid_order: count(Field::InvalidOrder),
            no_limit: count(Field::NoLimit),
            not_applicable: count(Field::NotApplicable),
        };
        let measured = hidden.count(cells.measured, measured);
        let many = measured.is_some_and(|measured| measured >= self.parameters.days_from) && all_measured(&counts);
        (answers > 0).then(|| IntervalRow {
            period: self.period(slot),
            unit,
            answers: hidden.count(cells.answers, answers),
            measured,
            counts,
            share: self.share(counts.within, measured),
            days: if many { quartiles(&self.days(block, number)) } else { None },
        })
    }

    /// The days of a series; of all treatments together, of each.
    fn days(&self, block: &Block, number: usize) -> Histogram {
        let treatments = self.plan.series.get(number).filter(|series| series.together());
        let treatments = treatments.map_or(0, |series| series.interval.treatments.len());
        let mut days = Histogram::default();
        block.days.iter().skip(number).take(1 + treatments).for_each(|own| days.add(own));
        days
    }

    fn indicator_row(
        &self,
        (slot, unit): (usize, usize),
        block: &Block,
        number: usize,
        indicator: &IndicatorPlan,
        cells: &IndicatorCells,
        hidden: Hidden,
    ) -> Option<IndicatorRow> {
        let parts = block.parts(number)?;
        let sum = |which: fn(&Part) -> bool| -> u64 {
            Part::all().filter(which).map(|part| u64::from(parts[part.number()])).sum()
        };
        let denominator = sum(|part| part.valid && part.denominator && !part.excluded);
        let numerator = sum(|part| *part == NUMERATOR);
        let excluded = sum(|part| part.valid && part.denominator && part.excluded);
        let all = sum(|_| true);
        let outside = hidden.count(cells.outside, all - denominator - excluded);
        let excluded = hidden.count(cells.excluded, excluded);
        let denominator = hidden.count(cells.denominator, denominator);
        let numerator = hidden.count(cells.numerator, numerator);
        let exact = numerator.zip(denominator).filter(|(_, of)| *of > 0);
        let target = indicator.indicator.target.as_ref();
        let met = exact.zip(target).map(|((count, of), target)| 100.0 * count as f64 >= target.percent * of as f64);
        (all > 0).then(|| IndicatorRow {
            period: self.period(slot),
            unit,
            denominator,
            numerator,
            excluded,
            outside,
            share: self.share(numerator, denominator),
            met,
        })
    }

    /// In percent, rounded half away from zero.
    fn share(&self, count: Count, of: Count) -> Option<f64> {
        let (count, of) = count.zip(of).filter(|(_, of)| *of > 0)?;
        let scale = 10_u64.checked_pow(self.parameters.decimals)?;
        let (count, of, scale) = (u128::from(count), u128::from(of), u128::from(scale));
        let rounded = (200 * count * scale + of) / (2 * of);
        Some(rounded as f64 / scale as f64)
    }
}

fn of_indicator(plan: &IndicatorPlan, rows: Vec<IndicatorRow>) -> IndicatorReport {
    let indicator = plan.indicator;
    let target = indicator.target.as_ref();
    let sources = [indicator.source.as_ref(), target.and_then(|target| target.source.as_ref())];
    let mut sources: Vec<String> = sources.into_iter().flatten().cloned().collect();
    sources.dedup();
    IndicatorReport {
        name: indicator.name.clone(),
        label: indicator.label.clone(),
        target: target.map(|target| target.percent),
        sources,
        valid_from: indicator.valid_from,
        valid_to: indicator.valid_to,
        rows,
    }
}

fn all_measured(counts: &IntervalCounts) -> bool {
    counts.within.is_some() && counts.exceeded.is_some() && counts.too_early.is_some()
}

fn quartiles(days: &Histogram) -> Option<Days> {
    let [first_quartile, median, third_quartile] = [1, 2, 3].map(|quarters| days.quartile(quarters));
    Some(Days { first_quartile: first_quartile?, median: median?, third_quartile: third_quartile? })
}
