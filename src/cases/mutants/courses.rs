//! Changes of what courses are judged by: limits, intervals, codes, rules, variants.

use chrono::NaiveDate;

use super::{Mutants, Part, drop_at, swap_next};
use crate::{
    lang::{Lang, Text},
    runtime::amount,
    tables::{Form, Limit, MAX_AMOUNT, Origin, Pathway, Role, RuleKind, Unit},
    text,
};

/// What stands in for a number where a row has none.
const SOME: u32 = 30;

pub fn limits(pathway: &Pathway, mutants: &mut Mutants) {
    for (at, row) in pathway.limits.iter().enumerate() {
        let name = name(row);
        let written = |row: &Limit| Text { nb: demand(row, Lang::Nb), en: demand(row, Lang::En) };
        let mut changed = |row: Limit| {
            let (before, after) = (written(&pathway.limits[at]), written(&row));
            let (nb, en) =
                (format!("{name}: {} → {}", before.nb, after.nb), format!("{name}: {} → {}", before.en, after.en));
            let origin = row.origin.clone();
            mutants.add(Part::Courses, Text { nb, en }, &origin, move |pathway| {
                if let Some(old) = pathway.limits.get_mut(at) {
                    *old = row.clone();
                }
            });
        };
        others(row).into_iter().for_each(&mut changed);
        let what = text!("{name}: raden er fjernet", "{name}: the row is removed");
        mutants.add(Part::Courses, what, &row.origin, move |pathway| drop_at(&mut pathway.limits, at));
    }
}

/// The row with one thing changed.
fn others(row: &Limit) -> Vec<Limit> {
    let mut others = Vec::new();
    let Some((amount, unit)) = row.amount.zip(row.unit) else {
        let numbered = Limit { form: Form::AtMost, amount: Some(SOME), unit: Some(Unit::Kalenderdager), ..row.clone() };
        return vec![numbered];
    };
    let fits = |amount: &u32| *amount <= MAX_AMOUNT && row.minimum.is_none_or(|least| least <= *amount);
    if row.form == Form::SameDay {
        others.push(Limit { form: Form::AtMost, amount: Some(1), ..row.clone() });
    } else {
        let near = [amount.checked_sub(1), amount.checked_add(1)].into_iter().flatten();
        others.extend(near.filter(fits).map(|amount| Limit { amount: Some(amount), ..row.clone() }));
        let unit = match unit {
            Unit::Kalenderdager | Unit::Virkedager => Unit::Arbeidsdager,
            Unit::Arbeidsdager | Unit::Uker => Unit::Kalenderdager,
            Unit::Måneder => Unit::Uker,
        };
        others.push(Limit { unit: Some(unit), ..row.clone() });
    }
    if let Some(least) = row.minimum {
        let near = [least.checked_sub(1), Some(least + 1).filter(|least| *least <= amount)];
        others.extend(near.into_iter().flatten().map(|least| Limit { minimum: Some(least), ..row.clone() }));
    }
    let form = if row.form == Form::AtMost { Form::AtLeast } else { Form::AtMost };
    others.push(Limit { form, minimum: None, ..row.clone() });
    others.push(Limit { form: Form::Unquantified, minimum: None, amount: None, unit: None, ..row.clone() });
    for (from, to) in validities(row.valid_from, row.valid_to) {
        others.push(Limit { valid_from: from, valid_to: to, ..row.clone() });
    }
    others
}

