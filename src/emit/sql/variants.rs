//! Which variant holds on the days that decide (rule 4, E6).

use super::{
    conditions::Conditions,
    tree::{Expr, Frame, Order, Part, Select, call, case, of, same, text, texts},
};
use crate::{emit::Refusal, runtime::MAIN_COURSE, tables::Pathway};

/// The parts from the days that decide to the variant that holds on each, `variants`; none if there is only the main course.
pub(super) fn parts(pathway: &Pathway) -> Result<Vec<Part>, Vec<Refusal>> {
    if pathway.variants.is_empty() {
        return Ok(Vec::new());
    }
    let mut conditions = Conditions::new(pathway);
    let mut select = Select::from("knowledge", "k").columns("k", ["patient", "day"]);
    for (variant, number) in pathway.variants.iter().zip(1..) {
        let when = conditions.of_variant(variant);
        select = select.column(when, column(number));
    }
    let rises = conditions.rises();
    let (columns, facts) = conditions.finish()?;
    let days = Select { distinct: true, ..Select::from("measured", "m") }
        .columns("m", ["patient"])
        .column(of("m", "decided_on"), "day");
    let mut knowledge = Select::from("decision_days", "d")
        .columns("d", ["patient", "day"])
        .left("known_on_days", "k", same("k", "d", ["patient", "day"]))
        .group([of("d", "patient"), of("d", "day")]);
    knowledge.columns.extend(columns);
    let names = pathway.variants.iter().map(|variant| variant.name.as_str()).collect::<Vec<_>>().join(", ");
    Ok(vec![
        days.part("decision_days", "E6. The days that decide the variant of an interval."),
        known_on_days(texts(&facts), rises),
        knowledge.part("knowledge", "E6. What is known on each of these days."),
        select.part(
            "conditions",
            format!("Rule 3. Whether the conditions of the variants hold, in their order: {names}."),
        ),
        held(pathway),
    ])
}

fn column(number: i64) -> String {
    format!("when_{number}")
}

fn known_on_days(facts: Vec<Expr>, rises: bool) -> Part {
    let fact = ["patient", "day"].map(|name| of("d", name)).into_iter().chain([of("f", "fact")]).collect::<Vec<_>>();
    let of_date: Vec<Expr> = fact.iter().cloned().chain([of("f", "date")]).collect();
    let latest = || Order::Down(of("f", "date"));
    let last = || Order::Down(of("f", "line"));
    let on_or_before = of("f", "date").null().or(of("f", "date").le(of("d", "day")));
    let mut select = Select::from("decision_days", "d")
        .columns("d", ["patient", "day"])
        .columns("f", ["fact", "date", "value", "number"])
        .column(call("row_number", []).over(&fact, [latest(), last()], Frame::Own), "recency");
    if rises {
        select = select
            .column(call("dense_rank", []).over(&fact, [latest()], Frame::Own), "date_recency")
            .column(call("row_number", []).over(&of_date, [last()], Frame::Own), "recency_on_date");
    }
    select
        .join("known_facts", "f", same("f", "d", ["patient"]).and(on_or_before))
        .only(of("f", "fact").among(facts))
        .part(
            "known_on_days",
            "E6. The values known on each of these days; the latest is number 1, undated ones come before all dated ones.",
        )
}

fn held(pathway: &Pathway) -> Part {
    let mut variant = Vec::new();
    let mut basis = Vec::new();
    for (declared, number) in pathway.variants.iter().zip(1..) {
        let when = || of("c", column(number));
        variant.extend([(when(), text(&declared.name)), (when().null(), text(MAIN_COURSE))]);
        basis.extend([(when(), text("known")), (when().null(), text("assumed"))]);
    }
    Select::from("conditions", "c")
        .columns("c", ["patient", "day"])
        .column(case(variant, text(MAIN_COURSE)), "variant")
        .column(case(basis, text("known")), "variant_basis")
        .part("variants", "Rule 4. The first variant that is true holds; an unknown one stops the search.")
}
