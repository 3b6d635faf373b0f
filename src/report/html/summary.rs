//! The nation's numbers of a pathway, as tables.

use maud::{Markup, html};

use super::{
    series::Series,
    words::{Words, median, quartiles},
};
use crate::{
    lang::Text,
    report::{ALL, Count, IndicatorReport, IntervalCounts, IntervalReport, IntervalRow},
    runtime::amount,
    text,
};

/// The indicators, each against its target.
pub(super) fn indicators(words: &Words, indicators: &[IndicatorReport], nation: usize) -> Markup {
    let say = |text| words.say(text);
    let heads = [
        text!("Teller", "Numerator"),
        text!("Nevner", "Denominator"),
        text!("Andel", "Share"),
        text!("Mål", "Target"),
        text!("Målet", "The target"),
        text!("Unntatt", "Excluded"),
        text!("Utenfor", "Outside"),
    ]
    .map(say);
    html! {
        table.wide {
            caption { (say(text!("Indikatorer, hele landet og alle perioder", "Indicators, the whole country and all periods"))) }
            (head(&say(text!("Indikator", "Indicator")), &heads))
            tbody { @for indicator in indicators {
                @let series = Series::from(indicator);
                @let row = indicator.rows.iter().find(|row| row.period == ALL && row.unit == nation);
                @let point = series.whole(nation);
                tr {
                    th scope="row" { (indicator.label) }
                    @if let (Some(row), Some(point)) = (row, point) {
                        (cells(&heads, [
                            words.count(row.numerator),
                            words.count(row.denominator),
                            point.written(words),
                            html! { (indicator.target.map_or_else(|| "–".to_owned(), |target| words.target(target))) },
                            met(words, row.met),
                            words.count(row.excluded),
                            words.count(row.outside),
                        ]))
                    } @else { (nothing(words, heads.len())) }
                }
            } }
        }
    }
}

/// Whether a target is met, in words.
pub(super) fn met(words: &Words, met: Option<bool>) -> Markup {
    match met {
        Some(true) => html! { span.met { (words.say(text!("nådd", "met"))) } },
        Some(false) => html! { span.unmet { (words.say(text!("ikke nådd", "not met"))) } },
        None => html! { "–" },
    }
}

/// What the intervals' answers count as, and what it is called.
type Column = (Text, fn(&IntervalCounts) -> Count);

fn outside() -> [Column; 7] {
    [
        (text!("Løper", "Running"), |counts| counts.running),
        (text!("Forfalt", "Overdue"), |counts| counts.overdue),
        (text!("Ikke startet", "Not started"), |counts| counts.not_started),
        (text!("Ubestemt", "Undetermined"), |counts| counts.undetermined),
        (text!("Feil rekkefølge", "Invalid order"), |counts| counts.invalid_order),
        (text!("Uten frist", "No limit"), |counts| counts.no_limit),
        (text!("Gjelder ikke", "Not applicable"), |counts| counts.not_applicable),
    ]
}

/// The intervals: what is measured, and apart from it what is open or cannot be measured.
pub(super) fn intervals(words: &Words, intervals: &[IntervalReport], nation: usize) -> Markup {
    let say = |text| words.say(text);
    let rows: Vec<(&IntervalReport, Option<&IntervalRow>)> = intervals
        .iter()
        .map(|interval| (interval, interval.rows.iter().find(|row| row.period == ALL && row.unit == nation)))
        .collect();
    let early = rows.iter().any(|(_, row)| row.is_some_and(|row| row.counts.too_early != Some(0)));
    let mut measured = vec![text!("Målt", "Measured"), text!("Innen fristen", "Within"), text!("For sent", "Exceeded")];
    measured.extend(early.then(|| text!("For tidlig", "Too early")));
    measured.extend([
        text!("Andel innen", "Share within"),
        text!("Median dager", "Median days"),
        text!("Kvartiler", "Quartiles"),
    ]);
    let measured: Vec<String> = measured.into_iter().map(say).collect();
    let columns = outside();
    let others: Vec<String> = columns.iter().map(|(text, _)| text.get(words.lang).to_owned()).collect();
    let of_what = say(text!("Forløpstid", "Interval"));
    html! {
        table.wide {
            caption { (say(text!("Forløpstider, hele landet og alle perioder", "Intervals, the whole country and all periods"))) }
            (head(&of_what, &measured))
            tbody { @for (interval, row) in &rows {
                tr.part[interval.treatment.is_some()] {
                    (name(words, interval))
                    @match row {
                        Some(row) => (cells(&measured, self::measured(words, interval, row, early))),
                        None => (nothing(words, measured.len())),
                    }
                }
            } }
        }
        table.wide {
            caption { (say(text!("Ikke målt: åpne og ubestemte, talt for seg", "Not measured: open and undetermined, counted apart"))) }
            (head(&of_what, &others))
            tbody { @for (interval, row) in &rows {
                tr.part[interval.treatment.is_some()] {
                    (name(words, interval))
                    @match row {
                        Some(row) => (cells(&others, columns.iter().map(|(_, count)| words.count(count(&row.counts))))),
                        None => (nothing(words, others.len())),
                    }
                }
            } }
        }
        @if intervals.iter().any(|interval| interval.treatment.is_some()) {
            p.notes { (words.say(text!(
                "En enkelt behandling teller bare forløp som endte med den; de åpne står under all behandling.",
                "A single treatment counts only courses that ended with it; open ones are under all treatment."
            ))) }
        }
    }
}

fn measured(words: &Words, interval: &IntervalReport, row: &IntervalRow, early: bool) -> Vec<Markup> {
    let series = Series::from(interval);
    let point = series.points.iter().find(|point| point.period == row.period && point.unit == row.unit);
    let mut cells = vec![words.count(row.measured), words.count(row.counts.within), words.count(row.counts.exceeded)];
    cells.extend(early.then(|| words.count(row.counts.too_early)));
    cells.extend(point.map(|point| point.written(words)));
    cells.push(html! { (median(row.days)) });
    cells.push(html! { (quartiles(row.days)) });
    cells
}

fn name(words: &Words, interval: &IntervalReport) -> Markup {
    html! {
        th scope="row" {
            @match &interval.treatment {
                Some(treatment) => {
                    (treatment)
                    @if let Some(limit) = limit(words, interval) { ", " (limit) }
                }
                None => {
                    span.code { (interval.interval) } " " (interval.label)
                    @if interval.together { span.muted { (words.say(text!(", all behandling", ", all treatment"))) } }
                    @if let Some(limit) = limit(words, interval) { span.muted { ", " (limit) } }
                }
            }
        }
    }
}

/// The limit as a person reads it.
pub(super) fn limit(words: &Words, interval: &IntervalReport) -> Option<String> {
    interval.limit.map(|limit| amount(limit.amount, limit.unit, words.lang))
}

fn head(first: &str, others: &[String]) -> Markup {
    html! {
        thead { tr {
            th scope="col" { (first) }
            @for other in others { th.number scope="col" { (other) } }
        } }
    }
}

/// Cells that carry the head of their column, for screens that are too narrow for columns.
fn cells(heads: &[String], cells: impl IntoIterator<Item = Markup>) -> Markup {
    html! { @for (head, cell) in heads.iter().zip(cells) { td.number data-label=(head) { (cell) } } }
}

fn nothing(words: &Words, columns: usize) -> Markup {
    html! { td.number colspan=(columns) { (words.say(text!("ingen forløp", "no courses"))) } }
}
