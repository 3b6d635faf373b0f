//! The query tree: what the SQL of all dialects is made of before it is written.

use chrono::NaiveDate;

/// The type of a column or of an unknown value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Type {
    Text,
    Integer,
    Double,
    Date,
    Truth,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// A column, perhaps of one of the tables.
    Column(Option<&'static str>, String),
    /// All columns of a table.
    All(&'static str),
    Text(String),
    Integer(i64),
    Number(f64),
    Date(NaiveDate),
    Truth(bool),
    Null(Type),
    Not(Box<Expr>),
    IsNull(Box<Expr>),
    IsKnown(Box<Expr>),
    In(Box<Expr>, Vec<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    /// Two operands and what stands between them.
    Binary(Box<Expr>, Operator, Box<Expr>),
    /// Conditions with their values, and the value where none holds; without one it is unknown.
    Case(Vec<(Expr, Expr)>, Option<Box<Expr>>),
    /// A function that has one name in all dialects.
    Call(&'static str, Vec<Expr>),
    /// An aggregate over the rows that meet a condition.
    Filter(Box<Expr>, Box<Expr>),
    Over(Box<Expr>, Window),
    /// The value as another type; unknown where it is not one.
    TryCast(Box<Expr>, Type),
    Cast(Box<Expr>, Type),
    /// The year of a date.
    Year(Box<Expr>),
    /// Text without these characters at its beginning.
    TrimStart(Box<Expr>, Box<Expr>),
    /// Text without these characters at its end.
    TrimEnd(Box<Expr>, Box<Expr>),
    /// Whether the whole text is as a regular expression says.
    Matches(Box<Expr>, &'static str),
    /// Calendar days from the second date to the first.
    DaysBetween(Box<Expr>, Box<Expr>),
    AddDays(Box<Expr>, Box<Expr>),
    /// Months later, at most the last day of the month.
    AddMonths(Box<Expr>, Box<Expr>),
    /// The middle value, or the average of the two in the middle.
    Median(Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operator {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    Plus,
    Minus,
    Times,
    Divided,
    Modulo,
    /// Text after text.
    Joined,
}

/// The rows that a function looks at beside its own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Window {
    pub partition: Vec<Expr>,
    pub order: Vec<Order>,
    pub frame: Frame,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Frame {
    /// What the function takes by itself.
    Own,
    /// From the first row to this one.
    SoFar,
    /// All rows before this one.
    Before,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Order {
    Up(Expr),
    /// Text in the order of its UTF-8 bytes.
    UpBytes(Expr),
    /// The unknown ones last.
    Down(Expr),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum JoinKind {
    Inner,
    Left,
    Cross,
}

/// A `SELECT`.
#[derive(Clone, Debug)]
pub(super) struct Select {
    pub distinct: bool,
    pub columns: Vec<(Expr, String)>,
    pub from: (String, &'static str),
    pub joins: Vec<(JoinKind, String, &'static str, Option<Expr>)>,
    pub filter: Option<Expr>,
    pub group: Vec<Expr>,
    pub having: Option<Expr>,
    pub order: Vec<Order>,
}

#[derive(Clone, Debug)]
pub(super) enum Body {
    /// The rows of all.
    Selects(Vec<Select>),
    /// Rows as they stand; there may be none.
    Rows(Vec<(&'static str, Type)>, Vec<Vec<Expr>>),
}

/// A named part of a query, with what it is for people.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub name: String,
    pub comment: String,
    pub body: Body,
}

/// A whole query with its heading.
#[derive(Clone, Debug)]
pub(super) struct Query {
    pub heading: Vec<String>,
    pub parts: Vec<Part>,
    pub last: Select,
}

pub(super) fn col(name: impl Into<String>) -> Expr {
    Expr::Column(None, name.into())
}

/// A column of one of the tables.
pub(super) fn of(table: &'static str, name: impl Into<String>) -> Expr {
    Expr::Column(Some(table), name.into())
}

pub(super) fn text(text: impl Into<String>) -> Expr {
    Expr::Text(text.into())
}

pub(super) fn int(number: impl Into<i64>) -> Expr {
    Expr::Integer(number.into())
}

pub(super) fn date(year: i32, month: u32, day: u32) -> Expr {
    NaiveDate::from_ymd_opt(year, month, day).map_or(Expr::Null(Type::Date), Expr::Date)
}

pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<Expr> {
    texts.into_iter().map(text).collect()
}

/// The value, or unknown.
pub(super) fn optional<T>(value: Option<T>, known: impl FnOnce(T) -> Expr, unknown: Type) -> Expr {
    value.map_or(Expr::Null(unknown), known)
}

pub(super) fn call(name: &'static str, arguments: impl Into<Vec<Expr>>) -> Expr {
    Expr::Call(name, arguments.into())
}

pub(super) fn case(arms: impl Into<Vec<(Expr, Expr)>>, otherwise: Expr) -> Expr {
    Expr::Case(arms.into(), Some(Box::new(otherwise)))
}

/// The value where the condition holds, else unknown.
pub(super) fn only(condition: Expr, value: Expr) -> Expr {
    Expr::Case(vec![(condition, value)], None)
}

/// 1 where the condition holds, else 0.
pub(super) fn one_if(condition: Expr) -> Expr {
    case([(condition, int(1))], int(0))
}

/// How many rows meet the condition.
pub(super) fn count_if(condition: Expr) -> Expr {
    call("count", [Expr::Column(None, "*".into())]).filter(condition)
}

impl Expr {
    pub fn is(self, operator: Operator, other: Expr) -> Expr {
        Expr::Binary(Box::new(self), operator, Box::new(other))
    }

    pub fn eq(self, other: Expr) -> Expr {
        self.is(Operator::Equal, other)
    }

    pub fn lt(self, other: Expr) -> Expr {
        self.is(Operator::Less, other)
    }

    pub fn le(self, other: Expr) -> Expr {
        self.is(Operator::AtMost, other)
    }

    pub fn gt(self, other: Expr) -> Expr {
        self.is(Operator::More, other)
    }

    pub fn ge(self, other: Expr) -> Expr {
        self.is(Operator::AtLeast, other)
    }

    pub fn and(self, other: Expr) -> Expr {
        let parts = |expr| match expr {
            Expr::And(parts) => parts,
            one => vec![one],
        };
        Expr::And([parts(self), parts(other)].concat())
    }

    pub fn or(self, other: Expr) -> Expr {
        let parts = |expr| match expr {
            Expr::Or(parts) => parts,
            one => vec![one],
        };
        Expr::Or([parts(self), parts(other)].concat())
    }

    pub fn negated(self) -> Expr {
        Expr::Not(Box::new(self))
    }

    pub fn null(self) -> Expr {
        Expr::IsNull(Box::new(self))
    }

    pub fn known(self) -> Expr {
        Expr::IsKnown(Box::new(self))
    }

    pub fn among(self, values: impl Into<Vec<Expr>>) -> Expr {
        Expr::In(Box::new(self), values.into())
    }

    pub fn filter(self, condition: Expr) -> Expr {
        Expr::Filter(Box::new(self), Box::new(condition))
    }

    pub fn over(self, partition: &[Expr], order: impl Into<Vec<Order>>, frame: Frame) -> Expr {
        Expr::Over(Box::new(self), Window { partition: partition.to_vec(), order: order.into(), frame })
    }
}

impl Select {
    pub fn from(table: impl Into<String>, alias: &'static str) -> Self {
        Select {
            distinct: false,
            columns: Vec::new(),
            from: (table.into(), alias),
            joins: Vec::new(),
            filter: None,
            group: Vec::new(),
            having: None,
            order: Vec::new(),
        }
    }

    /// A column under a name of its own.
    pub fn column(mut self, value: Expr, name: impl Into<String>) -> Self {
        self.columns.push((value, name.into()));
        self
    }

    /// Columns of one table under the names that they have.
    pub fn columns<const N: usize>(mut self, table: &'static str, names: [&str; N]) -> Self {
        self.columns.extend(names.map(|name| (of(table, name), name.to_owned())));
        self
    }

    /// All columns of a table under the names that they have.
    pub fn all(mut self, table: &'static str) -> Self {
        self.columns.push((Expr::All(table), String::new()));
        self
    }

    pub fn join(self, table: &str, alias: &'static str, on: Expr) -> Self {
        self.joined(JoinKind::Inner, table, alias, Some(on))
    }

    pub fn left(self, table: &str, alias: &'static str, on: Expr) -> Self {
        self.joined(JoinKind::Left, table, alias, Some(on))
    }

    pub fn cross(self, table: &str, alias: &'static str) -> Self {
        self.joined(JoinKind::Cross, table, alias, None)
    }

    fn joined(mut self, kind: JoinKind, table: &str, alias: &'static str, on: Option<Expr>) -> Self {
        self.joins.push((kind, table.to_owned(), alias, on));
        self
    }

    pub fn only(mut self, filter: Expr) -> Self {
        self.filter = Some(filter);
        self
    }

    pub fn group<const N: usize>(mut self, by: [Expr; N]) -> Self {
        self.group = by.into();
        self
    }

    pub fn part(self, name: impl Into<String>, comment: impl Into<String>) -> Part {
        Part { name: name.into(), comment: comment.into(), body: Body::Selects(vec![self]) }
    }
}

/// A part with rows as they stand.
pub(super) fn rows<const N: usize>(
    name: &str,
    comment: &str,
    columns: [(&'static str, Type); N],
    rows: impl IntoIterator<Item = [Expr; N]>,
) -> Part {
    let body = Body::Rows(columns.into(), rows.into_iter().map(Vec::from).collect());
    Part { name: name.to_owned(), comment: comment.to_owned(), body }
}

/// That the same columns of two tables are equal.
pub(super) fn same<const N: usize>(one: &'static str, other: &'static str, names: [&str; N]) -> Expr {
    let mut equal: Vec<Expr> = names.map(|name| of(one, name).eq(of(other, name))).into();
    if equal.len() == 1 { equal.remove(0) } else { Expr::And(equal) }
}
