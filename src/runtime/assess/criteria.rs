//! Criteria: which items are met, and which of them decide (rule 5).

use super::{
    super::{
        condition::{Conditions, MAX_DEPTH, too_deep},
        error::TableError,
        logic::{Test, all, any, not},
        view::View,
    },
    CriteriaAnswer, CriteriaResult,
    settle::{Asked, settle},
};
use crate::tables::{self, Need};

/// Criteria made ready.
#[derive(Debug)]
pub(super) struct Criteria<'t> {
    name: &'t str,
    when: Option<Test>,
    what: Quantified,
}

#[derive(Debug)]
struct Quantified {
    need: Need,
    items: Vec<Item>,
}

#[derive(Debug)]
struct Item {
    /// Its name after those of the items around it.
    path: String,
    met_by: MetBy,
    not_alone: bool,
    does_not_exclude: bool,
}

#[derive(Debug)]
enum MetBy {
    Test(Test),
    Items(Quantified),
    /// Nobody can say.
    Nothing,
}

impl<'t> Criteria<'t> {
    pub fn new(criteria: &'t tables::Criteria, conditions: Conditions) -> Result<Self, TableError> {
        let name = &criteria.name;
        let when = conditions.optional(name, criteria.when.as_ref())?;
        let preparing = Preparing { name, conditions };
        Ok(Criteria { name, when, what: preparing.quantified("", &criteria.quantified, MAX_DEPTH)? })
    }

    pub fn answer<'a>(&'a self, view: &View<'_, 'a>) -> CriteriaAnswer<'a> {
        let result = self.result(view);
        let mut answer = CriteriaAnswer {
            criteria: self.name,
            applies: self.when.as_ref().map_or(Some(true), |when| when.holds(view)),
            result,
            met: Vec::new(),
            not_met: Vec::new(),
            unknown: Vec::new(),
            decided_by: Vec::new(),
            settled_by: Vec::new(),
        };
        self.what.sort(view, &mut answer);
        match result {
            CriteriaResult::Met => self.what.decide(true, view, &mut answer.decided_by),
            CriteriaResult::NotMet => self.what.decide(false, view, &mut answer.decided_by),
            CriteriaResult::Unknown => {
                let is_settled =
                    |view: &View| matches!(self.result(view), CriteriaResult::Met | CriteriaResult::NotMet);
                answer.settled_by = settle(view, |asked| self.ask(asked), is_settled);
            }
            CriteriaResult::NotApplicable => {}
        }
        answer
    }

    fn result(&self, view: &View) -> CriteriaResult {
        match self.when.as_ref().map_or(Some(true), |when| when.holds(view)) {
            None => CriteriaResult::Unknown,
            Some(false) => CriteriaResult::NotApplicable,
            Some(true) => match self.what.holds(view) {
                None => CriteriaResult::Unknown,
                Some(false) => CriteriaResult::NotMet,
                Some(true) => CriteriaResult::Met,
            },
        }
    }

    fn ask(&self, asked: &mut Asked) {
        self.when.iter().for_each(|when| asked.test(when));
        self.what.ask(asked);
    }
}

impl Quantified {
    fn holds(&self, view: &View) -> Option<bool> {
        self.need.met(&self.counted(view))
    }

    /// How each item counts: one that is not enough alone (`ikke alene`) needs one beside it that is met without the mark.
    fn counted(&self, view: &View) -> Vec<Option<bool>> {
        let mut truths: Vec<_> = self.items.iter().map(|item| item.holds(view)).collect();
        let beside = any(self.items.iter().zip(&truths).filter(|(item, _)| !item.not_alone).map(|(_, truth)| *truth));
        for (_, truth) in self.items.iter().zip(&mut truths).filter(|(item, _)| item.not_alone) {
            *truth = all([*truth, beside].into_iter());
        }
        truths
    }

    /// Puts each item where it belongs in the answer.
    fn sort<'a>(&'a self, view: &View, answer: &mut CriteriaAnswer<'a>) {
        for item in &self.items {
            let place = match item.holds(view) {
                Some(true) => &mut answer.met,
                Some(false) => &mut answer.not_met,
                None => &mut answer.unknown,
            };
            place.push(&item.path);
            if let MetBy::Items(items) = &item.met_by {
                items.sort(view, answer);
            }
        }
    }

    /// The items because of which this is so, or those within them.
    fn decide<'a>(&'a self, truth: bool, view: &View, decided_by: &mut Vec<&'a str>) {
        let decisive = Some(truth != (self.need == Need::None));
        for (item, counted) in self.items.iter().zip(self.counted(view)) {
            match &item.met_by {
                _ if counted != decisive => {}
                MetBy::Items(items) if items.holds(view) == counted => {
                    items.decide(counted == Some(true), view, decided_by);
                }
                _ => decided_by.push(&item.path),
            }
        }
    }

    fn ask(&self, asked: &mut Asked) {
        for item in &self.items {
            match &item.met_by {
                MetBy::Test(test) => asked.test(test),
                MetBy::Items(items) => items.ask(asked),
                MetBy::Nothing => {}
            }
        }
    }
}

impl Item {
    fn holds(&self, view: &View) -> Option<bool> {
        let truth = match &self.met_by {
            MetBy::Test(test) => test.holds(view),
            MetBy::Items(items) => items.holds(view),
            MetBy::Nothing => None,
        };
        truth.filter(|truth| *truth || !self.does_not_exclude)
    }
}

impl Need {
    /// Whether enough of so many are true.
    pub(super) fn met(self, truths: &[Option<bool>]) -> Option<bool> {
        let truths = || truths.iter().copied();
        match self {
            Need::All => all(truths()),
            Need::None => all(truths().map(not)),
            Need::AtLeast(count) => {
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                let met = truths().filter(|truth| *truth == Some(true)).count();
                let possible = truths().filter(|truth| *truth != Some(false)).count();
                if count <= met {
                    Some(true)
                } else if possible < count {
                    Some(false)
                } else {
                    None
                }
            }
        }
    }
}

struct Preparing<'p> {
    name: &'p str,
    conditions: Conditions<'p>,
}

impl Preparing<'_> {
    fn quantified(
        &self,
        around: &str,
        quantified: &tables::Quantified,
        depth: usize,
    ) -> Result<Quantified, TableError> {
        let depth = depth.checked_sub(1).ok_or_else(|| too_deep(self.name))?;
        let items = quantified.items.iter().map(|item| {
            let path = format!("{around}{}", item.name);
            let met_by = match (&item.condition, &item.nested) {
                (Some(condition), _) => MetBy::Test(self.conditions.test(self.name, condition)?),
                (None, Some(nested)) => MetBy::Items(self.quantified(&format!("{path}/"), nested, depth)?),
                (None, None) => self.conditions.yes(&item.name).map_or(MetBy::Nothing, MetBy::Test),
            };
            Ok(Item { path, met_by, not_alone: item.not_alone, does_not_exclude: item.does_not_exclude })
        });
        Ok(Quantified { need: quantified.need, items: items.collect::<Result<_, TableError>>()? })
    }
}
