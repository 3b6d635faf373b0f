//! A report for people.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, Color};

use super::super::{
    answers::{Grid, Layout, coloured, printable, right},
    words,
};
use crate::{
    lang::{Lang, Text},
    report::{
        ALL, Count, IndicatorReport, IndicatorRow, IntervalReport, IntervalRow, Level, PathwayReport, Report, UNDATED,
    },
    runtime::Status,
    text,
};

/// Stands where a count is hidden.
const HIDDEN: &str = "*";

/// Writes the report.
pub(super) fn write(mut out: &mut dyn Write, report: &Report, layout: Layout) -> io::Result<()> {
    let lang = layout.lang;
    let chosen = report.parameters.described();
    let chosen = chosen.iter().map(|(name, value)| [words::capital(name.get(lang)), value.get(lang).to_owned()]);
    Grid::new(1, chosen).flush_left().write(&mut out, layout)?;
    if report.pathways.is_empty() {
        writeln!(out, "\n{}", text!("Ingen forløp å telle.", "No courses to count.").get(lang))?;
    }
    let table = Table { report, layout };
    for pathway in &report.pathways {
        table.pathway(&mut out, pathway)?;
    }
    if report.parameters.suppress_below > 0 && !report.pathways.is_empty() {
        let below = report.parameters.suppress_below;
        let line = text!(
            "{HIDDEN} skjult: under {below}, eller kunne røpe et tall under {below}",
            "{HIDDEN} hidden: under {below}, or could give away a count under {below}"
        );
        writeln!(out, "\n{}", line.get(lang))?;
    }
    Ok(())
}

struct Table<'r> {
    report: &'r Report,
    layout: Layout,
}

