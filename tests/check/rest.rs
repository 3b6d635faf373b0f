//! The same for facts that are computed, scaled or implied, time, decision tables, lists, and what examples expect of them.

use super::{Case, check_in, check_support::compile_text, show};

const BASE: &str = include_str!("rest.forlop");

fn check(snapshot: &str, cases: &[Case]) {
    check_in(BASE, snapshot, cases);
}

#[test]
fn the_rest_is_sound() {
    let compilation = compile_text(BASE);
    assert_eq!(show(&compilation), "");
    let pathways = compilation.tables.unwrap().pathways;
    insta::assert_snapshot!(serde_json::to_string_pretty(&pathways[0]).unwrap());
}

#[test]
fn codes_and_names() {
    check(
        "rest_codes_and_names",
        &[
            (
                "i inngang gyldig til 2016-12-31",
                "i inngang gyldig fra 2017-01-01 til 2016-12-31",
                &[("F0601", "2017-01-01 til 2016-12-31")],
            ),
            ("startet\" {", "startet\" gyldig fra 2014-01-01 {", &[("F0604", "2014-01-01")]),
            ("\"Henvisning for {sykdom}\"", "\"Henvisning for {sykdm}\"", &[("F0212", "{sykdm}")]),
            ("  status", "  mangler \"Kodeprefiks\"\n  status", &[("F0410", "\"Kodeprefiks\"")]),
            ("2024-01-04 A\n", "2024-01-04 AA\n", &[("F0203", "AA")]),
            ("av B\n", "av C\n", &[("F0203", "C")]),
            ("fra B til B gjentas", "fra A til X = OF1 + OF2 gjentas", &[("F0903", "K")]),
            ("fra B til X\n", "fra B til X gjentas\n", &[("F0903", "OF2")]),
        ],
    );
}

#[test]
fn facts() {
    check(
        "rest_facts",
        &[
            ("{ I, II, III", "{ I, I, III", &[("F0201", "I")]),
            ("bethesda er høyst III", "bethesda er høyst VII", &[("F0207", "VII")]),
            ("bethesda er høyst III", "bethesda er høyst 3", &[("F0301", "3")]),
            ("bethesda er høyst III", "bethesda", &[("F0301", "bethesda")]),
            ("\"Hoste\" ja eller nei vurderes", "\"Hoste\" hele år vurderes", &[("F0301", "hoste"), ("F0301", "ja")]),
            ("ct \"CT\" ikke eldre enn 2 år", "lengde \"CT\" ikke eldre enn 2 år", &[("F0301", "lengde")]),
            ("ct \"CT\" ikke eldre enn 2 år", "skår \"CT\" ikke eldre enn 2 år", &[("F0301", "skår")]),
            ("opplysning røyker", "opplysning puls \"Puls\" tall\n  opplysning røyker", &[("F0213", "puls")]),
            ("opplysning røyker", "opplysning mr \"MR\" ja eller nei\n  opplysning røyker", &[]),
            ("= lengde - bredde", "= lengde - brede", &[("F0206", "brede")]),
            ("= lengde - bredde", "= lengde - røyker", &[("F0301", "røyker")]),
            ("= lengde - bredde", "= lengde - psa", &[("F0302", "psa")]),
            ("= lengde - bredde", "= lengde - skår", &[("F0302", "skår"), ("F0306", "lengst")]),
            ("= lengde - bredde", "= lengde - (bredde - omkrets)", &[]),
            ("= lengde - bredde", "= lengde - lengst", &[("F0306", "lengst")]),
            ("tall i mm = lengde - bredde", "tall = lengde - bredde", &[("F0302", "lengde"), ("F0302", "bredde")]),
            ("2 * (lengde + bredde)", "2 * (lengde + psa)", &[("F0302", "psa")]),
            // Whoever passes the row on the length has a girth.
            (
                "2 * (lengde + bredde)",
                "2 * (lengde + 3)",
                &[("F0503", "når omkrets er ukjent: utenfor \"Hører ikke til\"")],
            ),
            ("2 * (lengde + bredde)", "(bredde / (1 + 1)) * 4", &[("F0302", "bredde")]),
            ("2 * (lengde + bredde)", "lengde * bredde / bredde", &[]),
            ("stigning av psa", "stigning av skår", &[("F0301", "skår")]),
            ("stigning av psa", "stigning av alder", &[("F0302", "alder")]),
            ("gitt alder = 50", "gitt skår = 50", &[("F0305", "skår")]),
            ("lengde = 12 mm", "lengde = 12 mg", &[("F0302", "mg")]),
        ],
    );
}

