//! Parquet, rendered batch by batch as the rows that the readers of text take.

mod cells;
mod guard;

use std::{
    fmt::Display,
    io::{self, BufReader, Read, Seek, SeekFrom},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use parquet::{
    column::reader::ColumnReader,
    errors::ParquetError,
    file::{
        reader::{ChunkReader, FileReader, Length},
        serialized_reader::SerializedFileReader,
    },
    schema::types::SchemaDescriptor,
};

use super::{FileError, layout::Layout, rows::Wanted, source::Again};
pub(super) use cells::{BREAK, SEPARATOR};
use cells::{Cells, Kind};
use guard::guarded;
pub(crate) use guard::hush;

/// How many rows are rendered at a time.
const BATCH: usize = 4096;

/// The most bytes of text that a file is taken to have, whatever it says of itself.
const MOST: u64 = 1 << 60;

/// About how many patients are sampled.
const SAMPLES: usize = 1 << 15;

/// A Parquet file as text.
pub(super) struct Rendered {
    file: SerializedFileReader<Shared>,
    /// The wanted columns that there are: where they stand, and of what they are.
    columns: Vec<(usize, Kind)>,
    /// The next row group.
    group: usize,
    /// The columns of the row group in hand, and how many of its rows are left.
    readers: Vec<ColumnReader>,
    left: usize,
    cells: Vec<Cells>,
    text: Vec<u8>,
    /// How much of the text has been read.
    read: usize,
}

impl Rendered {
    /// Opens a file; gives about how long its text is, too.
    pub fn open<const N: usize>(
        file: Box<dyn Again>,
        length: u64,
        wanted: [Wanted; N],
    ) -> Result<(Self, u64, Layout<N>), FileError> {
        guarded(|| {
            let file = Shared { file: Arc::new(Mutex::new(file)), length };
            let file = SerializedFileReader::new(file).map_err(|error| FileError::Parquet(why(&error)))?;
            let metadata = file.metadata().file_metadata();
            let (layout, columns) = columns(metadata.schema_descr(), wanted)?;
            let rows = u64::try_from(metadata.num_rows()).unwrap_or_default();
            let cells = columns.iter().map(|_| Cells::default()).collect();
            let mut rendered =
                Rendered { file, columns, group: 0, readers: Vec::new(), left: 0, cells, text: Vec::new(), read: 0 };
            rendered.fill().map_err(|error| FileError::Parquet(why(&error)))?;
            let length = (rendered.text.len() as u64).saturating_mul(rows.div_ceil(BATCH as u64)).min(MOST);
            rendered.restart();
            Ok((rendered, length, layout))
        })
        .unwrap_or_else(|panic| Err(FileError::Parquet(panic)))
    }

    fn restart(&mut self) {
        (self.group, self.left, self.read) = (0, 0, 0);
        self.text.clear();
    }

    /// Renders the next rows; none at the end.
    fn fill(&mut self) -> Result<(), ParquetError> {
        self.text.clear();
        self.read = 0;
        while self.left == 0 {
            if self.group >= self.file.num_row_groups() {
                return Ok(());
            }
            let group = self.file.get_row_group(self.group)?;
            let readers = self.columns.iter().map(|(place, _)| group.get_column_reader(*place));
            self.readers = readers.collect::<Result<_, _>>()?;
            self.left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
            self.group += 1;
        }
        let rows = self.left.min(BATCH);
        for ((reader, (_, kind)), cells) in self.readers.iter_mut().zip(&self.columns).zip(&mut self.cells) {
            cells.read(reader, *kind, rows)?;
        }
        self.left -= rows;
        for row in 0..rows {
            for (column, cells) in self.cells.iter().enumerate() {
                if column > 0 {
                    self.text.push(SEPARATOR);
                }
                self.text.extend_from_slice(cells.get(row));
            }
            self.text.push(b'\n');
        }
        Ok(())
    }

    /// Some of the patients, from all over the file.
    fn patients(&self) -> Result<Vec<String>, ParquetError> {
        let mut names = Vec::new();
        let Some((place, kind)) = self.columns.first() else { return Ok(names) };
        let rows = usize::try_from(self.file.metadata().file_metadata().num_rows()).unwrap_or_default();
        let step = rows / SAMPLES + 1;
        let mut cells = Cells::default();
        for group in 0..self.file.num_row_groups() {
            let group = self.file.get_row_group(group)?;
            let mut reader = group.get_column_reader(*place)?;
            let mut left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
            while left > 0 {
                let rows = left.min(BATCH);
                cells.read(&mut reader, *kind, rows)?;
                let some = (0..rows).step_by(step).map(|row| String::from_utf8_lossy(cells.get(row)).into_owned());
                names.extend(some);
                left -= rows;
            }
        }
        Ok(names)
    }
}

impl Again for Rendered {
    fn sample(&mut self) -> Option<io::Result<Vec<String>>> {
        Some(guarded(|| self.patients().map_err(failed)).unwrap_or_else(|panic| Err(unreadable(panic))))
    }
}

impl Read for Rendered {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.read >= self.text.len() {
            guarded(|| self.fill().map_err(failed)).unwrap_or_else(|panic| Err(unreadable(panic)))?;
        }
        let read = self.text.get(self.read..).unwrap_or_default().read(bytes)?;
        self.read += read;
        Ok(read)
    }
}

