//! Sums of limits (rules 1 and 2): deriving them, comparing them with their parts, and variants that change a part.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{limits::Written, report::Report, silence, words::all_of};
use crate::{
    diagnostic::{Code as F, Finding},
    lang::Text,
    tables::{Form, Interval, Limit, MAX_AMOUNT, Pathway, Unit},
    text,
};

/// A pathway's limits and where each of them is written, in the same order.
pub struct Sums<'a> {
    pub pathway: &'a mut Pathway,
    pub written: &'a [Written],
    /// Whether these are all the limits that the author meant: only then is one that is missing a mistake.
    pub complete: bool,
}

/// Why a row has no sum: a finding, unless there is one already.
type NoSum = Option<Text>;

/// What the limits of a sum's parts come to.
struct Parts<'p> {
    /// The limit of each part, as far as it has one.
    limits: Vec<(&'p str, Option<&'p Limit>)>,
}

impl Sums<'_> {
    /// `utledet` gets its amount (F0407 if it has none), then the stated sums are compared with their parts.
    pub fn check(&mut self, report: &mut Report) {
        self.derive(report);
        let days = boundaries(self.pathway);
        let sums = self.pathway.intervals.iter().filter(|interval| !interval.sum.is_empty());
        let mut said = BTreeSet::new();
        for interval in sums {
            for variant in variants(self.pathway) {
                let mut wrong = BTreeMap::new();
                for treatment in treatments(interval) {
                    for day in &days {
                        let Some(total) = self.pathway.limit(interval, treatment, variant, *day) else { continue };
                        let parts = Parts::of(self.pathway, interval, treatment, variant, *day);
                        self.compare(total, &parts, &mut said, &mut wrong, report);
                    }
                }
                wrong.into_values().for_each(|finding| report.push(finding));
            }
            if self.complete {
                silence::check(self, interval, &days, report);
            }
        }
    }

    /// Parts are derived before the sums that they are in.
    fn derive(&mut self, report: &mut Report) {
        let mut waiting: Vec<(usize, usize)> = Vec::new();
        for (at, (limit, written)) in self.pathway.limits.iter().zip(self.written).enumerate() {
            if written.derive {
                waiting.push((parts_within(self.pathway, &limit.interval), at));
            }
        }
        waiting.sort_unstable();
        let mut failed = BTreeSet::new();
        for (_, at) in waiting {
            let (Some(limit), Some(written)) = (self.pathway.limits.get(at), self.written.get(at)) else { continue };
            match self.derived(limit) {
                Ok((amount, unit)) => {
                    if let Some(limit) = self.pathway.limits.get_mut(at) {
                        (limit.form, limit.amount, limit.unit) = (Form::AtMost, Some(amount), Some(unit));
                    }
                }
                // A row without treatment is derived for each, and explained once.
                Err(Some(why)) if failed.insert(written.row) => {
                    let help =
                        text!("Skriv tallet, eller «ikke tallfestet».", "Write the number, or «ikke tallfestet».");
                    report.add_help(F::CannotDerive, written.amount, why, help);
                }
                Err(_) => {}
            }
        }
    }

    /// A stated sum against its parts: F0302, F0304, F0402. A part is shared by the rows of all treatments, so what is
    /// wrong with several rows of one sum and variant is one finding.
    fn compare(
        &self,
        total: &Limit,
        parts: &Parts,
        said: &mut BTreeSet<(F, usize)>,
        wrong: &mut BTreeMap<F, Finding>,
        report: &Report,
    ) {
        let (Some(stated), Some(unit), Form::AtMost, false) = (total.amount, total.unit, total.form, total.derived)
        else {
            return;
        };
        let (Some(numbers), Some(written)) = (parts.numbers(), self.written_at(total)) else { return };
        if self.is_doubtful(Some(total)) || parts.limits.iter().any(|(_, limit)| self.is_doubtful(*limit)) {
            return;
        }
        let name = &total.interval;
        let units = units_of(&numbers);
        let all = units.iter().copied().chain([unit]).collect::<BTreeSet<_>>();
        let mut add = |code: F, message: Text, help: Text| {
            if !said.insert((code, written.row)) {
                return;
            }
            let finding = match wrong.remove(&code) {
                Some(first) => first.related(report.place(written.amount), message),
                None => report.finding(code, written.amount, message).help(help),
            };
            wrong.insert(code, finding);
        };
        if all.len() > 1 && all.contains(&Unit::Måneder) {
            return add(
                F::WrongUnit,
                text!("Summen «{name}» blander måneder og dager", "The sum «{name}» mixes months and days"),
                text!(
                    "En måned har ikke et fast antall dager: skriv summen og delene i samme enhet.",
                    "A month has no fixed number of days: write the sum and its parts in one unit."
                ),
            );
        }
        let days = all.iter().all(|unit| matches!(unit, Unit::Kalenderdager | Unit::Uker));
        if units.len() > 1 || (all.len() > 1 && !days) {
            let words = all.iter().map(|unit| unit.word()).collect::<Vec<_>>();
            let Text { nb, en } = all_of(&words);
            add(
                F::MixedUnits,
                text!("Summen «{name}» blander {nb}", "The sum «{name}» mixes {en}"),
                text!("Skriv summen og delene i samme enhet.", "Write the sum and its parts in one unit."),
            );
        }
        if all.len() > 1 && !days {
            return;
        }
        // Weeks and calendar days are compared in days, everything else as it stands.
        let factor = |unit: Unit| if all.len() > 1 && unit == Unit::Uker { 7 } else { 1 };
        let word = if all.len() > 1 { Unit::Kalenderdager.word() } else { unit.word() };
        let terms: Vec<u64> = numbers.iter().map(|(amount, unit)| u64::from(*amount) * factor(*unit)).collect();
        let (sum, total) = (terms.iter().sum::<u64>(), u64::from(stated) * factor(unit));
        if sum != total {
            let terms = terms.iter().map(u64::to_string).collect::<Vec<_>>().join(" + ");
            let parts = parts.limits.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" + ");
            add(
                F::WrongSum,
                text!(
                    "{terms} = {sum}, men raden sier {total} {word}",
                    "{terms} = {sum}, but the row says {total} {word}"
                ),
                text!(
                    "«{name}» er {parts}: rett summen eller delene, eller skriv «ikke tallfestet»",
                    "«{name}» is {parts}: correct the sum or its parts, or write «ikke tallfestet»"
                ),
            );
        }
    }

    /// The amount of a derived row, or why it has none.
    fn derived(&self, limit: &Limit) -> Result<(u32, Unit), NoSum> {
        let name = &limit.interval;
        let sum = self.pathway.interval(name).filter(|interval| !interval.sum.is_empty()).ok_or_else(|| {
            // A sum in a ring has its finding, and is no sum any more.
            let what =
                text!("«{name}» er ikke en sum og kan ikke utledes", "«{name}» is not a sum and cannot be derived");
            self.complete.then_some(what)
        })?;
        let first = limit.valid_from.max(self.pathway.valid_from).unwrap_or(NaiveDate::MIN);
        let days = boundaries(self.pathway).into_iter().filter(|day| limit.valid_on(*day)).chain([first]);
        let mut found = None;
        for day in days {
            let amount = self.derived_on(sum, limit, day)?;
            if found.replace(amount).is_some_and(|before| before != amount) {
                return Err(Some(text!(
                    "«{name}» kan ikke utledes: delene endres mens raden gjelder",
                    "«{name}» cannot be derived: its parts change while the row is valid"
                )));
            }
        }
        found.ok_or(None)
    }

    fn derived_on(&self, sum: &Interval, limit: &Limit, day: NaiveDate) -> Result<(u32, Unit), NoSum> {
        let name = &limit.interval;
        let parts = Parts::of(self.pathway, sum, limit.treatment.as_deref(), limit.variant.as_deref(), day);
        if parts.limits.iter().any(|(_, limit)| self.is_doubtful(*limit)) {
            return Err(None);
        }
        if let Some((part, _)) = parts.limits.iter().find(|(_, limit)| limit.and_then(number).is_none()) {
            return Err(Some(text!(
                "«{name}» kan ikke utledes: delen «{part}» har ingen frist med tall",
                "«{name}» cannot be derived: its part «{part}» has no limit with a number"
            )));
        }
        let numbers = parts.numbers().unwrap_or_default();
        let units = units_of(&numbers);
        if units.len() > 1 {
            return Err(Some(text!(
                "«{name}» kan ikke utledes: delene har ulike enheter",
                "«{name}» cannot be derived: its parts have different units"
            )));
        }
        let unit = units.first().copied().unwrap_or(Unit::Kalenderdager);
        let sum: u64 = numbers.iter().map(|(amount, _)| u64::from(*amount)).sum();
        let amount = u32::try_from(sum).ok().filter(|amount| *amount <= MAX_AMOUNT);
        amount.map(|amount| (amount, unit)).ok_or_else(|| {
            Some(text!("«{name}» kan ikke utledes: {sum} er for mye", "«{name}» cannot be derived: {sum} is too much"))
        })
    }

    /// Whether nothing can be concluded from the limit of a part, or from its having none.
    fn is_doubtful(&self, limit: Option<&Limit>) -> bool {
        match limit {
            None => !self.complete,
            Some(limit) => {
                let underived = limit.derived && limit.amount.is_none();
                underived || self.written_at(limit).is_none_or(|written| written.doubtful)
            }
        }
    }

    pub fn written_at(&self, limit: &Limit) -> Option<&Written> {
        let at = self.pathway.limits.iter().position(|other| std::ptr::eq(other, limit))?;
        self.written.get(at)
    }
}

