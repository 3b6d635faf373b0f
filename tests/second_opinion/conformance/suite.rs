//! One suite of `conformance/`: what it asks, what both evaluators answer, and the files that say so.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use forlop::input::{File, Register};
use forlop::runtime::{Evaluator, Options};
use forlop::tables::{Content, Tables};
use serde_json::{Value, json};

use crate::case::Case;
use crate::courses::assemble;
use crate::facts::usable;
use crate::notation::date;
use crate::{agreed, assess, oracle, set_aside_unsettled};

/// The last day that files of events and facts can hold.
const LAST_DAY: &str = "2200-12-31";

/// What a suite asks about its patients.
#[derive(Clone, Copy, PartialEq)]
pub enum Asks {
    Courses,
    Assessments,
}

/// Patients and the days on which they are judged. A case's own as-of day says nothing here.
pub struct Suite {
    pub name: &'static str,
    pub about: &'static str,
    pub tables: Tables,
    pub patients: Vec<(String, Case)>,
    pub as_of: Vec<NaiveDate>,
    pub asks: Asks,
}

/// The answers on one day.
pub struct Answers {
    pub as_of: NaiveDate,
    pub courses: Vec<Value>,
    pub assessments: Vec<Value>,
}

impl Suite {
    /// A suite on these days, its tables without what decides nothing.
    pub fn new(
        name: &'static str,
        about: &'static str,
        asks: Asks,
        as_of: &[&str],
        mut tables: Tables,
        patients: Vec<(String, Case)>,
    ) -> Self {
        for pathway in &mut tables.pathways {
            pathway.examples.clear();
            pathway.sources.clear();
            pathway.codes.iter_mut().for_each(|code| code.occasions.clear());
            let of_phases = pathway.phases.iter_mut().map(|phase| &mut phase.content);
            for content in of_phases.chain([&mut pathway.content]) {
                content.retain(|content| asks == Asks::Assessments && is_judged(content));
            }
        }
        Suite { name, about, tables, patients, as_of: as_of.iter().copied().map(date).collect(), asks }
    }

    /// What the runtime answers from the files of events and facts, if the second opinion agrees from the patients.
    pub fn answers(&self) -> Vec<Answers> {
        let evaluator = Evaluator::new(&self.tables).unwrap();
        let (events, facts) = (self.events(), self.facts());
        let mut register = Register::default();
        register.add_events(&evaluator, File { name: "events.csv", bytes: events.as_bytes() }).unwrap();
        register.add_facts(&evaluator, File { name: "facts.csv", bytes: facts.as_bytes() }).unwrap();

        let mut patients: Vec<_> = self.patients.iter().filter(|(_, case)| self.knows(case)).collect();
        patients.sort_by_key(|(name, _)| name);
        let names: Vec<&str> = patients.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(register.patients().map(|(name, _)| name).collect::<Vec<_>>(), names, "{}", self.name);

        let on = |as_of: &NaiveDate| {
            let as_of = *as_of;
            let mut answers = Answers { as_of, courses: vec![], assessments: vec![] };
            for ((name, rows), (_, case)) in register.patients().zip(&patients) {
                let (events, facts) = (rows.events(), rows.facts());
                if self.asks == Asks::Courses {
                    let courses = evaluator.patient(name, &events, &facts, as_of, Options::default());
                    let second = oracle::evaluate(&self.tables, name, &case.events(), &case.facts(), as_of);
                    answers.courses.extend(self.both(name, without_messages(json!(courses)), second));
                }
                if self.asks == Asks::Assessments {
                    let first = json!(evaluator.assess(name, &events, &facts, as_of));
                    let second = assess::assess(&self.tables, name, &case.events(), &case.facts(), as_of);
                    let mut settled = first.clone();
                    set_aside_unsettled(&mut settled, &json!(second));
                    self.both(name, settled, second);
                    answers.assessments.extend(first.as_array().unwrap().clone());
                }
            }
            answers
        };
        self.as_of.iter().map(on).collect()
    }

