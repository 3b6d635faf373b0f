//! «What if the limit were another»: one number of the tables changed (`A39.OF2=14`).

use std::str::FromStr;

use chrono::NaiveDate;

use crate::{
    lang::Text,
    tables::{Form, Interval, Limit, MAX_AMOUNT, Pathway, Tables, Unit},
    text,
};

/// A limit to be set: `A39.OF2=14`, `A39.OF3.kirurgi=14`, `A39.karsinom.OF1=4 arbeidsdager`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pathway: String,
    /// Variant, interval and treatment, those that are given.
    key: Vec<String>,
    amount: u32,
    unit: Option<Unit>,
}

/// What an assignment names is not there, or it is not written as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetError(Text);

impl SetError {
    /// The sentence in both languages.
    pub fn text(&self) -> &Text {
        &self.0
    }
}

const UNITS: [Unit; 5] = [Unit::Kalenderdager, Unit::Arbeidsdager, Unit::Virkedager, Unit::Uker, Unit::Måneder];

impl FromStr for Assignment {
    type Err = SetError;

    fn from_str(written: &str) -> Result<Self, SetError> {
        let wrong = || {
            SetError(text!(
                "«{written}» er ikke en frist: skriv for eksempel A39.OF2=14 eller A39.karsinom.OF3.kirurgi=10 arbeidsdager",
                "«{written}» is no limit: write for instance A39.OF2=14 or A39.karsinom.OF3.kirurgi=10 arbeidsdager"
            ))
        };
        let (key, value) = written.split_once('=').ok_or_else(wrong)?;
        let mut key = key.trim().split('.').map(str::to_owned);
        let (pathway, key) = (key.next().ok_or_else(wrong)?, key.collect::<Vec<_>>());
        let (number, unit) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
        let amount = number.parse().ok().filter(|amount| *amount <= MAX_AMOUNT).ok_or_else(wrong)?;
        let unit = match unit.trim() {
            "" => None,
            "dager" => Some(Unit::Kalenderdager),
            word => Some(UNITS.into_iter().find(|unit| unit.word() == word).ok_or_else(wrong)?),
        };
        if !(1..=3).contains(&key.len()) {
            return Err(wrong());
        }
        Ok(Assignment { pathway, key, amount, unit })
    }
}

/// The tables with these limits, and with the sums that are derived from them.
///
/// # Errors
/// A pathway, interval, treatment or variant that the tables do not have.
pub fn set(tables: &Tables, assignments: &[Assignment]) -> Result<Tables, SetError> {
    let mut tables = tables.clone();
    for assignment in assignments {
        let id = &assignment.pathway;
        let ids: Vec<&str> = tables.pathways.iter().map(|pathway| pathway.id.as_str()).collect();
        let known = ids.join(", ");
        let pathway = tables.pathways.iter_mut().find(|pathway| pathway.id == *id).ok_or_else(|| {
            SetError(text!(
                "pakkeforløpet «{id}» finnes ikke: det finnes {known}",
                "there is no pathway «{id}»: there are {known}"
            ))
        })?;
        set_in(pathway, assignment)?;
        derive(pathway);
    }
    Ok(tables)
}

fn set_in(pathway: &mut Pathway, assignment: &Assignment) -> Result<(), SetError> {
    let (variant, rest) = match assignment.key.split_first() {
        Some((first, rest)) if pathway.variants.iter().any(|variant| variant.name == *first) => (Some(first), rest),
        _ => (None, assignment.key.as_slice()),
    };
    let [name, treatment @ ..] = rest else { return Err(no_interval(pathway, "")) };
    let interval = pathway.interval(name).cloned().ok_or_else(|| no_interval(pathway, name))?;
    let treatments: Vec<Option<String>> = match treatment {
        [] if interval.treatments.is_empty() => vec![None],
        [] => interval.treatments.iter().map(|treatment| Some(treatment.name.clone())).collect(),
        [treatment] if interval.treatment_or_none(Some(treatment)).is_some() => vec![Some(treatment.clone())],
        _ => {
            let names: Vec<&str> = interval.treatments.iter().map(|treatment| treatment.name.as_str()).collect();
            let (known, asked) = (names.join(", "), treatment.join("."));
            return Err(SetError(text!(
                "«{name}» har ikke behandlingen «{asked}»: den har {known}",
                "«{name}» has no treatment «{asked}»: it has {known}"
            )));
        }
    };
    for treatment in treatments {
        let rows: Vec<&mut Limit> = pathway
            .limits
            .iter_mut()
            .filter(|row| row.interval == *name && row.treatment == treatment && row.variant.as_ref() == variant)
            .collect();
        if rows.is_empty() {
            let row = new_row(pathway, &interval, treatment, variant.cloned(), assignment);
            pathway.limits.push(row);
            continue;
        }
        rows.into_iter().for_each(|row| assign(row, assignment));
    }
    Ok(())
}

