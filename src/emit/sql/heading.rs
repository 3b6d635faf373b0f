//! What stands above a query: what it reads, what it gives, and the definitions it fixes.

use super::{dialect::Dialect, facts::LONGEST, formula::UTMOST_POWER};
use crate::tables::{Pathway, Tables};

fn reads(pathway: &Pathway, tables: &Tables, dialect: Dialect, what: &str) -> Vec<String> {
    let (id, title, fingerprint) = (&pathway.id, &pathway.title, &tables.fingerprint);
    let text = dialect.type_name(super::tree::Type::Text);
    let lines = [
        format!("{id} {title}: {what}, for {}.", dialect.title()),
        format!("Written by forlop {} from the tables {fingerprint}.", tables.compiler),
        String::new(),
        "Reads three tables or views:".to_owned(),
        "  settings(as_of DATE): one row, the day on which the courses are judged".to_owned(),
        format!("  events(line BIGINT, patient {text}, date DATE, code {text}, institution {text}, course {text})"),
        format!("  facts(line BIGINT, patient {text}, date DATE, fact {text}, value {text})"),
        "line is the order of the input; an institution, a course id or a fact's date that is not given is NULL."
            .to_owned(),
        "Text is UTF-8 in Unicode normal form C, without white space around it, as eval makes it when it reads."
            .to_owned(),
        format!(
            "Events and facts that the pathway cannot use are left out, and numbers of more than {LONGEST} characters;"
        ),
        format!(
            "what is computed from a number beyond 1e{UTMOST_POWER}, or nearer to 0 than 1e-{UTMOST_POWER}, is unknown."
        ),
        "E1 to E10 name the rules of the specification of answers.".to_owned(),
        String::new(),
    ];
    lines.into()
}

/// Above the query with the courses.
pub(super) fn of_courses(pathway: &Pathway, tables: &Tables, dialect: Dialect) -> Vec<String> {
    let mut lines = reads(pathway, tables, dialect, "the courses, judged");
    lines.extend(
        [
            "Gives the rows of `forlop eval --format csv`, in its order: one for each interval of each course.",
            "  pathway, patient    whose course; patients in the order of their bytes",
            "  course, course_id   its number among the patient's, from 1; the id that its events carry",
            "  start, state, phase its first opening code; open, completed or closed; the last event's phase",
            "  interval, treatment what is measured; the treatment where the interval is split by it",
            "  occurrence          1, except for repeating intervals",
            "  from, to, days      the two points, and the calendar days between them",
            "  variant             the variant that decides the limit; variant_basis is known or assumed",
            "  limit, unit         the limit's amount and unit, where there is one with a number",
            "  status, due         the judgement, and the last day that keeps the limit",
            "  days_left           due less the as-of date, where the interval is running or overdue",
            "  findings            what is wrong or doubtful in the coding, separated by spaces",
        ]
        .map(str::to_owned),
    );
    lines
}

/// Above the query with the indicators.
pub(super) fn of_indicators(pathway: &Pathway, tables: &Tables, dialect: Dialect) -> Vec<String> {
    let mut lines = reads(pathway, tables, dialect, "indicators");
    lines.extend(
        [
            "Gives one row for each interval, treatment, variant and year that occurs. What is counted are the rows of the",
            "query of courses: each belongs to one year and has one status, and none is left out.",
            "  year         of the course's first opening code, or of its first event if it has none",
            "  answers      all: the sum of the ten statuses",
            "  ended        judged by a limit with both points there: within, exceeded and too_early",
            "  share        within / ended, from 0 to 1; NULL if none has ended",
            "  median_days  calendar days of the ended ones; the average of the two in the middle; NULL if none",
            "  not_applicable to overdue: how many have the status on the as-of date",
            "Fixed here, where registers may choose otherwise: a course is counted in the year of its start and not of its end,",
            "the clock starts with the first opening code also after a transfer, the interval ends with its first end code,",
            "courses that are under way are not in share, and nothing is hidden because it is small.",
        ]
        .map(str::to_owned),
    );
    lines
}
