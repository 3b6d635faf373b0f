//! Lists, checklists and investigations: what the items say of one another, of time and of alternatives.

use super::{
    content::{Contents, Here, add_items, need},
    report::Report,
    rules::impossible,
    scope::{ITEM, Names, Unread},
    words::time,
};
use crate::{
    diagnostic::Code as F,
    syntax::tree::{self, ListKind, Name},
    tables::{Item, List, MaxAge, Need},
    text,
};

impl Contents<'_> {
    pub fn list(&mut self, list: &tree::List, here: &mut Here, report: &mut Report) -> Option<List> {
        let all_read = list.broken.is_empty();
        let Some(head) = &list.head else {
            self.list_items(&list.items, all_read, here, report);
            return None;
        };
        let names = match list.kind {
            ListKind::List => &mut here.lists,
            ListKind::Checklist => &mut here.checklists,
            ListKind::Investigations => &mut self.assessed.investigations,
        };
        if names.declare(&head.name, report) && list.kind == ListKind::Investigations {
            let mut items = Names::new(ITEM, names.unread());
            add_items(&list.items, &mut items, report);
            self.assessed.items.insert(head.name.value.clone(), items);
        }
        Some(List {
            list: list.kind,
            name: head.name.value.clone(),
            label: head.label.value.clone(),
            when: self.asked().when(head.when.as_ref(), report),
            items: self.list_items(&list.items, all_read, here, report),
            origin: report.origin(list.span),
        })
    }

    /// Names are unique among the items beside one another.
    fn list_items(&self, items: &[tree::Item], all_read: bool, here: &Here, report: &mut Report) -> Vec<Item> {
        let mut names = Names::new(ITEM, &Unread::default());
        let item = |item: &tree::Item| {
            if let Some(name) = &item.name {
                names.declare(name, report);
            }
            Item {
                strength: item.strength,
                name: item.name.as_ref().map(|name| name.value.clone()),
                text: item.text.value.clone(),
                when: self.asked().when(item.when.as_ref(), report),
                before: before(item, here, report),
                max_age: item
                    .max_age
                    .as_ref()
                    .and_then(|age| time(age, report))
                    .map(|(amount, unit)| MaxAge { amount, unit }),
                by: item.by.as_ref().map(|role| role.value.clone()),
                need: alternatives(item, all_read, report),
                items: self.list_items(&item.items, all_read, here, report),
                origin: report.origin(item.span),
            }
        };
        items.iter().map(item).collect()
    }
}

/// The items of the phase that this one is done before.
fn before(item: &tree::Item, here: &Here, report: &mut Report) -> Vec<String> {
    let mut other = |name: &&Name| {
        if item.name.as_ref().is_some_and(|own| own.value == name.value) {
            let word = &name.value;
            let message = text!("«{word}» kan ikke gjøres før seg selv", "«{word}» cannot be done before itself");
            impossible(name.span, message, text!("Skriv et annet punkt.", "Write another item."), report);
            return false;
        }
        here.items.find(name, report).is_some()
    };
    item.before.iter().filter(|name| other(name)).map(|name| name.value.clone()).collect()
}

/// How many of the alternatives are enough.
fn alternatives(item: &tree::Item, all_read: bool, report: &mut Report) -> Option<Need> {
    let span = item.name.as_ref().map_or(item.text.span, |name| name.span);
    let need = need(item.need.as_ref()?, item.items.len(), all_read, span, report);
    if need == Need::None {
        let message =
            text!("«ingen av» kan ikke stå mellom alternativer", "«ingen av» cannot stand between alternatives");
        let help = text!(
            "Skriv «minst 1 av» eller «alle av», eller «unngå» foran hvert punkt.",
            "Write «minst 1 av» or «alle av», or «unngå» before each item."
        );
        report.add_help(F::Misplaced, span, message, help);
    }
    Some(need)
}
