//! Variants (rule 4): what each says, and whether the order they are tried in can do what the author meant.

use super::{
    condition::Asked,
    facts::Facts,
    report::Report,
    scope::{Names, Unread, VARIANT},
};
use crate::{
    diagnostic::Code as F,
    prove::conditions::{Answer, InTheWay, Space, Truth, Turn, turn},
    runtime::MAIN_COURSE,
    syntax::tree::{self, Statement},
    tables::{Fact, Variant},
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
        let asked = Asked { facts, courses: None };
        let mut checked = Vec::new();
        for head in written(body).filter_map(|variant| variant.head.as_ref()) {
            let new = variants.names.declare(&head.name, report) && !is_main_course(&head.name, report);
            let when = asked.lower(&head.when, report);
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
        check_order(&checked, &variants.all, &facts.all, report);
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
            text!("Gi varianten et annet navn.", "Give the variant another name."),
        );
    }
    is_main
}

fn check_order(names: &[&tree::Name], variants: &[Variant], facts: &[Fact], report: &mut Report) {
    let mut space = Space::new(facts, variants.iter().map(|variant| &variant.when));
    // One that never holds overlaps with nothing; but it can be unknown, and then stops the search like any other.
    let mut can_hold: Vec<(&tree::Name, Truth)> = Vec::new();
    let mut earlier: Vec<Truth> = Vec::new();
    let mut undecided = None;
    for (name, variant) in names.iter().zip(variants) {
        let when = space.truth(&variant.when);
        let turn = turn(&mut space, &earlier, when);
        earlier.push(when);
        match turn {
            Turn::Impossible => {
                impossible(name, report);
                continue;
            }
            Turn::Hidden(in_the_way) => {
                let in_the_way = in_the_way.and_then(|found| Some((*names.get(found.at)?, found)));
                hidden(name, in_the_way, report);
                continue;
            }
            Turn::Undecided => undecided = undecided.or(Some(*name)),
            Turn::Comes => {}
        }
        for (other, condition) in &can_hold {
            let both = space.and(condition.yes, when.yes);
            match space.find(both) {
                Answer::Yes(witness) => overlap(name, other, &witness, report),
                Answer::Undecided => undecided = undecided.or(Some(*name)),
                Answer::No => {}
            }
        }
        can_hold.push((name, when));
    }
    // What is wrong in a computation can be why.
    if let Some(name) = undecided.filter(|_| report.errors() == 0) {
        let word = &name.value;
        let message = text!(
            "Det er ikke avgjort om varianten «{word}» og de andre utelukker hverandre: opplysningene henger for mye sammen",
            "It is not decided whether the variant «{word}» and the others exclude one another: the facts hang together too much"
        );
        report.add(F::UndecidedVariants, name.span, message);
    }
}

/// Names an earlier variant that takes the place of the hidden one, and when.
fn hidden(name: &tree::Name, in_the_way: Option<(&tree::Name, InTheWay)>, report: &mut Report) {
    let word = &name.value;
    let Some((other, found)) = in_the_way else {
        let message = text!(
            "Varianten «{word}» gjelder aldri, for de som står foran, kommer alltid i veien",
            "The variant «{word}» never holds, for those before it always stand in its way"
        );
        return report.add(F::HiddenVariant, name.span, message);
    };
    let (earlier, witness) = (&other.value, &found.witness);
    let message = match (witness.as_str(), found.holds) {
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
            "Skriv «{word}» før «{earlier}», eller gjør «{earlier}» smalere.",
            "Write «{word}» before «{earlier}», or make «{earlier}» narrower."
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
            "Se etter krav til samme opplysning som ikke kan være oppfylt samtidig.",
            "Look for demands on one fact that cannot be met at the same time."
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
