//! Every finding of the checks: the text it underlines, and what it says in both languages. Each case is the sound file
//! `check/base.forlop` or `check/rest.forlop` with one change, and its findings are all that the change may cause.

#![allow(clippy::unwrap_used)]

mod check_support;
#[path = "check/indicators.rs"]
mod indicators;
#[path = "check/rest.rs"]
mod rest;
#[path = "check/templates.rs"]
mod templates;

use std::path::Path;

use check_support::{compile_paths, compile_text, show};
use forlop::{compile::Compilation, source::Place};

const BASE: &str = include_str!("check/base.forlop");

/// What the author changed, to what, and the findings: number and underlined text.
type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The number of each finding and the text that it underlines, in order.
fn findings(compilation: &Compilation) -> Vec<(&'static str, &str)> {
    let files = &compilation.files;
    let slice = |place: Place| files.get(place.file).slice(place.span);
    compilation.findings.iter().map(|finding| (finding.code.number(), slice(finding.place))).collect()
}

fn check(snapshot: &str, cases: &[Case]) {
    check_in(BASE, snapshot, cases);
}

fn check_in(base: &str, snapshot: &str, cases: &[Case]) {
    let (mut shown, mut wrong) = (String::new(), String::new());
    for (from, to, expected) in cases {
        assert!(base.contains(from), "«{from}» is not in the base");
        let compilation = compile_text(&base.replacen(from, to, 1));
        let case = format!("--- {} -> {}\n{}\n", from.trim(), to.trim(), show(&compilation));
        if findings(&compilation) != *expected {
            wrong += &format!("{case}expected {expected:?}\n\n");
        }
        shown += &case;
    }
    assert!(wrong.is_empty(), "{wrong}");
    insta::assert_snapshot!(snapshot, shown);
}

#[test]
fn the_base_is_sound() {
    let compilation = compile_text(BASE);
    assert_eq!(show(&compilation), "");
    let pathways = compilation.tables.unwrap().pathways;
    insta::assert_snapshot!(serde_json::to_string_pretty(&pathways).unwrap());
}

