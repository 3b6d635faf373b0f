//! Indicators: what is counted, and what the share should be.

use super::{
    Draft, Found, Kind, Pair, compare_words,
    list::{matched, set},
    period,
};
use crate::{
    prove::conditions::number,
    tables::{Indicator, Population},
    text,
};

pub(super) fn compare<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let indicators = matched(&pair.old.indicators, &pair.new.indicators, |indicator| &indicator.name);
    let subject = |indicator: &Indicator| {
        let (name, label) = (&indicator.name, &indicator.label);
        text!("Indikatoren {name} («{label}»)", "The indicator {name} («{label}»)")
    };
    for one in &indicators.removed {
        found.push(Draft::removed(Kind::IndicatorRemoved, &[&one.name], &one.origin, &subject(one)));
    }
    for one in &indicators.added {
        found.push(Draft::added(Kind::IndicatorAdded, &[&one.name], &one.origin, &subject(one)));
    }
    for (old, new) in &indicators.kept {
        one(old, new, found);
    }
    if indicators.reordered {
        let places = (Some(&pair.old.origin), Some(&pair.new.origin));
        let message = text!("Indikatorene står i annen rekkefølge", "The indicators are in another order");
        found.push(Draft::new(Kind::IndicatorText, &["order"], places, message));
    }
}

fn one<'t>(old: &'t Indicator, new: &'t Indicator, found: &mut Found<'t>) {
    let (name, places) = (&new.name, (&old.origin, &new.origin));
    let none = String::new;
    let percent =
        |one: &Indicator| one.target.as_ref().map_or_else(none, |target| format!("{} %", number(target.percent)));
    let source = |one: &Indicator| one.source.clone().unwrap_or_default();
    let target_source = |one: &Indicator| one.target.as_ref().and_then(|one| one.source.clone()).unwrap_or_default();
    for (kind, key, subject, [from, to]) in [
        (
            Kind::IndicatorChanged,
            "denominator",
            text!("Nevneren i {name}", "The denominator of {name}"),
            [old, new].map(|one| counted(&one.denominator)),
        ),
        (
            Kind::IndicatorChanged,
            "numerator",
            text!("Telleren i {name}", "The numerator of {name}"),
            [old, new].map(|one| counted(&one.numerator)),
        ),
        (
            Kind::IndicatorChanged,
            "excluded",
            text!("Unntaket i {name}", "The exception of {name}"),
            [old, new].map(|one| set(&one.excluded)),
        ),
        (Kind::IndicatorTarget, "", text!("Målet for {name}", "The target of {name}"), [old, new].map(percent)),
        (
            Kind::IndicatorText,
            "label",
            text!("Teksten til {name}", "The text of {name}"),
            [old, new].map(|one| one.label.clone()),
        ),
        (Kind::IndicatorText, "source", text!("Kilden til {name}", "The source of {name}"), [old, new].map(source)),
        (
            Kind::IndicatorText,
            "target-source",
            text!("Kilden til målet for {name}", "The source of the target of {name}"),
            [old, new].map(target_source),
        ),
    ] {
        let key: &[&str] = if key.is_empty() { &[name] } else { &[name, key] };
        compare_words(found, kind, key, places, &subject, [&from, &to]);
    }
    let [from, to] = [old, new].map(|one| period(one.valid_from, one.valid_to));
    if from != to {
        let subject = text!("Når {name} teller", "When {name} counts");
        let draft = Draft::changed(Kind::IndicatorValidity, &[name], places, &subject, &from, &to);
        found.push(draft.values(from.nb, to.nb));
    }
}

/// What is counted, as the author would write it, in a fixed order.
fn counted(population: &Population) -> String {
    let of_interval = |interval: &str, treatments: &[String], kept: &str| match treatments {
        [] => format!("{interval} {kept}"),
        some => format!("{interval} {} {kept}", set(some)),
    };
    match population {
        Population::Measured { interval, treatments } => of_interval(interval, treatments, "målt"),
        Population::Within { interval, treatments } => of_interval(interval, treatments, "innenfor"),
        Population::Courses { with } if with.is_empty() => "forløp".to_owned(),
        Population::Courses { with } => format!("forløp med {}", set(with)),
    }
}
