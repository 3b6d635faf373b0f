//! `forlop report`: what holds of every report, and what nobody can compute from one.

#![allow(clippy::unwrap_used)]

mod report_support;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use forlop::{
    input::{self, Origin, Patient, Reading, Source, Visitor},
    report::{ALL, By, Collector, Counting, IntervalRow, Plan, Publishing, Report, Start},
    runtime::{Coded, Evaluator, Event, Judged, Workspace},
    simulate::{Cohort, Settings, Shares},
    tables::Tables,
};
use proptest::prelude::*;
use report_support::{by_status, run_in, small};

/// The fields of a row, the sums last.
const FIELDS: usize = 12;

fn fields(row: &IntervalRow) -> [Option<u64>; FIELDS] {
    let mut fields = [row.answers; FIELDS];
    fields[..10].copy_from_slice(&by_status(row));
    fields[10] = row.measured;
    fields
}

/// A count by what it is about: series or indicator, period, unit and field.
type Key = (String, String, usize, usize);

/// All counts of a report.
fn all_counts(report: &Report) -> BTreeMap<Key, Option<u64>> {
    let mut counts = BTreeMap::new();
    let pathway = &report.pathways[0];
    for row in &pathway.courses {
        counts.insert(("courses".to_owned(), row.period.clone(), row.unit, 0), row.courses);
    }
    for interval in &pathway.intervals {
        let name = format!("{} {}", interval.interval, interval.treatment.as_deref().unwrap_or("*"));
        for row in &interval.rows {
            for (field, count) in fields(row).into_iter().enumerate() {
                counts.insert((name.clone(), row.period.clone(), row.unit, field), count);
            }
        }
    }
    for indicator in &pathway.indicators {
        for row in &indicator.rows {
            for (field, count) in [row.numerator, row.denominator, row.excluded, row.outside].into_iter().enumerate() {
                counts.insert((indicator.name.clone(), row.period.clone(), row.unit, field), count);
            }
        }
    }
    counts
}

/// What everybody knows to be sums: the whole, and its parts. A count that is not there is 0.
fn sums(report: &Report, counts: &BTreeMap<Key, Option<u64>>) -> Vec<(Key, Vec<Key>)> {
    let mut sums = Vec::new();
    for key @ (name, period, unit, field) in counts.keys() {
        let at = |name: &str, field: usize| (name.to_owned(), period.clone(), *unit, field);
        let parts: Vec<Key> = counts.keys().filter(|part| part.0 == *name && part.3 == *field).cloned().collect();
        let units = |part: &&Key| part.1 == *period && report.units[part.2].parent == Some(*unit);
        if report.units.iter().any(|other| other.parent == Some(*unit)) {
            sums.push((key.clone(), parts.iter().filter(units).cloned().collect()));
        }
        if period == ALL && !report.periods.is_empty() {
            let periods = |part: &&Key| part.1 != ALL && part.2 == *unit;
            sums.push((key.clone(), parts.iter().filter(periods).cloned().collect()));
        }
        match (name.as_str(), field) {
            ("courses", 0) => {
                sums.extend(["vente *", "tid *"].map(|name| (at("courses", 0), vec![at(name, 11)])));
                sums.push((at("courses", 0), [1, 2, 3].map(|field| at("operert", field)).to_vec()));
            }
            ("vente *" | "tid *" | "tid kirurgi" | "tid legemidler", 11) => {
                sums.push((at(name, 11), [3, 4, 5, 6, 7, 8, 9, 10].map(|field| at(name, field)).to_vec()));
                sums.push((at(name, 10), [0, 1, 2].map(|field| at(name, field)).to_vec()));
            }
            ("tid *", 0 | 1 | 2 | 7) => {
                sums.push((key.clone(), ["tid kirurgi", "tid legemidler"].map(|name| at(name, *field)).to_vec()));
            }
            // All of those measured, for this indicator has no exclusions.
            ("tid_i_tide", 0) => {
                sums.push((key.clone(), vec![at("tid *", 0)]));
                sums.push((at("tid_i_tide", 1), vec![at("tid *", 10)]));
                sums.push((at("tid *", 11), [1, 2, 3].map(|field| at("tid_i_tide", field)).to_vec()));
            }
            ("møtt", 0) => sums.push((at("vente *", 11), [1, 2, 3].map(|field| at("møtt", field)).to_vec())),
            ("kirurgi_i_tide", 0) => {
                sums.push((at("tid *", 11), [1, 2, 3].map(|field| at("kirurgi_i_tide", field)).to_vec()));
            }
            _ => {}
        }
    }
    sums
}

