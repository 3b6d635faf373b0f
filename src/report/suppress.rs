//! Hiding small counts, and with them what they could be computed from.
//!
//! Counts are *cells*; what is known of them beside those that are shown, is how small they can be (0, or 1 where a row shows that there is something)
//! and that some are the sum of others. For each hidden cell there is a *witness*: a change of hidden cells alone after which every sum still holds, no count is
//! too small, and the cell has another value. Whoever knows all that is shown can therefore not tell which of the two is true. To
//! find a witness of a small count, one cell after the other is changed until the sums hold again, and what is changed is hidden.

/// A cell's number.
pub(super) type Cell = usize;

/// Cells and their sums.
#[derive(Debug, Default)]
pub(super) struct Sums {
    values: Vec<u64>,
    /// The least that each can be, as everybody knows.
    least: Vec<u64>,
    /// What it costs the reader to lose the cell; none if it is never shown.
    costs: Vec<Option<u32>>,
    /// The whole, then its parts.
    sums: Vec<Vec<Cell>>,
}

/// How many ways a witness is looked for.
const ATTEMPTS: [(i64, bool); 4] = [(1, true), (-1, true), (1, false), (-1, false)];
/// The most cells that one witness may change.
const LONGEST: usize = 2000;
/// What a sum that no longer holds weighs against the cost of cells.
const BROKEN: i64 = 6;

impl Sums {
    /// A new cell, and the least that it can be as everybody knows. It is never shown if it has no cost.
    pub fn cell(&mut self, value: u64, least: u64, cost: Option<u32>) -> Cell {
        self.values.push(value);
        self.least.push(least);
        self.costs.push(cost);
        self.values.len() - 1
    }

    /// States that a cell is the sum of others.
    pub fn sum(&mut self, whole: Cell, parts: impl IntoIterator<Item = Cell>) {
        self.sums.push(std::iter::once(whole).chain(parts).collect());
    }

    /// For each cell, whether it is hidden when counts from 1 up to `below` are.
    pub fn hide(&self, below: u64) -> Vec<bool> {
        let small = |(value, cost): (&u64, &Option<u32>)| cost.is_some() && (1..below).contains(value);
        let mut search = Search::new(self);
        search.hidden = self.values.iter().zip(&self.costs).map(small).collect();
        let mut witnessed = vec![false; self.values.len()];
        for cell in 0..self.values.len() {
            if !search.hidden[cell] || witnessed[cell] {
                continue;
            }
            let Some(witness) = search.witness(cell) else {
                // Of nothing nothing can be computed.
                return self.costs.iter().map(Option::is_some).collect();
            };
            for cell in witness {
                search.hidden[cell] = self.costs[cell].is_some();
                witnessed[cell] = true;
            }
        }
        search.hidden
    }
}

/// The search for witnesses.
struct Search<'s> {
    sums: &'s Sums,
    /// By cell, the sums that it is in.
    of: Vec<Vec<usize>>,
    hidden: Vec<bool>,
    /// By cell.
    change: Vec<i64>,
    /// By sum, how much the whole has changed more than its parts.
    off: Vec<i64>,
    changed: Vec<Cell>,
    touched: Vec<usize>,
}

impl<'s> Search<'s> {
    fn new(sums: &'s Sums) -> Self {
        let mut of = vec![Vec::new(); sums.values.len()];
        for (number, cells) in sums.sums.iter().enumerate() {
            cells.iter().for_each(|cell| of[*cell].push(number));
        }
        Search {
            sums,
            of,
            hidden: Vec::new(),
            change: vec![0; sums.values.len()],
            off: vec![0; sums.sums.len()],
            changed: Vec::new(),
            touched: Vec::new(),
        }
    }

    /// The cells of the cheapest witness that was found.
    fn witness(&mut self, cell: Cell) -> Option<Vec<Cell>> {
        let mut best: Option<(u64, Vec<Cell>)> = None;
        for (by, oldest) in ATTEMPTS {
            let found = self.attempt(cell, by, oldest);
            let changed = std::mem::take(&mut self.changed);
            changed.iter().for_each(|cell| self.change[*cell] = 0);
            self.touched.drain(..).for_each(|sum| self.off[sum] = 0);
            if found {
                let cost = changed.iter().map(|cell| self.cost(*cell)).sum();
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, changed));
                }
                if cost == 0 {
                    break;
                }
            }
        }
        best.map(|(_, changed)| changed)
    }

    /// What it costs to hide the cell, if it is not yet.
    fn cost(&self, cell: Cell) -> u64 {
        if self.hidden[cell] { 0 } else { self.sums.costs[cell].unwrap_or(0).into() }
    }

    fn attempt(&mut self, cell: Cell, by: i64, oldest: bool) -> bool {
        if !self.may(cell, by) {
            return false;
        }
        self.set(cell, by);
        while self.changed.len() < LONGEST {
            let broken = |sum: &&usize| self.off[**sum] != 0;
            let sum = if oldest { self.touched.iter().find(broken) } else { self.touched.iter().rev().find(broken) };
            let Some(sum) = sum.copied() else { return true };
            let off = self.off[sum];
            let cells = self.sums.sums[sum].iter().enumerate();
            let ways = cells.map(|(place, cell)| (*cell, if place == 0 { -off } else { off }));
            let ways = ways.filter(|(cell, by)| self.change[*cell] == 0 && self.may(*cell, *by));
            let Some((cell, by)) = ways.min_by_key(|(cell, by)| self.weight(*cell, *by)) else { return false };
            self.set(cell, by);
        }
        false
    }

    fn may(&self, cell: Cell, by: i64) -> bool {
        let (value, least) = (self.sums.values[cell], self.sums.least[cell]);
        value.checked_add_signed(by).is_some_and(|value| value >= least)
    }

    /// How bad it is to change a cell: what must be hidden, and how many more sums would not hold.
    fn weight(&self, cell: Cell, by: i64) -> i64 {
        let mut weight = i64::try_from(self.cost(cell)).unwrap_or(i64::MAX / 2);
        for sum in &self.of[cell] {
            let off = self.off[*sum];
            let then = off + self.effect(*sum, cell, by);
            weight += BROKEN * (i64::from(then != 0) - i64::from(off != 0));
        }
        weight
    }

    fn set(&mut self, cell: Cell, by: i64) {
        self.change[cell] = by;
        self.changed.push(cell);
        for at in 0..self.of[cell].len() {
            let sum = self.of[cell][at];
            self.off[sum] += self.effect(sum, cell, by);
            self.touched.push(sum);
        }
    }

    fn effect(&self, sum: usize, cell: Cell, by: i64) -> i64 {
        if self.sums.sums[sum].first() == Some(&cell) { by } else { -by }
    }
}

#[cfg(test)]
#[path = "tests/suppress.rs"]
mod tests;
