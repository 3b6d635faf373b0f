//! What is known of a patient, with one fact changed at a time: every value that conditions tell apart.

use chrono::NaiveDate;

use super::earlier;
use crate::{
    cases::{
        formula::Computed,
        solve::{World, decides, fact_of, points, threshold},
    },
    prove::conditions::value as value_text,
    runtime::due,
    tables::{Condition, Fact, Formula, Pathway, Unit, Value},
};

/// A fact's values, each with the day it became known.
type Values = Vec<(Option<NaiveDate>, Value)>;

/// The worlds beside a world, as far as the conditions ask, each with what is other in it.
pub fn neighbours(pathway: &Pathway, world: &World, conditions: &[&Condition], on: NaiveDate) -> Vec<(String, World)> {
    let mut asked: Vec<&Condition> = Vec::new();
    conditions.iter().for_each(|condition| condition.leaves(&mut |leaf| asked.push(leaf)));
    let mut names: Vec<&str> = Vec::new();
    for name in asked.iter().filter_map(|leaf| fact_of(leaf)) {
        given(pathway, name, &mut names);
    }
    let mut found = Vec::new();
    for fact in pathway.facts.iter().filter(|fact| names.contains(&fact.name.as_str())) {
        let own = || asked.iter().filter(|leaf| fact_of(leaf) == Some(fact.name.as_str()));
        for (what, values) in changes(fact, world, own().copied(), on) {
            let beside = world.with(&fact.name, values, pathway);
            if beside != *world {
                found.push((format!("{} {what}", fact.name), beside));
            }
        }
    }
    for (fact, formula) in pathway.facts.iter().filter_map(|fact| Some((fact, fact.formula.as_ref()?))) {
        let mut inputs = Vec::new();
        given(pathway, &fact.name, &mut inputs);
        let mut without = world.clone();
        without.facts.retain(|known| !inputs.contains(&known.fact.as_str()));
        let own = asked.iter().filter(|leaf| fact_of(leaf) == Some(fact.name.as_str()));
        let thresholds: Vec<&Value> = own.filter_map(|leaf| threshold(leaf)).collect();
        for value in points(&fact.fact_type, &thresholds).into_iter().filter(|_| !thresholds.is_empty()) {
            let what = format!("{} er {}", fact.name, value_text(&value, &fact.fact_type));
            let is = Condition::Is { fact: fact.name.clone(), value };
            let computed = Computed { pathway, fact, formula, on };
            found.extend(computed.worlds(&without, &is, true).into_iter().next().map(|world| (what, world)));
        }
    }
    if asked.iter().any(|leaf| matches!(leaf, Condition::InCourse { .. })) {
        let in_course = world.in_course != Some(true);
        let what = if in_course { "i forløp" } else { "ikke i forløp" };
        found.push((what.to_owned(), World { in_course: Some(in_course), ..world.clone() }));
    }
    found
}

/// Adds the facts that must be given for a fact to be known: itself, or all that it is computed from.
fn given<'p>(pathway: &'p Pathway, name: &str, names: &mut Vec<&'p str>) {
    let Some(fact) = pathway.facts.iter().find(|fact| fact.name == name) else { return };
    if names.contains(&fact.name.as_str()) {
        return;
    }
    names.push(&fact.name);
    let mut read = Vec::new();
    fact.formula.iter().for_each(|formula| reads(formula, &mut read));
    read.into_iter().for_each(|name| given(pathway, name, names));
    if fact.formula.is_some() {
        names.retain(|known| *known != fact.name);
    }
}

fn reads<'f>(formula: &'f Formula, read: &mut Vec<&'f str>) {
    match formula {
        Formula::Number { .. } => {}
        Formula::Fact { fact, .. } | Formula::Rise { fact, .. } => read.push(fact),
        Formula::Compute { left, right, .. } => {
            reads(left, read);
            reads(right, read);
        }
    }
}

