//! Which values facts are given.

use crate::content::conditions;
use chrono::TimeDelta;
use forlop::tables::{Condition, Fact, FactType, Pathway, Value};

/// A fact and texts that it is given as values.
#[derive(Clone, Debug)]
pub struct GivenFact {
    pub name: String,
    pub usable: Vec<String>,
    pub unusable: Vec<String>,
}

/// The facts of a pathway with values of every shape, and those at and beside each threshold.
pub fn given_facts(pathway: &Pathway) -> Vec<GivenFact> {
    let given = |fact: &Fact| {
        let texts = |texts: &[&str]| -> Vec<String> { texts.iter().map(|text| text.to_string()).collect() };
        let (mut usable, unusable) = match &fact.fact_type {
            FactType::Choice { values } | FactType::Scale { values } => {
                (values.iter().map(|value| value.name.clone()).collect(), texts(&["", "ukjent", "ja"]))
            }
            FactType::YesNo => (texts(&["ja", "nei"]), texts(&["Ja", "true", ""])),
            FactType::Number { unit } => {
                let mut usable = vec!["2,50 {}", "2.5{}", "0,9  {}", "-1", "007", "0", "20"];
                // In other units; of those that are not like it they are unusable.
                usable.extend([
                    "7 mm",
                    "25 mm",
                    "0,025m",
                    "0,007 m",
                    "4 ng/ml",
                    "0,004 mg/l",
                    "0.0004 mg/dl",
                    "4000 ng/l",
                ]);
                usable.extend(["14 dager", "0,1 uke", "1005 mg", "1,005 g", "4 mmol/l", "0,5 år", "6 måneder"]);
                let usable = usable.into_iter().map(|text| text.replace("{}", unit)).collect();
                (usable, texts(&["1e3", "nan", "inf", "2 mil", "2,5,0", "1.000,5", ""]))
            }
            FactType::Date => (texts(&["2024-01-02"]), texts(&["2024-02-30", "2024-1-02", "20240102", "+2024-01-02"])),
            FactType::Years => (texts(&["0", "150", "17 år", "18år"]), texts(&["151", "17,5", "-1", "år", "18 aar"])),
        };
        for condition in conditions(pathway) {
            beside_thresholds(condition, fact, &mut usable);
        }
        GivenFact { name: fact.name.clone(), usable, unusable }
    };
    pathway.facts.iter().map(given).collect()
}

fn beside_thresholds(condition: &Condition, about: &Fact, texts: &mut Vec<String>) {
    match condition {
        Condition::All { of } | Condition::Any { of } => {
            for part in of {
                beside_thresholds(part, about, texts);
            }
        }
        Condition::Repeated { of, .. } | Condition::Recent { of, .. } | Condition::Not { of } => {
            beside_thresholds(of, about, texts)
        }
        Condition::Is { fact, value } | Condition::Compare { fact, value, .. } if *fact == about.name => match value {
            Value::Number(number) => {
                let step = if about.fact_type == FactType::Years { 1.0 } else { 0.1 };
                texts
                    .extend([number - step, *number, number + step].map(|number| number.to_string().replace('.', ",")));
            }
            Value::Date(date) => texts.extend([-1, 0, 1].map(|days| (*date + TimeDelta::days(days)).to_string())),
            Value::YesNo(_) => {}
            // Once more, because it decides.
            Value::Choice(name) => texts.push(name.clone()),
        },
        Condition::Is { .. } | Condition::Compare { .. } | Condition::Known { .. } | Condition::InCourse { .. } => {}
    }
}
