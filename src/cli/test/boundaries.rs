//! `--boundaries`: one table for each pathway, a made-up course a row, to be read and compared.

use std::{fs, io::ErrorKind, path::Path};

use super::table::{Row, rows, table};
use crate::{
    cli::{Context, Exit, Failure, files::replace},
    lang::Lang,
    tables::{Pathway, Tables},
    text,
};

pub(super) fn run(
    tables: &Tables,
    output: Option<&Path>,
    check: Option<&Path>,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let lang = context.lang;
    if let Some(folder) = check {
        return compare(tables, folder, context);
    }
    match (output, tables.pathways.as_slice()) {
        (Some(folder), pathways) => {
            let folder = context.folder.join(folder);
            fs::create_dir_all(&folder).map_err(|error| Failure::file(&folder, error))?;
            for pathway in pathways {
                let table = table(pathway, lang);
                replace(&folder.join(file_name(pathway)), |out| out.write_all(table.as_bytes()))?;
            }
        }
        (None, [pathway]) => context.out.write_all(table(pathway, lang).as_bytes())?,
        (None, pathways) => {
            let count = pathways.len();
            context.complain(&text!(
                "det er {count} forløp, og hvert får sin tabell: si hvilken mappe de skal skrives i, med -o",
                "there are {count} pathways, and each has its table: say which folder to write them in, with -o"
            ))?;
            return Ok(Exit::WrongUse);
        }
    }
    Ok(Exit::Fine)
}

/// The id, without what has a meaning in paths.
fn file_name(pathway: &Pathway) -> String {
    let safe: String = pathway.id.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
    format!("{safe}.md")
}

/// Tells the cells that are other than those in the folder.
fn compare(tables: &Tables, folder: &Path, context: &mut Context) -> Result<Exit, Failure> {
    let lang = context.lang;
    let (mut changed, mut count) = (0, 0);
    for pathway in &tables.pathways {
        let path = context.folder.join(folder).join(file_name(pathway));
        let before = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            read => read.map_err(|error| Failure::file(&path, error))?,
        };
        let (before, after) = (before.replace("\r\n", "\n"), table(pathway, lang));
        let (before, after) = (rows(&before), rows(&after));
        count += after.len();
        let lines = differences(&pathway.id, &before, &after, lang);
        changed += lines.len();
        lines.iter().try_for_each(|line| writeln!(context.out, "{line}"))?;
    }
    let words = match changed {
        0 => text!("{count} rader, ingen er endret.", "{count} rows, none changed."),
        _ => text!("{changed} av {count} rader er endret.", "{changed} of {count} rows are changed."),
    };
    writeln!(context.out, "{}", words.get(lang))?;
    Ok(if changed == 0 { Exit::Fine } else { Exit::Errors })
}

/// One line for each row that is changed, new or gone.
fn differences(id: &str, before: &[Row], after: &[Row], lang: Lang) -> Vec<String> {
    let find = |rows: &[Row], name: &str| rows.iter().position(|row| row.name() == name);
    let mut lines = Vec::new();
    for row in after {
        let name = row.name();
        let Some(old) = find(before, name).and_then(|at| before.get(at)) else {
            let words = text!("{id} {name}: ny rad", "{id} {name}: new row");
            lines.push(words.get(lang).to_owned());
            continue;
        };
        let cells = old.cells.iter().zip(&row.cells).zip(&row.headings).skip(1);
        let other: Vec<String> = cells
            .filter(|((old, new), _)| old != new)
            .map(|((old, new), heading)| format!("{heading} {} → {}", shown(old), shown(new)))
            .collect();
        if !other.is_empty() || old.cells.len() != row.cells.len() {
            lines.push(format!("{id} {name}: {}", other.join("; ")));
        }
    }
    for row in before {
        let name = row.name();
        if find(after, name).is_none() {
            let words = text!("{id} {name}: raden er borte", "{id} {name}: the row is gone");
            lines.push(words.get(lang).to_owned());
        }
    }
    lines
}

fn shown(cell: &str) -> &str {
    if cell.is_empty() { "–" } else { cell }
}
