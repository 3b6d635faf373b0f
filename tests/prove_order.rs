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
    diagnostic::{Code, Finding, Severity},
    prove::order::{Claim, What, claims},
    runtime::{Evaluator, RuleResult, State, check_example},
    source::Input,
    tables::{Pathway, RuleSeverity, Tables},
};

/// The longest stuck courses that brute force looks for.
const LONGEST_STUCK: usize = 3;
const LEVELS: [RuleSeverity; 2] = [RuleSeverity::Advarsel, RuleSeverity::Feil];

fn compiled(text: &str) -> Compilation {
    compile(&[Input::Text(text.to_owned())], Path::new(".")).unwrap()
}

/// What brute force and the analysis disagree on, in words.
struct Comparison<'t> {
    tables: &'t Tables,
    pathway: &'t Pathway,
    claims: Vec<Claim>,
    all: Vec<Judged>,
    wrong: Vec<String>,
}

impl<'t> Comparison<'t> {
    fn new(tables: &'t Tables, longest: usize) -> Self {
        let pathway = &tables.pathways[0];
        let claims = claims(pathway).unwrap();
        Comparison { tables, pathway, claims, all: judge_all(tables, longest), wrong: Vec::new() }
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
            let found = stuck(self.tables, &self.all, level, LONGEST_STUCK).map(|one| one.word.clone());
            let claim = self.claimed(|what| what == What::Stuck { severity: level });
            let shown = claim.and_then(|claim| claim.witness.as_ref()).map(|example| example.events.len());
            let short = shown.is_none_or(|length| length <= LONGEST_STUCK);
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
                What::NeverKept { rule } => {
                    (judged.worst.is_some() || judged.rules[rule] == RuleResult::Pending) && breaks_one
                }
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
    let cases = std::env::var("FORLOP_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200);
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
    assert!(compared * 2 > cases && kinds.iter().all(|count| *count > 0), "{compared} compared, {kinds:?}");
}

/// Each fixture is a template of `pathways/` with one mistake; its first line says what is found, and where.
#[test]
fn planted_mistakes_are_found_where_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prove/defects");
    let mut wrong = String::new();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.file_name().unwrap().to_string_lossy().starts_with("order-"));
    files.sort();
    assert!(files.len() >= 20);
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let expected = text.lines().next().and_then(|line| line.strip_prefix("# venter ")).unwrap();
        let mut compilation = compiled(&text);
        if compilation.findings.iter().any(|one| one.severity() != Severity::Note) {
            wrong += &format!("{path:?} is found without proof: {}\n", compilation.findings[0].message.nb);
        }
        let before = compilation.findings.clone();
        compilation.prove();
        let is_new = |finding: &&Finding| !before.contains(finding);
        let line = |finding: &Finding| compilation.files.get(finding.place.file).position(finding.place.span.start).line;
        let said = |finding: &Finding| format!("{} linje {}", finding.code.number(), line(finding));
        let new: Vec<_> = compilation.findings.iter().filter(is_new).collect();
        let warnings: Vec<_> = new.iter().filter(|one| one.severity() != Severity::Note).map(|one| said(one)).collect();
        let is_found = match new.iter().any(|one| said(one) == expected && one.severity() == Severity::Note) {
            true => warnings.is_empty(),
            false => warnings == [expected],
        };
        if !is_found {
            let new: Vec<_> = new.iter().map(|one| format!("{} {}", said(one), one.message.nb)).collect();
            wrong += &format!("{path:?}\n  expected {expected}\n  found {new:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// All that is found in the pathways themselves: two rules that say what others say, and are kept for their readers.
#[test]
fn the_pathways_have_no_order_mistakes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut compilation = compile(&[Input::Path(root.join("pathways"))], root).unwrap();
    compilation.prove();
    let of_order = compilation.findings.iter().filter(|finding| finding.code.number().starts_with("F10"));
    let of_order = of_order.filter(|finding| finding.code <= Code::UndecidedOrder);
    let said: Vec<_> = of_order.map(|finding| finding.message.nb.as_str()).collect();
    assert_eq!(
        said,
        [
            "Det som bryter «én_slutt», bryter også «ingenting_etter_slutt»",
            "Det som bryter «ikke_behandling_ved_annen_konklusjon», bryter også minst én av «én_beslutning» og «beslutning_før_behandling»",
        ]
    );
}

/// Thirty rules of every kind over thirty codes are decided.
#[test]
fn thirty_rules_are_decided() {
    let mut text = String::from("mal m \"Mal\" {\n  kode A \"Start\" { åpner }\n");
    let plain = (1..=26).map(|number| format!("K{number}"));
    text.extend(plain.map(|code| format!("  kode {code} \"Hendelse\"\n")));
    text += "  kode F \"Behandling\" { fullfører }\n  kode X \"Slutt\" { avslutter }\n  kode Y \"Slutt\" { avslutter }\n";
    text += "  intervall alt \"Alt\" fra A til F\n";
    for number in 1..=26 {
        let (next, last) = (number % 26 + 1, (number + 12) % 26 + 1);
        let demand = match number % 6 {
            0 => format!("K{number} før F"),
            1 => format!("K{number} utløser K{next}, X"),
            2 => format!("høyst 2 av K{number}, K{next}"),
            3 => format!("høyst 3 av K{number}, K{next}, X"),
            4 => format!("aldri K{number} sammen med Y"),
            _ => format!("K{number}, A før K{last}"),
        };
        text += &format!("  regel r{number} feil \"Regel\": {demand}\n");
    }
    text += "  regel s1 feil \"Regel\": ingenting etter X\n  regel s2 feil \"Regel\": ingenting etter Y\n";
    text += "  regel s3 feil \"Regel\": A før F\n  regel s4 feil \"Regel\": høyst én av X, Y\n";
    text += "}\npakkeforløp P \"P\" etter m {\n}\n";
    let compilation = compiled(&text);
    let tables = compilation.tables.unwrap_or_else(|| panic!("{:#?}", compilation.findings));
    assert_eq!(tables.pathways[0].rules.len(), 30);
    let claims = claims(&tables.pathways[0]).unwrap();
    assert!(!claims.iter().any(|claim| matches!(claim.what, What::Undecided { .. })));
}
