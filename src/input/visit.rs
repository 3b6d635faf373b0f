//! Every patient of a register, on several threads.

use std::{
    io, mem,
    num::NonZero,
    path::Path,
    sync::{Mutex, PoisonError},
    thread,
};

use chrono::NaiveDate;

use super::{
    FileError, Notes, Problems, Source,
    pieces::Pieces,
    reader::{FileInfo, Rules},
    sorted,
    stream::Stream,
    unsorted,
};
use crate::runtime::{Coded, Evaluator, FactEvent};

/// Takes patients; each thread has one of its own.
pub trait Visitor: Send {
    /// Whether patients have something to say: if not, `written` is never called.
    const WRITES: bool = false;

    /// Takes one patient.
    fn patient<'a>(&mut self, patient: Patient<'_, 'a>)
    where
        Self: 'a;

    /// What the patients since the last call have to say. It goes out in the order of patients, whichever thread is first.
    /// `room` is empty, for what the next ones have to say.
    fn written(&mut self, room: Vec<u8>) -> Vec<u8> {
        room
    }
}

/// One patient's usable rows.
pub struct Patient<'p, 'a> {
    /// The id.
    pub name: &'a str,
    /// In input order.
    pub events: &'p mut Vec<Coded<'a>>,
    /// In input order.
    pub facts: &'p [FactEvent<'a>],
}

/// How to read.
#[derive(Clone, Copy)]
pub struct Reading<'r> {
    /// Events and facts after this day are counted.
    pub as_of: NaiveDate,
    /// How many threads judge.
    pub threads: usize,
    /// About how many bytes of rows are kept in memory, if patients do not rise, before they go to disk.
    pub memory: usize,
    /// About how many bytes of rows a thread takes at a time.
    pub chunk: usize,
    /// The folder of temporary files; none is that of the system.
    pub temp: Option<&'r Path>,
    /// Is told now and then how far the reading has come.
    pub progress: Option<&'r dyn Fn(Progress)>,
    /// Whether answers that were written can be taken back. If not, the order of rows is looked at before anything is written.
    pub can_start_over: bool,
}

/// What the answers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written<'w> {
    /// The next ones.
    More(&'w [u8]),
    /// Those that came before do not count: all of them come again. Only if they [can be taken back](Reading::can_start_over).
    StartOver,
}

/// How far the reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that have been gone through, of all that must be.
    pub bytes: u64,
    /// All that must be gone through, as far as it is known.
    pub of: u64,
    /// Rows that have been read.
    pub rows: usize,
}

/// What became of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows that could not be used.
    pub problems: Problems,
    /// Rows that were read, of events and facts.
    pub rows: usize,
    /// Events whose code belongs to no loaded pathway.
    pub foreign: usize,
    /// Usable events after the as-of date.
    pub later_events: usize,
    /// Usable facts after it.
    pub later_facts: usize,
}

/// Why a register could not be read or its answers not be written.
#[derive(Debug)]
pub enum VisitError {
    /// A file cannot be used.
    File {
        /// Its name.
        name: String,
        /// Why.
        error: FileError,
    },
    /// A file could not be read.
    Read {
        /// Its name.
        name: String,
        /// Why.
        error: io::Error,
    },
    /// The answers could not be written.
    Write(io::Error),
    /// A temporary file could not be written or read.
    Temporary(io::Error),
}

impl Reading<'_> {
    /// Reads as fast as this machine can, with 512 MB of rows in memory at most.
    pub fn new(as_of: NaiveDate) -> Self {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        Reading {
            as_of,
            threads,
            memory: 512 << 20,
            chunk: 256 << 10,
            temp: None,
            progress: None,
            can_start_over: false,
        }
    }
}

