//! Templates that build on a template: what they get, what they replace, and what goes wrong.

use super::{BASE, Case, IMPORTS, check_in, compile_paths, compile_text, expect, show};

/// The base with a template between its template and its pathway, which follows it.
fn extended() -> String {
    BASE.replace(
        "pakkeforløp Z1 \"Prøveforløpet\" etter felles {",
        "mal utvidet \"Utvidet\" etter felles {
  kode T \"Tilbake\" i utredning
  gruppe slutt = T, X
  intervall OF1 \"Til første fremmøte\" fra A til S
  intervall OF5 \"Fremmøte til slutt\" fra S til slutt
  regel tilbake advarsel \"Tilbake etter fremmøte\": S før T
}

pakkeforløp Z1 \"Prøveforløpet\" etter utvidet {",
    )
}

#[test]
fn a_template_has_all_that_it_builds_on_in_its_order() {
    let compilation = compile_text(&extended());
    assert_eq!(show(&compilation), "");
    let [pathway] = &compilation.tables.unwrap().pathways[..] else { panic!() };
    assert_eq!(pathway.template, "utvidet");
    let names: Vec<_> = pathway.intervals.iter().map(|interval| interval.name.as_str()).collect();
    assert_eq!(names, ["OF1", "OF2", "OF3", "OF4", "OF5"]);
    assert_eq!(pathway.intervals[0].label, "Til første fremmøte");
    assert!(pathway.intervals[0].origin.line > pathway.intervals[4].origin.line - 2);
    assert!(pathway.intervals[1].origin.line < pathway.intervals[0].origin.line);
    assert_eq!(pathway.codes.last().unwrap().code, "Z1T");
    assert_eq!(pathway.groups.last().unwrap().codes, ["Z1T", "Z1X"]);
}

/// However a template is cut into one that builds on another, the pathways are the same.
#[test]
fn a_template_cut_in_two_is_the_same_template() {
    let whole = compile_text(BASE).tables.unwrap();
    let starts = ["  fase", "  kode", "  gruppe", "  intervall", "  regel"];
    let opened = BASE.find("åpner }\n").unwrap();
    let end = BASE.find("\n}\n").unwrap();
    let cuts: Vec<usize> = BASE
        .match_indices('\n')
        .map(|(at, _)| at + 1)
        .filter(|at| (opened..end).contains(at) && starts.iter().any(|start| BASE[*at..].starts_with(start)))
        .collect();
    assert!(cuts.len() > 10);
    for cut in cuts {
        let (before, after) = BASE.split_at(cut);
        let before = before.replace("mal felles", "mal felt");
        let text = format!("{before}}}\nmal felles \"Felles\" etter felt {{\n{after}");
        let compilation = compile_text(&text);
        let tables = compilation.tables.as_ref().unwrap_or_else(|| panic!("{text}\n{}", show(&compilation)));
        assert_eq!(tables.fingerprint, whole.fingerprint, "{text}");
    }
}

#[test]
fn what_goes_wrong() {
    let cases: &[Case] = &[
        // Names.
        ("kode T \"Tilbake\"", "kode S \"Tilbake\"", &[("F0201", "S"), ("F0203", "T"), ("F0203", "T")]),
        ("gruppe slutt", "gruppe behandling", &[("F0201", "behandling"), ("F0203", "slutt")]),
        ("  gruppe slutt", "  fase utredning \"Igjen\"\n  gruppe slutt", &[("F0201", "utredning")]),
        ("regel tilbake", "regel henvist", &[("F0201", "henvist")]),
        ("intervall OF5", "intervall OF1", &[("F0201", "OF1")]),
        ("fra S til slutt", "fra S til slut", &[("F0203", "slut")]),
        ("Tilbake\" i utredning", "Tilbake\" i utreding", &[("F0208", "utreding")]),
        ("regel tidlig", "regel tilbake", &[("F0201", "tilbake")]),
        // What it builds on.
        ("etter felles {\n  kode T", "etter feles {\n  kode T", &[("F0202", "feles")]),
        ("etter felles {\n  kode T", "etter utvidet {\n  kode T", &[("F0202", "utvidet")]),
        ("mal felles \"Felles\" {", "mal felles \"Felles\" etter utvidet {", &[("F0202", "felles")]),
        ("mal felles \"Felles\" {", "mal felles \"Felles\" etter {", &[("F0101", "{")]),
        // What cannot be read there may declare what is used here.
        ("regel henvist ", "rgel T ", &[("F0102", "rgel")]),
        ("etter felles {\n  kode T", "etter felles\n  kode T", &[("F0104", "mal utvidet \"Utvidet\" etter felles")]),
        // The parts of inherited sums.
        ("fra A til S\n  intervall OF5", "fra A til CK\n  intervall OF5", &[("F0904", "OF1")]),
        ("fra A til S\n  intervall OF5", "fra A til S gjentas\n  intervall OF5", &[("F0903", "OF1")]),
        ("fra A til S\n  intervall OF5", "fra A til S = OF4\n  intervall OF5", &[("F0903", "OF4")]),
        // What nobody uses.
        ("gruppe slutt = T, X", "gruppe slutt = T, X\n  gruppe annet = T", &[("F0213", "annet")]),
        ("  gruppe behandling", "  gruppe slutt = X\n  gruppe behandling", &[("F0201", "slutt")]),
    ];
    check_in(&extended(), "templates", cases);
}

#[test]
fn a_parent_is_imported() {
    let compile = |names: &[&str]| compile_paths(IMPORTS.into(), names);
    expect(&compile(&["parent/forløp.forlop"]), &[]);
    let without = compile(&["parent/løs.forlop", "felles.forlop"]);
    expect(&without, &[("F0202", "felles")]);
    assert_eq!(without.findings[0].help.as_ref().unwrap().nb, "Skriv «bruk \"../felles.forlop\"» øverst i filen.");
}
