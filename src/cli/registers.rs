//! Registers: the events and facts that courses are judged by, read for the specifications that judge them.

use std::{fs, io::Read, num::NonZero, path::Path, thread, time::SystemTime};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Context, Failure, Paths,
    paths::is_dash,
    words::{self, counted},
};
use crate::{
    input::{self, FileError, Reading, Register, Summary, VisitError, Visitor},
    lang::{Lang, Text},
    runtime::Evaluator,
    tables::Tables,
    text,
};

/// How many bytes of rows are kept in memory when patients are visited.
const MEMORY: usize = 1 << 30;

/// The files of a register, as they are.
pub(super) struct Rows {
    events: Option<File>,
    facts: Option<File>,
}

struct File {
    name: String,
    bytes: Vec<u8>,
}

type AddFile = for<'f> fn(&mut Register, &Evaluator, input::File<'f>) -> Result<(), input::FileError>;

impl Rows {
    /// Reads what there is.
    pub(super) fn read(events: Option<&Path>, facts: Option<&Path>, context: &mut Context) -> Result<Self, Failure> {
        let events = events.map(|path| file(path, context)).transpose()?;
        Ok(Rows { events, facts: facts.map(|path| file(path, context)).transpose()? })
    }

    /// The usable rows; none, after a complaint, if a whole file cannot be used.
    pub(super) fn register(&self, evaluator: &Evaluator, context: &mut Context) -> Result<Option<Register>, Failure> {
        let mut register = Register::default();
        let files = [(&self.events, Register::add_events as AddFile), (&self.facts, Register::add_facts)];
        for (file, add) in files {
            let Some(File { name, bytes }) = file else { continue };
            if let Err(error) = add(&mut register, evaluator, input::File { name, bytes }) {
                unusable(name, &error, context)?;
                return Ok(None);
            }
        }
        Ok(Some(register))
    }

    /// Every patient, visited; none, after a complaint, if a whole file cannot be used.
    pub(super) fn visit<V: Visitor>(
        &self,
        evaluator: &Evaluator,
        as_of: NaiveDate,
        new: &(dyn Fn() -> V + Sync),
        context: &mut Context,
    ) -> Result<Option<(Vec<V>, Summary)>, Failure> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let [events, facts] = [&self.events, &self.facts]
            .map(|file| file.as_ref().map(|File { name, bytes }| input::File { name, bytes }));
        let reading = Reading { as_of, threads, memory: MEMORY };
        match input::visit(evaluator, events, facts, reading, new, &mut |_| Ok(())) {
            Ok(visited) => Ok(Some(visited)),
            Err(VisitError::File { name, error }) => {
                unusable(&name, &error, context)?;
                Ok(None)
            }
            Err(VisitError::Read { name, error }) => Err(Failure::file(Path::new(&name), error)),
            Err(VisitError::Write(error)) => Err(Failure::from(error)),
        }
    }
}

fn unusable(name: &str, error: &FileError, context: &mut Context) -> Result<(), Failure> {
    let Text { nb, en } = error.text();
    Ok(context.complain(&text!("{name}: {nb}", "{name}: {en}"))?)
}

/// Whether no more than one of the inputs is standard input; complains if not.
pub(super) fn one_dash(
    paths: &Paths,
    events: Option<&Path>,
    facts: Option<&Path>,
    context: &mut Context,
) -> Result<bool, Failure> {
    let dashes = [events, facts].into_iter().flatten().filter(|path| is_dash(path)).count() + paths.dashes();
    if dashes > 1 {
        context.complain(&text!(
            "standard input (-) kan bare leses én gang",
            "standard input (-) can be read only once"
        ))?;
    }
    Ok(dashes <= 1)
}

fn file(path: &Path, context: &mut Context) -> Result<File, Failure> {
    let name = path.to_string_lossy().into_owned();
    let mut bytes = Vec::new();
    if is_dash(path) {
        context.input.read_to_end(&mut bytes)?;
    } else {
        let path = context.folder.join(path);
        bytes = fs::read(&path).map_err(|error| Failure::file(&path, error))?;
    }
    Ok(File { name, bytes })
}

/// The evaluator of tables; none, after a complaint, if they contradict themselves.
pub(super) fn evaluator<'t>(tables: &'t Tables, context: &mut Context) -> Result<Option<Evaluator<'t>>, Failure> {
    match Evaluator::new(tables) {
        Ok(evaluator) => Ok(Some(evaluator)),
        Err(error) => {
            context.complain(error.text())?;
            Ok(None)
        }
    }
}

/// One line about usable rows that were left out all the same; none if there are none.
pub(super) fn left_out(register: &Register, as_of: NaiveDate, lang: Lang) -> Option<String> {
    let (later_events, later_facts) = register.after(as_of);
    unused(&Summary { foreign: register.foreign, later_events, later_facts, ..Summary::default() }, as_of, lang)
}

/// The same, of patients that were visited.
pub(super) fn unused(summary: &Summary, as_of: NaiveDate, lang: Lang) -> Option<String> {
    let Summary { foreign, later_events: events, later_facts: facts, .. } = *summary;
    let day = words::date(as_of, lang);
    let (event, many_events) = (text!("hendelse", "event"), text!("hendelser", "events"));
    let (fact, many_facts) = (text!("opplysning", "fact"), text!("opplysninger", "facts"));
    let (of_others, after) =
        (text!("med kode fra et annet forløp", "of another pathway"), text!("etter {day}", "after {day}"));
    let parts = [
        (foreign, &event, &many_events, of_others),
        (events, &event, &many_events, after.clone()),
        (facts, &fact, &many_facts, after),
    ];
    let parts = parts.iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, one, many, which)| format!("{} {}", counted(*count as u64, one, many, lang), which.get(lang)))
        .collect();
    let parts = (!parts.is_empty()).then(|| words::list(&parts, lang))?;
    Some(text!("Holdt utenfor: {parts}.", "Left out: {parts}.").get(lang).to_owned())
}

/// A date on the command line.
pub(super) fn day(text: &str) -> Result<NaiveDate, &'static str> {
    input::date(text).ok_or("a date is written YYYY-MM-DD, with a year from 1900 to 2200")
}

/// Today's date in UTC: the only clock in the program.
pub(super) fn today() -> NaiveDate {
    DateTime::<Utc>::from(SystemTime::now()).date_naive()
}
