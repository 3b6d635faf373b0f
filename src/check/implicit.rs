//! Facts that nobody declares: whether an investigation is done, and what only a person can judge of criteria.

use super::{facts::Facts, report::Report, values::describe};
use crate::{
    diagnostic::Code as F,
    lang::Text,
    syntax::tree::{Content, CriteriaItem, CriteriaTest, Item, Label, ListKind, Name, Statement},
    tables::{Fact, FactType},
    text,
};

/// Adds a yes/no fact for every named investigation and for every item of criteria without a condition. Those of one
/// name are one fact, and a declared one must be yes/no (F0301).
pub fn add(body: &[Statement], facts: &mut Facts, report: &mut Report) {
    for statement in body {
        match statement {
            Statement::Phase(phase) => add(&phase.body, facts, report),
            Statement::Content(Content::Criteria(criteria)) => judged(&criteria.items, facts, report),
            Statement::Content(Content::List(list)) if list.kind == ListKind::Investigations => {
                done(&list.items, facts, report);
            }
            _ => {}
        }
    }
}

fn judged(items: &[CriteriaItem], facts: &mut Facts, report: &mut Report) {
    for item in items {
        match &item.test {
            CriteriaTest::Judgement => imply(&item.name, &item.label, item.judged_by.as_ref(), facts, report),
            CriteriaTest::Condition(_) => {}
            CriteriaTest::Nested(_, items) => judged(items, facts, report),
        }
    }
}

fn done(items: &[Item], facts: &mut Facts, report: &mut Report) {
    for item in items {
        if let Some(name) = &item.name {
            imply(name, &item.text, None, facts, report);
        }
        done(&item.items, facts, report);
    }
}

fn imply(name: &Name, label: &Label, judged_by: Option<&Label>, facts: &mut Facts, report: &mut Report) {
    let place = report.place(name.span);
    if facts.names.add(&name.value, place) {
        facts.all.push(Fact {
            name: name.value.clone(),
            label: label.value.clone(),
            fact_type: FactType::YesNo,
            judged_by: judged_by.map(|role| role.value.clone()),
            formula: None,
            implicit: true,
            origin: report.origin(name.span),
        });
    }
    // The item itself asks for it.
    let Some(fact) = facts.get(&name.value).filter(|fact| fact.fact_type != FactType::YesNo) else { return };
    let (word, Text { nb, en }) = (&name.value, describe(&fact.fact_type));
    let finding = report
        .finding(
            F::WrongType,
            name.span,
            text!(
                "Punktet «{word}» er ja eller nei, men opplysningen «{word}» er {nb}",
                "The item «{word}» is yes or no, but the fact «{word}» is {en}"
            ),
        )
        .help(text!(
            "Gi punktet et annet navn, eller la opplysningen være «ja eller nei».",
            "Give the item another name, or let the fact be «ja eller nei»."
        ));
    report.push(match facts.names.place(word) {
        Some(declared) => finding.related(declared, text!("opplysningen", "the fact")),
        None => finding,
    });
}