impl Seek for Rendered {
    /// Goes to the beginning; there is no other place that can be gone to.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if to != SeekFrom::Start(0) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.restart();
        Ok(0)
    }
}

/// The layout of the text, and the columns in it. The patient is the first.
fn columns<const N: usize>(
    schema: &SchemaDescriptor,
    wanted: [Wanted; N],
) -> Result<(Layout<N>, Vec<(usize, Kind)>), FileError> {
    let roots = schema.root_schema().get_fields();
    let names: Vec<&str> = roots.iter().map(|root| root.name()).collect();
    let (layout, places) = Layout::of_columns(&names, wanted, SEPARATOR)?;
    let mut columns = Vec::new();
    for ((column, _), place) in wanted.iter().zip(places) {
        let Some(place) = place else { continue };
        let mut leaves = (0..schema.num_columns()).filter(|leaf| schema.get_column_root_idx(*leaf) == place);
        let leaf = leaves.next().filter(|_| roots.get(place).is_some_and(|root| root.is_primitive()));
        let leaf = leaf.and_then(|leaf| Some((leaf, Kind::of(&schema.column(leaf))?)));
        columns.push(leaf.ok_or(FileError::Type(*column))?);
    }
    Ok((layout, columns))
}

/// What is wrong, in the library's words.
fn why(error: &dyn Display) -> String {
    let why = error.to_string();
    why.strip_prefix("Parquet error: ").map_or_else(|| why.clone(), str::to_owned)
}

fn unreadable(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            // Others are those of decompression.
            Ok(error) if error.raw_os_error().is_some() => *error,
            Ok(error) => unreadable(why(&error)),
            Err(error) => unreadable(why(&error)),
        },
        error => unreadable(why(&error)),
    }
}

/// A file that several readers go about in, one at a time.
#[derive(Clone)]
struct Shared {
    file: Arc<Mutex<Box<dyn Again>>>,
    length: u64,
}

impl Shared {
    fn at(&self, place: u64) -> io::Result<MutexGuard<'_, Box<dyn Again>>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place))?;
        Ok(file)
    }
}

impl Length for Shared {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Shared {
    type T = BufReader<From>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::with_capacity(1 << 10, From { shared: self.clone(), place: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        if self.length.checked_sub(start).is_none_or(|rest| rest < length as u64) {
            return Err(ParquetError::EOF("it ends early".to_owned()));
        }
        let mut bytes = vec![0; length];
        self.at(start).and_then(|mut file| file.read_exact(&mut bytes))?;
        Ok(bytes.into())
    }
}

/// Reads from a place.
struct From {
    shared: Shared,
    place: u64,
}

impl Read for From {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.shared.at(self.place)?.read(bytes)?;
        self.place += read as u64;
        Ok(read)
    }
}
