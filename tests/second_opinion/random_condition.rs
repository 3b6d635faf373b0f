//! Random facts, formulas and conditions over them.

use forlop::tables::{Comparison, Condition, Fact, FactType, Formula, Operator, Unit, Value};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::notation::{choice, computed, date, fact, scale};

const COMPARISONS: [Comparison; 4] = [Comparison::Above, Comparison::Below, Comparison::AtLeast, Comparison::AtMost];
pub const UNITS: [Unit; 5] = [Unit::Kalenderdager, Unit::Arbeidsdager, Unit::Virkedager, Unit::Uker, Unit::Måneder];

/// A fact of every type, and three that are computed: one from another.
pub fn facts(formulas: [Formula; 2]) -> Vec<Fact> {
    let [one, other] = formulas;
    let on_that = Formula::Fact { fact: "regnet".into(), factor: 2.0 };
    let compute = |left, right| Formula::Compute { with: Operator::Add, left: Box::new(left), right: Box::new(right) };
    vec![
        fact("valg", choice("rød blå")),
        fact("svar", FactType::YesNo),
        computed("sammensatt", compute(on_that, other)),
        fact("grad", scale("I II III IV")),
        fact("tall", FactType::Number { unit: "10^9/l".into() }),
        fact("mål", FactType::Number { unit: "cm".into() }),
        fact("prøve", FactType::Number { unit: "µg/l".into() }),
        fact("dag", FactType::Date),
        fact("alder", FactType::Years),
        computed("regnet", one),
    ]
}

/// Formulas over what is given.
pub fn formula() -> impl Strategy<Value = Formula> {
    let factor = || prop_oneof![3 => Just(1.0), 1 => select(&[0.1, 10.0, 1000.0][..])];
    let leaf = prop_oneof![
        1 => select(&[0.0, 1.0, 2.5][..]).prop_map(|value| Formula::Number { value }),
        5 => (select(&["tall", "mål", "prøve", "alder"][..]), factor())
            .prop_map(|(fact, factor)| Formula::Fact { fact: fact.into(), factor }),
        2 => (select(&["tall", "prøve"][..]), factor())
            .prop_map(|(fact, factor)| Formula::Rise { fact: fact.into(), factor }),
    ];
    let operators = &[Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide][..];
    leaf.prop_recursive(2, 4, 2, move |inner| {
        (select(operators), inner.clone(), inner).prop_map(|(with, left, right)| Formula::Compute {
            with,
            left: Box::new(left),
            right: Box::new(right),
        })
    })
}

/// A test of one fact that is given.
fn test() -> BoxedStrategy<Condition> {
    let is = |fact: &str, value| Condition::Is { fact: fact.into(), value };
    prop_oneof![
        select(&["rød", "blå"][..]).prop_map(move |value| is("valg", Value::Choice(value.into()))),
        any::<bool>().prop_map(move |value| is("svar", Value::YesNo(value))),
        select(&["I", "III"][..]).prop_map(move |value| is("grad", Value::Choice(value.into()))),
        compare("grad", &["II", "III"].map(|step| Value::Choice(step.into()))),
        compare("tall", &[2.5].map(Value::Number)),
        compare("mål", &[0.7, 2.5].map(Value::Number)),
        compare("prøve", &[4.0].map(Value::Number)),
        compare("dag", &[Value::Date(date("2024-01-10"))]),
        compare("alder", &[18.0].map(Value::Number)),
        Just(is("alder", Value::Number(40.0))),
    ]
    .boxed()
}

fn compare(fact: &'static str, thresholds: &[Value]) -> impl Strategy<Value = Condition> + use<> {
    (select(&COMPARISONS[..]), select(thresholds.to_vec())).prop_map(move |(comparison, value)| Condition::Compare {
        fact: fact.into(),
        comparison,
        value,
    })
}

/// A condition on one fact, or none.
pub fn leaf() -> BoxedStrategy<Condition> {
    let facts = select(&["valg", "svar", "grad", "tall", "mål", "dag", "alder", "regnet"][..]);
    let on_one = || prop_oneof![4 => test(), 1 => test().prop_map(not)];
    let least_time = option::weighted(0.6, (0..20_u32, select(&UNITS[..])));
    let repeated = (on_one(), 1..4_u32, least_time).prop_map(|(of, count, least_time)| Condition::Repeated {
        of: Box::new(of),
        count,
        spacing: least_time.map(|(spacing, _)| spacing),
        unit: least_time.map(|(_, unit)| unit),
    });
    let recent = (on_one(), 0..10_u32, select(&UNITS[..])).prop_map(|(of, amount, unit)| Condition::Recent {
        of: Box::new(of),
        amount,
        unit,
    });
    prop_oneof![
        8 => test(),
        1 => compare("regnet", &[5.0].map(Value::Number)),
        1 => compare("sammensatt", &[5.0].map(Value::Number)),
        2 => facts.prop_map(|fact| Condition::Known { fact: fact.into() }),
        2 => repeated,
        2 => recent,
    ]
    .boxed()
}

/// Conditions within conditions, of at most so many parts.
pub fn nested(leaf: BoxedStrategy<Condition>, depth: u32, parts: u32) -> BoxedStrategy<Condition> {
    let join = |inner: BoxedStrategy<Condition>| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|of| Condition::All { of }),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|of| Condition::Any { of }),
            inner.prop_map(not),
        ]
    };
    leaf.prop_recursive(depth, parts, 3, join).boxed()
}

/// Conditions on the patient's courses too, as content may have them but variants not.
pub fn of_content() -> BoxedStrategy<Condition> {
    let pathways = prop_oneof![Just(None), select(&["R", "Q", "Z"][..]).prop_map(|id| Some(id.to_owned()))];
    let in_course = pathways.prop_map(|pathway| Condition::InCourse { pathway });
    let simple = prop_oneof![9 => leaf(), 1 => in_course].boxed();
    prop_oneof![3 => simple.clone(), 1 => nested(simple, 1, 3)].boxed()
}

fn not(of: Condition) -> Condition {
    Condition::Not { of: Box::new(of) }
}
