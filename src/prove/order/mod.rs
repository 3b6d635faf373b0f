//! What the order rules and the course machine together allow (rule 6, E3): proven, or refuted with the shortest course.

mod ends;
mod goal;
mod model;
mod report;
mod search;
mod witness;

pub(super) use report::find;

use goal::{Goal, Points};
use model::{Courses, Model};
use search::{Answer, Query};

use crate::{
    runtime::TableError,
    tables::{Example, Pathway, RuleSeverity},
};

/// Something that does not hold of a pathway's courses. Codes, intervals and rules are named by their number in the pathway.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What.
    pub what: What,
    /// The rules that make it so, all of them needed; empty if the course machine alone does.
    pub because: Vec<usize>,
    /// The shortest course that shows it, as an example that can be run; none if no course can show it.
    pub witness: Option<Example>,
}

/// What does not hold. A severity is that of the least finding which a course must get to do it all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// No course without findings has the code.
    CodeNever {
        /// The code.
        code: usize,
        /// Of the finding that such a course gets.
        severity: RuleSeverity,
    },
    /// No course without findings has both points of the interval.
    IntervalNever {
        /// The interval.
        interval: usize,
        /// The treatment.
        treatment: Option<usize>,
        /// Of the finding that such a course gets.
        severity: RuleSeverity,
    },
    /// An open course without findings can no longer end without findings.
    Stuck {
        /// `advarsel` if it can still end with no worse than that.
        severity: RuleSeverity,
    },
    /// No course without findings does what the rule demands: when it demands something, it or one of `because` is broken.
    NeverKept {
        /// The rule.
        rule: usize,
    },
    /// No course breaks the rule.
    NeverBroken {
        /// The rule.
        rule: usize,
        /// Whether that needs the courses to be assembled from codes: with course ids it can be broken.
        unless_numbered: bool,
    },
    /// Whatever breaks the rule also breaks one of `because`, which are at least as severe.
    Implied {
        /// The rule.
        rule: usize,
    },
    /// No course has anything for the rule to judge.
    NeverApplies {
        /// The rule.
        rule: usize,
    },
    /// So many questions could not be decided: there are too many states to look at.
    Undecided {
        /// How many.
        questions: usize,
    },
}

/// Everything that does not hold of a pathway's courses.
///
/// # Errors
/// A rule that names a code which the pathway lacks.
pub fn claims(pathway: &Pathway) -> Result<Vec<Claim>, TableError> {
    let model = Model::new(pathway)?;
    let mut analysis = Analysis {
        strict: model.rules_of(RuleSeverity::Advarsel),
        errors: model.rules_of(RuleSeverity::Feil),
        model,
        claims: Vec::new(),
        undecided: 0,
    };
    analysis.codes();
    analysis.intervals();
    analysis.ends();
    analysis.rules();
    analysis.implied();
    let questions = analysis.undecided;
    if questions > 0 {
        analysis.claims.push(Claim { what: What::Undecided { questions }, because: Vec::new(), witness: None });
    }
    Ok(analysis.claims)
}

struct Analysis<'t> {
    model: Model<'t>,
    /// All rules.
    strict: Vec<usize>,
    /// Those that are `feil`.
    errors: Vec<usize>,
    claims: Vec<Claim>,
    undecided: usize,
}

/// Why there is no course: what it must break, and the shortest course that does.
struct Never {
    severity: RuleSeverity,
    because: Vec<usize>,
    word: Option<Vec<usize>>,
}