#[test]
fn names() {
    check(
        "names",
        &[
            (
                "kode X  \"Slutt\" ",
                "kode S  \"Slutt\" ",
                &[("F0201", "S"), ("F0203", "X"), ("F0203", "X"), ("F0203", "X")],
            ),
            ("gruppe beslutning", "gruppe CK", &[("F0201", "CK"), ("F0203", "beslutning"), ("F0203", "beslutning")]),
            ("{ åpner }", "{ åpner avslutter }", &[("F0201", "avslutter")]),
            (
                "kirurgi = FK, stråle = FS }\n  intervall OF4",
                "kirurgi = FK, kirurgi = FS }\n  intervall OF4",
                &[("F0201", "kirurgi")],
            ),
            ("kirurgi = FK, stråle = FS }\n    =", "kirurgi = FK, stråle = FS eller FK }\n    =", &[("F0201", "FK")]),
            (
                "opplysning røyker \"Røyker\" ja eller nei",
                "opplysning røyker \"Røyker\" ja eller nei\n opplysning røyker \"Igjen\" dato",
                &[("F0201", "røyker")],
            ),
            ("{ rask, treg, annen }", "{ rask, treg, annen, rask }", &[("F0201", "rask")]),
            ("variant treg \"", "variant rask \"", &[("F0201", "rask")]),
            ("variant treg \"", "variant hovedforløp \"", &[("F0201", "hovedforløp")]),
            ("regel slutt ", "regel missing_start ", &[("F0201", "missing_start")]),
            ("status utkast", "status utkast\n  status høring", &[("F0201", "høring")]),
            ("påkrevd ct", "påkrevd mr", &[("F0201", "mr")]),
            ("nylig \"", "stor \"", &[("F0201", "stor")]),
            ("etter felles", "etter feles", &[("F0202", "feles")]),
            ("beslutning = CK, CI", "beslutning = CK, CL", &[("F0203", "CL")]),
            ("2024-01-20 CK", "2024-01-20 Z1CK", &[("F0203", "Z1CK")]),
            ("2024-01-20 CK", "2024-01-20 beslutning", &[("F0203", "beslutning")]),
            ("= OF1 + OF2 + OF3", "= OF1 + OF22 + OF3", &[("F0204", "OF22")]),
            ("OF2 20 kalenderdager", "OF9 20 kalenderdager", &[("F0204", "OF9")]),
            ("OF3 stråle  20", "OF3 strål  20", &[("F0205", "strål")]),
            ("OF1 10", "OF1 kirurgi 10", &[("F0205", "kirurgi")]),
            ("forvent OF4 kirurgi innenfor", "forvent OF4 innenfor", &[("F0205", "OF4")]),
            ("når røyker {", "når røker {", &[("F0206", "røker")]),
            ("når type er rask", "når type er rassk", &[("F0207", "rassk")]),
            ("gitt type = annen", "gitt type = anen", &[("F0207", "anen")]),
            ("fase inngang {", "fase ingang {", &[("F0208", "ingang")]),
            ("i inngang ", "i mottak ", &[("F0208", "mottak")]),
            ("forløpstider kilde bok {\n    OF1 10", "forløpstider kilde bøk {\n    OF1 10", &[("F0209", "bøk")]),
            ("forvent variant hovedforløp", "forvent variant kjapp", &[("F0210", "kjapp")]),
            ("forvent ingen funn", "forvent funn slut", &[("F0211", "slut")]),
            ("{ fullfører }", "{ fullførerr }", &[("F0212", "fullførerr")]),
            ("status utkast", "status utkst", &[("F0212", "utkst")]),
            ("Start av {sykdom}", "Start av {sykdm}", &[("F0212", "{sykdm}")]),
            ("  sykdom \"prøvesyke\"\n", "", &[("F0212", "felles")]),
            ("regel slutt    feil ", "regel slutt    fiel ", &[("F0212", "fiel")]),
            ("OF1 10 kalenderdager", "OF1 10 kalenderdagr", &[("F0212", "kalenderdagr")]),
            ("forvent OF1 innenfor", "forvent OF1 innafor", &[("F0212", "innafor")]),
            ("tilstand fullført", "tilstand ferdig", &[("F0212", "ferdig")]),
            ("hovedforløp antatt", "hovedforløp visst", &[("F0212", "visst")]),
            ("i utredning { avslutter }", "i utredning", &[]),
            ("  status utkast", "  kode S \"Fremmøte\"\n  kode S \"Fremmøte\"\n  status utkast", &[("F0201", "S")]),
            ("  status utkast", "  kode T \"Tilbake\"\n  status utkast", &[("F0203", "T")]),
            ("  status utkast", "  kode S \"Fremmøte\" { åpner }\n  status utkast", &[("F0212", "åpner")]),
            ("  status utkast", "  regel slutt feil \"Igjen\": A før S\n  status utkast", &[("F0201", "slutt")]),
            ("  status utkast", "  regel ny feil \"Ny\": A før T\n  status utkast", &[("F0203", "T")]),
            ("fase inngang {", "fase inngang { }\n  fase inngang {", &[("F0201", "inngang")]),
            ("forvent ingen funn", "forvent funn henvist\n forvent funn missing_start", &[]),
            ("forvent OF1 innenfor", "forvent OF1 stråle innenfor", &[("F0205", "stråle")]),
        ],
    );
}

#[test]
fn unused_names() {
    check(
        "unused_names",
        &[
            ("  gruppe behandling", "  gruppe pause = X\n  gruppe behandling", &[("F0213", "pause")]),
            ("  kilde bok", "  kilde avis \"Avisen\"\n  kilde bok", &[("F0213", "avis")]),
            (" (alder er minst 70 eller røyker)", " alder er minst 70", &[]),
            ("  opplysning type", "  opplysning hår \"Hår\" ja eller nei\n  opplysning type", &[("F0213", "hår")]),
            ("når røyker {", "når størrelse er kjent {", &[]),
            (
                "opplysning røyker \"Røyker\" ja eller nei",
                "opplysning røyker \"Røyker\" ja eller nei\n  opplysning ung \"Ung\" ja eller nei\n  eksempel \"Ung\" { gitt ung = ja }",
                &[("F0213", "ung")],
            ),
            ("  kode X ", "  kode T \"Til overs\"\n  kode X ", &[("F0214", "T")]),
            ("  kode X ", "  kode T \"Til overs\" i ingenmannsland\n  kode X ", &[("F0208", "ingenmannsland")]),
        ],
    );
}

