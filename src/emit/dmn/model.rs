//! A pathway's decisions and what they require, as one document.

use std::collections::BTreeSet;

use super::{
    super::{Refusal, Settings},
    diagram::{Arrow, Shape, diagram},
    feel::{Asked, is_name},
    limits::limits,
    search::{self, Search},
    table::Table,
    types,
    xml::Element,
};
use crate::{
    tables::{Content, Pathway, Routes},
    text,
};

const MODEL: &str = "https://www.omg.org/spec/DMN/20230324/MODEL/";
const FEEL: &str = "https://www.omg.org/spec/DMN/20230324/FEEL/";
const DMNDI: &str = "https://www.omg.org/spec/DMN/20230324/DMNDI/";
const DC: &str = "http://www.omg.org/spec/DMN/20180521/DC/";
const DI: &str = "http://www.omg.org/spec/DMN/20180521/DI/";

const VALUE: &str = "Null: unknown.";
const HISTORY: &str =
    "Every known value with the date it became known, null if that is not known. Null or empty: unknown.";
const INTERVAL: &str = "The interval that is measured.";
const TREATMENT: &str = "The treatment, for an interval that is split by it.";
const COURSE_START: &str = "The course's start; the date of its first event if it has no start.";
const VARIANT: &str = "The first variant in order that is true. One that is unknown stops the search, and then the main \
course is assumed.";
const LIMIT: &str = "The limit of an interval, for the facts that are known on its end date. Null: there is no standard. \
Form unquantified: the source gives no number.";
const ROUTE: &str = "The first row in order that is true. One that is unknown stops the search.";

/// A pathway's decisions, before they are written.
pub(super) struct Model<'p> {
    pathway: &'p Pathway,
    variant: Search,
    routes: Vec<(&'p Routes, Search)>,
    limits: Option<Table>,
}

impl<'p> Model<'p> {
    pub fn new(pathway: &'p Pathway) -> Result<Self, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let variant = search::variant(pathway).map_err(|refused| refusals.extend(refused));
        let mut routes: Vec<(&Routes, Search)> = Vec::new();
        let contents = pathway.content.iter().chain(pathway.phases.iter().flat_map(|phase| &phase.content));
        for content in contents {
            let Content::Routes(route) = content else { continue };
            let name = &route.name;
            if !is_name(name) || routes.iter().any(|(other, _)| other.name == *name) {
                refusals.push(Refusal {
                    message: text!(
                        "«{name}» kan ikke være navnet på en beslutning: DMN har et annet bruk for det, eller det er brukt før",
                        "«{name}» cannot be a decision's name: DMN has another use for it, or it is used before"
                    ),
                    origin: route.origin.clone(),
                });
            }
            match search::routes(pathway, route, routes.len() + 1) {
                Ok(search) => routes.push((route, search)),
                Err(refused) => refusals.extend(refused),
            }
        }
        let limits = (!pathway.limits.is_empty()).then(|| limits(pathway));
        match variant {
            Ok(variant) if refusals.is_empty() => Ok(Model { pathway, variant, routes, limits }),
            _ => Err(refusals),
        }
    }

