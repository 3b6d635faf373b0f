//! One pathway made ready: codes and facts as numbers, sets of codes as bits, each row found beforehand.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{
    assess::Assessable,
    automaton::Automaton,
    condition::Conditions,
    error::{TableError, unique, unknown},
    facts::Knowledge,
    formula::{self, Formula},
    limits::LimitIndex,
    logic::Test,
    names::{Names, numbered},
    variants::{self, Held},
    view::View,
};
use crate::{
    tables::{Code, Interval, Pathway, Role, Rule, Treatment, Variant},
    text,
};

/// A pathway made ready. Codes, facts and variants are named by their number in the pathway.
#[derive(Debug)]
pub(super) struct Prepared<'t> {
    pub pathway: &'t Pathway,
    pub codes: Vec<Meaning<'t>>,
    pub facts: Names<'t, usize>,
    /// By fact; none at all if no fact is computed.
    pub formulas: Vec<Option<Formula>>,
    pub variants: Vec<(&'t Variant, Test)>,
    /// The variant that holds when no fact is known.
    pub unknown: Held,
    /// Whether a variant depends on how old a value is.
    pub ages: bool,
    pub measures: Vec<Measure<'t>>,
    pub rules: Vec<(&'t Rule, Automaton)>,
    pub limits: LimitIndex<'t>,
    pub assessable: Assessable<'t>,
}

/// What a code means to its course.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning<'t> {
    pub role: Option<Role>,
    pub phase: Option<&'t str>,
}

/// An interval, or one treatment of it: what one answer is about.
#[derive(Debug)]
pub(super) struct Measure<'t> {
    pub interval: &'t Interval,
    pub treatment: Option<&'t Treatment>,
    pub from: CodeSet,
    pub to: CodeSet,
    /// The end codes that mean the treatment.
    pub picks: Option<CodeSet>,
}

/// A set of the pathway's codes.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeSet(Vec<u64>);

impl CodeSet {
    pub fn contains(&self, code: usize) -> bool {
        self.0.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn intersection(&self, other: &CodeSet) -> CodeSet {
        CodeSet(self.0.iter().zip(&other.0).map(|(one, other)| one & other).collect())
    }

    fn insert(&mut self, code: usize) {
        self.0.resize(self.0.len().max(code / 64 + 1), 0);
        if let Some(word) = self.0.get_mut(code / 64) {
            *word |= 1 << (code % 64);
        }
    }
}

/// The numbers of a pathway's codes.
pub(super) struct Codes<'t>(Names<'t, usize>);

impl<'t> Codes<'t> {
    pub fn of(pathway: &'t Pathway) -> Self {
        Codes(numbered(pathway.codes.iter().map(|code| &code.code)))
    }

    /// The set of these codes, which `place` names.
    pub fn set(&self, place: &str, codes: &[String]) -> Result<CodeSet, TableError> {
        let mut set = CodeSet::default();
        for code in codes {
            set.insert(*self.0.get(code.as_str()).ok_or_else(|| unknown(place, code))?);
        }
        Ok(set)
    }
}

impl<'t> Prepared<'t> {
    pub fn new(pathway: &'t Pathway) -> Result<Self, TableError> {
        let id = &pathway.id;
        unique(id, pathway.codes.iter().map(|code| &code.code))?;
        unique(id, pathway.facts.iter().map(|fact| &fact.name))?;
        unique(id, pathway.intervals.iter().map(|interval| &interval.name))?;
        unique(id, pathway.variants.iter().map(|variant| &variant.name))?;
        unique(id, pathway.rules.iter().map(|rule| &rule.name))?;
        check_codes(pathway)?;
        check_sums(pathway)?;

        let codes = Codes::of(pathway);
        for group in &pathway.groups {
            codes.set(&group.name, &group.codes)?;
        }
        let facts = numbered(pathway.facts.iter().map(|fact| &fact.name));
        let measures = measures(pathway, &codes)?;
        let conditions = Conditions { pathway, facts: &facts };
        let mut variants = Vec::new();
        let mut ages = false;
        for variant in &pathway.variants {
            let test = variants::prepare(variant, conditions)?;
            test.leaves(&mut |leaf| ages |= matches!(leaf, Test::Recent(_)));
            variants.push((variant, test));
        }
        let mut rules = Vec::new();
        for rule in &pathway.rules {
            rules.push((rule, Automaton::new(rule, &codes)?));
        }
        let limits = LimitIndex::new(pathway, &measures)?;
        let formulas = formula::prepare(pathway, &facts)?;
        let assessable = Assessable::new(pathway, conditions)?;
        let meaning = |code: &'t Code| Meaning { role: code.role, phase: code.phase.as_deref() };
        let codes = pathway.codes.iter().map(meaning).collect();
        let unknown = Held::MAIN;
        let prepared =
            Prepared { pathway, codes, facts, formulas, variants, unknown, ages, measures, rules, limits, assessable };
        let mut known = Vec::new();
        let nothing = Knowledge::new(&mut known, &prepared, &[], NaiveDate::MIN);
        let unknown = Held::in_view(&prepared, &View::on(&nothing, NaiveDate::MIN));
        Ok(Prepared { unknown, ..prepared })
    }
}

