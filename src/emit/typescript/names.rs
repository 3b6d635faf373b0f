//! The names that the tables hold, as types.

use std::collections::HashSet;

use super::literal;
use crate::{
    runtime::MAIN_COURSE,
    tables::{Content, ListKind, Pathway, Tables},
};

const HEADING: &str = "\
import type { Tables } from \"./rule-tables.js\";

/** The rule tables. */
export declare const tables: Tables<Names>;

/** The pathways. */
export type PathwayId = keyof Names;
/** The codes, of all pathways or of one. */
export type Code<P extends PathwayId = PathwayId> = Names[P][\"code\"];
/** The intervals, of all pathways or of one. */
export type IntervalName<P extends PathwayId = PathwayId> = Names[P][\"interval\"];
/** The treatments that intervals are split by, in all pathways or in one. */
export type TreatmentName<P extends PathwayId = PathwayId> = Names[P][\"treatment\"];
/** The variants, of all pathways or of one. */
export type VariantName<P extends PathwayId = PathwayId> = Names[P][\"variant\"];

/** What the tables name, by pathway. */
export type Names = {
";

/// The declaration of the tables' module.
pub(super) fn declarations(tables: &Tables) -> String {
    let pathways = tables.pathways.iter().map(|pathway| {
        let members = members(pathway).map(|(key, names)| format!("    {key}:{};\n", union(names)));
        format!("  /** {} */\n  {}: {{\n{}  }};\n", comment(&pathway.title), literal(&pathway.id), members.concat())
    });
    format!("{HEADING}{}}};\n", pathways.collect::<String>())
}

/// A name and what a person reads.
type Named<'t> = (&'t str, &'t str);

fn members(pathway: &Pathway) -> [(&'static str, Vec<Named<'_>>); 10] {
    let intervals = || pathway.intervals.iter();
    let criteria = pathway.contents().filter_map(|content| match content {
        Content::Criteria(criteria) => Some((criteria.name.as_str(), criteria.label.as_str())),
        _ => None,
    });
    let routes = pathway.contents().filter_map(|content| match content {
        Content::Routes(routes) => Some((routes.name.as_str(), routes.label.as_str())),
        _ => None,
    });
    let lists = pathway.contents().filter_map(|content| match content {
        Content::List(list) if list.list == ListKind::Investigations => Some((list.name.as_str(), list.label.as_str())),
        _ => None,
    });
    let variants = pathway.variants.iter().map(|variant| (variant.name.as_str(), variant.label.as_str()));
    [
        ("code", pathway.codes.iter().map(|code| (code.code.as_str(), code.label.as_str())).collect()),
        ("phase", pathway.phases.iter().map(|phase| (phase.name.as_str(), phase.label.as_str())).collect()),
        ("interval", intervals().map(|interval| (interval.name.as_str(), interval.label.as_str())).collect()),
        ("treatment", intervals().flat_map(|one| &one.treatments).map(|one| (one.name.as_str(), "")).collect()),
        ("variant", std::iter::once((MAIN_COURSE, "")).chain(variants).collect()),
        ("rule", pathway.rules.iter().map(|rule| (rule.name.as_str(), rule.label.as_str())).collect()),
        ("fact", pathway.facts.iter().map(|fact| (fact.name.as_str(), fact.label.as_str())).collect()),
        ("criteria", criteria.collect()),
        ("route", routes.collect()),
        ("list", lists.collect()),
    ]
}

/// Each name once, with its label.
fn union(names: Vec<Named>) -> String {
    let mut seen = HashSet::new();
    let names = names.into_iter().filter(|(name, _)| seen.insert(*name));
    let names = names.map(|(name, label)| match comment(label) {
        label if label.is_empty() => format!("\n      | {}", literal(name)),
        label => format!("\n      /** {label} */\n      | {}", literal(name)),
    });
    let union: String = names.collect();
    if union.is_empty() { " never".to_owned() } else { union }
}

/// On one line, and without what would end the comment.
fn comment(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("*/", "* /")
}
