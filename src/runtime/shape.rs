//! What the codes of a course decide, whatever their dates: state, phase, points and order rules. A register has many
//! courses and few sequences of codes, so what has been worked out is kept.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{
    RuleResult, State,
    assembly::Coded,
    prepare::{CodeSet, Measure, Prepared},
    rules,
};
use crate::tables::Role;

/// All that the sequence of its codes decides of a course. Events are named by their number in the course.
pub(super) struct Shape {
    /// No two shapes have the same, wherever they are kept.
    #[cfg_attr(not(feature = "report"), expect(dead_code, reason = "asked for by what is counted alone"))]
    pub number: u64,
    /// Whether it is one course beyond doubt, if no event carries a course id: an opening code comes first, no other opens,
    /// and nothing comes after one that closes (E3).
    pub is_plain: bool,
    /// The first opening code.
    pub start: Option<usize>,
    pub state: State,
    /// The last event whose code has a phase.
    pub phase: Option<usize>,
    /// In the order of the pathway's measures.
    pub spans: Vec<Span>,
    /// By rule.
    pub rules: Vec<RuleResult>,
    /// The rules that are broken, in order.
    pub broken: Vec<Broken>,
}

/// The points of one measure (E4).
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub measure: usize,
    pub occurrence: u32,
    pub from: Option<usize>,
    pub to: Option<usize>,
    /// The course has no other treatment, and has not closed before the end.
    pub applies: bool,
}

/// How many shapes have been made.
static MADE: AtomicU64 = AtomicU64::new(0);

pub(super) struct Broken {
    pub rule: usize,
    pub events: Vec<usize>,
}

impl Shape {
    pub fn of(pathway: &Prepared, events: &[Coded]) -> Self {
        let roles = || events.iter().map(|coded| pathway.role(coded.code));
        let state = roles().fold(State::Open, State::after);
        let mut shape = Shape {
            number: MADE.fetch_add(1, Ordering::Relaxed),
            is_plain: roles().zip(0..).all(|(role, at)| (role == Some(Role::Opens)) == (at == 0))
                && roles().rev().skip(1).all(|role| role != Some(Role::Closes)),
            start: roles().position(|role| role == Some(Role::Opens)),
            state,
            phase: events.iter().rposition(|coded| pathway.phase(coded.code).is_some()),
            spans: Vec::with_capacity(pathway.measures.len()),
            rules: Vec::with_capacity(pathway.rules.len()),
            broken: Vec::new(),
        };
        for (number, measure) in pathway.measures.iter().enumerate() {
            shape.add_spans(number, measure, events);
        }
        for (rule, (_, automaton)) in pathway.rules.iter().enumerate() {
            let mut events_of = Vec::new();
            let result = rules::judge(automaton, events, state, &mut events_of);
            shape.rules.push(result);
            if result == RuleResult::Broken {
                shape.broken.push(Broken { rule, events: events_of });
            }
        }
        shape
    }

    /// One pair of points, or one for each start if the interval repeats and has begun.
    fn add_spans(&mut self, number: usize, measure: &Measure, events: &[Coded]) {
        let is_in =
            |codes: &CodeSet, at: usize| events.get(at).is_some_and(|coded| codes.contains(coded.code as usize));
        let state = self.state;
        let span = |from, to: Option<usize>| {
            let picked = to.is_none_or(|to| measure.picks.as_ref().is_none_or(|picks| is_in(picks, to)));
            let applies = picked && (to.is_some() || state != State::Closed);
            Span { measure: number, occurrence: 1, from, to, applies }
        };
        let first = |codes: &CodeSet| (0..events.len()).find(|at| is_in(codes, *at));
        let from = first(&measure.from);
        if !measure.interval.repeats || from.is_none() {
            self.spans.push(span(from, first(&measure.to)));
            return;
        }
        let before = self.spans.len();
        let mut to = None;
        for at in (0..events.len()).rev() {
            if is_in(&measure.from, at) {
                self.spans.push(span(Some(at), to));
            }
            if is_in(&measure.to, at) {
                to = Some(at);
            }
        }
        let own = self.spans.get_mut(before..).unwrap_or_default();
        own.reverse();
        own.iter_mut().zip(1..).for_each(|(span, occurrence)| span.occurrence = occurrence);
    }
}

// What is kept is so little in tests that all this happens.
/// Longer courses are rare, and hardly two of them are alike.
const LONGEST: usize = if cfg!(test) { 8 } else { 40 };
/// How much is kept before all of it is let go: some megabytes.
const MOST_CELLS: usize = if cfg!(test) { 1 << 10 } else { 1 << 19 };
const MOST_SHAPES: usize = if cfg!(test) { 1 << 4 } else { 1 << 13 };

/// The shapes of the courses that have come: a tree of codes that grows as they come.
pub(super) struct Shapes {
    pathways: usize,
    /// First where each pathway's tree begins. Then the nodes: the number of the node's shape, and for each code of its
    /// pathway where the next node is. 0 is that there is none yet.
    cells: Vec<u32>,
    /// Numbered from 1.
    shapes: Vec<Shape>,
    /// The latest that is not kept.
    other: Option<Shape>,
}

impl Shapes {
    /// For courses of the first pathways; those of others are not kept.
    pub fn new(pathways: usize) -> Self {
        Shapes { pathways, cells: vec![0; pathways], shapes: Vec::new(), other: None }
    }

    /// The shape of a course of the pathway of this number.
    pub fn of(&mut self, number: usize, pathway: &Prepared, events: &[Coded]) -> Option<&Shape> {
        if number >= self.pathways || events.len() > LONGEST {
            return Some(self.other.insert(Shape::of(pathway, events)));
        }
        if self.cells.len() > MOST_CELLS || self.shapes.len() > MOST_SHAPES {
            *self = Shapes::new(self.pathways);
        }
        let codes = pathway.codes.len();
        let root = self.node(number, codes);
        let node = events.iter().fold(root, |node, coded| self.node(node + 1 + coded.code as usize, codes));
        let kept = self.cells.get_mut(node)?;
        if *kept == 0 {
            self.shapes.push(Shape::of(pathway, events));
            *kept = self.shapes.len() as u32;
        }
        self.shapes.get(*kept as usize - 1)
    }

    /// The node that a cell leads to, put there now if there was none.
    fn node(&mut self, cell: usize, codes: usize) -> usize {
        let new = self.cells.len();
        match self.cells.get_mut(cell) {
            Some(node @ 0) => {
                *node = new as u32;
                self.cells.resize(new + 1 + codes, 0);
                new
            }
            Some(node) => *node as usize,
            None => cell,
        }
    }
}
