//! Random small pathways, the same for the same seed.

use super::brute::{Cond, Criteria, Item, List, Needed, Spec};

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    fn cond(&mut self, depth: u32) -> Cond {
        if depth > 0 && self.below(3) > 0 {
            let parts = |dice: &mut Dice| (0..2 + dice.below(2)).map(|_| dice.cond(depth - 1)).collect();
            return match self.below(5) {
                0 => Cond::Not(Box::new(self.cond(depth - 1))),
                1 | 2 => Cond::All(parts(self)),
                _ => Cond::Any(parts(self)),
            };
        }
        match self.below(10) {
            0..=2 => Cond::K(self.one(&['p', 'q', 'r'])),
            3 | 4 => Cond::T(self.one(&["over", "under", "minst", "høyst"])),
            5 | 6 => Cond::J,
            7 => Cond::Known(self.one(&['k', 't', 'j'])),
            8 => Cond::Often(self.below(3) > 0, 1 + self.below(3) as u32),
            _ => {
                let (days, words) = self.one(&[(28, "4 uker"), (61, "2 måneder")]);
                Cond::Recent(self.below(2) > 0, days, words)
            }
        }
    }
}

pub fn spec(seed: u64) -> Spec {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
    let lists = (0..2).map(|_| {
        let when = dice.cond(1);
        List { when, items: (0..2).map(|_| dice.cond(1)).collect() }
    });
    let lists = lists.collect();
    let count = 1 + dice.below(4) as usize;
    let mut items: Vec<_> = (0..count)
        .map(|_| Item { condition: dice.cond(2), not_alone: dice.below(5) == 0, does_not_exclude: dice.below(6) == 0 })
        .collect();
    // Marks that leave nothing to count are errors.
    items[0].not_alone = false;
    let need = match dice.below(4) {
        0 => Needed::All,
        1 => Needed::None,
        _ => Needed::AtLeast(1 + dice.below(count as u64) as usize),
    };
    let rows = (0..1 + dice.below(3)).map(|_| dice.cond(2)).collect();
    Spec { lists, criteria: Criteria { need, items }, rows }
}
