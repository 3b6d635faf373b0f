//! The suites. Each is the same whenever and wherever it is made.

use std::path::Path;

use forlop::compile::compile;
use forlop::input::{File, Register};
use forlop::runtime::{Evaluator, Options};
use forlop::source::Input;
use forlop::tables::{Pathway, Tables};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use super::hand;
use super::suite::{Asks, Suite, fits_files};
use crate::case::{Case, CaseEvent, CaseFact};
use crate::coverage::Coverage;
use crate::generate::cases;
use crate::made_up::made_up;
use crate::made_up_assessed::made_up_assessed;
use crate::made_up_repeating::repeating;
use crate::net;
use crate::notation::{date, tables};
use crate::random_pathway::{beside, random_pathway};

/// On the first days some patients have rows that come later; after the last no row can come.
const DAYS: [&str; 3] = ["2024-02-12", "2024-05-21", "2200-12-31"];

/// All of them.
pub fn suites() -> Vec<Suite> {
    let (net, pathways, shapes) = (net(), compiled(&["pathways"]), compiled(&["tests/shapes"]));
    let (made_up, random, to_assess) = (all_made_up(), random_pathways(), made_up_assessed());
    let measured = measured(shapes.clone());

    let mut of_net = telling_patients("n", 1, 1000, &net, Asks::Courses);
    of_net.extend(random_patients("r", 2, 40, &net));
    of_net.extend(registered("examples/net/hendelser.csv", "examples/net/opplysninger.csv", &net));
    let of_made_up = of_each(&made_up, |name, one| telling_patients(name, 3, 1000, one, Asks::Courses));
    let three_of_each = |all| of_each(all, |name, one| random_patients(name, 4, 3, one));
    let mut assessed_of_net = telling_patients("n", 5, 200, &net, Asks::Assessments);
    assessed_of_net.extend(random_patients("r", 6, 20, &net));
    let mut assessed_made_up = telling_patients("m", 7, 500, &to_assess, Asks::Assessments);
    assessed_made_up.extend(random_patients("r", 8, 50, &to_assess));
    let of_all = |all| random_patients("r", 9, 8, all);

    vec![
        hand::suite(),
        courses("net", "Neuroendocrine tumours: random patients, and those of examples/net", &net, of_net),
        courses("pathways", "Every pathway of the repository", &pathways, three_of_each(&pathways)),
        courses("made-up", "Every unit, form, rule kind and role; intervals that repeat", &made_up, of_made_up),
        courses(
            "random",
            "Random pathways, whether or not an author would write them",
            &random,
            three_of_each(&random),
        ),
        courses("shapes", "Each shape that the language must say, of courses", &measured, three_of_each(&measured)),
        assessed("net-assessed", "Neuroendocrine tumours: criteria and investigations", &net, assessed_of_net),
        assessed("pathways-assessed", "Facts about every pathway of the repository", &pathways, of_all(&pathways)),
        assessed("made-up-assessed", "Everything that an assessment can say", &to_assess, assessed_made_up),
        assessed("random-assessed", "Criteria and the like of random pathways", &random, of_all(&random)),
        assessed("shapes-assessed", "Each shape that the language must say, of assessments", &shapes, of_all(&shapes)),
    ]
}

fn courses(name: &'static str, about: &'static str, tables: &Tables, patients: Vec<(String, Case)>) -> Suite {
    let days = days(Asks::Courses);
    // Where there are many pathways, the first day is let off: it has the least to say, and takes as long as the others.
    let days = if tables.pathways.len() > 10 { &days[1..] } else { days };
    Suite::new(name, about, Asks::Courses, days, tables.clone(), patients)
}

fn assessed(name: &'static str, about: &'static str, tables: &Tables, patients: Vec<(String, Case)>) -> Suite {
    Suite::new(name, about, Asks::Assessments, days(Asks::Assessments), tables.clone(), patients)
}

fn all_made_up() -> Tables {
    let mut all = made_up();
    all.pathways.extend(repeating());
    all
}

/// `R` is asked for by the others' conditions, and so is `Q`.
fn random_pathways() -> Tables {
    let mut all = vec![beside(), sample(5, random_pathway("R"))];
    all.extend((1..40).map(|at| sample(5 + at, random_pathway(&format!("R{at}")))));
    all.sort_by(|one, other| one.id.cmp(&other.id));
    tables(all)
}

