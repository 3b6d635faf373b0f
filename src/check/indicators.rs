//! Indicators: those of the template, and what a pathway adds, replaces and withdraws.

use chrono::NaiveDate;

use super::{
    codes::Codes,
    intervals::Intervals,
    limits::known_treatment,
    report::Report,
    rules::with_prefix,
    scope::{INDICATOR, Names, Unread},
    shares::{check_idle, check_numerator, measured},
    validity::{check_order, check_within},
    words::{Words, join, number, word},
};
use crate::{
    diagnostic::Code as F,
    syntax::tree::{self, Date, Name, Statement, Validity},
    tables::{Indicator, IndicatorTarget, Population},
    text,
};

/// What a denominator counts of an interval.
const ALL: &Words<bool> = &[("målt", false)];
/// What a numerator does; true for what kept its limit.
const PART: &Words<bool> = &[("målt", false), ("innenfor", true)];
const PERCENT: &Words<()> = &[("prosent", ()), ("%", ())];

/// The indicators of a template or a pathway, with codes as suffixes.
pub struct Indicators {
    names: Names,
    pub all: Vec<Indicator>,
}

/// What an indicator can name.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub codes: &'a Codes,
    pub intervals: &'a Intervals,
    pub sources: &'a Names,
}

impl Indicators {
    pub fn new(unread: &Unread) -> Self {
        Indicators { names: Names::new(INDICATOR, unread), all: Vec::new() }
    }

    /// Those of the template that is followed, less those withdrawn, each as the own one of its name when there is one; then
    /// the other own ones.
    pub fn lower(body: &[Statement], parent: &Indicators, scope: Scope, unread: &Unread, report: &mut Report) -> Self {
        let mut indicators = Indicators { names: Names::new(INDICATOR, unread), all: parent.all.clone() };
        for statement in body {
            match statement {
                Statement::Withdrawn { name, from } => {
                    indicators.names.declare(name, report);
                    if parent.names.find(name, report).is_some() {
                        indicators.withdraw(name, from.as_ref(), report);
                    }
                }
                Statement::Indicator(indicator) => indicators.add(indicator, scope, report),
                _ => {}
            }
        }
        for (name, place) in parent.names.places() {
            indicators.names.add(name, place);
        }
        indicators.check_inherited(body, report);
        indicators
    }

    /// An interval that replaces another keeps the treatments that inherited indicators count (F0205).
    fn check_inherited(&self, body: &[Statement], report: &mut Report) {
        for statement in body {
            let Statement::Interval(tree::Interval { name, treatments, .. }) = statement else { continue };
            let kept =
                |treatment: &str| treatments.iter().flat_map(|(_, each)| each).any(|(one, _)| one.value == treatment);
            for one in &self.all {
                let counted = [&one.denominator, &one.numerator].into_iter().filter_map(measured);
                let mut treatments = counted.filter(|(interval, _)| *interval == name.value).flat_map(|(_, each)| each);
                if let Some(treatment) = treatments.find(|treatment| !kept(treatment)) {
                    let (indicator, interval) = (&one.name, &name.value);
                    let message = text!(
                        "Indikatoren «{indicator}» teller behandlingen «{treatment}», som «{interval}» ikke lenger er delt etter",
                        "The indicator «{indicator}» counts the treatment «{treatment}», which «{interval}» is no longer split by"
                    );
                    let help = text!(
                        "Skriv behandlingen her, eller indikatoren på nytt.",
                        "Write the treatment here, or the indicator anew."
                    );
                    report.add_help(F::UnknownTreatment, name.span, message, help);
                }
            }
        }
    }

    fn withdraw(&mut self, name: &Name, from: Option<&Date>, report: &mut Report) {
        let Some(at) = self.all.iter().position(|one| one.name == name.value) else { return };
        let Some(from) = from else {
            self.all.remove(at);
            return;
        };
        let Some(one) = self.all.get_mut(at) else { return };
        let last = from.value.pred_opt();
        if let Some(first) = one.valid_from.filter(|first| last.is_none_or(|last| last < *first)) {
            let day = from.value;
            let message = text!(
                "Indikatoren utgår {day}, før den begynner {first}",
                "The indicator is withdrawn on {day}, before it begins on {first}"
            );
            let help = text!("Skriv en senere dag, eller bare «utgår».", "Write a later day, or only «utgår».");
            report.add_help(F::ReversedValidity, from.span, message, help);
        }
        one.valid_to = one.valid_to.into_iter().chain(last).min();
    }

