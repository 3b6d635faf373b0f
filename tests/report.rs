//! `forlop report`: what it counts, worked out by hand, and how it is written.

#![allow(clippy::unwrap_used)]

mod report_support;

use forlop::{
    cli::Exit,
    report::{Bin, Days, Level, Report},
};
use insta::assert_snapshot;
use report_support::{Done, counts, courses, indicator, interval, row, run_in, small, unit, unknown};

const ALL_SHOWN: &str = "--suppress-below 0";
const BY_HOSPITAL: &str = "--suppress-below 0 --hierarchy institusjoner.csv";
const NATION: usize = 0;

// The small cohort on 30 June 2024. `vente` A to S: 10 days. `tid` A to treatment: surgery (K) 30 days, drugs (M) 20 days.
//
//        A      S      end     institution   vente                 tid
// p01  01-01  01-06  K 01-21   H1            within, 5             surgery within, 20
// p02  02-01  02-16  M 02-26   H1            exceeded, 15          drugs exceeded, 25
// p03  04-30  05-10  K 05-31   H1, K in H2   within, 10            surgery exceeded, 31
// p04  05-01  05-03  L 05-20   H2            within, 2             neither: not applicable
// p05  06-25                   H2            running, due 07-05    running
// p06  05-20                   H2            overdue, due 05-30    overdue: due 06-19 and 06-09
// p07  06-05                   H2            overdue, due 06-15    running: surgery is due 07-05, drugs were 06-25
// p08         03-01            H1            undetermined          not started
// p09  02-10  02-05  X 02-20   H1            invalid order         not applicable: closed
// p10  01-10         M 01-30   none          undetermined          drugs within, 20
// p11  03-01  03-01  K 03-31   H9, unlisted  within, 0             surgery within, 30
// p12  07-01: after the as-of date

