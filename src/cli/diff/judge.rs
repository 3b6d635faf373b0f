//! Whom a change touches in a register.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::PathBuf,
};

use chrono::NaiveDate;
use clap::Args;

use super::super::{
    Context, Failure,
    files::replace,
    problems,
    registers::{Rows, day, evaluator, left_out, today},
};
use crate::{diff::Impact, input::PatientRows, runtime::Options, tables::Tables};

/// The register in which courses are counted.
#[derive(Args, Debug)]
pub(super) struct Registers {
    /// Count the courses that are touched: events as CSV or NDJSON; - is standard input
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// Facts as CSV or NDJSON; - is standard input
    #[arg(long, value_name = "FILE", requires = "events")]
    facts: Option<PathBuf>,
    /// The day on which courses are judged and the change takes effect, YYYY-MM-DD [default for courses: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    /// Write the courses of which an interval has another status to this file, one JSON object a line
    #[arg(long, value_name = "FILE", requires = "events")]
    affected: Option<PathBuf>,
}

/// What was counted, and the day of the judgement.
pub(super) struct Counted {
    pub impact: Impact,
    pub as_of: NaiveDate,
}

impl Registers {
    /// How many times they name standard input.
    pub fn dashes(&self) -> usize {
        let inputs = [self.events.as_ref(), self.facts.as_ref()];
        inputs.iter().flatten().filter(|path| super::super::paths::is_dash(path)).count()
    }

    /// Judges every patient twice; nothing if no register is named, and `Err(None)` after a complaint.
    pub fn judge(&self, old: &Tables, new: &Tables, context: &mut Context) -> Result<Option<Counted>, Option<Failure>> {
        if self.events.is_none() {
            return Ok(None);
        }
        let as_of = self.as_of.unwrap_or_else(today);
        let rows = Rows::read(self.events.as_deref(), self.facts.as_deref(), context)?;
        let old_evaluator = evaluator(old, context)?.ok_or(None)?;
        let new_evaluator = evaluator(new, context)?.ok_or(None)?;
        let old_register = rows.register(&old_evaluator, context)?.ok_or(None)?;
        let new_register = rows.register(&new_evaluator, context)?.ok_or(None)?;
        // What the new specification cannot use is what the author must know.
        problems::write(&mut context.err, &new_register.problems, context.lang).map_err(Failure::from)?;

        let mut patients: BTreeMap<&str, [Option<&PatientRows>; 2]> = BTreeMap::new();
        for (patient, rows) in old_register.patients() {
            patients.entry(patient).or_default()[0] = Some(rows);
        }
        for (patient, rows) in new_register.patients() {
            patients.entry(patient).or_default()[1] = Some(rows);
        }
        let mut impact = Impact::default();
        let mut count = |out: &mut dyn Write| -> io::Result<()> {
            for (patient, rows) in &patients {
                let [old_events, new_events] = rows.map(|rows| rows.map(PatientRows::events).unwrap_or_default());
                let [old_facts, new_facts] = rows.map(|rows| rows.map(PatientRows::facts).unwrap_or_default());
                let options = Options { lang: context.lang, ..Options::default() };
                let old = old_evaluator.patient(patient, &old_events, &old_facts, as_of, options);
                let new = new_evaluator.patient(patient, &new_events, &new_facts, as_of, options);
                let mut institutions = new_evaluator.institutions(&new_events, as_of);
                institutions.extend(old_evaluator.institutions(&old_events, as_of));
                let institution = |pathway: &str, course: u32| {
                    let same = |(id, number, _): &&(&str, u32, _)| *id == pathway && *number == course;
                    institutions.iter().find(same).and_then(|(.., institution)| *institution)
                };
                for affected in impact.add(&old, &new, institution) {
                    serde_json::to_writer(&mut *out, &affected)?;
                    writeln!(out)?;
                }
            }
            Ok(())
        };
        match &self.affected {
            Some(path) => replace(&context.folder.join(path), count)?,
            None => count(&mut io::sink()).map_err(Failure::from)?,
        }
        if let Some(left_out) = left_out(&new_register.summary(as_of), as_of, context.lang) {
            writeln!(context.err, "{left_out}").map_err(Failure::from)?;
        }
        Ok(Some(Counted { impact, as_of }))
    }
}
