//! What is doubtful about the events of courses without a course id (E3).

use super::{
    events::{by_place, has, has_not},
    tree::{Expr, Frame, Order, Part, Select, call, case, int, of, one_if, only, text},
};
use crate::tables::Role;

fn course() -> Vec<Expr> {
    ["patient", "course"].map(|name| of("e", name)).into()
}

fn course_and(more: impl IntoIterator<Item = Expr>) -> Vec<Expr> {
    course().into_iter().chain(more).collect()
}

/// The parts that mark the events of courses, `marked_events`.
pub(super) fn parts() -> [Part; 2] {
    let row_number = |partition: Vec<Expr>| call("row_number", []).over(&partition, by_place(), Frame::Own);
    let so_far = |condition| call("sum", [one_if(condition)]).over(&course(), by_place(), Frame::SoFar);
    let nameless = has("e", Role::Opens).and(of("e", "institution").null());
    let with_phase = course_and([one_if(of("e", "phase").known())]);
    let last = call("row_number", []).over(&with_phase, [Order::Down(of("e", "place"))], Frame::Own);
    let counted = Select::from("course_events", "e")
        .all("e")
        .column(row_number(course()), "nth")
        .column(row_number(course_and([of("e", "role")])), "nth_of_role")
        .column(row_number(course_and(["role", "institution"].map(|name| of("e", name)))), "nth_at_institution")
        .column(so_far(has("e", Role::Transfers)), "transfers")
        .column(so_far(has("e", Role::Closes)), "closings")
        .column(so_far(nameless), "nameless_starts")
        .column(last, "nth_last")
        .part("counted_events", "E3. What came earlier in the same course. E10. Which event with a phase is the last.");
    let before = call("lag", [of("e", "transfers")]).over(&course_and([of("e", "role")]), by_place(), Frame::Own);
    let marked = Select::from("counted_events", "e")
        .all("e")
        .column(before, "transfers_before")
        .part("marked_events", "E3. How many transferring codes had come at the code of this role before.");
    [counted, marked]
}

/// The doubts about a course whose `marked_events AS e` are grouped, as the texts of findings in their order.
pub(super) fn findings() -> [Expr; 3] {
    let missing = of("e", "nth").eq(int(1)).and(has_not("e", Role::Opens));
    let known_before =
        of("e", "institution")
            .null()
            .or(of("e", "nth_at_institution").gt(int(1)))
            .or(of("e", "nameless_starts").gt(int(0)));
    let again = has("e", Role::Opens)
        .and(of("e", "nth_of_role").gt(int(1)))
        .and(of("e", "transfers").eq(of("e", "transfers_before")))
        .and(known_before);
    let closings = || of("e", "closings");
    let closed_before = case([(has("e", Role::Closes), closings().gt(int(1)))], closings().gt(int(0)));
    let after_end = has_not("e", Role::Opens).and(closed_before);
    [("missing_start", missing), ("duplicate_start", again), ("event_after_end", after_end)].map(|(finding, doubt)| {
        let without_id = of("e", "course_id").null();
        call("max", [only(without_id.and(doubt), text(finding))])
    })
}
