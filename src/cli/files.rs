//! Writing files.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::Path,
};

use super::Failure;

/// Writes a file beside and renames it, so that nobody reads half a file.
pub(super) fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    try_replace(path, write).map_err(|error| Failure::file(path, error))
}

fn try_replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?.to_os_string();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::File::create(&beside).and_then(|file| {
        let mut file = BufWriter::new(file);
        write(&mut file)?;
        file.flush()?;
        // Who may read the file stays as it was.
        fs::metadata(path).map_or(Ok(()), |old| fs::set_permissions(&beside, old.permissions()))
    });
    let replaced = written.and_then(|()| fs::rename(&beside, path));
    if replaced.is_err() {
        _ = fs::remove_file(&beside);
    }
    replaced
}
