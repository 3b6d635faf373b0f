//! `forlop simulate`: made-up cohorts with the answers that they must give.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use clap::Args;

use super::{
    Context, Exit, Failure, Paths,
    files::replace,
    registers::day,
    words::{self, counted},
};
use crate::{
    lang::{Lang, Text},
    simulate::{Cohort, Settings, Shares, Summary, share},
    text,
};

/// The most patients: as many as ids of seven digits tell apart, sorted as text.
const MOST: i64 = 9_999_999;

/// Arguments of `simulate`.
#[derive(Args, Debug)]
pub struct Simulate {
    #[command(flatten)]
    paths: Paths,
    /// How many patients
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=MOST))]
    patients: u32,
    /// What all chance starts from: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The day on which the cohort is extracted and judged, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day, default_value = "2024-12-31")]
    as_of: NaiveDate,
    /// How often defects are planted: one share of all (0.02), or by name (late=0.3,missing_start=0.02) [default: 0.01]
    #[arg(long, value_name = "SHARES")]
    defects: Option<Shares>,
    /// How many patients have courses in two pathways: a share (0.1) [default: none]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    two_pathways: Option<f64>,
    /// How many patients' events carry course ids, which decide their courses: a share (0.5) [default: none]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    course_ids: Option<f64>,
    /// Give patients facts, which decide their variants
    #[arg(long)]
    facts: bool,
    /// How many institutions there are
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    institutions: u32,
    /// Mix the rows of events, and leave the patients' facts in no order
    #[arg(long)]
    unsorted: bool,
    /// No defects but intervals that are late: the same as --defects 0
    #[arg(long, conflicts_with = "defects")]
    plain: bool,
    /// Write events.csv, facts.csv, expected.ndjson, problems.ndjson and summary.json into this folder
    #[arg(short, long, value_name = "DIR", required_unless_present_any = ["events", "facts_file", "expected"])]
    output: Option<PathBuf>,
    /// Write the events to this file
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    events: Option<PathBuf>,
    /// Write the facts to this file
    #[arg(long, value_name = "FILE", conflicts_with = "output", requires = "facts")]
    facts_file: Option<PathBuf>,
    /// Write the answers that the cohort must give to this file, one course a line
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    expected: Option<PathBuf>,
}

impl Simulate {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        let Some(tables) = self.paths.tables_to_judge(context)? else {
            return Ok(Exit::Errors);
        };
        let mut shares = if self.plain { Shares::all(0.0) } else { self.defects.unwrap_or_default() };
        shares.two_pathways = self.two_pathways.unwrap_or_default();
        shares.course_ids = self.course_ids.unwrap_or_default();
        let settings = Settings {
            patients: self.patients,
            seed: self.seed,
            as_of: self.as_of,
            shares,
            facts: self.facts,
            institutions: self.institutions,
            unsorted: self.unsorted,
        };
        let cohort = match Cohort::new(&tables, settings) {
            Ok(cohort) => cohort,
            Err(error) => {
                context.complain(error.text())?;
                return Ok(Exit::Errors);
            }
        };
        skipped(&cohort, context)?;
        if cohort.pathways().next().is_none() {
            context.complain(&text!("ingen pakkeforløp kan få pasienter", "no pathway can have patients"))?;
            return Ok(Exit::Errors);
        }
        if let Some(folder) = &self.output {
            let summary = cohort.summary();
            let files: [(&str, &Part); 5] = [
                ("events.csv", &|out| cohort.write_events(out)),
                ("facts.csv", &|out| cohort.write_facts(out)),
                ("expected.ndjson", &|out| write_expected(&cohort, out)),
                ("problems.ndjson", &|out| write_problems(&cohort, out)),
                ("summary.json", &|out| write_summary(&summary, out)),
            ];
            let to = context.folder.join(folder);
            fs::create_dir_all(&to).map_err(|error| Failure::file(&to, error))?;
            files.into_iter().try_for_each(|(name, part)| replace(&to.join(name), part))?;
            writeln!(context.err, "{}", written(&summary, folder, context.lang))?;
        }
        let files: [(&Option<PathBuf>, &Part); 3] = [
            (&self.events, &|out| cohort.write_events(out)),
            (&self.facts_file, &|out| cohort.write_facts(out)),
            (&self.expected, &|out| write_expected(&cohort, out)),
        ];
        for (path, part) in files {
            if let Some(path) = path {
                replace(&context.folder.join(path), part)?;
            }
        }
        Ok(Exit::Fine)
    }
}

/// What writes one file of a cohort.
type Part<'p> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'p;

fn write_expected(cohort: &Cohort, out: &mut dyn Write) -> io::Result<()> {
    cohort.expected().try_for_each(|course| {
        serde_json::to_writer(&mut *out, &course)?;
        writeln!(out)
    })
}

fn write_problems(cohort: &Cohort, out: &mut dyn Write) -> io::Result<()> {
    cohort.problems(&mut |problem| {
        serde_json::to_writer(&mut *out, &problem)?;
        writeln!(out)
    })
}

fn write_summary(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, summary)?;
    writeln!(out)
}

/// One line about what was written.
fn written(summary: &Summary, folder: &Path, lang: Lang) -> String {
    let count = |count: u64, one: &Text, many: &Text| counted(count, one, many, lang);
    let courses = count(summary.courses, &text!("forløp", "course"), &text!("forløp", "courses"));
    let events = count(summary.event_rows, &text!("hendelse", "event"), &text!("hendelser", "events"));
    let facts = count(summary.fact_rows, &text!("opplysning", "fact"), &text!("opplysninger", "facts"));
    let folder = folder.display();
    let text =
        text!("«{folder}» har {courses}, {events} og {facts}.", "«{folder}» has {courses}, {events} and {facts}.");
    text.get(lang).to_owned()
}

/// Says which pathways have no patients.
fn skipped(cohort: &Cohort, context: &mut Context) -> io::Result<()> {
    let lang = context.lang;
    let names = |ids: &[&str]| words::list(&ids.iter().map(|id| format!("«{id}»")).collect::<Vec<_>>(), lang);
    let (prefixless, past) = (cohort.without_prefix(), cohort.not_valid());
    if !prefixless.is_empty() {
        let names = names(prefixless);
        let line = text!(
            "Uten pasienter, for kodene står ikke i noe register: {names}.",
            "Without patients, because their codes are in no register: {names}."
        );
        writeln!(context.err, "{}", line.get(lang))?;
    }
    if !past.is_empty() {
        let names = names(past);
        let line = text!(
            "Uten pasienter, for ingen kode gjelder før uttrekksdagen: {names}.",
            "Without patients, because no code is valid before the as-of date: {names}."
        );
        writeln!(context.err, "{}", line.get(lang))?;
    }
    Ok(())
}
