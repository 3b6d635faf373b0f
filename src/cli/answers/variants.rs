//! A course's variant, with the reason for it.

use comfy_table::Cell;

use super::{grid::Grid, intervals::name};
use crate::{
    cli::words,
    lang::Lang,
    runtime::{Basis, Course, Status, VariantTrace},
    tables::Pathway,
    text,
};

/// The course's variant, and the intervals that another one decided because less was known when they ended.
pub(super) fn variants(pathway: &Pathway, course: &Course, lang: Lang) -> Grid {
    let mut lines: Vec<(Vec<String>, String)> = Vec::new();
    let trace = course.trace.as_ref().filter(|_| !pathway.variants.is_empty());
    for (answer, interval) in course.intervals.iter().zip(trace.iter().flat_map(|trace| &trace.intervals)) {
        let same = (answer.variant, answer.variant_basis) == (course.variant, course.variant_basis);
        if same || answer.status == Status::NotApplicable {
            continue;
        }
        let why = reason(answer.variant, answer.variant_basis, &interval.variant, true, lang);
        match lines.iter_mut().find(|(_, known)| *known == why) {
            Some((names, _)) => names.push(name(answer)),
            None => lines.push((vec![name(answer)], why)),
        }
    }
    let own = trace.map(|trace| {
        let why = reason(course.variant, course.variant_basis, &trace.variant, false, lang);
        ["Variant".to_owned(), why]
    });
    let others = lines.into_iter().map(|(names, why)| {
        let names = words::list(&names, lang);
        [text!("for {names}", "for {names}").get(lang).to_owned(), why]
    });
    Grid::new(1, own.into_iter().chain(others).map(|cells| cells.map(Cell::new_owned)))
}

/// «karsinom (karsinom = påvist fra 15.01.2024)», «hovedforløp (antatt: karsinom er ukjent)». What was unknown in the
/// past has the day on which it was.
fn reason(variant: &str, basis: Basis, trace: &VariantTrace, past: bool, lang: Lang) -> String {
    let decisive: Vec<_> = trace.tried.iter().filter(|tried| tried.result != Some(false)).collect();
    // The main course is known when every variant is false: then all their facts are the reason.
    let used = if decisive.is_empty() { trace.tried.iter().collect() } else { decisive };
    let mut facts: Vec<String> = Vec::new();
    for fact in used.iter().flat_map(|tried| &tried.facts) {
        let name = fact.fact;
        let words = match (basis, fact.value, fact.date) {
            (Basis::Assumed, None, _) => name.to_owned(),
            (Basis::Known, Some(value), Some(date)) => {
                let date = words::date(date, lang);
                text!("{name} = {value} fra {date}", "{name} = {value} from {date}").get(lang).to_owned()
            }
            (Basis::Known, Some(value), None) => format!("{name} = {value}"),
            (Basis::Assumed, Some(_), _) | (Basis::Known, None, _) => continue,
        };
        if !facts.contains(&words) {
            facts.push(words);
        }
    }
    let (day, facts) = (words::date(trace.on, lang), words::list(&facts, lang));
    let why = match basis {
        Basis::Known if facts.is_empty() => return variant.to_owned(),
        Basis::Known => text!("{facts}", "{facts}"),
        Basis::Assumed if facts.is_empty() => text!("antatt", "assumed"),
        Basis::Assumed if past => text!("antatt: {facts} var ukjent {day}", "assumed: {facts} not known on {day}"),
        Basis::Assumed => text!("antatt: {facts} er ukjent", "assumed: {facts} not known"),
    };
    format!("{variant} ({})", why.get(lang))
}
