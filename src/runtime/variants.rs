//! Which variant holds on a day, and why (rule 4, E6).

use chrono::NaiveDate;

use super::{
    Basis, FactUsed, MAIN_COURSE, VariantTrace, VariantTried, condition::Conditions, error::TableError,
    facts::Knowledge, formula::Input, logic::Test, prepare::Prepared, view::View,
};
use crate::{tables::Variant, text};

/// The variant that holds; none is the main course.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub variant: Option<usize>,
    pub basis: Basis,
}

impl Held {
    /// The main course, whatever the facts.
    pub const MAIN: Held = Held { variant: None, basis: Basis::Known };

    /// The first variant that is true. An unknown one stops the search, and then the main course is assumed.
    pub fn in_view(pathway: &Prepared, view: &View) -> Self {
        for (number, (_, test)) in pathway.variants.iter().enumerate() {
            match test.holds(view) {
                Some(true) => return Held { variant: Some(number), basis: Basis::Known },
                Some(false) => {}
                None => return Held { variant: None, basis: Basis::Assumed },
            }
        }
        Held::MAIN
    }

    pub fn name<'a>(self, pathway: &'a Prepared) -> &'a str {
        let variant = self.variant.and_then(|number| pathway.variants.get(number));
        variant.map_or(MAIN_COURSE, |(variant, _)| &variant.name)
    }
}

/// Why the variant holds: those that were tried, to the one that ended the search.
pub(super) fn trace<'a>(pathway: &'a Prepared, knowledge: &Knowledge<'_, 'a>, day: NaiveDate) -> VariantTrace<'a> {
    let mut tried = Vec::new();
    for (variant, test) in &pathway.variants {
        let result = test.holds(&View::on(knowledge, day));
        let mut asked = Vec::new();
        let mut ask = |input: Input| {
            if !asked.contains(&input.fact()) {
                asked.push(input.fact());
            }
        };
        test.leaves(&mut |leaf| leaf.fact().into_iter().for_each(|fact| knowledge.inputs(fact, &mut ask)));
        let facts = asked.into_iter().filter_map(|fact| {
            let known = knowledge.on(fact, day);
            Some(FactUsed {
                fact: &pathway.pathway.facts.get(fact)?.name,
                value: known.map(|known| knowledge.text(known)),
                date: known.and_then(|known| known.date),
            })
        });
        tried.push(VariantTried { variant: &variant.name, result, facts: facts.collect(), origin: &variant.origin });
        if result != Some(false) {
            break;
        }
    }
    VariantTrace { on: day, tried }
}

/// The variant's condition made ready.
pub(super) fn prepare(variant: &Variant, conditions: Conditions) -> Result<Test, TableError> {
    let name = &variant.name;
    if name == MAIN_COURSE {
        let id = &conditions.pathway.id;
        return Err(TableError(text!(
            "en variant i «{id}» heter «{MAIN_COURSE}», som er hovedforløpets navn",
            "a variant of «{id}» is called «{MAIN_COURSE}», which is the main course's name"
        )));
    }
    let test = conditions.test(name, &variant.when)?;
    let mut on_courses = false;
    test.leaves(&mut |leaf| on_courses |= matches!(leaf, Test::InCourse(_)));
    if on_courses {
        return Err(TableError(text!(
            "varianten «{name}» ser på andre forløp, og det kan bare kriterier, veivalg og lister",
            "the variant «{name}» looks at other courses, which only criteria, decision tables and lists can"
        )));
    }
    Ok(test)
}
