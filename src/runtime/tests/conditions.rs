//! What conditions say of values, their dates and the patient's courses.

use super::{made::*, *};
use crate::{
    runtime::{Basis, CodeUse, FactProblem},
    tables::{Comparison, Condition, Fact, Formula, Operator, Unit, Value, Variant},
};

/// What a condition says on 30 June 2024: `ja`, `nei` or `ukjent`.
fn says(facts: &[Fact], when: &Condition, given: &str) -> &'static str {
    let variant = Variant { name: "slik".into(), label: String::new(), when: when.clone(), origin: origin(30) };
    let pathway = Pathway { variants: vec![variant], ..pathway(facts.to_vec(), []) };
    judged(pathway, ["2024-01-08 A39A", given, "2024-06-30"], |courses| {
        match (courses[0].variant, courses[0].variant_basis) {
            ("slik", _) => "ja",
            (_, Basis::Known) => "nei",
            (_, Basis::Assumed) => "ukjent",
        }
    })
}

fn check(facts: &[Fact], when: &Condition, cases: &[(&str, &str)]) {
    for (given, expected) in cases {
        assert_eq!(says(facts, when, given), *expected, "{given}");
    }
}

#[test]
fn scales_have_an_order() {
    let facts = declared("bethesda I<II<III<IV<V<VI");
    let compare = |comparison, value: &str| Condition::Compare {
        fact: "bethesda".into(),
        comparison,
        value: Value::Choice(value.into()),
    };
    let cases = [("bethesda=IV", "nei"), ("bethesda=V", "ja"), ("bethesda=VI", "ja"), ("", "ukjent")];
    check(&facts, &compare(Comparison::AtLeast, "V"), &cases);
    check(&facts, &compare(Comparison::Below, "II"), &[("bethesda=I", "ja"), ("bethesda=II", "nei")]);
    check(&facts, &is("bethesda", "II"), &[("bethesda=I", "nei"), ("bethesda=II", "ja")]);
}

#[test]
fn values_are_converted_to_the_unit_of_the_fact() {
    let facts = declared("knute tall cm");
    let cases = [("knute=25mm", "ja"), ("knute=0.024m", "nei"), ("knute=2.5", "ja"), ("knute=3kg", "ukjent")];
    check(&facts, &at_least("knute", 2.5), &cases);
}

#[test]
fn values_are_counted_when_they_are_far_enough_apart() {
    let facts = declared("stix tall");
    let repeated = |count, spacing| Condition::Repeated {
        of: Box::new(at_least("stix", 2.0)),
        count,
        spacing,
        unit: Some(Unit::Måneder),
    };
    let three = "2024-01-31 stix=2, 2024-02-29 stix=3, 2024-03-28 stix=2, 2024-03-29 stix=2";
    check(
        &facts,
        &repeated(3, Some(1)),
        &[
            ("", "ukjent"),
            ("2024-07-01 stix=2", "ukjent"),
            ("stix=1", "nei"),
            (three, "ja"),
            // The third comes a day too early, and the fourth does not come.
            ("2024-01-31 stix=2, 2024-02-29 stix=3, 2024-03-28 stix=2", "nei"),
            // Greedy from the first that holds.
            ("2024-01-01 stix=1, 2024-01-31 stix=2, 2024-02-15 stix=2, 2024-03-01 stix=2, 2024-04-01 stix=2", "ja"),
            ("stix=2, stix=3, 2024-01-31 stix=2", "nei"),
            ("stix=2, 2024-01-31 stix=2, 2024-02-29 stix=2", "ja"),
        ],
    );
    check(
        &facts,
        &repeated(2, None),
        &[("2024-01-31 stix=2, 2024-01-31 stix=2", "ja"), ("2024-01-31 stix=2, 2024-02-01 stix=1", "nei")],
    );
    check(&facts, &repeated(0, None), &[("stix=1", "ja"), ("", "ukjent")]);
}

#[test]
fn the_latest_value_can_be_too_old() {
    let facts = declared("rtg ja");
    let recent = Condition::Recent { of: Box::new(yes("rtg")), amount: 4, unit: Unit::Uker };
    check(
        &facts,
        &recent,
        &[
            ("", "ukjent"),
            ("rtg=ja", "ukjent"),
            ("rtg=nei", "nei"),
            ("2024-06-02 rtg=ja", "ja"),
            ("2024-06-01 rtg=ja", "nei"),
            ("2024-06-10 rtg=ja, 2024-06-11 rtg=nei", "nei"),
        ],
    );
}

#[test]
fn computed_facts_follow_from_others() {
    let mut facts = declared("ultralyd tall, menopause tall, ca125 tall, rmi tall");
    let product = compute(read("ultralyd"), Operator::Multiply, read("menopause"));
    facts[3] = computed("rmi", compute(product, Operator::Multiply, read("ca125")));
    facts.push(computed("dobbel", compute(read("rmi"), Operator::Add, read("rmi"))));
    let cases = [
        ("ultralyd=3, menopause=3, ca125=23", "ja"),
        ("ultralyd=3, menopause=3, ca125=22", "nei"),
        ("ultralyd=3, menopause=3", "ukjent"),
        ("ultralyd=3, menopause=3, rmi=900", "ukjent"),
    ];
    check(&facts, &at_least("rmi", 200.0), &cases);
    check(&facts, &at_least("dobbel", 400.0), &cases);

    let mut facts = declared("a tall, b tall, c tall");
    facts[2] = computed("c", compute(read("a"), Operator::Divide, compute(read("b"), Operator::Subtract, read("a"))));
    check(&facts, &at_least("c", 0.5), &[("a=1, b=3", "ja"), ("a=1, b=4", "nei"), ("a=1, b=1", "ukjent")]);

    let mut facts = declared("psa tall, rate tall");
    facts[1] = computed("rate", Formula::Rise { fact: "psa".into(), factor: 1.0 });
    check(
        &facts,
        &compare("rate", Comparison::Above, 0.75),
        &[
            ("2023-06-30 psa=3, 2024-06-29 psa=3.75", "nei"),
            ("2023-06-30 psa=3, 2024-06-29 psa=3.76", "ja"),
            ("2020-01-01 psa=9, 2023-06-30 psa=3, 2024-06-29 psa=3.76", "ja"),
            ("psa=3, 2024-06-29 psa=9", "ukjent"),
            ("2024-06-29 psa=3, 2024-06-29 psa=9", "ukjent"),
            ("2023-06-30 psa=3, 2024-06-29 psa=3, 2024-06-29 psa=9", "ja"),
        ],
    );
}

