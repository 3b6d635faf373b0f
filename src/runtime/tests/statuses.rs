//! E4, E5, E7 and E8: points, days, rows and statuses.

use super::*;
use crate::tables::{Form, Limit, Unit};

/// The answers of the first course for one interval, in short.
fn answers_of(pathway: Pathway, name: &str, given: [&str; 3]) -> Vec<String> {
    judged(pathway, given, |courses| {
        courses[0].intervals.iter().filter(|answer| answer.interval == name).map(in_short).collect()
    })
}

/// OF1 alone, with its row changed.
fn with_row(change: impl FnOnce(&mut Limit)) -> Pathway {
    let mut pathway = net("A39");
    pathway.intervals.truncate(1);
    pathway.variants.clear();
    pathway.limits.truncate(1);
    change(&mut pathway.limits[0]);
    pathway
}

#[test]
fn each_row_of_the_table() {
    for (given, as_of, expected) in [
        ("2024-01-08 A39A, 2024-01-07 A39S", "2024-06-30", "OF1 invalid_order -1 of 14, due 2024-01-22"),
        ("2024-01-08 A39A, 2024-01-08 A39S", "2024-06-30", "OF1 within 0 of 14, due 2024-01-22"),
        ("2024-01-08 A39A, 2024-01-22 A39S", "2024-06-30", "OF1 within 14 of 14, due 2024-01-22"),
        ("2024-01-08 A39A, 2024-01-23 A39S", "2024-06-30", "OF1 exceeded 15 of 14, due 2024-01-22"),
        ("2024-01-23 A39S", "2024-06-30", "OF1 undetermined of 14"),
        ("2024-01-08 A39A, 2024-01-23 A39X", "2024-06-30", "OF1 not_applicable of 14"),
        ("2024-01-08 A39A, 2024-01-23 A39FK, 2024-01-24 A39X", "2024-06-30", "OF1 not_applicable of 14"),
        ("2024-01-08 A39A, 2024-01-23 A39FK", "2024-06-30", "OF1 undetermined of 14, due 2024-01-22"),
        ("2024-01-23 A39FK", "2024-06-30", "OF1 undetermined of 14"),
        ("2024-01-23 A39CK", "2024-06-30", "OF1 not_started of 14"),
        ("2024-01-08 A39A", "2024-01-22", "OF1 running of 14, due 2024-01-22, left 0"),
        ("2024-01-08 A39A", "2024-01-23", "OF1 overdue of 14, due 2024-01-22, left -1"),
        // The first event of each kind counts, also when it was registered later.
        (
            "2024-01-30 A39S, 2024-01-09 A39A, 2024-01-08 A39A, 2024-01-18 A39S",
            "2024-06-30",
            "OF1 within 10 of 14, due 2024-01-22",
        ),
    ] {
        assert_eq!(answers_of(net("A39"), "OF1", [given, "", as_of]), [expected], "{given}");
    }
}

#[test]
fn without_a_number_nothing_is_judged() {
    let unquantified = || with_row(|row| *row = limit("OF1", None, None, 7));
    let missing = || {
        let mut pathway = with_row(|_| {});
        pathway.limits.clear();
        pathway
    };
    for (given, expected) in [
        ("2024-01-08 A39A, 2024-01-07 A39S", "OF1 invalid_order -1"),
        ("2024-01-08 A39A, 2024-01-18 A39S", "OF1 no_limit 10"),
        ("2024-01-18 A39S", "OF1 undetermined"),
        ("2024-01-08 A39A, 2024-01-18 A39X", "OF1 not_applicable"),
        ("2024-01-08 A39A, 2024-01-18 A39FK", "OF1 undetermined"),
        ("2024-01-18 A39CK", "OF1 not_started"),
        ("2024-01-08 A39A", "OF1 no_limit"),
    ] {
        assert_eq!(answers_of(unquantified(), "OF1", [given, "", "2024-06-30"]), [expected], "{given}");
        assert_eq!(answers_of(missing(), "OF1", [given, "", "2024-06-30"]), [expected], "{given}");
    }
}

#[test]
fn the_end_code_picks_the_treatment() {
    let start = "2024-01-08 A39A, 2024-02-05 A39CK";
    let of3 = |given: &str| answers_of(net("A39"), "OF3", [given, "karsinom=utelukket", "2024-02-20"]);
    assert_eq!(
        of3(&format!("{start}, 2024-02-20 A39FM")),
        [
            "OF3 kirurgi not_applicable of 21",
            "OF3 medikamentell within 15 of 21, due 2024-02-26",
            "OF3 stråle not_applicable of 21",
        ]
    );
    let none = ["kirurgi", "medikamentell", "stråle"].map(|name| format!("OF3 {name} not_applicable of 21"));
    assert_eq!(of3(&format!("{start}, 2024-02-20 A39FL")), none);
    assert_eq!(of3(&format!("{start}, 2024-02-20 A39X")), none);
    // A treatment without a decision: the treatment that was given cannot be judged.
    assert_eq!(
        of3("2024-01-08 A39A, 2024-02-20 A39FK")[..2],
        ["OF3 kirurgi undetermined of 21", "OF3 medikamentell not_applicable of 21"]
    );
    let running =
        ["kirurgi", "medikamentell", "stråle"].map(|name| format!("OF3 {name} running of 21, due 2024-02-26, left 6"));
    assert_eq!(of3(start), running);
}

