//! Conditions and computed facts as expressions over what is known on a day (rule 3). SQL's own truth is three-valued too.

use std::collections::BTreeSet;

use super::{
    facts::date_number,
    limits::due,
    tree::{Expr, Operator as Sql, Type, call, int, of, one_if, only, text},
};
use crate::{
    emit::Refusal,
    lang::Text,
    tables::{Comparison, Condition, Fact, FactType, MAX_AMOUNT, Origin, Pathway, Unit, Value, Variant},
    text,
};

/// Turns conditions into expressions, and collects what they ask for.
pub(super) struct Conditions<'t> {
    pathway: &'t Pathway,
    pub(super) asked: Asked,
    refusals: Vec<Refusal>,
}

/// What conditions ask for.
#[derive(Default)]
pub(super) struct Asked {
    /// The columns of `informed`, grouped from `held_facts AS h`.
    pub columns: Vec<(Expr, String)>,
    /// The facts that they are about.
    pub facts: BTreeSet<String>,
    /// How many values meet a condition: columns of `held_facts`.
    pub counts: Vec<(Counted, String)>,
    /// Whether the values of the dates before are asked for.
    pub rises: bool,
}

/// 1 for each value of `known_facts AS f` that counts: dated ones each, undated ones together.
pub(super) struct Counted {
    pub dated: Expr,
    pub undated: Expr,
}

/// Why a condition cannot be said.
pub(super) type Unsaid = Text;

impl<'t> Conditions<'t> {
    pub fn new(pathway: &'t Pathway) -> Self {
        Conditions { pathway, asked: Asked::default(), refusals: Vec::new() }
    }

    /// Whether the variant's condition holds, for a row of `informed AS k`.
    pub fn of_variant(&mut self, variant: &Variant) -> Expr {
        self.condition(&variant.when).unwrap_or_else(|message| {
            self.refusals.push(Refusal { message, origin: Origin::clone(&variant.origin) });
            Expr::Null(Type::Truth)
        })
    }

    /// What all these conditions ask for.
    pub fn finish(self) -> Result<Asked, Vec<Refusal>> {
        if self.refusals.is_empty() { Ok(self.asked) } else { Err(self.refusals) }
    }

    fn condition(&mut self, condition: &Condition) -> Result<Expr, Unsaid> {
        Ok(match condition {
            Condition::All { of } => Expr::And(self.parts(of)?),
            Condition::Any { of } => Expr::Or(self.parts(of)?),
            Condition::Not { of } => self.condition(of)?.negated(),
            Condition::Is { fact, value } => {
                let fact = self.fact(fact)?;
                compared(fact, Sql::Equal, value, self.value(fact)?)?
            }
            Condition::Compare { fact, comparison, value } => {
                let fact = self.fact(fact)?;
                compared(fact, sign(*comparison), value, self.value(fact)?)?
            }
            Condition::Known { fact } => {
                let fact = self.fact(fact)?;
                self.value(fact)?.known()
            }
            Condition::Repeated { of, count, spacing, unit } => {
                if spacing.zip(*unit).is_some_and(|(spacing, _)| spacing > 0) {
                    return Err(text!(
                        "«minst … ganger med minst … mellom» må telles én verdi om gangen, og det gjør ikke spørringen",
                        "«minst … ganger med minst … mellom» has to be counted one value at a time, which the query does not"
                    ));
                }
                self.repeated(of, *count)?
            }
            Condition::Recent { of, amount, unit } => self.recent(of, *amount, *unit)?,
            Condition::InCourse { .. } => {
                return Err(text!("en variant kan ikke se på andre forløp", "a variant cannot look at other courses"));
            }
        })
    }

    fn parts(&mut self, of: &[Condition]) -> Result<Vec<Expr>, Unsaid> {
        of.iter().map(|part| self.condition(part)).collect()
    }

