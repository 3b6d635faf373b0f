//! Criteria as a whole: whether they can be met, and which of their items decide something.

use super::{
    diagram::Set,
    find::{Finder, test_of},
    space::{Space, Truth},
};
use crate::tables::{Criteria, CriteriaItem, Need, Quantified};

impl Finder<'_, '_, '_> {
    /// Criteria whose conditions are sound by themselves are looked at as a whole.
    pub fn criteria(&mut self, criteria: &Criteria) {
        let before = self.report.findings.len();
        let context = self.when(criteria.when.as_ref(), Set::ALL, &criteria.origin);
        self.tests(&criteria.quantified, context);
        if self.report.findings.len() > before || self.space.never(context) {
            return;
        }
        let whole = self.space.quantified(&criteria.quantified);
        let (met, not_met) = (self.space.and(context, whole.yes), self.space.and(context, whole.no));
        match (self.space.never(met), self.space.never(not_met)) {
            (true, true) => self.report.never_settled(criteria),
            (true, false) => self.report.never_met(criteria),
            // Items that exclude nothing leave that unsaid on purpose.
            (false, true) if !has_mark(&criteria.quantified) => self.report.always_met(criteria),
            (false, true) => {}
            (false, false) => self.items_of(&criteria.quantified, context, &|quantified| quantified, criteria, whole),
        }
    }

    fn tests(&mut self, quantified: &Quantified, context: Set) {
        for item in &quantified.items {
            match &item.nested {
                Some(nested) => self.tests(nested, context),
                None => _ = self.when(item.condition.as_ref(), context, &item.origin),
            }
        }
    }

    /// Items that say the same as one before, and items without which the criteria come out as they do with them.
    fn items_of(
        &mut self,
        quantified: &Quantified,
        context: Set,
        around: &dyn Fn(Quantified) -> Quantified,
        criteria: &Criteria,
        whole: Truth,
    ) {
        let truths: Vec<_> = quantified.items.iter().map(|item| self.space.item(item)).collect();
        let mut twins = vec![false; truths.len()];
        for (at, (item, truth)) in quantified.items.iter().zip(&truths).enumerate() {
            let marks = (item.not_alone, item.does_not_exclude);
            let twin = quantified.items.iter().zip(&truths).take(at).position(|(other, other_truth)| {
                (other.not_alone, other.does_not_exclude) == marks && self.space.same(*truth, *other_truth, context)
            });
            if let Some(other) = twin.and_then(|twin| quantified.items.get(twin)) {
                self.report.same_items(item, other);
                twins = (0..twins.len())
                    .map(|one| twins.get(one) == Some(&true) || one == at || Some(one) == twin)
                    .collect();
            }
        }
        for (at, item) in quantified.items.iter().enumerate() {
            // What is not enough alone never is where one is enough: the mark says so itself.
            let says_so = item.not_alone && matches!(quantified.need, Need::AtLeast(0 | 1));
            if says_so || twins.get(at) == Some(&true) {
                continue;
            }
            let mut without = quantified.clone();
            without.items.remove(at);
            let rest = self.space.quantified(&around(without));
            if quantified.items.len() > 1 && self.space.same(rest, whole, context) {
                self.report.idle_item(item, criteria);
            } else if let Some(nested) = &item.nested {
                let inside = |nested: Quantified| {
                    let mut changed = quantified.clone();
                    let items = changed.items.iter_mut().skip(at).take(1);
                    items.for_each(|item| item.nested = Some(nested.clone()));
                    around(changed)
                };
                self.items_of(nested, context, &inside, criteria, whole);
            }
        }
    }
}

fn has_mark(quantified: &Quantified) -> bool {
    quantified.items.iter().any(|item| item.does_not_exclude || item.nested.as_ref().is_some_and(has_mark))
}

impl Space<'_> {
    /// Where so many of the items count as are needed.
    fn quantified(&mut self, quantified: &Quantified) -> Truth {
        let mut truths: Vec<_> = quantified.items.iter().map(|item| self.item(item)).collect();
        let alone = quantified.items.iter().zip(&truths).filter(|(item, _)| !item.not_alone).map(|(_, truth)| *truth);
        let alone: Vec<_> = alone.collect();
        let beside = self.any(&alone);
        for (_, truth) in quantified.items.iter().zip(&mut truths).filter(|(item, _)| item.not_alone) {
            *truth = self.all(&[*truth, beside]);
        }
        match quantified.need {
            Need::All => self.all(&truths),
            Need::None => self.any(&truths).not(),
            Need::AtLeast(count) => self.at_least(count, &truths),
        }
    }

    fn item(&mut self, item: &CriteriaItem) -> Truth {
        let truth = match &item.nested {
            Some(nested) if item.condition.is_none() => self.quantified(nested),
            _ => self.truth(&test_of(item)),
        };
        Truth { no: if item.does_not_exclude { Set::NONE } else { truth.no }, ..truth }
    }
}
