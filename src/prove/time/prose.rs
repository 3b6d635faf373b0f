//! Numbers in prose that disagree with the rows of the interval that the same sentence names. Where a sentence can be read
//! in several ways nothing is said: a remark that is wrong costs more than one that is not made.

use std::ops::Range;

use super::{
    super::place::Places,
    amounts::{Said, said, words},
    rows,
};
use crate::{
    diagnostic::{Code as F, Finding},
    lang::Text,
    tables::{Content, Item, Limit, Origin, Pathway},
    text,
};

/// A text, where it is written, and the interval that it is about without naming it.
struct Prose<'t> {
    text: &'t str,
    origin: &'t Origin,
    about: Option<&'t Limit>,
}

pub(super) fn find(pathway: &Pathway, places: &Places) -> Vec<Finding> {
    let mut texts = Vec::new();
    let phases = pathway.phases.iter().flat_map(|phase| &phase.content);
    for content in pathway.content.iter().chain(phases) {
        collect(content, &mut texts);
    }
    for variant in &pathway.variants {
        texts.push(Prose { text: &variant.label, origin: &variant.origin, about: None });
    }
    for limit in &pathway.limits {
        // A note that stands on a whole table is about no row in particular.
        let shared = pathway.limits.iter().any(|other| other.note == limit.note && other.origin != limit.origin);
        if let (Some(note), false) = (&limit.note, shared) {
            texts.push(Prose { text: note, origin: &limit.origin, about: Some(limit) });
        }
    }
    texts.iter().flat_map(|prose| wrong(pathway, prose, places)).collect()
}

/// What an author writes of their own pathway. What is open or missing tells of other sources' numbers.
fn collect<'t>(content: &'t Content, texts: &mut Vec<Prose<'t>>) {
    let mut add = |text: &'t str, origin| texts.push(Prose { text, origin, about: None });
    match content {
        Content::Text { markdown, origin, .. } => add(markdown, origin),
        Content::List(list) => {
            add(&list.label, &list.origin);
            list.items.iter().for_each(|item| items(item, texts));
        }
        Content::Responsibility { what, origin, .. } => add(what, origin),
        Content::Referral(referral) => referral.note.iter().for_each(|note| add(note, &referral.origin)),
        Content::Criteria(_)
        | Content::Routes(_)
        | Content::Link { .. }
        | Content::Open { .. }
        | Content::Missing { .. } => {}
    }
}

fn items<'t>(item: &'t Item, texts: &mut Vec<Prose<'t>>) {
    texts.push(Prose { text: &item.text, origin: &item.origin, about: None });
    item.items.iter().for_each(|item| items(item, texts));
}

fn wrong(pathway: &Pathway, prose: &Prose, places: &Places) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sentence in sentences(prose.text) {
        let Some(text) = prose.text.get(sentence.clone()) else { continue };
        if let [said] = said(text).as_slice() {
            findings.extend(disagreement(pathway, prose, (text, sentence.start), said, places));
        }
    }
    findings
}

/// From the first letter to the stop; a number's point is none.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let ends = |(at, letter): &(usize, char)| {
        let rest = text.get(at + letter.len_utf8()..).unwrap_or_default();
        match letter {
            '.' | '!' | '?' | ':' | ';' => rest.is_empty() || rest.starts_with(char::is_whitespace),
            '\n' => rest.trim_start_matches(' ').starts_with(['\n', '-', '*', '#']),
            _ => false,
        }
    };
    for (at, letter) in text.char_indices().filter(ends) {
        sentences.push(start..at);
        start = at + letter.len_utf8();
    }
    sentences.push(start..text.len());
    sentences
}

fn disagreement(
    pathway: &Pathway,
    prose: &Prose,
    (sentence, start): (&str, usize),
    said: &Said,
    places: &Places,
) -> Option<Finding> {
    let rows = meant(pathway, sentence, prose.about)?;
    let numbers = rows.iter().map(|row| Some((row.amount?, row.unit?, row.minimum)));
    // A row without a number leaves room for every number.
    let numbers: Vec<_> = numbers.collect::<Option<_>>()?;
    let agrees = |(amount, unit, minimum): &(u32, _, Option<u32>)| {
        said.agrees(*amount, *unit) || minimum.is_some_and(|minimum| said.agrees(minimum, *unit))
    };
    if numbers.iter().any(agrees) {
        return None;
    }
    let row = rows.first()?;
    let written = sentence.get(said.at.clone())?;
    let Text { nb, en } = rows::amount(row);
    let name = rows::name(row);
    let words = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = text!(
        "Teksten sier «{words}», men raden for {name} sier {nb}",
        "The text says «{words}», but the row of {name} says {en}"
    );
    let help = text!("Rett den som er feil.", "Correct the one that is wrong.");
    let before = prose.text.get(..start + said.at.start)?;
    let place = places.of_text(prose.origin, written, before.matches(written).count());
    let place = place.or_else(|| places.of(prose.origin))?;
    let finding = Finding::new(F::ProseDisagrees, place, message).help(help);
    Some(match places.of(&row.origin).filter(|_| row.origin != *prose.origin) {
        Some(place) => finding.related(place, text!("raden", "the row")),
        None => finding,
    })
}

/// The rows of the one interval that the sentence names, or of the one that a row's note stands on; of the treatments and
/// variants that it names, if it names any.
fn meant<'t>(pathway: &'t Pathway, sentence: &str, about: Option<&'t Limit>) -> Option<Vec<&'t Limit>> {
    let named: Vec<&str> = pathway
        .intervals
        .iter()
        .filter(|interval| names(sentence, &interval.name) || contains(sentence, &interval.label))
        .map(|interval| interval.name.as_str())
        .collect();
    let rows: Vec<&Limit> = match (named.as_slice(), about) {
        ([], Some(row)) => pathway.limits.iter().filter(|other| other.origin == row.origin).collect(),
        ([name], _) => pathway.limits.iter().filter(|row| row.interval == *name).collect(),
        _ => return None,
    };
    let narrowed = |rows: Vec<&'t Limit>, of: fn(&Limit) -> Option<&String>, says: &dyn Fn(&str) -> bool| {
        let some = rows.iter().any(|row| of(row).is_some_and(|name| says(name)));
        let keep = |row: &&Limit| !some || of(row).is_some_and(|name| says(name));
        rows.into_iter().filter(keep).collect::<Vec<_>>()
    };
    let rows = narrowed(rows, |row| row.treatment.as_ref(), &|name| mentions(sentence, name));
    let label = |name: &str| pathway.variants.iter().find(|variant| variant.name == name).map(|variant| &variant.label);
    let says = |name: &str| names(sentence, name) || label(name).is_some_and(|label| contains(sentence, label));
    Some(narrowed(rows, |row| row.variant.as_ref(), &says))
}

/// Whether a word of the sentence is this name.
fn names(sentence: &str, name: &str) -> bool {
    words(sentence).into_iter().any(|word| sentence.get(word) == Some(name))
}

/// Whether a word of the sentence begins with this name: «stråle», «strålebehandling».
fn mentions(sentence: &str, name: &str) -> bool {
    let sentence = sentence.to_lowercase();
    words(&sentence).into_iter().any(|word| sentence.get(word).is_some_and(|word| word.starts_with(name)))
}

fn contains(sentence: &str, label: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    !label.is_empty() && plain(sentence).contains(&plain(label))
}
