//! Assessments for people: a patient and pathway a block, and a summary at the end.

use std::io::{self, Write};

use anstyle::Style;
use chrono::NaiveDate;

use super::{
    Answers, Layout,
    criteria::criteria,
    grid::{Grid, INDENT, dim},
    investigations::investigations,
    routes::routes,
    table::printable,
    tally::Tally,
};
use crate::{
    cli::words,
    runtime::{Assessment, CriteriaResult, InvestigationStatus, RouteResult},
    tables::{Content, Pathway, Tables},
    text,
};

/// Writes assessments as blocks. Pathways of which nothing is known share a line under their patient.
pub(crate) struct AssessmentTable<'t> {
    out: Vec<u8>,
    tables: &'t Tables,
    layout: Layout,
    tally: Tally,
    patient: String,
    silent: Vec<&'t str>,
}

impl<'t> AssessmentTable<'t> {
    pub(crate) fn new(tables: &'t Tables, as_of: NaiveDate, layout: Layout) -> Self {
        AssessmentTable {
            out: Vec::new(),
            tables,
            layout,
            tally: Tally::new(as_of),
            patient: String::new(),
            silent: Vec::new(),
        }
    }

    fn end_patient(&mut self) -> io::Result<()> {
        if self.silent.is_empty() {
            return Ok(());
        }
        let (patient, titles) = (printable(&self.patient), self.silent.join("; "));
        self.silent.clear();
        let line = text!("{patient}: ingenting er avgjort i {titles}", "{patient}: nothing is decided in {titles}");
        Grid::new(0, [[dim(line.get(self.layout.lang))]]).flush_left().write(&mut self.out, self.layout)?;
        writeln!(self.out)
    }
}

impl Answers<Assessment<'_>> for AssessmentTable<'_> {
    fn answer(&mut self, assessment: &Assessment) -> io::Result<()> {
        if self.patient != assessment.patient {
            self.end_patient()?;
            assessment.patient.clone_into(&mut self.patient);
        }
        let Some(pathway) = self.tables.pathways.iter().find(|pathway| pathway.id == assessment.pathway) else {
            return Ok(());
        };
        if self.tables.pathways.len() > 1 && !says_something(assessment) {
            self.silent.push(&pathway.title);
            return Ok(());
        }
        self.tally.add(assessment);
        let (out, layout) = (&mut self.out, self.layout);
        heading(out, pathway, assessment, layout)?;
        criteria(pathway, &assessment.criteria, layout).write(out, layout)?;
        routes(self.tables, pathway, &assessment.routes, layout).write(out, layout)?;
        for list in investigations(pathway, &assessment.investigations, layout) {
            list.write(out, layout)?;
        }
        not_applicable(pathway, assessment, layout).write(out, layout)?;
        writeln!(out)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.end_patient()?;
        self.tally.write(&mut self.out, self.layout)
    }

    fn out(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }
}

/// Whether anything at all is known of the patient that the pathway asks for.
fn says_something(assessment: &Assessment) -> bool {
    let criteria = assessment.criteria.iter().any(|answer| !(answer.met.is_empty() && answer.not_met.is_empty()));
    let routes = assessment.routes.iter().any(|answer| answer.result == RouteResult::Decided);
    let unsaid = [InvestigationStatus::Unknown, InvestigationStatus::NotApplicable];
    criteria || routes || assessment.investigations.iter().any(|answer| !unsaid.contains(&answer.status))
}

fn heading(out: &mut impl Write, pathway: &Pathway, assessment: &Assessment, layout: Layout) -> io::Result<()> {
    let bold = if layout.colour { Style::new().bold() } else { Style::new() };
    let patient = printable(assessment.patient);
    let prefix = pathway.prefix.as_ref().map_or(String::new(), |prefix| format!("{prefix} "));
    writeln!(out, "{bold}{patient} · {prefix}{}{bold:#}", pathway.title)?;
    let day = words::date(assessment.as_of, layout.lang);
    writeln!(out, "{INDENT}{}", text!("Per {day}", "As of {day}").get(layout.lang))
}

/// What does not apply to the patient, in one paragraph: whole lists by their names.
fn not_applicable(pathway: &Pathway, assessment: &Assessment, layout: Layout) -> Grid {
    let criteria = assessment.criteria.iter().filter(|answer| answer.result == CriteriaResult::NotApplicable);
    let routes = assessment.routes.iter().filter(|answer| answer.result == RouteResult::NotApplicable);
    let mut names: Vec<&str> = criteria
        .map(|answer| answer.criteria)
        .chain(routes.map(|answer| answer.route))
        .filter_map(|name| label(pathway, name))
        .collect();
    for list in assessment.investigations.chunk_by(|one, other| one.list == other.list) {
        let not = |answer: &&crate::runtime::InvestigationAnswer| answer.status == InvestigationStatus::NotApplicable;
        match list.first() {
            Some(first) if list.iter().all(|answer| not(&answer)) => names.extend(label(pathway, first.list)),
            _ => names.extend(list.iter().filter(not).map(|answer| answer.text)),
        }
    }
    let names = names.join("; ");
    let line = text!("Gjelder ikke: {names}", "Not applicable: {names}");
    Grid::new(0, (!names.is_empty()).then(|| [dim(line.get(layout.lang))]))
}

/// What a person reads for the name of criteria, a decision table or a list.
fn label<'t>(pathway: &'t Pathway, name: &str) -> Option<&'t str> {
    pathway.contents().find_map(|content| match content {
        Content::Criteria(own) if own.name == name => Some(own.label.as_str()),
        Content::Routes(own) if own.name == name => Some(own.label.as_str()),
        Content::List(own) if own.name == name => Some(own.label.as_str()),
        _ => None,
    })
}
