//! Made-up courses without a thought, always the same: what boundaries may have missed.

use chrono::{Days, NaiveDate};

use super::{
    mutants::conditions_of,
    solve::{fact_of, points, threshold},
};
use crate::tables::{Example, ExampleEvent, ExampleFact, Pathway, Value};

/// How many courses are made.
const COUNT: usize = 300;
/// The longest course, and the most days between its codes where no limit says more.
const LONGEST: u64 = 6;
const GAP: u64 = 40;

/// Courses of the pathway's codes with facts of every value that its conditions tell apart.
pub fn random(pathway: &Pathway) -> Vec<Example> {
    let conditions = conditions_of(pathway);
    let mut asked = Vec::new();
    conditions.iter().for_each(|condition| condition.leaves(&mut |leaf| asked.push(leaf)));
    let given = pathway.facts.iter().filter(|fact| fact.formula.is_none());
    let values: Vec<(&str, Vec<Value>)> = given
        .map(|fact| {
            let own = asked.iter().filter(|leaf| fact_of(leaf) == Some(fact.name.as_str()));
            let thresholds: Vec<&Value> = own.filter_map(|leaf| threshold(leaf)).collect();
            (fact.name.as_str(), points(&fact.fact_type, &thresholds))
        })
        .collect();
    let first = pathway.valid_from.into_iter().chain(NaiveDate::from_ymd_opt(2024, 1, 8)).max();
    let last = pathway.valid_to.and_then(|last| last.checked_sub_days(Days::new(200)));
    let start = first.into_iter().chain(last).min().unwrap_or_default();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    (0..COUNT).map(|number| made(pathway, &values, start, number, &mut dice)).collect()
}

fn made(pathway: &Pathway, values: &[(&str, Vec<Value>)], start: NaiveDate, number: usize, dice: &mut Dice) -> Example {
    let mut day = start;
    let mut events: Vec<ExampleEvent> = Vec::new();
    for place in 0..dice.below(LONGEST) {
        // Most courses begin as they should.
        let code = if place == 0 && dice.below(4) > 0 { pathway.codes.first() } else { dice.one_of(&pathway.codes) };
        let Some(code) = code else { break };
        let institution = (dice.below(4) == 0).then(|| if dice.below(2) == 0 { "HF A" } else { "HF B" }.to_owned());
        events.push(ExampleEvent { date: day, code: code.code.clone(), institution });
        let limit = dice.one_of(&pathway.limits).and_then(|row| row.amount).map_or(GAP, u64::from);
        let gap = if dice.below(2) == 0 { dice.below(GAP) } else { (limit + dice.below(3)).saturating_sub(1) };
        day = day.checked_add_days(Days::new(gap)).unwrap_or(day);
    }
    let last = events.last().map_or(start, |event| event.date);
    let mut facts = Vec::new();
    for (fact, values) in values {
        if dice.below(3) > 0
            && let Some(value) = dice.one_of(values)
        {
            let days = (last - start).num_days().unsigned_abs() + 1;
            let date = (dice.below(3) == 0).then(|| start.checked_add_days(Days::new(dice.below(days)))).flatten();
            facts.push(ExampleFact { date, fact: (*fact).to_owned(), value: value.clone() });
        }
    }
    let as_of = if dice.below(2) == 0 { last } else { day };
    let name = format!("Tilfeldig {}", number + 1);
    Example { name, as_of, events, facts, expectations: Vec::new(), origin: pathway.origin.clone() }
}

/// Numbers that look random (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end.max(1)
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let at = self.below(u64::try_from(list.len()).ok()?);
        list.get(usize::try_from(at).ok()?)
    }
}
