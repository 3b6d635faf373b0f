//! TypeScript: an npm package of an evaluator that answers as the runtime does, the tables, and their names as types.
//!
//! The evaluator's sources stand in `typescript/package/src`. `npm install && npm run build` in that package compiles them
//! to `dist`, which is committed; `.ci/typescript` compares the two.

mod names;

use super::File;
use crate::tables::{FactType, Role, Tables};

/// The name under which the package is imported.
const PACKAGE: &str = "forlop-rules";

macro_rules! written_beforehand {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("typescript/package/", $path)))),*]
    };
}

/// What is the same for all tables.
const EVALUATOR: &[(&str, &str)] = written_beforehand![
    "dist/answer.d.ts"
    "dist/answer.js"
    "dist/assess/assess.d.ts"
    "dist/assess/assess.js"
    "dist/assess/criteria.d.ts"
    "dist/assess/criteria.js"
    "dist/assess/domain.d.ts"
    "dist/assess/domain.js"
    "dist/assess/investigations.d.ts"
    "dist/assess/investigations.js"
    "dist/assess/routes.d.ts"
    "dist/assess/routes.js"
    "dist/assess/settle.d.ts"
    "dist/assess/settle.js"
    "dist/calendar.d.ts"
    "dist/calendar.js"
    "dist/condition.d.ts"
    "dist/condition.js"
    "dist/error.d.ts"
    "dist/error.js"
    "dist/evaluator.d.ts"
    "dist/evaluator.js"
    "dist/events.d.ts"
    "dist/events.js"
    "dist/facts.d.ts"
    "dist/facts.js"
    "dist/findings.d.ts"
    "dist/findings.js"
    "dist/formula.d.ts"
    "dist/formula.js"
    "dist/group.d.ts"
    "dist/group.js"
    "dist/index.d.ts"
    "dist/index.js"
    "dist/interval.d.ts"
    "dist/interval.js"
    "dist/limits.d.ts"
    "dist/limits.js"
    "dist/logic.d.ts"
    "dist/logic.js"
    "dist/prepare.d.ts"
    "dist/prepare.js"
    "dist/quantity.d.ts"
    "dist/quantity.js"
    "dist/rule-conditions.d.ts"
    "dist/rule-conditions.js"
    "dist/rule-content.d.ts"
    "dist/rule-content.js"
    "dist/rule-tables.d.ts"
    "dist/rule-tables.js"
    "dist/rules.d.ts"
    "dist/rules.js"
    "dist/text.d.ts"
    "dist/text.js"
    "dist/variants.d.ts"
    "dist/variants.js"
    "dist/view.d.ts"
    "dist/view.js"
    "test/evaluator.test.mjs"
    "test/examples.test.mjs"
];

pub(super) fn emit(tables: &Tables) -> Vec<File> {
    let mut files = vec![
        file("LICENSE-APACHE", include_str!("../../LICENSE-APACHE").to_owned()),
        file("LICENSE-MIT", include_str!("../../LICENSE-MIT").to_owned()),
        file("README.md", readme(tables)),
        file("package.json", manifest()),
        file("dist/tables.d.ts", names::declarations(tables)),
        file("dist/tables.js", module(tables)),
    ];
    files.extend(EVALUATOR.iter().map(|(path, text)| file(path, (*text).to_owned())));
    files
}

fn file(path: &str, text: String) -> File {
    File { path: path.to_owned(), text }
}

fn manifest() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        r#"{{
  "name": "{PACKAGE}",
  "version": "{version}",
  "description": "Rules of patient pathways, with an evaluator",
  "license": "SEE LICENSE IN README.md",
  "type": "module",
  "sideEffects": false,
  "engines": {{ "node": ">=18" }},
  "exports": {{
    ".": {{ "types": "./dist/index.d.ts", "default": "./dist/index.js" }},
    "./tables": {{ "types": "./dist/tables.d.ts", "default": "./dist/tables.js" }}
  }},
  "files": ["dist", "LICENSE-APACHE", "LICENSE-MIT"],
  "scripts": {{ "test": "node --test" }}
}}
"#
    )
}

/// JSON is JavaScript as it stands.
fn module(tables: &Tables) -> String {
    // Tables hold nothing that JSON cannot say: names, finite numbers and lists.
    let json = serde_json::to_string_pretty(tables).unwrap_or_default();
    format!("/** The rule tables. */\nexport const tables = {json};\n")
}

fn readme(tables: &Tables) -> String {
    let titles = tables.pathways.iter().map(|pathway| format!("- {}: {}", pathway.id, pathway.title));
    let codes = || tables.pathways.iter().flat_map(|pathway| &pathway.codes);
    let code = codes().find(|code| code.role == Some(Role::Opens)).or(codes().next());
    let mut facts = tables.pathways.iter().flat_map(|pathway| &pathway.facts);
    let fact = facts.find_map(|fact| match &fact.fact_type {
        FactType::Choice { values } => Some((&fact.name, &values.first()?.name)),
        _ => None,
    });
    let fact = fact.map(|(fact, value)| format!("{{ fact: {}, value: {} }}", literal(fact), literal(value)));
    include_str!("typescript/package/README.template.md")
        .replace("{{pathways}}", &titles.collect::<Vec<_>>().join("\n"))
        .replace("{{code}}", &literal(code.map_or("", |code| &code.code)))
        .replace("{{fact}}", &fact.unwrap_or_default())
        .replace("{{version}}", env!("CARGO_PKG_VERSION"))
        .replace("{{fingerprint}}", &tables.fingerprint)
}

/// A JSON string is a string literal.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
