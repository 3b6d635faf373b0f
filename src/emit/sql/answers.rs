//! The answer for every measure (E5, E8), and the query that gives the rows of `eval --format csv`.

use super::{
    courses, events, facts,
    limits::{self, status},
    points::{self, COURSE},
    tree::{Expr, Order, Part, Query, Select, Type, call, of, only, same, text},
    variants,
};
use crate::{emit::Refusal, tables::Pathway};

/// The parts that both queries share, up to `answers`: a row for each measure of each course.
pub(super) fn parts(pathway: &Pathway) -> Result<Vec<Part>, Vec<Refusal>> {
    let mut parts = events::parts(pathway);
    parts.extend(courses::parts(pathway));
    parts.extend(points::parts(pathway));
    let variants = variants::parts(pathway)?;
    if !variants.is_empty() {
        parts.extend(facts::parts(pathway));
        parts.extend(variants);
    }
    parts.extend(limits::parts(pathway));
    parts.push(answers());
    Ok(parts)
}

fn answers() -> Part {
    let days = |later: &str, earlier: &str| Expr::DaysBetween(Box::new(of("j", later)), Box::new(of("j", earlier)));
    let mut answers = Select::from("judged", "j")
        .columns("j", COURSE)
        .columns("j", ["measure", "occurrence", "from_date", "to_date"])
        .column(days("to_date", "from_date"), "days")
        .columns("j", ["variant", "variant_basis", "amount", "unit"])
        .column(status(), "status")
        .columns("j", ["due"])
        .column(days("due", "as_of"), "days_to_due");
    answers.columns.retain(|(_, name)| name != "starts");
    answers.column(Expr::Year(Box::new(of("j", "starts"))), "year").part("answers", "E5, E8. The answers.")
}

/// The query whose rows are those of `eval --format csv`.
pub(super) fn query(pathway: &Pathway, heading: Vec<String>) -> Result<Query, Vec<Refusal>> {
    let mut parts = parts(pathway)?;
    let mut findings = vec![of("a", "doubts"), of("a", "breaches")];
    let conflicts = facts::given(pathway).next().is_some();
    if conflicts {
        if pathway.variants.is_empty() {
            parts.extend(facts::parts(pathway));
        }
        parts.extend(facts::conflicts());
        let count = Expr::Cast(Box::new(of("x", "facts")), Type::Integer);
        let each = call("repeat", [text("conflicting_fact "), count]);
        findings.insert(1, Expr::TrimEnd(Box::new(each), Box::new(text(" "))));
    }
    let under_way = of("a", "status").among([text("running"), text("overdue")]);
    let mut last = Select::from("answers", "a")
        .column(text(&pathway.id), "pathway")
        .columns("a", ["patient", "course", "course_id", "start", "state", "phase"])
        .column(of("m", "interval_name"), "interval")
        .columns("m", ["treatment"])
        .columns("a", ["occurrence"])
        .column(of("a", "from_date"), "from")
        .column(of("a", "to_date"), "to")
        .columns("a", ["days", "variant", "variant_basis"])
        .column(of("a", "amount"), "limit")
        .columns("a", ["unit", "status", "due"])
        .column(only(under_way, of("a", "days_to_due")), "days_left")
        .column(courses::findings(findings), "findings")
        .join("measures", "m", same("m", "a", ["measure"]));
    if conflicts {
        last = last.left("conflicts", "x", same("x", "a", ["patient"]));
    }
    last.order = vec![Order::UpBytes(of("a", "patient"))];
    last.order.extend(["course", "measure", "occurrence"].map(|name| Order::Up(of("a", name))));
    Ok(Query { heading, parts, last })
}
