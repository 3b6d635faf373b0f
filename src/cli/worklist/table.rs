//! The list for people.

use std::io::{self, Write};

use chrono::NaiveDate;
use comfy_table::Cell;

use super::{
    List, Worklist,
    rows::Row,
    words::{beside, course, hidden, next, remarks, responsible},
};
use crate::{
    cli::{
        answers::{Grid, Layout, coloured, dim, printable},
        words::{self, counted},
    },
    lang::Lang,
    runtime::Status,
    text,
};

/// What is shown of each course beside the rest.
#[derive(Clone, Copy)]
struct Shown {
    reference: bool,
    institution: bool,
}

/// Writes the list, and under it how many there are of each sort.
pub(super) fn write(
    out: &mut impl Write,
    list: &List,
    as_of: NaiveDate,
    asked: &Worklist,
    layout: Layout,
) -> io::Result<()> {
    let lang = layout.lang;
    let shown = Shown { reference: asked.key.is_some(), institution: asked.institution.is_none() };
    let mut titles = vec![text!("Pasient", "Patient"), text!("Forløp", "Course")];
    titles.extend(shown.reference.then(|| text!("Referanse", "Reference")));
    titles.extend([text!("Frist", "Due"), text!("Dager", "Days"), text!("Løper", "Under way"), text!("Neste", "Next")]);
    let grid = Grid::new(titles.len() - 1, list.rows.iter().map(|row| cells(row, shown, lang))).flush_left();
    grid.titles(titles.iter().map(|title| dim(title.get(lang))).collect::<Vec<_>>()).write(out, layout)?;
    if !list.rows.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}", counts(list, as_of, lang))?;
    hidden(list, asked.within, lang).map_or(Ok(()), |line| writeln!(out, "{line}"))
}

fn cells(row: &Row, shown: Shown, lang: Lang) -> Vec<Cell> {
    let status = match row.due {
        Some(_) if row.overdue() => Status::Overdue,
        Some(_) => Status::Running,
        None => Status::NoLimit,
    };
    let (sign, colour) = words::sign(status);
    let left = row.days_left.map_or(String::new(), |left| format!(" {left}"));
    let names: Vec<&str> = row.nearest().iter().map(|deadline| deadline.name.as_str()).collect();
    let names = if names.is_empty() { text!("ingenting", "nothing").get(lang).to_owned() } else { names.join(", ") };
    let mut lines = next(&row.pressing(), lang);
    lines.extend(beside(row, lang));
    lines.extend(responsible(row, lang).filter(|_| shown.institution));
    lines.extend(remarks(row, lang));

    let mut cells = vec![Cell::new_owned(printable(&row.patient)), Cell::new_owned(course(row))];
    cells.extend(row.reference.as_ref().filter(|_| shown.reference).map(Cell::new));
    cells.push(Cell::new_owned(row.due.map(|due| words::date(due, lang)).unwrap_or_default()));
    cells.push(coloured(format!("{sign}{left}"), colour));
    cells.extend([names, lines.join("\n")].map(Cell::new_owned));
    cells
}

/// «11 åpne forløp per 30.06.2024: 4 over fristen og 7 med frist framover.»
fn counts(list: &List, as_of: NaiveDate, lang: Lang) -> String {
    let day = words::date(as_of, lang);
    let count = |which: &dyn Fn(&Row) -> bool| list.rows.iter().filter(|row| which(row)).count();
    let parts = [
        (count(&Row::overdue), text!("over fristen", "overdue")),
        (count(&|row| row.due.is_some() && !row.overdue()), text!("med frist framover", "due later")),
        (count(&|row| row.due.is_none()), text!("uten frist", "without a due date")),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, which)| format!("{count} {}", which.get(lang))).collect();
    let parts = words::list(&parts, lang);
    let (one, many) = (text!("åpent forløp", "open course"), text!("åpne forløp", "open courses"));
    let courses = counted(list.rows.len() as u64, &one, &many, lang);
    let line = if list.rows.is_empty() {
        text!("Ingen åpne forløp på lista per {day}.", "No open courses on the list as of {day}.")
    } else {
        text!("{courses} per {day}: {parts}.", "{courses} as of {day}: {parts}.")
    };
    line.get(lang).to_owned()
}
