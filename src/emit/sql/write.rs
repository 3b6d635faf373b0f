//! The query tree as text, laid out to be read.

use super::{
    dialect::Dialect,
    tree::{Body, Expr, Frame, JoinKind, Operator, Order, Part, Query, Select, Type, Window},
};

/// Lines are broken where they would be longer than this.
const WIDTH: usize = 110;

/// The query as a statement.
pub(super) fn write(query: &Query, dialect: Dialect) -> String {
    let writer = Writer { dialect };
    let mut text = String::new();
    for line in &query.heading {
        text.push_str(format!("-- {}", comment(line)).trim_end());
        text.push('\n');
    }
    let parts: Vec<String> = query.parts.iter().map(|part| writer.part(part)).collect();
    text.push_str("WITH\n");
    text.push_str(&parts.join(",\n"));
    text.push('\n');
    text.push_str(&writer.select(&query.last, 0));
    text.push_str(";\n");
    text
}

/// Text that cannot end the comment it stands in.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || (c.is_whitespace() && c != ' ') { ' ' } else { c }).collect()
}

struct Writer {
    dialect: Dialect,
}

impl Writer {
    fn part(&self, part: &Part) -> String {
        let (name, said) = (self.dialect.name(&part.name), comment(&part.comment));
        match &part.body {
            Body::Selects(selects) => {
                let selects: Vec<String> = selects.iter().map(|select| self.select(select, 2)).collect();
                format!("-- {said}\n{name} AS (\n{}\n)", selects.join("\n  UNION ALL\n"))
            }
            Body::Rows(columns, rows) => {
                let names: Vec<String> = columns.iter().map(|(name, _)| self.dialect.name(name)).collect();
                format!("-- {said}\n{name} ({}) AS (\n{}\n)", names.join(", "), self.rows(columns, rows))
            }
        }
    }

    fn rows(&self, columns: &[(&str, Type)], rows: &[Vec<Expr>]) -> String {
        if rows.is_empty() {
            let empty: Vec<String> = columns.iter().map(|(_, of)| self.expr(&Expr::Null(*of), 0)).collect();
            return format!("  SELECT {} WHERE FALSE", empty.join(", "));
        }
        // The first row gives the columns their types.
        let cell = |number: usize, cell: &Expr| match cell {
            Expr::Null(_) if number > 0 => "NULL".to_owned(),
            cell => self.expr(cell, 0),
        };
        let cells = |(number, row): (usize, &Vec<Expr>)| row.iter().map(|of| cell(number, of)).collect::<Vec<_>>();
        let rows: Vec<String> =
            rows.iter().enumerate().map(cells).map(|row| format!("    ({})", row.join(", "))).collect();
        format!("  VALUES\n{}", rows.join(",\n"))
    }

    fn select(&self, select: &Select, indent: usize) -> String {
        let pad = " ".repeat(indent);
        let columns: Vec<String> = select.columns.iter().map(|column| self.column(column, indent + 2)).collect();
        let distinct = if select.distinct { " DISTINCT" } else { "" };
        let (table, alias) = &select.from;
        let mut lines = vec![
            format!("{pad}SELECT{distinct}"),
            format!("{pad}  {}", columns.join(&format!(",\n{pad}  "))),
            format!("{pad}FROM {} AS {alias}", self.dialect.name(table)),
        ];
        for (kind, table, alias, on) in &select.joins {
            let word = match kind {
                JoinKind::Inner => "JOIN",
                JoinKind::Left => "LEFT JOIN",
                JoinKind::Cross => "CROSS JOIN",
            };
            let on = on.as_ref().map_or(String::new(), |on| format!(" ON {}", self.expr(on, indent + 2)));
            lines.push(format!("{pad}{word} {} AS {alias}{on}", self.dialect.name(table)));
        }
        if let Some(filter) = &select.filter {
            lines.push(format!("{pad}WHERE {}", self.expr(filter, indent + 2)));
        }
        if !select.group.is_empty() {
            lines.push(format!("{pad}GROUP BY {}", self.list(&select.group, indent + 2)));
        }
        if let Some(having) = &select.having {
            lines.push(format!("{pad}HAVING {}", self.expr(having, indent + 2)));
        }
        if !select.order.is_empty() {
            lines.push(format!("{pad}ORDER BY {}", self.orders(&select.order, indent + 2)));
        }
        lines.join("\n")
    }

