//! Conditions of both sides over what they ask for, in a form in which equal ones are alike.

use super::expr::{Expr, all, any, at_least, not, unless};
use crate::{
    prove::conditions::{meets, representatives},
    tables::{Condition, Fact, FactType, Need, Pathway, Quantified, Value},
};

/// Which specification a condition stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

/// What the conditions of both sides ask for. A fact is the same on both sides, whatever its values are and however it is
/// computed: that those differ is told of with the fact.
pub(super) struct Space<'t> {
    old: &'t Pathway,
    new: &'t Pathway,
    pub vars: Vec<Var<'t>>,
}

/// One thing that conditions ask for.
pub(super) struct Var<'t> {
    pub what: What<'t>,
    /// What it can be, as far as conditions tell it apart; the simplest is the last.
    pub values: Vec<Option<Value>>,
    /// The conditions on it without parts, by side.
    pub leaves: Vec<(Side, &'t Condition)>,
}

/// A fact, or a test over time or of courses, which is taken as true or false whatever its fact is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum What<'t> {
    Fact(&'t str),
    Test(&'t Condition),
}

/// What comes of conditions tried in order: the first that is true gives the outcome, and an unknown one none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    pub rows: Vec<(Expr, String)>,
    pub end: Option<String>,
}

impl<'t> Space<'t> {
    /// All that these conditions ask for.
    pub fn new(old: &'t Pathway, new: &'t Pathway, conditions: &[(Side, &'t Condition)], judged: &[&'t str]) -> Self {
        let mut space = Space { old, new, vars: Vec::new() };
        for (side, condition) in conditions {
            condition.leaves(&mut |leaf| space.mention(*side, leaf));
        }
        for name in judged {
            space.var(What::Fact(name));
        }
        for at in 0..space.vars.len() {
            let values = space.vars.get(at).map(|var| space.values(var)).unwrap_or_default();
            if let Some(var) = space.vars.get_mut(at) {
                var.values = values;
            }
        }
        space
    }

    pub fn pathway(&self, side: Side) -> &'t Pathway {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    fn fact(&self, side: Side, name: &str) -> Option<&'t Fact> {
        self.pathway(side).facts.iter().find(|fact| fact.name == name)
    }

    fn mention(&mut self, side: Side, leaf: &'t Condition) {
        let at = self.var(what(leaf));
        if let Some(var) = self.vars.get_mut(at) {
            var.leaves.push((side, leaf));
        }
    }

    /// The number of a variable; a new one if it is not there.
    fn var(&mut self, what: What<'t>) -> usize {
        let known = self.vars.iter().position(|var| var.what == what);
        known.unwrap_or_else(|| {
            self.vars.push(Var { what, values: Vec::new(), leaves: Vec::new() });
            self.vars.len() - 1
        })
    }

    fn values(&self, var: &Var<'t>) -> Vec<Option<Value>> {
        let name = match var.what {
            What::Fact(name) => name,
            What::Test(test) => {
                let mut values = vec![Some(Value::YesNo(true)), Some(Value::YesNo(false))];
                // Whether a patient has a course is always known.
                values.extend((!matches!(test, Condition::InCourse { .. })).then_some(None));
                return values;
            }
        };
        let thresholds: Vec<Value> = var
            .leaves
            .iter()
            .filter_map(|(_, leaf)| match leaf {
                Condition::Is { value, .. } | Condition::Compare { value, .. } => Some(value.clone()),
                _ => None,
            })
            .collect();
        let mut values: Vec<Option<Value>> = Vec::new();
        for side in [Side::Old, Side::New] {
            let Some(fact) = self.fact(side, name) else { continue };
            for value in representatives(&fact.fact_type, &thresholds).into_iter().map(Some) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        let both = [Side::Old, Side::New].map(|side| self.fact(side, name));
        let can_be_on_both = |value: &Value| both.iter().flatten().all(|fact| can_be(value, fact));
        values.retain(|value| value.as_ref().is_some_and(can_be_on_both));
        values.push(None);
        values
    }

    /// The condition of one side.
    pub fn expr(&self, side: Side, condition: &'t Condition) -> Expr {
        match condition {
            Condition::All { of } => all(of.iter().map(|part| self.expr(side, part)).collect()),
            Condition::Any { of } => any(of.iter().map(|part| self.expr(side, part)).collect()),
            Condition::Not { of } => not(self.expr(side, of)),
            Condition::Known { fact } => self.leaf(side, What::Fact(fact), |_, value| Some(value.is_some())),
            Condition::Is { .. } | Condition::Compare { .. } => {
                let holds = |fact: Option<&Fact>, value: &Value| fact.map(|fact| meets(value, condition, fact));
                self.leaf(side, what(condition), |fact, value| holds(fact, value?))
            }
            test => self.leaf(side, what(test), |_, value| value.map(is_yes)),
        }
    }

    /// A condition that may be left out: then it always holds.
    pub fn optional(&self, side: Side, condition: Option<&'t Condition>) -> Expr {
        condition.map_or(Expr::Is(Some(true)), |condition| self.expr(side, condition))
    }

    /// What comes of each value of a variable; a value that this side's fact cannot have is unknown there.
    fn leaf(&self, side: Side, what: What<'t>, truth: impl Fn(Option<&Fact>, Option<&Value>) -> Option<bool>) -> Expr {
        let at = self.vars.iter().position(|var| var.what == what);
        let Some((at, var)) = at.and_then(|at| Some((at, self.vars.get(at)?))) else { return Expr::Is(None) };
        let fact = match what {
            What::Fact(name) => self.fact(side, name),
            What::Test(_) => None,
        };
        if fact.is_none() && matches!(what, What::Fact(_)) {
            return Expr::Is(None);
        }
        let possible = |value: &&Value| fact.is_none_or(|fact| can_be(value, fact));
        Expr::Leaf(at, var.values.iter().map(|value| truth(fact, value.as_ref().filter(possible))).collect())
    }

    /// Whether each item is met, with its marks but for `ikke alene`.
    pub fn items(&self, side: Side, quantified: &'t Quantified) -> Vec<Expr> {
        let items = quantified.items.iter().map(|item| {
            let holds = match (&item.condition, &item.nested) {
                (Some(condition), _) => self.expr(side, condition),
                (None, Some(nested)) => self.quantified(side, nested),
                (None, None) => self.judged(side, &item.name),
            };
            if item.does_not_exclude { unless(holds) } else { holds }
        });
        items.collect()
    }

    /// What is met by enough items (rule 5), as the runtime counts them.
    pub fn quantified(&self, side: Side, quantified: &'t Quantified) -> Expr {
        let own = self.items(side, quantified);
        let items = || quantified.items.iter().zip(&own);
        let beside = any(items().filter(|(item, _)| !item.not_alone).map(|(_, holds)| holds.clone()).collect());
        let counted = items()
            .map(|(item, holds)| if item.not_alone { all(vec![holds.clone(), beside.clone()]) } else { holds.clone() });
        let counted: Vec<Expr> = counted.collect();
        match quantified.need {
            Need::All => all(counted),
            Need::None => all(counted.into_iter().map(not).collect()),
            Need::AtLeast(count) => at_least(usize::try_from(count).unwrap_or(usize::MAX), counted),
        }
    }

    /// What only a person can judge: a fact of its name that is `ja` or `nei`.
    fn judged(&self, side: Side, name: &'t str) -> Expr {
        match self.fact(side, name) {
            Some(fact) if fact.fact_type == FactType::YesNo => {
                self.leaf(side, What::Fact(name), |_, value| value.map(is_yes))
            }
            _ => Expr::Is(None),
        }
    }
}

fn is_yes(value: &Value) -> bool {
    *value == Value::YesNo(true)
}

fn can_be(value: &Value, fact: &Fact) -> bool {
    match (&fact.fact_type, value) {
        (FactType::Choice { values } | FactType::Scale { values }, Value::Choice(name)) => {
            values.iter().any(|value| value.name == *name)
        }
        (FactType::YesNo, Value::YesNo(_))
        | (FactType::Number { .. }, Value::Number(_))
        | (FactType::Date, Value::Date(_)) => true,
        (FactType::Years, Value::Number(years)) => years.fract() == 0.0,
        _ => false,
    }
}

fn what(leaf: &Condition) -> What<'_> {
    match leaf {
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } | Condition::Known { fact } => What::Fact(fact),
        test => What::Test(test),
    }
}

