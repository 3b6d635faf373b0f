//! Answers as CSV: a row for each interval of each course, or a row for each course.

use std::{collections::HashMap, mem};

use rustc_hash::FxHashMap;

use super::fields::{Row, digits, put};
use crate::{
    runtime::{Basis, IntervalAnswer, Judged, Measured, Outcome, Pattern, Standing, Status},
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
        for answer in judged.answers() {
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
    /// What the rows of courses of one pattern have in common.
    kept: FxHashMap<Pattern, Cells>,
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
        CourseRows { measures, places, kept: FxHashMap::default() }
    }

    /// The cells of the intervals of a course.
    fn cells(&self, judged: &Judged) -> Cells {
        let mut measured = vec![None; self.measures.len()];
        let places = self.places.get(judged.pathway().id.as_str());
        for own in judged.measured(None) {
            // Of an interval that repeats, the latest stands.
            let place = places.and_then(|places| measured.get_mut(*places.get(own.measure)?));
            place.into_iter().for_each(|place| *place = Some(own));
        }
        let mut cells = Cells::default();
        for own in &measured {
            cells.add(judged, own.as_ref());
        }
        cells
    }
}

/// How many patterns are kept before all of them are let go.
const MOST: usize = 1 << 12;

/// Cells of intervals: days, limit and status of each.
#[derive(Default)]
struct Cells {
    /// Those that ask for dates, each after text that does not.
    dated: Vec<Dated>,
    /// The text after them.
    last: Vec<u8>,
}

/// The cells of one interval.
struct Dated {
    before: Vec<u8>,
    measured: Measured,
    /// Limit and status, by status.
    texts: [Vec<u8>; Status::ALL.len()],
}

impl Cells {
    fn add(&mut self, judged: &Judged, measured: Option<&Measured>) {
        let Some(measured) = measured else { return self.last.extend_from_slice(b",,,") };
        let text = |status: Status| {
            let mut text = vec![b','];
            text.optional_number(judged.limit(measured).map(i64::from)).text(status.word());
            text
        };
        match measured.standing {
            Standing::Settled(status) => self.last.extend(text(status)),
            Standing::Ended { .. } | Standing::Open { .. } => {
                let before = mem::take(&mut self.last);
                self.dated.push(Dated { before, measured: *measured, texts: Status::ALL.map(text) });
            }
        }
    }

    fn write(&self, out: &mut Vec<u8>, judged: &Judged) {
        for Dated { before, measured, texts } in &self.dated {
            out.extend_from_slice(before);
            let Outcome { status, days, .. } = judged.outcome(measured);
            days.into_iter().for_each(|days| digits(out, days));
            out.extend_from_slice(&texts[status as usize]);
        }
        out.extend_from_slice(&self.last);
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
        match judged.pattern() {
            None => self.cells(judged).write(out, judged),
            Some(pattern) => match self.kept.get(&pattern) {
                Some(cells) => cells.write(out, judged),
                None => {
                    if self.kept.len() > MOST {
                        self.kept.clear();
                    }
                    let cells = self.cells(judged);
                    cells.write(out, judged);
                    self.kept.insert(pattern, cells);
                }
            },
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
    let codes: Vec<&str> = judged.finding_codes().collect();
    put(out, &codes.join(" "));
    out.push(b'\n');
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Known => "known",
        Basis::Assumed => "assumed",
    }
}
