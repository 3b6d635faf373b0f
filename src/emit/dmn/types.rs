//! The types of what is asked and answered.

use super::{
    feel::{Asked, choices, strings},
    limits::LIMIT_OUTPUTS,
    search::{ROUTE_OUTPUTS, VARIANT_OUTPUTS},
    table::Output,
    xml::Element,
};
use crate::{
    runtime::MAIN_COURSE,
    tables::{Fact, FactType, FactValue, Pathway, Unit},
};

/// The types of the answers, and of what is asked besides facts.
pub(super) fn answers(pathway: &Pathway, has_routes: bool) -> Vec<Element> {
    let variants = pathway.variants.iter().map(|variant| variant.name.as_str());
    let mut types = vec![
        one_of("type_variant", strings(variants.chain([MAIN_COURSE]))),
        one_of("type_basis", strings(["known", "assumed"])),
        composed("type_variant_answer", &VARIANT_OUTPUTS),
    ];
    if !pathway.limits.is_empty() {
        let intervals = pathway.intervals.iter().map(|interval| interval.name.as_str());
        let mut treatments: Vec<&str> = Vec::new();
        for treatment in pathway.intervals.iter().flat_map(|interval| &interval.treatments) {
            if !treatments.contains(&treatment.name.as_str()) {
                treatments.push(&treatment.name);
            }
        }
        let units = [Unit::Kalenderdager, Unit::Arbeidsdager, Unit::Virkedager, Unit::Uker, Unit::Måneder];
        types.extend([
            one_of("type_interval", strings(intervals)),
            match treatments.as_slice() {
                [] => simple("type_treatment", "string"),
                treatments => one_of("type_treatment", strings(treatments.iter().copied())),
            },
            one_of("type_form", strings(["at_most", "at_least", "between", "same_day", "unquantified"])),
            one_of("type_unit", strings(units.map(Unit::word))),
            composed("type_limit_answer", &LIMIT_OUTPUTS),
        ]);
    }
    if has_routes {
        types.extend([
            one_of("type_result", strings(["decided", "none", "unknown", "not_applicable"])),
            one_of("type_outcome", strings(["refer", "included", "outside", "at_once", "onward"])),
            one_of("type_to", strings(["pathway", "named", "new_course"])),
            one_of("type_strength", strings(["skal", "bør", "kan", "skal ikke"])),
            composed("type_route_answer", &ROUTE_OUTPUTS),
        ]);
    }
    types
}

/// The type of something asked for, if it needs one of its own, and what the type is called.
pub(super) fn asked(asked: Asked, fact: &Fact) -> (String, Option<Element>) {
    let name = format!("fact_{}", asked.name(fact));
    match asked {
        Asked::Value(_) => {
            let definition = value(&name, fact);
            (definition.as_ref().map_or_else(|| plain(fact).to_owned(), |_| name), definition)
        }
        Asked::History(_) => {
            let date =
                Element::new("itemComponent").with("name", "date").holding([Element::of_text("typeRef", "date")]);
            let value =
                Element::new("itemComponent").with("name", "value").holding([Element::of_text("typeRef", plain(fact))]);
            let definition = definition(&name).with("isCollection", "true").holding([date, value]);
            (name, Some(definition))
        }
    }
}

fn plain(fact: &Fact) -> &'static str {
    match fact.fact_type {
        FactType::Choice { .. } | FactType::Scale { .. } => "string",
        FactType::YesNo => "boolean",
        FactType::Number { .. } | FactType::Years => "number",
        FactType::Date => "date",
    }
}

fn value(name: &str, fact: &Fact) -> Option<Element> {
    let described = |text: String| definition(name).holding([Element::of_text("description", text)]);
    let typed = |element: Element| element.holding([Element::of_text("typeRef", plain(fact))]);
    match &fact.fact_type {
        FactType::Choice { values } | FactType::Scale { values } => {
            let labels: Vec<_> = values.iter().filter_map(labelled).collect();
            let element = if labels.is_empty() { definition(name) } else { described(labels.join("\n")) };
            Some(typed(element).holding([allowed(choices(values))]))
        }
        FactType::Number { unit } if !unit.is_empty() => Some(typed(described(format!("in {unit}")))),
        FactType::Years => {
            Some(typed(described("in whole years".to_owned())).holding([allowed("[0..150]".to_owned())]))
        }
        FactType::Number { .. } | FactType::YesNo | FactType::Date => None,
    }
}

fn labelled(value: &FactValue) -> Option<String> {
    value.label.as_ref().map(|label| format!("{}: {label}", value.name))
}

fn definition(name: &str) -> Element {
    Element::new("itemDefinition").with("name", name)
}

fn simple(name: &str, type_ref: &str) -> Element {
    definition(name).holding([Element::of_text("typeRef", type_ref)])
}

fn one_of(name: &str, values: String) -> Element {
    simple(name, "string").holding([allowed(values)])
}

fn allowed(test: String) -> Element {
    Element::new("allowedValues").holding([Element::of_text("text", test)])
}

fn composed(name: &str, outputs: &[Output]) -> Element {
    definition(name).holding(outputs.iter().map(|output| {
        Element::new("itemComponent").with("name", output.name).holding([Element::of_text("typeRef", output.type_ref)])
    }))
}