/// The hidden counts that can be computed from the others: by solving the sums, and by narrowing what each can be.
fn computable(shown: &BTreeMap<Key, Option<u64>>, sums: &[(Key, Vec<Key>)]) -> Vec<Key> {
    let hidden: Vec<&Key> = shown.iter().filter(|(_, count)| count.is_none()).map(|(key, _)| key).collect();
    let number: BTreeMap<&Key, usize> = hidden.iter().enumerate().map(|(number, key)| (*key, number)).collect();
    // By row: the hidden with their factors; their sum is known.
    let mut rows: Vec<(BTreeMap<usize, f64>, f64)> = Vec::new();
    for (whole, parts) in sums {
        let (mut row, mut known) = (BTreeMap::new(), 0.0);
        for (key, factor) in std::iter::once((whole, 1.0)).chain(parts.iter().map(|part| (part, -1.0))) {
            match (shown.get(key), number.get(key)) {
                (Some(Some(count)), _) => known -= factor * *count as f64,
                (Some(None), Some(number)) => *row.entry(*number).or_insert(0.0) += factor,
                _ => {}
            }
        }
        row.retain(|_, factor| *factor != 0.0);
        if !row.is_empty() {
            rows.push((row, known));
        }
    }
    let narrowed = narrowed(&rows, hidden.len());
    let solved = solved(rows);
    let found = (0..hidden.len()).filter(|number| narrowed[*number] || solved.contains(number));
    found.map(|number| hidden[number].clone()).collect()
}

/// Whether what each can be is narrowed to one number, when none is less than 0.
fn narrowed(rows: &[(BTreeMap<usize, f64>, f64)], count: usize) -> Vec<bool> {
    let mut bounds = vec![(0.0_f64, 1e9_f64); count];
    for _ in 0..30 {
        for (row, known) in rows {
            for (number, factor) in row {
                let (mut least, mut most) = (*known, *known);
                for (other, factor) in row.iter().filter(|(other, _)| *other != number) {
                    let ends = [factor * bounds[*other].0, factor * bounds[*other].1];
                    least -= ends[0].max(ends[1]);
                    most -= ends[0].min(ends[1]);
                }
                let ends = [least / factor, most / factor];
                let own = &mut bounds[*number];
                *own = (own.0.max(ends[0].min(ends[1])), own.1.min(ends[0].max(ends[1])));
            }
        }
    }
    bounds.iter().map(|(least, most)| most - least < 0.5).collect()
}

/// The unknowns that the equations alone determine.
fn solved(rows: Vec<(BTreeMap<usize, f64>, f64)>) -> Vec<usize> {
    let mut reduced: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
    for (mut row, _) in rows {
        loop {
            let known = row.keys().find(|number| reduced.contains_key(number)).copied();
            let Some(pivot) = known else { break };
            subtract(&mut row, &reduced[&pivot], pivot);
        }
        let Some((pivot, factor)) = row.iter().next().map(|(number, factor)| (*number, *factor)) else { continue };
        row.values_mut().for_each(|value| *value /= factor);
        for other in reduced.values_mut() {
            if other.contains_key(&pivot) {
                subtract(other, &row, pivot);
            }
        }
        reduced.insert(pivot, row);
    }
    reduced.into_iter().filter(|(_, row)| row.len() == 1).map(|(pivot, _)| pivot).collect()
}

fn subtract(row: &mut BTreeMap<usize, f64>, other: &BTreeMap<usize, f64>, pivot: usize) {
    let times = row[&pivot];
    for (number, factor) in other {
        *row.entry(*number).or_insert(0.0) -= times * factor;
    }
    row.retain(|number, factor| factor.abs() > 1e-9 && *number != pivot);
}

const MANY: &str = "forlop report liten.json --events mange.csv --as-of 2025-01-31 --format json \
                    --hierarchy ../../examples/register/institusjoner.csv";

fn many(arguments: &str) -> Report {
    let done = run_in("tests/report", &format!("{MANY} {arguments}"));
    serde_json::from_str(&done.out).unwrap()
}

