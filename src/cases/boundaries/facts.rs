//! What is known of a patient: which variant holds, what comes of criteria and where decision tables lead.

use chrono::NaiveDate;

use super::{Draft, Maker, Subject, neighbours::neighbours};
use crate::{
    cases::solve::{World, world},
    tables::{Condition, Content, Criteria, CriteriaItem, Need, Origin, Quantified, Routes, Value},
};

/// How many ways to count enough items are written out as one condition.
const MANY: usize = 12;

pub fn make(maker: &mut Maker) {
    let on = maker.start(None, None);
    variants(maker, on);
    let pathway = maker.pathway;
    let phases = pathway.phases.iter().flat_map(|phase| &phase.content);
    for content in pathway.content.iter().chain(phases) {
        match content {
            Content::Criteria(criteria) => self::criteria(maker, criteria, on),
            Content::Routes(routes) => self::routes(maker, routes, on),
            _ => {}
        }
    }
}

impl Maker<'_> {
    /// A world, and each beside it.
    fn around(
        &mut self,
        subject: Subject,
        name: &str,
        origin: &Origin,
        world: &World,
        asked: &[&Condition],
        on: NaiveDate,
    ) {
        self.known(subject, name, origin, world.clone(), on);
        for (what, beside) in neighbours(self.pathway, world, asked, on) {
            self.known(subject, &format!("{name}, men {what}"), origin, beside, on);
        }
    }

    /// A patient of whom something is known, without courses unless it is about variants.
    pub(super) fn known(&mut self, subject: Subject, name: &str, origin: &Origin, world: World, on: NaiveDate) {
        let opener = self.opener().filter(|_| subject == Subject::Variants);
        let events = opener.map(|opener| (on, opener.code.clone())).into_iter().collect();
        self.add(subject, name, origin, Draft { events, world, as_of: on });
    }
}

fn variants(maker: &mut Maker, on: NaiveDate) {
    let pathway = maker.pathway;
    let mut asked: Vec<&Condition> = Vec::new();
    for variant in &pathway.variants {
        asked.push(&variant.when);
        if let Some(world) = maker.variant(Some(&variant.name), on) {
            maker.around(Subject::Variants, &variant.name, &variant.origin, &world, &asked, on);
        }
    }
    if let (Some(first), Some(world)) = (pathway.variants.first(), maker.variant(None, on)) {
        maker.known(Subject::Variants, "hovedforløp", &first.origin, world, on);
    }
}

fn criteria(maker: &mut Maker, criteria: &Criteria, on: NaiveDate) {
    let name = &criteria.name;
    let applies: Vec<(&Condition, bool)> = criteria.when.iter().map(|when| (when, true)).collect();
    items(maker, criteria, &criteria.quantified, "", &applies, on);
    let whole = quantified(&criteria.quantified);
    for (truth, what) in [(true, "oppfylt"), (false, "ikke oppfylt")] {
        let wanted: Vec<_> = applies.iter().copied().chain([(&whole, truth)]).collect();
        if let Some(world) = world(maker.pathway, &wanted, on) {
            maker.known(Subject::Criteria, &format!("{name}: {what}"), &criteria.origin, world.clone(), on);
            if let Some(when) = &criteria.when {
                beside(maker, Subject::Criteria, &format!("{name}: {what}"), &criteria.origin, &world, when, on);
            }
        }
    }
    maker.known(Subject::Criteria, &format!("{name}: uten opplysninger"), &criteria.origin, World::default(), on);
}

/// A world, with what decides whom something applies to changed.
fn beside(
    maker: &mut Maker,
    subject: Subject,
    name: &str,
    origin: &Origin,
    world: &World,
    when: &Condition,
    on: NaiveDate,
) {
    for (what, beside) in neighbours(maker.pathway, world, &[when], on) {
        maker.known(subject, &format!("{name}, men {what}"), origin, beside, on);
    }
}

