//! Cells in columns, without lines between them.

use std::io::{self, Write};

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Row, Table, Width, presets,
};

use super::Layout;

/// Blanks before everything under a course's heading.
pub(super) const INDENT: &str = "  ";

/// Blanks between columns.
const GAP: u16 = 2;

/// Rows of cells. One column takes what width is left, and its text is broken into lines.
pub(crate) struct Grid {
    rows: Vec<Row>,
    header: Option<Row>,
    section: Option<String>,
    indent: &'static str,
    flexible: usize,
    droppable: bool,
}

impl Grid {
    /// A grid whose column number `flexible`, from 0, takes what width is left.
    pub(crate) fn new<R: Into<Row>>(flexible: usize, rows: impl IntoIterator<Item = R>) -> Self {
        let rows = rows.into_iter().map(Into::into).collect();
        Grid { rows, header: None, section: None, indent: INDENT, flexible, droppable: false }
    }

    /// With titles over the columns.
    pub(crate) fn titles(mut self, titles: impl Into<Row>) -> Self {
        self.header = Some(titles.into());
        self
    }

    /// With a line over it.
    pub(super) fn section(mut self, title: &str) -> Self {
        self.section = Some(title.to_owned());
        self
    }

    /// Without blanks before it.
    pub(crate) fn flush_left(mut self) -> Self {
        self.indent = "";
        self
    }

    /// Without the flexible column where there is no room for its longest word.
    pub(super) fn droppable(mut self) -> Self {
        self.droppable = true;
        self
    }

    /// Writes the grid, if it has rows.
    pub(crate) fn write(self, out: &mut impl Write, layout: Layout) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        if let Some(title) = self.section {
            Grid::new(0, [[dim(title)]]).write(out, layout)?;
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        let width = u16::try_from(layout.width.saturating_sub(self.indent.len())).unwrap_or(u16::MAX);
        table.set_width(width);
        // Whether colours belong is not this table's to find out.
        table.force_no_tty().style_text_only();
        if layout.colour {
            table.enforce_styling();
        }
        if let Some(header) = self.header {
            table.set_header(header);
        }
        table.add_rows(self.rows);
        let texts = table.column_cells_iter(self.flexible).flatten().map(Cell::content);
        let longest_word = texts.flat_map(|text| text.split(' ').map(columns).max()).max().unwrap_or(0);
        let widths = table.column_max_content_widths();
        let rigid: u16 =
            widths.iter().enumerate().filter(|(at, _)| *at != self.flexible).map(|(_, width)| width + GAP).sum();
        // Widths that are set include the blanks.
        let least = longest_word.saturating_add(GAP);
        let fits = rigid.saturating_add(least) <= width;
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, GAP)).set_constraint(match at == self.flexible {
                true if self.droppable && !fits => ColumnConstraint::Hidden,
                true => ColumnConstraint::LowerBoundary(Width::Fixed(least)),
                false => ColumnConstraint::ContentWidth,
            });
        }
        for line in table.lines() {
            writeln!(out, "{}", format!("{}{line}", self.indent).trim_end())?;
        }
        Ok(())
    }
}

fn columns(word: &str) -> u16 {
    u16::try_from(word.chars().count()).unwrap_or(u16::MAX)
}

/// A cell in a colour, or dimmed.
pub(crate) fn coloured(text: impl ToString, colour: Option<Color>) -> Cell {
    match colour {
        Some(colour) => Cell::new(text).fg(colour),
        None => dim(text),
    }
}

/// A dimmed cell.
pub(crate) fn dim(text: impl ToString) -> Cell {
    Cell::new(text).add_attribute(Attribute::Dim)
}

/// The cell with its text to the right.
pub(crate) fn right(cell: Cell) -> Cell {
    cell.set_alignment(CellAlignment::Right)
}