#[test]
fn types_and_units() {
    check(
        "types_and_units",
        &[
            ("når type er rask og", "når type er over 3 og", &[("F0301", "type")]),
            ("når type er rask og", "når type og", &[("F0301", "type")]),
            ("når type er rask og", "når røyker er rask og", &[("F0301", "rask")]),
            ("størrelse er over 3 cm", "størrelse er over 2024-01-01", &[("F0301", "2024-01-01")]),
            ("alder er minst 70", "alder er minst 70,5", &[("F0301", "70,5")]),
            ("alder er minst 70", "alder er minst 70 år", &[]),
            ("størrelse er over 3 cm", "størrelse er over 30 mm", &[]),
            ("størrelse er over 3 cm", "størrelse er over 30 kg", &[("F0302", "kg")]),
            ("alder er minst 70", "alder er minst 840 måneder", &[]),
            ("alder er minst 70", "alder er minst 7 måneder", &[("F0301", "7 måneder")]),
            ("størrelse er over 3 cm", "størrelse er over 3", &[("F0302", "3")]),
            ("størrelse = 2,5 cm", "størrelse = 2,5", &[("F0302", "2,5")]),
            ("OF4 kirurgi 40 kalenderdager", "OF4 kirurgi 2 måneder", &[("F0302", "2 måneder")]),
            (
                "OF1 10 kalenderdager",
                "OF1 10 virkedager",
                &[("F0303", "virkedager"), ("F0304", "40 kalenderdager"), ("F0407", "utledet")],
            ),
            (
                "OF1 10 kalenderdager",
                "OF1 1 uke",
                &[("F0304", "40 kalenderdager"), ("F0402", "40 kalenderdager"), ("F0407", "utledet")],
            ),
        ],
    );
}

#[test]
fn limits() {
    check(
        "limits",
        &[
            ("OF2 20 kalenderdager", "OF2 20 kalenderdager\n    OF2 21 kalenderdager", &[("F0401", "OF2")]),
            ("OF3 stråle  20", "OF3 10 kalenderdager\n    OF3 stråle  20", &[("F0401", "OF3")]),
            ("OF4 stråle  50", "OF4 stråle  49", &[("F0402", "49 kalenderdager")]),
            ("      OF4 ikke tallfestet\n", "", &[("F0403", "OF1 5 kalenderdager")]),
            ("      OF4 ikke tallfestet\n", "      OF4 stråle 45 kalenderdager\n", &[("F0403", "OF1 5 kalenderdager")]),
            ("OF1 10 kalenderdager", "OF1 -10 kalenderdager", &[("F0404", "-10")]),
            ("OF1 10 kalenderdager", "OF1 100000 kalenderdager", &[("F0404", "100000")]),
            (
                "OF2 30 kalenderdager\n      OF4 utledet",
                "OF2 160 uker\n      OF4 ikke tallfestet",
                &[("F0405", "160 uker")],
            ),
            (
                "OF2 30 kalenderdager\n      OF4 utledet",
                "OF2 mellom 8 og 6 uker\n      OF4 ikke tallfestet",
                &[("F0406", "mellom 8 og 6 uker")],
            ),
            ("OF2 30 kalenderdager", "OF2 utledet", &[("F0407", "utledet")]),
            ("OF2 30 kalenderdager", "OF2 30 kalenderdager fra 2020-01-01", &[]),
            ("OF2 30 kalenderdager", "OF2 30 kalenderdager fra 2021-01-01", &[("F0407", "utledet")]),
            ("OF2 30 kalenderdager", "OF2 minst 30 kalenderdager", &[("F0407", "utledet")]),
            ("forløpstider kilde bok {\n      OF1 5", "forløpstider {\n      OF1 5", &[("F0408", "forløpstider {")]),
            (
                "forløpstider kilde bok {\n      OF1 5 kalenderdager",
                "forløpstider {\n      OF1 5 kalenderdager kilde bok",
                &[("F0408", "OF4 ikke tallfestet")],
            ),
            ("fase inngang {", "fase inngang {\n    uavklart \"Hvem henviser\"", &[("F0409", "\"Hvem henviser\"")]),
        ],
    );
}

