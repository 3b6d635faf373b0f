//! Which unknown facts could settle what is unknown: found by trying what they might be.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    super::{
        calendar::latest_start,
        formula::Input,
        logic::{Datum, Recent, Test},
        view::{Imagined, View},
    },
    domain,
};
use crate::tables::{MaxAge, Unit};

/// How many facts a set has at most.
const MAX_FACTS: usize = 3;
/// How many sets are found at most.
const MAX_SETS: usize = 5;
/// How many times a question is asked at most. The sets found until then are right and the smallest.
const MAX_TRIES: u32 = 20_000;
/// How many worlds are told apart at most.
const MANY: usize = 1_000;

/// The smallest sets of unknown facts with values by which `is_settled`, fewest facts first and then in the order declared.
/// `ask` says what the question rests on.
pub(in crate::runtime) fn settle<'a>(
    view: &View<'_, 'a>,
    ask: impl FnOnce(&mut Asked),
    is_settled: impl Fn(&View) -> bool,
) -> Vec<Vec<&'a str>> {
    if !view.settle {
        return Vec::new();
    }
    let mut asked = Asked::default();
    ask(&mut asked);
    let lacking = asked.lacking(view);
    let mut search = Search { view, is_settled, lacking: &lacking, tries: MAX_TRIES };
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for size in 1..=MAX_FACTS {
        search.sets(size, 0, &mut Vec::new(), &mut sets);
    }
    let facts = &view.knowledge.pathway.pathway.facts;
    let name = |at: &usize| Some(facts.get(lacking.get(*at)?.0)?.name.as_str());
    sets.iter().map(|set| set.iter().filter_map(name).collect()).collect()
}

/// Every way in which these facts might be, as far as what is asked can tell them apart; at most so many as are tried.
pub(in crate::runtime) fn worlds(
    view: &View,
    ask: impl FnOnce(&mut Asked),
    facts: &[&str],
) -> Vec<Vec<(usize, Imagined)>> {
    let mut asked = Asked::default();
    ask(&mut asked);
    let declared = &view.knowledge.pathway.pathway.facts;
    let is_meant = |fact: usize| declared.get(fact).is_some_and(|fact| facts.contains(&fact.name.as_str()));
    let mut worlds = vec![Vec::new()];
    for (fact, possible) in asked.lacking(view).into_iter().filter(|(fact, _)| is_meant(*fact)) {
        let with = |world: &Vec<_>, one: &Imagined| [world.as_slice(), &[(fact, *one)]].concat();
        worlds = worlds.iter().flat_map(|world| possible.iter().map(|one| with(world, one))).take(MANY).collect();
    }
    worlds
}

struct Search<'s, 'v, 'a, F> {
    view: &'s View<'v, 'a>,
    is_settled: F,
    /// The unknown facts, each with what it might be.
    lacking: &'s [(usize, Vec<Imagined>)],
    tries: u32,
}

impl<F: Fn(&View) -> bool> Search<'_, '_, '_, F> {
    /// Adds the sets of `size` more facts from `first` on that settle the question and hold none that was found before.
    fn sets(&mut self, size: usize, first: usize, set: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
        let holds_another = found.iter().any(|other| other.iter().all(|fact| set.contains(fact)));
        if holds_another || found.len() == MAX_SETS || self.tries == 0 {
            return;
        }
        if size == 0 {
            if self.settles(set, &mut Vec::new()) {
                found.push(set.clone());
            }
            return;
        }
        for at in first..self.lacking.len() {
            set.push(at);
            self.sets(size - 1, at + 1, set, found);
            set.pop();
        }
    }

    /// Whether the facts of the set can be such that the question is settled.
    fn settles(&mut self, set: &[usize], imagined: &mut Vec<(usize, Imagined)>) -> bool {
        let Some((at, rest)) = set.split_first() else {
            self.tries -= 1;
            return (self.is_settled)(&View { imagined, ..*self.view });
        };
        let Some((fact, possible)) = self.lacking.get(*at) else { return false };
        for one in possible {
            if self.tries == 0 {
                return false;
            }
            imagined.push((*fact, *one));
            let settles = self.settles(rest, imagined);
            imagined.pop();
            if settles {
                return true;
            }
        }
        false
    }
}

/// What a question rests on, by fact.
#[derive(Default)]
pub(in crate::runtime) struct Asked(BTreeMap<usize, Asking>);

/// What conditions ask of one fact.
#[derive(Default)]
struct Asking {
    /// The values that it is compared with.
    thresholds: Vec<Datum>,
    /// Whether a formula reads it.
    read: bool,
    /// If a formula reads how fast it rises: the rises that would bring the formula to a threshold or beyond.
    rises: Option<Vec<f64>>,
    /// Whether it matters how often it had a value.
    repeated: bool,
    /// How old its latest value may be.
    ages: Vec<(u32, Unit)>,
}

impl Asked {
    /// A condition.
    pub fn test(&mut self, test: &Test) {
        test.leaves(&mut |leaf| self.leaf(leaf));
    }

