//! A patient on a day, as conditions see it.

use chrono::NaiveDate;

use super::{
    calendar::due,
    facts::Knowledge,
    formula::Input,
    logic::{Datum, Recent, Repeated, World},
};
use crate::tables::Unit;

/// What is known on a day, and what is imagined where nothing is.
#[derive(Clone, Copy)]
pub(super) struct View<'v, 'a> {
    pub knowledge: &'v Knowledge<'v, 'a>,
    pub day: NaiveDate,
    /// The pathways in which the patient has an open course.
    pub open: &'v [&'v str],
    pub imagined: &'v [(usize, Imagined)],
    /// Whether it is asked what would settle what is unknown.
    pub settle: bool,
}

/// What might become known of a fact. It counts only where nothing is known that would decide.
#[derive(Clone, Copy, Debug)]
pub(super) struct Imagined {
    pub value: Datum,
    /// The date of the latest value.
    pub date: NaiveDate,
    /// A value that it had before, as often and as far apart as one likes.
    pub often: Option<Datum>,
    /// How fast it rises, per year of 365 days.
    pub rise: Option<f64>,
}

impl<'v, 'a> View<'v, 'a> {
    /// What is known on a day of a patient whose courses do not matter.
    pub fn on(knowledge: &'v Knowledge<'v, 'a>, day: NaiveDate) -> Self {
        View { knowledge, day, open: &[], imagined: &[], settle: true }
    }

    /// The date of a fact's latest value.
    pub fn date(&self, fact: usize) -> Option<NaiveDate> {
        let known = self.knowledge.on(fact, self.day);
        known.and_then(|known| known.date).or(self.imagined(fact).map(|imagined| imagined.date))
    }

    fn imagined(&self, fact: usize) -> Option<&'v Imagined> {
        self.imagined.iter().find(|(imagined, _)| *imagined == fact).map(|(_, imagined)| imagined)
    }

    /// A number that a formula reads.
    pub fn read(&self, input: Input) -> Option<f64> {
        match input {
            Input::Value(fact) => match self.value(fact)? {
                Datum::Number(number) => Some(number),
                _ => None,
            },
            Input::Rise(fact) => {
                self.knowledge.rise(fact, self.day).or_else(|| self.imagined(fact).and_then(|imagined| imagined.rise))
            }
        }
    }

    /// Whether something of this date is at most so old on the day.
    pub fn is_within(&self, date: NaiveDate, (amount, unit): (u32, Unit)) -> bool {
        due(date, amount, unit).is_none_or(|due| self.day <= due)
    }
}

impl World for View<'_, '_> {
    fn value(&self, fact: usize) -> Option<Datum> {
        if let Some(formula) = self.knowledge.formula(fact) {
            return formula.value(&|input| self.read(input)).map(Datum::Number);
        }
        let known = self.knowledge.on(fact, self.day).map(|known| known.value);
        known.or_else(|| self.imagined(fact).map(|imagined| imagined.value))
    }

    /// Counts from the first value on, each that is far enough from the one counted before it. Values without a date
    /// come first and count as one.
    fn repeated(&self, repeated: &Repeated) -> Option<bool> {
        let values = self.knowledge.values(repeated.fact, self.day);
        if values.is_empty() {
            let imagined = self.imagined(repeated.fact)?;
            let often = imagined.often.is_some_and(|value| repeated.of.holds_for(value));
            return Some(often || repeated.count <= u32::from(repeated.of.holds_for(imagined.value)));
        }
        let mut count = 0;
        let mut last: Option<Option<NaiveDate>> = None;
        for known in values.iter().filter(|known| repeated.of.holds_for(known.value)) {
            let counts = match (last, known.date) {
                (Some(_), None) => false,
                (Some(Some(last)), Some(date)) => {
                    repeated.spacing.is_none_or(|(amount, unit)| due(last, amount, unit).is_some_and(|due| due <= date))
                }
                (None, _) | (Some(None), Some(_)) => true,
            };
            if counts {
                count += 1;
                last = Some(known.date);
            }
        }
        Some(repeated.count <= count)
    }

    fn recent(&self, recent: &Recent) -> Option<bool> {
        let known = self.knowledge.on(recent.fact, self.day);
        let imagined = self.imagined(recent.fact);
        let value = known.map(|known| known.value).or(imagined.map(|imagined| imagined.value))?;
        if !recent.of.holds_for(value) {
            return Some(false);
        }
        Some(self.is_within(self.date(recent.fact)?, recent.age))
    }

    fn in_course(&self, pathway: Option<&str>) -> bool {
        pathway.map_or(!self.open.is_empty(), |pathway| self.open.contains(&pathway))
    }
}
