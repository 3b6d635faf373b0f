//! Which limit holds (E7), and when it is due (rule 2).

use chrono::NaiveDate;

use super::{
    points::{Measure, measures},
    tree::{Expr, Operator, Part, Select, Type, case, int, of, optional, rows, same, text},
};
use crate::{
    runtime::MAIN_COURSE,
    tables::{Form, Limit, Pathway, Unit},
};

/// A row, and the measure, variant and days of start that it holds for.
struct Held<'t> {
    measure: i64,
    variant: &'t str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    row: &'t Limit,
    amount: u32,
    unit: Unit,
}

impl Held<'_> {
    /// The least amount, where there is one.
    fn minimum(&self) -> Option<u32> {
        match self.row.form {
            Form::AtLeast => Some(self.amount),
            _ => self.row.minimum,
        }
    }
}

fn held(pathway: &Pathway) -> Vec<Held<'_>> {
    let firsts = pathway.limits.iter().filter_map(|row| row.valid_from);
    let after_lasts = pathway.limits.iter().filter_map(|row| row.valid_to?.succ_opt());
    let mut changes: Vec<NaiveDate> = firsts.chain(after_lasts).collect();
    changes.sort_unstable();
    changes.dedup();
    let periods: Vec<(Option<NaiveDate>, Option<NaiveDate>)> = std::iter::once(None)
        .chain(changes.iter().copied().map(Some))
        .zip(changes.iter().map(|next| next.pred_opt()).chain([None]))
        .collect();
    let mut all: Vec<Held> = Vec::new();
    for (Measure { interval, treatment }, measure) in measures(pathway).into_iter().zip(1..) {
        let treatment = treatment.map(|treatment| treatment.name.as_str());
        let variants = pathway.variants.iter().map(|variant| Some(variant.name.as_str()));
        for variant in std::iter::once(None).chain(variants) {
            for (from, to) in &periods {
                let day = from.unwrap_or(NaiveDate::MIN);
                let Some(row) = pathway.limit(interval, treatment, variant, day) else { continue };
                let Some((amount, unit)) = row.amount.zip(row.unit) else { continue };
                let variant = variant.unwrap_or(MAIN_COURSE);
                let goes_on = |last: &&mut Held| {
                    let next = last.to.and_then(|day| day.succ_opt());
                    last.measure == measure && last.variant == variant && std::ptr::eq(last.row, row) && next == *from
                };
                match all.last_mut().filter(goes_on) {
                    Some(last) => last.to = *to,
                    None => all.push(Held { measure, variant, from: *from, to: *to, row, amount, unit }),
                }
            }
        }
    }
    all
}

/// The parts with the limits and what they mean for each measure, `judged`.
pub(super) fn parts(pathway: &Pathway) -> Vec<Part> {
    let held = held(pathway);
    let mut units: Vec<Unit> = held.iter().map(|held| held.unit).collect();
    units.sort_unstable();
    units.dedup();
    let minimum = held.iter().any(|held| held.minimum().is_some());
    let mut parts = vec![limit_rows(&held)];
    let longest = held.iter().map(|held| held.amount).max().unwrap_or_default();
    parts.extend(super::calendar::parts(&units, longest));
    parts.extend(judged(pathway, &units, minimum));
    parts
}

fn limit_rows(held: &[Held]) -> Part {
    let columns = [
        ("measure", Type::Integer),
        ("variant", Type::Text),
        ("first_start", Type::Date),
        ("last_start", Type::Date),
        ("minimum", Type::Integer),
        ("amount", Type::Integer),
        ("unit", Type::Text),
        ("at_least", Type::Integer),
    ];
    let limits = held.iter().map(|held| {
        [
            int(held.measure),
            text(held.variant),
            optional(held.from, Expr::Date, Type::Date),
            optional(held.to, Expr::Date, Type::Date),
            optional(held.minimum(), int, Type::Integer),
            int(held.amount),
            text(held.unit.word()),
            int(held.row.form == Form::AtLeast),
        ]
    });
    let comment =
        "E7. The limits with a number: what each variant has or inherits, by the day on which the course starts.";
    rows("limits", comment, columns, limits)
}

