//! What a pathway is called, when it is valid, its sources and phases.

use super::{Draft, Found, Kind, Lead, Look, Pair, compare_words, list::matched, period, word};
use crate::{
    tables::{Former, Pathway, Source},
    text,
};

pub(super) fn added<'t>(new: &'t Pathway, found: &mut Found<'t>) {
    let (id, title) = (&new.id, &new.title);
    let subject = text!("Pakkeforløpet «{title}» ({id})", "The pathway «{title}» ({id})");
    found.push(Draft::added(Kind::PathwayAdded, &[], &new.origin, &subject).lead(whole(new)));
}

pub(super) fn removed<'t>(old: &'t Pathway, found: &mut Found<'t>) {
    let (id, title) = (&old.id, &old.title);
    let subject = text!("Pakkeforløpet «{title}» ({id})", "The pathway «{title}» ({id})");
    found.push(Draft::removed(Kind::PathwayRemoved, &[], &old.origin, &subject).lead(whole(old)));
}

fn whole(pathway: &Pathway) -> Lead<'_> {
    Lead::Course { codes: pathway.codes.iter().map(|code| code.code.as_str()).collect(), look: Look::Course }
}

pub(super) fn compare<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let Pair { old, new } = pair;
    let places = (&old.origin, &new.origin);
    let optional = |text: &'t Option<String>| text.as_deref().unwrap_or_default();
    let (former_old, former_new) = (former(&old.former), former(&new.former));
    let (status_old, status_new) = (word(&old.status), word(&new.status));
    for (kind, key, subject, words) in [
        (Kind::PathwayText, "title", text!("Navnet", "The name"), [old.title.as_str(), new.title.as_str()]),
        (Kind::PathwayText, "former", text!("Tidligere navn", "The former names"), [&former_old, &former_new]),
        (
            Kind::PathwayText,
            "version",
            text!("Versjonen", "The version"),
            [optional(&old.version), optional(&new.version)],
        ),
        (
            Kind::PathwayText,
            "disease",
            text!("Sykdommen", "The disease"),
            [optional(&old.disease), optional(&new.disease)],
        ),
        (Kind::PathwayText, "template", text!("Malen", "The template"), [old.template.as_str(), new.template.as_str()]),
        (
            Kind::PathwayPrefix,
            "prefix",
            text!("Kodeprefikset", "The code prefix"),
            [optional(&old.prefix), optional(&new.prefix)],
        ),
        (Kind::PathwayStatus, "status", text!("Status", "The status"), [&status_old, &status_new]),
    ] {
        compare_words(found, kind, &[key], places, &subject, words);
    }
    let periods = [period(old.valid_from, old.valid_to), period(new.valid_from, new.valid_to)];
    if let [from, to] = &periods
        && from != to
    {
        let subject = text!("Når pakkeforløpet gjelder", "When the pathway is valid");
        let draft = Draft::changed(Kind::PathwayValidity, &[], places, &subject, from, to);
        found.push(draft.values(from.nb.clone(), to.nb.clone()).lead(whole(new)));
    }
    sources(pair, found);
    phases(pair, found);
}

fn sources<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let sources = matched(&pair.old.sources, &pair.new.sources, |source| &source.name);
    let subject = |source: &Source| {
        let (name, title) = (&source.name, &source.title);
        text!("Kilden {name} («{title}»)", "The source {name} («{title}»)")
    };
    for source in sources.removed {
        found.push(Draft::removed(Kind::SourceRemoved, &[&source.name], &source.origin, &subject(source)));
    }
    for source in sources.added {
        found.push(Draft::added(Kind::SourceAdded, &[&source.name], &source.origin, &subject(source)));
    }
    for (old, new) in sources.kept {
        let told = |source: &Source| {
            let date = source.date.map(|date| date.to_string());
            let parts = [&Some(source.title.clone()), &source.publisher, &source.url, &date, &source.note];
            parts.into_iter().flatten().cloned().collect::<Vec<_>>().join("; ")
        };
        let name = &new.name;
        let subject = text!("Kilden {name}", "The source {name}");
        let places = (&old.origin, &new.origin);
        compare_words(found, Kind::SourceChanged, &[name], places, &subject, [&told(old), &told(new)]);
    }
}

fn phases<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let phases = matched(&pair.old.phases, &pair.new.phases, |phase| &phase.name);
    for (phase, is_new) in
        phases.removed.iter().map(|phase| (phase, false)).chain(phases.added.iter().map(|phase| (phase, true)))
    {
        let (name, label) = (&phase.name, &phase.label);
        let subject = text!("Fasen {name} («{label}»)", "The phase {name} («{label}»)");
        found.push(match is_new {
            true => Draft::added(Kind::PhaseAdded, &[name], &phase.origin, &subject),
            false => Draft::removed(Kind::PhaseRemoved, &[name], &phase.origin, &subject),
        });
    }
    for (old, new) in &phases.kept {
        let name = &new.name;
        let subject = text!("Navnet på fasen {name}", "The label of the phase {name}");
        compare_words(found, Kind::PhaseText, &[name], (&old.origin, &new.origin), &subject, [&old.label, &new.label]);
    }
    if phases.reordered {
        let places = (Some(&pair.old.origin), Some(&pair.new.origin));
        let message = text!("Fasene står i annen rekkefølge", "The phases are in another order");
        found.push(Draft::new(Kind::PhaseText, &["order"], places, message));
    }
}

pub(super) fn former(names: &[Former]) -> String {
    let told = names.iter().map(|former| match former.until {
        Some(until) => format!("{} (til {until})", former.name),
        None => former.name.clone(),
    });
    told.collect::<Vec<_>>().join("; ")
}
