//! What was chosen, in words.

use maud::{Markup, html};

use super::words::Words;
use crate::{
    lang::Text,
    report::{Attribution, By, PeriodKind, Start},
    text,
};

/// What the numbers rest on.
pub(super) fn section(words: &Words) -> Markup {
    let parameters = &words.report.parameters;
    let as_of = words.date(parameters.as_of);
    let rows: [(Text, Text); 8] = [
        (text!("Uttrekk", "Extraction"), text!("{as_of}. Forløpene er bedømt slik de sto den dagen.", "{as_of}. The courses are judged as they stood on that day.")),
        (text!("Perioder", "Periods"), periods(words)),
        (text!("Start etter overføring", "Start after a transfer"), start(parameters.start)),
        (text!("Institusjon", "Institution"), attribution(&parameters.attribution)),
        (text!("Nivåer", "Levels"), levels(words)),
        (text!("Små tall", "Small counts"), small(words)),
        (text!("Dager", "Days"), days(parameters.days_from)),
        (text!("Opplysninger", "Facts"), facts(parameters.facts)),
    ];
    html! {
        section aria-labelledby="parameters" {
            h2 #parameters { (words.say(text!("Hva tallene bygger på", "What the numbers rest on"))) }
            dl.parameters {
                @for (name, value) in rows { div { dt { (words.say(name)) } dd { (words.say(value)) } } }
                div {
                    dt { (words.say(text!("Regeltabeller", "Rule tables"))) }
                    dd { code { (parameters.fingerprint) } }
                }
                div {
                    dt { (words.say(text!("Program", "Program"))) }
                    dd { "forlop " (words.report.program) }
                }
            }
        }
    }
}

fn periods(words: &Words) -> Text {
    let parameters = &words.report.parameters;
    let kind = match parameters.period {
        PeriodKind::Month => text!("Måneder", "Months"),
        PeriodKind::Quarter => text!("Kvartaler", "Quarters"),
        PeriodKind::Tertial => text!("Tertialer", "Tertials (thirds of a year)"),
        PeriodKind::Year => text!("År", "Years"),
        PeriodKind::None => return text!("Alt under ett, uten perioder.", "All together, without periods."),
    };
    let by = match parameters.by {
        By::Start => text!("etter når forløpet startet", "by when the course started"),
        By::End => text!("etter når intervallet sluttet", "by when the interval ended"),
    };
    Text { nb: format!("{}, {}.", kind.nb, by.nb), en: format!("{}, {}.", kind.en, by.en) }
}

fn start(start: Start) -> Text {
    match start {
        Start::First => text!("Forløpets første start teller.", "The first start of the course counts."),
        Start::Own => text!(
            "Den første starten i institusjonen som forløpet tilhører, teller.",
            "The first start in the institution that the course belongs to counts."
        ),
    }
}

fn attribution(attribution: &Attribution) -> Text {
    match attribution {
        Attribution::Start => text!("Forløpet tilhører institusjonen der det startet.", "A course belongs to the institution where it started."),
        Attribution::Treatment => {
            text!("Forløpet tilhører institusjonen der behandlingen startet.", "A course belongs to the institution where treatment started.")
        }
        Attribution::Named(name) => {
            text!("Forløpet tilhører institusjonen som først registrerte «{name}».", "A course belongs to the institution that first registered “{name}”.")
        }
    }
}

fn levels(words: &Words) -> Text {
    let levels: Vec<String> = words.report.parameters.levels.iter().map(|level| words.level(*level)).collect();
    let levels = super::words::capital(&levels.join(", "));
    if words.report.parameters.hierarchy {
        text!("{levels}, etter en oppgitt institusjonsoversikt.", "{levels}, by a hierarchy of institutions that was given.")
    } else {
        text!("{levels}, med institusjonenes navn slik de er registrert.", "{levels}, with institutions as they were registered.")
    }
}

fn small(words: &Words) -> Text {
    match words.report.parameters.suppress_below {
        0 => text!("Ingen tall er skjult.", "No counts are hidden."),
        below => text!(
            "Antall fra 1 og under {below} er skjult, og tall som de kunne regnes ut fra.",
            "Counts from 1 and under {below} are hidden, and counts that they could be worked out from."
        ),
    }
}

fn days(from: u64) -> Text {
    text!(
        "Kalenderdager. Median og kvartiler vises når minst {from} er målt.",
        "Calendar days. Median and quartiles are shown when at least {from} are measured."
    )
}

fn facts(given: bool) -> Text {
    if given {
        text!("Opplysninger om pasientene er brukt.", "Facts about the patients are used.")
    } else {
        text!("Ikke oppgitt: alle er bedømt etter hovedforløpets frister.", "Not given: all are judged by the main course's limits.")
    }
}
