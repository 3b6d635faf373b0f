//! Three-valued conditions (rule 3): true, false or, as `None`, unknown (Kleene).

use chrono::NaiveDate;

use crate::tables::Comparison;

/// A fact's value with its choice interned.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) enum Datum {
    YesNo(bool),
    Number(f64),
    Date(NaiveDate),
    /// The number of the value in the fact's list.
    Choice(usize),
}

/// A condition with its facts interned, and each value of its fact's type.
#[derive(Debug)]
pub(super) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Is(usize, Datum),
    Compare(usize, Comparison, Datum),
    Known(usize),
}

impl Test {
    /// Whether the condition holds, given each fact's value or that it is unknown.
    pub fn holds(&self, value: &impl Fn(usize) -> Option<Datum>) -> Option<bool> {
        match self {
            Test::All(parts) => all(parts.iter().map(|part| part.holds(value))),
            Test::Any(parts) => all(parts.iter().map(|part| not(part.holds(value)))).map(|none| !none),
            Test::Not(part) => not(part.holds(value)),
            Test::Is(fact, expected) => value(*fact).map(|value| value == *expected),
            Test::Compare(fact, comparison, threshold) => value(*fact).map(|value| match comparison {
                Comparison::Above => value > *threshold,
                Comparison::Below => value < *threshold,
                Comparison::AtLeast => value >= *threshold,
                Comparison::AtMost => value <= *threshold,
            }),
            Test::Known(fact) => Some(value(*fact).is_some()),
        }
    }

    /// Calls `see` with each fact that the condition asks for, in the order written, perhaps more than once.
    pub fn facts(&self, see: &mut impl FnMut(usize)) {
        match self {
            Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| part.facts(see)),
            Test::Not(part) => part.facts(see),
            Test::Is(fact, _) | Test::Compare(fact, ..) | Test::Known(fact) => see(*fact),
        }
    }
}

fn not(truth: Option<bool>) -> Option<bool> {
    truth.map(|truth| !truth)
}

/// False if one is, else unknown if one is, else true.
fn all(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            None => result = None,
            Some(true) => {}
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUTHS: [Option<bool>; 3] = [Some(false), None, Some(true)];

    /// Facts 0 and 1 as given; each test asks whether they are `ja`.
    fn holds(test: Test, values: [Option<bool>; 2]) -> Option<bool> {
        test.holds(&|fact| values[fact].map(Datum::YesNo))
    }

    fn yes(fact: usize) -> Test {
        Test::Is(fact, Datum::YesNo(true))
    }

    #[test]
    fn connectives_are_kleenes() {
        // With false < unknown < true, `og` is the smaller and `eller` the larger.
        let rank = |truth: Option<bool>| TRUTHS.iter().position(|other| *other == truth).unwrap();
        for a in TRUTHS {
            assert_eq!(rank(holds(Test::Not(Box::new(yes(0))), [a, a])), 2 - rank(a));
            assert_eq!(holds(Test::Known(0), [a, a]), Some(a.is_some()));
            for b in TRUTHS {
                assert_eq!(rank(holds(Test::All(vec![yes(0), yes(1)]), [a, b])), rank(a).min(rank(b)));
                assert_eq!(rank(holds(Test::Any(vec![yes(0), yes(1)]), [a, b])), rank(a).max(rank(b)));
            }
        }
        assert_eq!(holds(Test::All(vec![]), [None; 2]), Some(true));
        assert_eq!(holds(Test::Any(vec![]), [None; 2]), Some(false));
    }

    #[test]
    fn comparisons_at_the_threshold() {
        let compare = |comparison, value| {
            Test::Compare(0, comparison, Datum::Number(20.0)).holds(&|_| Some(Datum::Number(value)))
        };
        for (comparison, below, at, above) in [
            (Comparison::Above, false, false, true),
            (Comparison::AtLeast, false, true, true),
            (Comparison::Below, true, false, false),
            (Comparison::AtMost, true, true, false),
        ] {
            assert_eq!(compare(comparison, 19.9), Some(below));
            assert_eq!(compare(comparison, 20.0), Some(at));
            assert_eq!(compare(comparison, 20.1), Some(above));
        }
        assert_eq!(Test::Compare(0, Comparison::Above, Datum::Number(1.0)).holds(&|_| None), None);
    }
}
