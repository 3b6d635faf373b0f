//! What comes before the pathways: the heading, a table of contents, and what the numbers rest on.

use maud::{Markup, html};

use super::{
    series::Series,
    strips::{self, Row},
    words::{Words, capital},
};
use crate::{
    report::{ALL, PathwayReport},
    text,
};

/// What the report is of.
pub(super) fn heading(words: &Words, nation: usize) -> Markup {
    let report = words.report;
    let as_of = report.parameters.as_of;
    let span = report.periods.first().zip(report.periods.last()).map(|(first, last)| {
        let (from, to) = (words.date(first.from), words.date(last.to.min(as_of)));
        words.say(text!("forløp fra {from} til {to}", "courses from {from} to {to}"))
    });
    html! {
        header {
            p.over { (words.say(text!("Rapport om pakkeforløp", "Report on patient pathways"))) }
            h1 { (words.say(text!("Forløpstider", "Pathway times"))) }
            p.lead {
                (words.say(text!("Uttrekk ", "Extraction "))) time datetime=(as_of) { (words.date(as_of)) }
                @if let Some(span) = span { " · " (span) }
            }
            @if report.parameters.suppress_below == 0 {
                p.warning role="note" { (words.say(text!(
                    "Ingen tall er skjult. Rapporten kan vise enkeltpersoner og skal ikke offentliggjøres.",
                    "No counts are hidden. The report may show single persons and must not be published."
                ))) }
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
            let Some(point) = Series::from(indicator).whole(nation) else { continue };
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
pub(super) fn all_courses(words: &Words, pathway: &PathwayReport, nation: usize) -> Markup {
    match pathway.courses.iter().find(|row| row.period == ALL && row.unit == nation) {
        Some(row) => html! { (words.count(row.courses)) (words.say(text!(" forløp", " courses"))) },
        None => html! {},
    }
}

/// How the numbers are read.
pub(super) fn reading(words: &Words) -> Markup {
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

/// What was chosen, in words.
pub(super) fn parameters(words: &Words) -> Markup {
    html! {
        section aria-labelledby="parameters" {
            h2 #parameters { (words.say(text!("Hva tallene bygger på", "What the numbers rest on"))) }
            dl.parameters {
                @for (name, value) in words.report.parameters.described() {
                    div { dt { (capital(&words.say(name))) } dd { (capital(&words.say(value))) } }
                }
                div { dt { (words.say(text!("Program", "Program"))) } dd { "forlop " (words.report.program) } }
            }
        }
    }
}
