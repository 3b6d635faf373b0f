//! Investigations: which are done, and which lack.

use chrono::NaiveDate;

use super::{
    super::{
        condition::{Conditions, MAX_DEPTH, too_deep},
        error::TableError,
        logic::{Recent, Test, all, any, not},
        view::View,
    },
    InvestigationAnswer, InvestigationStatus,
    settle::settle,
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
    own: Option<Own>,
    /// The numbers of the items that it consists of, or of its alternatives.
    parts: Vec<usize>,
    /// The numbers of the items that go after it.
    before: Vec<usize>,
}

/// What is said of an item itself.
#[derive(Debug)]
struct Own {
    fact: usize,
    done: Test,
    fresh: Option<Test>,
}

/// How far one has come with an item, whomever it applies to.
#[derive(Clone, Copy)]
enum Progress {
    Done(Option<NaiveDate>),
    Outdated(Option<NaiveDate>),
    Lacking,
    Unknown,
}

impl Progress {
    fn date(self) -> Option<NaiveDate> {
        match self {
            Progress::Done(date) | Progress::Outdated(date) => date,
            Progress::Lacking | Progress::Unknown => None,
        }
    }

    /// Whether it is done.
    fn holds(self) -> Option<bool> {
        match self {
            Progress::Done(_) => Some(true),
            Progress::Outdated(_) | Progress::Lacking => Some(false),
            Progress::Unknown => None,
        }
    }

    /// Whether it is done, however long ago.
    fn held(self) -> Option<bool> {
        match self {
            Progress::Outdated(_) => Some(true),
            _ => self.holds(),
        }
    }
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
        let judged = self.0.iter().filter(|item| item.own.is_some() || !item.parts.is_empty());
        judged.map(|item| self.answer(item, view)).collect()
    }

    fn answer<'a>(&'a self, item: &'a Item, view: &View<'_, 'a>) -> InvestigationAnswer<'a> {
        let (status, date) = self.status(item, view);
        let is_settled = |view: &View| self.status(item, view).0 != InvestigationStatus::Unknown;
        let settled_by = match status {
            InvestigationStatus::Unknown => settle(view, |see| self.leaves(item, see), is_settled),
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
        let avoid = item.item.strength == Some(Strength::Unngå);
        match (item.when.holds(view), self.progress(item, view)) {
            (Some(false), _) => (InvestigationStatus::NotApplicable, None),
            (None, _) | (_, Progress::Unknown) => (InvestigationStatus::Unknown, None),
            (_, Progress::Lacking) => (InvestigationStatus::Lacking, None),
            (_, Progress::Outdated(date)) => (InvestigationStatus::Outdated, date),
            (_, Progress::Done(date)) if avoid => (InvestigationStatus::Breach, date),
            (_, Progress::Done(date)) if self.comes_late(item, date, view) => (InvestigationStatus::WrongOrder, date),
            (_, Progress::Done(date)) => (InvestigationStatus::Done, date),
        }
    }

    /// Whether one that goes after it was done on an earlier day.
    fn comes_late(&self, item: &Item, date: Option<NaiveDate>, view: &View) -> bool {
        let after = item.before.iter().filter_map(|number| self.0.get(*number));
        date.is_some_and(|date| after.filter_map(|after| self.progress(after, view).date()).any(|other| other < date))
    }

    /// What is said of the item itself, else what follows from its parts.
    fn progress(&self, item: &Item, view: &View) -> Progress {
        if let Some(own) = &item.own
            && let Some(done) = own.done.holds(view)
        {
            let fresh = own.fresh.as_ref().map_or(Some(true), |fresh| fresh.holds(view));
            return match (done, fresh) {
                (false, _) => Progress::Lacking,
                (true, None) => Progress::Unknown,
                (true, Some(false)) => Progress::Outdated(view.date(own.fact)),
                (true, Some(true)) => Progress::Done(view.date(own.fact)),
            };
        }
        if item.parts.is_empty() { Progress::Unknown } else { self.progress_of_parts(item, view) }
    }

    /// It is as old as the oldest part that it rests on, when it rests on the latest ones.
    fn progress_of_parts(&self, item: &Item, view: &View) -> Progress {
        let need = item.item.need.unwrap_or(Need::All);
        let parts = item.parts.iter().filter_map(|number| self.0.get(*number));
        let parts: Vec<_> = parts.map(|part| (part.when.holds(view), self.progress(part, view))).collect();
        let met = |done: fn(Progress) -> Option<bool>| {
            let truths = parts.iter().map(|(applies, progress)| match need {
                Need::All => any([not(*applies), done(*progress)].into_iter()),
                Need::None | Need::AtLeast(_) => all([*applies, done(*progress)].into_iter()),
            });
            need.met(&truths.collect::<Vec<_>>())
        };
        let date = |done: fn(Progress) -> Option<bool>| {
            let done = parts.iter().filter(|(applies, part)| *applies != Some(false) && done(*part) == Some(true));
            let mut dates: Vec<_> = done.map(|(_, part)| part.date()).collect();
            dates.sort_unstable_by(|a, b| b.cmp(a));
            match need {
                Need::All => dates.last().copied().flatten(),
                Need::AtLeast(count) => *dates.get(usize::try_from(count).ok()?.checked_sub(1)?)?,
                Need::None => None,
            }
        };
        match met(Progress::holds) {
            None => Progress::Unknown,
            Some(true) => {
                let date = date(Progress::holds);
                let age = item.item.max_age.map(|MaxAge { amount, unit }| (amount, unit));
                match (age, date) {
                    (None, _) => Progress::Done(date),
                    (Some(_), None) => Progress::Unknown,
                    (Some(age), Some(day)) if view.is_within(day, age) => Progress::Done(date),
                    _ => Progress::Outdated(date),
                }
            }
            Some(false) if met(Progress::held) == Some(true) => Progress::Outdated(date(Progress::held)),
            Some(false) => Progress::Lacking,
        }
    }

    fn leaves<'s>(&'s self, item: &'s Item, see: &mut dyn FnMut(&'s Test)) {
        item.when.leaves(see);
        if let Some(own) = &item.own {
            own.fresh.as_ref().unwrap_or(&own.done).leaves(see);
        }
        item.parts.iter().filter_map(|number| self.0.get(*number)).for_each(|part| self.leaves(part, see));
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
            let own = item.name.as_ref().and_then(|name| self.own(name, item.max_age));
            let (parts, before) = (Vec::new(), Vec::new());
            to.push(Item { list: &self.list.name, item, path, when: when.clone(), own, parts, before });
            let parts = self.items(&item.items, &inner, &when, depth, to)?;
            if let Some(added) = to.get_mut(number) {
                added.parts = parts;
            }
        }
        Ok(numbers)
    }

    fn own(&self, name: &str, max_age: Option<MaxAge>) -> Option<Own> {
        let done = self.conditions.yes(name)?;
        let fact = done.fact()?;
        let fresh = max_age.map(|MaxAge { amount, unit }| {
            Test::Recent(Recent { fact, of: Box::new(done.clone()), age: (amount, unit) })
        });
        Some(Own { fact, done, fresh })
    }
}
