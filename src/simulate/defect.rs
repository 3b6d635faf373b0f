//! What can be wrong in a cohort, and how often.

use std::{collections::BTreeMap, str::FromStr};

/// Something that is planted in a cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Defect {
    /// An interval ends outside its limit.
    Late,
    /// A course has no opening code.
    MissingStart,
    /// An opening code comes twice at one institution.
    DuplicateStart,
    /// A code comes after the course is closed.
    EventAfterEnd,
    /// An interval ends before it starts.
    InvalidOrder,
    /// A code between start and end, such as the decision, is not registered.
    MissingPoint,
    /// A rule `A før B` is broken.
    RuleBefore,
    /// A rule `A utløser B` is broken.
    RuleTriggers,
    /// A rule `høyst N av G` is broken.
    RuleAtMost,
    /// A rule `nøyaktig N av G` is broken.
    RuleExactly,
    /// A rule `ingenting etter A` is broken.
    RuleNothingAfter,
    /// A rule `aldri A sammen med B` is broken.
    RuleNeverTogether,
    /// An extra row has a suffix that the pathway does not declare.
    UnknownCode,
    /// An extra row has something that is not a date.
    BadDate,
    /// An extra row has a code on a day when it is not valid.
    NotValid,
    /// An extra row has a code of no loaded pathway.
    ForeignCode,
    /// An extra row is dated after the as-of date.
    AfterAsOf,
    /// A row is there twice.
    DuplicateRow,
    /// An extra row has a fact that no pathway declares.
    UnknownFact,
    /// An extra row has a value that the fact cannot have.
    UnknownValue,
    /// A fact has two values with one date.
    ConflictingFact,
    /// Nothing is known of the patient.
    NoFacts,
    /// What is known becomes known after the patient's last event.
    LateFacts,
}

impl Defect {
    /// All of them, in the order of the parameters.
    pub const ALL: [Defect; 23] = [
        Defect::Late,
        Defect::MissingStart,
        Defect::DuplicateStart,
        Defect::EventAfterEnd,
        Defect::InvalidOrder,
        Defect::MissingPoint,
        Defect::RuleBefore,
        Defect::RuleTriggers,
        Defect::RuleAtMost,
        Defect::RuleExactly,
        Defect::RuleNothingAfter,
        Defect::RuleNeverTogether,
        Defect::UnknownCode,
        Defect::BadDate,
        Defect::NotValid,
        Defect::ForeignCode,
        Defect::AfterAsOf,
        Defect::DuplicateRow,
        Defect::UnknownFact,
        Defect::UnknownValue,
        Defect::ConflictingFact,
        Defect::NoFacts,
        Defect::LateFacts,
    ];

    /// Its name in parameters and in the summary.
    pub fn name(self) -> &'static str {
        match self {
            Defect::Late => "late",
            Defect::MissingStart => "missing_start",
            Defect::DuplicateStart => "duplicate_start",
            Defect::EventAfterEnd => "event_after_end",
            Defect::InvalidOrder => "invalid_order",
            Defect::MissingPoint => "missing_point",
            Defect::RuleBefore => "rule_before",
            Defect::RuleTriggers => "rule_triggers",
            Defect::RuleAtMost => "rule_at_most",
            Defect::RuleExactly => "rule_exactly",
            Defect::RuleNothingAfter => "rule_nothing_after",
            Defect::RuleNeverTogether => "rule_never_together",
            Defect::UnknownCode => "unknown_code",
            Defect::BadDate => "bad_date",
            Defect::NotValid => "not_valid",
            Defect::ForeignCode => "foreign_code",
            Defect::AfterAsOf => "after_as_of",
            Defect::DuplicateRow => "duplicate_row",
            Defect::UnknownFact => "unknown_fact",
            Defect::UnknownValue => "unknown_value",
            Defect::ConflictingFact => "conflicting_fact",
            Defect::NoFacts => "no_facts",
            Defect::LateFacts => "late_facts",
        }
    }
}

/// How often each defect is planted where it can be: in a course, or in a patient's facts; `late` in an interval. And how
/// many patients are another sort than most.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    defects: [f64; Defect::ALL.len()],
    /// Patients with courses in two pathways.
    pub two_pathways: f64,
    /// Patients whose events carry course ids, in each of their pathways.
    pub course_ids: f64,
}

/// The share of intervals that are late, where nothing else is said.
const LATE: f64 = 0.25;
/// The share of every other defect.
const OTHERS: f64 = 0.01;

impl Default for Shares {
    fn default() -> Self {
        Shares::all(OTHERS)
    }
}

impl Shares {
    /// The same share of every defect but `late`, which is part of ordinary courses.
    pub fn all(share: f64) -> Self {
        let mut shares = Shares { defects: [share; Defect::ALL.len()], two_pathways: 0.0, course_ids: 0.0 };
        shares.set(Defect::Late, LATE);
        shares
    }

    /// The share of one.
    pub fn of(&self, defect: Defect) -> f64 {
        self.defects.get(defect as usize).copied().unwrap_or_default()
    }

    /// Changes the share of one.
    pub fn set(&mut self, defect: Defect, share: f64) {
        if let Some(own) = self.defects.get_mut(defect as usize) {
            *own = share;
        }
    }

    /// The shares by name.
    pub fn by_name(&self) -> BTreeMap<&'static str, f64> {
        Defect::ALL.map(|defect| (defect.name(), self.of(defect))).into()
    }
}

impl FromStr for Shares {
    type Err = String;

    /// One share of all (`0.02`), or shares by name (`late=0.3,missing_start=0.02`); those that are not named are then 0,
    /// but for `late`.
    fn from_str(text: &str) -> Result<Self, String> {
        if !text.contains('=') {
            return Ok(Shares::all(share(text)?));
        }
        let mut shares = Shares::all(0.0);
        for part in text.split(',') {
            let (name, value) = part.split_once('=').ok_or(format!("«{part}» is not written name=share"))?;
            let found = Defect::ALL.into_iter().find(|defect| defect.name() == name.trim());
            let names = || Defect::ALL.map(Defect::name).join(", ");
            let defect = found.ok_or_else(|| format!("there is no defect «{name}»; there are {}", names()))?;
            shares.set(defect, share(value)?);
        }
        Ok(shares)
    }
}

/// A share on the command line.
///
/// # Errors
/// What is not a number from 0 to 1.
pub fn share(text: &str) -> Result<f64, String> {
    let share = text.trim().parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or(format!("«{text}» is not a share from 0 to 1"))
}
