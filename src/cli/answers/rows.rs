//! Answers as CSV: a row for each interval of each course, or a row for each course.

use std::collections::HashMap;

use super::fields::{Row, put};
use crate::{
    lang::Lang,
    runtime::{Basis, IntervalAnswer, Judged},
    tables::{Pathway, Tables},
};

/// Writes courses as rows.
pub(crate) trait Rows {
    /// The line before all rows.
    fn header(&self) -> Vec<u8>;

    /// Adds the rows of a course.
    fn course(&mut self, out: &mut Vec<u8>, judged: &Judged);
}

/// One row for each interval of each course.
#[derive(Default)]
pub(crate) struct IntervalRows {
    before: Vec<u8>,
    after: Vec<u8>,
}

const OF_COURSE: [&str; 7] = ["pathway", "patient", "course", "course_id", "start", "state", "phase"];

const OF_INTERVAL: [&str; 13] = [
    "interval",
    "treatment",
    "occurrence",
    "from",
    "to",
    "days",
    "variant",
    "variant_basis",
    "limit",
    "unit",
    "status",
    "due",
    "days_left",
];

const FINDINGS: &str = "findings";

impl Rows for IntervalRows {
    fn header(&self) -> Vec<u8> {
        header(OF_COURSE.iter().chain(&OF_INTERVAL).chain([&FINDINGS]))
    }

    fn course(&mut self, out: &mut Vec<u8>, judged: &Judged) {
        self.before.clear();
        of_course(&mut self.before, judged);
        self.after.clear();
        findings(&mut self.after, judged);
        for (_, answer) in judged.answers() {
            out.extend_from_slice(&self.before);
            let IntervalAnswer { interval, treatment, occurrence, from, to, days, variant, variant_basis, .. } = answer;
            out.text(interval).optional(treatment).number(occurrence.into()).date(from).date(to).optional_number(days);
            out.text(variant).text(basis(variant_basis)).optional_number(answer.limit.map(i64::from));
            out.text(answer.unit.map_or("", |unit| unit.word())).text(answer.status.word());
            out.date(answer.due).optional_number(answer.days_left);
            out.extend_from_slice(&self.after);
        }
    }
}

/// One row for each course.
pub(crate) struct CourseRows<'t> {
    /// The intervals and treatments of all pathways.
    measures: Vec<(&'t str, Option<&'t str>)>,
    /// Where those of each pathway stand, in its order.
    places: HashMap<&'t str, Vec<usize>>,
    /// The answers of a course, by place: days, limit, status.
    cells: Vec<Option<(Option<i64>, Option<u32>, &'static str)>>,
}

impl<'t> CourseRows<'t> {
    /// For the courses of these pathways.
    pub fn new(tables: &'t Tables) -> Self {
        let mut measures: Vec<(&str, Option<&str>)> = Vec::new();
        let mut places = HashMap::new();
        for pathway in &tables.pathways {
            let own = own_measures(pathway).map(|own| {
                measures.iter().position(|known| *known == own).unwrap_or_else(|| {
                    measures.push(own);
                    measures.len() - 1
                })
            });
            places.insert(pathway.id.as_str(), own.collect());
        }
        CourseRows { measures, places, cells: Vec::new() }
    }
}

/// The intervals of a pathway, each treatment on its own, in the order of the answers.
fn own_measures(pathway: &Pathway) -> impl Iterator<Item = (&str, Option<&str>)> {
    pathway.intervals.iter().flat_map(|interval| {
        let treatments = interval.treatments.iter().map(|treatment| Some(treatment.name.as_str()));
        let itself = interval.treatments.is_empty().then_some(None);
        treatments.chain(itself).map(|treatment| (interval.name.as_str(), treatment))
    })
}

impl Rows for CourseRows<'_> {
    fn header(&self) -> Vec<u8> {
        let names = self.measures.iter().flat_map(|(interval, treatment)| {
            let name = treatment.map_or((*interval).to_owned(), |treatment| format!("{interval}_{treatment}"));
            ["days", "limit", "status"].map(|what| format!("{name}_{what}"))
        });
        let names: Vec<String> = names.collect();
        let variant = ["variant", "variant_basis"];
        header(OF_COURSE.iter().chain(&variant).copied().chain(names.iter().map(String::as_str)).chain([FINDINGS]))
    }

    fn course(&mut self, out: &mut Vec<u8>, judged: &Judged) {
        of_course(out, judged);
        let (variant, variant_basis) = judged.variant();
        out.text(variant).text(basis(variant_basis));
        self.cells.clear();
        self.cells.resize(self.measures.len(), None);
        let places = self.places.get(judged.pathway().id.as_str());
        for (measure, answer) in judged.answers() {
            // Of an interval that repeats, the latest stands.
            let cell = places.and_then(|places| places.get(measure)).and_then(|place| self.cells.get_mut(*place));
            if let Some(cell) = cell {
                *cell = Some((answer.days, answer.limit, answer.status.word()));
            }
        }
        for cell in &self.cells {
            match cell {
                Some((days, limit, status)) => {
                    out.optional_number(*days).optional_number(limit.map(i64::from)).text(status);
                }
                None => out.extend_from_slice(b",,,"),
            }
        }
        findings(out, judged);
    }
}

fn header(names: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<u8> {
    let mut out = Vec::new();
    for name in names {
        out.text(name.as_ref());
    }
    if let Some(last) = out.last_mut() {
        *last = b'\n';
    }
    out
}

fn of_course(out: &mut Vec<u8>, judged: &Judged) {
    out.text(&judged.pathway().id).text(judged.patient()).number(judged.number().into()).optional(judged.id());
    out.date(judged.start()).text(judged.state().word()).optional(judged.phase());
}

/// The last field of a row.
fn findings(out: &mut Vec<u8>, judged: &Judged) {
    let found = judged.findings(Lang::default());
    match found.as_slice() {
        [] => out.push(b'\n'),
        found => {
            let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
            put(out, &codes.join(" "));
            out.push(b'\n');
        }
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Known => "known",
        Basis::Assumed => "assumed",
    }
}
