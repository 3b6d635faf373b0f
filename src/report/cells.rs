//! What is known of the counts of one pathway: which are the sums of which.

use std::{collections::BTreeMap, ops::RangeInclusive};

use super::{
    By, Level,
    block::{Block, Kind, Part},
    hierarchy::NATION,
    plan::{IndicatorPlan, Members, PathwayPlan},
    publish::{Rolled, WHOLE},
    rows::Context,
    suppress::{Cell, Sums},
};

/// A count of a series that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Within,
    Exceeded,
    TooEarly,
    Running,
    Overdue,
    NotStarted,
    Undetermined,
    InvalidOrder,
    NoLimit,
    NotApplicable,
}

impl Field {
    pub const ALL: [Field; 10] = [
        Field::Within,
        Field::Exceeded,
        Field::TooEarly,
        Field::Running,
        Field::Overdue,
        Field::NotStarted,
        Field::Undetermined,
        Field::InvalidOrder,
        Field::NoLimit,
        Field::NotApplicable,
    ];
    const MEASURED: [Field; 3] = [Field::Within, Field::Exceeded, Field::TooEarly];

    /// The kinds that it counts; the second can not be told of a single treatment.
    fn kinds(self) -> (Kind, Option<Kind>) {
        match self {
            Field::Within => (Kind::Within, None),
            Field::Exceeded => (Kind::Exceeded, None),
            Field::TooEarly => (Kind::TooEarly, None),
            Field::Running => (Kind::Running, None),
            Field::Overdue => (Kind::Overdue, None),
            Field::NotStarted => (Kind::NotStarted, None),
            Field::Undetermined => (Kind::EndedWithoutStart, Some(Kind::CompletedWithoutEnd)),
            Field::InvalidOrder => (Kind::InvalidOrder, None),
            Field::NoLimit => (Kind::EndedWithoutLimit, Some(Kind::OpenWithoutLimit)),
            Field::NotApplicable => (Kind::NotApplicable, None),
        }
    }

    pub fn of(self, kinds: &[u32; Kind::COUNT]) -> u64 {
        let (kind, other) = self.kinds();
        let count = |kind: Kind| u64::from(kinds[kind as usize]);
        count(kind) + other.map_or(0, count)
    }
}

/// The cells of one series in one place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SeriesCells {
    pub answers: Option<Cell>,
    pub measured: Option<Cell>,
    /// By field; none if no course of the pathway counts in it, which tells nothing.
    pub fields: [Option<Cell>; Field::ALL.len()],
    /// By field, what is not told of single treatments.
    besides: [Option<Cell>; Field::ALL.len()],
}

/// The cells of one indicator in one place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct IndicatorCells {
    pub denominator: Option<Cell>,
    pub excluded: Option<Cell>,
    pub outside: Option<Cell>,
    parts: [Option<Cell>; Part::COUNT],
}

impl IndicatorCells {
    pub fn numerator(&self) -> Option<Cell> {
        self.parts[NUMERATOR.number()]
    }
}

/// What is in the numerator and counts.
pub(super) const NUMERATOR: Part = Part { valid: true, excluded: false, denominator: true, numerator: true };

/// The cells of one place.
#[derive(Clone, Debug, Default)]
pub(super) struct PlaceCells {
    pub courses: Option<Cell>,
    pub series: Vec<SeriesCells>,
    pub indicators: Vec<IndicatorCells>,
}

impl PlaceCells {
    /// The cells that add up over units and periods; the others follow from them.
    fn additive(&self) -> impl Iterator<Item = Option<Cell>> {
        let series = self.series.iter().flat_map(|cells| cells.fields.iter().chain(&cells.besides));
        let indicators = self.indicators.iter().flat_map(|cells| &cells.parts);
        std::iter::once(self.courses).chain(series.chain(indicators).copied())
    }
}

/// The cells of all places, in their order, and their sums.
pub(super) fn cells(context: &Context) -> (Vec<PlaceCells>, Sums) {
    let mut build = Build { context, sums: Sums::default() };
    let places: Vec<PlaceCells> = context.rolled.iter().map(|(place, block)| build.place(*place, block)).collect();
    build.across(&places);
    (places, build.sums)
}

struct Build<'c> {
    context: &'c Context<'c>,
    sums: Sums,
}

