//! The query with the indicators: how many answers have each status, and how long the ended ones took.

use super::{
    answers,
    tree::{Expr, Operator, Order, Query, Select, Type, call, col, count_if, of, same, text},
};
use crate::{emit::Refusal, runtime::Status, tables::Pathway};

/// Judged by a limit when both points were there.
const ENDED: [Status; 3] = [Status::Within, Status::Exceeded, Status::TooEarly];

pub(super) fn query(pathway: &Pathway, heading: Vec<String>) -> Result<Query, Vec<Refusal>> {
    let parts = answers::parts(pathway)?;
    let year = || of("a", "year");
    let is =
        |statuses: &[Status]| of("a", "status").among(statuses.iter().map(|one| text(one.word())).collect::<Vec<_>>());
    let ended = || count_if(is(&ENDED));
    let double = |value| Expr::Cast(Box::new(value), Type::Double);
    let share = double(count_if(is(&[Status::Within])))
        .is(Operator::Divided, call("nullif", [double(ended()), Expr::Number(0.0)]));
    let mut last = Select::from("answers", "a")
        .column(text(&pathway.id), "pathway")
        .column(of("m", "interval_name"), "interval")
        .columns("m", ["treatment"])
        .columns("a", ["variant"])
        .columns("a", ["year"])
        .column(call("count", [col("*")]), "answers")
        .column(ended(), "ended")
        .column(share, "share")
        .column(double(Expr::Median(Box::new(of("a", "days"))).filter(is(&ENDED))), "median_days");
    for status in Status::ALL {
        last = last.column(count_if(is(&[status])), status.word());
    }
    last = last.join("measures", "m", same("m", "a", ["measure"]));
    last.group = vec![of("a", "measure"), of("m", "interval_name"), of("m", "treatment"), of("a", "variant"), year()];
    last.order = vec![Order::Up(of("a", "measure")), Order::UpBytes(of("a", "variant")), Order::Up(year())];
    Ok(Query { heading, parts, last })
}
