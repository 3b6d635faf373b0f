//! The latest day for each point that remains in an open course, so that neither a part nor a total is broken.
//!
//! A plan is what remains with one treatment: the points that have not come, and the limits between them. Every limit
//! lets its end come the later, the later its start comes, so there is one answer that is the latest for all points at
//! once. Limits that can no longer be kept are given up, and the others are still worth keeping.

use chrono::NaiveDate;

use super::{
    Latest, LimitNamed, State,
    calendar::{due, latest_start},
    interval::Setting,
    limits::Number,
    prepare::{CodeSet, Measure, Prepared},
};
use crate::tables::Form;

/// The points at which intervals end that have not ended, in the order of the intervals; none if the course is no
/// longer open.
pub(super) fn latest<'a>(setting: &Setting<'a, '_>) -> Vec<Latest<'a>> {
    if setting.shape.state != State::Open {
        return Vec::new();
    }
    let measures = &setting.pathway.measures;
    let mut treatments: Vec<Option<&str>> = Vec::new();
    for treatment in measures.iter().map(treatment) {
        if treatment.is_some() && !treatments.contains(&treatment) {
            treatments.push(treatment);
        }
    }
    if treatments.is_empty() {
        treatments.push(None);
    }
    let mut found: Vec<Latest> = Vec::new();
    for chosen in treatments {
        for latest in Plan::new(setting, chosen).solve() {
            match found.iter_mut().find(|known| known.codes == latest.codes) {
                Some(known) => known.tighten(latest),
                None => found.push(latest),
            }
        }
    }
    found
}

fn treatment<'a>(measure: &Measure<'a>) -> Option<&'a str> {
    measure.treatment.map(|treatment| treatment.name.as_str())
}

impl Latest<'_> {
    /// A point before the treatment must do for each that may be chosen; what is lost is what no choice can save.
    fn tighten(&mut self, other: Self) {
        self.lost.retain(|limit| other.lost.contains(limit));
        if other.latest.is_some_and(|day| self.latest.is_none_or(|known| day < known)) {
            (self.latest, self.because) = (other.latest, other.because);
        }
    }
}

/// What remains with one treatment.
struct Plan<'a> {
    pathway: &'a Prepared<'a>,
    as_of: NaiveDate,
    spans: Vec<Span<'a>>,
    /// The points that have not come, each with the codes that serve all intervals that meet there.
    points: Vec<CodeSet>,
}

/// An interval that has not ended.
struct Span<'a> {
    measure: &'a Measure<'a>,
    from: Start,
    to: usize,
    limit: Option<Number>,
    /// Whether its limit is given up.
    lost: bool,
}

#[derive(Clone, Copy)]
enum Start {
    Known(NaiveDate),
    /// A point that has not come.
    Point(usize),
}

/// The latest day of a point, and why.
#[derive(Clone, Copy)]
struct Bound {
    day: NaiveDate,
    /// The span whose limit says so.
    because: usize,
    due: NaiveDate,
    /// The span that has begun, from which all this is counted.
    root: usize,
}

impl<'a> Plan<'a> {
    fn new(setting: &Setting<'a, '_>, chosen: Option<&str>) -> Self {
        let mut plan = Plan { pathway: setting.pathway, as_of: setting.as_of, spans: Vec::new(), points: Vec::new() };
        let held = setting.held_on(setting.as_of);
        for open in setting.shape.spans.iter().filter(|span| span.to.is_none()) {
            let Some(measure) = setting.pathway.measures.get(open.measure) else { continue };
            if treatment(measure).is_some_and(|own| Some(own) != chosen) {
                continue;
            }
            let from = match setting.event(open.from) {
                Some(from) => Start::Known(from.date),
                None => Start::Point(plan.point(&measure.from)),
            };
            let to = plan.point(measure.picks.as_ref().unwrap_or(&measure.to));
            let limit = setting.row(open.measure, held).and_then(|row| row.number);
            plan.spans.push(Span { measure, from, to, limit, lost: false });
        }
        plan
    }

    /// The point that these codes make: one event serves all intervals that have a code in common.
    fn point(&mut self, codes: &CodeSet) -> usize {
        let shared = |known: &CodeSet| Some(known.intersection(codes)).filter(|shared| !shared.is_empty());
        for (number, known) in self.points.iter_mut().enumerate() {
            if let Some(shared) = shared(known) {
                *known = shared;
                return number;
            }
        }
        self.points.push(codes.clone());
        self.points.len() - 1
    }