impl Build<'_> {
    fn place(&mut self, place: (usize, usize), block: &Block) -> PlaceCells {
        let Context { plan, rolled, parameters, .. } = *self.context;
        let Some(all) = rolled.get(&(WHOLE, NATION)) else { return PlaceCells::default() };
        let cost = self.cost(place);
        let courses = (block.courses > 0).then(|| self.sums.cell(block.courses, 1, Some(4 * cost)));
        // What is placed by its start, or not at all, lies where its course lies.
        let with_course = parameters.by == By::Start || place.0 == WHOLE;
        let mut cells = PlaceCells { courses, ..PlaceCells::default() };
        for ((series, own), all) in plan.series.iter().zip(&block.kinds).zip(&all.kinds) {
            let once = series.treatment.is_none() && !series.interval.repeats && with_course;
            let answers = courses.filter(|_| once);
            cells.series.push(self.series(own, all, answers, series.treatment.is_none(), cost));
        }
        for (number, series) in plan.series.iter().enumerate().filter(|(_, series)| series.together()) {
            let split = number + 1..=number + series.interval.treatments.len();
            self.together(&cells.series, number, split);
        }
        for ((indicator, own), all) in plan.indicators.iter().zip(&block.indicators).zip(&all.indicators) {
            let made = self.indicator(plan, indicator, (own, all), &cells, with_course, cost);
            cells.indicators.push(made);
        }
        cells
    }

    /// What it costs the reader to lose a count here: more the more it comprises.
    fn cost(&self, (slot, unit): (usize, usize)) -> u32 {
        let cost = match self.context.tree.units.get(unit).map(|unit| unit.level) {
            Some(Level::Nation) => 24,
            Some(Level::Region) => 12,
            Some(Level::Trust) => 6,
            _ => 3,
        };
        if slot == WHOLE { 2 * cost } else { cost }
    }

    fn series(
        &mut self,
        own: &[u32; Kind::COUNT],
        all: &[u32; Kind::COUNT],
        answers: Option<Cell>,
        besides: bool,
        cost: u32,
    ) -> SeriesCells {
        let mut cells = SeriesCells::default();
        let total: u64 = Field::ALL.iter().map(|field| field.of(own)).sum();
        if total == 0 {
            return cells;
        }
        for (number, field) in Field::ALL.iter().enumerate() {
            let cost = if Field::MEASURED.contains(field) { 2 * cost } else { cost };
            let value = field.of(own);
            cells.fields[number] = (field.of(all) > 0).then(|| self.sums.cell(value, 0, Some(cost)));
            if let (_, Some(kind)) = field.kinds()
                && besides
                && all[kind as usize] > 0
            {
                cells.besides[number] = Some(self.sums.cell(own[kind as usize].into(), 0, None));
            }
        }
        let measured = Field::MEASURED.iter().map(|field| field.of(own)).sum();
        let (inner, outer) = cells.fields.split_at(Field::MEASURED.len());
        let (inner, outer) = (inner.iter().flatten().copied(), outer.iter().flatten().copied());
        if inner.clone().next().is_some() {
            let cell = self.sums.cell(measured, 0, Some(3 * cost));
            self.sums.sum(cell, inner);
            cells.measured = Some(cell);
        }
        let answers = answers.unwrap_or_else(|| self.sums.cell(total, 1, Some(4 * cost)));
        self.sums.sum(answers, outer.chain(cells.measured));
        cells.answers = Some(answers);
        cells
    }

    /// All treatments together are the sum of each, beside what has no treatment.
    fn together(&mut self, series: &[SeriesCells], number: usize, split: RangeInclusive<usize>) {
        let (Some(together), Some(split)) = (series.get(number), series.get(split)) else { return };
        for (number, field) in Field::ALL.iter().enumerate() {
            if let Some(whole) = together.fields[number].filter(|_| field.kinds().0.ended()) {
                let parts = split.iter().filter_map(|cells| cells.fields[number]);
                self.sums.sum(whole, parts.chain(together.besides[number]));
            }
        }
    }

    fn indicator(
        &mut self,
        plan: &PathwayPlan,
        indicator: &IndicatorPlan,
        (own, all): (&[u32; Part::COUNT], &[u32; Part::COUNT]),
        cells: &PlaceCells,
        with_course: bool,
        cost: u32,
    ) -> IndicatorCells {
        let mut made = IndicatorCells::default();
        if own.iter().all(|count| *count == 0) {
            return made;
        }
        let counts = Part { valid: true, excluded: false, denominator: true, numerator: false };
        let mut groups: [(u64, Vec<Cell>); 3] = Default::default();
        for part in Part::all() {
            let number = part.number();
            if all[number] == 0 {
                continue;
            }
            let (group, cost) = match part {
                // The rest of the denominator is known to whoever knows the numerator.
                _ if part == NUMERATOR || part == counts => (0, Some(2 * cost)),
                Part { valid: true, denominator: true, .. } => (1, None),
                _ => (2, None),
            };
            let cell = self.sums.cell(own[number].into(), 0, cost);
            made.parts[number] = Some(cell);
            groups[group].0 += u64::from(own[number]);
            groups[group].1.push(cell);
        }
        let total = match indicator.occurrences_of {
            Some(series) => cells.series.get(series).and_then(|cells| cells.answers),
            None => cells.courses,
        };
        let [denominator, excluded, outside] = groups.map(|(value, parts)| {
            (!parts.is_empty()).then(|| {
                let cell = self.sums.cell(value, 0, Some(3 * cost));
                self.sums.sum(cell, parts);
                cell
            })
        });
        if let Some(total) = total {
            self.sums.sum(total, [denominator, excluded, outside].into_iter().flatten());
        }
        (made.denominator, made.excluded, made.outside) = (denominator, excluded, outside);
        for (members, counts) in [
            (&indicator.denominator, (|part: &Part| part.denominator) as fn(&Part) -> bool),
            (&indicator.numerator, |part| part.numerator),
        ] {
            let parts = Part::all().filter(counts).filter_map(|part| made.parts[part.number()]);
            let same = |series: usize| {
                let repeats = plan.series.get(series).is_some_and(|series| series.interval.repeats);
                indicator.occurrences_of == Some(series) || !repeats && with_course
            };
            let population: Vec<Cell> = match members {
                Members::Courses(None) => cells.courses.into_iter().collect(),
                Members::Courses(Some(_)) => continue,
                Members::Answers { series, .. } if !same(*series) => continue,
                Members::Answers { series, within, treatments } => {
                    let chosen = treatments.iter().flatten().zip(series + 1..).filter(|(chosen, _)| **chosen);
                    let series: Vec<usize> = match treatments {
                        None => vec![*series],
                        Some(_) => chosen.map(|(_, series)| series).collect(),
                    };
                    let of = |cells: &SeriesCells| if *within { cells.fields[0] } else { cells.measured };
                    series.iter().filter_map(|series| cells.series.get(*series).and_then(of)).collect()
                }
            };
            let value = Part::all().filter(counts).map(|part| u64::from(own[part.number()])).sum();
            let both = self.sums.cell(value, 0, None);
            self.sums.sum(both, parts);
            self.sums.sum(both, population);
        }
        made
    }

    /// Sums over units and over periods.
    fn across(&mut self, places: &[PlaceCells]) {
        let rolled: &Rolled = self.context.rolled;
        let parent = |unit: usize| self.context.tree.units.get(unit).and_then(|unit| unit.parent);
        let mut parts: BTreeMap<(usize, usize, bool), Vec<&PlaceCells>> = BTreeMap::new();
        for ((slot, unit), cells) in rolled.keys().zip(places) {
            if let Some(parent) = parent(*unit) {
                parts.entry((*slot, parent, true)).or_default().push(cells);
            }
            if *slot != WHOLE {
                parts.entry((WHOLE, *unit, false)).or_default().push(cells);
            }
        }
        for ((slot, unit), cells) in rolled.keys().zip(places) {
            for over_units in [true, false] {
                let Some(parts) = parts.get(&(*slot, *unit, over_units)) else { continue };
                let mut parts: Vec<_> = parts.iter().map(|cells| cells.additive()).collect();
                for whole in cells.additive() {
                    let parts: Vec<Cell> = parts.iter_mut().filter_map(|cells| cells.next().flatten()).collect();
                    if let Some(whole) = whole {
                        self.sums.sum(whole, parts);
                    }
                }
            }
        }
    }
}
