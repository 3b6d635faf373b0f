//! Variants that change a part of a sum and say nothing of the sum (rule 1).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    limits::Written,
    report::Report,
    sums::{Sums, treatments},
    words::all_of,
};
use crate::{
    diagnostic::{Code as F, Finding},
    lang::Text,
    tables::{Interval, Limit, Pathway},
    text,
};

/// Variants that change a part of the sum and say nothing of the sum (F0403).
pub fn check(sums: &Sums, sum: &Interval, days: &BTreeSet<NaiveDate>, report: &mut Report) {
    for variant in &sums.pathway.variants {
        let silent = |treatment: &Option<&str>| {
            days.iter().find_map(|day| silenced_by(sums.pathway, sum, *treatment, &variant.name, *day))
        };
        let found: Vec<_> =
            treatments(sum).into_iter().filter_map(|one| silent(&one).map(|part| (one, part))).collect();
        let Some((_, part)) = found.first() else { continue };
        let Some(written) = sums.written_at(part).filter(|written| !written.doubtful) else { continue };
        let named: Vec<&str> = found.iter().filter_map(|(treatment, _)| *treatment).collect();
        report.push(finding(report, sum, &variant.name, &named, part, written));
    }
}

/// The variant's row of a part that keeps the variant from inheriting the sum.
fn silenced_by<'p>(
    pathway: &'p Pathway,
    sum: &Interval,
    treatment: Option<&str>,
    variant: &str,
    day: NaiveDate,
) -> Option<&'p Limit> {
    let silent = pathway.limit(sum, treatment, Some(variant), day).is_none();
    let lost = pathway.limit(sum, treatment, None, day).is_some_and(|limit| limit.amount.is_some());
    if !silent || !lost {
        return None;
    }
    pathway.changed_part(sum, treatment, variant, day)
}

fn finding(
    report: &Report,
    sum: &Interval,
    variant: &str,
    treatments: &[&str],
    part: &Limit,
    written: &Written,
) -> Finding {
    let (name, part) = (&sum.name, &part.interval);
    let (nb, en) = if treatments.is_empty() {
        (String::new(), String::new())
    } else {
        let Text { nb, en } = all_of(treatments);
        (format!(" for {nb}"), format!(" for {en}"))
    };
    // Naming no treatment is enough when the variant is silent on all.
    let key = match treatments.first() {
        Some(first) if treatments.len() < sum.treatments.len() => format!("{name} {first}"),
        _ => name.clone(),
    };
    report
        .finding(
            F::SilentSum,
            written.whole,
            text!(
                "Varianten «{variant}» endrer «{part}», men sier ikke hva summen «{name}» da er{nb}",
                "The variant «{variant}» changes «{part}», but does not say what the sum «{name}» then is{en}"
            ),
        )
        .help(text!(
            "Skriv «{key} ikke tallfestet», «{key} utledet» eller en frist i varianten.",
            "Write «{key} ikke tallfestet», «{key} utledet» or a limit in the variant."
        ))
}
