//! Computed facts (`beregnet`) as arithmetic in the query.

use super::{
    conditions::{Conditions, Unsaid},
    tree::{Expr, Operator as Sql, Type, call, of, only},
};
use crate::tables::{Formula, Operator};

/// A computed number, and between which powers of ten it lies if it is not 0.
pub(super) struct Computed {
    pub expr: Expr,
    smallest: f64,
    largest: f64,
}

/// PostgreSQL stops where a double ends, at about 1e±308, and the others go on otherwise than the runtime.
const LAST_POWER: f64 = 300.0;
/// Numbers beyond this are no measurements, and what is computed from them is unknown.
pub(super) const UTMOST_POWER: i32 = 40;
/// How many powers of ten a difference can be smaller than its parts.
const DIGITS: f64 = 17.0;

impl Computed {
    /// Whether a double holds it, whatever the patient's values are.
    pub fn fits(&self) -> bool {
        self.smallest > -LAST_POWER && self.largest < LAST_POWER
    }

    /// A constant.
    fn number(value: f64) -> Self {
        let power = if value == 0.0 { 0.0 } else { value.abs().log10() };
        Computed { expr: Expr::Number(value), smallest: power.floor(), largest: power.ceil() }
    }

    fn given(expr: Expr) -> Self {
        let size = || call("abs", [expr.clone()]);
        let bound = |power| Expr::Number(10_f64.powi(power));
        let measured = size().ge(bound(-UTMOST_POWER)).and(size().le(bound(UTMOST_POWER)));
        let none = expr.clone().eq(Expr::Number(0.0));
        let power = f64::from(UTMOST_POWER);
        Computed { expr: only(measured.or(none), expr), smallest: -power, largest: power }
    }

    fn with(self, operator: Operator, other: Self) -> Self {
        let sum = (self.smallest.min(other.smallest) - DIGITS, self.largest.max(other.largest) + 1.0);
        let (sign, right, (smallest, largest)) = match operator {
            Operator::Add => (Sql::Plus, other.expr, sum),
            Operator::Subtract => (Sql::Minus, other.expr, sum),
            Operator::Multiply => {
                (Sql::Times, other.expr, (self.smallest + other.smallest, self.largest + other.largest))
            }
            // A division by 0 is unknown.
            Operator::Divide => (
                Sql::Divided,
                call("nullif", [other.expr, Expr::Number(0.0)]),
                (self.smallest - other.largest, self.largest - other.smallest),
            ),
        };
        Computed { expr: self.expr.is(sign, right), smallest, largest }
    }
}

impl Conditions<'_> {
    /// The value of a formula, unknown if a part of it is.
    pub(super) fn computed(&mut self, formula: &Formula) -> Result<Computed, Unsaid> {
        let times = |value: Computed, factor: f64| match factor {
            1.0 => value,
            factor => value.with(Operator::Multiply, Computed::number(factor)),
        };
        Ok(match formula {
            Formula::Number { value } => Computed::number(*value),
            Formula::Fact { fact, factor } => {
                let fact = self.fact(fact)?;
                let value = match &fact.formula {
                    Some(formula) => self.computed(formula)?,
                    None => Computed::given(self.latest(fact, "number", "")),
                };
                times(value, *factor)
            }
            Formula::Rise { fact, factor } => times(self.rise(fact)?, *factor),
            Formula::Compute { with, left, right } => self.computed(left)?.with(*with, self.computed(right)?),
        })
    }

    /// The latest value less the last one of an earlier date, per year of 365 days.
    fn rise(&mut self, name: &str) -> Result<Computed, Unsaid> {
        let fact = self.fact(name)?;
        if fact.formula.is_some() {
            return Ok(Computed::given(Expr::Null(Type::Double)));
        }
        self.asked.rises = true;
        let rise = of("h", "number").is(Sql::Minus, of("h", "number_before"));
        let days = Expr::DaysBetween(Box::new(of("h", "date")), Box::new(of("h", "date_before")));
        let per_day = rise.is(Sql::Divided, Expr::Cast(Box::new(days), Type::Double));
        let column = self.column(fact, "_rise", per_day.is(Sql::Times, Expr::Number(365.0)));
        Ok(Computed::given(column))
    }
}