fn no_interval(pathway: &Pathway, name: &str) -> SetError {
    let id = &pathway.id;
    let names = pathway.intervals.iter().map(|interval| interval.name.as_str());
    let variants = pathway.variants.iter().map(|variant| variant.name.as_str());
    let known = names.chain(variants).collect::<Vec<_>>().join(", ");
    SetError(text!(
        "«{id}» har ikke noe intervall eller noen variant «{name}»: det har {known}",
        "«{id}» has no interval or variant «{name}»: it has {known}"
    ))
}

fn assign(row: &mut Limit, assignment: &Assignment) {
    let fits = match row.form {
        Form::AtMost | Form::AtLeast => true,
        Form::Between => row.minimum <= Some(assignment.amount),
        Form::SameDay | Form::Unquantified => false,
    };
    if !fits {
        (row.form, row.minimum) = (Form::AtMost, None);
    }
    row.amount = Some(assignment.amount);
    row.unit = assignment.unit.or(row.unit).or(Some(Unit::Kalenderdager));
    row.derived = false;
}

fn new_row(
    pathway: &Pathway,
    interval: &Interval,
    treatment: Option<String>,
    variant: Option<String>,
    assignment: &Assignment,
) -> Limit {
    // A variant that has no row of its own counts as the main course does.
    let main = pathway
        .limits
        .iter()
        .find(|row| row.interval == interval.name && row.treatment == treatment && row.variant.is_none());
    let unit = main.and_then(|row| row.unit).unwrap_or(Unit::Kalenderdager);
    Limit {
        interval: interval.name.clone(),
        treatment,
        variant,
        form: Form::AtMost,
        minimum: None,
        amount: Some(assignment.amount),
        unit: Some(assignment.unit.unwrap_or(unit)),
        valid_from: None,
        valid_to: None,
        derived: false,
        source: None,
        note: None,
        origin: main.map_or_else(|| interval.origin.clone(), |row| row.origin.clone()),
    }
}

/// Derived sums follow their parts (`utledet`). One whose parts have several units stays as it is.
fn derive(pathway: &mut Pathway) {
    let sums: Vec<Option<u32>> =
        pathway.limits.iter().map(|row| row.derived.then(|| sum(pathway, row)).flatten()).collect();
    for (row, sum) in pathway.limits.iter_mut().zip(sums) {
        if sum.is_some() {
            row.amount = sum;
        }
    }
}

fn sum(pathway: &Pathway, row: &Limit) -> Option<u32> {
    let day = row.valid_from.or(row.valid_to).unwrap_or(NaiveDate::MIN);
    let interval = pathway.interval(&row.interval)?;
    let mut sum = 0_u32;
    for name in &interval.sum {
        let part = pathway.interval(name)?;
        let treatment = part.treatment_or_none(row.treatment.as_deref());
        let limit = pathway.limit(part, treatment, row.variant.as_deref(), day)?;
        sum = sum.checked_add(limit.amount.filter(|_| limit.unit == row.unit)?)?;
    }
    (!interval.sum.is_empty() && sum <= MAX_AMOUNT).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::Assignment;

    #[test]
    fn assignments_are_read_or_refused() {
        for fine in ["A39.OF2=14", "A39.OF3.kirurgi = 14", "A39.karsinom.OF1=4 arbeidsdager", "brystkreft.OF2=12 dager"]
        {
            assert!(fine.parse::<Assignment>().is_ok(), "{fine}");
        }
        for wrong in [
            "",
            "A39",
            "A39=4",
            "A39.OF2",
            "A39.OF2=",
            "A39.OF2=x",
            "A39.OF2=-1",
            "A39.OF2=99999",
            "A39.OF2=4 år",
            "A.b.c.d.e=1",
        ] {
            let error = wrong.parse::<Assignment>().unwrap_err();
            assert!(error.text().nb.contains(&format!("«{wrong}»")), "{wrong}");
        }
    }
}
