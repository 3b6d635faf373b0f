//! `forlop emit dmn`: what is written, and what is refused. That it answers as the runtime does is held against an
//! engine in CI (`.ci/dmn`).

#![allow(clippy::unwrap_used, clippy::panic)] // A test that cannot go on shall fail.

use std::path::Path;

use forlop::{
    compile::compile,
    emit::{File, Refusal, Settings, Target, emit},
    source::Input,
    tables::Tables,
};
use insta::assert_snapshot;
use quick_xml::{Reader, events::Event};

const TEMPLATE: &str = r#"mal liten "Liten" {
  fase start "Start"
  kode A "Henvisning" i start { åpner }
  kode S "Oppmøte" i start
  kode F "Behandling" i start { fullfører }
  intervall OF1 "Til oppmøte" fra A til S
  intervall OF2 "Til behandling" fra S til F
}
"#;

/// What a variant changes.
const BLOCK: &str = "{\n    forløpstider {\n      OF1 4 kalenderdager\n    }\n  }";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(input: Input) -> Tables {
    let compilation = compile(&[input], root()).unwrap();
    let problems: Vec<_> = compilation.findings.iter().map(|finding| &finding.message.nb).collect();
    compilation.tables.unwrap_or_else(|| panic!("{problems:#?}"))
}

/// A pathway with this in it, in the small template.
fn small(content: &str) -> Tables {
    read(Input::Text(format!("{TEMPLATE}\npakkeforløp T01 \"Prøve\" etter liten {{\n{content}\n}}\n")))
}

fn dmn(tables: &Tables) -> Result<Vec<File>, Vec<Refusal>> {
    emit(Target::Dmn, tables, &Settings::default())
}

fn refused(content: &str) -> String {
    let refusals = dmn(&small(content)).unwrap_err();
    let told = refusals
        .iter()
        .map(|Refusal { message, origin }| format!("{}:{} {}\n{}", origin.line, origin.column, message.nb, message.en));
    told.collect::<Vec<_>>().join("\n")
}

fn assert_well_formed(file: &File) {
    let mut reader = Reader::from_str(&file.text);
    reader.config_mut().check_end_names = true;
    while reader.read_event().unwrap_or_else(|error| panic!("{}: {error}", file.path)) != Event::Eof {}
}

#[test]
fn a_small_pathway() {
    let tables = small(
        r#"  opplysning alder "Alder" hele år
  opplysning størrelse "Størrelse & form" tall i cm
  opplysning grad "Grad" skala { lav, middels, høy }
  opplysning prøve "Prøve" ja eller nei
  forløpstider {
    OF1 10 arbeidsdager
    OF2 mellom 2 og 5 kalenderdager fra 2021-05-01
  }
  variant stor "Stor" når størrelse er minst 4 cm og ikke (alder er under 18 år) {
    forløpstider {
      OF1 ikke tallfestet
    }
  }
  variant høygradig "Høygradig" når grad er minst middels {
    forløpstider {
      OF1 samme dag
    }
  }
  fase start {
    veivalg vei "Veien videre" {
      når grad er høy: straks "Ring «vakt»"
      når prøve er nei minst 2 ganger med minst 3 uker mellom: henvis eventuelt til "et annet sted"
      ellers: inngår
    }
  }"#,
    );
    let [file] = dmn(&tables).unwrap().try_into().unwrap();
    assert_eq!(file.path, "T01.dmn");
    assert_well_formed(&file);
    assert_snapshot!(file.text);
}

#[test]
fn net() {
    let tables = read(Input::Path(root().join("pathways/nevroendokrine-svulster.forlop")));
    let [file] = dmn(&tables).unwrap().try_into().unwrap();
    assert_snapshot!(file.text);
}

#[test]
fn every_pathway_is_emitted_the_same_each_time() {
    let tables = read(Input::Path(root().join("pathways")));
    let files = dmn(&tables).unwrap();
    assert_eq!(files.len(), tables.pathways.len());
    assert_eq!(files.len(), 34);
    files.iter().for_each(assert_well_formed);
    assert_eq!(dmn(&tables).unwrap(), files);
}

#[test]
fn the_address_is_the_users() {
    let settings = Settings { canonical: "https://helse.example/regler".to_owned() };
    let files = emit(Target::Dmn, &small(""), &settings).unwrap();
    assert!(files[0].text.contains("namespace=\"https://helse.example/regler/dmn/T01\""), "{}", files[0].text);
}

#[test]
fn what_dmn_cannot_say_is_refused_at_its_place() {
    let fact = "  opplysning smerte \"Smerte\" ja eller nei\n  opplysning lengde \"Lengde\" tall i cm\n";
    let variant = |condition: &str| refused(&format!("{fact}  variant v \"V\" når {condition} {BLOCK}"));
    let refusals = [
        variant("smerte siste 4 uker"),
        variant("smerte minst 2 ganger med minst 1 måned mellom"),
        variant("smerte minst 13 ganger"),
        refused(&format!(
            "{fact}  beregnet dobbel \"Dobbel\" tall i cm = lengde * 2\n  variant v \"V\" når dobbel er over 4 cm {BLOCK}"
        )),
        refused(&format!("  opplysning limit \"Grense\" ja eller nei\n  variant v \"V\" når limit {BLOCK}")),
        refused(&format!(
            "{fact}  fase start {{\n    veivalg vei \"Vei\" {{\n      når i forløp: inngår\n    }}\n  }}"
        )),
    ];
    assert_snapshot!(refusals.join("\n"));
}

#[test]
fn tables_that_the_runtime_refuses_are_refused() {
    let mut tables =
        small(&format!("  opplysning smerte \"Smerte\" ja eller nei\n  variant v \"V\" når smerte {BLOCK}"));
    tables.pathways[0].facts.clear();
    let refusals = dmn(&tables).unwrap_err();
    assert_eq!(refusals[0].message.en, "«v» refers to «smerte», which does not exist in the tables");
}
