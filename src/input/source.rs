//! Where a register's files come from, as something that can be read more than once.

use std::{
    fmt, fs,
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
    path::Path,
};

use super::{File, VisitError};

/// A file of events or facts.
pub struct Source<'s> {
    /// Its name: it stands in messages, and `.csv`, `.ndjson` and `.jsonl` tell the format.
    pub name: &'s str,
    /// Where it is.
    pub from: Origin<'s>,
}

/// Where a file is.
pub enum Origin<'s> {
    /// In a file system.
    Path(&'s Path),
    /// In a stream that can be read once, like standard input.
    Reader(&'s mut dyn Read),
    /// In memory.
    Bytes(&'s [u8]),
}

impl<'s> From<File<'s>> for Source<'s> {
    fn from(File { name, bytes }: File<'s>) -> Self {
        Source { name, from: Origin::Bytes(bytes) }
    }
}

impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What can be read from the beginning again.
pub(super) trait Again: Read + Seek + Send {}

impl<R: Read + Seek + Send> Again for R {}

/// An opened source.
pub(super) struct Opened<'s> {
    pub name: &'s str,
    pub reader: Box<dyn Again + 's>,
    pub length: u64,
}

impl<'s> Opened<'s> {
    /// Opens a source. What can be read only once is kept: up to so much of it in memory, more in a temporary file.
    pub fn new(source: Source<'s>, memory: usize, temp: Option<&Path>) -> Result<Self, VisitError> {
        let name = source.name;
        let read = |error| VisitError::Read { name: name.to_owned(), error };
        let (reader, length): (Box<dyn Again + 's>, u64) = match source.from {
            Origin::Bytes(bytes) => (Box::new(Cursor::new(bytes)), bytes.len() as u64),
            Origin::Reader(reader) => kept(name, reader, memory, temp)?,
            Origin::Path(path) => {
                let mut file = fs::File::open(path).map_err(read)?;
                let about = file.metadata().map_err(read)?;
                if about.is_dir() {
                    return Err(read(io::ErrorKind::IsADirectory.into()));
                }
                // A named pipe cannot be read again.
                if about.is_file() { (Box::new(file), about.len()) } else { kept(name, &mut file, memory, temp)? }
            }
        };
        Ok(Opened { name, reader, length })
    }

    /// Goes to a place in it.
    pub fn seek(&mut self, to: u64) -> Result<(), VisitError> {
        self.reader.seek(SeekFrom::Start(to)).map(drop).map_err(|error| self.cannot(error))
    }

    /// Reads until `bytes` holds so many, or all.
    pub fn read(&mut self, bytes: &mut Vec<u8>, until: usize) -> Result<(), VisitError> {
        let missing = until.saturating_sub(bytes.len());
        bytes.reserve(missing);
        let read = self.reader.by_ref().take(missing as u64).read_to_end(bytes);
        read.map(drop).map_err(|error| self.cannot(error))
    }

    fn cannot(&self, error: io::Error) -> VisitError {
        VisitError::Read { name: self.name.to_owned(), error }
    }
}

type Kept = (Box<dyn Again>, u64);

fn kept(name: &str, reader: &mut dyn Read, memory: usize, temp: Option<&Path>) -> Result<Kept, VisitError> {
    let read = |error| VisitError::Read { name: name.to_owned(), error };
    let mut bytes = Vec::new();
    let length = reader.take(memory as u64).read_to_end(&mut bytes).map_err(read)? as u64;
    if bytes.len() < memory {
        return Ok((Box::new(Cursor::new(bytes)), length));
    }
    let mut file = temporary(temp).map_err(VisitError::Temporary)?;
    let mut length = 0;
    while !bytes.is_empty() {
        file.write_all(&bytes).map_err(VisitError::Temporary)?;
        length += bytes.len() as u64;
        bytes.clear();
        reader.take(1 << 20).read_to_end(&mut bytes).map_err(read)?;
    }
    file.rewind().map_err(VisitError::Temporary)?;
    Ok((Box::new(file), length))
}

/// A file without a name, which is gone when the program is, however it ends.
pub(super) fn temporary(folder: Option<&Path>) -> io::Result<fs::File> {
    match folder {
        Some(folder) => tempfile::tempfile_in(folder),
        None => tempfile::tempfile(),
    }
}
