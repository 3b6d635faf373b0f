//! E6 and rule 4: which variant holds, and why.

use super::*;
use crate::{
    runtime::{Basis, FactUsed},
    tables::{Condition, Fact, FactType, Variant},
};

const COURSE: &str = "2024-01-08 A39A, 2024-01-12 A39S, 2024-01-19 A39CK";

/// The variant of OF1 (ended on the 12th), OF2 (ended on the 19th) and the course on 30 June.
fn variants(facts: &str) -> String {
    judged(net("A39"), [COURSE, facts, "2024-06-30"], |courses| {
        let basis = |basis| if basis == Basis::Known { "" } else { "?" };
        let course = &courses[0];
        let of_intervals: String =
            course.intervals[..2].iter().map(|one| format!("{}{} ", one.variant, basis(one.variant_basis))).collect();
        format!("{of_intervals}{}{}", course.variant, basis(course.variant_basis))
    })
}

#[test]
fn what_was_known_on_the_end_date_decides() {
    for (facts, expected) in [
        ("", "hovedforløp? hovedforløp? hovedforløp?"),
        ("karsinom=påvist", "karsinom karsinom karsinom"),
        ("karsinom=utelukket", "hovedforløp hovedforløp hovedforløp"),
        ("2024-01-12 karsinom=påvist", "karsinom karsinom karsinom"),
        ("2024-01-13 karsinom=påvist", "hovedforløp? karsinom karsinom"),
        ("karsinom=utelukket, 2024-01-20 karsinom=påvist", "hovedforløp hovedforløp karsinom"),
        ("2024-01-15 karsinom=påvist, 2024-01-10 karsinom=utelukket", "hovedforløp karsinom karsinom"),
        // An undated value counts before all dated ones, wherever it stands.
        ("2024-01-10 karsinom=påvist, karsinom=utelukket", "karsinom karsinom karsinom"),
        ("2024-07-01 karsinom=påvist", "hovedforløp? hovedforløp? hovedforløp?"),
        ("karsinom=kanskje, røyker=ja", "hovedforløp? hovedforløp? hovedforløp?"),
    ] {
        assert_eq!(variants(facts), expected, "{facts}");
    }
}

#[test]
fn values_in_conflict_are_a_finding_and_the_later_holds() {
    for (facts, expected, dates) in [
        ("2024-01-10 karsinom=påvist, 2024-01-10 karsinom=påvist", "karsinom", None),
        ("2024-01-10 karsinom=påvist, 2024-01-10 karsinom=utelukket", "hovedforløp", Some(" 2024-01-10")),
        ("karsinom=utelukket, karsinom=påvist", "karsinom", Some("")),
        (
            "2024-02-10 karsinom=utelukket, 2024-01-10 karsinom=påvist, 2024-01-10 karsinom=utelukket, \
             2024-02-10 karsinom=påvist, karsinom=utelukket, karsinom=påvist",
            "karsinom",
            Some(" 2024-01-10 2024-02-10"),
        ),
        ("2024-01-10 karsinom=påvist, 2024-01-10 karsinom=kanskje", "karsinom", None),
        ("karsinom=utelukket, 2024-07-10 karsinom=påvist, 2024-07-10 karsinom=utelukket", "hovedforløp", None),
        ("karsinom=påvist, karsinom=utelukket, karsinom=påvist", "karsinom", Some("")),
    ] {
        judged(net("A39"), [COURSE, facts, "2024-06-30"], |courses| {
            assert_eq!(courses[0].variant, expected, "{facts}");
            let found: Vec<_> = dates.map(|dates| format!("conflicting_fact{dates}")).into_iter().collect();
            assert_eq!(findings_in_short(&courses[0]), found, "{facts}");
        });
    }
}

#[test]
fn every_course_has_the_conflict_of_its_patient() {
    let events = "2024-01-08 A39A, 2024-01-12 A39X, 2024-01-19 A39A";
    judged(net("A39"), [events, "karsinom=påvist, karsinom=utelukket", "2024-06-30"], |courses| {
        assert_eq!(courses.len(), 2);
        for course in courses {
            assert_eq!(findings_in_short(course), ["conflicting_fact"]);
            assert_eq!(
                course.findings[0].message,
                "«karsinom» er både «påvist» og «utelukket» uten dato; «utelukket» står sist og gjelder"
            );
        }
    });
}

