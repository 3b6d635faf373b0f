//! `forlop emit fhir`: everything that the tables say is in the resources, and what refers to something finds it.
//! `.ci/fhir` holds them against R4 and their rules against the runtime.

#![allow(clippy::unwrap_used, clippy::panic)] // A test that cannot go on shall fail.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

use forlop::{
    compile::compile,
    emit::{Settings, Target, emit},
    lang::Lang,
    source::Input,
    tables::{Content, CriteriaItem, Item, ListKind, Pathway, Quantified, Strength, Tables},
};
use insta::assert_snapshot;
use serde_json::Value;

type Resources = BTreeMap<String, Value>;

fn tables(path: &str) -> Tables {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let compilation = compile(&[Input::Path(root.join(path))], root).unwrap();
    compilation.tables.unwrap_or_else(|| panic!("{:#?}", compilation.findings))
}

fn resources(tables: &Tables) -> Resources {
    let files = emit(Target::Fhir, tables, &Settings::default()).unwrap();
    let count = files.len();
    let resources: Resources =
        files.into_iter().map(|file| (file.path, serde_json::from_str(&file.text).unwrap())).collect();
    assert_eq!(count, resources.len(), "each file has a name of its own");
    resources
}

/// The pathways, the shapes that others may have, and one small pathway with all that can be said.
static ALL: LazyLock<[(Tables, Resources); 3]> = LazyLock::new(|| {
    ["pathways", "tests/shapes", "tests/fhir/alt.forlop"].map(|path| {
        let tables = tables(path);
        let resources = resources(&tables);
        (tables, resources)
    })
});

/// Each object within a value, with itself.
fn objects<'v>(value: &'v Value, found: &mut Vec<&'v serde_json::Map<String, Value>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| objects(item, found)),
        Value::Object(fields) => {
            found.push(fields);
            fields.values().for_each(|field| objects(field, found));
        }
        _ => {}
    }
}

fn within(value: &Value) -> Vec<&serde_json::Map<String, Value>> {
    let mut found = Vec::new();
    objects(value, &mut found);
    found
}

/// The plan of a pathway.
fn plan<'r>(resources: &'r Resources, pathway: &Pathway) -> &'r Value {
    let code = Value::from(pathway.codes[0].code.as_str());
    let about = |action: &Value| within(action).iter().any(|object| object.get("code") == Some(&code));
    let plans = resources.values().filter(|resource| resource["resourceType"] == "PlanDefinition");
    let mut plans = plans.filter(|plan| about(&plan["action"]));
    plans.next().unwrap()
}

fn strings<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, found)),
        _ => {}
    }
}

fn criteria_items<'t>(quantified: &'t Quantified, found: &mut Vec<&'t CriteriaItem>) {
    for item in &quantified.items {
        found.push(item);
        item.nested.iter().for_each(|nested| criteria_items(nested, found));
    }
}

fn list_items<'t>(items: &'t [Item], found: &mut Vec<&'t Item>) {
    for item in items {
        found.push(item);
        list_items(&item.items, found);
    }
}

