//! Every condition of a pathway.

use crate::tables::{Condition, Content, Item, Pathway, Quantified};

/// Calls `see` with each.
pub(super) fn each<'t>(pathway: &'t Pathway, see: &mut dyn FnMut(&'t Condition)) {
    pathway.variants.iter().for_each(|variant| see(&variant.when));
    for content in pathway.contents() {
        match content {
            Content::Criteria(criteria) => {
                criteria.when.iter().for_each(&mut *see);
                of_items(&criteria.quantified, see);
            }
            Content::Routes(routes) => {
                routes.when.iter().chain(routes.rows.iter().filter_map(|row| row.when.as_ref())).for_each(&mut *see);
            }
            Content::List(list) => {
                list.when.iter().for_each(&mut *see);
                list.items.iter().for_each(|item| of_item(item, see));
            }
            _ => {}
        }
    }
}

fn of_items<'t>(quantified: &'t Quantified, see: &mut dyn FnMut(&'t Condition)) {
    for item in &quantified.items {
        item.condition.iter().for_each(&mut *see);
        item.nested.iter().for_each(|nested| of_items(nested, see));
    }
}

fn of_item<'t>(item: &'t Item, see: &mut dyn FnMut(&'t Condition)) {
    item.when.iter().for_each(&mut *see);
    item.items.iter().for_each(|part| of_item(part, see));
}
