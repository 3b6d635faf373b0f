//! `forlop report`: what is published of a register.

mod csv;
mod table;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{
    Context, Exit, Failure, Paths,
    answers::Layout,
    files::replace,
    problems,
    registers::{ReadingArgs, day, evaluator, left_out, one_dash, today, without_codes},
    words,
};
use crate::{
    input::{Patient, Summary, Visitor},
    report::{
        Attribution, By, Collector, Counting, Hierarchy, HierarchyError, Level, PeriodKind, Plan, Publishing, Report,
        Start, html,
    },
    runtime::{Evaluator, Workspace},
    text,
};

/// Arguments of `report`.
#[derive(Args, Debug)]
pub struct ReportCommand {
    #[command(flatten)]
    paths: Paths,
    /// Events as CSV, NDJSON or Parquet; - is standard input
    #[arg(long, value_name = "FILE")]
    events: PathBuf,
    /// Facts as CSV, NDJSON or Parquet; without them every course is judged by the main course's limits
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// Which hospital, trust and region institutions belong to, as CSV: institution,hospital,trust,region
    #[arg(long, value_name = "FILE")]
    hierarchy: Option<PathBuf>,
    /// The day of the extraction, on which the courses are judged, YYYY-MM-DD [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// How long the periods are
    #[arg(long, value_enum, default_value = "tertial")]
    period: Kind,
    /// What places a course and its answers in a period
    #[arg(long, value_enum, default_value = "start")]
    by: Point,
    /// Which start counts after a transfer
    #[arg(long, value_enum, default_value = "first")]
    start: WhichStart,
    /// The institution that a course belongs to is that of its start, attendance, decision or treatment, or of the first event with a
    /// code or group of the template
    #[arg(long, value_name = "NAME", default_value = "start")]
    attribution: String,
    /// Levels that have rows beside the nation [default: all]
    #[arg(long, value_enum, value_name = "LEVEL", value_delimiter = ',')]
    level: Vec<Row>,
    /// Hide counts from 1 up to this, and what they could be computed from; 0 hides nothing
    #[arg(long, value_name = "N", default_value_t = 3)]
    suppress_below: u64,
    /// Decimals of shares
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=6))]
    decimals: u32,
    /// How the report is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Give exit status 1 if there are rows that cannot be used
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Months
    Month,
    /// Thirds of a year
    Tertial,
    /// Quarters of a year
    Quarter,
    /// Years
    Year,
    /// All time
    None,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Point {
    /// The start of the course
    Start,
    /// The start of treatment
    #[value(alias = "end")]
    Treatment,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum WhichStart {
    /// The course's first
    First,
    /// The first in the institution that the course belongs to
    Own,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Row {
    /// The nation alone
    Nation,
    /// Regional health authorities
    Region,
    /// Health trusts
    Trust,
    /// Hospitals
    Hospital,
    /// Institutions as the events name them, without a hierarchy
    Institution,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One row for each period and unit of each interval and indicator
    Csv,
    /// One JSON object
    Json,
    /// One page with plots, for a browser and for print; it needs no network
    Html,
}

impl ReportCommand {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        if !one_dash(&self.paths, Some(&self.events), self.facts.as_deref(), context)? {
            return Ok(Exit::WrongUse);
        }
        let of_hierarchy = |row: &Row| matches!(row, Row::Region | Row::Trust | Row::Hospital);
        let of_events = |row: &Row| *row == Row::Institution;
        let wrong = if self.hierarchy.is_some() {
            self.level.iter().any(of_events)
        } else {
            self.level.iter().any(of_hierarchy)
        };
        if wrong {
            context.complain(&text!(
                "nivåene region, trust og hospital krever --hierarchy, og institution gjelder bare uten",
                "the levels region, trust and hospital need --hierarchy, and institution is only without it"
            ))?;
            return Ok(Exit::WrongUse);
        }
        let Some(tables) = self.paths.tables(context)? else {
            return Ok(Exit::Errors);
        };
        let Some(evaluator) = evaluator(&tables, context)? else {
            return Ok(Exit::Errors);
        };
        let hierarchy = match &self.hierarchy {
            None => None,
            Some(path) => match read_hierarchy(path, context)? {
                None => return Ok(Exit::Errors),
                known => known,
            },
        };
        let plan = match Plan::new(&tables, self.counting()) {
            Ok(plan) => plan,
            Err(message) => {
                context.complain(&message)?;
                return Ok(Exit::WrongUse);
            }
        };
        let as_of = self.as_of.unwrap_or_else(today);
        let (collector, summary) = match self.count(&evaluator, &plan, as_of, context)? {
            Ok(counted) => counted,
            Err(exit) => return Ok(exit),
        };
        let report = collector.report(hierarchy.as_ref(), &self.publishing(as_of));
        problems::write_with(&mut context.err, &summary.problems, context.lang, self.reading.show_values)?;
        if let Some(without_codes) = without_codes(&tables, context.lang) {
            writeln!(context.err, "{without_codes}")?;
        }
        self.tell_unattributed(&plan, context)?;
        self.write(&report, context)?;
        context.out.flush()?;
        if let Some(left_out) = left_out(&summary, as_of, context.lang) {
            writeln!(context.err, "{left_out}")?;
        }
        let refused = self.strict && !summary.problems.is_empty();
        Ok(if refused { Exit::Errors } else { Exit::Fine })
    }

    /// Counts the courses of the register.
    fn count<'t>(
        &self,
        evaluator: &Evaluator<'t>,
        plan: &'t Plan<'t>,
        as_of: NaiveDate,
        context: &mut Context,
    ) -> Result<Result<(Collector<'t>, Summary), Exit>, Failure> {
        let new = || Counter { workspace: evaluator.workspace(), as_of, collector: Collector::new(plan) };
        let files = [Some(self.events.as_path()), self.facts.as_deref()];
        let (counters, summary) = match self.reading.visit(evaluator, files, as_of, &new, context)? {
            Ok(visited) => visited,
            Err(exit) => return Ok(Err(exit)),
        };
        let mut all = Collector::new(plan);
        counters.into_iter().for_each(|counter| all.merge(counter.collector));
        Ok(Ok((all, summary)))
    }

    fn counting(&self) -> Counting {
        Counting {
            period: match self.period {
                Kind::Month => PeriodKind::Month,
                Kind::Tertial => PeriodKind::Tertial,
                Kind::Quarter => PeriodKind::Quarter,
                Kind::Year => PeriodKind::Year,
                Kind::None => PeriodKind::None,
            },
            by: match self.by {
                Point::Start => By::Start,
                Point::Treatment => By::Treatment,
            },
            start: match self.start {
                WhichStart::First => Start::First,
                WhichStart::Own => Start::Own,
            },
            attribution: Attribution::named(&self.attribution),
        }
    }

    fn publishing(&self, as_of: NaiveDate) -> Publishing {
        let level = |row: &Row| match row {
            Row::Nation => Level::Nation,
            Row::Region => Level::Region,
            Row::Trust => Level::Trust,
            Row::Hospital => Level::Hospital,
            Row::Institution => Level::Institution,
        };
        Publishing {
            as_of,
            suppress_below: self.suppress_below,
            decimals: self.decimals,
            facts: self.facts.is_some(),
            levels: self.level.iter().map(level).collect(),
        }
    }

    /// Says which pathways have no such code or group, so that all their courses are counted as unknown.
    fn tell_unattributed(&self, plan: &Plan, context: &mut Context) -> io::Result<()> {
        let ids: Vec<String> = plan.unattributed().map(|pathway| format!("«{}»", pathway.id)).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let (name, ids) = (&self.attribution, words::list(&ids, context.lang));
        let line = text!(
            "Uten kode eller gruppe «{name}», så alle forløp telles som ukjent institusjon: {ids}.",
            "Without a code or group «{name}», so that all courses count as of an unknown institution: {ids}."
        );
        writeln!(context.err, "{}", line.get(context.lang))
    }

    fn write(&self, report: &Report, context: &mut Context) -> Result<(), Failure> {
        let (lang, width) = (context.lang, context.width);
        let write = |out: &mut dyn Write, colour: bool| match self.format {
            Format::Table => table::write(out, report, Layout { lang, width, colour, explain: false }),
            Format::Csv => csv::write(out, report),
            Format::Json => {
                serde_json::to_writer(&mut *out, report)?;
                writeln!(out)
            }
            Format::Html => out.write_all(html(report, lang).as_bytes()),
        };
        match &self.output {
            None => Ok(write(&mut context.out, true)?),
            Some(path) => replace(&context.folder.join(path), |out| write(out, false)),
        }
    }
}

/// Counts the courses of the patients that it visits.
struct Counter<'e, 't> {
    workspace: Workspace<'e>,
    as_of: NaiveDate,
    collector: Collector<'t>,
}

impl Visitor for Counter<'_, '_> {
    fn patient<'a>(&mut self, patient: Patient<'_, 'a>)
    where
        Self: 'a,
    {
        let Counter { workspace, as_of, collector } = self;
        let Patient { name, events, facts } = patient;
        workspace.judge(name, events, facts, *as_of, &mut |judged| collector.add(judged));
    }
}

/// The hierarchy of a file; none, after a complaint, if it cannot be used.
fn read_hierarchy(path: &Path, context: &mut Context) -> Result<Option<Hierarchy>, Failure> {
    let file = context.folder.join(path);
    let bytes = fs::read(&file).map_err(|error| Failure::file(&file, error))?;
    match Hierarchy::read(&bytes) {
        Ok(hierarchy) => Ok(Some(hierarchy)),
        Err(HierarchyError { line, text }) => {
            let (path, nb, en) = (path.display(), text.nb, text.en);
            context.complain(&text!("{path}:{line}: {nb}", "{path}:{line}: {en}"))?;
            Ok(None)
        }
    }
}
