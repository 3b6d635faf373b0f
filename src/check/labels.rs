//! What a template's codes are called in one pathway: its prefix, its disease, and what it says of them itself.

use super::{
    codes::{former, occasions, phase},
    examples::twice,
    pathway::Once,
    report::Report,
    scope::Unread,
    template::Template,
    validity,
};
use crate::{
    diagnostic::Code as F,
    source::Span,
    syntax::tree::{self, Label, Name, PathwayHead, Statement},
    tables::{Code, Former, Occasion},
    text,
};

/// The place in a code's label where the pathway's disease is put.
const DISEASE: &str = "{sykdom}";

/// What stands before the suffix in whole codes. Without a known prefix it is what no register has: `lungekreft:CK`.
pub fn code_prefix(id: &str, known: bool) -> String {
    if known { id.to_owned() } else { format!("{id}:") }
}

/// The template's codes with the pathway's disease and its own labels.
pub fn codes(
    head: &PathwayHead,
    body: &[Statement],
    template: &Template,
    once: &Once,
    unread: &Unread,
    report: &mut Report,
) -> Vec<Code> {
    let disease = once.disease.map(|label| label.value.as_str());
    let prefix = code_prefix(&head.id.value, head.prefix);
    let mut codes = template.codes.codes.clone();
    let mut relabelled: Vec<&Name> = Vec::new();
    for statement in body {
        let Statement::Code(own) = statement else { continue };
        check_placeholders(own, report);
        validity::check_order(&own.validity, report);
        if let Some(pathway) = once.validity {
            validity::check_within(&own.validity, pathway, report);
        }
        if template.codes.code(&own.name, report).is_none() {
            continue;
        }
        if let Some(first) = relabelled.iter().find(|name| name.value == own.name.value) {
            twice(&own.name.value, own.name.span, first.span, report);
        }
        relabelled.push(&own.name);
        if let Some(code) = codes.iter_mut().find(|code| code.code == own.name.value) {
            relabel(code, own, template, report);
        }
    }
    if disease.is_none() && !unread.any() && codes.iter().any(names_disease) {
        let name = &head.template.value;
        report.add_help(
            F::UnknownWord,
            head.template.span,
            text!(
                "Malen «{name}» bruker sykdommen i kodenes tekst, men pakkeforløpet sier ikke hvilken det er",
                "The template «{name}» uses the disease in the texts of codes, but the pathway does not say which it is"
            ),
            text!("Skriv «sykdom» og navnet på sykdommen.", "Write «sykdom» and the name of the disease."),
        );
    }
    codes.iter().map(|code| instantiate(code, &prefix, disease)).collect()
}

/// What the pathway says of the code takes the place of what the template says.
fn relabel(code: &mut Code, own: &tree::Code, template: &Template, report: &mut Report) {
    code.label = own.label.value.clone();
    if let Some(date) = &own.date {
        code.date = Some(date.value.clone());
    }
    code.valid_from = own.validity.from.as_ref().map(|date| date.value).or(code.valid_from);
    code.valid_to = own.validity.to.as_ref().map(|date| date.value).or(code.valid_to);
    code.former.extend(former(&own.former));
    if !own.occasions.is_empty() {
        code.occasions = occasions(&own.occasions, report);
    }
    if let Some(name) = phase(own.phase.as_ref(), &template.phase_names, report) {
        code.phase = Some(name);
    }
    for role in &own.roles {
        let word = &role.value;
        report.add_help(
            F::UnknownWord,
            role.span,
            text!("Rollen «{word}» kan bare stå i malen", "The role «{word}» can only stand in the template"),
            text!(
                "Ta den bort: koden har rollen som malen gir den.",
                "Take it away: the code has the role that the template gives it."
            ),
        );
    }
    code.origin = report.origin(own.name.span);
}

/// The texts of a code that the pathway's disease is put into.
fn texts(code: &tree::Code) -> impl Iterator<Item = &Label> {
    let occasions = code.occasions.iter().flat_map(|occasion| std::iter::once(&occasion.text).chain(&occasion.date));
    let former = code.former.iter().map(|former| &former.name);
    std::iter::once(&code.label).chain(former).chain(&code.date).chain(occasions)
}

/// `{…}` other than `{sykdom}` is F0212.
pub fn check_placeholders(code: &tree::Code, report: &mut Report) {
    for label in texts(code) {
        let written = report.slice(label.span);
        for (at, placeholder) in placeholders(written).filter(|(_, placeholder)| *placeholder != DISEASE) {
            let start = label.span.start + at;
            report.add_help(
                F::UnknownWord,
                Span::new(start, start + placeholder.len()),
                text!("«{placeholder}» kan ikke fylles ut", "«{placeholder}» cannot be filled in"),
                text!("Skriv «{DISEASE}» eller teksten selv.", "Write «{DISEASE}» or the text itself."),
            );
        }
    }
}

fn placeholders(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('{').filter_map(|(at, _)| {
        let rest = text.get(at..)?;
        rest.find('}').and_then(|end| rest.get(..=end)).map(|placeholder| (at, placeholder))
    })
}

/// Puts the pathway's disease into every text of the code, and the prefix before the suffix.
fn instantiate(code: &Code, prefix: &str, disease: Option<&str>) -> Code {
    let fill = |text: &str| disease.map_or_else(|| text.to_owned(), |disease| text.replace(DISEASE, disease));
    Code {
        code: format!("{prefix}{}", code.code),
        label: fill(&code.label),
        former: code.former.iter().map(|former| Former { name: fill(&former.name), until: former.until }).collect(),
        date: code.date.as_deref().map(fill),
        occasions: code
            .occasions
            .iter()
            .map(|occasion| Occasion {
                name: occasion.name.clone(),
                text: fill(&occasion.text),
                date: occasion.date.as_deref().map(fill),
            })
            .collect(),
        ..code.clone()
    }
}

/// Whether the code speaks of the disease.
fn names_disease(code: &Code) -> bool {
    code.label.contains(DISEASE)
        || code.former.iter().any(|former| former.name.contains(DISEASE))
        || code.date.iter().any(|date| date.contains(DISEASE))
        || code.occasions.iter().any(|occasion| occasion.text.contains(DISEASE))
}
