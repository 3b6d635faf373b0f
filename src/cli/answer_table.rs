//! Answers for people: a course a block, and a summary at the end.

use std::io::{self, Write};

use anstyle::Style;
use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Row, Table, presets};

use super::{answer_counts::Counts, answers::Answers, words};
use crate::{
    lang::Lang,
    runtime::{Basis, Course, CourseFinding, IntervalAnswer, IntervalTrace, Status, VariantTrace},
    tables::{Limit, Pathway, RuleSeverity, Tables},
    text,
};

/// Blanks before everything under a course's heading.
const INDENT: &str = "  ";

/// Writes courses as blocks.
pub(super) struct AnswerTable<'t, W> {
    out: W,
    tables: &'t Tables,
    layout: Layout,
    counts: Counts,
}

/// How the blocks are written.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    /// The language.
    pub lang: Lang,
    /// The width of a line in columns.
    pub width: usize,
    /// With colours.
    pub colour: bool,
    /// With the trace as sentences.
    pub explain: bool,
}

impl<'t, W: Write> AnswerTable<'t, W> {
    /// The courses must have a trace: it gives the reasons and the rows.
    pub(super) fn new(out: W, tables: &'t Tables, layout: Layout) -> Self {
        AnswerTable { out, tables, layout, counts: Counts::default() }
    }
}

impl<W: Write> Answers for AnswerTable<'_, W> {
    fn course(&mut self, course: &Course) -> io::Result<()> {
        self.counts.add(course);
        let Some(pathway) = self.tables.pathways.iter().find(|pathway| pathway.id == course.pathway) else {
            return Ok(());
        };
        let lang = self.layout.lang;
        self.layout.heading(&mut self.out, pathway, course)?;
        self.layout.write(&mut self.out, variants(pathway, course, lang))?;
        self.layout.write(&mut self.out, intervals(pathway, course, lang))?;
        self.layout.write(&mut self.out, not_applicable(course, lang))?;
        self.layout.write(&mut self.out, findings(&course.findings, lang))?;
        if self.layout.explain {
            let sentences = Vec::<String>::new().into_iter().map(|sentence| [Cell::new("·"), Cell::new(sentence)]);
            self.layout.write(&mut self.out, Grid::new(1, sentences))?;
        }
        writeln!(self.out)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.counts.write(&mut self.out, self.layout.lang)
    }
}

/// Rows of cells in columns. One column takes what width is left, and its text is broken into lines.
struct Grid {
    rows: Vec<Row>,
    header: Option<Row>,
    flexible: usize,
}

impl Grid {
    fn new<R: Into<Row>>(flexible: usize, rows: impl IntoIterator<Item = R>) -> Self {
        Grid { rows: rows.into_iter().map(Into::into).collect(), header: None, flexible }
    }
}

impl Layout {
    fn write(self, out: &mut impl Write, grid: Grid) -> io::Result<()> {
        if grid.rows.is_empty() {
            return Ok(());
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.width.saturating_sub(INDENT.len())).unwrap_or(u16::MAX));
        table.force_no_tty().style_text_only();
        if self.colour {
            table.enforce_styling();
        }
        if let Some(header) = grid.header {
            table.set_header(header);
        }
        table.add_rows(grid.rows);
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 2));
            if at != grid.flexible {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        for line in table.lines() {
            writeln!(out, "{}", format!("{INDENT}{line}").trim_end())?;
        }
        Ok(())
    }

    fn heading(self, out: &mut impl Write, pathway: &Pathway, course: &Course) -> io::Result<()> {
        let bold = if self.colour { Style::new().bold() } else { Style::new() };
        let (patient, id, title, number) = (printable(course.patient), &pathway.id, &pathway.title, course.course);
        let word = text!("forløp", "course");
        let named = course.course_id.map_or(String::new(), |name| format!(" ({})", printable(name)));
        writeln!(out, "{bold}{patient} · {id} {title}{bold:#} · {} {number}{named}", word.get(self.lang))?;
        let start = match course.start {
            Some(start) => {
                let start = words::date(start, self.lang);
                text!("startet {start}", "started {start}")
            }
            None => text!("uten start", "no start"),
        };
        let state = words::state(course.state);
        let phase = pathway.phases.iter().find(|phase| Some(phase.name.as_str()) == course.phase);
        let parts = [Some(state.get(self.lang)), Some(start.get(self.lang)), phase.map(|phase| phase.label.as_str())];
        writeln!(out, "{INDENT}{}", parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }
}

/// The course's variant with its reason, and the intervals that another one decided.
fn variants(pathway: &Pathway, course: &Course, lang: Lang) -> Grid {
    let Some(trace) = course.trace.as_ref().filter(|_| !pathway.variants.is_empty()) else {
        return Grid::new(1, Vec::<Row>::new());
    };
    let own = reason(course.variant, course.variant_basis, &trace.variant, lang);
    let mut lines = vec![(vec![text!("variant", "variant").get(lang).to_owned()], own)];
    for (answer, trace) in course.intervals.iter().zip(&trace.intervals) {
        let same = (answer.variant, answer.variant_basis) == (course.variant, course.variant_basis);
        if same || answer.status == Status::NotApplicable {
            continue;
        }
        let why = reason(answer.variant, answer.variant_basis, &trace.variant, lang);
        match lines.iter_mut().skip(1).find(|(_, known)| *known == why) {
            Some((names, _)) => names.push(name(answer)),
            None => lines.push((vec![name(answer)], why)),
        }
    }
    Grid::new(1, lines.into_iter().map(|(names, why)| [Cell::new(names.join(", ")), Cell::new(why)]))
}

