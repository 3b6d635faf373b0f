//! Laws of the checks: the analysis of variants is exact and its witnesses are real, and the same content compiles to
//! the same tables however it is written and named.

#![allow(clippy::unwrap_used)]

mod check_support;

use std::path::Path;

use check_support::{compile_paths, compile_text, show};
use forlop::compile::Compilation;
use proptest::{collection::vec, prelude::*, sample::select};

const BASE: &str = include_str!("check/base.forlop");
const REST: &str = include_str!("check/rest.forlop");

/// A condition over facts: `k` is one of p, q, r; `j` is yes or no; `t` is a number; `y` is whole years; `s` is a scale of
/// a, b, c. `Often` asks for `j` over time: unknown as long as `j` is, else whatever `j` is today; `Course` for a course.
#[derive(Clone, Debug)]
enum Cond {
    K(char),
    J,
    Known(char),
    T(&'static str, i32),
    Y(&'static str, i32),
    S(&'static str, char),
    Often,
    Course,
    Not(Box<Cond>),
    All(Vec<Cond>),
    Any(Vec<Cond>),
}

const OFTEN: &str = "j minst 2 ganger";
const COURSE: &str = "i forløp A12";

/// What is known; numbers in halves.
#[derive(Clone, Copy, Debug, Default)]
struct World {
    k: Option<char>,
    j: Option<bool>,
    t: Option<i32>,
    y: Option<i32>,
    s: Option<char>,
    often: Option<bool>,
    course: bool,
}

fn compare<T: PartialOrd>(word: &str, found: T, threshold: T) -> bool {
    match word {
        "over" => found > threshold,
        "under" => found < threshold,
        "minst" => found >= threshold,
        _ => found <= threshold,
    }
}

impl Cond {
    fn text(&self) -> String {
        let join = |parts: &[Cond], word: &str| {
            let parts: Vec<_> = parts.iter().map(|part| format!("({})", part.text())).collect();
            parts.join(word)
        };
        match self {
            Cond::K(value) => format!("k er {value}"),
            Cond::J => "j".to_owned(),
            Cond::Known(fact) => format!("{fact} er kjent"),
            Cond::T(word, threshold) => format!("t er {word} {threshold} cm"),
            Cond::Y(word, threshold) => format!("y er {word} {threshold}"),
            Cond::S(word, threshold) => format!("s er {word} {threshold}"),
            Cond::Often => OFTEN.to_owned(),
            Cond::Course => COURSE.to_owned(),
            Cond::Not(inner) => format!("ikke ({})", inner.text()),
            Cond::All(parts) => join(parts, " og "),
            Cond::Any(parts) => join(parts, " eller "),
        }
    }

    fn truth(&self, world: &World) -> Option<bool> {
        match self {
            Cond::K(value) => world.k.map(|found| found == *value),
            Cond::J => world.j,
            Cond::Known('k') => Some(world.k.is_some()),
            Cond::Known('j') => Some(world.j.is_some()),
            Cond::Known('t') => Some(world.t.is_some()),
            Cond::Known('y') => Some(world.y.is_some()),
            Cond::Known(_) => Some(world.s.is_some()),
            Cond::T(word, threshold) => world.t.map(|found| compare(word, found, threshold * 2)),
            Cond::Y(word, threshold) => world.y.map(|found| compare(word, found, *threshold)),
            Cond::S(word, threshold) => world.s.map(|found| compare(word, found, *threshold)),
            Cond::Often => world.often,
            Cond::Course => Some(world.course),
            Cond::Not(inner) => inner.truth(world).map(|truth| !truth),
            Cond::All(parts) => {
                let truths: Vec<_> = parts.iter().map(|part| part.truth(world)).collect();
                if truths.contains(&Some(false)) {
                    Some(false)
                } else {
                    truths.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
                }
            }
            Cond::Any(parts) => {
                let truths: Vec<_> = parts.iter().map(|part| part.truth(world)).collect();
                if truths.contains(&Some(true)) {
                    Some(true)
                } else {
                    truths.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
                }
            }
        }
    }
}

/// Variants cannot ask for courses.
fn conditions(courses: bool) -> impl Strategy<Value = Cond> {
    let words = || select(vec!["over", "under", "minst", "høyst"]);
    let leaf = prop_oneof![
        3 => select(vec!['p', 'q', 'r']).prop_map(Cond::K),
        2 => Just(Cond::J),
        1 => select(vec!['k', 'j', 't', 'y', 's']).prop_map(Cond::Known),
        2 => (words(), select(vec!['a', 'b', 'c'])).prop_map(|(word, threshold)| Cond::S(word, threshold)),
        1 => Just(Cond::Often),
        1 => Just(if courses { Cond::Course } else { Cond::Often }),
        2 => (words(), 1..4).prop_map(|(word, threshold)| Cond::T(word, threshold)),
        2 => (words(), 0..3).prop_map(|(word, threshold)| Cond::Y(word, threshold)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            1 => inner.clone().prop_map(|inner| Cond::Not(Box::new(inner))),
            2 => vec(inner.clone(), 2..4).prop_map(Cond::All),
            2 => vec(inner, 2..4).prop_map(Cond::Any),
        ]
    })
}

fn worlds() -> Vec<World> {
    let mut worlds = vec![World::default()];
    let mut each =
        |change: &dyn Fn(World) -> Vec<World>| worlds = worlds.iter().flat_map(|world| change(*world)).collect();
    each(&|world| [None, Some('p'), Some('q'), Some('r')].map(|k| World { k, ..world }).to_vec());
    each(&|world| [None, Some(false), Some(true)].map(|j| World { j, ..world }).to_vec());
    each(&|world| std::iter::once(None).chain((1..8).map(Some)).map(|t| World { t, ..world }).collect());
    each(&|world| std::iter::once(None).chain((0..4).map(Some)).map(|y| World { y, ..world }).collect());
    each(&|world| [None, Some('a'), Some('b'), Some('c')].map(|s| World { s, ..world }).to_vec());
    each(&|world| match world.j {
        None => vec![world],
        Some(_) => [false, true].map(|often| World { often: Some(often), ..world }).to_vec(),
    });
    each(&|world| [false, true].map(|course| World { course, ..world }).to_vec());
    worlds
}

/// The statements in the place of the facts and variants of the base.
fn with(statements: &str) -> String {
    let start = BASE.find("  opplysning type").unwrap();
    let facts = "  opplysning k \"K\" { p, q, r }\n  opplysning j \"J\" ja eller nei\n  opplysning t \"T\" tall i cm\n  opplysning y \"Y\" hele år\n  opplysning s \"S\" skala { a, b, c }\n";
    format!("{}{facts}{statements}}}\n", &BASE[..start])
}

fn with_variants(conditions: &[Cond]) -> String {
    let variant = |(at, condition): (usize, &Cond)| format!("  variant v{at} \"V\" når {} {{ }}\n", condition.text());
    with(&conditions.iter().enumerate().map(variant).collect::<String>())
}

/// The last row is `ellers`.
fn with_rows(conditions: &[Cond]) -> String {
    let row = |(at, condition): (usize, &Cond)| format!("    når {}: straks \"{at}\"\n", condition.text());
    let rows: String = conditions.iter().enumerate().map(row).collect();
    with(&format!("  veivalg v \"V\" {{\n{rows}    ellers: inngår\n  }}\n"))
}

/// The state of the facts that a message describes: «når k er p, t er 2,5 cm»; all else is not known.
fn witness(message: &str) -> World {
    let mut world = World::default();
    let Some((_, described)) = message.split_once("når ") else { return world };
    for part in described.split(", ") {
        if part.ends_with(OFTEN) {
            world.often = Some(part == OFTEN);
            continue;
        }
        let mut words = part.split(' ');
        let (fact, value) = (words.next().unwrap(), words.nth(1).unwrap_or_default());
        let number = || value.replace(',', ".").parse::<f64>().ok();
        match (fact, value) {
            (_, "ukjent") => {}
            ("k", value) => world.k = value.chars().next(),
            ("j", value) => world.j = Some(value == "ja"),
            ("t", _) => world.t = number().map(|number| (number * 2.0) as i32),
            ("s", value) => world.s = value.chars().next(),
            ("y", _) => world.y = number().map(|number| number as i32),
            _ => {}
        }
    }
    // What is not said was not so.
    world.often = world.often.or(world.j.map(|_| false));
    world
}

/// Code, underlined variant, other variant, message.
fn variant_findings(compilation: &Compilation) -> Vec<(&'static str, usize, Option<usize>, String)> {
    let number = |place: forlop::source::Place| {
        compilation.files.get(place.file).slice(place.span).strip_prefix('v').and_then(|number| number.parse().ok())
    };
    let variants = compilation.findings.iter().filter(|finding| finding.code.number().starts_with("F05"));
    variants
        .map(|finding| {
            let other = finding.related.first().and_then(|related| number(related.place));
            (finding.code.number(), number(finding.place).unwrap(), other, finding.message.nb.clone())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is reported of variants is what trying every state of the facts finds, and every witness is one.
    #[test]
    fn variants_are_judged_exactly(conditions in vec(conditions(false), 1..4)) {
        let compilation = compile_text(&with_variants(&conditions));
        let found = variant_findings(&compilation);
        let worlds = worlds();
        let truths: Vec<Vec<_>> = conditions.iter().map(|one| worlds.iter().map(|world| one.truth(world)).collect()).collect();
        let mut expected = Vec::new();
        let mut can_hold: Vec<usize> = Vec::new();
        for at in 0..conditions.len() {
            let is_true = |one: usize, world: usize| truths[one][world] == Some(true);
            if !(0..worlds.len()).any(|world| is_true(at, world)) {
                expected.push(("F0502", at, None));
            } else if !(0..worlds.len()).any(|world| is_true(at, world) && (0..at).all(|other| truths[other][world] == Some(false))) {
                let finding = found.iter().find(|finding| finding.0 == "F0503" && finding.1 == at);
                expected.push(("F0503", at, finding.and_then(|finding| finding.2)));
            } else {
                for other in &can_hold {
                    if (0..worlds.len()).any(|world| is_true(at, world) && is_true(*other, world)) {
                        expected.push(("F0501", at, Some(*other)));
                    }
                }
                can_hold.push(at);
            }
        }
        let said: Vec<_> = found.iter().map(|(code, at, other, _)| (*code, *at, *other)).collect();
        prop_assert_eq!(said, expected, "{}\n{}", with_variants(&conditions), show(&compilation));
        for (code, at, other, message) in &found {
            let Some(other) = *other else { continue };
            let world = witness(message);
            prop_assert_eq!(conditions[*at].truth(&world), Some(true), "{} in {:?}", message, world);
            let stands = conditions[other].truth(&world);
            prop_assert!(if *code == "F0501" { stands == Some(true) } else { stands != Some(false) }, "{} in {:?}", message, world);
        }
    }

    /// The same for the rows of a decision table; where nothing is left, only the first row is reported.
    #[test]
    fn rows_are_judged_exactly(conditions in vec(conditions(true), 1..4)) {
        let text = with_rows(&conditions);
        let compilation = compile_text(&text);
        let rows = compilation.findings.iter().filter(|finding| finding.code.number().starts_with("F05"));
        let line = |place: forlop::source::Place| compilation.files.get(place.file).position(place.span.start).line as usize;
        let first = text.lines().position(|line| line.starts_with("  veivalg")).unwrap() + 2;
        let found: Vec<_> = rows.map(|finding| (finding.code.number(), line(finding.place) - first)).collect();
        let worlds = worlds();
        let truths = |world: &World| conditions.iter().map(|one| one.truth(world)).chain([Some(true)]).collect::<Vec<_>>();
        let truths: Vec<Vec<_>> = worlds.iter().map(truths).collect();
        let passed = |truth: &[Option<bool>], at: usize| truth[..at].iter().all(|one| *one == Some(false));
        let mut expected = Vec::new();
        for at in 0..=conditions.len() {
            if !truths.iter().any(|truth| truth[at] == Some(true)) {
                expected.push(("F0502", at));
            } else if !truths.iter().any(|truth| truth[at] == Some(true) && passed(truth, at)) {
                expected.push(("F0503", at));
                if !truths.iter().any(|truth| passed(truth, at)) {
                    break;
                }
            }
        }
        prop_assert_eq!(found, expected, "{}\n{}", text, show(&compilation));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// White space, comments and indentation are no content.
    #[test]
    fn reformatting_keeps_the_fingerprint(fillings in vec(select(vec!["\n", "\n\n", "\n# merknad med { og \"\n", "\r\n", "\n\t\t\u{a0}"]), 90)) {
        let mut fillings = fillings.into_iter().cycle();
        for base in [BASE, REST] {
            let text: String = base.lines().map(|line| format!("{}{}", line.trim(), fillings.next().unwrap())).collect();
            let tables = |text: &str| compile_text(text).tables.unwrap();
            prop_assert_eq!(tables(&text).fingerprint, tables(base).fingerprint);
        }
    }

    /// Another number is another content.
    #[test]
    fn another_limit_is_another_fingerprint(amount in 1_u32..400) {
        let text = BASE.replace("OF2 30 kalenderdager", &format!("OF2 {amount} kalenderdager"));
        let tables = |text: &str| compile_text(text).tables.unwrap();
        prop_assert_eq!(tables(&text).fingerprint == tables(BASE).fingerprint, amount == 30);
    }

    /// Nothing that can be written makes the compiler panic, and every finding is at a place in its file.
    #[test]
    fn mutilated_text_is_only_text(base in select(vec![BASE, REST]), cuts in vec((0_usize..3500, 0_usize..60, 0_usize..3500), 1..4)) {
        let mut text: Vec<char> = base.chars().collect();
        for (from, length, to) in cuts {
            let from = from.min(text.len());
            let piece: Vec<char> = text.drain(from..(from + length).min(text.len())).collect();
            let to = to.min(text.len());
            text.splice(to..to, piece.iter().chain(&piece).copied().collect::<Vec<_>>());
        }
        let compilation = compile_text(&text.iter().collect::<String>());
        for finding in &compilation.findings {
            for place in std::iter::once(finding.place).chain(finding.related.iter().map(|related| related.place)) {
                let text = &compilation.files.get(place.file).text;
                prop_assert!(text.get(place.span.start..place.span.end).is_some(), "{:?}", finding);
            }
        }
        let errors = compilation.findings.iter().any(|finding| finding.severity() == forlop::diagnostic::Severity::Error);
        prop_assert_eq!(compilation.tables.is_none(), errors);
    }

    /// The order in which files are named, and how often, decides nothing.
    #[test]
    fn input_order_decides_nothing(mut names in Just(vec!["good", "good/a.forlop", "good/b.forlop", "twice.forlop", "unneeded.forlop"]).prop_shuffle(), kept in 1_usize..6) {
        names.truncate(kept);
        let mut sorted = names.clone();
        sorted.sort_unstable();
        let folder = || Path::new("tests/check/imports").to_path_buf();
        let (one, other) = (compile_paths(folder(), &names), compile_paths(folder(), &sorted));
        prop_assert_eq!(show(&one), show(&other));
        prop_assert_eq!(one.tables, other.tables);
    }
}

#[test]
fn the_folder_decides_nothing() {
    let here = compile_paths(Path::new("tests/check/imports").into(), &["good"]).tables.unwrap();
    let there = compile_paths(Path::new("tests/check/imports/good").into(), &["a.forlop", "b.forlop"]).tables.unwrap();
    assert_eq!(here.fingerprint, there.fingerprint);
    assert_ne!(here.pathways[0].origin.file, there.pathways[0].origin.file);
}