    fn solve(mut self) -> Vec<Latest<'a>> {
        let bounds = loop {
            match self.bounds() {
                Ok(bounds) => break bounds,
                Err(lost) => {
                    if let Some(span) = self.spans.get_mut(lost) {
                        span.lost = true;
                    }
                }
            }
        };
        let mut answers = Vec::new();
        for (number, codes) in self.points.iter().enumerate() {
            let mut ends = self.spans.iter().filter(|span| span.to == number).peekable();
            if ends.peek().is_none() {
                continue;
            }
            let bound = bounds.get(number).copied().flatten();
            let declared = self.pathway.pathway.codes.iter().enumerate();
            answers.push(Latest {
                codes: declared.filter(|(at, _)| codes.contains(*at)).map(|(_, code)| code.code.as_str()).collect(),
                latest: bound.map(|bound| bound.day),
                because: bound.and_then(|bound| Some(self.spans.get(bound.because)?.named(Some(bound.due)))),
                lost: ends.filter(|span| span.lost).map(|span| span.named(span.due())).collect(),
            });
        }
        answers
    }

    /// The latest day of each point, where there is one; else a span whose limit cannot be kept.
    fn bounds(&self) -> Result<Vec<Option<Bound>>, usize> {
        let earliest = self.earliest();
        let mut bounds: Vec<Option<Bound>> = vec![None; self.points.len()];
        loop {
            let mut changed = false;
            for (number, span) in self.spans.iter().enumerate() {
                for (point, bound) in
                    [span.bound_of_end(number, &bounds), span.bound_of_start(&bounds)].into_iter().flatten()
                {
                    let Some(known) = bounds.get_mut(point) else { continue };
                    if known.is_some_and(|known| known.day <= bound.day) {
                        continue;
                    }
                    if earliest.get(point).is_some_and(|earliest| bound.day < *earliest) {
                        return Err(bound.root);
                    }
                    *known = Some(bound);
                    changed = true;
                }
            }
            if !changed {
                return Ok(bounds);
            }
        }
    }

    /// The first day on which each point can come: not before as-of, and not before its least times have passed.
    fn earliest(&self) -> Vec<NaiveDate> {
        let mut earliest = vec![self.as_of; self.points.len()];
        // As many rounds as there are points reach every point; least times in a ring would go on for ever.
        for _ in &self.points {
            for span in &self.spans {
                let from = match span.from {
                    Start::Known(day) => Some(day),
                    Start::Point(point) => earliest.get(point).copied(),
                };
                let day =
                    from.and_then(|from| span.limit.map_or(Some(from), |limit| due(from, limit.minimum, limit.unit)));
                if let Some((known, day)) = earliest.get_mut(span.to).zip(day) {
                    *known = day.max(*known);
                }
            }
        }
        earliest
    }
}

impl<'a> Span<'a> {
    fn named(&self, due: Option<NaiveDate>) -> LimitNamed<'a> {
        LimitNamed { interval: &self.measure.interval.name, treatment: treatment(self.measure), due }
    }

    /// Its due date, if it has begun.
    fn due(&self) -> Option<NaiveDate> {
        let (Start::Known(from), Some(limit)) = (self.from, self.limit) else { return None };
        due(from, limit.amount, limit.unit)
    }

    /// Its end comes no later than its limit says.
    fn bound_of_end(&self, number: usize, bounds: &[Option<Bound>]) -> Option<(usize, Bound)> {
        let limit = self.limit.filter(|limit| !self.lost && limit.form != Form::AtLeast)?;
        let (from, root) = match self.from {
            Start::Known(day) => (day, number),
            Start::Point(point) => bounds.get(point).copied().flatten().map(|bound| (bound.day, bound.root))?,
        };
        let day = due(from, limit.amount, limit.unit)?;
        Some((self.to, Bound { day, because: number, due: day, root }))
    }

    /// Its start comes early enough to leave room for its least time, and never after its end.
    fn bound_of_start(&self, bounds: &[Option<Bound>]) -> Option<(usize, Bound)> {
        let Start::Point(start) = self.from else { return None };
        let end = bounds.get(self.to).copied().flatten()?;
        let day = match self.limit {
            Some(limit) => latest_start(end.day, limit.minimum, limit.unit)?,
            None => end.day,
        };
        Some((start, Bound { day, ..end }))
    }
}
