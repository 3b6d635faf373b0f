//! Investigations: done and not, too old, in the wrong order, and whom they apply to.

use chrono::NaiveDate;

use super::{
    Maker, Subject, earlier,
    neighbours::{neighbours, oldest},
};
use crate::{
    cases::solve::{World, world},
    tables::{Condition, Content, Item, List, ListKind, Need, Value},
};

pub fn make(maker: &mut Maker) {
    let on = maker.start(None, None);
    let pathway = maker.pathway;
    let phases = pathway.phases.iter().flat_map(|phase| &phase.content);
    for content in pathway.content.iter().chain(phases) {
        if let Content::List(list) = content
            && list.list == ListKind::Investigations
        {
            let when: Vec<&Condition> = list.when.iter().collect();
            let making = Making { list, on };
            making.whole(maker, &when);
            making.items(maker, &list.items, &when);
            if let (Some(when), Some(item)) = (&list.when, list.items.iter().find(|item| item.name.is_some())) {
                making.applies(maker, &list.name, item, &[when]);
            }
        }
    }
}

struct Making<'p> {
    list: &'p List,
    on: NaiveDate,
}

impl<'p> Making<'p> {
    /// All that is named in the list, done and not done.
    fn whole(&self, maker: &mut Maker, when: &[&Condition]) {
        let wanted: Vec<_> = when.iter().map(|when| (*when, true)).collect();
        let Some(world) = world(maker.pathway, &wanted, self.on) else { return };
        let mut names = Vec::new();
        named(&self.list.items, &mut names);
        for (truth, what) in [(true, "alt utført"), (false, "ingenting utført")] {
            let value = || vec![(None, Value::YesNo(truth))];
            let with = names.iter().fold(world.clone(), |world, name| world.with(name, value(), maker.pathway));
            let name = format!("{}: {what}", self.list.name);
            maker.known(Subject::Investigations, &name, &self.list.origin, with, self.on);
        }
    }

    fn items(&self, maker: &mut Maker, items: &'p [Item], around: &[&'p Condition]) {
        for item in items {
            let when: Vec<&Condition> = around.iter().copied().chain(&item.when).collect();
            if item.when.is_some() {
                self.applies(maker, &format!("{} {}", self.list.name, self.name(item)), item, &when);
            }
            self.item(maker, item, items, &when);
            self.items(maker, &item.items, &when);
        }
    }

    fn item(&self, maker: &mut Maker, item: &Item, beside: &[Item], when: &[&Condition]) {
        let wanted: Vec<_> = when.iter().map(|when| (*when, true)).collect();
        let Some(world) = world(maker.pathway, &wanted, self.on) else { return };
        let name = format!("{} {}", self.list.name, self.name(item));
        if let Some(fact) = &item.name {
            for (truth, what) in [(true, "utført"), (false, "ikke utført")] {
                let with = world.with(fact, vec![(Some(self.on), Value::YesNo(truth))], maker.pathway);
                maker.known(Subject::Investigations, &format!("{name}: {what}"), &item.origin, with, self.on);
            }
            maker.known(Subject::Investigations, &format!("{name}: ukjent"), &item.origin, world.clone(), self.on);
            if let Some(age) = item.max_age {
                let oldest = oldest(self.on, age.amount, age.unit);
                for (date, what) in [(oldest, "så gammel den kan være"), (earlier(oldest, 1), "en dag for gammel")] {
                    let with = world.with(fact, vec![(Some(date), Value::YesNo(true))], maker.pathway);
                    maker.known(Subject::Investigations, &format!("{name}: {what}"), &item.origin, with, self.on);
                }
            }
            for other in item.before.iter().filter(|other| beside.iter().any(|item| item.name.as_ref() == Some(*other)))
            {
                let with = world.with(fact, vec![(Some(self.on), Value::YesNo(true))], maker.pathway);
                let with = with.with(other, vec![(Some(earlier(self.on, 1)), Value::YesNo(true))], maker.pathway);
                maker.known(Subject::Investigations, &format!("{name}: etter {other}"), &item.origin, with, self.on);
            }
        }
        self.parts(maker, item, &world, &name);
    }

    /// As many parts done as are enough, and one less.
    fn parts(&self, maker: &mut Maker, item: &Item, world: &World, name: &str) {
        let parts: Vec<&String> = item.items.iter().filter_map(|part| part.name.as_ref()).collect();
        if parts.is_empty() {
            return;
        }
        let enough = match item.need {
            Some(Need::AtLeast(count)) => usize::try_from(count).unwrap_or(usize::MAX).min(parts.len()),
            Some(Need::None) => 0,
            Some(Need::All) | None => parts.len(),
        };
        for (done, what) in [(enough, "akkurat nok"), (enough.saturating_sub(1), "én for lite")] {
            let with = parts.iter().enumerate().fold(world.clone(), |world, (at, part)| {
                world.with(part, vec![(Some(self.on), Value::YesNo(at < done))], maker.pathway)
            });
            maker.known(Subject::Investigations, &format!("{name}: {what} utført"), &item.origin, with, self.on);
        }
        // Each alone is enough, or is missed.
        for part in parts.iter().filter(|_| enough == 1) {
            let with = parts.iter().fold(world.clone(), |world, other| {
                world.with(other, vec![(Some(self.on), Value::YesNo(other == part))], maker.pathway)
            });
            maker.known(Subject::Investigations, &format!("{name}: bare {part}"), &item.origin, with, self.on);
        }
    }

    /// Whom an item applies to, told by one that is not done.
    fn applies(&self, maker: &mut Maker, name: &str, item: &Item, when: &[&Condition]) {
        let wanted: Vec<_> = when.iter().map(|when| (*when, true)).collect();
        let Some(world) = world(maker.pathway, &wanted, self.on) else { return };
        let Some(fact) = &item.name else { return };
        let lacking = |world: &World| world.with(fact, vec![(None, Value::YesNo(false))], maker.pathway);
        let all: Vec<_> = neighbours(maker.pathway, &world, when, self.on);
        let all: Vec<_> = all.into_iter().map(|(what, beside)| (what, lacking(&beside))).collect();
        let (origin, gives) = (&item.origin, lacking(&world));
        maker.known(Subject::Investigations, &format!("{name}: gjelder"), origin, gives, self.on);
        for (what, beside) in all {
            maker.known(Subject::Investigations, &format!("{name}: gjelder, men {what}"), origin, beside, self.on);
        }
    }

    fn name(&self, item: &Item) -> String {
        item.name.clone().unwrap_or_else(|| "uten navn".to_owned())
    }
}

fn named<'i>(items: &'i [Item], names: &mut Vec<&'i str>) {
    for item in items {
        names.extend(item.name.as_deref());
        named(&item.items, names);
    }
}
