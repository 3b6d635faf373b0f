//! Facts: declared (`opplysning`), computed (`beregnet`), and those that investigations and criteria imply (rule 3).

use super::{
    formulas, implicit,
    report::Report,
    scope::{FACT, Names, Unread, VALUE},
};
use crate::{
    syntax::tree::{self, Label, Name, Statement},
    tables::{Fact, FactType, FactValue, Formula},
};

/// The facts of a pathway.
pub struct Facts {
    pub names: Names,
    pub all: Vec<Fact>,
}

impl Facts {
    /// Declared and computed facts in the order written, then the implied ones.
    pub fn lower(body: &[Statement], unread: &Unread, report: &mut Report) -> Self {
        let mut facts = Facts { names: Names::new(FACT, unread), all: Vec::new() };
        let mut computed = Vec::new();
        for statement in body {
            match statement {
                Statement::Fact(fact) => {
                    let fact_type = lower_type(&fact.fact_type, report);
                    facts.declare(&fact.name, &fact.label, fact_type, fact.judged_by.as_ref(), None, report);
                }
                Statement::Computed(fact) => {
                    let fact_type = FactType::Number { unit: unit_text(fact.unit.as_ref()) };
                    // It is computed, also when the formula turns out to be wrong.
                    let formula = Some(Formula::Number { value: 0.0 });
                    if facts.declare(&fact.name, &fact.label, fact_type, None, formula, report) {
                        computed.push(fact);
                    }
                }
                _ => {}
            }
        }
        implicit::add(body, &mut facts, report);
        formulas::lower(&computed, &mut facts, report);
        facts
    }

    fn declare(
        &mut self,
        name: &Name,
        label: &Label,
        fact_type: FactType,
        judged_by: Option<&Label>,
        formula: Option<Formula>,
        report: &mut Report,
    ) -> bool {
        let new = self.names.declare(name, report);
        if new {
            self.all.push(Fact {
                name: name.value.clone(),
                label: label.value.clone(),
                fact_type,
                judged_by: judged_by.map(|role| role.value.clone()),
                formula,
                implicit: false,
                origin: report.origin(name.span),
            });
        }
        new
    }

    pub fn find(&self, name: &Name, report: &mut Report) -> Option<&Fact> {
        self.names.find(name, report).and_then(|at| self.all.get(at))
    }

    /// The same without a finding.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.names.get(name).and_then(|at| self.all.get(at))
    }
}

fn lower_type(written: &tree::FactType, report: &mut Report) -> FactType {
    match written {
        tree::FactType::YesNo => FactType::YesNo,
        tree::FactType::Number(unit) => FactType::Number { unit: unit_text(unit.as_ref()) },
        tree::FactType::Date => FactType::Date,
        tree::FactType::Years => FactType::Years,
        tree::FactType::Choice(values) => FactType::Choice { values: lower_values(values, report) },
        tree::FactType::Scale(values) => FactType::Scale { values: lower_values(values, report) },
    }
}

fn unit_text(unit: Option<&Name>) -> String {
    unit.map(|unit| unit.value.clone()).unwrap_or_default()
}

fn lower_values(written: &[(Name, Option<Label>)], report: &mut Report) -> Vec<FactValue> {
    let mut names = Names::new(VALUE, &Unread::default());
    let value = |(name, label): &(Name, Option<Label>)| {
        let label = label.as_ref().map(|label| label.value.clone());
        names.declare(name, report).then(|| FactValue { name: name.value.clone(), label })
    };
    written.iter().filter_map(value).collect()
}
