//! What comes of the course at each boundary of a pathway, as a table in Markdown.

use chrono::NaiveDate;

use crate::{
    cases::{Boundary, Subject, alone, boundaries, event_text, expected, fact_text},
    cli::words,
    lang::{Lang, Text},
    runtime::{Course, Evaluator, IntervalAnswer, Options, amount, with_patient},
    tables::{Example, Expectation, Expected, Limit, Pathway},
    text,
};

const SUBJECTS: [Subject; 8] = [
    Subject::Limits,
    Subject::Intervals,
    Subject::Codes,
    Subject::Rules,
    Subject::Variants,
    Subject::Criteria,
    Subject::Routes,
    Subject::Investigations,
];

/// The table of a pathway: a section for each subject, a made-up course a row. Nothing is padded, so that a row changes
/// only when its own cells do.
pub(super) fn table(pathway: &Pathway, lang: Lang) -> String {
    let tables = alone(pathway.clone());
    let mut text = format!("# {} {}\n", pathway.id, pathway.title);
    // The set that the pathway comes from was read before: alone it is sound too.
    let Ok(evaluator) = Evaluator::new(&tables) else { return text };
    let all = boundaries(pathway);
    for subject in SUBJECTS {
        let own: Vec<&Boundary> = all.iter().filter(|boundary| boundary.subject == subject).collect();
        if own.is_empty() {
            continue;
        }
        let headings: Vec<String> = headings(subject).iter().map(|heading| heading.get(lang).to_owned()).collect();
        text +=
            &format!("\n## {}\n\n{}|{}\n", title(subject).get(lang), line(&headings), "---|".repeat(headings.len()));
        for boundary in own {
            text += &line(&cells(&evaluator, pathway, boundary, lang));
        }
    }
    text
}

/// A row of a table, with the headings over it.
pub(super) struct Row<'t> {
    pub headings: Vec<&'t str>,
    pub cells: Vec<&'t str>,
}

impl Row<'_> {
    /// What the row is called.
    pub(super) fn name(&self) -> &str {
        self.cells.first().copied().unwrap_or_default()
    }
}

/// The rows of such a table.
pub(super) fn rows(table: &str) -> Vec<Row<'_>> {
    let mut headings: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    let mut lines = table.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(inner) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else { continue };
        let cells = inner.split(" | ").map(str::trim).collect();
        if lines.next_if(|next| next.starts_with("|---")).is_some() {
            headings = cells;
        } else {
            rows.push(Row { headings: headings.clone(), cells });
        }
    }
    rows
}

fn title(subject: Subject) -> Text {
    match subject {
        Subject::Limits => text!("Frister", "Limits"),
        Subject::Intervals => text!("Intervaller", "Intervals"),
        Subject::Codes => text!("Koder", "Codes"),
        Subject::Rules => text!("Regler", "Rules"),
        Subject::Variants => text!("Varianter", "Variants"),
        Subject::Criteria => text!("Kriterier", "Criteria"),
        Subject::Routes => text!("Veivalg", "Ways on"),
        Subject::Investigations => text!("Undersøkelser", "Investigations"),
    }
}

fn headings(subject: Subject) -> Vec<Text> {
    let (what, given) = (text!("Hva", "What"), text!("Gitt", "Given"));
    let (events, as_of) = (text!("Hendelser", "Events"), text!("Per", "As of"));
    let (answer, findings) = (text!("Svar", "Answer"), text!("Funn", "Findings"));
    match subject {
        Subject::Limits => {
            let (days, limit, due) = (text!("Dager", "Days"), text!("Frist", "Limit"), text!("Fristdato", "Due"));
            vec![what, given, events, as_of, days, limit, due, answer, findings]
        }
        Subject::Intervals | Subject::Codes | Subject::Rules => vec![what, events, answer, findings],
        Subject::Variants | Subject::Criteria | Subject::Routes | Subject::Investigations => vec![what, given, answer],
    }
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "/").replace('\n', " ")).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn cells(evaluator: &Evaluator, pathway: &Pathway, boundary: &Boundary, lang: Lang) -> Vec<String> {
    let example = &boundary.example;
    let name = example.name.clone();
    let answers = || expected(evaluator, pathway, example);
    match boundary.subject {
        Subject::Limits => {
            let row = boundary.row.and_then(|row| pathway.limits.get(row));
            let start = vec![name, given(pathway, example), events(pathway, example), example.as_of.to_string()];
            let judged = row.map(|row| of_limit(evaluator, pathway, example, row, lang));
            start.into_iter().chain(judged.into_iter().flatten()).collect()
        }
        Subject::Intervals | Subject::Codes | Subject::Rules => {
            let interval = (boundary.subject == Subject::Intervals).then(|| name.split(':').next().unwrap_or_default());
            let mut answers = answers();
            answers.retain(|answer| match &answer.expected {
                Expected::Interval { interval: other, .. } => interval == Some(other),
                Expected::State { .. } => interval.is_none(),
                Expected::Courses { count } => *count != 1,
                Expected::Finding { .. } => true,
                _ => false,
            });
            let is_finding = |answer: &Expectation| matches!(answer.expected, Expected::Finding { .. });
            let (found, rest): (Vec<Expectation>, Vec<Expectation>) = answers.into_iter().partition(is_finding);
            vec![name, events(pathway, example), said(&rest, lang), said(&found, lang)]
        }
        Subject::Variants => {
            let mut answers = answers();
            answers.retain(|answer| matches!(answer.expected, Expected::Variant { .. }));
            vec![name, given(pathway, example), said(&answers, lang)]
        }
        Subject::Criteria | Subject::Routes | Subject::Investigations => {
            let about = name.split([':', ' ']).next().unwrap_or_default().to_owned();
            let mut answers = answers();
            answers.retain(|answer| is_about(&answer.expected, boundary.subject, &about));
            vec![name, given(pathway, example), assessed(&answers, lang)]
        }
    }
}

