#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{Cell, Cube, Place, Sums, WHOLE};

/// A table of units, periods and statuses: what is counted where. Each dimension has nodes, each of which comprises some leaves.
#[derive(Debug)]
struct Table {
    counts: Vec<u64>,
    /// By dimension and node, the leaves, the parts of each node, or none of a leaf.
    nodes: [Vec<(Vec<usize>, Vec<usize>)>; 3],
    leaves: [usize; 3],
}

/// Leaves, then nodes of `groups`, then all.
fn dimension(leaves: usize, groups: &[&[usize]]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut nodes: Vec<_> = (0..leaves).map(|leaf| (vec![leaf], Vec::new())).collect();
    nodes.extend(groups.iter().map(|group| (group.to_vec(), group.to_vec())));
    let grouped = |leaf: &usize| groups.iter().any(|group| group.contains(leaf));
    let parts = (0..leaves).filter(|leaf| !grouped(leaf)).chain(leaves..leaves + groups.len()).collect();
    nodes.push(((0..leaves).collect(), parts));
    nodes
}

impl Table {
    fn places(&self) -> Vec<[usize; 3]> {
        let [units, periods, statuses] = self.nodes.each_ref().map(Vec::len);
        let places = (0..units).flat_map(|unit| (0..periods).map(move |period| (unit, period)));
        places.flat_map(|(unit, period)| (0..statuses).map(move |status| [unit, period, status])).collect()
    }

    /// The numbers of the leaves that a place comprises.
    fn leaves_of(&self, place: [usize; 3]) -> Vec<usize> {
        let [units, periods, statuses] = [0, 1, 2].map(|dimension| &self.nodes[dimension][place[dimension]].0);
        let mut leaves = Vec::new();
        for unit in units {
            for period in periods {
                leaves.extend(statuses.iter().map(|s| (unit * self.leaves[1] + period) * self.leaves[2] + s));
            }
        }
        leaves
    }

    fn value(&self, place: [usize; 3]) -> u64 {
        self.leaves_of(place).iter().map(|leaf| self.counts[*leaf]).sum()
    }

    fn hidden(&self, below: u64) -> Vec<[usize; 3]> {
        let mut sums = Sums::default();
        let statuses: Vec<Cell> = self.nodes[2].iter().map(|_| sums.cell(Some(1))).collect();
        for (node, (_, parts)) in self.nodes[2].iter().enumerate().filter(|(_, (_, parts))| !parts.is_empty()) {
            sums.sum(statuses[node], parts.iter().map(|part| statuses[*part]));
        }
        let [units, periods, _] = self.nodes.each_ref().map(Vec::len);
        let parent = |unit: usize| self.nodes[0].iter().position(|(_, parts)| parts.contains(&unit));
        // All periods are the slot 0.
        let slot = |period: usize| if period + 1 == periods { WHOLE } else { period + 1 };
        let numbers: Vec<(usize, usize)> =
            (0..units).flat_map(|unit| (0..periods).map(move |period| (unit, period))).collect();
        let places = numbers.iter().map(|(unit, period)| Place {
            slot: slot(*period),
            unit: *unit,
            values: statuses.iter().map(|status| self.value([*unit, *period, *status])).collect(),
            least: vec![Some(0); statuses.len()],
            cost: 1,
        });
        let hidden = Cube::new(&sums, places.collect(), (0..units).map(parent).collect()).hide(below);
        let hidden = numbers.iter().zip(hidden).flat_map(|((unit, period), hidden)| {
            let hidden = hidden.into_iter().enumerate().filter(|(_, hidden)| *hidden);
            hidden.map(|(status, _)| [*unit, *period, status]).collect::<Vec<_>>()
        });
        hidden.collect()
    }

    /// Whether another table agrees with all that is not hidden, but not at this place. It is looked for among those that
    /// differ by at most one in each leaf.
    fn another(&self, hidden: &[[usize; 3]], place: [usize; 3]) -> bool {
        let shown = self.places().into_iter().filter(|place| !hidden.contains(place));
        let sums: Vec<Vec<usize>> = shown.map(|place| self.leaves_of(place)).collect();
        let goal = self.leaves_of(place);
        self.search(&sums, &goal, &mut Vec::new())
    }

