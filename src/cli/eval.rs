//! `forlop eval`: patients' courses, judged.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{
    Context, Exit, Failure, Paths,
    answering::{Answering, Ask, Sheet, Target, Way},
    answers::{AnswerTable, AssessmentTable, CourseRows, IntervalRows, Json, Layout, Ndjson},
    files::Replacement,
    problems,
    progress::Progress,
    registers::{Place, ReadingArgs, day, evaluator, left_out, not_visited, one_dash, sources, today, without_codes},
};
use crate::{
    input::{self, Reading, Summary, Written},
    lang::Lang,
    runtime::Options,
    tables::Tables,
    text,
};

/// Arguments of `eval`.
#[derive(Args, Debug)]
pub struct Eval {
    #[command(flatten)]
    paths: Paths,
    /// Events as CSV, NDJSON or Parquet; - is standard input
    #[arg(long, value_name = "FILE", required_unless_present = "criteria")]
    events: Option<PathBuf>,
    /// Facts as CSV, NDJSON or Parquet; - is standard input
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// The day on which the courses are judged, YYYY-MM-DD [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// Judge criteria, ways on and investigations by the facts, instead of courses
    #[arg(long, requires = "facts")]
    criteria: bool,
    /// Say how late what remains of open courses can come, so that no limit is broken
    #[arg(long, conflicts_with = "criteria")]
    latest: bool,
    /// Say which unknown facts and unregistered codes would change the answers
    #[arg(long, conflicts_with = "criteria")]
    missing: bool,
    /// How the answers are written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Say why, with the line of the specification that decided
    #[arg(long)]
    explain: bool,
    /// Give exit status 1 if there are rows that cannot be used
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Ndjson,
    /// One row for each interval of each course
    Csv,
    /// One row for each course, with columns for each interval
    Wide,
    /// The rows of csv as Parquet, with types
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// Whether the answers are rows with columns.
    fn is_rows(self) -> bool {
        match self {
            Format::Csv | Format::Wide => true,
            #[cfg(feature = "parquet")]
            Format::Parquet => true,
            Format::Table | Format::Json | Format::Ndjson => false,
        }
    }
}