    /// The answers if both give the same.
    fn both(&self, patient: &str, runtime: Value, oracle: Vec<Value>) -> Vec<Value> {
        agreed(runtime.as_array().unwrap().clone(), oracle)
            .unwrap_or_else(|difference| panic!("suite {}, patient {patient}: {difference}", self.name))
    }

    /// Whether any row of the patient can be used.
    fn knows(&self, case: &Case) -> bool {
        self.tables.pathways.iter().any(|pathway| {
            let (events, facts) = (case.events(), case.facts());
            !assemble(pathway, &events, NaiveDate::MAX).is_empty()
                || !usable(pathway, &facts, NaiveDate::MAX).is_empty()
        })
    }

    /// The files of its folder by their paths.
    pub fn files(&self, answers: &[Answers]) -> BTreeMap<String, String> {
        let suite = json!({ "name": self.name, "about": self.about, "as_of": self.as_of });
        let mut files = BTreeMap::from([
            ("suite.json".to_owned(), format!("{suite:#}\n")),
            ("tables.json".to_owned(), self.tables()),
            ("events.csv".to_owned(), self.events()),
            ("facts.csv".to_owned(), self.facts()),
        ]);
        for Answers { as_of, courses, assessments } in answers {
            if self.asks == Asks::Courses {
                files.insert(format!("expected/{as_of}.courses.ndjson"), lines(courses));
            }
            if self.asks == Asks::Assessments {
                files.insert(format!("expected/{as_of}.assessments.ndjson"), lines(assessments));
            }
        }
        files
    }

    /// One pathway a line, so that a change is seen where it is.
    fn tables(&self) -> String {
        let mut head = json!(Tables { pathways: vec![], ..self.tables.clone() });
        head.as_object_mut().unwrap().remove("pathways");
        let head = head.to_string();
        let pathways: Vec<String> =
            self.tables.pathways.iter().map(|one| serde_json::to_string(one).unwrap()).collect();
        format!("{},\"pathways\":[\n{}\n]}}\n", head.trim_end_matches('}'), pathways.join(",\n"))
    }

    fn events(&self) -> String {
        let mut out = "patient,date,code,institution,course\n".to_owned();
        for (patient, case) in &self.patients {
            for event in case.events() {
                let [institution, course] = [event.institution, event.course].map(Option::unwrap_or_default);
                out += &row([patient, &event.date.to_string(), event.code, institution, course]);
            }
        }
        out
    }

    fn facts(&self) -> String {
        let mut out = "patient,date,fact,value\n".to_owned();
        for (patient, case) in &self.patients {
            for fact in case.facts() {
                let day = fact.date.map_or_else(String::new, |date| date.to_string());
                out += &row([patient, &day, fact.fact, fact.value]);
            }
        }
        out
    }
}

/// Whether files can hold all its dates.
pub fn fits_files(case: &Case) -> bool {
    let events = case.events.iter().map(|event| event.date);
    let facts = case.facts.iter().filter_map(|fact| fact.date);
    events.chain(facts).all(|day| (date("1900-01-01")..=date(LAST_DAY)).contains(&day))
}

fn is_judged(content: &Content) -> bool {
    matches!(content, Content::Criteria(_) | Content::Routes(_) | Content::List(_))
}

fn without_messages(mut courses: Value) -> Value {
    for course in courses.as_array_mut().unwrap() {
        for finding in course["findings"].as_array_mut().unwrap() {
            finding.as_object_mut().unwrap().remove("message").unwrap();
        }
    }
    courses
}

fn lines(values: &[Value]) -> String {
    values.iter().map(|value| format!("{value}\n")).collect()
}

/// A line of CSV. A field that a comma would split stands in quotes; no other needs them.
fn row<const N: usize>(fields: [&str; N]) -> String {
    let fields = fields.map(|field| {
        assert!(field.trim() == field && !field.contains(['"', '\n', ';']), "{field:?}");
        if field.contains(',') { format!("\"{field}\"") } else { field.to_owned() }
    });
    fields.join(",") + "\n"
}
