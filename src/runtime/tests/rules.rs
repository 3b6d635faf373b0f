//! E9: order rules.

use super::*;
use crate::{
    runtime::RuleResult::{self, *},
    tables::RuleKind,
};

fn codes(suffixes: &str) -> Vec<String> {
    crate::runtime::fixture::codes("A39", suffixes)
}

/// What came of a rule, and the dates of its finding.
fn came_of(kind: RuleKind, given: &str) -> (RuleResult, Option<String>) {
    let mut pathway = net("A39");
    pathway.rules = vec![rule("regel", kind)];
    judged(pathway, [given, "", "2024-12-31"], |courses| {
        let result = courses[0].trace.as_ref().unwrap().rules[0].result;
        let finding = courses[0].findings.iter().find(|finding| finding.code == "regel");
        let dates = finding.map(|finding| {
            assert_eq!(finding.message, "Regelen regel er brutt");
            finding.dates.iter().map(|date| date.format("%d").to_string()).collect::<Vec<_>>().join(" ")
        });
        (result, dates)
    })
}

fn check(kind: RuleKind, cases: &[(&str, RuleResult, Option<&str>)]) {
    for (given, result, dates) in cases {
        assert_eq!(came_of(kind.clone(), given), (*result, dates.map(str::to_owned)), "{given}");
    }
}

#[test]
fn before() {
    check(
        RuleKind::Before { first: codes("CK"), then: codes("FK S") },
        &[
            ("2024-01-01 A39A", NotApplied, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK", Kept, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-02 A39FK", Kept, None),
            ("2024-01-01 A39A, 2024-01-02 A39FK", Broken, Some("02")),
            ("2024-01-01 A39A, 2024-01-02 A39S, 2024-01-03 A39CK, 2024-01-04 A39S", Broken, Some("02")),
            ("2024-01-01 A39A, 2024-01-02 A39S, 2024-01-02 A39CK, 2024-01-04 A39S", Broken, Some("02")),
            ("2024-01-01 A39A, 2024-01-02 A39S, 2024-01-02 A39S @HUS, 2024-01-03 A39FK", Broken, Some("02 03")),
        ],
    );
    check(
        RuleKind::Before { first: codes("S"), then: codes("S") },
        &[("2024-01-01 A39A, 2024-01-02 A39S, 2024-01-03 A39S", Broken, Some("02"))],
    );
}

#[test]
fn triggers() {
    check(
        RuleKind::Triggers { first: codes("CK"), then: codes("FK FM") },
        &[
            ("2024-01-01 A39A", NotApplied, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK", Pending, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-03 A39FM", Kept, None),
            ("2024-01-01 A39A, 2024-01-03 A39FM", Kept, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-03 A39X", Broken, Some("02")),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-03 A39FL", Broken, Some("02")),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-03 A39FK, 2024-01-04 A39CK", Broken, Some("04")),
        ],
    );
    check(
        RuleKind::Triggers { first: codes("FK"), then: codes("FK") },
        &[("2024-01-01 A39A, 2024-01-02 A39FK, 2024-01-03 A39FK", Broken, Some("03"))],
    );
}

#[test]
fn at_most_and_exactly() {
    check(
        RuleKind::AtMost { count: 1, of: codes("CK CM") },
        &[
            ("2024-01-01 A39A", NotApplied, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK", Kept, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-03 A39CM, 2024-01-03 A39CK", Broken, Some("03")),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-03 A39CK, 2024-01-04 A39CK", Broken, Some("03 04")),
        ],
    );
    check(
        RuleKind::Exactly { count: 2, of: codes("CK CM") },
        &[
            ("2024-01-01 A39A", Pending, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK", Pending, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-03 A39X", Broken, Some("")),
            ("2024-01-01 A39A, 2024-01-03 A39FK", Broken, Some("")),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-03 A39CK", Kept, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK, 2024-01-03 A39CK, 2024-01-04 A39CK", Broken, Some("04")),
        ],
    );
}

#[test]
fn nothing_after() {
    check(
        RuleKind::NothingAfter { after: codes("X") },
        &[
            ("2024-01-01 A39A", NotApplied, None),
            ("2024-01-01 A39A, 2024-01-02 A39X", Kept, None),
            ("2024-01-01 A39A, 2024-01-02 A39X, 2024-01-02 A39S", Kept, None),
            (
                "2024-01-01 A39A, 2024-01-02 A39X, 2024-01-03 A39S, 2024-01-03 A39X, 2024-01-05 A39X",
                Broken,
                Some("03 05"),
            ),
        ],
    );
}

#[test]
fn never_together() {
    check(
        RuleKind::NeverTogether { first: codes("CK"), second: codes("CM X") },
        &[
            ("2024-01-01 A39A", NotApplied, None),
            ("2024-01-01 A39A, 2024-01-02 A39CK", Kept, None),
            ("2024-01-01 A39A, 2024-01-02 A39X, 2024-01-03 A39CM", Kept, None),
            (
                "2024-01-01 A39A, 2024-01-02 A39X, 2024-01-03 A39CK, 2024-01-03 A39CK @HUS, 2024-01-04 A39S",
                Broken,
                Some("02 03"),
            ),
        ],
    );
}

#[test]
fn findings_come_in_the_order_of_section_3_and_then_of_the_rules() {
    let given = "2024-01-01 A39S, 2024-01-02 A39CK, 2024-01-02 A39CM, 2024-01-03 A39X, 2024-01-04 A39S";
    judged(net("A39"), [given, "karsinom=påvist, karsinom=utelukket", "2024-12-31"], |courses| {
        assert_eq!(
            findings_in_short(&courses[0]),
            [
                "missing_start 2024-01-01",
                "event_after_end 2024-01-03 2024-01-04",
                "conflicting_fact",
                "henvisning_før_utredning 2024-01-01 2024-01-04",
                "én_beslutning 2024-01-02",
                "ingenting_etter_slutt 2024-01-04",
            ]
        );
    });
}
