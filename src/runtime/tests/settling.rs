//! The sets of facts that could settle criteria, against trying every value of every set.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{made::*, *};
use crate::{
    runtime::{CriteriaResult, FactEvent},
    tables::{Comparison, Condition, Content, CriteriaItem, Need, Value},
};

/// The facts, each with values that tell everything apart that the conditions below can tell apart.
const FACTS: [(&str, &[&str]); 5] = [
    ("a", &["ja", "nei"]),
    ("v", &["x", "y", "z"]),
    ("n", &["1", "2", "3"]),
    ("s", &["I", "II"]),
    ("b", &["ja", "nei"]),
];

fn any_leaf() -> impl Strategy<Value = Condition> {
    let at_least = |fact: &str, value| Condition::Compare { fact: fact.into(), comparison: Comparison::AtLeast, value };
    let below_2 = Condition::Compare { fact: "n".into(), comparison: Comparison::Below, value: Value::Number(2.0) };
    select(vec![
        yes("a"),
        yes("b"),
        is("v", "x"),
        is("v", "y"),
        at_least("n", Value::Number(3.0)),
        below_2,
        at_least("s", Value::Choice("II".into())),
        Condition::Known { fact: "a".into() },
    ])
}

fn any_condition() -> impl Strategy<Value = Condition> {
    any_leaf().prop_recursive(2, 6, 2, |part| {
        prop_oneof![
            vec(part.clone(), 1..3).prop_map(|of| Condition::All { of }),
            vec(part.clone(), 1..3).prop_map(|of| Condition::Any { of }),
            part.prop_map(|of| Condition::Not { of: Box::new(of) }),
        ]
    })
}

fn any_criteria() -> impl Strategy<Value = Content> {
    let need = || select(vec![Need::All, Need::None, Need::AtLeast(1), Need::AtLeast(2), Need::AtLeast(3)]);
    let marks = || (prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    let leaf = (any_condition(), marks())
        .prop_map(|(condition, (not_alone, does_not_exclude))| CriteriaItem {
            not_alone,
            does_not_exclude,
            ..met_by("x", condition)
        })
        .boxed();
    let group = (need(), vec(leaf.clone(), 1..3)).prop_map(|(need, items)| nested("g", need, items));
    let items = vec(prop_oneof![3 => leaf, 1 => group], 1..4);
    (prop::option::weighted(0.3, any_leaf()), need(), items).prop_map(|(when, need, items)| criteria(when, need, items))
}

/// Every way to give each of the facts a value.
fn assignments(facts: &[usize]) -> Vec<Vec<FactEvent<'static>>> {
    facts.iter().fold(vec![Vec::new()], |before, at| {
        let (fact, values) = FACTS[*at];
        let with = |given: &Vec<_>, value| [given.clone(), vec![FactEvent { date: None, fact, value }]].concat();
        before.iter().flat_map(|given| values.iter().map(move |value| with(given, *value))).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sets_settle_and_no_smaller_one_does(content in any_criteria(), known in vec(prop::option::weighted(0.3, 0..3usize), 5)) {
        let tables = tables([pathway(declared("a ja, v x|y|z, n tall, s I<II, b ja"), [content])]);
        let evaluator = Evaluator::new(&tables).unwrap();
        let given = |at: usize, value: usize| FactEvent { date: None, fact: FACTS[at].0, value: FACTS[at].1[value % FACTS[at].1.len()] };
        let known: Vec<_> = known.iter().enumerate().map(|(at, value)| value.map(|value| given(at, value))).collect();
        let unknown: Vec<usize> = (0..FACTS.len()).filter(|at| known[*at].is_none()).collect();
        let known: Vec<_> = known.into_iter().flatten().collect();
        let result = |more: &[FactEvent]| {
            let facts = [&known, more].concat();
            let answer = evaluator.assess("p", &[], &facts, day("2024-06-30"))[0].criteria[0].clone();
            (answer.result, answer.settled_by.iter().map(|set| set.iter().map(|fact| (*fact).to_owned()).collect()).collect())
        };
        let (as_is, found): (_, Vec<Vec<String>>) = result(&[]);
        let mut expected: Vec<Vec<usize>> = Vec::new();
        let mut subsets: Vec<Vec<usize>> = (0..1u32 << unknown.len())
            .map(|bits| unknown.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, fact)| *fact).collect::<Vec<_>>())
            .filter(|set| (1..=3).contains(&set.len()))
            .collect();
        subsets.sort_by_key(|set| (set.len(), set.clone()));
        for set in subsets {
            let settles = || assignments(&set).iter().any(|more| {
                matches!(result(more).0, CriteriaResult::Met | CriteriaResult::NotMet)
            });
            let smaller = expected.iter().any(|other| other.iter().all(|fact| set.contains(fact)));
            if as_is == CriteriaResult::Unknown && !smaller && settles() {
                expected.push(set);
            }
        }
        expected.truncate(5);
        let names = |set: &Vec<usize>| set.iter().map(|at| FACTS[*at].0.to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(found, expected.iter().map(names).collect::<Vec<_>>());
    }
}
