//! Which row holds: E7 and the inheritance of rule 1.

use chrono::NaiveDate;
use forlop::tables::{Interval, Limit, Pathway};

/// The row for an interval, treatment and variant on the course's day of rows.
pub fn row<'a>(
    pathway: &'a Pathway,
    interval: &Interval,
    treatment: Option<&str>,
    variant: Option<&str>,
    day: NaiveDate,
) -> Option<&'a Limit> {
    let main = written(pathway, interval, treatment, None, day);
    if variant.is_none() {
        return main;
    }
    let own = written(pathway, interval, treatment, variant, day);
    if own.is_some() {
        own
    } else if changes_a_part(pathway, interval, treatment, variant, day) {
        None
    } else {
        main
    }
}

/// The row that stands under exactly this key and is valid on the day.
fn written<'a>(
    pathway: &'a Pathway,
    interval: &Interval,
    treatment: Option<&str>,
    variant: Option<&str>,
    day: NaiveDate,
) -> Option<&'a Limit> {
    pathway.limits.iter().find(|row| {
        row.interval == interval.name
            && row.treatment.as_deref() == treatment
            && row.variant.as_deref() == variant
            && row.valid_from.is_none_or(|from| from <= day)
            && row.valid_to.is_none_or(|to| day <= to)
    })
}

/// Whether the variant has a row of its own, other than the main course's, for a part of the sum or a part of a part.
fn changes_a_part(
    pathway: &Pathway,
    sum: &Interval,
    treatment: Option<&str>,
    variant: Option<&str>,
    day: NaiveDate,
) -> bool {
    sum.sum.iter().any(|name| {
        let part = pathway.intervals.iter().find(|part| part.name == *name).unwrap();
        // Of a part that is split by treatment only the sum's treatment matters. A sum that is not split itself has the
        // treatment none: any treatment of the part matters then (the design does not say; this is the careful reading).
        let rows_of_part: Vec<Option<&str>> = if part.treatments.is_empty() {
            vec![None]
        } else {
            let all = part.treatments.iter().map(|of_part| of_part.name.as_str());
            all.filter(|of_part| treatment.is_none_or(|treatment| treatment == *of_part)).map(Some).collect()
        };
        let changed = rows_of_part.into_iter().any(|treatment| {
            let own = written(pathway, part, treatment, variant, day);
            let main = written(pathway, part, treatment, None, day);
            own.is_some_and(|own| {
                main.is_none_or(|main| {
                    (own.form, own.minimum, own.amount, own.unit) != (main.form, main.minimum, main.amount, main.unit)
                })
            })
        });
        changed || changes_a_part(pathway, part, treatment, variant, day)
    })
}
