//! Every finding of the checks: the text it underlines, and what it says in both languages. Each case is the sound file
//! `check/base.forlop` with one change, and its findings are all that the change may cause.

mod check_support;

use check_support::{compile_text, findings, show};

const BASE: &str = include_str!("check/base.forlop");

/// What the author changed, to what, and the findings: number and underlined text.
type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

fn check(snapshot: &str, cases: &[Case]) {
    let (mut shown, mut wrong) = (String::new(), String::new());
    for (from, to, expected) in cases {
        assert!(BASE.contains(from), "«{from}» is not in the base");
        let compilation = compile_text(&BASE.replacen(from, to, 1));
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
            ("kode X  \"Slutt\" ", "kode S  \"Slutt\" ", &[("F0201", "S"), ("F0203", "X"), ("F0203", "X")]),
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
            ("  kode X ", "  kode T \"Til overs\"\n  kode X ", &[("F0214", "T")]),
            (
                "  kode X ",
                "  kode T \"Til overs\" i ingenmannsland\n  kode X ",
                &[("F0208", "ingenmannsland")],
            ),
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
            ("størrelse er over 3 cm", "størrelse er over 30 mm", &[("F0302", "mm")]),
            ("størrelse er over 3 cm", "størrelse er over 3", &[("F0302", "3")]),
            ("størrelse = 2,5 cm", "størrelse = 2,5", &[("F0302", "2,5")]),
            ("OF4 kirurgi 40 kalenderdager", "OF4 kirurgi 2 måneder", &[("F0302", "2 måneder")]),
            (
                "OF1 10 kalenderdager",
                "OF1 10 virkedager",
                &[
                    ("F0303", "virkedager"),
                    ("F0304", "40 kalenderdager"),
                    ("F0304", "50 kalenderdager"),
                    ("F0407", "utledet"),
                ],
            ),
            (
                "OF1 10 kalenderdager",
                "OF1 1 uke",
                &[
                    ("F0304", "40 kalenderdager"),
                    ("F0402", "40 kalenderdager"),
                    ("F0304", "50 kalenderdager"),
                    ("F0402", "50 kalenderdager"),
                    ("F0407", "utledet"),
                ],
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
                "OF2 60 uker\n      OF4 ikke tallfestet",
                &[("F0405", "60 uker")],
            ),
            (
                "OF2 30 kalenderdager\n      OF4 utledet",
                "OF2 mellom 8 og 6 uker\n      OF4 ikke tallfestet",
                &[("F0406", "mellom 8 og 6 uker")],
            ),
            ("OF2 30 kalenderdager", "OF2 utledet", &[("F0407", "utledet")]),
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
            (
                "= OF1 + OF2 + OF3",
                "= OF1 + OF3",
                &[("F0904", "OF1 + OF3"), ("F0402", "40 kalenderdager"), ("F0402", "50 kalenderdager")],
            ),
            (
                "= OF1 + OF2 + OF3",
                "= OF2 + OF3",
                &[("F0904", "OF2"), ("F0402", "40 kalenderdager"), ("F0402", "50 kalenderdager")],
            ),
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
