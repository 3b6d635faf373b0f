//! What came of examples, for programs. Keys are stable; lines and columns count from 1, columns in characters.

use serde::Serialize;

use super::{Tested, human::row};
use crate::{
    cases::{answers_to, expected, why},
    cli::{Context, Failure},
    runtime::{Evaluator, Mismatch},
    tables::{Expected, Origin},
};

/// One example.
#[derive(Serialize)]
struct Row<'a> {
    pathway: &'a str,
    example: &'a str,
    holds: bool,
    origin: &'a Origin,
    mismatches: Vec<Difference<'a>>,
}

/// One expectation that does not hold.
#[derive(Serialize)]
struct Difference<'a> {
    course: u32,
    expected: &'a Expected,
    /// What came out; none if there is no such course or question.
    found: Vec<Expected>,
    why: Option<String>,
    origin: &'a Origin,
    /// The limit that decided.
    limit: Option<&'a Origin>,
}

pub(super) fn write<'t>(tested: &'t [Tested], evaluator: &Evaluator, context: &mut Context) -> Result<(), Failure> {
    let lang = context.lang;
    let rows = tested.iter().map(|Tested { pathway, example, mismatches }| {
        let answers = if mismatches.is_empty() { Vec::new() } else { expected(evaluator, pathway, example) };
        let difference = |mismatch: &'t Mismatch| {
            let expectation = mismatch.expectation;
            Difference {
                course: expectation.course,
                expected: &expectation.expected,
                found: answers_to(expectation, &answers).into_iter().map(|answer| answer.expected).collect(),
                why: why(evaluator, pathway, example, expectation, lang),
                origin: &expectation.origin,
                limit: row(mismatch),
            }
        };
        Row {
            pathway: &pathway.id,
            example: &example.name,
            holds: mismatches.is_empty(),
            origin: &example.origin,
            mismatches: mismatches.iter().map(difference).collect(),
        }
    });
    serde_json::to_writer_pretty(&mut context.out, &rows.collect::<Vec<_>>())?;
    Ok(writeln!(context.out)?)
}
