//! E1–E3 and E10: which events, in which order, in which course.

use super::*;

/// The courses in short: the codes of each, its start, state and findings.
fn courses(given: &str) -> Vec<String> {
    judged(net("A39"), [given, "", "2024-12-31"], |courses| {
        let one = |course: &Course| {
            let start = course.start.map_or("-".to_owned(), |start| start.to_string());
            let findings: Vec<_> = findings_in_short(course)
                .into_iter()
                .filter(|finding| !finding.starts_with("henvisning_før") && !finding.starts_with("ingenting_etter"))
                .collect();
            let id = course.course_id.map_or(String::new(), |id| format!("#{id} "));
            format!("{id}{start} {} {}", course.state.word(), findings.join(" + ")).trim_end().to_owned()
        };
        courses.iter().map(one).collect()
    })
}

#[test]
fn an_opening_code_starts_a_course_unless_one_is_open() {
    for (given, expected) in [
        ("2024-01-08 A39A", &["2024-01-08 open"][..]),
        ("2024-01-08 A39A, 2024-02-01 A39FK, 2024-03-01 A39A", &["2024-01-08 completed", "2024-03-01 open"]),
        ("2024-01-08 A39A, 2024-02-01 A39CM, 2024-02-01 A39FK", &["2024-01-08 closed event_after_end 2024-02-01"]),
        ("2024-01-08 A39A, 2024-02-01 A39X, 2024-03-01 A39A", &["2024-01-08 closed", "2024-03-01 open"]),
        ("2024-01-08 A39A, 2024-02-01 A39FK, 2024-03-01 A39S", &["2024-01-08 completed"]),
        ("2024-01-08 A39A, 2024-02-01 A39FK, 2024-03-01 A39X", &["2024-01-08 closed"]),
    ] {
        assert_eq!(courses(given), expected, "{given}");
    }
}

#[test]
fn a_second_start_is_fine_at_another_institution_or_after_a_transfer() {
    for (given, expected) in [
        ("2024-01-08 A39A, 2024-01-09 A39A", "duplicate_start 2024-01-09"),
        ("2024-01-08 A39A @HUS, 2024-01-09 A39A @HUS", "duplicate_start 2024-01-09"),
        ("2024-01-08 A39A @HUS, 2024-01-09 A39A @OUS", ""),
        ("2024-01-08 A39A @HUS, 2024-01-09 A39A", "duplicate_start 2024-01-09"),
        ("2024-01-08 A39A, 2024-01-09 A39A @OUS", "duplicate_start 2024-01-09"),
        ("2024-01-08 A39A @HUS, 2024-01-09 A39A @OUS, 2024-01-10 A39A @HUS", "duplicate_start 2024-01-10"),
        ("2024-01-08 A39A @HUS, 2024-01-09 A39A @OUS, 2024-01-10 A39A @UNN", ""),
        ("2024-01-08 A39A, 2024-01-09 A39O, 2024-01-10 A39A", ""),
        ("2024-01-08 A39A @HUS, 2024-01-09 A39O, 2024-01-10 A39A @HUS", ""),
        ("2024-01-08 A39A, 2024-01-09 A39O, 2024-01-10 A39A, 2024-01-11 A39A", "duplicate_start 2024-01-11"),
        (
            "2024-01-08 A39A, 2024-01-09 A39A, 2024-01-09 A39A @HUS, 2024-01-12 A39A",
            "duplicate_start 2024-01-09 2024-01-12",
        ),
        // On one day the opening code comes before the transferring one.
        ("2024-01-08 A39A, 2024-01-10 A39O, 2024-01-10 A39A", "duplicate_start 2024-01-10"),
    ] {
        assert_eq!(courses(given), [format!("2024-01-08 open {expected}").trim_end()], "{given}");
    }
}

#[test]
fn a_course_without_a_start_can_get_one() {
    for (given, expected) in [
        ("2024-01-08 A39S", &["- open missing_start 2024-01-08"][..]),
        ("2024-01-08 A39S, 2024-01-10 A39A", &["2024-01-10 open missing_start 2024-01-08"]),
        (
            "2024-01-08 A39S, 2024-01-10 A39A, 2024-01-11 A39A",
            &["2024-01-10 open missing_start 2024-01-08 + duplicate_start 2024-01-11"],
        ),
        ("2024-01-08 A39FK, 2024-01-10 A39A", &["- completed missing_start 2024-01-08", "2024-01-10 open"]),
        (
            "2024-01-08 A39X, 2024-01-10 A39S, 2024-01-10 A39O",
            &["- closed missing_start 2024-01-08 + event_after_end 2024-01-10"],
        ),
    ] {
        assert_eq!(courses(given), expected, "{given}");
    }
}

#[test]
fn course_ids_decide() {
    for (given, expected) in [
        (
            "2024-01-08 A39S #b, 2024-01-09 A39A #a, 2024-01-10 A39A #a, 2024-01-11 A39X #b, 2024-01-12 A39S #b",
            &["#b - closed", "#a 2024-01-09 open"][..],
        ),
        // Events without an id are assembled among themselves, and all courses are numbered together.
        (
            "2024-01-08 A39A, 2024-01-09 A39A #a, 2024-01-10 A39A, 2024-01-11 A39X #a, 2024-01-12 A39S",
            &["2024-01-08 open duplicate_start 2024-01-10", "#a 2024-01-09 closed"],
        ),
    ] {
        assert_eq!(courses(given), expected, "{given}");
    }
}

#[test]
fn equal_events_count_once() {
    let once = "2024-01-08 A39A @HUS, 2024-01-09 A39CK, 2024-01-09 A39CK @HUS";
    let twice = "2024-01-09 A39CK, 2024-01-08 A39A @HUS, 2024-01-09 A39CK @HUS, 2024-01-08 A39A @HUS, 2024-01-09 A39CK";
    assert_eq!(courses(once), courses(twice));
    assert_eq!(courses(twice), ["2024-01-08 open én_beslutning 2024-01-09"]);
}

#[test]
fn events_after_as_of_are_left_out() {
    judged(net("A39"), ["2024-01-08 A39A, 2024-01-09 A39S, 2024-01-10 A39X", "", "2024-01-09"], |courses| {
        assert_eq!((courses[0].state, courses[0].phase), (crate::runtime::State::Open, Some("utredning")));
    });
    judged(net("A39"), ["2024-01-08 A39A", "", "2024-01-07"], |courses| assert!(courses.is_empty()));
}

#[test]
fn the_phase_is_that_of_the_last_event_that_has_one() {
    judged(net("A39"), ["2024-01-08 A39A, 2024-01-09 A39CK, 2024-01-10 A39X", "", "2024-01-10"], |courses| {
        assert_eq!(courses[0].phase, Some("utredning"));
    });
    judged(net("A39"), ["2024-01-10 A39X", "", "2024-01-10"], |courses| assert_eq!(courses[0].phase, None));
}
