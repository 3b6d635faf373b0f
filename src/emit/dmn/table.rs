//! Decision tables.

use super::{feel::string, xml::Element};

/// A decision table before it is written.
pub(super) struct Table {
    /// The id of its decision, which begins those of its parts.
    pub id: String,
    /// The name of its decision.
    pub name: String,
    pub hit_policy: &'static str,
    pub inputs: Vec<Input>,
    pub outputs: &'static [Output],
    pub rules: Vec<Rule>,
}

/// A column that is asked.
pub(super) struct Input {
    pub label: String,
    pub expression: String,
    pub type_ref: &'static str,
}

/// A column that is answered.
pub(super) struct Output {
    pub name: &'static str,
    pub type_ref: &'static str,
}

pub(super) const fn output(name: &'static str, type_ref: &'static str) -> Output {
    Output { name, type_ref }
}

/// A row, with an entry for each column.
pub(super) struct Rule {
    pub entries: Vec<String>,
    pub outputs: Vec<String>,
    /// What a reader is told of it: its source, its note and its place in the specification.
    pub annotation: String,
}

/// The entry that anything meets.
pub(super) const ANY: &str = "-";

/// A text, or null.
pub(super) fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), string)
}

impl Table {
    /// A table that asks nothing has one answer, which is written alone.
    pub fn element(&self) -> Element {
        if self.inputs.is_empty() { self.answer() } else { self.table() }
    }

    fn table(&self) -> Element {
        let table = &self.id;
        let inputs = self.inputs.iter().zip(1..).map(|(input, number)| {
            let expression = Element::new("inputExpression")
                .with("id", format!("{table}-input-{number}-expression"))
                .with("typeRef", input.type_ref)
                .holding([Element::of_text("text", &input.expression)]);
            Element::new("input")
                .with("id", format!("{table}-input-{number}"))
                .with("label", &input.label)
                .holding([expression])
        });
        let outputs = self.outputs.iter().map(|output| {
            Element::new("output")
                .with("id", format!("{table}-output-{}", output.name))
                .with("name", output.name)
                .with("typeRef", output.type_ref)
        });
        let annotation = Element::new("annotation").with("name", "specification");
        let rules = self.rules.iter().zip(1..).map(|(rule, number)| {
            let id = format!("{table}-rule-{number}");
            let entry = |kind: &'static str, part: &str, number: usize, text: &String| {
                Element::new(kind).with("id", format!("{id}-{part}-{number}")).holding([Element::of_text("text", text)])
            };
            let inputs = rule.entries.iter().zip(1..).map(|(text, number)| entry("inputEntry", "input", number, text));
            let outputs =
                rule.outputs.iter().zip(1..).map(|(text, number)| entry("outputEntry", "output", number, text));
            let annotation = Element::new("annotationEntry").holding([Element::of_text("text", &rule.annotation)]);
            Element::new("rule").with("id", &id).holding(inputs.chain(outputs).chain([annotation]))
        });
        Element::new("decisionTable")
            .with("id", format!("{table}-table"))
            .with("hitPolicy", self.hit_policy)
            .holding(inputs.chain(outputs).chain([annotation]).chain(rules))
    }

    fn answer(&self) -> Element {
        let outputs = self.rules.first().map(|rule| rule.outputs.as_slice()).unwrap_or_default();
        let entries: Vec<_> =
            self.outputs.iter().zip(outputs).map(|(output, text)| format!("{}: {text}", output.name)).collect();
        Element::new("literalExpression")
            .with("id", format!("{}-answer", self.id))
            .holding([Element::of_text("text", format!("{{{}}}", entries.join(", ")))])
    }
}
