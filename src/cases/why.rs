//! Why an answer is as it is.

use crate::{
    lang::Lang,
    runtime::{CriteriaAnswer, CriteriaResult, Evaluator, Options, sentences, with_patient},
    tables::{Example, Expectation, Expected, Pathway},
    text,
};

/// One sentence for what an expectation asks: the points, the row and the variant of an interval, the items that decide
/// criteria. None where there is nothing more to say than the answer.
pub fn why(
    evaluator: &Evaluator,
    pathway: &Pathway,
    example: &Example,
    expectation: &Expectation,
    lang: Lang,
) -> Option<String> {
    with_patient(example, |events, facts| match &expectation.expected {
        Expected::Interval { interval, treatment, .. } => {
            let options = Options { lang, trace: true, ..Options::default() };
            let courses = evaluator.patient("", events, facts, example.as_of, options);
            let is_it = |number: u32, id: &str| number == expectation.course && id == pathway.id;
            let course = courses.iter().find(|course| is_it(course.course, course.pathway))?;
            let asked = |answer: &crate::runtime::IntervalAnswer| {
                answer.interval == interval && answer.treatment == treatment.as_deref()
            };
            let number = course.intervals.iter().rposition(asked)?;
            // The first sentence is about the course.
            sentences(course, lang).into_iter().nth(number + 1)
        }
        Expected::Criteria { criteria, .. } => {
            let assessment = evaluator.assess_in(&pathway.id, events, facts, example.as_of, false)?;
            let answer = assessment.criteria.iter().find(|answer| answer.criteria == criteria)?;
            decided(answer, lang)
        }
        _ => None,
    })
}

fn decided(answer: &CriteriaAnswer, lang: Lang) -> Option<String> {
    let (items, words) = match answer.result {
        CriteriaResult::Met | CriteriaResult::NotMet => (&answer.decided_by, text!("avgjort av", "decided by")),
        CriteriaResult::Unknown => (&answer.unknown, text!("ukjent er", "unknown are")),
        CriteriaResult::NotApplicable => return None,
    };
    (!items.is_empty()).then(|| format!("{}: {}", words.get(lang), items.join(", ")))
}
