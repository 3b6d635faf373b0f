//! A cohort: its settings, and the pathways that its patients are in.

use chrono::{Days, NaiveDate};

use super::{
    defect::Shares,
    expected::{Expected, Made},
    facts::Aims,
    knowledge::Knowledge,
    patient::{Making, Part, Patient},
    random::Dice,
    rows::Strangers,
    shape::Shape,
};
use crate::{
    runtime::{Evaluator, TableError},
    tables::Tables,
};

/// How far back courses start.
const DAYS_BACK: u64 = 3 * 365;
/// The days that a register can have.
pub(super) const FIRST_DAY: NaiveDate = ymd(1900, 1, 1);
pub(super) const LAST_DAY: NaiveDate = ymd(2200, 12, 31);

const fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// What makes a cohort. The same settings and tables give the same bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How many patients.
    pub patients: u32,
    /// What all chance starts from.
    pub seed: u64,
    /// The day on which the cohort is extracted and judged.
    pub as_of: NaiveDate,
    /// How often each defect is planted.
    pub shares: Shares,
    /// Whether patients have facts.
    pub facts: bool,
    /// How many institutions there are, at least 1.
    pub institutions: u32,
    /// Whether the rows of events are mixed, and the patients' facts in no order.
    pub unsorted: bool,
}

/// A cohort of patients in the pathways of some tables.
pub struct Cohort<'t> {
    pub(super) settings: Settings,
    pub(super) pathways: Vec<InPathway<'t>>,
    pub(super) strangers: Strangers,
    without_prefix: Vec<&'t str>,
    not_valid: Vec<&'t str>,
}

/// A pathway, and when courses in it can start.
pub(super) struct InPathway<'t> {
    pub shape: Shape<'t>,
    pub aims: Aims<'t>,
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// Days on which the limits change.
    pub changes: Vec<NaiveDate>,
    /// The pathways that its patients can be in as well, by number: no fact is of both, so that each can be made by itself.
    pub beside: Vec<usize>,
}

impl<'t> Cohort<'t> {
    /// Makes the tables ready. Pathways without a code prefix, and those not valid before the as-of date, get no patients.
    ///
    /// # Errors
    /// Tables that contradict themselves.
    pub fn new(tables: &'t Tables, settings: Settings) -> Result<Self, TableError> {
        let settings = Settings {
            institutions: settings.institutions.max(1),
            as_of: settings.as_of.clamp(FIRST_DAY, LAST_DAY),
            ..settings
        };
        // Only asked whether the tables are sound.
        Evaluator::new(tables)?;
        let (mut pathways, mut without_prefix, mut not_valid) = (Vec::new(), Vec::new(), Vec::new());
        let mut sorted: Vec<_> = tables.pathways.iter().collect();
        sorted.sort_by_key(|pathway| &pathway.id);
        for pathway in sorted {
            let last = pathway.valid_to.map_or(settings.as_of, |last| last.min(settings.as_of));
            let back = last.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(last).max(FIRST_DAY);
            let first = pathway.valid_from.map_or(back, |first| first.max(back));
            if pathway.prefix.is_none() {
                without_prefix.push(pathway.id.as_str());
            } else if last < first || pathway.codes.is_empty() {
                not_valid.push(pathway.id.as_str());
            } else {
                let shape = Shape::new(pathway);
                let aims = Aims::new(pathway, settings.as_of);
                let can_start = |day: &NaiveDate| pathway.valid_from.is_none_or(|from| from < *day) && *day < last;
                let changes = shape.changes.iter().copied().filter(can_start).collect();
                pathways.push(InPathway { shape, aims, first, last, changes, beside: Vec::new() });
            }
        }
        let beside: Vec<Vec<usize>> = pathways.iter().map(|own| others(own, &pathways)).collect();
        pathways.iter_mut().zip(beside).for_each(|(own, beside)| own.beside = beside);
        let strangers = Strangers::new(tables);
        Ok(Cohort { settings, pathways, strangers, without_prefix, not_valid })
    }

    /// What it is made by.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The ids of the pathways that patients are in.
    pub fn pathways(&self) -> impl Iterator<Item = &'t str> {
        self.pathways.iter().map(|own| own.shape.pathway.id.as_str())
    }

    /// The ids of pathways without a code prefix, to which no event can belong.
    pub fn without_prefix(&self) -> &[&'t str] {
        &self.without_prefix
    }

    /// The ids of pathways without a code, or that are not valid on any day by the as-of date.
    pub fn not_valid(&self) -> &[&'t str] {
        &self.not_valid
    }

    /// The patient of a number, from 1; none if there are no pathways.
    pub(super) fn patient(&self, number: u32) -> Option<Patient<'_, 't>> {
        let mut dice = Dice::of(self.settings.seed, number);
        let own = dice.one_of(&self.pathways)?;
        Some(Making { cohort: self, own, dice, number, planted: Default::default() }.patient())
    }

    /// Their numbers, in the order of their ids.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> + use<> {
        1..=self.settings.patients
    }

    /// The answers that the cohort must give, sorted by patient, pathway and number.
    pub fn expected(&self) -> impl Iterator<Item = Expected<'t>> {
        self.numbers().filter_map(|number| self.patient(number)).flat_map(|patient| self.answers(&patient))
    }

    pub(super) fn answers(&self, patient: &Patient<'_, 't>) -> Vec<Expected<'t>> {
        let as_of = self.settings.as_of;
        let of_pathway = |part: &Part<'_, 't>| {
            let shape = &part.own.shape;
            let knowledge = Knowledge::new(shape.pathway, &part.given, as_of);
            let courses = part.courses.iter().zip(1..).map(|(course, number)| {
                let made = Made { shape, knowledge: &knowledge, events: &course.events, id: course.id, as_of };
                made.expected(name(patient.number), number)
            });
            courses.collect::<Vec<_>>()
        };
        patient.parts.iter().flat_map(of_pathway).collect()
    }
}

/// The numbers of the pathways that have no fact of the same name.
fn others(own: &InPathway, all: &[InPathway]) -> Vec<usize> {
    let facts = |of: &InPathway| -> Vec<_> { of.shape.pathway.facts.iter().map(|fact| fact.name.clone()).collect() };
    let (names, is_own) = (facts(own), |other: &InPathway| other.shape.pathway.id == own.shape.pathway.id);
    let apart = |other: &InPathway| !is_own(other) && !facts(other).iter().any(|name| names.contains(name));
    (0..all.len()).filter(|number| all.get(*number).is_some_and(apart)).collect()
}

/// A patient's id: nothing that looks like a person's, and sorted as text as by number.
pub(super) fn name(number: u32) -> String {
    format!("sim-{number:07}")
}
