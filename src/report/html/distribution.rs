//! Days against the limit.

use maud::{Markup, html};

use super::{
    plot::{Scale, WIDTH, at, round_step},
    words::Words,
};
use crate::{
    report::{Bin, Distribution},
    text,
};

const HEIGHT: f64 = 216.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 350.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 160.0;
/// Room for a number over a bar.
const COUNT_ROOM: f64 = 24.0;

/// A bin and where it begins and ends, in days from the end of the limit's last day.
struct Bar<'d> {
    bin: &'d Bin,
    from: f64,
    to: f64,
}

impl Bar<'_> {
    /// How many a week, so that a wider bar is not a larger one; what has no end is drawn as a week.
    fn height(&self) -> f64 {
        self.bin.count as f64 * 7.0 / (self.to - self.from)
    }

    fn class(&self) -> &'static str {
        match (self.bin.from, self.bin.to) {
            (_, Some(to)) if to <= 0 => "within",
            (Some(from), _) if from > 0 => "over",
            _ => "both",
        }
    }
}

/// The days of all measured; where they cannot be shown, that they are hidden.
pub(super) fn plot(words: &Words, distribution: Option<&Distribution>, title: &str) -> Markup {
    let bars: Vec<Bar> =
        distribution.map_or_else(Vec::new, |distribution| distribution.bins.iter().map(Bar::from).collect());
    html! {
        figure.plot {
            figcaption { (title) }
            @if bars.is_empty() {
                p.empty { (words.say(text!("Fordelingen er skjult.", "The distribution is hidden."))) " " (words.why_hidden()) }
            } @else {
                (drawn(words, &bars, title))
                (legend(words, &bars))
            }
        }
    }
}

impl<'d> From<&'d Bin> for Bar<'d> {
    fn from(bin: &'d Bin) -> Self {
        let start = bin.from.map(|day| f64::from(day) - 1.0);
        let end = bin.to.map(f64::from);
        let (from, to) = match (start, end) {
            (None, None) => (-3.5, 3.5),
            (None, Some(end)) => (f64::min(end - 7.0, -7.0), end),
            (Some(start), None) => (start, f64::max(start + 7.0, 7.0)),
            (Some(start), Some(end)) => (start, end.max(start + 1.0)),
        };
        Bar { bin, from, to }
    }
}