/// «karsinom (karsinom = påvist fra 15.01.2024)», «hovedforløp (antatt: karsinom er ukjent)».
fn reason(variant: &str, basis: Basis, trace: &VariantTrace, lang: Lang) -> String {
    let decisive: Vec<_> = trace.tried.iter().filter(|tried| tried.result != Some(false)).collect();
    // The main course is known when every variant is false: then all their facts are the reason.
    let used = if decisive.is_empty() { trace.tried.iter().collect() } else { decisive };
    let mut facts: Vec<String> = Vec::new();
    for fact in used.iter().flat_map(|tried| &tried.facts) {
        let name = fact.fact;
        let words = match (basis, fact.value, fact.date) {
            (Basis::Assumed, None, _) => name.to_owned(),
            (Basis::Known, Some(value), Some(date)) => {
                let date = words::date(date, lang);
                text!("{name} = {value} fra {date}", "{name} = {value} from {date}").get(lang).to_owned()
            }
            (Basis::Known, Some(value), None) => format!("{name} = {value}"),
            (Basis::Assumed, Some(_), _) | (Basis::Known, None, _) => continue,
        };
        if !facts.contains(&words) {
            facts.push(words);
        }
    }
    let facts = words::list(&facts, lang);
    let why = match basis {
        Basis::Known if facts.is_empty() => return variant.to_owned(),
        Basis::Known => text!("{facts}", "{facts}"),
        Basis::Assumed if facts.is_empty() => text!("antatt", "assumed"),
        Basis::Assumed => text!("antatt: {facts} er ukjent", "assumed: {facts} not known"),
    };
    format!("{variant} ({})", why.get(lang))
}

fn intervals(pathway: &Pathway, course: &Course, lang: Lang) -> Grid {
    let traces = course.trace.iter().flat_map(|trace| &trace.intervals);
    let shown = course.intervals.iter().zip(traces).filter(|(answer, _)| answer.status != Status::NotApplicable);
    let rows = shown.map(|(answer, trace)| interval(pathway, answer, trace, lang));
    let titles = [
        text!("intervall", "interval"),
        text!("hva som måles", "what is measured"),
        text!("dager", "days"),
        text!("frist", "limit"),
        text!("senest", "due"),
        text!("status", "status"),
    ];
    let header = titles.map(|title| Cell::new(title.get(lang)).add_attribute(Attribute::Dim));
    Grid { header: Some(header.into()), ..Grid::new(1, rows) }
}

fn interval(pathway: &Pathway, answer: &IntervalAnswer, trace: &IntervalTrace, lang: Lang) -> [Cell; 6] {
    let label = pathway.interval(answer.interval).map_or("", |interval| interval.label.as_str());
    let (sign, colour) = words::sign(answer.status);
    let status = words::status(answer.status);
    let left = answer.days_left.map(|left| words::days(left, lang)).unwrap_or_default();
    let rest = match answer.status {
        Status::Running => text!(", {left} igjen", ", {left} left"),
        Status::Overdue => text!(" for {left} siden", " by {left}"),
        _ => text!("", ""),
    };
    [
        Cell::new(name(answer)),
        Cell::new(label),
        Cell::new(answer.days.map_or(String::new(), |days| days.to_string()))
            .set_alignment(comfy_table::CellAlignment::Right),
        Cell::new(row(pathway, answer, trace).map_or(String::new(), |row| words::limit(row, lang))),
        Cell::new(answer.due.map_or(String::new(), |due| words::date(due, lang))),
        coloured(Cell::new(format!("{sign} {}{}", status.get(lang), rest.get(lang))), colour),
    ]
}

/// The row that the trace points at.
fn row<'t>(pathway: &'t Pathway, answer: &IntervalAnswer, trace: &IntervalTrace) -> Option<&'t Limit> {
    let origin = trace.row?;
    pathway.limits.iter().find(|row| {
        row.interval == answer.interval && row.treatment.as_deref() == answer.treatment && row.origin == *origin
    })
}

fn name(answer: &IntervalAnswer) -> String {
    let mut name = answer.interval.to_owned();
    if let Some(treatment) = answer.treatment {
        name = format!("{name} {treatment}");
    }
    if answer.occurrence > 1 {
        name = format!("{name} ({})", answer.occurrence);
    }
    name
}

fn not_applicable(course: &Course, lang: Lang) -> Grid {
    let names: Vec<String> =
        course.intervals.iter().filter(|answer| answer.status == Status::NotApplicable).map(name).collect();
    let line = (!names.is_empty()).then(|| {
        let line = format!("{}: {}", words::status(Status::NotApplicable).get(lang), names.join(", "));
        [Cell::new(line).add_attribute(Attribute::Dim)]
    });
    Grid::new(0, line)
}

fn findings(findings: &[CourseFinding], lang: Lang) -> Grid {
    Grid::new(
        1,
        findings.iter().map(|finding| {
            let (word, colour) = match finding.severity {
                RuleSeverity::Feil => (text!("feil", "error"), Color::Red),
                RuleSeverity::Advarsel => (text!("advarsel", "warning"), Color::Yellow),
            };
            let dates: Vec<_> = finding.dates.iter().map(|day| words::date(*day, lang)).collect();
            let dates = if dates.is_empty() { String::new() } else { format!(" ({})", dates.join(", ")) };
            let code = Cell::new(finding.code).add_attribute(Attribute::Dim);
            [Cell::new(word.get(lang)).fg(colour), Cell::new(format!("{}{dates}", printable(&finding.message))), code]
        }),
    )
}

/// A finding's or a patient's text without what could steer a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// A cell in a colour, or dimmed.
fn coloured(cell: Cell, colour: Option<Color>) -> Cell {
    match colour {
        Some(colour) => cell.fg(colour),
        None => cell.add_attribute(Attribute::Dim),
    }
}
