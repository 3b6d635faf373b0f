//! Which variant holds on the days that decide (rule 4, E6).

use super::{
    conditions::{Asked, Conditions},
    points::{COURSE, MEASURED},
    tree::{Expr, Frame, Operator, Order, Part, Select, call, case, date, of, same, text, texts},
};
use crate::{emit::Refusal, runtime::MAIN_COURSE, tables::Pathway};

/// The parts from what is measured to the variant of each, `varied`; none if there is only the main course.
pub(super) fn parts(pathway: &Pathway) -> Result<Vec<Part>, Vec<Refusal>> {
    if pathway.variants.is_empty() {
        return Ok(Vec::new());
    }
    let mut conditions = Conditions::new(pathway);
    let names = COURSE.into_iter().chain(MEASURED);
    let mut judged = Select::from("informed", "k");
    judged.columns = names.clone().map(|name| (of("k", name), name.to_owned())).collect();
    for (variant, number) in pathway.variants.iter().zip(1..) {
        judged = judged.column(conditions.of_variant(variant), column(number));
    }
    let asked = conditions.finish()?;
    let until = of("h", "next_from").null().or(of("m", "decided_on").lt(of("h", "next_from")));
    let holds = same("h", "m", ["patient"]).and(of("h", "known_from").le(of("m", "decided_on"))).and(until);
    let mut informed = Select::from("measured", "m").left("held_facts", "h", holds);
    informed.columns = names.clone().map(|name| (of("m", name), name.to_owned())).collect();
    informed.group = names.map(|name| of("m", name)).collect();
    informed.columns.extend(asked.columns.iter().cloned());
    let names = pathway.variants.iter().map(|variant| variant.name.as_str()).collect::<Vec<_>>().join(", ");
    Ok(vec![
        in_order(&asked),
        held_facts(&asked),
        informed.part("informed", "E6. What is known on the days that decide."),
        judged.part(
            "conditions",
            format!("Rule 3. Whether the conditions of the variants hold, in their order: {names}."),
        ),
        held(pathway),
    ])
}

fn column(number: i64) -> String {
    format!("when_{number}")
}

fn of_fact() -> [Expr; 2] {
    ["patient", "fact"].map(|name| of("f", name))
}

/// The order of a fact's values where each has the day from which it is known.
fn by_day() -> [Order; 2] {
    ["known_from", "line"].map(|name| Order::Up(of("f", name)))
}

fn in_order(asked: &Asked) -> Part {
    let from = || call("coalesce", [of("f", "date"), date(1000, 1, 1)]);
    let order = [Order::Up(from()), Order::Up(of("f", "line"))];
    let mut select = Select::from("known_facts", "f")
        .columns("f", ["patient", "fact", "date", "value", "number", "line"])
        .column(from(), "known_from")
        .column(call("lead", [from()]).over(&of_fact(), order.clone(), Frame::Own), "next_from")
        .only(of("f", "fact").among(texts(&asked.facts)));
    for (counted, name) in &asked.counts {
        let so_far =
            |function, value: &Expr| call(function, [value.clone()]).over(&of_fact(), order.clone(), Frame::SoFar);
        let count = so_far("sum", &counted.dated).is(Operator::Plus, so_far("max", &counted.undated));
        select = select.column(count, name);
    }
    select.part(
        "ordered_facts",
        "E6. From when each value is known, and from when the next one is; undated ones from before all dated ones.",
    )
}

fn held_facts(asked: &Asked) -> Part {
    let mut select = Select::from("ordered_facts", "f").all("f");
    if asked.rises {
        for (what, name) in [("number", "number_before"), ("date", "date_before")] {
            let before = call("lag", [of("f", what)]).over(&of_fact(), by_day(), Frame::Own);
            select = select.column(before, name);
        }
    }
    let last = of("f", "next_from").null().or(of("f", "known_from").lt(of("f", "next_from")));
    select.only(last).part("held_facts", "E6. Of values with the same date, the last.")
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
        .all("c")
        .column(case(variant, text(MAIN_COURSE)), "variant")
        .column(case(basis, text("known")), "variant_basis")
        .part("varied", "Rule 4. The first variant that is true holds; an unknown one stops the search.")
}
