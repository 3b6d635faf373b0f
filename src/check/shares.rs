//! What an indicator can say: its numerator lies within its denominator, and its share is not the same for everybody.

use super::{indicators::Scope, report::Report, words::join};
use crate::{
    diagnostic::Code as F,
    lang::Text,
    source::Span,
    syntax::tree::{self, Name, Statement},
    tables::{Indicator, Interval, Limit, Population},
    text,
};

/// The numerator counts some of what the denominator does (F0906).
pub fn check_numerator(indicator: &Indicator, written: &tree::Indicator, report: &mut Report) {
    let Some(span) = written.numerator.as_ref().map(span) else { return };
    let of = match (measured(&indicator.denominator), measured(&indicator.numerator)) {
        (None, None) => return,
        (Some((interval, of)), Some((counted, _))) if interval == counted => of,
        (of, _) => {
            let message = text!("Telleren er ikke en del av nevneren", "The numerator is no part of the denominator");
            let help = match of {
                Some((interval, _)) => text!(
                    "Nevneren teller målinger av «{interval}»: skriv «teller {interval} innenfor».",
                    "The denominator counts measurements of «{interval}»: write «teller {interval} innenfor»."
                ),
                None => text!(
                    "Nevneren teller forløp: skriv «teller forløp med» og koder.",
                    "The denominator counts courses: write «teller forløp med» and codes."
                ),
            };
            return report.add_help(F::NumeratorOutside, span, message, help);
        }
    };
    let Some(tree::Population::Measured { treatments, .. }) = &written.numerator else { return };
    for name in treatments.iter().filter(|name| !of.is_empty() && !of.contains(&name.value)) {
        let treatment = &name.value;
        report.add_help(
            F::NumeratorOutside,
            name.span,
            text!("«{treatment}» er ikke med i nevneren", "«{treatment}» is not in the denominator"),
            text!(
                "Skriv bare behandlinger som står i nevneren, eller ingen for å telle alle dem.",
                "Write only treatments that the denominator names, or none to count all of those."
            ),
        );
    }
}

/// The interval and treatments of a population that is measured.
pub fn measured(population: &Population) -> Option<(&str, &[String])> {
    match population {
        Population::Measured { interval, treatments } | Population::Within { interval, treatments } => {
            Some((interval, treatments))
        }
        Population::Courses { .. } => None,
    }
}

fn span(population: &tree::Population) -> Span {
    match population {
        tree::Population::Courses(names) => names.span,
        tree::Population::Measured { interval, kept, .. } => join(interval.span, kept.span),
    }
}

/// A share that is always of nothing, or always nothing or everything (F0907).
pub fn check_idle(indicator: &Indicator, written: &tree::Indicator, scope: Scope, report: &mut Report) {
    let excludes = |codes: &[String]| !codes.is_empty() && codes.iter().all(|code| indicator.excluded.contains(code));
    let leaves_out = |population: &Population| match population {
        Population::Courses { with } => excludes(with),
        Population::Measured { interval, treatments } | Population::Within { interval, treatments } => {
            let interval = scope.intervals.all.iter().find(|one| one.name == *interval);
            interval.is_some_and(|interval| excludes(&interval.from) || excludes(&ends(interval, treatments)))
        }
    };
    let excluded = written.excluded.as_deref().and_then(|names| Some(join(names.first()?.span, names.last()?.span)));
    if let Some(span) = excluded {
        if leaves_out(&indicator.denominator) {
            let message = text!("Unntaket tar bort hele nevneren", "The exception takes away the whole denominator");
            return idle(span, message, report);
        }
        if leaves_out(&indicator.numerator) {
            let message = text!("Unntaket tar bort hele telleren", "The exception takes away the whole numerator");
            return idle(span, message, report);
        }
    }
    let all = match (&indicator.denominator, &indicator.numerator) {
        (Population::Courses { with: of }, Population::Courses { with }) => {
            let counted = |code: &String| with.contains(code) || indicator.excluded.contains(code);
            with.is_empty() || !of.is_empty() && of.iter().all(counted)
        }
        (Population::Measured { treatments: of, .. }, Population::Measured { treatments, .. }) => {
            treatments.is_empty() || !of.is_empty() && of.iter().all(|name| treatments.contains(name))
        }
        _ => false,
    };
    if let Some(numerator) = written.numerator.as_ref().filter(|_| all) {
        let message = text!("Telleren er hele nevneren", "The numerator is the whole denominator");
        idle(span(numerator), message, report);
    }
}

/// The codes that end the interval with one of the treatments.
fn ends(interval: &Interval, treatments: &[String]) -> Vec<String> {
    let counted = interval.treatments.iter().filter(|one| treatments.is_empty() || treatments.contains(&one.name));
    match interval.treatments.is_empty() {
        true => interval.to.clone(),
        false => counted.flat_map(|treatment| treatment.codes.clone()).collect(),
    }
}

fn idle(span: Span, message: Text, report: &mut Report) {
    let help = text!(
        "Andelen blir den samme for alle. Tell noe annet, eller slett indikatoren.",
        "The share is the same for everybody. Count something else, or delete the indicator."
    );
    report.add_help(F::IdleIndicator, span, message, help);
}

/// The pathway's own indicators: that what they measure has a limit (F0907). One of the template may be for other pathways.
pub fn check_limits(body: &[Statement], limits: &[Limit], report: &mut Report) {
    let denominators = body.iter().filter_map(|statement| match statement {
        Statement::Indicator(indicator) => indicator.denominator.as_ref(),
        _ => None,
    });
    for population in denominators {
        let tree::Population::Measured { interval, treatments, .. } = population else { continue };
        let counts = |limit: &Limit| {
            let treated = |name: &Name| limit.treatment.as_deref() == Some(name.value.as_str());
            limit.interval == interval.value
                && limit.amount.is_some()
                && (treatments.is_empty() || treatments.iter().any(treated))
        };
        if !limits.iter().any(counts) {
            let name = &interval.value;
            let message = text!(
                "«{name}» har ingen frist her, og bare det som har en frist, telles som målt",
                "«{name}» has no limit here, and only what has a limit counts as measured"
            );
            let help = text!("Skriv fristen, eller slett indikatoren.", "Write the limit, or delete the indicator.");
            report.add_help(F::IdleIndicator, span(population), message, help);
        }
    }
}
