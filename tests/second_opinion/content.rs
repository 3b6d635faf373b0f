//! Walks over what the phases of a pathway hold.

use forlop::tables::{Condition, Content, CriteriaItem, Fact, FactType, Item, ListKind, Pathway, Quantified};

use crate::notation::fact;

/// The pieces of the whole pathway, then those of the phases in order.
pub fn contents(pathway: &Pathway) -> impl Iterator<Item = &Content> {
    pathway.content.iter().chain(pathway.phases.iter().flat_map(|phase| &phase.content))
}

/// Every condition that a pathway evaluates.
pub fn conditions(pathway: &Pathway) -> Vec<&Condition> {
    let mut conditions: Vec<&Condition> = pathway.variants.iter().map(|variant| &variant.when).collect();
    for content in contents(pathway) {
        match content {
            Content::Criteria(criteria) => {
                conditions.extend(&criteria.when);
                let items = criteria_items(&criteria.quantified);
                conditions.extend(items.into_iter().filter_map(|item| item.condition.as_ref()));
            }
            Content::Routes(routes) => {
                conditions.extend(&routes.when);
                conditions.extend(routes.rows.iter().filter_map(|row| row.when.as_ref()));
            }
            Content::List(list) => {
                conditions.extend(&list.when);
                conditions.extend(items(&list.items).into_iter().filter_map(|item| item.when.as_ref()));
            }
            _ => {}
        }
    }
    conditions
}

/// The items of criteria and theirs.
pub fn criteria_items(quantified: &Quantified) -> Vec<&CriteriaItem> {
    let mut items = vec![];
    for item in &quantified.items {
        items.push(item);
        items.extend(item.nested.iter().flat_map(criteria_items));
    }
    items
}

/// The items of a list and theirs.
pub fn items(of: &[Item]) -> Vec<&Item> {
    of.iter().flat_map(|item| [vec![item], items(&item.items)].concat()).collect()
}

/// What is done and what only a person can judge is a yes/no fact of its name, unless one is declared.
pub fn imply_facts(pathway: &mut Pathway) {
    let mut names: Vec<String> = vec![];
    for content in contents(pathway) {
        match content {
            Content::Criteria(criteria) => {
                let judged = |item: &&CriteriaItem| item.condition.is_none() && item.nested.is_none();
                let judged = criteria_items(&criteria.quantified).into_iter().filter(judged);
                names.extend(judged.map(|item| item.name.clone()));
            }
            Content::List(list) if list.list == ListKind::Investigations => {
                names.extend(items(&list.items).into_iter().filter_map(|item| item.name.clone()));
            }
            _ => {}
        }
    }
    for name in names {
        if pathway.facts.iter().all(|fact| fact.name != name) {
            pathway.facts.push(Fact { implicit: true, ..fact(&name, FactType::YesNo) });
        }
    }
}
