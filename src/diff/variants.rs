//! Variants: for whom they hold, and in which order they are tried.

use super::{
    Draft, Found, Kind, Lead, Look, Pair, compare_words,
    list::matched,
    question::{Question, Side, Space},
    search::{Relation, State, Wanted, differences, relation},
};
use crate::{
    tables::{Pathway, Variant},
    text,
};

pub(super) fn compare<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let variants = matched(&pair.old.variants, &pair.new.variants, |variant| &variant.name);
    let subject = |variant: &Variant| {
        let (name, label) = (&variant.name, &variant.label);
        text!("Varianten {name} («{label}»)", "The variant {name} («{label}»)")
    };
    let tried = |pathway: &'t Pathway, side: Side| pathway.variants.iter().map(|variant| (side, variant)).collect();
    let (old, new): (Tried, Tried) = (tried(pair.old, Side::Old), tried(pair.new, Side::New));
    for variant in &variants.removed {
        let without = old.iter().filter(|(_, other)| other.name != variant.name).copied().collect();
        let draft = Draft::removed(Kind::VariantRemoved, &[&variant.name], &variant.origin, &subject(variant));
        found.push(draft.lead(lead(pair, &old, &without, Vec::new())));
    }
    for variant in &variants.added {
        let without = new.iter().filter(|(_, other)| other.name != variant.name).copied().collect();
        let draft = Draft::added(Kind::VariantAdded, &[&variant.name], &variant.origin, &subject(variant));
        found.push(draft.lead(lead(pair, &without, &new, Vec::new())));
    }
    for (before, after) in &variants.kept {
        let places = (&before.origin, &after.origin);
        condition(pair, (before, after), &old, found);
        let name = &after.name;
        let subject = text!("Teksten til varianten {name}", "The text of the variant {name}");
        compare_words(found, Kind::VariantText, &[name], places, &subject, [&before.label, &after.label]);
    }
    if variants.reordered {
        let kept =
            |(_, variant): &&(Side, &'t Variant)| variants.kept.iter().any(|(_, kept)| kept.name == variant.name);
        // The new conditions in the old order, against themselves in the new one.
        let find = |name: &str| new.iter().find(|(_, variant)| variant.name == name).copied();
        let old_order: Tried = old.iter().filter_map(|(_, variant)| find(&variant.name)).collect();
        let new_order: Tried = new.iter().filter(kept).copied().collect();
        if let lead @ Lead::Facts { .. } = lead(pair, &old_order, &new_order, Vec::new()) {
            let places = (Some(&pair.old.origin), Some(&pair.new.origin));
            let message = text!("Variantene prøves i annen rekkefølge", "The variants are tried in another order");
            let order =
                |tried: &Tried| tried.iter().map(|(_, variant)| variant.name.as_str()).collect::<Vec<_>>().join(", ");
            let draft = Draft::new(Kind::VariantOrder, &[], places, message);
            found.push(draft.values(order(&old_order), order(&new_order)).lead(lead));
        }
    }
}

/// The variants in the order they are tried, each as its side means it.
type Tried<'t> = Vec<(Side, &'t Variant)>;

fn condition<'t>(pair: Pair<'t>, (old, new): (&'t Variant, &'t Variant), tried: &Tried<'t>, found: &mut Found<'t>) {
    let space = Space::new(pair.old, pair.new, &[(Side::Old, &old.when), (Side::New, &new.when)], &[]);
    let question = |side, variant: &'t Variant| Question::whether(space.expr(side, &variant.when));
    let (relation, states) = relation(&space, &question(Side::Old, old), &question(Side::New, new), "yes");
    let name = &new.name;
    let (kind, message) = match relation {
        Relation::Same => return,
        Relation::Wider => {
            (Kind::VariantWider, text!("Varianten {name} gjelder for flere", "The variant {name} holds for more"))
        }
        Relation::Narrower => {
            (Kind::VariantNarrower, text!("Varianten {name} gjelder for færre", "The variant {name} holds for fewer"))
        }
        Relation::Other => {
            (Kind::VariantChanged, text!("Varianten {name} gjelder for andre", "The variant {name} holds for others"))
        }
    };
    let replaced = tried
        .iter()
        .map(|(side, other)| if other.name == *name { (Side::New, new) } else { (*side, *other) })
        .collect();
    let draft = Draft::new(kind, &[name], (Some(&old.origin), Some(&new.origin)), message);
    found.push(draft.lead(lead(pair, tried, &replaced, states)));
}

/// The states in which the variants come out otherwise; first those that are known to matter.
fn lead<'t>(pair: Pair<'t>, old: &Tried<'t>, new: &Tried<'t>, mut states: Vec<State>) -> Lead<'t> {
    let conditions: Vec<_> = old.iter().chain(new).map(|(side, variant)| (*side, &variant.when)).collect();
    let space = Space::new(pair.old, pair.new, &conditions, &[]);
    let question = |tried: &Tried<'t>| {
        let rows = tried.iter().map(|(side, variant)| (space.expr(*side, &variant.when), variant.name.clone()));
        Question { rows: rows.collect(), end: Some(String::new()) }.settled()
    };
    let differences = differences(&space, &question(old), &question(new), Wanted::Any);
    if differences.exact && differences.states.is_empty() {
        return Lead::Shadowed;
    }
    let known = std::mem::take(&mut states);
    states.extend(differences.states);
    states.extend(known);
    Lead::Facts { states, look: Look::Variant }
}
