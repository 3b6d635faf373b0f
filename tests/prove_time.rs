//! What is proven of limits, compared with every course of small random pathways: the runtime judges each course.
//! `FORLOP_CASES` sets how many random pathways.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, fmt::Write, path::Path};

use chrono::{Days, NaiveDate};
use forlop::{
    compile::{Compilation, compile},
    diagnostic::Code,
    runtime::{Course, Evaluator, Event, Options, Status, due},
    source::Input,
    tables::{Form, Pathway, Tables, Unit},
};

/// SplitMix64: a course of numbers that is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

const CODES: [&str; 4] = ["A99A", "A99B", "A99C", "A99D"];
const TEMPLATE: &str = "mal m \"Mal\" {
  kode A \"Start\" { åpner }
  kode B \"Fremmøte\"
  kode C \"Beslutning\"
  kode D \"Behandling\" { fullfører }
  intervall AB \"Første\" fra A til B
  intervall BC \"Andre\" fra B til C
  intervall CD \"Tredje\" fra C til D
  intervall AC \"To\" fra A til C = AB + BC
  intervall AD \"Alle\" fra A til D = AB + BC + CD
  intervall BD \"Løs\" fra B til D
}
";
const INTERVALS: [&str; 6] = ["AB", "BC", "CD", "AC", "AD", "BD"];

fn cases() -> u64 {
    std::env::var("FORLOP_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1000)
}

fn compiled(rows: &str) -> Compilation {
    let head = "pakkeforløp A99 \"Eksempel\" etter m {\n  kilde k \"Kilde\"\n  forløpstider kilde k {\n";
    let mut compilation = compile(&[Input::Text(format!("{TEMPLATE}{head}{rows}  }}\n}}\n"))], Path::new(".")).unwrap();
    compilation.prove();
    compilation
}

fn codes(compilation: &Compilation) -> BTreeSet<Code> {
    compilation.findings.iter().map(|finding| finding.code).collect()
}

/// The answers about a course with these days from its start.
fn judged<R>(evaluator: &Evaluator, start: NaiveDate, days: [u64; 4], ask: impl FnOnce(&Course) -> R) -> R {
    let event = |(code, days): (&'static str, u64)| Event {
        date: start + Days::new(days),
        code,
        institution: None,
        course: None,
    };
    let events: Vec<Event> = CODES.into_iter().zip(days).map(event).collect();
    let as_of = start + Days::new(400);
    ask(&evaluator.patient("p", &events, &[], as_of, Options::default())[0])
}

fn is_kept(course: &Course) -> bool {
    course.intervals.iter().all(|answer| matches!(answer.status, Status::Within | Status::NoLimit))
}

/// Courses whose points come in order; every other has an interval that ends before it starts.
fn in_order(longest: u64) -> impl Iterator<Item = [u64; 4]> {
    let pairs = move |from: u64| from..=longest;
    (0..=longest).flat_map(move |b| pairs(b).flat_map(move |c| pairs(c).map(move |d| [0, b, c, d])))
}

fn some_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 2, 5).unwrap()
}

#[test]
fn limits_are_contradictory_exactly_when_no_course_keeps_them() {
    let mut random = Random(41);
    let mut counts = (0, 0);
    for case in 0..cases() {
        let mut rows = String::new();
        for interval in INTERVALS {
            let (low, high) = (random.below(4), random.below(4));
            let (low, high) = (low.min(high), low.max(high));
            match random.below(6) {
                0 => writeln!(rows, "    {interval} {high} kalenderdager").unwrap(),
                1 => writeln!(rows, "    {interval} minst {high} kalenderdager").unwrap(),
                2 => writeln!(rows, "    {interval} mellom {low} og {high} kalenderdager").unwrap(),
                3 => writeln!(rows, "    {interval} ikke tallfestet").unwrap(),
                _ => {}
            }
        }
        let compilation = compiled(&rows);
        let tables = compilation.tables.as_ref().unwrap();
        let evaluator = Evaluator::new(tables).unwrap();
        // No chain of least times is longer than three intervals.
        let kept = in_order(9).any(|days| judged(&evaluator, some_day(), days, is_kept));
        let claimed = codes(&compilation).contains(&Code::ContradictingLimits);
        assert_eq!(claimed, !kept, "case {case}\n{rows}");
        if kept { counts.0 += 1 } else { counts.1 += 1 }
    }
    assert!(counts.0 > 0 && counts.1 > 0, "{counts:?}");
}

