//! What is counted in each place of one pathway, and which counts are the sums of which.

use std::ops::RangeInclusive;

use super::{
    Level,
    block::{Block, Kind, Part},
    hierarchy::NATION,
    plan::{Members, PathwayPlan},
    publish::WHOLE,
    rows::Context,
    suppress::{Cell, Cube, Place, Sums},
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

/// A count that every place has.
#[derive(Clone, Copy, Debug)]
enum What {
    Courses,
    Answers(usize),
    Measured(usize),
    Field(usize, Field),
    /// What a field counts that single treatments do not.
    Besides(usize, Kind),
    Part(usize, Part),
    Sum(usize, fn(&Part) -> bool),
}

impl What {
    fn of(self, block: &Block) -> u64 {
        let series = |series: usize| block.kinds(series).copied().unwrap_or_default();
        let parts = |indicator: usize| block.parts(indicator).copied().unwrap_or_default();
        let fields = |number: usize, fields: &[Field]| fields.iter().map(|field| field.of(&series(number))).sum();
        match self {
            What::Courses => block.courses,
            What::Answers(number) => fields(number, &Field::ALL),
            What::Measured(number) => fields(number, &Field::MEASURED),
            What::Field(number, field) => field.of(&series(number)),
            What::Besides(number, kind) => series(number)[kind as usize].into(),
            What::Part(indicator, part) => parts(indicator)[part.number()].into(),
            What::Sum(indicator, which) => {
                Part::all().filter(which).map(|part| u64::from(parts(indicator)[part.number()])).sum()
            }
        }
    }

    /// Whether the row that holds it is only there if this is more than 0.
    fn makes_the_row(self) -> bool {
        matches!(self, What::Courses | What::Answers(_))
    }

    /// The count without which its row is not there.
    fn row(self) -> What {
        match self {
            What::Courses => What::Courses,
            What::Answers(series) | What::Measured(series) | What::Field(series, _) | What::Besides(series, _) => {
                What::Answers(series)
            }
            What::Part(indicator, _) | What::Sum(indicator, _) => What::Sum(indicator, |_| true),
        }
    }
}

/// The cells of one series.
#[derive(Clone, Copy, Debug)]
pub(super) struct SeriesCells {
    pub answers: Cell,
    pub measured: Cell,
    pub fields: [Cell; Field::ALL.len()],
    besides: [Option<Cell>; Field::ALL.len()],
}

/// The cells of one indicator.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndicatorCells {
    pub denominator: Cell,
    pub numerator: Cell,
    pub excluded: Cell,
    pub outside: Cell,
}

/// What is in the numerator and counts.
pub(super) const NUMERATOR: Part = Part { valid: true, excluded: false, denominator: true, numerator: true };
/// The rest of the denominator: whoever knows the numerator knows it.
const REST: Part = Part { numerator: false, ..NUMERATOR };

/// What every place counts.
pub(super) struct Cells {
    what: Vec<What>,
    sums: Sums,
    pub courses: Cell,
    pub series: Vec<SeriesCells>,
    pub indicators: Vec<IndicatorCells>,
}

impl Cells {
    pub fn new(plan: &PathwayPlan) -> Self {
        let mut cells =
            Cells { what: Vec::new(), sums: Sums::default(), courses: 0, series: Vec::new(), indicators: Vec::new() };
        cells.courses = cells.cell(What::Courses, Some(4));
        for number in 0..plan.series.len() {
            cells.series(plan, number);
        }
        for (number, series) in plan.series.iter().enumerate().filter(|(_, series)| series.together()) {
            cells.together(number, number + 1..=number + series.interval.treatments.len());
        }
        for number in 0..plan.indicators.len() {
            cells.indicator(plan, number);
        }
        cells
    }

    fn cell(&mut self, what: What, cost: Option<u32>) -> Cell {
        self.what.push(what);
        self.sums.cell(cost)
    }

    fn series(&mut self, plan: &PathwayPlan, number: usize) {
        let series = plan.series.get(number);
        let answers = self.cell(What::Answers(number), Some(4));
        let measured = self.cell(What::Measured(number), Some(3));
        let fields = Field::ALL.map(|field| {
            let cost = if Field::MEASURED.contains(&field) { 2 } else { 1 };
            self.cell(What::Field(number, field), Some(cost))
        });
        let besides = Field::ALL.map(|field| {
            let (_, kind) = field.kinds();
            let kind = kind.filter(|_| series.is_some_and(|series| series.together()))?;
            Some(self.cell(What::Besides(number, kind), None))
        });
        let (inner, outer) = fields.split_at(Field::MEASURED.len());
        self.sums.sum(measured, inner.iter().copied());
        self.sums.sum(answers, outer.iter().copied().chain([measured]));
        if series.is_some_and(|series| series.treatment.is_none() && !series.interval.repeats) {
            self.sums.sum(answers, [self.courses]);
        }
        self.series.push(SeriesCells { answers, measured, fields, besides });
    }