    pub fn fact(&self, name: &str) -> Result<&'t Fact, Unsaid> {
        self.pathway.facts.iter().find(|fact| fact.name == name).ok_or_else(|| unknown(name))
    }

    /// The value of a fact: text of a choice, else a number.
    fn value(&mut self, fact: &'t Fact) -> Result<Expr, Unsaid> {
        match &fact.formula {
            Some(formula) => {
                let value = self.computed(formula)?;
                if value.fits() {
                    return Ok(value.expr);
                }
                let name = &fact.name;
                Err(text!(
                    "«{name}» kan bli et for stort eller for lite tall for databasen",
                    "«{name}» can become too large or too small a number for the database"
                ))
            }
            None => Ok(self.latest(fact, if is_text(fact) { "value" } else { "number" }, "")),
        }
    }

    /// What a column of `held_facts` says of the fact.
    pub fn latest(&mut self, fact: &Fact, what: &str, suffix: &str) -> Expr {
        self.column(fact, suffix, of("h", what))
    }

    /// Something that is computed from the columns of the fact in `held_facts AS h`.
    pub fn column(&mut self, fact: &Fact, suffix: &str, value: Expr) -> Expr {
        let asked = &mut self.asked;
        asked.facts.insert(fact.name.clone());
        let value = call("max", [only(of("h", "fact").eq(text(&fact.name)), value)]);
        let known = asked.columns.iter().find(|(other, _)| *other == value);
        let name = known.map(|(_, name)| name.clone()).unwrap_or_else(|| {
            // A number keeps names apart that are cut, or that differ in letter case alone.
            let cut: String = fact.name.chars().take(20).collect();
            let name = format!("{cut}{suffix}_{}", asked.columns.len() + 1);
            asked.columns.push((value, name.clone()));
            name
        });
        of("k", name)
    }

    /// Enough values: each dated one counts, and those without a date count as one.
    fn repeated(&mut self, of_values: &Condition, count: u32) -> Result<Expr, Unsaid> {
        let fact = self.fact(single(of_values)?)?;
        if fact.formula.is_some() {
            return Ok(Expr::Null(Type::Truth));
        }
        let is_of = of("f", "fact").eq(text(&fact.name));
        let value = of("f", if is_text(fact) { "value" } else { "number" });
        let meets = is_of.and(self.of_value(of_values, fact, &value)?);
        let dated = one_if(meets.clone().and(of("f", "date").known()));
        let undated = one_if(meets.and(of("f", "date").null()));
        let name = format!("count_{}", self.asked.counts.len() + 1);
        self.asked.counts.push((Counted { dated, undated }, name.clone()));
        Ok(self.latest(fact, &name, "_count").ge(int(count)))
    }

    fn recent(&mut self, of_value: &Condition, amount: u32, unit: Unit) -> Result<Expr, Unsaid> {
        let fact = self.fact(single(of_value)?)?;
        if fact.formula.is_some() {
            return Ok(Expr::Null(Type::Truth));
        }
        if matches!(unit, Unit::Arbeidsdager | Unit::Virkedager) || amount > MAX_AMOUNT {
            let unit = unit.word();
            return Err(text!("«siste …» i {unit} kan ikke spørringen si", "the query cannot say «siste …» in {unit}"));
        }
        let value = self.value(fact)?;
        let date = self.latest(fact, "date", "_date");
        let meets = self.of_value(of_value, fact, &value)?;
        let fresh = of("k", "decided_on").le(due(date, int(amount), unit));
        Ok(only(value.known(), meets.and(fresh)))
    }

    /// A condition on one value that is there.
    fn of_value(&self, condition: &Condition, fact: &Fact, value: &Expr) -> Result<Expr, Unsaid> {
        let parts = |of: &[Condition]| of.iter().map(|part| self.of_value(part, fact, value)).collect::<Result<_, _>>();
        Ok(match condition {
            Condition::All { of } => Expr::And(parts(of)?),
            Condition::Any { of } => Expr::Or(parts(of)?),
            Condition::Not { of } => self.of_value(of, fact, value)?.negated(),
            Condition::Is { value: wanted, .. } => compared(fact, Sql::Equal, wanted, value.clone())?,
            Condition::Compare { comparison, value: wanted, .. } => {
                compared(fact, sign(*comparison), wanted, value.clone())?
            }
            _ => Expr::Truth(true),
        })
    }
}

/// The one fact that a condition is about.
fn single(condition: &Condition) -> Result<&str, Unsaid> {
    match condition {
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } | Condition::Known { fact } => Ok(fact),
        Condition::Not { of } => single(of),
        Condition::All { of } | Condition::Any { of } => of.first().map_or(Err(unknown("")), single),
        Condition::Repeated { .. } | Condition::Recent { .. } | Condition::InCourse { .. } => Err(unknown("")),
    }
}

fn unknown(name: &str) -> Unsaid {
    text!("«{name}» er ikke en opplysning", "«{name}» is not a fact")
}

/// Whether the fact's values are compared as the text that they are.
fn is_text(fact: &Fact) -> bool {
    matches!(fact.fact_type, FactType::Choice { .. } | FactType::YesNo)
}

fn sign(comparison: Comparison) -> Sql {
    match comparison {
        Comparison::Above => Sql::More,
        Comparison::Below => Sql::Less,
        Comparison::AtLeast => Sql::AtLeast,
        Comparison::AtMost => Sql::AtMost,
    }
}

/// How the fact's value stands to one that it can have.
fn compared(fact: &Fact, sign: Sql, wanted: &Value, value: Expr) -> Result<Expr, Unsaid> {
    let place =
        |values: &[crate::tables::FactValue], name: &String| values.iter().position(|value| value.name == *name);
    let wanted = match (&fact.fact_type, wanted) {
        (FactType::Choice { .. }, Value::Choice(name)) => Some(text(name)),
        (FactType::Scale { values }, Value::Choice(name)) => {
            place(values, name).and_then(|place| Some(Expr::Integer(i64::try_from(place).ok()?)))
        }
        (FactType::YesNo, Value::YesNo(yes)) => Some(text(if *yes { "ja" } else { "nei" })),
        (FactType::Number { .. } | FactType::Years, Value::Number(number)) => Some(Expr::Number(*number)),
        (FactType::Date, Value::Date(date)) => date_number(*date).map(Expr::Number),
        _ => None,
    };
    Ok(value.is(sign, wanted.ok_or_else(|| unknown(&fact.name))?))
}
