//! Limits (`forløpstider`) and which of them holds (design, rules 1, 2 and 7; E7).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Interval, Origin, Pathway};

/// The largest amount a row can hold, in any unit. Larger ones are refused by the compiler and by the runtime.
pub const MAX_AMOUNT: u32 = 3660;

/// One row of a limit table. A row without `amount` is `ikke tallfestet` and is never judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Limit {
    /// The interval that is limited.
    pub interval: String,
    /// The treatment, for intervals that the template splits by treatment.
    pub treatment: Option<String>,
    /// The variant; null is the main course (`hovedforløp`).
    pub variant: Option<String>,
    /// How the amount binds.
    pub form: Form,
    /// The lower end of a window (`mellom … og …`), in `unit`.
    pub minimum: Option<u32>,
    /// The amount, in `unit`; the upper end of a window; null when the source gives no number.
    pub amount: Option<u32>,
    /// The unit of `amount` and `minimum`; null when the source gives no number.
    pub unit: Option<Unit>,
    /// First day on which a course may start to be judged by this row.
    pub valid_from: Option<NaiveDate>,
    /// Last such day.
    pub valid_to: Option<NaiveDate>,
    /// True if the compiler derived the row as the sum of its parts (`utledet`).
    pub derived: bool,
    /// The name of the source that states it.
    pub source: Option<String>,
    /// A footnote of the source on this row.
    pub note: Option<String>,
    /// Where it is written.
    pub origin: Origin,
}

/// How an amount binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// At most `amount`: the ordinary form.
    AtMost,
    /// `minst`: at least `amount`.
    AtLeast,
    /// `mellom … og …`: from `minimum` to `amount`.
    Between,
    /// `samme dag`: at most 0.
    SameDay,
    /// `ikke tallfestet`: the source gives no number.
    Unquantified,
}

/// What an amount counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Calendar days; the start day is day 0.
    Kalenderdager,
    /// Monday to Friday less Norwegian public holidays.
    Arbeidsdager,
    /// Monday to Saturday less Norwegian public holidays.
    Virkedager,
    /// Seven calendar days each.
    Uker,
    /// Calendar months from the start date, clamped to the month's last day.
    #[serde(rename = "måneder")]
    Måneder,
}

impl Unit {
    /// The word as the language and the answers write it.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Kalenderdager => "kalenderdager",
            Unit::Arbeidsdager => "arbeidsdager",
            Unit::Virkedager => "virkedager",
            Unit::Uker => "uker",
            Unit::Måneder => "måneder",
        }
    }

    /// How many calendar days each of them has, if all have as many.
    pub(crate) fn days(self) -> Option<i64> {
        match self {
            Unit::Kalenderdager => Some(1),
            Unit::Uker => Some(7),
            Unit::Arbeidsdager | Unit::Virkedager | Unit::Måneder => None,
        }
    }
}

impl Limit {
    /// Whether a course that starts on `day` is judged by this row.
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether two rows set the same limit, whatever their keys and places.
    fn same_amount(&self, other: &Limit) -> bool {
        (self.form, self.minimum, self.amount, self.unit) == (other.form, other.minimum, other.amount, other.unit)
    }
}

impl Pathway {
    /// The row that holds for an interval, treatment and variant on a course's start date (E7, rule 1):
    /// the variant's own row, else that of the main course. A sum is not inherited by a variant that changes one of its
    /// parts. None means that there is no standard.
    pub fn limit(
        &self,
        interval: &Interval,
        treatment: Option<&str>,
        variant: Option<&str>,
        day: NaiveDate,
    ) -> Option<&Limit> {
        let own = variant.and_then(|variant| self.own_limit(interval, treatment, Some(variant), day));
        if own.is_some()
            || variant.is_some_and(|variant| self.changed_part(interval, treatment, variant, day).is_some())
        {
            return own;
        }
        self.own_limit(interval, treatment, None, day)
    }

    /// The variant's own row that changes a part of this sum, or a part of a part.
    pub(crate) fn changed_part(
        &self,
        sum: &Interval,
        treatment: Option<&str>,
        variant: &str,
        day: NaiveDate,
    ) -> Option<&Limit> {
        // Each sum is looked into once: the walk ends in a ring too, and is short where sums share their parts.
        let mut sums = vec![(sum, treatment)];
        let mut at = 0;
        while let Some((sum, treatment)) = sums.get(at).copied() {
            let parts = sum.sum.iter().filter_map(|name| self.interval(name));
            for (part, key) in parts.flat_map(|part| part.keys(treatment).map(move |key| (part, key))) {
                match self.own_limit(part, key, Some(variant), day) {
                    Some(own) => {
                        let main = self.own_limit(part, key, None, day);
                        if main.is_none_or(|main| !own.same_amount(main)) {
                            return Some(own);
                        }
                    }
                    None if !sums.contains(&(part, key)) => sums.push((part, key)),
                    None => {}
                }
            }
            at += 1;
        }
        None
    }

    /// The row written for exactly this key, valid on the day.
    fn own_limit(
        &self,
        interval: &Interval,
        treatment: Option<&str>,
        variant: Option<&str>,
        day: NaiveDate,
    ) -> Option<&Limit> {
        self.limits.iter().find(|row| {
            row.interval == interval.name
                && row.treatment.as_deref() == treatment
                && row.variant.as_deref() == variant
                && row.valid_on(day)
        })
    }

    /// The interval of this name.
    pub fn interval(&self, name: &str) -> Option<&Interval> {
        self.intervals.iter().find(|interval| interval.name == name)
    }
}

impl Interval {
    /// The treatment, if this interval is split by it.
    pub fn treatment_or_none<'a>(&self, treatment: Option<&'a str>) -> Option<&'a str> {
        treatment.filter(|name| self.treatments.iter().any(|own| own.name == *name))
    }

    /// The treatments whose rows of this interval a sum rests on: the sum's own if this interval is split by it, else
    /// all that it is split by, or none if it is not split.
    fn keys<'a>(&'a self, treatment: Option<&'a str>) -> impl Iterator<Item = Option<&'a str>> {
        let asked = self.treatment_or_none(treatment);
        let own = self.treatments.iter().map(|own| Some(own.name.as_str()));
        own.filter(move |own| asked.is_none() || *own == asked).chain(self.treatments.is_empty().then_some(None))
    }
}