#[test]
fn time() {
    check(
        "rest_time",
        &[
            ("minst 3 ganger", "minst 0 ganger", &[("F0905", "0")]),
            ("minst 3 ganger", "minst 2,5 ganger", &[("F0107", "2,5")]),
            ("minst 1 måned", "minst 0 måneder", &[("F0107", "0")]),
            ("minst 1 måned", "minst 1 kvartal", &[("F0212", "kvartal")]),
            ("siste 4 uker", "siste 400 år", &[("F0107", "400")]),
            ("siste 4 uker", "siste 4 ukr", &[("F0212", "ukr")]),
            ("psa er over 0,004 mg/l siste", "psa er over 0,004 mmol/l siste", &[("F0302", "mmol/l")]),
            ("skår er over 3 og", "skår er over 3 siste 2 uker og", &[("F0301", "skår")]),
            ("alder er minst 480 måneder", "alder er ukjent siste 2 år", &[("F0905", "alder er ukjent siste 2 år")]),
            ("ikke eldre enn 2 år", "ikke eldre enn 2 månder", &[("F0212", "månder")]),
            (
                "og psa er over 4 ng/ml minst",
                "og i forløp lungekreft og psa er over 4 ng/ml minst",
                &[("F0305", "i forløp lungekreft")],
            ),
            ("når i forløp lungekreft: inngår", "når i forløp lungkreft: inngår", &[("F0801", "lungkreft")]),
        ],
    );
}

#[test]
fn decision_tables() {
    let first = "når bethesda er VI: henvis til lungekreftkirurgi";
    let second = "når i forløp lungekreft: inngår";
    check(
        "rest_decision_tables",
        &[
            ("henvis til lungekreftkirurgi", "henvis til lungekreft", &[("F0801", "lungekreft")]),
            ("henvis til lungekreftkirurgi", "henvis til \"Hode\"", &[("F0802", "\"Hode\"")]),
            (
                "ellers: henvis eventuelt til nytt forløp",
                "ellers: inngår\n    når hoste: inngår",
                &[("F0905", "når hoste: inngår")],
            ),
            (first, "når hoste og ikke hoste: inngår", &[("F0502", "når hoste og ikke hoste: inngår")]),
            (
                first,
                "når hoste eller ikke hoste: inngår\n    når hoste er ukjent: inngår",
                &[("F0503", "når hoste er ukjent: inngår")],
            ),
            (second, "når bethesda er minst VI: inngår", &[("F0503", "når bethesda er minst VI: inngår")]),
            (
                second,
                "når i forløp lungekreft: inngår\n    når hoste og i forløp lungekreft: inngår",
                &[("F0503", "når hoste og i forløp lungekreft: inngår")],
            ),
            (
                second,
                "når psa er over 4 µg/l siste 2 uker: inngår\n    når psa er over 4 µg/l siste 2 uker og hoste: inngår",
                &[("F0503", "når psa er over 4 µg/l siste 2 uker og hoste: inngår")],
            ),
            (
                second,
                "når psa er over 4 µg/l siste 2 uker: inngår\n    når psa er over 4 µg/l siste 3 uker: inngår",
                &[],
            ),
            (first, "når hoste: inngår\n    når hoste er nei: inngår", &[("F0503", "når i forløp lungekreft: inngår")]),
            (
                "  fase inngang {",
                "  veivalg vei \"Igjen\" {\n    når hoste: inngår\n  }\n  fase inngang {",
                &[("F0201", "vei")],
            ),
            ("  fase inngang {", "  veivalg tomt \"Tomt\" { }\n  fase inngang {", &[("F0905", "tomt")]),
            ("når røyker {", "når røker {", &[("F0206", "røker")]),
        ],
    );
}

