//! The suites. Each is the same whenever and wherever it is made.

use std::path::Path;

use forlop::compile::compile;
use forlop::input::{File, Register};
use forlop::runtime::Evaluator;
use forlop::source::Input;
use forlop::tables::{Pathway, Tables};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::suite::{Asks, Suite, fits_files};
use crate::case::{Case, CaseEvent, CaseFact};
use crate::generate::cases;
use crate::made_up::made_up;
use crate::made_up_assessed::made_up_assessed;
use crate::made_up_repeating::repeating;
use crate::net;
use crate::notation::tables;
use crate::random_pathway::{beside, random_pathway};

/// On the first days some patients have rows that come later; after the last no row can come.
const DAYS: [&str; 3] = ["2024-02-12", "2024-05-21", "2200-12-31"];

/// All of them.
pub fn suites() -> Vec<Suite> {
    let (net, pathways, shapes) = (net(), compiled("pathways"), compiled("tests/shapes"));
    let (made_up, random) = (all_made_up(), random_pathways());
    let mut of_net = random_patients("n", 1, 100, &net);
    of_net.extend(registered("examples/net/hendelser.csv", "examples/net/opplysninger.csv", &net));
    let mut of_made_up = random_patients("m", 3, 90, &made_up);
    of_made_up.extend(random_patients("r", 4, 40, &tables(vec![repeating()])));
    let measured = measured(shapes.clone());
    vec![
        courses("net", "Neuroendocrine tumours: random patients, and those of examples/net", &net, of_net),
        courses("pathways", "Every pathway of the repository", &pathways, of_each(&pathways, 3)),
        courses("made-up", "Every unit, form, rule kind and role; intervals that repeat", &made_up, of_made_up),
        courses("random", "Random pathways, whether or not an author would write them", &random, of_each(&random, 3)),
        courses("shapes", "Each shape that the language must say, of courses", &measured, of_each(&measured, 5)),
        assessed("net-assessed", "Neuroendocrine tumours: criteria and investigations", net, 40),
        assessed("pathways-assessed", "Patients whose facts concern every pathway of the repository", pathways, 10),
        assessed("made-up-assessed", "Everything that an assessment can say", made_up_assessed(), 100),
        assessed("random-assessed", "Criteria, ways on and investigations of random pathways", random, 12),
        assessed("shapes-assessed", "Each shape that the language must say, of assessments", shapes, 10),
    ]
}

fn courses(name: &'static str, about: &'static str, tables: &Tables, patients: Vec<(String, Case)>) -> Suite {
    Suite::new(name, about, Asks::Courses, &DAYS, tables.clone(), patients)
}

fn assessed(name: &'static str, about: &'static str, tables: Tables, count: usize) -> Suite {
    let patients = random_patients("p", 2, count, &tables);
    Suite::new(name, about, Asks::Assessments, &DAYS[1..2], tables, patients)
}

fn all_made_up() -> Tables {
    let mut all = made_up();
    all.pathways.push(repeating());
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

fn of_each(all: &Tables, count: usize) -> Vec<(String, Case)> {
    let of_one =
        |pathway: &Pathway| random_patients(&format!("{}-", pathway.id), 60, count, &tables(vec![pathway.clone()]));
    all.pathways.iter().flat_map(of_one).collect()
}

/// The rule tables of a folder or a file.
pub fn compiled(path: &str) -> Tables {
    let compilation = compile(&[Input::Path(path.into())], Path::new(".")).unwrap();
    compilation.tables.unwrap_or_else(|| panic!("{:#?}", compilation.findings))
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
