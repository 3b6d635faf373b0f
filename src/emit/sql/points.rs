//! What is measured, and the events that it goes between (E4).

use std::collections::BTreeSet;

use super::tree::{Body, Expr, Frame, Order, Part, Select, Type, call, int, of, only, optional, rows, same, text};
use crate::tables::{Interval, Pathway, Treatment};

/// An interval, or one treatment of it: what one row of the answer is about.
#[derive(Clone, Copy)]
pub(super) struct Measure<'t> {
    pub interval: &'t Interval,
    pub treatment: Option<&'t Treatment>,
}

/// The pathway's measures in the order of the answers.
pub(super) fn measures(pathway: &Pathway) -> Vec<Measure<'_>> {
    let mut measures = Vec::new();
    for interval in &pathway.intervals {
        measures.extend(interval.treatments.iter().map(|one| Measure { interval, treatment: Some(one) }));
        measures.extend(interval.treatments.is_empty().then_some(Measure { interval, treatment: None }));
    }
    measures
}

/// The parts from the measures to the dates of each, `measured`.
pub(super) fn parts(pathway: &Pathway) -> Vec<Part> {
    let measures = measures(pathway);
    let mut parts = vec![measure_rows(pathway, &measures), picks(&measures), ends(pathway), visits()];
    parts.extend(points(pathway));
    parts.push(measured());
    parts
}

fn measure_rows(pathway: &Pathway, measures: &[Measure]) -> Part {
    let number =
        |name: &str| pathway.intervals.iter().zip(1_i64..).find(|(one, _)| one.name == name).map_or(0, |(_, n)| n);
    let columns = [
        ("measure", Type::Integer),
        ("interval_number", Type::Integer),
        ("interval_name", Type::Text),
        ("treatment", Type::Text),
    ];
    let measures = measures.iter().zip(1..).map(|(measure, at)| {
        let treatment = measure.treatment.map(|treatment| &treatment.name);
        [
            Expr::Integer(at),
            int(number(&measure.interval.name)),
            text(&measure.interval.name),
            optional(treatment, text, Type::Text),
        ]
    });
    rows("measures", "What is measured: the intervals, by treatment where the template splits them.", columns, measures)
}

fn picks(measures: &[Measure]) -> Part {
    let codes = measures.iter().zip(1..).flat_map(|(measure, at)| {
        let codes: BTreeSet<&String> = measure.treatment.iter().flat_map(|treatment| &treatment.codes).collect();
        codes.into_iter().map(move |code| [Expr::Integer(at), text(code)])
    });
    let columns = [("measure", Type::Integer), ("code", Type::Text)];
    rows("treatment_codes", "The end codes that mean a measure's treatment.", columns, codes)
}

fn ends(pathway: &Pathway) -> Part {
    let codes = pathway.intervals.iter().zip(1..).flat_map(|(interval, number)| {
        let codes: BTreeSet<&String> = interval.from.iter().chain(&interval.to).collect();
        codes.into_iter().map(move |code| {
            let (starts, ends) = (interval.from.contains(code), interval.to.contains(code));
            [Expr::Integer(number), text(code), Expr::Integer(starts.into()), Expr::Integer(ends.into())]
        })
    });
    let columns =
        [("interval_number", Type::Integer), ("code", Type::Text), ("starts", Type::Integer), ("ends", Type::Integer)];
    rows("interval_codes", "The codes that intervals go between: 1 where they start or end one.", columns, codes)
}

fn visits() -> Part {
    Select::from("course_events", "e")
        .columns("e", ["patient", "course", "place"])
        .columns("i", ["interval_number", "starts", "ends"])
        .join("interval_codes", "i", of("i", "code").eq(of("e", "code")))
        .part("interval_events", "E4. The events that may start or end an interval.")
}

const INTERVAL: [&str; 3] = ["patient", "course", "interval_number"];

fn points(pathway: &Pathway) -> Vec<Part> {
    let repeating = pathway.intervals.iter().zip(1..).filter(|(interval, _)| interval.repeats);
    let repeating: Vec<Expr> = repeating.map(|(_, number)| Expr::Integer(number)).collect();
    let first = |which| call("min", [of("e", "place")]).filter(of("e", which).eq(int(1)));
    let mut once = Select::from("interval_events", "e")
        .columns("e", INTERVAL)
        .column(int(1), "occurrence")
        .column(first("starts"), "from_place")
        .column(first("ends"), "to_place")
        .group(INTERVAL.map(|name| of("e", name)));
    let comment = "E4. The first start and the first end";
    if repeating.is_empty() {
        return vec![once.part("points", format!("{comment}."))];
    }
    let interval = INTERVAL.map(|name| of("e", name));
    let order = || [Order::Up(of("e", "place"))];
    let end = only(of("e", "ends").eq(int(1)), of("e", "place"));
    let next = Select::from("interval_events", "e")
        .columns("e", INTERVAL)
        .columns("e", ["place", "starts"])
        .column(call("min", [end]).over(&interval, order(), Frame::After), "to_place")
        .only(of("e", "interval_number").among(repeating.clone()))
        .part("next_ends", "E4. In repeating intervals, the first end after each event.");
    let each = Select::from("next_ends", "e")
        .columns("e", INTERVAL)
        .column(call("row_number", []).over(&interval, order(), Frame::Own), "occurrence")
        .column(of("e", "place"), "from_place")
        .columns("e", ["to_place"])
        .only(of("e", "starts").eq(int(1)));
    let not_begun = call("max", [of("e", "starts")]).eq(int(0));
    once.having = Some(of("e", "interval_number").among(repeating).negated().or(not_begun));
    let comment = format!("{comment}; in repeating intervals that have begun, every start and the end after it.");
    vec![next, Part { name: "points".to_owned(), comment, body: Body::Selects(vec![once, each]) }]
}

fn measured() -> Part {
    let ends_so = of("m", "treatment").null().or(of("k", "code").known());
    let ended = of("t", "date").known().and(ends_so);
    let not_ended = of("t", "date").null().and(of("c", "state").is(super::tree::Operator::Unequal, text("closed")));
    let applies = ended.or(not_ended);
    let day = call("coalesce", [of("t", "date"), of("s", "as_of")]);
    Select::from("courses", "c")
        .columns("c", ["patient", "course", "starts", "state"])
        .columns("m", ["measure"])
        .column(call("coalesce", [of("p", "occurrence"), int(1)]), "occurrence")
        .column(super::tree::one_if(applies.clone()), "applies")
        .column(only(applies.clone(), of("f", "date")), "from_date")
        .column(only(applies, of("t", "date")), "to_date")
        .column(day, "decided_on")
        .columns("s", ["as_of"])
        .cross("measures", "m")
        .cross("judged_on", "s")
        .left("points", "p", same("p", "c", ["patient", "course"]).and(same("p", "m", ["interval_number"])))
        .left("course_events", "f", same("f", "c", ["patient"]).and(of("f", "place").eq(of("p", "from_place"))))
        .left("course_events", "t", same("t", "c", ["patient"]).and(of("t", "place").eq(of("p", "to_place"))))
        .left("treatment_codes", "k", same("k", "m", ["measure"]).and(same("k", "t", ["code"])))
        .part(
            "measured",
            "E4, E6, E8. The dates of each measure of each course, whether it applies, and the day that decides its variant.",
        )
}
