//! What comes of the course at each boundary of a pathway, as a table in Markdown.

use chrono::NaiveDate;

use crate::{
    cases::{Boundary, Subject, alone, boundaries, expected, telling},
    cli::words,
    lang::{Lang, Text},
    runtime::{Course, Evaluator, Options, with_patient},
    tables::{Example, Expectation, Expected, Limit, Pathway, Value},
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
            let start = vec![name, given(example), events(pathway, example), example.as_of.to_string()];
            let judged = row.map(|row| of_limit(evaluator, pathway, example, row, lang));
            start.into_iter().chain(judged.into_iter().flatten()).collect()
        }
        Subject::Intervals | Subject::Codes | Subject::Rules => {
            let telling = telling(&answers());
            let (found, rest): (Vec<Expectation>, Vec<Expectation>) =
                telling.into_iter().partition(|answer| matches!(answer.expected, Expected::Finding { .. }));
            let is_said =
                |answer: &&Expectation| !matches!(answer.expected, Expected::NoFindings | Expected::Variant { .. });
            let rest: Vec<Expectation> = rest.iter().filter(is_said).cloned().collect();
            vec![name, events(pathway, example), said(&rest, lang), said(&found, lang)]
        }
        Subject::Variants => {
            let mut answers = answers();
            answers.retain(|answer| matches!(answer.expected, Expected::Variant { .. }));
            vec![name, given(example), said(&answers, lang)]
        }
        Subject::Criteria | Subject::Routes | Subject::Investigations => {
            let about = name.split([':', ' ']).next().unwrap_or_default().to_owned();
            let mut answers = answers();
            answers.retain(|answer| is_about(&answer.expected, boundary.subject, &about));
            vec![name, given(example), said(&answers, lang)]
        }
    }
}

/// Whether an answer is about what a boundary's name begins with. Of investigations, those that apply are told.
fn is_about(expected: &Expected, subject: Subject, name: &str) -> bool {
    match (expected, subject) {
        (Expected::Criteria { criteria, .. }, Subject::Criteria) => criteria == name,
        (Expected::Route { route, .. }, Subject::Routes) => route == name,
        (Expected::Investigation { list, status, .. }, Subject::Investigations) => {
            list == name && status != "not_applicable"
        }
        _ => false,
    }
}

/// Days, limit, due date, status and findings of the interval that a row limits.
fn of_limit(evaluator: &Evaluator, pathway: &Pathway, example: &Example, row: &Limit, lang: Lang) -> Vec<String> {
    with_patient(example, |events, facts| {
        let courses = evaluator.patient("", events, facts, example.as_of, Options::default());
        let own = courses.iter().find(|course| course.pathway == pathway.id);
        let answer = own.and_then(|course| {
            let is_it = |answer: &&crate::runtime::IntervalAnswer| {
                answer.interval == row.interval && answer.treatment == row.treatment.as_deref()
            };
            course.intervals.iter().find(is_it)
        });
        let Some((course, answer)) = own.zip(answer) else { return vec![String::new(); 5] };
        let date = |date: Option<NaiveDate>| date.map_or(String::new(), |date| date.to_string());
        let limit = answer.limit.zip(answer.unit).map(|(amount, unit)| crate::runtime::amount(amount, unit, lang));
        let days = answer.days.map_or(String::new(), |days| days.to_string());
        let status = words::status(answer.status).get(lang).to_owned();
        vec![days, limit.unwrap_or_default(), date(answer.due), status, findings(course)]
    })
}

fn findings(course: &Course) -> String {
    course.findings.iter().map(|finding| finding.code).collect::<Vec<_>>().join(" ")
}

/// Answers in one cell, each with the number of its course if there are several.
fn said(answers: &[Expectation], lang: Lang) -> String {
    let several = answers.iter().any(|answer| answer.course != 1);
    let one = |answer: &Expectation| {
        let words = super::words::expected(&answer.expected, lang);
        if several && !matches!(answer.expected, Expected::Courses { .. }) {
            format!("{}: {words}", answer.course)
        } else {
            words
        }
    };
    answers.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn events(pathway: &Pathway, example: &Example) -> String {
    let one = |event: &crate::tables::ExampleEvent| {
        let code = event.code.strip_prefix(pathway.id.as_str()).unwrap_or(&event.code);
        let at = event.institution.as_ref().map_or(String::new(), |name| format!(" ({name})"));
        format!("{} {}{at}", event.date, code.strip_prefix(':').unwrap_or(code))
    };
    example.events.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn given(example: &Example) -> String {
    let one = |fact: &crate::tables::ExampleFact| {
        let value = match &fact.value {
            Value::YesNo(true) => "ja".to_owned(),
            Value::YesNo(false) => "nei".to_owned(),
            Value::Number(number) => number.to_string().replace('.', ","),
            Value::Date(date) => date.to_string(),
            Value::Choice(name) => name.clone(),
        };
        let date = fact.date.map_or(String::new(), |date| format!("{date} "));
        format!("{date}{} = {value}", fact.fact)
    };
    example.facts.iter().map(one).collect::<Vec<_>>().join(", ")
}
