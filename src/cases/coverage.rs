//! What the examples of a pathway decide, row by row. An example counts for a row only if an expectation that holds asks
//! for what the row decides.

use crate::{
    runtime::{Course, Evaluator, Options, RuleResult, Status, check_example, with_patient},
    tables::{
        Content, CriteriaItem, Example, Expectation, Expected, Item, Limit, ListKind, Origin, Pathway, Quantified,
    },
};

/// What kind of row is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A row with a limit decides an interval.
    Limit,
    /// A variant holds.
    Variant,
    /// An order rule is kept or broken.
    RuleApplied,
    /// An order rule is broken.
    RuleBroken,
    /// An item of criteria decides.
    Criteria,
    /// A row of a decision table holds.
    Route,
    /// It is known how it stands with an investigation that applies.
    Investigation,
}

/// One row that examples can decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Covered {
    /// Its kind.
    pub kind: Kind,
    /// Its name in the pathway.
    pub name: String,
    /// Where it is written.
    pub origin: Origin,
    /// How many examples decide it.
    pub examples: usize,
}

/// Every row of a pathway that can be decided, and how many examples decide it.
pub fn coverage(evaluator: &Evaluator, pathway: &Pathway) -> Vec<Covered> {
    let mut rows = rows(pathway);
    for example in &pathway.examples {
        let mut touched = decided(evaluator, pathway, example);
        touched.sort();
        touched.dedup();
        for row in &mut rows {
            row.examples += usize::from(touched.iter().any(|(kind, name)| (*kind, name) == (row.kind, &row.name)));
        }
    }
    rows
}

fn rows(pathway: &Pathway) -> Vec<Covered> {
    let mut rows = Vec::new();
    let mut add = |kind, name: String, origin: &Origin| {
        rows.push(Covered { kind, name, origin: origin.clone(), examples: 0 });
    };
    pathway.limits.iter().for_each(|row| add(Kind::Limit, limit_name(row), &row.origin));
    pathway.variants.iter().for_each(|variant| add(Kind::Variant, variant.name.clone(), &variant.origin));
    for rule in &pathway.rules {
        add(Kind::RuleApplied, rule.name.clone(), &rule.origin);
        add(Kind::RuleBroken, rule.name.clone(), &rule.origin);
    }
    for content in pathway.content.iter().chain(pathway.phases.iter().flat_map(|phase| &phase.content)) {
        match content {
            Content::Criteria(criteria) => {
                items(&criteria.quantified, &format!("{}: ", criteria.name), &mut |name, item: &CriteriaItem| {
                    add(Kind::Criteria, name, &item.origin);
                });
            }
            Content::Routes(routes) => {
                for (row, number) in routes.rows.iter().zip(1..) {
                    add(Kind::Route, route_name(&routes.name, number), &row.origin);
                }
            }
            Content::List(list) if list.list == ListKind::Investigations => {
                investigations(&list.items, "", &mut |path, item| {
                    add(Kind::Investigation, format!("{} {path}", list.name), &item.origin);
                });
            }
            _ => {}
        }
    }
    rows
}

/// Calls `see` with each item that has none itself, and the way to it.
fn items(within: &Quantified, around: &str, see: &mut dyn FnMut(String, &CriteriaItem)) {
    for item in &within.items {
        let path = format!("{around}{}", item.name);
        match &item.nested {
            Some(nested) => items(nested, &format!("{path}/"), see),
            None => see(path, item),
        }
    }
}

/// Calls `see` with each named investigation and the way to it.
fn investigations(list: &[Item], around: &str, see: &mut dyn FnMut(&str, &Item)) {
    for item in list {
        let path = item.name.as_ref().map_or(around.to_owned(), |name| format!("{around}{name}/"));
        if item.name.is_some() {
            see(path.trim_end_matches('/'), item);
        }
        investigations(&item.items, &path, see);
    }
}

fn limit_name(row: &Limit) -> String {
    let parts = [Some(&row.interval), row.treatment.as_ref(), row.variant.as_ref()];
    let name = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    let from = row.valid_from.map_or(String::new(), |day| format!(" fra {day}"));
    let to = row.valid_to.map_or(String::new(), |day| format!(" til {day}"));
    format!("{name}{from}{to}")
}

