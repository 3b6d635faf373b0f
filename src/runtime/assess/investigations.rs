//! Investigations: which are done, and which lack.

use chrono::NaiveDate;

use super::{
    super::{
        condition::{Conditions, MAX_DEPTH, too_deep},
        error::TableError,
        logic::{Test, all, any, not},
        view::View,
    },
    InvestigationAnswer, InvestigationStatus,
    settle::{Asked, settle},
};
use crate::tables::{self, MaxAge, Need, Strength};

/// The investigations of a pathway, each before those that it consists of.
#[derive(Debug, Default)]
pub(super) struct Investigations<'t>(Vec<Item<'t>>);

#[derive(Debug)]
struct Item<'t> {
    list: &'t str,
    item: &'t tables::Item,
    /// Its name after those of the items around it.
    path: Option<String>,
    /// The conditions of the list, of the items around it and its own.
    when: Test,
    /// Whether it is done, as far as that is said of itself.
    own: Option<Test>,
    /// The numbers of the items that it consists of, or of its alternatives.
    parts: Vec<usize>,
    /// The numbers of the items that go after it.
    before: Vec<usize>,
}

/// Whether an item is done and when, whomever it applies to and however long ago.
#[derive(Clone, Copy)]
struct Done {
    holds: Option<bool>,
    date: Option<NaiveDate>,
}

impl<'t> Investigations<'t> {
    /// Adds the lists of one phase.
    pub fn add(
        &mut self,
        lists: impl Iterator<Item = &'t tables::List>,
        conditions: Conditions,
    ) -> Result<(), TableError> {
        let first = self.0.len();
        for list in lists {
            let when = conditions.optional(&list.name, list.when.as_ref())?;
            let adding = Adding { list, conditions };
            adding.items(&list.items, "", &Test::All(when.into_iter().collect()), MAX_DEPTH, &mut self.0)?;
        }
        let added = || self.0.iter().enumerate().skip(first);
        let number = |name: &String| added().find(|(_, item)| item.item.name.as_ref() == Some(name)).map(|(at, _)| at);
        let before: Vec<Vec<usize>> =
            added().map(|(_, item)| item.item.before.iter().filter_map(number).collect()).collect();
        for (item, before) in self.0.iter_mut().skip(first).zip(before) {
            item.before = before;
        }
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One without a name and without parts can be neither done nor lacking.
    pub fn answers<'a>(&'a self, view: &View<'_, 'a>) -> Vec<InvestigationAnswer<'a>> {
        let judged = self.0.iter().filter(|item| item.item.name.is_some() || !item.parts.is_empty());
        judged.map(|item| self.answer(item, view)).collect()
    }

    fn answer<'a>(&'a self, item: &'a Item, view: &View<'_, 'a>) -> InvestigationAnswer<'a> {
        let (status, date) = self.status(item, view);
        let is_settled = |view: &View| self.status(item, view).0 != InvestigationStatus::Unknown;
        let settled_by = match status {
            InvestigationStatus::Unknown => settle(view, |asked| self.ask(item, asked), is_settled),
            _ => Vec::new(),
        };
        InvestigationAnswer {
            list: item.list,
            item: item.path.as_deref(),
            text: &item.item.text,
            strength: item.item.strength,
            status,
            date,
            settled_by,
        }
    }

    fn status(&self, item: &Item, view: &View) -> (InvestigationStatus, Option<NaiveDate>) {
        let done = self.done(item, view);
        let date = done.date;
        match (item.when.holds(view), done.holds) {
            (Some(false), _) => (InvestigationStatus::NotApplicable, None),
            (None, _) | (_, None) => (InvestigationStatus::Unknown, None),
            (_, Some(false)) => (InvestigationStatus::Lacking, None),
            _ if item.item.strength == Some(Strength::Unngå) => (InvestigationStatus::Breach, date),
            _ if self.comes_late(item, date, view) => (InvestigationStatus::WrongOrder, date),
            _ => match item.is_fresh(date, view) {
                None => (InvestigationStatus::Unknown, None),
                Some(false) => (InvestigationStatus::Outdated, date),
                Some(true) => (InvestigationStatus::Done, date),
            },
        }
    }

    /// Whether one that goes after it was done on an earlier day.
    fn comes_late(&self, item: &Item, date: Option<NaiveDate>, view: &View) -> bool {
        let after = item.before.iter().filter_map(|number| self.0.get(*number)).map(|after| self.done(after, view));
        let dates = after.filter(|after| after.holds == Some(true)).filter_map(|after| after.date);
        date.is_some_and(|date| dates.min().is_some_and(|first| first < date))
    }

    /// What is said of the item itself; else whether enough of its parts are done, or all that apply. It is then as old as
    /// the oldest of the latest that are enough.
    fn done(&self, item: &Item, view: &View) -> Done {
        let own = item.own.as_ref();
        let said =
            Done { holds: own.and_then(|own| own.holds(view)), date: own.and_then(|own| view.date(own.fact()?)) };
        if said.holds.is_some() || item.parts.is_empty() {
            return said;
        }
        let need = item.item.need.unwrap_or(Need::All);
        let parts = item.parts.iter().filter_map(|number| self.0.get(*number)).map(|part| {
            let (applies, Done { holds, date }) = (part.when.holds(view), self.done(part, view));
            let holds = all([holds, part.is_fresh(date, view)].into_iter());
            let counts = match need {
                Need::All => any([not(applies), holds].into_iter()),
                Need::None | Need::AtLeast(_) => all([applies, holds].into_iter()),
            };
            (counts, all([applies, holds].into_iter()) == Some(true), date)
        });
        let parts: Vec<_> = parts.collect();
        let mut dates: Vec<_> = parts.iter().filter(|(_, done, _)| *done).map(|(.., date)| *date).collect();
        dates.sort_unstable_by(|a, b| b.cmp(a));
        if let Need::AtLeast(count) = need {
            dates.truncate(usize::try_from(count).unwrap_or(usize::MAX));
        }
        let counts: Vec<_> = parts.iter().map(|(counts, ..)| *counts).collect();
        Done { holds: need.met(&counts), date: dates.pop().flatten() }
    }

    fn ask(&self, item: &Item, asked: &mut Asked) {
        asked.test(&item.when);
        let ages: Vec<_> = item.item.max_age.into_iter().collect();
        self.ask_done(item, &ages, asked);
    }

    /// `ages` are those that the item's date decides.
    fn ask_done(&self, item: &Item, ages: &[MaxAge], asked: &mut Asked) {
        if let Some(own) = &item.own {
            asked.test(own);
            asked.dates(own, ages);
        }
        for part in item.parts.iter().filter_map(|number| self.0.get(*number)) {
            let ages: Vec<_> = ages.iter().copied().chain(part.item.max_age).collect();
            asked.test(&part.when);
            self.ask_done(part, &ages, asked);
        }
    }
}

