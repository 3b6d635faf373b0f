//! An example as the author would write it.

use std::fmt::Write;

use crate::{
    check::{
        examples::{CERTAINTIES, CRITERIA_RESULTS, INVESTIGATION_STATUSES, ROUTE_RESULTS, STATES, STATUSES},
        words::Words,
    },
    prove::conditions::value,
    tables::{Example, ExampleEvent, ExampleFact, Expectation, Expected, FactType, Pathway},
};

/// The example as `forlop fmt` lays it out, ended with a newline and not indented. Read again it is the same example.
pub fn text(example: &Example, pathway: &Pathway) -> String {
    let mut text = format!("eksempel \"{}\" {{\n", quotable(&example.name));
    let dates = example.events.iter().map(|event| event.date).chain(example.facts.iter().filter_map(|fact| fact.date));
    if dates.max() != Some(example.as_of) {
        push(&mut text, &format!("per {}", example.as_of));
    }
    let mut facts = example.facts.iter().peekable();
    for event in &example.events {
        while let Some(fact) = facts.next_if(|fact| fact.date <= Some(event.date)) {
            push(&mut text, &fact_text(fact, pathway));
        }
        push(&mut text, &event_text(event, pathway));
    }
    facts.for_each(|fact| push(&mut text, &fact_text(fact, pathway)));
    let several = example.expectations.iter().any(|expectation| expectation.course != 1);
    example.expectations.iter().for_each(|expectation| push(&mut text, &expectation_text(expectation, several)));
    text + "}\n"
}

/// One `forvent` line, without its newline; with the number of its course if there are `several`.
pub fn expectation_text(expectation: &Expectation, several: bool) -> String {
    let course = match (&expectation.expected, expectation.course) {
        (Expected::Courses { .. }, _) => String::new(),
        (Expected::Criteria { .. } | Expected::Route { .. } | Expected::Investigation { .. }, _) => String::new(),
        (_, 1) if !several => String::new(),
        (_, number) => format!(" i forløp {number}"),
    };
    format!("forvent {}{course}", expected_text(&expectation.expected))
}

fn push(text: &mut String, line: &str) {
    // Writing to a string does not fail.
    _ = writeln!(text, "  {line}");
}

/// Strings of the language hold neither quotation marks nor line ends.
fn quotable(label: &str) -> String {
    label.replace('"', "”").replace(['\n', '\r'], " ")
}

/// A fact as a line of an example: `gitt størrelse = 2,5 cm`, `2024-01-31 karsinom = påvist`.
pub fn fact_text(given: &ExampleFact, pathway: &Pathway) -> String {
    let declared = pathway.facts.iter().find(|fact| fact.name == given.fact).map(|fact| &fact.fact_type);
    let value = value(&given.value, declared.unwrap_or(&FactType::YesNo));
    let when = given.date.map_or("gitt".to_owned(), |date| date.to_string());
    format!("{when} {} = {value}", given.fact)
}

/// An event as a line of an example: `2024-01-31 CK ved "HF A"`.
pub fn event_text(event: &ExampleEvent, pathway: &Pathway) -> String {
    let code = event.code.strip_prefix(pathway.id.as_str()).unwrap_or(&event.code);
    let code = code.strip_prefix(':').unwrap_or(code);
    let institution = event.institution.as_ref().map(|name| format!(" ved \"{}\"", quotable(name)));
    format!("{} {code}{}", event.date, institution.unwrap_or_default())
}

fn expected_text(expected: &Expected) -> String {
    match expected {
        Expected::Interval { interval, treatment, status, days } => {
            let treatment = treatment.as_ref().map_or(String::new(), |name| format!(" {name}"));
            let days = days.map_or(String::new(), |days| format!(" {days} dager"));
            format!("{interval}{treatment} {}{days}", word(status, STATUSES))
        }
        Expected::Variant { variant, assumed } => {
            let certainty = CERTAINTIES.iter().find(|(_, meaning)| Some(*meaning) == *assumed);
            let certainty = certainty.map_or(String::new(), |(word, _)| format!(" {word}"));
            format!("variant {variant}{certainty}")
        }
        Expected::State { state } => format!("tilstand {}", word(state, STATES)),
        Expected::Finding { code } => format!("funn {code}"),
        Expected::NoFindings => "ingen funn".to_owned(),
        Expected::Criteria { criteria, result } => format!("kriterier {criteria} {}", word(result, CRITERIA_RESULTS)),
        Expected::Route { route, result } => format!("veivalg {route} {}", word(result, ROUTE_RESULTS)),
        Expected::Investigation { list, item, status } => {
            format!("undersøkelser {list} {item} {}", word(status, INVESTIGATION_STATUSES))
        }
        Expected::Courses { count } => format!("{count} forløp"),
    }
}

/// The author's word for one of the answers' words.
fn word<'a>(meaning: &'a str, words: &Words<&'a str>) -> &'a str {
    words.iter().find(|(_, known)| *known == meaning).map_or(meaning, |(word, _)| word)
}