fn route_name(name: &str, row: usize) -> String {
    format!("{name} rad {row}")
}

/// What an example decides, by kind and name.
fn decided(evaluator: &Evaluator, pathway: &Pathway, example: &Example) -> Vec<(Kind, String)> {
    let failing = check_example(evaluator, pathway, example);
    let holds = |expectation: &&Expectation| !failing.iter().any(|failed| failed.expectation == *expectation);
    let mut touched = Vec::new();
    with_patient(example, |events, facts| {
        let options = Options { trace: true, ..Options::default() };
        let courses = evaluator.patient("", events, facts, example.as_of, options);
        let assessment = evaluator.assess_in(&pathway.id, events, facts, example.as_of, false);
        for expectation in example.expectations.iter().filter(holds) {
            let is_it = |course: &&Course| course.course == expectation.course && course.pathway == pathway.id;
            let course = courses.iter().find(is_it);
            match &expectation.expected {
                Expected::Interval { interval, treatment, .. } => {
                    course
                        .iter()
                        .for_each(|course| of_interval(pathway, course, interval, treatment.as_deref(), &mut touched));
                }
                Expected::Variant { variant, .. } => touched.push((Kind::Variant, variant.clone())),
                Expected::Finding { .. } | Expected::NoFindings => {
                    for rule in course.iter().flat_map(|course| &course.trace).flat_map(|trace| &trace.rules) {
                        let told = match &expectation.expected {
                            Expected::Finding { code } => rule.rule == code,
                            _ => rule.result == RuleResult::Kept,
                        };
                        if told {
                            touched.push((Kind::RuleApplied, rule.rule.to_owned()));
                        }
                        if told && rule.result == RuleResult::Broken {
                            touched.push((Kind::RuleBroken, rule.rule.to_owned()));
                        }
                    }
                }
                Expected::Criteria { criteria, .. } => {
                    let answers = assessment.iter().flat_map(|all| &all.criteria);
                    for answer in answers.filter(|answer| answer.criteria == criteria) {
                        touched.extend(
                            answer.decided_by.iter().map(|item| (Kind::Criteria, format!("{criteria}: {item}"))),
                        );
                    }
                }
                Expected::Route { route, .. } => {
                    let answers = assessment.iter().flat_map(|all| &all.routes);
                    let rows = answers.filter(|answer| answer.route == route).filter_map(|answer| answer.row);
                    touched.extend(rows.map(|row| (Kind::Route, route_name(route, row))));
                }
                Expected::Investigation { list, item, status } => {
                    let answers = assessment.iter().flat_map(|all| &all.investigations);
                    let asked = answers.filter(|answer| answer.list == list && answer.is_called(item));
                    let paths = asked.take(1).filter_map(|answer| answer.item);
                    let decided = !["unknown", "not_applicable"].contains(&status.as_str());
                    touched
                        .extend(paths.filter(|_| decided).map(|path| (Kind::Investigation, format!("{list} {path}"))));
                }
                Expected::State { .. } | Expected::Courses { .. } => {}
            }
        }
    });
    touched
}

/// The row that decided an interval, and the variant that picked it.
fn of_interval(
    pathway: &Pathway,
    course: &Course,
    interval: &str,
    treatment: Option<&str>,
    touched: &mut Vec<(Kind, String)>,
) {
    let traces = course.trace.iter().flat_map(|trace| &trace.intervals);
    for (answer, trace) in course.intervals.iter().zip(traces) {
        let judged = !matches!(
            answer.status,
            Status::NotApplicable | Status::InvalidOrder | Status::Undetermined | Status::NotStarted
        );
        if !judged || answer.interval != interval || answer.treatment != treatment {
            continue;
        }
        touched.push((Kind::Variant, answer.variant.to_owned()));
        let is_row = |row: &&Limit| {
            Some(&row.origin) == trace.row && row.interval == interval && row.treatment.as_deref() == treatment
        };
        touched.extend(pathway.limits.iter().find(is_row).map(|row| (Kind::Limit, limit_name(row))));
    }
}
