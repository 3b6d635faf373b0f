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

/// Whether a course has a defect.
type Holds<'p> = Box<dyn Fn(&[Event]) -> bool + 'p>;

/// Where defects are planted.
pub(super) struct Plot<'w, 't> {
    pub shape: &'w Shape<'t>,
    pub as_of: NaiveDate,
    pub is_first: bool,
}

impl Plot<'_, '_> {
    pub fn plant(&self, events: &mut Vec<Event>, shares: &Shares, planted: &mut Planted, dice: &mut Dice) {
        let mut all: Vec<Holds> = Vec::new();
        for defect in OF_COURSES {
            let share = shares.of(defect);
            if share == 0.0 || !dice.chance(share) {
                continue;
            }
            for _ in 0..TRIES {
                let Some((changed, holds)) = self.tried(defect, events, dice) else { continue };
                let sound = sound(self.shape, &changed, self.is_first, self.as_of);
                // No defect may undo another.
                if sound && holds(&changed) && all.iter().all(|earlier| earlier(&changed)) {
                    *events = changed;
                    all.push(holds);
                    *planted.entry(defect).or_default() += 1;
                    break;
                }
            }
        }
    }

    /// The course changed, and whether a course has the defect: it may not have worked.
    fn tried(&self, defect: Defect, events: &[Event], dice: &mut Dice) -> Option<(Vec<Event>, Holds<'_>)> {
        let shape = self.shape;
        let opens = |event: &Event| shape.role(event.code) == Some(Role::Opens);
        let mut changed = events.to_vec();
        let holds: Holds = match defect {
            Defect::MissingStart => {
                changed.retain(|event| !opens(event));
                (changed.len() < events.len()).then_some(())?;
                Box::new(move |course| !course.iter().any(opens))
            }
            Defect::DuplicateStart => {
                let opening = events.iter().find(|event| opens(event))?;
                changed.push(Event { date: later(opening.date, 1 + dice.below(10)), ..*opening });
                let before = doubts(shape, events).duplicate_start.len();
                Box::new(move |course| doubts(shape, course).duplicate_start.len() > before)
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
                let before = doubts(shape, events).event_after_end.len();
                Box::new(move |course| doubts(shape, course).event_after_end.len() > before)
            }
            Defect::InvalidOrder => {
                let measure = dice.one_of(&shape.measures)?;
                let dates = |events: &[Event]| {
                    let from = events.iter().find(|event| measure.from.has(event.code))?;
                    let to = events.iter().find(|event| measure.to.has(event.code))?;
                    measure.ends_with(to.code).then_some((from.date, to.date))
                };
                let (from, to) = dates(events).filter(|(from, to)| from < to)?;
                for event in &mut changed {
                    let is_from = measure.from.has(event.code) && event.date == from;
                    let is_to = measure.to.has(event.code) && event.date == to;
                    event.date = if is_from {
                        to
                    } else if is_to {
                        from
                    } else {
                        event.date
                    };
                }
                Box::new(move |course| dates(course).is_some_and(|(from, to)| to < from))
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
                // What comes after shows that it is missing.
                changed.last().filter(|last| events.last().is_some_and(|end| end.date == last.date))?;
                Box::new(move |course| !course.iter().any(|event| event.code == gone))
            }
            _ => {
                let rules: Vec<&Order> = shape.rules.iter().filter(|rule| breaks(&rule.rule.kind) == defect).collect();
                let rule = *dice.one_of(&rules).filter(|rule| rule.broken(events, state(shape, events)).is_none())?;
                self.break_rule(rule, &mut changed, dice)?;
                Box::new(move |course| rule.broken(course, state(shape, course)).is_some())
            }
        };
        put_in_order(&mut changed);
        Some((changed, holds))
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
