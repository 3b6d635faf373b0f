//! Claims as findings: one for each mistake, each template once.

use std::collections::BTreeSet;

use super::{Claim, What, claims};
use crate::{
    cases,
    diagnostic::{Code as F, Finding},
    lang::Text,
    prove::place::Places,
    tables::{Code, Interval, Origin, Pathway, Role, Rule, RuleKind, RuleSeverity, Tables},
    text,
};

/// Adds what is found in the order rules of all pathways.
pub(in crate::prove) fn find(tables: &Tables, places: &Places, findings: &mut Vec<Finding>) {
    let mut read = BTreeSet::new();
    for pathway in &tables.pathways {
        // Pathways whose codes, intervals and rules are the same rows of a template are one to the analysis.
        if read.insert(rows(pathway))
            && let Ok(claims) = claims(pathway)
        {
            for finding in Report(pathway).findings(&claims, places) {
                let is_same = |known: &Finding| (known.code, known.place) == (finding.code, finding.place);
                if !findings.iter().any(is_same) {
                    findings.push(finding);
                }
            }
        }
    }
}

type Row<'t> = (&'t Origin, Option<chrono::NaiveDate>, Option<chrono::NaiveDate>);

fn rows(pathway: &Pathway) -> Vec<Row<'_>> {
    let codes = pathway.codes.iter().map(|code| (&code.origin, code.valid_from, code.valid_to));
    let rules = pathway.rules.iter().map(|rule| (&rule.origin, pathway.valid_from, pathway.valid_to));
    let intervals = pathway.intervals.iter().map(|interval| (&interval.origin, None, None));
    codes.chain(rules).chain(intervals).collect()
}

/// The name of a claim's example, and the row that the claim is about.
pub(super) fn subject<'t>(what: What, because: &[usize], pathway: &'t Pathway) -> (String, &'t Origin) {
    let of_rule = |rule: Option<&usize>| pathway.rules.get(*rule?).map(|rule| (rule.name.clone(), &rule.origin));
    let of_code = |code: Option<&'t Code>| code.map(|code| (suffix(code, pathway).to_owned(), &code.origin));
    let opener = || pathway.codes.iter().find(|code| code.role == Some(Role::Opens));
    let found = match what {
        What::CodeNever { code, .. } => of_rule(because.last()).or_else(|| of_code(pathway.codes.get(code))),
        What::IntervalNever { interval, .. } => {
            pathway.intervals.get(interval).map(|interval| (interval.name.clone(), &interval.origin))
        }
        What::Stuck { .. } => of_rule(because.last()).or_else(|| of_code(opener())),
        What::NeverKept { rule }
        | What::NeverBroken { rule, .. }
        | What::Implied { rule }
        | What::NeverApplies { rule } => of_rule(Some(&rule)),
        What::Undecided { .. } => None,
    };
    found.unwrap_or_else(|| (pathway.id.clone(), &pathway.origin))
}

/// A code as authors write it.
fn suffix<'t>(code: &'t Code, pathway: &Pathway) -> &'t str {
    let suffix = code.code.strip_prefix(pathway.id.as_str()).unwrap_or(&code.code);
    suffix.strip_prefix(':').unwrap_or(suffix)
}

/// What is said of one pathway.
struct Report<'t>(&'t Pathway);

