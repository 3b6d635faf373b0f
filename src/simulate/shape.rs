//! A pathway made ready to make courses of it.

use chrono::NaiveDate;

use super::order::Order;
use crate::tables::{Interval, Limit, Pathway, Role, Treatment};

/// A set of a pathway's codes.
pub(super) struct Codes(Vec<bool>);

impl Codes {
    pub fn of(pathway: &Pathway, names: &[String]) -> Self {
        Codes(pathway.codes.iter().map(|code| names.contains(&code.code)).collect())
    }

    pub fn has(&self, code: usize) -> bool {
        self.0.get(code).copied().unwrap_or_default()
    }

    pub fn numbers(&self) -> Vec<usize> {
        self.0.iter().enumerate().filter(|(_, has)| **has).map(|(code, _)| code).collect()
    }

    fn meets(&self, other: &Codes) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| *one && *other)
    }
}

/// An interval, or one treatment of it.
pub(super) struct Measure<'t> {
    pub interval: &'t Interval,
    pub treatment: Option<&'t Treatment>,
    pub from: Codes,
    pub to: Codes,
    /// The end codes that mean the treatment.
    pub picks: Option<Codes>,
}

impl Measure<'_> {
    /// Whether it is measured when this code ends it.
    pub fn ends_with(&self, code: usize) -> bool {
        self.to.has(code) && self.picks.as_ref().is_none_or(|picks| picks.has(code))
    }
}

/// One way on in a course: an interval that is no sum of others.
pub(super) struct Step {
    pub from: Codes,
    /// All its end codes, and those that an ordinary course goes on with.
    pub to: Vec<usize>,
    pub onward: Vec<usize>,
    pub repeats: bool,
}

/// What courses of a pathway are made from.
pub(super) struct Shape<'t> {
    pub pathway: &'t Pathway,
    pub measures: Vec<Measure<'t>>,
    pub steps: Vec<Step>,
    pub rules: Vec<Order<'t>>,
    /// Codes that open a course; of a pathway that has none, those that intervals start from, or all.
    pub openers: Vec<usize>,
    pub transfers: Vec<usize>,
    pub closers: Vec<usize>,
    /// Those that no step leads to: an early end.
    pub stops: Vec<usize>,
    /// Codes without a role that no step leads to, and whether one goes on from them.
    pub loose: Vec<(usize, bool)>,
    /// The first day of each period but the first, in each of which the same rows are valid.
    pub changes: Vec<NaiveDate>,
    /// By period, then measure, then the main course and the variants.
    rows: Vec<Option<&'t Limit>>,
}

impl<'t> Shape<'t> {
    pub fn new(pathway: &'t Pathway) -> Self {
        let measures: Vec<_> = pathway.intervals.iter().flat_map(|interval| measures(pathway, interval)).collect();
        let steps = steps(pathway);
        let with = |role| numbered(pathway, move |own| own == Some(role));
        let led_to = |code: usize| steps.iter().any(|step| step.to.contains(&code));
        let starts = |code: usize| steps.iter().any(|step| step.from.has(code));
        let mut openers = with(Role::Opens);
        if openers.is_empty() {
            openers = numbered(pathway, |_| true);
            let starting: Vec<usize> = openers.iter().copied().filter(|code| starts(*code)).collect();
            openers = if starting.is_empty() { openers } else { starting };
        }
        let loose = numbered(pathway, |role| role.is_none()).into_iter().filter(|code| !led_to(*code));
        let loose = loose.map(|code| (code, starts(code))).collect();
        let rules = pathway.rules.iter().map(|rule| Order::new(pathway, rule)).collect();

        let ends = pathway.limits.iter().filter_map(|row| row.valid_to?.succ_opt());
        let mut changes: Vec<_> = pathway.limits.iter().filter_map(|row| row.valid_from).chain(ends).collect();
        changes.sort_unstable();
        changes.dedup();
        let mut rows = Vec::new();
        for day in std::iter::once(NaiveDate::MIN).chain(changes.iter().copied()) {
            for Measure { interval, treatment, .. } in &measures {
                let treatment = treatment.map(|treatment| treatment.name.as_str());
                let variants = pathway.variants.iter().map(|variant| Some(variant.name.as_str()));
                let columns = std::iter::once(None).chain(variants);
                rows.extend(columns.map(|variant| pathway.limit(interval, treatment, variant, day)));
            }
        }
        let (transfers, closers) = (with(Role::Transfers), with(Role::Closes));
        let stops = closers.iter().copied().filter(|code| !led_to(*code)).collect();
        Shape { pathway, measures, steps, rules, openers, transfers, closers, stops, loose, changes, rows }
    }

    pub fn role(&self, code: usize) -> Option<Role> {
        self.pathway.codes.get(code)?.role
    }

    /// Whether an event may carry the code on the day.
    pub fn valid(&self, code: usize, day: NaiveDate) -> bool {
        let Some(code) = self.pathway.codes.get(code) else { return false };
        let within = |from: Option<NaiveDate>, to: Option<NaiveDate>| {
            from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
        };
        within(code.valid_from, code.valid_to) && within(self.pathway.valid_from, self.pathway.valid_to)
    }

    /// The row of a measure and variant for a course that starts on the day (E7).
    pub fn row(&self, measure: usize, variant: Option<usize>, day: NaiveDate) -> Option<&'t Limit> {
        let period = self.changes.partition_point(|first| *first <= day);
        let column = variant.map_or(0, |variant| variant + 1);
        let columns = self.pathway.variants.len() + 1;
        *self.rows.get((period * self.measures.len() + measure) * columns + column)?
    }
}

fn numbered(pathway: &Pathway, wanted: impl Fn(Option<Role>) -> bool) -> Vec<usize> {
    let codes = pathway.codes.iter().enumerate();
    codes.filter(|(_, code)| wanted(code.role)).map(|(number, _)| number).collect()
}

fn measures<'t>(pathway: &'t Pathway, interval: &'t Interval) -> Vec<Measure<'t>> {
    let measure = |treatment: Option<&'t Treatment>| Measure {
        interval,
        treatment,
        from: Codes::of(pathway, &interval.from),
        to: Codes::of(pathway, &interval.to),
        picks: treatment.map(|treatment| Codes::of(pathway, &treatment.codes)),
    };
    match interval.treatments.as_slice() {
        [] => vec![measure(None)],
        treatments => treatments.iter().map(|treatment| measure(Some(treatment))).collect(),
    }
}

/// The intervals but for sums to whose end another one leads.
fn steps(pathway: &Pathway) -> Vec<Step> {
    let codes = |names: &[String]| Codes::of(pathway, names);
    let is_step = |interval: &&Interval| {
        let parts = pathway.intervals.iter().filter(|other| other.sum.is_empty());
        let end = codes(&interval.to);
        interval.sum.is_empty() || !parts.into_iter().any(|part| codes(&part.to).meets(&end))
    };
    let intervals: Vec<&Interval> = pathway.intervals.iter().filter(is_step).collect();
    let step = |interval: &&Interval| {
        let to = codes(&interval.to).numbers();
        let leads_on = |code: &usize| intervals.iter().any(|other| codes(&other.from).has(*code));
        let treats = |code: &usize| interval.treatments.iter().any(|own| codes(&own.codes).has(*code));
        let mut onward: Vec<usize> = to.iter().copied().filter(leads_on).collect();
        if onward.is_empty() {
            onward = to.iter().copied().filter(treats).collect();
        }
        if onward.is_empty() {
            onward.clone_from(&to);
        }
        Step { from: codes(&interval.from), to, onward, repeats: interval.repeats }
    };
    intervals.iter().map(step).collect()
}
