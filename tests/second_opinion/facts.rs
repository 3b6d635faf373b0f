//! What is known about the patient on a day: E6 and rule 3.

use chrono::NaiveDate;
use forlop::runtime::FactEvent;
use forlop::tables::{FactType, Pathway, Value};

use crate::formulas::compute;
use crate::units::{convert, units_like};

/// What conditions are asked of: one patient as seen by one pathway.
#[derive(Clone)]
pub struct Patient<'a> {
    pub pathway: &'a Pathway,
    pub known: Vec<Known<'a>>,
    /// The pathways in which the patient has an open course on the as-of day.
    pub open_in: Vec<&'a str>,
}

/// A value that the pathway can use. No date is from the beginning.
#[derive(Clone)]
pub struct Known<'a> {
    pub fact: &'a str,
    pub date: Option<NaiveDate>,
    pub value: Value,
}

impl Known<'_> {
    /// Whether it is a value of this fact that is known on the day.
    pub fn is_of(&self, fact: &str, day: NaiveDate) -> bool {
        self.fact == fact && self.date.is_none_or(|date| date <= day)
    }
}

/// The usable values in the order of the input, none dated after as-of (E1), none of a fact that is computed.
pub fn usable<'a>(pathway: &'a Pathway, facts: &[FactEvent<'a>], as_of: NaiveDate) -> Vec<Known<'a>> {
    let mut known = vec![];
    for given in facts {
        if given.date.is_some_and(|date| date > as_of) {
            continue;
        }
        let Some(declared) = pathway.facts.iter().find(|fact| fact.name == given.fact) else {
            continue;
        };
        if declared.formula.is_some() {
            continue;
        }
        if let Some(value) = read(&declared.fact_type, given.value) {
            known.push(Known { fact: &declared.name, date: given.date, value });
        }
    }
    known
}

/// A value from its text; none if the fact cannot take it.
fn read(fact_type: &FactType, text: &str) -> Option<Value> {
    match fact_type {
        FactType::Choice { values } | FactType::Scale { values } => {
            let value = values.iter().find(|value| value.name == text)?;
            Some(Value::Choice(value.name.clone()))
        }
        FactType::YesNo => match text {
            "ja" => Some(Value::YesNo(true)),
            "nei" => Some(Value::YesNo(false)),
            _ => None,
        },
        FactType::Number { unit } => {
            // A number in the fact's unit or in one that is like it; alone it is in the fact's.
            if let Some(decimal) = decimal(text) {
                return Some(Value::Number(decimal.parse().unwrap()));
            }
            units_like(unit).into_iter().find_map(|given| {
                let number = text.strip_suffix(given).filter(|_| !given.is_empty())?.trim_end_matches(' ');
                Some(Value::Number(convert(&decimal(number)?, given, unit)))
            })
        }
        FactType::Years => {
            let number = text.strip_suffix("år").map_or(text, |number| number.trim_end_matches(' '));
            let years: f64 = is_digits(number).then(|| number.parse().unwrap())?;
            (years <= 150.0).then_some(Value::Number(years))
        }
        FactType::Date => {
            let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
            if shape != "9999-99-99" {
                return None;
            }
            text.parse().ok().map(Value::Date)
        }
    }
}

/// A decimal with a point for mark: perhaps a minus, digits, perhaps a mark and digits. No exponent, no words.
fn decimal(text: &str) -> Option<String> {
    let number = text.replace(',', ".");
    let unsigned = number.strip_prefix('-').unwrap_or(&number);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    (is_digits(whole) && is_digits(fraction)).then_some(number)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// E6: the latest value dated on or before the day. An undated one is older than any dated one, and of two with the
/// same date the later in the input holds.
pub fn latest_on<'p, 'a>(patient: &'p Patient<'a>, fact: &str, day: NaiveDate) -> Option<&'p Known<'a>> {
    let mut latest: Option<&Known> = None;
    for candidate in patient.known.iter().filter(|known| known.is_of(fact, day)) {
        // None, the undated, is less than any date.
        if latest.is_none_or(|latest| latest.date <= candidate.date) {
            latest = Some(candidate);
        }
    }
    latest
}

/// The value on a day, given or computed.
pub fn value_on(patient: &Patient, fact: &str, day: NaiveDate) -> Option<Value> {
    let declared = patient.pathway.facts.iter().find(|declared| declared.name == fact)?;
    match &declared.formula {
        Some(formula) => compute(formula, patient, day).map(Value::Number),
        None => latest_on(patient, fact, day).map(|known| known.value.clone()),
    }
}

/// The values with a date on or before the day, by date; of several on one date the one that holds.
pub fn dated_values(patient: &Patient, fact: &str, day: NaiveDate) -> Vec<(NaiveDate, Value)> {
    let mut dates: Vec<NaiveDate> =
        patient.known.iter().filter(|known| known.is_of(fact, day)).filter_map(|known| known.date).collect();
    dates.sort();
    dates.dedup();
    dates.into_iter().map(|date| (date, latest_on(patient, fact, date).unwrap().value.clone())).collect()
}

/// E6: the dates of conflicts about one fact, each once; none if there is no conflict. Two values conflict if they have the
/// same date, or both none, and differ as values: `1,0` and `1` do not.
pub fn conflicts(known: &[Known], fact: &str) -> Option<Vec<NaiveDate>> {
    let mut found = false;
    let mut dates = vec![];
    for one in known.iter().filter(|one| one.fact == fact) {
        for other in known.iter().filter(|other| other.fact == fact) {
            if one.date == other.date && one.value != other.value {
                found = true;
                dates.extend(one.date);
            }
        }
    }
    found.then_some(dates)
}
