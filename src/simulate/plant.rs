//! Defects in courses: tried, and kept if the course then has the defect and still is one course.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    course::{Event, doubts, later, put_in_order, sound, state},
    defect::{Defect, Shares},
    order::Order,
    random::Dice,
    shape::Shape,
};
use crate::{
    runtime::State,
    tables::{Role, RuleKind},
};

/// The defects of courses, in the order they are planted in.
const OF_COURSES: [Defect; 11] = [
    Defect::RuleBefore,
    Defect::RuleTriggers,
    Defect::RuleAtMost,
    Defect::RuleExactly,
    Defect::RuleNothingAfter,
    Defect::RuleNeverTogether,
    Defect::DuplicateStart,
    Defect::EventAfterEnd,
    Defect::InvalidOrder,
    Defect::MissingPoint,
    Defect::MissingStart,
];
/// How often each is tried in one course.
const TRIES: u32 = 4;

/// How many of each defect there are.
pub type Planted = BTreeMap<Defect, u64>;

/// Where defects are planted.
pub(super) struct Plot<'w, 't> {
    pub shape: &'w Shape<'t>,
    pub as_of: NaiveDate,
    pub is_first: bool,
}

impl Plot<'_, '_> {
    pub fn plant(&self, events: &mut Vec<Event>, shares: &Shares, planted: &mut Planted, dice: &mut Dice) {
        for defect in OF_COURSES {
            let share = shares.of(defect);
            if share == 0.0 || !dice.chance(share) {
                continue;
            }
            let mut tries = (0..TRIES).filter_map(|_| self.tried(defect, events, dice));
            if let Some(changed) = tries.next() {
                *events = changed;
                *planted.entry(defect).or_default() += 1;
            }
        }
    }

    /// The course with the defect, if it worked.
    fn tried(&self, defect: Defect, events: &[Event], dice: &mut Dice) -> Option<Vec<Event>> {
        let Plot { shape, as_of, is_first } = *self;
        let mut changed = events.to_vec();
        let holds: Box<dyn Fn(&[Event]) -> bool> = match defect {
            Defect::MissingStart if is_first => {
                changed.retain(|event| shape.role(event.code) != Some(Role::Opens));
                Box::new(move |changed| changed.len() < events.len())
            }
            Defect::DuplicateStart => {
                let opening = events.iter().find(|event| shape.role(event.code) == Some(Role::Opens))?;
                changed.push(Event { date: later(opening.date, 1 + dice.below(10)), ..*opening });
                Box::new(|changed| {
                    doubts(shape, changed).duplicate_start.len() > doubts(shape, events).duplicate_start.len()
                })
            }
            Defect::EventAfterEnd => {
                let last = events.last()?;
                let mut date = last.date;
                if state(shape, events) != State::Closed {
                    date = later(date, dice.below(5));
                    changed.push(Event { date, code: *dice.one_of(&shape.closers)?, ..*last });
                }
                let code = dice.below(u32::try_from(shape.pathway.codes.len()).ok()?) as usize;
                changed.push(Event { date: later(date, 1 + dice.below(20)), code, ..*last });
                Box::new(|changed| {
                    doubts(shape, changed).event_after_end.len() > doubts(shape, events).event_after_end.len()
                })
            }
            Defect::InvalidOrder => {
                let measure = dice.one_of(&shape.measures)?;
                let ends = |events: &[Event]| {
                    let from = events.iter().position(|event| measure.from.has(event.code))?;
                    Some((from, events.iter().position(|event| measure.to.has(event.code))?))
                };
                let (from, to) = ends(events)?;
                let (from, to) = (events.get(from)?.date, events.get(to)?.date);
                for event in &mut changed {
                    let is_from = measure.from.has(event.code) && event.date == from;
                    let is_to = measure.to.has(event.code) && event.date == to;
                    event.date = if is_from { to } else if is_to { from } else { event.date };
                }
                let backwards = from < to;
                Box::new(move |changed| {
                    let dates = ends(changed).and_then(|(from, to)| Some((changed.get(from)?, changed.get(to)?)));
                    backwards && dates.is_some_and(|(from, to)| to.date < from.date)
                })
            }
            Defect::MissingPoint => {
                let between = |event: &&Event| {
                    let from = shape.measures.iter().any(|measure| measure.from.has(event.code));
                    let to = shape.measures.iter().any(|measure| measure.to.has(event.code));
                    from && to && shape.role(event.code).is_none()
                };
                let points: Vec<&Event> = events.iter().filter(between).collect();
                let gone = dice.one_of(&points)?.code;
                changed.retain(|event| event.code != gone);
                Box::new(move |changed| changed.last().map(|event| event.date) == events.last().map(|event| event.date))
            }
            _ => {
                let rules: Vec<&Order> = shape.rules.iter().filter(|rule| breaks(&rule.rule.kind) == defect).collect();
                let rule = *dice.one_of(&rules)?;
                self.break_rule(rule, &mut changed, dice)?;
                Box::new(move |changed| {
                    rule.broken(events, state(shape, events)).is_none()
                        && rule.broken(changed, state(shape, changed)).is_some()
                })
            }
        };
        put_in_order(&mut changed);
        (sound(shape, &changed, is_first, as_of) && holds(&changed)).then_some(changed)
    }

