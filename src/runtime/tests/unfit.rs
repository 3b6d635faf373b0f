//! Tables that contradict themselves are refused, and the sentence says why.

use super::{
    made::{computed, read},
    *,
};
use crate::tables::{Condition, Form, RuleKind, Treatment, Value};

fn refusal(change: impl FnOnce(&mut Pathway)) -> String {
    let mut pathway = net("A39");
    change(&mut pathway);
    let tables = tables([pathway]);
    Evaluator::new(&tables).map(|_| ()).unwrap_err().text().nb.clone()
}

#[test]
fn contradictions_are_refused() {
    let mut deep = is("karsinom", "påvist");
    for _ in 0..200 {
        deep = Condition::Not { of: Box::new(deep) };
    }
    let compared = Condition::Compare {
        fact: "karsinom".into(),
        comparison: crate::tables::Comparison::Above,
        value: Value::Choice("påvist".into()),
    };
    let of_a_recent_one = Condition::Recent {
        of: Box::new(Condition::Known { fact: "karsinom".into() }),
        amount: 4,
        unit: crate::tables::Unit::Uker,
    };
    let of_a_recent_one = Condition::Repeated { of: Box::new(of_a_recent_one), count: 2, spacing: None, unit: None };
    insta::assert_snapshot!(
        [
            refusal(|pathway| pathway.codes.push(pathway.codes[0].clone())),
            refusal(|pathway| pathway.codes[0].code = "A38A".into()),
            refusal(|pathway| pathway.codes[0].phase = Some("oppfølging".into())),
            refusal(|pathway| pathway.intervals[0].from = vec!["A39Z".into()]),
            refusal(|pathway| pathway.intervals[2]
                .treatments
                .push(Treatment { name: "ny".into(), codes: codes("A39", "Z") })),
            refusal(|pathway| pathway.intervals[0].sum = vec!["OF9".into()]),
            refusal(|pathway| pathway.intervals[0].sum = vec!["OF4".into()]),
            refusal(|pathway| pathway.rules[0].kind = RuleKind::NothingAfter { after: codes("A39", "Z") }),
            refusal(|pathway| pathway.variants[0].name = "hovedforløp".into()),
            refusal(|pathway| pathway.variants[0].when = is("røyker", "ja")),
            refusal(|pathway| pathway.variants[0].when = is("karsinom", "kanskje")),
            refusal(|pathway| pathway.variants[0].when = compared),
            refusal(|pathway| pathway.variants[0].when = deep),
            refusal(|pathway| pathway.variants[0].when = Condition::InCourse { pathway: None }),
            refusal(|pathway| pathway.variants[0].when = of_a_recent_one),
            refusal(|pathway| pathway.facts.extend([computed("a", read("b")), computed("b", read("a"))])),
            refusal(|pathway| pathway.facts.extend([computed("a", read("karsinom"))])),
            refusal(|pathway| pathway.facts.extend([computed("a", read("alder"))])),
            refusal(|pathway| pathway.limits[0].interval = "OF9".into()),
            refusal(|pathway| pathway.limits[2].treatment = Some("stråling".into())),
            refusal(|pathway| pathway.limits[2].treatment = None),
            refusal(|pathway| pathway.limits[9].variant = Some("karsinoid".into())),
            refusal(|pathway| pathway.limits[0].amount = Some(3661)),
            refusal(|pathway| pathway.limits[0].unit = None),
            refusal(|pathway| pathway.limits[0].form = Form::Between),
            refusal(|pathway| pathway.limits.push(limit("OF1", None, Some(4), 77))),
        ]
        .join("\n")
    );
    let twice = tables([net("A39"), net("A39")]);
    assert_eq!(Evaluator::new(&twice).map(|_| ()).unwrap_err().to_string(), "two pathways are called «A39»");
}

#[test]
fn rows_that_follow_each_other_are_fine() {
    let mut pathway = net("A39");
    pathway.limits[0].valid_to = Some(day("2024-01-31"));
    let mut later = limit("OF1", None, Some(4), 77);
    later.valid_from = Some(day("2024-02-01"));
    pathway.limits.push(later.clone());
    assert!(Evaluator::new(&tables([pathway.clone()])).is_ok());
    let last = pathway.limits.len() - 1;
    pathway.limits[last].valid_from = Some(day("2024-01-31"));
    assert!(Evaluator::new(&tables([pathway])).is_err());
}
