//! A course's intervals as rows.

use comfy_table::Cell;

use super::grid::{Grid, coloured, dim, right};
use crate::{
    cli::words,
    lang::{Lang, Text},
    runtime::{Course, IntervalAnswer, IntervalTrace, Status},
    tables::{Form, Interval, Limit, Pathway},
    text,
};

/// The intervals that apply. Treatments for which all is the same share a row.
pub(super) fn applicable(pathway: &Pathway, course: &Course, lang: Lang) -> Grid {
    let traces = course.trace.iter().flat_map(|trace| &trace.intervals);
    let shown = course.intervals.iter().zip(traces).filter(|(answer, _)| answer.status != Status::NotApplicable);
    let mut rows: Vec<([String; 4], Names, Status)> = Vec::new();
    for (answer, trace) in shown {
        let texts = texts(pathway, answer, trace, lang);
        let same = rows.iter_mut().find(|(known, names, _)| names.takes(answer) && *known == texts);
        match same {
            Some((_, names, _)) => names.treatments.extend(answer.treatment),
            None => rows.push((texts, Names::new(answer), answer.status)),
        }
    }
    let rows = rows.into_iter().map(|([days, limit, due, status], names, sign)| {
        let interval = pathway.interval(names.interval);
        [
            Cell::new(names.written(interval)),
            Cell::new(interval.map_or("", |interval| interval.label.as_str())),
            right(Cell::new(days)),
            Cell::new(limit),
            Cell::new(due),
            coloured(status, words::sign(sign).1),
        ]
    });
    let title = |title: crate::lang::Text| dim(title.get(lang));
    Grid::new(1, rows).droppable().titles([
        title(text!("Intervall", "Interval")),
        title(text!("Hva som måles", "What is measured")),
        right(title(text!("Dager", "Days"))),
        title(text!("Frist", "Limit")),
        title(text!("Fristdato", "Due")),
        title(text!("Status", "Status")),
    ])
}

/// One line with the names of those that do not apply.
pub(super) fn not_applicable(pathway: &Pathway, course: &Course, lang: Lang) -> Grid {
    let mut rows: Vec<Names> = Vec::new();
    for answer in course.intervals.iter().filter(|answer| answer.status == Status::NotApplicable) {
        match rows.iter_mut().find(|names| names.takes(answer)) {
            Some(names) => names.treatments.extend(answer.treatment),
            None => rows.push(Names::new(answer)),
        }
    }
    let names: Vec<String> = rows.into_iter().map(|names| names.written(pathway.interval(names.interval))).collect();
    let names = names.join("; ");
    let line = text!("Gjelder ikke: {names}", "Not applicable: {names}");
    Grid::new(0, (!names.is_empty()).then(|| [dim(line.get(lang))]))
}

/// An interval's name with its treatment.
pub(super) fn name(answer: &IntervalAnswer) -> String {
    Names::new(answer).written(None)
}

/// The name of a limit: its interval with the treatment.
pub(super) fn limit_name(interval: &str, treatment: Option<&str>) -> String {
    Names { interval, occurrence: 1, treatments: treatment.into_iter().collect() }.written(None)
}

/// One interval for one or several treatments.
pub(crate) struct Names<'a> {
    pub interval: &'a str,
    pub occurrence: u32,
    pub treatments: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn new(answer: &IntervalAnswer<'a>) -> Self {
        let IntervalAnswer { interval, occurrence, treatment, .. } = *answer;
        Names { interval, occurrence, treatments: treatment.into_iter().collect() }
    }

    fn takes(&self, answer: &IntervalAnswer) -> bool {
        (self.interval, self.occurrence) == (answer.interval, answer.occurrence)
    }

    /// «OF3 kirurgi, stråle», or «OF3» for all treatments that the interval has.
    pub(crate) fn written(&self, interval: Option<&Interval>) -> String {
        let all = interval.is_some_and(|interval| interval.treatments.len() == self.treatments.len());
        let mut words = vec![self.interval.to_owned()];
        if !all && !self.treatments.is_empty() {
            words.push(self.treatments.join(", "));
        }
        if self.occurrence > 1 {
            words.push(format!("({})", self.occurrence));
        }
        words.join(" ")
    }
}

/// Days, limit, due date and status.
fn texts(pathway: &Pathway, answer: &IntervalAnswer, trace: &IntervalTrace, lang: Lang) -> [String; 4] {
    let left = answer.days_left.map(|left| words::days(left, lang)).unwrap_or_default();
    let (sign, Text { nb, en }) = (words::sign(answer.status).0, words::status(answer.status));
    let status = match (answer.status, trace.form) {
        // Past the least time, nobody is late.
        (Status::Running, Some(Form::AtLeast)) => {
            text!("{nb}, minst {left} igjen", "{en}, at least {left} left")
        }
        (Status::Overdue, Some(Form::AtLeast)) => text!("minstetiden er gått", "the least time has passed"),
        (Status::Running, _) => text!("{nb}, {left} igjen", "{en}, {left} left"),
        (Status::Overdue, _) => text!("{nb}, {left} over", "{en} by {left}"),
        _ => Text { nb, en },
    };
    [
        answer.days.map(|days| days.to_string()).unwrap_or_default(),
        row(pathway, answer, trace).map(|row| words::limit(row, lang)).unwrap_or_default(),
        answer.due.map(|due| words::date(due, lang)).unwrap_or_default(),
        format!("{sign} {}", status.get(lang)),
    ]
}

/// The row that the trace points at.
fn row<'t>(pathway: &'t Pathway, answer: &IntervalAnswer, trace: &IntervalTrace) -> Option<&'t Limit> {
    let origin = trace.row?;
    pathway.limits.iter().find(|row| {
        row.interval == answer.interval && row.treatment.as_deref() == answer.treatment && row.origin == *origin
    })
}
