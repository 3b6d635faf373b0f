//! Random small pathways: whatever tables can say, whether or not an author would.

use std::fmt;

use chrono::{Days, NaiveDate};
use forlop::tables::{Code, Form, Interval, Limit, Pathway, Role, RuleKind, RuleSeverity, Tables, Treatment, Unit};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use serde_json::{Value as Json, json};

use crate::content::{contents, imply_facts};
use crate::notation::{code, complete, date, empty, origin, rule, tables, variant};
use crate::random_condition::{UNITS, facts, formula, leaf, nested};
use crate::random_content::content;

const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
const ROLES: [Role; 4] = [Role::Opens, Role::Transfers, Role::Completes, Role::Closes];
const FORMS: [Form; 5] = [Form::AtMost, Form::AtLeast, Form::Between, Form::SameDay, Form::Unquantified];

/// Tables with one small pathway, shown as their JSON less what decides nothing.
#[derive(Clone)]
pub struct Random(pub Tables);

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for pathway in &self.0.pathways {
            let parts = json!({
                "valid": [{ "from": pathway.valid_from, "to": pathway.valid_to }],
                "codes": pathway.codes,
                "facts": pathway.facts,
                "intervals": pathway.intervals,
                "variants": pathway.variants,
                "limits": pathway.limits,
                "rules": pathway.rules,
                "content": contents(pathway).collect::<Vec<_>>(),
            });
            for (name, rows) in parts.as_object().unwrap() {
                writeln!(f, "\n{name}:")?;
                for mut row in rows.as_array().unwrap().clone() {
                    let decides = |key: &str| !["label", "origin", "occasions", "derived"].contains(&key);
                    let says = |value: &Json| ![json!(null), json!(false), json!([])].contains(value);
                    row.as_object_mut().unwrap().retain(|key, value| decides(key) && says(value));
                    writeln!(f, "  {row}")?;
                }
            }
        }
        Ok(())
    }
}

/// Tables with one small pathway, `R`, and beside it `Q`, in which a patient may be too.
pub fn random_tables() -> impl Strategy<Value = Random> {
    random_pathway("R").prop_map(|pathway| Random(tables(vec![beside(), pathway])))
}

/// One small pathway.
pub fn random_pathway(id: &str) -> impl Strategy<Value = Pathway> + use<> {
    let id = id.to_owned();
    let role = option::weighted(0.7, select(&ROLES[..]));
    let codes = vec((option::of(select(&["tidlig", "sen"][..])), role, some_validity()), NAMES.len());
    let kind = prop_oneof![2 => Just(Kind::Plain), 2 => Just(Kind::Split), 1 => Just(Kind::Repeats)];
    let intervals = vec((some_codes(), some_codes(), kind, any::<bool>(), vec(any::<bool>(), 4)), 1..5);
    let variants = vec(nested(leaf(), 3, 8), 0..4);
    let limits = vec((any::<Index>(), any::<Index>(), any::<Index>(), amount(), 0..5_u8), 0..16);
    let severity = prop_oneof![Just(RuleSeverity::Feil), Just(RuleSeverity::Advarsel)];
    let rules = vec((rule_kind(), severity), 0..5);
    let whole = (some_validity(), [formula(), formula()], content("fase"), content("forløp"));
    (codes, intervals, variants, limits, rules, whole).prop_map(
        move |(codes, intervals, variants, limits, rules, whole)| {
            let mut pathway = empty(&id);
            let (validity, formulas, of_phase, of_pathway) = whole;
            (pathway.valid_from, pathway.valid_to) = validity;
            for (name, (phase, role, (valid_from, valid_to))) in NAMES.iter().zip(codes) {
                pathway.codes.push(Code { valid_from, valid_to, ..code(name, phase, role) });
            }
            // A sum has earlier intervals as parts, so that it can be a part itself but never of itself.
            for (at, (from, to, kind, split, parts)) in intervals.into_iter().enumerate() {
                let repeats = kind == Kind::Repeats;
                let of_a_sum = |part: &usize| parts[*part] && !pathway.intervals[*part].repeats && !repeats;
                let sum = (0..at).filter(of_a_sum).map(interval_name).collect();
                let split = kind == Kind::Split || repeats && split;
                let treatments = if split { treatments(&to) } else { vec![] };
                let name = interval_name(at);
                pathway.intervals.push(Interval {
                    label: name.clone(),
                    name,
                    from,
                    to,
                    treatments,
                    sum,
                    repeats,
                    origin: origin(),
                });
            }
            pathway.facts = facts(formulas);
            for (at, when) in variants.into_iter().enumerate() {
                pathway.variants.push(variant(&format!("v{at}"), when));
            }
            for (interval, treatment, variant, amount, validity) in limits {
                add_limit(&mut pathway, [interval, treatment, variant], amount, validity);
            }
            for (at, (kind, severity)) in rules.into_iter().enumerate() {
                pathway.rules.push(rule(&format!("regel{at}"), severity, kind));
            }
            pathway.content = of_pathway;
            let mut pathway = complete(pathway);
            match pathway.phases.first_mut() {
                Some(phase) => phase.content = of_phase,
                None => pathway.content.extend(of_phase),
            }
            imply_facts(&mut pathway);
            pathway
        },
    )
}

/// A pathway that can be open or not.
pub fn beside() -> Pathway {
    let mut pathway = empty("Q");
    pathway.codes = vec![code("A", None, Some(Role::Opens)), code("X", None, Some(Role::Closes))];
    complete(pathway)
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Plain,
    Split,
    Repeats,
}

fn some_validity() -> impl Strategy<Value = (Option<NaiveDate>, Option<NaiveDate>)> {
    prop_oneof![
        6 => Just((None, None)),
        1 => Just((Some(date("2024-01-15")), None)),
        1 => Just((None, Some(date("2024-03-26")))),
    ]
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