#[test]
fn what_is_hidden_cannot_be_computed() {
    for arguments in
        ["", "--period year", "--period none", "--by treatment --period year", "--level trust --period quarter"]
    {
        let shown = many(&format!("{arguments} --suppress-below 3"));
        let real = all_counts(&many(&format!("{arguments} --suppress-below 0")));
        let counts = all_counts(&shown);
        let sums = sums(&shown, &counts);
        // The sums are right.
        for (whole, parts) in &sums {
            let sum: u64 = parts.iter().filter_map(|part| real.get(part).copied().flatten()).sum();
            assert_eq!(real.get(whole).copied().flatten().unwrap_or(0), sum, "{whole:?} of {parts:?}");
        }
        for (key, count) in &real {
            let small = (1..3).contains(&count.unwrap());
            assert!(!small || counts[key].is_none(), "{arguments}: {key:?} is small");
            assert!(counts[key].is_none() || counts[key] == *count);
        }
        let found = computable(&counts, &sums);
        assert!(found.is_empty(), "{arguments}: {found:?} can be computed");
        // Not by hiding everything.
        let hidden = counts.values().filter(|count| count.is_none()).count();
        assert!(counts[&("courses".to_owned(), ALL.to_owned(), 0, 0)].is_some());
        assert!(hidden * 10 < counts.len() * 7, "{arguments}: {hidden} of {} are hidden", counts.len());
    }
}

/// When only the small counts are hidden, the same search finds what they are.
#[test]
fn the_search_finds_what_can_be_computed() {
    let report = many("--suppress-below 0");
    let mut counts = all_counts(&report);
    let sums = sums(&report, &counts);
    counts.values_mut().for_each(|count| *count = count.filter(|count| !(1..3).contains(count)));
    assert!(!computable(&counts, &sums).is_empty());
}

