//! Shares under each other, each a row with a dot on a line from 0 to 100 %. As rows of a table they may be hundreds, go over
//! several printed pages, and are read aloud as what they are.

use maud::{Markup, html};

use super::{
    plot::at,
    series::{Point, Seen, Series},
    words::{Words, median, quartiles},
};
use crate::{
    report::{Level, Unit},
    text,
};

/// More rows than this are shown when asked for.
const OPEN: usize = 60;
/// The width and height of a line.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 18.0;

/// A row: what it is of, its share and target.
pub(super) struct Row<'r> {
    pub name: Markup,
    pub sorted_by: String,
    pub point: Point<'r>,
    pub target: Option<f64>,
}

/// The shares of all units over all periods, by level and share.
pub(super) fn of_units(words: &Words, series: &Series, nation: usize) -> Markup {
    let units = &words.report.units;
    let unit = |point: &Point| units.get(point.unit);
    let rows = |wanted: &dyn Fn(usize, &Unit) -> bool| -> Vec<Row> {
        let points = series.over_all().filter(|point| unit(point).is_some_and(|unit| wanted(point.unit, unit)));
        points
            .filter_map(|point| {
                let name = words.unit(unit(point)?);
                Some(Row { name: html! { (name) }, sorted_by: name, point: *point, target: series.target })
            })
            .collect()
    };
    let mut groups = vec![(None, rows(&|number, _| number == nation))];
    for (level, name) in [
        (Level::Region, text!("Regioner", "Regions")),
        (Level::Trust, text!("Helseforetak", "Health trusts")),
        (Level::Hospital, text!("Sykehus", "Hospitals")),
        (Level::Institution, text!("Institusjoner", "Institutions")),
    ] {
        groups.push((Some(words.say(name)), rows(&|_, unit| unit.level == level)));
    }
    groups.push((None, rows(&|_, unit| unit.level == Level::Unknown)));
    groups.retain(|(_, rows)| !rows.is_empty());
    let count: usize = groups.iter().map(|(_, rows)| rows.len()).sum();
    if count <= 1 {
        return html! {};
    }
    html! {
        details.units open[count <= OPEN] {
            summary { (words.say(text!("Per institusjon", "By institution"))) span.muted { " " (count) } }
            (table(words, &words.say(text!("Institusjon", "Institution")), groups))
        }
    }
}

/// A table of groups of rows, each sorted by share.
pub(super) fn table(words: &Words, of_what: &str, groups: Vec<(Option<String>, Vec<Row>)>) -> Markup {
    let mut points = groups.iter().flat_map(|(_, rows)| rows);
    let days = points.clone().any(|row| row.point.days.is_some());
    let judged = points.clone().any(|row| row.point.met.is_some());
    let hidden = points.any(|row| row.point.seen() == Seen::Hidden);
    let columns = if days { 6 } else { 4 };
    html! {
        table.strips.with-days[days] {
            thead { tr {
                th.name scope="col" { (of_what) }
                th.strip scope="col" { span.scale { span { "0" } span { "50" } span { (words.target(100.0)) } } }
                th.number.share scope="col" { (words.say(text!("Andel", "Share"))) }
                th.number.of scope="col" { (words.say(text!("Innen", "Within"))) }
                @if days {
                    th.number.days scope="col" { (words.say(text!("Median dager", "Median days"))) }
                    th.number.days scope="col" { (words.say(text!("Kvartiler", "Quartiles"))) }
                }
            } }
            @for (group, mut rows) in groups {
                @let () = rows.sort_by(|one, other| {
                    let share = |row: &Row| row.point.share.unwrap_or(-1.0);
                    share(other).total_cmp(&share(one)).then_with(|| one.sorted_by.cmp(&other.sorted_by))
                });
                tbody {
                    @if let Some(group) = group { tr.group { th colspan=(columns) scope="rowgroup" { (group) } } }
                    @for row in &rows { (line(words, row, days)) }
                }
            }
        }
        ul.notes {
            @if judged { li {
                span.key.dot-key {} (words.say(text!("målet er nådd ", "target met ")))
                span.key.missed-key {} (words.say(text!("målet er ikke nådd ", "target not met ")))
                span.key.target-key {} (words.say(text!("målet", "target")))
            } }
            @if hidden { li { (words.why_hidden()) } }
        }
    }
}

fn line(words: &Words, row: &Row, days: bool) -> Markup {
    let Row { point, .. } = row;
    html! {
        tr {
            th.name scope="row" { (row.name) }
            td.strip { (strip(row)) }
            td.number.share { (point.written(words)) }
            td.number.of { (words.of(point.some, point.all).map_or_else(|| of_hidden(words, point), |of| html! { (of) })) }
            @if days {
                td.number.days data-label=(words.say(text!("median dager", "median days"))) { (median(point.days)) }
                td.number.days data-label=(words.say(text!("kvartiler", "quartiles"))) { (quartiles(point.days)) }
            }
        }
    }
}

/// What is shown of counts where one is hidden.
fn of_hidden(words: &Words, point: &Point) -> Markup {
    match point.all {
        None => words.hidden(),
        Some(all) => {
            let all = words.number(all);
            html! { (words.hidden()) (words.say(text!(" av {all}", " of {all}"))) }
        }
    }
}

/// The dot; the cells beside it say the same in words.
fn strip(row: &Row) -> Markup {
    let x = |share: f64| at(6.0 + share.clamp(0.0, 100.0) / 100.0 * (WIDTH - 12.0));
    let middle = at(HEIGHT / 2.0);
    html! {
        svg.strip viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) aria-hidden="true" {
            line.grid x1=(x(0.0)) x2=(x(100.0)) y1=(middle) y2=(middle) {}
            @if let Some(target) = row.target {
                line.target x1=(x(target)) x2=(x(target)) y1="0" y2=(at(HEIGHT)) {}
            }
            @if let Seen::Share(share) = row.point.seen() {
                circle.dot.missed[row.point.met == Some(false)] cx=(x(share)) cy=(middle) r="5" {}
            }
        }
    }
}
