//! What is proven of conditions: compared with every state of small random pathways, and found in pathways with planted
//! mistakes. `FORLOP_CASES` sets how many random pathways.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "prove/conditions_brute.rs"]
mod brute;
#[path = "prove/conditions_large.rs"]
mod large;
#[path = "prove/conditions_made_up.rs"]
mod made_up;

use std::{collections::BTreeSet, path::Path};

use brute::{Needed, Spec, Truth, World, worlds};
use forlop::{
    compile::{Compilation, compile},
    diagnostic::Severity,
    runtime::{CriteriaResult, Evaluator, Event, FactEvent, InvestigationStatus, RouteResult},
    source::Input,
};

fn proven(text: &str, folder: &str) -> Compilation {
    let mut compilation = compile(&[Input::Text(text.to_owned())], Path::new(folder)).unwrap();
    compilation.prove();
    compilation
}

/// Code and line of what is said of conditions.
fn found(compilation: &Compilation) -> BTreeSet<(&'static str, u32)> {
    let line = |finding: &forlop::diagnostic::Finding| {
        compilation.files.get(finding.place.file).position(finding.place.span.start).line
    };
    let findings = compilation.findings.iter().map(|finding| (finding.code.number(), line(finding)));
    findings.filter(|(code, _)| ("F0501".."F0505").contains(code) || ("F1021".."F1040").contains(code)).collect()
}

/// The runtime answers as this test's own reckoning does.
fn agrees_with_the_runtime(spec: &Spec, compilation: &Compilation, worlds: &[World]) {
    let tables = compilation.tables.as_ref().unwrap();
    let evaluator = Evaluator::new(tables).unwrap();
    let today = "2024-06-30".parse().unwrap();
    for world in worlds {
        let given = world.given(today);
        let facts: Vec<_> =
            given.iter().map(|(date, fact, value)| FactEvent { date: *date, fact, value: value.as_str() }).collect();
        let events: [Event; 0] = [];
        let assessed = evaluator.assess("", &events, &facts, today);
        let said = &assessed[0];
        let truth = |status| match status {
            InvestigationStatus::Done => Some(true),
            InvestigationStatus::NotApplicable => Some(false),
            _ => None,
        };
        let found: Vec<_> = said.investigations.iter().map(|one| truth(one.status)).collect();
        let own = spec.lists.iter().flat_map(|list| {
            let when = list.when.truth(world);
            std::iter::once(when).chain(list.items.iter().map(move |item| brute::all(&[when, item.truth(world)])))
        });
        assert_eq!(found, own.collect::<Vec<_>>(), "{}\n{world:?}", spec.text());
        let route = match said.routes[0].result {
            RouteResult::None => Some(false),
            RouteResult::Unknown => None,
            _ => Some(true),
        };
        let mut own = Some(false);
        for row in &spec.rows {
            own = row.truth(world);
            if own != Some(false) {
                break;
            }
        }
        assert_eq!(route, own, "{}\n{world:?}", spec.text());
        let met = match said.criteria[0].result {
            CriteriaResult::Met => Some(true),
            CriteriaResult::NotMet => Some(false),
            _ => None,
        };
        assert_eq!(met, spec.criteria.truth(world), "{}\n{world:?}", spec.text());
    }
}

/// What trying every state finds.
fn expected(spec: &Spec, worlds: &[World]) -> BTreeSet<(&'static str, u32)> {
    let mut found = BTreeSet::new();
    let lines = spec.lines();
    // A condition where what is around it holds.
    let mut when = |condition: &brute::Cond, around: &dyn Fn(&World) -> Truth, line: u32| -> bool {
        let inside: Vec<&World> = worlds.iter().filter(|world| around(world) == Some(true)).collect();
        let truths = |condition: &brute::Cond| inside.iter().map(|world| condition.truth(world)).collect::<Vec<_>>();
        let own = truths(condition);
        let code = if inside.is_empty() {
            return false;
        } else if !own.contains(&Some(true)) {
            "F1021"
        } else if !own.contains(&Some(false)) {
            "F1022"
        } else if condition.without_each().iter().any(|rest| truths(rest) == own) {
            "F1026"
        } else {
            return false;
        };
        found.insert((code, line));
        true
    };
    let always = |_: &World| Some(true);
    for (list, list_lines) in spec.lists.iter().zip(&lines.lists) {
        when(&list.when, &always, list_lines.0);
        for (item, line) in list.items.iter().zip(&list_lines.1) {
            when(item, &|world: &World| list.when.truth(world), *line);
        }
    }
    let mut flawed = false;
    for (item, line) in spec.criteria.items.iter().zip(&lines.items) {
        flawed |= when(&item.condition, &always, *line);
    }
    for (row, line) in spec.rows.iter().zip(&lines.rows) {
        if worlds.iter().any(|world| row.truth(world) == Some(true)) {
            let own: Vec<_> = worlds.iter().map(|world| row.truth(world)).collect();
            let same = |rest: &brute::Cond| worlds.iter().map(|world| rest.truth(world)).collect::<Vec<_>>() == own;
            if row.without_each().iter().any(same) {
                found.insert(("F1026", *line));
            }
        }
    }
    let left_out = |world: &World| spec.rows.iter().all(|row| row.truth(world) == Some(false));
    if worlds.iter().any(left_out) {
        found.insert(("F1023", lines.routes));
    }
    if !flawed {
        of_criteria(spec, worlds, &lines, &mut found);
    }
    found
}