/// Visits the patients of a register, sorted by their ids as UTF-8 text; gives the visitors, and what became of the rows.
///
/// Rows whose patients rise take constant memory. Others are put in order first. The rows of one patient stay as they are.
///
/// # Errors
/// A file that cannot be used or read, and what `out` fails with.
pub fn visit<'s, V: Visitor>(
    evaluator: &Evaluator,
    events: Option<Source<'s>>,
    facts: Option<Source<'s>>,
    reading: Reading,
    new: &(dyn Fn() -> V + Sync),
    out: &mut dyn FnMut(Written) -> io::Result<()>,
) -> Result<(Vec<V>, Summary), VisitError> {
    let mut pieces = Pieces::open(events, facts, &reading)?;
    // A thread costs more than it gives if there is no piece for it.
    let most = pieces.length() / reading.chunk.max(1) as u64 + 1;
    let reading = Reading { threads: reading.threads.min(usize::try_from(most).unwrap_or(usize::MAX)), ..reading };
    let rules = Rules {
        evaluator,
        as_of: reading.as_of,
        events: pieces.events.as_ref().map(info),
        facts: pieces.facts.as_ref().map(info),
    };
    let before = [&pieces.events.as_ref().map(|file| file.line), &pieces.facts.as_ref().map(|file| file.line)]
        .map(|line| line.map_or(0, |line| line - 1));
    let mut out = Out { out, wrote: false };
    let looks = V::WRITES && !reading.can_start_over;
    let mut told = Told::new(&reading, pieces.length() * if looks { 2 } else { 1 }, before);
    let visited = (|| {
        if looks {
            sorted::survey(&rules, &mut pieces, reading.threads, &mut told)?;
            pieces.restart(reading.chunk.max(1))?;
        }
        sorted::visit(&rules, &mut pieces, reading.threads, new, &mut out, &mut told)
    })();
    let visited = match visited {
        Err(Stop::Unsorted) if !out.wrote || reading.can_start_over => {
            out.start_over()?;
            told = Told::new(&reading, 2 * pieces.length(), before);
            unsorted::visit(&rules, &mut pieces, &reading, new, &mut out, &mut told)
        }
        visited => visited,
    };
    match visited {
        Ok(visitors) => Ok((visitors, told.summary())),
        Err(Stop::Error(error)) => Err(error),
        Err(Stop::Unsorted) => {
            let name = pieces.events.as_ref().map_or_else(String::new, |file| file.name().to_owned());
            Err(VisitError::Read { name, error: io::Error::other("changed while it was read") })
        }
    }
}

fn info<const N: usize>(file: &Stream<N>) -> FileInfo<N> {
    FileInfo { name: file.name().to_owned(), layout: file.layout.clone() }
}

/// Why a pass ends early.
pub(super) enum Stop {
    /// Patients do not rise.
    Unsorted,
    Error(VisitError),
}

impl From<VisitError> for Stop {
    fn from(error: VisitError) -> Self {
        Stop::Error(error)
    }
}

/// Buffers that are used again: answers of one thread, which another writes.
#[derive(Default)]
pub(super) struct Buffers(Mutex<Vec<Vec<u8>>>);

impl Buffers {
    /// An empty one.
    pub fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Keeps one for later.
    pub fn keep(&self, mut buffer: Vec<u8>) {
        buffer.clear();
        if buffer.capacity() > 0 {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
        }
    }
}

/// Where the answers go.
pub(super) struct Out<'o> {
    out: &'o mut dyn FnMut(Written) -> io::Result<()>,
    wrote: bool,
}

impl Out<'_> {
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.wrote = true;
        (self.out)(Written::More(bytes)).map_err(|error| VisitError::Write(error).into())
    }

    fn start_over(&mut self) -> Result<(), VisitError> {
        match mem::take(&mut self.wrote) {
            true => (self.out)(Written::StartOver).map_err(VisitError::Write),
            false => Ok(()),
        }
    }
}

/// What is told of the rows, gathered in their order.
pub(super) struct Told<'r> {
    progress: Option<&'r dyn Fn(Progress)>,
    seen: Progress,
    /// Of events and facts.
    files: [Notes; 2],
}

impl<'r> Told<'r> {
    fn new(reading: &Reading<'r>, length: u64, before: [usize; 2]) -> Self {
        let files = before.map(|lines| Notes { lines, ..Notes::default() });
        Told { progress: reading.progress, seen: Progress { bytes: 0, of: length, rows: 0 }, files }
    }

    /// Adds what became of the next piece.
    pub fn add(&mut self, notes: [Notes; 2], bytes: usize) {
        for (file, notes) in self.files.iter_mut().zip(notes) {
            file.problems.append(notes.problems.after(file.lines));
            file.rows += notes.rows;
            file.lines += notes.lines;
            file.foreign += notes.foreign;
            file.later += notes.later;
            self.seen.rows += notes.rows;
        }
        self.see(bytes);
    }

    /// So many bytes have been gone through.
    pub fn see(&mut self, bytes: usize) {
        self.seen.bytes += bytes as u64;
        if let Some(progress) = self.progress {
            progress(self.seen);
        }
    }

    fn summary(self) -> Summary {
        let [events, facts] = self.files;
        let mut problems = events.problems;
        problems.append(facts.problems);
        Summary {
            problems,
            rows: events.rows + facts.rows,
            foreign: events.foreign,
            later_events: events.later,
            later_facts: facts.later,
        }
    }
}
