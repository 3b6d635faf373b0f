//! Which variant holds on a day, and why (rule 4, E6).

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{
    Basis, FactUsed, MAIN_COURSE, VariantTrace, VariantTried,
    error::{TableError, unknown},
    facts::Knowledge,
    logic::{Datum, Test},
    prepare::Prepared,
};
use crate::{
    tables::{Condition, Fact, FactType, Pathway, Value, Variant},
    text,
};

/// How deep brackets in a condition may go.
const MAX_DEPTH: usize = 100;

/// The variant that holds; none is the main course.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub variant: Option<usize>,
    pub basis: Basis,
}

impl Held {
    /// The first variant that is true. An unknown one stops the search, and then the main course is assumed.
    pub fn on(pathway: &Prepared, knowledge: &Knowledge, day: NaiveDate) -> Self {
        for (number, (_, test)) in pathway.variants.iter().enumerate() {
            match test.holds(&|fact| knowledge.on(fact, day).map(|known| known.value)) {
                Some(true) => return Held { variant: Some(number), basis: Basis::Known },
                Some(false) => {}
                None => return Held { variant: None, basis: Basis::Assumed },
            }
        }
        Held { variant: None, basis: Basis::Known }
    }

    pub fn name<'a>(self, pathway: &'a Prepared) -> &'a str {
        let variant = self.variant.and_then(|number| pathway.variants.get(number));
        variant.map_or(MAIN_COURSE, |(variant, _)| &variant.name)
    }
}

/// Why the variant holds: those that were tried, to the one that ended the search.
pub(super) fn trace<'a>(pathway: &'a Prepared, knowledge: &Knowledge<'a>, day: NaiveDate) -> VariantTrace<'a> {
    let mut tried = Vec::new();
    for (variant, test) in &pathway.variants {
        let result = test.holds(&|fact| knowledge.on(fact, day).map(|known| known.value));
        let mut asked = Vec::new();
        test.facts(&mut |fact| {
            if !asked.contains(&fact) {
                asked.push(fact);
            }
        });
        let facts = asked.into_iter().filter_map(|fact| {
            let known = knowledge.on(fact, day);
            Some(FactUsed {
                fact: &pathway.pathway.facts.get(fact)?.name,
                value: known.map(|known| known.text),
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
pub(super) fn prepare(variant: &Variant, pathway: &Pathway, facts: &HashMap<&str, usize>) -> Result<Test, TableError> {
    Preparing { place: &variant.name, pathway, facts }.test(&variant.when, MAX_DEPTH)
}

struct Preparing<'p> {
    place: &'p str,
    pathway: &'p Pathway,
    facts: &'p HashMap<&'p str, usize>,
}

impl Preparing<'_> {
    fn test(&self, condition: &Condition, depth: usize) -> Result<Test, TableError> {
        let place = self.place;
        let Some(depth) = depth.checked_sub(1) else {
            return Err(TableError(text!(
                "vilkåret for «{place}» har for mange parenteser inni hverandre",
                "the condition of «{place}» is nested too deeply"
            )));
        };
        let parts = |of: &[Condition]| of.iter().map(|part| self.test(part, depth)).collect::<Result<_, _>>();
        Ok(match condition {
            Condition::All { of } => Test::All(parts(of)?),
            Condition::Any { of } => Test::Any(parts(of)?),
            Condition::Not { of } => Test::Not(Box::new(self.test(of, depth)?)),
            Condition::Is { fact, value } => {
                let (number, fact) = self.fact(fact)?;
                Test::Is(number, self.datum(fact, value)?)
            }
            Condition::Compare { fact, comparison, value } => {
                let (number, fact) = self.fact(fact)?;
                match self.datum(fact, value)? {
                    Datum::YesNo(_) | Datum::Choice(_) => return Err(self.mismatch(fact)),
                    threshold => Test::Compare(number, *comparison, threshold),
                }
            }
            Condition::Known { fact } => Test::Known(self.fact(fact)?.0),
        })
    }

    fn fact(&self, name: &str) -> Result<(usize, &Fact), TableError> {
        let number = self.facts.get(name).copied();
        let found = number.and_then(|number| Some((number, self.pathway.facts.get(number)?)));
        found.ok_or_else(|| unknown(self.place, name))
    }

    /// The value, if it is of the fact's type.
    fn datum(&self, fact: &Fact, value: &Value) -> Result<Datum, TableError> {
        let datum = match (&fact.fact_type, value) {
            (FactType::Choice { values }, Value::Choice(name)) => {
                values.iter().position(|value| value.name == *name).map(Datum::Choice)
            }
            (FactType::YesNo, Value::YesNo(yes)) => Some(Datum::YesNo(*yes)),
            (FactType::Number { .. } | FactType::Years, Value::Number(number)) if number.is_finite() => {
                Some(Datum::Number(*number))
            }
            (FactType::Date, Value::Date(date)) => Some(Datum::Date(*date)),
            _ => None,
        };
        datum.ok_or_else(|| self.mismatch(fact))
    }

    fn mismatch(&self, fact: &Fact) -> TableError {
        let (place, fact) = (self.place, &fact.name);
        TableError(text!(
            "vilkåret for «{place}» sammenligner «{fact}» med en verdi som opplysningen ikke kan ha",
            "the condition of «{place}» compares «{fact}» with a value that it cannot have"
        ))
    }
}
