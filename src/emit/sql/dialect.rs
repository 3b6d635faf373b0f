//! What differs from dialect to dialect; all that quotes and escapes is here.

use chrono::NaiveDate;

use super::tree::{Order, Type};

/// Whose SQL is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emit) enum Dialect {
    Duckdb,
    Postgres,
    Spark,
}

use Dialect::{Duckdb, Postgres, Spark};

/// Column names of ours that are words of the language.
const RESERVED: [&str; 3] = ["from", "to", "limit"];

impl Dialect {
    /// Its name for people.
    pub(super) fn title(self) -> &'static str {
        match self {
            Duckdb => "DuckDB",
            Postgres => "PostgreSQL",
            Spark => "Spark SQL",
        }
    }

    /// The name of a column or table.
    pub(super) fn name(self, name: &str) -> String {
        let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if plain && name.starts_with(|first: char| first.is_ascii_lowercase()) && !RESERVED.contains(&name) {
            return name.to_owned();
        }
        match self {
            Duckdb | Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
            Spark => format!("`{}`", name.replace('`', "``")),
        }
    }

    /// Text; characters that cannot be seen are escaped.
    pub(super) fn text(self, text: &str) -> String {
        let hidden = |c: char| c != ' ' && (c.is_control() || c.is_whitespace());
        let escape = |c: char| format!("\\u{:04X}", u32::from(c));
        match self {
            Duckdb if text.contains(hidden) => {
                let joined: Vec<String> = text
                    .split_inclusive(hidden)
                    .flat_map(|piece| {
                        let seen = piece.trim_end_matches(hidden);
                        let rest = piece.get(seen.len()..).and_then(|rest| rest.chars().next());
                        let seen = (!seen.is_empty()).then(|| quoted(seen));
                        seen.into_iter().chain(rest.map(|c| format!("chr({})", u32::from(c))))
                    })
                    .collect();
                format!("({})", joined.join(" || "))
            }
            Postgres if text.contains(hidden) => {
                let escaped: String = text
                    .chars()
                    .map(|c| match c {
                        '\\' => "\\\\".to_owned(),
                        '\'' => "''".to_owned(),
                        c if hidden(c) => escape(c),
                        c => c.to_string(),
                    })
                    .collect();
                format!("E'{escaped}'")
            }
            Duckdb | Postgres => quoted(text),
            Spark => {
                let escaped: String = text
                    .chars()
                    .map(|c| match c {
                        '\\' | '\'' => format!("\\{c}"),
                        c if hidden(c) => escape(c),
                        c => c.to_string(),
                    })
                    .collect();
                format!("'{escaped}'")
            }
        }
    }

    /// A number that is a double from the start: decimal ones would be counted otherwise.
    pub(super) fn number(self, number: f64) -> String {
        let plain = number == 0.0 || (1e-6..1e16).contains(&number.abs());
        let text = if plain { format!("{number}e0") } else { format!("{number:e}") };
        match self {
            Duckdb | Spark => text,
            Postgres => format!("float8 '{text}'"),
        }
    }

    pub(super) fn date(self, date: NaiveDate) -> String {
        format!("DATE '{date}'")
    }

    pub(super) fn type_name(self, of: Type) -> &'static str {
        match (of, self) {
            (Type::Text, Spark) => "STRING",
            (Type::Text, _) => "TEXT",
            (Type::Integer, _) => "INTEGER",
            (Type::Double, Postgres) => "DOUBLE PRECISION",
            (Type::Double, _) => "DOUBLE",
            (Type::Date, _) => "DATE",
            (Type::Truth, _) => "BOOLEAN",
        }
    }

    pub(super) fn try_cast(self, value: &str, to: Type) -> String {
        let to = self.type_name(to);
        match self {
            Duckdb | Spark => format!("TRY_CAST({value} AS {to})"),
            // It has none: what is cast is tested before, inside a CASE.
            Postgres => format!("CAST({value} AS {to})"),
        }
    }

    pub(super) fn matches(self, value: &str, pattern: &str) -> String {
        match self {
            Duckdb => format!("regexp_full_match({value}, '{pattern}')"),
            Postgres => format!("{value} ~ '^({pattern})$'"),
            // `$` would let a last line break through.
            Spark => format!("{value} RLIKE '^({pattern})\\\\z'"),
        }
    }

    pub(super) fn days_between(self, later: &str, earlier: &str) -> String {
        match self {
            Duckdb | Postgres => format!("({later} - {earlier})"),
            Spark => format!("datediff({later}, {earlier})"),
        }
    }

    pub(super) fn add_days(self, date: &str, days: &str) -> String {
        match self {
            Duckdb | Postgres => format!("({date} + {days})"),
            Spark => format!("date_add({date}, {days})"),
        }
    }

    pub(super) fn add_months(self, date: &str, months: &str) -> String {
        match self {
            Duckdb => format!("CAST({date} + to_months({months}) AS DATE)"),
            Postgres => format!("CAST({date} + make_interval(months => {months}) AS DATE)"),
            Spark => format!("add_months({date}, {months})"),
        }
    }

    pub(super) fn median(self, value: &str) -> String {
        match self {
            Duckdb => format!("median({value})"),
            Postgres => format!("percentile_cont(0.5) WITHIN GROUP (ORDER BY {value})"),
            Spark => format!("percentile({value}, 0.5)"),
        }
    }

    /// How rows are ordered by a value that has been written.
    pub(super) fn order(self, order: &Order, value: &str) -> String {
        match (order, self) {
            (Order::Up(_), _) | (Order::UpBytes(_), Duckdb | Spark) => value.to_owned(),
            (Order::UpBytes(_), Postgres) => format!("{value} COLLATE \"C\""),
            (Order::Down(_), _) => format!("{value} DESC NULLS LAST"),
        }
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_names_cannot_end_their_quotes() {
        let of_all = |text| [Duckdb, Postgres, Spark].map(|dialect| dialect.text(text));
        assert_eq!(of_all("blå'; --"), ["'blå''; --'", "'blå''; --'", "'blå\\'; --'"]);
        assert_eq!(of_all("a\\'b"), ["'a\\''b'", "'a\\''b'", "'a\\\\\\'b'"]);
        assert_eq!(
            of_all("a\n\u{a0}'\\"),
            ["('a' || chr(10) || chr(160) || '''\\')", "E'a\\u000A\\u00A0''\\\\'", "'a\\u000A\\u00A0\\'\\\\'"]
        );
        assert_eq!(of_all(""), ["''", "''", "''"]);
        let names = [Duckdb, Spark].map(|dialect| dialect.name("Å\"`"));
        assert_eq!(names, ["\"Å\"\"`\"", "`Å\"```"]);
        assert_eq!(Duckdb.name("to"), "\"to\"");
        assert_eq!(Duckdb.name("to_date"), "to_date");
    }
}
