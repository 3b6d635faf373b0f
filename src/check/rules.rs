//! Order rules (rule 6): what they name, and those that no course could keep.

use super::{
    codes::Codes,
    report::Report,
    scope::Names,
    words::{SEVERITIES, join, whole, word},
};
use crate::{
    diagnostic::Code as F,
    lang::Text,
    source::Span,
    syntax::tree::{self, Name, Number, RuleBody, Statement},
    tables::{Rule, RuleKind},
    text,
};

/// The findings that every course can have (E3, E6); a rule cannot be called the same.
pub const COURSE_FINDINGS: [&str; 4] = ["missing_start", "duplicate_start", "event_after_end", "conflicting_fact"];

/// The rules among the statements, with their codes as suffixes.
pub fn lower(body: &[Statement], codes: &Codes, names: &mut Names, report: &mut Report) -> Vec<Rule> {
    body.iter()
        .filter_map(|statement| match statement {
            Statement::Rule(rule) => lower_rule(rule, codes, names, report),
            _ => None,
        })
        .collect()
}

fn lower_rule(rule: &tree::Rule, codes: &Codes, names: &mut Names, report: &mut Report) -> Option<Rule> {
    let new = names.declare(&rule.name, report);
    if COURSE_FINDINGS.contains(&rule.name.value.as_str()) {
        let name = &rule.name.value;
        report.add_help(
            F::Duplicate,
            rule.name.span,
            text!(
                "«{name}» er navnet på et funn som alle forløp kan få",
                "«{name}» is a finding that every course can have"
            ),
            text!("Gi regelen et annet navn.", "Give the rule another name."),
        );
    }
    let severity = word(&rule.severity, SEVERITIES, ("en alvorlighetsgrad", "a severity"), report);
    let kind = lower_kind(&rule.body, codes, report);
    let (true, Some(severity), Some(kind)) = (new, severity, kind) else { return None };
    Some(Rule {
        name: rule.name.value.clone(),
        severity,
        label: rule.label.value.clone(),
        kind,
        origin: report.origin(rule.name.span),
    })
}

fn lower_kind(body: &RuleBody, codes: &Codes, report: &mut Report) -> Option<RuleKind> {
    match body {
        RuleBody::Before(first, then) => {
            let (first, then, span) = two(first, then, codes, report)?;
            if within(&first, &then) {
                impossible(
                    span,
                    text!("En kode kan ikke komme før seg selv", "A code cannot come before itself"),
                    text!("Skriv en annen kode på den ene siden av «før».", "Write another code on one side of «før»."),
                    report,
                );
            }
            Some(RuleKind::Before { first, then })
        }
        RuleBody::Triggers(first, then) => {
            let (first, then, span) = two(first, then, codes, report)?;
            if within(&then, &first) {
                impossible(
                    span,
                    text!("En kode som utløser seg selv, tar aldri slutt", "A code that triggers itself never ends"),
                    text!("Skriv en annen kode etter «utløser».", "Write another code after «utløser»."),
                    report,
                );
            }
            Some(RuleKind::Triggers { first, then })
        }
        RuleBody::AtMost(number, of) => {
            let (count, of) = counted(number, of, codes, report);
            Some(RuleKind::AtMost { count: count?, of: of? })
        }
        RuleBody::Exactly(number, of) => {
            let (count, of) = counted(number, of, codes, report);
            Some(RuleKind::Exactly { count: count?, of: of? })
        }
        RuleBody::NothingAfter(after) => Some(RuleKind::NothingAfter { after: codes.expand(after, report)? }),
        RuleBody::NeverTogether(first, second) => {
            let (first, second, span) = two(first, second, codes, report)?;
            if let Some(code) = first.iter().find(|code| second.contains(code)) {
                impossible(
                    span,
                    text!("«{code}» kan ikke utelukke seg selv", "«{code}» cannot exclude itself"),
                    text!("La «{code}» stå på én side av «sammen med».", "Keep «{code}» on one side of «sammen med»."),
                    report,
                );
            }
            Some(RuleKind::NeverTogether { first, second })
        }
    }
}

/// Both sides of a rule and the span of them.
fn two(
    first: &[Name],
    second: &[Name],
    codes: &Codes,
    report: &mut Report,
) -> Option<(Vec<String>, Vec<String>, Span)> {
    let (left, right) = (codes.expand(first, report), codes.expand(second, report));
    let span = join(first.first()?.span, second.last()?.span);
    Some((left?, right?, span))
}

fn counted(number: &Number, of: &[Name], codes: &Codes, report: &mut Report) -> (Option<u32>, Option<Vec<String>>) {
    let zero = text!("En regel kan ikke telle til 0", "A rule cannot count to 0");
    let count = count(number, zero, report);
    (count, codes.expand(of, report))
}

fn within(inner: &[String], outer: &[String]) -> bool {
    inner.iter().all(|code| outer.contains(code))
}

/// A whole number from 1; 0 would make a rule that says nothing (F0905).
pub fn count(written: &Number, zero: Text, report: &mut Report) -> Option<u32> {
    if written.value == 0.0 {
        impossible(written.span, zero, text!("Skriv et helt tall fra 1.", "Write a whole number from 1."), report);
        return None;
    }
    whole(written, 1, ("Antallet", "The count"), report)
}

pub fn impossible(span: Span, message: Text, help: Text, report: &mut Report) {
    report.add_help(F::ImpossibleRule, span, message, help);
}

/// The same demand of the codes of one pathway.
pub fn instantiate(rule: &Rule, prefix: &str) -> Rule {
    let whole = |codes: &[String]| with_prefix(codes, prefix);
    let kind = match &rule.kind {
        RuleKind::Before { first, then } => RuleKind::Before { first: whole(first), then: whole(then) },
        RuleKind::Triggers { first, then } => RuleKind::Triggers { first: whole(first), then: whole(then) },
        RuleKind::AtMost { count, of } => RuleKind::AtMost { count: *count, of: whole(of) },
        RuleKind::Exactly { count, of } => RuleKind::Exactly { count: *count, of: whole(of) },
        RuleKind::NothingAfter { after } => RuleKind::NothingAfter { after: whole(after) },
        RuleKind::NeverTogether { first, second } => {
            RuleKind::NeverTogether { first: whole(first), second: whole(second) }
        }
    };
    Rule { kind, ..rule.clone() }
}

/// Whole codes from suffixes.
pub fn with_prefix(codes: &[String], prefix: &str) -> Vec<String> {
    codes.iter().map(|code| format!("{prefix}{code}")).collect()
}

/// The codes that a rule speaks of.
pub fn codes_of(kind: &RuleKind) -> impl Iterator<Item = &String> {
    let (one, two): (&[String], &[String]) = match kind {
        RuleKind::Before { first, then } | RuleKind::Triggers { first, then } => (first, then),
        RuleKind::NeverTogether { first, second } => (first, second),
        RuleKind::AtMost { of, .. } | RuleKind::Exactly { of, .. } => (of, &[]),
        RuleKind::NothingAfter { after } => (after, &[]),
    };
    one.iter().chain(two)
}