#[test]
fn the_nation_by_hand() {
    let report = small(ALL_SHOWN);
    let vente = row(interval(&report, "vente", "*"), "all", NATION);
    assert_eq!(counts(vente), [4, 1, 0, 1, 2, 0, 2, 1, 0, 0]);
    assert_eq!((vente.unwrap().answers, vente.unwrap().measured), (Some(11), Some(5)));
    assert_eq!(vente.unwrap().share, Some(80.0));
    // Of 0, 2, 5, 10, 15: at least 1.25, 2.5 and 3.75 of the five.
    assert_eq!(vente.unwrap().days, Some(Days { first_quartile: 2, median: 5, third_quartile: 10 }));

    let together = row(interval(&report, "tid", "*"), "all", NATION);
    assert_eq!(counts(together), [3, 2, 0, 2, 1, 1, 0, 0, 0, 2]);
    assert_eq!((together.unwrap().answers, together.unwrap().share), (Some(11), Some(60.0)));
    // Of 20, 20, 25, 30, 31.
    assert_eq!(together.unwrap().days, Some(Days { first_quartile: 20, median: 25, third_quartile: 30 }));

    let surgery = row(interval(&report, "tid", "kirurgi"), "all", NATION);
    assert_eq!(counts(surgery), [2, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(surgery.unwrap().share, Some(66.7));
    let drugs = row(interval(&report, "tid", "legemidler"), "all", NATION);
    assert_eq!(counts(drugs), [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(interval(&report, "tid", "legemidler").limit.unwrap().amount, 20);
    assert_eq!(interval(&report, "tid", "*").limit, None);
}

#[test]
fn periods_and_units_by_hand() {
    let report = small(BY_HOSPITAL);
    let periods: Vec<_> = report.periods.iter().map(|period| period.name.as_str()).collect();
    assert_eq!(periods, ["2024-T1", "2024-T2"]);
    assert_eq!(report.periods[1].to.to_string(), "2024-08-31");
    let [region, one, two] = ["Region Nord", "Foretak 1", "Foretak 2"].map(|name| unit(&report, name));
    let [first, second] = ["Sykehus 1", "Sykehus 2"].map(|name| unit(&report, name));
    let levels: Vec<_> = report.units.iter().map(|unit| (unit.level, unit.parent)).collect();
    assert_eq!(levels[first], (Level::Hospital, Some(one)));
    assert_eq!((levels[one], levels[two]), ((Level::Trust, Some(region)), (Level::Trust, Some(region))));
    assert_eq!(levels[unknown(&report)], (Level::Unknown, Some(NATION)));

    let all: Vec<_> = courses(&report).into_iter().filter(|(period, ..)| *period == "all").collect();
    let count = |unit: usize| all.iter().find(|(_, own, _)| *own == unit).and_then(|(.., count)| *count);
    assert_eq!(count(NATION), Some(11));
    // p08 has no start: nobody knows where it started.
    assert_eq!((count(region), count(one), count(first)), (Some(8), Some(4), Some(4)));
    assert_eq!((count(two), count(second), count(unknown(&report))), (Some(4), Some(4), Some(3)));
    // Sykehus 3 has none.
    assert_eq!(count(unit(&report, "Sykehus 3")), None);

    let vente = interval(&report, "vente", "*");
    assert_eq!(counts(row(vente, "2024-T1", first)), [2, 1, 0, 0, 0, 0, 0, 1, 0, 0]);
    assert_eq!(counts(row(vente, "undated", unknown(&report))), [0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    assert_eq!(counts(row(vente, "2024-T2", NATION)), [1, 0, 0, 1, 2, 0, 0, 0, 0, 0]);
    let tid = interval(&report, "tid", "*");
    assert_eq!(counts(row(tid, "2024-T2", second)), [0, 0, 0, 2, 1, 0, 0, 0, 0, 1]);
    assert_eq!(counts(row(tid, "all", unknown(&report))), [2, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
}

#[test]
fn periods_by_treatment() {
    let report = small("--suppress-below 0 --by treatment --period month");
    let vente = interval(&report, "vente", "*");
    // p02 was treated in February; p03 and p04 in May.
    assert_eq!(counts(row(vente, "2024-02", NATION)), [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(counts(row(vente, "2024-05", NATION)), [2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    // p05 to p09 were not.
    assert_eq!(counts(row(vente, "undated", NATION)), [0, 0, 0, 1, 2, 0, 1, 1, 0, 0]);
    assert_eq!(counts(row(vente, "all", NATION)), [4, 1, 0, 1, 2, 0, 2, 1, 0, 0]);
    let may = courses(&report).into_iter().find(|(period, unit, _)| (*period, *unit) == ("2024-05", NATION));
    assert_eq!(may.unwrap().2, Some(2));
}

#[test]
fn kinds_of_periods() {
    let names = |kind: &str| -> Vec<String> {
        let report = small(&format!("{ALL_SHOWN} --period {kind}"));
        report.periods.into_iter().map(|period| format!("{} {} {}", period.name, period.from, period.to)).collect()
    };
    assert_eq!(names("year"), ["2024 2024-01-01 2024-12-31"]);
    assert_eq!(names("quarter"), ["2024-Q1 2024-01-01 2024-03-31", "2024-Q2 2024-04-01 2024-06-30"]);
    assert_eq!(names("tertial").len(), 2);
    assert_eq!(names("month")[1], "2024-02 2024-02-01 2024-02-29");
    assert!(names("none").is_empty());
    let report = small(&format!("{ALL_SHOWN} --period none"));
    assert!(courses(&report).iter().all(|(period, ..)| *period == "all"));
}

#[test]
fn where_a_course_belongs() {
    let at = |attribution: &str| -> Vec<(String, u64)> {
        let report = small(&format!("{BY_HOSPITAL} --period none --level hospital --attribution {attribution}"));
        let name = |unit: usize| report.units[unit].name.clone();
        courses(&report).into_iter().skip(1).map(|(_, unit, count)| (name(unit), count.unwrap())).collect()
    };
    let owned =
        |pairs: &[(&str, u64)]| pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<_>>();
    // p08 has no start: nobody knows where it started.
    assert_eq!(at("start"), owned(&[("Sykehus 1", 4), ("Sykehus 2", 4), ("", 3)]));
    // p03 was treated in Sykehus 2; five and p10, p11 nowhere that is known.
    for name in ["behandling", "treatment"] {
        assert_eq!(at(name), owned(&[("Sykehus 1", 2), ("Sykehus 2", 2), ("", 7)]));
    }
    for name in ["fremmøte", "attendance", "S", "Q7S"] {
        assert_eq!(at(name), owned(&[("Sykehus 1", 5), ("Sykehus 2", 1), ("", 5)]));
    }
}

#[test]
fn indicators_by_hand() {
    let report = small(BY_HOSPITAL);
    let at = |name: &str, period: &str, unit: usize| {
        let row = indicator(&report, name, period, unit);
        let counts = [row.numerator, row.denominator, row.excluded, row.outside].map(Option::unwrap);
        (counts, row.share, row.met)
    };
    // 3 of 5 measured; six are not.
    assert_eq!(at("tid_i_tide", "all", NATION), ([3, 5, 0, 6], Some(60.0), Some(false)));
    assert_eq!(at("tid_i_tide", "2024-T1", unknown(&report)), ([2, 2, 0, 0], Some(100.0), Some(true)));
    assert_eq!(at("kirurgi_i_tide", "all", NATION), ([2, 3, 0, 8], Some(66.7), None));
    // Operated: p01, p03, p11 of all but the excluded p09: 30 %, which is the target.
    assert_eq!(at("operert", "all", NATION), ([3, 10, 1, 0], Some(30.0), Some(true)));
    // From May only p04 is measured.
    assert_eq!(at("møtt", "all", NATION), ([1, 1, 0, 10], Some(100.0), None));
    assert_eq!(at("møtt", "2024-T1", NATION), ([0, 0, 0, 6], None, None));
}

#[test]
fn days_from_the_limit() {
    let report = small(ALL_SHOWN);
    // `vente` is due after 10 days: 0, 2, 5, 10 and 15 are 10, 8, 5 and 0 days early and 5 late.
    let bins = |name: &str| interval(&report, name, "*").distribution.clone().unwrap().bins;
    let bin = |from: i32, count: u64| Bin { from: Some(from), to: Some(from + 6), count };
    assert_eq!(bins("vente"), [bin(-13, 2), bin(-6, 2), bin(1, 1)]);
    // 20 of 30, 25 of 20, 31 of 30, 20 of 20 and 30 of 30.
    assert_eq!(bins("tid"), [bin(-13, 1), bin(-6, 2), bin(1, 2)]);
    // Where the smallest count that is shown is 3, the one late course joins those in time.
    let report = small("");
    assert_eq!(interval(&report, "vente", "*").distribution, None);
}

/// After a transfer the institution that treats may count from its own start.
#[test]
fn the_start_of_ones_own() {
    let folder = tempfile();
    let events = "patient,date,code,institution\np,2024-01-01,Q7A,H1\np,2024-04-20,Q7O,H1\np,2024-05-01,Q7A,H2\np,2024-05-20,Q7K,H2\n";
    std::fs::write(folder.join("events.csv"), events).unwrap();
    let tables = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/report/liten.json");
    let at = |start: &str| -> Report {
        let line = format!(
            "forlop report {tables} --events events.csv --as-of 2024-06-30 --attribution treatment --suppress-below 0 --format json --start {start}"
        );
        let done = run_in(folder.to_str().unwrap(), &line);
        serde_json::from_str(&done.out).unwrap()
    };
    let report = at("first");
    assert_eq!(counts(row(interval(&report, "tid", "kirurgi"), "2024-T1", NATION))[1], 1);
    let report = at("own");
    // 19 days from its own start, in the period of that.
    let own = row(interval(&report, "tid", "kirurgi"), "2024-T2", NATION);
    assert_eq!(counts(own)[0], 1);
    assert_eq!(own.unwrap().days, Some(Days { first_quartile: 19, median: 19, third_quartile: 19 }));
    std::fs::remove_dir_all(folder).unwrap();
}

fn tempfile() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("forlop-report-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

const TABLE: &str = "forlop report liten.json --events mange.csv --hierarchy ../../examples/register/institusjoner.csv \
                     --as-of 2025-01-31 --level region,trust";

#[test]
fn the_table_in_both_languages() {
    for (lang, name) in [("nb", "table_nb"), ("en", "table_en")] {
        let Done { exit, out, err } = run_in("tests/report", &format!("{TABLE} --lang {lang}"));
        assert_eq!(exit, Exit::Fine);
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
        assert!(out.contains('*') && out.contains('%'), "{out}");
        assert_snapshot!(name, format!("{out}\n{err}"));
    }
}

#[test]
fn the_csv() {
    let done = run_in("tests/report", &format!("{TABLE} --format csv --period none"));
    assert_snapshot!("csv", done.out);
    let done = run_in("tests/report", &format!("{TABLE} --format json"));
    let report: Report = serde_json::from_str(&done.out).unwrap();
    let written: serde_json::Value = serde_json::to_value(&report).unwrap();
    assert_eq!(written, serde_json::from_str::<serde_json::Value>(&done.out).unwrap());
    assert!(done.out.starts_with(r#"{"format":"forlop-report","format_version":1,"#));
}

#[test]
fn nothing_hidden_is_said_loudly() {
    let done = run_in("tests/report", &format!("{TABLE} --suppress-below 0"));
    assert!(done.out.contains("INGENTING ER SKJULT"), "{}", done.out);
}

#[test]
fn what_cannot_be_used() {
    let folder = tempfile().join("hierarki");
    std::fs::create_dir_all(&folder).unwrap();
    let root = env!("CARGO_MANIFEST_DIR");
    let told = |file: &str, arguments: &str| {
        std::fs::write(folder.join("h.csv"), file).unwrap();
        let line = format!(
            "forlop report {root}/tests/report/liten.json --events {root}/tests/report/hendelser.csv --as-of 2024-06-30 {arguments}"
        );
        let done = run_in(folder.to_str().unwrap(), &line);
        (done.exit, done.err.lines().last().unwrap_or_default().to_owned())
    };
    let hierarchy = |file: &str| told(file, "--hierarchy h.csv");
    let wrong = |text: &str| (Exit::Errors, text.to_owned());
    assert_eq!(hierarchy("a,b\n"), wrong("feil: h.csv:1: overskriften mangler «institusjon»"));
    let header = "institusjon,sykehus,foretak,region\n";
    assert_eq!(hierarchy(&format!("{header}a,b,c,d\na,b,c,d\n")), wrong("feil: h.csv:3: «a» står to ganger"));
    assert_eq!(hierarchy(&format!("{header}a,b,c,d\ne,f,c,g\n")), wrong("feil: h.csv:3: «c» har flere enn én region"));
    assert_eq!(hierarchy(&format!("{header}a,,c,d\n")), wrong("feil: h.csv:2: kolonnen «sykehus» er tom"));
    assert_eq!(hierarchy(&format!("{header}a,c\n")), wrong("feil: h.csv:2: raden har 2 felt, men overskriften har 4"));
    let (exit, err) = told("", "--attribution Y");
    assert_eq!((exit, err.as_str()), (Exit::WrongUse, "feil: ingen av forløpene har en kode eller gruppe «Y»"));
    let (exit, _) = told("", "--level trust");
    assert_eq!(exit, Exit::WrongUse);
    let (exit, _) = told("", "--strict");
    assert_eq!(exit, Exit::Errors);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_report_is_read_and_written_alike() {
    let text = include_str!("report/made_up.json");
    let report: Report = serde_json::from_str(text).unwrap();
    let written: serde_json::Value = serde_json::to_value(&report).unwrap();
    assert_eq!(written, serde_json::from_str::<serde_json::Value>(text).unwrap());
}
