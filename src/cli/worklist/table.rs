//! The list for people.

use std::io::{self, Write};

use chrono::NaiveDate;
use comfy_table::Cell;

use super::{
    List,
    rows::Row,
    words::{course, hidden, later, next, remarks, standing},
};
use crate::{
    cli::{
        answers::{Grid, Layout, coloured, dim, printable},
        words::{self, counted},
    },
    lang::{Lang, Text},
    runtime::Status,
    text,
};

/// Writes the list, and under it how many there are of each sort.
pub(super) fn write(
    out: &mut impl Write,
    list: &List,
    as_of: NaiveDate,
    within: Option<u32>,
    layout: Layout,
) -> io::Result<()> {
    let lang = layout.lang;
    let named = list.rows.iter().any(|row| row.reference.is_some());
    let mut titles = vec![text!("Pasient", "Patient"), text!("Forløp", "Course")];
    titles.extend(named.then(|| text!("Referanse", "Reference")));
    titles.extend([
        text!("Ansvar", "Responsible"),
        text!("Frist", "Due"),
        text!("Igjen", "Left"),
        text!("Løper", "Under way"),
        text!("Neste", "Next"),
    ]);
    let flexible = titles.len() - 1;
    let grid = Grid::new(flexible, list.rows.iter().map(|row| cells(row, named, lang)));
    grid.flush_left()
        .titles(titles.iter().map(|title: &Text| dim(title.get(lang))).collect::<Vec<_>>())
        .write(out, layout)?;
    if !list.rows.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}", counts(list, as_of, lang))?;
    hidden(list, within, lang).map_or(Ok(()), |line| writeln!(out, "{line}"))
}

fn cells(row: &Row, named: bool, lang: Lang) -> Vec<Cell> {
    let status = if row.overdue() { Status::Overdue } else { Status::Running };
    let (sign, colour) = words::sign(if row.due.is_some() { status } else { Status::NoLimit });
    let left =
        row.days_left.map_or_else(|| text!("uten frist", "no limit").get(lang).to_owned(), |left| standing(left, lang));
    let (nearest, others) = if row.due.is_some() { (row.nearest(), row.later()) } else { (&[][..], row.nearest()) };
    let names: Vec<&str> = nearest.iter().map(|deadline| deadline.name.as_str()).collect();
    let mut running: Vec<String> = (!names.is_empty()).then(|| names.join(", ")).into_iter().collect();
    running.extend(others.iter().map(|deadline| later(deadline, lang)));
    if running.is_empty() {
        running.push(text!("ingenting", "nothing").get(lang).to_owned());
    }
    let mut to_do = next(row.pressing(), lang);
    to_do.extend(remarks(row, lang));
    let mut cells = vec![printable(&row.patient), course(row)];
    cells.extend(named.then(|| row.reference.clone().unwrap_or_default()));
    cells.push(row.institution.as_deref().map(printable).unwrap_or_default());
    cells.push(row.due.map(|due| words::date(due, lang)).unwrap_or_default());
    let mut cells: Vec<Cell> = cells.into_iter().map(Cell::new_owned).collect();
    cells.push(coloured(format!("{sign} {left}"), colour));
    cells.extend([running.join("\n"), to_do.join("\n")].map(Cell::new_owned));
    cells
}

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
    if parts.is_empty() {
        return text!("Ingen åpne forløp på lista per {day}.", "No open courses on the list as of {day}.")
            .get(lang)
            .to_owned();
    }
    let courses = counted(
        list.rows.len() as u64,
        &text!("åpent forløp", "open course"),
        &text!("åpne forløp", "open courses"),
        lang,
    );
    let parts = words::list(&parts, lang);
    text!("{courses} per {day}: {parts}.", "{courses} as of {day}: {parts}.").get(lang).to_owned()
}