#[test]
fn everything_in_the_tables_is_said() {
    let mut counted = 0;
    for (tables, resources) in &*ALL {
        for pathway in &tables.pathways {
            let mut texts = Vec::new();
            strings(plan(resources, pathway), &mut texts);
            let mut must = |what: &str, text: &str| {
                counted += 1;
                let said = texts.iter().any(|own| own.contains(text.trim()));
                assert!(said, "{}: the plan lacks {what} «{text}»", pathway.id);
            };
            pathway.phases.iter().for_each(|phase| must("the phase", &phase.label));
            pathway.intervals.iter().for_each(|interval| must("the interval", &interval.label));
            pathway.former.iter().for_each(|former| must("the earlier name", &former.name));
            for code in &pathway.codes {
                must("the code", &code.code);
                must("the code's label", &code.label);
                code.date.iter().for_each(|date| must("the date", date));
                code.occasions.iter().for_each(|occasion| must("the occasion", &occasion.text));
            }
            for rule in &pathway.rules {
                must("the rule", &rule.name);
                must("the rule's label", &rule.label);
            }
            for source in &pathway.sources {
                must("the source", &source.title);
                source.note.iter().for_each(|note| must("the source's note", note));
                source.url.iter().for_each(|url| must("the source's address", url));
            }
            pathway.variants.iter().for_each(|variant| must("the variant", &variant.label));
            let contents = std::iter::once(&pathway.content).chain(pathway.phases.iter().map(|phase| &phase.content));
            for content in contents.flatten() {
                match content {
                    Content::Text { title, markdown, .. } => {
                        title.iter().for_each(|title| must("the heading", title));
                        must("the text", markdown);
                    }
                    Content::Criteria(criteria) => {
                        must("the criteria", &criteria.label);
                        let mut items = Vec::new();
                        criteria_items(&criteria.quantified, &mut items);
                        for item in items {
                            must("the item", &item.label);
                            item.judged_by.iter().for_each(|who| must("who judges", who));
                        }
                    }
                    Content::List(list) => {
                        must("the list", &list.label);
                        let mut items = Vec::new();
                        list_items(&list.items, &mut items);
                        for item in items {
                            must("the item", &item.text);
                            item.by.iter().for_each(|who| must("who does it", who));
                        }
                    }
                    Content::Responsibility { who, what, .. } => {
                        must("who", who);
                        must("what", what);
                    }
                    Content::Referral(referral) => referral.note.iter().for_each(|note| must("the note", note)),
                    Content::Routes(routes) => {
                        must("the routes", &routes.label);
                        routes.rows.iter().flat_map(|row| &row.note).for_each(|note| must("the note", note));
                    }
                    Content::Link { label, url, .. } => {
                        must("the link", label);
                        must("the address", url);
                    }
                    Content::Open { text, .. } | Content::Missing { text, .. } => must("the note", text),
                }
            }
        }
    }
    assert!(counted > 4000, "only {counted} things were looked for");
}

/// The value of one part of an extension of our own.
fn part<'v>(extension: &'v Value, name: &str) -> Option<&'v Value> {
    let part = extension["extension"].as_array()?.iter().find(|part| part["url"] == name)?;
    part.as_object()?.iter().find(|(key, _)| key.starts_with("value")).map(|(_, value)| value)
}

#[test]
fn every_limit_row_is_there_as_it_is_written() {
    let mut rows = 0;
    for (tables, resources) in &*ALL {
        for pathway in &tables.pathways {
            let plan = plan(resources, pathway);
            let objects = within(plan);
            let own = |name: &str| -> Vec<Value> {
                let end = format!("/StructureDefinition/forlop-{name}");
                let own = |url: &Value| url.as_str().is_some_and(|url| url.ends_with(&end));
                let own = objects.iter().filter(|object| object.get("url").is_some_and(own));
                own.map(|object| Value::Object((*object).clone())).collect()
            };
            let limits = own("limit");
            for row in &pathway.limits {
                let written = serde_json::to_value(row).unwrap();
                let is_same = |extension: &Value| {
                    let fields = written.as_object().unwrap().iter().filter(|(name, _)| *name != "origin");
                    fields.clone().all(|(name, value)| part(extension, name).unwrap_or(&Value::Null) == value)
                };
                assert!(limits.iter().any(is_same), "{}: {written} is not in the plan", pathway.id);
                rows += 1;
            }
            assert_eq!(own("order-rule").len(), pathway.rules.len());
            for (rule, extension) in pathway.rules.iter().zip(own("order-rule")) {
                let written = serde_json::to_value(rule).unwrap();
                let count = |value: &Value| value.as_array().map_or(usize::from(!value.is_null()), Vec::len);
                let fields = written.as_object().unwrap().iter().filter(|(name, _)| *name != "origin");
                let wanted: usize = fields.map(|(_, value)| count(value)).sum();
                assert_eq!(extension["extension"].as_array().unwrap().len(), wanted, "{}: {written}", pathway.id);
            }
        }
    }
    assert!(rows > 150, "only {rows} rows were looked for");
}

