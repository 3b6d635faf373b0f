//! What is proven of order rules: compared with every course of small random pathways, and found in pathways with planted
//! mistakes. `FORLOP_CASES` sets how many random pathways.
#![allow(clippy::unwrap_used)]

#[path = "prove/order_brute.rs"]
mod brute;
#[path = "prove/order_made_up.rs"]
mod made_up;

use std::path::Path;

use brute::{Judged, judge_all, stuck};
use forlop::{
    cases,
    compile::{Compilation, compile},
    prove::order::{Claim, What, claims},
    runtime::{Evaluator, RuleResult, State, check_example},
    source::Input,
    tables::{Pathway, RuleSeverity, Tables},
};

const LEVELS: [RuleSeverity; 2] = [RuleSeverity::Advarsel, RuleSeverity::Feil];

fn compiled(text: &str) -> Compilation {
    compile(&[Input::Text(text.to_owned())], Path::new(".")).unwrap()
}

/// What brute force and the analysis disagree on, in words.
struct Comparison<'t> {
    pathway: &'t Pathway,
    claims: Vec<Claim>,
    all: Vec<Judged>,
    longest: usize,
    wrong: Vec<String>,
}

impl<'t> Comparison<'t> {
    fn new(tables: &'t Tables, longest: usize) -> Self {
        let pathway = &tables.pathways[0];
        let claims = claims(pathway).unwrap();
        Comparison { pathway, claims, all: judge_all(tables, longest), longest, wrong: Vec::new() }
    }

    /// The analysis must claim that no course is so exactly when brute force finds none.
    fn agree(&mut self, name: &str, claimed: bool, found: Option<Vec<usize>>) {
        if claimed == found.is_some() {
            self.wrong.push(format!("{name}: claimed {claimed}, found {found:?}"));
        }
    }

    fn first(&self, is_so: impl Fn(&Judged) -> bool) -> Option<Vec<usize>> {
        self.all.iter().find(|one| is_so(one)).map(|one| one.word.clone())
    }

    fn claimed(&self, is_it: impl Fn(What) -> bool) -> Option<&Claim> {
        self.claims.iter().find(|claim| is_it(claim.what))
    }

    fn codes(&mut self) {
        for code in 0..self.pathway.codes.len() {
            for level in LEVELS {
                let found = self.first(|one| one.is_clean_of(level) && one.word.contains(&code));
                let claim = self.claimed(|what| match what {
                    What::CodeNever { code: claimed, severity } => claimed == code && at(severity, level),
                    _ => false,
                });
                self.agree(&format!("code {code} {level:?}"), claim.is_some(), found);
            }
        }
    }

    fn intervals(&mut self) {
        for (number, interval) in self.pathway.intervals.iter().enumerate() {
            let whole = interval.treatments.is_empty().then_some(None);
            for treatment in whole.into_iter().chain((0..interval.treatments.len()).map(Some)) {
                let name = treatment.map(|treatment| interval.treatments[treatment].name.clone());
                for level in LEVELS {
                    let key = (interval.name.clone(), name.clone());
                    let found = self.first(|one| one.is_clean_of(level) && one.measured.contains(&key));
                    let claim = self.claimed(|what| match what {
                        What::IntervalNever { interval, treatment: of, severity } => {
                            interval == number && of == treatment && at(severity, level)
                        }
                        _ => false,
                    });
                    self.agree(&format!("interval {key:?} {level:?}"), claim.is_some(), found);
                }
            }
        }
    }

    fn ends(&mut self) {
        for level in LEVELS {
            let found = stuck(&self.all, level, 3, self.longest).first().map(|one| one.word.clone());
            let claim = self.claimed(|what| what == What::Stuck { severity: level });
            let shown = claim.and_then(|claim| claim.witness.as_ref()).map(|example| example.events.len());
            let short = shown.is_none_or(|length| length + 3 <= self.longest);
            // A witness that is longer than brute force looks is checked where it is replayed.
            if short && (claim.is_some() != found.is_some() || shown != found.as_ref().map(Vec::len)) {
                self.wrong.push(format!("stuck {level:?}: claimed {shown:?}, found {found:?}"));
            }
        }
    }

    fn rules(&mut self) {
        for rule in 0..self.pathway.rules.len() {
            let applies = self.first(|one| one.rules[rule] != RuleResult::NotApplied);
            let silent = self.claimed(|what| what == What::NeverApplies { rule }).is_some();
            self.agree(&format!("rule {rule} applies"), silent, applies);
            if silent {
                continue;
            }
            let broken = self.first(|one| one.one_course && one.breaks(rule));
            let idle = self
                .claimed(|what| matches!(what, What::NeverBroken { rule: claimed, .. } if claimed == rule))
                .cloned();
            self.agree(&format!("rule {rule} breaks"), idle.is_some(), broken);
            if let Some(Claim { what: What::NeverBroken { unless_numbered, .. }, .. }) = idle {
                let numbered = self.first(|one| one.breaks(rule));
                self.agree(&format!("rule {rule} breaks if numbered"), !unless_numbered, numbered);
            }
            let kept = self.first(|one| one.is_clean_of(RuleSeverity::Advarsel) && one.keeps(self.pathway, rule));
            let never = self.claimed(|what| what == What::NeverKept { rule });
            self.agree(&format!("rule {rule} kept"), never.is_some(), kept);
        }
    }

