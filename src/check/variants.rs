//! Variants (rule 4): what each says, and whether the order they are tried in can do what the author meant.

use super::{
    condition::lower,
    facts::Facts,
    report::Report,
    scope::{Names, Unread, VARIANT},
    worlds::{Answer, Search},
};
use crate::{
    diagnostic::Code as F,
    runtime::MAIN_COURSE,
    syntax::tree::{self, Statement},
    tables::{Condition, Variant},
    text,
};

/// The variants of a pathway.
pub struct Variants {
    pub names: Names,
    /// Those that could be lowered.
    pub all: Vec<Variant>,
}

pub fn written(body: &[Statement]) -> impl Iterator<Item = &tree::Variant> {
    body.iter().filter_map(|statement| match statement {
        Statement::Variant(variant) => Some(variant),
        _ => None,
    })
}

impl Variants {
    pub fn lower(body: &[Statement], facts: &Facts, unread: &Unread, report: &mut Report) -> Self {
        let mut unread = unread.clone();
        if written(body).any(|variant| variant.head.is_none()) {
            unread.extend(&Unread::everything());
        }
        let mut variants = Variants { names: Names::new(VARIANT, &unread), all: Vec::new() };
        let mut checked = Vec::new();
        for head in written(body).filter_map(|variant| variant.head.as_ref()) {
            let new = variants.names.declare(&head.name, report) && !is_main_course(&head.name, report);
            let when = lower(&head.when, facts, report);
            if let (true, Some(when)) = (new, when) {
                checked.push(&head.name);
                variants.all.push(Variant {
                    name: head.name.value.clone(),
                    label: head.label.value.clone(),
                    when,
                    origin: report.origin(head.name.span),
                });
            }
        }
        check_order(&checked, &variants.all, facts, report);
        variants
    }
}

fn is_main_course(name: &tree::Name, report: &mut Report) -> bool {
    let is_main = name.value == MAIN_COURSE;
    if is_main {
        report.add_help(
            F::Duplicate,
            name.span,
            text!(
                "«{MAIN_COURSE}» er det som gjelder når ingen variant gjør det",
                "«{MAIN_COURSE}» is what holds when no variant does"
            ),
            text!("gi varianten et annet navn", "give the variant another name"),
        );
    }
    is_main
}

fn check_order(names: &[&tree::Name], variants: &[Variant], facts: &Facts, report: &mut Report) {
    let mut search = Search::new(&facts.all);
    // One that never holds overlaps with nothing; but it can be unknown, and then stops the search like any other.
    let mut can_hold: Vec<(&tree::Name, &Condition)> = Vec::new();
    let mut earlier: Vec<(&tree::Name, &Condition)> = Vec::new();
    let mut undecided = None;
    for (name, variant) in names.iter().zip(variants) {
        let when = &variant.when;
        let before = earlier.clone();
        earlier.push((name, when));
        match search.find(&[when], |truth| truth == [Some(true)]) {
            Answer::No => {
                impossible(name, report);
                continue;
            }
            Answer::Undecided => undecided = undecided.or(Some(*name)),
            Answer::Yes(_) => {}
        }
        match hidden(&mut search, &before, when) {
            Hidden::Yes => {
                hidden_finding(&mut search, name, when, &before, report);
                continue;
            }
            Hidden::Undecided => undecided = undecided.or(Some(*name)),
            Hidden::No => {}
        }
        for (other, condition) in &can_hold {
            match search.find(&[condition, when], |truth| truth == [Some(true), Some(true)]) {
                Answer::Yes(witness) => overlap(name, other, &witness, report),
                Answer::Undecided => undecided = undecided.or(Some(*name)),
                Answer::No => {}
            }
        }
        can_hold.push((name, when));
    }
    if let Some(name) = undecided {
        let word = &name.value;
        let message = text!(
            "Variantene bruker så mange opplysninger at det ikke er avgjort om «{word}» og de andre utelukker hverandre",
            "The variants use so many facts that it is not decided whether «{word}» and the others exclude one another"
        );
        report.add(F::UndecidedVariants, name.span, message);
    }
}

enum Hidden {
    Yes,
    No,
    Undecided,
}

