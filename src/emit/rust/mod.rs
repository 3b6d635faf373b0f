//! Rust: one module over the runtime. It holds the tables as expressions, so that nothing is read or parsed, and the names
//! of the specification as types and constants, so that a misspelt one does not compile.

mod literal;
mod names;

use self::{literal::literal, names::Names};
use super::File;
use crate::{
    runtime::MAIN_COURSE,
    tables::{Pathway, Tables},
};

pub(super) fn emit(tables: &Tables) -> Vec<File> {
    let mut modules = Names::new(&["evaluator", "tables", "written"]);
    let modules: Vec<_> = tables.pathways.iter().map(|pathway| (modules.snake(&pathway.id), pathway)).collect();
    let ids = modules.iter().map(|(_, pathway)| (pathway.id.as_str(), pathway.title.as_str()));
    let mut text = head(&tables.fingerprint);
    text += &names_enum("", "Pathway", "A pathway, by its id.", ids);
    text.extend(modules.iter().map(|(module, pathway)| names_of(module, pathway)));
    text += &written(tables, &modules);
    vec![File { path: "pathways.rs".to_owned(), text }]
}

/// No inner attribute or comment, so that `include!` takes the module too; and nothing that a program leaves unused is
/// held against it.
fn head(fingerprint: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "// Written by forlop {version}; not to be edited. `forlop emit rust` writes it anew.

use std::sync::LazyLock;

use forlop::runtime::{{Evaluator, TableError}};
use forlop::tables::Tables;

/// The fingerprint of the rule tables.
#[allow(dead_code)]
pub const FINGERPRINT: &str = {fingerprint:?};

/// The rule tables.
#[allow(dead_code)]
#[rustfmt::skip]
pub fn tables() -> &'static Tables {{
    static TABLES: LazyLock<Tables> = LazyLock::new(written::tables);
    &TABLES
}}

/// Judges patients by the rule tables, from as many threads as one likes.
///
/// # Errors
/// Tables that contradict themselves. The compiler writes no such tables.
#[allow(dead_code)]
#[rustfmt::skip]
pub fn evaluator() -> Result<&'static Evaluator<'static>, &'static TableError> {{
    static EVALUATOR: LazyLock<Result<Evaluator<'static>, TableError>> = LazyLock::new(|| Evaluator::new(tables()));
    EVALUATOR.as_ref()
}}
"
    )
}

/// The module of one pathway's names.
fn names_of(module: &str, pathway: &Pathway) -> String {
    let mut constants = Names::new(&[]);
    let codes = pathway.codes.iter().map(|code| {
        let name = constants.upper(&code.code);
        format!("    {}\n    pub const {name}: &str = {:?};\n", doc(&code.label), code.code)
    });
    let mut text = format!("\n{}\n#[allow(dead_code)]\n#[rustfmt::skip]\npub mod {module} {{\n", doc(&pathway.title));
    text.extend(codes);
    let intervals = pathway.intervals.iter().map(|interval| (interval.name.as_str(), interval.label.as_str()));
    let variants = pathway.variants.iter().map(|variant| (variant.name.as_str(), variant.label.as_str()));
    let variants = [(MAIN_COURSE, "The course when no variant holds.")].into_iter().chain(variants);
    let facts = pathway.facts.iter().filter(|fact| fact.formula.is_none());
    let facts = facts.map(|fact| (fact.name.as_str(), fact.label.as_str()));
    text += &names_enum("    ", "Interval", "A measured interval.", intervals);
    text += &names_enum("    ", "Variant", "A variant.", variants);
    text += &names_enum("    ", "Fact", "A fact that can be given.", facts);
    text + "}\n"
}

/// An enum of names with their labels; nothing for no names.
fn names_enum<'a>(indent: &str, name: &str, about: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut taken = Names::new(&[]);
    let rows: Vec<_> = rows.map(|(text, label)| (taken.camel(text), text, label)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let each = |row: fn(&str, &str, &str) -> String| -> String {
        rows.iter().map(|(variant, text, label)| row(variant, text, label)).collect()
    };
    let variants = each(|variant, _, label| format!("    {}\n    {variant},\n", doc(label)));
    let all = each(|variant, _, _| format!("        Self::{variant},\n"));
    let arms = each(|variant, text, _| format!("            Self::{variant} => {text:?},\n"));
    let count = rows.len();
    let lines = format!(
        "
/// {about}
#[allow(clippy::enum_variant_names, dead_code)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum {name} {{
{variants}}}

#[allow(dead_code)]
#[rustfmt::skip]
impl {name} {{
    /// All, in order.
    pub const ALL: [Self; {count}] = [
{all}    ];

    /// The name in answers and in the specification.
    pub const fn as_str(self) -> &'static str {{
        match self {{
{arms}        }}
    }}

    /// The one with this name.
    pub fn find(name: &str) -> Option<Self> {{
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }}
}}
"
    );
    lines.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{indent}{line}\n") }).collect()
}

/// A documentation comment of one line, in which nothing is markup.
fn doc(label: &str) -> String {
    let mut text = "///".to_owned();
    for word in label.split_whitespace() {
        text.push(' ');
        for letter in word.replace("://", r":\//").chars() {
            match letter {
                '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' => text.extend(['\\', letter]),
                '\\' | '"' | '\'' => text.push(letter),
                // What cannot be seen is shown by its number.
                _ => text.extend(letter.escape_debug()),
            }
        }
    }
    text
}

/// The module that holds the tables: one function for each pathway.
fn written(tables: &Tables, modules: &[(String, &Pathway)]) -> String {
    let Tables { format, format_version, compiler, fingerprint, pathways: _ } = tables;
    let calls: String = modules.iter().map(|(module, _)| format!("                {module}(),\n")).collect();
    let functions = modules.iter().map(|(module, pathway)| {
        format!("\n    fn {module}() -> Pathway {{\n        {}\n    }}\n", literal(*pathway, 2))
    });
    let mut text = format!(
        "
#[allow(clippy::approx_constant)]
#[rustfmt::skip]
mod written {{
    use forlop::{{chrono::NaiveDate, tables::*}};

    pub(super) fn tables() -> Tables {{
        Tables {{
            format: s({format:?}),
            format_version: {format_version},
            compiler: s({compiler:?}),
            fingerprint: s({fingerprint:?}),
            pathways: vec![
{calls}            ],
        }}
    }}
"
    );
    text.extend(functions);
    text + "
    // Inlined at each text, it would double the time to compile.
    #[inline(never)]
    fn s(text: &str) -> String {
        text.to_owned()
    }

    // Each day that is written here exists.
    fn d(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
    }
}
"
}
