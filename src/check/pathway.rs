//! One pathway (`pakkeforløp`): its template made its own, and everything it adds.

use chrono::NaiveDate;

use super::{
    codes::former,
    content::{Assessed, Contents},
    examples::{Examples, twice},
    facts::Facts,
    indicators::{Indicators, Scope, check_days, instantiate},
    labels::{code_prefix, codes},
    limits::{Rows, Written},
    references::Set,
    report::Report,
    rules,
    scope::{Names, PHASE, Unread},
    shares::check_limits,
    sources,
    sums::Sums,
    template::Template,
    unused, validity,
    variants::{Variants, written},
    words::{STATUSES, word},
};
use crate::{
    syntax::tree::{self, Label, Name, PathwayHead, Statement, Validity},
    tables::{Former, Limit, Pathway, Phase, Status},
};

/// What a pathway says once.
#[derive(Default)]
pub struct Once<'t> {
    pub disease: Option<&'t Label>,
    status: Option<&'t Name>,
    version: Option<&'t Label>,
    pub validity: Option<&'t Validity>,
}

/// Checks a pathway whose opening line was read and lowers it into tables.
pub fn lower(head: &PathwayHead, body: &[Statement], template: &Template, set: &Set, report: &mut Report) -> Pathway {
    let unread = super::unread::unread(body);
    let errors = report.errors();
    let id = head.id.value.as_str();
    let prefix = code_prefix(id, head.prefix);
    let once = once(body, report);
    let disease = once.disease.map(|label| label.value.as_str());

    let mut source_names = template.source_names.heir(&unread);
    let own_sources = sources::lower(body, &mut source_names, report);
    let facts = Facts::lower(body, &unread, report);
    let variants = Variants::lower(body, &facts, &unread, report);
    let mut rule_names = template.rule_names.heir(&unread);
    let own_rules = rules::lower(body, &template.codes, &mut rule_names, report);
    let codes = codes(head, body, template, &once, &unread, report);
    let scope = Scope { codes: &template.codes, intervals: &template.intervals, sources: &source_names };
    let indicators = Indicators::lower(body, &template.indicators, scope, &unread, report);
    if let Some(validity) = once.validity {
        check_days(body, validity, report);
    }
    let (limits, places, complete) = limits(body, template, &variants, &source_names, &once, &unread, report);

    let mut contents = Contents { id, facts: &facts, set, assessed: Assessed::new(&unread) };
    let content = contents.lower(body, report);
    let phases = phases(body, template, &mut contents, report);
    // Examples come after: a fact that only they give decides nothing.
    let unused = [unused::names(&facts.names), unused::names(&source_names)].concat();
    let examples = Examples {
        prefix: &prefix,
        codes: &template.codes,
        facts: &facts,
        intervals: &template.intervals,
        variants: &variants.names,
        rules: &rule_names,
        assessed: &contents.assessed,
    }
    .lower(body, report);

    let status_what = ("en status for et pakkeforløp", "a status of a pathway");
    let mut pathway = Pathway {
        id: id.to_owned(),
        prefix: head.prefix.then(|| id.to_owned()),
        title: head.title.value.clone(),
        former: former_names(body),
        status: once.status.and_then(|name| word(name, STATUSES, status_what, report)).unwrap_or(Status::Utkast),
        version: once.version.map(|label| label.value.clone()),
        disease: disease.map(str::to_owned),
        template: head.template.value.clone(),
        valid_from: bound(once.validity, |validity| &validity.from),
        valid_to: bound(once.validity, |validity| &validity.to),
        sources: template.sources.iter().cloned().chain(own_sources).collect(),
        phases,
        codes,
        groups: template.groups_for(&prefix),
        facts: facts.all.clone(),
        intervals: template.intervals_for(&prefix),
        variants: variants.all,
        limits,
        rules: template.rules.iter().chain(&own_rules).map(|rule| rules::instantiate(rule, &prefix)).collect(),
        indicators: indicators.all.iter().map(|one| instantiate(one, &prefix)).collect(),
        content,
        examples,
        origin: report.origin(head.id.span),
    };
    Sums { pathway: &mut pathway, written: &places, complete }.check(report);
    if complete {
        check_limits(body, &pathway.limits, report);
    }
    // A name that is misspelt where it is used has its finding already.
    if !unread.any() && report.errors() == errors {
        unused.into_iter().for_each(|finding| report.push(finding));
    }
    pathway
}

