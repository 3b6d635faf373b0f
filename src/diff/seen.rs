//! The part of an answer that a change is to be seen in.

use std::collections::BTreeSet;

use super::{Look, word};
use crate::{
    cases::{expectation_text, expected},
    runtime::{Course, Evaluator, IntervalAnswer, MAIN_COURSE, Options, Status, with_patient},
    tables::{Example, Expectation, Expected, Pathway},
};

/// One specification, ready to judge the made-up courses of one pathway.
pub(super) struct Judge<'e> {
    pub evaluator: &'e Evaluator<'e>,
    pub pathway: &'e Pathway,
}

/// The findings that are not a rule's.
const DOUBTS: [&str; 4] = ["missing_start", "duplicate_start", "event_after_end", "conflicting_fact"];

impl Judge<'_> {
    /// What is seen of an example, one line for each thing.
    pub fn seen(&self, example: &Example, look: Look) -> BTreeSet<String> {
        with_patient(example, |events, facts| {
            let mut lines = BTreeSet::new();
            let mut courses = self.evaluator.patient("", events, facts, example.as_of, Options::default());
            courses.retain(|course| course.pathway == self.pathway.id);
            if look == Look::Anything || look == Look::Course {
                lines.insert(format!("{} forløp", courses.len()));
            }
            for course in &courses {
                of_course(course, look, &mut |line| _ = lines.insert(format!("forløp {}: {line}", course.course)));
            }
            if !matches!(look, Look::Criteria(_) | Look::Route(_) | Look::Investigation(..) | Look::Anything) {
                return lines;
            }
            let Some(assessment) = self.evaluator.assess_in(&self.pathway.id, events, facts, example.as_of, false)
            else {
                return lines;
            };
            let any = look == Look::Anything;
            for answer in assessment.criteria.iter().filter(|answer| any || look == Look::Criteria(answer.criteria)) {
                lines.insert(format!("kriterier {}: {}", answer.criteria, answer.result.word()));
            }
            for answer in assessment.routes.iter().filter(|answer| any || look == Look::Route(answer.route)) {
                let outcome = answer.outcome.map_or(String::new(), |outcome| word(&outcome));
                lines.insert(format!("veivalg {}: {} {outcome}", answer.route, answer.word()));
            }
            let asked = |list: &str, item: Option<&str>| match look {
                Look::Investigation(of, None) => of == list,
                Look::Investigation(of, Some(name)) => {
                    of == list && item.is_some_and(|path| path == name || path.rsplit('/').next() == Some(name))
                }
                _ => any,
            };
            for answer in assessment.investigations.iter().filter(|answer| asked(answer.list, answer.item)) {
                let (name, status) = (answer.item.unwrap_or(answer.text), answer.status.word());
                let strength = answer.strength.as_ref().map_or(String::new(), word);
                lines.insert(format!("undersøkelser {} {name}: {status} ({strength})", answer.list));
            }
            lines
        })
    }

    /// What an example can expect of that part.
    pub fn expectations(&self, example: &Example, look: Look) -> Vec<Expectation> {
        let mut all = expected(self.evaluator, self.pathway, example);
        all.retain(|expectation| match (&expectation.expected, look) {
            (_, Look::Anything) => true,
            (Expected::Courses { .. } | Expected::State { .. }, Look::Course) => true,
            (Expected::Finding { code }, Look::Course) => DOUBTS.contains(&code.as_str()),
            (Expected::NoFindings, Look::Course | Look::Finding(_)) => true,
            (Expected::Finding { code }, Look::Finding(name)) => code == name,
            (Expected::Interval { interval, .. }, Look::Interval(name)) => interval == name,
            (Expected::Interval { interval, treatment, .. }, Look::Limit { interval: name, treatment: key, .. }) => {
                interval == name && treatment.as_deref() == key
            }
            (Expected::Variant { .. }, Look::Variant) => true,
            (Expected::Criteria { criteria, .. }, Look::Criteria(name)) => criteria == name,
            (Expected::Route { route, .. }, Look::Route(name)) => route == name,
            (Expected::Investigation { list, item, .. }, Look::Investigation(of, name)) => {
                list == of && name.is_none_or(|name| name == item)
            }
            _ => false,
        });
        all
    }
}

fn of_course(course: &Course, look: Look, see: &mut dyn FnMut(String)) {
    let any = look == Look::Anything;
    if any || look == Look::Course {
        see(format!("{}, fase {}", course.state.word(), course.phase.unwrap_or("–")));
        see(format!("start {}", course.start.map_or("–".to_owned(), |start| start.to_string())));
    }
    for finding in &course.findings {
        let is_doubt = DOUBTS.contains(&finding.code);
        if any || look == Look::Finding(finding.code) || look == Look::Course && is_doubt {
            let dates: Vec<String> = finding.dates.iter().map(ToString::to_string).collect();
            see(format!("funn {} ({}) {}", finding.code, word(&finding.severity), dates.join(" ")));
        }
    }
    if any || look == Look::Variant {
        see(format!("variant {} ({})", course.variant, word(&course.variant_basis)));
    }
    for answer in &course.intervals {
        let name = format!("{} {} #{}", answer.interval, answer.treatment.unwrap_or_default(), answer.occurrence);
        match look {
            Look::Interval(interval) if interval == answer.interval => see(format!("{name}: {}", measured(answer))),
            Look::Limit { interval, treatment, variant, strict } => {
                let same = interval == answer.interval && treatment == answer.treatment;
                if same && answer.variant == variant.unwrap_or(MAIN_COURSE) {
                    limited(answer, strict, &name, see);
                }
            }
            Look::Anything => see(format!("{name}: {} {}", measured(answer), answer.status.word())),
            _ => {}
        }
    }
}

/// What is measured, whatever the limit.
fn measured(answer: &IntervalAnswer) -> String {
    let status = match answer.status {
        Status::Within | Status::Exceeded | Status::TooEarly | Status::NoLimit => "measured",
        Status::Running | Status::Overdue => "running",
        other => other.word(),
    };
    let day = |day: Option<chrono::NaiveDate>| day.map_or("–".to_owned(), |day| day.to_string());
    format!("{status} {} {}", day(answer.from), day(answer.to))
}

/// How an interval is judged that both points were found of; if not `strict`, all that the limit gives.
fn limited(answer: &IntervalAnswer, strict: bool, name: &str, see: &mut dyn FnMut(String)) {
    if answer.days.is_some() || !strict {
        see(format!("{name}: {}", answer.status.word()));
    }
    if !strict {
        let limit = answer.limit.map_or("–".to_owned(), |limit| limit.to_string());
        let unit = answer.unit.map_or("", |unit| unit.word());
        let due = answer.due.map_or("–".to_owned(), |due| due.to_string());
        see(format!("{name}: frist {limit} {unit}, dato {due}"));
    }
}

/// Expectations as the author would write them, without the word for it.
pub(super) fn lines(expectations: &[Expectation]) -> Vec<String> {
    let several = expectations.iter().any(|expectation| expectation.course != 1);
    let text = |expectation: &Expectation| expectation_text(expectation, several);
    expectations.iter().map(|expectation| text(expectation).trim_start_matches("forvent ").to_owned()).collect()
}