impl Table<'_> {
    fn pathway(&self, out: &mut &mut dyn Write, pathway: &PathwayReport) -> io::Result<()> {
        writeln!(out, "\n{}  {}", pathway.id, pathway.title)?;
        for interval in &pathway.intervals {
            self.interval(out, interval)?;
        }
        for indicator in &pathway.indicators {
            self.indicator(out, indicator)?;
        }
        Ok(())
    }

    fn interval(&self, out: &mut &mut dyn Write, interval: &IntervalReport) -> io::Result<()> {
        let lang = self.layout.lang;
        let which = match &interval.treatment {
            Some(treatment) => format!(", {treatment}"),
            None if interval.together => {
                text!(", alle behandlinger samlet", ", all treatments together").get(lang).to_owned()
            }
            None => String::new(),
        };
        let limit = interval.limit.map(|limit| crate::runtime::amount(limit.amount, limit.unit, lang));
        let limit =
            limit.map_or(String::new(), |limit| text!(" (frist {limit})", " (limit {limit})").get(lang).to_owned());
        let title = format!("{} {}{which}{limit}", interval.interval, interval.label);
        let titles = [
            text!("Periode", "Period"),
            text!("Enhet", "Unit"),
            text!("Målt", "Measured"),
            text!("Innenfor", "Within"),
            text!("Andel", "Share"),
            text!("Dager", "Days"),
            text!("Utenom", "Besides"),
        ];
        let mut before = "";
        let rows = interval.rows.iter().map(|row| {
            let period = if before == row.period { String::new() } else { self.period(&row.period) };
            before = &row.period;
            vec![
                Cell::new(period),
                Cell::new(self.unit(row.unit)),
                right_of(shown(row.measured)),
                right_of(shown(row.counts.within)),
                right_of(percent(row.share, lang)),
                right_of(row.days.map_or(String::new(), |days| {
                    format!("{} ({}–{})", days.median, days.first_quartile, days.third_quartile)
                })),
                Cell::new(self.besides(row)),
            ]
        });
        self.grid(out, &title, titles, 6, rows.collect())
    }

    /// What was not measured, and what was but not within.
    fn besides(&self, row: &IntervalRow) -> String {
        let counts = &row.counts;
        let counts = [
            (Status::Exceeded, counts.exceeded),
            (Status::TooEarly, counts.too_early),
            (Status::Running, counts.running),
            (Status::Overdue, counts.overdue),
            (Status::NotStarted, counts.not_started),
            (Status::Undetermined, counts.undetermined),
            (Status::InvalidOrder, counts.invalid_order),
            (Status::NoLimit, counts.no_limit),
            (Status::NotApplicable, counts.not_applicable),
        ];
        let counts = counts.iter().filter(|(_, count)| *count != Some(0));
        let word = |status: Status| words::status(status).get(self.layout.lang).replace(' ', "\u{a0}");
        let counts: Vec<_> =
            counts.map(|(status, count)| format!("{}\u{a0}{}", shown(*count), word(*status))).collect();
        counts.join(", ")
    }

    fn indicator(&self, out: &mut &mut dyn Write, indicator: &IndicatorReport) -> io::Result<()> {
        let lang = self.layout.lang;
        let target = indicator.target.map(|target| number(target, lang));
        let target = target.map_or(String::new(), |target| {
            text!(" (mål minst {target} %)", " (target at least {target} %)").get(lang).to_owned()
        });
        let title = format!("{} {}{target}", indicator.name, indicator.label);
        let titles = [
            text!("Periode", "Period"),
            text!("Enhet", "Unit"),
            text!("Nevner", "Denominator"),
            text!("Teller", "Numerator"),
            text!("Andel", "Share"),
            text!("Mål", "Target"),
            text!("Utenom", "Besides"),
        ];
        let mut before = "";
        let rows = indicator.rows.iter().map(|row| {
            let period = if before == row.period { String::new() } else { self.period(&row.period) };
            before = &row.period;
            vec![
                Cell::new(period),
                Cell::new(self.unit(row.unit)),
                right_of(shown(row.denominator)),
                right_of(shown(row.numerator)),
                right_of(percent(row.share, lang)),
                met(row.met, lang),
                Cell::new(outside(row, lang)),
            ]
        });
        self.grid(out, &title, titles, 6, rows.collect())
    }

    fn grid<const N: usize>(
        &self,
        out: &mut &mut dyn Write,
        title: &str,
        titles: [Text; N],
        flexible: usize,
        rows: Vec<Vec<Cell>>,
    ) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{title}")?;
        let numbers = 2..flexible;
        let titles = titles.iter().enumerate().map(|(at, title)| {
            let cell = coloured(title.get(self.layout.lang), None);
            if numbers.contains(&at) { cell.set_alignment(CellAlignment::Right) } else { cell }
        });
        Grid::new(flexible, rows).titles(titles.collect::<Vec<_>>()).write(out, self.layout)
    }

    fn period(&self, name: &str) -> String {
        match name {
            ALL => text!("alle", "all").get(self.layout.lang).to_owned(),
            UNDATED => text!("uten dato", "undated").get(self.layout.lang).to_owned(),
            name => name.to_owned(),
        }
    }

    /// Its name, further in the more it is a part of.
    fn unit(&self, number: usize) -> String {
        let Some(unit) = self.report.units.get(number) else { return String::new() };
        let name = match unit.level {
            Level::Nation | Level::Unknown => words::capital(unit.level.text().get(self.layout.lang)),
            _ => printable(&unit.name),
        };
        let parents = std::iter::successors(unit.parent, |parent| self.report.units.get(*parent)?.parent);
        format!("{}{name}", "\u{a0}".repeat(parents.count()))
    }
}

fn shown(count: Count) -> String {
    count.map_or(HIDDEN.to_owned(), |count| count.to_string())
}

fn right_of(text: String) -> Cell {
    right(Cell::new(text))
}

fn percent(share: Option<f64>, lang: Lang) -> String {
    share.map_or(String::new(), |share| format!("{}\u{a0}%", number(share, lang)))
}

fn number(number: f64, lang: Lang) -> String {
    match lang {
        Lang::Nb => number.to_string().replace('.', ","),
        Lang::En => number.to_string(),
    }
}

fn met(met: Option<bool>, lang: Lang) -> Cell {
    let (word, colour) = match met {
        Some(true) => (text!("✓ nådd", "✓ met"), Some(Color::DarkGreen)),
        Some(false) => (text!("✗ ikke nådd", "✗ not met"), Some(Color::DarkRed)),
        None => return Cell::new(""),
    };
    coloured(word.get(lang), colour).set_alignment(CellAlignment::Right)
}

fn outside(row: &IndicatorRow, lang: Lang) -> String {
    let (excluded, outside) = (shown(row.excluded), shown(row.outside));
    let parts = [
        (row.excluded, text!("{excluded} utelatt", "{excluded} excluded")),
        (row.outside, text!("{outside} utenfor", "{outside} outside")),
    ];
    let parts = parts.iter().filter(|(count, _)| *count != Some(0));
    parts.map(|(_, text)| text.get(lang).replace(' ', "\u{a0}")).collect::<Vec<_>>().join(", ")
}
