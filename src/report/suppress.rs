//! Hiding small counts, and with them what they could be computed from.
//!
//! Every place, a unit in a period, counts the same *cells*. What is known of them beside those that are shown, is which are the
//! sum of which in one place, that a place is the sum of its parts (smaller units, shorter periods), and how small each can be: 0, or
//! 1 where a row shows that there is something. For each hidden cell there is a *witness*: a change of hidden cells alone after
//! which all of this still holds, and the cell has another value. Whoever knows all that is shown can therefore not tell which of
//! the two is true.
//!
//! A witness is a change in one place that keeps the sums there, like one course more within and one less exceeded, and the opposite
//! change in another unit, another period, or both, so that what they are parts of stays the same. What it changes is hidden.

use std::collections::{BTreeMap, HashMap};

use super::publish::WHOLE;

/// A cell's number, the same in every place.
pub(super) type Cell = usize;

/// What every place counts, and which are the sums of which.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// What it costs the reader to lose the cell; none if it is never shown.
    costs: Vec<Option<u32>>,
    /// The whole, then its parts.
    sums: Vec<Vec<Cell>>,
}

impl Sums {
    /// A new cell. It is never shown if it has no cost.
    pub fn cell(&mut self, cost: Option<u32>) -> Cell {
        self.costs.push(cost);
        self.costs.len() - 1
    }

    /// States that a cell is the sum of others.
    pub fn sum(&mut self, whole: Cell, parts: impl IntoIterator<Item = Cell>) {
        self.sums.push(std::iter::once(whole).chain(parts).collect());
    }
}

/// A unit in a period, and what it counts.
#[derive(Debug)]
pub(super) struct Place {
    /// The period; [`WHOLE`] is all of them.
    pub slot: usize,
    pub unit: usize,
    /// By cell.
    pub values: Vec<u64>,
    /// By cell, the least that it can be, as everybody knows; none if it cannot be anything else.
    pub least: Vec<Option<u64>>,
    /// What the costs of its cells are multiplied by.
    pub cost: u32,
}

/// All places.
pub(super) struct Cube<'s> {
    sums: &'s Sums,
    places: Vec<Place>,
    /// By unit, the smallest that it is a part of.
    parents: Vec<Option<usize>>,
    at: HashMap<(usize, usize), usize>,
    /// The places that have no parts.
    leaves: Vec<usize>,
}

/// Where there is less than this of everything, there is little.
const LITTLE: i64 = 10;
/// How many leaves of a count are tried, and how many other units and periods with each other.
const TRIED: usize = 4;

/// A change of the cells of one place: by how much.
type Change = Vec<(Cell, i64)>;
/// Places, and how many times a change is made there.
type Spread = Vec<(usize, i64)>;

impl<'s> Cube<'s> {
    pub fn new(sums: &'s Sums, places: Vec<Place>, parents: Vec<Option<usize>>) -> Self {
        let at: HashMap<_, _> = places.iter().enumerate().map(|(at, place)| ((place.slot, place.unit), at)).collect();
        let whole = |place: &Place| parents.contains(&Some(place.unit));
        let only_whole = places.iter().all(|place| place.slot == WHOLE);
        let leaf = |at: &usize| !whole(&places[*at]) && (only_whole || places[*at].slot != WHOLE);
        let leaves = (0..places.len()).filter(leaf).collect();
        Cube { sums, at, leaves, places, parents }
    }

