//! Conditions made ready: facts as numbers, and each value of its fact's type.

use super::{
    error::{TableError, unknown},
    logic::{Datum, Recent, Repeated, Test},
    names::Names,
};
use crate::{
    tables::{Condition, Fact, FactType, Pathway, Value},
    text,
};

/// How deep brackets in a condition may go.
pub(super) const MAX_DEPTH: usize = 100;

/// Makes the conditions of one pathway ready.
#[derive(Clone, Copy)]
pub(super) struct Conditions<'p> {
    pub pathway: &'p Pathway,
    pub facts: &'p Names<'p, usize>,
}

impl<'p> Conditions<'p> {
    /// A condition of what `place` names.
    pub fn test(self, place: &str, condition: &Condition) -> Result<Test, TableError> {
        Preparing { place, conditions: self }.test(condition, MAX_DEPTH)
    }

    /// A condition that may be left out; none is that it always holds.
    pub fn optional(self, place: &str, condition: Option<&Condition>) -> Result<Option<Test>, TableError> {
        condition.map(|condition| self.test(place, condition)).transpose()
    }

    /// Whether the fact that is `ja` or `nei` is `ja`. None if there is no such fact.
    pub fn yes(self, fact: &str) -> Option<Test> {
        let fact = *self.facts.get(fact)?;
        let yes_no = self.pathway.facts.get(fact)?.fact_type == FactType::YesNo;
        yes_no.then_some(Test::Is(fact, Datum::YesNo(true)))
    }
}

struct Preparing<'p> {
    place: &'p str,
    conditions: Conditions<'p>,
}

impl Preparing<'_> {
    fn test(&self, condition: &Condition, depth: usize) -> Result<Test, TableError> {
        let depth = depth.checked_sub(1).ok_or_else(|| too_deep(self.place))?;
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
                if matches!(fact.fact_type, FactType::Choice { .. } | FactType::YesNo) {
                    return Err(self.mismatch(fact));
                }
                Test::Compare(number, *comparison, self.datum(fact, value)?)
            }
            Condition::Known { fact } => Test::Known(self.fact(fact)?.0),
            Condition::Repeated { of, count, spacing, unit } => {
                let (fact, of) = self.of_one_fact(of, depth)?;
                Test::Repeated(Repeated { fact, of, count: *count, spacing: spacing.zip(*unit) })
            }
            Condition::Recent { of, amount, unit } => {
                let (fact, of) = self.of_one_fact(of, depth)?;
                Test::Recent(Recent { fact, of, age: (*amount, *unit) })
            }
            Condition::InCourse { pathway } => Test::InCourse(pathway.clone()),
        })
    }

    /// A condition on the values of one fact, each by itself.
    fn of_one_fact(&self, condition: &Condition, depth: usize) -> Result<(usize, Box<Test>), TableError> {
        let of = self.test(condition, depth)?;
        let mut facts = Vec::new();
        let mut plain = true;
        of.leaves(&mut |leaf| {
            facts.extend(leaf.fact());
            plain &= matches!(leaf, Test::Is(..) | Test::Compare(..) | Test::Known(_));
        });
        facts.dedup();
        match facts.as_slice() {
            [fact] if plain => Ok((*fact, Box::new(of))),
            _ => {
                let place = self.place;
                Err(TableError(text!(
                    "vilkåret for «{place}» ser på flere verdier av noe annet enn én opplysning",
                    "the condition of «{place}» looks at several values of something else than one fact"
                )))
            }
        }
    }

    fn fact(&self, name: &str) -> Result<(usize, &Fact), TableError> {
        let number = self.conditions.facts.get(name).copied();
        let found = number.and_then(|number| Some((number, self.conditions.pathway.facts.get(number)?)));
        found.ok_or_else(|| unknown(self.place, name))
    }

    /// The value, if it is of the fact's type.
    fn datum(&self, fact: &Fact, value: &Value) -> Result<Datum, TableError> {
        let datum = match (&fact.fact_type, value) {
            (FactType::Choice { values } | FactType::Scale { values }, Value::Choice(name)) => {
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

/// Refuses what has too many brackets or items inside each other.
pub(super) fn too_deep(place: &str) -> TableError {
    TableError(text!(
        "«{place}» har for mange parenteser eller punkter inni hverandre",
        "«{place}» is nested too deeply"
    ))
}