#[test]
fn validity() {
    check(
        "validity",
        &[
            (
                "gyldig fra 2020-01-01",
                "gyldig fra 2020-01-01 til 2019-01-01",
                &[("F0601", "2020-01-01 til 2019-01-01")],
            ),
            (
                "OF2 20 kalenderdager",
                "OF2 20 kalenderdager fra 2022-01-01 til 2021-01-01",
                &[("F0601", "2022-01-01 til 2021-01-01")],
            ),
            (
                "OF2 20 kalenderdager",
                "OF2 20 kalenderdager til 2021-01-01\n    OF2 20 kalenderdager fra 2021-01-03",
                &[("F0602", "OF2")],
            ),
            (
                "OF2 20 kalenderdager",
                "OF2 20 kalenderdager til 2021-01-03\n    OF2 20 kalenderdager fra 2021-01-03",
                &[("F0603", "OF2")],
            ),
            (
                "OF2 20 kalenderdager",
                "OF2 20 kalenderdager til 2021-01-02\n    OF2 20 kalenderdager fra 2021-01-03",
                &[],
            ),
            ("OF2 20 kalenderdager", "OF2 20 kalenderdager fra 2019-01-01", &[("F0604", "2019-01-01")]),
        ],
    );
}

#[test]
fn intervals_and_rules() {
    check(
        "intervals_and_rules",
        &[
            ("{ åpner }", "", &[("F0901", "felles")]),
            (
                "etter behandling { kirurgi = FK, stråle = FS }\n  intervall OF4",
                "etter FK { kirurgi = FK, stråle = FS }\n  intervall OF4",
                &[("F0902", "FK")],
            ),
            (
                "kirurgi = FK, stråle = FS }\n  intervall OF4",
                "kirurgi = FK, stråle = X }\n  intervall OF4",
                &[("F0902", "X")],
            ),
            (
                "intervall OF1 \"Til fremmøte\"   fra A til S",
                "intervall OF1 \"Til fremmøte\"   fra A til S = OF4",
                &[("F0903", "OF4")],
            ),
            ("= OF1 + OF2 + OF3", "= OF1 + OF3", &[("F0904", "OF1 + OF3"), ("F0402", "40 kalenderdager")]),
            ("= OF1 + OF2 + OF3", "= OF2 + OF3", &[("F0904", "OF2"), ("F0402", "40 kalenderdager")]),
            ("A før S", "A før A, S", &[("F0905", "A før A, S")]),
            ("CK utløser behandling, X", "CK utløser CK", &[("F0905", "CK utløser CK")]),
            ("aldri CK sammen med CI", "aldri CK sammen med beslutning", &[("F0905", "CK sammen med beslutning")]),
            ("høyst én av", "høyst 0 av", &[("F0905", "0")]),
            ("høyst én av", "høyst -1 av", &[("F0107", "-1")]),
            ("= minst 1 av {", "= minst 3 av {", &[("F0905", "3")]),
            ("= minst 1 av {", "= minst 0 av {", &[("F0905", "0")]),
            ("fase inngang {", "fase inngang {\n    kriterier tomme \"Tomme\" = alle av { }", &[("F0905", "tomme")]),
        ],
    );
}

#[test]
fn references() {
    check(
        "references",
        &[
            ("fase inngang {", "fase inngang {\n    henvis til A26 når røyker", &[("F0801", "A26")]),
            ("fase inngang {", "fase inngang {\n    henvis til Z1", &[("F0801", "Z1")]),
            (
                "fase inngang {",
                "fase inngang {\n    henvis til \"Et annet forløp\"",
                &[("F0802", "\"Et annet forløp\"")],
            ),
            ("fase inngang {", "fase inngang {\n    henvis til nytt forløp", &[]),
        ],
    );
}

