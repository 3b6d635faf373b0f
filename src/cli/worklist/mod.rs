//! `forlop worklist`: open courses for those who coordinate them, the nearest due date first.

mod calendar;
mod csv;
mod deadlines;
mod reference;
mod rows;
mod table;
mod words;

use std::{
    io::{self, Write},
    path::PathBuf,
};

use chrono::{Days, NaiveDate};
use clap::{Args, ValueEnum};

use self::{reference::Key, rows::Row};
use super::{
    Context, Exit, Failure, Paths,
    answers::{Json, Layout},
    files::replace,
    problems,
    registers::{ReadingArgs, day, evaluator, left_out, one_dash, today, without_codes},
};
use crate::{
    input::{Patient, Visitor},
    runtime::Workspace,
    text,
};

/// Arguments of `worklist`.
#[derive(Args, Debug)]
pub struct Worklist {
    #[command(flatten)]
    paths: Paths,
    /// Events as CSV, NDJSON or Parquet; - is standard input
    #[arg(long, value_name = "FILE")]
    events: PathBuf,
    /// Facts as CSV, NDJSON or Parquet; - is standard input
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// The day on which the courses are judged, YYYY-MM-DD [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// Only courses that this institution has the responsibility for, written as in the events
    #[arg(long, value_name = "NAME")]
    institution: Option<String>,
    /// Only what is due in so many days, overdue or without a due date
    #[arg(long, value_name = "DAYS")]
    within: Option<u32>,
    /// How the list is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// A file with a secret: gives each course a reference that tells nothing of the patient. A calendar needs it
    #[arg(long, value_name = "FILE", required_if_eq("format", "ics"))]
    key: Option<PathBuf>,
    /// Name the patients in the calendar too
    #[arg(long)]
    with_patients: bool,
    /// Let the calendar ring at eight in the morning so many days before each due date; on the as-of date if fewer are left
    #[arg(long, value_name = "DAYS")]
    alarm: Option<u32>,
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
    /// One row for each course
    Csv,
    /// A calendar (iCalendar) with an entry on each due date; without patients unless they are asked for
    Ics,
    /// One JSON array
    Json,
}

/// The open courses.
#[derive(Default)]
struct List {
    rows: Vec<Row>,
    /// Due after the days that are asked for.
    later: u64,
    /// Of another institution than the one that is asked for.
    elsewhere: u64,
    /// Of nobody knows which, when one is asked for.
    nowhere: u64,
}

