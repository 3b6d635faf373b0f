//! Whether the random patients meet everything that an answer can say, so that agreement means something.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use forlop::runtime::Status;
use forlop::tables::{Form, Pathway, Tables};
use serde_json::{Value, json};

/// How often each thing must be seen.
const OFTEN_ENOUGH: u32 = 3;

/// What the answers have said, and how often.
#[derive(Default)]
pub struct Coverage(BTreeMap<String, u32>);

impl Coverage {
    /// Takes note of all that one course's answer says. True if something of it had been seen too seldom.
    pub fn note(&mut self, course: &Value, as_of: NaiveDate) -> bool {
        self.count(said(course, as_of))
    }

    /// Takes note of all that assessments say. True if something of it had been seen too seldom.
    pub fn note_assessed(&mut self, assessments: &[Value]) -> bool {
        self.count(assessments.iter().flat_map(assessed).collect())
    }

    fn count(&mut self, things: Vec<String>) -> bool {
        let mut rare = false;
        for thing in things {
            let times = self.0.entry(thing).or_default();
            rare |= *times < OFTEN_ENOUGH;
            *times += 1;
        }
        rare
    }

    /// Fails with what assessments said too seldom, of what they can say.
    pub fn assert_assessed(&self) {
        let times = |thing: &&&str| self.0.get(**thing).copied().unwrap_or(0);
        let rare: Vec<_> = CAN_BE_ASSESSED.iter().filter(|thing| times(thing) < OFTEN_ENOUGH).collect();
        assert!(rare.is_empty(), "seen too seldom: {rare:#?}");
    }

    /// Fails with what was said too seldom.
    pub fn assert_complete(&self, tables: &Tables) {
        let times = |thing: &String| self.0.get(thing).copied().unwrap_or(0);
        let expected = tables.pathways.iter().flat_map(can_be_said);
        let rare: Vec<_> = expected.filter(|thing| times(thing) < OFTEN_ENOUGH).collect();
        assert!(rare.is_empty(), "seen too seldom: {rare:#?}");
    }
}

/// What one assessment says, one line each.
fn assessed(assessment: &Value) -> Vec<String> {
    let mut said = vec![];
    let settled = |row: &Value| row["settled_by"].as_array().and_then(|sets| sets.last()).cloned();
    for (rows, kind, result) in
        [("criteria", "criteria", "result"), ("routes", "route", "result"), ("investigations", "item", "status")]
    {
        for row in assessment[rows].as_array().unwrap() {
            said.push(format!("{kind} {}", text(&row[result])));
            let facts = settled(row).map_or(0, |set| set.as_array().unwrap().len());
            said.push(format!("{kind} settled by {facts}"));
            said.extend(row["outcome"]["outcome"].as_str().map(|outcome| format!("outcome {outcome}")));
        }
    }
    said
}

/// Everything that an assessment can say.
const CAN_BE_ASSESSED: [&str; 25] = [
    "criteria met",
    "criteria not_met",
    "criteria unknown",
    "criteria not_applicable",
    "criteria settled by 1",
    "criteria settled by 2",
    "criteria settled by 3",
    "route decided",
    "route none",
    "route unknown",
    "route not_applicable",
    "route settled by 1",
    "route settled by 2",
    "outcome refer",
    "outcome included",
    "outcome outside",
    "outcome at_once",
    "outcome onward",
    "item done",
    "item outdated",
    "item lacking",
    "item unknown",
    "item not_applicable",
    "item breach",
    "item wrong_order",
];

/// What one answer says, one line each.
fn said(course: &Value, as_of: NaiveDate) -> Vec<String> {
    let pathway = text(&course["pathway"]);
    let mut said = vec![
        format!("{pathway} state {}", text(&course["state"])),
        format!("{pathway} variant {} {}", text(&course["variant"]), text(&course["variant_basis"])),
        format!("{pathway} course {}", course["course"]),
    ];
    if !course["course_id"].is_null() {
        said.push(format!("{pathway} course id"));
    }
    if course["start"].is_null() {
        said.push(format!("{pathway} no start"));
    }
    for finding in course["findings"].as_array().unwrap() {
        said.push(format!("{pathway} finding {}", text(&finding["code"])));
        if finding["dates"] == json!([]) {
            said.push(format!("{pathway} finding without dates"));
        }
    }
    for answer in course["intervals"].as_array().unwrap() {
        said.push(format!("{pathway} status {}", text(&answer["status"])));
        let row = ["interval", "treatment", "variant", "limit", "unit"].map(|key| text(&answer[key]));
        said.push(format!("{pathway} row {}", row.join(" ")));
        if let Ok(due) = text(&answer["due"]).parse::<NaiveDate>() {
            let day = text(&answer["to"]).parse().unwrap_or(as_of);
            match (day - due).num_days() {
                0 => said.push(format!("{pathway} on the due date, {}", text(&answer["unit"]))),
                1 => said.push(format!("{pathway} the day after the due date, {}", text(&answer["unit"]))),
                _ => {}
            }
        }
    }
    said
}

/// What answers for this pathway can say.
fn can_be_said(pathway: &Pathway) -> Vec<String> {
    let mut things: Vec<String> = ["state open", "state completed", "state closed"].map(str::to_owned).into();
    things.extend(["course 2", "course 3", "course id", "no start", "finding without dates"].map(str::to_owned));
    things.extend(["variant hovedforløp known", "variant hovedforløp assumed"].map(str::to_owned));
    things.extend(pathway.variants.iter().map(|variant| format!("variant {} known", variant.name)));

    let too_early = pathway.limits.iter().any(|row| matches!(row.form, Form::AtLeast | Form::Between));
    let statuses = Status::ALL.into_iter().filter(|status| *status != Status::TooEarly || too_early);
    things.extend(statuses.map(|status| format!("status {}", text(&json!(status)))));

    let of_every_pathway = ["missing_start", "duplicate_start", "event_after_end", "conflicting_fact"];
    let rules = pathway.rules.iter().map(|rule| rule.name.as_str());
    things.extend(of_every_pathway.into_iter().chain(rules).map(|code| format!("finding {code}")));

    for row in pathway.limits.iter().filter(|row| row.amount.is_some()) {
        let variant = row.variant.as_deref().unwrap_or("hovedforløp");
        let [treatment, amount, unit] =
            [json!(row.treatment), json!(row.amount), json!(row.unit)].map(|value| text(&value));
        things.push(format!("row {} {treatment} {variant} {amount} {unit}", row.interval));
        things.push(format!("on the due date, {unit}"));
        things.push(format!("the day after the due date, {unit}"));
    }
    things.into_iter().map(|thing| format!("{} {thing}", pathway.id)).collect()
}

/// A JSON string without its quotes, anything else as it is.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