#[test]
fn variants() {
    let treg = "når type er treg og (alder er minst 70 eller røyker)";
    check(
        "variants",
        &[
            (treg, "når størrelse er over 3 cm og røyker og alder er minst 1", &[("F0501", "treg")]),
            (treg, "når røyker og ikke røyker og alder er minst 3", &[("F0502", "treg")]),
            (treg, "når type er rask og størrelse er minst 4 cm og alder er over 70", &[("F0503", "treg")]),
            (treg, "når type er rask og størrelse er høyst 3 cm og alder er over 70", &[]),
            (treg, "når størrelse er ukjent og type er rask", &[("F0503", "treg")]),
            (treg, "når type er ukjent og størrelse er over 3 cm", &[("F0503", "treg")]),
            (treg, "når type er ukjent", &[]),
        ],
    );
}

/// What the parser could not read hides names, but gives no findings of its own here.
#[test]
fn one_broken_statement_is_one_finding() {
    let broken = [
        ("kode S  \"Første fremmøte\"", "kode S  Første fremmøte"),
        ("kode A  \"Start av {sykdom}\" i inngang   { åpner }", "kode A"),
        ("gruppe beslutning =", "gruppe beslutning"),
        ("mal felles \"Felles\" {", "mal felles {"),
        ("intervall OF1 \"Til fremmøte\"", "intervall OF1"),
        ("pakkeforløp Z1 \"Prøveforløpet\"", "pakkeforløp Z1"),
        ("kilde bok \"Boken\"", "kilde bok"),
        ("opplysning røyker \"Røyker\" ja eller nei", "opplysning røyker \"Røyker\" ja nei"),
        ("OF1 10 kalenderdager", "OF1 ti kalenderdager"),
        ("OF4 ikke tallfestet", "OF4 tallfestet"),
        ("variant rask \"Rask\" når", "variant rask \"Rask\""),
        ("fase inngang {", "fase \"inngang\" {"),
        ("kriterier mistanke", "kriterier"),
        ("forvent ingen funn", "forvent ingen"),
    ];
    let findings_of = |from, to| {
        let compilation = compile_text(&BASE.replacen(from, to, 1));
        (findings(&compilation).len(), format!("{to}\n{}", show(&compilation)))
    };
    let many: Vec<_> = broken.iter().map(|(from, to)| findings_of(from, to)).filter(|(count, _)| *count != 1).collect();
    assert!(many.is_empty(), "{}", many.into_iter().map(|(_, shown)| shown).collect::<String>());
}

const IMPORTS: &str = "tests/check/imports";

fn expect(compilation: &Compilation, expected: &[(&str, &str)]) {
    assert_eq!(findings(compilation), expected, "{}", show(compilation));
}

#[test]
fn imports() {
    let compile = |current: &str, names: &[&str]| compile_paths(Path::new(IMPORTS).join(current), names);
    let ring = compile("ring", &["a.forlop", "b.forlop"]);
    expect(&ring, &[("F0702", "\"a.forlop\"")]);
    let outside = compile("inside", &["outside.forlop"]);
    expect(
        &outside,
        &[("F0703", "\"../felles.forlop\""), ("F0701", "\"finnes_ikke.forlop\""), ("F0703", "\"/etc/hosts\"")],
    );
    let forgotten = compile("", &["forgotten.forlop", "felles.forlop"]);
    expect(&forgotten, &[("F0202", "felles")]);
    let unneeded = compile("", &["unneeded.forlop"]);
    expect(&unneeded, &[("F0213", "\"annen.forlop\""), ("F0201", "\"felles.forlop\"")]);
    let twice = compile("", &["twice.forlop", "unneeded.forlop"]);
    expect(
        &twice,
        &[("F0201", "felles"), ("F0213", "\"annen.forlop\""), ("F0201", "\"felles.forlop\""), ("F0201", "U1")],
    );
    insta::assert_snapshot!(
        [ring, outside, forgotten, unneeded, twice].iter().map(show).collect::<Vec<_>>().join("\n")
    );
}