    /// For each place and cell, whether it is hidden when counts from 1 up to `below` are.
    pub fn hide(&self, below: u64) -> Vec<Vec<bool>> {
        let cells = self.sums.costs.len();
        let small = |place: &Place| -> Vec<bool> {
            let shown = self.sums.costs.iter().map(Option::is_some);
            shown.zip(&place.values).map(|(shown, value)| shown && (1..below).contains(value)).collect()
        };
        let mut hidden: Vec<Vec<bool>> = self.places.iter().map(small).collect();
        let mut witnessed = vec![vec![false; cells]; self.places.len()];
        let mut search = Search::new(self.sums);
        for place in 0..self.places.len() {
            for cell in 0..cells {
                if !hidden[place][cell] || witnessed[place][cell] {
                    continue;
                }
                let Some((change, spread)) = self.witness(place, cell, &hidden, &mut search) else {
                    // Of nothing nothing can be computed.
                    let everything: Vec<bool> = self.sums.costs.iter().map(Option::is_some).collect();
                    return vec![everything; self.places.len()];
                };
                for (place, _) in spread {
                    for (cell, _) in &change {
                        hidden[place][*cell] = self.sums.costs[*cell].is_some();
                        witnessed[place][*cell] = true;
                    }
                }
            }
        }
        hidden
    }

    /// The cheapest change that was found, and where it is made.
    fn witness(&self, place: usize, cell: Cell, hidden: &[Vec<bool>], search: &mut Search) -> Option<(Change, Spread)> {
        let mut leaves: Vec<usize> = self.leaves.iter().copied().filter(|leaf| self.comprises(place, *leaf)).collect();
        leaves.retain(|leaf| self.places[*leaf].values[cell] > 0 && self.places[*leaf].least[cell].is_some());
        leaves.sort_by_key(|leaf| (self.places[*leaf].values[cell], *leaf));
        let mut best: Option<(u64, Change, Spread)> = None;
        for leaf in leaves.into_iter().take(TRIED) {
            let mut changes = search.changes(&self.places[leaf], &hidden[leaf], cell);
            changes.extend(self.twice(leaf));
            for change in changes {
                for spread in self.spreads(leaf, &change, hidden) {
                    let reaches = spread.iter().any(|(reached, _)| *reached == place);
                    let cost = if reaches { self.cost(&change, &spread, hidden) } else { continue };
                    if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                        best = Some((cost, change.clone(), spread));
                    }
                }
            }
            if best.as_ref().is_some_and(|(cost, ..)| *cost == 0) {
                break;
            }
        }
        best.map(|(_, change, spread)| (change, spread))
    }

    /// Everything in a leaf once more. That keeps its sums, and is a small change where there is little.
    fn twice(&self, leaf: usize) -> Option<Change> {
        let values = self.places[leaf].values.iter().enumerate().filter(|(_, value)| **value > 0);
        let change =
            values.map(|(cell, value)| Some((cell, i64::try_from(*value).ok().filter(|value| *value < LITTLE)?)));
        change.collect()
    }

    /// Whether a leaf is a part of a place, or the place itself.
    fn comprises(&self, place: usize, leaf: usize) -> bool {
        let (place, leaf) = (&self.places[place], &self.places[leaf]);
        (place.slot == leaf.slot || place.slot == WHOLE) && self.above(leaf.unit).any(|unit| unit == place.unit)
    }

    fn above(&self, unit: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(unit), |unit| self.parents[*unit])
    }

    /// The ways to make a change in a leaf: alone, with the opposite in another unit or period, or in both.
    fn spreads(&self, leaf: usize, change: &Change, hidden: &[Vec<bool>]) -> Vec<Spread> {
        let own = &self.places[leaf];
        let mut spreads: Vec<Spread> = self.spread(&[(leaf, 1)], change).into_iter().collect();
        let mut others: [Vec<(u64, usize)>; 2] = Default::default();
        for other in self.leaves.iter().copied().filter(|other| *other != leaf) {
            let place = &self.places[other];
            let which = match (place.slot == own.slot, place.unit == own.unit) {
                (true, false) => 0,
                (false, true) => 1,
                _ => continue,
            };
            if let Some(spread) = self.spread(&[(leaf, 1), (other, -1)], change) {
                others[which].push((self.cost(change, &vec![(other, -1)], hidden), other));
                spreads.push(spread);
            }
        }
        others.iter_mut().for_each(|others| others.sort_unstable());
        let [units, slots] = others;
        for (_, unit) in units.iter().take(TRIED) {
            for (_, slot) in slots.iter().take(TRIED) {
                let corner = self.at.get(&(self.places[*slot].slot, self.places[*unit].unit));
                if let Some(corner) = corner {
                    spreads.extend(self.spread(&[(leaf, 1), (*unit, -1), (*slot, -1), (*corner, 1)], change));
                }
            }
        }
        spreads
    }

    /// All places that change when leaves do; none if one of them cannot.
    fn spread(&self, leaves: &[(usize, i64)], change: &Change) -> Option<Spread> {
        let mut times: BTreeMap<usize, i64> = BTreeMap::new();
        for (leaf, by) in leaves {
            let leaf = &self.places[*leaf];
            for unit in self.above(leaf.unit) {
                *times.entry(*self.at.get(&(leaf.slot, unit))?).or_default() += by;
                if leaf.slot != WHOLE {
                    *times.entry(*self.at.get(&(WHOLE, unit))?).or_default() += by;
                }
            }
        }
        times.retain(|_, times| *times != 0);
        let can = |(place, times): (&usize, &i64)| {
            let place = &self.places[*place];
            change.iter().all(|(cell, by)| {
                let then = place.values[*cell].checked_add_signed(by * times);
                then.zip(place.least[*cell]).is_some_and(|(then, least)| then >= least)
            })
        };
        times.iter().all(can).then(|| times.into_iter().collect())
    }

    /// What it costs to hide what is not yet.
    fn cost(&self, change: &Change, spread: &Spread, hidden: &[Vec<bool>]) -> u64 {
        let mut cost = 0;
        for (place, _) in spread {
            let new = change.iter().filter(|(cell, _)| !hidden[*place][*cell]);
            let new: u64 = new.map(|(cell, _)| u64::from(self.sums.costs[*cell].unwrap_or(0))).sum();
            cost += new * u64::from(self.places[*place].cost);
        }
        cost
    }
}

