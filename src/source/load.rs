//! Finding and reading specification files: everything that touches the file system for the compiler.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::File;

/// The largest specification file that is read, in bytes.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// What the user named: a file, a folder with all `.forlop` in it, or text from standard input.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file or folder.
    Path(PathBuf),
    /// Text that is in no file (`-`).
    Text(String),
}

/// A file or folder that could not be read at all.
#[derive(Debug)]
pub struct LoadError {
    /// What was asked for.
    pub path: PathBuf,
    /// Why not.
    pub error: io::Error,
}

/// A file that was read but is no specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadProblem {
    /// Larger than 4 MiB.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
    },
    /// Not UTF-8 text.
    NotText {
        /// The first byte that cannot be read.
        at: usize,
    },
    /// The text was not in NFC and has been normalised.
    NotNormalised,
}

/// Reads files under one project root. Names of files are relative to it.
#[derive(Debug)]
pub struct Loader {
    root: PathBuf,
}

impl Loader {
    /// The root is `current` if every path lies in it, else the folder of the first path.
    pub fn new(current: &Path, inputs: &[Input]) -> Result<Self, LoadError> {
        let current = canonical(current)?;
        for input in inputs {
            let Input::Path(path) = input else { continue };
            let path = canonical(path)?;
            if !path.starts_with(&current) {
                let folder = if path.is_dir() { &path } else { path.parent().unwrap_or(&path) };
                return Ok(Loader { root: folder.to_path_buf() });
            }
        }
        Ok(Loader { root: current })
    }

    /// The project root, which names of files are relative to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files of one input: itself, or every `.forlop` below a folder, sorted. A folder without any is an error, so that
    /// a misspelt one is not taken for a sound one.
    pub fn find(&self, path: &Path) -> Result<Vec<PathBuf>, LoadError> {
        let path = canonical(path)?;
        let mut found = Vec::new();
        collect(&path, &mut found)?;
        if found.is_empty() {
            return Err(LoadError { path, error: io::ErrorKind::NotFound.into() });
        }
        found.sort();
        Ok(found)
    }

    /// The file that `bruk` in `importer` names, if it is inside the root. It may not exist.
    pub fn resolve(&self, importer: &Path, import: &str) -> Option<PathBuf> {
        let mut path = importer.parent()?.to_path_buf();
        for component in Path::new(import).components() {
            match component {
                Component::Normal(part) => path.push(part),
                Component::CurDir => {}
                Component::ParentDir => _ = path.pop(),
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        // A link inside the root may lead out of it.
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        (path.starts_with(&self.root) && real.starts_with(&self.root)).then_some(real)
    }

    /// The folder that `bruk` in text from standard input is relative to.
    pub fn standard_input(&self) -> PathBuf {
        self.root.join("-")
    }

    /// Reads one file. A problem comes with an empty file, so that findings about it have a place.
    pub fn read(&self, path: &Path) -> Result<(File, Option<LoadProblem>), LoadError> {
        let fail = |error| LoadError { path: path.to_path_buf(), error };
        let size = fs::metadata(path).map_err(fail)?.len();
        if size > MAX_BYTES {
            return Ok((self.file(path, String::new()), Some(LoadProblem::TooLarge { bytes: size })));
        }
        match String::from_utf8(fs::read(path).map_err(fail)?) {
            Ok(text) => Ok(self.text(path, text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                Ok((self.file(path, String::new()), Some(LoadProblem::NotText { at })))
            }
        }
    }

    /// The same for text that is already read.
    pub fn text(&self, path: &Path, text: String) -> (File, Option<LoadProblem>) {
        if let Some(at) = text.find('\0') {
            return (self.file(path, String::new()), Some(LoadProblem::NotText { at }));
        }
        if text.len() as u64 > MAX_BYTES {
            return (self.file(path, String::new()), Some(LoadProblem::TooLarge { bytes: text.len() as u64 }));
        }
        if is_nfc_quick(text.chars()) == IsNormalized::Yes {
            return (self.file(path, text), None);
        }
        let normal: String = text.nfc().collect();
        let problem = (normal != text).then_some(LoadProblem::NotNormalised);
        (self.file(path, normal), problem)
    }

    fn file(&self, path: &Path, text: String) -> File {
        // Outside the root, where only a second input can be, the whole path is the name.
        let name = match path.strip_prefix(&self.root) {
            Ok(relative) => {
                let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                parts.join("/")
            }
            Err(_) => path.to_string_lossy().into_owned(),
        };
        File::new(name, text)
    }
}

fn canonical(path: &Path) -> Result<PathBuf, LoadError> {
    fs::canonicalize(path).map_err(|error| LoadError { path: path.to_path_buf(), error })
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), LoadError> {
    let fail = |error| LoadError { path: path.to_path_buf(), error };
    if !path.is_dir() {
        found.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(fail)? {
        let entry = entry.map_err(fail)?.path();
        let hidden = entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let specification = entry.extension().is_some_and(|extension| extension == "forlop");
        // Links to folders are not followed: they could lead in circles.
        if !hidden && (specification && entry.is_file() || entry.is_dir() && !entry.is_symlink()) {
            collect(&entry, found)?;
        }
    }
    Ok(())
}
