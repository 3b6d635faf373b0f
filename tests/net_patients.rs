//! The made-up patients of `examples/net` and the examples of the NET pathway, through the program itself.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const PATHWAY: &str = "pathways/nevroendokrine-svulster.forlop";
type Outcome = Result<(), Box<dyn Error>>;

fn forlop(arguments: &[&str]) -> std::io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_forlop"))
        .args(["--lang", "nb"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
}

/// The answers of two files on 30 June 2024.
fn evaluate(events: &str, facts: &str) -> Result<Output, Box<dyn Error>> {
    let day = ["--as-of", "2024-06-30", "--format", "json"];
    let output = forlop(&[&["eval", PATHWAY, "--events", events, "--facts", facts][..], &day].concat())?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(output)
}

fn demonstration() -> Result<Vec<Value>, Box<dyn Error>> {
    let output = evaluate("examples/net/hendelser.csv", "examples/net/opplysninger.csv")?;
    assert_eq!(String::from_utf8(output.stderr)?, "", "every row can be used");
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn readme() -> std::io::Result<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/net/README.md"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The values of a key in all members of all lists.
fn all<'a>(courses: &'a [Value], list: &str, key: &str) -> BTreeSet<&'a str> {
    courses.iter().filter_map(|course| course[list].as_array()).flatten().map(|member| text(member, key)).collect()
}

#[test]
fn patients_meet_every_status_state_and_basis() -> Outcome {
    let courses = demonstration()?;
    let patients: BTreeSet<&str> = courses.iter().map(|course| text(course, "patient")).collect();
    assert!(patients.len() >= 40, "{} patients", patients.len());
    // `too_early` needs a limit with `minst` or a window, and A39 has none.
    let statuses = [
        "exceeded",
        "invalid_order",
        "no_limit",
        "not_applicable",
        "not_started",
        "overdue",
        "running",
        "undetermined",
        "within",
    ];
    assert_eq!(all(&courses, "intervals", "status"), BTreeSet::from(statuses));
    assert_eq!(all(&courses, "intervals", "variant"), BTreeSet::from(["hovedforløp", "karsinom"]));
    assert_eq!(all(&courses, "intervals", "variant_basis"), BTreeSet::from(["assumed", "known"]));
    let states: BTreeSet<&str> = courses.iter().map(|course| text(course, "state")).collect();
    assert_eq!(states, BTreeSet::from(["closed", "completed", "open"]));
    Ok(())
}

#[test]
fn patients_have_the_findings_that_the_readme_says() -> Outcome {
    let readme = readme()?;
    let mut said = BTreeMap::new();
    for row in readme.lines().filter(|line| line.starts_with("| p")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [patient, _, findings] = cells[..] else { return Err(row.into()) };
        let findings: BTreeSet<&str> = findings.split(", ").map(|code| code.trim_matches('`')).collect();
        said.insert(patient, findings.into_iter().filter(|code| !code.is_empty()).collect());
    }
    let courses = demonstration()?;
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for course in &courses {
        let codes = all(std::slice::from_ref(course), "findings", "code");
        found.entry(text(course, "patient")).or_default().extend(codes);
    }
    assert_eq!(found, said);
    Ok(())
}

#[test]
fn patients_meet_every_finding() -> Outcome {
    let tables: Value = serde_json::from_slice(&forlop(&["compile", PATHWAY])?.stdout)?;
    let rules = tables["pathways"][0]["rules"].as_array().ok_or("no rules")?;
    let assembly = ["missing_start", "duplicate_start", "event_after_end", "conflicting_fact"];
    let expected = rules.iter().map(|rule| text(rule, "name")).chain(assembly).collect();
    assert_eq!(all(&demonstration()?, "findings", "code"), expected);
    Ok(())
}

#[test]
fn rows_that_cannot_be_used_are_reported_and_left_out() -> Outcome {
    let output = evaluate("examples/net/feil.csv", "examples/net/feil-opplysninger.csv")?;
    let courses: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    let patients: Vec<&str> = courses.iter().map(|course| text(course, "patient")).collect();
    assert_eq!(patients, ["f01"]);
    assert_eq!(all(&courses, "findings", "code"), BTreeSet::new());
    assert_eq!(all(&courses, "intervals", "status"), BTreeSet::from(["not_applicable", "within"]));

    let problems = String::from_utf8(output.stderr)?;
    let reported: BTreeSet<String> = problems
        .lines()
        .filter_map(|line| line.strip_prefix("examples/net/")?.split_once(": "))
        .map(|(place, _)| place.to_owned())
        .collect();
    assert_eq!(reported, said_of_rows(&readme()?));
    Ok(())
}

/// The rows that the page says are reported, as `feil.csv:4`.
fn said_of_rows(readme: &str) -> BTreeSet<String> {
    let mut file = "";
    let mut said = BTreeSet::new();
    for line in readme.lines() {
        if let Some(heading) = line.strip_prefix("| Linje i `") {
            file = heading.split('`').next().unwrap_or_default();
        } else if line.ends_with("| ja |") {
            let number = line.trim_matches('|').split('|').next().unwrap_or_default().trim();
            said.insert(format!("{file}:{number}"));
        }
    }
    said
}

#[test]
fn the_pathways_have_no_errors_or_warnings_and_keep_their_examples() -> Outcome {
    for arguments in [&["check", "pathways", "--deny", "warning"][..], &["test", "pathways"]] {
        let output = forlop(arguments)?;
        assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stdout));
    }
    Ok(())
}
