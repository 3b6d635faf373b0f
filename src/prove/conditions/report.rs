//! The words of what is found of conditions.

use super::written::test;
use crate::{
    diagnostic::{Code, Finding},
    lang::Text,
    prove::place::Places,
    tables::{Condition, Criteria, CriteriaItem, Fact, List, Origin, Pathway, Routes},
    text,
};

/// Where the findings are put.
pub struct Report<'a, 'f> {
    pub places: &'a Places<'f>,
    pub findings: &'a mut Vec<Finding>,
}

impl Report<'_, '_> {
    pub fn never_true(&mut self, origin: &Origin, by_itself: bool) {
        let message = if by_itself {
            text!("Vilkåret kan aldri være sant", "The condition can never be true")
        } else {
            text!(
                "Vilkåret kan aldri være sant når det som står rundt det, gjelder",
                "The condition can never be true when what stands around it holds"
            )
        };
        let help = text!(
            "Se etter krav til samme opplysning som ikke kan være oppfylt samtidig.",
            "Look for demands on one fact that cannot be met at the same time."
        );
        self.add(Code::NeverTrue, origin, message, Some(help));
    }

    pub fn always_true(&mut self, origin: &Origin, by_itself: bool) {
        let message = if by_itself {
            text!("Vilkåret kan aldri være usant", "The condition can never be false")
        } else {
            text!(
                "Vilkåret kan aldri være usant når det som står rundt det, gjelder",
                "The condition can never be false when what stands around it holds"
            )
        };
        let help = text!(
            "Ta vilkåret bort, eller se etter en grense eller et «eller» som slipper alle gjennom.",
            "Remove the condition, or look for a threshold or an «eller» that lets everybody through."
        );
        self.add(Code::AlwaysTrue, origin, message, Some(help));
    }

    pub fn never_met(&mut self, criteria: &Criteria) {
        let name = &criteria.name;
        let message = text!("Kriteriene «{name}» kan aldri være oppfylt", "The criteria «{name}» can never be met");
        let help = text!("Se etter punkter som utelukker hverandre.", "Look for items that exclude one another.");
        self.add(Code::NeverTrue, &criteria.origin, message, Some(help));
    }

    pub fn always_met(&mut self, criteria: &Criteria) {
        let name = &criteria.name;
        let message = text!(
            "Kriteriene «{name}» kan aldri være annet enn oppfylt eller ubestemt",
            "The criteria «{name}» can never be anything but met or unknown"
        );
        let help = text!(
            "Se etter punkter som til sammen slipper alle gjennom.",
            "Look for items that together let everybody through."
        );
        self.add(Code::AlwaysTrue, &criteria.origin, message, Some(help));
    }

    pub fn never_settled(&mut self, criteria: &Criteria) {
        let name = &criteria.name;
        let message = text!(
            "Kriteriene «{name}» er ubestemt uansett hva som er kjent",
            "The criteria «{name}» are unknown whatever is known"
        );
        let help = text!(
            "Ta bort «utelukker ikke» fra et punkt, eller la et punkt kunne være oppfylt.",
            "Remove «utelukker ikke» from an item, or let an item be met."
        );
        self.add(Code::NeverSettled, &criteria.origin, message, Some(help));
    }

    pub fn never_computed(&mut self, fact: &Fact) {
        let name = &fact.name;
        let message =
            text!("«{name}» har aldri noen verdi: det deles på 0", "«{name}» never has a value: it is divided by 0");
        let help = text!("Rett beregningen.", "Correct the computation.");
        self.add(Code::NeverSettled, &fact.origin, message, Some(help));
    }

    pub fn no_route(&mut self, routes: &Routes, witness: &str) {
        let name = &routes.name;
        let message = match witness {
            "" => text!("Ingen rad i «{name}» gjelder noen gang", "No row of «{name}» ever holds"),
            _ => text!("Ingen rad i «{name}» gjelder når {witness}", "No row of «{name}» holds when {witness}"),
        };
        let help = text!(
            "Skriv en rad for dem, eller «ellers», eller si med «uavklart» at kilden lar det stå åpent.",
            "Write a row for them, or «ellers», or say with «uavklart» that the source leaves it open."
        );
        self.add(Code::NotCovered, &routes.origin, message, Some(help));
    }

    pub fn no_investigations(&mut self, first: &List, witness: &str) {
        let message = text!(
            "Ingen av listene med undersøkelser her gjelder når {witness}",
            "None of the lists of investigations here holds when {witness}"
        );
        let help = text!(
            "Skriv en liste for dem, eller si med «uavklart» at kilden lar det stå åpent.",
            "Write a list for them, or say with «uavklart» that the source leaves it open."
        );
        self.add(Code::NotCovered, &first.origin, message, Some(help));
    }

    pub fn idle_item(&mut self, item: &CriteriaItem, criteria: &Criteria) {
        let (name, all) = (&item.name, &criteria.name);
        let message = text!(
            "Punktet «{name}» avgjør aldri: «{all}» kommer likt ut uten det",
            "The item «{name}» never decides: «{all}» comes out the same without it"
        );
        self.add(Code::IdleItem, &item.origin, message, None);
    }

    pub fn same_items(&mut self, item: &CriteriaItem, other: &CriteriaItem) {
        let (name, earlier) = (&item.name, &other.name);
        let message =
            text!("Punktene «{earlier}» og «{name}» sier det samme", "The items «{earlier}» and «{name}» say the same");
        let Some(place) = self.places.of(&item.origin) else { return };
        let mut finding = Finding::new(Code::SameItems, place, message);
        if let Some(place) = self.places.of(&other.origin) {
            finding = finding.related(place, text!("det andre punktet", "the other item"));
        }
        self.findings.push(finding);
    }

    pub fn idle_part(&mut self, origin: &Origin, part: &Condition, facts: &[Fact]) {
        let part = test(part, facts);
        let message = text!(
            "«{part}» har ingenting å si: vilkåret er det samme uten",
            "«{part}» does not matter: the condition is the same without it"
        );
        self.add(Code::IdlePart, origin, message, None);
    }

    pub fn undecided(&mut self, origin: &Origin) {
        let message = text!(
            "Her er det ikke avgjort hva som kan være sant: opplysningene henger for mye sammen",
            "It is not decided here what can be true: the facts hang together too much"
        );
        self.add(Code::UndecidedConditions, origin, message, None);
    }

    pub fn too_many_parts(&mut self, origin: &Origin) {
        let message = text!(
            "Vilkåret her har for mange ledd til at det er avgjort om noe av det er overflødig",
            "The condition here has too many parts to decide whether some of it is idle"
        );
        self.add(Code::UndecidedConditions, origin, message, None);
    }

    pub fn too_much(&mut self, pathway: &Pathway) {
        let name = &pathway.id;
        let message = text!(
            "Vilkårene i «{name}» henger så mye sammen at ikke alt om dem er avgjort",
            "The conditions of «{name}» hang together so much that not everything about them is decided"
        );
        self.add(Code::UndecidedConditions, &pathway.origin, message, None);
    }

    fn add(&mut self, code: Code, origin: &Origin, message: Text, help: Option<Text>) {
        if let Some(place) = self.places.of(origin) {
            let finding = Finding::new(code, place, message);
            self.findings.push(match help {
                Some(help) => finding.help(help),
                None => finding,
            });
        }
    }
}
