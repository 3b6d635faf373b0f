//! Reading and parsing the named files and all that they import, each once (rule 9).

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    check::{Import, Unit},
    diagnostic::{Code as F, Finding},
    source::{File, FileId, Files, Input, LoadError, LoadProblem, Loader, Place, Span},
    syntax::{
        parse,
        tree::{Label, TopItem},
    },
    text,
};

/// Everything that was read.
pub struct Loaded {
    pub root: PathBuf,
    pub files: Files,
    pub units: Vec<Unit>,
    pub findings: Vec<Finding>,
}

/// Reads the inputs, then what they import, and so on.
///
/// # Errors
/// An input that cannot be read. An import that cannot is F0701 or F0703.
pub fn load(inputs: &[Input], current: &Path) -> Result<Loaded, LoadError> {
    let loader = Loader::new(current, inputs)?;
    let root = loader.root().to_path_buf();
    let mut reader = Reader {
        loader,
        known: BTreeMap::new(),
        paths: Vec::new(),
        loaded: Loaded { root, files: Files::default(), units: Vec::new(), findings: Vec::new() },
    };
    for input in inputs {
        match input {
            Input::Text(text) => {
                let path = reader.loader.standard_input();
                let (file, problem) = reader.loader.text(&path, text.clone());
                reader.add(path, file, problem, true);
            }
            Input::Path(path) => {
                for path in reader.loader.find(path)? {
                    reader.read(path, true)?;
                }
            }
        }
    }
    // The list grows while imports are followed.
    let mut at = 0;
    while at < reader.paths.len() {
        reader.follow(at);
        at += 1;
    }
    Ok(reader.loaded)
}

struct Reader {
    loader: Loader,
    known: BTreeMap<PathBuf, FileId>,
    /// The path of each unit.
    paths: Vec<PathBuf>,
    loaded: Loaded,
}

impl Reader {
    fn read(&mut self, path: PathBuf, named: bool) -> Result<FileId, LoadError> {
        if let Some(file) = self.known.get(&path) {
            return Ok(*file);
        }
        let (file, problem) = self.loader.read(&path)?;
        Ok(self.add(path, file, problem, named))
    }

    fn add(&mut self, path: PathBuf, file: File, problem: Option<LoadProblem>, named: bool) -> FileId {
        let unreadable = matches!(problem, Some(LoadProblem::TooLarge { .. } | LoadProblem::NotText { .. }));
        let file = self.loaded.files.add(file);
        let (tree, findings) = parse(self.loaded.files.get(file), file);
        self.loaded.findings.extend(findings);
        self.loaded.findings.extend(problem.map(|problem| explain(problem, file)));
        self.loaded.units.push(Unit { file, tree, imports: Vec::new(), named, unreadable });
        self.known.insert(path.clone(), file);
        self.paths.push(path);
        file
    }

    /// Reads what one unit imports.
    fn follow(&mut self, at: usize) {
        let (Some(path), Some(unit)) = (self.paths.get(at).cloned(), self.loaded.units.get(at)) else { return };
        let importer = unit.file;
        let labels: Vec<Label> = unit
            .tree
            .items
            .iter()
            .filter_map(|item| if let TopItem::Import(label) = item { Some(label.clone()) } else { None })
            .collect();
        let imports = labels.iter().map(|label| self.import(&path, importer, label)).collect();
        if let Some(unit) = self.loaded.units.get_mut(at) {
            unit.imports = imports;
        }
    }

    fn import(&mut self, path: &Path, importer: FileId, label: &Label) -> Import {
        let place = Place { file: importer, span: label.span };
        let name = &label.value;
        let file = match self.loader.resolve(path, name) {
            None => Err(Finding::new(
                F::ImportOutside,
                place,
                text!("«{name}» ligger utenfor prosjektmappen", "«{name}» lies outside the project folder"),
            )
            .help(text!(
                "Flytt filen inn i mappen, og skriv veien dit fra denne filen.",
                "Move the file into the folder, and write the way to it from this file."
            ))),
            Some(path) => self.read(path, false).map_err(|_| {
                let message = text!(
                    "Filen «{name}» finnes ikke, eller kan ikke leses",
                    "The file «{name}» does not exist, or cannot be read"
                );
                let help = text!(
                    "Skriv veien til filen fra mappen som denne filen ligger i.",
                    "Write the way to the file from the folder that this file is in."
                );
                Finding::new(F::MissingImport, place, message).help(help)
            }),
        };
        let file = file.map_err(|finding| self.loaded.findings.push(finding)).ok();
        Import { span: label.span, file }
    }
}

/// What the reader of a file can say of it.
pub(crate) fn explain(problem: LoadProblem, file: FileId) -> Finding {
    let place = Place { file, span: Span::new(0, 0) };
    match problem {
        LoadProblem::TooLarge { bytes } => {
            let megabytes = bytes.div_ceil(1024 * 1024);
            let message = text!(
                "Filen er på {megabytes} MB, og det er for mye",
                "The file has {megabytes} MB, and that is too much"
            );
            Finding::new(F::TooLarge, place, message)
                .help(text!("Del filen i flere, på høyst 4 MB hver.", "Split the file, into parts of at most 4 MB."))
        }
        LoadProblem::NotText { at } => {
            let byte = at + 1;
            let message = text!(
                "Filen er ikke ren tekst i UTF-8 (byte {byte})",
                "The file is not plain text in UTF-8 (byte {byte})"
            );
            Finding::new(F::NotText, place, message).help(text!("Lagre filen som UTF-8.", "Save the file as UTF-8."))
        }
        LoadProblem::NotNormalised => {
            let message = text!(
                "Noen bokstaver i filen er satt sammen av flere tegn, og er lest som ett",
                "Some letters of the file are made of several characters, and were read as one"
            );
            Finding::new(F::NotNormalised, place, message)
                .help(text!("«forlop fmt» skriver dem som ett tegn", "`forlop fmt` writes them as one"))
        }
    }
}