impl Eval {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        if !one_dash(&self.paths, self.events.as_deref(), self.facts.as_deref(), context)? {
            return Ok(Exit::WrongUse);
        }
        let is_csv = self.format.is_rows();
        #[cfg(feature = "parquet")]
        if self.format == Format::Parquet && self.output.is_none() {
            context.complain(&text!(
                "Parquet skrives til en fil: oppgi den med -o",
                "Parquet is written to a file: name it with -o"
            ))?;
            return Ok(Exit::WrongUse);
        }
        if (self.latest || self.missing) && is_csv {
            context.complain(&text!(
                "det som gjenstår eller mangler, kan ikke skrives som csv: velg table, json eller ndjson",
                "what remains or is missing cannot be written as csv: choose table, json or ndjson"
            ))?;
            return Ok(Exit::WrongUse);
        }
        if self.criteria && is_csv {
            context.complain(&text!(
                "kriteriene kan ikke skrives som csv: velg table, json eller ndjson",
                "criteria cannot be written as csv: choose table, json or ndjson"
            ))?;
            return Ok(Exit::WrongUse);
        }
        let Some(tables) = self.paths.tables_to_judge(context)? else {
            return Ok(Exit::Errors);
        };
        let Some(evaluator) = evaluator(&tables, context)? else {
            return Ok(Exit::Errors);
        };
        let as_of = self.as_of.unwrap_or_else(today);
        let ask = Ask { evaluator: &evaluator, as_of, options: self.options(context.lang) };
        let layout =
            Layout { lang: context.lang, width: context.width, colour: self.output.is_none(), explain: self.explain };
        let way = || self.way(&tables, as_of, layout);
        let summary = match self.answer(ask, &way, context)? {
            Ok(summary) => summary,
            Err(exit) => return Ok(exit),
        };
        problems::write_with(&mut context.err, &summary.problems, context.lang, self.reading.show_values)?;
        if let Some(without_codes) = without_codes(&tables, context.lang).filter(|_| self.events.is_some()) {
            writeln!(context.err, "{without_codes}")?;
        }
        if let Some(left_out) = left_out(&summary, as_of, context.lang) {
            writeln!(context.err, "{left_out}")?;
        }
        let refused = self.strict && !summary.problems.is_empty();
        Ok(if refused { Exit::Errors } else { Exit::Fine })
    }

    /// Judges all patients and writes the answers.
    fn answer<'e>(
        &self,
        ask: Ask<'e>,
        way: &(dyn Fn() -> Way<'e> + Sync),
        context: &mut Context,
    ) -> Result<Result<Summary, Exit>, Failure> {
        let Context { lang, folder, input, out, .. } = &mut *context;
        let places = [&self.events, &self.facts].map(|path| path.as_ref().map(|path| Place::new(path, folder)));
        let [events, facts] = sources(places.each_ref().map(Option::as_ref), input);
        let output = self.output.as_ref().map(|path| folder.join(path));
        let cannot = |error| Failure::of(output.as_deref(), error);
        let mut file = output.as_ref().map(|path| Replacement::new(path)).transpose().map_err(cannot)?;
        let temp = self.reading.temp_dir(folder);
        let reading = self.reading.reading(ask.as_of, temp.as_deref());
        // The summary under a table counts all courses.
        let threads = if self.format == Format::Table { 1 } else { reading.threads };
        let progress = Progress::new(output.is_some(), *lang);
        let tell = |seen: input::Progress| progress.iter().for_each(|progress| progress.tell(seen));
        let target = match &mut file {
            Some(file) => Target::File(file),
            None => Target::Stream(out),
        };
        let sheet = Sheet::new(target, &way(), self.format == Format::Json);
        #[cfg(feature = "parquet")]
        let sheet = if self.format == Format::Parquet { sheet.table().map_err(cannot)? } else { sheet };
        let mut sheet = sheet;
        let can_start_over = sheet.can_start_over();
        let reading = Reading { threads, progress: Some(&tell), can_start_over, ..reading };
        let new = || Answering::new(ask, way());
        let visited = input::visit(ask.evaluator, events, facts, reading, &new, &mut |written| match written {
            Written::More(bytes) => sheet.write(bytes),
            Written::StartOver => sheet.start_over(),
        });
        drop(progress);
        let (visitors, summary) = match visited {
            Ok(visited) => visited,
            Err(error) => return not_visited(error, output.as_deref(), temp.as_deref(), context).map(Err),
        };
        let last: io::Result<Vec<_>> = visitors.into_iter().map(Answering::finish).collect();
        last.and_then(|last| sheet.finish(&last.concat())).map_err(cannot)?;
        file.map_or(Ok(()), Replacement::commit).map_err(cannot)?;
        Ok(Ok(summary))
    }

    fn options(&self, lang: Lang) -> Options {
        // The table gives the reason of each variant.
        let trace = self.explain || self.format == Format::Table;
        Options { lang, latest: self.latest, missing: self.missing, trace }
    }

    /// How the answers are written.
    fn way<'e>(&self, tables: &'e Tables, as_of: NaiveDate, layout: Layout) -> Way<'e> {
        match (self.format, self.criteria) {
            (Format::Table, true) => Way::Assessments(Box::new(AssessmentTable::new(tables, as_of, layout))),
            (Format::Json, true) => Way::Assessments(Box::new(Json::default())),
            (_, true) => Way::Assessments(Box::new(Ndjson::default())),
            (Format::Table, false) => Way::Courses(Box::new(AnswerTable::new(tables, as_of, layout))),
            (Format::Json, false) => Way::Courses(Box::new(Json::default())),
            (Format::Ndjson, false) => Way::Courses(Box::new(Ndjson::default())),
            (Format::Csv, false) => Way::Rows(Box::new(IntervalRows::default())),
            #[cfg(feature = "parquet")]
            (Format::Parquet, false) => Way::Rows(Box::new(IntervalRows::default())),
            (Format::Wide, false) => Way::Rows(Box::new(CourseRows::new(tables))),
        }
    }
}