/// Calls `see` with each fact that the condition asks for.
pub(super) fn each_fact<'c>(condition: &'c Condition, see: &mut dyn FnMut(&'c str)) {
    condition.leaves(&mut |leaf| match leaf {
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } | Condition::Known { fact } => see(fact),
        Condition::Repeated { of, .. } | Condition::Recent { of, .. } => each_fact(of, see),
        _ => {}
    });
}

/// The conditions of items, and the names of those that only a person can judge.
pub(super) fn of_items<'t>(
    quantified: &'t Quantified,
    side: Side,
    conditions: &mut Vec<(Side, &'t Condition)>,
    judged: &mut Vec<&'t str>,
) {
    for item in &quantified.items {
        match (&item.condition, &item.nested) {
            (Some(condition), _) => conditions.push((side, condition)),
            (None, Some(nested)) => of_items(nested, side, conditions, judged),
            (None, None) => judged.push(&item.name),
        }
    }
}

impl Question {
    /// Whether one condition holds.
    pub fn whether(condition: Expr) -> Self {
        Question { rows: vec![(condition, "yes".to_owned())], end: Some("no".to_owned()) }.settled()
    }

    /// Without the rows that cannot matter.
    pub fn settled(self) -> Self {
        let mut rows = Vec::new();
        for (condition, outcome) in self.rows {
            match condition {
                Expr::Is(Some(false)) => {}
                Expr::Is(Some(true)) => return Question { rows, end: Some(outcome) },
                Expr::Is(None) => return Question { rows, end: None },
                condition => rows.push((condition, outcome)),
            }
        }
        Question { rows, end: self.end }
    }

    pub fn with(&self, var: usize, value: usize) -> Self {
        let rows = self.rows.iter().map(|(condition, outcome)| (condition.with(var, value), outcome.clone()));
        Question { rows: rows.collect(), end: self.end.clone() }.settled()
    }

    /// The outcome, when nothing more is asked for; none is unknown.
    pub fn decided(&self) -> Option<Option<&str>> {
        self.rows.is_empty().then_some(self.end.as_deref())
    }

    /// A variable that the two questions rest on, where they differ.
    pub fn differing(&self, other: &Self) -> Option<usize> {
        let rows = self.rows.iter().zip(&other.rows);
        let first =
            rows.into_iter().find(|(one, other)| one != other).and_then(|((one, _), (other, _))| one.differing(other));
        let more = || {
            let (one, other) = (self.rows.get(other.rows.len()), other.rows.get(self.rows.len()));
            one.or(other).and_then(|(condition, _)| condition.var())
        };
        first.or_else(more).or_else(|| self.rows.iter().chain(&other.rows).find_map(|(condition, _)| condition.var()))
    }
}