/// Whether an answer is about what a boundary's name begins with.
fn is_about(expected: &Expected, subject: Subject, name: &str) -> bool {
    match (expected, subject) {
        (Expected::Criteria { criteria, .. }, Subject::Criteria) => criteria == name,
        (Expected::Route { route, .. }, Subject::Routes) => route == name,
        (Expected::Investigation { list, .. }, Subject::Investigations) => list == name,
        _ => false,
    }
}

/// Days, limit, due date, status and findings of the interval that a row limits.
fn of_limit(evaluator: &Evaluator, pathway: &Pathway, example: &Example, row: &Limit, lang: Lang) -> Vec<String> {
    with_patient(example, |events, facts| {
        let courses = evaluator.patient("", events, facts, example.as_of, Options::default());
        let own = courses.iter().find(|course| course.pathway == pathway.id);
        let answer = own.and_then(|course| {
            let is_it = |answer: &&IntervalAnswer| {
                answer.interval == row.interval && answer.treatment == row.treatment.as_deref()
            };
            course.intervals.iter().find(is_it)
        });
        let Some((course, answer)) = own.zip(answer) else { return vec![String::new(); 5] };
        let date = |date: Option<NaiveDate>| date.map_or(String::new(), |date| date.to_string());
        let limit = answer.limit.zip(answer.unit).map(|(number, unit)| amount(number, unit, lang));
        let days = answer.days.map_or(String::new(), |days| days.to_string());
        let status = words::status(answer.status).get(lang).to_owned();
        vec![days, limit.unwrap_or_default(), date(answer.due), status, findings(course)]
    })
}

fn findings(course: &Course) -> String {
    course.findings.iter().map(|finding| finding.code).collect::<Vec<_>>().join(" ")
}

/// What came of criteria, a decision table or the investigations of a list: of these those that are known, if any is.
fn assessed(answers: &[Expectation], lang: Lang) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut silent: Vec<String> = Vec::new();
    for answer in answers {
        match &answer.expected {
            Expected::Criteria { result, .. } => said.push(words::criteria(result).get(lang).to_owned()),
            Expected::Route { result, .. } => said.push(words::route(result).get(lang).to_owned()),
            Expected::Investigation { item, status, .. } => {
                let word = words::investigation(status).get(lang).to_owned();
                if ["unknown", "not_applicable"].contains(&status.as_str()) {
                    silent.push(word);
                } else {
                    said.push(format!("{item} {word}"));
                }
            }
            _ => {}
        }
    }
    silent.dedup();
    if said.is_empty() { silent.join(", ") } else { said.join(", ") }
}

/// Answers in one cell, each with the number of its course if there are several.
fn said(answers: &[Expectation], lang: Lang) -> String {
    let several = answers.iter().any(|answer| answer.course != 1);
    let one = |answer: &Expectation| {
        let words = match &answer.expected {
            // The heading of its column says what it is.
            Expected::Finding { code } => code.clone(),
            other => super::words::expected(other, lang),
        };
        if several && !matches!(answer.expected, Expected::Courses { .. }) {
            format!("{}: {words}", answer.course)
        } else {
            words
        }
    };
    answers.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn events(pathway: &Pathway, example: &Example) -> String {
    example.events.iter().map(|event| event_text(event, pathway)).collect::<Vec<_>>().join(", ")
}

fn given(pathway: &Pathway, example: &Example) -> String {
    let facts = example.facts.iter().map(|fact| fact_text(fact, pathway).replace("gitt ", ""));
    facts.collect::<Vec<_>>().join(", ")
}