    fn column(&self, (value, name): &(Expr, String), indent: usize) -> String {
        let written = self.expr(value, indent);
        match value {
            Expr::All(_) => written,
            Expr::Column(_, own) if own == name => written,
            _ => format!("{written} AS {}", self.dialect.name(name)),
        }
    }

    fn list(&self, values: &[Expr], indent: usize) -> String {
        values.iter().map(|value| self.expr(value, indent)).collect::<Vec<_>>().join(", ")
    }

    fn orders(&self, orders: &[Order], indent: usize) -> String {
        let one = |order: &Order| {
            let (Order::Up(value) | Order::UpBytes(value) | Order::Down(value)) = order;
            self.dialect.order(order, &self.expr(value, indent))
        };
        orders.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// An operand, in brackets unless it binds at least so tightly.
    fn operand(&self, value: &Expr, least: u8, indent: usize) -> String {
        if binding(value) < least {
            return format!("({})", self.expr(value, indent + 2));
        }
        self.expr(value, indent)
    }

    /// The parts with a word between them, each on its own line if they are long.
    fn joined(&self, parts: &[Expr], word: &str, least: u8, indent: usize) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.operand(part, least, indent)).collect();
        let line = parts.join(&format!(" {word} "));
        if line.len() + indent <= WIDTH {
            return line;
        }
        parts.join(&format!("\n{}{word} ", " ".repeat(indent)))
    }

    fn expr(&self, expr: &Expr, indent: usize) -> String {
        let dialect = self.dialect;
        let plain = |value: &Expr| self.expr(value, indent);
        let tight = |value: &Expr| self.operand(value, ATOM, indent);
        match expr {
            Expr::Column(_, name) if name == "*" => "*".to_owned(),
            Expr::Column(None, name) => dialect.name(name),
            Expr::Column(Some(table), name) => format!("{table}.{}", dialect.name(name)),
            Expr::All(table) => format!("{table}.*"),
            Expr::Text(text) => dialect.text(text),
            Expr::Integer(number) => number.to_string(),
            Expr::Number(number) => dialect.number(*number),
            Expr::Date(date) => dialect.date(*date),
            Expr::Truth(true) => "TRUE".to_owned(),
            Expr::Truth(false) => "FALSE".to_owned(),
            Expr::Null(of) => format!("CAST(NULL AS {})", dialect.type_name(*of)),
            Expr::Not(value) => format!("NOT {}", tight(value)),
            Expr::IsNull(value) => format!("{} IS NULL", tight(value)),
            Expr::IsKnown(value) => format!("{} IS NOT NULL", tight(value)),
            Expr::In(value, list) => match list.as_slice() {
                [] => "FALSE".to_owned(),
                [one] => format!("{} = {}", tight(value), tight(one)),
                list => format!("{} IN ({})", tight(value), self.list(list, indent)),
            },
            Expr::And(parts) if parts.is_empty() => "TRUE".to_owned(),
            Expr::Or(parts) if parts.is_empty() => "FALSE".to_owned(),
            Expr::And(parts) => self.joined(parts, "AND", COMPARED, indent),
            Expr::Or(parts) => self.joined(parts, "OR", COMPARED, indent),
            Expr::Binary(left, operator, right) => {
                let own = binding(expr);
                let right = self.operand(right, own + 1, indent);
                format!("{} {} {right}", self.operand(left, own.max(ADDED), indent), symbol(*operator))
            }
            Expr::Case(arms, otherwise) => self.case(arms, otherwise.as_deref(), indent),
            Expr::Call(name, arguments) => self.call(name, arguments, indent),
            Expr::Filter(call, condition) => format!("{} FILTER (WHERE {})", plain(call), plain(condition)),
            Expr::Over(call, window) => self.over(&plain(call), window, indent),
            Expr::TryCast(value, to) => dialect.try_cast(&plain(value), *to),
            Expr::Cast(value, to) => format!("CAST({} AS {})", plain(value), dialect.type_name(*to)),
            Expr::Year(date) => format!("CAST(EXTRACT(YEAR FROM {}) AS INTEGER)", plain(date)),
            Expr::TrimStart(value, chars) => format!("TRIM(LEADING {} FROM {})", plain(chars), plain(value)),
            Expr::TrimEnd(value, chars) => format!("TRIM(TRAILING {} FROM {})", plain(chars), plain(value)),
            Expr::Matches(value, pattern) => dialect.matches(&tight(value), pattern),
            Expr::DaysBetween(later, earlier) => dialect.days_between(&tight(later), &tight(earlier)),
            Expr::AddDays(date, days) => dialect.add_days(&tight(date), &tight(days)),
            Expr::AddMonths(date, months) => dialect.add_months(&tight(date), &tight(months)),
            Expr::Median(value) => dialect.median(&plain(value)),
        }
    }

    fn case(&self, arms: &[(Expr, Expr)], otherwise: Option<&Expr>, indent: usize) -> String {
        let inner = indent + 2;
        let mut pieces: Vec<String> = arms
            .iter()
            .map(|(when, then)| format!("WHEN {} THEN {}", self.expr(when, inner + 2), self.expr(then, inner + 2)))
            .collect();
        pieces.extend(otherwise.map(|value| format!("ELSE {}", self.expr(value, inner + 2))));
        let line = format!("CASE {} END", pieces.join(" "));
        if arms.len() < 3 && line.len() + indent <= WIDTH && !line.contains('\n') {
            return line;
        }
        let pad = " ".repeat(inner);
        format!("CASE\n{pad}{}\n{}END", pieces.join(&format!("\n{pad}")), " ".repeat(indent))
    }

    /// A call, with each argument on its own line if they are long.
    fn call(&self, name: &str, arguments: &[Expr], indent: usize) -> String {
        let line = format!("{name}({})", self.list(arguments, indent));
        if line.len() + indent <= WIDTH && !line.contains('\n') || arguments.len() < 2 {
            return line;
        }
        let pad = " ".repeat(indent);
        let arguments: Vec<String> = arguments.iter().map(|argument| self.expr(argument, indent + 2)).collect();
        format!("{name}(\n{pad}  {}\n{pad})", arguments.join(&format!(",\n{pad}  ")))
    }

    fn over(&self, call: &str, window: &Window, indent: usize) -> String {
        let window = self.window(window, indent);
        let line = format!("{call} OVER ({})", window.join(" "));
        if line.len() + indent <= WIDTH {
            return line;
        }
        let pad = " ".repeat(indent);
        format!("{call} OVER (\n{pad}  {}\n{pad})", window.join(&format!("\n{pad}  ")))
    }

    fn window(&self, window: &Window, indent: usize) -> Vec<String> {
        let mut pieces = Vec::new();
        if !window.partition.is_empty() {
            pieces.push(format!("PARTITION BY {}", self.list(&window.partition, indent)));
        }
        if !window.order.is_empty() {
            pieces.push(format!("ORDER BY {}", self.orders(&window.order, indent)));
        }
        pieces.extend(match window.frame {
            Frame::Own => None,
            Frame::SoFar => Some("ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW".to_owned()),
            Frame::Before => Some("ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING".to_owned()),
        });
        pieces
    }
}

