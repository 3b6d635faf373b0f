//! `forlop new`: a started specification, with everything that must be filled in marked.

use std::{
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Context, Exit, Failure};
use crate::{compile::compile, source::Input, text};

/// The pathway, with places for its names. What follows the template's `fase`, `kode` and `intervall` holds for both.
const PATHWAY: &str = include_str!("new/pathway.txt");
/// A template of its own, where no shared one is beside the file.
const TEMPLATE: &str = include_str!("new/template.txt");
/// The shared template, as it is imported.
const SHARED: &str = "felles/organspesifikk.forlop";
/// What a pathway's name begins with before the disease.
const BEFORE_DISEASE: &str = "Pakkeforløp for ";

/// Arguments of `new`.
#[derive(Args, Debug)]
pub struct New {
    /// The code prefix (A39), or a plain name where it is not known (lungekreft)
    id: String,
    /// The pathway's name
    title: String,
    /// Write to this file, which must not exist, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl New {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        let path = self.output.as_ref().map(|path| context.folder.join(path));
        let folder = path.as_deref().and_then(Path::parent).unwrap_or(&context.folder);
        let text = self.text(folder);
        // A name that the language cannot take makes a file that does not compile.
        if compile(&[Input::Text(text.clone())], folder)?.tables.is_none() {
            let (id, title) = (&self.id, &self.title);
            context.complain(&text!(
                "«{id}» og «{title}» kan ikke være kodeprefiks og navn: skriv for eksempel A39 \"Pakkeforløp for nevroendokrine svulster\"",
                "«{id}» and «{title}» cannot be a code prefix and a name: write for example A39 \"Pakkeforløp for nevroendokrine svulster\""
            ))?;
            return Ok(Exit::WrongUse);
        }
        match path {
            None => context.out.write_all(text.as_bytes())?,
            Some(path) => {
                let file = OpenOptions::new().write(true).create_new(true).open(&path);
                file.and_then(|mut file| file.write_all(text.as_bytes()))
                    .map_err(|error| Failure::file(&path, error))?;
            }
        }
        Ok(Exit::Fine)
    }

    /// The file as it is written in a folder.
    fn text(&self, folder: &Path) -> String {
        let disease = self.title.strip_prefix(BEFORE_DISEASE).unwrap_or(&self.title);
        let (template, name) = if folder.join(SHARED).is_file() {
            (format!("bruk \"{SHARED}\"\n"), "organspesifikk")
        } else {
            (TEMPLATE.to_owned(), "grunnmal")
        };
        let no_prefix = if is_prefix(&self.id) { "" } else { " uten kodeprefiks" };
        let places = [
            ("[bruk]", template.as_str()),
            ("[mal]", name),
            ("[uten]", no_prefix),
            ("[id]", &self.id),
            ("[sykdom]", disease),
            ("[navn]", &self.title),
        ];
        places.iter().fold(PATHWAY.to_owned(), |text, (place, words)| text.replace(place, words))
    }
}

/// A letter and two digits, as the register's prefixes are.
fn is_prefix(id: &str) -> bool {
    matches!(id.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9'])
}
