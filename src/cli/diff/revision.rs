//! Specifications as they were at a git revision: `main:pathways`. Only git itself is run, and only to read.

use std::{
    env, fs, io,
    path::{Component, Path, PathBuf},
    process::{Command, Output},
};

use super::super::{Context, Failure, paths};
use crate::{
    compile::compile,
    lang::Text,
    source::Input,
    tables::{Origin, Tables},
    text,
};

/// A revision and what is looked at in it.
pub(super) struct Revision<'a> {
    pub revision: &'a str,
    pub path: &'a str,
}

/// Why a revision could not be read.
enum Problem {
    Told(Text),
    Failed(Failure),
}

impl<'a> Revision<'a> {
    /// `REV:PATH`, unless there is a file of that name.
    pub fn parse(written: &'a str, folder: &Path) -> Option<Self> {
        let (revision, path) = written.split_once(':')?;
        let is_revision = !revision.is_empty() && !revision.starts_with('-') && !folder.join(written).exists();
        is_revision.then_some(Revision { revision, path })
    }

    /// The tables, with the revision in the names of files; none after a complaint.
    pub fn tables(&self, context: &mut Context) -> Result<Option<Tables>, Failure> {
        match self.read(context) {
            Ok(tables) => Ok(tables),
            Err(Problem::Failed(failure)) => Err(failure),
            Err(Problem::Told(message)) => {
                context.complain(&message)?;
                Ok(None)
            }
        }
    }

    fn read(&self, context: &mut Context) -> Result<Option<Tables>, Problem> {
        let commit = self.commit(context)?;
        let path = self.path(context)?;
        let copy = Copy::new().map_err(|error| Problem::Failed(Failure::file(&env::temp_dir(), error)))?;
        let listed = self.git(context, &["ls-tree", "-r", "-z", "--full-tree", "--name-only", &commit])?;
        let names = String::from_utf8_lossy(&listed.stdout).into_owned();
        let wanted = |name: &&str| name.ends_with(".forlop") || *name == path;
        for name in names.split('\0').filter(wanted) {
            let file = self.git(context, &["cat-file", "blob", &format!("{commit}:{name}")])?;
            let place = copy.0.join(name);
            let written =
                place.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&place, &file.stdout));
            written.map_err(|error| Problem::Failed(Failure::file(&place, error)))?;
        }
        let (inside, revision) = (copy.0.join(&path), self.revision);
        if !inside.exists() {
            return Err(Problem::Told(text!(
                "«{path}» finnes ikke i revisjonen «{revision}», eller har ingen .forlop-filer der",
                "«{path}» does not exist in the revision «{revision}», or holds no .forlop files there"
            )));
        }
        let tables = if paths::is_tables(&inside) {
            paths::written_tables(&inside, context)
        } else {
            compile(&[Input::Path(inside)], &copy.0)
                .map_err(Failure::from)
                .and_then(|compilation| paths::compiled_tables(compilation, context))
                .map(|found| found.map(|(tables, _)| tables))
        };
        tables.map_err(Problem::Failed)
    }

    /// The commit, by its hash: nothing that comes after can be taken for an option.
    fn commit(&self, context: &Context) -> Result<String, Problem> {
        let revision = self.revision;
        let output = run(context, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
        let commit = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if output.status.success() && !commit.is_empty() {
            return Ok(commit);
        }
        if !run(context, &["rev-parse", "--git-dir"])?.status.success() {
            return Err(Problem::Told(text!(
                "«{revision}:» er en git-revisjon, men dette er ikke et git-arkiv",
                "«{revision}:» is a git revision, but this is no git repository"
            )));
        }
        Err(Problem::Told(text!(
            "git kjenner ikke revisjonen «{revision}»",
            "git does not know the revision «{revision}»"
        )))
    }

    /// The path from the top of the repository: as git reads it, `./` is from the current folder.
    fn path(&self, context: &Context) -> Result<String, Problem> {
        let prefix = match self.path.starts_with('.') {
            true => {
                String::from_utf8_lossy(&self.git(context, &["rev-parse", "--show-prefix"])?.stdout).trim().to_owned()
            }
            false => String::new(),
        };
        let mut parts: Vec<String> = Vec::new();
        for part in Path::new(&format!("{prefix}{}", self.path)).components() {
            match part {
                Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
                Component::ParentDir => _ = parts.pop(),
                _ => {}
            }
        }
        Ok(parts.join("/"))
    }

    fn git(&self, context: &Context, arguments: &[&str]) -> Result<Output, Problem> {
        let output = run(context, arguments)?;
        if output.status.success() {
            return Ok(output);
        }
        let (revision, why) = (self.revision, String::from_utf8_lossy(&output.stderr).trim().to_owned());
        Err(Problem::Told(text!("git kunne ikke lese «{revision}»: {why}", "git could not read «{revision}»: {why}")))
    }
}

fn run(context: &Context, arguments: &[&str]) -> Result<Output, Problem> {
    Command::new("git").arg("-C").arg(&context.folder).args(arguments).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Problem::Told(text!(
            "finner ikke git, som må til for å lese en revisjon",
            "git, which is needed to read a revision, was not found"
        )),
        _ => Problem::Failed(Failure::from(error)),
    })
}

/// Says in which revision the files of changes are.
pub(super) fn mark(origin: &mut Option<Origin>, revision: &str) {
    if let Some(origin) = origin {
        origin.file = format!("{revision}:{}", origin.file);
    }
}

/// A folder of its own for the files of a revision, removed in the end.
struct Copy(PathBuf);

impl Copy {
    fn new() -> io::Result<Self> {
        let process = std::process::id();
        let mut number = 0;
        loop {
            let folder = env::temp_dir().join(format!("forlop-{process}-{number}"));
            match fs::create_dir(&folder) {
                Ok(()) => return Ok(Copy(fs::canonicalize(folder)?)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A folder that stays behind does no harm.
        _ = fs::remove_dir_all(&self.0);
    }
}
