//! Which row holds (E7), found beforehand for every interval, treatment and variant.

use chrono::NaiveDate;

use super::{
    error::{TableError, unknown},
    prepare::Measure,
};
use crate::{
    tables::{Form, Limit, MAX_AMOUNT, Pathway, Unit},
    text,
};

/// The rows of a pathway by period, measure and variant. Within a period the same rows are valid every day.
#[derive(Debug)]
pub(super) struct LimitIndex<'t> {
    /// The first day of each period but the first.
    changes: Vec<NaiveDate>,
    /// By period, then measure, then the main course and the variants.
    rows: Vec<Option<Row<'t>>>,
    measures: usize,
    columns: usize,
}

/// A row, and its number if it has one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t> {
    pub limit: &'t Limit,
    pub number: Option<Number>,
}

/// What a row with a number says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    pub form: Form,
    /// The least amount: 0 where the form has none.
    pub minimum: u32,
    pub amount: u32,
    pub unit: Unit,
}

impl<'t> Row<'t> {
    fn new(limit: &'t Limit) -> Self {
        let number = limit.amount.zip(limit.unit).map(|(amount, unit)| {
            let minimum = if limit.form == Form::AtLeast { amount } else { limit.minimum.unwrap_or(0) };
            Number { form: limit.form, minimum, amount, unit }
        });
        Row { limit, number }
    }
}

/// The rows that hold for courses that start in one period.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a, 't> {
    rows: &'a [Option<Row<'t>>],
    columns: usize,
    /// The period's number.
    #[cfg_attr(not(feature = "report"), expect(dead_code, reason = "asked for by what is counted alone"))]
    pub period: usize,
}

impl<'a, 't> Rows<'a, 't> {
    /// The row of a measure and variant.
    pub fn of(self, measure: usize, variant: Option<usize>) -> Option<&'a Row<'t>> {
        let column = variant.map_or(0, |variant| variant + 1);
        self.rows.get(measure * self.columns + column)?.as_ref()
    }
}

impl<'t> LimitIndex<'t> {
    pub fn new(pathway: &'t Pathway, measures: &[Measure<'t>]) -> Result<Self, TableError> {
        for row in &pathway.limits {
            check_key(pathway, row)?;
            check_amount(row)?;
        }
        check_overlaps(pathway)?;

        let firsts = pathway.limits.iter().filter_map(|row| row.valid_from);
        let after_lasts = pathway.limits.iter().filter_map(|row| row.valid_to?.succ_opt());
        let mut changes: Vec<NaiveDate> = firsts.chain(after_lasts).collect();
        changes.sort_unstable();
        changes.dedup();
        let mut rows = Vec::new();
        for day in std::iter::once(NaiveDate::MIN).chain(changes.iter().copied()) {
            for measure in measures {
                let treatment = measure.treatment.map(|treatment| treatment.name.as_str());
                let variants = pathway.variants.iter().map(|variant| Some(variant.name.as_str()));
                rows.extend(
                    std::iter::once(None)
                        .chain(variants)
                        .map(|variant| pathway.limit(measure.interval, treatment, variant, day).map(Row::new)),
                );
            }
        }
        Ok(LimitIndex { changes, rows, measures: measures.len(), columns: pathway.variants.len() + 1 })
    }

    /// The rows for a course that starts on `day`; the same as [`Pathway::limit`].
    pub fn on(&self, day: NaiveDate) -> Rows<'_, 't> {
        let period = self.changes.partition_point(|first| *first <= day);
        let size = self.measures * self.columns;
        let rows = self.rows.get(period * size..(period + 1) * size).unwrap_or_default();
        Rows { rows, columns: self.columns, period }
    }
}

fn check_key(pathway: &Pathway, row: &Limit) -> Result<(), TableError> {
    let place = format!("{}:{}", row.origin.file, row.origin.line);
    let interval = pathway.interval(&row.interval).ok_or_else(|| unknown(&place, &row.interval))?;
    if let Some(variant) = &row.variant
        && !pathway.variants.iter().any(|declared| declared.name == *variant)
    {
        return Err(unknown(&place, variant));
    }
    match &row.treatment {
        Some(treatment) if interval.treatment_or_none(Some(treatment)).is_none() => Err(unknown(&place, treatment)),
        None if !interval.treatments.is_empty() => {
            let name = &interval.name;
            Err(TableError(text!(
                "raden for «{name}» ({place}) sier ikke hvilken behandling den gjelder",
                "the row for «{name}» ({place}) does not say which treatment it is for"
            )))
        }
        _ => Ok(()),
    }
}

fn check_amount(row: &Limit) -> Result<(), TableError> {
    let largest = row.amount.max(row.minimum);
    let sound = match row.form {
        Form::AtMost | Form::AtLeast => row.amount.is_some() && row.unit.is_some() && row.minimum.is_none(),
        Form::SameDay => row.amount == Some(0) && row.unit.is_some() && row.minimum.is_none(),
        Form::Between => row.minimum.is_some() && row.minimum <= row.amount && row.unit.is_some(),
        Form::Unquantified => largest.is_none() && row.unit.is_none(),
    };
    let name = &row.interval;
    let place = format!("{}:{}", row.origin.file, row.origin.line);
    if !sound {
        Err(TableError(text!(
            "raden for «{name}» ({place}) har et tall eller en enhet som ikke passer til formen",
            "the row for «{name}» ({place}) has an amount or a unit that does not fit its form"
        )))
    } else if largest > Some(MAX_AMOUNT) {
        Err(TableError(text!(
            "raden for «{name}» ({place}) har et tall over {MAX_AMOUNT}",
            "the row for «{name}» ({place}) has an amount above {MAX_AMOUNT}"
        )))
    } else {
        Ok(())
    }
}

/// No two rows of one key are valid on the same day.
fn check_overlaps(pathway: &Pathway) -> Result<(), TableError> {
    let key = |row: &Limit| (row.interval.clone(), row.treatment.clone(), row.variant.clone());
    let mut rows: Vec<&Limit> = pathway.limits.iter().collect();
    rows.sort_by_cached_key(|row| (key(row), row.valid_from));
    let overlap = rows.array_windows().find(|[earlier, later]| {
        key(earlier) == key(later) && later.valid_from.is_none_or(|from| earlier.valid_to.is_none_or(|to| from <= to))
    });
    match overlap {
        None => Ok(()),
        Some([_, row]) => {
            let (name, origin) = (&row.interval, &row.origin);
            let place = format!("{}:{}", origin.file, origin.line);
            Err(TableError(text!(
                "«{name}» har to rader for samme tid; den ene står i {place}",
                "«{name}» has two rows for the same time; one is at {place}"
            )))
        }
    }
}
