//! Examples (`eksempel`): every name and word in them means something.

use chrono::NaiveDate;

use super::{
    codes::Codes,
    content::Assessed,
    facts::Facts,
    intervals::Intervals,
    limits::known_treatment,
    report::Report,
    rules::COURSE_FINDINGS,
    scope::{EXAMPLE, Names, Unread},
    values::value,
    words::{Words, either, number, whole, word},
};
use crate::{
    diagnostic::Code as F,
    lang::Text,
    runtime::MAIN_COURSE,
    source::Span,
    syntax::tree::{self, ExampleLine, Name, Number, Statement},
    tables::{Example, ExampleEvent, ExampleFact, Expectation, Expected, Fact},
    text,
};

/// The statuses of E8, as examples write them and as answers do.
pub const STATUSES: &Words<&str> = &[
    ("innenfor", "within"),
    ("overskredet", "exceeded"),
    ("for_tidlig", "too_early"),
    ("gjelder_ikke", "not_applicable"),
    ("feil_rekkefølge", "invalid_order"),
    ("uten_frist", "no_limit"),
    ("ubestemt", "undetermined"),
    ("ikke_startet", "not_started"),
    ("løper", "running"),
    ("forfalt", "overdue"),
];
/// The states of E10.
pub const STATES: &Words<&str> = &[("åpent", "open"), ("fullført", "completed"), ("avsluttet", "closed")];
/// Whether the variant is assumed.
pub const CERTAINTIES: &Words<bool> = &[("antatt", true), ("sikker", false)];

/// What can come of criteria.
pub const CRITERIA_RESULTS: &Words<&str> =
    &[("oppfylt", "met"), ("ikke_oppfylt", "not_met"), ("ubestemt", "unknown"), ("gjelder_ikke", "not_applicable")];
/// What a decision table can lead to.
pub const ROUTE_RESULTS: &Words<&str> = &[
    ("henvises", "refer"),
    ("inngår", "included"),
    ("utenfor", "outside"),
    ("straks", "at_once"),
    ("videre", "onward"),
    ("uten_utfall", "none"),
    ("ubestemt", "unknown"),
    ("gjelder_ikke", "not_applicable"),
];
/// How it can stand with an investigation.
pub const INVESTIGATION_STATUSES: &Words<&str> = &[
    ("utført", "done"),
    ("foreldet", "outdated"),
    ("mangler", "lacking"),
    ("ubestemt", "unknown"),
    ("gjelder_ikke", "not_applicable"),
    ("brudd", "breach"),
    ("feil_rekkefølge", "wrong_order"),
];

/// What the examples of one pathway are checked against.
pub struct Examples<'a> {
    /// What stands before the suffix in whole codes.
    pub prefix: &'a str,
    pub codes: &'a Codes,
    pub facts: &'a Facts,
    pub intervals: &'a Intervals,
    pub variants: &'a Names,
    pub rules: &'a Names,
    pub assessed: &'a Assessed,
}

