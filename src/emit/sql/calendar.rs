//! The days of working weeks (rule 2), for limits that count them.

use super::tree::{
    Body, Expr, Frame, Operator, Order, Part, Select, Type, call, case, date, int, of, one_if, rows, text,
};
use crate::tables::Unit;

/// Fewer days of work than any year has.
const LEAST_A_YEAR: u32 = 240;

/// The parts that number the days of the units that need it, `working_days`, so far that the longest amount after the last
/// event is among them; none if no unit needs it.
pub(super) fn parts(units: &[Unit], longest: u32) -> Vec<Part> {
    let counted: Vec<(Unit, i64)> =
        [(Unit::Arbeidsdager, 5), (Unit::Virkedager, 6)].into_iter().filter(|(unit, _)| units.contains(unit)).collect();
    if counted.is_empty() {
        return Vec::new();
    }
    vec![digits(), numbers(), years(longest), moons(), sundays(), easters(), days(), working_days(&counted)]
}

fn plus(one: Expr, other: Expr) -> Expr {
    one.is(Operator::Plus, other)
}

fn times(factor: i64, value: Expr) -> Expr {
    int(factor).is(Operator::Times, value)
}

fn modulo(value: Expr, by: i64) -> Expr {
    value.is(Operator::Modulo, int(by))
}

fn day_of(month: i64, day: i64) -> Expr {
    call("make_date", [of("e", "year"), int(month), int(day)])
}

fn later(date: Expr, days: Expr) -> Expr {
    Expr::AddDays(Box::new(date), Box::new(days))
}

fn digits() -> Part {
    rows("digits", "Calendar: the digits.", [("digit", Type::Integer)], (0..10).map(|digit| [Expr::Integer(digit)]))
}

fn numbers() -> Part {
    let number = plus(plus(times(100, of("h", "digit")), times(10, of("t", "digit"))), of("o", "digit"));
    Select::from("digits", "h")
        .column(number, "number")
        .cross("digits", "t")
        .cross("digits", "o")
        .part("numbers", "Calendar: the numbers from 0 to 999.")
}

fn years(longest: u32) -> Part {
    let year = |which| Expr::Year(Box::new(call(which, [of("e", "date")])));
    Select::from("course_events", "e")
        .column(year("min"), "first_year")
        .column(plus(year("max"), int(longest / LEAST_A_YEAR + 1)), "last_year")
        .part("years", "Calendar: the years that are needed.")
}

/// Gauss's rule; its constants for the Gregorian calendar hold from 1900 to 2299.
fn moons() -> Part {
    let year = || plus(int(1900), of("n", "number"));
    let shift = case([(year().lt(int(2200)), int(24))], int(25));
    let moon = modulo(plus(times(19, modulo(year(), 19)), shift), 30);
    Select::from("numbers", "n")
        .column(year(), "year")
        .column(moon, "moon")
        .join("years", "y", year().ge(of("y", "first_year")).and(year().le(of("y", "last_year"))))
        .part("moons", "Calendar: the days from 21 March to the full moon of Easter, less corrections.")
}

fn sundays() -> Part {
    let year = || of("m", "year");
    let shift = case([(year().lt(int(2100)), int(5)), (year().lt(int(2200)), int(6))], int(0));
    let sum = plus(times(2, modulo(year(), 4)), times(4, modulo(year(), 7)));
    let sunday = modulo(plus(plus(sum, times(6, of("m", "moon"))), shift), 7);
    Select::from("moons", "m")
        .columns("m", ["year", "moon"])
        .column(sunday, "sunday")
        .part("sundays", "Calendar: the days on to the Sunday after it.")
}

fn easters() -> Part {
    let late = of("e", "moon").eq(int(28)).and(modulo(of("e", "year"), 19).gt(int(10))).or(of("e", "moon").eq(int(29)));
    let back = case([(of("e", "sunday").eq(int(6)).and(late), int(7))], int(0));
    let days = plus(of("e", "moon"), of("e", "sunday")).is(Operator::Minus, back);
    Select::from("sundays", "e")
        .columns("e", ["year"])
        .column(later(day_of(3, 22), days), "easter")
        .part("easters", "Calendar: Easter Sunday of each year.")
}

fn days() -> Part {
    let day = || later(day_of(1, 1), of("n", "number"));
    let first_monday = date(1900, 1, 1);
    let weekday = modulo(Expr::DaysBetween(Box::new(day()), Box::new(first_monday)), 7);
    let from_easter = Expr::DaysBetween(Box::new(day()), Box::new(of("e", "easter")));
    let movable = from_easter.among([-3, -2, 0, 1, 39, 49, 50].map(Expr::Integer));
    let fixed = day().among([(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)].map(|(month, day)| day_of(month, day)));
    Select::from("easters", "e")
        .column(day(), "day")
        .column(weekday, "weekday")
        .column(one_if(movable.or(fixed)), "holiday")
        .cross("numbers", "n")
        .only(day().lt(call("make_date", [plus(of("e", "year"), int(1)), int(1), int(1)])))
        .part(
            "days",
            "Calendar: each day with its weekday, 0 for Monday, and whether it is a Norwegian public holiday.",
        )
}

fn working_days(counted: &[(Unit, i64)]) -> Part {
    let selects = counted.iter().map(|(unit, week)| {
        let works = || one_if(of("d", "weekday").lt(int(*week)).and(of("d", "holiday").eq(int(0))));
        let number = call("sum", [works()]).over(&[], [Order::Up(of("d", "day"))], Frame::SoFar);
        Select::from("days", "d")
            .column(text(unit.word()), "unit")
            .columns("d", ["day"])
            .column(works(), "works")
            .column(number, "number")
    });
    Part {
        name: "working_days".to_owned(),
        comment: "Calendar: whether each day counts in a unit, and how many such days there are up to it.".to_owned(),
        body: Body::Selects(selects.collect()),
    }
}
