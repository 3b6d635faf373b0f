//! Made-up courses: written and read again, with the answers that the evaluator gives, made smaller.
#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, fs, path::Path};

use chrono::{Days, NaiveDate};
use forlop::{
    cases::{Boundary, alone, boundaries, expected, smallest, telling, text},
    compile::compile,
    diagnostic::Severity,
    runtime::{Evaluator, check_example},
    source::{File, Files, Input},
    syntax::format,
    tables::{Example, ExampleEvent, ExampleFact, Expected, Origin, Pathway, Value},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pathways(path: &str) -> Vec<Pathway> {
    compile(&[Input::Path(root().join(path))], root()).unwrap().tables.unwrap().pathways
}

fn net() -> Pathway {
    pathways("pathways/nevroendokrine-svulster.forlop").remove(0)
}

/// The pathway's file with these examples in place of its own.
fn with_examples(pathway: &Pathway, examples: &str) -> String {
    let file = fs::read_to_string(root().join(&pathway.origin.file)).unwrap();
    let first = file.find("  eksempel \"").unwrap_or_else(|| file.rfind('}').unwrap());
    let examples: String = examples.lines().map(|line| format!("{}\n", format!("  {line}").trim_end())).collect();
    format!("{}\n\n{examples}}}\n", file[..first].trim_end())
}

/// What an example says, wherever it is written.
fn content(example: &Example) -> Example {
    let nowhere = Origin { file: String::new(), line: 1, column: 1 };
    let mut content = Example { origin: nowhere.clone(), ..example.clone() };
    content.expectations.iter_mut().for_each(|expectation| expectation.origin = nowhere.clone());
    content
}

/// The examples as text, compiled in the place of the pathway's own. They stand in canonical layout.
fn read(pathway: &Pathway, examples: &str) -> Vec<Example> {
    let text = with_examples(pathway, examples);
    let mut files = Files::default();
    let id = files.add(File::new("forløp.forlop".to_owned(), text.clone()));
    let formatted = format(files.get(id), id).unwrap();
    let other = formatted.lines().zip(text.lines()).find(|(one, other)| one != other);
    assert_eq!((other, formatted.len()), (None, text.len()));
    let compilation = compile(&[Input::Text(text.clone())], &root().join("pathways")).unwrap();
    let errors: Vec<_> = compilation.findings.iter().filter(|found| found.severity() == Severity::Error).collect();
    compilation.tables.unwrap_or_else(|| panic!("{errors:?}\n{text}")).pathways.remove(0).examples
}

fn assert_reads_back(pathway: &Pathway, examples: &[Example]) {
    let texts: Vec<String> = examples.iter().map(|example| text(example, pathway)).collect();
    let read = read(pathway, &texts.join("\n"));
    assert_eq!(read.len(), examples.len());
    for ((read, example), text) in read.iter().zip(examples).zip(texts) {
        assert_eq!(content(read), content(example), "{text}");
    }
}

#[test]
fn every_example_of_the_pathways_is_read_back_and_in_canonical_layout() {
    for pathway in pathways("pathways") {
        assert_reads_back(&pathway, &pathway.examples);
    }
}

#[test]
fn every_boundary_is_read_back_with_its_answer_and_holds() {
    // Those that between them have every kind of condition, and two without a prefix or treatments.
    let some =
        ["A39", "A12", "blærekreft", "prostatakreft", "eggstokkreft", "lymfomer", "testikkelkreft", "rusbehandling"];
    let mut subjects = BTreeSet::new();
    let is_one = |pathway: &Pathway| some.iter().any(|name| pathway.id == *name || pathway.origin.file.contains(name));
    for pathway in pathways("pathways").into_iter().filter(is_one) {
        let tables = alone(pathway.clone());
        let evaluator = Evaluator::new(&tables).unwrap();
        let mut names = BTreeSet::new();
        let mut examples = Vec::new();
        for Boundary { subject, mut example, .. } in boundaries(&pathway) {
            subjects.insert(subject);
            assert!(names.insert(example.name.clone()), "{}", example.name);
            example.expectations = expected(&evaluator, &pathway, &example);
            assert_eq!(check_example(&evaluator, &pathway, &example), [], "{}", example.name);
            examples.push(example);
        }
        assert_reads_back(&pathway, &examples);
    }
    assert_eq!(subjects.len(), 8, "{subjects:?}");
}

fn day(days: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(days)
}

fn any_example() -> impl Strategy<Value = Example> {
    let code = select(vec!["A", "S", "O", "CK", "CM", "FK", "FM", "FL", "X"]);
    let institution = option::of(select(vec!["HF A", "HF «B» # æøå"]));
    let event = (0..90_u64, code, institution).prop_map(|(days, code, institution)| ExampleEvent {
        date: day(days),
        code: format!("A39{code}"),
        institution: institution.map(str::to_owned),
    });
    let karsinom = select(vec!["påvist", "ikke_utelukket", "utelukket"]);
    let value = prop_oneof![
        karsinom.prop_map(|name| ("karsinom", Value::Choice(name.to_owned()))),
        any::<bool>().prop_map(|truth| ("laboratoriefunn", Value::YesNo(truth))),
    ];
    let fact = (option::of(0..90_u64), value).prop_map(|(date, (fact, value))| ExampleFact {
        date: date.map(day),
        fact: fact.to_owned(),
        value,
    });
    (vec(event, 0..7), vec(fact, 0..4), 0..120_u64).prop_map(|(events, facts, as_of)| Example {
        name: "Oppdiktet".to_owned(),
        as_of: day(as_of),
        events,
        facts,
        expectations: Vec::new(),
        origin: Origin { file: String::new(), line: 1, column: 1 },
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_examples_are_read_back_with_their_answers(examples in vec(any_example(), 20)) {
        let net = net();
        let tables = alone(net.clone());
        let evaluator = Evaluator::new(&tables).unwrap();
        let named = examples.into_iter().zip(1..).map(|(example, number)| {
            let expectations = expected(&evaluator, &net, &example);
            Example { name: format!("Nummer {number}"), expectations, ..example }
        });
        let named: Vec<Example> = named.collect();
        for example in &named {
            prop_assert_eq!(check_example(&evaluator, &net, example), vec![]);
            let told = telling(&example.expectations);
            prop_assert!(told.iter().all(|expectation| example.expectations.contains(expectation)));
        }
        assert_reads_back(&net, &named);
    }

    #[test]
    fn the_smallest_example_still_holds_and_cannot_lose_anything(example in any_example()) {
        let net = net();
        let tables = alone(net.clone());
        let evaluator = Evaluator::new(&tables).unwrap();
        let is_late = |example: &Example| {
            let late = |expected: &Expected| matches!(expected, Expected::Interval { status, .. } if status == "overdue");
            expected(&evaluator, &net, example).iter().any(|expectation| late(&expectation.expected))
        };
        prop_assume!(is_late(&example));
        let small = smallest(example.clone(), is_late);
        prop_assert!(is_late(&small));
        prop_assert_eq!(&small, &smallest(example, is_late), "the same again");
        // One code and the day after its limit is all it takes, and a fact if the shorter limit makes it late.
        prop_assert_eq!(small.events.len(), 1);
        for at in 0..small.facts.len() {
            let mut without = small.clone();
            without.facts.remove(at);
            prop_assert!(!is_late(&without));
        }
        let earlier = Example { as_of: small.as_of - Days::new(1), ..small };
        prop_assert!(!is_late(&earlier));
    }
}