impl<'t> Report<'t> {
    /// The claims as findings, without those that say again what another says.
    fn findings(&self, claims: &[Claim], places: &Places) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut add = |claim: &Claim, code, text: (Text, Text)| {
            let (_, origin) = subject(claim.what, &claim.because, self.0);
            found.extend(self.finding(places, claim, origin, code, text));
        };
        // The rules of each mistake that has its finding.
        let mut told: Vec<Vec<usize>> = Vec::new();
        for claim in claims {
            if let What::NeverKept { rule } = claim.what
                && claim.because.contains(&rule)
                && !is_told(&told, &claim.because)
            {
                let triggers = self.rule(rule).is_some_and(|rule| matches!(rule.kind, RuleKind::Triggers { .. }));
                match claim.because.len() {
                    2 => add(claim, F::ContradictingRules, self.contradiction(claim)),
                    _ if triggers => add(claim, F::UnansweredTrigger, self.unanswered(claim, rule)),
                    _ => continue,
                }
                told.push(claim.because.clone());
            }
        }
        let never: Vec<usize> = claims.iter().filter_map(|claim| claim.what.code()).collect();
        for claim in claims {
            let because = &claim.because;
            match claim.what {
                What::CodeNever { severity, .. } if because.is_empty() || !is_told(&told, because) => {
                    let alike = |other: &&Claim| !because.is_empty() && other.because == *because;
                    let codes = claims.iter().filter(alike).filter_map(|claim| claim.what.code());
                    let own = claim.what.code().filter(|_| because.is_empty());
                    let codes: Vec<usize> = codes.chain(own).collect();
                    add(claim, F::CodeNever, self.codes(&codes, severity, because));
                    told.push(because.clone());
                }
                What::IntervalNever { interval, severity, .. } if !is_told(&told, because) => {
                    let Some(interval) = self.0.intervals.get(interval) else { continue };
                    if because.is_empty() && self.lacks_point(interval, &never) {
                        continue;
                    }
                    let same = |other: &&Claim| {
                        matches!(other.what, What::IntervalNever { interval: at, .. }
                        if self.0.intervals.get(at) == Some(interval))
                    };
                    let treatments = claims.iter().filter(same).filter_map(|claim| claim.what.treatment());
                    add(
                        claim,
                        F::IntervalNever,
                        self.interval(interval, &treatments.collect::<Vec<_>>(), severity, because),
                    );
                }
                What::Stuck { severity } if !is_told(&told, because) => {
                    add(claim, F::CannotEnd, self.stuck(severity, because));
                    told.push(because.clone());
                }
                What::NeverBroken { rule, unless_numbered } => {
                    add(claim, F::IdleRule, self.idle(rule, unless_numbered));
                }
                What::Implied { rule } => add(claim, F::ImpliedRule, self.implied(rule, because)),
                What::Undecided { questions } => add(claim, F::UndecidedOrder, undecided(questions)),
                _ => {}
            }
        }
        found
    }

    fn finding(
        &self,
        places: &Places,
        claim: &Claim,
        origin: &Origin,
        code: F,
        (message, help): (Text, Text),
    ) -> Option<Finding> {
        let mut finding = Finding::new(code, places.of(origin)?, message).help(help);
        for rule in claim.because.iter().filter_map(|rule| self.rule(*rule)).filter(|rule| rule.origin != *origin) {
            let name = &rule.name;
            if let Some(place) = places.of(&rule.origin) {
                finding = finding.related(place, text!("regelen «{name}»", "the rule «{name}»"));
            }
        }
        if let What::CodeNever { code, .. } = claim.what {
            let is_of = |rule: &&Rule| self.0.codes.get(code).is_some_and(|code| names(&rule.kind, &code.code));
            for rule in self.0.rules.iter().filter(is_of).filter(|_| claim.because.is_empty()) {
                let name = &rule.name;
                if let Some(place) = places.of(&rule.origin) {
                    let message = text!("regelen «{name}» venter på koden", "the rule «{name}» waits for the code");
                    finding = finding.related(place, message);
                }
            }
        }
        finding.example = claim.witness.as_ref().map(|example| cases::text(example, self.0));
        Some(finding)
    }

    fn rule(&self, rule: usize) -> Option<&'t Rule> {
        self.0.rules.get(rule)
    }

    /// The rule's name in quotation marks.
    fn name(&self, rule: usize) -> String {
        self.rule(rule).map_or(String::new(), |rule| format!("«{}»", rule.name))
    }

    /// Whether an end of the interval has only codes that never occur: that is the mistake.
    fn lacks_point(&self, interval: &Interval, never: &[usize]) -> bool {
        let codes = &self.0.codes;
        let lacks = |name: &String| never.iter().filter_map(|code| codes.get(*code)).any(|code| code.code == *name);
        let treatments = interval.treatments.iter().map(|treatment| &treatment.codes);
        [&interval.from, &interval.to].into_iter().chain(treatments).any(|point| point.iter().all(lacks))
    }

    fn contradiction(&self, claim: &Claim) -> (Text, Text) {
        let names = self.names(&claim.because);
        let (nb, en) = (&names.nb, &names.en);
        (
            text!(
                "Reglene {nb} strider mot hverandre: et forløp som en av dem krever noe av, bryter alltid en av dem",
                "The rules {en} contradict each other: a course of which one of them demands something always breaks one of them"
            ),
            text!("Rett eller slett en av dem.", "Correct or delete one of them."),
        )
    }

    fn unanswered(&self, claim: &Claim, rule: usize) -> (Text, Text) {
        let name = self.name(rule);
        let others: Vec<_> = claim.because.iter().copied().filter(|other| *other != rule).collect();
        (
            text!(
                "Det som {name} utløser, kan aldri komme uten at forløpet får et funn",
                "What {name} triggers can never come unless the course gets a finding"
            ),
            self.cure(
                &others,
                text!(
                    "Koden etter «utløser» kan ikke komme etter den foran i samme forløp; rett regelen.",
                    "The code after «utløser» cannot come after the one before it in the same course; correct the rule."
                ),
            ),
        )
    }

    fn codes(&self, codes: &[usize], severity: RuleSeverity, because: &[usize]) -> (Text, Text) {
        let names: Vec<_> = codes.iter().filter_map(|code| self.0.codes.get(*code)).collect();
        let names: Vec<_> = names.into_iter().map(|code| format!("«{}»", suffix(code, self.0))).collect();
        let listed = listed(&names);
        let (nb, en) = (&listed.nb, &listed.en);
        let Text { nb: finding, en: a_finding } = a_finding(severity);
        let message = match names.len() {
            1 => text!(
                "Koden {nb} kan ikke forekomme uten at forløpet får {finding}",
                "The code {en} cannot occur unless the course gets {a_finding}"
            ),
            _ => text!(
                "Kodene {nb} kan ikke forekomme uten at forløpet får {finding}",
                "The codes {en} cannot occur unless the course gets {a_finding}"
            ),
        };
        let invalid = text!(
            "Den er aldri gyldig etter en kode som åpner forløpet; rett gyldigheten.",
            "It is never valid after a code that opens the course; correct the validity."
        );
        (message, self.cure(because, invalid))
    }

    fn interval(
        &self,
        interval: &Interval,
        treatments: &[usize],
        severity: RuleSeverity,
        because: &[usize],
    ) -> (Text, Text) {
        let name = &interval.name;
        let named = treatments.iter().filter_map(|at| interval.treatments.get(*at));
        let subjects: Vec<_> = match treatments.len() == interval.treatments.len() {
            true => vec![format!("«{name}»")],
            false => named.map(|treatment| format!("«{name} {}»", treatment.name)).collect(),
        };
        let listed = listed(&subjects);
        let (nb, en) = (&listed.nb, &listed.en);
        let Text { nb: finding, en: a_finding } = a_finding(severity);
        (
            text!(
                "{nb} kan ikke måles uten at forløpet får {finding}",
                "{en} cannot be measured unless the course gets {a_finding}"
            ),
            self.cure(
                because,
                text!(
                    "Slutten kan ikke komme etter starten i et forløp som begynner med en åpnende kode; rett «fra» eller «til».",
                    "The end cannot come after the start in a course that begins with an opening code; correct «fra» or «til»."
                ),
            ),
        )
    }

    fn stuck(&self, severity: RuleSeverity, because: &[usize]) -> (Text, Text) {
        let Text { nb: finding, en: a_finding } = a_finding(severity);
        (
            text!(
                "Et forløp kan bli stående åpent: det kan ikke lenger fullføres eller avsluttes uten {finding}",
                "A course can be left open: it can no longer be completed or closed without {a_finding}"
            ),
            self.cure(
                because,
                text!(
                    "Gi malen en kode som avslutter forløpet, og som alltid kan brukes.",
                    "Give the template a code that closes the course and can always be used."
                ),
            ),
        )
    }

    fn idle(&self, rule: usize, unless_numbered: bool) -> (Text, Text) {
        let name = self.name(rule);
        let message = match unless_numbered {
            false => text!("Ingen forløp kan bryte regelen {name}", "No course can break the rule {name}"),
            true => text!(
                "Ingen forløp kan bryte regelen {name}, med mindre registeret selv gir forløpene nummer",
                "No course can break the rule {name}, unless the register itself gives the courses numbers"
            ),
        };
        (message, text!("Rett regelen, eller slett den.", "Correct the rule or delete it."))
    }

    fn implied(&self, rule: usize, because: &[usize]) -> (Text, Text) {
        let name = self.name(rule);
        let names = self.names(because);
        let (nb, en) = (&names.nb, &names.en);
        (
            text!("Det som bryter {name}, bryter også {nb}", "Whatever breaks {name} also breaks {en}"),
            text!(
                "Behold regelen hvis den sier leseren noe; slett den ellers.",
                "Keep the rule if it tells the reader something; else delete it."
            ),
        )
    }

    fn names(&self, rules: &[usize]) -> Text {
        listed(&rules.iter().map(|rule| self.name(*rule)).collect::<Vec<_>>())
    }

    fn cure(&self, because: &[usize], without_rules: Text) -> Text {
        let names = self.names(because);
        let (nb, en) = (&names.nb, &names.en);
        match because.len() {
            0 => without_rules,
            1 => text!("Regelen {nb} hindrer det; rett den.", "The rule {en} prevents it; correct it."),
            _ => text!(
                "Reglene {nb} hindrer det sammen; rett en av dem.",
                "The rules {en} prevent it together; correct one of them."
            ),
        }
    }
}