#[test]
fn an_unknown_variant_stops_the_search() {
    let mut pathway = net("A39");
    let fact = Fact { name: "haster".into(), fact_type: FactType::YesNo, ..pathway.facts[0].clone() };
    pathway.facts.push(fact);
    let when = Condition::Is { fact: "haster".into(), value: crate::tables::Value::YesNo(true) };
    pathway.variants.push(Variant { name: "haster".into(), when, ..pathway.variants[0].clone() });
    for (facts, expected) in [
        ("haster=ja", ("hovedforløp", Basis::Assumed, 1)),
        ("haster=ja, karsinom=utelukket", ("haster", Basis::Known, 2)),
        ("haster=ja, karsinom=påvist", ("karsinom", Basis::Known, 1)),
        ("karsinom=utelukket", ("hovedforløp", Basis::Assumed, 2)),
        ("haster=nei, karsinom=utelukket", ("hovedforløp", Basis::Known, 2)),
    ] {
        judged(pathway.clone(), [COURSE, facts, "2024-06-30"], |courses| {
            let tried = &courses[0].trace.as_ref().unwrap().variant.tried;
            assert_eq!((courses[0].variant, courses[0].variant_basis, tried.len()), expected, "{facts}");
        });
    }
}

#[test]
fn a_variant_uses_its_own_rows_and_inherits_the_rest() {
    let given = "2024-01-08 A39A, 2024-01-12 A39S, 2024-01-19 A39CK, 2024-02-02 A39FS";
    judged(net("A39"), [given, "karsinom=påvist", "2024-06-30"], |courses| {
        let answers: Vec<_> = courses[0].intervals.iter().map(in_short).collect();
        assert_eq!(
            answers,
            [
                "OF1 within 4 of 4, due 2024-01-12",
                "OF2 exceeded 7 of 4, due 2024-01-16",
                "OF3 kirurgi not_applicable of 14",
                "OF3 medikamentell not_applicable of 7",
                "OF3 stråle within 14 of 21, due 2024-02-09",
                "OF4 kirurgi not_applicable",
                "OF4 medikamentell not_applicable",
                "OF4 stråle no_limit 25",
            ]
        );
    });
}

#[test]
fn the_trace_names_points_rows_and_facts() {
    let facts = "karsinom=utelukket, 2024-01-13 karsinom=påvist";
    let given = "2024-01-08 A39A, 2024-01-12 A39S, 2024-01-19 A39CK, 2024-02-02 A39FS";
    judged(net("A39"), [given, facts, "2024-06-30"], |courses| {
        let trace = courses[0].trace.as_ref().unwrap();
        let lines: Vec<_> = trace.intervals.iter().map(|one| one.row.unwrap().line).collect();
        assert_eq!(lines, [41, 50, 51, 52, 45, 53, 54, 55]);
        let inherited: Vec<_> = trace.intervals.iter().map(|one| one.inherited).collect();
        assert_eq!(inherited, [false, false, false, false, true, false, false, false]);
        let of1 = &trace.intervals[0];
        assert_eq!((of1.from.as_ref().unwrap().code, of1.to.as_ref().unwrap().date), ("A39A", day("2024-01-12")));
        assert_eq!((of1.variant.on, of1.variant.tried[0].result), (day("2024-01-12"), Some(false)));
        let of2 = &trace.intervals[1].variant;
        let used = FactUsed { fact: "karsinom", value: Some("påvist"), date: Some(day("2024-01-13")) };
        assert_eq!((of2.on, of2.tried[0].result, &of2.tried[0].facts), (day("2024-01-19"), Some(true), &vec![used]));
        // The end is shown also where it picks another treatment.
        assert_eq!(trace.intervals[2].to.as_ref().unwrap().code, "A39FS");
    });
}
