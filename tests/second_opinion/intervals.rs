//! The answer for each interval: E4, E5 and E8, and the rest of the language.

use chrono::NaiveDate;
use forlop::tables::{Form, Interval, Limit, Treatment};
use serde_json::{Value, json};

use crate::calendar::due;
use crate::conditions::variant_on;
use crate::courses::{Coded, Course};
use crate::facts::Patient;
use crate::limits::row;

/// One answer for each interval, or for each treatment that the template names for it; one for each occurrence.
pub fn answers(course: &Course, patient: &Patient, as_of: NaiveDate) -> Vec<Value> {
    let mut answers = vec![];
    for interval in &patient.pathway.intervals {
        let mut treatments: Vec<Option<&Treatment>> = interval.treatments.iter().map(Some).collect();
        if treatments.is_empty() {
            treatments.push(None);
        }
        for treatment in treatments {
            for (at, points) in occurrences(course, interval).into_iter().enumerate() {
                let mut answer = answer(course, patient, as_of, interval, treatment, points);
                answer["occurrence"] = json!(at + 1);
                answers.push(answer);
            }
        }
    }
    answers
}

type Points<'c, 'a> = (Option<&'c Coded<'a>>, Option<&'c Coded<'a>>);

/// E4: the first event of each set. An interval that repeats has an occurrence for each event that can
/// start it, if there is any, ended by the first event after it that can end it.
fn occurrences<'c, 'a>(course: &'c Course<'a>, interval: &Interval) -> Vec<Points<'c, 'a>> {
    let events = &course.events;
    let starts: Vec<usize> = (0..events.len()).filter(|&at| events[at].is_one_of(&interval.from)).collect();
    if interval.repeats && !starts.is_empty() {
        let end_of = |start: usize| events[start + 1..].iter().find(|event| event.is_one_of(&interval.to));
        starts.into_iter().map(|start| (Some(&events[start]), end_of(start))).collect()
    } else {
        let from = events.iter().find(|event| event.is_one_of(&interval.from));
        let to = events.iter().find(|event| event.is_one_of(&interval.to));
        vec![(from, to)]
    }
}

fn answer(
    course: &Course,
    patient: &Patient,
    as_of: NaiveDate,
    interval: &Interval,
    treatment: Option<&Treatment>,
    (from, to): Points,
) -> Value {
    let another_treatment = to.is_some_and(|to| treatment.is_some_and(|treatment| !to.is_one_of(&treatment.codes)));
    let (from, to) = (from.map(|event| event.date), to.map(|event| event.date));
    let treatment = treatment.map(|treatment| treatment.name.as_str());

    // E6 and E7. A row that is `ikke tallfestet` is as good as none.
    let (variant, basis) = variant_on(patient, to.unwrap_or(as_of));
    let row =
        row(patient.pathway, interval, treatment, variant, course.day_of_rows()).filter(|row| row.amount.is_some());
    let due_date = from.zip(row).map(|(from, row)| add(from, row.amount, row));

    // E8, in exactly this order.
    let status = match (from, to) {
        (_, Some(_)) if another_treatment => "not_applicable",
        (Some(from), Some(to)) if to < from => "invalid_order",
        (Some(from), Some(to)) => row.map_or("no_limit", |row| judge(from, to, row)),
        (None, Some(_)) => "undetermined",
        (_, None) if course.state() == "closed" => "not_applicable",
        (_, None) if course.state() == "completed" => "undetermined",
        (None, None) => "not_started",
        (Some(_), None) => match due_date {
            None => "no_limit",
            Some(due_date) if as_of <= due_date => "running",
            Some(_) => "overdue",
        },
    };

    let applies = status != "not_applicable";
    let under_way = status == "running" || status == "overdue";
    json!({
        "interval": interval.name,
        "treatment": treatment,
        "from": from.filter(|_| applies),
        "to": to.filter(|_| applies),
        // E5: calendar days, whatever the unit of the limit.
        "days": from.zip(to).filter(|_| applies).map(|(from, to)| (to - from).num_days()),
        "variant": variant.unwrap_or("hovedforløp"),
        "variant_basis": basis,
        "limit": row.map(|row| row.amount),
        "unit": row.map(|row| row.unit),
        "status": status,
        "due": due_date.filter(|_| applies),
        "days_left": due_date.filter(|_| under_way).map(|due_date| (due_date - as_of).num_days()),
    })
}

/// How an interval that has both points stands to a row with a number.
fn judge(from: NaiveDate, to: NaiveDate, row: &Limit) -> &'static str {
    let at_most = add(from, row.amount, row);
    match row.form {
        Form::AtMost | Form::SameDay if to <= at_most => "within",
        Form::AtMost | Form::SameDay => "exceeded",
        Form::Between if to < add(from, row.minimum, row) => "too_early",
        Form::Between if to <= at_most => "within",
        Form::Between => "exceeded",
        Form::AtLeast if to < at_most => "too_early",
        Form::AtLeast => "within",
        Form::Unquantified => "no_limit",
    }
}

fn add(from: NaiveDate, amount: Option<u32>, row: &Limit) -> NaiveDate {
    due(from, amount.unwrap(), row.unit.unwrap())
}
