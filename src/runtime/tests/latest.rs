//! How late what remains can come, held against trying every day.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::{prelude::*, sample::select};

use super::*;
use crate::{
    runtime::{Event, Status},
    tables::{Form, Limit, Unit},
};

/// The latest days in short: `CK 2024-01-30 (OF2 2024-01-30)`, with what is lost after `!`.
fn in_short(course: &Course) -> Vec<String> {
    let name = |interval: &str, treatment: Option<&str>| match treatment {
        Some(treatment) => format!("{interval} {treatment}"),
        None => interval.to_owned(),
    };
    let one = |latest: &crate::runtime::Latest| {
        let mut text = latest.codes.join(" ").replace("A39", "");
        let because = latest.because.as_ref().map(|limit| (name(limit.interval, limit.treatment), limit.due.unwrap()));
        if let (Some(day), Some((name, due))) = (latest.latest, because) {
            text.push_str(&format!(" {day} ({name} {due})"));
        }
        for lost in &latest.lost {
            text.push_str(&format!(" !{}", name(lost.interval, lost.treatment)));
        }
        text
    };
    course.latest.iter().flatten().map(one).collect()
}

fn latest(pathway: Pathway, of_events: &str, as_of: &str) -> Vec<String> {
    let tables = tables([pathway]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let options = Options { latest: true, ..Options::default() };
    let events = events(of_events);
    let courses = evaluator.patient("p1", &events, &[], day(as_of), options);
    courses.iter().flat_map(in_short).collect()
}

/// OF1 14, OF2 21, OF3 21 and OF4 56 days.
fn plain() -> Pathway {
    let mut pathway = net("A39");
    pathway.variants.clear();
    pathway.limits.retain(|row| row.variant.is_none());
    pathway
}

#[test]
fn each_remaining_point_has_its_latest_day() {
    assert_eq!(
        latest(plain(), "2024-01-01 A39A", "2024-01-02"),
        [
            "S 2024-01-15 (OF1 2024-01-15)",
            "CK 2024-02-05 (OF2 2024-02-05)",
            "FK 2024-02-26 (OF3 kirurgi 2024-02-26)",
            "FM 2024-02-26 (OF3 medikamentell 2024-02-26)",
            "FS 2024-02-26 (OF3 stråle 2024-02-26)",
        ]
    );
    // Nothing remains of a course that is completed or closed.
    assert!(latest(plain(), "2024-01-01 A39A, 2024-01-09 A39FK", "2024-01-10").is_empty());
    assert!(latest(plain(), "2024-01-01 A39A, 2024-01-09 A39X", "2024-01-10").is_empty());
}

#[test]
fn what_is_lost_does_not_hold_back_the_rest() {
    // The first attendance was late, so the total leaves less than the parts together.
    assert_eq!(
        latest(plain(), "2024-01-01 A39A, 2024-02-10 A39S", "2024-02-11")[..2],
        ["CK 2024-02-26 (OF4 kirurgi 2024-02-26)", "FK 2024-02-26 (OF4 kirurgi 2024-02-26)"]
    );
    // Past the total: the parts are still worth keeping.
    assert_eq!(
        latest(plain(), "2024-01-01 A39A, 2024-02-20 A39S", "2024-03-10")[..2],
        ["CK 2024-03-12 (OF2 2024-03-12)", "FK 2024-04-02 (OF3 kirurgi 2024-04-02) !OF4 kirurgi"]
    );
}

#[test]
fn a_least_time_must_find_room() {
    let mut pathway = plain();
    for row in &mut pathway.limits {
        if row.interval == "OF3" {
            (row.form, row.amount) = (Form::AtLeast, Some(30));
        }
    }
    // The treatment comes by 26 February, and at least 30 days after the decision.
    assert_eq!(
        latest(pathway, "2024-01-01 A39A, 2024-01-10 A39S", "2024-01-11")[..2],
        ["CK 2024-01-27 (OF4 kirurgi 2024-02-26)", "FK 2024-02-26 (OF4 kirurgi 2024-02-26)"]
    );
}

fn any_row() -> impl Strategy<Value = (Form, u32, u32, Unit)> {
    let form = select(vec![Form::AtMost, Form::AtMost, Form::AtMost, Form::AtLeast, Form::Between, Form::Unquantified]);
    let unit = select(vec![Unit::Kalenderdager, Unit::Kalenderdager, Unit::Arbeidsdager, Unit::Virkedager]);
    (form, 0u32..4, 0u32..4, unit)
}

fn quantify(row: &mut Limit, (form, least, more, unit): (Form, u32, u32, Unit)) {
    row.form = form;
    row.minimum = (form == Form::Between).then_some(least);
    row.amount = (form != Form::Unquantified).then_some(least + more);
    row.unit = (form != Form::Unquantified).then_some(unit);
}

/// The farthest that days are tried for S, CK and the treatment: each far enough for every least time before it.
const HORIZON: [u64; 3] = [7, 17, 27];

/// Whether a limit is kept, by its interval and treatment; a limit that is not asked of has no entry.
fn kept(evaluator: &Evaluator, events: &[Event]) -> BTreeMap<(String, Option<String>), bool> {
    let last = day("2024-06-30");
    let courses = evaluator.patient("p1", events, &[], last, Options::default());
    let answers = courses.iter().flat_map(|course| &course.intervals);
    let asked = answers.filter(|answer| answer.to.is_some() && answer.from.is_some());
    let broken = |status| matches!(status, Status::Exceeded | Status::TooEarly | Status::InvalidOrder);
    asked
        .map(|answer| ((answer.interval.to_owned(), answer.treatment.map(str::to_owned)), !broken(answer.status)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    /// A claimed day can be kept to without breaking any limit but those that are lost, and no later day can; and what
    /// is lost cannot be kept beside the others.
    #[test]
    fn trying_every_day_finds_the_same(
        rows in prop::collection::vec(any_row(), 6),
        gaps in prop::collection::vec(0u64..6, 3),
        came in 1usize..4,
    ) {
        let mut pathway = plain();
        pathway.limits.retain(|row| row.treatment.as_deref() != Some("stråle"));
        pathway.limits.iter_mut().zip(rows).for_each(|(row, with)| quantify(row, with));
        let tables = tables([pathway]);
        let evaluator = Evaluator::new(&tables).unwrap();
        let event = |date, code| Event { date, code, institution: None, course: None };
        let all = ["A39A", "A39S", "A39CK"];
        let mut date = day("2024-04-24");
        let mut events = Vec::new();
        for (code, gap) in all.into_iter().zip(&gaps).take(came) {
            events.push(event(date, code));
            date = date + Days::new(*gap);
        }
        let as_of = date;
        let days = |point: usize| (0..=HORIZON[point]).map(move |days| as_of + Days::new(days));
        let horizon = as_of + Days::new(HORIZON[0]);
        let options = Options { latest: true, ..Options::default() };
        let courses = evaluator.patient("p1", &events, &[], as_of, options);
        let claimed = courses[0].latest.clone().unwrap();
        let is_lost = |key: &(String, Option<String>)| claimed.iter().flat_map(|latest| &latest.lost)
            .any(|lost| (lost.interval, lost.treatment) == (key.0.as_str(), key.1.as_deref()));

        // The latest day of each point, for the treatment that has least room; and what can be kept beside the rest.
        let mut found: BTreeMap<&str, NaiveDate> = BTreeMap::new();
        for treatment in ["A39FK", "A39FM"] {
            let mut best: BTreeMap<&str, NaiveDate> = BTreeMap::new();
            let none: Vec<Option<NaiveDate>> = vec![None];
            let some = |point: usize| days(point).map(Some).collect();
            let (first, second) = (if came < 2 { some(0) } else { none.clone() }, if came < 3 { some(1) } else { none });
            for s in &first {
                for ck in &second {
                    for f in days(2) {
                        let chosen: Vec<(&str, NaiveDate)> = [("A39S", *s), ("A39CK", *ck), (treatment, Some(f))]
                            .into_iter().filter_map(|(code, date)| Some((code, date?))).collect();
                        if !chosen.is_sorted_by_key(|(_, date)| *date) {
                            continue;
                        }
                        let mut tried = events.clone();
                        tried.extend(chosen.iter().map(|(code, date)| event(*date, code)));
                        let kept = kept(&evaluator, &tried);
                        if kept.iter().any(|(key, kept)| !kept && !is_lost(key)) {
                            continue;
                        }
                        for (key, kept) in &kept {
                            prop_assert!(!kept || !is_lost(key), "{key:?} is not lost: {chosen:?}");
                        }
                        for (code, date) in chosen {
                            best.entry(code).and_modify(|known| *known = date.max(*known)).or_insert(date);
                        }
                    }
                }
            }
            for (code, date) in best {
                found.entry(code).and_modify(|known| *known = date.min(*known)).or_insert(date);
            }
        }
        for latest in &claimed {
            let [code] = latest.codes.as_slice() else { continue };
            if let Some(found) = found.get(code) {
                match latest.latest.filter(|day| *day <= horizon) {
                    Some(day) => prop_assert_eq!(day, *found, "{}: {:?}", code, claimed),
                    None => prop_assert!(horizon <= *found, "{code} {found}: {claimed:?}"),
                }
            }
        }
    }
}
