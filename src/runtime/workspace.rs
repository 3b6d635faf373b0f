//! Room to judge in, which one thread keeps for all its patients.

use chrono::NaiveDate;

use super::{
    Coded, Evaluator, FactEvent, Judged,
    assembly::{assemble, put_in_order},
    facts::{Knowledge, Known},
    judged::Patient,
    shape::Shapes,
};

/// Judges patients one after the other, and remembers what their courses have in common.
pub struct Workspace<'e> {
    evaluator: &'e Evaluator<'e>,
    shapes: Shapes,
    known: Vec<Known>,
    openers: Vec<usize>,
}

impl<'e> Workspace<'e> {
    /// `pathways`: how many of them have so many patients that it pays to remember.
    pub(super) fn new(evaluator: &'e Evaluator<'e>, pathways: usize) -> Self {
        Workspace { evaluator, shapes: Shapes::new(pathways), known: Vec::new(), openers: Vec::new() }
    }

    /// Judges the courses of one patient on the as-of date, by pathway id and number. `events` are in input order; they are
    /// put in order, and those dated after as-of are removed (E1).
    pub fn judge<'a, 'r: 'a>(
        &mut self,
        patient: &'a str,
        events: &mut Vec<Coded<'r>>,
        facts: &[FactEvent<'a>],
        as_of: NaiveDate,
        each: &mut dyn FnMut(&Judged<'_, 'a>),
    ) where
        'e: 'a,
    {
        events.retain_mut(|coded| {
            coded.set_out();
            coded.date <= as_of
        });
        put_in_order(events);
        for events in events.chunk_by_mut(|a, b| a.pathway == b.pathway) {
            let Some(number) = events.first().map(|first| first.pathway as usize) else { continue };
            let Some(pathway) = self.evaluator.pathways.get(number) else { continue };
            let knowledge = Knowledge::new(&mut self.known, pathway, facts, as_of);
            let patient = Patient { name: patient, pathway, knowledge, as_of };
            // Most patients have one course, about whose events there is no doubt.
            if events.iter().all(|coded| coded.id.is_none())
                && let Some(shape) = self.shapes.of(number, pathway, events)
                && shape.is_plain
            {
                each(&Judged::new(&patient, 1, events, shape));
                continue;
            }
            assemble(pathway, events, &mut self.openers);
            let events: &[Coded<'a>] = events;
            for (events, course) in events.chunk_by(|a, b| a.number == b.number).zip(1..) {
                if let Some(shape) = self.shapes.of(number, pathway, events) {
                    each(&Judged::new(&patient, course, events, shape));
                }
            }
        }
    }
}
