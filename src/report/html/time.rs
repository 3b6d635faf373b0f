//! Shares over time against the target.

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use super::{
    plot::{Scale, WIDTH, at, round_step},
    series::{Point, Seen, Series},
    words::{Words, capital, median, months},
};
use crate::{
    report::{Period, UNDATED},
    text,
};

const HEIGHT: f64 = 216.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 310.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 160.0;
/// Room for the name of a part of a year, a year, and a share with its count.
const PART_ROOM: f64 = 26.0;
const YEAR_ROOM: f64 = 34.0;
const SHARE_ROOM: f64 = 46.0;

/// A period's place on the axis and its point, if it has one.
struct Place<'r> {
    period: &'r Period,
    x: f64,
    point: Option<Point<'r>>,
}

impl Place<'_> {
    fn seen(&self) -> Seen {
        self.point.map_or(Seen::Nothing, |point| point.seen())
    }
}

/// The shares of a unit in each period; nothing without periods.
pub(super) fn plot(words: &Words, series: &Series, unit: usize, title: &str) -> Markup {
    let (places, distance) = places(words, series, unit);
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return html! {} };
    let roomy = distance >= SHARE_ROOM;
    let y = Scale { values: (0.0, 100.0), places: (BOTTOM, TOP) };
    let (from, to) = (words.period(first.period), words.period(last.period));
    html! {
        figure.plot {
            figcaption { (title) }
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" {
                title { (title) }
                desc { (describe(words, series, &places, &from, &to)) }
                @for share in [0.0, 25.0, 50.0, 75.0, 100.0] {
                    line.grid x1=(at(LEFT)) x2=(at(RIGHT)) y1=(at(y.at(share))) y2=(at(y.at(share))) {}
                    text.tick.end x=(at(LEFT - 6.0)) y=(at(y.at(share) + 4.0)) { (words.target(share)) }
                }
                (axis(words, &places, distance))
                @for place in places.iter().filter(|place| place.seen() == Seen::Hidden) {
                    rect.unseen x=(at(place.x - distance.min(16.0) / 2.0)) y=(at(TOP)) width=(at(distance.min(16.0)))
                        height=(at(BOTTOM - TOP)) { title { (told(words, place)) } }
                }
                @if let Some(target) = series.target {
                    @let height = y.at(target.clamp(0.0, 100.0));
                    line.target x1=(at(LEFT)) x2=(at(RIGHT)) y1=(at(height)) y2=(at(height)) {}
                    text.tick.strong x=(at(RIGHT + 5.0)) y=(at(height - 2.0)) { (words.say(text!("mål", "target"))) }
                    text.tick.strong x=(at(RIGHT + 5.0)) y=(at(height + 11.0)) { (words.target(target)) }
                }
                @for line in lines(&places, y) { polyline.line points=(line) {} }
                @for (number, place) in places.iter().enumerate() {
                    @if let (Seen::Share(share), Some(point)) = (place.seen(), place.point) {
                        circle.dot.missed[point.met == Some(false)] cx=(at(place.x)) cy=(at(y.at(share)))
                            r=(at((distance / 3.0).clamp(1.5, 4.5))) { title { (told(words, place)) } }
                        @if roomy {
                            @let beside = if dips(&places, number, share) { 19.0 } else { -9.0 };
                            text.value x=(at(place.x)) y=(at(y.at(share) + beside)) { (words.share(share)) }
                        }
                    }
                    @if roomy {
                        @if let Some(all) = place.point.and_then(|point| point.all) {
                            text.tick.middle x=(at(place.x)) y=(at(BOTTOM + 48.0)) { "n " (words.number(all)) }
                        }
                    }
                }
            }
            (notes(words, series, unit, &places))
            (numbers(words, &places))
        }
    }
}

