//! What is measured, and the events that it goes between (E4).

use std::collections::BTreeSet;

use super::tree::{
    Body, Expr, Frame, Operator, Order, Part, Select, Type, call, int, of, one_if, only, optional, rows, same, text,
};
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
    let interval = ["patient", "course"].map(|name| of("e", name)).into_iter().chain([of("i", "interval_number")]);
    let interval: Vec<Expr> = interval.collect();
    let ends = || of("i", "ends");
    let same_kind: Vec<Expr> = interval.iter().cloned().chain([ends()]).collect();
    let by_place = || [Order::Up(of("e", "place"))];
    Select::from("course_events", "e")
        .columns("e", ["patient", "course", "date", "code", "place"])
        .columns("i", ["interval_number", "starts", "ends"])
        .column(call("row_number", []).over(&same_kind, by_place(), Frame::Own), "nth_end")
        .column(call("sum", [ends()]).over(&interval, by_place(), Frame::SoFar), "ends_so_far")
        .join("interval_codes", "i", of("i", "code").eq(of("e", "code")))
        .part("interval_events", "E4. The events that may start or end an interval, with the ends numbered.")
}

const INTERVAL: [&str; 3] = ["patient", "course", "interval_number"];

fn points(pathway: &Pathway) -> Vec<Part> {
    let repeating = pathway.intervals.iter().zip(1..).filter(|(interval, _)| interval.repeats);
    let repeating: Vec<Expr> = repeating.map(|(_, number)| Expr::Integer(number)).collect();
    let is = |table, which| of(table, which).eq(int(1));
    let first_end = |what| call("max", [only(is("e", "ends").and(is("e", "nth_end")), of("e", what))]);
    let mut once = Select::from("interval_events", "e")
        .columns("e", INTERVAL)
        .column(int(1), "occurrence")
        .column(call("min", [of("e", "date")]).filter(is("e", "starts")), "from_date")
        .column(first_end("date"), "to_date")
        .column(first_end("code"), "to_code")
        .group(INTERVAL.map(|name| of("e", name)));
    let comment = "E4. The first start and the first end";
    if repeating.is_empty() {
        return vec![once.part("points", format!("{comment}."))];
    }
    let interval = INTERVAL.map(|name| of("e", name));
    let next = of("n", "nth_end").eq(of("e", "ends_so_far").is(Operator::Plus, int(1)));
    let each = Select::from("interval_events", "e")
        .columns("e", INTERVAL)
        .column(call("row_number", []).over(&interval, [Order::Up(of("e", "place"))], Frame::Own), "occurrence")
        .column(of("e", "date"), "from_date")
        .column(of("n", "date"), "to_date")
        .column(of("n", "code"), "to_code")
        .left("interval_events", "n", same("n", "e", INTERVAL).and(is("n", "ends")).and(next))
        .only(of("e", "interval_number").among(repeating.clone()).and(is("e", "starts")));
    let not_begun = call("max", [of("e", "starts")]).eq(int(0));
    once.having = Some(of("e", "interval_number").among(repeating).negated().or(not_begun));
    let comment = format!("{comment}; in repeating intervals that have begun, every start and the end after it.");
    vec![Part { name: "points".to_owned(), comment, body: Body::Selects(vec![once, each]) }]
}

/// The columns of a course that answers carry along.
pub(super) const COURSE: [&str; 9] =
    ["patient", "course", "course_id", "start", "starts", "state", "phase", "doubts", "breaches"];
/// Those of a measure of it.
pub(super) const MEASURED: [&str; 7] =
    ["measure", "occurrence", "applies", "from_date", "to_date", "decided_on", "as_of"];

fn measured() -> Part {
    let ends_so = of("m", "treatment").null().or(of("k", "code").known());
    let ended = of("p", "to_code").known().and(ends_so);
    let not_ended = of("p", "to_code").null().and(of("c", "state").is(Operator::Unequal, text("closed")));
    let applies = ended.or(not_ended);
    Select::from("courses", "c")
        .columns("c", COURSE)
        .columns("m", ["measure"])
        .column(call("coalesce", [of("p", "occurrence"), int(1)]), "occurrence")
        .column(one_if(applies.clone()), "applies")
        .column(only(applies.clone(), of("p", "from_date")), "from_date")
        .column(only(applies, of("p", "to_date")), "to_date")
        .column(call("coalesce", [of("p", "to_date"), of("s", "as_of")]), "decided_on")
        .columns("s", ["as_of"])
        .cross("measures", "m")
        .cross("judged_on", "s")
        .left("points", "p", same("p", "c", ["patient", "course"]).and(same("p", "m", ["interval_number"])))
        .left("treatment_codes", "k", same("k", "m", ["measure"]).and(of("k", "code").eq(of("p", "to_code"))))
        .part(
            "measured",
            "E4, E6, E8. The dates of each measure of each course, whether it applies, and the day that decides its variant.",
        )
}