/// A period with one end a day earlier or later.
fn validities(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<(Option<NaiveDate>, Option<NaiveDate>)> {
    let near = |day: Option<NaiveDate>| day.into_iter().flat_map(|day| [day.pred_opt(), day.succ_opt()]).flatten();
    let firsts = near(from).map(|from| (Some(from), to));
    firsts.chain(near(to).map(|to| (from, Some(to)))).collect()
}

fn name(row: &Limit) -> String {
    let parts = [Some(&row.interval), row.treatment.as_ref(), row.variant.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn demand(row: &Limit, lang: Lang) -> String {
    let Some(most) = row.amount.zip(row.unit).map(|(most, unit)| amount(most, unit, lang)) else {
        return text!("ikke tallfestet", "no number").get(lang).to_owned();
    };
    let least = row.minimum.unwrap_or_default();
    let words = match row.form {
        Form::AtMost | Form::Unquantified => text!("{most}", "{most}"),
        Form::AtLeast => text!("minst {most}", "at least {most}"),
        Form::Between => text!("mellom {least} og {most}", "between {least} and {most}"),
        Form::SameDay => text!("samme dag", "same day"),
    };
    let (from, to) = (row.valid_from, row.valid_to);
    let from = from.map(|day| text!(" fra {day}", " from {day}").get(lang).to_owned());
    let to = to.map(|day| text!(" til {day}", " to {day}").get(lang).to_owned());
    format!("{}{}{}", words.get(lang), from.unwrap_or_default(), to.unwrap_or_default())
}

pub fn intervals(pathway: &Pathway, mutants: &mut Mutants) {
    for (at, interval) in pathway.intervals.iter().enumerate() {
        let (name, origin) = (&interval.name, &interval.origin);
        let what = text!("{name}: start og slutt er byttet om", "{name}: start and end are swapped");
        mutants.add(Part::Courses, what, origin, move |pathway| {
            if let Some(interval) = pathway.intervals.get_mut(at) {
                std::mem::swap(&mut interval.from, &mut interval.to);
            }
        });
        for (number, pair) in interval.treatments.array_windows().enumerate() {
            let [one, other] = pair.each_ref().map(|treatment| &treatment.name);
            let what = text!(
                "{name}: kodene for {one} og {other} er byttet om",
                "{name}: the codes of {one} and {other} are swapped"
            );
            mutants.add(Part::Courses, what, origin, move |pathway| {
                if let Some(interval) = pathway.intervals.get_mut(at)
                    && let Some([one, other]) = interval.treatments.get_mut(number..number + 2)
                {
                    std::mem::swap(&mut one.codes, &mut other.codes);
                }
            });
        }
        if interval.repeats {
            let what = text!("{name}: gjentas ikke", "{name}: does not repeat");
            mutants.add(Part::Courses, what, origin, move |pathway| {
                pathway.intervals.iter_mut().skip(at).take(1).for_each(|interval| interval.repeats = false);
            });
        }
    }
    for group in &pathway.groups {
        for code in group.codes.iter().filter(|_| group.codes.len() > 1) {
            let (name, origin) = (&group.name, &group.origin);
            let what = text!("gruppen {name}: {code} er fjernet", "the group {name}: {code} is removed");
            let (codes, code) = (group.codes.clone(), code.clone());
            mutants.add(Part::Courses, what, origin, move |pathway| {
                sets(pathway).into_iter().filter(|set| **set == codes).for_each(|set| set.retain(|one| *one != code));
            });
        }
    }
}

/// Every set of codes that intervals and rules speak of.
fn sets(pathway: &mut Pathway) -> Vec<&mut Vec<String>> {
    let points = pathway.intervals.iter_mut().flat_map(|interval| [&mut interval.from, &mut interval.to]);
    points.chain(pathway.rules.iter_mut().flat_map(|rule| sets_of(&mut rule.kind))).collect()
}

fn sets_of(kind: &mut RuleKind) -> Vec<&mut Vec<String>> {
    match kind {
        RuleKind::Before { first, then } | RuleKind::Triggers { first, then } => vec![first, then],
        RuleKind::AtMost { of, .. } | RuleKind::Exactly { of, .. } => vec![of],
        RuleKind::NothingAfter { after } => vec![after],
        RuleKind::NeverTogether { first, second } => vec![first, second],
    }
}

pub fn codes(pathway: &Pathway, mutants: &mut Mutants) {
    for (at, code) in pathway.codes.iter().enumerate() {
        let (name, origin) = (&code.code, &code.origin);
        let mut becomes = |role: Option<Role>, what: Text| {
            mutants.add(Part::Courses, what, origin, move |pathway| {
                pathway.codes.iter_mut().skip(at).take(1).for_each(|code| code.role = role);
            });
        };
        if let Some(role) = code.role {
            let word = word(role);
            becomes(None, text!("{name}: «{word}» er fjernet", "{name}: «{word}» is removed"));
            let other = match role {
                Role::Completes => Some(Role::Closes),
                Role::Closes => Some(Role::Completes),
                Role::Opens | Role::Transfers => None,
            };
            if let Some(other) = other {
                let after = self::word(other);
                becomes(Some(other), text!("{name}: {word} → {after}", "{name}: {word} → {after}"));
            }
        }
        for (from, to) in validities(code.valid_from, code.valid_to) {
            let what = period(name, from, to);
            mutants.add(Part::Courses, what, origin, move |pathway| {
                pathway
                    .codes
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|code| (code.valid_from, code.valid_to) = (from, to));
            });
        }
    }
    for (from, to) in validities(pathway.valid_from, pathway.valid_to) {
        mutants.add(Part::Courses, period(&pathway.id, from, to), &pathway.origin, move |pathway| {
            (pathway.valid_from, pathway.valid_to) = (from, to);
        });
    }
}

fn period(name: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Text {
    let day = |day: Option<NaiveDate>| day.map_or("…".to_owned(), |day| day.to_string());
    let (from, to) = (day(from), day(to));
    text!("{name}: gyldig fra {from} til {to}", "{name}: valid from {from} to {to}")
}

fn word(role: Role) -> &'static str {
    match role {
        Role::Opens => "åpner",
        Role::Transfers => "overfører",
        Role::Completes => "fullfører",
        Role::Closes => "avslutter",
    }
}

pub fn rules(pathway: &Pathway, mutants: &mut Mutants) {
    for (at, rule) in pathway.rules.iter().enumerate() {
        let (name, origin) = (&rule.name, &rule.origin);
        let what = text!("regelen {name} er fjernet", "the rule {name} is removed");
        mutants.add(Part::Courses, what, origin, move |pathway| drop_at(&mut pathway.rules, at));
        match &rule.kind {
            RuleKind::AtMost { count, .. } | RuleKind::Exactly { count, .. } => {
                for near in [count.checked_sub(1), count.checked_add(1)].into_iter().flatten() {
                    let what = text!("{name}: {count} → {near}", "{name}: {count} → {near}");
                    change(mutants, at, what, origin, move |kind| match kind {
                        RuleKind::AtMost { count, .. } | RuleKind::Exactly { count, .. } => *count = near,
                        _ => {}
                    });
                }
            }
            RuleKind::Before { .. } | RuleKind::Triggers { .. } => {
                let what = text!("{name}: leddene er byttet om", "{name}: its sides are swapped");
                change(mutants, at, what, origin, |kind| match kind {
                    RuleKind::Before { first, then } | RuleKind::Triggers { first, then } => {
                        std::mem::swap(first, then)
                    }
                    _ => {}
                });
            }
            RuleKind::NothingAfter { .. } | RuleKind::NeverTogether { .. } => {}
        }
        // A set that is a group is changed as a group.
        let is_group = |set: &[String]| pathway.groups.iter().any(|group| group.codes == set);
        for (number, set) in sets_of(&mut rule.kind.clone()).into_iter().enumerate() {
            for code in set.iter().filter(|_| set.len() > 1 && !is_group(set)) {
                let what = text!("{name}: {code} er fjernet", "{name}: {code} is removed");
                let code = code.clone();
                change(mutants, at, what, origin, move |kind| {
                    sets_of(kind).into_iter().skip(number).take(1).for_each(|set| set.retain(|one| *one != code));
                });
            }
        }
    }
}

fn change(mutants: &mut Mutants, at: usize, what: Text, origin: &Origin, change: impl Fn(&mut RuleKind) + 'static) {
    mutants.add(Part::Courses, what, origin, move |pathway| {
        pathway.rules.iter_mut().skip(at).take(1).for_each(|rule| change(&mut rule.kind));
    });
}

pub fn variants(pathway: &Pathway, mutants: &mut Mutants) {
    for (at, variant) in pathway.variants.iter().enumerate() {
        let (name, origin) = (&variant.name, &variant.origin);
        let what = text!("varianten {name} er fjernet", "the variant {name} is removed");
        let removed = name.clone();
        mutants.add(Part::Courses, what, origin, move |pathway| {
            pathway.variants.retain(|variant| variant.name != removed);
            pathway.limits.retain(|row| row.variant.as_ref() != Some(&removed));
        });
        if let Some(next) = pathway.variants.get(at + 1) {
            let next = &next.name;
            let what = text!("{next} prøves før {name}", "{next} is tried before {name}");
            mutants.add(Part::Courses, what, origin, move |pathway| swap_next(&mut pathway.variants, at));
        }
    }
}