impl What {
    fn code(self) -> Option<usize> {
        match self {
            What::CodeNever { code, .. } => Some(code),
            _ => None,
        }
    }

    fn treatment(self) -> Option<usize> {
        match self {
            What::IntervalNever { treatment, .. } => treatment,
            _ => None,
        }
    }
}

/// Whether these rules include all rules of a mistake that has its finding.
fn is_told(told: &[Vec<usize>], because: &[usize]) -> bool {
    told.iter().any(|known| !known.is_empty() && known.iter().all(|rule| because.contains(rule)))
}

fn names(kind: &RuleKind, code: &String) -> bool {
    match kind {
        RuleKind::Before { first, then } | RuleKind::Triggers { first, then } => {
            first.contains(code) || then.contains(code)
        }
        RuleKind::NeverTogether { first, second } => first.contains(code) || second.contains(code),
        RuleKind::AtMost { of, .. } | RuleKind::Exactly { of, .. } => of.contains(code),
        RuleKind::NothingAfter { after } => after.contains(code),
    }
}

fn undecided(questions: usize) -> (Text, Text) {
    (
        text!(
            "{questions} spørsmål om rekkefølgen kunne ikke avgjøres",
            "{questions} questions about the order could not be decided"
        ),
        text!(
            "Reglene har for mange tilstander sammen; del dem på færre koder, eller bruk lavere antall.",
            "Together the rules have too many states; let them speak of fewer codes, or count less far."
        ),
    )
}

fn a_finding(severity: RuleSeverity) -> Text {
    match severity {
        RuleSeverity::Feil => text!("en feil", "an error"),
        RuleSeverity::Advarsel => text!("en advarsel", "a warning"),
    }
}

/// «a», «b» og «c»
fn listed(names: &[String]) -> Text {
    match names {
        [] => text!("", ""),
        [one] => text!("{one}", "{one}"),
        [some @ .., last] => {
            let some = some.join(", ");
            text!("{some} og {last}", "{some} and {last}")
        }
    }
}
