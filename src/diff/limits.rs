//! Limits: the row that holds for each interval, treatment, variant and day of start, before and after.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::{Class, Draft, Found, Kind, Lead, Pair, Settings, period};
use crate::{
    lang::{Lang, Text},
    runtime::amount,
    tables::{Form, Interval, Limit, Pathway, Unit},
    text,
};

/// What holds for one key on the days from `from` to `to`.
struct Stretch<'t> {
    key: Key<'t>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    old: Option<&'t Limit>,
    new: Option<&'t Limit>,
}

#[derive(Clone, Copy, PartialEq)]
struct Key<'t> {
    interval: &'t str,
    treatment: Option<&'t str>,
    variant: Option<&'t str>,
}

/// Intervals, treatments and variants that only one side has are told of as such, and not once more with each limit.
pub(super) fn compare<'t>(pair: Pair<'t>, settings: Settings, found: &mut Found<'t>) {
    for (interval, treatment) in shared_measures(pair) {
        let main = stretches(pair, Key { interval: &interval.name, treatment, variant: None });
        let shared =
            pair.new.variants.iter().filter(|variant| pair.old.variants.iter().any(|old| old.name == variant.name));
        let of_variants: Vec<Stretch> = shared
            .flat_map(|variant| {
                stretches(pair, Key { interval: &interval.name, treatment, variant: Some(&variant.name) })
            })
            .collect();
        // A variant that inherits both rows has the main course's change.
        let inherits = |of_variant: &Stretch, main: &Stretch| {
            (of_variant.from, of_variant.to) == (main.from, main.to) && same_rows(of_variant, main)
        };
        for stretch in &main {
            let also = of_variants.iter().filter(|other| inherits(other, stretch));
            let also = also.filter_map(|other| other.key.variant.map(str::to_owned)).collect();
            tell(stretch, also, settings, found);
        }
        for stretch in of_variants.iter().filter(|stretch| !main.iter().any(|main| inherits(stretch, main))) {
            tell(stretch, Vec::new(), settings, found);
        }
    }
}

fn same_rows(one: &Stretch, other: &Stretch) -> bool {
    let same = |one: Option<&Limit>, other: Option<&Limit>| match (one, other) {
        (Some(one), Some(other)) => std::ptr::eq(one, other),
        (None, None) => true,
        _ => false,
    };
    same(one.old, other.old) && same(one.new, other.new)
}

fn shared_measures<'t>(pair: Pair<'t>) -> impl Iterator<Item = (&'t Interval, Option<&'t str>)> {
    pair.new.intervals.iter().filter_map(move |new| Some((pair.old.interval(&new.name)?, new))).flat_map(
        |(old, new)| {
            let both_whole = old.treatments.is_empty() && new.treatments.is_empty();
            let shared = new
                .treatments
                .iter()
                .filter(|treatment| old.treatments.iter().any(|other| other.name == treatment.name));
            shared
                .map(|treatment| Some(treatment.name.as_str()))
                .chain(both_whole.then_some(None))
                .map(move |name| (new, name))
        },
    )
}

/// The stretches of days on which the two sides have other rows, those beside each other with the same rows as one.
fn stretches<'t>(pair: Pair<'t>, key: Key<'t>) -> Vec<Stretch<'t>> {
    let rows = || pair.old.limits.iter().chain(&pair.new.limits);
    let mut firsts: Vec<Option<NaiveDate>> = rows().filter_map(|row| row.valid_from).map(Some).collect();
    firsts.extend(rows().filter_map(|row| row.valid_to?.succ_opt()).map(Some));
    firsts.push(None);
    firsts.sort_unstable();
    firsts.dedup();
    let mut all: Vec<Stretch> = Vec::new();
    for (at, first) in firsts.iter().enumerate() {
        let last = firsts.get(at + 1).and_then(|next| next.and_then(|next| next.pred_opt()));
        let day = first.unwrap_or(NaiveDate::MIN);
        let row =
            |pathway: &'t Pathway| pathway.limit(pathway.interval(key.interval)?, key.treatment, key.variant, day);
        let stretch = Stretch { key, from: *first, to: last, old: row(pair.old), new: row(pair.new) };
        match all.last_mut() {
            Some(before) if same_rows(before, &stretch) => before.to = last,
            _ => all.push(stretch),
        }
    }
    // Rows are pieced together from validity that changed only in where it is split: those with the same content are one.
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in all {
        match joined.last_mut() {
            Some(before) if same_content(before.old, stretch.old) && same_content(before.new, stretch.new) => {
                before.to = stretch.to;
            }
            _ => joined.push(stretch),
        }
    }
    joined.retain(|stretch| !same_content(stretch.old, stretch.new));
    joined
}

/// Whether two rows say the same, whatever their places, keys and validity.
fn same_content(one: Option<&Limit>, other: Option<&Limit>) -> bool {
    let content = |row: &Limit| {
        let binds = (row.form, row.minimum, row.amount, row.unit);
        (binds, row.derived, row.source.clone(), row.note.clone())
    };
    one.map(content) == other.map(content)
}