const JOINED: u8 = 1;
const COMPARED: u8 = 2;
const ADDED: u8 = 3;
const MULTIPLIED: u8 = 4;
const ATOM: u8 = 5;

/// How tightly an expression holds together. `AND` and `OR` bind alike here, so that both get brackets inside the other.
fn binding(expr: &Expr) -> u8 {
    match expr {
        Expr::And(parts) | Expr::Or(parts) if !parts.is_empty() => JOINED,
        Expr::Not(_) | Expr::IsNull(_) | Expr::IsKnown(_) | Expr::In(..) | Expr::Matches(..) => COMPARED,
        Expr::Binary(_, operator, _) => match operator {
            Operator::Plus | Operator::Minus | Operator::Joined => ADDED,
            Operator::Times | Operator::Divided | Operator::Modulo => MULTIPLIED,
            _ => COMPARED,
        },
        Expr::Integer(number) if *number < 0 => ADDED,
        Expr::Number(number) if number.is_sign_negative() => ADDED,
        _ => ATOM,
    }
}

fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "=",
        Operator::Unequal => "<>",
        Operator::Less => "<",
        Operator::AtMost => "<=",
        Operator::More => ">",
        Operator::AtLeast => ">=",
        Operator::Plus => "+",
        Operator::Minus => "-",
        Operator::Times => "*",
        Operator::Divided => "/",
        Operator::Modulo => "%",
        Operator::Joined => "||",
    }
}