fn former_names(body: &[Statement]) -> Vec<Former> {
    let statements = body.iter().filter_map(|statement| match statement {
        Statement::Former(written) => Some(written),
        _ => None,
    });
    statements.flat_map(|written| former(std::slice::from_ref(written))).collect()
}

fn bound(validity: Option<&Validity>, side: impl Fn(&Validity) -> &Option<tree::Date>) -> Option<NaiveDate> {
    validity.and_then(|validity| side(validity).as_ref().map(|date| date.value))
}

/// What can be said once, from the first statement that says it; the second is F0201.
fn once<'t>(body: &'t [Statement], report: &mut Report) -> Once<'t> {
    let mut once = Once::default();
    let mut validity_span = None;
    for statement in body {
        match statement {
            Statement::Disease(label) => match once.disease {
                Some(first) => twice("sykdom", label.span, first.span, report),
                None => once.disease = Some(label),
            },
            Statement::Status(name) => match once.status {
                Some(first) => twice("status", name.span, first.span, report),
                None => once.status = Some(name),
            },
            Statement::Version(label) => match once.version {
                Some(first) => twice("versjon", label.span, first.span, report),
                None => once.version = Some(label),
            },
            Statement::Validity(validity, span) => {
                validity::check_order(validity, report);
                match validity_span.replace(*span) {
                    Some(first) => twice("gyldig", *span, first, report),
                    None => once.validity = Some(validity),
                }
            }
            _ => {}
        }
    }
    once
}

/// All rows, sorted by interval, treatment, variant and validity, and whether these are all that the author meant.
fn limits(
    body: &[Statement],
    template: &Template,
    variants: &Variants,
    sources: &Names,
    once: &Once,
    unread: &Unread,
    report: &mut Report,
) -> (Vec<Limit>, Vec<Written>, bool) {
    let mut rows = Rows::new(&template.intervals, sources);
    for table in tables(body) {
        rows.add(table, None, report);
        check_within(table, once.validity, report);
    }
    for variant in written(body) {
        let name = variant.head.as_ref().map(|head| &head.name);
        let before = rows.limits.len();
        for table in tables(&variant.body) {
            rows.add(table, Some(name.map_or("", |name| &name.value)), report);
            check_within(table, once.validity, report);
        }
        // The rows of a second variant of the same name are no second rows of the first.
        if name.is_none_or(|name| variants.names.place(&name.value) != Some(report.place(name.span))) {
            rows.limits.truncate(before);
        }
    }
    let complete = !rows.incomplete && !unread.any() && template.sound;
    let mut limits = rows.limits;
    let intervals = &template.intervals.all;
    limits.sort_by_cached_key(|(limit, _)| {
        let interval = intervals.iter().position(|interval| interval.name == limit.interval);
        let treatments = interval.and_then(|at| intervals.get(at)).map(|interval| &interval.treatments);
        let treatment = treatments.and_then(|all| {
            all.iter().position(|treatment| Some(treatment.name.as_str()) == limit.treatment.as_deref())
        });
        let variant = variants.all.iter().position(|variant| Some(variant.name.as_str()) == limit.variant.as_deref());
        (interval, treatment, variant, limit.variant.clone(), limit.valid_from)
    });
    validity::check_rows(&mut limits, unread.any(), report);
    let (limits, written) = limits.into_iter().unzip();
    (limits, written, complete)
}

fn tables(body: &[Statement]) -> impl Iterator<Item = &tree::Limits> {
    body.iter().filter_map(|statement| match statement {
        Statement::Limits(table) => Some(table),
        _ => None,
    })
}

fn check_within(table: &tree::Limits, pathway: Option<&Validity>, report: &mut Report) {
    let Some(pathway) = pathway else { return };
    validity::check_within(&table.options.validity, pathway, report);
    table.rows.iter().for_each(|row| validity::check_within(&row.options.validity, pathway, report));
}

/// The template's phases with the pathway's content.
fn phases(body: &[Statement], template: &Template, contents: &mut Contents, report: &mut Report) -> Vec<Phase> {
    let mut phases = template.phases.clone();
    let mut seen = Names::new(PHASE, &Unread::default());
    for statement in body {
        let Statement::Phase(written) = statement else { continue };
        if let Some(name) = &written.name {
            template.phase_names.find(name, report);
            seen.declare(name, report);
        }
        let content = contents.lower(&written.body, report);
        let name = written.name.as_ref().map(|name| name.value.as_str());
        if let Some(phase) = phases.iter_mut().find(|phase| Some(phase.name.as_str()) == name) {
            phase.content.extend(content);
        }
    }
    phases
}
