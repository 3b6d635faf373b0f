//! Which events, in which order, in which course (E1–E3).

use super::tree::{
    Expr, Frame, Operator, Order, Part, Select, Type, call, int, of, one_if, only, optional, rows, text,
};
use crate::tables::{Pathway, Role};

/// The role as the tables write it.
pub(super) fn role(role: Role) -> Expr {
    text(match role {
        Role::Opens => "åpner",
        Role::Transfers => "overfører",
        Role::Completes => "fullfører",
        Role::Closes => "avslutter",
    })
}

/// Whether an event has this role.
pub(super) fn has(table: &'static str, wanted: Role) -> Expr {
    of(table, "role").eq(role(wanted))
}

/// Whether an event has no role, or another.
pub(super) fn has_not(table: &'static str, other: Role) -> Expr {
    of(table, "role").null().or(of(table, "role").is(Operator::Unequal, role(other)))
}

/// The parts from the codes to the events in their courses, `course_events`.
pub(super) fn parts(pathway: &Pathway) -> Vec<Part> {
    vec![judged_on(), codes(pathway), used(), ordered(), ended(), begins(), spells(), firsts(), numbered()]
}

fn judged_on() -> Part {
    // An aggregate, so that planners know that it is one row.
    Select::from("settings", "s")
        .column(call("max", [of("s", "as_of")]), "as_of")
        .part("judged_on", "The day on which the courses are judged.")
}

fn codes(pathway: &Pathway) -> Part {
    let columns = [
        ("code", Type::Text),
        ("code_order", Type::Integer),
        ("role", Type::Text),
        ("phase", Type::Text),
        ("first_day", Type::Date),
        ("last_day", Type::Date),
    ];
    let codes = pathway.codes.iter().zip(1..).map(|(code, number)| {
        let first = code.valid_from.max(pathway.valid_from);
        let last = [code.valid_to, pathway.valid_to].into_iter().flatten().min();
        [
            text(&code.code),
            Expr::Integer(number),
            optional(code.role, role, Type::Text),
            optional(code.phase.as_ref(), text, Type::Text),
            optional(first, Expr::Date, Type::Date),
            optional(last, Expr::Date, Type::Date),
        ]
    });
    rows("codes", "The codes in the template's order, and the days on which they are valid.", columns, codes)
}

fn used() -> Part {
    let day = || of("e", "date");
    let begun = of("c", "first_day").null().or(of("c", "first_day").le(day()));
    let not_over = of("c", "last_day").null().or(day().le(of("c", "last_day")));
    let kept = ["patient", "date", "code", "institution"];
    let given = ["code_order", "role", "phase"];
    let mut group: Vec<Expr> = kept.map(|name| of("e", name)).into();
    group.push(of("e", "course"));
    group.extend(given.map(|name| of("c", name)));
    let mut select = Select::from("events", "e")
        .columns("e", kept)
        .column(of("e", "course"), "course_id")
        .columns("c", given)
        .column(call("min", [of("e", "line")]), "line")
        .join("codes", "c", of("c", "code").eq(of("e", "code")))
        .cross("judged_on", "s")
        .only(day().le(of("s", "as_of")).and(begun).and(not_over));
    select.group = group;
    select.part("used_events", "E1. Events of the pathway's codes, not after the as-of date; equal ones once.")
}

fn ordered() -> Part {
    let order = ["date", "code_order", "line"].map(|name| Order::Up(of("e", name)));
    Select::from("used_events", "e")
        .all("e")
        .column(call("row_number", []).over(&[of("e", "patient")], order, Frame::Own), "place")
        .part("ordered_events", "E2. Each event's place among the patient's: by date, code and input.")
}

/// The events of a patient under one course id, or under none.
fn under_one_id() -> [Expr; 2] {
    [of("e", "patient"), of("e", "course_id")]
}

pub(super) fn by_place() -> [Order; 1] {
    [Order::Up(of("e", "place"))]
}

fn ended() -> Part {
    let ends = has("e", Role::Completes).or(has("e", Role::Closes));
    Select::from("ordered_events", "e")
        .all("e")
        .column(call("sum", [one_if(ends)]).over(&under_one_id(), by_place(), Frame::SoFar), "ends")
        .part("ended_events", "E3. How many completing and closing codes have come.")
}

fn begins() -> Part {
    let at_opening = only(has("e", Role::Opens), of("e", "ends"));
    let before = call("max", [at_opening]).over(&under_one_id(), by_place(), Frame::Before);
    let ended_since = of("e", "ends").gt(call("coalesce", [before, int(0)]));
    let first = call("row_number", []).over(&under_one_id(), by_place(), Frame::Own).eq(int(1));
    let begins = of("e", "course_id").null().and(first.or(has("e", Role::Opens).and(ended_since)));
    Select::from("ended_events", "e").all("e").column(one_if(begins), "begins").part(
        "beginning_events",
        "E3. Without a course id, a course begins with the first event, and with an opening code when one has ended since \
         the opening code before it.",
    )
}

fn spells() -> Part {
    Select::from("beginning_events", "e")
        .all("e")
        .column(call("sum", [of("e", "begins")]).over(&under_one_id(), by_place(), Frame::SoFar), "spell")
        .part("spells", "E3. Events with the same patient, course id and spell are one course.")
}

fn firsts() -> Part {
    let course = [of("e", "patient"), of("e", "course_id"), of("e", "spell")];
    Select::from("spells", "e")
        .all("e")
        .column(call("min", [of("e", "place")]).over(&course, [], Frame::Own), "first_place")
        .part("first_places", "E3. Where each course begins.")
}

fn numbered() -> Part {
    let order = [Order::Up(of("e", "first_place"))];
    Select::from("first_places", "e")
        .columns("e", ["patient", "course_id", "place", "date", "code", "institution", "role", "phase"])
        .column(call("dense_rank", []).over(&[of("e", "patient")], order, Frame::Own), "course")
        .part("course_events", "E3. The events with the number of their course.")
}