/// The ways in which a change is looked for: the first change of the cell, and how much a sum that does not hold weighs against
/// what it costs to hide cells.
const ATTEMPTS: [(i64, i64); 6] = [(1, 10), (-1, 10), (1, 60), (-1, 60), (1, 1000), (-1, 1000)];
/// How many changes each may take.
const STEPS: usize = 600;
/// For how many steps a cell that was changed stays.
const REST: usize = 6;

/// The search for changes of one place that keep its sums: cells are changed one after the other until all sums hold again.
struct Search<'s> {
    sums: &'s Sums,
    /// By cell, the sums that it is in.
    of: Vec<Vec<usize>>,
    /// The place, and what is hidden there.
    values: Vec<u64>,
    least: Vec<Option<u64>>,
    hidden: Vec<bool>,
    /// By cell.
    change: Vec<i64>,
    /// By cell, the step from which it may change again.
    rests: Vec<usize>,
    changed: Vec<Cell>,
    /// By sum, how much the whole has changed more than its parts.
    off: Vec<i64>,
    /// The sums that do not hold, and by sum its place among them.
    broken: Vec<usize>,
    place: Vec<usize>,
}

impl<'s> Search<'s> {
    fn new(sums: &'s Sums) -> Self {
        let mut of = vec![Vec::new(); sums.costs.len()];
        for (number, cells) in sums.sums.iter().enumerate() {
            cells.iter().for_each(|cell| of[*cell].push(number));
        }
        Search {
            sums,
            of,
            values: Vec::new(),
            least: Vec::new(),
            hidden: Vec::new(),
            change: vec![0; sums.costs.len()],
            rests: vec![0; sums.costs.len()],
            changed: Vec::new(),
            off: vec![0; sums.sums.len()],
            broken: Vec::new(),
            place: vec![0; sums.sums.len()],
        }
    }

    /// Changes in which the cell changes, cheap ones first.
    fn changes(&mut self, place: &Place, hidden: &[bool], cell: Cell) -> Vec<Change> {
        self.values.clone_from(&place.values);
        self.least.clone_from(&place.least);
        self.hidden = hidden.to_vec();
        let mut found: Vec<Change> = Vec::new();
        for (by, weight) in ATTEMPTS {
            let done = self.attempt(cell, by, weight);
            let change = self.clear();
            if done && !found.contains(&change) {
                found.push(change);
            }
        }
        found
    }

