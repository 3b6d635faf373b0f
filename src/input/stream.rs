//! One file, read in windows and cut between rows.

use std::borrow::Cow;

use ::csv::ByteRecord;

use super::{
    VisitError, csv,
    layout::Layout,
    ndjson,
    rows::Wanted,
    source::{Opened, Source},
    visit::Reading,
};

/// From how many places of a file patients are sampled, and from how many bytes each.
const SAMPLES: usize = 256;
const SAMPLE: usize = 4096;

/// A file of which the beginning has been taken.
pub(super) struct Stream<'s, const N: usize> {
    opened: Opened<'s>,
    pub layout: Layout<N>,
    /// Where the rows begin, and on which line.
    rows: u64,
    pub line: usize,
    /// What has been read and not taken.
    pending: Vec<u8>,
    /// How much is to be pending.
    window: usize,
    chunk: usize,
    ended: bool,
}

/// Where the last patient that has been read begins.
#[derive(Debug, PartialEq)]
pub(super) enum Bound {
    /// The file has ended: there is nobody after those that are pending.
    End,
    /// This patient may go on after what is pending; all before are complete.
    Patient { at: usize, name: String },
}

impl<'s, const N: usize> Stream<'s, N> {
    /// Opens a file and finds its layout.
    pub fn open(source: Source<'s>, wanted: [Wanted; N], reading: &Reading) -> Result<Self, VisitError> {
        let (mut opened, layout) = Opened::new(source, wanted, reading.memory / 4, reading.temp)?;
        let chunk = reading.chunk.max(1);
        if let Some(layout) = layout {
            return Ok(Stream {
                opened,
                layout,
                rows: 0,
                line: 1,
                pending: Vec::new(),
                window: chunk,
                chunk,
                ended: false,
            });
        }
        let (mut beginning, mut window) = (Vec::new(), chunk);
        loop {
            opened.read(&mut beginning, window)?;
            let whole = beginning.len() < window;
            let cannot = |error| VisitError::File { name: opened.name.to_owned(), error };
            if let Some(found) = Layout::find(opened.name, &beginning, whole, wanted).map_err(cannot)? {
                let rows = found.rows as u64;
                let mut stream = Stream {
                    opened,
                    layout: found.layout,
                    rows,
                    line: found.line,
                    pending: Vec::new(),
                    window: chunk,
                    chunk,
                    ended: false,
                };
                stream.restart(chunk)?;
                return Ok(stream);
            }
            window *= 2;
        }
    }