impl Worklist {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        if self.with_patients && self.format != Format::Ics {
            context.complain(&text!(
                "--with-patients gjelder bare --format ics: de andre formatene har pasientene med uansett",
                "--with-patients is for --format ics alone: the other formats name the patients anyway"
            ))?;
            return Ok(Exit::WrongUse);
        }
        if self.alarm.is_some() && self.format != Format::Ics {
            context.complain(&text!(
                "--alarm gjelder bare --format ics: bare en kalender kan varsle",
                "--alarm is for --format ics alone: only a calendar can ring"
            ))?;
            return Ok(Exit::WrongUse);
        }
        if !one_dash(&self.paths, Some(&self.events), self.facts.as_deref(), context)? {
            return Ok(Exit::WrongUse);
        }
        let key = match &self.key {
            None => None,
            Some(path) => match Key::read(path, context)? {
                Some(key) => Some(key),
                None => return Ok(Exit::Errors),
            },
        };
        let Some(tables) = self.paths.tables_to_judge(context)? else {
            return Ok(Exit::Errors);
        };
        let Some(evaluator) = evaluator(&tables, context)? else {
            return Ok(Exit::Errors);
        };
        let (as_of, lang) = (self.as_of.unwrap_or_else(today), context.lang);
        let seeker = || Seeker {
            asked: &self,
            workspace: evaluator.workspace(),
            key: key.as_ref(),
            as_of,
            list: List::default(),
        };
        let files = [Some(self.events.as_path()), self.facts.as_deref()];
        let (seekers, summary) = match self.reading.visit(&evaluator, files, as_of, &seeker, context)? {
            Ok(visited) => visited,
            Err(exit) => return Ok(exit),
        };
        let list = List::of(seekers.into_iter().map(|seeker| seeker.list));
        problems::write_with(&mut context.err, &summary.problems, lang, self.reading.show_values)?;
        if let Some(without_codes) = without_codes(&tables, lang) {
            writeln!(context.err, "{without_codes}")?;
        }
        self.write(&list, as_of, key.as_ref(), context)?;
        context.out.flush()?;
        let hidden = words::hidden(&list, self.within, lang).filter(|_| self.format != Format::Table);
        let undated = words::undated(&list, lang).filter(|_| self.format == Format::Ics);
        for line in [hidden, undated, left_out(&summary, as_of, lang)].into_iter().flatten() {
            writeln!(context.err, "{line}")?;
        }
        Ok(Exit::Fine)
    }

    /// The last due date that is asked for.
    fn last(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        self.within.and_then(|days| as_of.checked_add_days(Days::new(days.into())))
    }

    fn write(&self, list: &List, as_of: NaiveDate, key: Option<&Key>, context: &mut Context) -> Result<(), Failure> {
        let (lang, width) = (context.lang, context.width);
        let write = |mut out: &mut dyn Write, colour: bool| -> io::Result<()> {
            match (self.format, key) {
                (Format::Csv, _) => csv::write(&mut out, &list.rows),
                (Format::Ics, Some(key)) => calendar::write(&mut out, &list.rows, as_of, key, self, lang),
                (Format::Json, _) => {
                    for (at, row) in list.rows.iter().enumerate() {
                        out.write_all(if at == 0 { Json::BEGIN } else { Json::BETWEEN })?;
                        serde_json::to_writer(&mut out, row)?;
                    }
                    out.write_all(if list.rows.is_empty() { Json::NONE } else { Json::END })
                }
                // The arguments demand the key of a calendar.
                (Format::Table | Format::Ics, _) => {
                    let layout = Layout { lang, width, colour, explain: false };
                    table::write(&mut out, list, as_of, self, layout)
                }
            }
        };
        match &self.output {
            None => Ok(write(&mut context.out, true)?),
            Some(path) => replace(&context.folder.join(path), |out| write(out, false)),
        }
    }
}

impl List {
    /// All of them as one, in order.
    fn of(lists: impl Iterator<Item = Self>) -> Self {
        let mut all = List::default();
        for mut list in lists {
            all.rows.append(&mut list.rows);
            all.later += list.later;
            all.elsewhere += list.elsewhere;
            all.nowhere += list.nowhere;
        }
        all.rows.sort_by(|a, b| a.place().cmp(&b.place()));
        all
    }
}

/// Finds what is asked for among the patients.
struct Seeker<'s> {
    asked: &'s Worklist,
    workspace: Workspace<'s>,
    key: Option<&'s Key>,
    as_of: NaiveDate,
    list: List,
}

impl Visitor for Seeker<'_> {
    fn patient<'a>(&mut self, patient: Patient<'_, 'a>)
    where
        Self: 'a,
    {
        let Seeker { asked, workspace, key, as_of, list } = self;
        let last = asked.last(*as_of);
        workspace.judge(patient.name, patient.events, patient.facts, *as_of, &mut |judged| {
            if !rows::is_open(judged) {
                return;
            }
            let institution = rows::institution(judged);
            match (&asked.institution, institution) {
                (Some(_), None) => return list.nowhere += 1,
                (Some(wanted), Some(own)) if wanted != own => return list.elsewhere += 1,
                _ => {}
            }
            let row = Row::new(judged, institution, *as_of, *key);
            match row.due.zip(last) {
                Some((due, last)) if due > last => list.later += 1,
                _ => list.rows.push(row),
            }
        });
    }
}