#[test]
fn forms_bind_each_in_its_way() {
    let between = |row: &mut Limit| {
        (row.form, row.minimum, row.amount) = (Form::Between, Some(3), Some(5));
    };
    let at_least = |row: &mut Limit| (row.form, row.amount) = (Form::AtLeast, Some(3));
    let same_day = |row: &mut Limit| (row.form, row.amount) = (Form::SameDay, Some(0));
    for (change, days, expected) in [
        (&between as &dyn Fn(&mut Limit), 2, "too_early"),
        (&between, 3, "within"),
        (&between, 5, "within"),
        (&between, 6, "exceeded"),
        (&at_least, 2, "too_early"),
        (&at_least, 3, "within"),
        (&at_least, 300, "within"),
        (&same_day, 0, "within"),
        (&same_day, 1, "exceeded"),
    ] {
        let given = format!("2024-01-08 A39A, {} A39S", day("2024-01-08") + chrono::Days::new(days));
        let pathway = with_row(change);
        let amount = pathway.limits[0].amount.unwrap();
        let due = day("2024-01-08") + chrono::Days::new(amount.into());
        assert_eq!(
            answers_of(pathway, "OF1", [&given, "", "2024-12-31"]),
            [format!("OF1 {expected} {days} of {amount}, due {due}")]
        );
    }
    // An open course runs to the due date in every form.
    for (change, as_of, expected) in [
        (&at_least as &dyn Fn(&mut Limit), "2024-01-11", "OF1 running of 3, due 2024-01-11, left 0"),
        (&at_least, "2024-01-12", "OF1 overdue of 3, due 2024-01-11, left -1"),
        (&between, "2024-01-13", "OF1 running of 5, due 2024-01-13, left 0"),
    ] {
        assert_eq!(answers_of(with_row(change), "OF1", ["2024-01-08 A39A", "", as_of]), [expected]);
    }
}

#[test]
fn days_are_calendar_days_whatever_the_unit() {
    let working_days = || with_row(|row| (row.amount, row.unit) = (Some(2), Some(Unit::Arbeidsdager)));
    for (end, expected) in
        [("2024-04-03", "OF1 within 7 of 2, due 2024-04-03"), ("2024-04-04", "OF1 exceeded 8 of 2, due 2024-04-03")]
    {
        let given = format!("2024-03-27 A39A, {end} A39S");
        assert_eq!(answers_of(working_days(), "OF1", [&given, "", "2024-12-31"]), [expected]);
    }
}

#[test]
fn a_course_is_judged_by_the_rows_of_its_start_date() {
    let mut pathway = with_row(|row| row.valid_to = Some(day("2024-01-31")));
    let mut later = limit("OF1", None, Some(7), 9);
    later.valid_from = Some(day("2024-02-01"));
    pathway.limits.push(later);
    for (given, expected) in [
        ("2024-01-31 A39A, 2024-02-10 A39S", "OF1 within 10 of 14, due 2024-02-14"),
        ("2024-02-01 A39A, 2024-02-11 A39S", "OF1 exceeded 10 of 7, due 2024-02-08"),
        // Without a start, the first event's date picks the row.
        ("2024-01-31 A39S", "OF1 undetermined of 14"),
        ("2024-02-01 A39S", "OF1 undetermined of 7"),
        // With one, it picks the row even if another event came before it.
        ("2024-01-31 A39S, 2024-02-01 A39A", "OF1 invalid_order -1 of 7, due 2024-02-08"),
    ] {
        assert_eq!(answers_of(pathway.clone(), "OF1", [given, "", "2024-12-31"]), [expected], "{given}");
    }
}

#[test]
fn a_due_date_beyond_the_calendar_is_none() {
    let pathway = with_row(|row| (row.amount, row.unit) = (Some(3660), Some(Unit::Måneder)));
    let tables = tables([pathway]);
    let evaluator = Evaluator::new(&tables).unwrap();
    let mut events = events("2024-01-08 A39A");
    events[0].date = chrono::NaiveDate::MAX;
    let courses = evaluator.patient("p1", &events, &[], chrono::NaiveDate::MAX, Options::default());
    assert_eq!(in_short(&courses[0].intervals[0]), "OF1 running of 3660");
}
