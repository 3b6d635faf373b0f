//! Three-valued conditions (rule 3): true, false or, as `None`, unknown (Kleene).

use chrono::NaiveDate;

use crate::tables::{Comparison, Unit};

/// A fact's value with its choice interned.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) enum Datum {
    YesNo(bool),
    Number(f64),
    Date(NaiveDate),
    /// The number of the value in the fact's list, which is also its place on a scale.
    Choice(usize),
}

/// A condition with its facts interned, and each value of its fact's type.
#[derive(Clone, Debug)]
pub(super) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Is(usize, Datum),
    Compare(usize, Comparison, Datum),
    Known(usize),
    Repeated(Repeated),
    Recent(Recent),
    /// In this pathway, or in any.
    InCourse(Option<String>),
}

/// Enough values of a fact meet `of`, far enough apart.
#[derive(Clone, Debug)]
pub(super) struct Repeated {
    pub fact: usize,
    pub of: Box<Test>,
    pub count: u32,
    pub spacing: Option<(u32, Unit)>,
}

/// The latest value of a fact meets `of` and is not older than so much.
#[derive(Clone, Debug)]
pub(super) struct Recent {
    pub fact: usize,
    pub of: Box<Test>,
    pub age: (u32, Unit),
}

/// What conditions ask about a patient on a day. One who only has values knows neither their dates nor any course.
pub(super) trait World {
    fn value(&self, fact: usize) -> Option<Datum>;

    fn repeated(&self, _: &Repeated) -> Option<bool> {
        None
    }

    fn recent(&self, _: &Recent) -> Option<bool> {
        None
    }

    fn in_course(&self, _pathway: Option<&str>) -> bool {
        false
    }
}

impl<F: Fn(usize) -> Option<Datum>> World for F {
    fn value(&self, fact: usize) -> Option<Datum> {
        self(fact)
    }
}

impl Test {
    /// Whether the condition holds.
    pub fn holds(&self, world: &impl World) -> Option<bool> {
        match self {
            Test::All(parts) => all(parts.iter().map(|part| part.holds(world))),
            Test::Any(parts) => any(parts.iter().map(|part| part.holds(world))),
            Test::Not(part) => not(part.holds(world)),
            Test::Is(fact, expected) => world.value(*fact).map(|value| value == *expected),
            Test::Compare(fact, comparison, threshold) => world.value(*fact).map(|value| match comparison {
                Comparison::Above => value > *threshold,
                Comparison::Below => value < *threshold,
                Comparison::AtLeast => value >= *threshold,
                Comparison::AtMost => value <= *threshold,
            }),
            Test::Known(fact) => Some(world.value(*fact).is_some()),
            Test::Repeated(repeated) => world.repeated(repeated),
            Test::Recent(recent) => world.recent(recent),
            Test::InCourse(pathway) => Some(world.in_course(pathway.as_deref())),
        }
    }

    /// Whether the condition holds for this value of the one fact that it is about.
    pub fn holds_for(&self, value: Datum) -> bool {
        self.holds(&|_: usize| Some(value)) == Some(true)
    }

    /// Calls `see` with each part that has no parts, in the order written; also with those inside `Repeated` and `Recent`.
    pub fn leaves<'t>(&'t self, see: &mut dyn FnMut(&'t Test)) {
        match self {
            Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| part.leaves(see)),
            Test::Not(part) => part.leaves(see),
            Test::Repeated(Repeated { of, .. }) | Test::Recent(Recent { of, .. }) => {
                see(self);
                of.leaves(see);
            }
            Test::Is(..) | Test::Compare(..) | Test::Known(_) | Test::InCourse(_) => see(self),
        }
    }

    /// The fact that a part without parts asks for.
    pub fn fact(&self) -> Option<usize> {
        match self {
            Test::Is(fact, _) | Test::Compare(fact, ..) | Test::Known(fact) => Some(*fact),
            Test::Repeated(Repeated { fact, .. }) | Test::Recent(Recent { fact, .. }) => Some(*fact),
            Test::All(_) | Test::Any(_) | Test::Not(_) | Test::InCourse(_) => None,
        }
    }
}

pub(super) fn not(truth: Option<bool>) -> Option<bool> {
    truth.map(|truth| !truth)
}

/// True if one is, else unknown if one is, else false.
pub(super) fn any(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    not(all(truths.map(not)))
}

/// False if one is, else unknown if one is, else true.
pub(super) fn all(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
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
        test.holds(&|fact: usize| values[fact].map(Datum::YesNo))
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