fn drawn(words: &Words, bars: &[Bar], title: &str) -> Markup {
    // The limit has its place also when all are on one side of it.
    let first = bars.iter().fold(0.0_f64, |first, bar| first.min(bar.from));
    let last = bars.iter().fold(0.0_f64, |last, bar| last.max(bar.to));
    let highest = bars.iter().fold(1.0_f64, |highest, bar| highest.max(bar.height())).ceil() as u64;
    let step = round_step(highest, 4);
    let top = highest.div_ceil(step).saturating_mul(step);
    let x = Scale { values: (first, last), places: (LEFT + 6.0, RIGHT - 6.0) };
    let y = Scale { values: (0.0, top as f64), places: (BOTTOM, TOP) };
    let weeks = ((last - first) / 7.0).ceil().max(1.0);
    let every = 7.0
        * std::iter::successors(Some(1.0), |every| Some(every * 2.0)).find(|every| weeks / every <= 8.0).unwrap_or(1.0);
    let ticks = ((first / every).ceil() as i64..=(last / every).floor() as i64).map(|tick| tick as f64 * every);
    let limit = x.at(0.0);
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" {
            title { (title) }
            desc { (describe(words, bars)) }
            @for count in (0..=top).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
                line.grid x1=(at(LEFT)) x2=(at(RIGHT)) y1=(at(y.at(count as f64))) y2=(at(y.at(count as f64))) {}
                text.tick.end x=(at(LEFT - 6.0)) y=(at(y.at(count as f64) + 4.0)) { (words.number(count)) }
            }
            @for bar in bars {
                @let (from, to, height) = (x.at(bar.from) + 0.75, x.at(bar.to) - 0.75, y.at(bar.height()));
                g {
                    title { (days(words, bar.bin)) ": " (words.number(bar.bin.count)) }
                    rect class=(bar.class()) x=(at(from)) y=(at(height)) width=(at((to - from).max(0.5))) height=(at(BOTTOM - height)) {}
                    @if to - from >= COUNT_ROOM { text.value x=(at((from + to) / 2.0)) y=(at(height - 4.0)) { (words.number(bar.bin.count)) } }
                }
                @if bar.bin.from.is_none() != bar.bin.to.is_none() {
                    text.tick.middle x=(at((from + to) / 2.0)) y=(at(BOTTOM + 31.0)) { (beyond(bar.bin)) }
                }
            }
            line.axis x1=(at(LEFT)) x2=(at(RIGHT)) y1=(at(BOTTOM)) y2=(at(BOTTOM)) {}
            @for tick in ticks {
                line.axis x1=(at(x.at(tick))) x2=(at(x.at(tick))) y1=(at(BOTTOM)) y2=(at(BOTTOM + 4.0)) {}
                text.tick.middle x=(at(x.at(tick))) y=(at(BOTTOM + 16.0)) { (signed(tick as i64)) }
            }
            line.limit x1=(at(limit)) x2=(at(limit)) y1=(at(TOP - 16.0)) y2=(at(BOTTOM + 4.0)) {}
            text.tick.strong.middle x=(at(limit.clamp(LEFT + 18.0, RIGHT - 18.0))) y=(at(TOP - 20.0)) { (words.say(text!("frist", "limit"))) }
            text.tick x=(at(LEFT)) y=(at(BOTTOM + 48.0)) { (words.say(text!("← dager før fristen", "← days before the limit"))) }
            text.tick.end x=(at(RIGHT)) y=(at(BOTTOM + 48.0)) { (words.say(text!("dager etter →", "days after →"))) }
        }
    }
}

fn legend(words: &Words, bars: &[Bar]) -> Markup {
    let has = |class| bars.iter().any(|bar| bar.class() == class);
    html! {
        ul.notes {
            li { (words.say(text!("Høyden er antall per uke.", "Height is the number per week."))) " "
                @if has("within") { span.key.within-key {} (words.say(text!("innen fristen ", "in time "))) }
                @if has("over") { span.key.over-key {} (words.say(text!("etter fristen ", "late "))) }
                @if has("both") { span.key.both-key {} (words.say(text!("på begge sider, slått sammen for å skjule små tall", "on both sides, joined to hide small counts"))) }
            }
        }
    }
}

fn describe(words: &Words, bars: &[Bar]) -> String {
    let sum = |class| words.number(bars.iter().filter(|bar| bar.class() == class).map(|bar| bar.bin.count).sum());
    let (within, over, both) = (sum("within"), sum("over"), sum("both"));
    if both != "0" {
        return words.say(text!(
            "{within} innen fristen, {over} etter, {both} som ikke skilles.",
            "{within} in time, {over} late, {both} not told apart."
        ));
    }
    words.say(text!("{within} innen fristen, {over} etter.", "{within} in time, {over} late."))
}

/// The days of a bin in words.
fn days(words: &Words, bin: &Bin) -> String {
    match (bin.from, bin.to) {
        (None, None) => words.say(text!("alle dager", "all days")),
        (Some(from), Some(to)) => {
            let (from, to) = (signed(from.into()), signed(to.into()));
            words.say(text!("{from} til {to} dager fra fristen", "{from} to {to} days from the limit"))
        }
        _ => {
            let days = beyond(bin);
            words.say(text!("{days} dager fra fristen", "{days} days from the limit"))
        }
    }
}

fn beyond(bin: &Bin) -> String {
    match (bin.from, bin.to) {
        (Some(from), _) => format!("≥\u{a0}{}", signed(from.into())),
        (_, Some(to)) => format!("≤\u{a0}{}", signed(to.into())),
        _ => String::new(),
    }
}

fn signed(days: i64) -> String {
    if days < 0 { format!("−{}", days.unsigned_abs()) } else { days.to_string() }
}
