//! Answers without names, and what many courses have in common: for those who look at a whole register.

#[cfg(test)]
use super::IntervalAnswer;
use super::{
    Basis, Judged,
    interval::{Measured, Outcome, Setting},
    variants::Held,
};

/// What a course shares with others: its codes in their order, the rows of its start, and the variants that hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pattern {
    shape: u64,
    period: usize,
    held: u64,
}

impl<'a> Judged<'_, 'a> {
    /// What is measured, in the order of the answers. With an institution as it sees it after a transfer: what starts with
    /// an opening code starts at its own first one, unless it has none or the interval had ended before.
    #[inline]
    pub(crate) fn measured<'s>(&'s self, own: Option<&'s str>) -> impl Iterator<Item = Measured> {
        self.setting.measured(own)
    }

    /// The status of what is measured, and the days.
    #[inline]
    pub(crate) fn outcome(&self, measured: &Measured) -> Outcome {
        self.setting.outcome(measured)
    }

    /// The answer about what is measured.
    #[cfg(test)]
    pub(super) fn answer(&self, measured: &Measured) -> IntervalAnswer<'a> {
        self.setting.answer(measured)
    }

    /// The amount of the row that holds for what is measured.
    #[cfg(feature = "cli")]
    pub(crate) fn limit(&self, measured: &Measured) -> Option<u32> {
        self.setting.limit(measured).map(|limit| limit.amount)
    }

    /// What the course shares with others. Those with the same pattern have the same [measured](Self::measured), but for
    /// institutions' own starts. None if it is too long to write down.
    #[inline]
    pub(crate) fn pattern(&self) -> Option<Pattern> {
        let Setting { shape, rows, .. } = &self.setting;
        let held = if self.patient.knowledge.knows_nothing() { 0 } else { self.held()? };
        Some(Pattern { shape: shape.number, period: rows.period, held })
    }

    /// The variants that hold for what is measured, as one number.
    fn held(&self) -> Option<u64> {
        let kinds = 2 * (self.patient.pathway.variants.len() as u64 + 1);
        self.setting
            .measured(None)
            .try_fold(1_u64, |all, measured| all.checked_mul(kinds)?.checked_add(measured.held.number()))
    }
}

impl Held {
    /// A number of its own, less than twice as many as there are variants and the main course.
    fn number(self) -> u64 {
        2 * self.variant.map_or(0, |number| number as u64 + 1) + u64::from(self.basis == Basis::Assumed)
    }
}