/// The pathways that have a limit.
fn measured(mut tables: Tables) -> Tables {
    tables.pathways.retain(|pathway| !pathway.limits.is_empty());
    tables
}

fn of_each(all: &Tables, patients: impl Fn(&str, &Tables) -> Vec<(String, Case)>) -> Vec<(String, Case)> {
    let of_one = |pathway: &Pathway| patients(&format!("{}-", pathway.id), &tables(vec![pathway.clone()]));
    all.pathways.iter().flat_map(of_one).collect()
}

/// The rule tables of folders and files.
pub fn compiled<P: AsRef<Path>>(paths: &[P]) -> Tables {
    let inputs: Vec<Input> = paths.iter().map(|path| Input::Path(path.as_ref().into())).collect();
    let compilation = compile(&inputs, Path::new(".")).unwrap();
    compilation.tables.unwrap_or_else(|| panic!("{:#?}", compilation.findings))
}

/// Random patients of whom each says something, on any of the days, that few before say.
fn telling_patients(prefix: &str, seed: u8, candidates: usize, tables: &Tables, asks: Asks) -> Vec<(String, Case)> {
    let evaluator = Evaluator::new(tables).unwrap();
    let mut coverage = Coverage::default();
    let mut patients = random_patients(prefix, seed, candidates, tables);
    patients.retain(|(name, case)| {
        let (events, facts) = (case.events(), case.facts());
        let mut rare = false;
        for as_of in days(asks).iter().map(|day| date(day)) {
            rare |= match asks {
                Asks::Assessments => {
                    let assessments = evaluator.assess(name, &events, &facts, as_of);
                    coverage.note_assessed(json!(assessments).as_array().unwrap())
                }
                Asks::Courses => {
                    let courses = evaluator.patient(name, &events, &facts, as_of, Options::default());
                    courses.iter().fold(false, |rare, course| coverage.note(&json!(course), as_of) | rare)
                }
            }
        }
        rare
    });
    patients
}

fn days(asks: Asks) -> &'static [&'static str] {
    match asks {
        Asks::Courses => &DAYS,
        Asks::Assessments => &DAYS[1..2],
    }
}

fn random_patients(prefix: &str, seed: u8, count: usize, tables: &Tables) -> Vec<(String, Case)> {
    let cases = cases(tables).prop_filter("dates that files can hold", fits_files);
    let mut cases = sample(seed, proptest::collection::vec(cases, count));
    for fact in cases.iter_mut().flat_map(|case| &mut case.facts) {
        fact.value = fact.value.trim().to_owned();
    }
    cases.into_iter().zip(1..).map(|(case, at)| (format!("{prefix}{at:03}"), case)).collect()
}

/// The same value for the same seed, whatever the environment says.
fn sample<T>(seed: u8, strategy: impl Strategy<Value = T>) -> T {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    strategy.new_tree(&mut TestRunner::new_with_rng(Config::default(), rng)).unwrap().current()
}

/// The patients of files of events and facts.
fn registered(events: &str, facts: &str, tables: &Tables) -> Vec<(String, Case)> {
    let evaluator = Evaluator::new(tables).unwrap();
    let mut register = Register::default();
    let read = |path| std::fs::read(path).unwrap();
    register.add_events(&evaluator, File { name: events, bytes: &read(events) }).unwrap();
    register.add_facts(&evaluator, File { name: facts, bytes: &read(facts) }).unwrap();
    let patient = |(name, rows): (&str, &forlop::input::PatientRows)| {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let events = rows.events().into_iter().map(|event| CaseEvent {
            date: event.date,
            code: event.code.to_owned(),
            institution: owned(event.institution),
            course: owned(event.course),
        });
        let fact = |fact: forlop::runtime::FactEvent| CaseFact {
            date: fact.date,
            fact: fact.fact.to_owned(),
            value: fact.value.to_owned(),
        };
        let facts = rows.facts().into_iter().map(fact);
        let case = Case { events: events.collect(), facts: facts.collect(), as_of: chrono::NaiveDate::MAX };
        (name.to_owned(), case)
    };
    register.patients().map(patient).collect()
}