#[test]
fn parts_of_extensions_are_defined() {
    let resources = resources(&tables("tests/fhir/alt.forlop"));
    let defined: BTreeMap<&str, BTreeSet<&str>> = resources
        .values()
        .filter(|resource| resource["resourceType"] == "StructureDefinition")
        .map(|definition| {
            let elements = definition["differential"]["element"].as_array().unwrap();
            (
                definition["url"].as_str().unwrap(),
                elements.iter().filter_map(|part| part["sliceName"].as_str()).collect(),
            )
        })
        .collect();
    let mut used = BTreeSet::new();
    for object in resources.values().flat_map(within) {
        let Some(url) =
            object.get("url").and_then(Value::as_str).filter(|url| url.contains("StructureDefinition/forlop-"))
        else {
            continue;
        };
        if object.contains_key("differential") {
            continue;
        }
        used.insert(url);
        for part in object.get("extension").and_then(Value::as_array).into_iter().flatten() {
            let name = part["url"].as_str().unwrap();
            assert!(defined[url].contains(name), "{url} has no part {name}");
        }
    }
    assert_eq!(used, defined.keys().copied().collect(), "what is defined is used, and the other way round");
}

#[test]
fn what_refers_finds_what_it_refers_to() {
    let mut followed = 0;
    for (_, resources) in &*ALL {
        let base = Settings::default().canonical;
        let urls: BTreeSet<&str> = resources.values().filter_map(|resource| resource["url"].as_str()).collect();
        let mut codes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for system in resources.values().filter(|resource| resource["resourceType"] == "CodeSystem") {
            let concepts = within(&system["concept"]);
            let own =
                concepts.iter().filter(|one| one.contains_key("display")).filter_map(|one| one.get("code")?.as_str());
            let own: BTreeSet<_> = own.collect();
            assert_eq!(system["count"], own.len(), "{}: each code once", system["url"]);
            codes.insert(system["url"].as_str().unwrap(), own);
        }
        for resource in resources.values() {
            let objects = within(resource);
            let ids: Vec<&str> = objects.iter().filter_map(|object| object.get("id")?.as_str()).collect();
            let unique: BTreeSet<_> = ids.iter().collect();
            assert_eq!(ids.len(), unique.len(), "{}: each id once", resource["id"]);
            let fits = |id: &&str| {
                let letters = |letter: char| letter.is_ascii_alphanumeric() || "-.".contains(letter);
                // Elements of an extension's definition are named by their path.
                id.starts_with("Extension") || (1..=64).contains(&id.len()) && id.chars().all(letters)
            };
            assert!(ids.iter().all(fits), "{ids:?}");
            for object in objects {
                if let Some(target) = object.get("actionId") {
                    assert!(ids.contains(&target.as_str().unwrap()), "{}: no action {target}", resource["id"]);
                    followed += 1;
                }
                if let Some(target) = object.get("definitionCanonical").and_then(Value::as_str) {
                    let found = target.strip_prefix('#').map_or(urls.contains(target), |id| ids.contains(&id));
                    assert!(found, "{}: {target} is nowhere", resource["id"]);
                    followed += 1;
                }
                let system = object.get("system").and_then(Value::as_str).filter(|system| system.starts_with(&base));
                if let Some(system) = system {
                    let own = codes.get(system).unwrap_or_else(|| panic!("no code system {system}"));
                    let included = object.get("concept").and_then(Value::as_array).into_iter().flatten();
                    for code in object.get("code").into_iter().chain(included.map(|concept| &concept["code"])) {
                        assert!(own.contains(code.as_str().unwrap()), "{system} has no {code}");
                        followed += 1;
                    }
                }
            }
        }
    }
    assert!(followed > 3000, "only {followed} references were followed");
}

