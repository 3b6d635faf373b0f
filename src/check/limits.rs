//! Rows of `forløpstider` (rules 1, 2 and 7): what each says, and for which interval, treatment and variant.

use super::{
    intervals::Intervals,
    report::Report,
    scope::Names,
    words::{UNITS, as_whole, join, number, with_suggestion, word},
};
use crate::{
    diagnostic::Code as F,
    source::Span,
    syntax::tree::{self, LimitForm, LimitOptions, Name, Number},
    tables::{Form, Interval, Limit, MAX_AMOUNT, Unit},
    text,
};

/// More days than this, about 18 months, are probably a slip of the pen.
const UNUSUAL_DAYS: u32 = 550;

/// Where a limit is written. A row without treatment gives several limits, with the same number.
#[derive(Clone, Debug)]
pub struct Written {
    /// The number of the row.
    pub row: usize,
    /// Its interval and treatment.
    pub key: Span,
    /// Its amount.
    pub amount: Span,
    /// All of it.
    pub whole: Span,
    /// Whether it is `utledet` and waits for its amount.
    pub derive: bool,
    /// Whether it is for every treatment of its interval.
    pub wide: bool,
    /// Whether it has a finding already, so that nothing is concluded from its amount.
    pub doubtful: bool,
}

/// Reads the tables of one pathway.
pub struct Rows<'a> {
    intervals: &'a Intervals,
    sources: &'a Names,
    pub limits: Vec<(Limit, Written)>,
    /// Whether a row names something that is not there, and so is missing among the limits.
    pub incomplete: bool,
    /// One remark on `virkedager` in a pathway is enough.
    ambiguous_unit_said: bool,
    next: usize,
}

impl<'a> Rows<'a> {
    pub fn new(intervals: &'a Intervals, sources: &'a Names) -> Self {
        Rows { intervals, sources, limits: Vec::new(), incomplete: false, ambiguous_unit_said: false, next: 0 }
    }

    /// Adds one table: of the main course, or of a variant.
    pub fn add(&mut self, table: &tree::Limits, variant: Option<&str>, report: &mut Report) {
        if let Some(source) = &table.options.source {
            self.sources.find(source, report);
        }
        super::validity::check_order(&table.options.validity, report);
        check_sources(table, report);
        for row in &table.rows {
            self.add_row(row, &table.options, variant, report);
        }
    }

    fn add_row(&mut self, row: &tree::Limit, table: &LimitOptions, variant: Option<&str>, report: &mut Report) {
        if let Some(source) = &row.options.source {
            self.sources.find(source, report);
        }
        let errors = report.errors();
        let (form, minimum, amount, unit) = self.amount(&row.form.value, row.form.span, report);
        let own = &row.options.validity;
        let from = own.from.as_ref().or(table.validity.from.as_ref());
        let to = own.to.as_ref().or(table.validity.to.as_ref());
        super::validity::check_row_order(own, from, to, report);
        let doubtful = report.errors() > errors;
        let Some(interval) = self.intervals.find(&row.interval, report) else {
            self.incomplete = true;
            return;
        };
        let written = Written {
            row: self.next,
            key: row.treatment.as_ref().map_or(row.interval.span, |name| join(row.interval.span, name.span)),
            amount: row.form.span,
            whole: row.span,
            derive: row.form.value == LimitForm::Derived,
            wide: row.treatment.is_none(),
            doubtful,
        };
        self.next += 1;
        let treatments = treatments(interval, row.treatment.as_ref(), report);
        self.incomplete |= treatments.is_empty();
        for treatment in treatments {
            let limit = Limit {
                interval: interval.name.clone(),
                treatment,
                variant: variant.map(str::to_owned),
                form,
                minimum,
                amount,
                unit,
                valid_from: from.map(|date| date.value),
                valid_to: to.map(|date| date.value),
                derived: written.derive,
                source: row.options.source.as_ref().or(table.source.as_ref()).map(|name| name.value.clone()),
                note: row.options.note.as_ref().or(table.note.as_ref()).map(|note| note.value.clone()),
                origin: report.origin(row.span),
            };
            self.limits.push((limit, written.clone()));
        }
    }

    /// Form, minimum, amount and unit. An amount that is wrong makes a row that is never judged.
    fn amount(&mut self, form: &LimitForm, span: Span, report: &mut Report) -> Amount {
        const NONE: Amount = (Form::Unquantified, None, None, None);
        match form {
            LimitForm::Unquantified | LimitForm::Derived => NONE,
            LimitForm::SameDay => (Form::SameDay, None, Some(0), Some(Unit::Kalenderdager)),
            LimitForm::AtMost(number, unit) => {
                let found = self.counted(number, unit, report);
                found.map_or(NONE, |(amount, unit)| (Form::AtMost, None, Some(amount), Some(unit)))
            }
            LimitForm::AtLeast(number, unit) => {
                let found = self.counted(number, unit, report);
                found.map_or(NONE, |(amount, unit)| (Form::AtLeast, None, Some(amount), Some(unit)))
            }
            LimitForm::Between(least, most, unit) => {
                let (minimum, found) = (whole_amount(least, report), self.counted(most, unit, report));
                let (Some(minimum), Some((amount, unit))) = (minimum, found) else { return NONE };
                if minimum > amount {
                    report.add_help(
                        F::EmptyWindow,
                        span,
                        text!("Ingenting er mellom {minimum} og {amount}", "Nothing is between {minimum} and {amount}"),
                        text!(
                            "Mente du «mellom {amount} og {minimum}»?",
                            "Did you mean «mellom {amount} og {minimum}»?"
                        ),
                    );
                    return NONE;
                }
                (Form::Between, Some(minimum), Some(amount), Some(unit))
            }
        }
    }

