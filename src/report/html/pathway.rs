//! One pathway.

use maud::{Markup, html};

use super::{
    distribution, heading,
    series::{Seen, Series},
    strips, summary, time,
    words::{Words, capital},
};
use crate::{
    report::{IndicatorReport, IntervalReport, PathwayReport},
    text,
};

/// All that is said of a pathway.
pub(super) fn section(words: &Words, pathway: &PathwayReport, number: usize, nation: usize) -> Markup {
    let id = format!("pathway-{number}");
    html! {
        section.pathway aria-labelledby=(id) {
            h2 id=(id) { (pathway.title) }
            p.lead { span.code { (pathway.id) } " " (heading::all_courses(words, pathway, nation)) }
            @if !pathway.indicators.is_empty() { (summary::indicators(words, &pathway.indicators, nation)) }
            @if !pathway.intervals.is_empty() { (summary::intervals(words, &pathway.intervals, nation)) }
            @for indicator in &pathway.indicators { (self::indicator(words, indicator, nation)) }
            @for (place, interval) in pathway.intervals.iter().enumerate() {
                @if interval.treatment.is_none() {
                    @let rest = pathway.intervals.get(place + 1..).unwrap_or_default();
                    @let treatments = rest.iter().take_while(|other| other.treatment.is_some());
                    (self::interval(words, interval, treatments, nation))
                }
            }
        }
    }
}

fn indicator(words: &Words, indicator: &IndicatorReport, nation: usize) -> Markup {
    let series = Series::from(indicator);
    let point = series.whole(nation);
    html! {
        article.card {
            h3 { (indicator.label) }
            div.figures {
                div.key-figure {
                    p.large { (point.map_or_else(|| html! { "–" }, |point| point.written(words))) }
                    @if let Some(of) = point.and_then(|point| words.of(point.some, point.all)) { p { (of) } }
                    @if let Some(target) = indicator.target {
                        @let target = words.target(target);
                        p {
                            (words.say(text!("Målet er {target}", "The target is {target}")))
                            @if let Some(met) = point.and_then(|point| point.met) { ": " (summary::met(words, Some(met))) }
                        }
                    }
                    (details(words, indicator))
                }
                (time::plot(words, &series, nation, &words.say(text!("Andel over tid", "Share over time"))))
            }
            (strips::of_units(words, &series, nation))
        }
    }
}

/// Where an indicator comes from and when it counts.
fn details(words: &Words, indicator: &IndicatorReport) -> Markup {
    let days = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| words.date(day));
    html! {
        @if indicator.valid_from.is_some() || indicator.valid_to.is_some() {
            p.muted { (words.say(text!("Gjelder forløp som starter ", "For courses that start ")))
                (days(indicator.valid_from)) " – " (days(indicator.valid_to)) }
        }
        @if !indicator.sources.is_empty() {
            p.muted { (words.say(text!("Kilde: ", "Source: "))) (indicator.sources.join(", ")) }
        }
    }
}

fn interval<'r>(
    words: &Words,
    interval: &IntervalReport,
    treatments: impl Iterator<Item = &'r IntervalReport>,
    nation: usize,
) -> Markup {
    let series = Series::from(interval);
    let measured = series.whole(nation).map_or(Seen::Nothing, |point| point.seen());
    html! {
        article.card {
            h3 {
                span.code { (interval.interval) } " " (interval.label)
                @if let Some(limit) = summary::limit(words, interval) { span.limit { " " (limit) } }
            }
            @if measured == Seen::Nothing {
                p.empty { (words.say(text!("Ingen er målt.", "None are measured."))) }
            } @else {
                div.figures {
                    (time::plot(words, &series, nation, &words.say(text!("Andel innen fristen over tid", "Share within the limit over time"))))
                    (distribution::plot(words, interval.distribution.as_ref(), &words.say(text!("Dager fra fristen", "Days from the limit"))))
                    @for treatment in treatments {
                        @let name = treatment.treatment.as_deref().unwrap_or_default();
                        (time::plot(words, &Series::from(treatment), nation, &capital(name)))
                    }
                }
                (strips::of_units(words, &series, nation))
            }
        }
    }
}
