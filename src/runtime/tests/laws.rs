//! What holds for all patients.

use chrono::{Days, NaiveDate};
use proptest::{collection::btree_map, prelude::*, sample::select};

use super::*;
use crate::{
    runtime::{Event, FactEvent, Status, prepare::Prepared},
    tables::Limit,
};

pub fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..40).prop_map(|days| day("2024-01-01") + Days::new(days))
}

pub fn one_of(names: &[&'static str]) -> impl Strategy<Value = &'static str> {
    select(names.to_vec())
}

fn any_code() -> impl Strategy<Value = &'static str> {
    one_of(&["A39A", "A39S", "A39O", "A39CK", "A39CM", "A39FK", "A39FM", "A39X", "A39Z", "B01A"])
}

/// Institution and course id.
fn any_names() -> impl Strategy<Value = (Option<&'static str>, Option<&'static str>)> {
    let name = |names| prop::option::weighted(0.3, one_of(names));
    (name(&["HUS", "OUS"]), name(&["k1", "k2"]))
}

pub fn any_value() -> impl Strategy<Value = &'static str> {
    one_of(&["påvist", "utelukket", "kanskje"])
}

/// Events of which no two have the same date and code.
fn distinct_events() -> impl Strategy<Value = Vec<Event<'static>>> {
    btree_map((any_day(), any_code()), any_names(), 0..12).prop_map(|events| {
        let events = events.into_iter();
        events.map(|((date, code), (institution, course))| Event { date, code, institution, course }).collect()
    })
}

/// Facts of which no two have the same date.
fn distinct_facts() -> impl Strategy<Value = Vec<FactEvent<'static>>> {
    btree_map(prop::option::of(any_day()), any_value(), 0..4)
        .prop_map(|facts| facts.into_iter().map(|(date, value)| FactEvent { date, fact: "karsinom", value }).collect())
}

/// A list, and the same in another order.
fn shuffled<T: Clone + std::fmt::Debug>(list: impl Strategy<Value = Vec<T>>) -> impl Strategy<Value = [Vec<T>; 2]> {
    list.prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle()).prop_map(|(a, b)| [a, b]))
}

proptest! {
    #[test]
    fn input_order_matters_only_among_equals(
        events in shuffled(distinct_events()),
        facts in shuffled(distinct_facts()),
    ) {
        let tables = tables([net("A39")]);
        let evaluator = Evaluator::new(&tables).unwrap();
        let options = Options { trace: true, ..Options::default() };
        let judge = |at: usize| evaluator.patient("p", &events[at], &facts[at], day("2024-02-01"), options);
        prop_assert_eq!(judge(0), judge(1));
    }

    #[test]
    fn answers_are_whole(
        events in prop::collection::vec((any_day(), any_code(), any_names()), 0..16),
        facts in distinct_facts(),
        as_of in any_day(),
    ) {
        let one = |(date, code, (institution, course))| Event { date, code, institution, course };
        let events: Vec<_> = events.into_iter().map(one).collect();
        let tables = tables([net("A39")]);
        let evaluator = Evaluator::new(&tables).unwrap();
        let courses = evaluator.patient("p", &events, &facts, as_of, Options::default());
        let traced = evaluator.patient("p", &events, &facts, as_of, Options { trace: true, ..Options::default() });
        prop_assert!(courses.iter().map(|course| course.course).eq(1..=courses.len() as u32));
        for (course, traced) in courses.iter().zip(traced) {
            prop_assert_eq!(course, &Course { trace: None, ..traced });
            prop_assert!(course.start.is_none_or(|start| start <= as_of));
            prop_assert_eq!(course.intervals.len(), 8);
            for answer in &course.intervals {
                let under_way = matches!(answer.status, Status::Running | Status::Overdue);
                prop_assert_eq!(answer.days.is_some(), answer.from.is_some() && answer.to.is_some());
                prop_assert_eq!(answer.days_left.is_some(), under_way);
                prop_assert_eq!(answer.due.is_some(), answer.from.is_some() && answer.limit.is_some());
                prop_assert!(answer.status != Status::NotApplicable || answer.from.or(answer.to).is_none());
            }
            for finding in &course.findings {
                prop_assert!(finding.dates.is_sorted_by(|a, b| a < b));
            }
        }
    }

    /// Each row is split in two at a day of its own, the later one with another amount or left out.
    #[test]
    fn the_index_finds_the_rows_that_the_tables_find(
        splits in prop::collection::vec((any_day(), prop::option::of(1u32..30)), 15),
        asked in any_day(),
    ) {
        let mut pathway = net("A39");
        let whole = std::mem::take(&mut pathway.limits);
        for (row, (split, amount)) in whole.into_iter().zip(splits) {
            let later = Limit { valid_from: Some(split), amount, ..row.clone() };
            pathway.limits.extend(amount.filter(|_| row.amount.is_some()).map(|_| later));
            pathway.limits.push(Limit { valid_to: split.pred_opt(), ..row });
        }
        let prepared = Prepared::new(&pathway).unwrap();
        let rows = prepared.limits.on(asked);
        for (number, measure) in prepared.measures.iter().enumerate() {
            let treatment = measure.treatment.map(|treatment| treatment.name.as_str());
            for (variant, name) in [(None, None), (Some(0), Some("karsinom"))] {
                prop_assert_eq!(
                    rows.of(number, variant).map(|row| row.limit),
                    pathway.limit(measure.interval, treatment, name, asked)
                );
            }
        }
    }
}