/// Whether the variant never gets its turn: an earlier one is true, or unknown and stops the search.
fn hidden(search: &mut Search, earlier: &[(&tree::Name, &Condition)], when: &Condition) -> Hidden {
    if earlier.is_empty() {
        return Hidden::No;
    }
    let mut conditions: Vec<&Condition> = earlier.iter().map(|(_, condition)| *condition).collect();
    conditions.push(when);
    let held = search.find(&conditions, |truth| {
        truth
            .split_last()
            .is_some_and(|(own, before)| *own == Some(true) && before.iter().all(|one| *one == Some(false)))
    });
    match held {
        Answer::Yes(_) => Hidden::No,
        Answer::No => Hidden::Yes,
        Answer::Undecided => Hidden::Undecided,
    }
}

/// Names the first earlier variant that takes the place of the hidden one, and when.
fn hidden_finding(
    search: &mut Search,
    name: &tree::Name,
    when: &Condition,
    earlier: &[(&tree::Name, &Condition)],
    report: &mut Report,
) {
    let mut in_the_way = |stops: fn(Option<bool>) -> bool| {
        earlier.iter().find_map(|(other, condition)| {
            let wanted = |truth: &[Option<bool>]| matches!(truth, [first, Some(true)] if stops(*first));
            match search.find(&[condition, when], wanted) {
                Answer::Yes(witness) => Some((*other, witness)),
                _ => None,
            }
        })
    };
    // One that is true explains more than one that is unknown.
    let found = in_the_way(|truth| truth == Some(true)).map(|found| (found, true));
    let found = found.or_else(|| in_the_way(|truth| truth.is_none()).map(|found| (found, false)));
    let word = &name.value;
    let Some(((other, witness), holds)) = found else {
        let message = text!(
            "Varianten «{word}» gjelder aldri, for de som står foran, kommer alltid i veien",
            "The variant «{word}» never holds, for those before it always stand in its way"
        );
        return report.add(F::HiddenVariant, name.span, message);
    };
    let earlier = &other.value;
    let message = match (witness.as_str(), holds) {
        ("", _) => text!(
            "Varianten «{word}» gjelder aldri, for «{earlier}» står foran og gjelder alltid",
            "The variant «{word}» never holds, for «{earlier}» comes first and always holds"
        ),
        (_, true) => text!(
            "Varianten «{word}» gjelder aldri: når {witness}, gjelder «{earlier}», som står foran",
            "The variant «{word}» never holds: when {witness}, «{earlier}» holds, which comes first"
        ),
        (_, false) => text!(
            "Varianten «{word}» gjelder aldri: når {witness}, er «{earlier}» ikke avgjort, og da gjelder hovedforløpet",
            "The variant «{word}» never holds: when {witness}, «{earlier}» is not decided, and then the main course holds"
        ),
    };
    let finding = report
        .finding(F::HiddenVariant, name.span, message)
        .help(text!(
            "skriv «{word}» før «{earlier}», eller gjør «{earlier}» smalere",
            "write «{word}» before «{earlier}», or make «{earlier}» narrower"
        ))
        .related(report.place(other.span), text!("står foran", "comes first"));
    report.push(finding);
}

fn impossible(name: &tree::Name, report: &mut Report) {
    let word = &name.value;
    report.add_help(
        F::ImpossibleVariant,
        name.span,
        text!("Varianten «{word}» kan aldri gjelde", "The variant «{word}» can never hold"),
        text!(
            "se etter krav til samme opplysning som ikke kan være oppfylt samtidig",
            "look for demands on one fact that cannot be met at the same time"
        ),
    );
}

fn overlap(name: &tree::Name, earlier: &tree::Name, witness: &str, report: &mut Report) {
    let (word, other) = (&name.value, &earlier.value);
    let message = if witness.is_empty() {
        text!(
            "Variantene «{other}» og «{word}» gjelder samtidig",
            "The variants «{other}» and «{word}» hold at the same time"
        )
    } else {
        text!(
            "Variantene «{other}» og «{word}» kan gjelde samtidig: når {witness}",
            "The variants «{other}» and «{word}» can hold at the same time: when {witness}"
        )
    };
    let finding = report
        .finding(F::OverlappingVariants, name.span, message)
        .help(text!(
            "«{other}» står først og gjelder da; gjør vilkårene slik at de utelukker hverandre",
            "«{other}» comes first and then holds; make the conditions exclude one another"
        ))
        .related(report.place(earlier.span), text!("den andre varianten", "the other variant"));
    report.push(finding);
}