#[test]
fn all_counts_are_all_answers() {
    for arguments in ["", "--by treatment", "--period month --attribution treatment", "--start own --period none"] {
        let report = many(&format!("{arguments} --suppress-below 0"));
        let counts = all_counts(&report);
        for (whole, parts) in sums(&report, &counts) {
            let sum: u64 = parts.iter().filter_map(|part| counts.get(part).copied().flatten()).sum();
            assert_eq!(counts.get(&whole).copied().flatten().unwrap_or(0), sum, "{arguments}: {whole:?} of {parts:?}");
        }
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn tables() -> Tables {
    serde_json::from_str(include_str!("report/liten.json")).unwrap()
}

const EVENTS: &str = include_str!("report/mange.csv");

/// Counts the patients in shares, and merges the shares in an order.
fn merged(tables: &Tables, shares: usize, order: &[usize]) -> Report {
    let evaluator = Evaluator::new(tables).unwrap();
    let plan = Plan::new(tables, Counting::default()).unwrap();
    let mut patients: BTreeMap<&str, Vec<Event>> = BTreeMap::new();
    for line in EVENTS.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let institution = Some(fields[3]).filter(|name| !name.is_empty());
        let event = Event { date: date(fields[1]), code: fields[2], institution, course: None };
        patients.entry(fields[0]).or_default().push(event);
    }
    let mut collectors: Vec<Collector> = (0..shares).map(|_| Collector::new(&plan)).collect();
    for (number, (name, events)) in patients.iter().enumerate() {
        let mut coded: Vec<Coded> = events.iter().map(|event| evaluator.coded(*event).unwrap()).collect();
        let collector = &mut collectors[(number * 7 + number / 5) % shares];
        evaluator.judge(name, &mut coded, &[], date("2025-01-31"), &mut |judged| collector.add(judged));
    }
    let mut collectors: Vec<Option<Collector>> = collectors.into_iter().map(Some).collect();
    let mut all = Collector::new(&plan);
    order.iter().for_each(|number| all.merge(collectors[*number].take().unwrap()));
    let publishing =
        Publishing { as_of: date("2025-01-31"), suppress_below: 3, decimals: 1, facts: false, levels: Vec::new() };
    all.report(None, &publishing)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn threads_and_their_order_make_no_difference(order in (1..7_usize).prop_flat_map(|shares| Just((0..shares).collect::<Vec<_>>()).prop_shuffle())) {
        let tables = tables();
        prop_assert_eq!(merged(&tables, order.len(), &order), merged(&tables, 1, &[0]));
    }
}

/// The answers of `eval`, counted here: the same numbers by another way.
#[test]
fn the_report_counts_what_eval_answers() {
    let line = "forlop eval liten.json --events mange.csv --as-of 2025-01-31 --format ndjson";
    let done = run_in("tests/report", line);
    let report = many("--suppress-below 0 --level hospital");
    let hospitals: BTreeMap<&str, usize> =
        report.units.iter().enumerate().map(|(at, unit)| (unit.name.as_str(), at)).collect();
    let unknown = report.units.len() - 1;
    let words = [
        "within",
        "exceeded",
        "too_early",
        "running",
        "overdue",
        "not_started",
        "undetermined",
        "invalid_order",
        "no_limit",
        "not_applicable",
    ];
    let mut expected: BTreeMap<(String, String, usize, usize), u64> = BTreeMap::new();
    let mut days: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for line in done.out.lines() {
        let course: serde_json::Value = serde_json::from_str(line).unwrap();
        let start = course["start"].as_str();
        let patient = course["patient"].as_str().unwrap();
        // Every patient of the file has one course.
        assert_eq!(course["course"], 1);
        let opens = EVENTS.lines().filter(|line| line.starts_with(patient) && line.contains(",Q7A,"));
        let place = opens.min_by_key(|line| line.split(',').nth(1).unwrap().to_owned());
        let place = place.and_then(|line| hospitals.get(line.rsplit(',').next().unwrap()).copied());
        let place = place.filter(|place| *place > 0).unwrap_or(unknown);
        let period = start.map_or("undated".to_owned(), |start| {
            let month: u32 = start[5..7].parse().unwrap();
            format!("{}-T{}", &start[..4], month.div_ceil(4))
        });
        for answer in course["intervals"].as_array().unwrap() {
            let name =
                format!("{} {}", answer["interval"].as_str().unwrap(), answer["treatment"].as_str().unwrap_or("*"));
            let status = answer["status"].as_str().unwrap();
            // A treatment has the courses that ended with it.
            if name != "vente *" && (answer["to"].is_null()) {
                continue;
            }
            let field = words.iter().position(|word| *word == status).unwrap();
            for (period, unit) in [(period.as_str(), place), (ALL, place), (&period, 0), (ALL, 0)] {
                *expected.entry((name.clone(), period.to_owned(), unit, field)).or_default() += 1;
            }
            if ["within", "exceeded"].contains(&status) {
                days.entry(name).or_default().push(answer["days"].as_u64().unwrap());
            }
        }
    }
    let counts = all_counts(&report);
    let counted: BTreeMap<_, u64> = counts
        .iter()
        .filter(|(key, count)| {
            ["vente *", "tid kirurgi", "tid legemidler"].contains(&key.0.as_str()) && key.3 < 10 && **count > Some(0)
        })
        .map(|(key, count)| (key.clone(), count.unwrap()))
        .collect();
    assert_eq!(counted, expected);
    for interval in report.pathways[0].intervals.iter().filter(|interval| !interval.together) {
        let name = format!("{} {}", interval.interval, interval.treatment.as_deref().unwrap_or("*"));
        let own = days.get_mut(&name).unwrap();
        own.sort_unstable();
        let at = |quarters: usize| own[(own.len() * quarters).div_ceil(4) - 1];
        let row = interval.rows.iter().find(|row| row.period == ALL && row.unit == 0).unwrap();
        let shown = row.days.unwrap();
        let shown = [shown.first_quartile, shown.median, shown.third_quartile].map(u64::from);
        assert_eq!(shown, [at(1), at(2), at(3)], "{name}");
    }
}

/// With no more than a dozen courses there is nothing to show, and still nothing to compute.
#[test]
fn a_small_cohort_shows_little() {
    let shown = small("");
    let counts = all_counts(&shown);
    let found = computable(&counts, &sums(&shown, &counts));
    assert!(found.is_empty(), "{found:?}");
}

/// Counts each course of a register, with one workspace for all or a new one for each patient.
struct Counter<'e, 't> {
    evaluator: &'e Evaluator<'t>,
    workspace: Option<Workspace<'e>>,
    collector: Collector<'e>,
    /// The answers that say how the treatment ended or of an interval that is not split, by status.
    answers: BTreeMap<String, u64>,
}

impl Visitor for Counter<'_, '_> {
    fn patient<'a>(&mut self, Patient { name, events, facts }: Patient<'_, 'a>)
    where
        Self: 'a,
    {
        let Counter { evaluator, workspace, collector, answers } = self;
        let mut see = |judged: &Judged<'_, 'a>| {
            collector.add(judged);
            for answer in judged.answers().filter(|answer| answer.treatment.is_none() || answer.to.is_some()) {
                let (id, interval) = (&judged.pathway().id, answer.interval);
                let key = format!("{id} {interval} {:?} {:?}", answer.treatment, answer.status);
                *answers.entry(key).or_default() += 1;
            }
        };
        match workspace {
            Some(workspace) => workspace.judge(name, events, facts, date("2024-12-31"), &mut see),
            None => evaluator.judge(name, events, facts, date("2024-12-31"), &mut see),
        }
    }
}

/// The report of a made-up register, and its answers.
fn of_cohort(tables: &Tables, counting: Counting, remember: bool) -> (Report, BTreeMap<String, u64>) {
    let mut shares = Shares::all(0.05);
    (shares.two_pathways, shares.course_ids) = (0.2, 0.1);
    let as_of = date("2024-12-31");
    let settings = Settings { patients: 3000, seed: 7, as_of, shares, facts: true, institutions: 4, unsorted: false };
    let cohort = Cohort::new(tables, settings).unwrap();
    let (mut events, mut facts) = (Vec::new(), Vec::new());
    cohort.write_events(&mut events).unwrap();
    cohort.write_facts(&mut facts).unwrap();
    let evaluator = Evaluator::new(tables).unwrap();
    let plan = Plan::new(tables, counting).unwrap();
    let new = || Counter {
        evaluator: &evaluator,
        workspace: remember.then(|| evaluator.workspace()),
        collector: Collector::new(&plan),
        answers: BTreeMap::new(),
    };
    let [events, facts] = [("events.csv", &events), ("facts.csv", &facts)]
        .map(|(name, bytes)| Some(Source { name, from: Origin::Bytes(bytes) }));
    let reading = Reading { threads: 1, ..Reading::new(as_of) };
    let (mut counters, _) = input::visit(&evaluator, events, facts, reading, &new, &mut |_| Ok(())).unwrap();
    let Counter { collector, answers, .. } = counters.remove(0);
    let publishing = Publishing { as_of, suppress_below: 0, decimals: 1, facts: true, levels: Vec::new() };
    (collector.report(None, &publishing), answers)
}

/// Courses of one pattern are counted alike: what is remembered of the first serves the others. And the numbers are those of
/// the answers, one by one.
#[test]
fn what_is_remembered_of_a_pattern_counts_the_same() {
    let statuses = [
        "Within",
        "Exceeded",
        "TooEarly",
        "Running",
        "Overdue",
        "NotStarted",
        "Undetermined",
        "InvalidOrder",
        "NoLimit",
        "NotApplicable",
    ];
    for suite in ["net", "pathways", "made-up", "hand"] {
        let file = format!("{}/conformance/{suite}/tables.json", env!("CARGO_MANIFEST_DIR"));
        let tables: Tables = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        for (by, start) in [(By::Start, Start::First), (By::Start, Start::Own), (By::Treatment, Start::First)] {
            let counting = || Counting { by, start, ..Counting::default() };
            let (report, answers) = of_cohort(&tables, counting(), true);
            assert_eq!((&report, &answers), (&of_cohort(&tables, counting(), false).0, &answers), "{suite}");
            if start == Start::Own {
                continue;
            }
            let mut counted = BTreeMap::new();
            for pathway in &report.pathways {
                for interval in pathway.intervals.iter().filter(|interval| !interval.together) {
                    let row = interval.rows.iter().find(|row| row.period == ALL && row.unit == 0);
                    let row = row.map_or([Some(0); 10], by_status);
                    for (status, count) in statuses.iter().zip(row) {
                        let (id, name) = (&pathway.id, &interval.interval);
                        let key = format!("{id} {name} {:?} {status}", interval.treatment);
                        counted.insert(key, count.unwrap());
                    }
                }
            }
            counted.retain(|_, count| *count > 0);
            assert_eq!(counted, answers, "{suite}");
            let seen = statuses.iter().filter(|status| counted.keys().any(|key| key.ends_with(*status)));
            assert!(seen.count() > 6, "{suite}");
        }
    }
}