/// The periods by time, and how far apart neighbours are. A period that has no courses at all leaves its place empty.
fn places<'r>(words: &Words<'r>, series: &Series<'r>, unit: usize) -> (Vec<Place<'r>>, f64) {
    let periods = &words.report.periods;
    let length = f64::from(months(words.report.parameters.period));
    let place = |day: NaiveDate| (f64::from(day.year()) * 12.0 + f64::from(day.month0())) / length;
    let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return (Vec::new(), 0.0) };
    let (first, last) = (place(first.from), place(last.from));
    let distance = (RIGHT - LEFT) / (last - first + 1.0).max(1.0);
    let points: Vec<Point> = series.of_unit(unit).copied().collect();
    let places = periods.iter().map(|period| Place {
        period,
        x: LEFT + (place(period.from) - first + 0.5) * distance,
        point: points.iter().find(|point| point.period == period.name).copied(),
    });
    (places.collect(), distance)
}

/// Parts of years on one line and years on the next, as many as there is room for.
fn axis(words: &Words, places: &[Place], distance: f64) -> Markup {
    let parts = 12 / months(words.report.parameters.period);
    let every = [1, 2, 3, 6, 12].into_iter().find(|every| f64::from(*every) * distance >= PART_ROOM).unwrap_or(12);
    let years = round_step((YEAR_ROOM / (distance * f64::from(parts))).ceil() as u64, 1);
    let named = |place: &Place| every < 12 && words.part(place.period).is_multiple_of(every);
    let new_year = |number: usize, place: &Place| match number.checked_sub(1).and_then(|before| places.get(before)) {
        Some(before) => before.period.from.year() != place.period.from.year(),
        // The year after the first begins too soon after it to leave room for both.
        None => f64::from(parts - words.part(place.period)) * distance >= YEAR_ROOM,
    };
    html! {
        line.axis x1=(at(LEFT)) x2=(at(RIGHT)) y1=(at(BOTTOM)) y2=(at(BOTTOM)) {}
        @for (number, place) in places.iter().enumerate() {
            @if named(place) && parts > 1 {
                text.tick.middle x=(at(place.x)) y=(at(BOTTOM + 16.0)) { (words.short(place.period)) }
            }
            @if new_year(number, place) && (place.period.from.year().unsigned_abs() as u64).is_multiple_of(years) {
                @if parts > 1 {
                    line.axis x1=(at(place.x - distance / 2.0)) x2=(at(place.x - distance / 2.0)) y1=(at(BOTTOM + 20.0))
                        y2=(at(BOTTOM + 33.0)) {}
                    text.tick.strong x=(at(place.x - distance / 2.0 + 4.0)) y=(at(BOTTOM + 31.0)) { (place.period.from.year()) }
                } @else {
                    text.tick.strong.middle x=(at(place.x)) y=(at(BOTTOM + 16.0)) { (place.period.from.year()) }
                }
            }
        }
    }
}

/// The lines between neighbours that both have a share.
fn lines(places: &[Place], y: Scale) -> Vec<String> {
    let mut lines = vec![Vec::new()];
    let mut before: Option<NaiveDate> = None;
    for place in places {
        let Seen::Share(share) = place.seen() else { continue };
        if before != place.period.from.pred_opt() {
            lines.push(Vec::new());
        }
        before = Some(place.period.to);
        if let Some(line) = lines.last_mut() {
            line.push(format!("{},{}", at(place.x), at(y.at(share))));
        }
    }
    lines.iter().filter(|line| line.len() > 1).map(|line| line.join(" ")).collect()
}

/// Whether the line comes down to a place, so that there is more room under it than over it.
fn dips(places: &[Place], number: usize, share: f64) -> bool {
    let share_at = |number: Option<usize>| places.get(number?).and_then(|place| place.point?.share);
    let (before, after) = (share_at(number.checked_sub(1)), share_at(Some(number + 1)));
    let neighbours: Vec<f64> = before.into_iter().chain(after).collect();
    share >= 15.0 && neighbours.iter().sum::<f64>() > share * neighbours.len() as f64
}