/// Whether a course that uses all the time of some rows, and none besides, is too late for another: each interval in turn
/// as the whole, with its known parts or an interval within it at their longest.
fn too_late(tables: &Tables) -> bool {
    let pathway = &tables.pathways[0];
    let evaluator = Evaluator::new(tables).unwrap();
    let most = |name: &str| {
        let row = pathway.limits.iter().find(|row| row.interval == name)?;
        (row.form != Form::AtLeast).then_some(row.amount?)
    };
    let days = |name: &str| u64::from(most(name).unwrap_or(0)) * if weeks(pathway, name) { 7 } else { 1 };
    let (ab, bc, cd, ac, bd) = (days("AB"), days("BC"), days("CD"), days("AC"), days("BD"));
    let late = |name: &'static str, at: [u64; 4]| {
        most(name).is_some()
            && judged(&evaluator, some_day(), at, |course| {
                course.intervals.iter().any(|answer| answer.interval == name && answer.status == Status::Exceeded)
            })
    };
    late("AC", [0, ab, ab + bc, ab + bc])
        || late("AD", [0, ab, ab + bc, ab + bc + cd])
        || late("AD", [0, 0, ac, ac])
        || late("AD", [0, 0, 0, bd])
        || late("BD", [0, 0, bc, bc])
        || late("BD", [0, 0, 0, cd])
}

fn weeks(pathway: &Pathway, name: &str) -> bool {
    pathway.limits.iter().any(|row| row.interval == name && row.unit == Some(Unit::Uker))
}

#[test]
fn parts_are_longer_than_the_whole_exactly_when_a_course_shows_it() {
    let mut random = Random(42);
    let mut counts = (0, 0);
    for case in 0..cases() {
        let mut rows = String::new();
        for interval in INTERVALS {
            match random.below(4) {
                0 => writeln!(rows, "    {interval} {} kalenderdager", random.below(30)).unwrap(),
                1 => writeln!(rows, "    {interval} {} uker", random.below(4)).unwrap(),
                2 => writeln!(rows, "    {interval} ikke tallfestet").unwrap(),
                _ => {}
            }
        }
        let compilation = compiled(&rows);
        let codes = codes(&compilation);
        let proven = codes.contains(&Code::PartsExceedTotal) || codes.contains(&Code::ExceedsOuter);
        // Sums all of whose parts have a limit are compared when they are read, and then say it first.
        let compared = codes.contains(&Code::WrongSum) || codes.contains(&Code::MixedUnits);
        let late = too_late(compilation.tables.as_ref().unwrap());
        assert!(late || !proven, "case {case}: claimed, but no course shows it\n{rows}");
        assert!(!late || proven || compared, "case {case}: missed\n{rows}");
        if late { counts.0 += 1 } else { counts.1 += 1 }
    }
    assert!(counts.0 > 0 && counts.1 > 0, "{counts:?}");
}