    fn search(&self, sums: &[Vec<usize>], goal: &[usize], changes: &mut Vec<i64>) -> bool {
        let at = changes.len();
        if at == self.counts.len() {
            return goal.iter().map(|leaf| changes[*leaf]).sum::<i64>() != 0;
        }
        for change in [0, 1, -1] {
            if self.counts[at].checked_add_signed(change).is_none() {
                continue;
            }
            changes.push(change);
            let can = |leaves: &Vec<usize>| {
                let so_far: i64 = leaves.iter().filter_map(|leaf| changes.get(*leaf)).sum();
                let left = leaves.iter().filter(|leaf| **leaf > at).count();
                so_far.unsigned_abs() as usize <= left
            };
            if sums.iter().filter(|leaves| leaves.contains(&at)).all(can) && self.search(sums, goal, changes) {
                return true;
            }
            changes.pop();
        }
        false
    }
}

fn table(groups: bool, periods: usize) -> impl Strategy<Value = Table> {
    let counts = prop::collection::vec(prop_oneof![2 => 0..3_u64, 2 => 0..9_u64], 3 * periods * 3);
    counts.prop_map(move |counts| {
        let units = dimension(3, if groups { &[&[0, 1]] } else { &[] });
        let nodes = [units, dimension(periods, &[]), dimension(3, &[&[0, 1]])];
        Table { counts, nodes, leaves: [3, periods, 3] }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_hidden_count_can_be_computed(table in (any::<bool>(), 1..3_usize).prop_flat_map(|(groups, periods)| table(groups, periods))) {
        let hidden = table.hidden(3);
        for place in table.places() {
            if (1..3).contains(&table.value(place)) {
                prop_assert!(hidden.contains(&place), "{place:?} is small");
            }
        }
        for place in &hidden {
            prop_assert!(table.another(&hidden, *place), "{place:?} can be computed from {:?}", table.counts);
        }
    }
}

/// What is hidden when only small counts are, can be computed: the search for another table finds none.
#[test]
fn small_counts_alone_can_be_computed() {
    let nodes = [dimension(3, &[]), dimension(1, &[]), dimension(2, &[])];
    let table = Table { counts: vec![2, 7, 9, 9, 8, 6], nodes, leaves: [3, 1, 2] };
    let small: Vec<_> = table.places().into_iter().filter(|place| table.value(*place) == 2).collect();
    assert_eq!(small, [[0, 0, 0], [0, 1, 0]]);
    assert!(!table.another(&small, [0, 0, 0]));
    let hidden = table.hidden(3);
    assert!(table.another(&hidden, [0, 0, 0]));
    // The four corners of a rectangle, in the only period and in all of them.
    assert_eq!(hidden.len(), 8, "{hidden:?}");
}

#[test]
fn nothing_is_hidden_where_nothing_is_small() {
    let nodes = [dimension(2, &[]), dimension(1, &[]), dimension(2, &[])];
    let table = Table { counts: vec![0, 3, 4, 0], nodes, leaves: [2, 1, 2] };
    assert!(table.hidden(3).is_empty());
    assert!(!table.hidden(4).is_empty());
    assert!(table.hidden(0).is_empty());
}

/// A count that everybody knows to be at least 1 is not protected by a table in which it is 0.
#[test]
fn a_row_that_is_shown_has_something() {
    let mut sums = Sums::default();
    let [whole, small, large] = [1, 1, 1].map(|cost| sums.cell(Some(cost)));
    sums.sum(whole, [small, large]);
    let place = Place { slot: WHOLE, unit: 0, values: vec![9, 1, 8], least: vec![Some(0), Some(1), Some(8)], cost: 1 };
    // Only with one more, for `large` can not be less.
    assert_eq!(Cube::new(&sums, vec![place], vec![None]).hide(3), [[true, true, false]]);
}
