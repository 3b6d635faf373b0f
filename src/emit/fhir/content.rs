//! What a phase or a whole pathway holds: actions, text, links, and what is open or missing.

use serde_json::{Value, json};

use super::{
    About, definitions, expression,
    lists::{self, Lists},
    words,
};
use crate::tables::{Content, Criteria, ListKind, Outcome, Referral, Routes, Strength, Target};

/// The contents, sorted by where they go in a plan or an action.
#[derive(Default)]
pub(super) struct Sorted {
    pub actions: Vec<Value>,
    pub text: Vec<String>,
    pub links: Vec<Value>,
    pub extensions: Vec<Value>,
}

impl Sorted {
    pub(super) fn new<'t>(about: &About<'t>, place: usize, contents: &'t [Content], avoided: &mut Vec<Value>) -> Self {
        let mut sorted = Sorted::default();
        let mut lists = Lists { about, place: place.to_string(), contents, avoided };
        for (at, content) in contents.iter().enumerate() {
            match content {
                Content::Text { title, markdown, .. } => {
                    let heading = title.iter().map(|title| format!("## {title}\n\n"));
                    sorted.text.push(heading.collect::<String>() + markdown.trim());
                }
                Content::Criteria(criteria) => sorted.actions.push(self::criteria(about, criteria)),
                Content::List(list) if list.list == ListKind::List => sorted.text.push(lists::markdown(about, list)),
                Content::List(list) => sorted.actions.extend(lists.action(at, list)),
                Content::Responsibility { who, what, .. } => {
                    sorted.text.push(format!("**Ansvarlig for {what}:** {who}"));
                }
                Content::Referral(referral) => {
                    let avoided = (!referral.refer).then(|| {
                        lists.avoid(&format!("{place}.{at}"), &format!("Henvis til {}", target(&referral.target)))
                    });
                    sorted.actions.push(self::referral(about, referral, avoided));
                }
                Content::Routes(routes) => sorted.actions.push(self::routes(about, routes)),
                Content::Link { label, url, .. } => {
                    sorted.links.push(json!({ "type": "documentation", "display": label, "url": url }));
                }
                Content::Open { text, .. } => sorted.extensions.push(definitions::OPEN.text(about, text)),
                Content::Missing { text, .. } => sorted.extensions.push(definitions::MISSING.text(about, text)),
            }
        }
        sorted
    }
}

fn criteria(about: &About, criteria: &Criteria) -> Value {
    let Criteria { name, label, when, quantified, .. } = criteria;
    let words = words::criteria(about.pathway, quantified);
    let met = expression::applicability(&words, expression::criteria(about, quantified));
    json!({
        "title": label,
        "description": words,
        "code": [definitions::kind(about, "criteria", name)],
        "condition": expression::when(about, when.as_ref()).into_iter().chain([met]).collect::<Vec<_>>(),
    })
}

fn referral(about: &About, referral: &Referral, avoided: Option<String>) -> Value {
    let Referral { refer, strength, target, when, note, .. } = referral;
    let word = match (refer, strength) {
        (false, _) => "Henvis ikke til",
        (true, Strength::Kan) => "Henvis eventuelt til",
        (true, _) => "Henvis til",
    };
    json!({
        "title": format!("{word} {}", self::target(target)),
        "description": note,
        "code": [definitions::kind(about, "referral", "")],
        "condition": expression::when(about, when.as_ref()),
        "requiredBehavior": if *refer { lists::required(*strength) } else { None },
        "definitionCanonical": avoided.or_else(|| plan_of(about, target)),
    })
}

fn target(target: &Target) -> String {
    match target {
        Target::Pathway { id } => id.clone(),
        Target::Named { title } => format!("«{title}»"),
        Target::NewCourse => "nytt forløp".to_owned(),
    }
}

/// The plan of a pathway that is emitted too.
fn plan_of(about: &About, target: &Target) -> Option<String> {
    match target {
        Target::Pathway { id } if about.tables.pathways.iter().any(|pathway| pathway.id == *id) => {
            Some(about.url("PlanDefinition", &super::slug(id)))
        }
        _ => None,
    }
}

/// The first row that is true holds, and an unknown one stops the search.
fn routes(about: &About, routes: &Routes) -> Value {
    let rows = routes.rows.iter().enumerate().map(|(number, row)| {
        let words = row.when.as_ref().map_or("ellers".to_owned(), |when| words::condition(about.pathway, when));
        let words = if number == 0 { words } else { format!("{words}, og ingen tidligere rad holder eller er ukjent") };
        let before = routes.rows.iter().take(number).map(|row| row.when.as_ref());
        let condition = expression::applicability(&words, expression::first_true(about, before, row.when.as_ref()));
        let (title, strength, target) = outcome(&row.outcome);
        json!({
            "title": title,
            "description": row.note,
            "condition": [condition],
            "requiredBehavior": strength.and_then(lists::required),
            "definitionCanonical": target.and_then(|target| plan_of(about, target)),
        })
    });
    json!({
        "title": routes.label,
        "description": "Den første raden som holder, gjelder; en ukjent rad før den stanser søket.",
        "code": [definitions::kind(about, "routes", &routes.name)],
        "condition": expression::when(about, routes.when.as_ref()),
        "groupingBehavior": "logical-group",
        "selectionBehavior": "at-most-one",
        "action": rows.collect::<Vec<_>>(),
    })
}

fn outcome(outcome: &Outcome) -> (String, Option<Strength>, Option<&Target>) {
    match outcome {
        Outcome::Refer { target, strength } => {
            let perhaps = if *strength == Strength::Kan { "eventuelt " } else { "" };
            (format!("Henvis {perhaps}til {}", self::target(target)), Some(*strength), Some(target))
        }
        Outcome::Included => ("Inngår i pakkeforløpet".to_owned(), None, None),
        Outcome::Outside { text } => (format!("Utenfor pakkeforløpet: {text}"), None, None),
        Outcome::AtOnce { text } => (format!("Straks: {text}"), None, None),
        Outcome::Onward { text } => (format!("Videre: {text}"), None, None),
    }
}