fn of_criteria(spec: &Spec, worlds: &[World], lines: &brute::Lines, found: &mut BTreeSet<(&'static str, u32)>) {
    let criteria = &spec.criteria;
    let whole: Vec<_> = worlds.iter().map(|world| criteria.truth(world)).collect();
    match (whole.contains(&Some(true)), whole.contains(&Some(false))) {
        (false, false) => _ = found.insert(("F1027", lines.criteria)),
        (false, true) => _ = found.insert(("F1021", lines.criteria)),
        (true, false) if criteria.items.iter().all(|item| !item.does_not_exclude) => {
            found.insert(("F1022", lines.criteria));
        }
        (true, false) => {}
        (true, true) => {
            let truths = |at: usize| worlds.iter().map(|world| criteria.items[at].truth(world)).collect::<Vec<_>>();
            let marks = |at: usize| (criteria.items[at].not_alone, criteria.items[at].does_not_exclude);
            let mut twins = BTreeSet::new();
            for at in 0..criteria.items.len() {
                if let Some(other) = (0..at).find(|other| marks(*other) == marks(at) && truths(*other) == truths(at)) {
                    found.insert(("F1025", lines.items[at]));
                    twins.extend([at, other]);
                }
            }
            for at in (0..criteria.items.len()).filter(|at| !twins.contains(at)) {
                let says_so = criteria.items[at].not_alone && criteria.need == Needed::AtLeast(1);
                let mut without = criteria.clone();
                without.items.remove(at);
                let rest: Vec<_> = worlds.iter().map(|world| without.truth(world)).collect();
                if !says_so && criteria.items.len() > 1 && rest == whole {
                    found.insert(("F1024", lines.items[at]));
                }
            }
        }
    }
}

#[test]
fn all_that_is_found_is_so_and_nothing_is_missed() {
    let cases: u64 = std::env::var("FORLOP_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300);
    let worlds = worlds();
    let some: Vec<World> = worlds.iter().step_by(13).cloned().collect();
    let mut undecided = 0;
    let mut seen = BTreeSet::new();
    for seed in 0..cases {
        let spec = made_up::spec(seed);
        let text = spec.text();
        let compilation = proven(&text, ".");
        assert!(compilation.tables.is_some(), "{text}\n{:?}", compilation.findings);
        agrees_with_the_runtime(&spec, &compilation, &some);
        let found = found(&compilation);
        if found.iter().any(|(code, _)| *code == "F1028" || *code == "F0504") {
            undecided += 1;
            continue;
        }
        let found: BTreeSet<_> = found.into_iter().filter(|(code, _)| *code > "F1000").collect();
        let expected = expected(&spec, &worlds);
        assert_eq!(found, expected, "seed {seed}\n{text}");
        seen.extend(found.into_iter().map(|(code, _)| code));
        for finding in compilation.findings.iter().filter(|finding| finding.code.number() == "F1023") {
            let Some((_, witness)) = finding.message.nb.split_once(" når ") else { continue };
            let left_out = |world: &&World| spec.rows.iter().all(|row| row.truth(world) == Some(false));
            let shown = worlds.iter().filter(left_out).any(|world| world.is_said(witness));
            assert!(shown, "seed {seed}: {witness}\n{text}");
        }
    }
    assert!(undecided * 50 <= cases, "{undecided} of {cases} not decided");
    assert!(cases < 100 || seen.len() >= 6, "the random pathways show {seen:?} only");
}

/// `# venter F1023 linje 41` on the first line of a file says all that is to be found there.
#[test]
fn planted_mistakes_are_found_where_they_are() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/prove/defects");
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("conditions-")));
    names.sort();
    assert!(names.len() >= 20, "{}", names.len());
    let mut wrong = String::new();
    for path in names {
        let text = std::fs::read_to_string(&path).unwrap();
        let compilation = proven(&text, concat!(env!("CARGO_MANIFEST_DIR"), "/pathways"));
        let words: Vec<_> = text.lines().next().unwrap().split(' ').collect();
        let expected = (words[2], words[4].parse::<u32>().unwrap());
        let clean = expected.0 == "F1023";
        let found: Vec<_> = found(&compilation).into_iter().filter(|one| clean || one.0 != "F1023").collect();
        if found != [expected] {
            wrong += &format!("{path:?}: {found:?}, not {expected:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_condition_of_very_many_parts_is_told() {
    let parts = ["x er a"; 20_000].join(" og ");
    let text = format!(
        "mal kreft \"Kreft\" {{\n kode A \"A\" {{ åpner }}\n kode X \"X\" {{ avslutter }}\n}}\n\
         pakkeforløp A99 \"A\" etter kreft {{\n opplysning x \"X\" {{ a, b }}\n variant v \"V\" når {parts} {{ }}\n}}\n"
    );
    let found = found(&proven(&text, "."));
    assert!(found.contains(&("F1028", 7)), "{found:?}");
}

#[test]
fn a_large_pathway_is_decided() {
    let compilation = proven(&large::text(), ".");
    assert!(compilation.tables.is_some(), "{:?}", compilation.findings.first());
    let found = found(&compilation);
    assert!(!found.iter().any(|(code, _)| ["F0504", "F1028"].contains(code)), "{found:?}");
    assert!(found.iter().any(|(code, _)| *code == "F1023"));
}

/// The pathways themselves have no warnings; the notes are true.
#[test]
fn clean_pathways_stay_clean() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/pathways");
    let mut compilation = compile(&[Input::Path(folder.into())], Path::new(folder)).unwrap();
    compilation.prove();
    let mine = |finding: &&forlop::diagnostic::Finding| ("F1021".."F1040").contains(&finding.code.number());
    for finding in compilation.findings.iter().filter(mine) {
        assert_eq!(finding.severity(), Severity::Note, "{finding:?}");
        assert_eq!(finding.code.number(), "F1023", "{finding:?}");
    }
}
