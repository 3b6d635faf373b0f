//! Random small pathways: whatever tables can say, whether or not an author would.

use std::fmt;

use chrono::Days;
use forlop::tables::{
    Comparison, Condition, FactType, Form, Interval, Limit, Pathway, Role, RuleKind, RuleSeverity, Tables, Treatment,
    Unit, Value,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use serde_json::json;

use crate::notation::{choice, code, complete, date, empty, fact, origin, rule, tables, variant};

const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
const ROLES: [Role; 4] = [Role::Opens, Role::Transfers, Role::Completes, Role::Closes];
const FORMS: [Form; 5] = [Form::AtMost, Form::AtLeast, Form::Between, Form::SameDay, Form::Unquantified];
const UNITS: [Unit; 5] = [Unit::Kalenderdager, Unit::Arbeidsdager, Unit::Virkedager, Unit::Uker, Unit::Måneder];

/// Tables with one small pathway, shown as their JSON less what decides nothing.
pub struct Random(pub Tables);

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for pathway in &self.0.pathways {
            let parts = json!({
                "codes": pathway.codes,
                "intervals": pathway.intervals,
                "variants": pathway.variants,
                "limits": pathway.limits,
                "rules": pathway.rules,
            });
            for (name, rows) in parts.as_object().unwrap() {
                writeln!(f, "\n{name}:")?;
                for mut row in rows.as_array().unwrap().clone() {
                    let decides = |key: &str| !["label", "origin", "occasions", "derived"].contains(&key);
                    row.as_object_mut().unwrap().retain(|key, value| decides(key) && !value.is_null());
                    writeln!(f, "  {row}")?;
                }
            }
        }
        Ok(())
    }
}

/// Tables with one small pathway.
pub fn random_tables() -> impl Strategy<Value = Random> {
    let codes =
        vec((option::of(select(&["tidlig", "sen"][..])), option::weighted(0.7, select(&ROLES[..]))), NAMES.len());
    let intervals = vec((some_codes(), some_codes(), any::<bool>(), vec(any::<bool>(), 4)), 1..5);
    let variants = vec(condition(), 0..4);
    let limits = vec((any::<Index>(), any::<Index>(), any::<Index>(), amount(), 0..5_u8), 0..16);
    let severity = prop_oneof![Just(RuleSeverity::Feil), Just(RuleSeverity::Advarsel)];
    let rules = vec((rule_kind(), severity), 0..5);
    (codes, intervals, variants, limits, rules).prop_map(|(codes, intervals, variants, limits, rules)| {
        let mut pathway = empty("R");
        for (name, (phase, role)) in NAMES.iter().zip(codes) {
            pathway.codes.push(code(name, phase, role));
        }
        // A sum has earlier intervals as parts, so that it can be a part itself but never of itself.
        for (at, (from, to, split, parts)) in intervals.into_iter().enumerate() {
            let sum = (0..at).filter(|part| parts[*part]).map(interval_name).collect();
            let treatments = if split { treatments(&to) } else { vec![] };
            let name = interval_name(at);
            pathway.intervals.push(Interval { label: name.clone(), name, from, to, treatments, sum, origin: origin() });
        }
        pathway.facts = vec![
            fact("valg", choice("rød blå")),
            fact("svar", FactType::YesNo),
            fact("tall", FactType::Number { unit: "10^9/l".into() }),
            fact("dag", FactType::Date),
            fact("alder", FactType::Years),
        ];
        for (at, when) in variants.into_iter().enumerate() {
            pathway.variants.push(variant(&format!("v{at}"), when));
        }
        for (interval, treatment, variant, amount, validity) in limits {
            add_limit(&mut pathway, [interval, treatment, variant], amount, validity);
        }
        for (at, (kind, severity)) in rules.into_iter().enumerate() {
            pathway.rules.push(rule(&format!("regel{at}"), severity, kind));
        }
        Random(tables(vec![complete(pathway)]))
    })
}

fn interval_name(at: usize) -> String {
    format!("i{at}")
}

