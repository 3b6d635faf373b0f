//! Criteria, decision tables and investigations.

use super::{made::*, *};
use crate::{
    runtime::{Assessment, CriteriaResult, InvestigationStatus},
    tables::{Comparison, Condition, Content, Fact, Item, MaxAge, Need, Strength, Unit},
};

/// Assesses one patient on 30 June 2024.
fn assessed<R>(facts: &[Fact], content: Content, given: [&str; 2], look: impl FnOnce(&Assessment) -> R) -> R {
    let tables = tables([pathway(facts.to_vec(), [content]), net("B01")]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let (events, facts) = (events(given[0]), crate::runtime::fixture::facts(given[1]));
    let assessments = evaluator.assess("p1", &events, &facts, day("2024-06-30"));
    assert_eq!(assessments.len(), 1, "a pathway without anything to assess has no assessment");
    look(&assessments[0])
}

fn sets(sets: &[Vec<&str>]) -> String {
    sets.iter().map(|set| set.join("+")).collect::<Vec<_>>().join(" ")
}

/// `met: a b | not met: c | unknown: d | by: a | settled: d`, without what is empty.
fn criteria_in_short(facts: &[Fact], content: &Content, given: &str) -> String {
    assessed(facts, content.clone(), ["", given], |assessment| {
        let answer = &assessment.criteria[0];
        let mut text = answer.result.word().to_owned();
        let mut add = |name: &str, items: String| {
            if !items.is_empty() {
                text += &format!(" | {name}: {items}");
            }
        };
        add("met", answer.met.join(" "));
        add("not", answer.not_met.join(" "));
        add("unknown", answer.unknown.join(" "));
        add("by", answer.decided_by.join(" "));
        add("settled", sets(&answer.settled_by));
        text
    })
}

#[test]
fn criteria_name_the_items_that_decide() {
    let facts = declared("a ja, b ja, c ja");
    for (need, cases) in [
        (
            Need::All,
            [
                ("a=ja", "unknown | met: a | unknown: b c | settled: b c"),
                ("a=ja, b=nei", "not_met | met: a | not: b | unknown: c | by: b"),
                ("a=ja, b=ja, c=ja", "met | met: a b c | by: a b c"),
            ],
        ),
        (
            Need::None,
            [
                ("a=nei", "unknown | not: a | unknown: b c | settled: b c"),
                ("a=nei, b=ja", "not_met | met: b | not: a | unknown: c | by: b"),
                ("a=nei, b=nei, c=nei", "met | not: a b c | by: a b c"),
            ],
        ),
        (
            Need::AtLeast(2),
            [
                ("a=nei", "unknown | not: a | unknown: b c | settled: b c"),
                ("a=ja, c=ja", "met | met: a c | unknown: b | by: a c"),
                ("a=nei, b=ja, c=nei", "not_met | met: b | not: a c | by: a c"),
            ],
        ),
    ] {
        let content = criteria(None, need, items("a b c"));
        for (given, expected) in cases {
            assert_eq!(criteria_in_short(&facts, &content, given), expected, "{need:?} {given}");
        }
    }
    let at_least_2 = criteria(None, Need::AtLeast(2), items("a b c"));
    assert_eq!(
        criteria_in_short(&facts, &at_least_2, ""),
        "unknown | unknown: a b c | settled: a+b a+c b+c",
        "one fact settles nothing, two do"
    );
}

#[test]
fn criteria_can_be_nested_and_apply_to_some() {
    let facts = declared("alder år, heshet ja, svelgvansker ja, kjønn kvinne|mann");
    let alarm = nested("alarm", Need::AtLeast(1), items("heshet svelgvansker"));
    let over_40 = met_by("alder", compare("alder", Comparison::Above, 40.0));
    let content = criteria(Some(is("kjønn", "kvinne")), Need::All, vec![over_40, alarm]);
    for (given, expected) in [
        (
            "kjønn=kvinne, alder=41, heshet=ja",
            "met | met: alder alarm alarm/heshet | unknown: alarm/svelgvansker | by: alder alarm/heshet",
        ),
        (
            "kjønn=kvinne, heshet=nei, svelgvansker=nei",
            "not_met | not: alarm alarm/heshet alarm/svelgvansker | unknown: alder | by: alarm/heshet alarm/svelgvansker",
        ),
        (
            "kjønn=kvinne",
            "unknown | unknown: alder alarm alarm/heshet alarm/svelgvansker | settled: alder heshet+svelgvansker",
        ),
        (
            "alder=40, heshet=nei",
            "unknown | not: alder alarm/heshet | unknown: alarm alarm/svelgvansker | settled: kjønn",
        ),
        ("kjønn=mann", "not_applicable | unknown: alder alarm alarm/heshet alarm/svelgvansker"),
    ] {
        assert_eq!(criteria_in_short(&facts, &content, given), expected, "{given}");
    }
}

#[test]
fn an_item_may_count_only_beside_another_and_may_not_exclude() {
    let facts = declared("a ja, b ja");
    let mut both = items("a b");
    both[1].not_alone = true;
    let content = criteria(None, Need::AtLeast(1), both.clone());
    for (given, expected) in [
        ("b=ja", "unknown | met: b | unknown: a | settled: a"),
        ("a=nei, b=ja", "not_met | met: b | not: a | by: a b"),
        ("a=ja, b=ja", "met | met: a b | by: a b"),
    ] {
        assert_eq!(criteria_in_short(&facts, &content, given), expected, "{given}");
    }
    both[1].not_alone = false;
    both[1].does_not_exclude = true;
    let content = criteria(None, Need::AtLeast(1), both);
    for (given, expected) in [
        ("a=nei, b=nei", "unknown | not: a | unknown: b"),
        ("a=nei, b=ja", "met | met: b | not: a | by: b"),
        ("b=nei", "unknown | unknown: a b | settled: a"),
    ] {
        assert_eq!(criteria_in_short(&facts, &content, given), expected, "{given}");
    }
}

#[test]
fn computed_repeated_and_dated_values_can_settle() {
    let mut facts = declared("ultralyd tall, ca125 tall, rmi tall, psa tall, rate tall, rtg ja");
    facts[2] = computed("rmi", compute(read("ultralyd"), crate::tables::Operator::Multiply, read("ca125")));
    facts[4] = computed("rate", crate::tables::Formula::Rise { fact: "psa".into(), factor: 1.0 });
    let one = |condition| criteria(None, Need::All, vec![met_by("x", condition)]);
    let rmi = one(Condition::All { of: vec![at_least("rmi", 200.0), compare("rmi", Comparison::AtMost, 250.0)] });
    for (given, expected) in [
        ("ca125=5", "unknown | unknown: x | settled: ultralyd"),
        ("", "unknown | unknown: x | settled: ultralyd+ca125"),
    ] {
        assert_eq!(criteria_in_short(&facts, &rmi, given), expected, "{given}");
    }
    let rate = one(compare("rate", Comparison::Above, 0.75));
    assert_eq!(criteria_in_short(&facts, &rate, "2024-01-01 psa=4"), "unknown | unknown: x | settled: psa");
    let of = || Box::new(yes("rtg"));
    let repeated = Condition::Repeated { of: of(), count: 3, spacing: Some(1), unit: Some(Unit::Uker) };
    let not_last = Condition::All { of: vec![repeated, Condition::Not { of: of() }] };
    let content = criteria(None, Need::AtLeast(1), vec![met_by("x", not_last)]);
    assert_eq!(criteria_in_short(&facts, &content, ""), "unknown | unknown: x | settled: rtg");
    let recent = one(Condition::Recent { of: of(), amount: 4, unit: Unit::Uker });
    assert_eq!(criteria_in_short(&facts, &recent, "rtg=ja"), "unknown | unknown: x | settled: rtg");
}

#[test]
fn courses_can_be_asked_for() {
    let any = met_by("noe", Condition::InCourse { pathway: None });
    let this = met_by("b01", Condition::InCourse { pathway: Some("B01".into()) });
    let other = met_by("c01", Condition::InCourse { pathway: Some("C01".into()) });
    let content = criteria(None, Need::AtLeast(1), vec![any, this, other]);
    for (events, met) in [
        ("", ""),
        ("2024-01-01 A39A", "noe"),
        ("2024-01-01 A39A, 2024-02-01 A39X, 2024-03-01 A39FK", ""),
        ("2024-01-01 A39A, 2024-02-01 A39FK", ""),
        ("2024-01-01 B01A, 2024-02-01 B01FK, 2024-03-01 B01A", "noe b01"),
        ("2024-07-01 B01A", ""),
    ] {
        let found = assessed(&[], content.clone(), [events, ""], |all| all.criteria[0].met.join(" "));
        assert_eq!(found, met, "{events}");
    }
}

#[test]
fn the_first_row_that_holds_leads_on_and_an_unknown_one_stops() {
    let facts = declared("a ja, b ja, c ja");
    let content = routes(Some(yes("c")), vec![Some(yes("a")), Some(yes("b")), None, Some(yes("a"))]);
    for (given, expected) in [
        ("c=ja, a=ja", "onward 1"),
        ("c=ja, a=nei, b=nei", "onward 3"),
        ("c=ja, b=ja", "unknown possible [1, 2] settled a"),
        ("c=ja", "unknown possible [1, 2, 3] settled a"),
        ("a=nei, c=ja", "unknown possible [2, 3] settled b"),
        ("a=nei, b=nei", "unknown possible [3] settled c"),
        ("c=nei", "not_applicable"),
    ] {
        let found = assessed(&facts, content.clone(), ["", given], |all| {
            let answer = &all.routes[0];
            let row = answer.row.map(|row| format!(" {row}")).unwrap_or_default();
            let possible = match answer.possible.is_empty() {
                true => String::new(),
                false => format!(" possible {:?} settled {}", answer.possible, sets(&answer.settled_by)),
            };
            assert_eq!(answer.outcome.is_some(), answer.row.is_some());
            format!("{}{row}{possible}", answer.word())
        });
        assert_eq!(found, expected, "{given}");
    }
    let never = routes(None, vec![Some(yes("a"))]);
    assert_eq!(assessed(&facts, never, ["", "a=nei"], |all| all.routes[0].word()), "none");
}

/// `item status date settled_by`, one for each investigation.
fn investigated(facts: &[Fact], content: Content, given: &str) -> Vec<String> {
    assessed(facts, content, ["", given], |assessment| {
        let one = |answer: &crate::runtime::InvestigationAnswer| {
            let date = answer.date.map(|date| format!(" {date}")).unwrap_or_default();
            let settled = sets(&answer.settled_by);
            let settled = if settled.is_empty() { settled } else { format!(" by {settled}") };
            format!("{} {}{date}{settled}", answer.item.unwrap_or("-"), answer.status.word())
        };
        assessment.investigations.iter().map(one).collect()
    })
}

#[test]
fn investigations_are_done_or_lack() {
    let facts = declared("ct ja, mr ja, biopsi ja, lever ja");
    let four_weeks = Some(MaxAge { amount: 4, unit: Unit::Uker });
    let content = || {
        let ct = Item { max_age: four_weeks, before: vec!["mr".into()], ..item("ct") };
        let mr = Item { when: Some(yes("lever")), ..item("mr") };
        let biopsy = Item { strength: Some(Strength::Unngå), ..item("biopsi") };
        investigations(None, vec![ct, mr, biopsy, item("")])
    };
    for (given, expected) in [
        ("", ["ct unknown by ct", "mr unknown by lever", "biopsi unknown by biopsi"]),
        ("ct=nei, lever=nei, biopsi=nei", ["ct lacking", "mr not_applicable", "biopsi lacking"]),
        (
            "2024-06-02 ct=ja, 2024-06-02 mr=ja, lever=ja, 2024-06-03 biopsi=ja",
            ["ct done 2024-06-02", "mr done 2024-06-02", "biopsi breach 2024-06-03"],
        ),
        (
            "2024-06-01 ct=ja, 2024-06-01 mr=ja, biopsi=ja",
            ["ct outdated 2024-06-01", "mr unknown by lever", "biopsi breach"],
        ),
        (
            "2024-06-03 ct=ja, 2024-06-02 mr=ja, lever=ja, biopsi=nei",
            ["ct wrong_order 2024-06-03", "mr done 2024-06-02", "biopsi lacking"],
        ),
        ("ct=ja, lever=ja, mr=ja, biopsi=nei", ["ct unknown by ct", "mr done", "biopsi lacking"]),
    ] {
        assert_eq!(investigated(&facts, content(), given), expected, "{given}");
    }
}

#[test]
fn alternatives_are_done_when_enough_of_them_are() {
    let facts = declared("bilde ja, ct ja, mr ja, pet ja, egnet ja");
    let four_weeks = Some(MaxAge { amount: 4, unit: Unit::Uker });
    let parts = || {
        let aged = |name| Item { max_age: four_weeks, ..item(name) };
        vec![aged("ct"), aged("mr"), Item { when: Some(yes("egnet")), ..item("pet") }]
    };
    let first = |need, name: &str, given: &str| {
        let group = Item { need, items: parts(), ..item(name) };
        investigated(&facts, investigations(None, vec![group]), given)[0].clone()
    };
    let one = Some(Need::AtLeast(1));
    for (need, name, given, expected) in [
        (one, "bilde", "2024-06-10 ct=ja", "bilde done 2024-06-10"),
        (one, "", "2024-06-10 ct=ja, 2024-06-11 mr=ja", "- done 2024-06-11"),
        (one, "bilde", "ct=nei, mr=nei, egnet=nei", "bilde lacking"),
        (one, "bilde", "ct=nei, mr=nei", "bilde unknown by bilde pet egnet"),
        (one, "bilde", "2024-05-10 ct=ja, mr=nei, pet=nei", "bilde lacking"),
        (one, "bilde", "bilde=ja", "bilde done"),
        (
            Some(Need::AtLeast(2)),
            "bilde",
            "2024-06-10 ct=ja, 2024-06-12 mr=ja, 2024-06-11 pet=ja, egnet=ja",
            "bilde done 2024-06-11",
        ),
        (Some(Need::All), "bilde", "2024-06-10 ct=ja, 2024-06-12 mr=ja, egnet=nei", "bilde done 2024-06-10"),
        (None, "bilde", "2024-06-10 ct=ja, 2024-06-12 mr=ja, pet=nei", "bilde unknown by bilde egnet"),
    ] {
        assert_eq!(first(need, name, given), expected, "{need:?} {given}");
    }
    let group = Item { need: one, items: parts(), ..item("bilde") };
    let paths: Vec<_> = investigated(&facts, investigations(None, vec![group]), "ct=nei");
    assert_eq!(paths[1..], ["bilde/ct lacking", "bilde/mr unknown by mr", "bilde/pet unknown by egnet"]);
}

#[test]
fn an_assessment_is_written_as_the_language_says() {
    let facts = declared("a ja");
    let found = assessed(&facts, criteria(None, Need::All, items("a")), ["", "a=ja"], |all| {
        serde_json::to_string(all).unwrap()
    });
    assert_eq!(
        found,
        concat!(
            r#"{"pathway":"A39","patient":"p1","as_of":"2024-06-30","criteria":[{"criteria":"mistanke","applies":true,"#,
            r#""result":"met","met":["a"],"not_met":[],"unknown":[],"decided_by":["a"],"settled_by":[]}],"#,
            r#""routes":[],"investigations":[]}"#
        )
    );
    let found = assessed(&facts, routes(None, vec![Some(yes("a"))]), ["", "a=ja"], |all| {
        serde_json::to_string(&all.routes).unwrap()
    });
    assert_eq!(
        found,
        concat!(
            r#"[{"route":"vei","result":"decided","row":1,"outcome":{"outcome":"onward","text":"1"},"#,
            r#""possible":[],"settled_by":[]}]"#
        )
    );
    let avoided = Item { strength: Some(Strength::Unngå), ..item("a") };
    let found = assessed(&facts, investigations(None, vec![avoided]), ["", "2024-06-01 a=ja"], |all| {
        serde_json::to_string(&all.investigations).unwrap()
    });
    assert_eq!(
        found,
        concat!(
            r#"[{"list":"utredning","item":"a","text":"a","strength":"skal ikke","status":"breach","#,
            r#""date":"2024-06-01","settled_by":[]}]"#
        )
    );
    for result in CriteriaResult::ALL {
        assert_eq!(serde_json::to_value(result).unwrap(), result.word());
    }
    for status in InvestigationStatus::ALL {
        assert_eq!(serde_json::to_value(status).unwrap(), status.word());
    }
}
