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
    /// Takes note of all that one course's answer says.
    pub fn note(&mut self, course: &Value, as_of: NaiveDate) {
        for thing in said(course, as_of) {
            *self.0.entry(thing).or_default() += 1;
        }
    }

    /// Fails with what was said too seldom.
    pub fn assert_complete(&self, tables: &Tables) {
        let times = |thing: &String| self.0.get(thing).copied().unwrap_or(0);
        let expected = tables.pathways.iter().flat_map(can_be_said);
        let rare: Vec<_> = expected.filter(|thing| times(thing) < OFTEN_ENOUGH).collect();
        assert!(rare.is_empty(), "seen too seldom: {rare:#?}");
    }
}

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