/// A file that was named and is also imported is one file; what is only imported gives no pathways.
#[test]
fn named_and_imported_is_one_file() {
    let named = compile_paths(Path::new(IMPORTS).into(), &["good", "good/felles/mal.forlop", "good/../good/b.forlop"]);
    assert_eq!(show(&named), "");
    assert_eq!(named.files.iter().count(), 3);
    let ids = |compilation: &Compilation| {
        let pathways = &compilation.tables.as_ref().unwrap().pathways;
        pathways.iter().map(|pathway| pathway.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&named), ["B1", "B2"]);
    let one = compile_paths(Path::new(IMPORTS).into(), &["good/b.forlop"]);
    assert_eq!(ids(&one), ["B2"]);
}

#[test]
fn files_that_are_no_specification() {
    expect(&compile_text("mal \0"), &[("F0110", "")]);
    expect(&compile_text(&"#".repeat(5_000_000)), &[("F0109", "")]);
    let decomposed = compile_text(&BASE.replace("Første fremmøte", "A\u{30a} komme"));
    expect(&decomposed, &[("F0112", "")]);
    assert!(decomposed.tables.is_some());
    assert!(forlop::compile::compile(&[forlop::source::Input::Path("finnes/ikke".into())], Path::new(".")).is_err());
}

#[test]
fn many_facts_are_no_matter() {
    let facts: String = (0..20).map(|at| format!("  opplysning f{at} \"F\" {{ a, b, c, d }}\n")).collect();
    let all: Vec<_> = (0..20).map(|at| format!("f{at} er a")).collect();
    let any: Vec<_> = (0..20).map(|at| format!("f{at} er d")).collect();
    let text = BASE.replace("  opplysning type", &format!("{facts}  opplysning type")).replace(
        "  fase inngang {",
        &format!(
            "  variant mange \"Mange\" når {} {{ }}\n  variant flere \"Flere\" når {} {{ }}\n  fase inngang {{",
            all.join(" og "),
            any.join(" eller ")
        ),
    );
    // Each overlaps with the two of the base, and they never with one another.
    expect(&compile_text(&text), &[("F0501", "mange"), ("F0501", "mange"), ("F0501", "flere"), ("F0501", "flere")]);
}

/// A square is under 0 for nobody, which is not seen.
#[test]
fn what_is_computed_may_stay_undecided() {
    let text = BASE.replace(
        "  opplysning type",
        "  beregnet flate \"Flate\" tall i cm2 = størrelse * størrelse\n  opplysning type",
    );
    let text = text.replace("  fase inngang {", "  variant hul \"Hul\" når flate er under 0 cm2 { }\n  fase inngang {");
    expect(&compile_text(&text), &[("F0504", "hul")]);
}

/// Sums of sums that share their parts are still walked through once.
#[test]
fn sums_of_sums_end_soon() {
    let sums: String =
        (2..40).map(|at| format!("  intervall S{at} \"S\" fra A til X = S{} + S{}\n", at - 1, at - 2)).collect();
    let text = BASE.replace(
        "  regel henvist",
        &format!("  intervall S0 \"S\" fra A til X\n  intervall S1 \"S\" fra A til X\n{sums}  regel henvist"),
    );
    let text =
        text.replace("    OF1 10 kalenderdager", "    S0 1 kalenderdager\n    S39 utledet\n    OF1 10 kalenderdager");
    let compilation = compile_text(&text);
    let shown = show(&compilation);
    assert!(shown.contains("«S39» kan ikke utledes: delen «S38» har ingen frist med tall"), "{shown}");
}

/// Each code of the checks is among the cases above; what is proven of the tables has tests of its own.
#[test]
fn every_code_is_tested() {
    let tests = concat!(include_str!("check.rs"), include_str!("check/indicators.rs"), include_str!("check/rest.rs"));
    let untested: Vec<_> = forlop::diagnostic::Code::ALL
        .iter()
        .map(|code| code.number())
        // What is proven has tests of its own.
        .filter(|number| ("F0201".."F1000").contains(number) && !tests.contains(&format!("(\"{number}\", \"")))
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}
