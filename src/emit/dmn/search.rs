//! Decisions that are searched from the top: the first that is true holds, and one that is unknown stops the search.

use super::{
    super::Refusal,
    feel::{Asked, Feel, string},
    table::{ANY, Input, Output, Rule, Table, optional, output},
};
use crate::{
    runtime::MAIN_COURSE,
    tables::{Condition, Origin, Outcome, Pathway, Route, Routes, Strength, Target, Variant},
};

/// What the variant decision answers.
pub(super) const VARIANT_OUTPUTS: [Output; 2] = [output("variant", "type_variant"), output("basis", "type_basis")];
/// What the decision of a `veivalg` answers.
pub(super) const ROUTE_OUTPUTS: [Output; 7] = [
    output("result", "type_result"),
    output("row", "number"),
    output("outcome", "type_outcome"),
    output("to", "type_to"),
    output("target", "string"),
    output("strength", "type_strength"),
    output("text", "string"),
];

/// A decision table and what it asks for.
pub(super) struct Search {
    pub table: Table,
    pub asked: Vec<Asked>,
}

/// A condition with what a reader is told of it.
struct Column<'p> {
    label: String,
    condition: &'p Condition,
    note: Option<&'p str>,
    origin: &'p Origin,
}

impl Search {
    fn new(id: String, name: String, outputs: &'static [Output]) -> Self {
        let table = Table { id, name, hit_policy: "FIRST", inputs: Vec::new(), outputs, rules: Vec::new() };
        Search { table, asked: Vec::new() }
    }

    /// Asks one more condition; each answer to it that ends the search is one more row.
    fn ask<const N: usize>(
        &mut self,
        pathway: &Pathway,
        column: Column,
        ends: [(&str, Vec<String>); N],
    ) -> Result<(), Refusal> {
        let Column { label, condition, note, origin } = column;
        let mut feel = Feel { pathway, origin, asked: std::mem::take(&mut self.asked) };
        let written = feel.condition(condition);
        self.asked = feel.asked;
        self.table.inputs.push(Input { label, expression: written?, type_ref: "boolean" });
        for (answer, outputs) in ends {
            self.end(answer, outputs, annotation(&[note], origin));
        }
        Ok(())
    }

    /// A row that holds when the last condition is answered so, whatever those before it.
    fn end(&mut self, answer: &str, outputs: Vec<String>, annotation: String) {
        let mut entries = vec![ANY.to_owned(); self.table.inputs.len()];
        if let Some(last) = entries.last_mut() {
            *last = answer.to_owned();
        }
        self.table.rules.push(Rule { entries, outputs, annotation });
    }

    /// Gives the rows above an entry for the conditions that came after them.
    fn finish(mut self) -> Self {
        let width = self.table.inputs.len();
        for rule in &mut self.table.rules {
            rule.entries.resize(width, ANY.to_owned());
        }
        self
    }
}

/// Which variant holds, and whether that is known (rule 4).
pub(super) fn variant(pathway: &Pathway) -> Result<Search, Vec<Refusal>> {
    let mut search = Search::new("variant".to_owned(), "variant".to_owned(), &VARIANT_OUTPUTS);
    let mut refusals = Vec::new();
    let answer = |variant: &str, basis: &str| vec![string(variant), string(basis)];
    for variant in &pathway.variants {
        let holds = [("true", answer(&variant.name, "known")), ("null", answer(MAIN_COURSE, "assumed"))];
        let Variant { label, when: condition, origin, .. } = variant;
        let column = Column { label: label.clone(), condition, note: None, origin };
        refusals.extend(search.ask(pathway, column, holds).err());
    }
    search.end(ANY, answer(MAIN_COURSE, "known"), String::new());
    if refusals.is_empty() { Ok(search.finish()) } else { Err(refusals) }
}

/// Which way a decision table (`veivalg`) leads.
pub(super) fn routes(pathway: &Pathway, routes: &Routes, number: usize) -> Result<Search, Vec<Refusal>> {
    let mut search = Search::new(format!("route-{number}"), format!("route_{}", routes.name), &ROUTE_OUTPUTS);
    let mut refusals = Vec::new();
    if let Some(condition) = &routes.when {
        let ends = [("false", nowhere("not_applicable")), ("null", nowhere("unknown"))];
        let column = Column { label: routes.label.clone(), condition, note: None, origin: &routes.origin };
        refusals.extend(search.ask(pathway, column, ends).err());
    }
    let mut is_decided = false;
    for (row, number) in routes.rows.iter().zip(1..) {
        let note = row.note.as_deref();
        let Some(condition) = &row.when else {
            search.end(ANY, somewhere(number, row), annotation(&[note], &row.origin));
            is_decided = true;
            break;
        };
        let ends = [("true", somewhere(number, row)), ("null", nowhere("unknown"))];
        let column = Column { label: format!("{number}"), condition, note, origin: &row.origin };
        refusals.extend(search.ask(pathway, column, ends).err());
    }
    if !is_decided {
        search.end(ANY, nowhere("none"), String::new());
    }
    if refusals.is_empty() { Ok(search.finish()) } else { Err(refusals) }
}

fn nowhere(result: &str) -> Vec<String> {
    let mut outputs = vec![string(result)];
    outputs.resize(ROUTE_OUTPUTS.len(), optional(None));
    outputs
}

fn somewhere(number: usize, row: &Route) -> Vec<String> {
    let (outcome, refer, text) = match &row.outcome {
        Outcome::Refer { target, strength } => ("refer", Some((target, *strength)), None),
        Outcome::Included => ("included", None, None),
        Outcome::Outside { text } => ("outside", None, Some(text)),
        Outcome::AtOnce { text } => ("at_once", None, Some(text)),
        Outcome::Onward { text } => ("onward", None, Some(text)),
    };
    let (to, target) = match refer {
        None => (None, None),
        Some((Target::Pathway { id }, _)) => (Some("pathway"), Some(id)),
        Some((Target::Named { title }, _)) => (Some("named"), Some(title)),
        Some((Target::NewCourse, _)) => (Some("new_course"), None),
    };
    let strength = refer.map(|(_, strength)| match strength {
        Strength::Skal => "skal",
        Strength::Bør => "bør",
        Strength::Kan => "kan",
        Strength::Unngå => "skal ikke",
    });
    let texts = [to, target.map(String::as_str), strength, text.map(String::as_str)];
    [string("decided"), number.to_string(), string(outcome)].into_iter().chain(texts.map(optional)).collect()
}

/// What a reader is told of a row: its note and its place in the specification.
pub(super) fn annotation(notes: &[Option<&str>], origin: &Origin) -> String {
    let place = format!("{}:{}", origin.file, origin.line);
    notes.iter().copied().flatten().chain([place.as_str()]).collect::<Vec<_>>().join(" · ")
}
