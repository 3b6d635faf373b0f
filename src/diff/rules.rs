//! Order rules.

use super::{
    Draft, Found, Kind, Lead, Look, Pair, compare_words,
    list::{matched, set},
    word,
};
use crate::{
    tables::{Rule, RuleKind},
    text,
};

pub(super) fn compare<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let rules = matched(&pair.old.rules, &pair.new.rules, |rule| &rule.name);
    let subject = |rule: &Rule| {
        let (name, label) = (&rule.name, &rule.label);
        text!("Regelen {name} («{label}»)", "The rule {name} («{label}»)")
    };
    for rule in &rules.removed {
        let draft = Draft::removed(Kind::RuleRemoved, &[&rule.name], &rule.origin, &subject(rule));
        found.push(draft.lead(about(&[rule])).values(demand(&rule.kind), None));
    }
    for rule in &rules.added {
        let draft = Draft::added(Kind::RuleAdded, &[&rule.name], &rule.origin, &subject(rule));
        found.push(draft.lead(about(&[rule])).values(None, demand(&rule.kind)));
    }
    for (old, new) in &rules.kept {
        let (name, places) = (&new.name, (&old.origin, &new.origin));
        let before = found.len();
        let subject = text!("Det regelen {name} krever,", "What the rule {name} demands");
        compare_words(found, Kind::RuleChanged, &[name], places, &subject, [&demand(&old.kind), &demand(&new.kind)]);
        let severities = [word(&old.severity), word(&new.severity)];
        let [from, to] = &severities;
        let subject = text!("Hvor alvorlig brudd på regelen {name} er,", "How serious a breach of the rule {name} is");
        compare_words(found, Kind::RuleSeverity, &[name], places, &subject, [from, to]);
        found.iter_mut().skip(before).for_each(|draft| draft.lead = about(&[old, new]));
        let subject = text!("Teksten til regelen {name}", "The text of the rule {name}");
        compare_words(found, Kind::RuleText, &[name], places, &subject, [&old.label, &new.label]);
    }
    if rules.reordered {
        let places = (Some(&pair.old.origin), Some(&pair.new.origin));
        let message = text!(
            "Reglene står i annen rekkefølge, og i den står funnene",
            "The rules are in another order, which is that of the findings"
        );
        found.push(Draft::new(Kind::RuleOrder, &[], places, message));
    }
}

fn about<'t>(rules: &[&'t Rule]) -> Lead<'t> {
    let mut codes: Vec<&str> = Vec::new();
    for code in rules.iter().flat_map(|rule| sets(&rule.kind)).flatten() {
        if !codes.contains(&code.as_str()) {
            codes.push(code);
        }
    }
    let name = rules.last().map_or("", |rule| rule.name.as_str());
    Lead::Course { codes, look: Look::Finding(name) }
}

fn sets(kind: &RuleKind) -> Vec<&[String]> {
    match kind {
        RuleKind::Before { first, then } | RuleKind::Triggers { first, then } => vec![first, then],
        RuleKind::AtMost { of, .. } | RuleKind::Exactly { of, .. } => vec![of],
        RuleKind::NothingAfter { after } => vec![after],
        RuleKind::NeverTogether { first, second } => vec![first, second],
    }
}

/// The rule as the author would write it, its codes in a fixed order.
fn demand(kind: &RuleKind) -> String {
    match kind {
        RuleKind::Before { first, then } => format!("{} før {}", set(first), set(then)),
        RuleKind::Triggers { first, then } => format!("{} utløser {}", set(first), set(then)),
        RuleKind::AtMost { count, of } => format!("høyst {count} av {}", set(of)),
        RuleKind::Exactly { count, of } => format!("nøyaktig {count} av {}", set(of)),
        RuleKind::NothingAfter { after } => format!("ingenting etter {}", set(after)),
        RuleKind::NeverTogether { first, second } => {
            // Neither side comes first.
            let mut sides = [set(first), set(second)];
            sides.sort_unstable();
            sides.join(" aldri sammen med ")
        }
    }
}