/// The last day on which an amount of a unit of the calendar is kept.
pub(super) fn due(start: Expr, amount: Expr, unit: Unit) -> Expr {
    let (start, amount) = (Box::new(start), Box::new(amount));
    match unit {
        Unit::Uker => Expr::AddDays(start, Box::new(amount.is(Operator::Times, int(7)))),
        Unit::Måneder => Expr::AddMonths(start, amount),
        Unit::Kalenderdager | Unit::Arbeidsdager | Unit::Virkedager => Expr::AddDays(start, amount),
    }
}

fn judged(pathway: &Pathway, units: &[Unit], minimum: bool) -> [Part; 2] {
    let starts = || of("m", "starts");
    let begun = of("l", "first_start").null().or(of("l", "first_start").le(starts()));
    let not_over = of("l", "last_start").null().or(starts().le(of("l", "last_start")));
    let varied = !pathway.variants.is_empty();
    let variant = if varied { of("m", "variant") } else { text(MAIN_COURSE) };
    let on = same("l", "m", ["measure"]).and(of("l", "variant").eq(variant.clone())).and(begun).and(not_over);
    let mut limited = Select::from(if varied { "varied" } else { "measured" }, "m").all("m");
    if !varied {
        limited = limited.column(variant, "variant").column(text("known"), "variant_basis");
    }
    let limited = limited.columns("l", ["minimum", "amount", "unit", "at_least"]);
    let limited = limited.left("limits", "l", on).part("limited", "E6, E7. Each measure with its variant and limit.");

    let counted = |unit: &Unit| matches!(unit, Unit::Arbeidsdager | Unit::Virkedager);
    let day = |amount: &str, table: &'static str| {
        let mut arms: Vec<(Expr, Expr)> = units
            .iter()
            .filter(|unit| !counted(unit))
            .map(|unit| (of("m", "unit").eq(text(unit.word())), due(of("m", "from_date"), of("m", amount), *unit)))
            .collect();
        if units.iter().any(counted) {
            arms.push((of("m", amount).eq(int(0)), of("m", "from_date")));
            arms.push((of("m", amount).known(), of(table, "day")));
        }
        if arms.is_empty() { Expr::Null(Type::Date) } else { Expr::Case(arms, None) }
    };
    let (due, earliest) = (day("amount", "d"), if minimum { day("minimum", "n") } else { Expr::Null(Type::Date) });
    let mut judged = Select::from("limited", "m").all("m").column(due, "due").column(earliest, "earliest");
    if units.iter().any(counted) {
        let start = same("w", "m", ["unit"]).and(of("w", "day").eq(of("m", "from_date")));
        judged = judged.left("working_days", "w", start);
        for (table, amount, wanted) in [("d", "amount", true), ("n", "minimum", minimum)] {
            let reached = of("w", "number").is(Operator::Plus, of("m", amount));
            let on = same(table, "m", ["unit"]).and(of(table, "works").eq(int(1))).and(of(table, "number").eq(reached));
            if wanted {
                judged = judged.left("working_days", table, on);
            }
        }
    }
    [limited, judged.part("judged", "E8. When each is due, and before which day it is too early.")]
}

/// The status (E8).
pub(super) fn status() -> Expr {
    let (from, to) = (|| of("j", "from_date"), || of("j", "to_date"));
    let limit = || of("j", "amount");
    let both = || from().known().and(to().known());
    case(
        [
            (of("j", "applies").eq(int(0)), text("not_applicable")),
            (to().lt(from()), text("invalid_order")),
            (both().and(limit().null()), text("no_limit")),
            (to().lt(of("j", "earliest")), text("too_early")),
            (of("j", "at_least").eq(int(0)).and(of("j", "due").lt(to())), text("exceeded")),
            (both(), text("within")),
            (to().known(), text("undetermined")),
            (of("j", "state").eq(text("completed")), text("undetermined")),
            (from().null(), text("not_started")),
            (limit().null(), text("no_limit")),
            (of("j", "as_of").le(of("j", "due")), text("running")),
        ],
        text("overdue"),
    )
}
