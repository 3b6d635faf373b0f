//! Indicators: what the tables say of them, what a pathway makes of those of its template, and what goes wrong.

use forlop::tables::{Indicator, IndicatorTarget, Population};

use super::{BASE, Case, check_in, compile_text, show};

/// The base with indicators in its template and in its pathway.
fn measured() -> String {
    let template = "  regel enten    feil     \"Enten eller\": aldri CK sammen med CI
  kilde mål \"Målene\"

  indikator i_tide \"I tide\" kilde mål fra 2021-01-01 {
    nevner OF4 målt
    teller OF4 innenfor
    unntatt forløp med X
    minst 70 prosent
  }
  indikator frisk \"Ikke påvist\" { nevner forløp med beslutning teller forløp med CI }
  indikator snart \"Til fremmøte i tide\" { nevner OF1 målt teller OF1 innenfor }
";
    let pathway = "  status utkast

  indikator i_tide \"Kirurgi i tide\" {
    nevner OF4 kirurgi, stråle målt
    teller OF4 kirurgi innenfor
    minst 62,5 % kilde bok
  }
  indikator frisk utgår fra 2024-01-01
  indikator snart utgår
  indikator behandlet \"Behandlet\" kilde bok { nevner forløp teller forløp med behandling }
";
    let base = BASE.replace("  regel enten    feil     \"Enten eller\": aldri CK sammen med CI\n", template);
    base.replace("  status utkast\n", pathway)
}

fn indicators(text: &str) -> Vec<Indicator> {
    let compilation = compile_text(text);
    assert_eq!(show(&compilation), "", "{text}");
    let pathways = compilation.tables.unwrap().pathways;
    assert_eq!(pathways.len(), 1);
    pathways.into_iter().flat_map(|pathway| pathway.indicators).collect()
}

fn codes(suffixes: &[&str]) -> Vec<String> {
    suffixes.iter().map(|suffix| format!("Z1{suffix}")).collect()
}

#[test]
fn a_pathway_replaces_withdraws_and_adds() {
    let all = indicators(&measured());
    let names: Vec<_> = all.iter().map(|one| (one.name.as_str(), one.label.as_str())).collect();
    assert_eq!(names, [("i_tide", "Kirurgi i tide"), ("frisk", "Ikke påvist"), ("behandlet", "Behandlet")]);
    let [i_tide, frisk, behandlet] = &all[..] else { panic!() };
    let measured = |treatments: &[&str]| {
        (String::from("OF4"), treatments.iter().map(|one| String::from(*one)).collect::<Vec<_>>())
    };
    let (interval, treatments) = measured(&["kirurgi", "stråle"]);
    assert_eq!(i_tide.denominator, Population::Measured { interval, treatments });
    let (interval, treatments) = measured(&["kirurgi"]);
    assert_eq!(i_tide.numerator, Population::Within { interval, treatments });
    assert_eq!(i_tide.target, Some(IndicatorTarget { percent: 62.5, source: Some("bok".into()) }));
    assert_eq!((&i_tide.excluded, &i_tide.source, i_tide.valid_from), (&vec![], &None, None));
    assert_eq!(frisk.denominator, Population::Courses { with: codes(&["CK", "CI"]) });
    assert_eq!(frisk.numerator, Population::Courses { with: codes(&["CI"]) });
    assert_eq!((frisk.valid_from, frisk.valid_to), (None, Some("2023-12-31".parse().unwrap())));
    assert_eq!(behandlet.denominator, Population::Courses { with: vec![] });
    assert_eq!(behandlet.source.as_deref(), Some("bok"));
}

#[test]
fn a_pathway_has_those_of_its_template() {
    let text = measured();
    let own = text.find("\n  indikator i_tide \"Kirurgi").unwrap();
    let end = text.find("  versjon \"1\"").unwrap();
    let all = indicators(&format!("{}\n{}", &text[..own], &text[end..]));
    let names: Vec<_> = all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["i_tide", "frisk", "snart"]);
    assert_eq!(all[0].excluded, codes(&["X"]));
    assert_eq!(all[0].target, Some(IndicatorTarget { percent: 70.0, source: Some("mål".into()) }));
    assert_eq!(all[0].valid_from, Some("2021-01-01".parse().unwrap()));
}

