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

/// Whether the variant has a row of its own, other than the main course's, for a part of the sum, or for a part of a part
/// of which it says nothing.
fn changes_a_part(
    pathway: &Pathway,
    sum: &Interval,
    treatment: Option<&str>,
    variant: Option<&str>,
    day: NaiveDate,
) -> bool {
    sum.sum.iter().any(|name| {
        let part = pathway.intervals.iter().find(|part| part.name == *name).unwrap();
        rows_of(part, treatment).into_iter().any(|treatment| {
            let own = written(pathway, part, treatment, variant, day);
            let main = written(pathway, part, treatment, None, day);
            match (own, main) {
                (Some(own), Some(main)) => {
                    (own.form, own.minimum, own.amount, own.unit) != (main.form, main.minimum, main.amount, main.unit)
                }
                (Some(_), None) => true,
                (None, _) => changes_a_part(pathway, part, treatment, variant, day),
            }
        })
    })
}

/// The treatments whose rows matter to a sum of which the interval is a part: the sum's, if the part is split by it; else every
/// one that the part is split by (the design does not say: any change of a part is a change); none if it is not split.
fn rows_of<'a>(part: &'a Interval, of_sum: Option<&'a str>) -> Vec<Option<&'a str>> {
    let own: Vec<Option<&str>> = part.treatments.iter().map(|treatment| Some(treatment.name.as_str())).collect();
    if own.is_empty() {
        vec![None]
    } else if own.contains(&of_sum) {
        vec![of_sum]
    } else {
        own
    }
}