#[test]
fn computed_facts_are_not_given_and_the_trace_names_what_they_are_computed_from() {
    let mut facts = declared("a tall, b tall");
    facts[1] = computed("b", compute(read("a"), Operator::Add, read("a")));
    let when = at_least("b", 2.0);
    let variant = Variant { name: "slik".into(), label: String::new(), when, origin: origin(30) };
    let made = Pathway { variants: vec![variant], ..pathway(facts, []) };
    let tables = tables([made.clone()]);
    let evaluator = Evaluator::new(&tables).unwrap();
    assert_eq!(evaluator.fact("b", "2"), Err(FactProblem::Computed));
    assert_eq!(evaluator.fact("a", "2"), Ok(()));
    judged(made, ["2024-01-08 A39A", "a=1", "2024-06-30"], |courses| {
        let tried = &courses[0].trace.as_ref().unwrap().variant.tried[0];
        let used: Vec<_> = tried.facts.iter().map(|used| (used.fact, used.value)).collect();
        assert_eq!((tried.result, used), (Some(true), vec![("a", Some("1"))]));
    });
}

#[test]
fn codes_and_pathways_are_valid_for_a_time() {
    let mut pathway = net("A39");
    pathway.codes[0].valid_from = Some(day("2024-02-01"));
    pathway.codes[1].valid_to = Some(day("2024-02-15"));
    pathway.valid_to = Some(day("2024-02-20"));
    let tables = tables([pathway.clone()]);
    let evaluator = Evaluator::new(&tables).unwrap();
    for (code, date, expected) in [
        ("A39A", "2024-01-31", CodeUse::NotValid),
        ("A39A", "2024-02-01", CodeUse::Known),
        ("A39S", "2024-02-15", CodeUse::Known),
        ("A39S", "2024-02-16", CodeUse::NotValid),
        ("A39CK", "2024-02-20", CodeUse::Known),
        ("A39CK", "2024-02-21", CodeUse::NotValid),
        ("A39Z", "2024-02-21", CodeUse::UnknownSuffix),
    ] {
        assert_eq!(evaluator.code(code, day(date)), expected, "{code} {date}");
    }
    let given = "2024-01-31 A39A, 2024-02-02 A39A, 2024-02-16 A39S, 2024-02-21 A39X";
    judged(pathway, [given, "", "2024-06-30"], |courses| {
        assert_eq!((courses.len(), courses[0].start), (1, Some(day("2024-02-02"))));
        assert_eq!((courses[0].state.word(), courses[0].phase), ("open", Some("inngang")));
    });
}

#[test]
fn codes_without_a_known_prefix_are_no_registers() {
    let mut pathway = net("A39");
    pathway.prefix = None;
    for code in &mut pathway.codes {
        code.code.insert(3, ':');
    }
    (pathway.intervals, pathway.limits, pathway.rules) = Default::default();
    let tables = tables([pathway]);
    let evaluator = Evaluator::new(&tables).unwrap();
    for (code, expected) in [("A39:A", CodeUse::Known), ("A39:Z", CodeUse::UnknownSuffix), ("A39A", CodeUse::Foreign)] {
        assert_eq!(evaluator.code(code, day("2024-01-01")), expected, "{code}");
    }
}

#[test]
fn repeating_intervals_have_an_answer_for_each_start() {
    let mut pathway = net("A39");
    pathway.intervals[1].repeats = true;
    pathway.intervals[3].sum.clear();
    pathway.intervals.truncate(2);
    pathway.limits.retain(|row| row.interval.starts_with("OF1") || row.interval == "OF2");
    let occurrences = |given: &str| {
        judged(pathway.clone(), [given, "karsinom=utelukket", "2024-03-01"], |courses| {
            let course = &courses[0];
            assert_eq!(course.trace.as_ref().unwrap().intervals.len(), course.intervals.len());
            let of2 = course.intervals.iter().filter(|answer| answer.interval == "OF2");
            of2.map(|answer| format!("{} {}", answer.occurrence, in_short(answer))).collect::<Vec<_>>()
        })
    };
    assert_eq!(
        occurrences(
            "2024-01-01 A39S, 2024-01-20 A39CK, 2024-01-20 A39S, 2024-02-01 A39S, 2024-02-25 A39CK, 2024-02-28 A39S"
        ),
        [
            "1 OF2 within 19 of 21, due 2024-01-22",
            "2 OF2 within 0 of 21, due 2024-02-10",
            "3 OF2 exceeded 24 of 21, due 2024-02-22",
            "4 OF2 running of 21, due 2024-03-20, left 19",
        ]
    );
    assert_eq!(occurrences("2024-01-01 A39A, 2024-01-05 A39CK"), ["1 OF2 undetermined of 21"]);
    assert_eq!(occurrences("2024-01-01 A39S, 2024-01-02 A39FK"), ["1 OF2 undetermined of 21, due 2024-01-22"]);
}