impl<'t> Prepared<'t> {
    pub fn role(&self, code: u32) -> Option<Role> {
        self.codes.get(code as usize)?.role
    }

    pub fn phase(&self, code: u32) -> Option<&'t str> {
        self.codes.get(code as usize)?.phase
    }

    /// Whether a code begins as this pathway's codes do.
    pub fn begins(&self, code: &str) -> bool {
        let suffix = code.strip_prefix(self.pathway.id.as_str());
        suffix.is_some_and(|suffix| self.pathway.prefix.is_some() || suffix.starts_with(':'))
    }
}

fn measures<'t>(pathway: &'t Pathway, codes: &Codes) -> Result<Vec<Measure<'t>>, TableError> {
    let mut measures = Vec::new();
    for interval in &pathway.intervals {
        let name = &interval.name;
        unique(name, interval.treatments.iter().map(|treatment| &treatment.name))?;
        let mut measure = |treatment: Option<&'t Treatment>| {
            measures.push(Measure {
                interval,
                treatment,
                from: codes.set(name, &interval.from)?,
                to: codes.set(name, &interval.to)?,
                picks: treatment.map(|treatment| codes.set(name, &treatment.codes)).transpose()?,
            });
            Ok(())
        };
        match interval.treatments.as_slice() {
            [] => measure(None)?,
            treatments => treatments.iter().try_for_each(|treatment| measure(Some(treatment)))?,
        }
    }
    Ok(measures)
}

fn check_codes(pathway: &Pathway) -> Result<(), TableError> {
    let id = &pathway.id;
    for code in &pathway.codes {
        if let Some(phase) = &code.phase
            && !pathway.phases.iter().any(|declared| declared.name == *phase)
        {
            return Err(unknown(&code.code, phase));
        }
        if code.code.strip_prefix(id.as_str()).is_none_or(str::is_empty) {
            let code = &code.code;
            return Err(TableError(text!(
                "koden «{code}» begynner ikke med «{id}», pakkeforløpet den hører til",
                "the code «{code}» does not begin with «{id}», the pathway it belongs to"
            )));
        }
    }
    Ok(())
}

/// Every part of a sum is an interval, and no interval is a part of itself.
fn check_sums(pathway: &Pathway) -> Result<(), TableError> {
    let numbers = numbered(pathway.intervals.iter().map(|interval| &interval.name));
    for interval in &pathway.intervals {
        if let Some(part) = interval.sum.iter().find(|part| numbers.get(part).is_none()) {
            return Err(unknown(&interval.name, part));
        }
    }
    // Set aside, again and again, the intervals all of whose parts are set aside; those in a circle stay.
    let mut left: HashMap<&str, &Interval> = pathway.intervals.iter().map(|one| (one.name.as_str(), one)).collect();
    loop {
        let before = left.len();
        let ready: Vec<&str> = left
            .values()
            .filter(|one| !one.sum.iter().any(|part| left.contains_key(part.as_str())))
            .map(|one| one.name.as_str())
            .collect();
        for name in ready {
            left.remove(name);
        }
        if left.len() == before {
            break;
        }
    }
    match left.keys().min() {
        None => Ok(()),
        Some(name) => Err(TableError(text!(
            "intervallet «{name}» er summen av ledd som inneholder det selv",
            "the interval «{name}» is the sum of parts that contain itself"
        ))),
    }
}
