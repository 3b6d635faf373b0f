//! Writing files.

use std::{
    fs,
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process,
    sync::{Mutex, Once, PoisonError},
};

use super::Failure;

/// Writes a file beside and renames it, so that nobody reads half a file.
pub(super) fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let try_replace = || {
        let mut file = Replacement::new(path)?;
        write(&mut file)?;
        file.commit()
    };
    try_replace().map_err(|error| Failure::file(path, error))
}

/// A file that is written beside the one that it is to replace, and that is gone if it is dropped or the program is
/// interrupted before that.
pub(super) struct Replacement {
    path: PathBuf,
    beside: Option<PathBuf>,
    file: BufWriter<fs::File>,
}

impl Replacement {
    /// Begins to write a file. What is no ordinary file, like `/dev/null`, is written as it is.
    pub fn new(path: &Path) -> io::Result<Self> {
        let old = fs::metadata(path);
        if old.as_ref().is_ok_and(|old| !old.is_file() && !old.is_dir()) {
            let file = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Replacement { path: path.to_owned(), beside: None, file: BufWriter::new(file) });
        }
        let mut name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?.to_os_string();
        name.push(format!(".{}.tmp", process::id()));
        let beside = path.with_file_name(name);
        remove_if_interrupted(&beside);
        let file = fs::File::create(&beside).map(BufWriter::new);
        let file = file.inspect_err(|_| forget(&beside))?;
        let replacement = Replacement { path: path.to_owned(), beside: Some(beside), file };
        // Who may read the file stays as it was.
        if let (Ok(old), Some(beside)) = (old, &replacement.beside) {
            fs::set_permissions(beside, old.permissions())?;
        }
        Ok(replacement)
    }

    /// Whether what has been written can be taken back.
    pub fn can_start_over(&self) -> bool {
        self.beside.is_some()
    }

    /// Takes back what has been written.
    pub fn start_over(&mut self) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.get_ref().set_len(0)
    }

    /// Puts the file in its place.
    pub fn commit(mut self) -> io::Result<()> {
        self.file.flush()?;
        if let Some(beside) = &self.beside {
            fs::rename(beside, &self.path)?;
        }
        if let Some(beside) = self.beside.take() {
            forget(&beside);
        }
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            _ = fs::remove_file(beside);
            forget(beside);
        }
    }
}

/// Files that are being written.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
static INTERRUPTED: Once = Once::new();

fn remove_if_interrupted(path: &Path) {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
    INTERRUPTED.call_once(|| {
        let remove = || {
            for path in UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                _ = fs::remove_file(path);
            }
            // As a shell says that Ctrl-C ended a program.
            process::exit(130);
        };
        // Without it the file beside stays after an interruption; the file itself is whole all the same.
        _ = ctrlc::set_handler(remove);
    });
}

fn forget(path: &Path) {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).retain(|unfinished| unfinished != path);
}
