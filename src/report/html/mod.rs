//! A report as one page that needs nothing else: no network, no script.

mod distribution;
mod parameters;
mod pathway;
mod plot;
mod series;
mod strips;
mod summary;
mod time;
mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    lang::Lang,
    report::{ALL, Days, Level, PathwayReport, Report},
    text,
};
use series::{Point, Seen, Series};
use strips::Row;
use words::Words;

/// Lets the page have its own style, and nothing from anywhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A report as an HTML document.
pub fn html(report: &Report, lang: Lang) -> String {
    let words = Words { report, lang };
    let nation = report.units.iter().position(|unit| unit.level == Level::Nation).unwrap_or(0);
    let title = match report.pathways.as_slice() {
        [only] => only.title.clone(),
        _ => words.say(text!("Forløpstider", "Pathway times")),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(words.say(text!("nb", "en"))) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                (patterns())
                a.skip href="#content" { (words.say(text!("Til innholdet", "Skip to content"))) }
                (heading(&words, &title, nation))
                main #content tabindex="-1" {
                    (parameters::section(&words))
                    @if report.pathways.is_empty() {
                        p.empty { (words.say(text!("Det er ingen forløp å vise.", "There are no courses to show."))) }
                    } @else {
                        (reading(&words))
                        @for (number, pathway) in report.pathways.iter().enumerate() {
                            (pathway::section(&words, pathway, number, nation))
                        }
                    }
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// The hatching of what is late and of what is hidden, so that colour is never the only sign.
fn patterns() -> Markup {
    html! {
        svg.patterns width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern #late width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.late-ground width="6" height="6" {}
                    rect.late-line width="2" height="6" {}
                }
                pattern #unseen width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)" {
                    rect.unseen-line width="1.5" height="6" {}
                }
            }
        }
    }
}

fn heading(words: &Words, title: &str, nation: usize) -> Markup {
    let report = words.report;
    let as_of = report.parameters.as_of;
    let span = report.periods.first().zip(report.periods.last()).map(|(first, last)| {
        let (from, to) = (words.date(first.from), words.date(last.to.min(as_of)));
        words.say(text!("forløp fra {from} til {to}", "courses from {from} to {to}"))
    });
    html! {
        header {
            p.over { (words.say(text!("Rapport om pakkeforløp", "Report on patient pathways"))) }
            h1 { (title) }
            p.lead {
                (words.say(text!("Uttrekk ", "Extraction "))) time datetime=(as_of) { (words.date(as_of)) }
                @if let Some(span) = span { " · " (span) }
            }
            @if report.pathways.len() > 1 { (contents(words, nation)) }
        }
    }
}

/// Links to the pathways, and the indicators that several of them share.
fn contents(words: &Words, nation: usize) -> Markup {
    let mut shared: Vec<(&str, &str, Vec<Row>)> = Vec::new();
    for (number, pathway) in words.report.pathways.iter().enumerate() {
        for indicator in &pathway.indicators {
            let target = indicator.target;
            // A series borrows the report, so its points outlive it.
            let Some(point) = Series::from(indicator).over_all().find(|point| point.unit == nation).copied() else {
                continue;
            };
            let row = Row { name: link(number, pathway), sorted_by: pathway.title.clone(), point, target };
            match shared.iter_mut().find(|(name, label, _)| (*name, *label) == (&*indicator.name, &*indicator.label)) {
                Some((_, _, rows)) => rows.push(row),
                None => shared.push((&indicator.name, &indicator.label, vec![row])),
            }
        }
    }
    shared.retain(|(_, _, rows)| rows.len() > 1);
    html! {
        nav aria-labelledby="contents" {
            h2 #contents { (words.say(text!("Forløpene", "The pathways"))) }
            ol.contents { @for (number, pathway) in words.report.pathways.iter().enumerate() {
                li { (link(number, pathway)) " " span.muted { (all_courses(words, pathway, nation)) } }
            } }
        }
        @for (number, (_, label, rows)) in shared.into_iter().enumerate() {
            section.overview aria-labelledby=(format!("overview-{number}")) {
                h2 id=(format!("overview-{number}")) { (label) }
                (strips::table(words, &words.say(text!("Forløp", "Pathway")), vec![(None, rows)]))
            }
        }
    }
}

fn link(number: usize, pathway: &PathwayReport) -> Markup {
    html! { a href=(format!("#pathway-{number}")) { (pathway.title) } }
}

/// How many courses a pathway has.
fn all_courses(words: &Words, pathway: &PathwayReport, nation: usize) -> Markup {
    match pathway.courses.iter().find(|row| row.period == ALL && row.unit == nation) {
        Some(row) => html! { (words.count(row.courses)) (words.say(text!(" forløp", " courses"))) },
        None => html! {},
    }
}

/// How the numbers are read.
fn reading(words: &Words) -> Markup {
    html! {
        section.reading aria-labelledby="reading" {
            h2 #reading { (words.say(text!("Slik leses tallene", "How to read the numbers"))) }
            p { (words.say(text!(
                "En andel er de som er innen fristen, av alle som er målt: begge målepunktene er registrert, i rekkefølge, og det finnes en frist. Det som ikke er målt, er talt for seg.",
                "A share is those within the limit of all that are measured: both points are registered, in order, and there is a limit. What is not measured is counted apart."
            ))) " " (words.why_hidden()) }
            p { (words.say(text!(
                "De som ikke er ferdige ved uttrekket, er ikke målt ennå. De siste periodene kan derfor endre seg.",
                "Those that are not finished at the extraction are not measured yet. The last periods may therefore change."
            ))) }
        }
    }
}

/// A share, or why there is none.
fn share(words: &Words, point: &Point) -> Markup {
    match point.seen() {
        Seen::Share(share) => html! { (words.share(share)) },
        Seen::Hidden => words.hidden(),
        Seen::Nothing => html! { "–" },
    }
}

fn median(days: Option<Days>) -> String {
    days.map_or_else(|| "–".to_owned(), |days| days.median.to_string())
}