    /// The document.
    pub fn definitions(&self, compiler: &str, settings: &Settings) -> Element {
        let Pathway { id, title, .. } = self.pathway;
        let mut graph = Graph::default();
        let searches = || std::iter::once(&self.variant).chain(self.routes.iter().map(|(_, search)| search));
        let asked: BTreeSet<Asked> = searches().flat_map(|search| search.asked.iter().copied()).collect();
        let mut types = types::answers(self.pathway, !self.routes.is_empty());
        for asked in asked {
            let Some(fact) = self.pathway.facts.get(asked.fact()) else { continue };
            let (type_name, definition) = types::asked(asked, fact);
            types.extend(definition);
            let description = match asked {
                Asked::Value(_) => VALUE,
                Asked::History(_) => HISTORY,
            };
            let (id, name) = (asked.id(), asked.name(fact));
            graph.input(Input { id: &id, name: &name, label: &fact.label, description, type_ref: &type_name });
        }

        graph.decision(&self.variant.table, VARIANT, "type_variant_answer", &required(&self.variant));
        if let Some(table) = &self.limits {
            let input = |name, label, description, type_ref| Input { id: name, name, label, description, type_ref };
            graph.input(input("interval", "interval", INTERVAL, "type_interval"));
            graph.input(input("treatment", "treatment", TREATMENT, "type_treatment"));
            graph.input(input("course_start", "course start", COURSE_START, "date"));
            let required = ["interval", "treatment", "course_start", "variant"].map(str::to_owned);
            graph.decision(table, LIMIT, "type_limit_answer", &required);
        }
        for (routes, search) in &self.routes {
            let description = format!("{}\n{ROUTE}", routes.label);
            graph.decision(&search.table, &description, "type_route_answer", &required(search));
        }

        let namespace = format!("{}/dmn/{}", settings.canonical, in_address(id));
        Element::new("definitions")
            .with("xmlns", MODEL)
            .with("xmlns:dmndi", DMNDI)
            .with("xmlns:dc", DC)
            .with("xmlns:di", DI)
            .with("id", "definitions-1")
            .with("name", id)
            .with("label", title)
            .with("namespace", namespace)
            .with("expressionLanguage", FEEL)
            .with("typeLanguage", FEEL)
            .with("exporter", "forlop")
            .with("exporterVersion", compiler)
            .holding([Element::of_text("description", self.description())])
            .holding(types)
            .holding(graph.elements)
            .holding([diagram(&graph.shapes, &graph.arrows)])
    }

    /// The title, and the documents that the pathway rests on.
    fn description(&self) -> String {
        let sources = self.pathway.sources.iter().map(|source| {
            let parts = [Some(source.title.as_str()), source.publisher.as_deref(), source.url.as_deref()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        });
        std::iter::once(self.pathway.title.clone()).chain(sources).collect::<Vec<_>>().join("\n")
    }
}

/// An id as a part of an address, with everything but ASCII's letters and digits escaped.
fn in_address(id: &str) -> String {
    let escaped = |byte: u8| match byte {
        b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    id.bytes().map(escaped).collect()
}

fn required(search: &Search) -> Vec<String> {
    search.asked.iter().map(|asked| asked.id()).collect()
}

/// Something that is asked for.
struct Input<'p> {
    id: &'p str,
    name: &'p str,
    label: &'p str,
    description: &'p str,
    type_ref: &'p str,
}

/// Inputs and decisions, and the diagram of them.
#[derive(Default)]
struct Graph {
    elements: Vec<Element>,
    shapes: Vec<Shape>,
    arrows: Vec<Arrow>,
}

impl Graph {
    fn input(&mut self, input: Input) {
        let Input { id, name, label, description, type_ref } = input;
        self.shapes.push(Shape { id: id.to_owned(), level: 2 });
        self.elements.push(
            Element::new("inputData")
                .with("id", id)
                .with("name", name)
                .with("label", label)
                .holding([Element::of_text("description", description), variable(name, type_ref)]),
        );
    }

    /// A decision that requires inputs and decisions of these ids.
    fn decision(&mut self, table: &Table, description: &str, type_ref: &str, required: &[String]) {
        let Table { id, name, .. } = table;
        let is_decision = |id: &str| id == "variant";
        let level = if required.iter().any(|required| is_decision(required)) { 0 } else { 1 };
        self.shapes.push(Shape { id: id.clone(), level });
        let requirements: Vec<Element> = required
            .iter()
            .map(|required| {
                let requirement = format!("{id}-requires-{required}");
                let kind = if is_decision(required) { "requiredDecision" } else { "requiredInput" };
                self.arrows.push(Arrow { id: requirement.clone(), from: required.clone(), to: id.clone() });
                let reference = Element::new(kind).with("href", format!("#{required}"));
                Element::new("informationRequirement").with("id", requirement).holding([reference])
            })
            .collect();
        self.elements.push(
            Element::new("decision")
                .with("id", id)
                .with("name", name)
                .holding([Element::of_text("description", description), variable(name, type_ref)])
                .holding(requirements)
                .holding([table.element()]),
        );
    }
}

fn variable(name: &str, type_ref: &str) -> Element {
    Element::new("variable").with("name", name).with("typeRef", type_ref)
}
