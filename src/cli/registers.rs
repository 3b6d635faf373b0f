//! Registers: the events and facts that courses are judged by, read for the specifications that judge them.

use std::{
    fs,
    io::Read,
    num::NonZero,
    path::{Path, PathBuf},
    time::SystemTime,
};

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::{
    Context, Exit, Failure, Paths,
    paths::is_dash,
    progress::Progress,
    words::{self, counted},
};
use crate::{
    input::{self, Origin, Reading, Register, Source, Summary, VisitError, Visitor},
    lang::{Lang, Text},
    runtime::Evaluator,
    tables::Tables,
    text,
};

/// How a large register is read.
#[derive(Args, Debug)]
pub(super) struct ReadingArgs {
    /// How many threads judge [default: one for each processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
    /// How much memory rows may take, if they are not sorted by patient, before they go to temporary files
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "512MB")]
    memory: usize,
    /// The folder of temporary files [default: that of the system]
    #[arg(long, value_name = "FOLDER")]
    temp_dir: Option<PathBuf>,
    /// Show the dates, codes and values that cannot be used, and not only their lines
    #[arg(long)]
    pub show_values: bool,
}

impl ReadingArgs {
    /// How to read with these arguments.
    pub fn reading<'r>(&self, as_of: NaiveDate, temp: Option<&'r Path>) -> Reading<'r> {
        let reading = Reading::new(as_of);
        let threads = self.threads.map_or(reading.threads, NonZero::get);
        Reading { threads, memory: self.memory, temp, ..reading }
    }

    /// The folder of temporary files, seen from the current one.
    pub fn temp_dir(&self, folder: &Path) -> Option<PathBuf> {
        self.temp_dir.as_ref().map(|temp| folder.join(temp))
    }

    /// Visits all patients of events and facts before anything is said of them, and shows how far it has come; an exit
    /// status, after a complaint, if it cannot.
    pub fn visit<V: Visitor>(
        &self,
        evaluator: &Evaluator,
        [events, facts]: [Option<&Path>; 2],
        as_of: NaiveDate,
        new: &(dyn Fn() -> V + Sync),
        context: &mut Context,
    ) -> Result<Result<(Vec<V>, Summary), Exit>, Failure> {
        let Context { lang, folder, input, .. } = &mut *context;
        let places = [events, facts].map(|path| Some(Place::new(path?, folder)));
        let [events, facts] = sources(places.each_ref().map(Option::as_ref), input);
        let temp = self.temp_dir(folder);
        let progress = Progress::new(true, *lang);
        let tell = |seen: input::Progress| progress.iter().for_each(|progress| progress.tell(seen));
        let reading = Reading { progress: Some(&tell), ..self.reading(as_of, temp.as_deref()) };
        let visited = input::visit(evaluator, events, facts, reading, new, &mut |_| Ok(()));
        drop(progress);
        match visited {
            Ok(visited) => Ok(Ok(visited)),
            Err(error) => not_visited(error, None, temp.as_deref(), context).map(Err),
        }
    }
}

/// A file of events or facts: where it is from the current folder, and its name.
pub(super) struct Place {
    name: String,
    /// None is standard input.
    path: Option<PathBuf>,
}

impl Place {
    pub fn new(path: &Path, folder: &Path) -> Self {
        Place { name: path.to_string_lossy().into_owned(), path: (!is_dash(path)).then(|| folder.join(path)) }
    }
}

/// Events and facts as sources. At most one of them is standard input.
pub(super) fn sources<'s>([events, facts]: [Option<&'s Place>; 2], input: &'s mut dyn Read) -> [Option<Source<'s>>; 2] {
    let mut input = Some(input);
    [events, facts].map(|place| {
        let Place { name, path } = place?;
        let from = match path {
            Some(path) => Origin::Path(path),
            None => input.take().map_or(Origin::Bytes(&[]), Origin::Reader),
        };
        Some(Source { name, from })
    })
}

/// What to do when a register was not visited to its end. `output` is where the answers go; none is standard output.
pub(super) fn not_visited(
    error: VisitError,
    output: Option<&Path>,
    temp: Option<&Path>,
    context: &mut Context,
) -> Result<Exit, Failure> {
    match error {
        VisitError::File { name, error } => {
            let Text { nb, en } = error.text();
            context.complain(&text!("{name}: {nb}", "{name}: {en}"))?;
            Ok(Exit::Errors)
        }
        VisitError::Read { name, error } if is_dash(Path::new(&name)) => Err(Failure::from(error)),
        VisitError::Read { name, error } => Err(Failure::file(Path::new(&name), error)),
        VisitError::Write(error) => Err(Failure::of(output, error)),
        VisitError::Temporary(error) => Err(Failure::temporary(temp, error)),
    }
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
pub(super) fn left_out(summary: &Summary, as_of: NaiveDate, lang: Lang) -> Option<String> {
    let Summary { foreign, later_events, later_facts, .. } = summary;
    let day = words::date(as_of, lang);
    let (event, many_events) = (text!("hendelse", "event"), text!("hendelser", "events"));
    let (fact, many_facts) = (text!("opplysning", "fact"), text!("opplysninger", "facts"));
    let (of_others, after) =
        (text!("med kode fra et annet forløp", "of another pathway"), text!("etter {day}", "after {day}"));
    let parts = [
        (foreign, &event, &many_events, of_others),
        (later_events, &event, &many_events, after.clone()),
        (later_facts, &fact, &many_facts, after),
    ];
    let parts = parts.iter().filter(|(count, ..)| **count > 0);
    let parts: Vec<String> = parts
        .map(|(count, one, many, which)| format!("{} {}", counted(**count as u64, one, many, lang), which.get(lang)))
        .collect();
    let parts = (!parts.is_empty()).then(|| words::list(&parts, lang))?;
    Some(text!("Holdt utenfor: {parts}.", "Left out: {parts}.").get(lang).to_owned())
}

/// An amount of memory on the command line: `512MB`.
fn size(text: &str) -> Result<usize, &'static str> {
    let wrong = "a size is a number and kB, MB or GB, like 512MB";
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text.get(digits.len()..).unwrap_or_default().to_ascii_lowercase().as_str() {
        "b" | "" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        _ => return Err(wrong),
    };
    digits.parse().ok().and_then(|number: usize| number.checked_mul(unit)).ok_or(wrong)
}

/// One line about the pathways that no event can belong to; none if there are none.
pub(super) fn without_codes(tables: &Tables, lang: Lang) -> Option<String> {
    let ids = tables.pathways.iter().filter(|pathway| pathway.prefix.is_none());
    let ids: Vec<String> = ids.map(|pathway| format!("«{}»", pathway.id)).collect();
    let names = words::list(&ids, lang);
    let line = match ids.len() {
        0 => return None,
        1 => text!(
            "{names} har ikke noe kjent kodeprefiks, så ingen hendelse kan høre til det.",
            "{names} has no known code prefix, so no event can belong to it."
        ),
        _ => text!(
            "{names} har ikke noe kjent kodeprefiks, så ingen hendelse kan høre til dem.",
            "{names} have no known code prefix, so no event can belong to them."
        ),
    };
    Some(line.get(lang).to_owned())
}

/// A date on the command line.
pub(super) fn day(text: &str) -> Result<NaiveDate, &'static str> {
    input::date(text).ok_or("a date is written YYYY-MM-DD, with a year from 1900 to 2200")
}

/// Today's date in UTC: the only clock in the program.
pub(super) fn today() -> NaiveDate {
    DateTime::<Utc>::from(SystemTime::now()).date_naive()
}