    fn counted(&mut self, written: &Number, unit: &Name, report: &mut Report) -> Option<(u32, Unit)> {
        let amount = whole_amount(written, report);
        let found = word(unit, UNITS, ("en enhet for frister", "a unit of limits"), report);
        if found == Some(Unit::Virkedager) && !std::mem::replace(&mut self.ambiguous_unit_said, true) {
            report.add_help(
                F::AmbiguousUnit,
                unit.span,
                text!(
                    "«virkedager» er et tvetydig ord: her er det mandag til lørdag uten helligdager",
                    "«virkedager» is an ambiguous word: here it is Monday to Saturday less public holidays"
                ),
                text!(
                    "Skriv «arbeidsdager» hvis lørdager ikke skal telle.",
                    "Write «arbeidsdager» if Saturdays shall not count."
                ),
            );
        }
        let (amount, found) = (amount?, found?);
        let days = amount * days_of(found);
        if days > UNUSUAL_DAYS {
            let (amount, unit_word) = (number(written.value), &unit.value);
            report.add_help(
                F::UnusualAmount,
                join(written.span, unit.span),
                text!(
                    "{amount} {unit_word} er uvanlig lenge for en frist",
                    "{amount} {unit_word} is unusually long for a limit"
                ),
                text!("Kontroller tallet og enheten mot kilden.", "Check the number and the unit against the source."),
            );
        }
        Some((amount, found))
    }
}

type Amount = (Form, Option<u32>, Option<u32>, Option<Unit>);

/// About how many calendar days there are in the unit.
fn days_of(unit: Unit) -> u32 {
    match unit {
        Unit::Kalenderdager | Unit::Arbeidsdager | Unit::Virkedager => 1,
        Unit::Uker => 7,
        Unit::Måneder => 30,
    }
}

fn whole_amount(written: &Number, report: &mut Report) -> Option<u32> {
    let found = as_whole(written.value).filter(|amount| *amount <= MAX_AMOUNT);
    if found.is_none() {
        let value = number(written.value);
        // What was meant: the number without its sign or its fraction.
        let meant = as_whole(written.value.abs().round()).filter(|amount| *amount <= MAX_AMOUNT);
        let help = match meant {
            Some(meant) => text!(
                "Mente du {meant}? En frist er et helt tall fra 0 til {MAX_AMOUNT}.",
                "Did you mean {meant}? A limit is a whole number from 0 to {MAX_AMOUNT}."
            ),
            None => text!(
                "En frist er et helt tall fra 0 til {MAX_AMOUNT}.",
                "A limit is a whole number from 0 to {MAX_AMOUNT}."
            ),
        };
        report.add_help(
            F::ImpossibleAmount,
            written.span,
            text!("En frist kan ikke være {value}", "A limit cannot be {value}"),
            help,
        );
    }
    found
}

/// The treatments that the row is for; `[None]` for an interval that is not split.
fn treatments(interval: &Interval, written: Option<&Name>, report: &mut Report) -> Vec<Option<String>> {
    let names = || interval.treatments.iter().map(|treatment| treatment.name.as_str());
    let Some(name) = written else {
        let split = names().map(|name| Some(name.to_owned())).collect::<Vec<_>>();
        return if split.is_empty() { vec![None] } else { split };
    };
    match known_treatment(interval, name, report) {
        true => vec![Some(name.value.clone())],
        false => Vec::new(),
    }
}

/// Whether the interval is split by this treatment; if not it is F0205.
pub fn known_treatment(interval: &Interval, name: &Name, report: &mut Report) -> bool {
    let (word, interval_name) = (&name.value, &interval.name);
    if interval.treatments.is_empty() {
        let message =
            text!("«{interval_name}» er ikke delt etter behandling", "«{interval_name}» is not split by treatment");
        let help = text!("Ta bort «{word}».", "Take away «{word}».");
        report.add_help(F::UnknownTreatment, name.span, message, help);
        return false;
    }
    let known = interval.treatments.iter().any(|treatment| treatment.name == *word);
    if !known {
        let message = text!(
            "«{word}» er ikke en behandling som «{interval_name}» er delt etter",
            "«{word}» is not a treatment that «{interval_name}» is split by"
        );
        let finding = report.finding(F::UnknownTreatment, name.span, message);
        let names = interval.treatments.iter().map(|treatment| treatment.name.as_str());
        report.push(with_suggestion(finding, word, names));
    }
    known
}

/// Every row says where it comes from (F0408); a table without any source is one finding.
fn check_sources(table: &tree::Limits, report: &mut Report) {
    let mut silent = table.rows.iter().filter(|row| row.options.source.is_none());
    let count = silent.clone().count();
    // What could not be read may have named one.
    if table.options.source.is_some() || !table.broken.is_empty() || count == 0 {
        return;
    }
    let help = text!("Skriv «kilde» og navnet på kilden.", "Write «kilde» and the name of the source.");
    if count == table.rows.len() && count > 1 {
        let message = text!("Fristene oppgir ingen kilde", "The limits state no source");
        return report.add_help(F::NoSource, table.span, message, help);
    }
    silent.by_ref().for_each(|row| {
        let message = text!("Fristen oppgir ingen kilde", "The limit states no source");
        report.add_help(F::NoSource, row.span, message, help.clone());
    });
}