    /// Forgets all changes, and gives them.
    fn clear(&mut self) -> Change {
        self.broken.drain(..).for_each(|sum| self.off[sum] = 0);
        let mut changed = std::mem::take(&mut self.changed);
        changed.sort_unstable();
        changed.dedup();
        changed.iter().for_each(|cell| self.rests[*cell] = 0);
        let changes = changed.iter().map(|cell| (*cell, std::mem::take(&mut self.change[*cell])));
        changes.filter(|(_, by)| *by != 0).collect()
    }

    /// What it costs to hide the cell, if it is not yet.
    fn cost(&self, cell: Cell) -> u64 {
        if self.hidden[cell] { 0 } else { self.sums.costs[cell].unwrap_or(0).into() }
    }

    fn attempt(&mut self, cell: Cell, by: i64, weight: i64) -> bool {
        if !self.may(cell, by) {
            return false;
        }
        self.set(cell, by, usize::MAX);
        for step in 0..STEPS {
            // The oldest and the newest in turn, lest the search runs in a ring.
            let sum = if step % 4 == 3 { self.broken.last() } else { self.broken.first() };
            let Some(sum) = sum.copied() else { return true };
            let toward = self.off[sum].signum();
            let cells = self.sums.sums[sum].iter().enumerate();
            let ways = cells.map(|(place, cell)| (*cell, if place == 0 { -toward } else { toward }));
            let ways = ways.filter(|(cell, by)| self.rests[*cell] <= step && self.may(*cell, *by));
            let best = ways.min_by_key(|(cell, by)| self.weight(*cell, *by, weight));
            match best {
                Some((cell, by)) => self.set(cell, by, step + REST),
                // Those that could mend it rest: another sum is tried.
                None => self.put_last(sum),
            }
        }
        self.broken.is_empty()
    }

    fn put_last(&mut self, sum: usize) {
        let (place, last) = (self.place[sum], self.broken.len() - 1);
        self.broken.swap(place, last);
        self.place[self.broken[place]] = place;
        self.place[sum] = last;
    }

    fn may(&self, cell: Cell, by: i64) -> bool {
        let then = self.values[cell].checked_add_signed(self.change[cell] + by);
        then.zip(self.least[cell]).is_some_and(|(then, least)| then >= least)
    }

    /// How bad it is to change a cell: how far off the sums would be, and what must be hidden.
    fn weight(&self, cell: Cell, by: i64, broken: i64) -> i64 {
        let cost = i64::try_from(self.cost(cell)).unwrap_or(0);
        let (now, then) = (self.change[cell], self.change[cell] + by);
        let mut weight = cost * (i64::from(then != 0) - i64::from(now != 0));
        for sum in &self.of[cell] {
            let off = self.off[*sum];
            weight += broken * ((off + self.effect(*sum, cell, by)).abs() - off.abs());
        }
        weight
    }

    fn set(&mut self, cell: Cell, by: i64, rests: usize) {
        self.change[cell] += by;
        self.rests[cell] = rests;
        self.changed.push(cell);
        for at in 0..self.of[cell].len() {
            let sum = self.of[cell][at];
            let before = self.off[sum];
            self.off[sum] += self.effect(sum, cell, by);
            match (before == 0, self.off[sum] == 0) {
                (true, false) => {
                    self.place[sum] = self.broken.len();
                    self.broken.push(sum);
                }
                (false, true) => {
                    let place = self.place[sum];
                    self.broken.swap_remove(place);
                    if let Some(moved) = self.broken.get(place) {
                        self.place[*moved] = place;
                    }
                }
                _ => {}
            }
        }
    }

    fn effect(&self, sum: usize, cell: Cell, by: i64) -> i64 {
        if self.sums.sums[sum].first() == Some(&cell) { by } else { -by }
    }
}

#[cfg(test)]
#[path = "tests/suppress.rs"]
mod tests;
