//! `--update`: what came out, written into the expectations that do not hold.

use std::{collections::BTreeMap, fs, path::PathBuf};

use super::{Tested, human, test};
use crate::{
    cases::{answers_to, expectation_text, expected},
    cli::{Context, Exit, Failure, Paths, files::replace, registers::evaluator, words::place},
    diagnostic::Severity,
    lang::Text,
    runtime::{Evaluator, Mismatch},
    source::{File, Files, Input, Loader},
    syntax::parse,
    tables::{Example, Expectation, Pathway},
    text,
};

/// A line of a file, and what it becomes: the lines in its place.
struct Edit {
    line: u32,
    before: String,
    after: Vec<String>,
}

pub(super) fn run(paths: &Paths, context: &mut Context) -> Result<Exit, Failure> {
    if paths.dashes() > 0 || paths.written().is_some() {
        context.complain(&text!(
            "--update skriver i filene, og kan ikke brukes på standard input eller på regeltabeller",
            "--update writes into the files, and cannot be used on standard input or on rule tables"
        ))?;
        return Ok(Exit::WrongUse);
    }
    let Some(tables) = paths.tables_to_judge(context)? else { return Ok(Exit::Errors) };
    let Some(evaluator) = evaluator(&tables, context)? else { return Ok(Exit::Errors) };
    let mut edits: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    let tested = test(&tables, &evaluator);
    for Tested { pathway, example, mismatches } in &tested {
        for mismatch in mismatches {
            match edit(&evaluator, pathway, example, mismatch) {
                Ok(edit) => edits.entry(&mismatch.expectation.origin.file).or_default().push(edit),
                Err(why) => complain(context, mismatch, &why)?,
            }
        }
    }
    if !edits.is_empty() {
        let inputs = paths.inputs(context)?;
        let loader = Loader::new(&context.folder, &inputs)?;
        for input in inputs {
            let Input::Path(path) = input else { continue };
            for path in loader.find(&path)? {
                let (file, _) = loader.read(&path)?;
                if let Some(edits) = edits.remove(file.name.as_str()) {
                    update(&file, path, edits, context)?;
                }
            }
        }
    }
    // What is written is read again, and told as any other run.
    let Some((tables, files)) = paths.tables_and_files(context)? else { return Ok(Exit::Errors) };
    let Some(evaluator) = self::evaluator(&tables, context)? else { return Ok(Exit::Errors) };
    let tested = test(&tables, &evaluator);
    human::write(&tested, &evaluator, &files, context)?;
    let fine = tested.iter().all(|tested| tested.mismatches.is_empty());
    Ok(if fine { Exit::Fine } else { Exit::Errors })
}

fn complain(context: &mut Context, mismatch: &Mismatch, why: &Text) -> Result<(), Failure> {
    let place = place(&mismatch.expectation.origin);
    let Text { nb, en } = why;
    Ok(context.complain(&text!("{place}: {nb}", "{place}: {en}"))?)
}

/// The lines in place of an expectation that does not hold.
fn edit(evaluator: &Evaluator, pathway: &Pathway, example: &Example, mismatch: &Mismatch) -> Result<Edit, Text> {
    let expectation = mismatch.expectation;
    let answers = answers_to(expectation, &expected(evaluator, pathway, example));
    if answers.is_empty() {
        return Err(text!(
            "det finnes ikke noe svar å skrive her; rett linjen selv",
            "there is no answer to write here; mend the line yourself"
        ));
    }
    let says = |one: &Expectation, other: &Expectation| (one.course, &one.expected) == (other.course, &other.expected);
    let wanted = |answer: &&Expectation| !example.expectations.iter().any(|expectation| says(expectation, answer));
    let new: Vec<&Expectation> = answers.iter().filter(wanted).collect();
    Ok(Edit {
        line: expectation.origin.line,
        before: expectation_text(expectation, false),
        after: new.into_iter().map(|answer| expectation_text(answer, false)).collect(),
    })
}

/// Writes a file with its edits, if each finds its line and the file can still be read.
fn update(file: &File, path: PathBuf, mut edits: Vec<Edit>, context: &mut Context) -> Result<(), Failure> {
    let name = &file.name;
    let on_disk = fs::read_to_string(&path).map_err(|error| Failure::file(&path, error))?;
    let mut told = Vec::new();
    let mut lines: Vec<String> = on_disk.split_inclusive('\n').map(str::to_owned).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.line));
    for edit in edits {
        let number = edit.line;
        let at = usize::try_from(number).unwrap_or_default().saturating_sub(1);
        let Some(new) = lines.get(at).and_then(|line| replaced(line, &edit)) else {
            context.complain(&text!(
                "{name}:{number}: linjen er ikke i vanlig oppsett; kjør «forlop fmt» først",
                "{name}:{number}: the line is not in canonical layout; run «forlop fmt» first"
            ))?;
            continue;
        };
        told.push(format!("{name}:{number}: {} → {}", edit.before, edit.after.join(", ")));
        if let Some(line) = lines.get_mut(at) {
            *line = new;
        }
    }
    let text = lines.concat();
    let mut files = Files::default();
    let id = files.add(File::new(name.clone(), text.clone()));
    let (_, findings) = parse(files.get(id), id);
    if findings.iter().any(|finding| finding.severity() == Severity::Error) {
        context.complain(&text!(
            "«{name}» er ikke rørt, for endringen kunne ikke leses igjen: det er en feil i forlop, som gjerne må meldes",
            "«{name}» is left alone, because the change could not be read again: a fault of forlop, please report it"
        ))?;
        return Ok(());
    }
    if !told.is_empty() {
        replace(&path, |out| out.write_all(text.as_bytes()))?;
        told.iter().rev().try_for_each(|line| writeln!(context.out, "{line}"))?;
    }
    Ok(())
}

/// The line with what the edit says in place of its expectation; its indentation, comment and end are kept. None if
/// something else stands there.
fn replaced(line: &str, edit: &Edit) -> Option<String> {
    let indent = &line[..line.len() - line.trim_start().len()];
    let rest = line.trim_start();
    let statement = rest.split('#').next()?.trim_end();
    let course = statement.strip_prefix(edit.before.as_str())?;
    // What the author wrote of the course stays as it was written.
    if !course.is_empty() && course != " i forløp 1" {
        return None;
    }
    let after = &rest[statement.len()..];
    let Some((first, more)) = edit.after.split_first() else {
        // Another expectation says it already.
        return Some(if after.trim().is_empty() { String::new() } else { format!("{indent}{}", after.trim_start()) });
    };
    let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    let more: String = more.iter().map(|text| format!("{indent}{text}{course}{end}")).collect();
    if more.is_empty() {
        return Some(format!("{indent}{first}{course}{after}"));
    }
    let after = after.trim_end_matches(['\r', '\n']);
    Some(format!("{indent}{first}{course}{after}{end}{more}"))
}
