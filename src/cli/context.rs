//! What a command gets from outside, and what it hands back.

use std::{
    io::{self, BufWriter, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

use crate::{
    lang::{Lang, Text},
    source::LoadError,
    text,
};

/// The widest that text for people is written.
const WIDEST: usize = 100;

/// Everything a command reads and writes beside files.
pub struct Context<'a> {
    /// Language of what people read.
    pub lang: Lang,
    /// Columns for what people read.
    pub width: usize,
    /// The folder that paths are relative to.
    pub folder: PathBuf,
    /// Standard input.
    pub input: Box<dyn Read + 'a>,
    /// Results. Takes ANSI colours and drops them where they do not belong.
    pub out: Box<dyn Write + 'a>,
    /// Everything else, the same.
    pub err: Box<dyn Write + 'a>,
}

/// How a command ended (design, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// The input has errors.
    Errors = 1,
    /// The command was used wrongly.
    WrongUse = 2,
    /// A file could not be read or written.
    Files = 3,
}

/// A file or stream that could not be read or written.
#[derive(Debug)]
pub struct Failure {
    /// The file; none is a standard stream.
    path: Option<PathBuf>,
    error: io::Error,
    /// What to do about it.
    cure: Option<Text>,
}

impl Context<'_> {
    /// That of this process: its streams, locale and current folder.
    pub fn of_process() -> Self {
        let width = terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0).min(WIDEST));
        Context {
            lang: sys_locale::get_locale().map_or(Lang::Nb, |locale| locale_lang(&locale)),
            width,
            folder: PathBuf::from("."),
            input: Box::new(io::stdin()),
            out: Box::new(BufWriter::new(AutoStream::auto(io::stdout()))),
            err: Box::new(AutoStream::auto(io::stderr())),
        }
    }

    /// Writes one line about what went wrong.
    pub fn complain(&mut self, message: &Text) -> io::Result<()> {
        let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let word = text!("feil", "error");
        writeln!(self.err, "{style}{}{style:#}: {}", word.get(self.lang), message.get(self.lang))
    }

    /// Flushes, and turns a failure into an exit status.
    pub(super) fn finish(&mut self, result: Result<Exit, Failure>) -> Exit {
        let failure = match result.and_then(|exit| self.out.flush().map(|()| exit).map_err(Failure::from)) {
            Ok(exit) => return exit,
            Err(failure) => failure,
        };
        if failure.path.is_none() && failure.error.kind() == ErrorKind::BrokenPipe {
            return Exit::Fine; // The reader has seen enough.
        }
        // If the error stream fails too, the status is all that is left.
        _ = self.complain(&failure.text());
        Exit::Files
    }
}

impl Failure {
    /// A file that could not be read or written.
    pub fn file(path: &Path, error: io::Error) -> Self {
        Failure { path: Some(path.to_path_buf()), error, cure: None }
    }

    /// A file, or a standard stream if there is none.
    pub(super) fn of(path: Option<&Path>, error: io::Error) -> Self {
        Failure { path: path.map(Path::to_path_buf), error, cure: None }
    }

    /// A temporary file that could not be written or read.
    pub(super) fn temporary(folder: Option<&Path>, error: io::Error) -> Self {
        let cure = text!("velg en annen mappe med --temp-dir", "choose another folder with --temp-dir");
        let folder = folder.map_or_else(std::env::temp_dir, Path::to_path_buf);
        Failure { path: Some(folder), error, cure: Some(cure) }
    }

    fn text(&self) -> Text {
        let Failure { path, error, cure } = self;
        let why = match error.kind() {
            ErrorKind::AlreadyExists => text!("finnes fra før", "exists already"),
            ErrorKind::NotFound if path.as_ref().is_some_and(|path| path.is_dir()) => {
                text!("har ingen .forlop-filer", "holds no .forlop files")
            }
            ErrorKind::NotFound => text!("finnes ikke", "does not exist"),
            ErrorKind::PermissionDenied => {
                text!("kan ikke åpnes: du mangler tilgang", "cannot be opened: permission denied")
            }
            ErrorKind::IsADirectory => text!("er en mappe, ikke en fil", "is a folder, not a file"),
            ErrorKind::StorageFull => {
                text!("kan ikke skrives: disken er full", "cannot be written: the disk is full")
            }
            ErrorKind::InvalidData => text!("er ikke tekst i UTF-8", "is not UTF-8 text"),
            _ => text!("kan ikke leses eller skrives: {error}", "cannot be read or written: {error}"),
        };
        let why = match cure {
            Some(cure) => Text { nb: format!("{}: {}", why.nb, cure.nb), en: format!("{}: {}", why.en, cure.en) },
            None => why,
        };
        match path {
            Some(path) => {
                let path = path.strip_prefix(".").unwrap_or(path).display();
                Text { nb: format!("«{path}» {}", why.nb), en: format!("«{path}» {}", why.en) }
            }
            None => Text { nb: format!("standardstrømmen {}", why.nb), en: format!("the standard stream {}", why.en) },
        }
    }
}

impl From<io::Error> for Failure {
    /// A standard stream that failed.
    fn from(error: io::Error) -> Self {
        Failure { path: None, error, cure: None }
    }
}

impl From<LoadError> for Failure {
    fn from(LoadError { path, error }: LoadError) -> Self {
        Failure { path: Some(path), error, cure: None }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::from(io::Error::from(error))
    }
}

/// Norwegian for Norwegian locales and where the locale says nothing (`C`), else English.
fn locale_lang(locale: &str) -> Lang {
    match locale.split(['-', '_', '.', '@']).next() {
        Some("nb" | "nn" | "no" | "C" | "POSIX" | "") | None => Lang::Nb,
        Some(_) => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, locale_lang};

    #[test]
    fn the_locale_picks_the_language() {
        for locale in ["nb-NO", "nn", "no_NO.UTF-8", "C", "C.UTF-8", "POSIX", ""] {
            assert_eq!(locale_lang(locale), Lang::Nb, "{locale}");
        }
        for locale in ["en-GB", "sv-SE", "de"] {
            assert_eq!(locale_lang(locale), Lang::En, "{locale}");
        }
    }
}