/// One period in a sentence.
fn told(words: &Words, place: &Place) -> String {
    let period = words.period(place.period);
    let what = match (place.seen(), place.point) {
        (Seen::Share(share), Some(point)) => {
            let of = words.of(point.some, point.all).map_or_else(String::new, |of| format!(" ({of})"));
            format!("{}{of}", words.share(share))
        }
        (Seen::Hidden, _) => words.say(text!("skjult", "hidden")),
        _ => words.say(text!("ingen målte", "none measured")),
    };
    format!("{period}: {what}")
}

fn describe(words: &Words, series: &Series, places: &[Place], from: &str, to: &str) -> String {
    let shares = places.iter().filter_map(|place| place.point.and_then(|point| point.share));
    let (low, high) = shares.fold((f64::INFINITY, 0.0_f64), |(low, high), share| (low.min(share), high.max(share)));
    let range = if low <= high {
        let (low, high) = (words.share(low), words.share(high));
        words.say(text!("Lavest {low}, høyest {high}.", "Lowest {low}, highest {high}."))
    } else {
        words.say(text!("Ingen andeler kan vises.", "No shares can be shown."))
    };
    let target = series.target.map_or_else(String::new, |target| {
        let target = words.target(target);
        words.say(text!(" Målet er {target}.", " The target is {target}."))
    });
    words.say(text!("Fra {from} til {to}. {range}{target}", "From {from} to {to}. {range}{target}"))
}

/// What the plot cannot say itself.
fn notes(words: &Words, series: &Series, unit: usize, places: &[Place]) -> Markup {
    let hidden = places.iter().filter(|place| place.seen() == Seen::Hidden).count();
    let as_of = words.report.parameters.as_of;
    let unfinished = places.last().filter(|place| place.period.to > as_of);
    let undated = series.of_unit(unit).find(|point| point.period == UNDATED && point.all != Some(0));
    html! {
        ul.notes {
            @if hidden > 0 {
                li { span.key.unseen-key {} (words.say(text!("Skjult: {hidden} av periodene. ", "Hidden: {hidden} of the periods. ")))
                    (words.why_hidden()) }
            }
            @if let Some(last) = unfinished {
                @let (last, as_of) = (capital(&words.period(last.period)), words.date(as_of));
                li { (words.say(text!("{last} var ikke over ved uttrekket {as_of}.", "{last} was not over at the extraction on {as_of}."))) }
            }
            @if let Some(point) = undated {
                li { (words.say(text!("Uten dato, og derfor ikke i noen periode: ", "Without a date, and so in no period: ")))
                    (words.count(point.all)) "." }
            }
        }
    }
}

fn numbers(words: &Words, places: &[Place]) -> Markup {
    let days = places.iter().any(|place| place.point.is_some_and(|point| point.days.is_some()));
    html! {
        details {
            summary { (words.say(text!("Tallene bak", "The numbers"))) }
            table.small {
                thead { tr {
                    th scope="col" { (words.say(text!("Periode", "Period"))) }
                    th.number scope="col" { (words.say(text!("Innen", "Within"))) }
                    th.number scope="col" { (words.say(text!("Av", "Of"))) }
                    th.number scope="col" { (words.say(text!("Andel", "Share"))) }
                    @if days { th.number scope="col" { (words.say(text!("Median", "Median"))) } }
                } }
                tbody { @for place in places {
                    tr {
                        th scope="row" { (capital(&words.period(place.period))) }
                        @match place.point {
                            Some(point) => {
                                td.number { (words.count(point.some)) }
                                td.number { (words.count(point.all)) }
                                td.number { (point.written(words)) }
                                @if days { td.number { (median(point.days)) } }
                            }
                            None => td.number colspan=(if days { 4 } else { 3 }) { (words.say(text!("ingen forløp", "no courses"))) }
                        }
                    }
                } }
            }
        }
    }
}
