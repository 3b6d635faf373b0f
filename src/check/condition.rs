//! Conditions: every test asks something that the fact can answer (rule 3).

use super::{
    facts::Facts,
    formulas::not_over_time,
    references::{Set, check_known},
    report::Report,
    rules::{count, impossible},
    values::{cure, describe, value},
    words::time,
};
use crate::{
    diagnostic::Code as F,
    lang::Text,
    syntax::tree::{self, At, Extent, Name, Test},
    tables::{Comparison, Condition, Fact, FactType, Value},
    text,
};

/// What conditions are checked against.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub facts: &'a Facts,
    /// The pathways that a patient may have a course in; none where that cannot be asked.
    pub courses: Option<&'a Set>,
}

impl Asked<'_> {
    /// The condition of `når`: none when there is none to read.
    pub fn when(self, when: Option<&tree::Condition>, report: &mut Report) -> Option<Condition> {
        self.lower(when?, report)
    }

    /// The condition, unless a part of it is wrong; all parts are checked.
    pub fn lower(self, condition: &tree::Condition, report: &mut Report) -> Option<Condition> {
        let mut all = |parts: &[tree::Condition]| -> Option<Vec<Condition>> {
            let parts: Vec<_> = parts.iter().map(|part| self.lower(part, report)).collect();
            parts.into_iter().collect()
        };
        match condition {
            tree::Condition::Any(parts) => Some(Condition::Any { of: all(parts)? }),
            tree::Condition::All(parts) => Some(Condition::All { of: all(parts)? }),
            tree::Condition::Not(inner) => self.lower(inner, report).map(not),
            tree::Condition::Test { fact, test, extent: None, .. } => lower_test(fact, test, self.facts, report),
            tree::Condition::Test { fact, test, extent: Some(extent), span } => {
                let of = lower_test(fact, test, self.facts, report);
                let over_time = lower_extent(extent, of, report);
                if *test == Test::Unknown {
                    let message = text!("Ingen verdi kan være ukjent", "No value can be unknown");
                    let help = text!("Skriv «er ukjent» for seg.", "Write «er ukjent» by itself.");
                    impossible(*span, message, help, report);
                }
                if self.facts.get(&fact.value).is_some_and(|fact| fact.formula.is_some()) {
                    not_over_time(fact, report);
                }
                over_time
            }
            tree::Condition::InCourse { pathway, span } => {
                let Some(set) = self.courses else {
                    let message = text!(
                        "En variant kan ikke avhenge av om pasienten er i et forløp",
                        "A variant cannot depend on whether the patient is in a course"
                    );
                    let help = text!(
                        "Bruk «i forløp» i kriterier, veivalg eller lister.",
                        "Use «i forløp» in criteria, decision tables or lists."
                    );
                    report.add_help(F::Misplaced, *span, message, help);
                    return None;
                };
                if let Some(name) = pathway {
                    check_known(name, set.ids.iter(), set, report);
                }
                Some(Condition::InCourse { pathway: pathway.as_ref().map(|name| name.value.clone()) })
            }
        }
    }
}

fn not(of: Condition) -> Condition {
    Condition::Not { of: Box::new(of) }
}

/// How often or how lately the test must hold.
fn lower_extent(extent: &Extent, of: Option<Condition>, report: &mut Report) -> Option<Condition> {
    match extent {
        Extent::Repeated(times, spacing) => {
            let zero = text!("«minst 0 ganger» er alltid oppfylt", "«minst 0 ganger» is always met");
            let count = count(times, zero, report);
            let spacing = match spacing {
                Some(spacing) => Some(time(spacing, report)?),
                None => None,
            };
            let (spacing, unit) = spacing.unzip();
            Some(Condition::Repeated { of: Box::new(of?), count: count?, spacing, unit })
        }
        Extent::Recent(age) => {
            let (amount, unit) = time(age, report)?;
            Some(Condition::Recent { of: Box::new(of?), amount, unit })
        }
    }
}

fn lower_test(name: &Name, test: &Test, facts: &Facts, report: &mut Report) -> Option<Condition> {
    let fact = facts.find(name, report)?;
    let named = || fact.name.clone();
    let mut is = |written: &At<tree::Value>| {
        value(fact, written, report).map(|value| Condition::Is { fact: fact.name.clone(), value })
    };
    match test {
        Test::Known => Some(Condition::Known { fact: named() }),
        Test::Unknown => Some(not(Condition::Known { fact: named() })),
        Test::Is(written) => is(written),
        Test::IsNot(written) => is(written).map(not),
        Test::Holds => holds(fact, name, report),
        Test::Above(written) => compare(fact, name, Comparison::Above, written, report),
        Test::Below(written) => compare(fact, name, Comparison::Below, written, report),
        Test::AtLeast(written) => compare(fact, name, Comparison::AtLeast, written, report),
        Test::AtMost(written) => compare(fact, name, Comparison::AtMost, written, report),
    }
}

/// Only a yes/no fact is a condition by itself.
fn holds(fact: &Fact, name: &Name, report: &mut Report) -> Option<Condition> {
    if fact.fact_type == FactType::YesNo {
        return Some(Condition::Is { fact: fact.name.clone(), value: Value::YesNo(true) });
    }
    let (word, Text { nb, en }) = (&name.value, describe(&fact.fact_type));
    report.add_help(
        F::WrongType,
        name.span,
        text!("«{word}» er {nb} og kan ikke stå alene", "«{word}» is {en} and cannot stand alone"),
        cure(fact),
    );
    None
}

/// Only numbers, years, dates and scales have an order.
fn compare(
    fact: &Fact,
    name: &Name,
    comparison: Comparison,
    written: &At<tree::Value>,
    report: &mut Report,
) -> Option<Condition> {
    if matches!(fact.fact_type, FactType::Choice { .. } | FactType::YesNo) {
        let (word, Text { nb, en }) = (&name.value, describe(&fact.fact_type));
        report.add_help(
            F::WrongType,
            name.span,
            text!(
                "«{word}» er {nb} og kan ikke være over eller under noe",
                "«{word}» is {en} and cannot be above or below anything"
            ),
            cure(fact),
        );
        return None;
    }
    value(fact, written, report).map(|value| Condition::Compare { fact: fact.name.clone(), comparison, value })
}
