//! Facts: what may be known of a patient.

use super::{Draft, Found, Kind, Lead, Pair, compare_words, list::matched};
use crate::{
    tables::{Fact, FactType, FactValue},
    text,
};

/// Facts that are there because something else is (`implicit`) are told of with it.
pub(super) fn compare<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let facts = matched(&pair.old.facts, &pair.new.facts, |fact| &fact.name);
    let subject = |fact: &Fact| {
        let (name, label) = (&fact.name, &fact.label);
        text!("Opplysningen {name} («{label}»)", "The fact {name} («{label}»)")
    };
    for fact in facts.removed.iter().filter(|fact| !fact.implicit) {
        found.push(
            Draft::removed(Kind::FactRemoved, &[&fact.name], &fact.origin, &subject(fact))
                .lead(Lead::Given(&fact.name)),
        );
    }
    for fact in facts.added.iter().filter(|fact| !fact.implicit) {
        found.push(
            Draft::added(Kind::FactAdded, &[&fact.name], &fact.origin, &subject(fact)).lead(Lead::Given(&fact.name)),
        );
    }
    for (old, new) in &facts.kept {
        one(old, new, found);
    }
}

/// What is told last: another order, and implicit facts that came or went while nothing else did.
pub(super) fn rest<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let declared = |facts: &'t [Fact]| facts.iter().filter(|fact| !fact.implicit).collect::<Vec<_>>();
    let (old, new) = (declared(&pair.old.facts), declared(&pair.new.facts));
    let all = matched(&pair.old.facts, &pair.new.facts, |fact| &fact.name);
    let untold = found.is_empty();
    if untold {
        let subject = |name: &str| text!("Opplysningen {name}", "The fact {name}");
        found.extend(all.removed.iter().map(|fact| {
            Draft::removed(Kind::FactRemoved, &[&fact.name], &fact.origin, &subject(&fact.name))
                .lead(Lead::Given(&fact.name))
        }));
        found.extend(all.added.iter().map(|fact| {
            Draft::added(Kind::FactAdded, &[&fact.name], &fact.origin, &subject(&fact.name))
                .lead(Lead::Given(&fact.name))
        }));
    }
    if matched(&old, &new, |fact| fact.name.as_str()).reordered || untold && all.reordered {
        let places = (Some(&pair.old.origin), Some(&pair.new.origin));
        let message = text!(
            "Opplysningene står i annen rekkefølge, og i den nevnes de i svar",
            "The facts are in another order, in which answers name them"
        );
        found.push(Draft::new(Kind::FactOrder, &[], places, message));
    }
}

fn one<'t>(old: &'t Fact, new: &'t Fact, found: &mut Found<'t>) {
    let (name, places) = (&new.name, (&old.origin, &new.origin));
    let before = found.len();
    let subject = text!("Verdiene til opplysningen {name}", "The values of the fact {name}");
    compare_words(
        found,
        Kind::FactValues,
        &[name],
        places,
        &subject,
        [&values(&old.fact_type), &values(&new.fact_type)],
    );
    if let Some(draft) = found.get_mut(before) {
        draft.lead = Lead::Given(name);
    }
    if old.formula != new.formula {
        let message =
            text!("Opplysningen {name} regnes ut på en annen måte", "The fact {name} is computed in another way");
        let draft = Draft::new(Kind::FactFormula, &[name], (Some(places.0), Some(places.1)), message);
        found.push(draft.lead(Lead::Computed(name)));
    }
    if old.implicit && new.implicit {
        return;
    }
    let subject = text!("Teksten til opplysningen {name}", "The text of the fact {name}");
    compare_words(found, Kind::FactText, &[name], places, &subject, [&old.label, &new.label]);
    let subject = text!("Tekstene til verdiene av opplysningen {name}", "The texts of the values of the fact {name}");
    let key = [name.as_str(), "values"];
    compare_words(found, Kind::FactText, &key, places, &subject, [&labels(&old.fact_type), &labels(&new.fact_type)]);
    let judge = |fact: &'t Fact| fact.judged_by.as_deref().unwrap_or_default();
    let subject = text!("Hvem som vurderer opplysningen {name}", "Who judges the fact {name}");
    compare_words(found, Kind::FactText, &[name, "judge"], places, &subject, [judge(old), judge(new)]);
    let declared = |fact: &Fact| if fact.implicit { "" } else { "opplysning" };
    let subject = text!("Om opplysningen {name} står for seg selv,", "Whether the fact {name} is declared");
    compare_words(found, Kind::FactText, &[name, "declared"], places, &subject, [declared(old), declared(new)]);
}

/// What the fact can be. The order of values counts only where they are a scale.
fn values(fact_type: &FactType) -> String {
    let names = |values: &[FactValue]| values.iter().map(|value| value.name.clone()).collect::<Vec<_>>();
    match fact_type {
        FactType::Choice { values } => {
            let mut names = names(values);
            names.sort_unstable();
            names.join(", ")
        }
        FactType::Scale { values } => names(values).join(" < "),
        FactType::YesNo => "ja, nei".to_owned(),
        FactType::Number { unit } => format!("tall {unit}").trim_end().to_owned(),
        FactType::Date => "dato".to_owned(),
        FactType::Years => "hele år".to_owned(),
    }
}

fn labels(fact_type: &FactType) -> String {
    let (FactType::Choice { values } | FactType::Scale { values }) = fact_type else { return String::new() };
    let mut labels: Vec<String> =
        values.iter().filter_map(|value| Some(format!("{}: {}", value.name, value.label.as_ref()?))).collect();
    labels.sort_unstable();
    labels.join("; ")
}
