//! A sequence of codes as an example that can be run.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};

use super::model::Model;
use crate::{
    cases::{alone, expected},
    runtime::Evaluator,
    tables::{Example, ExampleEvent, Expected, Origin},
};

/// The days between events: a week if validity allows.
const SPACINGS: [i64; 2] = [7, 1];

/// The codes as an example that expects what the evaluator answers; none if no days can be found that are far enough apart.
pub(super) fn example(model: &Model, word: &[usize], name: &str, origin: &Origin) -> Option<Example> {
    let pathway = model.pathway;
    let dates = SPACINGS.into_iter().find_map(|spacing| dates(model, word, TimeDelta::days(spacing)))?;
    let opened = word.iter().filter(|code| model.opens(**code)).count();
    let mut institutions = 0;
    let mut events = Vec::new();
    for (code, date) in word.iter().zip(&dates) {
        // A new start at another institution is no finding (E3).
        let institution = (opened > 1 && model.opens(*code)).then(|| {
            institutions += 1;
            format!("sykehus {institutions}")
        });
        events.push(ExampleEvent { date: *date, code: pathway.codes.get(*code)?.code.clone(), institution });
    }
    let as_of = *dates.last()?;
    let (name, origin) = (name.to_owned(), origin.clone());
    let mut example = Example { name, as_of, events, facts: Vec::new(), expectations: Vec::new(), origin };
    let tables = alone(pathway.clone());
    let told = expected(&Evaluator::new(&tables).ok()?, pathway, &example);
    let of_order = |expected: &Expected| {
        matches!(expected, Expected::Finding { .. } | Expected::NoFindings | Expected::State { .. })
    };
    example.expectations = told.into_iter().filter(|expectation| of_order(&expectation.expected)).collect();
    let same_course: HashSet<u32> = example.expectations.iter().map(|expectation| expectation.course).collect();
    (same_course.len() == 1).then_some(example)
}

/// A day for each event, so far apart and when its code is valid.
fn dates(model: &Model, word: &[usize], spacing: TimeDelta) -> Option<Vec<NaiveDate>> {
    let first = NaiveDate::from_ymd_opt(2024, 1, 8)?;
    let mut latest = NaiveDate::from_ymd_opt(2200, 1, 1)?;
    for code in word.iter().rev() {
        latest = model.valid(*code).1.map_or(latest, |to| to.min(latest)).checked_sub_signed(spacing)?;
    }
    let mut earliest = first.min(latest.checked_add_signed(spacing)?);
    let mut dates = Vec::new();
    for code in word {
        let (from, to) = model.valid(*code);
        let date = from.map_or(earliest, |from| from.max(earliest));
        if to.is_some_and(|to| to < date) {
            return None;
        }
        dates.push(date);
        earliest = date.checked_add_signed(spacing)?;
    }
    Some(dates)
}
