//! From counts to a report.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Collector, FORMAT, FORMAT_VERSION, Hierarchy, Level, Parameters, PathwayReport, Period, PeriodKind, Report,
    block::Block,
    collect::Counts,
    hierarchy::Tree,
    parameters::Slot,
    plan::PathwayPlan,
    rows::{Context, pathway},
};

/// How a report is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publishing {
    /// The day on which the courses were judged.
    pub as_of: NaiveDate,
    /// Counts from 1 up to this are hidden; 0 hides nothing.
    pub suppress_below: u64,
    /// The decimals of shares.
    pub decimals: u32,
    /// Whether facts were given.
    pub facts: bool,
    /// The levels that have rows beside the nation; all if none.
    pub levels: Vec<Level>,
}

/// The place of rows over all periods among [`Places::slots`], where there are periods.
pub(super) const WHOLE: usize = 0;

/// The counts of a place: a period (by its place among the slots) and a unit.
pub(super) type Rolled = BTreeMap<(usize, usize), Block>;

impl Collector<'_> {
    /// What is published of these counts.
    pub fn report(&self, hierarchy: Option<&Hierarchy>, publishing: &Publishing) -> Report {
        let plan = self.plan();
        let counting = &plan.counting;
        let tree = Tree::new(hierarchy, &self.institutions, &publishing.levels);
        let seen = self.pathways.iter().flat_map(|counts| counts.blocks().iter().map(|((slot, _), _)| *slot));
        let mut slots: Vec<Option<Slot>> = seen.collect();
        slots.sort_unstable_by_key(|slot| (slot.is_none(), *slot));
        slots.dedup();
        let periods = slots.iter().flatten().filter_map(|slot| counting.period.period(*slot));
        let periods: Vec<Period> = periods.collect();

        let days_from = if publishing.suppress_below == 0 { 1 } else { DAYS_FROM };
        let parameters = Parameters {
            as_of: publishing.as_of,
            period: counting.period,
            by: counting.by,
            start: counting.start,
            attribution: counting.attribution.clone(),
            levels: tree.levels(),
            hierarchy: hierarchy.is_some(),
            suppress_below: publishing.suppress_below,
            days_from,
            decimals: publishing.decimals,
            facts: publishing.facts,
            fingerprint: plan.fingerprint.to_owned(),
        };
        let mut pathways: Vec<PathwayReport> = Vec::new();
        for (plan, counts) in plan.pathways.iter().zip(&self.pathways) {
            if counts.blocks().is_empty() {
                continue;
            }
            let rolled = rolled(plan, counts, &slots, &tree, counting.period);
            let context =
                Context { plan, counts, rolled: &rolled, tree: &tree, periods: &periods, parameters: &parameters };
            pathways.push(pathway(&context));
        }
        Report {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            parameters,
            periods,
            units: tree.units,
            pathways,
        }
    }
}

/// How few measured courses have no median and quartiles, where small counts are hidden.
const DAYS_FROM: u64 = 10;

/// The counts of every unit, and of all periods together at [`WHOLE`]; the others follow in order.
fn rolled(plan: &PathwayPlan, counts: &Counts, slots: &[Option<Slot>], tree: &Tree, period: PeriodKind) -> Rolled {
    let mut rolled = Rolled::new();
    for ((slot, institution), block) in counts.blocks() {
        let own = slots.iter().position(|known| known == slot).map(|place| place + 1);
        let places = [Some(WHOLE), own.filter(|_| period != PeriodKind::None)];
        for unit in tree.above(*institution) {
            for place in places.into_iter().flatten() {
                let empty = || Block::new(plan.series.len(), plan.indicators.len());
                rolled.entry((place, unit)).or_insert_with(empty).add(block);
            }
        }
    }
    rolled
}