    /// All treatments together are the sum of each, beside what has no treatment.
    fn together(&mut self, number: usize, split: RangeInclusive<usize>) {
        let (Some(together), Some(split)) = (self.series.get(number), self.series.get(split)) else { return };
        for field in Field::ALL.into_iter().filter(|field| field.kinds().0.ended()) {
            let number = field as usize;
            let parts = split.iter().map(|cells| cells.fields[number]);
            self.sums.sum(together.fields[number], parts.chain(together.besides[number]));
        }
    }

    fn indicator(&mut self, plan: &PathwayPlan, number: usize) {
        let Some(indicator) = plan.indicators.get(number) else { return };
        let parts: Vec<(Part, Cell)> = Part::all()
            .map(|part| {
                let cost = (part == NUMERATOR || part == REST).then_some(2);
                (part, self.cell(What::Part(number, part), cost))
            })
            .collect();
        let mut sum = |which: fn(&Part) -> bool, cost| {
            let cell = self.cell(What::Sum(number, which), cost);
            self.sums.sum(cell, parts.iter().filter(|(part, _)| which(part)).map(|(_, cell)| *cell));
            cell
        };
        let denominator = sum(|part| part.valid && part.denominator && !part.excluded, Some(3));
        let excluded = sum(|part| part.valid && part.denominator && part.excluded, Some(1));
        let outside = sum(|part| !(part.valid && part.denominator), Some(1));
        let populations = [
            (&indicator.denominator, sum(|part| part.denominator, None)),
            (&indicator.numerator, sum(|part| part.numerator, None)),
        ];
        let total = match indicator.occurrences_of().and_then(|series| self.series.get(series)) {
            Some(series) => series.answers,
            None => self.courses,
        };
        self.sums.sum(total, [denominator, excluded, outside]);
        for (members, cell) in populations {
            match members {
                Members::Courses(None) => self.sums.sum(cell, [self.courses]),
                Members::Courses(Some(_)) => {}
                Members::Answers { series, within, treatments } => {
                    let repeats = plan.series.get(*series).is_some_and(|series| series.interval.repeats);
                    if indicator.occurrences_of() != Some(*series) && repeats {
                        continue; // A course with several occurrences counts once.
                    }
                    let chosen: Vec<usize> = match treatments {
                        None => vec![*series],
                        Some(chosen) => (series + 1..).zip(chosen).filter(|(_, is)| **is).map(|(at, _)| at).collect(),
                    };
                    let of = |cells: &SeriesCells| if *within { cells.fields[0] } else { cells.measured };
                    let chosen =
                        chosen.iter().filter_map(|series| self.series.get(*series)).map(of).collect::<Vec<Cell>>();
                    self.sums.sum(cell, chosen);
                }
            }
        }
        let numerator = parts.iter().find(|(part, _)| *part == NUMERATOR).map_or(denominator, |(_, cell)| *cell);
        self.indicators.push(IndicatorCells { denominator, numerator, excluded, outside });
    }

    /// For each place of the pathway and each cell, whether it is hidden.
    pub fn hide(&self, context: &Context) -> Vec<Vec<bool>> {
        let all = context.rolled.get(&(WHOLE, NATION));
        let seen: Vec<bool> = self.what.iter().map(|what| all.is_some_and(|all| what.of(all) > 0)).collect();
        let places = context.rolled.iter().map(|((slot, unit), block)| {
            let value = |what: &What| what.of(block);
            let least = |(what, seen): (&What, &bool)| match what {
                _ if !seen || what.row().of(block) == 0 => None,
                what => Some(u64::from(what.makes_the_row())),
            };
            Place {
                slot: *slot,
                unit: *unit,
                values: self.what.iter().map(value).collect(),
                least: self.what.iter().zip(&seen).map(least).collect(),
                cost: cost(context, *slot, *unit),
            }
        });
        let parents = context.tree.units.iter().map(|unit| unit.parent).collect();
        Cube::new(&self.sums, places.collect(), parents).hide(context.parameters.suppress_below)
    }
}

/// What it costs the reader to lose a count of a place: more the more it comprises.
fn cost(context: &Context, slot: usize, unit: usize) -> u32 {
    let cost = match context.tree.units.get(unit).map(|unit| unit.level) {
        Some(Level::Nation) => 24,
        Some(Level::Region) => 12,
        Some(Level::Trust) => 6,
        _ => 3,
    };
    if slot == WHOLE { 2 * cost } else { cost }
}