#[test]
fn what_shall_not_be_done_is_never_asked_for() {
    let mut avoided = 0;
    for (tables, resources) in &*ALL {
        for pathway in &tables.pathways {
            let plan = plan(resources, pathway);
            let contents = std::iter::once(&pathway.content).chain(pathway.phases.iter().map(|phase| &phase.content));
            let mut items = Vec::new();
            for content in contents.flatten() {
                if let Content::List(list) = content
                    && list.list != ListKind::List
                {
                    list_items(&list.items, &mut items);
                }
            }
            for item in items.iter().filter(|item| item.strength == Some(Strength::Unngå)) {
                let actions = within(&plan["action"]);
                let mut own =
                    actions.iter().filter(|action| action.get("title").is_some_and(|title| *title == item.text));
                let action = own.next().unwrap();
                assert!(!action.contains_key("requiredBehavior"));
                let id = action["definitionCanonical"].as_str().unwrap().trim_start_matches('#');
                let contained = plan["contained"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
                assert_eq!(contained["doNotPerform"], true);
                avoided += 1;
            }
        }
    }
    assert!(avoided >= 2, "{avoided}");
}

#[test]
fn strengths_are_neither_hardened_nor_dropped() {
    let resources = resources(&tables("tests/fhir/alt.forlop"));
    let plan = &resources["Z9/PlanDefinition-Z9.json"];
    let actions = within(plan);
    for (title, behaviour) in [
        ("CT", Some("must")),
        ("MR", Some("must-unless-documented")),
        ("Enten eller", Some("could")),
        ("Ultralyd", None),
        ("Tolk", Some("must")),
        ("Pårørende", None),
        ("Henvis eventuelt til Z8", Some("could")),
    ] {
        let action = actions.iter().find(|action| action.get("title").is_some_and(|own| own == title)).unwrap();
        assert_eq!(action.get("requiredBehavior").and_then(Value::as_str), behaviour, "{title}");
    }
}

#[test]
fn the_same_tables_give_the_same_files_and_the_address_is_the_users() {
    let tables = tables("tests/fhir/alt.forlop");
    let settings = Settings { canonical: "https://fhir.example.no/forløp".to_owned() };
    let once = emit(Target::Fhir, &tables, &settings).unwrap();
    assert_eq!(once, emit(Target::Fhir, &tables, &settings).unwrap());
    for file in &once {
        assert!(!file.text.contains("example.org"), "{}", file.path);
        assert!(file.text.ends_with("}\n"));
        assert!(file.path.is_ascii());
    }
}

#[test]
fn names_that_fhir_cannot_tell_apart_are_refused() {
    let mut tables = tables("tests/fhir/alt.forlop");
    let group = tables.pathways[0].groups[0].clone();
    tables.pathways[0].groups.push(group);
    tables.pathways[1].intervals[0].name = "x".repeat(70);
    for row in tables.pathways[1].limits.iter_mut().filter(|row| row.interval == "svar") {
        row.interval = "x".repeat(70);
    }
    let refusals = emit(Target::Fhir, &tables, &Settings::default()).unwrap_err();
    let said: Vec<_> = refusals.iter().map(|refusal| refusal.message.get(Lang::En)).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("the FHIR id «Z8-behandling» is already that of what stands in tests/fhir/alt.forlop:"));
    assert!(said[1].contains("is too long for an id in FHIR"));
}

#[test]
fn a_small_pathway() {
    let resources = resources(&tables("tests/fhir/alt.forlop"));
    for name in
        ["PlanDefinition-Z9", "CodeSystem-Z9", "CodeSystem-Z9-facts", "Measure-Z9-start-kirurgi", "Provenance-Z9-brev"]
    {
        let mut resource = resources[&format!("Z9/{name}.json")].clone();
        // The fingerprint follows every change of the file.
        resource.as_object_mut().unwrap().remove("version");
        assert_snapshot!(name, format!("{resource:#}"));
    }
    let names: Vec<_> = resources.keys().map(String::as_str).collect();
    assert_snapshot!("files", names.join("\n"));
}