    fn add(&mut self, written: &tree::Indicator, scope: Scope, report: &mut Report) {
        let errors = report.errors();
        let denominator = written.denominator.as_ref().map(|one| population(one, ALL, scope, report));
        let numerator = written.numerator.as_ref().map(|one| population(one, PART, scope, report));
        let excluded = written.excluded.as_ref().map(|names| scope.codes.expand(names, report));
        let target = written.target.as_ref().and_then(|target| self::target(target, written, scope, report));
        let Some(head) = &written.head else { return };
        let source = head.source.as_ref();
        source.map(|source| scope.sources.find(source, report));
        check_order(&head.validity, report);
        let new = self.names.declare(&head.name, report);
        let (Some(Some(denominator)), Some(Some(numerator))) = (denominator, numerator) else { return };
        let indicator = Indicator {
            name: head.name.value.clone(),
            label: head.label.value.clone(),
            denominator,
            numerator,
            excluded: excluded.flatten().unwrap_or_default(),
            target,
            source: source.map(|source| source.value.clone()),
            valid_from: date(&head.validity.from),
            valid_to: date(&head.validity.to),
            origin: report.origin(head.name.span),
        };
        if report.errors() == errors {
            check_numerator(&indicator, written, report);
        }
        if report.errors() == errors {
            check_idle(&indicator, written, scope, report);
        }
        if new {
            let replaced = self.all.iter().position(|one| one.name == indicator.name);
            let place = replaced.map_or(self.all.len()..self.all.len(), |at| at..at + 1);
            self.all.splice(place, [indicator]);
        }
    }
}

fn date(date: &Option<Date>) -> Option<NaiveDate> {
    date.as_ref().map(|date| date.value)
}

/// None if something that it names is unknown.
fn population(
    written: &tree::Population,
    words: &Words<bool>,
    scope: Scope,
    report: &mut Report,
) -> Option<Population> {
    let (interval, treatments, kept) = match written {
        tree::Population::Measured { interval, treatments, kept } => (interval, treatments, kept),
        tree::Population::Courses(names) => {
            return Some(Population::Courses { with: scope.codes.expand(&names.value, report)? });
        }
    };
    let what = ("noe som telles av et intervall her", "something that is counted of an interval here");
    let kept = word(kept, words, what, report);
    let found = scope.intervals.find(interval, report)?;
    let known = treatments.iter().filter(|name| known_treatment(found, name, report)).count();
    let kept = kept.filter(|_| known == treatments.len())?;
    let interval = interval.value.clone();
    let treatments = treatments.iter().map(|name| name.value.clone()).collect();
    Some(match kept {
        false => Population::Measured { interval, treatments },
        true => Population::Within { interval, treatments },
    })
}

/// A share from 0 to 100 percent (F0107), with a source of its own or the indicator's (F0408).
fn target(
    written: &tree::IndicatorTarget,
    indicator: &tree::Indicator,
    scope: Scope,
    report: &mut Report,
) -> Option<IndicatorTarget> {
    let tree::IndicatorTarget { amount, unit, source } = written;
    source.as_ref().map(|source| scope.sources.find(source, report));
    let unit_known = word(unit, PERCENT, ("en enhet for andeler", "a unit of shares"), report);
    let possible = (0.0..=100.0).contains(&amount.value);
    if !possible {
        let value = number(amount.value);
        report.add_help(
            F::BadNumber,
            amount.span,
            text!("En andel kan ikke være {value} prosent", "A share cannot be {value} percent"),
            text!("Skriv et tall fra 0 til 100.", "Write a number from 0 to 100."),
        );
    }
    let source = source.as_ref().or(indicator.head.as_ref()?.source.as_ref());
    if source.is_none() {
        report.add_help(
            F::NoSource,
            join(amount.span, unit.span),
            text!("Andelen oppgir ingen kilde", "The share states no source"),
            text!("Skriv «kilde» og navnet på kilden.", "Write «kilde» and the name of the source."),
        );
    }
    unit_known.filter(|()| possible)?;
    Some(IndicatorTarget { percent: amount.value, source: source.map(|source| source.value.clone()) })
}

/// Days of a pathway's own indicators outside its validity (F0604).
pub fn check_days(body: &[Statement], pathway: &Validity, report: &mut Report) {
    for statement in body {
        match statement {
            Statement::Indicator(tree::Indicator { head: Some(head), .. }) => {
                check_within(&head.validity, pathway, report);
            }
            Statement::Withdrawn { from, .. } => {
                check_within(&Validity { from: from.clone(), to: None }, pathway, report);
            }
            _ => {}
        }
    }
}

/// The codes that an indicator speaks of.
pub fn codes_of(indicator: &Indicator) -> impl Iterator<Item = &String> {
    let with = [&indicator.denominator, &indicator.numerator].into_iter().filter_map(|population| match population {
        Population::Courses { with } => Some(with),
        _ => None,
    });
    with.flatten().chain(&indicator.excluded)
}

/// The same indicator of the codes of one pathway.
pub fn instantiate(indicator: &Indicator, prefix: &str) -> Indicator {
    let whole = |population: &Population| match population {
        Population::Courses { with } => Population::Courses { with: with_prefix(with, prefix) },
        measured => measured.clone(),
    };
    Indicator {
        denominator: whole(&indicator.denominator),
        numerator: whole(&indicator.numerator),
        excluded: with_prefix(&indicator.excluded, prefix),
        ..indicator.clone()
    }
}
