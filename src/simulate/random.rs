//! Chance that is the same everywhere and for ever.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// Spreads the numbers of patients over all seeds (the golden ratio in 64 bits).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The dice of one patient: no other patient's throws change them.
pub(super) struct Dice(Pcg64Mcg);

impl Dice {
    pub fn of(seed: u64, patient: u32) -> Self {
        Dice(Pcg64Mcg::seed_from_u64(seed ^ u64::from(patient).wrapping_mul(SPREAD)))
    }

    /// A number from 0 to one less than `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: u32) -> u32 {
        // Multiplying instead of dividing: no throw is thrown away, so the stream never depends on `end`.
        ((u64::from(self.0.next_u32()) * u64::from(end)) >> 32) as u32
    }

    pub fn chance(&mut self, share: f64) -> bool {
        f64::from(self.0.next_u32()) < share * 4_294_967_296.0
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }

    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let length = u32::try_from(list.len()).unwrap_or(u32::MAX);
        list.get(self.below(length) as usize)
    }
}
