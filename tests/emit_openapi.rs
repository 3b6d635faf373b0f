//! The OpenAPI document describes what the program writes.
#![allow(clippy::unwrap_used)]

use std::{path::Path, process::Command};

use forlop::schema::Document;
use jsonschema::Validator;
use serde_json::{Value, json};

const NET: &str = "pathways/nevroendokrine-svulster.forlop";
const EVENTS: &str = "examples/net/hendelser.csv";
const FACTS: &str = "examples/net/opplysninger.csv";

fn document() -> Value {
    serde_json::to_value(Document::Openapi.describe()).unwrap()
}

/// A validator of one component.
fn component(name: &str) -> Validator {
    let mut schema = document();
    assert!(schema["components"]["schemas"].get(name).is_some(), "{name}");
    schema["$ref"] = json!(format!("#/components/schemas/{name}"));
    jsonschema::validator_for(&schema).unwrap()
}

/// What a command of the program prints, as JSON.
fn printed(arguments: &[&str]) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_forlop")).args(arguments).current_dir(root).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_is_written_is_what_is_described() {
    let eval = ["eval", NET, "--events", EVENTS, "--facts", FACTS, "--as-of", "2024-06-30", "--format", "json"];
    let tables = json!([printed(&["compile", NET])]);
    let courses = printed(&[&eval[..], &["--explain"]].concat());
    let assessments = printed(&[&eval[..], &["--criteria"]].concat());
    for (name, documents, field) in
        [("Tables", tables, "fingerprint"), ("Course", courses, "state"), ("Assessment", assessments, "criteria")]
    {
        let validator = component(name);
        let documents = documents.as_array().unwrap();
        assert!(!documents.is_empty(), "{name}");
        for document in documents {
            let errors: Vec<_> = validator.iter_errors(document).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
        }
        let mut wrong = documents[0].clone();
        wrong[field] = json!(1);
        assert!(!validator.is_valid(&wrong), "{name}: {field} is no number");
        wrong.as_object_mut().unwrap().remove(field);
        assert!(!validator.is_valid(&wrong), "{name}: {field} is required");
    }
}

/// Generated types take their names from the components: two of one name would be told apart by a number.
#[test]
fn components_have_names_of_their_own() {
    let document = document();
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(name.chars().all(|letter| letter.is_ascii_alphabetic()), "{name}");
    }
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"").skip(1) {
        assert!(reference.starts_with("#/components/schemas/"), "{}", &reference[..40]);
    }
    assert!(!text.contains("$defs"));
}
