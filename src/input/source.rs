//! Where a register's files come from, as something that can be read more than once.

use std::{
    fmt, fs,
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
    path::Path,
};

use super::{File, FileError, VisitError, layout::Layout, rows::Wanted};

/// A file of events or facts.
pub struct Source<'s> {
    /// Its name: it stands in messages, and `.csv`, `.ndjson`, `.jsonl` and `.parquet` tell the format.
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
pub(super) trait Again: Read + Seek + Send {
    /// Some of the patients, from all over it, if it knows them itself.
    fn sample(&mut self) -> Option<io::Result<Vec<String>>> {
        None
    }
}

impl Again for fs::File {}

impl<T: AsRef<[u8]> + Send> Again for Cursor<T> {}

/// An opened source.
pub(super) struct Opened<'s> {
    pub name: &'s str,
    pub reader: Box<dyn Again + 's>,
    pub length: u64,
}

impl<'s> Opened<'s> {
    /// Opens a source; gives its layout too, if it is a table. What can be read only once is kept: up to so much of it in
    /// memory, more in a temporary file.
    pub fn new<const N: usize>(
        source: Source<'s>,
        wanted: [Wanted; N],
        memory: usize,
        temp: Option<&Path>,
    ) -> Result<(Self, Option<Layout<N>>), VisitError> {
        let name = source.name;
        let read = |error| VisitError::Read { name: name.to_owned(), error };
        let (mut reader, length): (Box<dyn Again>, u64) = match source.from {
            Origin::Bytes(bytes) if !is_parquet(name, bytes) => {
                let reader = Box::new(Cursor::new(bytes));
                return Ok((Opened { name, reader, length: bytes.len() as u64 }, None));
            }
            Origin::Bytes(bytes) => (Box::new(Cursor::new(bytes.to_vec())), bytes.len() as u64),
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
        let mut beginning = Vec::new();
        reader.by_ref().take(4).read_to_end(&mut beginning).map_err(read)?;
        reader.rewind().map_err(read)?;
        if !is_parquet(name, &beginning) {
            return Ok((Opened { name, reader, length }, None));
        }
        let table = rendered(&beginning, reader, length, wanted);
        let (reader, length, layout) = table.map_err(|error| VisitError::File { name: name.to_owned(), error })?;
        Ok((Opened { name, reader, length }, Some(layout)))
    }

    /// Some of the patients, if the file knows them itself.
    pub fn sample(&mut self) -> Result<Option<Vec<String>>, VisitError> {
        self.reader.sample().transpose().map_err(|error| self.cannot(error))
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
        let name = self.name.to_owned();
        match error.kind() {
            // Only what is in a table is looked at so early.
            io::ErrorKind::InvalidData => VisitError::File { name, error: FileError::Parquet(error.to_string()) },
            _ => VisitError::Read { name, error },
        }
    }
}

/// Whether a file is Parquet, by its name or its first bytes.
pub(super) fn is_parquet(name: &str, beginning: &[u8]) -> bool {
    let is_named = name.len() > 8 && name.get(name.len() - 8..).is_some_and(|end| end.eq_ignore_ascii_case(".parquet"));
    is_named || beginning.starts_with(b"PAR1") || beginning.starts_with(ENCRYPTED)
}

const ENCRYPTED: &[u8] = b"PARE";

type Table<const N: usize> = (Box<dyn Again>, u64, Layout<N>);

/// Parquet as text.
#[cfg(feature = "parquet")]
pub(super) fn rendered<const N: usize>(
    beginning: &[u8],
    file: Box<dyn Again>,
    length: u64,
    wanted: [Wanted; N],
) -> Result<Table<N>, FileError> {
    match length {
        0 => Err(FileError::Empty),
        _ if beginning.starts_with(ENCRYPTED) => Err(FileError::Encrypted),
        _ => {
            let (rendered, length, layout) = super::parquet::Rendered::open(file, length, wanted)?;
            Ok((Box::new(rendered), length, layout))
        }
    }
}

/// Parquet is not read.
#[cfg(not(feature = "parquet"))]
pub(super) fn rendered<const N: usize>(
    _: &[u8],
    _: Box<dyn Again>,
    _: u64,
    _: [Wanted; N],
) -> Result<Table<N>, FileError> {
    Err(FileError::NoParquet)
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