fn tell<'t>(stretch: &Stretch<'t>, also: Vec<String>, settings: Settings, found: &mut Found<'t>) {
    let Key { interval, treatment, variant } = stretch.key;
    let kind = kind(stretch.old, stretch.new);
    let name = treatment.map_or(interval.to_owned(), |treatment| format!("{interval} {treatment}"));
    let for_variant = match variant {
        Some(variant) => text!(" for varianten {variant}", " for the variant {variant}"),
        None => text!("", ""),
    };
    let days = match (stretch.from, stretch.to) {
        (None, None) => text!("", ""),
        (from, to) => {
            let Text { nb, en } = period(from, to);
            text!(", for forløp som starter {nb}", ", for courses that start {en}")
        }
    };
    let subject = Text {
        nb: format!("Fristen for {name}{}", for_variant.nb),
        en: format!("The limit of {name}{}", for_variant.en),
    };
    let rows = |lang: Lang| [stretch.old, stretch.new].map(|row| row.map_or(String::new(), |row| binding(row, lang)));
    let ([old_nb, new_nb], [old_en, new_en]) = (rows(Lang::Nb), rows(Lang::En));
    let Text { nb, en } = &subject;
    let (days_nb, days_en) = (&days.nb, &days.en);
    let message = match kind {
        Kind::LimitAdded => text!("{nb} er ny: {new_nb}{days_nb}", "{en} is new: {new_en}{days_en}"),
        Kind::LimitRemoved => {
            text!("{nb} er fjernet: den var {old_nb}{days_nb}", "{en} is removed: it was {old_en}{days_en}")
        }
        Kind::LimitTightened => text!(
            "{nb} er kortere: {new_nb}, mot {old_nb} før{days_nb}",
            "{en} is tighter: {new_en}, was {old_en}{days_en}"
        ),
        Kind::LimitLoosened => text!(
            "{nb} er lengre: {new_nb}, mot {old_nb} før{days_nb}",
            "{en} is looser: {new_en}, was {old_en}{days_en}"
        ),
        Kind::LimitText => {
            let [old, new] = [stretch.old, stretch.new].map(|row| row.map_or(String::new(), told));
            text!(
                "{nb} binder som før, men er skrevet annerledes: «{new}», mot «{old}» før{days_nb}",
                "{en} binds as before, but is written otherwise: «{new}», was «{old}»{days_en}"
            )
        }
        _ => text!(
            "{nb} er endret fra {old_nb} til {new_nb}{days_nb}",
            "{en} is changed from {old_en} to {new_en}{days_en}"
        ),
    };
    let mut key = vec![interval];
    key.extend(treatment);
    key.extend(variant);
    let since = stretch.from.map(|from| format!("fra-{from}"));
    key.extend(since.as_deref());
    let until = stretch.to.map(|to| format!("til-{to}"));
    key.extend(until.as_deref());
    let places = (stretch.old.map(|row| &row.origin), stretch.new.map(|row| &row.origin));
    let mut draft = Draft::new(kind, &key, places, message);
    let shown =
        |row: Option<&Limit>| row.map(|row| if kind == Kind::LimitText { told(row) } else { binding(row, Lang::Nb) });
    (draft.from, draft.to) = (shown(stretch.old), shown(stretch.new));
    draft.also = also;
    if kind != Kind::LimitText {
        draft.lead = Lead::Limit { interval, treatment, variant, from: stretch.from, to: stretch.to };
        if stretch.from.is_some_and(|from| settings.as_of.is_some_and(|as_of| as_of < from)) {
            draft.class = Class::Report;
        }
    }
    found.push(draft);
}

/// A row with a number, as far as it decides what an answer is.
fn bound(row: Option<&Limit>) -> Option<(Form, u32, u32, Unit)> {
    let row = row?;
    let form = if row.form == Form::SameDay { Form::AtMost } else { row.form };
    Some((form, row.minimum.unwrap_or(0), row.amount?, row.unit?))
}

fn kind(old: Option<&Limit>, new: Option<&Limit>) -> Kind {
    match (bound(old), bound(new)) {
        (None, None) => Kind::LimitText,
        (None, Some(_)) => Kind::LimitAdded,
        (Some(_), None) => Kind::LimitRemoved,
        (Some(old), Some(new)) if old == new => Kind::LimitText,
        (Some((old_form, ..)), Some((new_form, ..))) if old_form != new_form => Kind::LimitForm,
        (Some((.., old_unit)), Some((.., new_unit))) if old_unit != new_unit => Kind::LimitUnit,
        (Some((form, old_least, old_most, _)), Some((_, new_least, new_most, _))) => {
            // A least time binds more when it is longer.
            let tighter = match form {
                Form::AtLeast => old_most.cmp(&new_most),
                _ => new_most.cmp(&old_most),
            };
            match (tighter, old_least.cmp(&new_least)) {
                (Ordering::Less | Ordering::Equal, Ordering::Less | Ordering::Equal) => Kind::LimitTightened,
                (Ordering::Greater | Ordering::Equal, Ordering::Greater | Ordering::Equal) => Kind::LimitLoosened,
                _ => Kind::LimitForm,
            }
        }
    }
}

/// What the row demands, in words.
fn binding(row: &Limit, lang: Lang) -> String {
    let (Some(most), Some(unit)) = (row.amount, row.unit) else {
        return text!("ikke tallfestet", "no number").get(lang).to_owned();
    };
    let least = row.minimum.unwrap_or_default();
    let amount = amount(most, unit, lang);
    let words = match row.form {
        Form::AtLeast => text!("minst {amount}", "at least {amount}"),
        Form::Between => text!("mellom {least} og {amount}", "between {least} and {amount}"),
        Form::SameDay => text!("samme dag", "same day"),
        Form::AtMost | Form::Unquantified => return amount,
    };
    words.get(lang).to_owned()
}

/// The whole row, in the author's words.
fn told(row: &Limit) -> String {
    let derived = if row.derived { " (utledet)" } else { "" };
    let source = row.source.as_ref().map_or(String::new(), |source| format!(" kilde {source}"));
    let note = row.note.as_ref().map_or(String::new(), |note| format!(" merknad {note}"));
    format!("{}{derived}{source}{note}", binding(row, Lang::Nb))
}