fn some_codes() -> impl Strategy<Value = Vec<String>> {
    subsequence(&NAMES[..], 1..4).prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

/// The first end code, and the second if there is one; a third picks none.
fn treatments(to: &[String]) -> Vec<Treatment> {
    let treatment = |(at, code): (usize, &String)| Treatment { name: format!("t{at}"), codes: vec![code.clone()] };
    to.iter().take(2).enumerate().map(treatment).collect()
}

type Amount = (Form, Option<u32>, Option<u32>, Option<Unit>);

fn amount() -> impl Strategy<Value = Amount> {
    (select(&FORMS[..]), 0..12_u32, 0..12_u32, select(&UNITS[..])).prop_map(|(form, one, other, unit)| match form {
        Form::AtMost | Form::AtLeast => (form, None, Some(one), Some(unit)),
        Form::Between => (form, Some(one.min(other)), Some(one.max(other)), Some(unit)),
        Form::SameDay => (form, None, Some(0), Some(Unit::Kalenderdager)),
        Form::Unquantified => (form, None, None, None),
    })
}

/// Adds a row unless one with the same key is valid on a day that this one is.
fn add_limit(pathway: &mut Pathway, [interval, treatment, variant]: [Index; 3], amount: Amount, validity: u8) {
    let interval = &pathway.intervals[interval.index(pathway.intervals.len())];
    let treatments = &interval.treatments;
    let treatment = (!treatments.is_empty()).then(|| treatments[treatment.index(treatments.len())].name.clone());
    // The main course is as likely as all variants together.
    let variant = pathway.variants.get(variant.index(2 * pathway.variants.len() + 1));
    let cut = date("2024-01-20");
    let (valid_from, valid_to) = match validity {
        0..=2 => (None, None),
        3 => (None, Some(cut)),
        _ => (Some(cut + Days::new(5)), None),
    };
    let (form, minimum, amount, unit) = amount;
    let row = Limit {
        interval: interval.name.clone(),
        treatment,
        variant: variant.map(|variant| variant.name.clone()),
        form,
        minimum,
        amount,
        unit,
        valid_from,
        valid_to,
        derived: false,
        source: None,
        note: None,
        origin: origin(),
    };
    let overlaps = pathway.limits.iter().any(|other| {
        (&other.interval, &other.treatment, &other.variant) == (&row.interval, &row.treatment, &row.variant)
            && !(other.valid_to.is_some() && row.valid_from.is_some())
            && !(other.valid_from.is_some() && row.valid_to.is_some())
    });
    if !overlaps {
        pathway.limits.push(row);
    }
}

fn condition() -> impl Strategy<Value = Condition> {
    let is = |fact: &str, value| Condition::Is { fact: fact.into(), value };
    let comparison = || select(&[Comparison::Above, Comparison::Below, Comparison::AtLeast, Comparison::AtMost][..]);
    let compare = |fact: &'static str, value: Value| {
        comparison().prop_map(move |comparison| Condition::Compare {
            fact: fact.into(),
            comparison,
            value: value.clone(),
        })
    };
    let leaf = prop_oneof![
        Just(is("valg", Value::Choice("rød".into()))),
        Just(is("valg", Value::Choice("blå".into()))),
        any::<bool>().prop_map(move |value| is("svar", Value::YesNo(value))),
        compare("tall", Value::Number(2.5)),
        compare("dag", Value::Date(date("2024-01-10"))),
        compare("alder", Value::Number(18.0)),
        Just(is("alder", Value::Number(40.0))),
        select(&["valg", "svar", "tall", "dag", "alder"][..]).prop_map(|fact| Condition::Known { fact: fact.into() }),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(|of| Condition::All { of }),
            vec(inner.clone(), 2..4).prop_map(|of| Condition::Any { of }),
            inner.prop_map(|of| Condition::Not { of: Box::new(of) }),
        ]
    })
}

fn rule_kind() -> impl Strategy<Value = RuleKind> {
    (0..6_u8, some_codes(), some_codes(), 0..3_u32).prop_map(|(kind, first, second, count)| match kind {
        0 => RuleKind::Before { first, then: second },
        1 => RuleKind::Triggers { first, then: second },
        2 => RuleKind::AtMost { count, of: first },
        3 => RuleKind::Exactly { count, of: first },
        4 => RuleKind::NothingAfter { after: first },
        _ => {
            // The same code in both sets would speak of one event together with itself.
            let second: Vec<String> = second.into_iter().filter(|code| !first.contains(code)).collect();
            if second.is_empty() {
                RuleKind::NothingAfter { after: first }
            } else {
                RuleKind::NeverTogether { first, second }
            }
        }
    })
}
