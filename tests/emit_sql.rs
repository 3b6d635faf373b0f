//! The SQL that `emit` writes: what it looks like, that all pathways can be said in it, and what it refuses. That its answers are the
//! runtime's is for the engines themselves to show: `conformance/run.py`.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // A test that cannot go on shall fail.

use std::{collections::BTreeSet, path::Path};

use forlop::{
    compile::compile,
    emit::{File, Refusal, Settings, Target, emit},
    source::Input,
    tables::Tables,
};

const DIALECTS: [Target; 3] = [Target::Duckdb, Target::Postgres, Target::Spark];

fn tables(input: Input) -> Tables {
    compile(&[input], Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap().tables.unwrap()
}

fn at(path: &str) -> Tables {
    tables(Input::Path(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)))
}

fn emitted(target: Target, tables: &Tables) -> Result<Vec<File>, Vec<Refusal>> {
    emit(target, tables, &Settings::default())
}

/// One small pathway with these lines in it.
fn small(lines: &str) -> Tables {
    let text = format!(
        r#"mal enkel "Enkel" {{
  fase alt "Alt"
  kode A "Start" i alt {{ åpner }}
  kode X "Slutt" i alt {{ avslutter }}
  intervall tid "Tid" fra A til X
}}
pakkeforløp Z1 "Prøve" etter enkel {{
  status utkast
  kilde utkast "Prøve"
{lines}
}}
"#
    );
    tables(Input::Text(text))
}

/// The text without its heading, which names the version and the fingerprint of the tables.
fn without_heading(file: &File) -> &str {
    file.text.find("\nWITH\n").map(|at| &file.text[at + 1..]).unwrap()
}

#[test]
fn the_courses_of_net_for_duckdb() {
    let files = emitted(Target::Duckdb, &at("pathways/nevroendokrine-svulster.forlop")).unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["A39.courses.sql", "A39.indicators.sql"]);
    insta::assert_snapshot!(without_heading(&files[0]));
}

#[test]
fn dialects_differ_where_they_must() {
    let tables = small(
        r#"
  opplysning høyde "Høyde" tall i cm
  opplysning vekt "Vekt" tall i kg
  beregnet tetthet "Tetthet" tall = vekt / høyde
  forløpstider kilde utkast {
    tid 2 måneder
  }
  variant tett "Tett" når tetthet er over 2 {
    forløpstider kilde utkast {
      tid 5 arbeidsdager
    }
  }
"#,
    );
    let files = DIALECTS.map(|target| emitted(target, &tables).unwrap());
    let queries = files.each_ref().map(|files| format!("{}{}", without_heading(&files[0]), without_heading(&files[1])));
    // Of each dialect the lines that one of the others lacks.
    let mut differing = Vec::new();
    for (target, query) in DIALECTS.iter().zip(&queries) {
        let elsewhere = |line: &&str| queries.iter().all(|query| query.lines().any(|other| other == *line));
        let mut seen = BTreeSet::new();
        let own = query.lines().filter(|line| !elsewhere(line) && seen.insert(*line));
        differing.push(format!("{}:\n{}", target.name(), own.collect::<Vec<_>>().join("\n")));
    }
    insta::assert_snapshot!(differing.join("\n\n"));
}

#[test]
fn every_pathway_and_shape_can_be_said_in_every_dialect_and_always_in_the_same_words() {
    for folder in ["pathways", "tests/shapes"] {
        let tables = at(folder);
        for target in DIALECTS {
            let files = emitted(target, &tables).unwrap();
            assert_eq!(files.len(), tables.pathways.len() * 2);
            assert_eq!(files, emitted(target, &tables).unwrap());
        }
    }
}

#[test]
fn what_cannot_be_said_is_refused_at_its_place() {
    let tables = small(
        r#"
  opplysning prøve "Prøve" tall i mg
  variant gjentatt "Gjentatt" når prøve er over 2 mg minst 2 ganger med minst 3 uker mellom {
    forløpstider kilde utkast {
      tid 5 kalenderdager
    }
  }
"#,
    );
    let lines: Vec<u32> = tables.pathways[0].variants.iter().map(|variant| variant.origin.line).collect();
    for target in DIALECTS {
        let refusals = emitted(target, &tables).unwrap_err();
        let places: Vec<u32> = refusals.iter().map(|refusal| refusal.origin.line).collect();
        assert_eq!(places, lines);
        assert!(refusals[0].message.nb.contains("telles"), "{}", refusals[0].message.nb);
    }
}

#[test]
fn names_stay_within_their_comments_and_quotes() {
    let mut tables = small("");
    let pathway = &mut tables.pathways[0];
    pathway.title = "En\n; DROP TABLE events; --\u{2028}\r'".to_owned();
    for target in DIALECTS {
        for file in emitted(target, &tables).unwrap() {
            let (heading, _) = file.text.split_once("\nWITH\n").unwrap();
            assert!(heading.lines().all(|line| line.starts_with("--")), "{heading}");
            assert!(!file.text.contains(['\r', '\u{2028}']));
            assert_eq!(file.text.matches("DROP TABLE").count(), 1);
        }
    }
}
