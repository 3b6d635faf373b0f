//! Parts of a register, in memory and beyond a limit on disk.

use std::{
    fs,
    io::{self, BufWriter, Read, Seek, SeekFrom, Write},
    mem,
    path::Path,
};

/// Bytes by part, in the order in which they came.
pub(super) struct Store<'p> {
    parts: Vec<Part>,
    /// How much is in memory, and how much may be.
    held: usize,
    memory: usize,
    folder: Option<&'p Path>,
    disk: Option<fs::File>,
    end: u64,
}

#[derive(Default)]
struct Part {
    /// Places and lengths on disk.
    written: Vec<(u64, usize)>,
    /// What came after.
    held: Vec<Vec<u8>>,
}

impl<'p> Store<'p> {
    /// Nothing yet.
    pub fn new(parts: usize, memory: usize, folder: Option<&'p Path>) -> Self {
        let parts = (0..parts).map(|_| Part::default()).collect();
        Store { parts, held: 0, memory, folder, disk: None, end: 0 }
    }

    /// Adds to a part.
    pub fn add(&mut self, part: usize, bytes: Vec<u8>) -> io::Result<()> {
        if let Some(part) = self.parts.get_mut(part).filter(|_| !bytes.is_empty()) {
            self.held += bytes.capacity();
            part.held.push(bytes);
        }
        if self.held > self.memory { self.spill() } else { Ok(()) }
    }

    /// Takes all of a part.
    pub fn take(&mut self, part: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        bytes.clear();
        let Some(Part { written, held }) = self.parts.get_mut(part).map(mem::take) else { return Ok(()) };
        for (start, length) in written {
            if let Some(disk) = &mut self.disk {
                disk.seek(SeekFrom::Start(start))?;
                disk.take(length as u64).read_to_end(bytes)?;
            }
        }
        held.iter().for_each(|held| bytes.extend_from_slice(held));
        Ok(())
    }

    /// Moves what is in memory to disk.
    fn spill(&mut self) -> io::Result<()> {
        let disk = match &mut self.disk {
            Some(disk) => disk,
            none => none.insert(super::source::temporary(self.folder)?),
        };
        disk.seek(SeekFrom::End(0))?;
        let mut disk = BufWriter::with_capacity(1 << 20, disk);
        for part in &mut self.parts {
            let held = mem::take(&mut part.held);
            let length = held.iter().map(Vec::len).sum();
            held.iter().try_for_each(|bytes| disk.write_all(bytes))?;
            if length > 0 {
                part.written.push((self.end, length));
                self.end += length as u64;
            }
        }
        self.held = 0;
        disk.flush()
    }
}