    /// How old the values may be that a condition looks at.
    pub fn dates(&mut self, test: &Test, ages: &[MaxAge]) {
        test.leaves(&mut |leaf| {
            let asking = leaf.fact().and_then(|fact| self.0.get_mut(&fact));
            asking.into_iter().for_each(|asking| asking.ages.extend(ages.iter().map(|age| (age.amount, age.unit))));
        });
    }

    fn leaf(&mut self, leaf: &Test) {
        let Some(fact) = leaf.fact() else { return };
        let asking = self.0.entry(fact).or_default();
        match leaf {
            Test::Is(_, value) | Test::Compare(_, _, value) => asking.thresholds.push(*value),
            Test::Repeated(_) => asking.repeated = true,
            Test::Recent(Recent { age, .. }) => asking.ages.push(*age),
            _ => {}
        }
    }

    /// The facts of which something that is asked for is unknown, in the order declared, each with what it might be.
    fn lacking(mut self, view: &View) -> Vec<(usize, Vec<Imagined>)> {
        self.see_inputs(view);
        let lacking = self.0.iter().filter(|(fact, _)| view.knowledge.formula(**fact).is_none());
        let lacking = lacking.map(|(fact, asking)| (*fact, asking.possible(*fact, view)));
        lacking.filter(|(_, possible)| !possible.is_empty()).collect()
    }

    /// Asks for what computed facts are computed from: the numbers that bring them to their thresholds and beyond.
    fn see_inputs(&mut self, view: &View) {
        let computed = self.0.iter().filter(|(fact, _)| view.knowledge.formula(**fact).is_some());
        let computed: Vec<_> = computed.map(|(fact, asking)| (*fact, domain::numbers(&asking.thresholds))).collect();
        for (fact, targets) in computed {
            let mut inputs = Vec::new();
            view.knowledge.inputs(fact, &mut |input| {
                if view.read(input).is_none() && !inputs.contains(&input) {
                    inputs.push(input);
                }
            });
            for input in &inputs {
                let solved = targets.iter().filter_map(|target| solve(view, fact, &inputs, *input, *target));
                let asking = self.0.entry(input.fact()).or_default();
                asking.read = true;
                match input {
                    Input::Value(_) => asking.thresholds.extend(solved.map(Datum::Number)),
                    Input::Rise(_) => asking.rises.get_or_insert_default().extend(solved),
                }
            }
        }
    }
}

/// The number that brings a computed fact to the target when all other unknown numbers are 1, if it is in proportion to
/// it or to its inverse.
fn solve(view: &View, fact: usize, inputs: &[Input], input: Input, target: f64) -> Option<f64> {
    let with = |number: f64| {
        let number_of = |other: Input| if other == input { number } else { 1.0 };
        let imagined = inputs.iter().map(|other| {
            let fact = other.fact();
            let (value, rise) = (Datum::Number(number_of(Input::Value(fact))), Some(number_of(Input::Rise(fact))));
            (fact, Imagined { value, date: view.day, often: None, rise })
        });
        let imagined: Vec<_> = imagined.collect();
        view.knowledge.formula(fact)?.value(&|input| View { imagined: &imagined, ..*view }.read(input))
    };
    let one = with(1.0)?;
    match with(0.0) {
        Some(zero) if zero != one => Some((target - zero) / (one - zero)),
        Some(_) => None,
        None => Some(one / target),
    }
    .filter(|number| number.is_finite())
}

impl Asking {
    /// What might become known of the fact; nothing if all that is asked for is known.
    fn possible(&self, fact: usize, view: &View) -> Vec<Imagined> {
        let known = view.knowledge.on(fact, view.day);
        let rise_lacks = self.rises.is_some() && view.knowledge.rise(fact, view.day).is_none();
        let date_lacks = !self.ages.is_empty() && known.is_some_and(|known| known.date.is_none());
        if known.is_some() && !rise_lacks && !date_lacks {
            return Vec::new();
        }
        let values = match (known, view.knowledge.pathway.pathway.facts.get(fact)) {
            (Some(known), _) => vec![known.value],
            (None, Some(declared)) => domain::values(&declared.fact_type, &self.thresholds, self.read),
            (None, None) => Vec::new(),
        };
        let mut dates = vec![view.day];
        dates.extend(self.ages.iter().filter_map(|age| too_old(view.day, *age)));
        let mut often = vec![None];
        if self.repeated {
            often.extend(values.iter().copied().map(Some));
        }
        let mut rises = vec![None];
        if let Some(asked) = &self.rises {
            rises.extend([0.0, 1.0].iter().chain(asked).copied().map(Some));
        }
        let mut possible = Vec::new();
        for value in values {
            for date in &dates {
                for often in &often {
                    possible.extend(rises.iter().map(|rise| Imagined {
                        value,
                        date: *date,
                        often: *often,
                        rise: *rise,
                    }));
                }
            }
        }
        possible
    }
}

/// The last day that is too long ago.
fn too_old(day: NaiveDate, (amount, unit): (u32, Unit)) -> Option<NaiveDate> {
    latest_start(day.pred_opt()?, amount, unit)
}