    fn break_rule(&self, rule: &Order, events: &mut Vec<Event>, dice: &mut Dice) -> Option<()> {
        let (first, second) = (rule.first.numbers(), rule.second.numbers());
        let has = |events: &[Event], codes: &[usize]| events.iter().any(|event| codes.contains(&event.code));
        match rule.rule.kind {
            RuleKind::Before { .. } if has(events, &second) => events.retain(|event| !first.contains(&event.code)),
            RuleKind::Before { .. } => insert(events, *dice.one_of(&second)?, dice)?,
            RuleKind::Triggers { .. } if has(events, &second) => events.retain(|event| !second.contains(&event.code)),
            RuleKind::Triggers { .. } => insert(events, *dice.one_of(&first)?, dice)?,
            RuleKind::Exactly { .. } if dice.once_in(2) => events.retain(|event| !first.contains(&event.code)),
            RuleKind::AtMost { count, .. } | RuleKind::Exactly { count, .. } => {
                let there = events.iter().filter(|event| first.contains(&event.code)).count();
                for _ in there..=(count as usize).min(there + 5) {
                    insert(events, *dice.one_of(&first)?, dice)?;
                }
            }
            RuleKind::NothingAfter { .. } => {
                if !has(events, &first) {
                    insert(events, *dice.one_of(&first)?, dice)?;
                }
                let code = dice.below(u32::try_from(self.shape.pathway.codes.len()).ok()?) as usize;
                insert(events, code, dice)?;
            }
            RuleKind::NeverTogether { .. } => {
                for side in [&first, &second] {
                    if !has(events, side) {
                        insert(events, *dice.one_of(side)?, dice)?;
                    }
                }
            }
        }
        Some(())
    }
}

/// The defect of breaking a rule of this kind.
fn breaks(kind: &RuleKind) -> Defect {
    match kind {
        RuleKind::Before { .. } => Defect::RuleBefore,
        RuleKind::Triggers { .. } => Defect::RuleTriggers,
        RuleKind::AtMost { .. } => Defect::RuleAtMost,
        RuleKind::Exactly { .. } => Defect::RuleExactly,
        RuleKind::NothingAfter { .. } => Defect::RuleNothingAfter,
        RuleKind::NeverTogether { .. } => Defect::RuleNeverTogether,
    }
}

/// Adds an event some day between the first and a little after the last, at the institution of the first.
fn insert(events: &mut Vec<Event>, code: usize, dice: &mut Dice) -> Option<()> {
    let (first, last) = (*events.first()?, events.last()?.date);
    let span = u32::try_from((last - first.date).num_days()).ok()?;
    events.push(Event { date: later(first.date, dice.below(span + 10)), code, ..first });
    events.sort_unstable();
    Some(())
}