impl Analysis<'_> {
    fn codes(&mut self) {
        for code in 0..self.model.pathway.codes.len() {
            if let Some(never) = self.never(&Goal::Occurs(code)) {
                self.claim(What::CodeNever { code, severity: never.severity }, never.because, never.word);
            }
        }
    }

    fn intervals(&mut self) {
        let pathway = self.model.pathway;
        for (number, interval) in pathway.intervals.iter().enumerate() {
            let all = interval.treatments.iter().enumerate().map(|(at, treatment)| (Some(at), Some(treatment)));
            let whole = interval.treatments.is_empty().then_some((None, None));
            for (at, treatment) in whole.into_iter().chain(all) {
                let points = Points::new(&self.model, interval, treatment);
                if let Some(never) = self.never(&Goal::Measured(points)) {
                    let what = What::IntervalNever { interval: number, treatment: at, severity: never.severity };
                    self.claim(what, never.because, never.word);
                }
            }
        }
    }

    /// Why no course without findings reaches the goal; none if one does.
    fn never(&mut self, goal: &Goal) -> Option<Never> {
        let of = |courses, unbroken| Query { courses, unbroken, goal: goal.clone(), after: &[] };
        let strict = of(Courses::Proper, &self.strict);
        let because = decided(strict.answer(&self.model), &mut self.undecided)?;
        let lenient = of(Courses::Begun, &self.errors);
        let (query, severity, because) = match lenient.answer(&self.model) {
            Answer::Never(because) => (lenient, RuleSeverity::Feil, because),
            _ => (strict, RuleSeverity::Advarsel, because),
        };
        let shown = |spared: &usize| {
            let kept: Vec<_> = because.iter().copied().filter(|rule| rule != spared).collect();
            query.with_only(&self.model, &kept)
        };
        let word = because.iter().rev().filter_map(shown).min_by_key(Vec::len).or_else(|| {
            let looser = [Courses::Begun, Courses::Assembled].into_iter();
            looser.filter_map(|courses| of(courses, &[]).with_only(&self.model, &[])).next()
        });
        Some(Never { severity, because, word })
    }

    fn ends(&mut self) {
        let levels = [
            (Courses::Proper, RuleSeverity::Advarsel, &self.strict),
            (Courses::Begun, RuleSeverity::Feil, &self.errors),
        ];
        let mut found = Vec::new();
        for (courses, severity, rules) in levels {
            match ends::stuck(&self.model, courses, rules) {
                None => self.undecided += 1,
                Some(stuck) => found.extend(stuck.into_iter().map(|stuck| (severity, stuck))),
            }
        }
        for (severity, stuck) in found {
            self.claim(What::Stuck { severity }, stuck.because, Some(stuck.word));
        }
    }

    fn rules(&mut self) {
        for rule in 0..self.model.rules.len() {
            let anything = |courses, goal| Query { courses, unbroken: &[], goal, after: &[] };
            let applies = anything(Courses::Numbered, Goal::Applies(rule)).answer(&self.model);
            if decided(applies, &mut self.undecided).is_some() {
                self.claim(What::NeverApplies { rule }, Vec::new(), None);
                continue;
            }
            let broken = anything(Courses::Assembled, Goal::Broken(rule)).answer(&self.model);
            if decided(broken, &mut self.undecided).is_some() {
                let numbered = anything(Courses::Numbered, Goal::Broken(rule)).answer(&self.model);
                let unless_numbered = matches!(numbered, Answer::Found(_));
                self.claim(What::NeverBroken { rule, unless_numbered }, Vec::new(), None);
            }
            let goal = Goal::Exercised(rule);
            let query = Query { courses: Courses::Proper, unbroken: &self.strict, goal, after: &[] };
            if let Some(because) = decided(query.answer(&self.model), &mut self.undecided) {
                // What the rule demands something of, with all but one of the rules kept.
                let demanded = |spared: &usize| {
                    let kept: Vec<_> = because.iter().copied().filter(|rule| rule != spared).collect();
                    let goal = if *spared == rule { Goal::Demanded(rule) } else { Goal::Exercised(rule) };
                    Query { courses: Courses::Proper, unbroken: &[], goal, after: &[] }.with_only(&self.model, &kept)
                };
                let word = because.iter().rev().filter_map(demanded).min_by_key(Vec::len);
                self.claim(What::NeverKept { rule }, because, word);
            }
        }
    }

    /// From the last rule to the first: of two that imply each other the later is spared.
    fn implied(&mut self) {
        let idle: Vec<_> = self.claims.iter().filter_map(|claim| claim.what.idle()).collect();
        let mut kept: Vec<usize> = (0..self.model.rules.len()).filter(|rule| !idle.contains(rule)).collect();
        for rule in kept.clone().into_iter().rev() {
            let severity = self.model.pathway.rules.get(rule).map_or(RuleSeverity::Feil, |rule| rule.severity);
            let severe = self.model.rules_of(severity);
            let others: Vec<_> =
                kept.iter().copied().filter(|other| *other != rule && severe.contains(other)).collect();
            let goal = Goal::Broken(rule);
            let query = Query { courses: Courses::Numbered, unbroken: &others, goal: goal.clone(), after: &[] };
            let Some(because) = decided(query.answer(&self.model), &mut self.undecided) else { continue };
            let because = self.fewest(&query, because, &others);
            let shown = Query { courses: Courses::Assembled, unbroken: &[], goal, after: &[] };
            let word = shown.with_only(&self.model, &[]);
            self.claim(What::Implied { rule }, because, word);
            kept.retain(|other| *other != rule);
        }
    }

    /// One or two rules that suffice, if there are fewer than those found.
    fn fewest(&self, query: &Query, because: Vec<usize>, others: &[usize]) -> Vec<usize> {
        let suffice = |rules: &Vec<usize>| query.is_never(&self.model, rules);
        let ones = || others.iter().map(|one| vec![*one]);
        let pairs = || {
            others.iter().enumerate().flat_map(|(at, one)| others.iter().take(at).map(|earlier| vec![*earlier, *one]))
        };
        let one = (because.len() > 1).then(|| ones().find(suffice)).flatten();
        let two = || (because.len() > 2).then(|| pairs().find(suffice)).flatten();
        one.or_else(two).unwrap_or(because)
    }

    fn claim(&mut self, what: What, because: Vec<usize>, word: Option<Vec<usize>>) {
        let pathway = self.model.pathway;
        let (name, origin) = report::subject(what, &because, pathway);
        let witness = word.and_then(|word| witness::example(&self.model, &word, &name, origin));
        self.claims.push(Claim { what, because, witness });
    }
}

impl What {
    /// The rule that has nothing to say.
    fn idle(self) -> Option<usize> {
        match self {
            What::NeverBroken { rule, .. } | What::NeverApplies { rule } => Some(rule),
            _ => None,
        }
    }
}

/// The rules that allow no course; none if there is one, or if that cannot be decided, which is counted.
fn decided(answer: Answer, undecided: &mut usize) -> Option<Vec<usize>> {
    match answer {
        Answer::Found(_) => None,
        Answer::Never(because) => Some(because),
        Answer::Undecided => {
            *undecided += 1;
            None
        }
    }
}
