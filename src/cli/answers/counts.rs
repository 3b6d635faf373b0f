//! How many of everything: the summary under the answers.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use chrono::NaiveDate;

use crate::{
    cli::words::{self, counted},
    lang::Lang,
    runtime::{Course, State, Status},
    tables::RuleSeverity,
    text,
};

/// Statuses as a reader looks for them.
const ORDER: [Status; 10] = [
    Status::Within,
    Status::Exceeded,
    Status::TooEarly,
    Status::Running,
    Status::Overdue,
    Status::NotStarted,
    Status::NoLimit,
    Status::Undetermined,
    Status::InvalidOrder,
    Status::NotApplicable,
];

/// Counts of courses that come sorted by patient.
#[derive(Debug)]
pub(super) struct Counts {
    as_of: NaiveDate,
    last_patient: String,
    patients: u64,
    open: u64,
    completed: u64,
    closed: u64,
    errors: u64,
    warnings: u64,
    statuses: HashMap<Status, u64>,
}

impl Counts {
    /// Counts of nothing, of courses that are judged on a day.
    pub(super) fn new(as_of: NaiveDate) -> Self {
        Counts {
            as_of,
            last_patient: String::new(),
            patients: 0,
            open: 0,
            completed: 0,
            closed: 0,
            errors: 0,
            warnings: 0,
            statuses: HashMap::new(),
        }
    }

    /// Counts one course.
    pub(super) fn add(&mut self, course: &Course) {
        if self.patients == 0 || self.last_patient != course.patient {
            self.patients += 1;
            course.patient.clone_into(&mut self.last_patient);
        }
        match course.state {
            State::Open => self.open += 1,
            State::Completed => self.completed += 1,
            State::Closed => self.closed += 1,
        }
        for answer in &course.intervals {
            *self.statuses.entry(answer.status).or_default() += 1;
        }
        for finding in &course.findings {
            match finding.severity {
                RuleSeverity::Feil => self.errors += 1,
                RuleSeverity::Advarsel => self.warnings += 1,
            }
        }
    }

    /// Writes the summary.
    pub(super) fn write(&self, out: &mut impl Write, lang: Lang) -> io::Result<()> {
        let courses = self.open + self.completed + self.closed;
        if courses == 0 {
            return writeln!(out, "{}", text!("Ingen forløp.", "No courses.").get(lang));
        }
        let courses = counted(courses, &text!("forløp", "course"), &text!("forløp", "courses"), lang);
        let patients = counted(self.patients, &text!("pasient", "patient"), &text!("pasienter", "patients"), lang);
        let states = [
            (self.open, text!("åpent", "open"), text!("åpne", "open")),
            (self.completed, text!("fullført", "completed"), text!("fullførte", "completed")),
            (self.closed, text!("avsluttet", "closed"), text!("avsluttede", "closed")),
        ];
        let states = states.iter().filter(|(count, ..)| *count > 0);
        let states: Vec<_> = states.map(|(count, one, many)| counted(*count, one, many, lang)).collect();
        let states = words::list(&states, lang);
        let day = words::date(self.as_of, lang);
        let line =
            text!("{courses} hos {patients} per {day}: {states}.", "{courses} of {patients} as of {day}: {states}.");
        writeln!(out, "{}", line.get(lang))?;
        let line = text!("Intervallene, hver behandling for seg:", "The intervals, each treatment on its own:");
        writeln!(out, "{}", line.get(lang))?;
        for status in ORDER {
            if let Some(count) = self.statuses.get(&status) {
                writeln!(out, "{count:>6} {} {}", words::sign(status).0, words::status(status).get(lang))?;
            }
        }
        if self.errors + self.warnings > 0 {
            let errors = counted(self.errors, &text!("feil", "error"), &text!("feil", "errors"), lang);
            let warnings = counted(self.warnings, &text!("advarsel", "warning"), &text!("advarsler", "warnings"), lang);
            writeln!(
                out,
                "{}",
                text!("Kodingen har {errors} og {warnings}.", "The coding has {errors} and {warnings}.").get(lang)
            )?;
        }
        Ok(())
    }
}
