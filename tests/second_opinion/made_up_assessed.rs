//! A made-up pathway whose patients meet everything that an assessment can say.

use forlop::tables::{
    Comparison, Condition, Content, Criteria, CriteriaItem, FactType, Formula, Item, List, ListKind, MaxAge, Need,
    Operator, Outcome, Quantified, Role, Route, Routes, Strength, Tables, Target, Unit, Value,
};

use crate::content::imply_facts;
use crate::notation::{code, compare, complete, computed, empty, fact, is, is_yes, origin, scale, tables};

/// One pathway with criteria, decision tables and investigations that use every construct once.
pub fn made_up_assessed() -> Tables {
    let mut pathway = empty("M1");
    pathway.codes = vec![code("A", Some("inngang"), Some(Role::Opens)), code("X", None, Some(Role::Closes))];
    pathway.facts = vec![
        fact("kvinne", FactType::YesNo),
        fact("alder", FactType::Years),
        fact("grad", scale("I II III")),
        fact("svulst", FactType::Number { unit: "cm".into() }),
        fact("markør", FactType::Number { unit: "µg/l".into() }),
        computed("tetthet", divide("markør", "svulst")),
        computed("stigning", Formula::Rise { fact: "markør".into(), factor: 1.0 }),
    ];
    let mut pathway = complete(pathway);
    pathway.phases[0].content = vec![mistanke(), utelukket(), vei(), undersøkelser()];
    pathway.content = vec![oppfølging()];
    imply_facts(&mut pathway);
    tables(vec![pathway])
}

fn at_least(fact: &str, number: f64) -> Condition {
    compare(fact, Comparison::AtLeast, Value::Number(number))
}

fn divide(one: &str, other: &str) -> Formula {
    let part = |fact: &str| Box::new(Formula::Fact { fact: fact.into(), factor: 1.0 });
    Formula::Compute { with: Operator::Divide, left: part(one), right: part(other) }
}

fn item(name: &str, condition: Option<Condition>) -> CriteriaItem {
    CriteriaItem {
        name: name.into(),
        label: name.into(),
        condition,
        nested: None,
        not_alone: false,
        does_not_exclude: false,
        judged_by: None,
        origin: origin(),
    }
}

fn criteria(name: &str, when: Option<Condition>, need: Need, items: Vec<CriteriaItem>) -> Content {
    let quantified = Quantified { need, items };
    Content::Criteria(Criteria { name: name.into(), label: name.into(), when, quantified, origin: origin() })
}

/// Nested, judged, alone, not excluding, graded, repeated.
fn mistanke() -> Content {
    let repeated = Condition::Repeated {
        of: Box::new(at_least("markør", 4.0)),
        count: 2,
        spacing: Some(1),
        unit: Some(Unit::Uker),
    };
    let alarm = Quantified { need: Need::AtLeast(1), items: vec![item("heshet", None), item("klump", None)] };
    let items = vec![
        CriteriaItem { nested: Some(alarm), ..item("alarm", None) },
        CriteriaItem {
            not_alone: true,
            ..item("høy_grad", Some(compare("grad", Comparison::Above, Value::Choice("I".into()))))
        },
        CriteriaItem { does_not_exclude: true, ..item("celleprøve", None) },
        item("gjentatt", Some(repeated)),
    ];
    criteria("mistanke", Some(at_least("alder", 18.0)), Need::AtLeast(2), items)
}

/// None of, in a course, computed.
fn utelukket() -> Content {
    let in_course = Condition::InCourse { pathway: Some("M1".into()) };
    let items = vec![
        item("i_forløp", Some(in_course)),
        item("stiger", Some(at_least("stigning", 10.0))),
        item("tett", Some(at_least("tetthet", 2.0))),
    ];
    criteria("utelukket", None, Need::None, items)
}

/// Every outcome, recency.
fn vei() -> Content {
    let recent = Condition::Recent { of: Box::new(is_yes("klump")), amount: 4, unit: Unit::Uker };
    let refer = |target| Outcome::Refer { target, strength: Strength::Skal };
    let rows = [
        (recent, Outcome::AtOnce { text: "straks".into() }),
        (is("grad", "III"), refer(Target::NewCourse)),
        (at_least("svulst", 2.5), Outcome::Onward { text: "videre".into() }),
        (is("grad", "I"), Outcome::Outside { text: "utenfor".into() }),
        (is_yes("heshet"), Outcome::Included),
    ];
    let row = |(when, outcome)| Route { when: Some(when), outcome, note: None, origin: origin() };
    Content::Routes(Routes {
        name: "vei".into(),
        label: "vei".into(),
        when: Some(is_yes("kvinne")),
        rows: rows.map(row).into(),
        origin: origin(),
    })
}

fn plain(strength: Strength, name: &str) -> Item {
    Item {
        strength: Some(strength),
        name: Some(name.into()),
        text: name.into(),
        when: None,
        before: vec![],
        max_age: None,
        by: None,
        need: None,
        items: vec![],
        origin: origin(),
    }
}

fn list(name: &str, items: Vec<Item>) -> Content {
    let (list, name, label) = (ListKind::Investigations, name.into(), name.into());
    Content::List(List { list, name, label, when: None, items, origin: origin() })
}

/// Fresh, conditional, in order, alternatives, to be avoided.
fn undersøkelser() -> Content {
    let max_age = Some(MaxAge { amount: 4, unit: Unit::Uker });
    list(
        "undersøkelser",
        vec![
            Item { max_age, before: vec!["biopsi".into()], ..plain(Strength::Skal, "ct") },
            Item { when: Some(is_yes("kvinne")), ..plain(Strength::Bør, "biopsi") },
            Item {
                need: Some(Need::AtLeast(1)),
                items: vec![plain(Strength::Kan, "mr"), plain(Strength::Kan, "pet")],
                ..plain(Strength::Skal, "bilde")
            },
            Item { when: Some(at_least("svulst", 2.5)), ..plain(Strength::Unngå, "finnål") },
        ],
    )
}

/// Of the whole pathway, and the same item as in the phase.
fn oppfølging() -> Content {
    list("oppfølging", vec![plain(Strength::Bør, "ct"), plain(Strength::Bør, "samtale")])
}
