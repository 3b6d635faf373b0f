//! A report as one page that needs nothing else: no network, no script.

mod distribution;
mod heading;
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
    report::{Level, Report},
    text,
};
use words::Words;

/// Lets the page have its own style, and nothing from anywhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A report as an HTML document.
pub fn html(report: &Report, lang: Lang) -> String {
    let words = Words { report, lang };
    let nation = report.units.iter().position(|unit| unit.level == Level::Nation).unwrap_or(0);
    let mut title = words.say(text!("Forløpstider", "Pathway times"));
    if let [only] = report.pathways.as_slice() {
        title = format!("{}: {title}", only.title);
    }
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
                (heading::heading(&words, nation))
                main #content tabindex="-1" {
                    (heading::parameters(&words))
                    @if report.pathways.is_empty() {
                        p.empty { (words.say(text!("Det er ingen forløp å vise.", "There are no courses to show."))) }
                    } @else {
                        (heading::reading(&words))
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
