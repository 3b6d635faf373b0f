//! Codes that two pathways claim: «A3» + «9CK» and «A39» + «CK».

use std::collections::BTreeMap;

use super::super::place::Places;
use crate::{
    diagnostic::{Code as F, Finding},
    tables::{Pathway, Tables},
    text,
};

pub(super) fn find(tables: &Tables, places: &Places) -> Vec<Finding> {
    let mut owners: BTreeMap<&str, &Pathway> = BTreeMap::new();
    let mut shared: BTreeMap<(&str, &str), (&Pathway, &Pathway, Vec<&str>)> = BTreeMap::new();
    for pathway in &tables.pathways {
        for code in &pathway.codes {
            let first = owners.entry(&code.code).or_insert(pathway);
            if first.id != pathway.id {
                let (.., codes) = shared.entry((&first.id, &pathway.id)).or_insert((first, pathway, Vec::new()));
                codes.push(&code.code);
            }
        }
    }
    let finding = |(first, second, codes): (&Pathway, &Pathway, Vec<&str>)| {
        let (one, other, codes) = (&first.id, &second.id, codes.join("», «"));
        let message =
            text!("«{codes}» er kode både i «{one}» og «{other}»", "«{codes}» is a code of both «{one}» and «{other}»");
        let help = text!("Rett prefikset til ett av forløpene.", "Correct the prefix of one of the pathways.");
        let related = text!("det andre forløpet", "the other pathway");
        let found = Finding::new(F::CodeClaimedTwice, places.of(&second.origin)?, message).help(help);
        Some(found.related(places.of(&first.origin)?, related))
    };
    shared.into_values().filter_map(finding).collect()
}
