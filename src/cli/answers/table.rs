//! Answers for people: a course a block, and a summary at the end.

use std::io::{self, Write};

use anstyle::Style;
use chrono::NaiveDate;
use comfy_table::{Cell, Color};

use super::{
    Answers,
    counts::Counts,
    grid::{Grid, INDENT, dim},
    intervals::{applicable, not_applicable},
    missing::missing,
    remaining::remaining,
    variants::variants,
};
use crate::{
    cli::words,
    lang::Lang,
    runtime::{Course, CourseFinding, sentences},
    tables::{Pathway, RuleSeverity, Tables},
    text,
};

/// Writes courses as blocks.
pub(crate) struct AnswerTable<'t> {
    out: Vec<u8>,
    tables: &'t Tables,
    layout: Layout,
    counts: Counts,
}

/// How the blocks are written.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    /// The language.
    pub lang: Lang,
    /// The width of a line in columns.
    pub width: usize,
    /// With colours.
    pub colour: bool,
    /// With the trace as sentences.
    pub explain: bool,
}

impl<'t> AnswerTable<'t> {
    /// The courses must have a trace: it gives the reasons and the rows.
    pub(crate) fn new(tables: &'t Tables, as_of: NaiveDate, layout: Layout) -> Self {
        AnswerTable { out: Vec::new(), tables, layout, counts: Counts::new(as_of) }
    }
}

impl Answers<Course<'_>> for AnswerTable<'_> {
    fn answer(&mut self, course: &Course) -> io::Result<()> {
        self.counts.add(course);
        let Some(pathway) = self.tables.pathways.iter().find(|pathway| pathway.id == course.pathway) else {
            return Ok(());
        };
        let (out, layout, lang) = (&mut self.out, self.layout, self.layout.lang);
        heading(out, pathway, course, layout)?;
        variants(pathway, course, lang).write(out, layout)?;
        applicable(pathway, course, lang).write(out, layout)?;
        not_applicable(pathway, course, lang).write(out, layout)?;
        remaining(pathway, course, lang).write(out, layout)?;
        missing(pathway, course, lang).write(out, layout)?;
        findings(&course.findings, lang).write(out, layout)?;
        if layout.explain {
            Grid::new(1, sentences(course, lang).into_iter().map(|sentence| ["·".to_owned(), sentence]))
                .write(out, layout)?;
        }
        writeln!(out)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.counts.write(&mut self.out, self.layout.lang)
    }

    fn out(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }
}

fn heading(out: &mut impl Write, pathway: &Pathway, course: &Course, layout: Layout) -> io::Result<()> {
    let lang = layout.lang;
    let bold = if layout.colour { Style::new().bold() } else { Style::new() };
    let (patient, id, title, number) = (printable(course.patient), &pathway.id, &pathway.title, course.course);
    let word = text!("forløp", "course");
    let named = course.course_id.map_or(String::new(), |name| format!(" ({})", printable(name)));
    writeln!(out, "{bold}{patient} · {id} {title} · {} {number}{named}{bold:#}", word.get(lang))?;
    let state = words::capital(words::state(course.state).get(lang));
    let start = match course.start {
        Some(start) => {
            let start = words::date(start, lang);
            text!("startet {start}", "started {start}")
        }
        None => text!("uten start", "no start"),
    };
    let phase = pathway.phases.iter().find(|phase| Some(phase.name.as_str()) == course.phase);
    let phase = phase.map_or(String::new(), |phase| format!(" · {}", phase.label));
    writeln!(out, "{INDENT}{state} · {}{phase}", start.get(lang))
}

fn findings(findings: &[CourseFinding], lang: Lang) -> Grid {
    let rows = findings.iter().map(|finding| {
        let (word, colour) = match finding.severity {
            RuleSeverity::Feil => (text!("Feil", "Error"), Color::DarkRed),
            RuleSeverity::Advarsel => (text!("Advarsel", "Warning"), Color::DarkYellow),
        };
        let dates: Vec<String> = finding.dates.iter().map(|day| words::date(*day, lang)).collect();
        let dates = if dates.is_empty() { String::new() } else { format!(" ({})", dates.join(", ")) };
        let message = format!("{}{dates}", printable(&finding.message));
        [Cell::new(word.get(lang)).fg(colour), Cell::new_owned(message), dim(finding.code)]
    });
    Grid::new(1, rows)
}

/// Text from the input, without what could steer a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