    /// Those that are implied can all be spared, and none of those left can.
    fn implied(&mut self) {
        let of = |what| match what {
            What::Implied { rule } | What::NeverBroken { rule, .. } | What::NeverApplies { rule } => Some(rule),
            _ => None,
        };
        let spared: Vec<_> = self.claims.iter().filter_map(|claim| of(claim.what)).collect();
        for rule in 0..self.pathway.rules.len() {
            let is_feil = |rule: usize| self.pathway.rules[rule].severity == RuleSeverity::Feil;
            let claim = self.claimed(|what| what == What::Implied { rule });
            if claim.is_none() && spared.contains(&rule) {
                continue;
            }
            let others: Vec<_> = match claim {
                Some(claim) => claim.because.clone(),
                None => (0..self.pathway.rules.len())
                    .filter(|other| *other != rule && !spared.contains(other) && (!is_feil(rule) || is_feil(*other)))
                    .collect(),
            };
            let severe = others.iter().all(|other| !is_feil(rule) || is_feil(*other));
            let alone = |one: &Judged| one.breaks(rule) && !others.iter().any(|other| one.breaks(*other));
            let (claimed, found) = (claim.is_some() && severe, self.first(alone));
            self.agree(&format!("rule {rule} says more than {others:?}"), claimed, found);
        }
    }

    /// Every reason is needed, and every witness is a course that the evaluator judges as it says and that shows the claim.
    fn witnesses(&mut self, text: &str) {
        for claim in &self.claims {
            let Some(example) = &claim.witness else {
                if matches!(claim.what, What::Stuck { .. } | What::Implied { .. }) || !claim.because.is_empty() {
                    self.wrong.push(format!("no witness: {claim:?}"));
                }
                continue;
            };
            let written =
                text.replacen("etter m {\n", &format!("etter m {{\n{}", cases::text(example, self.pathway)), 1);
            let again = compiled(&written).tables.unwrap().pathways.remove(0);
            let tables = cases::alone(again);
            let read = Evaluator::new(&tables).unwrap();
            if !check_example(&read, &tables.pathways[0], &tables.pathways[0].examples[0]).is_empty() {
                self.wrong.push(format!("does not run: {claim:?}"));
            }
            let number = |code: &str| self.pathway.codes.iter().position(|known| known.code == code).unwrap();
            let word: Vec<_> = example.events.iter().map(|event| number(&event.code)).collect();
            let Some(judged) = self.all.iter().find(|one| one.word == word) else { continue };
            let breaks_one =
                judged.one_course && claim.because.iter().filter(|rule| judged.breaks(**rule)).count() <= 1;
            let shows = match claim.what {
                What::CodeNever { code, severity } => {
                    word.contains(&code) && !judged.is_clean_of(severity) && breaks_one
                }
                What::IntervalNever { severity, .. } => !judged.is_clean_of(severity) && breaks_one,
                What::Stuck { severity } => judged.is_clean_of(severity) && judged.state == State::Open,
                What::NeverKept { .. } => judged.worst.is_some() && breaks_one,
                What::Implied { rule } => judged.breaks(rule),
                What::NeverBroken { .. } | What::NeverApplies { .. } | What::Undecided { .. } => false,
            };
            if !shows {
                self.wrong.push(format!("does not show it: {claim:?}"));
            }
        }
    }
}

/// Whether a claim of this severity says that nothing is so at this level.
fn at(severity: RuleSeverity, level: RuleSeverity) -> bool {
    level == RuleSeverity::Advarsel || severity == RuleSeverity::Feil
}

#[test]
fn brute_force_agrees() {
    let cases = std::env::var("FORLOP_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300);
    let (mut compared, mut kinds) = (0, [0; 7]);
    for seed in 0..cases {
        let text = made_up::specification(seed);
        let compilation = compiled(&text);
        let Some(tables) = compilation.tables else { continue };
        let longest = if tables.pathways[0].codes.len() == 3 { 6 } else { 5 };
        let mut comparison = Comparison::new(&tables, longest);
        comparison.codes();
        comparison.intervals();
        comparison.ends();
        comparison.rules();
        comparison.implied();
        comparison.witnesses(&text);
        assert!(comparison.wrong.is_empty(), "seed {seed}\n{text}\n{}", comparison.wrong.join("\n"));
        compared += 1;
        for claim in &comparison.claims {
            kinds[match claim.what {
                What::CodeNever { .. } => 0,
                What::IntervalNever { .. } => 1,
                What::Stuck { .. } => 2,
                What::NeverKept { .. } => 3,
                What::NeverBroken { .. } => 4,
                What::Implied { .. } => 5,
                What::NeverApplies { .. } | What::Undecided { .. } => 6,
            }] += 1;
        }
    }
    println!("{compared} pathways, claims by kind {kinds:?}");
    assert!(compared * 2 > cases && kinds[..6].iter().all(|count| *count > 0), "{compared} compared, {kinds:?}");
}
