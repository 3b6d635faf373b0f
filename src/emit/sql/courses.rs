//! Courses with their state (E10), and which order rules they break (E9).

use super::{
    events::{has, not_open},
    tree::{Expr, Operator, Part, Select, call, case, count_if, int, of, same, text},
};
use crate::tables::{Pathway, Role, Rule, RuleKind};

/// The parts `courses` and `phases`.
pub(super) fn parts(pathway: &Pathway) -> Vec<Part> {
    let start = call("min", [of("e", "date")]).filter(has("e", Role::Opens));
    let first = call("min", [of("e", "date")]);
    let closed = count_if(has("e", Role::Closes)).gt(int(0));
    let completed = count_if(has("e", Role::Completes)).gt(int(0));
    let state = case([(closed, text("closed")), (completed, text("completed"))], text("open"));
    let mut courses = Select::from("course_events", "e")
        .columns("e", ["patient", "course"])
        .column(call("min", [of("e", "course_id")]), "course_id")
        .column(start.clone(), "start")
        .column(call("coalesce", [start, first]), "starts")
        .column(state, "state")
        .column(call("max", [of("e", "place")]).filter(of("e", "phase").known()), "phase_place");
    for (rule, number) in pathway.rules.iter().zip(1..) {
        courses = courses.column(broken(rule), column(number));
    }
    vec![
        courses.group([of("e", "patient"), of("e", "course")]).part(
            "courses",
            "E9, E10. The courses: their start, the day that picks their limits, their state, and which rules they break.",
        ),
        Select::from("courses", "c")
            .columns("c", ["patient", "course"])
            .columns("e", ["phase"])
            .join("course_events", "e", same("e", "c", ["patient"]).and(of("e", "place").eq(of("c", "phase_place"))))
            .part("phases", "E10. The phase of the last event whose code has one."),
    ]
}

/// The column that says whether the rule of this number is broken.
pub(super) fn column(number: i64) -> String {
    format!("breaks_rule_{number}")
}

fn broken(rule: &Rule) -> Expr {
    let among = |codes: &[String]| of("e", "code").among(super::tree::texts(codes));
    let place = |function, codes: &[String]| call(function, [of("e", "place")]).filter(among(codes));
    let count = |codes: &[String]| count_if(among(codes));
    match &rule.kind {
        RuleKind::Before { first, then } => {
            let (first, then) = (place("min", first), place("min", then));
            let unprepared = first.clone().null().or(then.clone().le(first));
            then.known().and(unprepared)
        }
        RuleKind::Triggers { first, then } => {
            let (first, then) = (place("max", first), place("max", then));
            let unanswered = then.clone().null().or(first.clone().ge(then));
            not_open().and(first.known()).and(unanswered)
        }
        RuleKind::AtMost { count: most, of } => count(of).gt(int(*most)),
        RuleKind::Exactly { count: wanted, of } => {
            let wanted = || int(*wanted);
            count(of).gt(wanted()).or(not_open().and(count(of).lt(wanted())))
        }
        RuleKind::NothingAfter { after } => {
            let last = call("max", [of("e", "place")]);
            call("coalesce", [last.gt(place("min", after)), Expr::Truth(false)])
        }
        RuleKind::NeverTogether { first, second } => {
            count(first).is(Operator::More, int(0)).and(count(second).gt(int(0)))
        }
    }
}