/// The other values of one fact, each with its words.
fn changes<'c>(
    fact: &Fact,
    world: &World,
    own: impl Iterator<Item = &'c Condition>,
    on: NaiveDate,
) -> Vec<(String, Values)> {
    let own: Vec<&Condition> = own.collect();
    let current = world.value(&fact.name);
    // What a computed fact is computed from has no thresholds of its own: the value itself is one.
    let thresholds: Vec<&Value> = own.iter().filter_map(|leaf| threshold(leaf)).chain(current).collect();
    let mut changes = vec![("ukjent".to_owned(), Vec::new())];
    for value in points(&fact.fact_type, &thresholds) {
        if Some(&value) != current {
            changes.push((format!("er {}", value_text(&value, &fact.fact_type)), vec![(None, value)]));
        }
    }
    for leaf in own {
        match leaf {
            Condition::Recent { of, amount, unit } => {
                let Some(value) = fitting(fact, of) else { continue };
                let oldest = oldest(on, *amount, *unit);
                changes.push((
                    format!("er {}, så gammel den kan være", value_text(&value, &fact.fact_type)),
                    vec![(Some(oldest), value.clone())],
                ));
                changes.push((
                    format!("er {}, en dag for gammel", value_text(&value, &fact.fact_type)),
                    vec![(Some(earlier(oldest, 1)), value)],
                ));
            }
            Condition::Repeated { of, count, spacing, unit } => {
                let Some(value) = fitting(fact, of) else { continue };
                let apart = spacing.zip(*unit).unwrap_or((1, Unit::Kalenderdager));
                for (count, short, what) in [
                    (*count, 0, "så ofte den må"),
                    (count.saturating_sub(1), 0, "en gang for lite"),
                    (*count, 1, "en dag for tett"),
                ] {
                    let values = repeated(on, count, apart, short);
                    let values = values.into_iter().map(|date| (Some(date), value.clone())).collect();
                    changes.push((format!("er {}, {what}", value_text(&value, &fact.fact_type)), values));
                }
            }
            _ => {}
        }
    }
    changes
}

fn fitting(fact: &Fact, condition: &Condition) -> Option<Value> {
    let mut thresholds = Vec::new();
    condition.leaves(&mut |leaf| thresholds.extend(threshold(leaf)));
    points(&fact.fact_type, &thresholds).into_iter().find(|value| decides(condition, value, fact) == Some(true))
}

/// The first day from which a value is not too old on a day.
pub fn oldest(on: NaiveDate, amount: u32, unit: Unit) -> NaiveDate {
    let mut day = on;
    while let Some(before) = day.pred_opt()
        && due(before, amount, unit).is_some_and(|last| on <= last)
    {
        day = before;
    }
    day
}

/// So many days with a spacing between them, the last as late as it can be; `short` days too little before the last.
fn repeated(on: NaiveDate, count: u32, (amount, unit): (u32, Unit), short: u64) -> Vec<NaiveDate> {
    let mut first = on;
    for _ in 1..count.min(20) {
        first = oldest_apart(first, amount, unit);
    }
    let mut dates = vec![first];
    for _ in 1..count.min(20) {
        let last = dates.last().copied().unwrap_or(first);
        dates.push(due(last, amount, unit).unwrap_or(last).min(on));
    }
    if count == 0 {
        dates.clear();
    } else if count > 1
        && let Some(last) = dates.last_mut()
    {
        *last = earlier(*last, short);
    }
    dates
}

/// The latest day that is so far before another.
fn oldest_apart(day: NaiveDate, amount: u32, unit: Unit) -> NaiveDate {
    let mut before = day;
    while due(before, amount, unit).is_some_and(|due| due > day) {
        let Some(earlier) = before.pred_opt() else { break };
        before = earlier;
    }
    before
}

#[cfg(test)]
mod tests {
    use super::{super::later, *};

    #[test]
    fn spaced_dates_are_just_far_enough_apart() {
        let on = NaiveDate::from_ymd_opt(2024, 3, 31).unwrap();
        let dates = repeated(on, 3, (1, Unit::Måneder), 0);
        assert_eq!(dates.len(), 3);
        for pair in dates.windows(2) {
            assert!(due(pair[0], 1, Unit::Måneder).unwrap() <= pair[1], "{dates:?}");
            assert!(due(later(pair[0], 2), 1, Unit::Måneder).unwrap() > pair[1], "{dates:?}");
        }
        let tight = repeated(on, 3, (1, Unit::Måneder), 1);
        assert!(due(tight[1], 1, Unit::Måneder).unwrap() > tight[2], "{tight:?}");
        assert_eq!(repeated(on, 0, (1, Unit::Måneder), 1), []);
    }

    #[test]
    fn the_oldest_day_is_the_last_that_is_not_too_old() {
        let on = NaiveDate::from_ymd_opt(2024, 3, 29).unwrap();
        assert_eq!(oldest(on, 4, Unit::Uker), earlier(on, 28));
        let day = oldest(on, 1, Unit::Måneder);
        assert!(due(day, 1, Unit::Måneder).unwrap() >= on && due(earlier(day, 1), 1, Unit::Måneder).unwrap() < on);
    }
}