    /// Its name.
    pub fn name(&self) -> &'s str {
        self.opened.name
    }

    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        self.opened.length
    }

    /// Begins at the first row again, with pieces of about so many bytes.
    pub fn restart(&mut self, chunk: usize) -> Result<(), VisitError> {
        (self.chunk, self.window, self.ended) = (chunk, chunk, false);
        self.pending.clear();
        self.opened.seek(self.rows)
    }

    /// Some of the patients, from all over the file. Then it must be restarted.
    pub fn sample(&mut self) -> Result<Vec<String>, VisitError> {
        if let Some(names) = self.opened.sample()? {
            return Ok(names);
        }
        let mut names = Vec::new();
        let length = self.opened.length.saturating_sub(self.rows);
        let (places, size) =
            if length <= (SAMPLES * SAMPLE) as u64 { (1, SAMPLES * SAMPLE) } else { (SAMPLES, SAMPLE) };
        for place in 0..places as u64 {
            self.pending.clear();
            self.opened.seek(self.rows + length / places as u64 * place)?;
            self.opened.read(&mut self.pending, size)?;
            // The first line is cut off, and so may the last one be.
            let mut at = if place == 0 { 0 } else { self.next_line(0) };
            let end = if places == 1 { self.pending.len() } else { self.line_start(self.pending.len()) };
            while at < end {
                let next = self.next_line(at);
                names.extend(self.patient(at, next).map(Cow::into_owned));
                at = next;
            }
        }
        Ok(names)
    }

    fn fill(&mut self) -> Result<(), VisitError> {
        if !self.ended {
            self.opened.read(&mut self.pending, self.window)?;
            self.ended = self.pending.len() < self.window;
        }
        Ok(())
    }

    /// Takes what is pending before a place.
    pub fn take(&mut self, at: usize, piece: &mut Vec<u8>) {
        piece.clear();
        std::mem::swap(piece, &mut self.pending);
        self.pending.extend_from_slice(piece.get(at..).unwrap_or_default());
        piece.truncate(at);
        self.window = self.chunk;
    }

    /// Takes rows as they come, whoever's they are; false at the end.
    pub fn take_rows(&mut self, piece: &mut Vec<u8>) -> Result<bool, VisitError> {
        loop {
            self.fill()?;
            let at = if self.ended { Some(self.pending.len()) } else { self.last_row() };
            match at {
                Some(at) if at > 0 || self.ended => {
                    self.take(at, piece);
                    return Ok(at > 0);
                }
                _ => self.window *= 2,
            }
        }
    }

    /// Reads on until the last patient of what is pending is another than the first, or the file ends.
    pub fn bound(&mut self) -> Result<Bound, VisitError> {
        loop {
            self.fill()?;
            if self.ended {
                return Ok(Bound::End);
            }
            if let Some((at, name)) = self.last_patient().filter(|(at, _)| *at > 0) {
                return Ok(Bound::Patient { at, name });
            }
            self.window *= 2;
        }
    }

    /// How much is pending.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Where the first row of this patient or a later one is, if patients rise.
    pub fn before(&self, name: &str) -> usize {
        if self.is_quoted() {
            return self.each_record(|_, patient| patient.is_none_or(|patient| patient < name));
        }
        let (mut low, mut high) = (0, self.pending.len());
        // All before `low` are before the patient; the row at `high` is not.
        while low < high {
            let middle = self.line_start(low + (high - low) / 2).max(low);
            let mut at = middle;
            let mut next = self.next_line(at);
            while at < high && self.patient(at, next).is_none() {
                (at, next) = (next, self.next_line(next));
            }
            match self.patient(at, next) {
                Some(patient) if at < high && *patient < *name => low = next,
                _ => high = middle,
            }
        }
        low
    }

    /// Where the row after the last complete one begins.
    fn last_row(&self) -> Option<usize> {
        if self.is_quoted() {
            return Some(self.each_record(|_, _| true));
        }
        if let Some(at) = memchr::memrchr(b'\n', &self.pending) {
            return Some(at + 1);
        }
        // The last byte may be the first half of CRLF.
        let rows = self.pending.split_last().filter(|_| self.layout.csv().is_some())?.1;
        memchr::memrchr(b'\r', rows).map(|at| at + 1)
    }

    /// The last patient of the complete rows, and where the patient begins.
    fn last_patient(&self) -> Option<(usize, String)> {
        if self.is_quoted() {
            let mut last: Option<(usize, String)> = None;
            self.each_record(|at, patient| {
                if let Some(patient) = patient.filter(|patient| last.as_ref().is_none_or(|(_, last)| last != patient)) {
                    last = Some((at, patient.to_owned()));
                }
                true
            });
            return last;
        }
        let mut end = self.last_row()?;
        let mut found: Option<(usize, Cow<str>)> = None;
        while end > 0 {
            let start = self.line_start(end - 1);
            let patient = self.patient(start, end);
            match (&found, patient) {
                (_, None) => {}
                (Some((_, name)), Some(patient)) if *name != patient => break,
                (_, Some(patient)) => found = Some((start, patient)),
            }
            end = start;
        }
        found.map(|(at, name)| (at, name.into_owned()))
    }

    /// Whether quotation marks may hide line breaks.
    fn is_quoted(&self) -> bool {
        self.layout.csv().is_some() && memchr::memchr(b'"', &self.pending).is_some()
    }

    /// Calls `see` with each complete row's place and patient until it says no; gives the place of the first row not taken.
    /// Before the end of the file the last row is not complete: more may follow.
    fn each_record(&self, mut see: impl FnMut(usize, Option<&str>) -> bool) -> usize {
        let Some(layout) = self.layout.csv() else { return 0 };
        let mut reader = csv::reader(layout, &self.pending);
        let (mut record, mut next) = (ByteRecord::new(), ByteRecord::new());
        let place = layout.places.first().copied().flatten().unwrap_or_default();
        // Reading from memory cannot fail.
        let mut more = matches!(reader.read_byte_record(&mut record), Ok(true));
        while more {
            more = matches!(reader.read_byte_record(&mut next), Ok(true));
            let at = record.position().map_or(0, |position| csv::row_start(&self.pending, position.byte() as usize));
            let patient = record.get(place).and_then(|field| std::str::from_utf8(field).ok()).map(str::trim);
            let is_complete = more || self.ended;
            if !is_complete || !see(at, patient.filter(|patient| !patient.is_empty())) {
                return at;
            }
            std::mem::swap(&mut record, &mut next);
        }
        self.pending.len()
    }

    /// Where the line begins in which a byte is.
    fn line_start(&self, at: usize) -> usize {
        let before = self.pending.get(..at).unwrap_or_default();
        self.last_break(before).map_or(0, |at| at + 1)
    }

    fn last_break(&self, bytes: &[u8]) -> Option<usize> {
        match self.layout.csv() {
            Some(_) => memchr::memrchr2(b'\n', b'\r', bytes),
            None => memchr::memrchr(b'\n', bytes),
        }
    }

    /// Where the line after begins.
    fn next_line(&self, at: usize) -> usize {
        let rest = self.pending.get(at..).unwrap_or_default();
        let found = match self.layout.csv() {
            Some(_) => memchr::memchr2(b'\n', b'\r', rest),
            None => memchr::memchr(b'\n', rest),
        };
        found.map_or(self.pending.len(), |found| {
            let is_crlf = rest.get(found..).is_some_and(|rest| rest.starts_with(b"\r\n"));
            at + found + if is_crlf { 2 } else { 1 }
        })
    }

    /// The patient of a line.
    fn patient(&self, start: usize, end: usize) -> Option<Cow<'_, str>> {
        patient(&self.layout, self.pending.get(start..end).unwrap_or_default())
    }
}

/// The patient of a line without quotation marks.
fn patient<'l, const N: usize>(layout: &Layout<N>, line: &'l [u8]) -> Option<Cow<'l, str>> {
    let patient = match layout.csv() {
        Some(csv) => {
            let place = csv.places.first().copied().flatten()?;
            let field = line.split(|byte| *byte == csv.separator).nth(place)?;
            Cow::Borrowed(std::str::from_utf8(field).ok()?.trim())
        }
        None => {
            let wanted: [Wanted; 1] = [*layout.wanted.first()?];
            let [name] = ndjson::fields(line, wanted).ok()?;
            Cow::Owned(name.trim().to_owned())
        }
    };
    (!patient.is_empty()).then_some(patient)
}
