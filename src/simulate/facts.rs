//! Facts that make a patient the variant that is aimed at, and some that do not matter.

use chrono::{Days, NaiveDate};

use super::{
    cohort::FIRST_DAY,
    course::later,
    defect::{Defect, Shares},
    knowledge::Given,
    plant::Planted,
    random::Dice,
};
use crate::{
    cases,
    tables::{Condition, ExampleFact, Fact, FactType, Pathway, Value},
};

/// The most facts beside those that decide the variant.
const BESIDE: u32 = 3;

/// The ways a patient of a pathway can be.
pub(super) struct Aims<'t> {
    /// The facts that patients can have.
    facts: Vec<&'t Fact>,
    /// The day that the worlds' dated facts are for.
    on: NaiveDate,
    aims: Vec<Aim>,
}

/// A variant, or none for the main course, and facts by which it holds.
struct Aim {
    variant: Option<usize>,
    world: Vec<ExampleFact>,
}

impl<'t> Aims<'t> {
    /// One for each variant, and for the main course, where facts can be found that make it so.
    pub fn new(pathway: &'t Pathway, on: NaiveDate) -> Self {
        let earlier = |number: usize| pathway.variants.iter().take(number).map(|variant| (&variant.when, false));
        let world = |wanted: Vec<(&Condition, bool)>| Some(cases::world(pathway, &wanted, on)?.facts);
        let main = world(earlier(pathway.variants.len()).collect()).map(|world| Aim { variant: None, world });
        let variants = pathway.variants.iter().enumerate().filter_map(|(number, variant)| {
            let wanted = earlier(number).chain([(&variant.when, true)]).collect();
            Some(Aim { variant: Some(number), world: world(wanted)? })
        });
        let aims = main.into_iter().chain(variants).collect();
        Aims { facts: pathway.facts.iter().filter(|fact| fact.formula.is_none()).collect(), on, aims }
    }

    /// A variant, and facts that make it from a day on: mostly from before the course starts. No defects but those of facts.
    pub fn patient(
        &self,
        start: NaiveDate,
        shares: &Shares,
        planted: &mut Planted,
        dice: &mut Dice,
    ) -> (Option<usize>, Vec<Given<'t>>) {
        if self.facts.is_empty() || dice.chance(shares.of(Defect::NoFacts)) {
            if !self.facts.is_empty() {
                *planted.entry(Defect::NoFacts).or_default() += 1;
            }
            return (None, Vec::new());
        }
        let since = match dice.below(6) {
            0..3 => None,
            3..5 => start.checked_sub_days(Days::new(dice.below(30).into())).map(|date| date.max(FIRST_DAY)),
            _ => Some(later(start, 1 + dice.below(40))),
        };
        let aim = if dice.once_in(2) { self.aims.first() } else { dice.one_of(&self.aims) };
        let mut given = Vec::new();
        for ExampleFact { date, fact, value } in aim.map(|aim| aim.world.as_slice()).unwrap_or_default() {
            let Some(fact) = self.facts.iter().find(|declared| declared.name == *fact) else { continue };
            let moved = date.map(|date| (since.unwrap_or(start) - (self.on - date)).max(FIRST_DAY));
            given.push(Given { date: moved.or(since), fact, value: value.clone() });
        }
        for _ in 0..dice.below(BESIDE + 1) {
            let Some(fact) = dice.one_of(&self.facts) else { break };
            if given.iter().all(|given| given.fact.name != fact.name) {
                given.push(Given { date: since, fact, value: any_value(&fact.fact_type, dice) });
            }
        }
        if dice.chance(shares.of(Defect::ConflictingFact)) {
            let other = dice.one_of(&given).cloned();
            let other = other.map(|given| Given { value: any_value(&given.fact.fact_type, dice), ..given });
            if let Some(other) = other.filter(|other| !given.contains(other)) {
                given.push(other);
                *planted.entry(Defect::ConflictingFact).or_default() += 1;
            }
        }
        (aim.and_then(|aim| aim.variant), given)
    }
}

fn any_value(fact_type: &FactType, dice: &mut Dice) -> Value {
    match fact_type {
        FactType::Choice { values } | FactType::Scale { values } => {
            Value::Choice(dice.one_of(values).map_or_else(String::new, |value| value.name.clone()))
        }
        FactType::YesNo => Value::YesNo(dice.once_in(2)),
        FactType::Number { .. } => Value::Number(f64::from(dice.below(1000)) / 10.0),
        FactType::Years => Value::Number(f64::from(dice.below(100))),
        FactType::Date => Value::Date(later(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default(), dice.below(1500))),
    }
}
