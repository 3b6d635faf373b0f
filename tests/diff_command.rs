//! The command `forlop diff`: its formats, git revisions, accepted changes and registers.
#![allow(clippy::unwrap_used)]

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
};

use anstream::StripStream;
use clap::Parser;
use forlop::{
    cli::{Cli, Context, Exit},
    lang::Lang,
};
use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const REVIEW: &str = "forlop diff examples/gjennomgang/brystkreft-2020.forlop pathways/brystkreft.forlop";
const REGISTER: &str = "--events examples/gjennomgang/hendelser.csv --as-of 2021-12-31";

struct Done {
    exit: Exit,
    out: String,
    err: String,
}

fn run_in(folder: &Path, arguments: &[&str]) -> Done {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = Cli::try_parse_from(arguments).unwrap().run(&mut Context {
        lang: Lang::Nb,
        width: 100,
        folder: folder.to_owned(),
        input: Box::new(io::empty()),
        out: Box::new(StripStream::new(&mut out as &mut dyn Write)),
        err: Box::new(StripStream::new(&mut err as &mut dyn Write)),
    });
    Done { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn run(line: &str) -> Done {
    run_in(Path::new(ROOT), &line.split_whitespace().collect::<Vec<_>>())
}

/// A folder for one test, emptied before and removed after.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("forlop-test-diff-{name}-{}", std::process::id()));
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        let done = Command::new("git")
            .arg("-C")
            .arg(&self.0)
            .args(["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    }

    fn diff(&self, arguments: &[&str]) -> Done {
        run_in(&self.0, &[&["forlop", "diff"], arguments].concat())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn for_people_and_for_a_pull_request() {
    for (name, arguments) in [
        ("human_nb", ""),
        ("human_en", "--lang en"),
        ("markdown_nb", "--format markdown"),
        ("markdown_en", "--format markdown --lang en"),
    ] {
        let accepted = "--accepted examples/gjennomgang/godtatt.toml";
        let done = run(&format!("{REVIEW} {REGISTER} {accepted} {arguments}"));
        assert_eq!((done.exit, done.err.as_str()), (Exit::Fine, ""));
        insta::assert_snapshot!(format!("review_{name}"), done.out);
    }
}

#[test]
fn json_is_as_its_schema_says() {
    let done = run(&format!("{REVIEW} {REGISTER} --accepted examples/gjennomgang/godtatt.toml --format json"));
    let document: Value = serde_json::from_str(&done.out).unwrap();
    let schema: Value = serde_json::from_str(&run("forlop schema diff").out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert_eq!(validator.iter_errors(&document).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
    insta::assert_snapshot!("review_json", done.out);
}

#[test]
fn affected_courses_are_listed_with_both_answers() {
    let folder = Folder::new("affected");
    let path = folder.0.join("berørt.ndjson");
    let affected = path.to_str().unwrap();
    let done = run(&format!("{REVIEW} {REGISTER} --format json --affected {affected}"));
    let document: Value = serde_json::from_str(&done.out).unwrap();
    let written = fs::read_to_string(&path).unwrap();
    let courses: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(document["impact"]["affected"], courses.len());
    let schema: Value = serde_json::from_str(&run("forlop schema affected").out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for course in &courses {
        assert!(validator.is_valid(course), "{course}");
        for interval in course["intervals"].as_array().unwrap() {
            assert_ne!(interval["old"]["status"], interval["new"]["status"], "{interval}");
        }
    }
}

/// What the official schema of SARIF 2.1.0 demands of what is used of it, and what makes it useful.
#[test]
fn sarif_names_rules_places_and_what_is_accepted() {
    let done = run(&format!("{REVIEW} --accepted examples/gjennomgang/godtatt.toml --format sarif"));
    let document: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 5);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && uri.ends_with(".forlop"), "{uri}");
        assert!(place["region"]["startLine"].as_u64() >= Some(1) && place["region"]["startColumn"].as_u64() >= Some(1));
    }
    let suppressed = results.iter().filter(|result| !result["suppressions"].is_null()).count();
    assert_eq!(suppressed, 1);
}

const MAL: &str = "mal m \"Mal\" {\n  fase f \"Fase\"\n  kode A \"Start\" i f { åpner }\n  kode X \"Slutt\" i f { avslutter }\n  \
                   intervall I \"Tid\" fra A til X\n}\n";

fn spec(days: u32) -> String {
    format!(
        "bruk \"felles/mal.forlop\"\npakkeforløp Z9 \"Prøve\" etter m {{\n  kilde k \"Kilde\"\n  \
         forløpstider kilde k {{ I {days} kalenderdager }}\n}}\n"
    )
}

#[test]
fn a_git_revision_is_read_with_its_own_imports() {
    let folder = Folder::new("git");
    folder.write("spes/z9.forlop", &spec(14));
    folder.write("spes/felles/mal.forlop", MAL);
    folder.git(&["init", "--quiet"]);
    folder.git(&["add", "."]);
    folder.git(&["commit", "--quiet", "-m", "først"]);
    folder.write("spes/z9.forlop", &spec(10));
    folder.write("spes/felles/mal.forlop", &MAL.replace("\"Slutt\"", "\"Avsluttet\""));

    let done = folder.diff(&["HEAD:spes", "spes"]);
    assert_eq!((done.exit, done.err.as_str()), (Exit::Fine, ""));
    assert!(done.out.contains("10 kalenderdager, mot 14 kalenderdager før"), "{}", done.out);
    assert!(done.out.contains("spes/z9.forlop:4:26, før HEAD:spes/z9.forlop:4:26"), "{}", done.out);
    // The template of the revision, not the one beside it.
    assert!(done.out.contains("fra «Slutt» til «Avsluttet»"), "{}", done.out);
    assert_eq!(folder.diff(&["HEAD:spes/z9.forlop", "HEAD:spes"]).out, "Ingen endring i mening.\n");
    assert_eq!(
        run_in(&folder.0.join("spes"), &["forlop", "diff", "HEAD:./z9.forlop", "HEAD:spes"]).out,
        "Ingen endring i mening.\n"
    );

    let done = folder.diff(&["finnes-ikke:spes", "spes"]);
    assert_eq!((done.exit, done.err.as_str()), (Exit::Errors, "feil: git kjenner ikke revisjonen «finnes-ikke»\n"));
    let done = folder.diff(&["HEAD:borte", "spes"]);
    assert_eq!(done.exit, Exit::Errors);
    assert!(done.err.contains("«borte» finnes ikke i revisjonen «HEAD»"), "{}", done.err);
}

#[test]
fn outside_a_repository_a_revision_is_no_revision() {
    let folder = Folder::new("no-git");
    folder.write("mal.forlop", MAL);
    let done = folder.diff(&["HEAD:mal.forlop", "mal.forlop"]);
    assert_eq!(done.exit, Exit::Errors);
    assert_eq!(done.err, "feil: «HEAD:» er en git-revisjon, men dette er ikke et git-arkiv\n");
}

#[test]
fn accepted_changes_do_not_fail_and_stale_ones_warn() {
    let folder = Folder::new("accepted");
    folder.write("gammel/z9.forlop", &spec(14));
    folder.write("gammel/felles/mal.forlop", MAL);
    folder.write("ny/z9.forlop", &spec(10));
    folder.write("ny/felles/mal.forlop", MAL);
    let accept = |text: &str| {
        folder.write("godtatt.toml", text);
        folder.diff(&["gammel", "ny", "--fail-on", "breaking", "--accepted", "godtatt.toml"])
    };
    assert_eq!(folder.diff(&["gammel", "ny", "--fail-on", "breaking"]).exit, Exit::Errors);
    assert_eq!(folder.diff(&["gammel", "ny"]).exit, Exit::Fine);
    let why = "reason = \"Vedtatt\"\ndate = 2024-05-01\n";
    let done = accept(&format!("[\"Z9/limit/I/tightened\"]\n{why}"));
    assert_eq!((done.exit, done.err.as_str()), (Exit::Fine, ""));
    assert!(done.out.contains("Godtatt (1)") && done.out.contains("2024-05-01: Vedtatt"), "{}", done.out);
    // It was accepted to become something else.
    let done = accept(&format!("[\"Z9/limit/I/tightened\"]\nto = \"12 kalenderdager\"\n{why}"));
    assert_eq!(done.exit, Exit::Errors);
    assert!(done.err.contains("«Z9/limit/I/tightened» godtar ingen endring lenger"), "{}", done.err);
    let done = accept(&format!("[\"Z9/limit/I/loosened\"]\n{why}"));
    assert_eq!(done.exit, Exit::Errors);
    assert!(done.err.contains("«Z9/limit/I/loosened» godtar ingen endring lenger"), "{}", done.err);
    let done = accept("[\"Z9/limit/I/tightened\"]\ndate = 2024-05-01\n");
    assert_eq!(done.exit, Exit::Errors);
    assert!(
        done.err.contains("er ikke en liste over godtatte endringer") && done.err.contains("reason"),
        "{}",
        done.err
    );
}

#[test]
fn a_question_of_policy_is_one_command() {
    let net = "forlop diff pathways/nevroendokrine-svulster.forlop --set";
    let done = run(&format!(
        "{net} A39.OF2=14 --events examples/net/hendelser.csv --facts examples/net/opplysninger.csv --as-of 2024-06-30"
    ));
    assert_eq!(done.exit, Exit::Fine);
    insta::assert_snapshot!("set_of2", done.out);
    for (set, told) in [
        ("A39.OF9=14", "«A39» har ikke noe intervall eller noen variant «OF9»"),
        ("A38.OF2=14", "pakkeforløpet «A38» finnes ikke: det finnes A39"),
        ("A39.OF3.laser=14", "«OF3» har ikke behandlingen «laser»"),
        ("A39.OF2", "«A39.OF2» er ikke en frist"),
    ] {
        let done = run(&format!("{net} {set}"));
        assert_eq!(done.exit, Exit::WrongUse);
        assert!(done.err.contains(told), "{}", done.err);
    }
    assert!(run(&format!("{net} A39.OF2=21")).out.contains("Ingen endring i mening"));
    let done = run(&format!("{net} A39.karsinom.OF2=3 --format json"));
    assert!(done.out.contains("A39/limit/OF2/karsinom/tightened"), "{}", done.out);
}

/// With a day of effect, limits for courses that start later break nothing for those under way.
#[test]
fn limits_that_count_from_a_later_day_are_less_strict() {
    let class = |as_of: &str| {
        let done = run(&format!("{REVIEW} --format json {as_of}"));
        let document: Value = serde_json::from_str(&done.out).unwrap();
        let changes = document["changes"].as_array().unwrap().clone();
        let of2 = changes.iter().find(|change| change["id"] == "brystkreft/limit/OF2/fra-2021-05-01/loosened").unwrap();
        of2["class"].clone()
    };
    assert_eq!(class(""), "running");
    assert_eq!(class("--as-of 2021-04-30"), "report");
    assert_eq!(class("--as-of 2021-05-01"), "running");
}

/// Every command in the files that others copy is run, on a repository like theirs.
#[test]
fn the_files_for_ci_run() {
    let folder = Folder::new("ci");
    folder.write("pathways/z9.forlop", &spec(14));
    folder.write("pathways/felles/mal.forlop", MAL);
    folder.write("godtatt.toml", "");
    assert_eq!(run_in(&folder.0, &["forlop", "fmt", "pathways"]).exit, Exit::Fine);
    folder.git(&["init", "--quiet"]);
    folder.git(&["add", "."]);
    folder.git(&["commit", "--quiet", "-m", "først"]);
    let mut ran = 0;
    for name in [".pre-commit-config.yaml", "github.yml", "gitlab.yml"] {
        let text = fs::read_to_string(format!("{ROOT}/examples/ci/{name}")).unwrap();
        for line in text.lines() {
            let start = ["entry: ", "- run: ", "- "].iter().find_map(|start| line.trim().strip_prefix(start));
            let Some(command) = start.filter(|command| command.starts_with("forlop ")) else { continue };
            let command = ["origin/${{ github.base_ref }}", "$CI_MERGE_REQUEST_DIFF_BASE_SHA"]
                .iter()
                .fold(command.to_owned(), |command, base| command.replace(base, "HEAD"));
            let mut arguments: Vec<&str> = command.split_whitespace().collect();
            // The hook names the files that are changed.
            if arguments.ends_with(&["--check"]) {
                arguments.push("pathways/z9.forlop");
            }
            let done = run_in(&folder.0, &arguments);
            assert_eq!(done.exit, Exit::Fine, "{name}: {command}\n{}{}", done.out, done.err);
            ran += 1;
        }
    }
    assert_eq!(ran, 13);
    assert!(fs::read_to_string(folder.0.join("endringer.md")).unwrap().contains("Ingen endring i mening"));
}
