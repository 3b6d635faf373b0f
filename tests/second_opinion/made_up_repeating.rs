//! A made-up pathway with intervals that repeat and variants that ask in every way that a variant can.

use forlop::tables::{Comparison, Condition, FactType, Formula, Pathway, RuleSeverity, Unit, Value};

use crate::notation::{
    all, any, at_most, codes, compare, complete, computed, empty, fact, intervals, is, limits, not, rule, scale,
    variant,
};

/// `B3`, and `B4`: the same with conditions that take more to evaluate.
pub fn repeating() -> [Pathway; 2] {
    let recent = |amount, unit| Condition::Recent { of: Box::new(at_least("prøve", 2.0)), amount, unit };
    let repeated = |spacing: Option<u32>| Condition::Repeated {
        of: Box::new(at_least("prøve", 4.0)),
        count: 2,
        spacing,
        unit: spacing.map(|_| Unit::Uker),
    };
    [
        pathway("B3", repeated(None), recent(10, Unit::Kalenderdager)),
        pathway("B4", repeated(Some(1)), recent(10, Unit::Arbeidsdager)),
    ]
}

fn at_least(fact: &str, number: f64) -> Condition {
    compare(fact, Comparison::AtLeast, Value::Number(number))
}

fn pathway(id: &str, repeated: Condition, recent: Condition) -> Pathway {
    let mut pathway = empty(id);
    pathway.codes = codes(
        "
        A inngang    åpner
        E oppfølging -
        F oppfølging -
        T behandling fullfører
        U behandling fullfører
        O -          overfører
        X -          avslutter
    ",
    );
    pathway.intervals = intervals(
        "
        mellom E,F E,F - -
        etter  A,E T,U - -
        delt   A   T,U t=T,u=U -
        først  F   T,U - -
    ",
    );
    for interval in &mut pathway.intervals {
        interval.repeats = interval.name != "først";
    }
    pathway.limits = limits(
        "
        mellom -  -       at_most      -  8 arbeidsdager  -          -
        mellom -  hyppig  between      1  2 uker          -          -
        mellom -  nylig   at_least     -  5 arbeidsdager  -          -
        etter  -  -       same_day     -  0 kalenderdager -          2024-02-29
        etter  -  -       at_most      -  1 måneder       2024-03-01 -
        etter  -  høy     unquantified -  - -             -          -
        delt   t  -       at_most      - 10 virkedager    -          -
        delt   u  -       between      2  3 måneder       -          -
        først  -  -       at_most      -  3 uker          -          -
        delt   t  høy     at_most      -  8 arbeidsdager  -          -
    ",
    );
    let half = Formula::Fact { fact: "prøve".into(), factor: 0.5 };
    pathway.facts = vec![
        fact("prøve", FactType::Number { unit: "µg/l".into() }),
        fact("grad", scale("I II III")),
        fact("alder", FactType::Years),
        computed("halv", half),
        computed("stigning", Formula::Rise { fact: "prøve".into(), factor: 1.0 }),
    ];
    let is_forty = Condition::Is { fact: "alder".into(), value: Value::Number(40.0) };
    pathway.variants = vec![
        variant("hyppig", any([repeated, all([is("grad", "II"), is_forty])])),
        variant("nylig", all([recent, not(is("grad", "III"))])),
        variant("høy", any([at_least("halv", 5.0), at_least("stigning", 3.0)])),
    ];
    pathway.rules = vec![rule("få", RuleSeverity::Advarsel, at_most(3, "E"))];
    complete(pathway)
}