impl Examples<'_> {
    pub fn lower(&self, body: &[Statement], report: &mut Report) -> Vec<Example> {
        let mut names = Names::new(EXAMPLE, &Unread::default());
        let mut examples = Vec::new();
        for statement in body {
            let Statement::Example(example) = statement else { continue };
            if let Some(name) = &example.name {
                names.declare(name, report);
            }
            examples.push(self.example(example, report));
        }
        examples
    }

    fn example(&self, example: &tree::Example, report: &mut Report) -> Example {
        let mut lowered = Example {
            name: example.name.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
            as_of: NaiveDate::default(),
            events: Vec::new(),
            facts: Vec::new(),
            expectations: Vec::new(),
            origin: report.origin(example.span),
        };
        let mut as_of: Option<&tree::Date> = None;
        for line in &example.lines {
            match line {
                ExampleLine::AsOf(date) => {
                    if let Some(first) = as_of.replace(date) {
                        twice("per", date.span, first.span, report);
                    }
                }
                ExampleLine::Fact { date, fact, value: written } => {
                    let found = self.given(fact, report).and_then(|fact| value(fact, written, report));
                    let date = date.as_ref().map(|date| date.value);
                    lowered.facts.extend(found.map(|value| ExampleFact { date, fact: fact.value.clone(), value }));
                }
                ExampleLine::Event { date, code, institution } => {
                    let code = self.code(code, report);
                    let institution = institution.as_ref().map(|label| label.value.clone());
                    lowered.events.extend(code.map(|code| ExampleEvent { date: date.value, code, institution }));
                }
                ExampleLine::Expect { expected, course, span } => {
                    let course = course.as_ref().map_or(Some(1), |number| {
                        whole(number, 1, ("Nummeret på et forløp", "The number of a course"), report)
                    });
                    let expected = self.expected(expected, report);
                    if let (Some(course), Some(expected)) = (course, expected) {
                        lowered.expectations.push(Expectation { course, expected, origin: report.origin(*span) });
                    }
                }
                ExampleLine::Broken(_) => {}
            }
        }
        let dates =
            lowered.events.iter().map(|event| event.date).chain(lowered.facts.iter().filter_map(|fact| fact.date));
        lowered.as_of = as_of.map(|date| date.value).or(dates.max()).unwrap_or_default();
        lowered
    }

    /// A computed fact cannot be given.
    fn given(&self, name: &Name, report: &mut Report) -> Option<&Fact> {
        let fact = self.facts.find(name, report)?;
        if fact.formula.is_none() {
            return Some(fact);
        }
        let word = &name.value;
        report.add_help(
            F::Misplaced,
            name.span,
            text!("«{word}» er beregnet og kan ikke oppgis", "«{word}» is computed and cannot be given"),
            text!("Oppgi opplysningene som den beregnes av.", "Give the facts that it is computed from."),
        );
        None
    }

    fn code(&self, name: &Name, report: &mut Report) -> Option<String> {
        // The whole code is an easy slip: A39CK for CK.
        let suffix = name.value.strip_prefix(self.prefix).filter(|suffix| self.codes.meaning(suffix).is_some());
        if let (Some(suffix), None) = (suffix, self.codes.meaning(&name.value)) {
            let word = &name.value;
            let message = text!(
                "Koden «{word}» skrives uten forløpets navn her",
                "The code «{word}» is written without the pathway's name here"
            );
            report.add_help(F::UnknownCode, name.span, message, text!("Skriv «{suffix}».", "Write «{suffix}»."));
            return None;
        }
        self.codes.code(name, report).map(|code| format!("{}{}", self.prefix, code.code))
    }

    fn expected(&self, expected: &tree::Expected, report: &mut Report) -> Option<Expected> {
        match expected {
            tree::Expected::NoFindings => Some(Expected::NoFindings),
            tree::Expected::Courses(count) => {
                let count = whole(count, 0, ("Antallet forløp", "The number of courses"), report)?;
                Some(Expected::Courses { count })
            }
            tree::Expected::State(name) => {
                let state = word(name, STATES, ("en tilstand for et forløp", "a state of a course"), report)?;
                Some(Expected::State { state: state.to_owned() })
            }
            tree::Expected::Finding(name) => {
                let known = COURSE_FINDINGS.contains(&name.value.as_str()) || self.rules.find(name, report).is_some();
                known.then(|| Expected::Finding { code: name.value.clone() })
            }
            tree::Expected::Variant(name, certainty) => {
                let known = name.value == MAIN_COURSE || self.variants.find(name, report).is_some();
                let what = ("et ord for hvor sikker varianten er", "a word for how certain the variant is");
                let assumed = certainty.as_ref().map(|name| word(name, CERTAINTIES, what, report));
                let unknown_word = assumed == Some(None);
                (known && !unknown_word)
                    .then(|| Expected::Variant { variant: name.value.clone(), assumed: assumed.flatten() })
            }
            tree::Expected::Criteria(name, result) => {
                let known = self.assessed.criteria.find(name, report).is_some();
                let what = ("et utfall av kriterier", "a result of criteria");
                let result = word(result, CRITERIA_RESULTS, what, report)?.to_owned();
                known.then(|| Expected::Criteria { criteria: name.value.clone(), result })
            }
            tree::Expected::Route(name, result) => {
                let known = self.assessed.routes.find(name, report).is_some();
                let what = ("et utfall av et veivalg", "a result of a decision table");
                let result = word(result, ROUTE_RESULTS, what, report)?.to_owned();
                known.then(|| Expected::Route { route: name.value.clone(), result })
            }
            tree::Expected::Investigation(list, item, status) => {
                let known = self.assessed.investigations.find(list, report).is_some();
                let items = self.assessed.items.get(&list.value);
                let known = known && items.is_none_or(|items| items.find(item, report).is_some());
                let what = ("en status for en undersøkelse", "a status of an investigation");
                let status = word(status, INVESTIGATION_STATUSES, what, report)?.to_owned();
                let (list, item) = (list.value.clone(), item.value.clone());
                known.then_some(Expected::Investigation { list, item, status })
            }
            tree::Expected::Interval(names, days) => self.interval(names, days.as_ref(), report),
        }
    }

    /// Interval, treatment if the interval is split by it, and status.
    fn interval(&self, names: &[Name], days: Option<&Number>, report: &mut Report) -> Option<Expected> {
        let (interval_name, treatment, status) = match names {
            [interval, status] => (interval, None, status),
            [interval, treatment, status] => (interval, Some(treatment), status),
            _ => return None,
        };
        let interval = self.intervals.find(interval_name, report);
        let status_word = word(status, STATUSES, ("en status for en frist", "a status of a limit"), report);
        let days = match days {
            Some(written) => Some(whole_days(written, report)?),
            None => None,
        };
        let interval = interval?;
        match treatment {
            Some(name) if !known_treatment(interval, name, report) => return None,
            None if !interval.treatments.is_empty() => {
                // Without a status the missing word has its finding already.
                status_word?;
                let name = &interval.name;
                let names: Vec<_> = interval.treatments.iter().map(|treatment| &treatment.name).collect();
                let Text { nb, en } = either(&names);
                report.add_help(
                    F::UnknownTreatment,
                    interval_name.span,
                    text!(
                        "«{name}» er delt etter behandling, men her står ingen",
                        "«{name}» is split by treatment, but none stands here"
                    ),
                    text!("Skriv {nb} etter «{name}».", "Write {en} after «{name}»."),
                );
                return None;
            }
            _ => {}
        }
        Some(Expected::Interval {
            interval: interval.name.clone(),
            treatment: treatment.map(|name| name.value.clone()),
            status: status_word?.to_owned(),
            days,
        })
    }
}

/// Days can be negative: the end may come before the start.
fn whole_days(written: &Number, report: &mut Report) -> Option<i64> {
    let value = written.value;
    if value.fract() == 0.0 && value.abs() < 1e6 {
        return Some(value as i64);
    }
    let value = number(value);
    report.add_help(
        F::BadNumber,
        written.span,
        text!("Antallet dager kan ikke være {value}", "The number of days cannot be {value}"),
        text!("Skriv et helt tall.", "Write a whole number."),
    );
    None
}

/// A statement that can stand once stands twice (F0201).
pub fn twice(word: &str, second: Span, first: Span, report: &mut Report) {
    let finding = report
        .finding(F::Duplicate, second, text!("«{word}» er oppgitt to ganger", "«{word}» is stated twice"))
        .help(text!("Slett den ene.", "Delete one of them."))
        .related(report.place(first), text!("først oppgitt her", "first stated here"));
    report.push(finding);
}