impl Item<'_> {
    /// Whether what was done on this day is not too old.
    fn is_fresh(&self, done: Option<NaiveDate>, view: &View) -> Option<bool> {
        match self.item.max_age {
            None => Some(true),
            Some(MaxAge { amount, unit }) => Some(view.is_within(done?, (amount, unit))),
        }
    }
}

struct Adding<'t, 'p> {
    list: &'t tables::List,
    conditions: Conditions<'p>,
}

impl<'t> Adding<'t, '_> {
    /// Adds the items with all that is in them, and gives the numbers of the items.
    fn items(
        &self,
        items: &'t [tables::Item],
        around: &str,
        when: &Test,
        depth: usize,
        to: &mut Vec<Item<'t>>,
    ) -> Result<Vec<usize>, TableError> {
        let depth = depth.checked_sub(1).ok_or_else(|| too_deep(&self.list.name))?;
        let mut numbers = Vec::new();
        for item in items {
            let own_when = self.conditions.optional(&self.list.name, item.when.as_ref())?;
            let when = Test::All(std::iter::once(when.clone()).chain(own_when).collect());
            let path = item.name.as_ref().map(|name| format!("{around}{name}"));
            let inner = path.as_ref().map_or_else(|| around.to_owned(), |path| format!("{path}/"));
            let number = to.len();
            numbers.push(number);
            let own = item.name.as_ref().and_then(|name| self.conditions.yes(name));
            let (parts, before) = (Vec::new(), Vec::new());
            to.push(Item { list: &self.list.name, item, path, when: when.clone(), own, parts, before });
            let parts = self.items(&item.items, &inner, &when, depth, to)?;
            if let Some(added) = to.get_mut(number) {
                added.parts = parts;
            }
        }
        Ok(numbers)
    }
}
