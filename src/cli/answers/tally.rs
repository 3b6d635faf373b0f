//! How many of everything that was assessed: the summary under the assessments.

use std::io::{self, Write};

use chrono::NaiveDate;

use super::{Layout, grid::Grid};
use crate::{
    cli::words::{self, counted},
    lang::Text,
    runtime::{Assessment, CriteriaResult, InvestigationStatus},
    text,
};

/// Counts of assessments that come sorted by patient.
#[derive(Debug)]
pub(super) struct Tally {
    as_of: NaiveDate,
    last_patient: String,
    patients: u64,
    criteria: [u64; CriteriaResult::ALL.len()],
    investigations: [u64; InvestigationStatus::ALL.len()],
}

impl Tally {
    /// Counts of nothing.
    pub(super) fn new(as_of: NaiveDate) -> Self {
        Tally { as_of, last_patient: String::new(), patients: 0, criteria: [0; 4], investigations: [0; 7] }
    }

    /// Counts one assessment.
    pub(super) fn add(&mut self, assessment: &Assessment) {
        if self.patients == 0 || self.last_patient != assessment.patient {
            self.patients += 1;
            assessment.patient.clone_into(&mut self.last_patient);
        }
        for (count, result) in self.criteria.iter_mut().zip(CriteriaResult::ALL) {
            *count += assessment.criteria.iter().filter(|answer| answer.result == result).count() as u64;
        }
        for (count, status) in self.investigations.iter_mut().zip(InvestigationStatus::ALL) {
            *count += assessment.investigations.iter().filter(|answer| answer.status == status).count() as u64;
        }
    }

    /// Writes the summary.
    pub(super) fn write(&self, out: &mut impl Write, layout: Layout) -> io::Result<()> {
        let lang = layout.lang;
        if self.patients == 0 {
            return writeln!(out, "{}", text!("Ingenting å vurdere.", "Nothing to assess.").get(lang));
        }
        let patients = counted(self.patients, &text!("pasient", "patient"), &text!("pasienter", "patients"), lang);
        let day = words::date(self.as_of, lang);
        writeln!(out, "{}", text!("{patients} per {day}.", "{patients} as of {day}.").get(lang))?;
        let criteria = CriteriaResult::ALL.map(|result| words::criteria(result.word()));
        let investigations = InvestigationStatus::ALL.map(|status| words::investigation(status.word()));
        for (title, counts, names) in [
            (text!("Kriterier", "Criteria"), &self.criteria[..], &criteria[..]),
            (text!("Undersøkelser", "Investigations"), &self.investigations[..], &investigations[..]),
        ] {
            let counts = counts.iter().zip(names).filter(|(count, _)| **count > 0);
            let counts: Vec<String> =
                counts.map(|(count, name): (_, &Text)| format!("{count} {}", name.get(lang))).collect();
            if !counts.is_empty() {
                let line = format!("{}: {}.", title.get(lang), words::list(&counts, lang));
                Grid::new(0, [[line]]).flush_left().write(out, layout)?;
            }
        }
        Ok(())
    }
}