/// Each item of criteria where it decides: with just enough others, met and not, and all beside that.
fn items(
    maker: &mut Maker,
    criteria: &Criteria,
    within: &Quantified,
    path: &str,
    around: &[(&Condition, bool)],
    on: NaiveDate,
) {
    let conditions: Vec<Condition> = within.items.iter().map(item).collect();
    let count = match within.need {
        Need::All => within.items.len(),
        Need::None => 0,
        Need::AtLeast(count) => usize::try_from(count).unwrap_or(usize::MAX).min(within.items.len()),
    };
    for (at, one) in within.items.iter().enumerate() {
        let Some(own) = conditions.get(at) else { continue };
        // The item, and the next ones until they are enough.
        let is_met = |other: usize| (other + within.items.len() - at) % within.items.len().max(1) < count.max(1);
        let others = || conditions.iter().enumerate().filter(|(other, _)| *other != at);
        let name = format!("{}: {path}{}", criteria.name, one.name);
        for (truth, what) in [(true, ""), (false, " ikke")] {
            let met = others().map(|(other, condition)| (condition, within.need != Need::None && is_met(other)));
            let wanted: Vec<_> = around.iter().copied().chain([(own, truth)]).chain(met).collect();
            let alone = || around.iter().copied().chain([(own, truth)]).collect::<Vec<_>>();
            let found = world(maker.pathway, &wanted, on).or_else(|| world(maker.pathway, &alone(), on));
            let Some(world) = found else { continue };
            let name = format!("{name}{what}");
            if truth {
                maker.around(Subject::Criteria, &name, &one.origin, &world, &[own], on);
            } else {
                maker.known(Subject::Criteria, &name, &one.origin, world, on);
            }
        }
        let wanted: Vec<_> = around.iter().copied().chain([(own, true)]).collect();
        if count > 1
            && let Some(world) = world(maker.pathway, &wanted, on)
        {
            maker.known(Subject::Criteria, &format!("{name} alene"), &one.origin, world, on);
        }
        if let Some(nested) = &one.nested {
            let met: Vec<(&Condition, bool)> =
                others().map(|(other, condition)| (condition, within.need != Need::None && is_met(other))).collect();
            let around: Vec<_> = around.iter().copied().chain(met).collect();
            items(maker, criteria, nested, &format!("{path}{}/", one.name), &around, on);
        }
    }
}

/// What meets an item: its condition, its own items, or the fact of its name.
fn item(item: &CriteriaItem) -> Condition {
    match (&item.condition, &item.nested) {
        (Some(condition), _) => condition.clone(),
        (None, Some(nested)) => quantified(nested),
        (None, None) => Condition::Is { fact: item.name.clone(), value: Value::YesNo(true) },
    }
}

/// Items as one condition; of many ways to count enough, those of items that follow one another.
fn quantified(quantified: &Quantified) -> Condition {
    let of: Vec<Condition> = quantified.items.iter().map(item).collect();
    match quantified.need {
        Need::All => Condition::All { of },
        Need::None => Condition::Not { of: Box::new(Condition::Any { of }) },
        Need::AtLeast(1) => Condition::Any { of },
        Need::AtLeast(count) => {
            let count = usize::try_from(count).unwrap_or(usize::MAX).min(of.len());
            let enough =
                |first: usize| Condition::All { of: of.iter().cycle().skip(first).take(count).cloned().collect() };
            Condition::Any { of: (0..of.len().min(MANY)).map(enough).collect() }
        }
    }
}

fn routes(maker: &mut Maker, routes: &Routes, on: NaiveDate) {
    let name = &routes.name;
    let applies: Vec<(&Condition, bool)> = routes.when.iter().map(|when| (when, true)).collect();
    let mut earlier: Vec<(&Condition, bool)> = applies.clone();
    for (row, number) in routes.rows.iter().zip(1..) {
        let name = format!("{name}: rad {number}");
        let own = row.when.as_ref().map(|when| (when, true));
        let wanted: Vec<_> = earlier.iter().copied().chain(own).collect();
        let asked: Vec<&Condition> = wanted.iter().map(|(condition, _)| *condition).collect();
        if let Some(world) = world(maker.pathway, &wanted, on) {
            maker.around(Subject::Routes, &name, &row.origin, &world, &asked, on);
        }
        // The row alone, with nothing known of those before it.
        let alone: Vec<_> = applies.iter().copied().chain(own).collect();
        if let (Some(world), true) = (world(maker.pathway, &alone, on), number > 1) {
            maker.known(Subject::Routes, &format!("{name} alene"), &row.origin, world, on);
        }
        earlier.extend(row.when.as_ref().map(|when| (when, false)));
    }
    if let Some(world) = world(maker.pathway, &earlier, on) {
        maker.known(Subject::Routes, &format!("{name}: ingen rad"), &routes.origin, world, on);
    }
    maker.known(Subject::Routes, &format!("{name}: uten opplysninger"), &routes.origin, World::default(), on);
}
