//! Registers: the events and facts that courses are judged by, read for the specifications that judge them.

use std::{fs, io::Read, path::Path, time::SystemTime};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Context, Failure,
    paths::is_dash,
    words::{self, counted},
};
use crate::{
    input::{self, Register},
    lang::{Lang, Text},
    runtime::Evaluator,
    tables::Tables,
    text,
};

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
                let Text { nb, en } = error.text();
                context.complain(&text!("{name}: {nb}", "{name}: {en}"))?;
                return Ok(None);
            }
        }
        Ok(Some(register))
    }
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
    let (events, facts) = register.after(as_of);
    let day = words::date(as_of, lang);
    let (event, many_events) = (text!("hendelse", "event"), text!("hendelser", "events"));
    let (fact, many_facts) = (text!("opplysning", "fact"), text!("opplysninger", "facts"));
    let (of_others, after) =
        (text!("med kode fra et annet forløp", "of another pathway"), text!("etter {day}", "after {day}"));
    let parts = [
        (register.foreign, &event, &many_events, of_others),
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