impl<'p> Parts<'p> {
    fn of(
        pathway: &'p Pathway,
        sum: &'p Interval,
        treatment: Option<&str>,
        variant: Option<&str>,
        day: NaiveDate,
    ) -> Self {
        let limit = |part: &Interval| pathway.limit(part, part.treatment_or_none(treatment), variant, day);
        let limits = sum.sum.iter().map(|name| (name.as_str(), pathway.interval(name).and_then(limit))).collect();
        Parts { limits }
    }

    /// The amounts, if every part has one that bounds it from above.
    fn numbers(&self) -> Option<Vec<(u32, Unit)>> {
        self.limits.iter().map(|(_, limit)| limit.and_then(number)).collect()
    }
}

fn number(limit: &Limit) -> Option<(u32, Unit)> {
    matches!(limit.form, Form::AtMost | Form::SameDay).then_some(())?;
    Some((limit.amount?, limit.unit?))
}

/// The units of the numbers; nothing is the same in every unit.
fn units_of(numbers: &[(u32, Unit)]) -> BTreeSet<Unit> {
    numbers.iter().filter(|(amount, _)| *amount > 0).map(|(_, unit)| *unit).collect()
}

/// The pathway's first day, and the days of its validity from which other rows hold.
fn boundaries(pathway: &Pathway) -> BTreeSet<NaiveDate> {
    let first = pathway.valid_from.unwrap_or(NaiveDate::MIN);
    let from = pathway.limits.iter().filter_map(|limit| limit.valid_from);
    let after = pathway.limits.iter().filter_map(|limit| limit.valid_to.and_then(|to| to.succ_opt()));
    let valid = |day: &NaiveDate| first <= *day && pathway.valid_to.is_none_or(|to| *day <= to);
    from.chain(after).filter(valid).chain([first]).collect()
}

/// `[None]` for an interval that is not split.
pub fn treatments(interval: &Interval) -> Vec<Option<&str>> {
    let names: Vec<_> = interval.treatments.iter().map(|treatment| Some(treatment.name.as_str())).collect();
    if names.is_empty() { vec![None] } else { names }
}

fn variants(pathway: &Pathway) -> impl Iterator<Item = Option<&str>> {
    std::iter::once(None).chain(pathway.variants.iter().map(|variant| Some(variant.name.as_str())))
}

/// How many intervals the sum is made of, itself and parts of parts too: a part has always fewer than the sum.
fn parts_within(pathway: &Pathway, name: &str) -> usize {
    let mut parts = vec![name];
    let mut at = 0;
    while let Some(sum) = parts.get(at).and_then(|name| pathway.interval(name)) {
        for part in &sum.sum {
            if !parts.contains(&part.as_str()) {
                parts.push(part);
            }
        }
        at += 1;
    }
    parts.len()
}
