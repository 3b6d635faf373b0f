//! Courses with their state (E10), and which order rules they break (E9).

use super::{
    doubts,
    events::{has, role},
    tree::{Expr, Operator, Part, Select, Type, call, case, count_if, int, of, only, text},
};
use crate::tables::{Pathway, Role, Rule, RuleKind};

/// The parts from the events in their courses to the courses, `courses`.
pub(super) fn parts(pathway: &Pathway) -> Vec<Part> {
    let start = call("min", [of("e", "date")]).filter(has("e", Role::Opens));
    let first = call("min", [of("e", "date")]);
    let closed = count_if(has("e", Role::Closes)).gt(int(0));
    let completed = count_if(has("e", Role::Completes)).gt(int(0));
    let state = case([(closed, text("closed")), (completed, text("completed"))], text("open"));
    let last_phase = of("e", "phase").known().and(of("e", "nth_last").eq(int(1)));
    let breaches = pathway.rules.iter().map(|rule| only(broken(rule), text(&rule.name)));
    let mut parts = Vec::from(doubts::parts());
    parts.push(
        Select::from("marked_events", "e")
            .columns("e", ["patient", "course"])
            .column(call("min", [of("e", "course_id")]), "course_id")
            .column(start.clone(), "start")
            .column(call("coalesce", [start, first]), "starts")
            .column(state, "state")
            .column(call("max", [only(last_phase, of("e", "phase"))]), "phase")
            .column(findings(doubts::findings()), "doubts")
            .column(findings(breaches), "breaches")
            .group([of("e", "patient"), of("e", "course")])
            .part(
                "courses",
                "E3, E9, E10. The courses: their start, the day that picks their limits, state, phase, doubts and broken rules.",
            ),
    );
    parts
}

/// Findings with spaces between them; unknown if there are none.
pub(super) fn findings(findings: impl IntoIterator<Item = Expr>) -> Expr {
    let mut arguments = vec![text(" ")];
    arguments.extend(findings);
    if arguments.len() == 1 {
        return Expr::Null(Type::Text);
    }
    call("nullif", [call("concat_ws", arguments), text("")])
}

/// Whether the course whose events are grouped has come to an end.
fn not_open() -> Expr {
    let ends = [Role::Completes, Role::Closes].map(role);
    count_if(of("e", "role").among(ends)).gt(int(0))
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
