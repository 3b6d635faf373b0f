//! What is proven of pathways together, compared with every patient of small random sets: the runtime decides each route.
//! `FORLOP_CASES` sets how many random sets.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, fmt::Write, path::Path};

use chrono::NaiveDate;
use forlop::{
    compile::{Compilation, compile},
    diagnostic::Code,
    runtime::{Evaluator, FactEvent},
    source::Input,
    tables::{Outcome, Target},
};

/// SplitMix64: a course of numbers that is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

const TEMPLATE: &str = "mal m \"Mal\" {
  kode A \"Start\" { åpner }
  kode S \"Fremmøte\" { fullfører }
  intervall AS \"Tid\" fra A til S
}
";
const IDS: [&str; 3] = ["A97", "A98", "A99"];
const TESTS: [&str; 6] = ["f er a", "f er b", "f er ikke c", "g", "g er nei", "f er kjent"];
const VALUES: [(&str, &[Option<&str>]); 2] =
    [("f", &[Some("a"), Some("b"), Some("c"), None]), ("g", &[Some("ja"), Some("nei"), None])];

fn cases() -> u64 {
    std::env::var("FORLOP_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1000)
}

fn compiled(text: &str) -> Compilation {
    let mut compilation = compile(&[Input::Text(text.to_owned())], Path::new(".")).unwrap();
    compilation.prove();
    compilation
}

fn pathway(id: &str, body: &str) -> String {
    let facts = "  opplysning f \"Funn\" { a, b, c }\n  opplysning g \"Gjelder\" ja eller nei\n";
    format!("pakkeforløp {id} \"Forløp {id}\" etter m {{\n{facts}{body}}}\n")
}

/// Every patient that two facts make.
fn patients() -> impl Iterator<Item = Vec<FactEvent<'static>>> {
    let [(f, of_f), (g, of_g)] = VALUES;
    let given = |fact, value: &Option<&'static str>| value.map(|value| FactEvent { date: None, fact, value });
    of_f.iter()
        .flat_map(move |one| of_g.iter().map(move |two| given(f, one).into_iter().chain(given(g, two)).collect()))
}

/// Where a patient is sent from each pathway, by the runtime.
fn sent(evaluator: &Evaluator, patient: &[FactEvent]) -> BTreeSet<(String, String)> {
    let day = NaiveDate::from_ymd_opt(2024, 5, 1).unwrap();
    let mut sent = BTreeSet::new();
    for assessment in evaluator.assess("p", &[], patient, day) {
        for answer in &assessment.routes {
            if let Some(Outcome::Refer { target: Target::Pathway { id }, .. }) = answer.outcome {
                sent.insert((assessment.pathway.to_owned(), id.clone()));
            }
        }
    }
    sent
}

fn goes_round(sent: &BTreeSet<(String, String)>) -> bool {
    let goes = |one: &str, other: &str| sent.contains(&(one.to_owned(), other.to_owned()));
    let [a, b, c] = IDS;
    let pairs = goes(a, b) && goes(b, a) || goes(a, c) && goes(c, a) || goes(b, c) && goes(c, b);
    pairs || goes(a, b) && goes(b, c) && goes(c, a) || goes(a, c) && goes(c, b) && goes(b, a)
}

#[test]
fn referrals_lead_round_exactly_when_a_patient_is_sent_round() {
    let mut random = Random(61);
    let mut counts = (0, 0);
    for case in 0..cases() {
        let mut text = TEMPLATE.to_owned();
        for id in IDS {
            let others: Vec<&str> = IDS.into_iter().filter(|other| *other != id).collect();
            let mut body = String::new();
            for table in 0..1 + random.below(2) {
                let when = if random.below(3) == 0 { format!(" når {}", random.of(&TESTS)) } else { String::new() };
                writeln!(body, "  veivalg v{table} \"Vei\"{when} {{").unwrap();
                for _ in 0..1 + random.below(2) {
                    let join = random.of(&["og", "eller"]);
                    let (one, two) = (random.of(&TESTS), random.of(&TESTS));
                    let outcome = match random.below(3) {
                        0 => "inngår".to_owned(),
                        _ => format!("henvis til {}", random.of(&others)),
                    };
                    writeln!(body, "    når {one} {join} {two}: {outcome}").unwrap();
                }
                writeln!(body, "  }}").unwrap();
            }
            text += &pathway(id, &body);
        }
        let compilation = compiled(&text);
        let evaluator = Evaluator::new(compilation.tables.as_ref().unwrap()).unwrap();
        let round = patients().any(|patient| goes_round(&sent(&evaluator, &patient)));
        let claimed = compilation.findings.iter().any(|finding| finding.code == Code::ReferralCycle);
        assert_eq!(claimed, round, "case {case}\n{text}");
        if round { counts.0 += 1 } else { counts.1 += 1 }
    }
    assert!(counts.0 > 0 && counts.1 > 0, "{counts:?}");
}

#[test]
fn referrals_contradict_exactly_when_a_patient_meets_both() {
    let mut random = Random(62);
    let mut counts = (0, 0);
    for case in 0..cases() {
        let (one, two, three) = (random.of(&TESTS), random.of(&TESTS), random.of(&TESTS));
        let join = random.of(&["og", "eller"]);
        let (yes, no) = (format!("{one} {join} {two}"), three);
        let body = format!(
            "  henvis til nytt forløp når {yes}\n  henvis ikke til nytt forløp når {no}\n  veivalg v1 \"Én\" {{\n    når {yes}: \
             inngår\n  }}\n  veivalg v2 \"To\" {{\n    når {no}: inngår\n  }}\n"
        );
        let compilation = compiled(&(TEMPLATE.to_owned() + &pathway("A99", &body)));
        let evaluator = Evaluator::new(compilation.tables.as_ref().unwrap()).unwrap();
        let day = NaiveDate::from_ymd_opt(2024, 5, 1).unwrap();
        // The same conditions stand in decision tables, which the runtime decides.
        let both = patients().any(|patient| {
            let assessed = evaluator.assess("p", &[], &patient, day);
            assessed[0].routes.iter().all(|answer| answer.outcome.is_some())
        });
        let claimed = compilation.findings.iter().any(|finding| finding.code == Code::ContradictingReferrals);
        assert_eq!(claimed, both, "case {case}\n{body}");
        if both { counts.0 += 1 } else { counts.1 += 1 }
    }
    assert!(counts.0 > 0 && counts.1 > 0, "{counts:?}");
}
