//! A measure for each interval and treatment with a limit: the share of courses that kept it.

use serde_json::{Value, json};

use super::{
    About, Resource,
    limits::{ends, keys, rows_of},
    names::slug,
    provenance, words,
};
use crate::{runtime::MAIN_COURSE, tables::Limit};

/// What neither the limits nor the sources decide, and this measure therefore leaves to the one who counts.
const OPEN: &str = "Kildene sier ikke, og dette målet bestemmer ikke: hvilken institusjon et forløp regnes til (der det \
    startet, ble utredet, besluttet eller behandlet), hvilken periode det hører til (dagen for start eller for slutten av \
    intervallet), hvor lenge man venter på forløp som ennå er åpne, og hvordan små tall skjules. Indikatorer med mål for andelen er ikke med \
    her. Forløp der intervallet løper eller er over fristen uten å være slutt, er ikke med i nevneren.";

pub(super) fn resources<'t>(about: &About<'t>) -> Vec<Resource<'t>> {
    let measured = keys(about).filter(|key| rows_of(about, *key).any(|row| row.amount.is_some()));
    measured.map(|(interval, treatment)| {
        let rows: Vec<_> = rows_of(about, (interval, treatment)).collect();
        let split = treatment.map(|treatment| (format!("-{}", slug(&treatment.name)), format!(" {}", treatment.name)));
        let (suffix, name) = split.unwrap_or_default();
        let id = format!("{}-{}{suffix}", about.id, slug(&interval.name));
        let what = format!("{}{name}", interval.name);
        let title = format!("{}: {what} innen fristen", about.pathway.title);
        let codes = |codes: &[String]| codes.join(", ");
        let (from, to) = (codes(&interval.from), codes(ends((interval, treatment))));
        let of = format!("intervallet {what}, fra første {from} til forløpets første {}", codes(&interval.to));
        let sources = about.pathway.sources.iter();
        let unit = if interval.repeats { "hver forekomst i et forløp" } else { "forløp" };
        let used = sources.filter(|source| rows.iter().any(|row| row.source.as_ref() == Some(&source.name)));
        let coding = |system: &str, code: &str| {
            json!({ "coding": [{ "system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code }] })
        };
        let population = |code: &str, words: String| {
            json!({
                "code": coding("measure-population", code),
                "description": words,
                "criteria": { "language": "text/plain", "expression": words },
            })
        };
        let variants = (!about.pathway.variants.is_empty()).then(|| json!({
            "code": { "text": "variant" },
            "description": "Varianten som holder den dagen intervallet slutter",
            "criteria": { "language": "text/plain", "expression": "varianten som holder den dagen intervallet slutter" },
        }));
        let body = json!({
            "description": format!("{}: andelen som holder fristen. Enheten som telles, er {unit}.", interval.label),
            "relatedArtifact": used.map(provenance::artifact).collect::<Vec<_>>(),
            "scoring": coding("measure-scoring", "proportion"),
            "type": [coding("measure-type", "process")],
            "improvementNotation": coding("measure-improvement-notation", "increase"),
            "definition": rows.iter().map(|row| definition(row)).collect::<Vec<_>>(),
            "guidance": OPEN,
            "group": [{
                "population": [
                    population("initial-population", format!("forløp med begge ender av {of}, der den siste er {to}")),
                    population("denominator", "hele utgangspopulasjonen".to_owned()),
                    population("denominator-exclusion", "forløp der slutten er før starten (invalid_order), og forløp som det \
                        ikke gjelder noen tallfestet frist for (no_limit)".to_owned()),
                    population("numerator", "forløp som holdt fristen (within); for sent er exceeded, for tidlig too_early"
                        .to_owned()),
                ],
                "stratifier": [variants],
            }],
        });
        about.definition("Measure", id, &title, &interval.origin, body)
    }).collect()
}

/// One row in words.
fn definition(row: &Limit) -> Value {
    let variant = row.variant.as_deref().unwrap_or(MAIN_COURSE);
    let source = row.source.as_ref().map(|source| format!(" (kilde {source})")).unwrap_or_default();
    let note = row.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
    json!(format!("{variant}{}: {}{source}{note}", words::validity(row.valid_from, row.valid_to), words::limit(row)))
}
