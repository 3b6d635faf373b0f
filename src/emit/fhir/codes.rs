//! The pathway's codes, their groups and its facts as code systems and value sets.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{About, Resource, expression, names::slug, words};
use crate::tables::{Code, Fact, FactType, Group};

pub(super) fn resources<'t>(about: &About<'t>) -> Vec<Resource<'t>> {
    let mut resources = vec![code_system(about), all_codes(about)];
    resources.extend(about.pathway.groups.iter().map(|group| group_of_codes(about, group)));
    resources.extend((!about.pathway.facts.is_empty()).then(|| fact_system(about)));
    resources
}

fn code_system<'t>(about: &About<'t>) -> Resource<'t> {
    let pathway = about.pathway;
    let unregistered = pathway.prefix.is_none().then_some(
        "Prefikset for kodene er ikke kjent: kodene er skrevet med pakkeforløpets navn, og ingen registre har dem.",
    );
    let body = json!({
        "description": unregistered,
        "caseSensitive": true,
        "content": "complete",
        "valueSet": about.url("ValueSet", &about.id),
        "count": pathway.codes.len(),
        "property": [
            property("phase", "string", "Fasen som koden hører til"),
            property("role", "code", "Hva koden gjør med forløpet: åpner, overfører, fullfører eller avslutter det"),
            property("validFrom", "dateTime", "Første dag en hendelse kan ha koden"),
            property("validTo", "dateTime", "Siste dag en hendelse kan ha koden"),
        ],
        "concept": pathway.codes.iter().map(concept).collect::<Vec<_>>(),
    });
    about.definition("CodeSystem", about.id.clone(), &pathway.title, &pathway.origin, body)
}

fn property(code: &str, kind: &str, description: &str) -> Value {
    json!({ "code": code, "type": kind, "description": description })
}

fn concept(code: &Code) -> Value {
    let given = |name: &str, key: &str, value: Value| (!value.is_null()).then(|| json!({ "code": name, key: value }));
    let day = |day: Option<NaiveDate>| json!(day);
    json!({
        "code": code.code,
        "display": code.label,
        "definition": dated(code),
        "designation": code.former.iter().map(|former| json!({
            "use": { "display": format!("tidligere navn{}", words::validity(None, former.until)) },
            "value": former.name,
        })).collect::<Vec<_>>(),
        "property": [
            given("phase", "valueString", json!(code.phase)),
            given("role", "valueCode", json!(code.role)),
            given("validFrom", "valueDateTime", day(code.valid_from)),
            given("validTo", "valueDateTime", day(code.valid_to)),
        ],
    })
}

/// Which date an event with the code carries, and what occasions it.
pub(super) fn dated(code: &Code) -> String {
    let date = code.date.iter().map(|date| format!("Dateres: {date}."));
    let occasions = code.occasions.iter().map(|occasion| {
        let date = occasion.date.as_ref().map(|date| format!(" (dateres: {date})")).unwrap_or_default();
        format!("Ved: {}{date}.", occasion.text)
    });
    date.chain(occasions).collect::<Vec<_>>().join(" ")
}

fn all_codes<'t>(about: &About<'t>) -> Resource<'t> {
    let pathway = about.pathway;
    let body = json!({ "compose": { "include": [{ "system": about.codes() }] } });
    about.definition("ValueSet", about.id.clone(), &pathway.title, &pathway.origin, body)
}

fn group_of_codes<'t>(about: &About<'t>, group: &'t Group) -> Resource<'t> {
    let concepts: Vec<_> = group.codes.iter().map(|code| json!({ "code": code })).collect();
    let body = json!({ "compose": { "include": [{ "system": about.codes(), "concept": concepts }] } });
    let title = format!("{}: {}", about.pathway.title, group.name);
    about.definition("ValueSet", format!("{}-{}", about.id, slug(&group.name)), &title, &group.origin, body)
}

fn fact_system<'t>(about: &About<'t>) -> Resource<'t> {
    let pathway = about.pathway;
    let concepts: Vec<_> = pathway.facts.iter().map(fact).collect();
    let values = |fact: &Fact| values(fact).len();
    let body = json!({
        "description": "Opplysningene som vilkårene bruker, hver med verdiene sine. En verdi har koden «opplysning.verdi».",
        "caseSensitive": true,
        "content": "complete",
        "hierarchyMeaning": "grouped-by",
        "count": pathway.facts.len() + pathway.facts.iter().map(values).sum::<usize>(),
        "property": [
            property("type", "code", "Hva slags verdi: choice, scale (fra den laveste), yes_no, number, date eller years"),
            property("unit", "string", "Enheten til tallene"),
            property("judgedBy", "string", "Hvem som kan vurdere den"),
            property("computed", "string", "Hvordan den regnes ut av andre"),
            property("implicit", "boolean", "Om den er navnet på en undersøkelse eller noe bare et menneske kan vurdere"),
        ],
        "concept": concepts,
    });
    let title = format!("{}: opplysninger", pathway.title);
    about.definition("CodeSystem", format!("{}-facts", about.id), &title, &pathway.origin, body)
}

fn fact(fact: &Fact) -> Value {
    let kind = match &fact.fact_type {
        FactType::Choice { .. } => "choice",
        FactType::Scale { .. } => "scale",
        FactType::YesNo => "yes_no",
        FactType::Number { .. } => "number",
        FactType::Date => "date",
        FactType::Years => "years",
    };
    let unit = match &fact.fact_type {
        FactType::Number { unit } if !unit.is_empty() => Some(unit),
        _ => None,
    };
    let value = |value| json!({ "code": expression::code(fact, value), "display": value.label.as_ref().unwrap_or(&value.name) });
    json!({
        "code": fact.name,
        "display": fact.label,
        "property": [
            { "code": "type", "valueCode": kind },
            unit.map(|unit| json!({ "code": "unit", "valueString": unit })),
            fact.judged_by.as_ref().map(|who| json!({ "code": "judgedBy", "valueString": who })),
            fact.formula.as_ref().map(|own| json!({ "code": "computed", "valueString": expression::formula(own) })),
            fact.implicit.then(|| json!({ "code": "implicit", "valueBoolean": true })),
        ],
        "concept": values(fact).iter().map(value).collect::<Vec<_>>(),
    })
}

fn values(fact: &Fact) -> &[crate::tables::FactValue] {
    match &fact.fact_type {
        FactType::Choice { values } | FactType::Scale { values } => values,
        FactType::YesNo | FactType::Number { .. } | FactType::Date | FactType::Years => &[],
    }
}