#[test]
fn lists_and_criteria() {
    check(
        "rest_lists_and_criteria",
        &[
            ("før biopsi", "før biopssi", &[("F0212", "biopssi")]),
            ("før biopsi", "før ct", &[("F0905", "ct")]),
            ("før biopsi", "før biopsi, mr", &[]),
            ("= minst 1 av {\n        mr", "= minst 3 av {\n        mr", &[("F0905", "3")]),
            ("= minst 1 av {\n        mr", "= ingen av {\n        mr", &[("F0305", "bilde")]),
            ("oppfølging \"Oppfølging\" {", "prøver \"Oppfølging\" {", &[("F0201", "prøver")]),
            (
                "fase kontroll {",
                "fase kontroll {\n    kriterier mistanke \"Igjen\" = alle av { hes \"Hes\" }",
                &[("F0201", "mistanke")],
            ),
            ("utelukker ikke\n", "ikke alene\n", &[]),
            (
                "= minst 1 av {\n      hoste",
                "= minst 1 av {\n      svak \"Svak\" = minst 1 av { trett \"Trett\" ikke alene }\n      hoste",
                &[("F0905", "svak")],
            ),
        ],
    );
}

#[test]
fn expectations() {
    check(
        "rest_expectations",
        &[
            ("kriterier mistanke oppfylt", "kriterier mistanken oppfylt", &[("F0212", "mistanken")]),
            ("kriterier mistanke oppfylt", "kriterier mistanke møtt", &[("F0212", "møtt")]),
            ("veivalg vei gjelder_ikke", "veivalg veien gjelder_ikke", &[("F0212", "veien")]),
            ("veivalg vei gjelder_ikke", "veivalg vei henvist", &[("F0212", "henvist")]),
            ("veivalg vei gjelder_ikke", "veivalg vei utenfor", &[]),
            ("undersøkelser prøver ct", "undersøkelser prøve ct", &[("F0212", "prøve")]),
            ("undersøkelser prøver ct", "undersøkelser prøver rtg", &[("F0212", "rtg")]),
            ("prøver ct utført", "prøver ct mangler", &[]),
            ("prøver ct utført", "prøver ct utfrt", &[("F0212", "utfrt")]),
        ],
    );
}

/// A statement that cannot be read hides what it may have declared.
#[test]
fn a_broken_statement_is_one_finding() {
    let broken = [
        ("kriterier mistanke \"Mistanke\"", "kriterier mistanke"),
        ("veivalg vei \"Hvor pasienten skal\"", "veivalg vei"),
        ("undersøkelser prøver \"Prøver\"", "undersøkelser prøver"),
        ("når i forløp lungekreft: inngår", "når i forløp lungekreft inngår"),
        ("unngå biopsi \"Biopsi først\"", "unngå biopsi"),
        ("mr \"MR\"", "mr"),
        ("blod \"Blod i oppspytt\"", "blod"),
        ("tall i mm = lengde - bredde", "tall i mm = lengde -"),
        ("bethesda \"Bethesda\" skala {", "bethesda \"Bethesda\" skal {"),
        ("tidligere \"Forløp startet\"", "tidligere"),
    ];
    let findings_of = |from: &str, to: &str| {
        assert!(BASE.contains(from), "«{from}» is not in the base");
        let compilation = compile_text(&BASE.replacen(from, to, 1));
        (compilation.findings.len(), format!("{to}\n{}", show(&compilation)))
    };
    let many: Vec<_> = broken.iter().map(|(from, to)| findings_of(from, to)).filter(|(count, _)| *count != 1).collect();
    assert!(many.is_empty(), "{}", many.into_iter().map(|(_, shown)| shown).collect::<String>());
}