/// A template in between has the same effect as a pathway's own words.
#[test]
fn a_template_does_the_same_with_those_of_the_one_it_builds_on() {
    let text = measured();
    let own = text.find("  indikator i_tide \"Kirurgi").unwrap();
    let end = text.find("  versjon \"1\"").unwrap();
    let moved = text[own..end].replace("bok", "mål");
    let between = format!("mal imellom \"Imellom\" etter felles {{\n{moved}}}\n\npakkeforløp");
    let rest = text[..own].replace("etter felles {", "etter imellom {").replace("pakkeforløp", &between);
    let here = indicators(&text.replace("bok { nevner", "mål { nevner").replace("% kilde bok", "% kilde mål"));
    let there = indicators(&format!("{rest}{}", &text[end..]));
    let said = |all: Vec<Indicator>| -> Vec<String> {
        all.into_iter().map(|one| format!("{:?}", Indicator { origin: here[0].origin.clone(), ..one })).collect()
    };
    assert_eq!(said(there), said(here.clone()));
}

#[test]
fn what_goes_wrong() {
    let cases: &[Case] = &[
        // Names.
        ("nevner OF4 målt", "nevner OF5 målt", &[("F0204", "OF5")]),
        ("nevner OF4 kirurgi, stråle", "nevner OF4 kirurgi, strål", &[("F0205", "strål")]),
        ("nevner OF1 målt", "nevner OF1 kirurgi målt", &[("F0205", "kirurgi")]),
        ("teller forløp med CI", "teller forløp med CL", &[("F0203", "CL")]),
        ("unntatt forløp med X", "unntatt forløp med Q", &[("F0203", "Q")]),
        ("I tide\" kilde mål", "I tide\" kilde ml", &[("F0209", "ml")]),
        ("% kilde bok", "% kilde bøk", &[("F0209", "bøk")]),
        ("teller OF4 innenfor", "teller OF4 innafor", &[("F0212", "innafor")]),
        ("nevner OF4 målt", "nevner OF4 innenfor", &[("F0212", "innenfor")]),
        ("minst 70 prosent", "minst 70 dager", &[("F0212", "dager")]),
        ("indikator frisk utgår", "indikator frsk utgår", &[("F0212", "frsk")]),
        ("indikator frisk \"", "indikator i_tide \"", &[("F0201", "i_tide"), ("F0212", "frisk")]),
        ("indikator snart utgår", "indikator frisk utgår", &[("F0201", "frisk")]),
        ("indikator snart utgår", "indikator i_tide utgår", &[("F0201", "i_tide")]),
        // Rows.
        ("    nevner OF4 målt\n", "", &[("F0101", "indikator i_tide \"I tide\" kilde mål fra 2021-01-01 {")]),
        ("    teller OF4 innenfor\n", "", &[("F0101", "indikator i_tide \"I tide\" kilde mål fra 2021-01-01 {")]),
        ("nevner OF4 målt", "nevner OF4 målt nevner OF4 målt", &[("F0101", "nevner OF4 målt")]),
        ("nevner OF4 målt", "nevner OF4", &[("F0101", "OF4")]),
        ("nevner OF4 målt", "nevner", &[("F0101", "nevner")]),
        ("nevner OF4 målt", "nemner OF4 målt", &[("F0102", "nemner")]),
        ("minst 70 prosent", "minst 70", &[("F0101", "70")]),
        ("unntatt forløp med X", "unntatt X", &[("F0101", "X")]),
        ("frisk utgår fra 2024-01-01", "frisk utgår til 2024-01-01", &[("F0101", "til")]),
        ("frisk utgår fra 2024-01-01", "frisk utgår fra 2024-02-30", &[("F0106", "2024-02-30")]),
        ("indikator i_tide \"I tide\"", "indikator i_tide I_tide", &[("F0101", "I_tide")]),
        // Numbers, sources and days.
        ("minst 70 prosent", "minst 170 prosent", &[("F0107", "170")]),
        ("minst 70 prosent", "minst -1 prosent", &[("F0107", "-1")]),
        ("% kilde bok", "%", &[("F0408", "62,5 %")]),
        ("fra 2021-01-01 {", "fra 2021-01-01 til 2020-12-31 {", &[("F0601", "2021-01-01 til 2020-12-31")]),
        ("  indikator snart utgår", "  indikator snart utgår fra 2019-01-01", &[("F0604", "2019-01-01")]),
        ("Til fremmøte i tide\" {", "Til fremmøte i tide\" fra 2024-02-01 {", &[]),
        ("\"Ikke påvist\" {", "\"Ikke påvist\" fra 2024-01-01 {", &[("F0601", "2024-01-01")]),
        ("Behandlet\" kilde bok {", "Behandlet\" fra 2019-01-01 kilde bok {", &[("F0604", "2019-01-01")]),
        // Numerators outside.
        ("teller OF4 innenfor", "teller OF3 innenfor", &[("F0906", "OF3 innenfor")]),
        ("teller OF4 innenfor", "teller forløp med FK", &[("F0906", "forløp med FK")]),
        ("teller forløp med CI", "teller OF4 innenfor", &[("F0906", "OF4 innenfor")]),
        ("nevner OF4 kirurgi, stråle målt", "nevner OF4 stråle målt", &[("F0906", "kirurgi")]),
        // Shares of nothing, and of everything.
        ("unntatt forløp med X", "unntatt forløp med A", &[("F0907", "A")]),
        ("unntatt forløp med X", "unntatt forløp med FK, FS", &[("F0907", "FK, FS")]),
        ("minst 62,5 % kilde bok", "unntatt forløp med FK", &[("F0907", "FK")]),
        ("teller forløp med CI }", "teller forløp med CI unntatt forløp med beslutning }", &[("F0907", "beslutning")]),
        ("teller forløp med CI }", "teller forløp med CI unntatt forløp med CK }", &[("F0907", "forløp med CI")]),
        ("teller OF4 innenfor", "teller OF4 målt", &[("F0907", "OF4 målt")]),
        ("teller OF4 kirurgi innenfor", "teller OF4 kirurgi målt", &[]),
        ("nevner forløp teller forløp med behandling", "nevner forløp teller forløp", &[("F0907", "forløp")]),
        ("teller forløp med CI", "teller forløp med CI, CK, FK", &[("F0907", "forløp med CI, CK, FK")]),
        // An interval of a template in between that no longer has what is counted.
        (
            "pakkeforløp Z1 \"Prøveforløpet\" etter felles {",
            "mal ny \"Ny\" etter felles {
  indikator stråle \"Stråle\" { nevner OF4 stråle målt teller OF4 innenfor }
  indikator med_stråle \"Med stråle\" { nevner OF4 målt teller OF4 stråle målt }
}
mal nyest \"Nyest\" etter ny {
  intervall OF4 \"Alt sammen\" fra A til behandling etter behandling { kirurgi = FK } = OF1 + OF2 + OF3
}
pakkeforløp Z1 \"Prøveforløpet\" etter ny {",
            &[("F0205", "OF4"), ("F0205", "OF4")],
        ),
    ];
    check_in(&measured(), "indicators", cases);
}

#[test]
fn what_is_measured_has_a_limit_here() {
    let own = "  indikator utredning \"Utredning\" { nevner OF2 målt teller OF2 innenfor }\n  status utkast\n";
    let with = BASE.replace("  status utkast\n", own);
    let row = "    OF2 20 kalenderdager\n";
    let rows = |text: &str| compile_text(&text.replace("      OF2 30 kalenderdager\n", "").replacen(row, "", 1));
    let found = |text: &str| -> Vec<_> {
        let compilation = rows(text);
        let all = super::findings(&compilation).into_iter().map(|(code, slice)| (code, slice.to_owned()));
        all.filter(|(code, _)| *code == "F0907").collect()
    };
    assert_eq!(found(&with), [("F0907", "OF2 målt".to_owned())]);
    assert_eq!(found(BASE), []);
    let in_template = BASE.replace("  regel henvist ", &format!("{}  regel henvist ", own.lines().next().unwrap()));
    assert_eq!(found(&in_template), [], "it may be for other pathways");
}
