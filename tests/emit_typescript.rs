//! What `forlop emit typescript` writes. That the package judges as the runtime does is shown by running it:
//! `.ci/typescript` and `conformance/`.
#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use forlop::{
    compile::compile,
    emit::{Settings, Target, emit},
    source::Input,
    tables::Tables,
};

const PACKAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/emit/typescript/package");

const SMALL: &str = r#"
mal kort "Kort" {
  fase inngang "Inngang"
  kode A "Start */ «henvisning»" i inngang { åpner }
  kode F "Behandling" { fullfører }
  gruppe behandling = F
  intervall OF4 "Til behandling" fra A til behandling etter behandling { kirurgi = F }
  regel først feil "Start først": A før F
}

pakkeforløp A99 "Eksempelsykdom" etter kort {
  opplysning karsinom "Nevroendokrint karsinom" { påvist, utelukket }
  variant karsinom "Karsinom" når karsinom er påvist { forløpstider { OF4 14 kalenderdager } }
  kriterier mistanke "Mistanke" = minst 1 av { biopsi "Biopsi": karsinom er påvist }
}

mal bare "Bare en kode" { kode A "Start" { åpner } }
pakkeforløp tom "Uten noe" etter bare uten kodeprefiks {}
"#;

fn tables(input: Input) -> Tables {
    compile(&[input], Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap().tables.unwrap()
}

fn emitted(tables: &Tables) -> BTreeMap<String, String> {
    let files = emit(Target::Typescript, tables, &Settings::default()).unwrap();
    files.into_iter().map(|file| (file.path, file.text)).collect()
}

/// The files under a folder, relative to it.
fn files_under(folder: &Path, of: &Path) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.append(&mut files_under(&path, of));
        } else {
            files.insert(path.strip_prefix(of).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
    files
}

#[test]
fn names_become_types() {
    let files = emitted(&tables(Input::Text(SMALL.to_owned())));
    insta::assert_snapshot!(files["dist/tables.d.ts"]);
}

#[test]
fn the_package_says_how_it_is_used() {
    let files = emitted(&tables(Input::Text(SMALL.to_owned())));
    let readme = files["README.md"].lines().skip(4).take(14).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(format!("{}\n{readme}", files["package.json"]));
    assert!(files.values().all(|text| !text.contains("{{") && text.ends_with('\n')));
}

#[test]
fn every_part_of_the_evaluator_is_in_the_package() {
    let package = Path::new(PACKAGE);
    let mut files = emitted(&tables(Input::Text(SMALL.to_owned())));
    let generated =
        ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json", "dist/tables.d.ts", "dist/tables.js"];
    for path in generated {
        assert!(files.remove(path).is_some(), "{path}");
    }
    let written: BTreeSet<String> =
        ["dist", "test"].iter().flat_map(|folder| files_under(&package.join(folder), package)).collect();
    assert_eq!(files.keys().cloned().collect::<BTreeSet<_>>(), written);

    let sources = files_under(&package.join("src"), &package.join("src"));
    let compiled = |ending: &str| {
        let names = sources.iter().map(|source| source.strip_suffix(".ts").unwrap());
        names.map(|name| format!("dist/{name}{ending}")).collect::<Vec<_>>()
    };
    let expected: BTreeSet<String> = compiled(".js").into_iter().chain(compiled(".d.ts")).collect();
    assert_eq!(expected, written.into_iter().filter(|path| path.starts_with("dist/")).collect());
}

#[test]
fn the_tables_are_those_that_compile_writes() {
    let tables =
        tables(Input::Path(Path::new(env!("CARGO_MANIFEST_DIR")).join("pathways/nevroendokrine-svulster.forlop")));
    let files = emitted(&tables);
    let json = files["dist/tables.js"].split_once("export const tables = ").unwrap().1.strip_suffix(";\n").unwrap();
    let read: Tables = serde_json::from_str(json).unwrap();
    assert_eq!(read, tables);
    assert_eq!(files, emitted(&tables));
}
