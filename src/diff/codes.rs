//! Codes and groups of them.

use super::{Draft, Found, Kind, Lead, Look, Pair, compare_words, list::matched, pathway::former, period, word};
use crate::{
    tables::{Code, Pathway},
    text,
};

pub(super) fn compare<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let codes = matched(&pair.old.codes, &pair.new.codes, |code| &code.code);
    let subject = |code: &Code| {
        let (code, label) = (&code.code, &code.label);
        text!("Koden {code} («{label}»)", "The code {code} («{label}»)")
    };
    for code in &codes.removed {
        let draft = Draft::removed(Kind::CodeRemoved, &[suffix(pair.old, code)], &code.origin, &subject(code));
        found.push(draft.lead(about(code)));
    }
    for code in &codes.added {
        let draft = Draft::added(Kind::CodeAdded, &[suffix(pair.new, code)], &code.origin, &subject(code));
        found.push(draft.lead(about(code)));
    }
    for (old, new) in &codes.kept {
        one(pair.new, old, new, found);
    }
    if codes.reordered {
        let places = (Some(&pair.old.origin), Some(&pair.new.origin));
        let message = text!(
            "Kodene står i annen rekkefølge, og i den leses de som har samme dato",
            "The codes are in another order, in which those of one date are read"
        );
        let kept = codes.kept.iter().map(|(_, code)| code.code.as_str()).collect();
        let lead = Lead::Course { codes: kept, look: Look::Anything };
        found.push(Draft::new(Kind::CodeOrder, &[], places, message).lead(lead));
    }
    groups(pair, found);
}

fn one<'t>(pathway: &'t Pathway, old: &'t Code, new: &'t Code, found: &mut Found<'t>) {
    let (code, places) = (&new.code, (&old.origin, &new.origin));
    let key = [suffix(pathway, new)];
    let (from, to) = (period(old.valid_from, old.valid_to), period(new.valid_from, new.valid_to));
    if from != to {
        let subject = text!("Når koden {code} kan brukes", "When the code {code} can be used");
        let draft = Draft::changed(Kind::CodeValidity, &key, places, &subject, &from, &to);
        found.push(draft.values(from.nb, to.nb).lead(about(new)));
    }
    let roles = [word(&old.role), word(&new.role)];
    if let [from, to] = &roles
        && from != to
    {
        let subject = text!("Hva koden {code} gjør", "What the code {code} does");
        compare_words(found, Kind::CodeRole, &key, places, &subject, [from, to]);
        lead_last(found, new);
    }
    let phase = |code: &'t Code| code.phase.as_deref().unwrap_or_default();
    if phase(old) != phase(new) {
        let subject = text!("Fasen til koden {code}", "The phase of the code {code}");
        compare_words(found, Kind::CodePhase, &key, places, &subject, [phase(old), phase(new)]);
        lead_last(found, new);
    }
    let subject = text!("Teksten til koden {code}", "The text of the code {code}");
    compare_words(found, Kind::CodeText, &key, places, &subject, [&old.label, &new.label]);
    let subject = text!("Tidligere tekst for koden {code}", "The former text of the code {code}");
    let key = [suffix(pathway, new), "former"];
    compare_words(found, Kind::CodeText, &key, places, &subject, [&former(&old.former), &former(&new.former)]);
    let registered = |code: &Code| {
        let date = code.date.iter().cloned();
        let occasions = code.occasions.iter().map(|occasion| {
            let date = occasion.date.as_ref().map_or(String::new(), |date| format!(" ({date})"));
            format!("{}: {}{date}", occasion.name, occasion.text)
        });
        date.chain(occasions).collect::<Vec<_>>().join("; ")
    };
    let subject = text!(
        "Når og med hvilken dato koden {code} registreres",
        "When and with which date the code {code} is registered"
    );
    let key = [suffix(pathway, new)];
    compare_words(found, Kind::CodeRegistration, &key, places, &subject, [&registered(old), &registered(new)]);
}

fn lead_last<'t>(found: &mut Found<'t>, code: &'t Code) {
    if let Some(draft) = found.last_mut() {
        draft.lead = about(code);
    }
}

fn about(code: &Code) -> Lead<'_> {
    Lead::Course { codes: vec![&code.code], look: Look::Course }
}

/// The code without the pathway's id.
fn suffix<'t>(pathway: &Pathway, code: &'t Code) -> &'t str {
    code.code.strip_prefix(pathway.id.as_str()).unwrap_or(&code.code).trim_start_matches(':')
}

fn groups<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let groups = matched(&pair.old.groups, &pair.new.groups, |group| &group.name);
    let both = groups.kept.iter().map(|(old, new)| (Some(*old), Some(*new)));
    let gone = groups.removed.iter().map(|old| (Some(*old), None));
    let come = groups.added.iter().map(|new| (None, Some(*new)));
    for (old, new) in gone.chain(come).chain(both) {
        let Some(name) = new.or(old).map(|group| &group.name) else { continue };
        let codes = |group: Option<&super::super::tables::Group>| {
            let mut codes = group.map_or(Vec::new(), |group| group.codes.clone());
            codes.sort_unstable();
            codes.join(", ")
        };
        let (from, to) = (codes(old), codes(new));
        if from != to || old.is_none() != new.is_none() {
            let message = text!(
                "Gruppen {name} er endret fra «{from}» til «{to}»",
                "The group {name} is changed from «{from}» to «{to}»"
            );
            let places = (old.map(|group| &group.origin), new.map(|group| &group.origin));
            found.push(Draft::new(Kind::GroupChanged, &[name], places, message).values(from, to));
        }
    }
}
