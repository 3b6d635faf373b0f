//! Made-up reports, each hard for a page in its own way.

use forlop::{
    chrono::NaiveDate,
    report::{ALL, Level, Period, PeriodKind, Report, Unit},
};

/// Three levels, four tertials, small counts hidden.
pub fn made_up() -> Report {
    serde_json::from_str(include_str!("../report/made_up.json")).unwrap()
}

/// No courses at all.
pub fn empty() -> Report {
    let mut report = made_up();
    report.pathways.clear();
    report.periods.clear();
    report.units.truncate(1);
    report
}

/// Three hundred hospitals over three years of months, some without courses and some hidden.
pub fn large() -> Report {
    let mut report = made_up();
    report.parameters.period = PeriodKind::Month;
    report.periods = months(36);
    report.units.truncate(1);
    for number in 1..=300 {
        let name = format!("Sykehus {number:03} i {}", ["Vik", "Nordre Sæterfjordbygda", "Ås og omegn"][number % 3]);
        report.units.push(Unit { level: Level::Hospital, name, parent: Some(0) });
    }
    let (periods, units) = (report.periods.clone(), report.units.len());
    let pathway = &mut report.pathways[0];
    for (seed, interval) in pathway.intervals.iter_mut().enumerate() {
        let nation = interval.rows[0].clone();
        let mut rows = vec![nation.clone()];
        for unit in 1..units {
            let mut row = nation.clone();
            row.unit = unit;
            let measured = 5 + (unit * 37 + seed) as u64 % 211;
            let within = measured * (30 + (unit * 53 + seed * 7) as u64 % 70) / 100;
            row.measured = Some(measured);
            row.counts.within = (unit % 17 != 0).then_some(within);
            row.share = row.counts.within.map(|within| tenths(within, measured));
            rows.push(row);
        }
        for (number, period) in periods.iter().enumerate().filter(|(number, _)| number % 13 != 5) {
            let mut row = nation.clone();
            row.period = period.name.clone();
            let within = 60 + (number * 7 + seed * 3) as u64 % 35;
            row.measured = Some(100);
            row.counts.within = (number % 11 != 4).then_some(within);
            row.share = row.counts.within.map(|within| tenths(within, 100));
            rows.push(row);
        }
        interval.rows = rows;
    }
    for indicator in &mut pathway.indicators {
        let of = &pathway.intervals[1].rows;
        let row = indicator.rows[0].clone();
        indicator.rows = of
            .iter()
            .map(|of| {
                let mut row = row.clone();
                (row.period, row.unit) = (of.period.clone(), of.unit);
                (row.denominator, row.numerator, row.share) = (of.measured, of.counts.within, of.share);
                row.met = of.share.map(|share| share >= 70.0);
                row
            })
            .collect();
    }
    report
}

/// Thirty pathways over years, some of which have no courses.
pub fn many() -> Report {
    let mut report = made_up();
    report.parameters.period = PeriodKind::Year;
    for (period, year) in report.periods.iter_mut().zip([2013, 2014, 2016, 2025]) {
        let before = std::mem::replace(&mut period.name, year.to_string());
        (period.from, period.to) = (day(year, 1, 1), day(year, 12, 31));
        let pathway = &mut report.pathways[0];
        let of_intervals =
            pathway.intervals.iter_mut().flat_map(|interval| &mut interval.rows).map(|row| &mut row.period);
        let of_indicators = pathway.indicators.iter_mut().flat_map(|indicator| &mut indicator.rows);
        for name in of_intervals.chain(of_indicators.map(|row| &mut row.period)).filter(|name| **name == before) {
            name.clone_from(&period.name);
        }
    }
    let pathway = report.pathways[0].clone();
    report.pathways = (0..30)
        .map(|number| {
            let mut pathway = pathway.clone();
            pathway.id = format!("A{number:02}");
            pathway.title = format!("Pakkeforløp nummer {number} med et ganske langt navn");
            for row in pathway.indicators.iter_mut().flat_map(|indicator| &mut indicator.rows) {
                row.share = row.share.map(|share| (share + f64::from(number * 7 % 31) - 15.0).clamp(0.0, 100.0));
                row.met = row.share.map(|share| share >= 70.0);
            }
            pathway
        })
        .collect();
    report
}

/// Markup and one endless word where there should be names, no periods, nothing hidden, and a distribution on one side of the limit.
pub fn hostile() -> Report {
    let mut report = made_up();
    report.periods.clear();
    report.parameters.period = PeriodKind::None;
    report.parameters.suppress_below = 0;
    for (number, unit) in report.units.iter_mut().enumerate().skip(1) {
        unit.name = format!("<script>alert({number})</script> & \"{}\" ]]> -->", "Sammensatt".repeat(9));
    }
    report.parameters.fingerprint = "<img src=x onerror=alert(1)>".to_owned();
    let pathway = &mut report.pathways[0];
    pathway.title = "</title><script>alert('tittel')</script>".to_owned();
    for interval in &mut pathway.intervals {
        interval.label = "<b onclick=\"alert(1)\">etikett</b>".to_owned();
        interval.treatment = interval.treatment.take().map(|name| format!("{name}</svg><script>alert(2)</script>"));
        if let Some(distribution) = &mut interval.distribution {
            distribution.bins.retain(|bin| bin.from.is_some_and(|from| from > 0));
        }
    }
    pathway.indicators[0].sources = vec!["\"><script>alert(3)</script>".to_owned()];
    pathway.indicators[0].rows.retain(|row| row.period == ALL);
    report
}

fn months(count: u32) -> Vec<Period> {
    let first = day(2022, 5, 1);
    let start = |month| first.checked_add_months(forlop::chrono::Months::new(month)).unwrap();
    (0..count)
        .map(|month| Period {
            name: start(month).format("%Y-%m").to_string(),
            from: start(month),
            to: start(month + 1).pred_opt().unwrap(),
        })
        .collect()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn tenths(some: u64, all: u64) -> f64 {
    (some as f64 * 1000.0 / all as f64).round() / 10.0
}