#[test]
fn weekends_make_limits_impossible_from_the_day_that_is_given() {
    let mut random = Random(43);
    let mut counts = (0, 0);
    for case in 0..cases() / 20 {
        let (least, most) = (random.below(8) as u32, random.below(14) as u32);
        let rows = format!("    AB minst {least} arbeidsdager\n    AC {most} kalenderdager\n");
        let compilation = compiled(&rows);
        let evaluator = Evaluator::new(compilation.tables.as_ref().unwrap()).unwrap();
        let weekend = compilation.findings.iter().find(|finding| finding.code == Code::WeekendLimits);
        let contradicting = codes(&compilation).contains(&Code::ContradictingLimits);
        if let Some(finding) = weekend {
            let day = finding.message.nb.split("Fra ").nth(1).unwrap().get(..10).unwrap().parse().unwrap();
            let kept = in_order(14).any(|days| judged(&evaluator, day, days, is_kept));
            assert!(!kept, "case {case}: a course from {day} keeps\n{rows}");
        }
        let years = some_day().iter_days().take(8 * 366);
        let fails = |start: &NaiveDate| due(*start, least, Unit::Arbeidsdager) > due(*start, most, Unit::Kalenderdager);
        let found = years.clone().any(|start| fails(&start));
        assert!(!found || weekend.is_some() || contradicting, "case {case}: missed\n{rows}");
        assert!(!contradicting || years.clone().all(|start| fails(&start)), "case {case}: not always\n{rows}");
        if weekend.is_some() { counts.0 += 1 } else { counts.1 += 1 }
    }
    assert!(counts.0 > 0 && counts.1 > 0, "{counts:?}");
}

#[test]
fn rows_are_useless_exactly_when_no_event_can_be_judged_by_them() {
    let mut random = Random(44);
    let mut counts = (0, 0);
    let day = |month: u64| format!("2024-{:02}-01", month + 1);
    for case in 0..cases() / 4 {
        let months: Vec<u64> = (0..4).map(|_| random.below(12)).collect();
        let validity = |from: u64, to: u64, which: u64| match which {
            0 => format!("fra {}", day(from)),
            1 => format!("til {}", day(to)),
            2 => format!("fra {} til {}", day(from.min(to)), day(from.max(to))),
            _ => String::new(),
        };
        let code = validity(months[0], months[1], random.below(4));
        let code = if code.is_empty() { code } else { format!("gyldig {code}") };
        let row = validity(months[2], months[3], random.below(4));
        let text = format!(
            "mal m \"Mal\" {{\n  kode A \"Start\" {{ åpner }}\n  kode B \"Fremmøte\" {code}\n  kode X \"Slutt\" {{ avslutter }}\n  \
             intervall AB \"Første\" fra A til B\n}}\npakkeforløp A99 \"Eksempel\" etter m {{\n  \
             gyldig fra 2024-01-01 til 2024-12-31\n  kilde k \"Kilde\"\n  forløpstider kilde k {{\n    AB 5 kalenderdager {row}\n  }}\n}}\n"
        );
        let mut compilation = compile(&[Input::Text(text.clone())], Path::new(".")).unwrap();
        compilation.prove();
        let tables = compilation.tables.as_ref().unwrap_or_else(|| panic!("{text}{:?}", compilation.findings));
        let evaluator = Evaluator::new(tables).unwrap();
        let year = || NaiveDate::from_ymd_opt(2024, 1, 1).unwrap().iter_days().take(366);
        let usable = |code: &str, day| evaluator.code(code, day) == forlop::runtime::CodeUse::Known;
        let measured = |start: NaiveDate, end: NaiveDate| {
            usable("A99A", start) && usable("A99B", end) && {
                let event = |date, code| Event { date, code, institution: None, course: None };
                let events = [event(start, "A99A"), event(end, "A99B")];
                let courses = evaluator.patient("p", &events, &[], end, Options::default());
                courses[0].intervals[0].limit.is_some()
            }
        };
        // The last day on which the end can be registered serves every start.
        let latest = year().filter(|end| usable("A99B", *end)).max();
        let used = latest.is_some_and(|end| year().any(|start| start <= end && measured(start, end)));
        let claimed = codes(&compilation).contains(&Code::UselessLimit);
        assert_eq!(claimed, !used, "case {case}\n{text}");
        if claimed { counts.0 += 1 } else { counts.1 += 1 }
    }
    assert!(counts.0 > 0 && counts.1 > 0, "{counts:?}");
}
